"""The fate of accepted events, as the server's mapping and index code decides it."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from typing import Any

from eventlint import check
from tests.corpus import file


def cases() -> Iterator[tuple[dict[str, Any], bytes]]:
    """The payloads of the corpus with status 202, and their fates."""
    path = file("ingest")
    raw = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    for line in raw.splitlines():
        case = json.loads(line)
        yield case, case["payload"].encode("utf-8", "surrogatepass")


def pointer(name: str) -> str:
    """The pointer to a field whose value is over the limit; a part of a URL belongs to the URL."""
    parts = name.split(".")
    return "/" + "/".join(parts[:2] if parts[0] == "page" else parts)


def test_a_finding_with_the_effect_lost_exactly_where_the_event_is_lost() -> None:
    """``effect`` is ``lost`` for some finding if and only if the event was dropped."""
    wrong = [
        case["id"]
        for case, body in cases()
        if any(finding.effect == "lost" for finding in check(body, case["event_type"]).findings)
        != (case["fate"] == "lost")
    ]
    assert wrong == []


def test_unsearchable_is_exactly_what_cannot_be_searched() -> None:
    """The findings with the effect ``unsearchable`` are for the fields whose value is over the limit."""
    wrong = []
    for case, body in cases():
        findings = check(body, case["event_type"]).findings
        ours = {finding.pointer for finding in findings if finding.effect == "unsearchable"}
        if ours != {pointer(name) for name in case.get("not_searchable", ())}:
            wrong.append(case["id"])
    assert wrong == []
