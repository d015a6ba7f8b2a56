"""The cases of the corpus: requests, and what real releases of the server answered."""

from __future__ import annotations

import base64
import functools
import gzip
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

PACKAGED = Path(__file__).parent / "corpus"
STEP = int(os.environ.get("EVENTLINT_CORPUS_STEP", "1"))
"""Tests of many cases check every case, or every nth one."""
COLLECTIONS = frozenset({"site", "my-collection", "my_analytics_collection"})
REQUEST_KINDS = frozenset({"headers", "method", "path", "query", "route"})
"""The kinds of cases about the parts of a request outside the payload."""
_REQUEST_FILES = ("accept", "cbor", "http", "query", "request", "smile", "source", "transport", "yaml")
"""The files whose cases are about those parts, or about payloads in another format than JSON."""


@dataclass(frozen=True, kw_only=True)
class Case:
    """One request, and the answers to it by era."""

    id: str
    kind: str
    is_request: bool
    method: str
    uri: str
    headers: list[tuple[str, str]]
    body: bytes
    answers: list[dict[str, Any]]

    @property
    def event_type(self) -> str:
        """The last segment of the path."""
        return self.uri.partition("?")[0].rpartition("/")[2]

    def has_answer(self, era: str) -> bool:
        """Whether an era was asked; cases about headers and methods were sent to some eras only."""
        return any(era in answer["eras"] for answer in self.answers)

    def answer(self, era: str) -> dict[str, Any]:
        """What an era answered."""
        return next(answer for answer in self.answers if era in answer["eras"])


def folder() -> Path:
    """The folder with the cases; ``EVENTLINT_CORPUS`` names a bigger one."""
    return Path(os.environ.get("EVENTLINT_CORPUS") or PACKAGED)


@functools.cache
def cases() -> tuple[Case, ...]:
    """All cases."""
    return tuple(_read())


def sampled_cases() -> tuple[Case, ...]:
    """The cases that tests of many cases check."""
    return cases()[::STEP]


def payload_cases() -> Iterator[Case]:
    """Of these, the cases about the payload that have one."""
    return (case for case in sampled_cases() if not case.is_request and case.body)


def file(name: str) -> Path:
    """A file of the corpus; the packaged one if the bigger corpus does not have it."""
    return next(path for below in (folder(), PACKAGED) for path in below.glob(f"{name}.jsonl*"))


def _read() -> Iterator[Case]:
    for path in sorted(folder().glob("*.jsonl*")):
        if path.name.startswith(("urls", "ingest")):
            continue
        named = path.name.removeprefix("new-")
        opener: Any = gzip.open if path.suffix == ".gz" else open
        with opener(path, "rt", encoding="utf-8", errors="surrogatepass") as lines:
            for line in lines:
                record = json.loads(line)
                if "body_base64" in record:
                    body = base64.b64decode(record["body_base64"])
                else:
                    body = record["body"].encode("utf-8", "surrogatepass")
                yield Case(
                    id=record["id"],
                    kind=record["kind"],
                    is_request=record["kind"] in REQUEST_KINDS
                    or named.startswith(_REQUEST_FILES)
                    or "format=" in record["uri"],
                    method=record["method"],
                    uri=record["uri"],
                    headers=_pairs(record["headers"]),
                    body=body,
                    answers=record["answers"],
                )


def _pairs(headers: dict[str, str | list[str]]) -> list[tuple[str, str]]:
    """Headers as pairs; a header that is sent several times has a list of values."""
    return [
        (name, value)
        for name, values in headers.items()
        for value in (values if isinstance(values, list) else [values])
    ]
