"""Files as different programs and people write them, and what ``check`` does with them."""

from __future__ import annotations

import codecs
import gzip
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from eventlint.cli import main

PATH = "_application/analytics/site/event/search"
POST = f"POST {PATH}\n"
JSON = "Content-Type: application/json\n"
HTTP = f"POST http://h/{PATH}\n{JSON}\n"


def event(**parts: str) -> str:
    """A search event with other JSON text for some of its parts."""
    values = {"session": '{"id": "s-1"}', "user": '{"id": "u-1"}', "search": '{"query": "shoes"}', **parts}
    return "{" + ", ".join(f'"{key}": {value}' for key, value in values.items()) + "}"


GOOD = event()
BLANK = event(session='{"id": ""}')
ARRAY = event(search='{"query": "shoes", "sort": [{"name": "price"}]}')
FIXED = event(search='{"query": "shoes", "sort": {"name": "price"}}')
TYPO = event(search='{"quary": "shoes"}')


def envelope(text: str) -> str:
    """An event in an envelope."""
    return f'{{"event_type":"search","collection":"site","payload":{text}}}'


def har(text: str | None = BLANK, status: int = 202, **request: Any) -> str:
    """A recording of one request."""
    made = {
        "method": "POST",
        "url": f"https://es.example.com/{PATH}",
        "headers": [{"name": "content-type", "value": "application/json"}],
        "bodySize": len(text or ""),
        "postData": {"mimeType": "application/json", "text": text},
        **request,
    }
    entry = {"request": {key: value for key, value in made.items() if value is not ...}, "response": {"status": status}}
    return json.dumps({"log": {"version": "1.2", "entries": [entry]}})


class Case(NamedTuple):
    """Files, and what is found in the first one.

    Attributes:
        files: The files, by name; the first one is checked.
        rules: The rules of the findings, in their order.
        args: More arguments.
        after: The content of the first file after ``--fix --unsafe-fixes``; None if it is the same.
        exit: The exit code; None for that of the findings.
    """

    files: Mapping[str, str | bytes]
    rules: list[str] = []  # noqa: RUF012 - nothing writes to it
    args: tuple[str, ...] = ()
    after: str | None = None
    exit: int | None = None


def request(text: str, rules: list[str] | None = None, **more: Any) -> Case:
    """A request file."""
    return Case({"a.http": text}, rules or [], **more)


def markdown(text: str, rules: list[str] | None = None, **more: Any) -> Case:
    """A Markdown file."""
    return Case({"a.md": text}, rules or [], **more)


def recording(text: str | bytes, rules: list[str] | None = None, **more: Any) -> Case:
    """A recording."""
    return Case({"a.har": text}, rules or [], **more)


CASES = {
    # ---- request lines
    "a tab before the URL": request(f"POST\t/{PATH}\n{BLANK}\n", ["blank-id"]),
    "an IPv6 host": request(f"POST [::1]:9200/{PATH}\n{JSON}\n{BLANK}\n", ["blank-id"]),
    "a host and a port as variables": request(f"POST {{{{h}}}}:{{{{p}}}}/{PATH}\n{JSON}\n{BLANK}\n", ["blank-id"]),
    "a variable with arguments": request(f"POST {{{{$dotenv ES_URL}}}}/{PATH}\n{JSON}\n{BLANK}\n", ["blank-id"]),
    "a URL from file variables": request(
        f"@host = https://h\n@path = {PATH}\n\nPOST {{{{host}}}}/{{{{path}}}}\n{JSON}\n{BLANK}\n", ["blank-id"]
    ),
    "a space in the URL": request(f"POST _application/analytics/a b/event/search\n{GOOD}\n", ["unreadable-request"]),
    "a quoted request": request(f"> POST {PATH}\n{GOOD}\n", ["unreadable-request"]),
    "a colon after the method": request(f"POST: {PATH}\n{GOOD}\n", ["unreadable-request"]),
    "a command of PowerShell": request(f"Invoke-RestMethod http://h/{PATH}\n", ["unreadable-request"]),
    "a command of HTTPie": request(f"http POST :9200/{PATH} a=b\n", ["unreadable-request"]),
    "a request after bulk lines": request(f'PUT _bulk\n{{"index":{{}}}}\n{{"a":1}}\n{POST}{BLANK}\n', ["blank-id"]),
    "a body without a blank line": request(f"POST http://h/{PATH}\n{JSON}{BLANK}\n", ["blank-id"]),
    "a request in UTF-16": Case({"a.http": f"{POST}{BLANK}\r\n".encode("utf-16")}, ["blank-id"]),
    # ---- the dev console
    "a commented request": request(f"# POST {PATH}\n# {BLANK}\n{POST}{GOOD}\n"),
    "a request in a block comment": request(f"{POST}{GOOD}\n/*\n{POST}{BLANK}\n*/\n"),
    "a request in triple quotes of another": request(f'{POST}{GOOD}\n\nGET _search\n{{"query": """\n{POST}"""}}\n'),
    "blank triple quotes": request(POST + event(session='{"id": """"""}') + "\n", ["blank-id"]),
    "a commented member": request(
        f'{POST}{{"session": {{"id": "s"}}, /* "user": {{"id": "u"}}, */ "search": {{"query": "q"}}}}\n',
        ["missing-field"],
    ),
    "single quotes": request(POST + event(session="{'id': 's'}") + "\n", ["invalid-json"]),
    # ---- HTTP files
    "a request in a block comment of a body": request(
        f"{HTTP}{ARRAY}\n/* old\n{POST}{TYPO} */\n",
        ["wrong-type", "comment-in-payload"],
        after=f"{HTTP}{FIXED}\n/* old\n{POST}{TYPO} */\n",
    ),
    "a handler with a percent sign": request(f'{HTTP}{GOOD}\n\n> {{% client.log("%") %}}\n>> ./r.json\n'),
    "a body file with a byte order mark": Case(
        {"a.http": f"{HTTP}< ./b.json\n", "b.json": "\ufeff" + BLANK}, ["blank-id"], ("--ignore", "byte-order-mark")
    ),
    "a body file with a path of Windows": Case({"a.http": f"{HTTP}< .\\x\\b.json \n", "x/b.json": BLANK}, ["blank-id"]),
    "a body file whose variables are replaced": Case(
        {"a.http": f"{HTTP}<@ ./b.json\n", "b.json": event(search='{"query": {{q}}, "page": {{page}}}')}
    ),
    "a body file with lines": Case(
        {"a.http": f"{HTTP}< ./b.ndjson\n", "b.ndjson": f"{GOOD}\n{GOOD}\n"}, ["trailing-content"]
    ),
    "a body file with a variable name": request(f"{HTTP}< {{{{file}}}}.json\n", exit=3),
    # ---- variables
    "variables in place of objects": request(
        HTTP + event(search='{"query": {{q}}, "results": {"items": [{{a}}, {{b}}], "total_results": {{n}}}}')
    ),
    "variables in quotes in place of objects": request(
        POST + event(search='{"query": "q", "filters": "${f}", "results": {"items": "${i}", "total_results": "${n}"}}')
    ),
    "variables in a number": request(
        HTTP + event(search='{"query": "q", "page": {"current": -{{n}}, "size": 1{{k}}}}')
    ),
    "variables in a URL": request(
        f"POST http://h/_application/analytics/site/event/page_view\n{JSON}\n"
        '{"session": {"id": "s"}, "user": {"id": "u"}, "page": {"url": "{{base}}/a b", "referrer": "{{from}}"}}\n'
    ),
    "a variable and a wrong element": request(
        HTTP + event(search='{"query": "q", "sort": {{s}}, "results": {"items": {{i}}, "total_results": 1}, "x": 1}'),
        ["unknown-field"],
    ),
    # ---- suppressions
    "a suppression at the end of a line": request(
        f'{POST}{{\n"session": {{"id": ""}}, // eventlint: ignore[blank-id] why\n{GOOD[27:]}\n'
    ),
    "a suppression in a block comment": request(
        f'{POST}{{\n/* eventlint: ignore[blank-id] why */\n"session": {{"id": ""}},\n{GOOD[27:]}\n'
    ),
    "a suppression in a string": request(
        POST + event(session='{"id": "# eventlint: ignore[blank-id]"}', user='{"id": ""}') + "\n", ["blank-id"]
    ),
    "a suppression of an unknown rule": request(
        f"{POST}# eventlint: ignore[blankid] why\n{BLANK}\n", ["blank-id", "unused-suppression"]
    ),
    # ---- Markdown
    "a mark before the first fence": markdown(f"\ufeff```http\n{HTTP}{BLANK}\n```\n", ["blank-id"]),
    "a type in kebab case": markdown(f"```json search-click\n{GOOD}\n```\n", ["missing-field"]),
    "a block in a nested list": markdown(
        f"- a\n\n  - b\n\n    ~~~es\n    {POST}    {ARRAY}\n    ~~~\n{ARRAY}\n",
        ["wrong-type"],
        after=f"- a\n\n  - b\n\n    ~~~es\n    {POST}    {FIXED}\n    ~~~\n{ARRAY}\n",
    ),
    "a block in a quote": markdown(
        f"> ```console\n> {POST}> {ARRAY}\n> ```\n",
        ["wrong-type"],
        after=f"> ```console\n> {POST}> {FIXED}\n> ```\n",
    ),
    "an HTML comment": markdown(f"<!--\n```http\n{HTTP}{BLANK}\n```\n-->\n", exit=3),
    "a shell session": markdown(f"```console\n$ curl http://h/{PATH} -d '{BLANK}'\n```\n", exit=3),
    "a fence in another": markdown(f"~~~ console\n```\n{POST}{BLANK}\n```\n~~~\n", exit=3),
    # ---- recordings
    "headers without a type": recording(har(headers=[]), ["blank-id", "recorded-acceptance"]),
    "the body as a string": recording(har(postData=BLANK), ["blank-id", "recorded-acceptance"]),
    "bytes of a compressed body": recording(
        har(
            postData={"mimeType": "application/json", "text": gzip.compress(BLANK.encode()).decode("latin-1")},
            headers=[
                {"name": "Content-Type", "value": "application/json"},
                {"name": "Content-Encoding", "value": "gzip"},
            ],
        ),
        ["blank-id", "recorded-acceptance"],
    ),
    "an empty body": recording(har("", 400), ["missing-body"]),
    "a body that was not recorded": recording(har(None, bodySize=80), exit=3),
    "a body of unknown size": recording(har(None, postData=..., bodySize=-1), exit=3),
    "a rejected event without a reason": recording(har(GOOD, 400), ["recorded-rejection"]),
    "a blocked request": recording(har(GOOD, 0), ["failed-request"]),
    "a recording in UTF-16": recording(har(status=400).encode("utf-16"), ["blank-id"]),
    # ---- JSON files
    "a note below an event": Case({"search.json": f"{ARRAY}\nnote\n"}, ["wrong-type", "trailing-content"]),
    "an event after an event": Case(
        {"search.ndjson": f"{ARRAY} {TYPO}\n"},
        ["wrong-type", "trailing-content", "unknown-field"],
        after=f"{FIXED} {GOOD}\n",
    ),
    "an event after one with a trailing comma": Case(
        {"search.ndjson": f"\ufeff{GOOD[:-1]},}} {GOOD}\n"},
        ["byte-order-mark", "invalid-json"],
        after=f"{GOOD} {GOOD}\n",
    ),
    "a bracket too many": Case({"search.json": f"{GOOD}}}\n"}, ["trailing-content"], after=f"{GOOD}\n"),
    "lines with a mark and carriage returns": Case(
        {"search.ndjson": f"\ufeff{GOOD}\r\n{ARRAY}\r\n"},
        ["byte-order-mark", "wrong-type"],
        after=f"{GOOD}\r\n{FIXED}\r\n",
    ),
    "lines in UTF-32": Case(
        {"search.ndjson": codecs.BOM_UTF32_BE + f"{GOOD}\n{BLANK}\n".encode("utf-32-be")}, ["blank-id"]
    ),
    "envelopes in UTF-16 without a mark": Case(
        {"e.json": f"{envelope(GOOD)}\r\n{envelope(BLANK)}\r\n".encode("utf-16-le")}, ["blank-id"]
    ),
    "a required key in another case": Case(
        {"search.json": event(session='{"ID": "s-1"}')}, ["unknown-field"], after=GOOD
    ),
}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
def test_what_is_found_and_fixed(
    case: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The rules are right, and fixes change only what they may; a second time, they change nothing."""
    monkeypatch.chdir(tmp_path)
    for name, content in case.files.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    first = next(iter(case.files))
    before = (tmp_path / first).read_bytes()
    code = main(["check", "--isolated", "--fail-on", "error,loss,lint", "--format", "json", *case.args, first])
    assert [one["rule"] for one in json.loads(capsys.readouterr().out)["findings"]] == case.rules
    assert code == (bool(case.rules) if case.exit is None else case.exit)
    for _ in range(2):
        main(["check", "--isolated", "--fix", "--unsafe-fixes", first])
        after = before if case.after is None else case.after.encode()
        assert (tmp_path / first).read_bytes() == after
