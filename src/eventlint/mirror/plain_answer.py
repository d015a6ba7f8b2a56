"""The headers of all answers of a release, and the answer to a request without options."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from eventlint.mirror.rendering import Refusal, to_bytes
from eventlint.model import Answer
from eventlint.spec import Release, catalog

PRODUCT = {"X-elastic-product": "Elasticsearch"}
_UNKNOWN_BUILD = "0" * 40
_DEPRECATED = "Behavioral Analytics is deprecated and will be removed in a future release."


def majors(release: Release) -> tuple[int, int]:
    """The major version that media types may ask for, and the previous one."""
    name = "media-types-of-major-9"
    newer, older = catalog().traits[name].values["set" if name in release.era.traits else "elsewhere"]
    return newer, older


def release_headers(release: Release) -> dict[str, str]:
    """The headers of all answers of a release.

    The deprecation warning contains the hash of the build. It is unknown here, so it is forty zeros.
    """
    headers = dict(PRODUCT)
    if "deprecated-api" in release.era.traits:
        headers["Warning"] = f'299 Elasticsearch-{release.name}-{_UNKNOWN_BUILD} "{_DEPRECATED}"'
    return headers


def payload_answer(refusal: Refusal | None, release: Release) -> Answer:
    """The answer to a request without options."""
    document: Mapping[str, Any] = {"accepted": True} if refusal is None else refusal.document()
    return Answer(
        status=202 if refusal is None else refusal.status,
        headers={**release_headers(release), "Content-Type": "application/json"},
        body=to_bytes(document),
    )
