"""Findings for JSON around events that cannot be read, such as an array or an envelope that is cut off."""

from __future__ import annotations

from eventlint.jsontext.cursor import skip_value
from eventlint.jsontext.decoding import Decoded
from eventlint.jsontext.positions import Lines
from eventlint.jsontext.reader import END, Reader
from eventlint.jsontext.syntax_error import JsonSyntaxError
from eventlint.model import Finding


def syntax_error(text: bytes, start: int = 0) -> JsonSyntaxError | None:
    """The error that ends the reading of the first value in a text; None if it can be read."""
    reader = Reader(text, start)
    try:
        token = reader.first()
        if token == END:
            return JsonSyntaxError("end", len(text), "")
        skip_value(reader, token)
    except JsonSyntaxError as error:
        return error
    return None


def problem_of(error: JsonSyntaxError, text: bytes, hint: str | None = None) -> Finding:
    """The finding for an error of the reader, with its position in the text; ``hint`` is used if the rule has none."""
    from eventlint.mirror.faults import Fault
    from eventlint.rules import rule_of

    fault = Fault.of_syntax_error(error)
    rule = rule_of(fault)
    diagnostic = rule.module.describe(fault, None)
    at = min(error.at, len(text))
    return Finding(
        rule=rule.name,
        tier="error",
        message=diagnostic.message,
        position=Lines(Decoded(data=text)).positions([at])[at],
        hint=diagnostic.hint or hint,
        fatal=True,
    )
