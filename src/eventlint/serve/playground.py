"""Checks an event that was not sent, and shows the answer of every era."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from eventlint.guard.endpoint import ENDPOINT
from eventlint.model import Answer, Request
from eventlint.serve.judge import Judge, Target
from eventlint.serve.received import Received, answer_to_dict, findings_to_list
from eventlint.spec import catalog

_PEER = "127.0.0.1"
_HEADERS = {"Content-Type": "application/json"}
_NOW = 0
"""The time of arrival, so that the answers of all eras are about the same event."""


def check_payload(
    judge: Judge, payload: bytes, event_type: str, release: str, collection: str, *, is_redacted: bool = False
) -> dict[str, Any]:
    """The findings of an event in a release, and the answer of every era.

    Args:
        judge: Has the contract and the rules.
        payload: The payload.
        event_type: The event type.
        release: The release.
        collection: The collection, which exists.
        is_redacted: Whether to redact secrets in the stored event and the answers, too.

    Raises:
        UsageError: There is no such release.
    """
    uri = f"{ENDPOINT}/{quote(collection, safe='')}/event/{quote(event_type, safe='')}"
    request = Request(method="POST", uri=uri, headers=_HEADERS, body=payload)
    chosen = judge.with_release(release)
    event = _judged(chosen, request, Target(collection, event_type))
    groups: list[dict[str, Any]] = []
    by_answer: dict[tuple[int, bytes, tuple[str, ...]], dict[str, Any]] = {}
    for era in catalog().eras:
        other = _judged(judge.with_release(era.releases[-1]), request, Target(collection, event_type))
        key = (other.answer.status, other.answer.body, other.rules)
        if key not in by_answer:
            by_answer[key] = {"eras": [], **_outcome(other, is_redacted=is_redacted)}
            groups.append(by_answer[key])
        by_answer[key]["eras"].append(era.name)
    return {
        "release": chosen.release.name,
        "event_type": event_type,
        "collection": collection,
        **_outcome(event, is_redacted=is_redacted),
        "findings": findings_to_list(event.report),
        "stored": event.to_dict(is_redacted=is_redacted)["stored"],
        "answers": groups,
    }


def _judged(judge: Judge, request: Request, target: Target) -> Received:
    return judge.judge(request, target, _PEER, _NOW)


def _outcome(event: Received, *, is_redacted: bool) -> dict[str, Any]:
    answer: Answer = event.answer
    return {
        "verdict": event.verdict,
        "status": answer.status,
        "rules": list(event.rules),
        "answer": answer_to_dict(answer, is_redacted=is_redacted),
    }
