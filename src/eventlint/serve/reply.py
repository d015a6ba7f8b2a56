"""Requests to the server's other APIs, and their answers before they are rendered."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

from eventlint.mirror.rendering import Problem, Refusal
from eventlint.mirror.request_checks import Examined
from eventlint.model import Request
from eventlint.serve.http import Scope
from eventlint.serve.judge import Judge


class Reply(NamedTuple):
    """The answer of an API before it is rendered.

    Attributes:
        is_pretty: Whether it is indented unless the request says otherwise.
    """

    status: int
    document: Mapping[str, Any]
    headers: Mapping[str, str] = MappingProxyType({})
    is_pretty: bool = False


class Call(NamedTuple):
    """A request to an API.

    Attributes:
        parts: The segments of its path, decoded.
        parameters: The parameters of its query string.
        body: Its body, without a content encoding.
    """

    parts: list[str]
    parameters: Mapping[str, str]
    body: bytes
    request: Request
    examined: Examined
    scope: Scope
    judge: Judge


def refused(status: int, kind: str, reason: str, caused_by: Problem | None = None) -> Reply:
    """The rejection of a request."""
    problem = Problem(kind, reason, caused_by)
    return Reply(status, Refusal(status, problem, problem).document())
