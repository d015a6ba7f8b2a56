"""What happens to a value after a 202, determined by checking a critical value in each field.

The effects are those that the check reports, so the documentation cannot contradict it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from eventlint.docs.document_model import Loss
from eventlint.exports.fields import complete, event_with, fields, smallest, value_at
from eventlint.model import Effect, pointer
from eventlint.rules import Rule
from eventlint.shortcuts import check
from eventlint.spec import Integer, Node, Object, Objects, Release, Text, catalog

_MALFORMED = b"\xc0\xaf"


def losses(event_type: str, node: Object, rules: tuple[Rule, ...], release: Release) -> Iterator[Loss]:
    """What is lost or changed in events of a type, although the server accepts them."""
    found: dict[tuple[str, Effect], list[str]] = {}
    for payload, where in _critical_payloads(node):
        for finding in check(payload, event_type, release=release.name).findings:
            if finding.tier == "loss" and finding.effect is not None:
                pointers = found.setdefault((finding.rule, finding.effect), [])
                if where and where not in pointers:
                    pointers.append(where)
    for rule in rules:
        for (name, effect), pointers in found.items():
            if name == rule.name:
                yield Loss(effect=effect, rule=name, pointers=tuple(pointers))
    disabled = tuple(pointer(field.path) for field in fields(node) if _is_disabled(field.node))
    if disabled:
        yield Loss(effect="unsearchable", rule=None, pointers=disabled)


def _is_disabled(node: Node) -> bool:
    return isinstance(node, Objects) and node.ingest.mapping == "disabled"


def _critical_payloads(node: Object) -> Iterator[tuple[bytes, str]]:
    """Payloads that may lose data, each with the pointer of its critical field; an empty pointer means anywhere."""
    whole = complete(node)
    yield json.dumps(smallest(node, whole)).encode() + b" {}", ""
    text = next(field for field in fields(node) if isinstance(field.node, Text))
    marked = json.dumps(event_with(node, whole, text.path, "@@"))
    yield marked.encode().replace(b"@@", _MALFORMED), ""
    for field in fields(node):
        for value in _critical_values(field.node, value_at(whole, field.path)):
            yield json.dumps(event_with(node, whole, field.path, value)).encode(), pointer(field.path)


def _critical_values(node: Node, valid: Any) -> tuple[Any, ...]:
    limits = catalog().limits
    if isinstance(node, Text):
        return (
            "red shoes",
            "https://user:secret@www.example.com/",
            f"https://www.example.com/{'x' * limits.keyword_utf16_units}",
            "x" * (limits.term_bytes + 1),
        )
    if isinstance(node, Integer):
        return ("7", 7.5)
    if isinstance(node, Objects):
        return ([None, *valid],)
    return () if isinstance(node, Object) else ({"x": "x" * limits.term_bytes},)
