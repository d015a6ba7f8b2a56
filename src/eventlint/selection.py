"""Which findings are wanted: rules that are switched on, and where they are not; it must not know events.

A rule is named by its name, or by its tier, which stands for all rules of the tier; ``all`` stands for all rules.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from eventlint.errors import EventlintError
from eventlint.model import TIERS, Finding
from eventlint.rules import RULES


class Suppression(NamedTuple):
    """Findings that are known and meant.

    Attributes:
        rule: The rule.
        path: A pattern of the files, as in a .gitignore; None is every file.
        pointer: The JSON Pointer, or its beginning; ``*`` stands for any one name or index. None is every place.
        reason: Why they are meant.
    """

    rule: str
    path: str | None = None
    pointer: str | None = None
    reason: str = ""


_ALL = frozenset(rule.name for rule in RULES)


class Selection(NamedTuple):
    """Which findings are wanted; it can be handed to another process.

    Attributes:
        on: The names of the rules that are switched on.
        paths: Patterns of files, and the rules that are switched off in them.
        pointers: Pointers, and the rules that are switched off below them.
        suppressions: Findings that are known and meant.
        folder: The folder that the patterns are relative to.
    """

    on: frozenset[str] = _ALL
    paths: tuple[tuple[str, frozenset[str]], ...] = ()
    pointers: tuple[tuple[str, frozenset[str]], ...] = ()
    suppressions: tuple[Suppression, ...] = ()
    folder: str = "."

    @property
    def is_about_paths(self) -> bool:
        """Whether anything depends on the file."""
        return bool(self.paths) or any(one.path for one in self.suppressions)


def names_of(words: Iterable[str], error: Callable[[str], EventlintError], own: Collection[str] = ()) -> frozenset[str]:
    """The rules that some words name.

    Args:
        words: Names of rules, names of tiers, or ``all``; several may stand in one word, with commas between them.
        error: Makes the exception for a word that names none.
        own: The names of rules that the authors of contracts gave; they are of the tier ``contract``.

    Raises:
        EventlintError: As it was made by ``error``.
    """
    found: set[str] = set()
    for word in (part.strip() for text in words for part in text.split(",")):
        named = [rule.name for rule in RULES if word in (rule.name, rule.tier, "all")]
        named += [name for name in own if word in (name, "contract", "all")]
        if not named:
            raise error(f"there is no rule {word!r}{nearest(word, own)}")
        found.update(named)
    return frozenset(found)


def nearest(word: str, own: Collection[str] = ()) -> str:
    """The rule that is meant most likely, as the end of a sentence."""
    from difflib import get_close_matches

    near = get_close_matches(word, [*(rule.name for rule in RULES), *own, *TIERS, "all"], 1)
    return f"; did you mean {near[0]!r}?" if near else "; eventlint rules lists them"


def is_below(pointer: str, pattern: str) -> bool:
    """Whether a JSON Pointer is one that a pattern names, or leads into it.

    Args:
        pointer: A JSON Pointer.
        pattern: A JSON Pointer in which ``*`` stands for any one name or index.
    """
    parts, wanted = pointer.split("/")[1:], pattern.split("/")[1:]
    return len(parts) >= len(wanted) and all(want in ("*", part) for want, part in zip(wanted, parts, strict=False))


def fits(suppression: Suppression, finding: Finding) -> bool:
    """Whether a suppression is about a finding of a file that its pattern fits."""
    return suppression.rule == finding.rule and (
        suppression.pointer is None or is_below(finding.pointer, suppression.pointer)
    )


def selection(
    select: Sequence[str],
    ignore: Sequence[str],
    settings: Mapping[str, Any],
    folder: str,
    told: "Told",
    own: Collection[str] = (),
) -> Selection:
    """What the command line and the configuration ask for.

    Args:
        select: Words of the command line for the rules to switch on; none is what the configuration says.
        ignore: Words of the command line for the rules to switch off, besides those of the configuration.
        settings: The configuration's settings.
        folder: The folder of the configuration.
        told: Makes the exceptions for words that name no rule.
        own: The names of rules that the authors of contracts gave.

    Raises:
        EventlintError: A word names no rule.
    """
    wanted = select or settings.get("select", ["all"])
    on = names_of(wanted, told.usage if select else told.config, own)
    on -= names_of(ignore, told.usage, own) | names_of(settings.get("ignore", []), told.config, own)
    return Selection(
        on=on,
        paths=tuple(
            (path, names_of(words, told.config, own)) for path, words in settings.get("per-path-ignores", {}).items()
        ),
        pointers=tuple(
            (pointer, names_of(words, told.config, own))
            for pointer, words in settings.get("per-pointer-ignores", {}).items()
        ),
        suppressions=tuple(_suppression(entry, told, own) for entry in settings.get("suppress", [])),
        folder=folder,
    )


class Told(NamedTuple):
    """How a word that names no rule is told: whose fault it is."""

    usage: Callable[[str], EventlintError]
    config: Callable[[str], EventlintError]


def _suppression(entry: Mapping[str, str], told: Told, own: Collection[str]) -> Suppression:
    if entry["rule"] not in {*(rule.name for rule in RULES), *own}:
        raise told.config(f"suppress: there is no rule {entry['rule']!r}{nearest(entry['rule'], own)}")
    return Suppression(**entry)
