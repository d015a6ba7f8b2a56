"""What is remembered of the head of a request never changes the answer to another one."""

from __future__ import annotations

import gzip

from hypothesis import given, settings
from hypothesis import strategies as st

from eventlint import Request, Server
from eventlint.serve.collections import Collections
from eventlint.serve.judge import Judge, event_target
from tests.serve.wire import PATH

NOW = 1_700_000_000_000
GOOD = b'{"session":{"id":"s-1"},"user":{"id":"u-1"},"page":{"url":"https://shop.example.com/"}}'
BODIES = (GOOD, b"", b"{", GOOD.replace(b"s-1", b""), GOOD.replace(b"shop", b"u:p@shop"), gzip.compress(GOOD))
QUERIES = ("", "?pretty", "?debug=true", "?filter_path=a", "?format=yaml", "?pretty=x", "?other=1", "?source={}")
HEADERS = st.lists(
    st.sampled_from(
        [
            ("content-type", "application/json"),
            ("content-type", "application/vnd.elasticsearch+json;compatible-with=9"),
            ("content-type", "text/plain"),
            ("accept", "application/yaml"),
            ("accept", "application/vnd.elasticsearch+json;compatible-with=9"),
            ("accept-encoding", "gzip"),
            ("content-encoding", "gzip"),
            ("content-length", "7"),
            ("expect", "100-continue"),
            ("expect", "other"),
            ("x-opaque-id", "a"),
            ("x-opaque-id", "b"),
            ("traceparent", "1"),
            ("traceparent", "2"),
            ("x-elastic-product-origin", "a"),
            ("x-elastic-product-origin", "b"),
            ("authorization", "ApiKey a"),
            ("user-agent", "curl"),
            ("x-forwarded-for", "192.0.2.1"),
            ("x-other", "a"),
        ]
    ),
    max_size=4,
)
REQUESTS = st.builds(
    lambda method, name, query, headers, body: Request(
        method=method, uri=PATH.replace("site", name) + query, headers=[*headers], body=body
    ),
    st.sampled_from(["POST", "POST", "POST", "GET", "HEAD"]),
    st.sampled_from(["site", "shop", "S", "sit%65"]),
    st.sampled_from(QUERIES),
    HEADERS | st.just([("content-type", "application/json")]),
    st.sampled_from(BODIES),
)
JUDGE = Judge("latest", Collections(["site"]), "0" * 40, {})
SERVER = Server("latest", ["site"])


@settings(deadline=None, max_examples=300)
@given(st.lists(REQUESTS, min_size=1, max_size=6))
def test_each_request_gets_its_own_answer(requests: list[Request]) -> None:
    """Requests that arrive one after the other, and again."""
    for request in [*requests, *requests]:
        target = event_target(request.uri)
        assert target is not None
        received = JUDGE.judge(request, target, "127.0.0.1", NOW)
        expected = SERVER.handle(request, peer="127.0.0.1", now=NOW)
        assert received.sent == expected.answer
        assert (received.verdict in ("accepted", "lost")) is (expected.answer.status == 202)


def test_few_heads_are_remembered() -> None:
    """Neither many heads nor long ones fill the memory, and credentials are not among them."""
    judge = Judge("latest", Collections(["site"]), "0" * 40, {})
    target = event_target(PATH)
    assert target is not None
    for number in range(1000):
        headers = [("content-type", "application/json"), ("x-opaque-id", f"{number}"), ("authorization", "s3cret")]
        judge.judge(Request(method="POST", uri=PATH, headers=headers, body=GOOD), target, "127.0.0.1", NOW)
        headers.append(("x-long", f"{number}" * 5000))
        judge.judge(Request(method="POST", uri=PATH, headers=headers, body=GOOD), target, "127.0.0.1", NOW)
    (mirror,) = judge._cached.values()
    assert 0 < len(mirror._heads) <= 256
    shown = repr(mirror._heads)
    assert "s3cret" not in shown
    assert "x-long" not in shown
