"""The numbers of a JSON text, as the server's reader reads them."""

from __future__ import annotations

import re
from collections.abc import Callable

from eventlint.jsontext.syntax_error import JsonSyntaxError

_NUMBER = re.compile(rb"-?(0|[1-9][0-9]*+)(\.[0-9]++)?([eE][-+]?[0-9]++)?").match
_DIGITS = re.compile(rb"[0-9]*+").match
_AFTER_MINUS = "expected digit (0-9) to follow minus sign, for valid numeric value"
_NO_PLUS = (
    "JSON spec does not allow numbers to have plus signs: "
    "enable `JsonReadFeature.ALLOW_LEADING_PLUS_SIGN_FOR_NUMBERS` to allow"
)


def read_number(data: bytes, pos: int, at_root: bool, max_digits: int | None, current_name: Callable[[], str]) -> int:
    """The end of a number.

    Args:
        data: The text.
        pos: Where the number begins: at its sign or its first digit.
        at_root: Whether it is outside all brackets, where white space must follow.
        max_digits: How many digits it may have, without sign, point and exponent mark; None is no limit.
        current_name: Returns the name of the current token; called only when the input ends.

    Raises:
        JsonSyntaxError: It is not a number, or has too many digits.
    """
    match = _NUMBER(data, pos)
    if match is None:
        raise _start_error(data, pos, current_name)
    end = match.end()
    following = data[end] if end < len(data) else 0x20
    if following in b"0123456789.eE":
        error = _end_error(data, match, current_name)
        if error is not None:
            raise error
    if at_root and following not in b" \t\r\n":
        raise JsonSyntaxError("character", end, following, "Expected space separating root-level values")
    if max_digits is not None and end - pos > max_digits:
        digits = sum(map(str.isdigit, data[pos:end].decode("ascii")))
        if digits > max_digits:
            raise JsonSyntaxError("number-length", pos, digits)
    return end


def _start_error(data: bytes, pos: int, current_name: Callable[[], str]) -> JsonSyntaxError:
    """The error for a number that begins with a plus sign, or with a minus sign and no digit."""
    from eventlint.jsontext import strings as strings

    sign = data[pos : pos + 1].decode("ascii")
    if pos + 1 >= len(data):
        return JsonSyntaxError("end", len(data), " in a Number value" if sign == "+" else f" in {current_name()}")
    code = data[pos + 1]
    at = pos + 1
    if code == ord("."):
        if sign == "-":
            return JsonSyntaxError(
                "character",
                at,
                code,
                "expected a valid value (JSON String, Number, Array, Object or token 'null', 'true' or 'false')",
            )
    elif code == ord("I"):
        at += 1
        if at >= len(data):
            return JsonSyntaxError("end", len(data), " in a Number value")
        code = data[at] if data[at] < 0x80 else data[at] - 0x100  # the server's reader reports a signed byte
        token = {ord("N"): sign + "INF", ord("n"): sign + "Infinity"}.get(code)
        if token is not None:
            rest = token[3:].encode()
            same = 0
            while same < len(rest) and data[at + 1 + same : at + 2 + same] == rest[same : same + 1]:
                same += 1
            if same < len(rest):
                return strings.bare_word(data, pos, token[: 3 + same], at + 1 + same, current_name)
            end = at + 1 + same
            longer = strings.longer_word(data, pos, token, end, current_name)
            return longer or JsonSyntaxError("non-standard-token", pos, token, server_offset=end - 1, column_shift=1)
    if sign == "+":
        return JsonSyntaxError("number-character", pos, ord("+"), _NO_PLUS, server_offset=at)
    return JsonSyntaxError("number-character", at, code, _AFTER_MINUS)


def _end_error(data: bytes, match: re.Match[bytes], current_name: Callable[[], str]) -> JsonSyntaxError | None:
    """The error for a number that does not end here; None when it does."""
    end = match.end()
    following = data[end]
    if following not in b".eE":
        return JsonSyntaxError("leading-zero", match.start(1), server_offset=match.start(1), column_shift=1)
    if match[3] or (match[2] and following == ord(".")):
        return None
    if following == ord("."):
        at = end + 1 if end + 1 < len(data) else end
        return JsonSyntaxError("number-character", at, data[at], "Decimal point not followed by a digit")
    at = end + 1
    if data[at : at + 1] in (b"-", b"+"):
        at += 1
    if at >= len(data):
        return JsonSyntaxError("end", len(data), f" in {current_name()}")
    return JsonSyntaxError("number-character", at, data[at], "Exponent indicator not followed by a digit")
