"""The sentences for changes of schemas."""

from __future__ import annotations

import json
from typing import Any

from eventlint.escaping import printable

_MOST = 80


def shown(value: Any, most: int = _MOST) -> str:
    """A JSON value on one line, shortened."""
    text = json.dumps(value, ensure_ascii=False)
    text = printable(text)
    return text if len(text) <= most else text[: most - 1] + "…"


def subject(where: tuple[str, ...]) -> str:
    """The name of a place in a value."""
    if not where:
        return "the whole value"
    path = "".join("[]" if part == "*" else f"[{part}]" if part.isdigit() else f".{part}" for part in where)
    return shown(path.lstrip("."))[1:-1]


def all_or_nothing(is_open: bool) -> str:
    """A change from or to a schema that rejects everything."""
    return "any value was rejected, and may be accepted now" if is_open else "no value is accepted any more"


def changed(keyword: str, old: Any, new: Any) -> str:
    """A keyword that was added, removed or changed."""
    if old is None:
        return f"added {keyword} {shown(new)}"
    if new is None:
        return f"removed {keyword} {shown(old)}"
    return f"{keyword} changed from {shown(old)} to {shown(new)}"


def limit(keys: tuple[str, str], old: dict[str, Any], new: dict[str, Any]) -> str:
    """A bound of numbers, which two keywords can express."""
    was = next((key for key in keys if key in old), None)
    now = next((key for key in keys if key in new), None)
    if was is not None and now is not None and was != now:
        return f"{was} {shown(old[was])} changed to {now} {shown(new[now])}"
    key = now or was or keys[0]
    return changed(key, old.get(key), new.get(key))


def types(old: Any, new: Any) -> str:
    """A change of the allowed types."""
    names = [" or ".join(kinds) if kinds else "anything" for kinds in (old, new)]
    return f"type changed from {names[0]} to {names[1]}"


def member(value: Any, *, is_removed: bool) -> str:
    """A value of an enum that was added or removed."""
    return f"{'removed' if is_removed else 'added'} the value {shown(value)}"


def unique(is_now: bool) -> str:
    """A change of uniqueItems."""
    return "elements must be unique now" if is_now else "elements need not be unique any more"


def required(name: str, *, is_now: bool) -> str:
    """A property that became required or optional."""
    return f"{shown(name)} is now required" if is_now else f"{shown(name)} is no longer required"


def dependent(name: str, wanted: str, *, is_now: bool) -> str:
    """A property that another one requires."""
    return f"{shown(wanted)} is {'now' if is_now else 'no longer'} required together with {shown(name)}"


def property_(name: str, *, is_new: bool) -> str:
    """A property that was added or removed."""
    return f"{'added' if is_new else 'removed'} the property {shown(name)}"


def typed(name: str) -> str:
    """A property that was added to an object with arbitrary keys."""
    return f"added the property {shown(name)}, which could have any value before"


def pattern_property(pattern: str, *, is_new: bool) -> str:
    """A pattern of properties that was added or removed."""
    return f"{'added' if is_new else 'removed'} properties that match {shown(pattern)}"


def others(is_open: bool) -> str:
    """A change of additionalProperties from or to false."""
    return f"other properties are {'now' if is_open else 'no longer'} allowed"


def contains(old: dict[str, Any], new: dict[str, Any]) -> str:
    """A change of what an array must contain."""
    sentences = [
        changed(key, old.get(key), new.get(key))
        for key in ("contains", "minContains", "maxContains")
        if old.get(key) != new.get(key)
    ]
    return "; ".join(sentences)


def condition(schema: Any, *, is_new: bool) -> str:
    """A schema of allOf that was added or removed."""
    return f"{'added' if is_new else 'removed'} the condition {shown(schema)}"


def choices(is_now: bool) -> str:
    """A list of choices that was added or removed."""
    return "added a list of choices" if is_now else "removed the list of choices"


def choice(schema: Any, *, is_new: bool) -> str:
    """A choice that was added or removed."""
    return f"{'added' if is_new else 'removed'} the choice {shown(schema)}"


def conditional(is_now: bool) -> str:
    """An ``if`` that was added or removed."""
    return "added an if" if is_now else "removed the if"


def listed(values: list[Any], *, is_now: bool) -> str:
    """An enum that was added or removed."""
    return f"{'added' if is_now else 'removed'} the list of values {shown(values)}"
