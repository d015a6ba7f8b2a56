"""Which strings and numbers of a payload the rules are asked about."""

from __future__ import annotations

import functools
import json
from collections.abc import Callable, Iterable
from typing import Any

from eventlint.mirror.leaf import Leaf, LeafFilter
from eventlint.rules import Rule
from eventlint.rules.ask import Checks, ask_about, checks_of
from eventlint.rules.diagnostic import Diagnostic
from eventlint.screen import native
from eventlint.screen.leaf_tests import LeafTests
from eventlint.screen.plan import plan_of
from eventlint.spec import Integer, Node, Object, Objects, Release, compiled, identifier_of


def leaf_filter(event_type: str, release: Release) -> LeafFilter:
    """The function that decides whether rules are asked about a string or a number that was read.

    Args:
        event_type: The event's type.
        release: The server's release.
    """
    return _of_schema(identifier_of(event_type, release.era.events))


def leaf_test(event_type: str, release: Release, node: Node, entry: str | None) -> Callable[[str], bool]:
    """The function that is true if rules are asked about a value of a leaf; that of :func:`leaf_filter` for one leaf.

    It takes a string in ASCII, or a number as it is written; rules are asked about all numbers of a leaf or about none.

    Args:
        event_type: The event's type.
        release: The server's release.
        node: The leaf.
        entry: The key of the entry that the string belongs to, or None.
    """
    test: Callable[..., bool] = _tests(identifier_of(event_type, release.era.events))[id(node)]
    return test if entry is None else functools.partial(test, entry)


@functools.cache
def _tests(identifier: str) -> LeafTests:
    plan, event = plan_of(identifier), compiled(identifier)
    return LeafTests(event, plan["events"][identifier], plan["sets"])


@functools.cache
def _of_schema(identifier: str) -> LeafFilter:
    tests = _tests(identifier)

    def is_suspect(node: Node, value: Any, raw: bytes, entry: str | None) -> bool:
        if isinstance(node, Integer):
            return raw != b"%d" % value or tests[id(node)](value)
        if not raw.isascii() and not _is_utf8(raw):
            return True
        test: Callable[..., bool] = tests[id(node)]
        return test(value) if entry is None else test(entry, value)

    return is_suspect


def examine(leaf: Leaf) -> Iterable[tuple[Rule, Diagnostic]]:
    """As :func:`eventlint.rules.ask.ask_about`, but only the rules are asked that suspect the value themselves.

    The first values are examined without that, because its preparation costs more than many questions.
    """
    if leaf.is_name or type(leaf.value) is not str:
        return ask_about(leaf)
    global _left
    if _left > 0:
        _left -= 1
        return ask_about(leaf)
    known = _screened.get(id(leaf.node))
    if known is None:
        known = _screened[id(leaf.node)] = _screens_of(leaf.node)
    checks, suspecting = known
    return ask_about(leaf, [checks[number] for number in suspecting(leaf.entry or "", leaf.value, leaf.raw)])


_left = 128
"""How many more values are examined by all rules."""

_Screened = tuple[Checks, Callable[[str, str, bytes], list[int]]]
_screened: dict[int, _Screened] = {}
"""The rules of each node, and the function that gives the numbers of those that suspect a string.

It is by the identity of the node, which the rules keep."""


def _screens_of(node: Node) -> _Screened:
    from eventlint.screen.code_generator import suspecting
    from eventlint.screen.plan_compiler import screen_of

    checks = checks_of(node, is_name=False)
    return checks, suspecting(tuple([screen_of(rule, node) for rule, _ in checks]))


def suspect_leaves(payload: bytes, event_type: str, release: Release, found: Iterable[tuple[Any, ...]]) -> list[Leaf]:
    """The strings that the native engine suspects, as rules are asked about them.

    Args:
        payload: The event, strict JSON in UTF-8.
        event_type: Its type.
        release: The server's release.
        found: What the engine reports of each (see :class:`eventlint.screen.native.Leaf`).
    """
    leaves = _leaves.get((event_type, release.name)) or _leaves_of(event_type, release)
    suspects = []
    for number, start, end, indexes, key_at, element, is_key in found:
        path, node = leaves[number]
        raw = payload[start:end]
        if is_key and raw.isascii() and b"\\" not in raw:
            continue  # as in the walk, which does not keep such keys
        pointer: tuple[Any, ...] = path
        if indexes:
            place = iter(indexes)
            pointer = tuple([next(place) if part is None else part for part in path])
        entry = None if key_at is None else _string(payload[slice(*key_at)])
        if entry is not None:
            pointer += (entry,) if element is None else (entry, element)
        suspects.append(Leaf(pointer, node, start, _string(raw), raw, entry, is_key))
    return suspects


def _string(raw: bytes) -> str:
    """What a string in JSON stands for."""
    value: str = json.loads(raw) if b"\\" in raw else raw[1:-1].decode()
    return value


_Leaves = list[tuple[tuple[str | None, ...], Node]]
_leaves: dict[tuple[str, str], _Leaves] = {}
"""The path and the node of each leaf, by its number; by the event type and the name of the release."""


def _leaves_of(event_type: str, release: Release) -> _Leaves:
    identifier = identifier_of(event_type, release.era.events)
    event, paths = compiled(identifier), native.leaf_paths(event_type, identifier)
    known = _leaves[event_type, release.name] = [(path, _node_at(event, path)) for path in paths]
    return known


def _node_at(node: Node, path: Iterable[str | None]) -> Node:
    for part in path:
        if part is not None and isinstance(node, Object):
            node = node.fields[part]
        elif isinstance(node, Objects):
            node = node.item
    return node


def _is_utf8(raw: bytes) -> bool:
    try:
        raw.decode()
    except UnicodeDecodeError:
        return False
    return True
