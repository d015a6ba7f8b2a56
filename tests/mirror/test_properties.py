"""Properties of every answer, whatever the payload."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from eventlint import Server, check
from eventlint.spec import catalog, event_types
from tests.corpus import payload_cases

BODIES = [case.body for case in payload_cases() if len(case.body) < 3000 and not case.body[:2].strip(b'{["/ \n\t\r')]
PLACE = re.compile(rb"\[\d+:\d+\]|line: \d+, column: \d+")
JSON = {"Content-Type": "application/json"}
ERAS = [era.name for era in catalog().eras]


def ask(body: bytes, event_type: str, era: str = "latest", collection: str = "site") -> bytes:
    """The body of an answer."""
    path = f"/_application/analytics/{collection}/event/{event_type}"
    return Server(era).respond("POST", path, JSON, body, now=0).body


@given(st.sampled_from(BODIES), st.sampled_from(event_types()), st.sampled_from(ERAS), st.text(" \n\t\r", min_size=4))
def test_white_space_before_the_event_moves_only_positions(body: bytes, event_type: str, era: str, space: str) -> None:
    """White space before the event changes only lines and columns of the answer."""
    before, after = ask(body, event_type, era), ask(space.encode() + body, event_type, era)
    assert PLACE.sub(b"", before) == PLACE.sub(b"", after)


@given(st.sampled_from(BODIES), st.sampled_from(event_types()), st.sampled_from(ERAS))
def test_the_collection_affects_only_its_name(body: bytes, event_type: str, era: str) -> None:
    """The payload's answer does not depend on the collection."""
    assert ask(body, event_type, era, "site") == ask(body, event_type, era, "another-one")


def test_an_unknown_collection_is_named() -> None:
    """Answers about two unknown collections differ only in the name."""
    server = Server(collections=["site"])
    answers = [
        server.respond("POST", f"/_application/analytics/{name}/event/search", JSON, b"{}").body
        for name in ("aa", "bbb")
    ]
    assert answers[0].replace(b"[aa]", b"[bbb]") == answers[1]


@given(st.sampled_from(BODIES), st.text(max_size=300), st.sampled_from(ERAS))
def test_an_answer_is_not_much_longer_than_the_body(body: bytes, name: str, era: str) -> None:
    """The length of an answer is at most a small multiple of the body's, plus a constant."""
    with_key = f'{{"{name}": 1, {body.decode("utf-8", "replace")}'.encode("utf-8", "replace")
    for one in (body, with_key):
        assert len(ask(one, "search", era)) <= 20 * len(one) + 4000


@given(st.sampled_from(BODIES), st.sampled_from(event_types()))
def test_a_report_of_each_era_agrees_with_its_server(body: bytes, event_type: str) -> None:
    """``Report.answer`` is the answer of the requested era."""
    for era in ERAS:
        answer = check(body, event_type, release=era).answer
        assert answer is not None
        assert answer.body == ask(body, event_type, era)
