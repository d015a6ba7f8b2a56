"""A fault of a payload as the chain of exceptions that the server answers with.

A chain consists of one exception for each enclosing field, the exception of the fault, and perhaps the JSON reader's
exception below it. The messages come from :mod:`eventlint.mirror.messages`.
"""

from __future__ import annotations

import unicodedata
from typing import Any, NamedTuple

from eventlint.jsontext import integer, syntax_error
from eventlint.jsontext.positions import Lines
from eventlint.mirror import faults
from eventlint.mirror.faults import Fault
from eventlint.mirror.formats.transcript import Problem as FormatProblem
from eventlint.mirror.messages import (
    CONSTRAINT,
    CONVERSION,
    END_OF_FILE,
    END_OF_INPUT,
    MESSAGES,
    PARSE,
    RAW_END,
    READER,
    problem,
    text,
)
from eventlint.mirror.rendering import Problem, Refusal, innermost
from eventlint.mirror.suggestions import did_you_mean
from eventlint.mirror.token_names import BINARY
from eventlint.spec import Release

_ARGUMENTS = {**syntax_error.KINDS, **faults.KINDS}
STREAM = "(org.elasticsearch.common.io.stream.ByteBufferStreamInput)"
"""The older JSON reader's name of its source; also that of a body from the query string in some releases."""
_BYTES = "(org.elasticsearch.common.bytes.ReleasableBytesReference$1)"
_BINARY = frozenset({"cbor", "smile"})
_PUSHBACK = "(PushbackInputStream)"
_CONTAINERS = {ord("{"): ("Object", "}"), ord("["): ("Array", "]")}
_SHIFTED = frozenset({"character", "number-character", "close-marker", "control-character", "escape"})
"""The kinds for which the older JSON reader counts one more column."""
_LIMITS = {
    "depth": "nesting_depth",
    "number-length": "number_digits",
    "name-length": "key_bytes",
    "numeric-string-length": "numeric_string_characters",
}
_NO_POSITION = (CONSTRAINT, CONVERSION)
"""The exceptions of the JSON reader that the server takes for I/O errors; their messages have no position."""
_FAILED = 500
"""The status when the server takes an exception for a failure of its own."""
_LONG_NUMBER = 1000
"""From how many digits on the JSON reader shows only the number of digits."""


class FirstFault(NamedTuple):
    """The first fault of a payload, as far as the server's answer depends on it.

    Attributes:
        lines: The lines of the payload.
        source: The JSON reader's name of what it reads; None is its name for a body.
    """

    fault: Fault
    release: Release
    lines: Lines
    source: str | None = None

    def refusal(self) -> Refusal:
        """The server's answer to the payload."""
        return _Chain(self.fault, self.release, self.lines, self.source).refusal()

    def innermost(self) -> tuple[int, Problem]:
        """The status of the answer, and its innermost exception; it takes a fraction of the time of the answer."""
        return _Chain(self.fault, self.release, self.lines, self.source).innermost()


def refusal(fault: Fault, release: Release, lines: Lines, source: str | None = None) -> Refusal:
    """The server's answer to a payload whose first fault is this one; for the arguments see :class:`FirstFault`."""
    return FirstFault(fault, release, lines, source).refusal()


class _Chain:
    def __init__(self, fault: Fault, release: Release, lines: Lines, source: str | None) -> None:
        self.fault = fault
        self.traits = release.era.traits
        self.limits = release.limits
        self.lines = lines
        self.older = "older-json-reader" in self.traits
        self.given_source = source
        # The error for a bare word is at its start, or after what was read.
        self.at_start = fault.kind == "bare-word" and "word-error-at-start" in self.traits
        self.server_offset = fault.offset if self.at_start else fault.server_offset
        self.one_handler = "one-handler-for-reads" in self.traits

    # ---- positions --------------------------------------------------------------------------------------------------

    def position(self, offset: int, column_shift: int = 0) -> str:
        line, column = self.lines.server(offset, column_shift)
        return f"[{line}:{column}]"

    def source(self, offset: int, column_shift: int = 0) -> str:
        return f"[Source: {self.source_name()}; {self.lines.source_place(offset, column_shift)}]"

    def source_name(self) -> str:
        if self.lines.format == "smile" and "smile-pushback-source" in self.traits:
            return _PUSHBACK
        return self.given_source or (STREAM if self.older else _BYTES)

    def fault_position(self) -> str:
        return self.position(self.server_offset, self.column_shift())

    def column_shift(self) -> int:
        shift = 0 if self.at_start else self.fault.column_shift
        return shift + (self.older and self.fault.kind in _SHIFTED)

    # ---- the chain --------------------------------------------------------------------------------------------------

    def refusal(self) -> Refusal:
        fault = self.fault
        error = self.fault_problem()
        status = self.status(error)
        if status == _FAILED:
            error = problem("failed-event")._replace(caused_by=error)
        position = self.position(fault.token_start) if fault.enclosing else ""
        for parser, field in reversed(fault.enclosing):
            reason = f"{position} {text('failed-field', parser=parser, field=field)}"
            error = Problem(type=PARSE, reason=reason, caused_by=error)
        return Refusal(status=status, problem=error, root=self.root(error))

    def innermost(self) -> tuple[int, Problem]:
        """The status, and the innermost exception."""
        error = self.fault_problem()
        return self.status(error), innermost(error)

    def status(self, error: Problem) -> int:
        """The status of the answer to the exception of the fault."""
        is_wrapped = not self.fault.enclosing and error.type in (END_OF_FILE, *_NO_POSITION) and self.is_raw(error)
        return _FAILED if is_wrapped else 400

    def root(self, error: Problem) -> Problem:
        """The exception that the answer calls the root cause."""
        while error.caused_by is not None and error.caused_by.type in (PARSE, END_OF_FILE):
            if self.is_raw(error.caused_by):
                break
            error = error.caused_by
        return error

    def is_raw(self, error: Problem) -> bool:
        """Whether the server takes an exception for an I/O error."""
        return error.type in _NO_POSITION or error.reason.startswith(RAW_END)

    def fault_problem(self) -> Problem:
        """The exception of the fault, without those of the enclosing fields."""
        kind = self.fault.kind
        if kind == "format":
            error = self.format_problem(*self.fault.args)
            return error if error.type == PARSE else self.reader_problem(error)
        key = f"older-{kind}" if self.older and f"older-{kind}" in MESSAGES else kind
        if kind == "number-range" and self.older and self.lines.format in _BINARY and _is_long(self.fault.args[0]):
            key = "older-binary-number-range"
        elif kind == "filter" and self.fault.args[1] == BINARY:
            key = "binary-filter"
        values = self.values()
        if kind == "close-marker" and values["opened"] < 0 and "root-close-marker" in self.traits:
            key = "root-close-marker"
        error = problem(key, **values)
        if error.type in READER:
            return self.reader_problem(error)
        if error.type in _NO_POSITION:
            return Problem(type=PARSE, reason=error.reason, caused_by=error) if self.one_handler else error
        if kind == "missing":
            reasons = [text("missing", fields=", ".join(names)) for names in self.fault.args[0]]
            return error._replace(reason=" ".join(reasons) + " " * ("trailing-space" in self.traits))
        if error.type == PARSE:
            return error._replace(reason=f"{self.fault_position()} {error.reason}")
        return error

    def reader_problem(self, error: Problem) -> Problem:
        """The JSON reader's exception, and the one above it, which depends on what was read."""
        fault = self.fault
        error = error._replace(reason=f"{error.reason}\n at {self.source(self.server_offset, self.column_shift())}")
        if fault.reading == "string" and not self.one_handler and "string-error-has-position" not in self.traits:
            return error
        if error.type == END_OF_INPUT and (self.one_handler or fault.reading == "token"):
            if fault.reading == "token" and "raw-end-of-input" in self.traits:
                reason = RAW_END + error.reason
            else:
                reason = f"{self.fault_position()} {text('end-of-file')}"
            return Problem(type=END_OF_FILE, reason=reason, caused_by=error)
        return Problem(type=PARSE, reason=f"{self.fault_position()} {error.reason}", caused_by=error)

    def format_problem(self, problem: FormatProblem) -> Problem:
        """The exception of the parser of another format than JSON, with those below it."""
        below: Problem | None = None
        for cause, reason in reversed(problem.causes):
            below = Problem(type=cause, reason=reason, caused_by=below)
        reason = problem.reason
        if self.lines.format != "yaml":
            reason = reason.replace(
                "\0", self.source_name() if self.lines.format == "cbor" or self.older else "UNKNOWN"
            )
        return Problem(type=problem.type, reason=reason, caused_by=below)

    # ---- the values of the message ----------------------------------------------------------------------------------

    def values(self) -> dict[str, Any]:
        """What the fields of the message's template are replaced with."""
        kind = self.fault.kind
        values = dict(zip(_ARGUMENTS[kind], self.fault.args, strict=False))
        if "code" in values:
            values["character"] = described(values["code"])
        if kind in _LIMITS:
            values["limit"] = getattr(self.limits, _LIMITS[kind])
        elif kind == "end":
            values["start"] = f" (start marker at {self.source(values['opened'])})" if "opened" in values else ""
        elif kind == "close-marker":
            values |= self.brackets(chr(values["code"]), values["opened"])
        elif kind == "number-range":
            digits = values["number"].lstrip("-")
            if digits.isdigit() and len(digits) >= _LONG_NUMBER:
                values["number"] = f"[Integer with {len(digits)} digits]"
        elif kind == "number-format" and "untrimmed-number-strings" in self.traits:
            values["reason"] = integer.reason_untrimmed(values["reason"], values["string"])
        elif kind == "unknown-field":
            node = values["node"]
            values |= {"parser": node.parser, "suggestions": did_you_mean(values["key"], node.fields)}
        return values

    def brackets(self, bracket: str, opened: int) -> dict[str, str]:
        """The wrong closing bracket, and the open one with the bracket that closes it."""
        if opened < 0:
            container, closing = "root", "]" if bracket == "}" else "}"
            if "root-close-marker" in self.traits:
                container = "Object" if bracket == "}" else "Array"
        else:
            container, closing = _CONTAINERS[self.lines.byte(opened)]
        return {"bracket": bracket, "container": container, "closing": closing, "start": self.source(opened)}


def described(code: int) -> str:
    """A character as the JSON reader shows it: with its code, in hexadecimal too when it is large."""
    character = chr(code & 0xFFFF)
    if unicodedata.category(character) == "Cc":
        return f"(CTRL-CHAR, code {code})"
    return f"'{character}' (code {code}{f' / 0x{code:x}' if code > 255 else ''})"


def _is_long(number: str) -> bool:
    """Whether a number is an integer of 64 bits."""
    return number.lstrip("-").isdigit() and -(2**63) <= int(number) < 2**63
