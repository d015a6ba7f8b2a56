"""What happens after a 202, tried out field by field; it must not know how a rule decides.

For each rule of the tier loss there is a value that it is about. The value is put into the event, the event is checked,
and the effect is the one that the check tells. So nothing is said here that a check would not say.
"""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from typing import Any

from eventlint.checker import check
from eventlint.docs.document_model import Silent
from eventlint.docs.field_tree import Row, rows, smallest
from eventlint.docs.mistakes import at, put
from eventlint.model import Effect, pointer
from eventlint.rules import RULES, Rule
from eventlint.rules.ask import rules_of_value
from eventlint.spec import Integer, Object, Objects, catalog

KEYWORD = catalog().limits.keyword_utf16_units
MAX_TERM = catalog().limits.term_bytes

_WHEN: dict[str, str] = {
    "unparsable-url": "when neither of Java's readers can take the URL apart",
    "credentials-in-url": "when the URL holds a user name or a password",
    "session-id-too-long": f"when the value has more than {MAX_TERM:,} bytes in UTF-8",
    "filter-too-long": f"when a name and a text have together more than {MAX_TERM - 1:,} bytes in UTF-8, "
    "or when a name holds a NUL",
    "keyword-too-long": f"when the value has more than {KEYWORD:,} UTF-16 units; of a URL, when any of its parts has",
    "coerced-integer": "when the number is sent as a string or with a fraction: it is stored as an integer",
    "malformed-utf-8": "when a text holds bytes that are not well-formed UTF-8: some character is stored",
    "dropped-item": "when something that is no object stands before an object in the list: it is left out",
    "trailing-content": "when something follows the event's closing brace: it is never read",
}
_OTHERWISE: dict[tuple[str, Effect], str] = {
    ("credentials-in-url", "changed"): "when the URL holds a user name or a password: they are stored, too",
}
"""What is to be said instead where a rule has another effect."""
_ALWAYS = "always: the value is stored, but neither searched nor aggregated"


def silent(event_type: str, node: Object, whole: dict[str, Any], rules: tuple[Rule, ...]) -> Iterator[Silent]:
    """What is lost or changed in silence in events of a type.

    Args:
        event_type: The event type.
        node: What the contract says of it.
        whole: An event with all fields.
        rules: The rules that apply.
    """
    fields = list(rows(node))
    for rule in rules:
        if rule.tier != "loss":
            continue
        if rule.examines_keys or rule.name == "trailing-content":
            effect = _effect(rule, event_type, _payload(rule, node, whole))
            yield Silent(effect=effect, when=_WHEN[rule.name], rule=rule.name, pointers=())
            continue
        by_effect: dict[Effect, list[str]] = {}
        for row in fields:
            if looks(rule, row):
                by_effect.setdefault(_tried(rule, row, event_type, node, whole), []).append(pointer(row.parts))
        for effect, pointers in by_effect.items():
            when = _OTHERWISE.get((rule.name, effect), _WHEN[rule.name])
            yield Silent(effect=effect, when=when, rule=rule.name, pointers=tuple(pointers))
    disabled = tuple(pointer(row.parts) for row in fields if _is_disabled(row))
    if disabled:
        yield Silent(effect="unsearchable", when=_ALWAYS, rule=None, pointers=disabled)


def looks(rule: Rule, row: Row) -> bool:
    """Whether a rule of the tier loss looks at one field, but not at all of them."""
    if rule.name == "dropped-item":
        return isinstance(row.node, Objects)
    return not rule.examines_keys and rule in rules_of_value(row.node)


def _is_disabled(row: Row) -> bool:
    return isinstance(row.node, Objects) and row.node.ingest.mapping == "disabled"


def _tried(rule: Rule, row: Row, event_type: str, node: Object, whole: dict[str, Any]) -> Effect:
    event = copy.deepcopy(smallest(node, whole, row.parts))
    put(event, row.parts, _value(rule.name, row, at(event, row.parts)))
    return _effect(rule, event_type, json.dumps(event).encode())


def _value(name: str, row: Row, right: Any) -> Any:
    """A value that a rule is about."""
    if name == "unparsable-url":
        return "red shoes"
    if name == "credentials-in-url":
        return "https://user:secret@www.example.com/"
    if name == "keyword-too-long":
        return f"https://www.example.com/{'x' * KEYWORD}"
    if name == "filter-too-long":
        return {"x": "x" * MAX_TERM}
    if name == "dropped-item":
        return [None, *right]
    if isinstance(row.node, Integer):
        return "7" if "string" in row.node.converts else 7.5
    return "x" * (MAX_TERM + 1)


def _payload(rule: Rule, node: Object, whole: dict[str, Any]) -> bytes:
    """A payload that a rule about all of it finds something in."""
    event = json.dumps(smallest(node, whole)).encode()
    if rule.name == "trailing-content":
        return event + b" {}"
    value = next(row for row in rows(node) if isinstance(at(whole, row.parts), str))
    changed = smallest(node, whole, value.parts)
    put(changed, value.parts, "\N{FULL BLOCK}")
    return json.dumps(changed, ensure_ascii=False).encode().replace("\N{FULL BLOCK}".encode(), b"\xc0\xaf")


def _effect(rule: Rule, event_type: str, payload: bytes) -> Effect:
    """What the check says that happens."""
    for finding in check(payload, event_type).findings:
        if finding.rule == rule.name and finding.effect is not None:
            return finding.effect
    raise AssertionError(f"{rule.name} finds nothing in the event that is made for it")


def loss_rules(row: Row) -> tuple[str, ...]:
    """The names of the rules of the tier loss that look at a field."""
    return tuple(rule.name for rule in RULES if rule.tier == "loss" and looks(rule, row))
