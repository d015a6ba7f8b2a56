"""What differs between two schemas, keyword by keyword; it must not know values, versions, or how changes are shown.

Both schemas are walked together in their normal forms. Each keyword alone refuses values, so a schema accepts what all
its keywords accept: a keyword that refuses more narrows the schema, one that refuses less widens it, and where no
keyword refuses more nothing is narrowed. So *no* is proven. *Yes* is what the keyword itself does, which something else
in the schema may hide; *maybe* is where a choice or a condition stands between.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any, NamedTuple

from eventlint.schemas import wording
from eventlint.schemas.judge import Judge, Schema
from eventlint.schemas.keywords import BY_TYPE, TYPES, Path, walk
from eventlint.schemas.normal import refers
from eventlint.schemas.patterns import search
from eventlint.schemas.simple import canonical

NO, MAYBE, YES = 0, 1, 2

_MINIMA = ("minLength", "minItems", "minProperties", "minContains")
_MAXIMA = ("maxLength", "maxItems", "maxProperties", "maxContains")
_KINDS = frozenset(TYPES) - {"number", "integer"} | {"integer", "fraction"}


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


class _Place(NamedTuple):
    """Where the walk is, and what stands between it and the top."""

    path: Path = ()
    where: Path = ()
    is_turned: bool = False
    is_weak: bool = False
    is_blurred: bool = False

    def below(self, *path: str, where: Path = ()) -> _Place:
        return self._replace(path=(*self.path, *path), where=(*self.where, *where))


def compare(old: Schema, new: Schema) -> list[Difference]:
    """All differences between two normal forms.

    Args:
        old: The one.
        new: The other.
    """
    found = _Walk()
    found.schemas(old, new, _Place(is_blurred=_turns_on_itself(old) or _turns_on_itself(new)))
    return found.found


class _Walk:
    def __init__(self) -> None:
        self.found: list[Difference] = []

    def tell(
        self,
        place: _Place,
        keyword: str,
        narrows: int,
        widens: int,
        sentence: str,
        *,
        names: tuple[str, ...] = (),
        adds: bool = False,
    ) -> None:
        """Note a difference, as it looks from the top."""
        adds = adds and not (place.is_turned or place.is_blurred)
        if place.is_turned:
            narrows, widens = widens, narrows
        if place.is_blurred and (narrows or widens):
            narrows = widens = MAYBE
        if place.is_weak:
            narrows, widens = min(narrows, MAYBE), min(widens, MAYBE)
        path = (*place.path, keyword) if keyword else place.path
        aside = "what is ruled out (not): " if place.is_turned else ""
        told = f"{wording.subject(place.where)}: {aside}{sentence}"
        self.found.append(Difference(path, place.where, keyword, names, narrows, widens, adds, told))

    def schemas(self, old: Schema, new: Schema, place: _Place) -> None:
        if canonical(old) == canonical(new):
            return
        if old is False or new is False:
            self.tell(place, "", YES * (new is False), YES * (old is False), wording.all_or_nothing(new is not False))
            return
        one, other = ({} if side is True else side for side in (old, new))
        if self._listed(one, other, place) or self._chosen(one, other, place):
            return
        one, other = _of_common_types(one, other)
        changed = {key for key in one.keys() | other.keys() if _differs(one, other, key)}
        if any(key.startswith("unevaluated") for key in one.keys() | other.keys()):
            place = place._replace(is_blurred=True)  # what is evaluated depends on all that stands beside
        if changed & _MOVING and len(changed) > 1:
            place = place._replace(is_weak=True)  # what left one keyword may have come back in another
        done: set[str] = set()
        for keywords, look in _LOOKS:
            done |= set(keywords)
            if changed.intersection(keywords):
                look(self, one, other, place)
        for key in sorted(changed - done):
            self.tell(place, key, MAYBE, MAYBE, wording.changed(key, one.get(key), other.get(key)))

    def _listed(self, one: dict[str, Any], other: dict[str, Any], place: _Place) -> bool:
        """Where only one side lists its values, they are asked of the other."""
        if (one.keys() == {"enum"}) == (other.keys() == {"enum"}):
            return False
        is_now = other.keys() == {"enum"}
        listing, free = (other, one) if is_now else (one, other)
        beyond = MAYBE
        if not refers(free):
            judge = Judge.alone(free)
            answers = [judge.accepts(value) for value in listing["enum"]]
            beyond = YES if False in answers else MAYBE if None in answers else NO
        narrows, widens = (YES, beyond) if is_now else (beyond, YES)
        self.tell(place, "enum", narrows, widens, wording.listed(listing["enum"], is_now=is_now))
        return True

    def _chosen(self, one: dict[str, Any], other: dict[str, Any], place: _Place) -> bool:
        """Where only one side is a list of choices, the other is looked for among them."""
        if (one.keys() == {"anyOf"}) == (other.keys() == {"anyOf"}) or not one or not other:
            return False
        is_now = other.keys() == {"anyOf"}
        choices, single = (other["anyOf"], one) if is_now else (one["anyOf"], other)
        held = any(_directions(single, choice)[0] == NO for choice in choices)
        holds = all(_directions(choice, single)[0] == NO for choice in choices)
        lost, more = (NO if held else MAYBE), (NO if holds else YES if held else MAYBE)
        narrows, widens = (lost, more) if is_now else (more, lost)
        self.tell(place, "anyOf", narrows, widens, wording.choices(is_now))
        return True

    # ---- values -----------------------------------------------------------------------------------------------------

    def types(self, one: dict[str, Any], other: dict[str, Any], place: _Place) -> None:
        before, after = _kinds(one), _kinds(other)
        sentence = wording.types(one.get("type"), other.get("type"))
        self.tell(place, "type", YES * bool(before - after), YES * bool(after - before), sentence)

    def enum(self, one: dict[str, Any], other: dict[str, Any], place: _Place) -> None:
        if "enum" not in one or "enum" not in other:
            is_now = "enum" in other
            sentence = wording.changed("enum", one.get("enum"), other.get("enum"))
            self.tell(place, "enum", YES * is_now, YES * (not is_now), sentence)
            return
        before = {canonical(value): value for value in one["enum"]}
        after = {canonical(value): value for value in other["enum"]}
        for text, value in before.items():
            if text not in after:
                self.tell(place, "enum", YES, NO, wording.member(value, gone=True))
        for text, value in after.items():
            if text not in before:
                self.tell(place, "enum", NO, YES, wording.member(value, gone=False))

    def bounds(self, one: dict[str, Any], other: dict[str, Any], place: _Place) -> None:
        for keys, sign in ((("minimum", "exclusiveMinimum"), 1), (("maximum", "exclusiveMaximum"), -1)):
            before, after = _bound(one, keys, sign), _bound(other, keys, sign)
            if before != after:
                keyword = next((key for key in keys if key in (other if after else one)), keys[0])
                narrows = after is not None and (before is None or after > before)
                sentence = wording.limit(keys, one, other)
                self.tell(place, keyword, YES * narrows, YES * (not narrows), sentence)

    def limits(self, one: dict[str, Any], other: dict[str, Any], place: _Place) -> None:
        for keyword in (*_MINIMA[:3], *_MAXIMA[:3]):
            before, after = one.get(keyword), other.get(keyword)
            if before != after:
                is_tighter = after is not None and (
                    before is None or (after > before if keyword in _MINIMA else after < before)
                )
                sentence = wording.changed(keyword, before, after)
                self.tell(place, keyword, YES * is_tighter, YES * (not is_tighter), sentence)

    def multiple(self, one: dict[str, Any], other: dict[str, Any], place: _Place) -> None:
        before, after = one.get("multipleOf"), other.get("multipleOf")
        narrows = before is None or (after is not None and not _divides(after, before))
        widens = after is None or (before is not None and not _divides(before, after))
        sentence = wording.changed("multipleOf", before, after)
        self.tell(place, "multipleOf", YES * narrows, YES * widens, sentence)

    def pattern(self, one: dict[str, Any], other: dict[str, Any], place: _Place) -> None:
        before, after = one.get("pattern"), other.get("pattern")
        narrows = YES if before is None else NO if after is None else MAYBE
        widens = YES if after is None else NO if before is None else MAYBE
        self.tell(place, "pattern", narrows, widens, wording.changed("pattern", before, after))

    def unique(self, one: dict[str, Any], other: dict[str, Any], place: _Place) -> None:
        is_now = bool(other.get("uniqueItems"))
        self.tell(place, "uniqueItems", YES * is_now, YES * (not is_now), wording.unique(is_now))

    # ---- objects ----------------------------------------------------------------------------------------------------

    def required(self, one: dict[str, Any], other: dict[str, Any], place: _Place) -> None:
        before, after = set(one.get("required", ())), set(other.get("required", ()))
        for name in sorted(after - before):
            self.tell(place, "required", YES, NO, wording.required(name, is_now=True), names=(name,))
        for name in sorted(before - after):
            self.tell(place, "required", NO, YES, wording.required(name, is_now=False), names=(name,))

    def dependents(self, one: dict[str, Any], other: dict[str, Any], place: _Place) -> None:
        before, after = one.get("dependentRequired", {}), other.get("dependentRequired", {})
        for name in sorted(before.keys() | after.keys()):
            had, has = set(before.get(name, ())), set(after.get(name, ()))
            for wanted in sorted(has ^ had):
                is_now = wanted in has
                sentence = wording.dependent(name, wanted, is_now=is_now)
                self.tell(place, "dependentRequired", YES * is_now, YES * (not is_now), sentence, names=(name,))

    def conditional_members(self, one: dict[str, Any], other: dict[str, Any], place: _Place) -> None:
        before, after = one.get("dependentSchemas", {}), other.get("dependentSchemas", {})
        for name in sorted(before.keys() | after.keys()):
            self.schemas(before.get(name, True), after.get(name, True), place.below("dependentSchemas", name))

    def members(self, one: dict[str, Any], other: dict[str, Any], place: _Place) -> None:
        before, after = one.get("properties", {}), other.get("properties", {})
        rest = one.get("additionalProperties", True), other.get("additionalProperties", True)
        patterns = one.get("patternProperties", {}), other.get("patternProperties", {})
        for name in sorted(before.keys() | after.keys()):
            below = place.below("properties", name, where=(name,))
            if name in before and name in after:
                self.schemas(before[name], after[name], below)
            elif name in after:
                self._new_member(name, _other_member(patterns[0], rest[0], name), after[name], place, below)
            else:
                self._gone_member(name, before[name], _other_member(patterns[1], rest[1], name), place, below)
        for pattern in sorted(patterns[0].keys() | patterns[1].keys()):
            below = place.below("patternProperties", pattern, where=("*",))
            if pattern in patterns[0] and pattern in patterns[1]:
                self.schemas(patterns[0][pattern], patterns[1][pattern], below)
            else:
                self._pattern_member(pattern, (one, other), place, is_new=pattern in patterns[1])
        if canonical(rest[0]) == canonical(rest[1]):
            return
        if rest[0] is False or rest[1] is False:
            is_open = rest[1] is not False
            sentence = wording.others(is_open)
            self.tell(place, "additionalProperties", YES * (not is_open), YES * is_open, sentence, adds=True)
        else:
            self.schemas(*rest, place.below("additionalProperties", where=("*",)))

    def _new_member(self, name: str, was: Schema | None, now: Schema, place: _Place, below: _Place) -> None:
        above = place.below("properties")
        sentence = wording.property_(name, is_new=True)
        if was is False:
            self.tell(above, name, NO, YES * (now is not False), sentence, names=(name,), adds=True)
        elif was is True or was == {}:
            narrows = YES * (now not in (True, {}))
            self.tell(above, name, narrows, NO, wording.typed(name, bool(narrows)), names=(name,))
        elif was is None:
            self.tell(above, name, MAYBE, MAYBE, sentence, names=(name,))
        else:
            self.schemas(was, now, below)

    def _gone_member(self, name: str, was: Schema, now: Schema | None, place: _Place, below: _Place) -> None:
        above = place.below("properties")
        sentence = wording.property_(name, is_new=False)
        if now is False:
            self.tell(above, name, YES * (was is not False), NO, sentence, names=(name,))
        elif now is True or now == {}:
            self.tell(above, name, NO, YES * (was not in (True, {})), sentence, names=(name,))
        elif now is None:
            self.tell(above, name, MAYBE, MAYBE, sentence, names=(name,))
        else:
            self.schemas(was, now, below)

    def _pattern_member(
        self, pattern: str, sides: tuple[dict[str, Any], dict[str, Any]], place: _Place, *, is_new: bool
    ) -> None:
        having, lacking = (sides[1], sides[0]) if is_new else (sides[0], sides[1])
        below = having["patternProperties"][pattern]
        rest = lacking.get("additionalProperties", True)
        is_alone = not lacking.get("properties") and len({*having["patternProperties"], *lacking.get("patternProperties", {})}) == 1
        # Members that the pattern fits must be as it says, and need no longer be as the rest must be.
        tight = NO if below in (True, {}) else (YES if rest in (True, {}) else NO if rest is False and is_alone else MAYBE)
        loose = NO if rest in (True, {}) else YES if rest is False and below is not False else MAYBE
        sentence = wording.pattern_property(pattern, is_new=is_new)
        narrows, widens = (tight, loose) if is_new else (loose, tight)
        self.tell(place.below("patternProperties"), pattern, narrows, widens, sentence, adds=is_new and rest is False)

    def names(self, one: dict[str, Any], other: dict[str, Any], place: _Place) -> None:
        before, after = one.get("propertyNames", True), other.get("propertyNames", True)
        narrows, widens = _directions(before, after)
        sentence = wording.changed("propertyNames", one.get("propertyNames"), other.get("propertyNames"))
        self.tell(place, "propertyNames", narrows, widens, sentence, adds=True)

    # ---- arrays -----------------------------------------------------------------------------------------------------

    def elements(self, one: dict[str, Any], other: dict[str, Any], place: _Place) -> None:
        before, after = one.get("prefixItems", []), other.get("prefixItems", [])
        rest = one.get("items", True), other.get("items", True)
        for index in range(max(len(before), len(after))):
            was = before[index] if index < len(before) else rest[0]
            now = after[index] if index < len(after) else rest[1]
            self.schemas(was, now, place.below("prefixItems", str(index), where=(str(index),)))
        self.schemas(*rest, place.below("items", where=("*",)))

    def contains(self, one: dict[str, Any], other: dict[str, Any], place: _Place) -> None:
        sentence = wording.contains(one, other)
        if ("contains" in one) != ("contains" in other):
            having = one if "contains" in one else other
            least = having.get("minContains", 1)
            effect = YES if least or "maxContains" in having else NO
            is_now = "contains" in other
            self.tell(place, "contains", effect * is_now, effect * (not is_now), sentence)
            return
        before, after = one["contains"], other["contains"]
        narrows, widens = _directions(before, after)
        has_most = "maxContains" in one or "maxContains" in other
        if (narrows or widens) and has_most:
            narrows = widens = MAYBE
        least = one.get("minContains", 1), other.get("minContains", 1)
        most = one.get("maxContains", float("inf")), other.get("maxContains", float("inf"))
        narrows = max(narrows, YES * (least[1] > least[0] or most[1] < most[0]))
        widens = max(widens, YES * (least[1] < least[0] or most[1] > most[0]))
        self.tell(place, "contains", narrows, widens, sentence)

    # ---- choices and conditions -------------------------------------------------------------------------------------

    def all_of(self, one: dict[str, Any], other: dict[str, Any], place: _Place) -> None:
        gone, come = _leftover(one.get("allOf", []), other.get("allOf", []))
        for index, (was, now) in enumerate(zip(gone, come, strict=False)):
            self.schemas(was, now, place.below("allOf", str(index)))
        for was in gone[len(come) :]:
            self.tell(place, "allOf", NO, YES, wording.condition(was, is_new=False))
        for now in come[len(gone) :]:
            self.tell(place, "allOf", YES, NO, wording.condition(now, is_new=True))

    def any_of(self, one: dict[str, Any], other: dict[str, Any], place: _Place) -> None:
        if "anyOf" not in one or "anyOf" not in other:
            is_now = "anyOf" in other
            sentence = wording.choices(is_now)
            self.tell(place, "anyOf", YES * is_now, YES * (not is_now), sentence)
            return
        gone, come = _leftover(one["anyOf"], other["anyOf"])
        for index, (was, now) in enumerate(zip(gone, come, strict=False)):
            self.schemas(was, now, place.below("anyOf", str(index))._replace(is_weak=True))
        for was in gone[len(come) :]:
            self.tell(place, "anyOf", MAYBE, NO, wording.choice(was, is_new=False))
        for now in come[len(gone) :]:
            self.tell(place, "anyOf", NO, MAYBE, wording.choice(now, is_new=True))

    def one_of(self, one: dict[str, Any], other: dict[str, Any], place: _Place) -> None:
        if "oneOf" not in one or "oneOf" not in other:
            is_now = "oneOf" in other
            self.tell(place, "oneOf", YES * is_now, YES * (not is_now), wording.choices(is_now))
            return
        gone, come = _leftover(one["oneOf"], other["oneOf"])
        if len(gone) == len(come) == 1:
            self.schemas(gone[0], come[0], place.below("oneOf")._replace(is_weak=True, is_blurred=True))
            return
        for schemas, is_new in ((gone, False), (come, True)):
            for schema in schemas:
                self.tell(place, "oneOf", MAYBE, MAYBE, wording.choice(schema, is_new=is_new))

    def none_of(self, one: dict[str, Any], other: dict[str, Any], place: _Place) -> None:
        self.schemas(
            one.get("not", False), other.get("not", False), place.below("not")._replace(is_turned=not place.is_turned)
        )

    def condition(self, one: dict[str, Any], other: dict[str, Any], place: _Place) -> None:
        if ("if" in one) != ("if" in other):
            is_now = "if" in other
            self.tell(place, "if", YES * is_now, YES * (not is_now), wording.conditional(is_now))
        elif canonical(one["if"]) == canonical(other["if"]):
            for key in ("then", "else"):
                self.schemas(one.get(key, True), other.get(key, True), place.below(key)._replace(is_weak=True))
        else:
            self.tell(place, "if", MAYBE, MAYBE, wording.changed("if", one["if"], other["if"]))

    def evaluated(self, one: dict[str, Any], other: dict[str, Any], place: _Place) -> None:
        for key in ("unevaluatedProperties", "unevaluatedItems"):
            if canonical(one.get(key, _ABSENT)) != canonical(other.get(key, _ABSENT)):
                narrows, widens = _directions(one.get(key, True), other.get(key, True))
                sentence = wording.changed(key, one.get(key), other.get(key))
                self.tell(place, key, narrows, widens, sentence, adds=key == "unevaluatedProperties")


_ABSENT = "\0absent"
_TURNING = ("not", "oneOf", "if", "contains", "propertyNames")
_MOVING = frozenset({"anyOf", "oneOf", "allOf", "not", "if", "then", "else", "enum", "$rec", "$ref"})
_Look = Callable[[_Walk, dict[str, Any], dict[str, Any], _Place], None]
_LOOKS: list[tuple[tuple[str, ...], _Look]] = [
    (("type",), _Walk.types),
    (("enum",), _Walk.enum),
    (("minimum", "exclusiveMinimum", "maximum", "exclusiveMaximum"), _Walk.bounds),
    ((*_MINIMA[:3], *_MAXIMA[:3]), _Walk.limits),
    (("multipleOf",), _Walk.multiple),
    (("pattern",), _Walk.pattern),
    (("uniqueItems",), _Walk.unique),
    (("required",), _Walk.required),
    (("dependentRequired",), _Walk.dependents),
    (("dependentSchemas",), _Walk.conditional_members),
    (("properties", "patternProperties", "additionalProperties"), _Walk.members),
    (("propertyNames",), _Walk.names),
    (("prefixItems", "items"), _Walk.elements),
    (("contains", "minContains", "maxContains"), _Walk.contains),
    (("allOf",), _Walk.all_of),
    (("anyOf",), _Walk.any_of),
    (("oneOf",), _Walk.one_of),
    (("not",), _Walk.none_of),
    (("if", "then", "else"), _Walk.condition),
    (("unevaluatedProperties", "unevaluatedItems"), _Walk.evaluated),
]


def _differs(one: dict[str, Any], other: dict[str, Any], key: str) -> bool:
    return canonical(one.get(key, _ABSENT)) != canonical(other.get(key, _ABSENT))


def _of_common_types(one: dict[str, Any], other: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Both sides without the keywords for types that only one of them allows: the types say that already."""
    kinds = _kinds(one) & _kinds(other)
    idle: set[str] = set()
    for kind, keywords in BY_TYPE.items():
        if kind not in kinds and not (kind == "number" and kinds & {"integer", "fraction"}):
            idle |= keywords
    left, right = ({key: value for key, value in side.items() if key not in idle} for side in (one, other))
    return left, right


def _turns_on_itself(schema: Schema) -> bool:
    """Whether a schema holds itself where more inside may mean less outside."""
    return any(
        isinstance(one, dict) and any('"$rec"' in canonical(one.get(key)) for key in _TURNING)
        for _, one in walk(schema)
    )


def _directions(old: Schema, new: Schema) -> tuple[int, int]:
    """Whether a schema narrows and widens from one to the other."""
    found = compare(old, new)
    return max((one.narrows for one in found), default=NO), max((one.widens for one in found), default=NO)


def _kinds(schema: dict[str, Any]) -> frozenset[str]:
    if "type" not in schema:
        return _KINDS
    kinds = set(schema["type"])
    return frozenset(kinds - {"number"} | ({"integer", "fraction"} if "number" in kinds else set()))


def _bound(schema: dict[str, Any], keys: tuple[str, str], sign: int) -> tuple[Any, bool] | None:
    """A bound that is greater the more it refuses."""
    plain, strict = keys
    if strict in schema:
        return schema[strict] * sign, True
    return (schema[plain] * sign, False) if plain in schema else None


def _divides(multiple: Any, of: Any) -> bool:
    """Whether all multiples of the second are multiples of the first."""
    try:
        return Fraction(str(of)) % Fraction(str(multiple)) == 0
    except (ValueError, ZeroDivisionError, OverflowError):
        return False


def _other_member(patterns: dict[str, Schema], rest: Schema, name: str) -> Schema | None:
    """What is said of a name that is not among the properties; None where patterns say it."""
    if any(search(pattern, name) is not False for pattern in patterns):
        return None
    return rest


def _leftover(one: list[Schema], other: list[Schema]) -> tuple[list[Schema], list[Schema]]:
    """What only one of two lists has."""
    mine, theirs = [canonical(schema) for schema in one], [canonical(schema) for schema in other]
    gone = [schema for schema, text in zip(one, mine, strict=True) if text not in theirs]
    come = [schema for schema, text in zip(other, theirs, strict=True) if text not in mine]
    return gone, come
