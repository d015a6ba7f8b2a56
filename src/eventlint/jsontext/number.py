"""The numbers of a JSON text, as the server's reader reads them."""

from __future__ import annotations

import re
from collections.abc import Callable

from eventlint.jsontext import strings
from eventlint.jsontext.dialect import UTF8, Dialect
from eventlint.jsontext.syntax_error import JsonSyntaxError

_NUMBER = re.compile(rb"-?(0|[1-9][0-9]*+)(\.[0-9]++)?([eE][-+]?[0-9]++)?").match
_DIGITS = re.compile(rb"[0-9]*+").match
_SPACE = frozenset(b" \t\r\n")
_AFTER_MINUS = "expected digit (0-9) to follow minus sign, for valid numeric value"
_VALUES = "expected a valid value (JSON String, Number, Array, Object or token 'null', 'true' or 'false')"
_NO_PLUS = (
    "JSON spec does not allow numbers to have plus signs: "
    "enable `JsonReadFeature.ALLOW_LEADING_PLUS_SIGN_FOR_NUMBERS` to allow"
)


def read_number(
    data: bytes,
    pos: int,
    at_root: bool,
    max_digits: int | None,
    current_name: Callable[[], str],
    dialect: Dialect = UTF8,
) -> int:
    """The end of a number.

    Args:
        data: The text.
        pos: Where the number begins: at its sign or its first digit.
        at_root: Whether it is outside all brackets, where white space must follow.
        max_digits: How many digits it may have, without sign, point and exponent mark; None is no limit.
        current_name: Returns the name of the current token; called only when the input ends.
        dialect: The reader's differences.

    Raises:
        JsonSyntaxError: It is not a number, or has too many digits.
    """
    match = _NUMBER(data, pos)
    if match is None:
        raise _start_error(data, pos, current_name, dialect)
    end = match.end()
    following = data[end] if end < len(data) else 0x20
    if following in b"0123456789.eE":
        error = _end_error(data, match, current_name, dialect)
        if error is not None:
            raise error
    if following >= 0x80 and dialect.in_units:
        following = strings.next_code(data, end, current_name, dialect)
    if at_root and following not in _SPACE:
        raise JsonSyntaxError("character", end, following, "Expected space separating root-level values")
    if max_digits is not None and end - pos > max_digits:
        digits = _counted_digits(data, match, dialect)
        if digits > max_digits:
            raise JsonSyntaxError("number-length", pos, digits)
    return end


def _counted_digits(data: bytes, match: re.Match[bytes], dialect: Dialect) -> int:
    """How many digits of a number count for the limit; one less when a fraction or exponent is read in parts."""
    digits = sum(map(str.isdigit, match[0].decode("ascii")))
    is_short = bool(match[2]) != bool(match[3])
    if is_short and dialect.in_units and not dialect.reads_at_once(data, match.start(), match.end()):
        return digits - 1
    return digits


def _start_error(data: bytes, pos: int, current_name: Callable[[], str], dialect: Dialect) -> JsonSyntaxError:
    """The error for a number that begins with a plus sign, or with a minus sign and no digit."""
    sign = data[pos : pos + 1].decode("ascii")
    if pos + 1 >= len(data):
        inside = " in a Number value" if sign == "+" else dialect.end_after_minus.format(token=current_name())
        return JsonSyntaxError("end", len(data), inside)
    at = pos + 1
    code = strings.next_code(data, at, current_name, dialect)
    if code == ord("."):
        if sign == "-" and at not in dialect.buffer_starts:
            return JsonSyntaxError("character", at, code, _VALUES)
    elif code == ord("I"):
        at += 1
        if at >= len(data):
            return JsonSyntaxError("end", len(data), " in a Number value")
        code = strings.next_code(data, at, current_name, dialect)
        if code >= 0x80 and not dialect.in_units:
            code -= 0x100  # the reader of UTF-8 reports a signed byte
        token = {ord("N"): sign + "INF", ord("n"): sign + "Infinity"}.get(code)
        if token is not None:
            rest = token[3:].encode()
            same = 0
            while same < len(rest) and data[at + 1 + same : at + 2 + same] == rest[same : same + 1]:
                same += 1
            if same < len(rest):
                return strings.bare_word(data, pos, token[: 3 + same], at + 1 + same, current_name, dialect)
            end = at + 1 + same
            longer = strings.longer_word(data, pos, token, end, current_name, dialect)
            return longer or JsonSyntaxError("non-standard-token", pos, token, server_offset=end - 1, column_shift=1)
    if sign == "+":
        return JsonSyntaxError("number-character", pos, ord("+"), _NO_PLUS, server_offset=at)
    return JsonSyntaxError("number-character", at, code, _AFTER_MINUS)


def _end_error(
    data: bytes, match: re.Match[bytes], current_name: Callable[[], str], dialect: Dialect
) -> JsonSyntaxError | None:
    """The error for a number that does not end here; None when it does."""
    end = match.end()
    following = data[end]
    if following not in b".eE":
        return JsonSyntaxError("leading-zero", match.start(1), server_offset=match.start(1), column_shift=1)
    if match[3] or (match[2] and following == ord(".")):
        return None
    if following == ord("."):
        at = end + 1 if end + 1 < len(data) else end
        return _character_error(data, match, at, "Decimal point not followed by a digit", current_name, dialect)
    at = end + 1
    if data[at : at + 1] in (b"-", b"+"):
        at += 1
    if at >= len(data):
        return JsonSyntaxError("end", len(data), dialect.end_of_exponent.format(token=current_name()))
    return _character_error(data, match, at, "Exponent indicator not followed by a digit", current_name, dialect)


def _character_error(
    data: bytes, match: re.Match[bytes], at: int, expected: str, current_name: Callable[[], str], dialect: Dialect
) -> JsonSyntaxError:
    """The error for a character where a digit must follow the part of a number that matched.

    A reader that reads the number in one step reports the point or exponent mark that first ended its digits.
    """
    code = strings.next_code(data, at, current_name, dialect)
    server_offset = at
    if dialect.in_units and at > match.end() and dialect.reads_at_once(data, match.start(), at):
        server_offset = match.end(1)
    return JsonSyntaxError("number-character", at, code, expected, server_offset=server_offset)
