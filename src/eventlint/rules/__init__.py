"""The rules: their names in order, their tiers, and what each looks at; it must not know files or output.

A rule is a module of its own below ``error``, ``contract``, ``loss`` or ``lint``, called like the rule; its docstring
is the rule's manual. The module is imported when there is something for it to look at, so that a short run pays for no
other. A rule's name never changes; the wording of its messages may.
"""

from __future__ import annotations

import functools
from importlib import import_module
from typing import Any, NamedTuple

from eventlint.mirror.faults import Fault
from eventlint.model import Tier

__all__ = ["BY_KIND", "RULES", "Rule", "rule", "rule_of"]


class Rule(NamedTuple):
    """A rule's name, and what it is about.

    Attributes:
        name: The name, in kebab-case.
        tier: ``error``, ``contract``, ``loss`` or ``lint``.
        looks_at: ``fault``: what the server's walk over the payload meets, see ``kinds``. ``request``: what is around
            the payload, or a value that cannot be sent. ``value``: a text or a number that was read. ``payload``: the
            bytes as a whole. ``event``: several values of an accepted event. ``contract``: the same, by a contract of
            one's own. ``run``: none of them, but all that is done.
        kinds: The kinds of fault that belong to it.
        trait: What an era of the server must have for it to apply; None applies to all.
        fixable: ``safe`` or ``unsafe`` when it can mend what it finds, at least in some cases.
    """

    name: str
    tier: Tier
    looks_at: str
    kinds: tuple[str, ...] = ()
    trait: str | None = None
    fixable: str | None = None

    @property
    def module(self) -> Any:
        """The module of the rule."""
        return import_module(f"eventlint.rules.{self.tier}.{self.name.replace('-', '_')}")


RULES: tuple[Rule, ...] = (
    Rule("invalid-media-type", "error", "request"),
    Rule("unsupported-media-type", "error", "request"),
    Rule("unknown-path", "error", "request"),
    Rule("wrong-method", "error", "request"),
    Rule("invalid-parameter", "error", "request"),
    Rule("unknown-parameter", "error", "request"),
    Rule("missing-body", "error", "request"),
    Rule("unknown-event-type", "error", "request", fixable="safe"),
    Rule("missing-collection", "error", "request"),
    Rule("unknown-collection", "error", "request"),
    Rule("undetermined-event-type", "error", "request"),
    Rule("unserializable-value", "error", "request"),
    Rule("unencodable-string", "error", "request"),
    Rule(
        "invalid-json",
        "error",
        "fault",
        (
            "character",
            "number-character",
            "close-marker",
            "control-character",
            "escape",
            "space",
            "bare-word",
            "leading-zero",
            "non-standard-token",
        ),
    ),
    Rule("truncated-json", "error", "fault", ("end", "end-after-comma")),
    Rule("invalid-encoding", "error", "fault", ("utf8-start", "utf8-middle", "encoding")),
    Rule("nesting-too-deep", "error", "fault", ("depth",)),
    Rule("number-too-long", "error", "fault", ("number-length", "numeric-string-length")),
    Rule("key-too-long", "error", "fault", ("name-length",), trait="key-length-limited"),
    Rule("duplicate-key", "error", "fault", ("duplicate",)),
    Rule("unknown-field", "error", "fault", ("unknown-field",)),
    Rule("missing-field", "error", "fault", ("missing",)),
    Rule("wrong-type", "error", "fault", ("wrong-type", "expected-object", "nested-array"), fixable="safe"),
    Rule("blank-id", "error", "fault", ("blank",)),
    Rule("blank-name", "error", "fault"),
    Rule("negative-number", "error", "fault", ("negative",)),
    Rule("number-out-of-range", "error", "fault", ("number-range", "string-range")),
    Rule("invalid-number", "error", "fault", ("number-format",)),
    Rule("invalid-filter", "error", "fault", ("filter",), fixable="unsafe"),
    Rule("contract-violation", "contract", "contract"),
    Rule("unparsable-url", "loss", "value"),
    Rule("credentials-in-url", "loss", "value"),
    Rule("session-id-too-long", "loss", "value"),
    Rule("filter-too-long", "loss", "value"),
    Rule("keyword-too-long", "loss", "value"),
    Rule("coerced-integer", "loss", "value", fixable="safe"),
    Rule("malformed-utf-8", "loss", "value"),
    Rule("dropped-item", "loss", "payload", fixable="unsafe"),
    Rule("trailing-content", "loss", "payload", fixable="unsafe"),
    Rule("byte-order-mark", "lint", "payload", fixable="safe"),
    Rule("non-utf-8-encoding", "lint", "payload"),
    Rule("comment-in-payload", "lint", "payload", fixable="safe"),
    Rule("lone-surrogate", "lint", "value"),
    Rule("padded-id", "lint", "value", fixable="unsafe"),
    Rule("placeholder-value", "lint", "value"),
    Rule("personal-data", "lint", "value"),
    Rule("secret-in-url", "lint", "value"),
    Rule("relative-url", "lint", "value"),
    Rule("local-url", "lint", "value"),
    Rule("empty-query", "lint", "value"),
    Rule("unusual-sort-direction", "lint", "value"),
    Rule("user-is-session", "lint", "event"),
    Rule("fewer-results-than-items", "lint", "event"),
    Rule("duplicate-item", "lint", "event"),
    Rule("click-outside-results", "lint", "event"),
    Rule("unused-suppression", "lint", "run"),
    Rule("deprecated-api", "lint", "run", trait="deprecated-api"),
)
"""All rules, in the order in which they are listed."""

BY_KIND: dict[str, Rule] = {kind: rule for rule in RULES for kind in rule.kinds}
"""The rule for each kind of fault; what is blank may be an ID, or a name."""


def rule_of(fault: Fault) -> Rule:
    """The rule that a fault belongs to."""
    if fault.kind == "blank" and "padded-id" not in fault.args[1].lint:
        return rule("blank-name")
    return BY_KIND[fault.kind]


@functools.cache
def _by_name() -> dict[str, Rule]:
    return {rule.name: rule for rule in RULES}


def rule(name: str) -> Rule:
    """The rule with a name.

    Raises:
        KeyError: There is none.
    """
    return _by_name()[name]
