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


@dataclass(frozen=True, kw_only=True)
class Case:
    """One request, and the answers to it by era."""

    id: str
    kind: str
    method: str
    uri: str
    headers: dict[str, str]
    body: bytes
    answers: list[dict[str, Any]]

    @property
    def event_type(self) -> str:
        """The last segment of the path."""
        return self.uri.partition("?")[0].rpartition("/")[2]

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
    return (case for case in sampled_cases() if case.kind not in REQUEST_KINDS and case.body)


def _read() -> Iterator[Case]:
    for path in sorted(folder().glob("*.jsonl*")):
        if path.name.startswith(("urls", "ingest")):
            continue
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
                    method=record["method"],
                    uri=record["uri"],
                    headers=record["headers"],
                    body=body,
                    answers=record["answers"],
                )
