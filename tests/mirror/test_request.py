"""The parts of a request outside the payload."""

from __future__ import annotations

import gzip
import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eventlint import Request, Server
from eventlint.mirror.filter_path import filtered
from eventlint.mirror.request_checks import examine, is_legal
from eventlint.spec import catalog

EVENT = b'{"session":{"id":"s"},"user":{"id":"u"},"page":{"url":"u"}}'
PATH = "/_application/analytics/site/event/page_view"
JSON = {"Content-Type": "application/json"}


@given(st.sampled_from(["POST", "GET", "X"]), st.text(), st.dictionaries(st.text(max_size=5), st.text()), st.binary())
def test_nothing_in_a_request_raises(method: str, uri: str, headers: dict[str, str], body: bytes) -> None:
    """Any method, URI, headers and body get an answer."""
    assert Server().respond(method, uri, headers, body, now=0).status in range(200, 600)


@given(st.text(), st.sampled_from(["Content-Type", "Accept"]))
def test_any_header_gets_an_answer(value: str, name: str) -> None:
    """Any media type gets an answer that the server could give."""
    answer = Server().respond("POST", PATH, {**JSON, name: value}, EVENT, now=0)
    assert answer.status in (202, 400, 406)


@given(st.text())
def test_any_query_string_gets_an_answer(query: str) -> None:
    """Any query string gets an answer that the server could give."""
    assert Server().respond("POST", f"{PATH}?{query}", JSON, EVENT, now=0).status in (202, 400, 404, 500)


@pytest.mark.parametrize(
    ("uri", "status"),
    [
        (PATH + "/", 202),
        ("/_application/analytics//event/page_view", 400),
        ("/_application/analytics/site/event/page_view/more", 400),
        ("/_application/analytics/Upper/event/page_view", 404),
        (PATH + "?debug=%zz", 400),
        (PATH + "?source=x", 400),
        ("/_application/analytics/%zz/event/page_view", 400),
    ],
)
def test_the_route(uri: str, status: int) -> None:
    """A final slash is fine, segments are decoded, and a name that no collection can have does not exist."""
    assert Server().respond("POST", uri, JSON, EVENT, now=0).status == status


@pytest.mark.parametrize("name", ["", ".", "A", "a/b", "a b", "a,b", "a" * 300])
def test_names_that_no_collection_can_have(name: str) -> None:
    """A collection's name follows the rules for data streams; a dot alone is legal behind the prefix."""
    assert is_legal(name) == (name == ".")


@pytest.mark.parametrize(
    ("filters", "kept"),
    [
        ("accepted", {"accepted": True}),
        ("event.session.id", {"event": {"session": {"id": "s"}}}),
        ("event.*.id", {"event": {"session": {"id": "s"}, "user": {"id": "u"}}}),
        ("**.url", {"event": {"page": {"url": "x"}}}),
        ("-event", {"accepted": True}),
        ("nothing", {}),
    ],
)
def test_filter_path(filters: str, kept: dict[str, object]) -> None:
    """A filter names what is kept, with wildcards, or with a minus what is left out."""
    event = {"session": {"id": "s"}, "user": {"id": "u"}, "page": {"url": "x"}}
    assert filtered({"accepted": True, "event": event}, filters) == kept


def test_only_deprecated_eras_send_the_warning() -> None:
    """Only eras with the trait for the deprecation send its header."""
    has_warning = {era: "Warning" in Server(era).respond("POST", PATH, JSON, EVENT).headers for era in ("8.19", "9.0")}
    assert has_warning == {"8.19": False, "9.0": True}


def test_empty_yaml_is_an_empty_object() -> None:
    """An answer without any selected part is an empty object in YAML."""
    answer = Server().respond("POST", PATH + "?format=yaml&filter_path=none", JSON, EVENT)
    assert (answer.status, answer.body) == (202, b"--- {}\n")


def test_yaml_is_the_same_document() -> None:
    """An answer in YAML contains the reasons of the answer in JSON, folded."""
    one = Server().respond("POST", PATH, JSON, b"{}", now=0)
    other = Server().respond("POST", PATH + "?format=yaml", JSON, b"{}", now=0)
    unfolded = other.body.decode().replace("\\\n      \\", "").replace("\\\n    \\", "")
    assert json.loads(one.body)["error"]["reason"] in unfolded


def test_requests_with_the_same_head_share_its_checks_only() -> None:
    """The body, the release and the collections of a request have their influence although its head is known."""
    uri, headers = "/_application/analytics/site/event/search", {"Content-Type": "application/json"}
    latest = catalog().release("latest")
    request = Request(method="POST", uri=uri, headers=headers, body=b"one")
    assert examine(request, latest, None).body == b"one"
    assert examine(replace(request, body=b"two"), latest, None).body == b"two"
    assert [fault.kind for fault in examine(replace(request, body=b""), latest, None).faults] == ["missing-body"]
    assert [fault.kind for fault in examine(request, latest, frozenset({"a"})).faults] == ["unknown-collection"]
    gzipped = replace(request, headers={**headers, "Content-Encoding": "gzip"}, body=gzip.compress(b"three"))
    assert examine(gzipped, latest, None).body == b"three"
