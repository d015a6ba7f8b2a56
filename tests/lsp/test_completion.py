"""What can be inserted at a place."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest

from eventlint import check
from eventlint.lsp.completion import Completion, Insertion, completions
from eventlint.lsp.documents import Document
from eventlint.spec import event_types
from tests.lsp.typed import document, with_contract


def complete(name: str, text: str, folder: str = "/nowhere", *, snippets: bool = False) -> list[Completion]:
    """The completions at the bar in a document."""
    found, offset = document(name, text, folder)
    return completions(found, offset, snippets=snippets)


def labels(name: str, text: str, folder: str = "/nowhere") -> list[str]:
    """The labels of the completions."""
    return [one.label for one in complete(name, text, folder)]


def applied(found: Document, completion: Completion) -> str:
    """The text with a completion inserted."""
    text = found.text
    edits: list[Insertion] = [completion.insertion, *completion.others]
    for edit in sorted(edits, reverse=True):
        text = text[: edit.start] + edit.text.encode() + text[edit.end :]
    return text.decode()


def accepted(name: str, text: str, label: str) -> str:
    """The text after a completion was chosen."""
    found, offset = document(name, text)
    return applied(found, next(one for one in completions(found, offset) if one.label == label))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{|}", ["session", "user", "search"]),
        ('{"|', ["session", "user", "search"]),
        ("{se|", ["session", "user", "search"]),
        ('{"user": {"id": "u"}, |}', ["session", "search"]),
        ('{"user": {"id": "u"}, "|"\n "session": {}}', ["search"]),
        ('{"search": {"query": "q", "|"}}', ["search_application", "sort", "filters", "page", "results"]),
        ('{"search": {"results": {"items": [{"document": {"|', ["id", "index"]),
        ('{"search": {"results": {"items": {"|', ["document", "page"]),
        ('{"search": {"sort": {"direction": |', ['"asc"', '"desc"']),
        ('{"search": {"sort": {"direction": "|', ['"asc"', '"desc"']),
        ('{"search": {"sort": |', ['{"name": ""}']),
        ('{"search": {"filters": {"|', []),
        ('{"search": {"query": "|', []),
        ('{"search": {"nope": {"|', []),
        ('{"session": {"id": "x"} |', ["user", "search"]),
        ('{"session" |', []),
        ("{ // |\n}", []),
        ("|", ["search event"]),
        ("[|", ["search event"]),
        ('[{"session": {"id": "a"}}, {"|', ["session", "user", "search"]),
    ],
)
def test_fields_and_values_in_json(text: str, expected: list[str]) -> None:
    """Fields that are not there yet, the required ones first; values that are known."""
    assert labels("search.json", text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('{"event_type": "page_view", "payload": {"|"}}', ["session", "user", "page", "document"]),
        ('[{"event_type": "page_view", "payload": {"|', ["session", "user", "page", "document"]),
        ('{"event_type": "|", "payload": {}}', [f'"{name}"' for name in event_types()]),
        ('{"event_type": "search", "|": 1}', ["collection", "payload"]),
        ('[{"collection": "a"}, {"event_type": "search", "collection": "|"}]', ['"a"']),
        ('{"name": "a", "|"}', []),
        ('{"event_type": "other", "payload": {"|"}}', []),
    ],
)
def test_envelopes(text: str, expected: list[str]) -> None:
    """The keys of an envelope, its event types, and the fields of the event in it."""
    assert [name for name in labels("any.json", text) if name in expected or not expected] == expected


def test_an_object_of_unknown_type_has_the_fields_of_all_types_and_the_keys_of_an_envelope() -> None:
    """Nothing determines yet what it is."""
    found = labels("any.json", "{|}")
    assert found == ["session", "user", "page", "document", "search", "event_type", "collection", "payload"]


def test_a_line_of_ndjson_is_completed_on_its_own() -> None:
    """The lines before and after it may be broken."""
    text = '{"event_type": "search\n{"event_type": "page_view", "payload": {"page": {"|\n{"event_type": '
    assert labels("a.ndjson", text) == ["url", "title", "referrer"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("POST _application/analytics/|", ["site"]),
        ("POST _application/analytics/si|/event/search", ["site"]),
        ("POST _application/analytics/a/event/|", list(event_types())),
        ("POST /_application/analytics/a/event/se|arch?debug", list(event_types())),
        ("POST {{host}}/_application/analytics/a/event/|", list(event_types())),
        ("POST _application/analytics/a/event/search?debug=|", ["true", "false"]),
        ("POST _application/|", []),
        ("GET other/|", []),
    ],
)
def test_request_lines(text: str, expected: list[str]) -> None:
    """Collections of the file, event types, and values of parameters."""
    above = "PUT /\n\nPOST _application/analytics/site/event/search\n{}\n\n"
    found = labels("a.http", above + text + "\n{}\n")
    assert [name for name in found if name != "a"] == expected


def test_the_query_string_has_the_parameters_of_the_endpoint() -> None:
    """Those that the server knows."""
    found = labels("a.http", "POST _application/analytics/a/event/search?pretty&|")
    assert found == ["debug", "error_trace", "filter_path", "format", "human", "pretty"]


def test_a_request_behind_a_proxy_is_completed(tmp_path: Path) -> None:
    """The prefix is that of the configuration, and so are the collections."""
    (tmp_path / "eventlint.toml").write_text('prefix = ["/api/events"]\ncollections = ["shop", "a b"]\n')
    assert labels("a.http", "POST /api/events/|", str(tmp_path)) == ["shop", "a%20b"]
    assert labels("a.http", "POST /api/events/shop/event/|", str(tmp_path)) == list(event_types())


@pytest.mark.parametrize(
    "text",
    [
        'POST _application/analytics/a/event/search\n{"session": {"id": "s"},\n "|',
        'POST _application/analytics/a/event/search\n# {a\n{"session": {"id": "s"},\n  us|\n\nPOST /x\n{}\n',
        'POST http://x/_application/analytics/a/event/search\nContent-Type: application/json\n\n{"session": {}, |}\n',
    ],
)
def test_bodies_of_requests(text: str) -> None:
    """The type is the one in the request line, also if the body is not finished."""
    assert labels("a.http", text) == ["user", "search"]


def test_blocks_of_markdown() -> None:
    """Text outside of the blocks is not completed."""
    assert labels("a.md", "# A\n\n> ```json search\n> {|}\n> ```\n") == ["session", "user", "search"]
    assert labels("a.md", "```console\nPOST _application/analytics/a/event/|\n```\n") == list(event_types())
    assert labels("a.md", "POST _application/analytics/a/event/|\n") == []
    assert labels("a.md", "```json\n{|}\n```\n") == []


@pytest.mark.parametrize("ascii_only", [True, False])
def test_a_recorded_event_is_completed_in_its_string(ascii_only: bool) -> None:
    """What is inserted is escaped, so that the recording stays JSON."""
    url = "https://x/_application/analytics/a/event/search"
    request = {"method": "POST", "url": url, "headers": [], "postData": {"text": '{"session": {"id": "é😀"}, "BAR'}}
    text = json.dumps({"log": {"entries": [{"request": request}]}}, ensure_ascii=ascii_only).replace("BAR", "|")
    changed = json.loads(accepted("a.har", text, "user"))
    body = changed["log"]["entries"][0]["request"]["postData"]["text"]
    assert body == '{"session": {"id": "é😀"}, "user": {"id": ""}'


@pytest.mark.parametrize(
    ("text", "label", "expected"),
    [
        ("{|}", "session", '{"session": {"id": ""}}'),
        ('{"|"}', "session", '{"session": {"id": ""}}'),
        ('{"se|ss": {"id": "a"}}', "session", '{"session": {"id": "a"}}'),
        ('{|"user": {}}', "session", '{"session": {"id": ""},"user": {}}'),
        ('{"user": {}\n |}', "session", '{"user": {},\n "session": {"id": ""}}'),
        ('{"user": {}\n "s|\n "search": {}}', "session", '{"user": {},\n "session": {"id": ""},\n "search": {}}'),
        ('{"search": {"sort": {"direction": |"asc"}}}', '"desc"', '{"search": {"sort": {"direction": "desc"}}}'),
        ('{"search": {"|}}', "page", '{"search": {"page": {"current": 1, "size": 1}}}'),
    ],
)
def test_what_is_inserted_without_snippets(text: str, label: str, expected: str) -> None:
    """Commas that are missing are added; a key that has a value is only renamed."""
    assert accepted("search.json", text, label) == expected


def test_snippets_have_places_to_fill_in() -> None:
    """With the values that are known, and escaped."""
    found = {one.label: one for one in complete("search.json", '{"search": {|}}', snippets=True)}
    assert found["query"].insertion.text == '"query": "$1"'
    assert found["sort"].insertion.text == '"sort": {"name": "$1"\\}'
    assert found["filters"].insertion.text == '"filters": {$1\\}'
    assert found["page"].insertion.text == '"page": {"current": ${1:1}, "size": ${2:1}\\}'
    sort = complete("search.json", '{"search": {"sort": {"|', snippets=True)
    assert [one.insertion.text for one in sort] == ['"name": "$1"', '"direction": ${1|"asc","desc"|}']
    assert [one.filter_text for one in sort] == ['"name"', '"direction"']


@pytest.mark.parametrize("event_type", event_types())
def test_an_event_that_is_written_with_completions_only_lacks_its_strings(event_type: str) -> None:
    """Choosing all fields one after another gives an event whose only problems are empty strings."""
    text = "{|}"
    choices = random.Random(1)
    for _ in range(3):
        found, offset = document(f"{event_type}.json", text)
        offered = [one for one in completions(found, offset) if one.kind == "field"]
        if not offered:
            break
        chosen = choices.choice(offered)
        text = applied(found, chosen)[:-1] + ", |}"
    text = text.replace(", |}", "}")
    found, _ = document(f"{event_type}.json", text)
    problems = {finding.rule for finding in check(found.text, event_type).findings if finding.tier == "error"}
    assert problems <= {"blank-id", "blank-name", "missing-field"}


def test_a_contract_narrows_what_is_offered(tmp_path: Path) -> None:
    """Only in the collections that it applies to."""
    folder = with_contract(tmp_path, '[collections]\n"shop/*" = "shop-1"\n')
    found = complete("shop/search.json", '{"search": {"|', folder, snippets=True)
    assert [one.label for one in found] == ["query", "search_application", "filters", "page", "results"]
    assert found[1].insertion.text == '"search_application": ${1|"web","app"|}'
    assert found[1].detail == "string, required"
    assert labels("shop/search.json", '{"search": {"search_application": "|', folder) == ['"web"', '"app"']
    assert labels("shop/search.json", '{"search": {"filters": {"|', folder) == ["brand", "size"]
    assert labels("shop/search.json", '{"search": {"filters": {"brand": ["acme", "|', folder) == ['"acme"', '"globex"']
    assert labels("shop/search.json", '{"search": {"filters": {"size": |', folder) == ['"s"', '"m"']
    assert labels("other/search.json", '{"search": {"search_application": "|', folder) == []
    assert "sort" in labels("other/search.json", '{"search": {"|', folder)


def test_schemas_and_excluded_files_are_not_completed(tmp_path: Path) -> None:
    """They have no events."""
    folder = with_contract(tmp_path, 'exclude = ["old"]\n')
    assert labels("contracts/search.json", "{|}", folder) == []
    assert labels("old/search.json", "{|}", folder) == []
    assert labels("search.json", "{|}", folder) == ["session", "user", "search"]


def test_a_collection_that_looks_like_a_secret_is_not_offered() -> None:
    """A list of completions may be on a shared screen."""
    text = '[{"event_type": "search", "collection": "jane@example.com"}, {"event_type": "search", "collection": |}]'
    assert labels("any.json", text) == []
