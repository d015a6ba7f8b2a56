"""Random schemas, random changes of them, and random values."""

from __future__ import annotations

import copy
import random
from typing import Any

Schema = dict[str, Any]
NAMES = ("a", "b", "c")
LEAVES: list[Any] = [None, True, False, 0, 1, 2, 3, 4, 5, 1.5, -1, "", "a", "b", "ab", "abc", "abcd"]


def schema(dice: random.Random, depth: int = 2) -> Schema:
    """A small schema."""
    kind = dice.choice(["string", "integer", "number", "enum", "object", "object", "array", "types", "choice"])
    if depth == 0 and kind in ("object", "array", "choice"):
        kind = "string"
    made: Schema = {} if kind in ("enum", "types", "choice") else {"type": kind}
    for _ in range(dice.randint(0, 2)):
        add(dice, made, kind)
    if kind == "enum":
        made["enum"] = dice.sample(["a", "b", "ab", 1, 2, None], dice.randint(1, 4))
    elif kind == "types":
        made["type"] = dice.sample(["string", "integer", "null", "boolean"], 2)
    elif kind == "choice":
        made[dice.choice(["anyOf", "oneOf", "allOf"])] = [schema(dice, depth - 1) for _ in range(2)]
    elif kind == "object":
        made["properties"] = {name: schema(dice, depth - 1) for name in dice.sample(NAMES, dice.randint(1, 3))}
        if dice.random() < 0.6:
            made["additionalProperties"] = False
    elif kind == "array":
        made["items"] = schema(dice, depth - 1)
    return made


def add(dice: random.Random, made: Schema, kind: str) -> None:
    """Add a keyword, or change it."""
    number = dice.randint(0, 4)
    choices: dict[str, list[tuple[str, Any]]] = {
        "string": [("minLength", number), ("maxLength", number), ("pattern", dice.choice(["^a", "b$", "^[a-c]+$"]))],
        "integer": [("minimum", number), ("maximum", number), ("exclusiveMaximum", number), ("multipleOf", number + 1)],
        "array": [("minItems", number), ("maxItems", number), ("uniqueItems", dice.random() < 0.5)],
        "object": [
            ("required", dice.sample(NAMES, dice.randint(0, 2))),
            ("minProperties", number),
            ("maxProperties", number),
            ("dependentRequired", {dice.choice(NAMES): [dice.choice(NAMES)]}),
            ("additionalProperties", dice.choice([True, False, {"type": "string"}])),
            ("propertyNames", {"maxLength": number}),
            ("patternProperties", {dice.choice(["^b", "^z"]): {"type": "integer"}}),
        ],
    }
    choices["number"] = choices["integer"]
    keyword, value = dice.choice(choices.get(kind, [("not", {"const": dice.choice(LEAVES)})]))
    made[keyword] = value


def change(dice: random.Random, made: Schema) -> Schema:
    """A copy with one or two changes somewhere."""
    made = copy.deepcopy(made)
    for _ in range(dice.randint(1, 2)):
        places = [one for one in inside(made) if isinstance(one, dict)]
        place = dice.choice(places)
        roll = dice.random()
        if roll < 0.25 and place:
            del place[dice.choice(sorted(place))]
        elif roll < 0.4 and "properties" in place:
            place["properties"][dice.choice(NAMES)] = schema(dice, 1)
        elif roll < 0.55 and place.get("properties"):
            del place["properties"][dice.choice(sorted(place["properties"]))]
        elif roll < 0.65:
            place["type"] = dice.choice(["string", "integer", "number", "object", ["string", "null"]])
        else:
            kinds = place.get("type", "choice")
            add(dice, place, kinds if isinstance(kinds, str) else kinds[0])
    return made


def inside(made: Any) -> list[Any]:
    """A schema and all in it."""
    found = [made]
    for key, below in made.items() if isinstance(made, dict) else ():
        if key in ("items", "not"):
            found += inside(below)
        elif key in ("anyOf", "oneOf", "allOf"):
            found += [one for part in below for one in inside(part)]
        elif key == "properties":
            found += [one for part in below.values() for one in inside(part)]
    return found


def value(dice: random.Random, depth: int = 3) -> Any:
    """A small value."""
    roll = dice.random()
    if depth == 0 or roll < 0.4:
        return dice.choice(LEAVES)
    if roll < 0.55:
        return [value(dice, depth - 1) for _ in range(dice.randint(0, 4))]
    names = dice.sample([*NAMES, "z", "bb"], dice.randint(0, 4))
    return {name: value(dice, depth - 1) for name in names}


def near(dice: random.Random, made: Any, depth: int = 3) -> Any:
    """A value that a schema often accepts."""
    if not isinstance(made, dict) or depth == 0 or dice.random() < 0.08:
        return value(dice, depth)
    if "enum" in made:
        return dice.choice(made["enum"])
    for key in ("anyOf", "oneOf", "allOf"):
        if key in made:
            return near(dice, dice.choice(made[key]), depth)
    kind = made.get("type", "object" if "properties" in made else None)
    kind = dice.choice(kind) if isinstance(kind, list) else kind
    if kind == "object":
        known = made.get("properties", {})
        names = [name for name in known if dice.random() < 0.6 or name in made.get("required", ())]
        found = {name: near(dice, known[name], depth - 1) for name in names}
        if dice.random() < 0.3:
            found[dice.choice([*NAMES, "z", "bb"])] = value(dice, 1)
        return found
    if kind == "array":
        return [near(dice, made.get("items", {}), depth - 1) for _ in range(dice.randint(0, 4))]
    kinds: dict[str, Any] = {"string": str, "integer": int, "number": (int, float)}
    of_kind = kinds.get(kind or "", object)
    return dice.choice([one for one in LEAVES if isinstance(one, of_kind)])
