"""The strings, keys, escapes and UTF-8 of a JSON text, decoded as leniently as by the server's reader.

The reader accepts overlong forms, encoded surrogates and code points beyond Unicode. It rejects a byte that cannot
begin a character and one that cannot continue it. Strings are Java's: UTF-16 units, with paired surrogates joined.
Offsets count bytes from 0.
"""

from __future__ import annotations

import json.decoder
import re
from collections.abc import Callable

from eventlint.jsontext.dialect import UTF8, Dialect
from eventlint.jsontext.java_text import continues_identifier
from eventlint.jsontext.lazy_regex import Lazy
from eventlint.jsontext.measures import has_surrogate, utf16_length
from eventlint.jsontext.syntax_error import JsonSyntaxError

MAX_WORD = 256
"""How many characters of a bare word the reader's message shows."""

CurrentName = Callable[[], str]
"""Returns the name of the current token; called only when the input ends inside a character."""

_SIMPLE = re.compile(rb'"([^"\\\x00-\x1f\x80-\xff]*+)"').match
_ORDINARY = Lazy(rb'"(?:[^"\\\x00-\x1f]++|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*+"')
_scan: Callable[[str, int], tuple[str, int]] = vars(json.decoder)["scanstring"]  # type checkers do not know it
_NAME_CHUNK = Lazy(rb'[^"\\\x00-\x1f]*+')
_STRICT = Lazy(
    rb"(?:[^\x00-\x1f\x80-\xff\"\\]|[\xc2-\xdf][\x80-\xbf]|\xe0[\xa0-\xbf][\x80-\xbf]|[\xe1-\xec\xee\xef][\x80-\xbf]{2}"
    rb"|\xed[\x80-\x9f][\x80-\xbf]|\xf0[\x90-\xbf][\x80-\xbf]{2}|[\xf1-\xf3][\x80-\xbf]{3}|\xf4[\x80-\x8f][\x80-\xbf]{2})*+"
)
_ESCAPES = {
    ord("b"): "\b",
    ord("t"): "\t",
    ord("n"): "\n",
    ord("f"): "\f",
    ord("r"): "\r",
    ord('"'): '"',
    ord("/"): "/",
    ord("\\"): "\\",
}
_HEX = {code: int(chr(code), 16) for code in b"0123456789abcdefABCDEF"}
_EXPECTED_HEX = "expected a hex-digit for character escape sequence"


def read(data: bytes, at: int, current_name: CurrentName, dialect: Dialect = UTF8) -> tuple[str, int]:
    """The content of the string whose opening quote is at an offset, and the offset after its closing quote."""
    match = _SIMPLE(data, at)
    if match is not None:
        return match[1].decode("ascii"), match.end()
    ordinary = _ordinary(data, at)
    if ordinary is not None:
        return ordinary
    parts: list[str] = []
    end = _walk(data, at + 1, current_name, parts, dialect)
    return join_units("".join(parts)), end


def skip(data: bytes, at: int, current_name: CurrentName, dialect: Dialect = UTF8) -> int:
    """The offset after the string whose opening quote is at an offset, with the same checks as :func:`read`."""
    match = _SIMPLE(data, at)
    if match is not None:
        return match.end()
    ordinary = _ordinary(data, at)
    return ordinary[1] if ordinary is not None else _walk(data, at + 1, current_name, None, dialect)


def _ordinary(data: bytes, at: int) -> tuple[str, int] | None:
    """As :func:`read`, in a few steps; None for a string that strict JSON does not allow.

    Escapes for both halves of a surrogate pair are joined, as Java does.
    """
    match = _ORDINARY.match(data, at)
    if match is None:
        return None
    try:
        content = data[at : match.end()].decode()
    except UnicodeDecodeError:
        return None
    return (_scan(content, 1)[0] if "\\" in content else content[1:-1]), match.end()


def _walk(
    data: bytes,
    pos: int,
    current_name: CurrentName,
    parts: list[str] | None,
    dialect: Dialect,
    inside: str = "string value",
) -> int:
    """Read the content of a string to its closing quote and append its parts to a list."""
    size = len(data)
    while True:
        match = _STRICT.match(data, pos)
        assert match is not None  # noqa: S101 - it matches everywhere
        if parts is not None and match.end() > pos:
            parts.append(match[0].decode())
        pos = match.end()
        if pos >= size:
            raise JsonSyntaxError("end", size, dialect.end_of_string.format(token=current_name()))
        byte = data[pos]
        if byte == 0x22:
            return pos + 1
        if byte == 0x5C:
            unit, pos = _escape(data, pos, current_name, dialect)
        elif byte >= 0x80:
            start = pos
            unit, pos = _lax_character(data, pos, current_name)
            if (
                dialect.raw_surrogates_rejected
                and len(unit) == 1
                and parts is not None
                and "\ud800" <= unit <= "\udfff"
            ):
                raise JsonSyntaxError("raw-surrogate", start, ord(unit), server_offset=pos - 1, column_shift=1)
        else:
            raise JsonSyntaxError("control-character", pos, byte, inside)
        if parts is not None:
            parts.append(unit)


def read_key(data: bytes, at: int, limit: int | None, dialect: Dialect = UTF8) -> tuple[str, int]:
    """The key whose opening quote is at an offset, and the offset after its closing quote.

    A key is decoded after its closing quote is found, so errors in escapes and control characters come before errors
    in UTF-8.
    """
    ordinary = _ordinary(data, at)
    if (
        ordinary is not None
        and (limit is None or ordinary[1] - at - 2 <= limit)
        and not (dialect.key_surrogates_rejected and has_surrogate(ordinary[0]))
    ):
        return ordinary
    if dialect.in_units:
        return _read_wide_key(data, at, limit, dialect)
    size = len(data)
    pos = at + 1
    if pos >= size:
        raise JsonSyntaxError("end", size, dialect.end_after_quote)
    parts: list[bytes] = []
    length = 0
    while True:
        match = _NAME_CHUNK.match(data, pos)
        assert match is not None  # noqa: S101 - it matches everywhere
        parts.append(match[0])
        length += match.end() - pos
        pos = match.end()
        if limit is not None and length > limit:
            raise JsonSyntaxError("name-length", at, length)
        if pos >= size:
            raise JsonSyntaxError("end", size, " in field name")
        byte = data[pos]
        if byte == 0x22:
            return _decode_key(b"".join(parts), at, pos + 1, dialect), pos + 1
        if byte != 0x5C:
            raise JsonSyntaxError("control-character", pos, byte, "name")
        unit, pos = _escape(data, pos, lambda: "FIELD_NAME", dialect)
        if dialect.key_surrogates_rejected and "\ud800" <= unit <= "\udfff":
            rest, pos = _low_surrogate(data, unit, pos, dialect)
            unit = join_units(unit + rest)
        parts.append(unit.encode("utf-8", "surrogatepass"))
        length += len(parts[-1])


def _low_surrogate(data: bytes, unit: str, pos: int, dialect: Dialect) -> tuple[str, int]:
    """The second half of a pair in a key, whose first escape ends at an offset, and the offset after it."""
    if unit >= "\udc00":
        raise JsonSyntaxError("unexpected-low-surrogate", pos - 6, ord(unit), server_offset=pos - 1, column_shift=1)
    if pos >= len(data):
        raise JsonSyntaxError("end", pos, " in field name")
    if data[pos] != 0x5C:
        raise JsonSyntaxError("high-surrogate-alone", pos - 6, data[pos], server_offset=pos)
    low, end = _escape(data, pos, lambda: "FIELD_NAME", dialect)
    if not "\udc00" <= low <= "\udfff":
        raise JsonSyntaxError("low-surrogate-expected", pos - 6, ord(low), server_offset=end - 1, column_shift=1)
    return low, end


def _read_wide_key(data: bytes, at: int, limit: int | None, dialect: Dialect) -> tuple[str, int]:
    """As :func:`read_key`, for a key that the reader gets as UTF-16 units; its length is checked after its end."""
    parts: list[str] = []
    in_key = dialect._replace(end_of_string=dialect.end_after_quote)
    end = _walk(data, at + 1, lambda: "FIELD_NAME", parts, in_key, "name")
    key = "".join(parts)
    if limit is not None and len(data) - at > limit and (length := utf16_length(key)) > limit:
        raise JsonSyntaxError("name-length", at, length)
    return join_units(key), end


def _decode_key(raw: bytes, at: int, end: int, dialect: Dialect) -> str:
    """Decode a key. Errors show an invalid middle byte together with the bytes before it in its group of four."""
    try:
        return raw.decode()
    except UnicodeDecodeError:
        pass
    units: list[str] = []
    pos, size = 0, len(raw)
    while pos < size:
        lead = raw[pos]
        if lead < 0x80:
            units.append(chr(lead))
            pos += 1
            continue
        needed = continuations(lead)
        if needed == 0:
            raise JsonSyntaxError("utf8-start", at, lead, server_offset=end - 1, column_shift=1)
        if pos + 1 + needed > size:
            raise JsonSyntaxError("end", at, " in field name", server_offset=end - 1, column_shift=1)
        for index in range(pos + 1, pos + 1 + needed):
            if raw[index] & 0xC0 != 0x80:
                code = raw[index] if index == pos + 3 else _group(raw, index)
                raise JsonSyntaxError("utf8-middle", at, code, server_offset=end - 1, column_shift=1)
        units.append(_units(raw[pos : pos + 1 + needed], in_key=True))
        if dialect.raw_surrogates_rejected and needed == 2 and "\ud800" <= units[-1] <= "\udfff":
            raise JsonSyntaxError("raw-surrogate", at, ord(units[-1]), server_offset=end - 1, column_shift=1)
        pos += 1 + needed
    return join_units("".join(units))


def _group(raw: bytes, index: int) -> int:
    """The bytes of a group of four up to an index, sign-extended to 32 bits, as an unsigned number."""
    group = raw[index & ~3 : index + 1]
    return int.from_bytes(group, "big", signed=True) & 0xFFFFFFFF


def character(data: bytes, pos: int, current_name: CurrentName, dialect: Dialect = UTF8) -> tuple[int, int]:
    """The code of the character at an offset, and the offset after it, for a message."""
    byte = data[pos]
    if byte < 0x80:
        return byte, pos + 1
    end = skip_character(data, pos, current_name)
    code = _code(data[pos:end])
    return _utf16_units(code)[0] if dialect.in_units else code & 0xFFFF, end


def next_code(data: bytes, pos: int, current_name: CurrentName, dialect: Dialect) -> int:
    """What the reader takes for the next character at an offset: a byte, or a UTF-16 unit."""
    byte = data[pos]
    return character(data, pos, current_name, dialect)[0] if byte >= 0x80 and dialect.in_units else byte


def skip_character(data: bytes, pos: int, current_name: CurrentName) -> int:
    """The offset after the multi-byte character that begins at an offset."""
    byte = data[pos]
    needed = continuations(byte)
    if needed == 0:
        raise JsonSyntaxError("utf8-start", pos, byte, server_offset=pos, column_shift=1)
    for index in range(pos + 1, pos + 1 + needed):
        if index >= len(data):
            raise JsonSyntaxError("end", len(data), f" in {current_name()}")
        if data[index] & 0xC0 != 0x80:
            raise JsonSyntaxError("utf8-middle", index, data[index], server_offset=index, column_shift=1)
    return pos + 1 + needed


def bare_word(
    data: bytes, start: int, word: str, pos: int, current_name: CurrentName, dialect: Dialect = UTF8
) -> JsonSyntaxError:
    """The error for a word without quotes, of which a part was read."""
    letters = list(word)
    end = pos
    while end < len(data):
        begin = end
        code, end = character(data, end, current_name, dialect)
        if not continues_identifier(code):
            if not dialect.consumes_word_end:
                end = begin
            break
        letters.append(chr(code))
        if len(letters) >= MAX_WORD:
            letters.append("...")
            break
    return JsonSyntaxError("bare-word", start, "".join(letters), server_offset=end - 1, column_shift=1)


def longer_word(
    data: bytes, start: int, word: str, end: int, current_name: CurrentName, dialect: Dialect = UTF8
) -> JsonSyntaxError | None:
    """The error for an expected word that goes on like an identifier; None when it ends.

    The reader of UTF-8 takes the first byte of a multi-byte character also as its second byte, and so rejects it.
    """
    following = next_code(data, end, current_name, dialect) if end < len(data) else 0
    if following >= 0x80 and not dialect.in_units:
        if continuations(following) == 0:
            return JsonSyntaxError("utf8-start", end, following, server_offset=end - 1, column_shift=1)
        return JsonSyntaxError("utf8-middle", end, following, server_offset=end, column_shift=1)
    if following >= 0x30 and following not in (0x5D, 0x7D) and continues_identifier(following):
        return bare_word(data, start, word, end, current_name, dialect)
    return None


def join_units(text: str) -> str:
    """A string with paired surrogates joined to one character."""
    if not has_surrogate(text):
        return text
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass")


def _escape(data: bytes, pos: int, current_name: CurrentName, dialect: Dialect) -> tuple[str, int]:
    """The UTF-16 unit of an escape, and the offset after it."""
    size = len(data)
    if pos + 1 >= size:
        raise JsonSyntaxError("end", size, " in character escape sequence")
    byte = data[pos + 1]
    simple = _ESCAPES.get(byte)
    if simple is not None:
        return simple, pos + 2
    if byte != ord("u"):
        code, end = character(data, pos + 1, current_name, dialect)
        raise JsonSyntaxError("escape", pos + 1, code, server_offset=end - 1)
    value = 0
    for index in range(pos + 2, pos + 6):
        if index >= size:
            raise JsonSyntaxError("end", size, " in character escape sequence")
        digit = _HEX.get(data[index])
        if digit is None:
            if dialect.in_units:
                return _escape_in_units(data, pos, current_name)
            raise JsonSyntaxError("character", index, data[index], _EXPECTED_HEX)
        value = value << 4 | digit
    return chr(value), pos + 6


def _escape_in_units(data: bytes, pos: int, current_name: CurrentName) -> tuple[str, int]:
    """As :func:`_escape`, for hexadecimal digits that are the low bytes of UTF-16 units, perhaps of a pair."""
    value = digits = 0
    pos += 2
    while digits < 4:
        if pos >= len(data):
            raise JsonSyntaxError("end", len(data), " in character escape sequence")
        code, end = data[pos], pos + 1
        if code >= 0x80:
            end = skip_character(data, pos, current_name)
            code = _code(data[pos:end])
        for index, unit in enumerate(_utf16_units(code)):
            if digits == 4:
                return chr(value) + chr(unit), end
            digit = _HEX.get(unit & 0xFF)
            if digit is None:
                raise JsonSyntaxError("character", pos, unit, _EXPECTED_HEX, column_shift=index)
            value = value << 4 | digit
            digits += 1
        pos = end
    return chr(value), pos


def _lax_character(data: bytes, pos: int, current_name: CurrentName) -> tuple[str, int]:
    """The UTF-16 units of a character that strict UTF-8 does not allow, and the offset after it."""
    end = skip_character(data, pos, current_name)
    return _units(data[pos:end]), end


def continuations(lead: int) -> int:
    """How many bytes follow the first byte of a character; 0 for a byte that cannot begin one."""
    if lead & 0xE0 == 0xC0:
        return 1
    if lead & 0xF0 == 0xE0:
        return 2
    if lead & 0xF8 == 0xF0:
        return 3
    return 0


def _code(raw: bytes) -> int:
    """The code point in the bytes of a character."""
    code = raw[0] & (0x7F >> len(raw))
    for byte in raw[1:]:
        code = code << 6 | byte & 0x3F
    return code


def _utf16_units(code: int) -> tuple[int, ...]:
    """The one or two UTF-16 units of a code point."""
    return (code,) if code <= 0xFFFF else (0xD800 + (code - 0x10000 >> 10), 0xDC00 | code & 0x3FF)


def _units(raw: bytes, *, in_key: bool = False) -> str:
    """The UTF-16 units that the reader decodes from the bytes of a character.

    For an overlong form of four bytes, the reader adds the offset in keys and sets its bits in strings.
    """
    code = _code(raw)
    if len(raw) < 4:
        return chr(code)
    code -= 0x10000
    high = 0xD800 + (code >> 10) if in_key else 0xD800 | code >> 10
    return chr(high & 0xFFFF) + chr(0xDC00 | code & 0x3FF)
