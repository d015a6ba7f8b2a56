"""The selection: which rules are enabled, and where findings are ignored or suppressed."""

from __future__ import annotations

import pickle
from typing import Any

import pytest

from eventlint.config import Config
from eventlint.errors import ConfigError, UsageError
from eventlint.model import Finding
from eventlint.rules import RULES
from eventlint.selection import Selection, names_of, nearest, selection
from eventlint.suppressions import Suppression, is_below, unused_suppression
from eventlint.tiers import TIERS

ALL = frozenset(rule.name for rule in RULES)


def tier(name: str) -> frozenset[str]:
    """The rules of a tier."""
    return frozenset(rule.name for rule in RULES if rule.tier == name)


def select(*select: str, ignore: tuple[str, ...] = (), custom: tuple[str, ...] = (), **values: Any) -> Selection:
    """The selection of a command line and a configuration."""
    settings = {key.replace("_", "-"): value for key, value in values.items()}
    return selection(select, ignore, Config("eventlint.toml", settings), custom)


def finding(rule: str, pointer: str = "") -> Finding:
    """A finding."""
    return Finding(rule=rule, tier="error", message="", pointer=pointer)


def test_all_rules_are_enabled_by_default() -> None:
    """Without options and settings, every rule is on everywhere."""
    assert select() == Selection()
    assert select().on == ALL
    assert not select().is_about_paths


@pytest.mark.parametrize("name", TIERS)
def test_a_tier_selects_its_rules(name: str) -> None:
    """A tier means all its rules, and no others."""
    assert select(name).on == tier(name)
    assert select(ignore=(name,)).on == ALL - tier(name)


@pytest.mark.parametrize("words", [("loss,blank-id",), ("loss", "blank-id"), (" blank-id , loss ",)])
def test_words_are_combined(words: tuple[str, ...]) -> None:
    """Several words, and words with commas, add up."""
    assert select(*words).on == tier("loss") | {"blank-id"}


@pytest.mark.parametrize(
    ("options", "rules"),
    [
        ({"select": ["loss"]}, tier("loss")),
        ({"ignore": ["loss"]}, ALL - tier("loss")),
        ({"select": ["loss", "lint"], "ignore": ["lint"]}, tier("loss")),
    ],
)
def test_the_configuration_selects(options: dict[str, list[str]], rules: frozenset[str]) -> None:
    """Settings work like the options of the same name; ``ignore`` wins."""
    assert selection((), (), Config("eventlint.toml", options)).on == rules


def test_the_command_line_has_precedence() -> None:
    """``--select`` replaces the setting; ``--ignore`` adds to it."""
    config = Config("eventlint.toml", {"select": ["lint"], "ignore": ["blank-id"]})
    assert selection(["loss"], (), config).on == tier("loss")
    assert selection(["error"], ["wrong-type"], config).on == tier("error") - {"blank-id", "wrong-type"}
    assert selection((), ["empty-query"], config).on == tier("lint") - {"empty-query"}


def test_rules_of_a_custom_contract() -> None:
    """They belong to the tier contract, and are known by their names."""
    custom = ("uuid-user", "short-query")
    assert select(custom=custom).on == ALL | set(custom)
    assert select("contract", custom=custom).on == tier("contract") | set(custom)
    assert select("uuid-user", custom=custom).on == {"uuid-user"}
    assert select(ignore=("uuid-user",), custom=custom).on == ALL | {"short-query"}
    with pytest.raises(UsageError, match="unknown rule 'uuid-users'; did you mean 'uuid-user'"):
        select("uuid-users", custom=custom)


@pytest.mark.parametrize("option", ["select", "ignore"])
@pytest.mark.parametrize(
    ("word", "hint"),
    [
        ("blank-ids", "did you mean 'blank-id'?"),
        ("errors", "did you mean 'error'?"),
        ("zzz", "'eventlint rules' lists all rules"),
        ("", "'eventlint rules' lists all rules"),
    ],
)
def test_unknown_rules(option: str, word: str, hint: str) -> None:
    """On the command line they are a usage error; in the configuration the error names file and setting."""
    message = f"unknown rule {word!r}; {hint}"
    on_command_line = {"select": (), "ignore": (), option: ("loss", word)}
    with pytest.raises(UsageError) as usage:
        selection(on_command_line["select"], on_command_line["ignore"], Config())
    assert str(usage.value) == message
    with pytest.raises(ConfigError) as config:
        selection((), (), Config("a/eventlint.toml", {option: ["loss", word]}))
    assert str(config.value) == f"a/eventlint.toml: {option}: {message}"
    assert nearest(word) == f"; {hint}"


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("per-path-ignores", {"*.json": ["blank-ids"]}),
        ("per-pointer-ignores", {"/user": ["blank-ids"]}),
        ("suppress", [{"rule": "blank-ids", "reason": "x"}]),
    ],
)
def test_unknown_rules_in_tables(setting: str, value: object) -> None:
    """The error names the table."""
    with pytest.raises(ConfigError, match=f"^a: {setting}: unknown rule 'blank-ids'; did you mean 'blank-id'"):
        selection((), (), Config("a", {setting: value}))


def test_a_suppression_names_a_rule_and_not_a_tier() -> None:
    """Suppressions are for single findings."""
    with pytest.raises(ConfigError, match="suppress: unknown rule 'loss'"):
        select(suppress=[{"rule": "loss", "reason": "x"}])


def test_ignores_keep_their_patterns() -> None:
    """Paths and pointers stay as written; their words are resolved to rules."""
    chosen = select(per_path_ignores={"old/": ["lint", "blank-id"]}, per_pointer_ignores={"/search/*": ["loss"]})
    assert chosen.paths == (("old/", tier("lint") | {"blank-id"}),)
    assert chosen.pointers == (("/search/*", tier("loss")),)
    assert chosen.on == ALL
    assert chosen.is_about_paths
    assert not select(per_pointer_ignores={"/a": ["loss"]}).is_about_paths


def test_suppressions_of_files() -> None:
    """The selection depends on the file only if a suppression has a path."""
    everywhere = {"rule": "blank-id", "reason": "x"}
    assert not select(suppress=[everywhere]).is_about_paths
    chosen = select(suppress=[everywhere, {**everywhere, "path": "a/*.json", "pointer": "/user"}])
    assert chosen.is_about_paths
    assert chosen.suppressions == (
        Suppression("blank-id", reason="x"),
        Suppression("blank-id", "a/*.json", "/user", "x"),
    )


@pytest.mark.parametrize(
    ("pointer", "pattern", "is_match"),
    [
        ("/user/id", "/user/id", True),
        ("/user/id", "/user", True),
        ("/user", "/user/id", False),
        ("/users", "/user", False),
        ("/search/results/items/3/page", "/search/results/items/*/page", True),
        ("/search/results/items/3/page/url", "/search/results/items/*/page", True),
        ("/search/results/items/3/document", "/search/results/items/*/page", False),
        ("/search", "/*", True),
        ("", "/*", False),
        ("/a~1b", "/a~1b", True),
        ("/a/b", "/*/*", True),
        ("/a/b", "/*/*/*", False),
        ("/a*", "/a*", True),
        ("/ab", "/a*", False),
    ],
)
def test_pointer_patterns(pointer: str, pattern: str, is_match: bool) -> None:
    """A pattern matches whole keys, ``*`` matches one key or index, and everything below matches too."""
    assert is_below(pointer, pattern) == is_match
    assert Suppression("blank-id", pointer=pattern).covers(finding("blank-id", pointer)) == is_match


def test_a_suppression_covers_one_rule() -> None:
    """Without a pointer, it covers every finding of its rule."""
    entry = Suppression("blank-id", reason="x")
    assert entry.covers(finding("blank-id"))
    assert entry.covers(finding("blank-id", "/user/id"))
    assert not entry.covers(finding("blank-name", "/user/id"))


def test_an_unused_suppression_names_its_entry() -> None:
    """The finding has the configuration's path, and the message identifies the entry."""
    unused = unused_suppression(Suppression("blank-id", "a/*.json", "/user/id", "x"), "eventlint.toml")
    assert (unused.rule, unused.tier, unused.path) == ("unused-suppression", "lint", "eventlint.toml")
    assert unused.message.endswith(": blank-id in a/*.json /user/id")
    assert unused_suppression(Suppression("blank-id"), None).message.endswith(": blank-id")


def test_a_selection_can_be_pickled() -> None:
    """Worker processes receive it."""
    chosen = select("loss", per_path_ignores={"a": ["lint"]}, suppress=[{"rule": "blank-id", "reason": "x"}])
    assert pickle.loads(pickle.dumps(chosen)) == chosen  # noqa: S301 - made in the line itself


def test_names_of_raises_the_given_error() -> None:
    """The caller decides whose error an unknown rule is."""
    assert names_of(["blank-id"], UsageError) == {"blank-id"}
    with pytest.raises(ConfigError, match="unknown rule 'x'"):
        names_of(["x"], ConfigError)
