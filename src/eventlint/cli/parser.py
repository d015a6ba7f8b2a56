"""The argument parser: errors on one line, with the most similar name."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from typing import Any, NoReturn

from eventlint.cli.terminal import Formatter
from eventlint.errors import UsageError
from eventlint.escaping import printable

_OTHER_NAMES = {
    "lint": "check",
    "validate": "check",
    "test": "check",
    "fix": "check --fix",
    "format": "check --fix",
    "rule": "explain",
    "list": "rules",
    "respond": "answer",
}
"""What other tools call a command."""


class Parser(argparse.ArgumentParser):
    """An argument parser that raises :class:`~eventlint.errors.UsageError` instead of printing the usage."""

    def __init__(self, **settings: Any) -> None:
        """Take the settings of :class:`argparse.ArgumentParser`; options cannot be abbreviated."""
        super().__init__(**{"allow_abbrev": False, "formatter_class": Formatter, **settings})

    def error(self, message: str) -> NoReturn:
        """Raise the error.

        Raises:
            UsageError: Always.
        """
        if message.startswith("argument "):
            raise UsageError(message.removeprefix("argument "))
        raise UsageError(f"{message}; run: {self.prog} --help")

    def _print_message(self, message: str, file: Any = None) -> None:
        """Print help or the version; argparse calls this, and its method ignores errors."""
        if message:
            (sys.stderr if file is None else file).write(message)

    def _check_value(self, action: argparse.Action, value: Any) -> None:
        """Raise a usage error for a value that an argument does not take; argparse calls this."""
        if action.choices is None or value in action.choices:
            return
        known = [str(choice) for choice in action.choices]
        if isinstance(action, argparse._SubParsersAction):
            raise UsageError(f"unknown command {value!r}{self._command_hint(str(value), known)}")
        name = "/".join(action.option_strings) or str(action.metavar or action.dest)
        raise UsageError(f"{name}: unknown value {value!r}{did_you_mean(str(value), known)}")

    def _command_hint(self, word: str, known: list[str]) -> str:
        other = _OTHER_NAMES.get(word.lower(), "")
        if other.partition(" ")[0] in known:
            return f"; did you mean {other!r}?"
        if "check" in known and os.path.exists(word):
            return f"; to check files, run: {self.prog} check {printable(word)}"
        return did_you_mean(word, known)


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """The end of a message about an unknown word: the most similar known word, or else all of them."""
    from difflib import get_close_matches

    words = list(known)
    by_lower = {one.lower(): one for one in words}
    near = get_close_matches(word.strip().lower(), by_lower, 1)
    return f"; did you mean {by_lower[near[0]]!r}?" if near else f"; choose from: {', '.join(words)}"


def listed(kind: str, known: Iterable[str] | None = None) -> Callable[[str], list[str]]:
    """The ``type`` of an option that takes a list with commas; use it with the action ``extend``.

    Args:
        kind: What an element is, for messages.
        known: The allowed elements; None allows all.
    """
    allowed = None if known is None else tuple(known)

    def split(text: str) -> list[str]:
        words = [word.strip() for word in text.split(",")]
        for word in words:
            if not word:
                raise argparse.ArgumentTypeError(f"{text!r} has an empty {kind}")
            if allowed is not None and word not in allowed:
                raise argparse.ArgumentTypeError(f"unknown {kind} {word!r}{did_you_mean(word, allowed)}")
        return words

    return split


def unknown_argument(word: str, parser: argparse.ArgumentParser) -> UsageError:
    """The error for an argument that a command does not take."""
    if not word.startswith("-"):
        return UsageError(f"unknown argument {word!r}; run: {parser.prog} --help")
    from difflib import get_close_matches

    near = get_close_matches(word.partition("=")[0], list(_options(parser)), 1)
    end = f"; did you mean {near[0]!r}?" if near else f"; run: {parser.prog} --help"
    return UsageError(f"unknown option {word!r}{end}")


def _options(parser: argparse.ArgumentParser) -> Iterator[str]:
    """The options of a command and of its subcommands."""
    for action in parser._actions:  # argparse has no public list
        yield from action.option_strings
        if isinstance(action.choices, dict):
            for inner in action.choices.values():
                yield from _options(inner)
