"""The events of YAML as the server's parser finds them, and its messages.

The server uses SnakeYAML, which began as a port of PyYAML. So this is PyYAML's parser, with the few differences.
"""

from __future__ import annotations

import re
from typing import Any

from yaml.error import Mark, MarkedYAMLError
from yaml.events import MappingEndEvent, SequenceEndEvent
from yaml.parser import Parser
from yaml.scanner import Scanner, ScannerError
from yaml.tokens import AliasToken, AnchorToken

from eventlint.mirror.formats.transcript import Problem
from eventlint.mirror.formats.yaml_text import YamlText, failed

_BREAKS = "\r\n\x85\u2028\u2029"
_BREAK = re.compile(f"[{_BREAKS}]")
_BLANKS = f"\0 \t{_BREAKS}"
_CODE_POINTS = 3 * 1024 * 1024
"""The limit of the parser."""
_LONGEST_KEY = 1024
"""How many characters a key may have that is not marked as one."""
_ESCAPES = {
    "0": "\0", "a": "\x07", "b": "\x08", "t": "\t", "n": "\n", "v": "\x0b", "f": "\x0c", "r": "\r", "e": "\x1b",
    " ": " ", '"': '"', "\\": "\\", "N": "\x85", "_": "\xa0", "L": "\u2028", "P": "\u2029",
}  # fmt: skip
_CODES = {"x": 2, "u": 4, "U": 8}
_FOUND = re.compile(r"(.*\bbut found) .*", re.DOTALL)
_HALF = 75 / 2 - 1
"""How many characters of a line are shown on each side of a mark."""


class YamlError(Exception):
    """The text cannot be parsed.

    Attributes:
        problem: What is wrong.
        mark: Where it is; None if that is unknown.
    """

    def __init__(self, problem: Problem, mark: Any = None) -> None:
        super().__init__(problem)
        self.problem = problem
        self.mark = mark


class _Mark(Mark):
    """A place in the text, with the part of the text that the parser holds there."""

    def __init__(self, index: int, line: int, column: int, window: tuple[int, int]) -> None:
        super().__init__("reader", index, line, column, None, index)
        self.window = window


class Events(Scanner, Parser):
    """The events of a text."""

    def __init__(self, text: YamlText) -> None:
        self.encoding = None
        self.index = self.line = self.column = 0
        self._source = text
        self._text = text.text
        self._window = self._loaded = self._piece = 0
        Scanner.__init__(self)
        Parser.__init__(self)

    def next_event(self) -> Any:
        """The next event.

        Raises:
            YamlError: There is none, because of an error in the text.
        """
        try:
            return self.get_event()
        except MarkedYAMLError as error:
            problem = self._problem(error)
            reason = self._message(error, problem)
            kind = "scanner_exception" if isinstance(error, ScannerError) else "parser_exception"
            found = Problem(reason, "marked_y_a_m_l_exception", ((kind, reason),), problem)
            raise YamlError(found, error.problem_mark) from None

    # ---- characters -------------------------------------------------------------------------------------------------

    def _load(self, at: int) -> bool:
        """Whether there is a character at an offset."""
        while at >= self._loaded:
            if self._piece < len(self._source.pieces):
                self._window = self.index
                self._loaded = self._source.pieces[self._piece]
                self._piece += 1
            elif self._source.problem is not None:
                raise YamlError(self._source.problem)
            else:
                return False
        return True

    def peek(self, index: int = 0) -> str:
        """The character so many characters further on; NUL after the end."""
        at = self.index + index
        return self._text[at] if at < self._loaded or self._load(at) else "\0"

    def prefix(self, length: int = 1) -> str:
        """The next characters."""
        at = self.index + length
        if at >= self._loaded:
            self._load(at)
        return self._text[self.index : at]

    def forward(self, length: int = 1) -> None:
        """Go over characters."""
        end = self.index + length
        if end > self._loaded:
            self._load(end - 1)
        passed = self._text[self.index : end]
        if _BREAK.search(passed) is None:
            self.index += len(passed)
            self.column += len(passed) - passed.count("\ufeff")
            return
        for character in passed:
            self.index += 1
            if character in _BREAKS and (character != "\r" or self.peek() not in "\n\0"):
                self.line += 1
                self.column = 0
            elif character != "\ufeff":
                self.column += 1

    def get_mark(self) -> Mark:
        """The current place."""
        return _Mark(self.index, self.line, self.column, (self._window, self._loaded))

    # ---- tokens -----------------------------------------------------------------------------------------------------

    def fetch_more_tokens(self) -> Any:
        """Read tokens."""
        if self.index > _CODE_POINTS:
            raise YamlError(failed(f"The incoming YAML document exceeds the limit: {_CODE_POINTS} code points."))
        return super().fetch_more_tokens()

    def next_possible_simple_key(self) -> int | None:
        """The number of the first token that may begin a key. The keys are in the order of the text."""
        key = next(iter(self.possible_simple_keys.values()), None)
        return None if key is None else key.token_number

    def stale_possible_simple_keys(self) -> None:
        """Forget tokens that cannot begin a key any more: they are the first ones."""
        while self.possible_simple_keys:
            level, key = next(iter(self.possible_simple_keys.items()))
            if key.line == self.line and self.index - key.index <= _LONGEST_KEY:
                return
            if key.required:
                problem = "could not find expected ':'"
                raise ScannerError("while scanning a simple key", key.mark, problem, self.get_mark())
            del self.possible_simple_keys[level]

    def scan_anchor(self, TokenClass: type) -> Any:  # noqa: N803 - PyYAML's name
        """An anchor, or an alias."""
        start = self.get_mark()
        name = "alias" if self.peek() == "*" else "anchor"
        self.forward()
        length = 0
        while self.peek(length) not in _BLANKS + ":,[]{}/.*&":
            length += 1
        value = self.prefix(length)
        self.forward(length)
        if not length or self.peek() not in _BLANKS + "?:,]}%@`":
            problem = f"unexpected character found {_shown(self.peek())}"
            raise ScannerError(f"while scanning an {name}", start, problem, self.get_mark())
        token = AnchorToken if TokenClass is AnchorToken else AliasToken
        return token(value, start, self.get_mark())

    def scan_plain_spaces(self, indent: int, start_mark: Mark) -> list[str]:
        """The white space in a plain scalar."""
        length = 0
        while self.peek(length) in " \t":
            length += 1
        spaces = self.prefix(length)
        self.forward(length)
        line_break = self.scan_line_break()
        if not line_break:
            return [spaces] if spaces else []
        self.allow_simple_key = True
        breaks: list[str] = []
        while True:
            if self._at_document_mark():
                return []
            found = ""
            while not found:
                if self.peek() == " ":
                    self.forward()
                    continue
                found = self.scan_line_break()
                if not found:
                    return _folded(line_break, breaks)
            breaks.append(found)

    def _at_document_mark(self) -> bool:
        prefix = self.prefix(3)
        return prefix == "---" or (prefix == "..." and self.peek(3) in _BLANKS)

    def scan_flow_scalar_non_spaces(self, double: bool, start_mark: Mark) -> list[str]:
        """The characters in a quoted scalar."""
        chunks: list[str] = []
        while True:
            length = 0
            while self.peek(length) not in "'\"\\" + _BLANKS:
                length += 1
            if length:
                chunks.append(self.prefix(length))
                self.forward(length)
            character = self.peek()
            if not double and character == "'" and self.peek(1) == "'":
                chunks.append("'")
                self.forward(2)
            elif character == "'" if double else character in '"\\':
                chunks.append(character)
                self.forward()
            elif double and character == "\\":
                self.forward()
                chunks += self._escape(start_mark)
            else:
                return chunks

    def _escape(self, start: Mark) -> list[str]:
        """An escape, after its backslash."""
        context = "while scanning a double-quoted scalar"
        character = self.peek()
        if character in _ESCAPES:
            self.forward()
            return [_ESCAPES[character]]
        if character in _CODES:
            length = _CODES[character]
            self.forward()
            digits = self.prefix(length)
            if not re.fullmatch("[0-9A-Fa-f]*", digits):
                problem = f"expected escape sequence of {length} hexadecimal numbers, but found: {digits}"
                raise ScannerError(context, start, problem, self.get_mark())
            code = int(digits or "0", 16)
            if not digits or code >= 2**31:
                raise YamlError(_not_a_number(digits))
            if code > 0x10FFFF:
                problem = f"found unknown escape character {digits}"
                raise ScannerError(context, start, problem, self.get_mark())
            self.forward(length)
            return [chr(code)]
        if self.scan_line_break():
            return list(self.scan_flow_scalar_breaks(True, start))
        problem = f"found unknown escape character {_shown(character)}"
        raise ScannerError(context, start, problem, self.get_mark())

    def parse_flow_mapping_key(self, first: bool = False) -> Any:
        """A key of a flow mapping, or its end; after the end, the server reads one token more."""
        event = super().parse_flow_mapping_key(first)
        if isinstance(event, MappingEndEvent):
            self.peek_token()
        return event

    def parse_flow_sequence_entry(self, first: bool = False) -> Any:
        """An entry of a flow sequence, or its end; after the end, the server reads one token more."""
        event = super().parse_flow_sequence_entry(first)
        if isinstance(event, SequenceEndEvent):
            self.peek_token()
        return event

    # ---- messages ---------------------------------------------------------------------------------------------------

    def _problem(self, error: MarkedYAMLError) -> str:
        """What is wrong, in the server's words."""
        problem = error.problem or ""
        if isinstance(error, ScannerError):
            return self._scanner_problem(problem, error.context or "")
        return re.sub("(but got|undefined tag handle|duplicate tag handle) '(.*)'$", r"\1 \2", problem)

    def _message(self, error: MarkedYAMLError, problem: str) -> str:
        """The server's message for an error."""
        lines: list[str] = []
        if error.context:
            is_scanner = isinstance(error, ScannerError)
            lines.append(error.context.replace("while parsing a", "while scanning a") if is_scanner else error.context)
        if error.context_mark is not None:
            lines.append(self._place(error.context_mark))
        lines.append(problem)
        if error.problem_mark is not None:
            lines.append(self._place(error.problem_mark))
        return "\n".join(lines) + "\n"

    def _scanner_problem(self, problem: str, context: str) -> str:
        character = self.peek()
        if "cannot start any token" in problem:
            escape = next((f"\\{name}" for name, value in _ESCAPES.items() if value == character), character)
            shown = f"{escape}(TAB)" if character == "\t" else escape
            return f"found character '{shown}' that cannot start any token. (Do not use {shown} for indentation)"
        found = _FOUND.fullmatch(problem)
        if found is None or problem.endswith("but found 0") or "but found:" in problem:
            return problem
        if "URI escape" in problem:
            return f"{found[1]} {_shown(character)} and {_shown(self.peek(1))}"
        if context.endswith("a tag") and problem.startswith(("expected '>'", "expected ' '")):
            return f"{found[1]} '{character}' ({ord(character)})"
        return f"{found[1]} {_shown(character)}"

    def _place(self, mark: Any) -> str:
        """A place with a part of its line."""
        text, at = self._text, mark.index
        low, high = mark.window
        start, head = at, ""
        while start > low and text[start - 1] not in "\0" + _BREAKS:
            start -= 1
            if at - start > _HALF:
                start, head = start + 5, " ... "
                break
        end, tail = at, ""
        while end < high and text[end] not in "\0" + _BREAKS:
            end += 1
            if end - at > _HALF:
                end, tail = end - 5, " ... "
                break
        pointer = " " * (4 + at - start + len(head))
        return (
            f" in 'reader', line {mark.line + 1}, column {mark.column + 1}:\n"
            f"    {head}{text[start:end]}{tail}\n{pointer}^"
        )


def _folded(line_break: str, breaks: list[str]) -> list[str]:
    """What line breaks in a plain scalar stand for."""
    if line_break != "\n":
        return [line_break, *breaks]
    return breaks or [" "]


def _shown(character: str) -> str:
    return f"{character}({ord(character)})"


def _not_a_number(digits: str) -> Problem:
    """The problem of an escape whose digits are not a number of Java's."""
    reason = f'For input string: "{digits}"' + (" under radix 16" if digits else "")
    cause = "number_format_exception"
    return Problem(
        f"Malformed Number token: failed to tokenize due to (java.lang.NumberFormatException): {reason}",
        causes=((cause, reason),),
    )
