"""A fault of a payload in the server's own words; all templates stand here, and no other module words an answer to one.

What an era does differently is asked for by the names of traits. The structure of an answer: the fault's own exception,
possibly with the JSON reader's below it, and above it one exception for each field that it happened in.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable

from eventlint.jsontext.positions import Lines
from eventlint.mirror.faults import Fault
from eventlint.mirror.rendering import Problem, Refusal
from eventlint.mirror.suggestions import did_you_mean

_PARSE = "x_content_parse_exception"
_END = "x_content_e_o_f_exception"
_ARGUMENT = "illegal_argument_exception"
_RAW_END = "com.fasterxml.jackson.core.io.JsonEOFException: "
_SOURCES = {
    True: "(org.elasticsearch.common.io.stream.ByteBufferStreamInput)",
    False: "(org.elasticsearch.common.bytes.ReleasableBytesReference$1)",
}
_VALUES = "(JSON String, Number, Array, Object or token 'null', 'true' or 'false')"
_NAMES = {b"{"[0]: ("Object", "}"), b"["[0]: ("Array", "]")}


class _Words:
    """The words for one fault in one era."""

    def __init__(self, fault: Fault, traits: frozenset[str], lines: Lines) -> None:
        self.fault = fault
        self.traits = traits
        self.lines = lines
        self.older = "older-json-reader" in traits

    # ---- places -----------------------------------------------------------------------------------------------------

    def place(self, offset: int, past: int = 0) -> str:
        line, column = self.lines.server(offset, past)
        return f"[{line}:{column}]"

    def own_place(self) -> str:
        """The place that the fault's own exception names."""
        return self.place(self.fault.server_offset, self.past())

    def source(self, offset: int, past: int = 0) -> str:
        line, column = self.lines.server(offset, past)
        return f"[Source: {_SOURCES[self.older]}; line: {line}, column: {column}]"

    def past(self) -> int:
        """How many columns the place is past its byte; the older reader counts one further for some kinds."""
        return self.fault.past + (self.older and self.fault.kind in _SHIFTED)

    # ---- the parts of an answer -------------------------------------------------------------------------------------

    def refusal(self) -> Refusal:
        fault = self.fault
        problem = self.own()
        status = 400
        if not fault.chain and problem.type in (_END, "stream_constraints_exception") and self.is_raw(problem):
            problem = Problem(type="exception", reason="Unable to parse the event.", caused_by=problem)
            status = 500
        around = self.place(fault.token) if fault.chain else ""
        for parser, field in reversed(fault.chain):
            reason = f"{around} [{parser}] failed to parse field [{field}]"
            problem = Problem(type=_PARSE, reason=reason, caused_by=problem)
        return Refusal(status=status, problem=problem, root=self.root(problem))

    def root(self, problem: Problem) -> Problem:
        """The exception that the answer calls the root cause."""
        while problem.caused_by is not None and problem.caused_by.type in (_PARSE, _END):
            if self.is_raw(problem.caused_by):
                break
            problem = problem.caused_by
        return problem

    def is_raw(self, problem: Problem) -> bool:
        """Whether an exception is one that the server takes for a failure of input and output."""
        return problem.type == "stream_constraints_exception" or problem.reason.startswith(_RAW_END)

    def own(self) -> Problem:
        """The exception for the fault itself, without the fields around it."""
        fault = self.fault
        if fault.kind in _LIMITS:
            return self.limit(_LIMITS[fault.kind](self))
        if fault.kind in _READER:
            return self.reader(_READER[fault.kind](self))
        kind, reason = _WALK[fault.kind](self)
        if kind == _PARSE:
            place = self.own_place() if fault.server_offset >= 0 else "[1:0]"
            return Problem(type=kind, reason=f"{place} {reason}")
        return Problem(type=kind, reason=reason)

    def limit(self, words: str) -> Problem:
        bare = Problem(type="stream_constraints_exception", reason=words)
        return Problem(type=_PARSE, reason=words, caused_by=bare) if "one-handler-for-reads" in self.traits else bare

    def reader(self, words: str) -> Problem:
        """What the JSON reader says, and what stands above it, by what it was asked for."""
        fault, traits = self.fault, self.traits
        words = f"{words}\n at {self.source(fault.server_offset, self.past())}"
        at_end = fault.kind == "end"
        below = Problem(type=_READER_TYPES.get(fault.kind, "json_parse_exception"), reason=words)
        one_handler = "one-handler-for-reads" in traits
        if fault.where == "text" and not one_handler and "broken-string-told" not in traits:
            return below
        if at_end and (one_handler or fault.where == "token"):
            if fault.where == "token" and "raw-end-of-input" in traits:
                return Problem(type=_END, reason=_RAW_END + words, caused_by=below)
            return Problem(type=_END, reason=f"{self.own_place()} Unexpected end of file", caused_by=below)
        return Problem(type=_PARSE, reason=f"{self.own_place()} {words}", caused_by=below)

    # ---- details ----------------------------------------------------------------------------------------------------

    def bracket(self, offset: int) -> tuple[str, str, str]:
        """The kind of an open bracket, the character that closes it, and its place."""
        if offset < 0:
            return "root", "}", f"[Source: {_SOURCES[self.older]}; line: 1, column: 0]"
        return *_NAMES[self.lines.byte(offset)], self.source(offset)

    def end(self) -> str:
        where, *opened = self.fault.args
        start = f" (start marker at {self.source(opened[0])})" if opened else ""
        return f"Unexpected end-of-input{where}{start}"

    def close_marker(self) -> str:
        code, offset = self.fault.args
        name, closing, start = self.bracket(offset)
        if offset < 0:
            closing = "]" if chr(code) == "}" else "}"
        return f"Unexpected close marker '{chr(code)}': expected '{closing}' (for {name} starting at {start})"

    def number_range(self) -> str:
        (text,) = self.fault.args
        digits = len(text.lstrip("-"))
        shown = f"[Integer with {digits} digits]" if text.lstrip("-").isdigit() and digits >= 1000 else text
        return f"Numeric value ({shown}) out of range of int (-2147483648 - 2147483647)"


def described(code: int) -> str:
    """A character in the JSON reader's messages: as it is, its code, and the code in hexadecimal when it is large."""
    character = chr(code & 0xFFFF)
    if unicodedata.category(character) == "Cc":
        return f"(CTRL-CHAR, code {code})"
    return f"'{character}' (code {code}{f' / 0x{code:x}' if code > 255 else ''})"


_SHIFTED = frozenset({"character", "number-character", "close-marker", "control-character", "escape"})
_READER_TYPES = {"end": "json_e_o_f_exception", "number-range": "input_coercion_exception"}

_LIMITS: dict[str, Callable[[_Words], str]] = {
    "depth": lambda w: (
        f"Depth ({w.fault.args[0]}) exceeds the maximum allowed nesting depth (1000)"
        if w.older
        else f"Document nesting depth ({w.fault.args[0]}) exceeds the maximum allowed "
        "(1000, from `StreamReadConstraints.getMaxNestingDepth()`)"
    ),
    "number-length": lambda w: (
        f"Number length ({w.fault.args[0]}) exceeds the maximum length (1000)"
        if w.older
        else f"Number value length ({w.fault.args[0]}) exceeds the maximum allowed "
        "(1000, from `StreamReadConstraints.getMaxNumberLength()`)"
    ),
    "name-length": lambda w: (
        f"Name length ({w.fault.args[0]}) exceeds the maximum allowed "
        "(50000, from `StreamReadConstraints.getMaxNameLength()`)"
    ),
}

_READER: dict[str, Callable[[_Words], str]] = {
    "character": lambda w: f"Unexpected character ({described(w.fault.args[0])}): {w.fault.args[1]}",
    "number-character": lambda w: (
        f"Unexpected character ({described(w.fault.args[0])}) in numeric value: {w.fault.args[1]}"
    ),
    "close-marker": _Words.close_marker,
    "control-character": lambda w: (
        f"Illegal unquoted character ({described(w.fault.args[0])}): "
        f"has to be escaped using backslash to be included in {w.fault.args[1]}"
    ),
    "escape": lambda w: f"Unrecognized character escape {described(w.fault.args[0])}",
    "space": lambda w: (
        f"Illegal character ({described(w.fault.args[0])}): "
        "only regular white space (\\r, \\n, \\t) is allowed between tokens"
    ),
    "bare-word": lambda w: f"Unrecognized token '{w.fault.args[0]}': was expecting {_VALUES}",
    "leading-zero": lambda w: "Invalid numeric value: Leading zeroes not allowed",
    "non-standard-token": lambda w: (
        f"Non-standard token '{w.fault.args[0]}': enable `JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS` to allow"
    ),
    "utf8-start": lambda w: f"Invalid UTF-8 start byte 0x{w.fault.args[0]:x}",
    "utf8-middle": lambda w: f"Invalid UTF-8 middle byte 0x{w.fault.args[0]:x}",
    "end": _Words.end,
    "end-after-comma": lambda w: f"Unexpected end-of-input within/between {w.fault.args[0]} entries",
    "encoding": lambda w: w.fault.args[0],
    "duplicate": lambda w: f"Duplicate field '{w.fault.args[0]}'",
    "number-range": _Words.number_range,
}

_WALK: dict[str, Callable[[_Words], tuple[str, str]]] = {
    "unknown-field": lambda w: (
        _PARSE,
        f"[{w.fault.args[0].parser}] unknown field [{w.fault.args[1]}]"
        + did_you_mean(w.fault.args[1], w.fault.args[0].fields),
    ),
    "wrong-type": lambda w: (
        _PARSE,
        f"[{w.fault.args[0]}] {w.fault.args[1]} doesn't support values of type: {w.fault.args[2]}",
    ),
    "expected-object": lambda w: (_PARSE, f"[{w.fault.args[0]}] Expected START_OBJECT but was: {w.fault.args[1]}"),
    "nested-array": lambda w: ("illegal_state_exception", f"expected value but got [{w.fault.args[0]}]"),
    "missing": lambda w: (
        _ARGUMENT,
        " ".join(f"Required one of fields [{', '.join(names)}], but none were specified." for names in w.fault.args[0])
        + (" " if "trailing-blank" in w.traits else ""),
    ),
    "blank": lambda w: (_ARGUMENT, f"field [{w.fault.args[0]}] can't be blank"),
    "negative": lambda w: (_ARGUMENT, f"field [{w.fault.args[0]}] must be positive"),
    "string-range": lambda w: (_ARGUMENT, f"Value [{w.fault.args[0]}] is out of range for an integer"),
    "number-format": lambda w: ("number_format_exception", w.fault.args[1]),
    "numeric-string-length": lambda w: (
        _ARGUMENT,
        f"Numeric value length [{w.fault.args[0]}] exceeds the maximum of [1000]",
    ),
    "filter": lambda w: (_ARGUMENT, f"[{w.fault.args[0]}] must be a string or an array of string."),
}


def refusal(fault: Fault, traits: frozenset[str], lines: Lines) -> Refusal:
    """The server's answer to a payload whose first fault is this one.

    Args:
        fault: The fault, from a walk over the payload in an era with these traits.
        traits: What sets the era apart.
        lines: The lines of the payload.
    """
    return _Words(fault, traits, lines).refusal()
