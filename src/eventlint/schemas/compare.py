"""Finds the differences of two schemas, keyword by keyword.

Both schemas are walked together in their normal forms. A schema accepts the values that all its keywords accept: a
keyword that rejects more narrows the schema, one that rejects less widens it. If no keyword rejects more, nothing is
narrowed, so *no* is proven. *Yes* is the effect of the keyword itself, which another keyword may hide. *Maybe* means
that a choice or a condition is involved.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from eventlint.schemas import change_text
from eventlint.schemas.diff_model import (
    MAXIMA,
    MAYBE,
    MINIMA,
    NO,
    YES,
    Difference,
    Place,
    bound,
    differs,
    divides,
    is_more,
    kinds,
    leftover,
    of_common_types,
    other_member,
    turns_on_itself,
)
from eventlint.schemas.equal import canonical
from eventlint.schemas.patterns import search
from eventlint.schemas.simplify_values import is_open
from eventlint.schemas.validity import Schema, SchemaValidator


def compare(old: Schema, new: Schema) -> list[Difference]:
    """All differences between two normal forms.

    Args:
        old: The normal form of the old schema.
        new: The normal form of the new schema.
    """
    found = _Walk()
    found.schemas(old, new, Place(is_blurred=turns_on_itself(old) or turns_on_itself(new)))
    return found.found


class _Walk:
    def __init__(self) -> None:
        self.found: list[Difference] = []

    def note(
        self,
        place: Place,
        keyword: str,
        narrows: int,
        widens: int,
        sentence: str,
        *,
        names: tuple[str, ...] = (),
        adds: bool = False,
    ) -> None:
        """Note a difference, with its effect on the whole schema."""
        adds = adds and not (place.is_turned or place.is_blurred)
        if place.is_turned:
            narrows, widens = widens, narrows
        if place.is_blurred and (narrows or widens):
            narrows = widens = MAYBE
        if place.is_weak:
            narrows, widens = min(narrows, MAYBE), min(widens, MAYBE)
        path = (*place.path, keyword) if keyword else place.path
        prefix = "excluded values (not): " if place.is_turned else ""
        sentence = f"{change_text.subject(place.where)}: {prefix}{sentence}"
        self.found.append(Difference(path, place.where, keyword, names, narrows, widens, adds, sentence))

    def schemas(self, old: Schema, new: Schema, place: Place) -> None:
        if canonical(old) == canonical(new):
            return
        if old is False or new is False:
            self.note(
                place, "", YES * (new is False), YES * (old is False), change_text.all_or_nothing(new is not False)
            )
            return
        one, other = ({} if side is True else side for side in (old, new))
        if self._compare_enum(one, other, place) or self._compare_choices(one, other, place):
            return
        one, other = of_common_types(one, other)
        changed = {key for key in one.keys() | other.keys() if differs(one, other, key)}
        if any(key.startswith("unevaluated") for key in one.keys() | other.keys()):
            place = place._replace(is_blurred=True)  # which keys are evaluated depends on all other keywords
        if changed & _MOVING and len(changed) > 1:
            place = place._replace(is_weak=True)  # a constraint may have moved from one keyword to another
        done: set[str] = set()
        for keywords, compare_keywords in _COMPARISONS:
            done |= set(keywords)
            if changed.intersection(keywords):
                compare_keywords(self, one, other, place)
        for key in sorted(changed - done):
            self.note(place, key, MAYBE, MAYBE, change_text.changed(key, one.get(key), other.get(key)))

    def _compare_enum(self, one: dict[str, Any], other: dict[str, Any], place: Place) -> bool:
        """If only one side lists its values, validate them by the other side."""
        if (one.keys() == {"enum"}) == (other.keys() == {"enum"}):
            return False
        is_now = other.keys() == {"enum"}
        listing, free = (other, one) if is_now else (one, other)
        beyond = MAYBE
        if not is_open(free):
            validator = SchemaValidator.of_form(free)
            answers = [validator.accepts(value) for value in listing["enum"]]
            beyond = YES if False in answers else MAYBE if None in answers else NO
        narrows, widens = (YES, beyond) if is_now else (beyond, YES)
        self.note(place, "enum", narrows, widens, change_text.listed(listing["enum"], is_now=is_now))
        return True

    def _compare_choices(self, one: dict[str, Any], other: dict[str, Any], place: Place) -> bool:
        """If only one side is a list of choices, look for the other side among them."""
        if (one.keys() == {"anyOf"}) == (other.keys() == {"anyOf"}) or not one or not other:
            return False
        is_now = other.keys() == {"anyOf"}
        choices, single = (other["anyOf"], one) if is_now else (one["anyOf"], other)
        keeps = any(_directions(single, choice)[0] == NO for choice in choices)
        is_contained = all(_directions(choice, single)[0] == NO for choice in choices)
        lost, more = (NO if keeps else MAYBE), (NO if is_contained else YES if keeps else MAYBE)
        narrows, widens = (lost, more) if is_now else (more, lost)
        self.note(place, "anyOf", narrows, widens, change_text.choices(is_now))
        return True

    # ---- values -----------------------------------------------------------------------------------------------------

    def types(self, one: dict[str, Any], other: dict[str, Any], place: Place) -> None:
        before, after = kinds(one), kinds(other)
        sentence = change_text.types(one.get("type"), other.get("type"))
        self.note(place, "type", YES * bool(before - after), YES * bool(after - before), sentence)

    def enum(self, one: dict[str, Any], other: dict[str, Any], place: Place) -> None:
        if "enum" not in one or "enum" not in other:
            is_now = "enum" in other
            sentence = change_text.changed("enum", one.get("enum"), other.get("enum"))
            self.note(place, "enum", YES * is_now, YES * (not is_now), sentence)
            return
        before = {canonical(value): value for value in one["enum"]}
        after = {canonical(value): value for value in other["enum"]}
        for text, value in before.items():
            if text not in after:
                self.note(place, "enum", YES, NO, change_text.member(value, is_removed=True))
        for text, value in after.items():
            if text not in before:
                self.note(place, "enum", NO, YES, change_text.member(value, is_removed=False))

    def bounds(self, one: dict[str, Any], other: dict[str, Any], place: Place) -> None:
        for keys, sign in ((("minimum", "exclusiveMinimum"), 1), (("maximum", "exclusiveMaximum"), -1)):
            before, after = bound(one, keys, sign), bound(other, keys, sign)
            if before != after:
                keyword = next((key for key in keys if key in (other if after else one)), keys[0])
                narrows = after is not None and (before is None or after > before)
                sentence = change_text.limit(keys, one, other)
                self.note(place, keyword, YES * narrows, YES * (not narrows), sentence)

    def limits(self, one: dict[str, Any], other: dict[str, Any], place: Place) -> None:
        for keyword in (*MINIMA, *MAXIMA):
            before, after = one.get(keyword), other.get(keyword)
            if before != after:
                is_tighter = (
                    is_more(after, before) if keyword in MINIMA else is_more(before, after, absent=float("inf"))
                )
                sentence = change_text.changed(keyword, before, after)
                self.note(place, keyword, YES * is_tighter, YES * (not is_tighter), sentence)

    def multiple(self, one: dict[str, Any], other: dict[str, Any], place: Place) -> None:
        before, after = one.get("multipleOf"), other.get("multipleOf")
        narrows = before is None or (after is not None and not divides(after, before))
        widens = after is None or (before is not None and not divides(before, after))
        sentence = change_text.changed("multipleOf", before, after)
        self.note(place, "multipleOf", YES * narrows, YES * widens, sentence)

    def text(self, one: dict[str, Any], other: dict[str, Any], place: Place) -> None:
        for keyword in ("pattern", "format"):
            before, after = one.get(keyword), other.get(keyword)
            if before != after:
                narrows = YES if before is None else NO if after is None else MAYBE
                widens = YES if after is None else NO if before is None else MAYBE
                self.note(place, keyword, narrows, widens, change_text.changed(keyword, before, after))

    def unique(self, one: dict[str, Any], other: dict[str, Any], place: Place) -> None:
        is_now = bool(other.get("uniqueItems"))
        self.note(place, "uniqueItems", YES * is_now, YES * (not is_now), change_text.unique(is_now))

    # ---- objects ----------------------------------------------------------------------------------------------------

    def required(self, one: dict[str, Any], other: dict[str, Any], place: Place) -> None:
        before, after = set(one.get("required", ())), set(other.get("required", ()))
        for name in sorted(after - before):
            self.note(place, "required", YES, NO, change_text.required(name, is_now=True), names=(name,))
        for name in sorted(before - after):
            self.note(place, "required", NO, YES, change_text.required(name, is_now=False), names=(name,))

    def dependents(self, one: dict[str, Any], other: dict[str, Any], place: Place) -> None:
        before, after = one.get("dependentRequired", {}), other.get("dependentRequired", {})
        for name in sorted(before.keys() | after.keys()):
            had, has = set(before.get(name, ())), set(after.get(name, ()))
            for wanted in sorted(has ^ had):
                is_now = wanted in has
                sentence = change_text.dependent(name, wanted, is_now=is_now)
                self.note(place, "dependentRequired", YES * is_now, YES * (not is_now), sentence, names=(name,))

    def conditional_members(self, one: dict[str, Any], other: dict[str, Any], place: Place) -> None:
        before, after = one.get("dependentSchemas", {}), other.get("dependentSchemas", {})
        for name in sorted(before.keys() | after.keys()):
            self.schemas(before.get(name, True), after.get(name, True), place.below("dependentSchemas", name))

    def members(self, one: dict[str, Any], other: dict[str, Any], place: Place) -> None:
        before, after = one.get("properties", {}), other.get("properties", {})
        rest = one.get("additionalProperties", True), other.get("additionalProperties", True)
        patterns = one.get("patternProperties", {}), other.get("patternProperties", {})
        for name in sorted(before.keys() | after.keys()):
            is_new = name not in before
            if name in before and name in after:
                self.schemas(before[name], after[name], place.below("properties", name, where=(name,)))
            else:
                other_side = other_member(patterns[not is_new], rest[not is_new], name)
                was, now = (other_side, after[name]) if is_new else (before[name], other_side)
                self._one_sided(name, was, now, place, is_new=is_new)
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
            sentence = change_text.others(is_open)
            self.note(place, "additionalProperties", YES * (not is_open), YES * is_open, sentence, adds=True)
        else:
            self.schemas(*rest, place.below("additionalProperties", where=("*",)))

    def _one_sided(self, name: str, was: Schema | None, now: Schema | None, place: Place, *, is_new: bool) -> None:
        """A property that only one side describes; the schema of other properties applies to it on the other side."""
        rest = was if is_new else now
        above = place.below("properties")
        sentence = change_text.property_(name, is_new=is_new)
        if rest is None:
            self.note(above, name, MAYBE, MAYBE, sentence, names=(name,))
        elif rest is False:
            narrows, widens = YES * (not is_new and was is not False), YES * (is_new and now is not False)
            self.note(above, name, narrows, widens, sentence, names=(name,), adds=is_new)
        elif rest is True or rest == {}:
            narrows, widens = YES * (is_new and now not in (True, {})), YES * (not is_new and was not in (True, {}))
            self.note(above, name, narrows, widens, change_text.typed(name) if narrows else sentence, names=(name,))
        else:
            self.schemas(was, now, place.below("properties", name, where=(name,)))

    def _pattern_member(
        self, pattern: str, sides: tuple[dict[str, Any], dict[str, Any]], place: Place, *, is_new: bool
    ) -> None:
        having, lacking = (sides[1], sides[0]) if is_new else (sides[0], sides[1])
        below = having["patternProperties"][pattern]
        rest = lacking.get("additionalProperties", True)
        named = {*having.get("properties", {}), *lacking.get("properties", {})}
        others = {*having["patternProperties"], *lacking.get("patternProperties", {})} - {pattern}
        is_alone = not others and all(search(pattern, name) is False for name in named)
        # Keys that match the pattern get its schema instead of the schema of other properties.
        tight = (
            NO if below in (True, {}) else (YES if rest in (True, {}) else NO if rest is False and is_alone else MAYBE)
        )
        loose = NO if rest in (True, {}) else YES if rest is False and below is not False else MAYBE
        sentence = change_text.pattern_property(pattern, is_new=is_new)
        narrows, widens = (tight, loose) if is_new else (loose, tight)
        self.note(place.below("patternProperties"), pattern, narrows, widens, sentence, adds=is_new and rest is False)

    def names(self, one: dict[str, Any], other: dict[str, Any], place: Place) -> None:
        before, after = one.get("propertyNames", True), other.get("propertyNames", True)
        narrows, widens = _directions(before, after)
        sentence = change_text.changed("propertyNames", one.get("propertyNames"), other.get("propertyNames"))
        self.note(place, "propertyNames", narrows, widens, sentence, adds=True)

    # ---- arrays -----------------------------------------------------------------------------------------------------

    def elements(self, one: dict[str, Any], other: dict[str, Any], place: Place) -> None:
        before, after = one.get("prefixItems", []), other.get("prefixItems", [])
        rest = one.get("items", True), other.get("items", True)
        for index in range(max(len(before), len(after))):
            was = before[index] if index < len(before) else rest[0]
            now = after[index] if index < len(after) else rest[1]
            self.schemas(was, now, place.below("prefixItems", str(index), where=(str(index),)))
        self.schemas(*rest, place.below("items", where=("*",)))

    def contains(self, one: dict[str, Any], other: dict[str, Any], place: Place) -> None:
        sentence = change_text.contains(one, other)
        if ("contains" in one) != ("contains" in other):
            having = one if "contains" in one else other
            least = having.get("minContains", 1)
            effect = YES if least or "maxContains" in having else NO
            is_now = "contains" in other
            self.note(place, "contains", effect * is_now, effect * (not is_now), sentence)
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
        self.note(place, "contains", narrows, widens, sentence)

    # ---- choices and conditions -------------------------------------------------------------------------------------

    def all_of(self, one: dict[str, Any], other: dict[str, Any], place: Place) -> None:
        removed, added = leftover(one.get("allOf", []), other.get("allOf", []))
        for index, (was, now) in enumerate(zip(removed, added, strict=False)):
            self.schemas(was, now, place.below("allOf", str(index)))
        for was in removed[len(added) :]:
            self.note(place, "allOf", NO, YES, change_text.condition(was, is_new=False))
        for now in added[len(removed) :]:
            self.note(place, "allOf", YES, NO, change_text.condition(now, is_new=True))

    def any_of(self, one: dict[str, Any], other: dict[str, Any], place: Place) -> None:
        if "anyOf" not in one or "anyOf" not in other:
            is_now = "anyOf" in other
            sentence = change_text.choices(is_now)
            self.note(place, "anyOf", YES * is_now, YES * (not is_now), sentence)
            return
        removed, added = leftover(one["anyOf"], other["anyOf"])
        for index, (was, now) in enumerate(zip(removed, added, strict=False)):
            self.schemas(was, now, place.below("anyOf", str(index))._replace(is_weak=True))
        for was in removed[len(added) :]:
            self.note(place, "anyOf", MAYBE, NO, change_text.choice(was, is_new=False))
        for now in added[len(removed) :]:
            self.note(place, "anyOf", NO, MAYBE, change_text.choice(now, is_new=True))

    def one_of(self, one: dict[str, Any], other: dict[str, Any], place: Place) -> None:
        if "oneOf" not in one or "oneOf" not in other:
            is_now = "oneOf" in other
            self.note(place, "oneOf", YES * is_now, YES * (not is_now), change_text.choices(is_now))
            return
        removed, added = leftover(one["oneOf"], other["oneOf"])
        if len(removed) == len(added) == 1:
            self.schemas(removed[0], added[0], place.below("oneOf")._replace(is_weak=True, is_blurred=True))
            return
        for schemas, is_new in ((removed, False), (added, True)):
            for schema in schemas:
                self.note(place, "oneOf", MAYBE, MAYBE, change_text.choice(schema, is_new=is_new))

    def none_of(self, one: dict[str, Any], other: dict[str, Any], place: Place) -> None:
        self.schemas(
            one.get("not", False), other.get("not", False), place.below("not")._replace(is_turned=not place.is_turned)
        )

    def condition(self, one: dict[str, Any], other: dict[str, Any], place: Place) -> None:
        if ("if" in one) != ("if" in other):
            is_now = "if" in other
            self.note(place, "if", YES * is_now, YES * (not is_now), change_text.conditional(is_now))
        elif canonical(one["if"]) == canonical(other["if"]):
            for key in ("then", "else"):
                self.schemas(one.get(key, True), other.get(key, True), place.below(key)._replace(is_weak=True))
        else:
            self.note(place, "if", MAYBE, MAYBE, change_text.changed("if", one["if"], other["if"]))

    def evaluated(self, one: dict[str, Any], other: dict[str, Any], place: Place) -> None:
        for key in ("unevaluatedProperties", "unevaluatedItems"):
            if differs(one, other, key):
                narrows, widens = _directions(one.get(key, True), other.get(key, True))
                sentence = change_text.changed(key, one.get(key), other.get(key))
                self.note(place, key, narrows, widens, sentence, adds=key == "unevaluatedProperties")


_MOVING = frozenset({"anyOf", "oneOf", "allOf", "not", "if", "then", "else", "enum", "$rec", "$ref"})
_Comparison = Callable[[_Walk, dict[str, Any], dict[str, Any], Place], None]
_COMPARISONS: list[tuple[tuple[str, ...], _Comparison]] = [
    (("type",), _Walk.types),
    (("enum",), _Walk.enum),
    (("minimum", "exclusiveMinimum", "maximum", "exclusiveMaximum"), _Walk.bounds),
    ((*MINIMA, *MAXIMA), _Walk.limits),
    (("multipleOf",), _Walk.multiple),
    (("pattern", "format"), _Walk.text),
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


def _directions(old: Schema, new: Schema) -> tuple[int, int]:
    """Whether the new schema narrows and widens the old one."""
    found = compare(old, new)
    return max((one.narrows for one in found), default=NO), max((one.widens for one in found), default=NO)
