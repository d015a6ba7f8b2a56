"""Which messages and hints may quote the event that they are about.

A message quotes a part of the event in single quotes, as :func:`eventlint.rules.diagnostic.shown` writes it, or it
shows a number. Most messages quote only names that the schemas have, so that no secret of the event can be in them.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from eventlint import spec
from eventlint.spec import Entries, Node, Object, Objects

if TYPE_CHECKING:
    from eventlint.model import Finding

SHORTEST = 4
"""Secrets with fewer characters are not looked for in messages."""

_LONGEST_KEPT = 400
"""The number of characters of the longest message and hint for which the result is kept."""

_UNQUOTED = frozenset({"malformed-body"})
"""The rules whose messages quote the event without quotes, in the words of the server's parsers."""

_NUMBER = re.compile(r"(?<![\d.])(?<!over )\d[\d.eE+-]{2,}+(?! characters)")
"""A JSON number of at least :data:`SHORTEST` characters, without its sign; not a length, nor the limit of a length."""

_JOINTS = frozenset({" in ", " or ", ", "})
"""What messages write between two names."""


def may_quote(finding: Finding) -> bool:
    """Whether the message or the hint of a finding may contain a part of the event.

    Names of the schemas and words of the rules do not count as parts of the event, even if the event has them too.
    """
    if finding.event_type is None or finding.rule in _UNQUOTED:
        return True
    message, hint = finding.message, finding.hint or ""
    if len(message) + len(hint) > _LONGEST_KEPT:
        return True
    return _may_quote(message) or _may_quote(hint)


@lru_cache(512)
def _may_quote(text: str) -> bool:
    if "\\" in text or _NUMBER.search(text):  # an escape, such as that of a lone surrogate, has no quotes
        return True
    parts = text.split("'")
    if len(parts) <= 2:  # a single apostrophe, as in "event's", quotes nothing
        return False
    quoted, between = parts[1::2], parts[2:-1:2]
    if not _JOINTS.issuperset(between):
        return True
    unknown = [one for one in quoted if one not in _names()]
    if "URL parameter" in parts[0]:
        unknown = [one for one in unknown if one not in _names_of_secrets()]
    return len(unknown) > 1 or any(len(one) >= SHORTEST for one in unknown)


@cache
def _names() -> frozenset[str]:
    """The names in the schemas of all releases, and what the rules know as placeholders."""
    from eventlint.rules.placeholders import PLACEHOLDERS

    found: set[str] = set(PLACEHOLDERS)
    for era in spec.catalog().eras:
        for event_type in era.events:
            found |= _names_in(spec.compiled(spec.identifier_of(event_type, era.events)))
    return frozenset(found)


def _names_in(node: Node) -> set[str]:
    if isinstance(node, Objects):
        return _names_in(node.item)
    if isinstance(node, Entries):
        return {node.parser}
    if not isinstance(node, Object):
        return set()
    return {node.parser, *node.fields, *node.set_by_server}.union(*map(_names_in, node.fields.values()))


@cache
def _names_of_secrets() -> frozenset[str]:
    """The names of parameters that the rule for secrets in URLs quotes."""
    from eventlint.redact.names import all_endings

    return frozenset(all_endings())
