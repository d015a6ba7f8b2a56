"""Parses regular expressions into trees, as far as ECMAScript and Python agree."""

from __future__ import annotations

import functools
import re
from typing import NamedTuple

_COUNTS = re.compile(r"\{(\d+)(,?)(\d*)\}")
_CONTROLS = {"n": "\n", "t": "\t", "r": "\r", "f": "\f", "v": "\v", "0": "\0"}
_HEX = {"x": 2, "u": 4, "U": 8}
_LAST = 0x10FFFF
_TESTS = {name: re.compile(f"\\{name}").match for name in "dDwWsS"}


class Unreadable(Exception):  # noqa: N818 - never leaves the room
    """The expression contains unknown syntax."""


class Chars(NamedTuple):
    r"""One character of a set.

    Attributes:
        ranges: The first and last code point of each range.
        categories: Letters of ``\d \w \s`` and their opposites.
        negated: Whether the set is all other characters.
    """

    ranges: tuple[tuple[int, int], ...] = ()
    categories: str = ""
    negated: bool = False

    def has(self, character: str) -> bool:
        """Whether a character is in the set."""
        code = ord(character)
        found = any(low <= code <= high for low, high in self.ranges) or any(
            _TESTS[name](character) for name in self.categories
        )
        return found != self.negated


class Seq(NamedTuple):
    """A sequence."""

    parts: tuple[Node, ...]


class Alt(NamedTuple):
    """A choice."""

    options: tuple[Node, ...]


class Repeat(NamedTuple):
    """A repetition; ``high`` is None without a limit."""

    body: Node
    low: int
    high: int | None


class Anchor(NamedTuple):
    """A position: ``^``, ``$``, a word boundary (``b``) or no word boundary (``B``)."""

    kind: str


class Look(NamedTuple):
    """A lookahead: what follows must match, or must not."""

    body: Node
    negated: bool


Node = Chars | Seq | Alt | Repeat | Anchor | Look


@functools.lru_cache(maxsize=1024)
def parse(pattern: str) -> Node:
    """The tree of an expression.

    Args:
        pattern: An expression that is supported.

    Raises:
        Unreadable: It contains unknown syntax.
    """
    try:
        parser = _Parser(pattern)
        tree = parser.alternatives()
        if parser.pos < len(pattern):
            raise Unreadable("an unbalanced parenthesis")
        return tree
    except (RecursionError, IndexError, ValueError) as error:
        raise Unreadable(str(error)) from error


class _Parser:
    def __init__(self, text: str) -> None:
        self.text = text
        self.pos = 0
        self.folds = False

    def _is_at(self, word: str) -> bool:
        return self.text.startswith(word, self.pos)

    def alternatives(self) -> Node:
        options = [self._sequence()]
        while self._is_at("|"):
            self.pos += 1
            options.append(self._sequence())
        return options[0] if len(options) == 1 else Alt(tuple(options))

    def _sequence(self) -> Node:
        parts: list[Node] = []
        while self.pos < len(self.text) and self.text[self.pos] not in "|)":
            atom = self._atom()
            parts.append(self._repeated(atom))
        return parts[0] if len(parts) == 1 else Seq(tuple(parts))

    def _repeated(self, atom: Node) -> Node:
        while self.pos < len(self.text):
            simple = {"*": (0, None), "+": (1, None), "?": (0, 1)}.get(self.text[self.pos])
            if simple is not None:
                low, high = simple
                self.pos += 1
            else:
                counts = _COUNTS.match(self.text, self.pos)
                if counts is None:
                    break
                low = int(counts[1])
                high = (int(counts[3]) if counts[3] else None) if counts[2] else low
                self.pos = counts.end()
            self.pos += self._is_at("?")  # lazy ones match the same strings
            if self._is_at("+"):
                raise Unreadable("a possessive repetition")
            atom = Repeat(atom, low, high)
        return atom

    def _atom(self) -> Node:
        character = self.text[self.pos]
        self.pos += 1
        if character == "(":
            return self._group()
        if character == "[":
            return self._set()
        if character == ".":
            return Chars(((10, 10), (13, 13), (0x2028, 0x2029)), negated=True)
        if character in "^$":
            return Anchor(character)
        if character == "\\":
            return self._escape()
        return self._literal(character)

    def _literal(self, character: str) -> Chars:
        forms = {character, *(form for form in (character.lower(), character.upper()) if self.folds and len(form) == 1)}
        return Chars(tuple((ord(form), ord(form)) for form in sorted(forms)))

    def _group(self) -> Node:
        if not self._is_at("?"):
            return self._close(self.alternatives())
        self.pos += 1
        if self._is_at(":"):
            self.pos += 1
            return self._close(self.alternatives())
        if self._is_at("=") or self._is_at("!"):
            self.pos += 1
            negated = self.text[self.pos - 1] == "!"
            return self._close(Look(self.alternatives(), negated))
        if self._is_at("<=") or self._is_at("<!"):
            raise Unreadable("a lookbehind")
        if self._is_at("P<") or self._is_at("<"):
            self.pos = self.text.index(">", self.pos) + 1
            return self._close(self.alternatives())
        flags = re.compile(r"([aimsu]+)\)").match(self.text, self.pos)
        if flags is None:
            raise Unreadable("unknown group")
        self.folds = self.folds or "i" in flags[1]
        self.pos = flags.end()
        return Seq(())

    def _close(self, tree: Node) -> Node:
        self.pos += 1
        return tree

    def _escape(self) -> Node:
        character = self.text[self.pos]
        if character in "bB":
            self.pos += 1
            return Anchor(character)
        if character in "Az":
            self.pos += 1
            return Anchor("^" if character == "A" else "$")
        if character in "pPk123456789":
            raise Unreadable("a Unicode property, or a backreference")
        if character in _TESTS:
            self.pos += 1
            return Chars(categories=character)
        return self._literal(self._escaped())

    def _escaped(self) -> str:
        """The character of an escape; :attr:`pos` is after the backslash."""
        character = self.text[self.pos]
        self.pos += 1
        if character == "u" and self._is_at("{"):
            end = self.text.index("}", self.pos)
            code = int(self.text[self.pos + 1 : end], 16)
            self.pos = end + 1
            return chr(code)
        if character == "c":
            self.pos += 1
            return chr(ord(self.text[self.pos - 1]) % 32)
        if character in _HEX:
            size = _HEX[character]
            code = int(self.text[self.pos : self.pos + size], 16)
            self.pos += size
            return chr(code)
        return _CONTROLS.get(character, character)

    def _set(self) -> Chars:
        negated = self._is_at("^")
        self.pos += negated
        ranges: list[tuple[int, int]] = []
        categories = ""
        is_first = True
        while is_first or not self._is_at("]"):
            is_first = False
            low = self._member()
            if isinstance(low, Chars):
                categories += low.categories
                continue
            high = low
            if self._is_at("-") and not self._is_at("-]"):
                self.pos += 1
                high = self._character()
            ranges += self._folded(ord(low), ord(high))
        self.pos += 1
        return Chars(tuple(ranges), categories, negated)

    def _member(self) -> str | Chars:
        if self._is_at("\\") and self.text[self.pos + 1] in _TESTS:
            self.pos += 2
            return Chars(categories=self.text[self.pos - 1])
        return self._character()

    def _character(self) -> str:
        character = self.text[self.pos]
        self.pos += 1
        if character == "\\" and self._is_at("b"):
            self.pos += 1
            return "\b"
        if character == "\\" and self.text[self.pos] in "pP":
            raise Unreadable("a Unicode property")
        return self._escaped() if character == "\\" else character

    def _folded(self, low: int, high: int) -> list[tuple[int, int]]:
        if not self.folds:
            return [(low, high)]
        if high - low > 200:
            return [(low, high), (0x41, 0x7A)]
        forms = {form for code in range(low, high + 1) for form in (chr(code).lower(), chr(code).upper())}
        return [(low, high), *((ord(form), ord(form)) for form in sorted(forms) if len(form) == 1)]
