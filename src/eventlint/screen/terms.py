"""The vocabulary of screens: what each term suspects, and the Python expression that evaluates it.

A term is a tuple: an operation, and its arguments. It suspects values; silence means that the rule which declares it
reports nothing about the value. ``("key", operation, ...)`` applies the operation to the keys of an object with any
keys, and ``("in_query", terms)`` applies terms to the query of a URL.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from eventlint.ingest.java_uri import ABSOLUTE
from eventlint.jsontext.measures import byte_length, has_surrogate, key_byte_length, query_of, utf16_length
from eventlint.named_tuples import NamedTuple
from eventlint.screen.string_tests import StringTest, ending_before_equals, is_word, text_after

Term = tuple[Any, ...]


class Operation(NamedTuple):
    """One operation of the vocabulary.

    Attributes:
        suspects: The values that a term with this operation suspects.
        expression: Makes the Python expression that is true for a suspect string ``v``, from the arguments and a
            function that gives a constant a name.
        silent_on_words: Whether a term never suspects a word: a non-empty string of ASCII letters, digits, hyphens and
            underscores that is within the term's limit, and that has another character if it has a hyphen or an
            underscore. Most IDs are words, so one test of the alphabet replaces all such terms.
        limit: The largest length of a word on which the term is silent; None is no limit.
    """

    suspects: str
    expression: Callable[[tuple[Any, ...], Callable[[str, Any], str]], str]
    silent_on_words: Callable[[tuple[Any, ...]], bool] = lambda arguments: False
    limit: Callable[[tuple[Any, ...]], int | None] = lambda arguments: None


def _always_silent(arguments: tuple[Any, ...]) -> bool:
    return True


_WORD_CHARACTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz-"


def _has_no_word_character(text: str) -> bool:
    return bool(text.strip(_WORD_CHARACTERS))


class Pattern(NamedTuple):
    """A constant of generated code: the function that searches for a regular expression.

    Attributes:
        source: The expression.
    """

    source: str


class MadeTest(NamedTuple):
    """A constant of generated code: a test of strings.

    Attributes:
        make: The function of :mod:`eventlint.screen.string_tests` that makes the test.
        arguments: The arguments of that function.
    """

    make: Callable[..., StringTest]
    arguments: tuple[Any, ...]


_ORDINARY_URL = r"\A(?:https?://[0-9A-Za-z.\-]++(?::[0-9]{1,5})?+(?:[/?#](?s:.*))?+)?+\Z"


def _alternatives(texts: tuple[str, ...]) -> str:
    return "|".join(map(re.escape, texts))


def _digits_after(arguments: tuple[Any, ...]) -> str:
    count, prefixes = arguments
    return rf"(?:{_alternatives(prefixes)})(?:[\s().-]{{0,2}}\d){{{count}}}"


def _digit_groups(arguments: tuple[Any, ...]) -> str:
    first, *others = arguments
    middle = "".join(rf"\d{{{size}}}[-.\s]" for size in others[:-1])
    return rf"(?<![\w+.-])(?:\(\d{{{first}}}\)\s?|\d{{{first}}}[-.\s])" + middle + rf"\d{{{others[-1]}}}(?![\w-])"


_ENCODED_IN_NAME = r"%(?:25|2[DdEe]|3[0-9Dd]|4[1-9A-Fa-f]|5[0-9AaFf]|5[Dd]=|6[1-9A-Fa-f]|7[0-9Aa]|[Ee]2%84%[Aa][Aa])"
"""A percent-encoded character that the name of a parameter may have, an equals sign, or a percent sign.

The Kelvin sign is one of them, because its lower case is a letter of ASCII."""


def _parameter(arguments: tuple[Any, ...], name: Callable[[str, Any], str]) -> str:
    has_name = name("has_name", MadeTest(ending_before_equals, arguments))
    is_encoded = name("search", Pattern(_ENCODED_IN_NAME))
    return f"('=' in v and {has_name}(v) or '%' in v and {is_encoded}(v) is not None)"


_HEAD = 3


def _contains_any_after(arguments: tuple[Any, ...], name: Callable[[str, Any], str]) -> str:
    characters, strings = arguments
    # All characters of all strings take four times as long to compile as the first ones.
    heads = Pattern(f"[{re.escape(characters)}]{_any_of({one[:_HEAD] for one in strings})}")
    return f"{name('search', heads)}(v) is not None and {name('follows', MadeTest(text_after, arguments))}(v)"


def _any_of(strings: Iterable[str]) -> str:
    """An expression for one of some strings, as a tree of their characters; of two prefixes, the shorter one counts."""
    rests: dict[str, list[str]] = {}
    for one in sorted(strings):
        rests.setdefault(one[:1], []).append(one[1:])
    if "" in rests:
        return ""
    firsts: dict[str, str] = {}
    for first, below in rests.items():
        rest = _any_of(below)
        firsts[rest] = firsts.get(rest, "") + first
    found = [(f"[{re.escape(some)}]" if len(some) > 1 else re.escape(some)) + rest for rest, some in firsts.items()]
    return found[0] if len(found) == 1 else f"(?:{'|'.join(found)})"


def _contains_any(texts: tuple[str, ...], text: str = "v") -> str:
    return "(" + " or ".join(f"{one!r} in {text}" for one in texts) + ")"


OPERATIONS: Mapping[str, Operation] = {
    "always": Operation("Every value.", lambda a, name: "True"),
    "not_strict": Operation(
        "A payload that is not one JSON text (RFC 8259) in UTF-8 without a mark and without duplicate keys, or that "
        "has a value of another type than the specification's. Decoding and the plan's structure settle this.",
        lambda a, name: "False",
        _always_silent,
    ),
    "not_integer": Operation(
        "A number that is not written as an integer without exponent; the type of a decoded number settles this.",
        lambda a, name: "False",
        _always_silent,
    ),
    "malformed": Operation(
        "Bytes that are not well-formed UTF-8; decoding settles this.", lambda a, name: "False", _always_silent
    ),
    "unencodable": Operation(
        "A string with a lone surrogate.",
        lambda a, name: f"not v.isascii() and {name('has_surrogate', has_surrogate)}(v)",
        _always_silent,
    ),
    "blank": Operation(
        "A string that is empty, or only of the given white space.",
        # Each character up to the space is white space or a control character.
        lambda a, name: f"(v < '!' or not v.isascii()) and not v.strip({name('WHITE_SPACE', a[0])})",
        _always_silent,
    ),
    "whitespace": Operation(
        "A string that is empty or only white space.", lambda a, name: "not v.strip()", _always_silent
    ),
    "whitespace_ends": Operation(
        "A string that begins or ends with white space, and has another character.",
        lambda a, name: "(v[:1].isspace() or v[-1:].isspace()) and not v.isspace()",
        _always_silent,
    ),
    "max_utf16": Operation(
        "A string of more than so many UTF-16 code units.",
        lambda a, name: f"len(v) > {a[0] // 2} and {name('utf16_length', utf16_length)}(v) > {a[0]}",
        _always_silent,
        lambda a: int(a[0]),
    ),
    "max_bytes": Operation(
        "A string of more than so many bytes in UTF-8.",
        lambda a, name: f"len(v) > {a[0] // 4} and {name('byte_length', byte_length)}(v) > {a[0]}",
        _always_silent,
        lambda a: int(a[0]),
    ),
    "max_bytes_with_key": Operation(
        "A string that has, together with the key of its entry, more than so many bytes in UTF-8.",
        lambda a, name: (
            f"len(k) + len(v) > {a[0] // 4} and {name('key_byte_length', key_byte_length)}(k)"
            f" + {name('byte_length', byte_length)}(v) > {a[0]}"
        ),
    ),
    "in_set": Operation("One of some strings.", lambda a, name: f"v in {name('SET', frozenset(a[0]))}"),
    "not_in_set": Operation("None of some strings.", lambda a, name: f"v not in {name('SET', frozenset(a[0]))}"),
    "starts_and_ends_with_any": Operation(
        "A string whose first character is one of some, and whose last character is one of others.",
        lambda a, name: f"v[:1] in {name('STARTS', frozenset(a[0]))} and v[-1:] in {name('ENDS', frozenset(a[1]))}",
        lambda a: all(map(_has_no_word_character, a[0])),
    ),
    "contains_any": Operation(
        "A string that contains one of some strings.",
        lambda a, name: _contains_any(a[0]),
        lambda a: all(map(_has_no_word_character, a[0])),
    ),
    "contains_any_before": Operation(
        "A string that contains one of some strings before one of others.",
        lambda a, name: f"{_contains_any(a[0])} and {_contains_any(a[1])}",
        lambda a: all(map(_has_no_word_character, a[0])),
    ),
    "contains_any_ignoring_case": Operation(
        "A string that contains one of some strings of lower case, in any case.",
        lambda a, name: _contains_any(a[0], "v.lower()"),
        lambda a: all(map(_has_no_word_character, a[0])),
    ),
    "digits_after": Operation(
        "A string with at least so many digits after one of some prefixes; up to two of ``( ) . -`` and white space "
        "may precede each digit.",
        lambda a, name: f"{_contains_any(a[1])} and {name('search', Pattern(_digits_after(a)))}(v) is not None",
        lambda a: all(map(_has_no_word_character, a[1])),
    ),
    "digit_groups": Operation(
        "A string with groups of so many digits, separated by ``-``, ``.`` or white space (the first one may be in "
        "parentheses), that no word character, nor ``+ . -`` before, nor ``-`` after them continues.",
        lambda a, name: (
            f"len(v) >= {sum(a) + len(a) - 1} and {name('search', Pattern(_digit_groups(a)))}(v) is not None"
        ),
        _always_silent,  # such groups are as a whole digits and hyphens when they are the whole of a word
    ),
    "url": Operation(
        "A string that is neither empty nor an http or https URL with a host of ASCII letters, digits, hyphens and "
        "periods, without user information, whose path, query and fragment may have any characters; nor an absolute "
        "URI without user information whose host is no loopback address in brackets. An engine may be "
        "silent about other URLs that the pipeline can parse, if they have a scheme, no user information, and no host "
        "that is an address of the machine itself.",
        lambda a, name: (
            f"{name('ordinary_url', Pattern(_ORDINARY_URL))}(v) is None"
            f" and {name('absolute_uri', Pattern(ABSOLUTE))}(v) is None"
        ),
    ),
    "parameter": Operation(
        "A string with an equals sign after one of some strings of at least three ASCII characters, in any case, which "
        "a digit, a closing bracket, or both may follow; or with a percent-encoded character that a name may have, "
        "equals sign, or percent sign. An engine may be silent about such a character if what follows it, up to the "
        "end or a character that a name cannot have, has no equals sign, encoded or not.",
        _parameter,
    ),
    "contains_any_after": Operation(
        "A string that contains one of some strings directly after one of some characters.",
        _contains_any_after,
    ),
}
"""All operations for strings, by name."""

RELATIONS: Mapping[str, str] = {
    "same": "An object in which the strings at some pointers are equal.",
    "fewer": "An object in which the number at a pointer is less than the length of the array at another.",
    "repeated": "An object with more than one element in the array at a pointer, two of which have the same identity.",
    "outside": "An object with elements in the array at a pointer, none of which has the identity of its own.",
}
"""All operations for objects, by name; an identity is keys and keys below them, the first of which must be equal.

The last argument of ``repeated`` and ``outside`` is the whole identity. A simpler test may use the others alone."""


def alternatives(terms: tuple[Term, ...], name: Callable[[str, Any], str]) -> list[str]:
    """Expressions, one of which is true if one of the terms suspects the string ``v``.

    Args:
        terms: The terms.
        name: Gives a constant a name that the expressions use.
    """
    plain = [term for term in terms if term[0] != "in_query"]
    nested = [one for term in terms if term[0] == "in_query" for one in alternatives(term[1], name)]
    silent = [term for term in plain if OPERATIONS[term[0]].silent_on_words(term[1:])]
    found = _expressions(silent, name)
    if any(term[0] in ("digit_groups", "digits_after") for term in silent) and found:
        limits = [limit for term in silent if (limit := OPERATIONS[term[0]].limit(term[1:])) is not None]
        within = "".join(f" and len(v) <= {limit}" for limit in sorted(limits)[:1])
        is_short_word = f"v.isascii() and (v.isalnum() or {name('is_word', is_word)}(v)){within}"
        found = [f"not ({is_short_word}) and ({' or '.join(found)})"]
    found += _expressions([term for term in plain if term not in silent], name)
    if nested:
        query = f"(v := {name('query_of', query_of)}(v))"
        found.append(f"'?' in v and {query} and ({' or '.join(nested)})")
    return found


def _expressions(terms: list[Term], name: Callable[[str, Any], str]) -> list[str]:
    made = []
    blank = next((term for term in terms if term[0] == "blank"), None)
    if blank is not None and ("unencodable",) in terms:  # one test settles both for an ordinary string
        either = f"{name('has_surrogate', has_surrogate)}(v) or not v.strip({name('WHITE_SPACE', blank[1])})"
        made = [f"(v < '!' or not v.isascii()) and ({either})"]
        terms = [term for term in terms if term[0] not in ("blank", "unencodable")]
    made += [OPERATIONS[term[0]].expression(term[1:], name) for term in terms]
    return [f"({one})" if " and " in one else one for one in made if one != "False"]
