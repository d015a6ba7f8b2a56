"""The rules that a message of the server is about, from an answer or a log."""

from __future__ import annotations

import re

from eventlint.mirror.explain_message import innermost, recognize
from eventlint.mirror.messages import WRAPPER
from eventlint.rules import RULES, by_kind, rule_of_kind
from eventlint.rules.error import malformed_body

__all__ = ["innermost", "is_wrapper", "rule_of_reason", "rules_of_log"]

_MAX_LINE = 100_000
"""How many characters of a log are searched."""

_IMMENSE_TERM = re.compile(
    r"\A(?!.*immense term in field).*(?:immense term|bytes can be at most \d+ in length)", re.DOTALL
)
"""A term that is too long, in a message that does not name the field."""


def rule_of_reason(message: str) -> str | None:
    """The name of the rule that a message, or text that ends in one, is about; None if it is not the server's."""
    found = recognize(message)
    if found is None:
        return rule_of_kind("format").name if re.search(malformed_body.MESSAGES, message[:_MAX_LINE]) else None
    if found.kind == WRAPPER:
        return None
    rules = by_kind()[found.kind]
    # Only blank strings have two rules: the first is for IDs.
    return rules[-1 if found.values.get("field", "id") != "id" else 0].name


def rules_of_log(text: str, tiers: tuple[str, ...] = ("error", "loss")) -> list[str]:
    """The names of the rules whose messages in logs occur in a text.

    A lost event leaves only such a message: the server's log lists the failures of a bulk request (Elasticsearch's
    ``BulkProcessorFactory``), which are those of the processor ``uri_parts``, of the strict mapping, and of Lucene.
    """
    line = text[:_MAX_LINE]
    found = [
        rule.name
        for rule in RULES
        if rule.tier in tiers
        if any(re.search(pattern, line) for pattern in getattr(rule.module, "LOG_PATTERNS", ()))
    ]
    if not found and "loss" in tiers and _IMMENSE_TERM.match(line):
        return ["session-id-too-long", "filter-too-long"]
    return found


def is_wrapper(message: str) -> bool:
    """Whether a message only shows where something is wrong, and its ``caused_by`` shows what."""
    found = recognize(message)
    return found is not None and found.kind == WRAPPER
