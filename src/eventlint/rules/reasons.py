"""The rule that a message of the server is about."""

from __future__ import annotations

from eventlint.mirror.explain_message import innermost, recognize
from eventlint.mirror.messages import WRAPPER
from eventlint.rules import by_kind

__all__ = ["innermost", "is_wrapper", "rule_of_reason"]


def rule_of_reason(message: str) -> str | None:
    """The name of the rule that a message, or text that ends in one, is about; None if it is not the server's."""
    found = recognize(message)
    if found is None or found.kind == WRAPPER:
        return None
    rules = by_kind()[found.kind]
    # Only blank strings have two rules: the first is for IDs.
    return rules[-1 if found.values.get("field", "id") != "id" else 0].name


def is_wrapper(message: str) -> bool:
    """Whether a message only shows where something is wrong, and its ``caused_by`` shows what."""
    found = recognize(message)
    return found is not None and found.kind == WRAPPER
