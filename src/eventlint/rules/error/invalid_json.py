"""A payload that is not valid JSON.

## What it does

Checks for unexpected characters, malformed numbers, unquoted words, invalid escape sequences, and mismatched brackets.
The server accepts comments, but not single quotes, trailing commas, or `NaN`. The newest releases also reject a key
with an escape for one half of a surrogate pair.

## Why is this bad?

The server rejects the event with status 400, or 500 in some releases. It reads nothing after the error.

## Example

```json search
{"session": {"id": "s-1"}, "user": {"id": "u-1"}, "search": {"query": 'shoes'}}
```

## Use instead

```json search
{"session": {"id": "s-1"}, "user": {"id": "u-1"}, "search": {"query": "shoes"}}
```

## Fix safety

The fix removes trailing commas, up to the next syntax error. It is safe because a trailing comma adds no value in any
language that allows it. Problems after the comma are found only when it is removed.
"""

from collections.abc import Callable, Iterator

from eventlint.jsontext.lazy_regex import Lazy
from eventlint.mirror.faults import Fault
from eventlint.model import Edit, Fix
from eventlint.rules.diagnostic import Diagnostic, safe, shown

EXAMINES = "fault"
FIXABLE = "safe"
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
    "unexpected-low-surrogate",
    "high-surrogate-alone",
    "low-surrogate-expected",
)


_TRAILING_COMMA = "remove the comma before it"


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
        hint = "use double quotes for strings"
    elif code in (ord("}"), ord("]")) and expected.startswith(("expected a value", "was expecting double-quote")):
        hint = _TRAILING_COMMA
    elif code == ord("#"):
        hint = "remove it; '#' does not start a comment"
    return Diagnostic(f"unexpected character {_character(code)}: {_plain(expected)}", hint)


_WHOLE_PAIRS = "truncate strings by character, not by UTF-16 code unit"

_IN = {"name": "key", "string value": "string"}

_MESSAGES: dict[str, Callable[[Fault], Diagnostic]] = {
    "character": _unexpected,
    "number-character": lambda f: Diagnostic(
        f"unexpected character {_character(f.args[0])} in a number: {_plain(f.args[1])}"
    ),
    "close-marker": lambda f: Diagnostic(f"mismatched closing bracket {_character(f.args[0])}"),
    "control-character": lambda f: Diagnostic(
        f"unescaped control character U+{f.args[0]:04X} in a {_IN[f.args[1]]}", f"use \\u{f.args[0]:04x}"
    ),
    "escape": lambda f: Diagnostic(
        f"invalid escape sequence: backslash before {_character(f.args[0])}", "use \\\\ for a backslash"
    ),
    "space": lambda f: Diagnostic(f"control character U+{f.args[0]:04X} between tokens"),
    "bare-word": lambda f: Diagnostic(f"{shown(f.args[0])} is not a JSON value", "use double quotes for strings"),
    "leading-zero": lambda f: Diagnostic("number with leading zeros", "remove the leading zeros"),
    "non-standard-token": lambda f: Diagnostic(
        f"{f.args[0]} is not a JSON number", "omit the field if there is no number"
    ),
    "unexpected-low-surrogate": lambda f: Diagnostic(f"\\u{f.args[0]:04x} in a key is a lone surrogate", _WHOLE_PAIRS),
    "high-surrogate-alone": lambda f: Diagnostic("lone surrogate in a key", _WHOLE_PAIRS),
    "low-surrogate-expected": lambda f: Diagnostic("lone surrogate in a key", _WHOLE_PAIRS),
}


_TOKEN = Lazy(
    rb"(?s)(?P<space>[ \t\r\n]+|/\*.*?\*/|//[^\r\n]*)"
    rb'|(?P<value>"(?:[^"\\]|\\.)*"|[-+.\w]+)'
    rb"|(?P<open>[\[{])|(?P<close>[\]}])|(?P<comma>,)|(?P<colon>:)"
)
"""What precedes a syntax error, token by token."""


def describe(fault: Fault, data: bytes | None) -> Diagnostic:
    """Describe the syntax error."""
    diagnostic = _MESSAGES[fault.kind](fault)
    if data is None or diagnostic.hint != _TRAILING_COMMA:
        return diagnostic
    edits = list(_trailing_commas(data))
    is_first = any(edit.end <= fault.offset for edit in edits)
    return diagnostic._replace(fix=_without(edits)) if is_first else diagnostic._replace(hint=None)


def _without(edits: list[Edit]) -> Fix:
    return safe("remove the trailing comma" if len(edits) == 1 else "remove the trailing commas", *edits)


def _trailing_commas(data: bytes) -> Iterator[Edit]:
    """Edits that remove each comma between a value and a closing bracket, up to a syntax error of another kind."""
    before = ""
    comma: tuple[str, int] | None = None
    at = 3 if data.startswith(b"\xef\xbb\xbf") else 0
    while (match := _TOKEN.match(data, at)) is not None:
        kind = match.lastgroup or ""
        at = match.end()
        if kind == "space":
            continue
        if kind == "close" and comma is not None and comma[0] in ("value", "close"):
            yield Edit(comma[1], comma[1] + 1, b"")
        comma = (before, match.start()) if kind == "comma" else None
        before = kind
