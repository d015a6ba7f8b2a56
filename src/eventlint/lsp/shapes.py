"""JSON to insert, with the places that the user fills in: the shape of a field, an event, or an envelope."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from eventlint.spec import Entries, Integer, Node, Object, Objects, Text

if TYPE_CHECKING:
    from eventlint.exports.narrowing import Narrowing

_MOST_CHOICES = 20
"""How many values a place to fill in offers."""


class Stop(NamedTuple):
    """A place that the user fills in.

    Attributes:
        default: What is there at first.
        choices: The values that it offers; empty for any value.
    """

    default: str = ""
    choices: tuple[str, ...] = ()


Shape = list[str | Stop]
"""A piece of JSON in parts."""


def of_node(node: Node, left: Narrowing | None = None) -> Shape:
    """The shape of a value: with the required fields of an object, and the values that a contract allows."""
    values = values_of(node, left)
    if isinstance(node, Object):
        names = required_names(node, left)
        members: list[Shape] = [
            [f"{json.dumps(name)}: ", *of_node(node.fields[name], left.field(name) if left is not None else None)]
            for name in names
        ]
        return ["{", *_joined(members), "}"] if members else ["{", Stop(), "}"]
    if isinstance(node, Objects):
        return ["[", *of_node(node.item, left.items if left is not None else None), "]"]
    if isinstance(node, Entries):
        return ["{", Stop(), "}"]
    if values:
        return [Stop(values[0], tuple(values) if len(values) <= _MOST_CHOICES else ())]
    if isinstance(node, Integer):
        return [Stop(str(max(node.minimum, min(node.maximum, 1))))]
    return ['"', Stop(), '"']


def of_filter(left: Narrowing) -> Shape:
    """The shape of the value of a filter, which is an array unless the contract requires a string."""
    if left.types == frozenset(["string"]):
        values = values_of(None, left)
        return [Stop(values[0], tuple(values))] if values else ['"', Stop(), '"']
    values = values_of(None, left.items) if left.items is not None else []
    return ["[", Stop(values[0], tuple(values)), "]"] if values else ["[", '"', Stop(), '"', "]"]


def values_of(node: Node | None, left: Narrowing | None) -> list[str]:
    """The values that a field is known to have, as JSON: those that the contract allows, or else the usual ones."""
    allowed = None if left is None else _allowed(left)
    if allowed is not None:
        return [json.dumps(value, ensure_ascii=False) for value in allowed]
    if not isinstance(node, Text):
        return []
    usual = [value for arguments in node.lint.values() for value in arguments.get("usual", ())]
    return [json.dumps(value, ensure_ascii=False) for value in usual]


def _allowed(left: Narrowing) -> Sequence[str | int] | None:
    """The values that a contract leaves; None if it does not list them."""
    if left.values is not None:
        return left.values
    branches = [_allowed(one) for one in left.branches]
    if not branches or None in branches:
        return None
    return list(dict.fromkeys(value for listed in branches for value in listed or ()))


def required_names(node: Object, left: Narrowing | None = None, present: Iterable[str] = ()) -> list[str]:
    """The fields that are missing in an object: of a choice the first one."""
    there = set(present)
    names = [names[0] for names in node.required if not there & set(names)]
    asked = left.required if left is not None else set()
    return [name for name in node.fields if (name in names or name in asked) and name not in there]


def _joined(parts: list[Shape]) -> Shape:
    found: Shape = []
    for part in parts:
        found += [", ", *part] if found else part
    return found


def rendered(shape: Shape, *, as_snippet: bool, is_escaped: bool = False) -> str:
    """A shape as text to insert.

    Args:
        shape: The shape.
        as_snippet: Whether the client understands places to fill in; otherwise they have their defaults.
        is_escaped: Whether the text goes into a JSON string.
    """

    def plain(text: str) -> str:
        return json.dumps(text, ensure_ascii=False)[1:-1] if is_escaped else text

    if not as_snippet:
        return "".join(plain(part if isinstance(part, str) else part.default) for part in shape)
    found: list[str] = []
    number = 0
    for part in shape:
        if isinstance(part, str):
            found.append(_in_snippet(plain(part)))
            continue
        number += 1
        if part.choices:
            listed = ",".join(_in_snippet(plain(one), ",|") for one in part.choices)
            found.append(f"${{{number}|{listed}|}}")
        elif part.default:
            found.append(f"${{{number}:{_in_snippet(plain(part.default))}}}")
        else:
            found.append(f"${number}")
    return "".join(found)


def _in_snippet(text: str, also: str = "") -> str:
    """Text of a snippet; source: https://microsoft.github.io/language-server-protocol (snippet syntax)."""
    return "".join(f"\\{one}" if one in "\\$}" + also else one for one in text)
