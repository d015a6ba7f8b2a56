"""Code actions: fixes, suppressions, and manuals."""

from __future__ import annotations

import os
import tomllib
from pathlib import Path

import pytest

from eventlint.cli import main
from eventlint.fixes.edits import apply
from eventlint.lsp.code_actions import actions, fix_all, has_safe_fix
from eventlint.lsp.config_edits import config_file, suppression
from eventlint.lsp.documents import Document
from eventlint.lsp.settings import Workspace
from tests.lsp.support import BAD, GOOD, LOSSY, REQUEST, check, diagnostics_of, document_of
from tests.lsp.test_same_as_check import ROOT, fixtures, text_of


def test_a_fix_is_preferred(tmp_path: Path) -> None:
    """A safe fix comes first, and makes the diagnostic disappear."""
    document = document_of(tmp_path / "search.json", LOSSY)
    found = check(document)
    first, *others = actions(document, found, found[0].start + 2, found[0].start + 2)
    assert (first.is_preferred, first.kind, first.diagnostics) == (True, "quickfix", (found[0],))
    assert apply(document.text, first.edits).decode() == LOSSY.replace('"1"', "1")
    assert [one.title for one in others] == [
        "Suppress coerced-integer for this place in the configuration",
        "Explain coerced-integer",
    ]


def test_an_unsafe_fix_is_offered_but_not_preferred(tmp_path: Path) -> None:
    """The user decides about a fix that may change the meaning."""
    document = document_of(tmp_path / "search.json", BAD)
    found = check(document)
    first, *_ = actions(document, found, found[0].start, found[0].start)
    assert (first.title, first.is_preferred) == ("Rename to 'query' (may change the meaning)", False)
    assert apply(document.text, first.edits).decode() == GOOD


def test_nothing_is_offered_elsewhere(tmp_path: Path) -> None:
    """Actions are those of the diagnostics at the cursor."""
    document = document_of(tmp_path / "search.json", BAD)
    assert actions(document, check(document), 2, 2) == []


def test_a_refused_fix_says_why(tmp_path: Path) -> None:
    """The action is there, disabled, with the reason."""
    text = f"{REQUEST}Content-Type: application/json\n\n< ./body.json\n"
    (tmp_path / "body.json").write_text(BAD)
    array = document_of(tmp_path / "search.json", f"[{BAD}, {{]")
    reasons = [one.disabled for one in actions(array, check(array), 0, len(array.text)) if one.disabled]
    assert reasons == ["the array or sequence around it cannot be read"]
    document = document_of(tmp_path / "a.http", text)
    assert not any(one.edits for one in actions(document, check(document), 0, len(document.text)))


@pytest.mark.parametrize("folder", ["tests/rules", "examples"])
def test_fixing_everything_is_what_the_command_line_does(
    tmp_path: Path, folder: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each fixture has the content afterwards that ``eventlint check --fix`` writes."""
    monkeypatch.chdir(tmp_path)
    names = [path for path in fixtures() if path.startswith(folder)]
    documents: dict[str, Document] = {}
    workspace = Workspace([str(tmp_path)])
    for name in names:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes((ROOT / name).read_bytes())
        documents[name] = document_of(path, text_of(path.read_bytes()), workspace=workspace)
    fixed = {name: apply(document.text, fix_all(document)) for name, document in documents.items()}
    main(["check", "--quiet", "--fix", *names])
    capsys.readouterr()
    for name, document in documents.items():
        if document.mark is not None:  # an editor does not show the byte order mark, which a fix removes
            assert fixed[name] == (tmp_path / name).read_bytes().removeprefix(b"\xef\xbb\xbf"), name
    changed = [name for name, document in documents.items() if fixed[name] != document.text]
    assert len(changed) > 5 or folder != "tests/rules"


def test_whether_something_can_be_fixed() -> None:
    """The action for all fixes is offered only if there is one."""
    assert has_safe_fix(diagnostics_of(Path("/none/search.json"), LOSSY))
    assert not has_safe_fix(diagnostics_of(Path("/none/search.json"), BAD))


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.http", f"{REQUEST}{BAD}"),
        ("a.http", f"{REQUEST}{BAD}".replace("{", "{\n  ").replace("\n", "\r\n")),
        ("a.http", f"### first\n{REQUEST.strip()} HTTP/1.1\nContent-Type: application/json\n\n{BAD}\n"),
        ("a.es", "POST /_application/analytics/site/event/serach\n{}\n"),
        ("a.http", f"{REQUEST}{LOSSY}\n\n{REQUEST}{BAD}\n"),
        ("a.md", f"- a\n  > ```console\n  > {REQUEST}  > {BAD}\n  > ```\n"),
        ("a.md", f"```http\n{REQUEST}{BAD}\n```\n"),
        ("a.console", f'{REQUEST}{{"session": {{"id": """\na\n"""}}, "usr": 1}}\n'),
    ],
)
def test_a_comment_suppresses_what_it_is_for(tmp_path: Path, name: str, text: str) -> None:
    """In a request, the suppression is a comment; afterwards, one diagnostic less is left, and no other one appears."""
    document = document_of(tmp_path / name, text)
    found = check(document)
    assert found
    for one in found:
        action = next(
            action for action in actions(document, [one], one.start, one.start) if action.title.startswith("Suppress")
        )
        assert action.title == f"Suppress {one.rule} here"
        left = diagnostics_of(tmp_path / name, apply(document.text, action.edits).decode())
        assert not any(other.rule == one.rule and other.message == one.message for other in left)
        assert {other.message for other in left} < {other.message for other in found}


CONFIGS = {
    "missing": (None, ""),
    "empty": ("eventlint.toml", ""),
    "table": ("eventlint.toml", 'ignore = ["relative-url"]\n\n[events]\n"a/*" = "search"'),
    "array of tables": ("eventlint.toml", '[[suppress]]\nrule = "empty-query"\nreason = "é"\n'),
    "inline": ("eventlint.toml", 'suppress = [{ rule = "empty-query", reason = "x" }]\nrelease = ["latest"]\n'),
    "empty inline": ("eventlint.toml", "suppress = [ ]\n"),
    "pyproject": ("pyproject.toml", '[project]\nname = "a"\n\n[tool.eventlint]\nrelease = ["latest"]\n\n[tool.x]\n'),
    "dotted": ("pyproject.toml", 'tool.eventlint.suppress = [\n  { rule = "empty-query", reason = "x" },\n]\n'),
}


@pytest.mark.parametrize("kind", CONFIGS)
@pytest.mark.parametrize("name", ["search.json", "search/a [1]!.ndjson", "search/#é 😀.json"])
def test_an_entry_of_the_configuration_suppresses_what_it_is_for(tmp_path: Path, kind: str, name: str) -> None:
    """In a JSON file, the suppression is an entry of the configuration, wherever TOML allows one."""
    config, text = CONFIGS[kind]
    if config is not None:
        (tmp_path / config).write_text(text, encoding="utf-8")
    document = document_of(tmp_path / name, BAD)
    found = check(document)
    path, is_new = config_file(document, str(tmp_path))
    assert (is_new, Path(path).name) == (config is None, config or "eventlint.toml")
    edit = suppression(document, found[0], path, text.encode(), is_new=is_new)
    assert edit is not None
    Path(path).write_bytes(text.encode()[: edit.start] + edit.content + text.encode()[edit.start :])
    assert diagnostics_of(tmp_path / name, BAD) == []
    other = tmp_path / "other" / os.path.basename(name)
    assert len(check(document_of(other, BAD, workspace=Workspace([str(tmp_path)])))) == 1


@pytest.mark.parametrize("text", ["suppress = 1", "not toml [", "tool = 1"])
def test_a_configuration_that_cannot_be_changed_is_left_alone(tmp_path: Path, text: str) -> None:
    """A change without the wanted effect is not offered."""
    document = document_of(tmp_path / "search.json", BAD)
    path = str(tmp_path / "pyproject.toml")
    found = check(document)
    before = tomllib.loads(text) if text != "not toml [" else None
    edit = suppression(document, found[0], path, text.encode(), is_new=False)
    assert edit is None or before == {"suppress": 1}
