"""Selects the requests of ``eventlint verify``: every era rejects them, and their answers tell the eras apart.

Usage: python -m tools.select_verify_requests

They come from tests/corpus, and from its accepted events with a fault at the end, so that nothing is ever stored.
"""

from __future__ import annotations

import base64
import itertools
import json
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any, NamedTuple

from tests.corpus import COLLECTIONS, Case, cases

from eventlint import Server
from eventlint.mirror.server import Handled
from eventlint.model import Answer, Request, header_pairs
from eventlint.serve.verification import PLACEHOLDER, REQUESTS
from eventlint.spec import catalog

MOST = 320
"""How many requests are selected."""
PER_ANSWER = 3
"""How many requests with answers in the same words are selected then."""
PER_PARTITION = 6
"""How many requests with different answers for the same groups of eras are selected first."""
_LARGEST = 60_000
_USUAL = 1_500
_START = 50
"""How many characters of a reason are compared."""
_FAULT = b',"eventlint verify":1}'
_COLLECTION = "site"
_CONNECTION = {"connection", "content-length", "expect", "host", "transfer-encoding", "x-forwarded-for"}


class Candidate(NamedTuple):
    """A request, the words of the newest era's answer, and the groups of eras that answer alike."""

    words: str
    request: Request
    partition: tuple[int, ...]


def candidates() -> Iterator[Candidate]:
    """The requests that may be selected."""
    servers = [Server(era.name, COLLECTIONS) for era in catalog().eras]
    for like, bodies in _bodies():
        for body in bodies:
            request = Request(method=like.method, uri=like.uri, headers=like.headers, body=body)
            handled = [server.handle(request, now=0) for server in servers]
            if all(map(_is_rejected, handled)):
                answers = [(one.answer.status, one.answer.body) for one in handled]
                yield Candidate(_words(handled[-1].answer), request, tuple(answers.index(answer) for answer in answers))
                break


def _bodies() -> Iterator[tuple[Request, list[bytes]]]:
    """Requests, and the bodies to try instead of theirs."""
    for case in cases():
        if _is_plain(case):
            headers = [pair for pair in case.headers if pair[0].lower() != "user-agent"]
            request = Request(method=case.method, uri=case.uri, headers=headers)
            yield request, [case.body, *_with_fault(case.body)]
    uri = f"/_application/analytics/{_COLLECTION}/event/search"
    request = Request(method="POST", uri=uri, headers={"Content-Type": "application/json"})
    limits = catalog().limits
    key, number = b"k" * (limits.key_bytes + 1), b"0" * limits.numeric_string_characters + b"1"
    for event in (
        b'{"search":{"query":"a","filters":{"%s":"a"}}}' % key,
        b'{"search":{"page":{"size":"%s"}}}' % number,
    ):
        yield request, _with_fault(event)


def _words(answer: Answer) -> str:
    """What answers to similar requests have in common: the types of the errors, and the start of the last reason."""
    text = re.sub(r"\[[^\[\]]*\]|'[^']*'|\d+", "", answer.body.decode("utf-8", "replace"))
    types = re.findall(r'"type":"(\w+)"', text)
    reasons = re.findall(r'"(?:reason|error)":"([^"]*)', text)
    return " ".join([str(answer.status), *types, reasons[-1][:_START] if reasons else text[:_START]])


def _is_rejected(handled: Handled) -> bool:
    """Whether a request is rejected, with an answer that does not show the stored event, which differs by client."""
    answer = handled.answer
    return (
        handled.document is None
        and answer.status >= 400
        and answer.status not in (413, 417)
        and b"(byte[])" not in answer.body
    )


def _is_plain(case: Case) -> bool:
    """Whether any client can send a request, and its answer depends on nothing else."""
    names = {name.lower() for name, _ in case.headers}
    values = "".join(value for _, value in case.headers)
    uri = case.uri
    is_here = uri.startswith(f"/_application/analytics/{_COLLECTION}/event/")
    return (
        is_here
        and uri.isascii()
        and uri.isprintable()
        and " " not in uri
        and "#" not in uri
        and "error_trace" not in uri
        and len(uri) < _USUAL
        and len(case.body) < _LARGEST
        and case.method in ("GET", "POST", "PUT", "DELETE")
        and names.isdisjoint(_CONNECTION | {"accept-encoding", "content-encoding"})
        and len(names) == len(case.headers)
        and values.isascii()
        and values.isprintable()
    )


def _with_fault(body: bytes) -> list[bytes]:
    """A JSON object with an unknown field at its end; empty for other bodies."""
    text = body.rstrip()
    return [text[:-1] + _FAULT] if text.startswith(b"{") and text.endswith(b"}") else []


def selected() -> list[Candidate]:
    """The requests: some for each partition of the eras, and then some for each answer."""
    found = list(candidates())
    chosen: list[Candidate] = []
    of_partition: dict[tuple[int, ...], int] = {}
    for one in sorted(found, key=lambda candidate: len(candidate.request.body)):
        count = of_partition.get(one.partition, 0)
        if len(set(one.partition)) > 1 and count < PER_PARTITION:
            of_partition[one.partition] = count + 1
            chosen.append(one)
    seen: Counter[str] = Counter(one.words for one in chosen)
    for one in found:
        if len(chosen) < MOST and seen[one.words] < PER_ANSWER and len(one.request.body) < _USUAL and one not in chosen:
            seen[one.words] += 1
            chosen.append(one)
    return chosen


def line(candidate: Candidate) -> str:
    """The line for a request."""
    request = candidate.request
    prefix = f"/_application/analytics/{_COLLECTION}/"
    document: dict[str, Any] = {
        "method": request.method,
        "uri": request.uri.replace(prefix, f"/_application/analytics/{PLACEHOLDER}/", 1),
        "headers": [list(pair) for pair in header_pairs(request.headers)],
    }
    try:
        document["body"] = request.body.decode()
    except UnicodeDecodeError:
        document["body_base64"] = base64.b64encode(request.body).decode()
    return json.dumps(document)


def main() -> None:
    """Write the file."""
    chosen = selected()
    eras = [era.name for era in catalog().eras]
    for first, second in itertools.combinations(range(len(eras)), 2):
        if not any(one.partition[first] != one.partition[second] for one in chosen):
            raise SystemExit(f"no request tells {eras[first]} from {eras[second]}")
    REQUESTS.write_text("".join(f"{line(one)}\n" for one in chosen))
    print(f"{len(chosen)} requests, {REQUESTS.stat().st_size} bytes")


if __name__ == "__main__":
    main()
