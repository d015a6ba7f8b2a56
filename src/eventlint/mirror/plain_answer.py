"""The headers of the answers of a release, and the answer to a request without options."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from eventlint.mirror.messages import MESSAGES
from eventlint.mirror.rendering import Refusal, to_bytes
from eventlint.model import Answer
from eventlint.spec import Release, catalog

PRODUCT = {"X-elastic-product": "Elasticsearch"}
UNKNOWN_BUILD = "0" * 40
"""The hash of a build that is unknown."""
_BEFORE_ACTION = frozenset(MESSAGES[key].type for key in ("missing-body", "validation"))
_DEPRECATED = "Behavioral Analytics is deprecated and will be removed in a future release."


def majors(release: Release) -> tuple[int, int]:
    """The major version that media types may ask for, and the previous one."""
    name = "media-types-of-major-9"
    newer, older = catalog().traits[name].values["set" if name in release.era.traits else "elsewhere"]
    return newer, older


def warning(release: Release, build_hash: str = UNKNOWN_BUILD) -> dict[str, str]:
    """The header of a release's answers that says that the API is deprecated, if it is."""
    if "deprecated-api" not in release.era.traits:
        return {}
    return {"Warning": f'299 Elasticsearch-{release.name}-{build_hash} "{_DEPRECATED}"'}


def reaches_action(kind: str) -> bool:
    """Whether a request with a fault outside its payload reaches the API's action, which adds the warning."""
    return kind == "unknown-collection"


def payload_answer(refusal: Refusal | None, release: Release) -> Answer:
    """The answer to a request without options."""
    document: Mapping[str, Any] = {"accepted": True} if refusal is None else refusal.document()
    is_early = refusal is not None and refusal.problem.type in _BEFORE_ACTION
    return Answer(
        status=202 if refusal is None else refusal.status,
        headers={**PRODUCT, **({} if is_early else warning(release)), "Content-Type": "application/json"},
        body=to_bytes(document),
    )
