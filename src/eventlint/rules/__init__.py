"""The rules: their names, their tiers, and how a fault is told to people; it must not know files or output.

The list is explicit and ordered. A rule's name never changes; the wording of its messages may.
"""

from __future__ import annotations

from eventlint.rules.refused import BY_KIND, RULES, Rule, told_to_people

__all__ = ["BY_KIND", "RULES", "Rule", "told_to_people"]
