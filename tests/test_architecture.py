"""The packages and modules of eventlint, and what each may import."""

from __future__ import annotations

import ast
import pickle
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import eventlint
from eventlint import errors
from eventlint.guard import GuardError
from eventlint.jsontext import syntax_error as broken
from eventlint.mirror import faults
from eventlint.rules import RULES, by_kind, declared
from eventlint.rules.declarations import DECLARATIONS
from eventlint.spec import catalog

PACKAGE = Path(eventlint.__file__).parent
# Each may import from an earlier row, and from its own package.
ROWS = [
    {"_version", "escaping", "named_tuples", "redact", "tiers", "types"},
    {"model"},
    {"errors", "findings_json", "git_command"},
    {"arguments", "arrow_columns"},
    {"spec", "jsontext"},
    {"mirror", "ingest", "config"},
    {"rules"},
    {"suppressions"},
    {"screen"},
    {"schemas"},
    {"contract"},
    {"report", "selection"},
    {"full_check", "checker_options"},
    {"report_templates"},
    {"checker"},
    {"shortcuts"},
    {"exports", "guard", "inputs", "strategies"},
    {"output"},
    {"arrow", "baseline", "docs", "fixes"},
    {"job"},
    {"job_settings", "record_reports"},
    {"fix_trials"},
    {"record_rendering"},
    {"file_check"},
    {"file_fixes"},
    {"bulk", "lsp", "serve"},
    {"cli", "pytest_plugin", "spark"},
]
LEVEL = {room: level for level, row in enumerate(ROWS) for room in row}


def imports(path: Path) -> set[str]:
    """The rooms that a module imports."""
    rooms: set[str] = set()
    for node in ast.walk(ast.parse(path.read_bytes())):
        names: list[str] = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            names = [node.module]
            if node.module == "eventlint":
                names = [f"eventlint.{alias.name}" for alias in node.names]
        rooms |= {name.split(".")[1] for name in names if name.startswith("eventlint.")}
    return rooms


def test_contributing_lists_the_same_rows() -> None:
    """The table in CONTRIBUTING.md names every package and module, in the rows of the import order."""
    text = (Path(__file__).parent.parent / "CONTRIBUTING.md").read_text()
    table = text.partition("| Package or module |")[2].partition("\n\n")[0]
    rows = [set(re.findall(r"`(\w+)/?`", line.split("|")[1])) for line in table.splitlines()[2:]]
    assert rows == ROWS
    modules = {path.stem for path in PACKAGE.glob("*.py")} - {"__init__", "__main__"}
    assert set().union(*ROWS) == modules | {path.parent.name for path in PACKAGE.glob("*/__init__.py")}


MODULES = sorted(path for path in PACKAGE.rglob("*.py") if path.name not in ("__main__.py",) and path.parent != PACKAGE)
MODULES += [path for path in PACKAGE.glob("*.py") if path.name not in ("__init__.py", "__main__.py")]


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_point_one_way(path: Path) -> None:
    """A module imports only from packages and modules in earlier rows."""
    relative = path.relative_to(PACKAGE)
    own = relative.parts[0].removesuffix(".py")
    wrong = {room for room in imports(path) if room != own and LEVEL[room] >= LEVEL[own]}
    assert wrong == set()


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_module_has_at_most_450_lines(path: Path) -> None:
    """A module has at most 450 lines, and begins with a docstring."""
    text = path.read_text()
    assert text.count("\n") <= 450 or path.name == "functions.py"  # generated
    assert text.startswith(('"""', 'r"""'))


@pytest.mark.parametrize(
    "code",
    [
        "import eventlint",
        "import eventlint; eventlint.check(b'{}', 'search'); eventlint.is_valid({}, 'search')",
        "from eventlint.cli import main; assert main(['check', '--isolated', '-q', 'examples/good/search.json']) == 0",
    ],
)
def test_a_short_run_imports_nothing_heavy(code: str) -> None:
    """Importing the package, and checking one small file, leaves heavy libraries alone."""
    heavy = {
        "yaml",
        "jsonschema",
        "jsonschema_rs",
        "referencing",
        "rich",
        "jinja2",
        "starlette",
        "hypothesis",
        "pathspec",
        "tomllib",
    }
    assert not imported(code) & heavy


def test_a_clean_file_is_checked_without_the_modules_for_other_files() -> None:
    """Readers of formats and encodings, redaction, patterns and tables are imported when a file needs them."""
    code = "from eventlint.cli import main; assert main(['check', '--isolated', 'examples/good/search.json']) == 0"
    lazy = {
        "dataclasses",  # and ``inspect`` with it: it takes as long as half of the package
        "difflib",
        "eventlint.cli.completion",
        "eventlint.fixes",
        "eventlint.full_check",
        "eventlint.inputs.content",
        "eventlint.inputs.json_files",
        "eventlint.inputs.requests",
        "eventlint.inputs.utf8_view",
        "eventlint.jsontext.decoding",
        "eventlint.jsontext.reader",
        "eventlint.mirror",
        "eventlint.model",
        "eventlint.output.groups",
        "eventlint.redact.names",
        "eventlint.redact.scan",
        "shutil",
        "subprocess",
        "unicodedata",
    }
    assert not imported(code) & lazy


def test_a_faulty_file_imports_no_rule_that_is_not_needed() -> None:
    """What rules declare is known without their modules."""
    event = '{"session":{},"user":{"id":"u"},"search":{"query":"q"}}'
    code = (
        f"import io, sys; sys.stdin = io.TextIOWrapper(io.BytesIO({event.encode()!r})); "
        "from eventlint.cli import main; assert main(['check', '--isolated', '--event-type', 'search', '-']) == 1"
    )
    modules = imported(code)
    assert not modules & {"decimal", "eventlint.screen.plan_compiler"}
    rules = {name.rpartition(".")[2] for name in modules if name.startswith("eventlint.rules.error.")}
    assert rules == {"missing_field"}


def test_the_declarations_of_rules_are_current() -> None:
    """They are those of the modules; ``python -m tools.generate`` writes them."""
    assert {rule.name: declared(rule) for rule in RULES} == DECLARATIONS


def test_a_run_in_a_configured_repository_imports_nothing_heavy(tmp_path: Path) -> None:
    """Usual patterns of a configuration and of a .gitignore are matched without pathspec."""
    shutil.copy(Path(__file__).parent.parent / "examples/good/search.json", tmp_path)
    (tmp_path / "eventlint.toml").write_text("""
release = ["8.19"]
include = [".", "fixtures/**/*.json"]
exclude = ["fixtures/old/", "*.tmp.json", "**/build/**", "[a-c]?.json"]
[events]
"events/search*.json" = "search"
"**/clicks/**" = "search_click"
""")
    (tmp_path / ".git").mkdir()
    (tmp_path / ".gitignore").write_text("# Python\n__pycache__/\n*.py[cod]\n/dist/\n!keep.pyc\n.env\n")
    code = f"import os; os.chdir({str(tmp_path)!r}); from eventlint.cli import main; assert main(['check', '-q']) == 0"
    assert not imported(code) & {"pathspec", "dataclasses", "eventlint.model"}


def test_strategies_do_not_import_the_engine_of_contracts() -> None:
    """Most strategies have no custom contract."""
    assert not imported("import eventlint.strategies") & {"jsonschema", "jsonschema_rs", "eventlint.contract"}


def test_checking_a_clean_file_reads_neither_a_rule_nor_a_schema() -> None:
    """Apart from the catalog and the limits, a short run opens no document, and it imports no rule."""
    code = """
import sys
opened = []
sys.addaudithook(lambda event, args: opened.append(str(args[0])) if event == "open" else None)
from eventlint.cli import main
assert main(["check", "--isolated", "-q", "examples/good/search.json"]) == 0
"""
    program = f"{code}\nprint(*[name for name in opened if name.endswith('.json')])\nprint(*sys.modules)"
    *_, documents, modules = python(program).splitlines()
    assert {Path(name).name for name in documents.split()} == {"catalog.json", "limits.json", "search.json"}
    assert [name for name in modules.split() if name.startswith("eventlint.rules.")] == ["eventlint.rules.registry"]


def imported(code: str) -> set[str]:
    """The modules that a program has imported in the end."""
    return set(python(f"{code}\nimport sys\nprint(*sys.modules)").splitlines()[-1].split())


def python(program: str) -> str:
    """What a program prints, run in the root of the repository."""
    root = Path(__file__).parent.parent
    return subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=root).stdout


def test_every_kind_of_fault_has_one_rule() -> None:
    """Each kind of fault belongs to one rule, except blank strings, which two rules share."""
    kinds = {*faults.KINDS, *broken.KINDS}
    of_faults = {kind: rules for kind, rules in by_kind().items() if rules[0].examines == "fault"}
    assert set(of_faults) == kinds
    assert {kind for kind, rules in of_faults.items() if len(rules) > 1} == {"blank"}


def test_rule_names_are_unique_and_in_kebab_case() -> None:
    """A rule's name is what people write into configurations."""
    names = [rule.name for rule in RULES]
    assert len(set(names)) == len(names)
    assert all(re.fullmatch("[a-z]+(-[a-z0-9]+)*", name) for name in names)


def test_the_code_names_no_release() -> None:
    """Code asks for traits; only the catalog lists releases and eras."""
    known = {release for era in catalog().eras for release in era.releases}
    known |= {release.rpartition(".")[0] for release in known}
    texts = [
        (path.name, node.value)
        for path in MODULES
        for node in ast.walk(ast.parse(path.read_bytes()))
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and len(node.value) < 200
    ]
    assert [(name, text) for name, text in texts if known & set(text.replace("'", " ").split())] == []


def test_every_exception_pickles() -> None:
    """An exception can be handed to another process, whole."""
    findings = eventlint.check(b"{}", "search").findings
    made = [
        errors.EventlintError("a"),
        errors.UsageError("b"),
        errors.SchemaError("c"),
        errors.SchemaError("c", path="a.json", position=eventlint.Position(line=1, column=2, offset=1), pointer="/d"),
        errors.ConfigError("d"),
        errors.InputError("e"),
        errors.MissingExtraError("g", "h"),
        GuardError("f"),
        errors.InvalidEvent(findings, "search", eventlint.Answer(status=400)),
    ]
    for error in made:
        again = pickle.loads(pickle.dumps(error))  # noqa: S301 - made in the line itself
        assert (type(again), str(again), vars(again)) == (type(error), str(error), vars(error))


def test_all_public_names_exist() -> None:
    """Each public name can be had from the package."""
    assert all(getattr(eventlint, name) is not None for name in eventlint.__all__)
