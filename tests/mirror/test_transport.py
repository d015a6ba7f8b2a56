"""What happens to a request before its path is looked at, and to its answer afterwards."""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Callable

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from eventlint import Request, Server, UsageError, check_request
from eventlint.mirror import content_encoding
from eventlint.mirror.content_encoding import answer_encoding, compressed, decompressed
from eventlint.mirror.snappy import framed

PATH = "/_application/analytics/site/event/search"
EVENT = b'{"session":{"id":"s"},"user":{"id":"u"},"search":{"query":"q"}}'
JSON = ("Content-Type", "application/json")
ENCODINGS: dict[str, Callable[[bytes], bytes]] = {
    "gzip": gzip.compress,
    "X-GZIP": gzip.compress,
    "deflate": zlib.compress,
    "x-deflate": lambda data: zlib.compress(data)[2:-4],
    "snappy": framed,
    "br": bytes,
}


def ask(*headers: tuple[str, str], body: bytes = EVENT, method: str = "POST", uri: str = PATH) -> tuple[int, str]:
    """The status of an answer, and its most specific reason."""
    answer = Server().respond(method, uri, [JSON, *headers], body, now=0)
    return answer.status, str(answer)


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_a_body_in_a_content_encoding_is_read(encoding: str) -> None:
    """The server decompresses what it knows, and reads all else as it is."""
    assert ask(("Content-Encoding", encoding), body=ENCODINGS[encoding](EVENT))[0] == 202


@given(st.binary(max_size=200), st.integers(1, 3), st.sampled_from(sorted(ENCODINGS)))
def test_an_encoded_body_is_decompressed(body: bytes, times: int, encoding: str) -> None:
    """Decompressing undoes compressing, unless a stream without a header begins like the header of zlib."""
    encoded = ENCODINGS[encoding](body * times)
    assume(encoding != "x-deflate" or encoded[0] & 0x78 != 0x78 or int.from_bytes(encoded[:2], "big") % 31)
    assert decompressed(encoded, encoding) == body * times


def test_members_of_a_gzip_file_are_joined_and_what_is_missing_is_left_out() -> None:
    """A cut file gives the content up to the cut."""
    first, second = gzip.compress(EVENT[:20]), gzip.compress(EVENT[20:])
    assert decompressed(first + second, "gzip") == EVENT
    assert EVENT.startswith(decompressed(gzip.compress(EVENT)[:40], "gzip"))


@pytest.mark.parametrize(
    "body", [EVENT, gzip.compress(EVENT, mtime=0)[:-8] + b"\0" * 8, gzip.compress(EVENT, mtime=0) + b"x" * 20]
)
def test_a_body_that_is_not_gzip_closes_the_connection(body: bytes) -> None:
    """There is no answer, but a finding."""
    headers = [JSON, ("Content-Encoding", "gzip")]
    report = check_request(Request(method="POST", uri=PATH, headers=headers, body=body))
    assert report.answer is not None
    assert (report.answer.status, report.answer.body) == (0, b"")
    assert [finding.rule for finding in report.findings] == ["malformed-request"]


def test_a_body_that_grows_too_large_is_rejected(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is not decompressed further than the limit."""
    monkeypatch.setattr(content_encoding, "MAX_BODY", 1000)
    assert ask(("Content-Encoding", "gzip"), body=gzip.compress(b" " * 10**6))[0] == 413


def test_findings_of_a_compressed_event_have_no_position() -> None:
    """Positions and fixes would be those of other bytes than the sent ones."""
    headers = {"Content-Type": "application/json", "Content-Encoding": "gzip"}
    body = gzip.compress(EVENT.replace(b'"q"', b"1"))
    report = check_request(Request(method="POST", uri=PATH, headers=headers, body=body))
    assert [(one.rule, one.pointer, one.position, one.fix) for one in report.findings] == [
        ("wrong-type", "/search/query", None, None)
    ]


@pytest.mark.parametrize(
    ("accepted", "encoding"),
    [
        ("", None),
        ("identity", None),
        ("gzip, deflate", "gzip"),
        ("deflate", "deflate"),
        ("gzip;q=0.5, deflate;q=0.8", "deflate"),
        ("gzip;q=0", None),
        ("br", None),
        ("*", "snappy"),
        ("*;q=0", None),
    ],
)
def test_the_encoding_of_an_answer(accepted: str, encoding: str | None) -> None:
    """Accept-Encoding chooses it, and the answer can be decompressed."""
    assert answer_encoding(accepted) == encoding
    answer = Server().respond("POST", PATH, [JSON, ("Accept-Encoding", accepted)], EVENT, now=0)
    assert answer.headers.get("Content-Encoding") == encoding
    assert json.loads(decompressed(answer.body, encoding)) == {"accepted": True}


@given(st.binary(max_size=3000), st.sampled_from(["gzip", "deflate", "snappy"]))
def test_a_compressed_answer_is_decompressed_to_the_same(body: bytes, encoding: str) -> None:
    """Compressing loses nothing."""
    assert decompressed(compressed(body, encoding), encoding) == body


def test_headers_are_a_mapping_or_pairs() -> None:
    """Both give the same answer; anything else is a usage error."""
    as_pairs = Server().respond("POST", PATH, [JSON], EVENT, now=0)
    assert as_pairs == Server().respond("POST", PATH, dict([JSON]), EVENT, now=0)
    for wrong in ("ab", [("a",)], [("a", 1)], 7, [1]):
        with pytest.raises(UsageError):
            Server().respond("POST", PATH, wrong, EVENT)  # type: ignore[arg-type]


def test_a_header_that_may_have_only_one_value() -> None:
    """The same value twice is fine, and it is sent back."""
    answer = Server().respond("POST", PATH, [JSON, ("X-Opaque-Id", "a"), ("x-opaque-id", "a")], EVENT)
    assert (answer.status, answer.headers["X-Opaque-Id"]) == (202, "a")
    assert ask(("X-Opaque-Id", "a"), ("X-Opaque-Id", "b"))[1].endswith("single-valued header [X-Opaque-Id].")
    assert "Incorrect header [Accept]" in ask(("Accept", "application/json"), ("Accept", "application/json"))[1]


@pytest.mark.parametrize(
    ("method", "uri", "status", "part"),
    [
        ("POST", PATH + "?a=" + "b" * 4096, 400, "An HTTP line is larger than 4096 bytes."),
        ("POST", "", 400, "text is empty"),
        ("POST", PATH + "#?foo", 202, ""),
        ("POST", PATH + "?#foo", 202, ""),
        ("GET", PATH + "/%zz", 400, "`%zz' at index 42 of: /_application/analytics/site/event/search/%zz"),
        ("post", PATH, 405, "Unexpected http method: post, allowed: [POST]"),
        ("FOO", "/", 405, "Unexpected http method: FOO"),
        ("POST", PATH + "?filter_path=.", 202, ""),
    ],
)
def test_the_request_line(method: str, uri: str, status: int, part: str) -> None:
    """Its length, its method and its target."""
    got, reason = ask(method=method, uri=uri)
    assert (got, part in reason) == (status, True), reason


def test_an_expectation_that_the_server_does_not_know() -> None:
    """Only 100-continue is known."""
    assert ask(("Expect", "100-Continue"))[0] == 202
    assert ask(("Expect", "200-ok")) == (417, "417")


def test_an_answer_to_head_has_no_body() -> None:
    """The status and the headers are those of the same answer with a body."""
    answer = Server().respond("HEAD", PATH, [JSON], EVENT)
    assert (answer.status, answer.headers["Allow"], answer.body) == (405, "POST", b"")


def test_the_warning_has_the_hash_of_the_build() -> None:
    """Only answers of the API itself have the warning."""
    server = Server("9.5.4", ["site"], build_hash="abc")
    for uri, body, has_warning in (
        (PATH, EVENT, True),
        (PATH, b"{", True),
        (PATH.replace("site", "other"), EVENT, True),
        (PATH, b"", False),
        (PATH + "?foo", EVENT, False),
        ("/", EVENT, False),
    ):
        warning = server.respond("POST", uri, [JSON], body).headers.get("Warning", "")
        assert warning.startswith("299 Elasticsearch-9.5.4-abc ") == has_warning, uri
    assert f"-{'0' * 40} " in Server().respond("POST", PATH, [JSON], EVENT).headers["Warning"]
