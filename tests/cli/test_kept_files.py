"""Files as people keep them: which events are found in them, and what is reported."""

from __future__ import annotations

import codecs
import gzip
import json
from pathlib import Path
from typing import NamedTuple

import pytest

from eventlint.cli import main

GOOD = '{"session": {"id": "s-1"}, "user": {"id": "u-1"}, "search": {"query": "shoes"}}'
BAD = '{"session": {"id": ""}, "user": {"id": "u-1"}, "search": {"query": "shoes"}}'
PRETTY = json.dumps(json.loads(BAD), indent=2)
PRETTY_GOOD = json.dumps(json.loads(GOOD), indent=2)


def envelope(event: str, **more: str) -> str:
    """An event in an envelope."""
    parts = {"event_type": '"search"', "collection": '"site"', "payload": event, **more}
    return "{" + ",".join(f'"{name}":{value}' for name, value in parts.items()) + "}"


def har(event: str, url: str) -> str:
    """A recording of one request."""
    request = {
        "method": "POST",
        "url": url,
        "headers": [{"name": "Content-Type", "value": "application/json"}],
        "postData": {"mimeType": "application/json", "text": event},
    }
    return json.dumps({"log": {"version": "1.2", "entries": [{"request": request, "response": {"status": 400}}]}})


class Case(NamedTuple):
    """A file, and what ``check`` does with it.

    Attributes:
        events: The number of events that are checked.
        findings: The rule of each error, with the line and the column.
        args: More arguments.
        unchecked: The number of events, or lines, that are counted as unchecked.
    """

    name: str
    content: str | bytes
    events: int
    findings: list[str]
    args: tuple[str, ...] = ()
    unchecked: int = 0
    exit: int | None = None


CASES = {
    "lines in a .json file": Case("search.json", f"{GOOD}\n{BAD}\n{GOOD}\n", 3, ["blank-id 2:20"]),
    "lines in a .log file": Case("search.log", f"{GOOD}\n{BAD}\n", 2, ["blank-id 2:20"]),
    "lines in a file without a suffix": Case("search", f"{GOOD}\r\n{BAD}", 2, ["blank-id 2:20"]),
    "an indented event in an .ndjson file": Case("search.ndjson", PRETTY, 1, ["blank-id 3:11"]),
    "an indented event in a .txt file": Case("search.txt", f"\n{PRETTY}\n", 1, ["blank-id 4:11"]),
    "an indented event that is cut off": Case(
        "search.ndjson", PRETTY[:-2], 1, ["blank-id 3:11", "truncated-json 10:4"]
    ),
    "an array in an .ndjson file": Case("search.ndjson", f"[{GOOD},{BAD}]", 2, ["blank-id 1:101"]),
    "an indented array in an .ndjson file": Case("search.jsonl", f"[\n {GOOD},\n {BAD}\n]\n", 2, ["blank-id 3:21"]),
    "arrays in lines": Case("search.ndjson", f"[{GOOD}]\n[{GOOD},{BAD}]\n", 3, ["blank-id 2:101"]),
    "an array in a .log file": Case("search.log", f"[{BAD}]", 1, ["blank-id 1:21"]),
    "values that follow each other": Case("search.json", f"{PRETTY_GOOD}\n{PRETTY}\n{GOOD}", 3, ["blank-id 14:11"]),
    "indented values without a blank line": Case("search.txt", f"{PRETTY_GOOD}\n{PRETTY}", 2, ["blank-id 14:11"]),
    "a value with text after it": Case("search.json", f"{GOOD}\nend", 1, ["trailing-content 2:1"]),
    "two values in one line": Case("search.ndjson", f"{GOOD} {BAD}\n", 2, ["trailing-content 1:81", "blank-id 1:100"]),
    "two envelopes in one line": Case("e.ndjson", envelope(GOOD) * 2, 1, ["invalid-json 1:134"]),
    "an envelope with text after it": Case("e.json", envelope(GOOD) + "\nend", 1, ["invalid-json 2:1"]),
    "text after an array": Case("search.json", f"[{GOOD}] end", 2, ["invalid-json 1:83"]),
    "a missing comma": Case("search.json", f"[{GOOD} {BAD}]", 3, ["invalid-json 1:82", "blank-id 1:101"]),
    "a comma too many": Case("search.json", f"[{GOOD},{BAD},]", 3, ["blank-id 1:101", "invalid-json 1:159"]),
    "an array that is cut off": Case("search.json", f"[{GOOD},\n{BAD}", 3, ["blank-id 2:20", "truncated-json 2:77"]),
    "a damaged element": Case(
        "search.json", f"[\n  {GOOD},\n  {{bad}},\n  {BAD}\n]", 3, ["invalid-json 3:4", "blank-id 4:22"]
    ),
    "an element that is not closed": Case(
        "search.json", f"[\n  {GOOD},\n  {GOOD[:-2]},\n  {BAD}\n]", 3, ["invalid-json 4:3", "blank-id 4:22"]
    ),
    "a damaged array of envelopes": Case(
        "e.json", f"[{envelope(GOOD)},\n{envelope(BAD)}\n{envelope(GOOD)}]", 4, ["blank-id 2:73", "invalid-json 3:1"]
    ),
    "an envelope that is cut off": Case(
        "e.ndjson", f"{envelope(GOOD)}\n{envelope(GOOD)[:60]}\n", 2, ["truncated-json 2:61"]
    ),
    "the first envelope is cut off": Case(
        "e.log", f"{envelope(GOOD)[:60]}\n{envelope(BAD)}\n", 2, ["truncated-json 1:61", "blank-id 2:73"]
    ),
    "a cut before the event type": Case("e.ndjson", f'{envelope(GOOD)}\n{{"eve\n', 2, ["truncated-json 2:6"]),
    "a cut in the event type": Case("search.ndjson", '{"event_type":"sea', 1, ["truncated-json 1:19"]),
    "a cut after the payload": Case("e.json", envelope(GOOD)[:-1], 1, ["truncated-json 1:133"]),
    "an envelope with a damaged event": Case("e.json", envelope("{'a': 1}"), 1, ["invalid-json 1:55"]),
    "damaged envelopes of unknown type are reported by the hook": Case(
        "e.json", envelope(GOOD)[:70], 1, ["truncated-json 1:71"], ("--skip-unknown",)
    ),
    "an unknown type does not hide damage": Case("a.json", '{"a": 1,}', 1, ["invalid-json 1:9"]),
    "other damaged JSON is skipped": Case("tsconfig.json", '{"a": 1,}', 0, [], ("--skip-unknown",), exit=0),
    "text between lines of a log": Case(
        "search.log", f"start\n{GOOD}\nmore\n{BAD}\nend\n", 2, ["blank-id 4:20"], (), 3
    ),
    "a log with brackets": Case("search.log", f"[INFO] start\n[pod/a] {GOOD}\n{BAD}\n", 1, ["blank-id 3:20"], (), 2),
    "text between lines of a .json file": Case(
        "search.json", f"{GOOD}\nmore\n{BAD}\n", 3, ["invalid-json 2:1", "blank-id 3:20"]
    ),
    "text only": Case("search.txt", "Dear all,\n\nno events.\n", 0, [], (), 2, 3),
    "blank lines only": Case("search.ndjson", "\n \r\n\n", 0, [], exit=3),
    "nothing": Case("search.jsonl", "", 0, [], exit=3),
    "a mark only": Case("search.ndjson", codecs.BOM_UTF8, 0, [], exit=3),
    "a mark before an envelope": Case("e.json", "\ufeff" + envelope(BAD), 1, ["blank-id 1:73"]),
    "a mark before each line": Case(
        "e.ndjson", f"\ufeff{envelope(GOOD)}\n\ufeff{envelope(BAD)}\n", 2, ["blank-id 2:73"]
    ),
    "a mark before an array": Case("search.json", f"\ufeff[{GOOD},{BAD}]", 2, ["blank-id 1:101"]),
    "a request that is called .txt": Case(
        "a.txt", f"POST /_application/analytics/site/event/search\n{BAD}\n", 1, ["blank-id 2:20"]
    ),
    "lines that are called .es": Case("search.es", f"{GOOD}\n{BAD}\n", 2, ["blank-id 2:20"]),
    "compressed lines": Case(
        "search.json.gz", gzip.compress(f"{GOOD}\n{BAD}\n".encode(), mtime=0), 2, ["blank-id 2:20"]
    ),
    "a prefix in place of the endpoint": Case(
        "a.http",
        f"POST /api/analytics/site/event/search\n{BAD}\n",
        1,
        ["blank-id 2:20"],
        ("--prefix", "/api/analytics"),
    ),
    "a prefix in front of the endpoint": Case(
        "a.http",
        f"POST /es/_application/analytics/site/event/search\n{BAD}\n",
        1,
        ["blank-id 2:20"],
        ("--prefix", "es/"),
    ),
    "a prefix of a host": Case(
        "a.http",
        f"POST https://x.example/collect/site/event/search\nContent-Type: application/json\n\n{BAD}\n",
        1,
        ["blank-id 4:20"],
        ("--prefix", "/other", "--prefix", "/collect"),
    ),
    "a prefix with a host": Case(
        "a.http",
        f"POST /api/site/event/search\n{BAD}\n",
        1,
        ["blank-id 2:20"],
        ("--prefix", "https://x.example/api/"),
    ),
    "a prefix that is not given": Case("a.http", f"POST /collect/site/event/search\n{BAD}\n", 0, [], (), 1, 3),
    "another path of the same form": Case("a.http", f"POST /collect/site/event/birthday\n{BAD}\n", 0, [], exit=3),
}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
def test_kept_files(
    case: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The number of events and the place of each error or loss are right."""
    monkeypatch.chdir(tmp_path)
    content = case.content if isinstance(case.content, bytes) else case.content.encode()
    (tmp_path / case.name).write_bytes(content)
    code = main(["check", "--isolated", "--ignore", "lint", "--format", "json", *case.args, case.name])
    document = json.loads(capsys.readouterr().out)
    assert [f"{one['rule']} {one['line']}:{one['column']}" for one in document["findings"]] == case.findings
    summary = document["summary"]
    assert (summary["events"], summary.get("unchecked", 0)) == (case.events, case.unchecked)
    assert code == (bool(case.findings) if case.exit is None else case.exit)


@pytest.mark.parametrize("name", ["a.json", "a.txt", "a.har"])
@pytest.mark.parametrize("indent", [None, 2])
def test_recordings_are_recognized(
    name: str, indent: int | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A recording is read, whatever it is called; with the option for it, requests through a proxy, too."""
    monkeypatch.chdir(tmp_path)
    recording = json.loads(har(BAD, "https://x.example/collect/site/event/search"))
    (tmp_path / name).write_text(json.dumps(recording, indent=indent))
    assert main(["check", "--isolated", "--format", "json", name]) == 3
    assert json.loads(capsys.readouterr().out)["summary"]["unchecked"] == 1
    assert main(["check", "--isolated", "--format", "json", "--prefix", "/collect", name]) == 1
    assert [one["rule"] for one in json.loads(capsys.readouterr().out)["findings"]] == ["blank-id"]


FIXABLE = '{"session": {"id": "s-1"}, "user": {"id": "u-1"}, "search": {"query": "q", "sort": [{"name": "p"}]}}'
"""An event with a safe fix."""


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("search.json", f"[{FIXABLE} {FIXABLE}]"),
        ("search.json", f"[{FIXABLE},\n{FIXABLE}"),
        ("search.log", f"{FIXABLE}\nThis is not JSON.\n"),
        ("search.txt", f"{FIXABLE}\n{FIXABLE[:-1]}\n"),
        ("search.txt", f"# Events\n\n{FIXABLE}\n"),
        ("search.ndjson", f"{FIXABLE}\nThis is not JSON.\n"),
        ("search.txt", f"{FIXABLE} end"),
    ],
)
def test_files_that_no_fix_may_touch(name: str, content: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Broken arrays, and files with text that is not JSON, stay as they are."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / name).write_text(content)
    main(["check", "--isolated", "--fix", "--unsafe-fixes", name])
    assert (tmp_path / name).read_text() == content


@pytest.mark.parametrize("name", ["search.ndjson", "search.log", "search.json"])
def test_lines_are_fixed(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Lines of JSON are fixed, whatever the file is called."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / name).write_text(f"{GOOD}\n{FIXABLE}\n\n{FIXABLE}\n")
    main(["check", "--isolated", "--fix", name])
    assert (tmp_path / name).read_text().count('"sort": {"name": "p"}') == 2


def test_collections_by_path(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The rules of a collection apply to the files that the configuration maps to it."""
    monkeypatch.chdir(tmp_path)
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "urn:example:contract:event:search:1-0-0",
        "x-applies-to": {"events": ["search"], "collections": ["shop-*"]},
        "properties": {"search": {"required": ["sort"], "x-error-code": "no-sort"}},
    }
    (tmp_path / "contract").mkdir()
    (tmp_path / "contract/search.json").write_text(json.dumps(schema))
    (tmp_path / "eventlint.toml").write_text(
        'contracts = ["contract"]\n[collections]\n"shop/" = "shop-main"\n"*.ndjson" = "blog"\n'
    )
    for folder in ("shop", "other"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "search.json").write_text(GOOD)
        (tmp_path / folder / "search.ndjson").write_text(GOOD)
    main(["check", "--format", "json", "."])
    found = json.loads(capsys.readouterr().out)["findings"]
    assert [one["path"] for one in found] == ["shop/search.json", "shop/search.ndjson"]
    assert {one["tier"] for one in found} == {"contract"}
