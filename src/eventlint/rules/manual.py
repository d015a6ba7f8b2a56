"""The manuals of rules, as they stand in the rules' own docstrings; it must not know how they are shown."""

from __future__ import annotations

from typing import NamedTuple

from eventlint.rules import Rule

HEADINGS = ("What it does", "Why it matters", "Example", "Use instead", "Fix safety")
"""The headings of a manual, in their order; the last one is there when the rule can mend what it finds."""


class Manual(NamedTuple):
    """The manual of a rule.

    Attributes:
        summary: What the rule finds, in one sentence.
        sections: The text below each heading, in Markdown.
    """

    summary: str
    sections: dict[str, str]


def manual(rule: Rule) -> Manual:
    """The manual of a rule.

    Args:
        rule: The rule.
    """
    head, *parts = rule.module.__doc__.split("\n## ")
    split = [part.partition("\n") for part in parts]
    return Manual(head.strip(), {heading.strip(): text.strip() for heading, _, text in split})


def page(rule: Rule) -> str:
    """The page of a rule, in Markdown.

    Args:
        rule: The rule.
    """
    told = manual(rule)
    body = "".join(f"\n## {heading}\n\n{text}\n" for heading, text in told.sections.items())
    return f"# {rule.name}\n\n{told.summary}\n\n{facts(rule)}\n{body}"


def facts(rule: Rule) -> str:
    """A line about a rule, in Markdown: its tier, the releases that it applies to, and how it mends.

    Args:
        rule: The rule.
    """
    told = [f"Tier: {rule.tier}."]
    if rule.trait is not None:
        told.append(f"Applies to {releases_of(rule)}.")
    if rule.fixable:
        told.append("`--fix` can mend it." if rule.fixable == "safe" else "`--fix --unsafe-fixes` can mend it.")
    return " ".join(told)


def releases_of(rule: Rule) -> str:
    """The releases that a rule applies to, in words."""
    from eventlint.spec import catalog

    eras = [era for era in catalog().eras if rule.trait is None or rule.trait in era.traits]
    spans = [era.releases[0] if len(era.releases) == 1 else f"{era.releases[0]} to {era.releases[-1]}" for era in eras]
    return "all releases" if rule.trait is None else ", ".join(spans)
