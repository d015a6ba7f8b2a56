"""The selection: which rules are enabled, and where they are ignored.

A rule is selected by its name, by its tier, or by ``all``.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence

from eventlint.config import Config
from eventlint.errors import ConfigError, EventlintError, UsageError
from eventlint.named_tuples import NamedTuple
from eventlint.rules import RULES, Rule
from eventlint.suppressions import Suppression
from eventlint.tiers import TIERS

_ALL = frozenset(rule.name for rule in RULES)


class Selection(NamedTuple):
    """Which findings are reported.

    Attributes:
        paths: Patterns for files, each with the rules that are ignored in them.
        pointers: JSON Pointers, each with the rules that are ignored below them.
        paths_folder: The folder that the patterns of ``paths`` are relative to.
        suppressions_folder: The folder that the patterns of the suppressions are relative to.
    """

    on: frozenset[str] = _ALL
    paths: tuple[tuple[str, frozenset[str]], ...] = ()
    pointers: tuple[tuple[str, frozenset[str]], ...] = ()
    suppressions: tuple[Suppression, ...] = ()
    paths_folder: str = "."
    suppressions_folder: str = "."

    @property
    def is_about_paths(self) -> bool:
        """Whether the enabled rules or the suppressions depend on the file."""
        return bool(self.paths) or any(one.path for one in self.suppressions)


def names_of(
    words: Iterable[str],
    error: Callable[[str], EventlintError],
    custom: Collection[str] = (),
    rules: Sequence[Rule] = RULES,
) -> frozenset[str]:
    """The rules that a selection names, by name or tier; one string may hold several, separated by commas.

    ``error`` makes the exception for a word that names no rule. The rules of a custom contract belong to the tier
    ``contract``.
    """
    found: set[str] = set()
    for word in (part.strip() for text in words for part in text.split(",")):
        named = [rule.name for rule in rules if word in (rule.name, rule.tier, "all")]
        named += [name for name in custom if word in (name, "contract", "all")]
        if not named:
            raise error(f"unknown rule {word!r}{nearest(word, custom, rules)}")
        found.update(named)
    return frozenset(found)


def nearest(word: str, custom: Collection[str] = (), rules: Sequence[Rule] = RULES) -> str:
    """The end of a message about an unknown rule: the most similar name, or how to list all rules."""
    from difflib import get_close_matches

    by_lower = {name.lower(): name for name in (*(rule.name for rule in rules), *custom, *TIERS, "all")}
    near = get_close_matches(word.lower(), by_lower, 1)
    return f"; did you mean {by_lower[near[0]]!r}?" if near else "; 'eventlint rules' lists all rules"


def selection(select: Iterable[str], ignore: Iterable[str], config: Config, custom: Collection[str] = ()) -> Selection:
    """The selection of the command line and the configuration.

    On the command line, ``--select`` replaces ``select`` of the configuration, and ``--ignore`` adds to its ``ignore``.

    Raises:
        UsageError: A word of the command line names no rule.
        ConfigError: A word of the configuration names no rule.
    """

    def named(setting: str, words: Iterable[str]) -> frozenset[str]:
        return names_of(words, lambda text: ConfigError(f"{config.source(setting)}: {setting}: {text}"), custom)

    def by_key(setting: str) -> tuple[tuple[str, frozenset[str]], ...]:
        return tuple((key, named(setting, _for_events(words))) for key, words in config.get(setting, {}).items())

    on = names_of(select, UsageError, custom) if select else named("select", config.get("select", ["all"]))
    entries = config.get("suppress", [])
    known = {*(rule.name for rule in RULES), *custom}
    for name in (entry["rule"] for entry in entries):
        if name not in known:
            raise ConfigError(f"{config.source('suppress')}: suppress: unknown rule {name!r}{nearest(name, custom)}")
    return Selection(
        on=on
        - names_of(_for_events(ignore), UsageError, custom)
        - named("ignore", _for_events(config.get("ignore", []))),
        paths=by_key("per-path-ignores"),
        pointers=by_key("per-pointer-ignores"),
        suppressions=tuple(Suppression(**entry) for entry in entries),
        paths_folder=config.folder("per-path-ignores"),
        suppressions_folder=config.folder("suppress"),
    )


def _for_events(words: Iterable[str]) -> list[str]:
    """Words without the rules of schema lint, which can be ignored as well and are not about events."""
    parts = [part.strip() for text in words for part in text.split(",")]
    known = {*_ALL, *TIERS, "all"}
    if all(part in known for part in parts):
        return parts
    from eventlint.schemas.lint_rules import BY_NAME

    return [part for part in parts if part not in BY_NAME]


def ignored_schema_rules(words: Iterable[str]) -> frozenset[str]:
    """The rules of schema lint that a setting ignores: those that it names, and with ``lint`` all of that tier."""
    from eventlint.schemas.lint_rules import SCHEMA_RULES

    parts = {part.strip() for text in words for part in text.split(",")}
    return frozenset(
        rule.name for rule in SCHEMA_RULES if rule.name in parts or (rule.tier == "lint" and "lint" in parts)
    )
