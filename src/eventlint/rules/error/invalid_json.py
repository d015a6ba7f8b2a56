"""The payload is not JSON as the server reads it.

## What it does

Finds characters that cannot stand where they do, numbers that are none, words without quotes, bad escapes and wrong
brackets. The server reads comments; it reads no single quotes, no trailing commas, and no `NaN`.

## Why it matters

The server answers with 400, and with 500 in some releases. What follows is not read.

## Example

```json search
{"session": {"id": "s-1"}, "user": {"id": "u-1"}, "search": {"query": 'shoes'}}
```

## Use instead

```json search
{"session": {"id": "s-1"}, "user": {"id": "u-1"}, "search": {"query": "shoes"}}
```
"""

from collections.abc import Callable

from eventlint.mirror.faults import Fault
from eventlint.rules.diagnostic import Diagnostic, shown

EXAMINES = "fault"
KINDS = (
    "character",
    "number-character",
    "close-marker",
    "control-character",
    "escape",
    "space",
    "bare-word",
    "leading-zero",
    "non-standard-token",
)


def _character(code: int) -> str:
    return shown(chr(code & 0xFF if code < 0 else code)) if code != 0x27 else '"\'"'


def _plain(expected: str) -> str:
    if expected.startswith("expected a valid value"):
        return "expected a value"
    return expected.partition(": enable")[0]


def _unexpected(fault: Fault) -> Diagnostic:
    code, expected = fault.args
    hint = None
    if code == 0x27:
        hint = "put texts into double quotes"
    elif code in (ord("}"), ord("]")) and expected.startswith(("expected a value", "was expecting double-quote")):
        hint = "leave out the comma before it"
    elif code == ord("#"):
        hint = "JSON has no comments"
    return Diagnostic(f"unexpected character {_character(code)}: {_plain(expected)}", hint)


_MESSAGES: dict[str, Callable[[Fault], Diagnostic]] = {
    "character": _unexpected,
    "number-character": lambda f: Diagnostic(
        f"unexpected character {_character(f.args[0])} in a number: {_plain(f.args[1])}"
    ),
    "close-marker": lambda f: Diagnostic(f"the wrong closing bracket {_character(f.args[0])}"),
    "control-character": lambda f: Diagnostic(
        f"the control character U+{f.args[0]:04X} stands in a {f.args[1]}", f"write it as \\u{f.args[0]:04x}"
    ),
    "escape": lambda f: Diagnostic(
        f"a backslash cannot stand before {_character(f.args[0])}", "write \\\\ for a backslash"
    ),
    "space": lambda f: Diagnostic(f"the control character U+{f.args[0]:04X} stands between tokens"),
    "bare-word": lambda f: Diagnostic(f"{shown(f.args[0])} is no JSON value", "put texts into double quotes"),
    "leading-zero": lambda f: Diagnostic("a number cannot begin with 0", "leave out the zeros before it"),
    "non-standard-token": lambda f: Diagnostic(
        f"{f.args[0]} is no JSON number", "leave the field out when there is no number"
    ),
}


def describe(fault: Fault, data: bytes | None) -> Diagnostic:
    """What is wrong with the text."""
    return _MESSAGES[fault.kind](fault)
