"""``eventlint check``: findings, output and exit codes."""

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
    """Writes a file to the current folder, which is empty at first."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("NO_COLOR", "1")

    def writer(name: str, text: str) -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        return path

    return writer


@pytest.mark.parametrize("path", sorted((ROOT / "examples/mistakes").glob("*/*")), ids=lambda path: path.parent.name)
def test_each_example_shows_its_mistake(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A file in the examples has the mistake that its folder is named after, and no other."""
    lint = ["--fail-on", "lint", "--fail-on", "loss", "--fail-on", "error"]
    assert main(["check", "--isolated", "--format", "json", *lint, str(path)]) == 1
    found = json.loads(capsys.readouterr().out)["findings"]
    assert {finding["rule"] for finding in found} == {path.parent.name}
    assert path.parent.name in {rule.name for rule in RULES}


def test_valid_examples_are_clean(capsys: pytest.CaptureFixture[str]) -> None:
    """The examples in good/ have no findings."""
    assert main(["check", "--isolated", str(ROOT / "examples/good")]) == 0
    assert "nothing found" in capsys.readouterr().out


def test_text_output(write: Write, capsys: pytest.CaptureFixture[str]) -> None:
    """A finding starts with its position; the line, a caret, the server's answer and a hint follow."""
    write("search.json", '{"session":{"id":"s"},"user":{"id":"u"},\n "search":{"quary":"é"}}')
    assert main(["check", "search.json"]) == 1
    out = capsys.readouterr().out.splitlines()
    assert out[0] == "search.json:2:12: error[unknown-field]: unknown field 'quary' in 'search' (/search/quary)"
    assert out[1] == ' 2 |  "search":{"quary":"é"}}'
    assert out[2].index("^") == out[1].index('"quary"')
    assert (
        out[3].strip()
        == "= server: 400 x_content_parse_exception: [2:12] [search] unknown field [quary] did you mean [query]?"
    )
    assert out[4].strip() == "= hint: did you mean 'query'?"
    assert out[-1] == "1 error in 1 event in 1 file; 1 fixable with `--fix --unsafe-fixes`"


def test_json_output_matches_its_schema(write: Write, capsys: pytest.CaptureFixture[str]) -> None:
    """The output of ``--format json`` is valid under the schema in the package."""
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


def test_invalid_lines_among_many(write: Write, capsys: pytest.CaptureFixture[str]) -> None:
    """An invalid line is reported with its number, and the run continues."""
    write("search.ndjson", "\n".join([GOOD] * 50 + ["{bad"] + [GOOD] * 50 + ['{"session":1}']))
    assert main(["check", "--format", "jsonl", "search.ndjson"]) == 1
    found = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert {finding["line"] for finding in found} == {51, 102}
    assert {finding["record"] for finding in found} == {51, 102}


def test_positions_in_an_envelope_are_positions_in_the_file(write: Write, capsys: pytest.CaptureFixture[str]) -> None:
    """The position of a finding in a payload is the position in the file."""
    write(
        "x.json",
        '[\n  {"event_type": "search",\n   "payload": {"session": {"id": 1}, "user": {"id": "u"},\n "search": {}}}]',
    )
    main(["check", "--format", "concise", "x.json"])
    assert capsys.readouterr().out.splitlines()[:2] == [
        "x.json:3:34: error[wrong-type]: 'id' cannot be a number (/session/id)",
        "x.json:4:12: error[missing-field]: missing field 'query' (/search)",
    ]


def test_several_releases_show_what_an_upgrade_changes(write: Write, capsys: pytest.CaptureFixture[str]) -> None:
    """A finding that does not apply to all releases lists those that it applies to."""
    number = "0" * 1001
    page = f'{{"size": 1, "current": "{number}"}}'
    write("search.json", f'{{"session":{{"id":"s"}},"user":{{"id":"u"}},"search":{{"query":"q","page":{page},"x":1}}}}')
    main(["check", "--release", "8.18", "--release", "9.5", "--format", "concise", "search.json"])
    first, second = [line for line in capsys.readouterr().out.splitlines() if ": error[" in line]
    assert "number-too-long" in first
    assert first.endswith("[9.5]")
    assert "unknown-field" in second
    assert not second.endswith("]")


def test_events_without_a_type(write: Write, capsys: pytest.CaptureFixture[str]) -> None:
    """An event whose type cannot be determined is a finding that lists the possible types; it can be skipped."""
    write("x.json", GOOD)
    assert main(["check", "x.json"]) == 1
    assert "undetermined-event-type" in (out := capsys.readouterr().out)
    assert "valid as search" in out
    assert main(["check", "--skip-unknown", "x.json"]) == 0
    assert main(["check", "--event-type", "search", "x.json"]) == 0


def test_the_configuration_applies(write: Write, capsys: pytest.CaptureFixture[str]) -> None:
    """The closest configuration gives paths and event types; eventlint.toml has precedence over pyproject.toml."""
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
        ("format = 'xml'", "not one of text"),
        ("output = 'xml:a'", "unknown format 'xml'"),
        ('skip-unknown = "yes"', "true or false"),
        ('[events]\n"*" = "click"', "not one of page_view"),
        ("[envelope]\npayload = 'x'", "JSON Pointer"),
        ("x = [", "not TOML"),
        ("fail-on = ['warning']", "not one of error"),
    ],
)
def test_a_wrong_setting_is_reported(write: Write, text: str, words: str, capsys: pytest.CaptureFixture[str]) -> None:
    """The message names the file, the key, and what is wrong."""
    write("eventlint.toml", text)
    assert main(["check", "."]) == 4
    err = capsys.readouterr().err
    assert "eventlint.toml" in err
    assert words in err


def test_the_schema_of_the_configuration_is_current() -> None:
    """The committed schema is generated from the settings, and is a valid schema."""
    committed = json.loads((ROOT / "src/eventlint/eventlint.schema.json").read_text())
    assert committed == config_schema()
    Draft202012Validator.check_schema(committed)
    assert set(committed["properties"]) == set(settings())


def test_exit_codes(write: Write, capsys: pytest.CaptureFixture[str]) -> None:
    """0 clean, 1 findings, 2 usage, 3 nothing was checked, 4 I/O or configuration error; the highest wins."""
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
    write("no_events.json", "[]")
    write("other.json", GOOD)
    assert main(["check", "no_events.json"]) == 3
    assert main(["check", "no_events.json", "search_click.json"]) == 1
    assert main(["check", "--skip-unknown", "no_events.json", "other.json"]) == 0
    write("eventlint.toml", 'include = ["other.json"]\nskip-unknown = true')
    assert main(["check"]) == 3
    assert main(["check", "search_click.json", "missing.json"]) == 4
    assert "missing.json" in capsys.readouterr().err


def test_control_characters_do_not_reach_the_terminal(write: Write, capsys: pytest.CaptureFixture[str]) -> None:
    """Control characters in an event or a file name are replaced."""
    write("search\x1b[31m.json", '{"session":"\x1b[31m\u202e"}')
    main(["check", "--event-type", "search", "."])
    out = capsys.readouterr().out
    assert "\x1b" not in out
    assert "\u202e" not in out


def test_several_processes_give_the_same_output(write: Write, capsys: pytest.CaptureFixture[str]) -> None:
    """The output does not depend on the number of processes."""
    for number in range(6):
        write(f"search/{number}.json", GOOD if number % 2 else "{")
    main(["check", "search"])
    one = capsys.readouterr().out
    main(["check", "--jobs", "2", "search"])
    assert capsys.readouterr().out == one


def run(*words: str, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    """Run the command in a new process."""
    return subprocess.run([sys.executable, "-m", "eventlint", *words], input=stdin, capture_output=True, check=False)


def test_standard_input(write: Write) -> None:
    """``--stdin-filename`` determines format, event type and the name in the output."""
    done = run("check", "-", "--stdin-filename", "search.ndjson", stdin=f"{GOOD}\n{{\n".encode())
    assert done.returncode == 1
    assert done.stdout.startswith(b"search.ndjson:2:2: error[truncated-json]")


def test_color_only_on_request(write: Write) -> None:
    """A pipe gets no color unless ``--color always`` asks for it."""
    write("search.json", "{")
    assert b"\x1b[" not in run("check", "search.json").stdout
    assert b"\x1b[" in run("check", "--color", "always", "search.json").stdout


def test_a_closed_pipe_prints_no_traceback(write: Write) -> None:
    """The run ends without an error message when the reader closes the pipe."""
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
    """The output has the parts of a response: status, headers, body."""
    write("r.http", "POST _application/analytics/site/event/search?pretty\n{}\n")
    assert main(["answer", "r.http"]) == 0
    out = capfdbinary.readouterr().out.decode()
    assert out.startswith("HTTP/1.1 400 Bad Request\nX-elastic-product: Elasticsearch\n")
    assert '"type" : "illegal_argument_exception"' in out
    assert main(["answer", "r.http", "--all-releases"]) == 0
    assert capfdbinary.readouterr().out.decode().count("# ") == 2


@pytest.mark.parametrize(
    ("name", "text", "config"),
    [
        ("search.1.json", GOOD, ""),
        ("x/search/1.json", GOOD, ""),
        ("x.json", GOOD, '[events]\n"x.json" = "search"\n'),
        ("x.json", f'{{"event_type": "search", "collection": "site", "payload": {GOOD}}}', ""),
        ("x.json", f'{{"a": "search", "b": {GOOD}}}', '[envelope]\nevent_type = "/a"\npayload = "/b"\n'),
        ("search.ndjson", f"\n{GOOD}\n{{\n", ""),
        ("r.http", f"POST _application/analytics/site/event/search\n\n{GOOD}\n", ""),
    ],
)
def test_the_answer_command_finds_the_event_type(
    name: str, text: str, config: str, write: Write, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    """The name of the file, the configuration, an envelope and a request determine the type, as for ``check``."""
    write(name, text)
    write("eventlint.toml", config)
    assert main(["answer", name]) == 0
    assert capfdbinary.readouterr().out.startswith(b"HTTP/1.1 202 Accepted\n")


def test_the_answer_command_without_an_event_type(write: Write, capsys: pytest.CaptureFixture[str]) -> None:
    """The usage error names the option."""
    write("x.json", GOOD)
    assert main(["answer", "x.json"]) == 2
    assert "cannot determine the event type; use --event-type" in capsys.readouterr().err
    assert main(["answer", "--event-type", "search", "x.json"]) == 0


def test_show_files_and_version(write: Write, capsys: pytest.CaptureFixture[str]) -> None:
    """``--show-files`` lists files without reading them."""
    write("search.json", "{")
    assert main(["check", "--show-files"]) == 0
    assert capsys.readouterr().out == "search.json\n"
    assert main(["--version"]) == 0
    assert main([]) == 2


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
@pytest.mark.parametrize("words", [["rules"], ["check", "--isolated", "examples"]])
def test_a_full_device_is_an_error(words: list[str]) -> None:
    """The command reports it without a traceback, for standard output and for other outputs."""
    with open("/dev/full", "wb") as full:
        done = subprocess.run([sys.executable, "-m", "eventlint", *words], stdout=full, stderr=-1, check=False)
    assert (done.returncode, b"Traceback" in done.stderr) == (4, False)
    assert b"cannot write to standard output: No space left on device" in done.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_a_full_device_as_another_output_is_an_error() -> None:
    """The message names the file."""
    done = run("check", "--isolated", "--output", "json:/dev/full", "examples")
    assert (done.returncode, b"Traceback" in done.stderr) == (4, False)
    assert b"/dev/full" in done.stderr


def test_more_processes_than_files_are_not_started() -> None:
    """A huge number of jobs is not an error."""
    done = run("check", "--isolated", "--jobs", "99999999999", "examples/good/search.json")
    assert (done.returncode, done.stderr) == (0, b"")
