"""Compiles the specification of events and the screens of all rules to a plan."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from typing import Any

from eventlint.jsontext.java_text import BLANKS
from eventlint.rules import Rule, examining
from eventlint.screen.plan import FORMAT
from eventlint.screen.plan import Node as PlanNode
from eventlint.screen.terms import Term
from eventlint.spec import Entries, Integer, Node, Object, Objects, catalog, compiled

_ALWAYS: tuple[Term, ...] = (("always",),)
_UNENCODABLE: Term = ("unencodable",)


def screen_of(rule: Rule, node: Node) -> tuple[Term, ...]:
    """The terms of a rule about a node that it examines; a rule without a screen suspects everything."""
    module = rule.module
    if hasattr(module, "screen"):
        terms: tuple[Term, ...] = module.screen(node)
        return terms
    return getattr(module, "SCREEN", _ALWAYS)


def compile_plan(identifiers: Iterable[str]) -> dict[str, Any]:
    """The plan of some events.

    Args:
        identifiers: The ``$id`` of each event's schema.

    Raises:
        SchemaError: There is no such schema, or it cannot be compiled.
    """
    plan = {"format": FORMAT, **_Compiler().plan(identifiers)}
    canonical = json.dumps(plan, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return {**plan, "hash": hashlib.sha256(canonical.encode()).hexdigest()}


def characters() -> dict[str, str]:
    """The lists of characters that terms refer to, by name."""
    from unicodedata import category

    plane = list(map(chr, range(0x10000)))
    return {
        "white_space": "".join(filter(str.isspace, plane)),
        "digits": "".join(one for one in plane if category(one) == "Nd" and not one.isascii()),
    }


class _Compiler:
    """Collects the sets of strings while it compiles events."""

    def __init__(self) -> None:
        self._sets: dict[tuple[str, ...], str] = {}

    def plan(self, identifiers: Iterable[str]) -> dict[str, Any]:
        events = {identifier: self._node(compiled(identifier)) for identifier in identifiers}
        payload = [term for rule in examining("payload") for term in getattr(rule.module, "SCREEN", _ALWAYS)]
        return {
            "characters": characters(),
            "sets": {name: list(values) for values, name in self._sets.items()},
            "payload": self._data(payload),
            "events": events,
        }

    def _data(self, terms: Iterable[Term]) -> list[Any]:
        """Terms as JSON values, each once; long lists of strings become sets."""
        return [
            json.loads(one)
            for one in dict.fromkeys(json.dumps([self._argument(part) for part in term]) for term in terms)
        ]

    def _argument(self, part: Any) -> Any:
        if not isinstance(part, tuple):
            return part
        if len(part) > 4 and all(isinstance(one, str) for one in part):
            return {"set": self._sets.setdefault(part, f"s{len(self._sets)}")}
        return [self._argument(one) for one in part]

    def _node(self, node: Node) -> PlanNode:
        if isinstance(node, Object):
            return {
                "kind": "object",
                "fields": {key: self._node(field) for key, field in node.fields.items()},
                "required": [list(keys) for keys in node.required],
                "report": self._data(_terms("event", node)),
            }
        if isinstance(node, Objects):
            return {"kind": "array", "items": self._node(node.item)}
        terms = list(_terms("value", node))
        if isinstance(node, Integer):
            bounds = {"minimum": node.minimum, "maximum": node.maximum}
            return {"kind": "integer", **bounds, "refuse": [], "report": self._data(terms)}
        if isinstance(node, Entries):
            return self._entries(terms)
        terms = [term for term in terms if term[0] != "key"]
        refuse: list[Term] = [_UNENCODABLE, *([("blank", BLANKS)] if node.blank_refused else [])]
        return {
            "kind": "string",
            "refuse": self._data(refuse),
            "report": self._data(t for t in terms if t not in refuse),
        }

    def _entries(self, terms: list[Term]) -> PlanNode:
        # The strictest of all releases: a key that is too long for one of them is suspect in all.
        refuse_key: list[Term] = [_UNENCODABLE, ("max_bytes", catalog().limits.key_bytes)]
        key = [term[1:] for term in terms if term[0] == "key"]
        pair = [term for term in terms if term[0] == "max_bytes_with_key"]
        value = [term for term in terms if term[0] != "key" and term not in pair]
        return {
            "kind": "entries",
            "key": {"refuse": self._data(refuse_key), "report": self._data(t for t in key if t not in refuse_key)},
            "value": {
                "refuse": self._data([_UNENCODABLE]),
                "report": self._data(t for t in value if t != _UNENCODABLE),
            },
            "pair": {"refuse": [], "report": self._data(pair)},
        }


def _terms(what: str, node: Node) -> Iterable[Term]:
    """The terms of all rules that examine a node as a value, or as an object with several values."""
    for rule in examining(what):
        if rule.applies_to(node):
            yield from screen_of(rule, node)
