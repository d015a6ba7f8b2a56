"""Differences in words for people; it must not know how they are found."""

from __future__ import annotations

import json
from typing import Any

_MOST = 80


def shown(value: Any, most: int = _MOST) -> str:
    """A JSON value on one line, cut where it is long."""
    text = json.dumps(value, ensure_ascii=False)
    text = "".join(one if one.isprintable() else "·" for one in text)
    return text if len(text) <= most else text[: most - 1] + "…"


def subject(where: tuple[str, ...]) -> str:
    """What a place in a value is called."""
    if not where:
        return "the whole value"
    told = "".join("[]" if part == "*" else f"[{part}]" if part.isdigit() else f".{part}" for part in where)
    return shown(told.lstrip("."))[1:-1]


def all_or_nothing(is_open: bool) -> str:
    """From or to a schema that refuses everything."""
    return "is allowed now" if is_open else "is no longer allowed, whatever it holds"


def changed(keyword: str, old: Any, new: Any) -> str:
    """A keyword that came, went, or has another value."""
    if old is None:
        return f"{keyword} is {shown(new)} now"
    if new is None:
        return f"{keyword} was {shown(old)}, and is gone"
    return f"{keyword} was {shown(old)}, and is {shown(new)} now"


def limit(keys: tuple[str, str], old: dict[str, Any], new: dict[str, Any]) -> str:
    """A bound of numbers, which either of two keywords says."""
    was = next((key for key in keys if key in old), None)
    now = next((key for key in keys if key in new), None)
    if was is not None and now is not None and was != now:
        return f"{was} was {shown(old[was])}; now {now} is {shown(new[now])}"
    key = now or was or keys[0]
    return changed(key, old.get(key), new.get(key))


def types(old: Any, new: Any) -> str:
    """Which types are allowed."""
    told = [" or ".join(kinds) if kinds else "anything" for kinds in (old, new)]
    return f"was {told[0]}, and is {told[1]} now"


def member(value: Any, *, gone: bool) -> str:
    """A member of a list of values."""
    return f"{shown(value)} is {'no longer' if gone else 'now'} one of the values"


def unique(is_now: bool) -> str:
    """Whether elements must differ."""
    return "elements must differ from each other now" if is_now else "elements may be equal now"


def required(name: str, *, is_now: bool) -> str:
    """Whether a member must be there."""
    return f"{shown(name)} is required now" if is_now else f"{shown(name)} is no longer required"


def dependent(name: str, wanted: str, *, is_now: bool) -> str:
    """Whether a member must be there when another is."""
    return f"{shown(wanted)} is {'' if is_now else 'no longer '}required beside {shown(name)}{' now' if is_now else ''}"


def property_(name: str, *, is_new: bool) -> str:
    """A property that came or went."""
    return f"the property {shown(name)} is new" if is_new else f"the property {shown(name)} is gone"


def typed(name: str) -> str:
    """A property that is described now, where any name was allowed before."""
    return f"the property {shown(name)} is new, which could be there before and hold anything"


def pattern_property(pattern: str, *, is_new: bool) -> str:
    """Properties by a pattern."""
    return f"properties whose name fits {shown(pattern)} are {'described now' if is_new else 'no longer described'}"


def others(is_open: bool) -> str:
    """Whether properties may be there that are not named."""
    return "other properties are allowed now" if is_open else "other properties are no longer allowed"


def contains(old: dict[str, Any], new: dict[str, Any]) -> str:
    """What an array must contain, and how often."""
    told = [
        changed(key, old.get(key), new.get(key))
        for key in ("contains", "minContains", "maxContains")
        if old.get(key) != new.get(key)
    ]
    return "; ".join(told)


def condition(schema: Any, *, is_new: bool) -> str:
    """A schema that holds besides."""
    return f"{shown(schema)} {'must hold besides now' if is_new else 'need no longer hold besides'}"


def choices(is_now: bool) -> str:
    """A list of choices."""
    return "one of several choices must hold now" if is_now else "there are no choices any more, of which one must hold"


def choice(schema: Any, *, is_new: bool) -> str:
    """One of several choices."""
    return f"{shown(schema)} is {'a choice now' if is_new else 'no longer a choice'}"


def conditional(is_now: bool) -> str:
    """A condition with what follows from it."""
    return "a condition (if) holds now" if is_now else "the condition (if) is gone"


def listed(values: list[Any], *, is_now: bool) -> str:
    """A list of values that came or went."""
    return f"must be one of {shown(values)} now" if is_now else f"need no longer be one of {shown(values)}"
