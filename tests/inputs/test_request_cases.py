"""Request files as people keep them, and what is found in them."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import pytest

from eventlint.file_check import check_record
from eventlint.file_fixes import fix_file
from eventlint.inputs.files import records
from eventlint.job import file_of
from eventlint.output import Summary
from tests.inputs.test_request_files import job

PATH = "_application/analytics/site/event/search"
POST = f"POST {PATH}\n"
HTTP = f"POST https://h/{PATH}\nContent-Type: application/json\n\n"
SEARCH = '"search": {"query": "shoes"}'
GOOD = f'{{"session": {{"id": "s-1"}}, "user": {{"id": "u-1"}}, {SEARCH}}}'
BLANK = f'{{"session": {{"id": ""}}, "user": {{"id": "u-1"}}, {SEARCH}}}'
PADDED = '{"id": " u "}'
MINIMAL = '{"id": "u"}'
ITEM = '{{"document": {{"id": "{}", "index": "i"}}}}'


def event(**parts: str) -> str:
    """A search event with other JSON text for some of its parts."""
    values = {"session": '{"id": "s-1"}', "user": '{"id": "u-1"}', "search": '{"query": "shoes"}', **parts}
    return "{" + ", ".join(f'"{key}": {value}' for key, value in values.items()) + "}"


def search(text: str) -> str:
    """A search event with other JSON text for the members of its search."""
    return event(search=f'{{"query": "shoes", {text}}}')


class Case(NamedTuple):
    """A file and what is found in it.

    Attributes:
        text: The content of the file.
        found: Each finding as ``rule@line:column``, in their order.
        name: The name of the file.
        unchecked: How many events are left unchecked.
    """

    text: str
    found: list[str]
    name: str = "a.http"
    unchecked: int = 0


CASES = {
    # ---- the dev console
    "method in lower case": Case(f"post {PATH}\n{BLANK}\n", ["blank-id@2:20"]),
    "indented": Case(f"\t  POST {PATH}\n   {BLANK}\n", ["blank-id@2:23"]),
    "byte order mark": Case(f"\ufeffPOST {PATH}\n{BLANK}\n", ["blank-id@2:20"]),
    "carriage returns": Case(f"POST {PATH}\r\n{BLANK}\r\n", ["blank-id@2:20"]),
    "comment after the URL": Case(f"POST /{PATH}  # why\n{BLANK}\n", ["blank-id@2:20"]),
    "block comment before the body": Case(f"{POST}/* two\nlines */\n{BLANK}\n", ["blank-id@4:20"]),
    "comments in the body": Case(
        f'{POST}{{ # a\n"session": /* é */ {{"id": ""}}, // b\n{GOOD[27:]}\n', ["blank-id@3:27"]
    ),
    "only comments in the body": Case(f"{POST}// a\n{GOOD} # b\n", []),
    "slashes and hashes in strings": Case(POST + event(user='{"id": "a#b//c/*d"}') + "\n", []),
    "triple quotes": Case(
        f'{POST}{{"search": {{"query": """a\n"b"\n"""}},\n "session": {{"id": ""}}}}\n',
        ["missing-field@2:1", "blank-id@5:20"],
    ),
    "a request in triple quotes": Case(POST + event(search=f'{{"query": """x\nPOST {PATH}\n{BLANK}"""}}') + "\n", []),
    "triple quotes that are not closed": Case(
        f'{POST}{{"search": """x\nPOST {PATH}\n{BLANK}\n', ["wrong-type@2:12", "invalid-json@2:14", "blank-id@4:20"]
    ),
    "two objects": Case(f"{POST}{GOOD}\n{GOOD}\n", ["trailing-content@3:1"]),
    "an object after a gap": Case(f"{POST}{GOOD}\n\n# x\n{GOOD}\n", ["trailing-content@5:1"]),
    "prose after the body": Case(f"{POST}{GOOD}\nAnd so on.\n", []),
    "prose without a body": Case(f"{POST}And so on: {GOOD}\n", ["missing-body@1:1"]),
    "no body": Case(f"{POST}\nGET _search\n{GOOD}\n", ["missing-body@1:1"]),
    "a body that is not closed": Case(
        f'{POST}{{"session": \n\n{POST}{BLANK}\n', ["truncated-json@2:12", "blank-id@5:20"]
    ),
    "an array": Case(f"{POST}[1]\n", ["wrong-type@2:1"]),
    "other requests": Case(
        'GET _search\n{"a": 1}\n\nPUT _application/analytics/site\nGET _application/analytics\n', []
    ),
    "Kibana's own API": Case(f"POST kbn:/{PATH}\n{BLANK}\n", []),
    "bulk lines": Case(f'POST _bulk\n{{"index": {{}}}}\n{BLANK}\n{POST}{BLANK}\n', ["blank-id@5:20"]),
    "another method": Case(f"DELETE {PATH}\n", ["wrong-method@1:1"]),
    # ---- HTTP files
    "no content type": Case(f"POST https://h/{PATH}\n\n{GOOD}\n", ["unsupported-media-type@1:1"]),
    "a host without a scheme": Case(
        f"POST h:9200/{PATH} HTTP/1.1\nContent-Type: application/json\n\n{BLANK}\n", ["blank-id@4:20"]
    ),
    "a path and a host header": Case(
        f"POST /{PATH}\nHost: h\ncontent-type: application/json\n\n{BLANK}\n", ["blank-id@5:20"]
    ),
    "a URL alone": Case(f"https://h/{PATH}\n", ["wrong-method@1:1"]),
    "a URL in several lines": Case(
        "POST https://h\n  /_application/analytics/site\n  /event/search\n  ?debug=true\n  &nope=1\n"
        f"Content-Type: application/json\n\n{GOOD}",
        ["unknown-parameter@1:1"],
    ),
    "whole lines are not sent": Case(f"{HTTP}# a\n  // b\n{{\n// c\n{GOOD[1:]}\n# d\n", []),
    "a comment after content is sent": Case(f"{HTTP}{{ # a\n{GOOD[1:]}\n", ["invalid-json@4:3"]),
    "a server comment after content is sent": Case(f"{HTTP}{GOOD[:-1]} // a\n}}\n", ["comment-in-payload@4:80"]),
    "separators": Case(f"### a\n{HTTP}{BLANK}\n### b\n###\n{HTTP}{BLANK}\n", ["blank-id@5:20", "blank-id@11:20"]),
    "no separator": Case(f"{HTTP}{GOOD}\n\n{HTTP}{BLANK}\n", ["blank-id@9:20"]),
    "a handler": Case(f"{HTTP}{GOOD}\n\n> {{%\n  client.log('{PATH}');\n%}}\n\n### x\n", []),
    "a handler in a file": Case(f"{HTTP}{GOOD}\n\n> handler.js\n", []),
    "a handler that is not closed": Case(f"{HTTP}{GOOD}\n> {{%\n  x\n{HTTP}{BLANK}\n", ["blank-id@10:20"]),
    "a script before the request": Case(
        f"###\n< {{%\n  request.variables.set('a', '{PATH}')\n%}}\n{HTTP}{BLANK}\n", ["blank-id@8:20"]
    ),
    "a recorded response": Case(
        f'{HTTP}{GOOD}\n\nHTTP/1.1 202 Accepted\nContent-Type: application/json\n\n{{"accepted": true}}\n', []
    ),
    "responses": Case(f"{HTTP}{GOOD}\n\n>> a.json\n>>! b.json\n<> c.json\n", []),
    "a header twice": Case(
        f"POST https://h/{PATH}\nContent-Type: application/json\nA: 1\nA: 2\n\n{BLANK}\n", ["blank-id@6:20"]
    ),
    "a proxy": Case(f"POST https://h/api/{PATH}\nContent-Type: application/json\n\n{BLANK}\n", ["blank-id@4:20"]),
    # ---- variables
    "a variable in place of a number": Case(HTTP + search('"page": {"current": {{n}}, "size": 10}'), []),
    "a variable in place of a number, in quotes": Case(POST + search('"page": {"current": "${n}", "size": 10}'), []),
    "a variable in place of an object": Case(HTTP + event(session="{{session}}"), []),
    "a variable in a string": Case(
        HTTP + event(user='{"id": "{{id}}"}', session='{"id": " {{a}}{{b}} "}'), ["padded-id@4:20"]
    ),
    "a variable and an error elsewhere": Case(
        HTTP + event(session="{{session}}", user='{"id": ""}'), ["blank-id@4:41"]
    ),
    "a variable and a missing field": Case(HTTP + '{"session": {{s}}, "user": {{u}}}', ["missing-field@4:1"]),
    "a variable in place of a key": Case(HTTP + '{"session": {{s}}, "user": {"{{id}}": "x"}, "search": {{q}}}', []),
    "a variable in place of members": Case(HTTP + '{"session": {{s}}, {{more}}}', [], unchecked=1),
    "a variable in place of the event": Case(f"{HTTP}{{{{event}}}}\n", [], unchecked=1),
    "a variable in place of the type": Case(
        f"POST _application/analytics/site/event/${{type}}\n{BLANK}\n", [], unchecked=1
    ),
    "a variable in place of the collection": Case(
        f"POST _application/analytics/${{c}}/event/search\n{BLANK}\n", ["blank-id@2:20"]
    ),
    "a variable in the query": Case(f"POST {PATH}?debug=${{d}}&${{more}}\n{GOOD}\n", []),
    "a variable in place of the content type": Case(f"POST https://h/{PATH}\nContent-Type: {{{{ct}}}}\n\n{GOOD}\n", []),
    "a variable in place of the method": Case(
        f"{{{{m}}}} https://h/{PATH}\nContent-Type: application/json\n\n{BLANK}\n", ["blank-id@4:20"]
    ),
    "a variable of a shell": Case(
        f"POST $HOST/{PATH}\n" + search('"page": {"current": $N, "size": 10}, "sort": {"name": "$SORT"}'), []
    ),
    "a variable of the file": Case(
        f"@base = https://h/_application\n@id =\n@name = x\n{HTTP.replace('https://h/_application', '{{base}}')}"
        + event(user='{"id": "{{name}}"}', session='{"id": ""}'),
        ["blank-id@7:20"],
    ),
    "a variable with the wrong value": Case(
        f"@n = -1\n{HTTP}" + search('"page": {"current": {{n}}, "size": 10}'), ["negative-number@5:100"]
    ),
    "a number that depends on a variable": Case(
        POST + search(f'"results": {{"total_results": "${{n}}", "items": [{ITEM.format(1)}, {ITEM.format(2)}]}}'), []
    ),
    # ---- suppressions
    "a suppression above the request": Case(f"# eventlint: ignore[blank-id] known\n{POST}{BLANK}\n", []),
    "a suppression after content": Case(f"{POST}{{\n{BLANK[1:-1]} # eventlint: ignore[blank-id] known\n}}\n", []),
    "suppressions above a line": Case(
        f"{HTTP}{{\n// eventlint: ignore[blank-id] a\n# eventlint: ignore[padded-id] b\n{BLANK[1:]}\n",
        ["unused-suppression@6:1"],
    ),
    "a suppression for another line": Case(
        f"{POST}{{\n# eventlint: ignore[blank-id] a\n\n{BLANK[1:]}\n", ["blank-id@5:19", "unused-suppression@3:1"]
    ),
    "a suppression above a separator": Case(
        f"# eventlint: ignore[blank-id] a\n###\n{POST}{BLANK}\n", ["blank-id@4:20"]
    ),
    # ---- what cannot be read
    "a colon after the method": Case(f"POST: {PATH}\n{GOOD}\n", ["unreadable-request@1:1"]),
    "an unknown method": Case(f"  FETCH https://h/{PATH}\n", ["unreadable-request@1:3"]),
    "curl": Case(f"curl -X POST https://h/{PATH} -d '{GOOD}'\n", ["unreadable-request@1:1"]),
    "a suppressed line": Case(f"# eventlint: ignore[unreadable-request] see below\nsend to {PATH}\n", []),
    "comments that name the endpoint": Case(f"# POST {PATH}\n// POST {PATH}\n/* POST {PATH} */\n", []),
    # ---- Markdown
    "a console block": Case(f"# T\n\n```console\n# c\n{POST}{BLANK}\n```\n", ["blank-id@6:20"], "a.md"),
    "a shell session": Case(f"```console\n$ curl https://h/{PATH}\n```\n", [], "a.md"),
    "prose": Case(f"POST {PATH} sends {{}}.\n\n    POST {PATH}\n", [], "a.md"),
    "tildes in a list": Case(
        f"1. x\n\n   ~~~~http\n   {HTTP.replace(chr(10), chr(10) + '   ')}{BLANK}\n   ~~~~\n", ["blank-id@7:23"], "a.md"
    ),
    "a quote": Case(f"> ```es\n> {POST}> {BLANK}\n> ```\n", ["blank-id@3:22"], "a.mdx"),
    "a quote that ends": Case(f"> ```es\n> {POST}\n{BLANK}\n", ["missing-body@2:3"], "a.md"),
    "an event with its type": Case(
        f'```json search\n{BLANK}\n```\n\n```json\n{{"id": ""}}\n```\n', ["blank-id@2:20"], "a.markdown"
    ),
    "a block in a block": Case(f"````md\n```http\n{POST}{BLANK}\n```\n````\n", [], "a.md"),
    "a block that is not closed": Case(f"```http\n{POST}{BLANK}\n", ["blank-id@3:20"], "a.md"),
    "a request does not reach into the next block": Case(
        f"```http\n{POST}```\n```http\n{BLANK}\n```\n", ["missing-body@2:1"], "a.md"
    ),
    "the suffix .rest": Case(f"{HTTP}{BLANK}\n", ["blank-id@4:20"], "a.rest"),
}


def found(path: Path) -> tuple[list[str], Summary]:
    """The findings in a file, and the counts."""
    what = job(collections=("site", "other"))
    counts = Summary()
    shown: list[str] = []
    for record in records(str(path), None, what.envelope):
        for one in check_record(what, file_of(what, str(path)), record, counts):
            position = one.finding.position
            shown.append(one.finding.rule + (f"@{position.line}:{position.column}" if position else ""))
    return shown, counts


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_findings_in_request_files(case: Case, tmp_path: Path) -> None:
    """Each file has exactly these findings, at these places."""
    path = tmp_path / case.name
    path.write_bytes(case.text.encode())
    shown, counts = found(path)
    assert (shown, counts.unchecked) == (case.found, case.unchecked)


def test_a_body_in_another_file(tmp_path: Path) -> None:
    """The findings have the path and the lines of that file; two requests may share it."""
    (tmp_path / "one.json").write_text("\n" + BLANK)
    path = tmp_path / "a.http"
    path.write_text(f"{HTTP}# the event\n< ./one.json\n\n###\n{HTTP}<@ one.json\n\n> {{%\n%}}\n")
    what = job()
    findings = [
        one.finding
        for record in records(str(path), None, what.envelope)
        for one in check_record(what, file_of(what, str(path)), record, Summary())
    ]
    assert [(one.rule, Path(one.path or "").name, one.position and one.position.line) for one in findings] == [
        ("blank-id", "one.json", 2)
    ] * 2
    assert all(one.fix is None for one in findings)


@pytest.mark.parametrize(
    ("include", "reason"),
    [
        ("< none.json", "does not exist"),
        ("< ../outside.json", "is outside of the repository"),
        ("< link.json", "is outside of the repository"),
        ("< folder", "is not a regular file"),
        ("< a\0b", "cannot be read"),
    ],
)
def test_a_body_file_that_is_not_read(include: str, reason: str, tmp_path: Path) -> None:
    """A file that is missing, or outside of the repository, is a finding where it is named."""
    (tmp_path / "outside.json").write_text(GOOD)
    folder = tmp_path / "project"
    (folder / ".git").mkdir(parents=True)
    (folder / "folder").mkdir()
    (folder / "link.json").symlink_to(tmp_path / "outside.json")
    path = folder / "a.http"
    path.write_text(f"{HTTP}{include}\n")
    (record,) = records(str(path), None, job().envelope)
    assert record.problem is not None
    assert reason in record.problem.message
    assert found(path)[0] == ["unreadable-request@4:1"]


def test_a_body_file_whose_name_is_a_variable(tmp_path: Path) -> None:
    """The event is unchecked."""
    path = tmp_path / "a.http"
    path.write_text(f"{HTTP}< {{{{file}}}}\n")
    shown, counts = found(path)
    assert (shown, counts.reasons) == ([], {"the name of the body's file is a variable": 1})


@pytest.mark.parametrize(
    ("before", "after", "name"),
    [
        (HTTP + event(user='{"id": " u "}'), HTTP + event(user='{"id": "u"}'), "a.http"),
        (f"{POST}{event(user=PADDED)[:-1]} # eventlint: ignore[padded-id] x\n}}\n", None, "a.http"),
        (f"{POST}{{\n# eventlint: ignore[padded-id] x\n{event(user=PADDED)[1:]}\n", None, "a.http"),
        (f"# eventlint: ignore[padded-id] x\n{POST}{event(user=PADDED)}\n", None, "a.http"),
        (POST + event(user='{"id": "${a} "}'), None, "a.http"),
        (POST + event(user='{"id": """ a """}'), None, "a.http"),
        (f"{POST}{GOOD}\n{GOOD}\n\nprose\n", None, "a.http"),
        (f"{HTTP}{GOOD}\n\nprose\n", None, "a.http"),
        (f"{POST}{GOOD} x\n", None, "a.http"),
        (f"{HTTP}/* a */ {GOOD} // b\n/* c */\n", None, "a.http"),
        (f"{POST}{GOOD}\n\n{GOOD}\n", None, "a.http"),
        (f"{POST}{GOOD} # c\n{GOOD}\n", None, "a.http"),
        (POST + search('"sort": [ # c\n {"name": "p"}]'), None, "a.http"),
        (
            f"> ```es\n> {POST}> {event(user=PADDED)}\n> ```\n",
            f"> ```es\n> {POST}> {event(user=MINIMAL)}\n> ```\n",
            "a.md",
        ),
        (
            f"# T\r\n```json search\r\n{event(user=PADDED)}\r\n```\r\n",
            f"# T\r\n```json search\r\n{event(user=MINIMAL)}\r\n```\r\n",
            "a.md",
        ),
    ],
)
def test_fixes_in_request_files(before: str, after: str | None, name: str, tmp_path: Path) -> None:
    """A fix edits the event alone; it changes no comment, no variable, no quoted string, and nothing suppressed."""
    path = tmp_path / name
    path.write_bytes(before.encode())
    what = job(fixes="unsafe")
    fix_file(what, file_of(what, str(path)), None, lambda _: None)
    assert path.read_bytes().decode() == (before if after is None else after)
