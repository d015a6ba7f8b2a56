"""Which strings and numbers of a payload the rules are asked about."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

from eventlint.mirror.leaf import LeafFilter
from eventlint.screen.code_generator import leaf_tests
from eventlint.screen.plan import plan_of
from eventlint.spec import Integer, Node, Release, compiled, identifier_of


def leaf_filter(event_type: str, release: Release) -> LeafFilter:
    """The function that decides whether rules are asked about a string or a number that was read.

    Args:
        event_type: The event's type.
        release: The server's release.
    """
    return _of_schema(identifier_of(event_type, release.era.events))


@functools.cache
def _of_schema(identifier: str) -> LeafFilter:
    plan, event = plan_of(identifier), compiled(identifier)
    tests = leaf_tests(event, plan["events"][identifier], plan["sets"])

    def is_suspect(node: Node, value: Any, raw: bytes, entry: str | None) -> bool:
        if isinstance(node, Integer):
            return raw != b"%d" % value or tests[id(node)](value)
        if not raw.isascii() and not _is_utf8(raw):
            return True
        test: Callable[..., bool] = tests[id(node)]
        return test(value) if entry is None else test(entry, value)

    return is_suspect


def _is_utf8(raw: bytes) -> bool:
    try:
        raw.decode()
    except UnicodeDecodeError:
        return False
    return True
