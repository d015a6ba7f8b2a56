"""The values that a comparison of two schemas is made of; it must not know how it goes about.

A difference, the place where it was met, and what can be asked of two schemas side by side.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any, NamedTuple

from eventlint.schemas.equal import canonical
from eventlint.schemas.keywords import BY_TYPE, TYPES, Path, walk
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
        path: The way to it in the schema, as if references were written out.
        where: The way to the value that it judges; ``*`` for any element or member.
        keyword: The keyword.
        names: Names of members that it is about, if any; a value that shows it has one of them.
        narrows: Whether something is refused now.
        widens: Whether something is accepted now.
        adds: Whether all that is accepted now has members that were not known.
        sentence: What differs, for people.
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
    """Where the walk is, and what stands between it and the top."""

    path: Path = ()
    where: Path = ()
    is_turned: bool = False
    is_weak: bool = False
    is_blurred: bool = False

    def below(self, *path: str, where: Path = ()) -> Place:
        """A place further inside.

        Args:
            path: The way to it in the schema.
            where: The way to it in the value; empty where the same value is judged.
        """
        return self._replace(path=(*self.path, *path), where=(*self.where, *where))


def differs(one: dict[str, Any], other: dict[str, Any], key: str) -> bool:
    """Whether two schemas have different values of a keyword."""
    return canonical(one.get(key, ABSENT)) != canonical(other.get(key, ABSENT))


def of_common_types(one: dict[str, Any], other: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Both sides without the keywords for types that only one of them allows: the types say that already."""
    common = kinds(one) & kinds(other)
    idle: set[str] = set()
    for kind, keywords in BY_TYPE.items():
        if kind not in common and not (kind == "number" and common & {"integer", "fraction"}):
            idle |= keywords
    left, right = ({key: value for key, value in side.items() if key not in idle} for side in (one, other))
    return left, right


def turns_on_itself(schema: Schema) -> bool:
    """Whether a schema holds itself where more inside may mean less outside."""
    return any(
        isinstance(one, dict) and any('"$rec"' in canonical(one.get(key)) for key in _TURNING)
        for _, one in walk(schema)
    )


def kinds(schema: dict[str, Any]) -> frozenset[str]:
    """The types that a schema allows; numbers are whole ones and others."""
    if "type" not in schema:
        return _KINDS
    kinds = set(schema["type"])
    return frozenset(kinds - {"number"} | ({"integer", "fraction"} if "number" in kinds else set()))


def bound(schema: dict[str, Any], keys: tuple[str, str], sign: int) -> tuple[Any, bool] | None:
    """A bound that is greater the more it refuses."""
    plain, strict = keys
    if strict in schema:
        return schema[strict] * sign, True
    return (schema[plain] * sign, False) if plain in schema else None


def is_more(one: Any, other: Any, absent: float = float("-inf")) -> bool:
    """Whether a limit is greater than another; ``absent`` stands for one that is not there."""
    return bool((absent if one is None else one) > (absent if other is None else other))


def divides(multiple: Any, of: Any) -> bool:
    """Whether all multiples of the second are multiples of the first."""
    try:
        return Fraction(str(of)) % Fraction(str(multiple)) == 0
    except (ValueError, ZeroDivisionError, OverflowError):
        return False


def other_member(patterns: dict[str, Schema], rest: Schema, name: str) -> Schema | None:
    """What is said of a name that is not among the properties; None where patterns say it."""
    if any(search(pattern, name) is not False for pattern in patterns):
        return None
    return rest


def leftover(one: list[Schema], other: list[Schema]) -> tuple[list[Schema], list[Schema]]:
    """What only one of two lists has."""
    mine, theirs = [canonical(schema) for schema in one], [canonical(schema) for schema in other]
    gone = [schema for schema, text in zip(one, mine, strict=True) if text not in theirs]
    come = [schema for schema, text in zip(other, theirs, strict=True) if text not in mine]
    return gone, come
