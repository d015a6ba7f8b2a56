"""The values of a comparison of two schemas, and small questions about two schemas."""

from __future__ import annotations

from fractions import Fraction
from typing import Any, NamedTuple

from eventlint.schemas.equal import canonical
from eventlint.schemas.keywords import CONSTRAINTS, TYPES, Path, walk
from eventlint.schemas.patterns import search
from eventlint.schemas.validity import Schema

NO, MAYBE, YES = 0, 1, 2
"""Whether a difference has an effect."""

MINIMA = ("minLength", "minItems", "minProperties")
MAXIMA = ("maxLength", "maxItems", "maxProperties")

ABSENT = "\0absent"
_KINDS = frozenset(TYPES) - {"number", "integer"} | {"integer", "fraction"}
_TURNING = ("not", "oneOf", "if", "contains", "propertyNames")


class Difference(NamedTuple):
    """A place where two schemas differ.

    Attributes:
        path: The path to it in the schema, with references resolved.
        where: The path to the value that it applies to; ``*`` for any element or key.
        keyword: The keyword.
        names: The keys that it is about, if any; a value that shows it has one of them.
        narrows: Whether the new schema rejects more.
        widens: Whether the new schema accepts more.
        adds: Whether all that the new schema accepts in addition has keys that were not described.
        sentence: What differs.
    """

    path: Path
    where: Path
    keyword: str
    names: tuple[str, ...]
    narrows: int
    widens: int
    adds: bool
    sentence: str


class Place(NamedTuple):
    """A place in two schemas that are compared.

    Attributes:
        path: The path to it in the schema.
        where: The path to the value that it applies to.
        is_turned: Whether rejecting more there means accepting more at the top.
        is_weak: Whether an effect there may be compensated by another keyword.
        is_blurred: Whether effects there cannot be determined.
    """

    path: Path = ()
    where: Path = ()
    is_turned: bool = False
    is_weak: bool = False
    is_blurred: bool = False

    def below(self, *path: str, where: Path = ()) -> Place:
        """A place inside this one.

        Args:
            path: The path to it in the schema.
            where: The path to it in the value; empty for the same value.
        """
        return self._replace(path=(*self.path, *path), where=(*self.where, *where))


def differs(one: dict[str, Any], other: dict[str, Any], key: str) -> bool:
    """Whether two schemas have different values of a keyword."""
    return canonical(one.get(key, ABSENT)) != canonical(other.get(key, ABSENT))


def of_common_types(one: dict[str, Any], other: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Both sides without the keywords for types that only one of them allows, which the types cover."""
    common = kinds(one) & kinds(other)
    unused: set[str] = set()
    for kind, keywords in CONSTRAINTS.items():
        if kind not in common and not (kind == "number" and common & {"integer", "fraction"}):
            unused |= keywords
    left, right = ({key: value for key, value in side.items() if key not in unused} for side in (one, other))
    return left, right


def turns_on_itself(schema: Schema) -> bool:
    """Whether a schema contains itself where a wider inner schema may make it narrower."""
    return any(
        isinstance(one, dict) and any('"$rec"' in canonical(one.get(key)) for key in _TURNING)
        for _, one in walk(schema)
    )


def kinds(schema: dict[str, Any]) -> frozenset[str]:
    """The types that a schema allows; numbers are integers and fractions."""
    if "type" not in schema:
        return _KINDS
    kinds = set(schema["type"])
    return frozenset(kinds - {"number"} | ({"integer", "fraction"} if "number" in kinds else set()))


def bound(schema: dict[str, Any], keys: tuple[str, str], sign: int) -> tuple[Any, bool] | None:
    """A bound as a number that grows as the bound rejects more, and whether it is exclusive."""
    plain, strict = keys
    if strict in schema:
        return schema[strict] * sign, True
    return (schema[plain] * sign, False) if plain in schema else None


def is_more(one: Any, other: Any, absent: float = float("-inf")) -> bool:
    """Whether a limit is greater than another; a missing one counts as ``absent``."""
    return bool((absent if one is None else one) > (absent if other is None else other))


def divides(multiple: Any, of: Any) -> bool:
    """Whether all multiples of the second are multiples of the first."""
    try:
        return Fraction(str(of)) % Fraction(str(multiple)) == 0
    except (ValueError, ZeroDivisionError, OverflowError):
        return False


def other_member(patterns: dict[str, Schema], rest: Schema, name: str) -> Schema | None:
    """The schema of a key that is not in ``properties``; None when a pattern may match it."""
    if any(search(pattern, name) is not False for pattern in patterns):
        return None
    return rest


def leftover(one: list[Schema], other: list[Schema]) -> tuple[list[Schema], list[Schema]]:
    """The schemas that only one of two lists has."""
    left, right = [canonical(schema) for schema in one], [canonical(schema) for schema in other]
    removed = [schema for schema, text in zip(one, left, strict=True) if text not in right]
    added = [schema for schema, text in zip(other, right, strict=True) if text not in left]
    return removed, added
