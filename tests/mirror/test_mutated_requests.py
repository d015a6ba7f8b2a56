"""No request raises, whatever it contains."""

from __future__ import annotations

import gzip
import os
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from eventlint import Checker, Request, Server
from eventlint.spec import catalog
from tests.corpus import COLLECTIONS, Case, sampled_cases

EXAMPLES = int(os.environ.get("EVENTLINT_MUTATIONS", "300"))
CASES = [case for case in sampled_cases() if len(case.body) < 2_000]
ERAS = [era.name for era in catalog().eras]
SERVERS = {era: Server(era, COLLECTIONS) for era in ERAS}
METHODS = ("POST", "GET", "HEAD", "OPTIONS", "post", "", "FOO", "P\u00f6ST", "\ud800")
NAMES = (
    *("Content-Type", "Accept", "Content-Encoding", "Accept-Encoding", "X-Opaque-Id", "traceparent", "Expect"),
    *("X-Forwarded-For", "User-Agent", "Host", ""),
)
VALUES = (
    *("application/json", "application/yaml", "application/cbor", "application/smile", "text/plain", "gzip", "deflate"),
    *("snappy", "*", "*;q=x", "gzip;q=nan", "", " ", ",", ";", "a/b;c=d", "application/json;charset=utf-8"),
    *("application/vnd.elasticsearch+json;compatible-with=9", "application/vnd.elasticsearch+json;compatible-with=x"),
    *("::1", "1.2.3.4", "1.2.3.4%a", "100-continue", "\ud800", "\x00", "\u00e9"),
)
PARTS = (
    *("?", "&", "=", "#", "%", "%zz", "%2F", "%ff", "/", "//", ".", "..", "+", ";", ",", "*", "**", "-", "\\"),
    *("debug", "pretty=x", "format=yaml", "format=cbor", "filter_path=.", "filter_path=-.", "source={}", "\u00e9"),
    *("source_content_type=application/json", "source_content_type=;", "error_trace=x", "\ud800", "\x00", " "),
)
ENCODED = ("utf-8", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be", "gzip")


def spliced(draw: Any, text: Any, pieces: tuple[Any, ...]) -> Any:
    """A text with some parts replaced by pieces."""
    for _ in range(draw(st.integers(0, 3))):
        start = draw(st.integers(0, len(text)))
        end = draw(st.integers(start, min(len(text), start + 8)))
        text = text[:start] + draw(st.sampled_from(pieces)) + text[end:]
    return text


@st.composite
def requests(draw: Any) -> Request:
    """A request of the corpus with changes to its method, target, headers and body."""
    case: Case = draw(st.sampled_from(CASES))
    headers = list(case.headers)
    for _ in range(draw(st.integers(0, 3))):
        headers.append((draw(st.sampled_from(NAMES)), draw(st.sampled_from(VALUES))))
    body = spliced(draw, case.body, (b"\x00", b"\xed\xa0\x80", b'"', b"{", b"}", b"\\u", b"\xff", b"1e", b"/*"))
    encoding = draw(st.sampled_from(ENCODED))
    if encoding == "gzip":
        body = gzip.compress(body)
        headers.append(("Content-Encoding", "gzip"))
    elif encoding != "utf-8":
        body = body.decode("utf-8", "replace").encode(encoding)
    if draw(st.integers(0, 5)) == 0:
        body = body[: draw(st.integers(0, len(body)))]
    method = case.method if draw(st.integers(0, 2)) else draw(st.sampled_from(METHODS))
    uri = spliced(draw, case.uri, PARTS)
    return Request(method=method, uri=uri, headers=headers, body=body)


@settings(max_examples=EXAMPLES)
@given(requests(), st.sampled_from(ERAS))
def test_a_mutated_request_is_answered_and_reported(request: Request, era: str) -> None:
    """Neither the server nor the checker raises, and both agree on the status."""
    answer = SERVERS[era].respond(request.method, request.uri, request.headers, request.body, now=0)
    report = Checker(era, collections=COLLECTIONS).check_request(request, now=0)
    assert report.answer is not None
    assert report.answer.status == answer.status
    assert report.accepted == (answer.status == 202)
