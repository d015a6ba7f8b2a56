"""The rules of the error tier: one for each thing that the server refuses; it must not know how the server words it.

A rule is a name for people; a fault's kind is a fact of the walk. Each kind belongs to exactly one rule.
"""

from collections.abc import Callable
from typing import Any, NamedTuple

from eventlint.faults import Fault
from eventlint.mask import masked
from eventlint.model import Tier

SHOWN = 60
"""How many characters of a value a message shows."""


class Rule(NamedTuple):
    """A rule: its name, its tier, and one sentence about what it finds."""

    name: str
    summary: str
    tier: Tier = "error"
    kinds: tuple[str, ...] = ()


RULES: tuple[Rule, ...] = (
    Rule(name="invalid-media-type", summary="A Content-Type or Accept header cannot be read, or asks for what is not."),
    Rule(name="unsupported-media-type", summary="The body is said to be of a type that the endpoint does not read."),
    Rule(name="unknown-path", summary="Nothing answers under the path."),
    Rule(name="wrong-method", summary="The path answers to POST only."),
    Rule(name="invalid-parameter", summary="A parameter of the query string has a value that it cannot have."),
    Rule(name="unknown-parameter", summary="The query string has a parameter that the endpoint does not know."),
    Rule(name="missing-body", summary="There is no payload."),
    Rule(name="unknown-event-type", summary="The event type is none that the server knows."),
    Rule(name="missing-collection", summary="The name of the collection is empty."),
    Rule(name="unknown-collection", summary="There is no such collection."),
    Rule(name="untyped-event", summary="Nothing tells the type of the event."),
    Rule(name="unserializable-value", summary="A Python value that JSON cannot hold, so nothing could be sent."),
    Rule(name="unencodable-text", summary="A text with a lone surrogate, which UTF-8 cannot hold."),
    Rule(
        name="invalid-json",
        summary="The payload is not JSON as the server reads it.",
        kinds=(
            "character",
            "number-character",
            "close-marker",
            "control-character",
            "escape",
            "space",
            "bare-word",
            "leading-zero",
            "non-standard-token",
        ),
    ),
    Rule(name="truncated-json", summary="The payload ends before the event does.", kinds=("end", "end-after-comma")),
    Rule(
        name="invalid-encoding",
        summary="The payload's bytes are no text.",
        kinds=("utf8-start", "utf8-middle", "encoding"),
    ),
    Rule(name="too-deep", summary="Brackets are nested too deep.", kinds=("depth",)),
    Rule(
        name="over-long-number",
        summary="A number has too many digits.",
        kinds=("number-length", "numeric-string-length"),
    ),
    Rule(name="over-long-name", summary="A name has too many bytes.", kinds=("name-length",)),
    Rule(name="duplicate-key", summary="An object has the same name twice.", kinds=("duplicate",)),
    Rule(name="unknown-field", summary="An object has a field that it cannot have.", kinds=("unknown-field",)),
    Rule(name="missing-field", summary="An object lacks a field that it must have.", kinds=("missing",)),
    Rule(
        name="wrong-type",
        summary="A value is of a kind that its field cannot have.",
        kinds=("wrong-type", "expected-object", "nested-array"),
    ),
    Rule(name="blank-id", summary="An ID is empty, or only white space.", kinds=("blank",)),
    Rule(name="blank-name", summary="The name of a sort order is empty, or only white space."),
    Rule(name="negative-number", summary="A number is under zero where it must not be.", kinds=("negative",)),
    Rule(
        name="number-out-of-range",
        summary="A number does not fit into 32 bits.",
        kinds=("number-range", "string-range"),
    ),
    Rule(
        name="unreadable-number", summary="A string stands for an integer, but is no number.", kinds=("number-format",)
    ),
    Rule(name="invalid-filter", summary="A filter is neither a string nor an array of strings.", kinds=("filter",)),
)

BY_KIND: dict[str, str] = {kind: rule.name for rule in RULES for kind in rule.kinds}
"""The name of the rule for each kind of fault."""

_KINDS_OF_VALUE = {
    "VALUE_STRING": "a string",
    "VALUE_NUMBER": "a number",
    "VALUE_BOOLEAN": "true or false",
    "VALUE_NULL": "null",
    "START_OBJECT": "an object",
    "START_ARRAY": "an array",
    "END_ARRAY": "nothing",
    "null": "nothing",
}


def shown(value: object, most: int = SHOWN) -> str:
    """A value as a message shows it: in quotes, on one line, and not longer than a screen is wide."""
    text = masked(value if isinstance(value, str) else str(value))
    cut = text[:most]
    safe = "".join(character if character.isprintable() else f"\\u{ord(character):04x}" for character in cut)
    return f"'{safe}{'…' if len(text) > most else ''}'"


def _character(code: int) -> str:
    return shown(chr(code & 0xFF if code < 0 else code)) if code != 0x27 else '"\'"'


def _character_message(fault: Fault) -> str:
    code, expected = fault.args
    return f"unexpected character {_character(code)}: {_plain(expected)}"


def _plain(expected: str) -> str:
    if expected.startswith("expected a valid value"):
        return "expected a value"
    return expected.partition(": enable")[0]


def _missing(fault: Fault) -> tuple[str, str]:
    _, names = fault.args
    if len(names) == 1:
        return f"the field {shown(names[0])} is missing", f"add {shown(names[0])}"
    listed = " or ".join(shown(name) for name in names)
    return f"one of the fields {listed} is missing", f"add {listed}"


def _unknown(fault: Fault) -> tuple[str, str | None]:
    from eventlint.server.suggest import suggestions

    node, name = fault.args
    near = suggestions(name, node.fields)
    known = ", ".join(node.fields)
    hint = f"did you mean {' or '.join(shown(one) for one in near)}?" if near else f"it knows: {known}"
    return f"{shown(node.parser)} has no field {shown(name)}", hint


def _wrong_type(fault: Fault) -> tuple[str, str | None]:
    _, field, token = fault.args
    return f"{shown(field)} cannot be {_KINDS_OF_VALUE[token]}", None


def _expected_object(fault: Fault) -> tuple[str, str | None]:
    parser, kind = fault.args
    hint = "send one event, not a list of events" if kind == "START_ARRAY" and not fault.pointer else None
    return f"expected an object ({parser}) but found {_KINDS_OF_VALUE[kind]}", hint


_Words = Callable[[Fault], tuple[str, Any] | str]

_MESSAGES: dict[str, _Words] = {
    "character": _character_message,
    "number-character": lambda f: f"unexpected character {_character(f.args[0])} in a number: {_plain(f.args[1])}",
    "close-marker": lambda f: f"the wrong closing bracket {_character(f.args[0])}",
    "control-character": lambda f: (
        f"the control character U+{f.args[0]:04X} stands in a {f.args[1]}",
        f"write it as \\u{f.args[0]:04x}",
    ),
    "escape": lambda f: (f"a backslash cannot stand before {_character(f.args[0])}", "write \\\\ for a backslash"),
    "space": lambda f: f"the control character U+{f.args[0]:04X} stands between tokens",
    "bare-word": lambda f: (f"{shown(f.args[0])} is no JSON value", "put texts into double quotes"),
    "leading-zero": lambda f: ("a number cannot begin with 0", "leave out the zeros before it"),
    "non-standard-token": lambda f: f"{f.args[0]} is no JSON number",
    "utf8-start": lambda f: (f"the byte 0x{f.args[0] & 0xFF:02x} begins no UTF-8 character", "save the text as UTF-8"),
    "utf8-middle": lambda f: (
        f"the byte 0x{f.args[0] & 0xFF:02x} continues no UTF-8 character",
        "save the text as UTF-8",
    ),
    "encoding": lambda f: f"the bytes cannot be read: {f.args[0]}",
    "end": lambda f: "the payload ends too early" + _where(f.args[0]),
    "end-after-comma": lambda f: f"the payload ends after a comma in an {f.args[0].lower()}",
    "depth": lambda f: "brackets are nested more than 1000 deep",
    "number-length": lambda f: f"a number of {f.args[0]} digits; at most 1000 are read",
    "numeric-string-length": lambda f: f"a string of {f.args[0]} characters for a number; at most 1000 are read",
    "name-length": lambda f: f"a name of {f.args[0]} bytes; at most 50000 are read",
    "duplicate": lambda f: (f"{shown(f.args[0])} stands here for the second time", "keep one of the two"),
    "unknown-field": _unknown,
    "missing": _missing,
    "wrong-type": _wrong_type,
    "expected-object": _expected_object,
    "nested-array": lambda f: "an element is an array where it must be an object",
    "blank": lambda f: f"{shown(f.args[0])} is blank",
    "negative": lambda f: f"{shown(f.args[0])} is {f.args[1]}, which is under zero",
    "number-range": lambda f: f"{shown(f.args[0])} does not fit into 32 bits",
    "string-range": lambda f: f"{shown(f.args[0])} does not fit into 32 bits",
    "number-format": lambda f: (f"{shown(f.args[0])} is no number", "write a whole number without quotes"),
    "filter": lambda f: (
        f"the filter {shown(f.args[0])} is {_KINDS_OF_VALUE[f.args[1]]}"
        if f.args[1] != "START_ARRAY"
        else f"the filter {shown(f.args[0])} holds something else than strings",
        "write a string, or an array of strings",
    ),
}


def _where(words: str) -> str:
    if "close marker" in words:
        return f": the {'array' if 'Array' in words else 'object'} is not closed"
    if "comment" in words:
        return " in a comment"
    if "name" in words:
        return " in a name"
    return " in a string" if "STRING" in words or "escape" in words else ""


def told_to_people(fault: Fault) -> tuple[str, str, str | None]:
    """The rule, the message and the hint for a fault.

    Args:
        fault: A fault of a walk.
    """
    rule = BY_KIND[fault.kind]
    if fault.kind == "blank" and fault.args[0] != "id":
        rule = "blank-name"
    words = _MESSAGES[fault.kind](fault)
    if isinstance(words, str):
        return rule, words, None
    return rule, words[0], words[1]
