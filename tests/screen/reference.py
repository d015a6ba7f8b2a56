"""What each term of a screen means, written for readers: the oracle of the generated code, one value at a time."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from eventlint.ingest.java_uri import ABSOLUTE
from eventlint.ingest.uri_parts import uri_parts

Term = Sequence[Any]


def suspects(terms: Sequence[Term], value: Any, raw: bytes, key: str | None = None, *, is_key: bool = False) -> bool:
    """Whether one of some terms suspects a string or number, or the key of an entry.

    Args:
        terms: The terms.
        value: The value, as the server reads it.
        raw: Its bytes as they were sent.
        key: The key of the entry that a string belongs to.
        is_key: Whether the value is that key.
    """
    of_keys = [term[1:] for term in terms if term[0] == "key"]
    of_values = [term for term in terms if term[0] != "key"]
    if is_key:
        return any(_one(term, value, raw, None) for term in of_keys)
    found = any(_one(term, value, raw, key) for term in of_values)
    return found or (key is not None and any(_one(term, key, key.encode("utf-8", "replace"), None) for term in of_keys))


def _size(text: str) -> int:
    return len(text.encode("utf-8", "surrogatepass"))


def _one(term: Term, value: Any, raw: bytes, key: str | None) -> bool:
    operation, *arguments = term
    if operation == "always":
        return True
    if operation == "not_integer":
        return raw != str(value).encode()
    if operation == "malformed":
        return raw.decode("utf-8", "replace").encode() != raw
    if not isinstance(value, str):
        return False
    found: bool = _STRING[operation](value, key, *arguments)
    return found


def _ordinary_url(text: str) -> bool:
    """Whether a URL is ordinary: by its parts, and by the characters of its host and port."""
    if text == "":
        return True
    scheme, colon, rest = text.partition("://")
    authority = re.split("[/?#]", rest, maxsplit=1)[0]
    host, _, port = authority.partition(":")
    is_usual = re.fullmatch(r"[0-9A-Za-z.\-]+", host) and re.fullmatch(r"[0-9]{1,5}", port or "0")
    parts = uri_parts(text)
    assert not is_usual or parts is not None or scheme not in ("http", "https") or not colon
    return bool(is_usual) and scheme in ("http", "https") and colon != "" and not authority.endswith(":")


def _query(text: str) -> str:
    return text.split("#")[0].partition("?")[2]


def _is_parameter(text: str, endings: Sequence[str]) -> bool:
    """Whether a parameter has a name with one of some endings, or is encoded."""
    for at in (at for at, character in enumerate(text) if character == "="):
        before = text[:at]
        without_bracket = before.removesuffix("]")
        ends = (before, without_bracket, *(one[:-1] for one in (before, without_bracket) if one[-1:].isdecimal()))
        if any(one.casefold().endswith(tuple(endings)) for one in ends):
            return True
    for unit in re.finditer("%([0-7][0-9A-Fa-f])(=?)", text):
        decoded = chr(int(unit[1], 16))
        if decoded.isalnum() or decoded in "%-._=" or decoded + unit[2] == "]=":
            return True
    return re.search("(?i)%e2%84%aa", text) is not None


def _digits_after(text: str, count: int, prefixes: Sequence[str]) -> bool:
    for prefix in prefixes:
        for match in re.finditer(re.escape(prefix), text):
            at, digits, gap = match.end(), 0, 0
            while at < len(text) and digits < count:
                if text[at].isdecimal():
                    digits, gap = digits + 1, 0
                elif gap < 2 and (text[at] in "().-" or text[at].isspace()):
                    gap += 1
                else:
                    break
                at += 1
            if digits >= count:
                return True
    return False


def _digit_groups(text: str, sizes: Sequence[int]) -> bool:
    first, *others = sizes
    head = rf"(\(\d{{{first}}}\)\s?|\d{{{first}}}[-.\s])"
    body = r"[-.\s]".join(rf"\d{{{size}}}" for size in others)
    for match in re.finditer(f"(?={head}{body})", text):
        whole = re.compile(head + body).match(text, match.start())
        assert whole is not None
        before, after = text[: whole.start()][-1:], text[whole.end() :][:1]
        if not re.match(r"[\w+.-]", before) and not re.match(r"[\w-]", after):
            return True
    return False


_STRING: dict[str, Any] = {
    "not_strict": lambda v, k: False,
    "unencodable": lambda v, k: any("\ud800" <= character <= "\udfff" for character in v),
    "blank": lambda v, k, spaces: all(character in spaces for character in v),
    "whitespace": lambda v, k: not v or v.isspace(),
    "whitespace_ends": lambda v, k: v != v.strip() and not v.isspace(),
    "max_utf16": lambda v, k, most: sum(2 if character > "\uffff" else 1 for character in v) > most,
    "max_bytes": lambda v, k, most: _size(v) > most,
    "max_bytes_with_key": lambda v, k, most: _size(v) + _size(k or "") > most,
    "in_set": lambda v, k, strings: v in strings,
    "not_in_set": lambda v, k, strings: v not in strings,
    "starts_and_ends_with_any": lambda v, k, starts, ends: v != "" and v[0] in starts and v[-1] in ends,
    "contains_any": lambda v, k, strings: any(one in v for one in strings),
    "contains_any_before": lambda v, k, strings, others: (
        any(one in v for one in strings) and any(one in v for one in others)
    ),
    "contains_any_ignoring_case": lambda v, k, strings: any(one in v.lower() for one in strings),
    "digits_after": lambda v, k, count, prefixes: _digits_after(v, count, prefixes),
    "digit_groups": lambda v, k, *sizes: _digit_groups(v, sizes),
    "url": lambda v, k: not _ordinary_url(v) and re.search(ABSOLUTE, v) is None,
    "parameter": lambda v, k, endings: _is_parameter(v, endings),
    "contains_any_after": lambda v, k, before, strings: any(first + one in v for first in before for one in strings),
    "in_query": lambda v, k, terms: _query(v) != "" and any(_one(term, _query(v), b"", None) for term in terms),
}
