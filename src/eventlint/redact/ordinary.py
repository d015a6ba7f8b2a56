"""Recognizes ordinary text, in which no expression of this package can find a secret.

Quotation marks and apostrophes divide a text into pieces: keys, strings, and the structure between them. A text is
ordinary if each of its pieces is harmless, wherever it is. A piece is harmless if it has one of a few simple forms, and
no name at its end indicates a secret. All other text is searched, also if it only looks unusual, or has letters that
Latin-1 lacks.

No form has a parenthesis, a plus sign or an angle bracket, nor what is decoded. A match of most expressions is in one
piece, and the forms exclude it. A value after a name may be in another piece; its name is at the end of a piece or
before an equals sign, where names are tested. An at sign is only at the start of a piece, where it makes no e-mail
address.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import filterfalse

from eventlint.redact.names import kind_of_key
from eventlint.redact.quick_tests import PAIRED
from eventlint.redact.service_keys import keys


def is_ordinary(text: str) -> bool:
    """Whether each piece of a text is harmless. If not, the text may have a secret."""
    try:
        line = text.encode("latin-1").translate(_ZEROS)
    except UnicodeEncodeError:
        return False
    if b"'" in line:
        if b"@" in line:  # an apostrophe may be in an e-mail address or a password
            return False
        line = line.replace(b"'", b'"')
    pieces = _unknown_pieces(line.replace(_SESSION, _NO_SESSION))
    if not _SESSIONS.isdisjoint(pieces):
        pieces = _unknown_pieces(_NO_SECRET_SESSION.sub(_NO_NAME, line))
    return all(map(_is_harmless, pieces))


def stays_ordinary(text: str, strings: Iterable[str]) -> bool:
    """Whether an ordinary text is still ordinary after strings in it have been replaced.

    Args:
        text: The text.
        strings: What is in quotation marks instead: ASCII without quotation marks and backslashes.
    """
    joined = '"'.join(strings)
    if "'" in joined or ("@" in joined and "'" in text):
        return False
    return all(map(_is_harmless, _unknown_pieces(joined.encode("ascii").translate(_ZEROS))))


def _unknown_pieces(line: bytes) -> list[bytes]:
    return [*filterfalse(_known.__contains__, line.split(b'"'))]


_ZEROS = bytes.maketrans(b"123456789", b"000000000")
"""Whether a piece is harmless does not depend on which digits it has."""

_SESSIONS = frozenset({b"session", b"sessionId", b"session_id"})
"""The only names in many events that indicate a secret. They do so only for some values, of which the part up to the
next colon decides. If it has no word that looks secret, the name is as good as none."""

_SESSION = b'"session":{"id":'
_NO_SECRET_SESSION = re.compile(rb'"session(?:Id|_id)?": ?(?=\{ ?"[a-z]{1,10}":|\{\}|null[,}])')
_NO_NAME = b'"":'
_NO_SESSION = b'"":{"id":'

_known: set[bytes] = set()
"""Harmless pieces that were read: events have the same keys, and often the same values."""

_MOST_KNOWN = 2048
_LONGEST_KNOWN = 64
"""The number of pieces that are kept, and of characters of the longest one."""


def _is_harmless(piece: bytes) -> bool:
    """Whether a piece, with zeros for digits, has a simple form, and no name at its end indicates a secret."""
    match = _FORM.fullmatch(piece)
    if match is None:
        return False
    if match.lastgroup == "identifier" and piece.strip(b"0"):  # most differ
        return not piece.rstrip(b"0-").endswith(_HEXADECIMAL_NAME)
    if match.lastgroup == "named" and not _has_ordinary_name(piece):
        return False
    if len(piece) <= _LONGEST_KNOWN:
        if len(_known) >= _MOST_KNOWN:
            _known.clear()
        _known.add(piece)
    return True


_HEXADECIMAL_NAME = b"0fa"
"""The only name that indicates a secret and has a digit, or only hexadecimal digits: ``2fa``."""


def _has_ordinary_name(piece: bytes) -> bool:
    """Whether the name at the end of a piece indicates no secret, and there is no key of a service in the piece."""
    if len(piece) > _LONGEST_SHORT and keys(piece.decode("latin-1")):
        return False
    name = piece.rpartition(b" ")[2].rpartition(b"/")[2].lstrip(b"@")
    if b"=" in name:
        return all(map(_is_ordinary_name, _IN_QUERY.findall(name)))
    return _is_ordinary_name(name)


def _is_ordinary_name(name: bytes) -> bool:
    """Whether a name indicates no secret, whatever its value is."""
    text = _without_number(name).decode("latin-1")
    return _HEXADECIMAL_NAME not in name.lower() and text not in PAIRED and kind_of_key(text) is None


def _without_number(name: bytes) -> bytes:
    """A name without the number at its end, as in :func:`eventlint.redact.names.kind_of_key`."""
    return name.rstrip(b"0").rstrip(b"_-.")


_STRUCTURE = r" *+(?:(?:-?[0-9]{1,18}+(?:\.[0-9]{1,9}+)?+|true|false|null)?+[]{}[,:] *+)*+"
"""A bracket, a comma or a colon follows each number, so that it is not a part of a telephone number or an argument."""

_IDENTIFIER = "[0-9a-f]{1,64}+|[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}"
"""No prefix of the keys of a service has only hexadecimal digits. Its parts are too long for a telephone number."""

_TIME = r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]{1,9}+)?+Z?+"

_NUMBERS = r"[0-9]{1,4}+(?:[.-][0-9]{1,3}+){1,3}+"
"""An address or a date. The last part of a telephone number has four digits."""

_LONGEST_SHORT = 14
_SHORT = f"[A-Za-z][0-9A-Za-z_.-]{{0,{_LONGEST_SHORT - 1}}}+"
"""A word that is shorter than all keys of services. Without a space after it, it is neither the name of an
authentication scheme nor an argument of a program, and a telephone number has no letter or sign before it."""

_JOINED = "[a-z]{1,14}+(?:[-_.](?:[a-z]{1,14}+|[0-9]{1,15}+))*+"
_PLACEHOLDER = rf"\{{\{{ ?{_JOINED} ?\}}\}}"
"""Words and numbers. No prefix of keys has such numbers, so that zeros do not hide it. A telephone number has no letter
or sign before it."""

_LOWER = r"[a-z\xdf-\xf6\xf8-\xff]"
_UPPER = r"[A-Z\xc0-\xd6\xd8-\xde]"
_LETTER = rf"{_LOWER[:-1]}{_UPPER[1:]}"
_WORD = (
    f"(?:{_LETTER}{_LOWER}{{0,13}}+(?:-{_LOWER}{{1,14}}+){{0,2}}+"
    f"|{_UPPER}{_LOWER}{{0,5}}+-{_UPPER}{_LOWER}{{0,5}}+|{_UPPER}{{1,14}}+"
    "|[0-9]{1,5}+(?! [0-9])|[a-z]{1,3}[0-9]{1,2}|[0-9]{1,3}[A-Za-z]{1,2}|[-|&](?![,.!?]))[,.!?]?+(?![^ ])"
)
_WORDS = f" ?{_WORD}(?: {_WORD})*+(?:(?<! is)(?<! was) )?+"
"""A sentence. No word looks random or like a credential, so that it does not matter whether the name of a secret or of
an authentication scheme precedes it. A hyphen is between letters or alone, so that no argument of a program begins with
it. No number is next to another one, so that there is no telephone number. A verb at the end could be about the next
piece."""

_PART = "(?:[A-Z]?[a-z]{1,14}+|[0-9]{1,15}+(?![.-][0-9]))"
_PARTS = f"(?![MNO][0-9A-Za-z_-]{{22}}){_PART}(?:[._-]{_PART})*+"
_HOST = "(?:localhost(?::[0-9]{1,5}+)?+|[a-z]{1,15}+(?:[.-][a-z]{1,15}+)*+)"
_SEGMENT = f"(?:[a-z]{{1,10}}+[0-9]{{1,4}}+|{_PARTS})(?![^/?])"
_QUERY = f"[a-z_]{{1,20}}+=(?:{_PARTS})?+"
_URL = f"(?:https?://{_HOST})?+(?:/{_SEGMENT})*+/?+(?:\\?{_QUERY}(?:&{_QUERY})*+)?+"
"""A URL. The names of its parameters are tested. No segment looks random, so that it does not matter which one precedes
it. Only a whole segment has letters and digits in a row. None begins like the key of a bot of Discord, which may be
words."""

_IN_QUERY = re.compile(b"[^?&=]++")

_FORM = re.compile(
    f"(?P<identifier>{_IDENTIFIER})|(?P<named>{_WORDS}|{_SHORT}| ?{_JOINED} ?|{_URL}|{_PLACEHOLDER}|@[a-z]{{1,14}}+)"
    f"|{_STRUCTURE}|{_TIME}|{_NUMBERS}".encode("latin-1")
)
"""The forms of harmless pieces; the ends of those that are not named are not names that indicate a secret."""
