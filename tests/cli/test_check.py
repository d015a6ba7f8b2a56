"""``eventlint check``: files in, findings and an exit code out."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from eventlint.cli import main
from eventlint.config import config_schema, settings
from eventlint.rules import RULES

ROOT = Path(__file__).parent.parent.parent
GOOD = '{"session":{"id":"s"},"user":{"id":"u"},"search":{"query":"q"}}'
Write = Callable[[str, str], Path]


@pytest.fixture
def write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Write:
    """Write a file below an empty current folder."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("NO_COLOR", "1")

    def writer(name: str, text: str) -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        return path

    return writer


@pytest.mark.parametrize("path", sorted((ROOT / "examples/mistakes").glob("*/*")), ids=lambda path: path.parent.name)
def test_each_example_of_a_mistake_is_found(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A file in the examples holds the mistake that its folder is named after, and no other."""
    lint = ["--fail-on", "lint", "--fail-on", "loss", "--fail-on", "error"]
    assert main(["check", "--isolated", "--format", "json", *lint, str(path)]) == 1
    found = json.loads(capsys.readouterr().out)["findings"]
    assert {finding["rule"] for finding in found} == {path.parent.name}
    assert path.parent.name in {rule.name for rule in RULES}


def test_good_examples_are_clean(capsys: pytest.CaptureFixture[str]) -> None:
    """The good examples have no findings."""
    assert main(["check", "--isolated", str(ROOT / "examples/good")]) == 0
    assert "nothing found" in capsys.readouterr().out


def test_text_for_people(write: Write, capsys: pytest.CaptureFixture[str]) -> None:
    """A finding begins with its place; the line, a caret, the server's answer and a hint follow."""
    write("search.json", '{"session":{"id":"s"},"user":{"id":"u"},\n "search":{"quary":"é"}}')
    assert main(["check", "search.json"]) == 1
    out = capsys.readouterr().out.splitlines()
    assert out[0] == "search.json:2:11: error[missing-field]: missing field 'query' (/search)"
    unknown = "search.json:2:12: error[unknown-field]: unknown field 'quary' in 'search' (/search/quary)"
    assert out[5].startswith(unknown)
    assert out[6] == ' 2 |  "search":{"quary":"é"}}'
    assert out[7].index("^") == out[6].index('"quary"')
    assert (
        out[8].strip()
        == "= server: 400 x_content_parse_exception: [2:12] [search] unknown field [quary] did you mean [query]?"
    )
    assert out[9].strip() == "= hint: did you mean 'query'?"
    assert out[-1] == "2 errors in 1 event of 1 file"


def test_the_json_is_as_its_schema_says(write: Write, capsys: pytest.CaptureFixture[str]) -> None:
    """The document of ``--format json`` is valid under the schema in the package."""
    write("search.json", "{")
    write("requests.http", "POST _application/analytics/site/event/zoom\n{}\n")
    assert main(["check", "--format", "json", "."]) == 1
    document = json.loads(capsys.readouterr().out)
    schema = json.loads((ROOT / "src/eventlint/output/findings.schema.json").read_text())
    Draft202012Validator.check_schema(schema)
    Draft202012Validator(schema).validate(document)
    assert [(f["rule"], f["path"], f["line"], f["column"]) for f in document["findings"]] == [
        ("unknown-event-type", "requests.http", 1, 1),
        ("truncated-json", "search.json", 1, 2),
    ]


def test_one_broken_line_of_many(write: Write, capsys: pytest.CaptureFixture[str]) -> None:
    """A broken line is told with its number, and the run goes on."""
    write("search.ndjson", "\n".join([GOOD] * 50 + ["{bad"] + [GOOD] * 50 + ['{"session":1}']))
    assert main(["check", "--format", "jsonl", "search.ndjson"]) == 1
    found = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert {finding["line"] for finding in found} == {51, 102}
    assert {finding["record"] for finding in found} == {51, 102}


def test_an_envelope_is_told_where_it_stands_in_the_file(write: Write, capsys: pytest.CaptureFixture[str]) -> None:
    """A place in a payload is a place in the file."""
    write(
        "x.json",
        '[\n  {"event_type": "search",\n   "payload": {"session": {"id": 1}, "user": {"id": "u"},\n "search": {}}}]',
    )
    main(["check", "--format", "concise", "x.json"])
    assert capsys.readouterr().out.splitlines()[:2] == [
        "x.json:3:34: error[wrong-type]: 'id' cannot be a number (/session/id)",
        "x.json:4:12: error[missing-field]: missing field 'query' (/search)",
    ]


def test_what_changes_with_an_upgrade(write: Write, capsys: pytest.CaptureFixture[str]) -> None:
    """A finding that does not hold in all releases says in which it does."""
    number = "0" * 1001
    page = f'{{"size": 1, "current": "{number}"}}'
    write("search.json", f'{{"session":{{"id":"s"}},"user":{{"id":"u"}},"search":{{"query":"q","page":{page},"x":1}}}}')
    main(["check", "--release", "8.18", "--release", "9.5", "--format", "concise", "search.json"])
    first, second = [line for line in capsys.readouterr().out.splitlines() if ": error[" in line]
    assert "number-too-long" in first
    assert first.endswith("[9.5]")
    assert "unknown-field" in second
    assert not second.endswith("]")


def test_untyped_events(write: Write, capsys: pytest.CaptureFixture[str]) -> None:
    """Where nothing tells the type, that is a finding that says which types would fit; it can be passed over."""
    write("x.json", GOOD)
    assert main(["check", "x.json"]) == 1
    assert "undetermined-event-type" in (out := capsys.readouterr().out)
    assert "valid as search" in out
    assert main(["check", "--skip-unknown", "x.json"]) == 0
    assert main(["check", "--event-type", "search", "x.json"]) == 0


def test_the_configuration(write: Write, capsys: pytest.CaptureFixture[str]) -> None:
    """The nearest configuration upwards tells types, paths and tiers; a wrong key is told with the nearest."""
    write("pyproject.toml", '[tool.eventlint]\ninclude = ["data"]\n[tool.eventlint.events]\n"data/*.json" = "search"\n')
    write("data/x.json", GOOD)
    write("other.json", "{")
    assert main(["check"]) == 0
    write("eventlint.toml", 'exlude = ["x"]\n')
    assert main(["check"]) == 4
    assert "did you mean 'exclude'" in capsys.readouterr().err
    assert main(["check", "--isolated", "--event-type", "search", "data"]) == 0


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("jobs = 0", "at least 1"),
        ('skip-unknown = "yes"', "true or false"),
        ('[events]\n"*" = "click"', "none of page_view"),
        ("[envelope]\npayload = 'x'", "JSON Pointer"),
        ("x = [", "not TOML"),
        ("fail-on = ['warning']", "none of error"),
    ],
)
def test_a_wrong_setting_is_told(write: Write, text: str, words: str, capsys: pytest.CaptureFixture[str]) -> None:
    """A message names the file, the key, and what is wrong."""
    write("eventlint.toml", text)
    assert main(["check", "."]) == 4
    err = capsys.readouterr().err
    assert "eventlint.toml" in err
    assert words in err


def test_the_schema_of_the_configuration_is_current() -> None:
    """The committed schema is the one that the table of settings makes, and is a schema."""
    committed = json.loads((ROOT / "src/eventlint/eventlint.schema.json").read_text())
    assert committed == config_schema()
    Draft202012Validator.check_schema(committed)
    assert set(committed["properties"]) == set(settings())


def test_exit_codes(write: Write, capsys: pytest.CaptureFixture[str]) -> None:
    """0 clean, 1 findings, 2 usage, 3 no input, 4 failed; the highest wins."""
    write("search.json", GOOD)
    write("search_click.json", "{")
    write("empty/readme.txt", "")
    assert main(["check", "search.json"]) == 0
    assert main(["check", "search_click.json"]) == 1
    assert main(["check", "--exit-zero", "search_click.json"]) == 0
    assert main(["check", "--fail-on", "loss", "search_click.json"]) == 0
    assert main(["check", "--no-such-option"]) == 2
    assert main(["check", "--release", "7.0", "search.json"]) == 2
    assert main(["check", "empty"]) == 3
    assert main(["check", "search_click.json", "missing.json"]) == 4
    assert "missing.json" in capsys.readouterr().err


def test_names_and_lines_are_made_harmless(write: Write, capsys: pytest.CaptureFixture[str]) -> None:
    """Control characters of an event or of a file's name do not reach the screen."""
    write("search\x1b[31m.json", '{"session":"\x1b[31m\u202e"}')
    main(["check", "--event-type", "search", "."])
    out = capsys.readouterr().out
    assert "\x1b" not in out
    assert "\u202e" not in out


def test_several_processes_find_the_same(write: Write, capsys: pytest.CaptureFixture[str]) -> None:
    """The output does not depend on how many processes there are."""
    for number in range(6):
        write(f"search/{number}.json", GOOD if number % 2 else "{")
    main(["check", "search"])
    one = capsys.readouterr().out
    main(["check", "--jobs", "2", "search"])
    assert capsys.readouterr().out == one


def run(*words: str, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    """Run the command in a process of its own."""
    return subprocess.run([sys.executable, "-m", "eventlint", *words], input=stdin, capture_output=True, check=False)


def test_standard_input(write: Write) -> None:
    """Standard input is read as the name says that it is given."""
    done = run("check", "-", "--stdin-filename", "search.ndjson", stdin=f"{GOOD}\n{{\n".encode())
    assert done.returncode == 1
    assert done.stdout.startswith(b"search.ndjson:2:2: error[truncated-json]")


def test_colour_only_where_it_is_wanted(write: Write) -> None:
    """A pipe gets no colour unless asked for."""
    write("search.json", "{")
    assert b"\x1b[" not in run("check", "search.json").stdout
    assert b"\x1b[" in run("check", "--color", "always", "search.json").stdout


def test_a_reader_that_goes_away_is_no_traceback(write: Write) -> None:
    """A closed pipe ends the run quietly."""
    write("search.ndjson", "{\n" * 20_000)
    with subprocess.Popen(
        [sys.executable, "-m", "eventlint", "check", "search.ndjson"], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""


def test_the_answer_command(write: Write, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    """The server's answer is printed as it would come: status, headers, body."""
    write("r.http", "POST _application/analytics/site/event/search?pretty\n{}\n")
    assert main(["answer", "r.http"]) == 0
    out = capfdbinary.readouterr().out.decode()
    assert out.startswith("HTTP/1.1 400 Bad Request\nX-elastic-product: Elasticsearch\n")
    assert '"type" : "illegal_argument_exception"' in out
    assert main(["answer", "r.http", "--all-releases"]) == 0
    assert capfdbinary.readouterr().out.decode().count("# ") == 2


def test_show_files_and_version(write: Write, capsys: pytest.CaptureFixture[str]) -> None:
    """Files can be listed without being read."""
    write("search.json", "{")
    assert main(["check", "--show-files"]) == 0
    assert capsys.readouterr().out == "search.json\n"
    assert main(["--version"]) == 0
    assert main([]) == 2
