"""The manuals of the rules, read from the docstrings of their modules."""

from __future__ import annotations

from typing import NamedTuple

from eventlint.rules import Rule

HEADINGS = ("What it does", "Why is this bad?", "Example", "Use instead", "Fix safety")
"""The headings of a manual, in order. ``Fix safety`` is present only if the rule has a fix."""


class Manual(NamedTuple):
    """The manual of a rule: a summary in one sentence, and the Markdown text of each section by heading."""

    summary: str
    sections: dict[str, str]


def manual(rule: Rule) -> Manual:
    """Return the manual of a rule."""
    head, *parts = rule.module.__doc__.split("\n## ")
    split = [part.partition("\n") for part in parts]
    return Manual(head.strip(), {heading.strip(): text.strip() for heading, _, text in split})


def page(rule: Rule) -> str:
    """Return the manual of a rule as a Markdown page."""
    summary, sections = manual(rule)
    body = "".join(f"\n## {heading}\n\n{text}\n" for heading, text in sections.items())
    return f"# {rule.name}\n\n{summary}\n\n{facts(rule)}\n{body}"


def facts(rule: Rule) -> str:
    """Return a line of Markdown with the tier of a rule, the releases that it applies to, and its fix."""
    sentences = [f"Tier: {rule.tier}."]
    if rule.trait is not None:
        sentences.append(f"Applies to {releases_of(rule)}.")
    if rule.fixable:
        sentences.append("Fixable with `--fix`." if rule.fixable == "safe" else "Fixable with `--fix --unsafe-fixes`.")
    return " ".join(sentences)


def releases_of(rule: Rule) -> str:
    """Describe the releases that a rule applies to."""
    from eventlint.spec import catalog

    if rule.trait is None:
        return "all releases"
    return ", ".join(era.span for era in catalog().eras if rule.trait in era.traits)
