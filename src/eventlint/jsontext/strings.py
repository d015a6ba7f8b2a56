"""The characters of a JSON text: strings, names, escapes and UTF-8, as laxly as the server's reader takes them.

It must not know tokens or events. Offsets are bytes from 0.

The reader takes overlong forms, encoded surrogates and code points beyond Unicode; it refuses a byte that cannot begin
a character, and one that cannot continue it. Texts are Java's: UTF-16 units, joined to code points where they pair up.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from eventlint.jsontext.java_text import continues_identifier
from eventlint.jsontext.lazy_regex import Lazy
from eventlint.jsontext.syntax_error import JsonSyntaxError

MAX_WORD = 256
"""How many characters of a bare word the reader's message shows before it breaks off."""


CurrentName = Callable[[], str]
"""Tells the name of the reader's current token; it is asked only when the input ends inside a character."""

_SIMPLE = re.compile(rb'"([^"\\\x00-\x1f\x80-\xff]*+)"').match
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


def read(data: bytes, at: int, current_name: CurrentName) -> tuple[str, int]:
    """The content of the string whose opening quote is at an offset, and the offset after its closing quote.

    Raises:
        JsonSyntaxError: It cannot be read.
    """
    match = _SIMPLE(data, at)
    if match is not None:
        return match[1].decode("ascii"), match.end()
    parts: list[str] = []
    end = _walk(data, at + 1, current_name, parts)
    return join_units("".join(parts)), end


def skip(data: bytes, at: int, current_name: CurrentName) -> int:
    """The offset after the string whose opening quote is at an offset; it is checked as if it were read.

    Raises:
        JsonSyntaxError: It cannot be read.
    """
    match = _SIMPLE(data, at)
    return match.end() if match is not None else _walk(data, at + 1, current_name, None)


def _walk(data: bytes, pos: int, current_name: CurrentName, parts: list[str] | None) -> int:
    """Read a string's content from an offset to its closing quote; the texts of its parts go into a list."""
    size = len(data)
    while True:
        match = _STRICT.match(data, pos)
        assert match is not None  # noqa: S101 - it matches everywhere
        if parts is not None and match.end() > pos:
            parts.append(match[0].decode())
        pos = match.end()
        if pos >= size:
            raise JsonSyntaxError("end", size, f" in {current_name()}")
        byte = data[pos]
        if byte == 0x22:
            return pos + 1
        if byte == 0x5C:
            unit, pos = _escape(data, pos, current_name)
        elif byte >= 0x80:
            unit, pos = _lax_character(data, pos, current_name)
        else:
            raise JsonSyntaxError("control-character", pos, byte, "string value")
        if parts is not None:
            parts.append(unit)


def read_name(data: bytes, at: int, limit: int | None) -> tuple[str, int]:
    """The name whose opening quote is at an offset, and the offset after its closing quote.

    A name is decoded only when its closing quote was found, so control characters and escapes are told before bytes
    that are not UTF-8.

    Args:
        data: The text.
        at: The offset of the opening quote.
        limit: How many bytes the name may have; None is no limit.

    Raises:
        JsonSyntaxError: It cannot be read, or is too long.
    """
    size = len(data)
    pos = at + 1
    if pos >= size:
        raise JsonSyntaxError("end", size, ": was expecting closing '\"' for name")
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
            return _decode_name(b"".join(parts), at, pos + 1), pos + 1
        if byte != 0x5C:
            raise JsonSyntaxError("control-character", pos, byte, "name")
        unit, pos = _escape(data, pos, lambda: "FIELD_NAME")
        parts.append(unit.encode("utf-8", "surrogatepass"))
        length += len(parts[-1])


def _decode_name(raw: bytes, at: int, end: int) -> str:
    """Decode a name's bytes; the messages show a middle byte together with those before it in its group of four."""
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
            raise JsonSyntaxError("utf8-start", at, lead, server_offset=end - 1, past=1)
        if pos + 1 + needed > size:
            raise JsonSyntaxError("end", at, " in field name", server_offset=end - 1, past=1)
        for index in range(pos + 1, pos + 1 + needed):
            if raw[index] & 0xC0 != 0x80:
                told = raw[index] if index == pos + 3 else _group(raw, index)
                raise JsonSyntaxError("utf8-middle", at, told, server_offset=end - 1, past=1)
        units.append(_units(raw[pos : pos + 1 + needed], in_name=True))
        pos += 1 + needed
    return join_units("".join(units))


def _group(raw: bytes, index: int) -> int:
    """The bytes of a group of four up to an index, as an unsigned number of 32 bits with the sign drawn out."""
    group = raw[index & ~3 : index + 1]
    return int.from_bytes(group, "big", signed=True) & 0xFFFFFFFF


def character(data: bytes, pos: int, current_name: CurrentName) -> tuple[int, int]:
    """The code of the character at an offset, and the offset after it, for a message.

    Raises:
        JsonSyntaxError: It is not UTF-8, not even laxly.
    """
    byte = data[pos]
    if byte < 0x80:
        return byte, pos + 1
    end = pass_character(data, pos, current_name)
    return _code(data[pos:end]) & 0xFFFF, end


def pass_character(data: bytes, pos: int, current_name: CurrentName) -> int:
    """The offset after the character of several bytes that begins at an offset.

    Raises:
        JsonSyntaxError: It is not UTF-8, not even laxly.
    """
    byte = data[pos]
    needed = continuations(byte)
    if needed == 0:
        raise JsonSyntaxError("utf8-start", pos, byte, server_offset=pos, past=1)
    for index in range(pos + 1, pos + 1 + needed):
        if index >= len(data):
            raise JsonSyntaxError("end", len(data), f" in {current_name()}")
        if data[index] & 0xC0 != 0x80:
            raise JsonSyntaxError("utf8-middle", index, data[index], server_offset=index, past=1)
    return pos + 1 + needed


def bare_word(data: bytes, start: int, word: str, pos: int, current_name: CurrentName) -> JsonSyntaxError:
    """What is wrong with a word that stands without quotes.

    Args:
        data: The text.
        start: Where the word begins.
        word: What was read of it.
        pos: The byte after that.
        current_name: Tells the reader's current token, should the input end.
    """
    letters = list(word)
    end = pos
    while end < len(data):
        code, end = character(data, end, current_name)
        if not continues_identifier(code):
            break
        letters.append(chr(code))
        if len(letters) >= MAX_WORD:
            letters.append("...")
            break
    return JsonSyntaxError("bare-word", start, "".join(letters), server_offset=end - 1, past=1)


def longer_word(data: bytes, start: int, word: str, end: int, current_name: CurrentName) -> JsonSyntaxError | None:
    """What is wrong when an expected word goes on as an identifier would; None when it ends.

    The server's reader takes the first byte of a longer character for its second byte, too, and so refuses it.

    Args:
        data: The text.
        start: Where the word begins.
        word: The expected word.
        end: The byte after it.
        current_name: Tells the reader's current token, should the input end.
    """
    following = data[end] if end < len(data) else 0
    if following >= 0x80:
        if continuations(following) == 0:
            return JsonSyntaxError("utf8-start", end, following, server_offset=end - 1, past=1)
        return JsonSyntaxError("utf8-middle", end, following, server_offset=end, past=1)
    if following >= 0x30 and following not in b"]}" and continues_identifier(following):
        return bare_word(data, start, word, end, current_name)
    return None


def join_units(text: str) -> str:
    """A text in which surrogates that pair up are one character."""
    if text.isascii() or not any("\ud800" <= unit <= "\udfff" for unit in text):
        return text
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass")


def _escape(data: bytes, pos: int, current_name: CurrentName) -> tuple[str, int]:
    """The unit of UTF-16 that an escape stands for, and the offset after it."""
    size = len(data)
    if pos + 1 >= size:
        raise JsonSyntaxError("end", size, " in character escape sequence")
    byte = data[pos + 1]
    simple = _ESCAPES.get(byte)
    if simple is not None:
        return simple, pos + 2
    if byte != ord("u"):
        code, end = character(data, pos + 1, current_name)
        raise JsonSyntaxError("escape", pos + 1, code, server_offset=end - 1)
    unit = 0
    for index in range(pos + 2, pos + 6):
        if index >= size:
            raise JsonSyntaxError("end", size, " in character escape sequence")
        digit = _HEX.get(data[index])
        if digit is None:
            raise JsonSyntaxError("character", index, data[index], _EXPECTED_HEX)
        unit = unit << 4 | digit
    return chr(unit), pos + 6


def _lax_character(data: bytes, pos: int, current_name: CurrentName) -> tuple[str, int]:
    """A character that strict UTF-8 does not have, as Java's units, and the offset after it."""
    end = pass_character(data, pos, current_name)
    return _units(data[pos:end]), end


def continuations(lead: int) -> int:
    """How many bytes follow the first of a character; 0 when it cannot be a first byte."""
    if lead & 0xE0 == 0xC0:
        return 1
    if lead & 0xF0 == 0xE0:
        return 2
    if lead & 0xF8 == 0xF0:
        return 3
    return 0


def _code(raw: bytes) -> int:
    """The number that the bytes of a character hold."""
    code = raw[0] & (0x7F >> len(raw))
    for byte in raw[1:]:
        code = code << 6 | byte & 0x3F
    return code


def _units(raw: bytes, *, in_name: bool = False) -> str:
    """The units of UTF-16 that the reader makes of a character's bytes.

    Of an overlong form of four bytes it makes odd ones: it adds in names, and joins bits in strings.
    """
    code = _code(raw)
    if len(raw) < 4:
        return chr(code)
    code -= 0x10000
    high = 0xD800 + (code >> 10) if in_name else 0xD800 | code >> 10
    return chr(high & 0xFFFF) + chr(0xDC00 | code & 0x3FF)
