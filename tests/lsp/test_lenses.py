"""The server's answers above events."""

from __future__ import annotations

from pathlib import Path

import pytest

from eventlint.lsp.lenses import MAX_LENSES, answers, event_at, lenses, title
from eventlint.mirror.server import Server
from tests.lsp.typed import document, with_contract

GOOD = '{"session": {"id": "s"}, "user": {"id": "u"}, "search": {"query": "q"}}'
LOSSY = GOOD.replace('"q"', '"q", "page": {"current": "1", "size": 2.5}')
LINE = "POST _application/analytics/shop/event/"


def titles(name: str, text: str, folder: str = "/nowhere") -> list[str]:
    """What is shown above the events."""
    found, _ = document(name, text, folder)
    return [title(found, one.number).text for one in lenses(found)]


@pytest.mark.parametrize(
    ("request_text", "expected"),
    [
        (f"{LINE}search\n{GOOD}", "202 accepted"),
        (f"{LINE}search\n{LOSSY}", "202 accepted, 2 losses"),
        (f"{LINE}search\n{{", "400 unexpected end of the payload"),
        (f"{LINE}serch\n{GOOD}", "400 unknown event type 'serch'"),
        (f"{LINE}search", "400 "),
        (f"GET _application/analytics/shop/event/search\n{GOOD}", "405 "),
        (f'{LINE}search\n{{"x": {{{{y}}}}}}', "rejected: "),
        (f"{LINE}search\n{GOOD.replace(chr(34) + 'q' + chr(34), '{{q}}')}", "202 accepted, if the variables fit"),
        (f"{LINE}{{{{type}}}}\n{GOOD}", "not checked: the event type is a variable"),
    ],
)
def test_requests_have_their_answer_in_short(request_text: str, expected: str) -> None:
    """The status, and why or with which losses."""
    (found,) = titles("a.http", request_text)
    assert found.startswith(expected)


def test_events_of_a_file_with_several_have_their_answers() -> None:
    """A file with one event has none, since the diagnostics say it."""
    text = f'{{"event_type": "search", "payload": {GOOD}}}\n{{"event_type": "search", "payload": {{}}}}\n{GOOD}\n'
    assert titles("a.ndjson", text) == [
        "202 accepted",
        "400 missing field 'session'",
        "not checked: event type unknown",
    ]
    assert titles("search.json", GOOD) == []


def test_collections_and_contracts_count(tmp_path: Path) -> None:
    """The answer is that of the configuration."""
    folder = with_contract(tmp_path, 'collections = ["shop"]\n')
    text = f"{LINE}search\n{GOOD}\n\n{LINE.replace('shop', 'other')}search\n{GOOD}\n"
    assert titles("a.http", text, folder) == [
        "202 accepted, 1 contract violation",
        "404 unknown collection 'other'",
    ]


def test_several_releases_are_distinguished_if_their_answers_differ(tmp_path: Path) -> None:
    """Both answers are shown."""
    (tmp_path / "eventlint.toml").write_text('release = ["8.16.0", "8.15.2"]\n')
    text = f'{LINE}search\n{{"{"k" * 50_001}": 1}}\n'
    (shown,) = titles("a.http", text, str(tmp_path))
    assert shown.startswith("8.16.0: 500 ")
    assert " | 8.15.2: 400 " in shown
    found, _ = document("a.http", text, str(tmp_path))
    assert [line for line in answers(found, 0).splitlines() if line.startswith(("# ", "HTTP"))] == [
        "# 8.16.0",
        "HTTP/1.1 500 Internal Server Error",
        "# 8.15.2",
        "HTTP/1.1 400 Bad Request",
    ]
    assert titles("a.http", f"{LINE}search\n{GOOD}", str(tmp_path)) == ["202 accepted"]


def test_the_whole_answer_is_the_server_s() -> None:
    """The body is the same, byte by byte."""
    found, _ = document("a.http", f"{LINE}search?pretty\n{{}}\n")
    headers = {"Content-Type": "application/json"}
    answer = Server().respond("POST", "/_application/analytics/shop/event/search?pretty", headers, b"{}")
    assert answers(found, 0).endswith("\n\n" + answer.body.decode().rstrip("\n") + "\n")
    assert answers(found, 0).startswith("HTTP/1.1 400 Bad Request\n")


def test_secrets_and_control_characters_are_not_shown() -> None:
    """Neither in short nor in the whole answer."""
    key = "jane@example.com\\u001b[31m"
    found, _ = document("a.http", f'{LINE}search\n{{"{key}": 1}}\n')
    for text in (title(found, 0).text, answers(found, 0)):
        assert "jane" not in text
        assert "\x1b" not in text


def test_a_large_document_has_a_limited_number_of_places() -> None:
    """The answers are determined only for what is visible."""
    found, _ = document("a.ndjson", '{"event_type": "search", "payload": {}}\n' * (MAX_LENSES + 5))
    assert len(lenses(found)) == MAX_LENSES


@pytest.mark.parametrize(
    ("text", "number"),
    [
        (f"{LINE}sea|rch\n{GOOD}\n", 0),
        (f"{LINE}search\n{GOOD[:20]}|{GOOD[20:]}\n", 0),
        (f"{LINE}search\n{GOOD}\n\n|{LINE}search\n{GOOD}\n", 1),
        (f"# |a\n{LINE}search\n{GOOD}\n", None),
        (f"{LINE}search\n{GOOD}\n\n\n# |a\n", None),
    ],
)
def test_the_event_at_a_place(text: str, number: int | None) -> None:
    """Anywhere in the request or in its payload."""
    assert event_at(*document("a.http", text)) == number


def test_there_is_no_answer_if_the_event_is_gone() -> None:
    """The document may have changed since the client asked for the places."""
    found, _ = document("a.http", "")
    assert title(found, 0).text == ""
    assert "no such event" in answers(found, 0)


def test_the_docs_show_what_is_shown() -> None:
    """The examples in the docs have the words of the code lenses."""
    docs = (Path(__file__).parent.parent.parent / "docs" / "language-server.md").read_text()
    bodies = [GOOD, LOSSY, GOOD.replace("query", "qurey"), GOOD.replace('"q"', "{{q}}")]
    shown = titles("a.http", "\n".join(f"{LINE}search\n{body}\n" for body in bodies))
    assert [one for one in shown if f"| `{one}` |" not in docs] == []
