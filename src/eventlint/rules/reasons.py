"""Which rule a reason of the server is about; it must not know how reasons are made.

A reason is what stands under ``reason`` in an answer, or in a server's log. The patterns are of the server's words, as
real releases wrote them; a place such as ``[3:14]`` may stand before them.
"""

from __future__ import annotations

import json
import re
from typing import Any

_PATTERNS: tuple[tuple[str, str], ...] = (
    (r"no handler found for uri ", "unknown-path"),
    (r"Incorrect HTTP method for uri ", "wrong-method"),
    (r"Invalid media-type value on headers? ", "invalid-media-type"),
    (r"A compatible version is required on both ", "invalid-media-type"),
    (r"(?:Accept|Content-Type) version must be either ", "invalid-media-type"),
    (r"Header \[.*?\] cannot be empty|invalid media-type |invalid parameters for header ", "invalid-media-type"),
    (r"Content-Type header (?:is missing|.* is not supported)", "unsupported-media-type"),
    (r"request body or source parameter is required", "missing-body"),
    (r"Validation Failed:.* invalid event type: ", "unknown-event-type"),
    (r"Validation Failed:.* collection name is missing", "missing-collection"),
    (r"no such analytics collection ", "unknown-collection"),
    (r"Failed to parse value \[.*\] as only \[true\] or \[false\] are allowed", "invalid-parameter"),
    (r"(?:unterminated|partial|invalid) escape sequence ", "invalid-parameter"),
    (r"request \[.*\] contains unrecognized parameters?: ", "unknown-parameter"),
    (r"\[[^\]]*\] unknown field \[", "unknown-field"),
    (r"\[[^\]]*\] \S.* doesn't support values of type: ", "wrong-type"),
    (r"\[[^\]]*\] Expected START_OBJECT but was: ", "wrong-type"),
    (r"expected value but got \[", "wrong-type"),
    (r"Required one of fields \[", "missing-field"),
    (r"field \[id\] can't be blank", "blank-id"),
    (r"field \[.*\] can't be blank", "blank-name"),
    (r"field \[.*\] must be positive", "negative-number"),
    (r"Numeric value length \[|Number (?:value )?length \(", "number-too-long"),
    (r"Name length \(", "key-too-long"),
    (r"(?:Document nesting depth|Depth) \(", "nesting-too-deep"),
    (r"Value \[.*\] is out of range for an integer", "number-out-of-range"),
    (r"Numeric value \(.*\) out of range of int", "number-out-of-range"),
    (r"For input string: |empty String|multiple points", "invalid-number"),
    (r"\[.*\] must be a string or an array of string", "invalid-filter"),
    (r"Duplicate field '", "duplicate-key"),
    (
        r"Invalid UTF-(?:8|32) |Unsupported UCS-4 endianness|Unexpected EOF in the middle of a 4-byte",
        "invalid-encoding",
    ),
    (r"(?:com\.fasterxml\S+: )?Unexpected end-of-input|Unexpected end of file", "truncated-json"),
    (r"Unexpected (?:character|close marker)|Unrecognized (?:token|character escape)", "invalid-json"),
    (r"Illegal (?:unquoted )?character|Invalid numeric value|Non-standard token", "invalid-json"),
)

_PLACE = r"(?:\[-?\d+:-?\d+\] )?"
_WRAPPER = r"\[-?\d+:-?\d+\] \[([^\]]*)\] failed to parse field \[(.*)\]|Unable to parse the event\."


def innermost(text: str) -> str:
    """The reason that says most, of a whole answer as JSON, of a line of a log, or of a reason alone."""
    try:
        told: Any = json.loads(text)
    except (ValueError, RecursionError):
        return text.strip()
    error = told.get("error", told) if isinstance(told, dict) else told
    while isinstance(error, dict) and isinstance(error.get("caused_by"), dict):
        error = error["caused_by"]
    return str(error.get("reason", text) if isinstance(error, dict) else error).strip()


def rule_of_reason(text: str) -> str | None:
    """The name of the rule that a reason is about; None when no words of the server are found.

    Args:
        text: A reason, or text that ends in one, such as a line of a log.
    """
    for start in (rf"\A{_PLACE}", rf"(?:\A|[\s\"':\]]){_PLACE}"):
        for pattern, rule in _PATTERNS:
            if re.search(f"{start}(?:{pattern})", text[:10_000], re.DOTALL):
                return rule
    return None


def is_wrapper(text: str) -> bool:
    """Whether a reason only says where something is wrong, and its ``caused_by`` says what."""
    return re.match(_WRAPPER, text, re.DOTALL) is not None
