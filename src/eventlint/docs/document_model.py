"""The document as values that are independent of any format.

All strings are plain text, and may come from the schemas of others: a renderer escapes them. Only the summary, facts
and sections of a rule are Markdown. Each anchor is unique in the document. A pointer is a JSON Pointer with ``*`` for
any index; the empty string is the event.
"""

from __future__ import annotations

from dataclasses import dataclass

from eventlint.model import Effect
from eventlint.tiers import Tier


class Code(str):
    """A part of a sentence that is code: a key, a value, a pointer."""

    __slots__ = ()


Inline = tuple[str, ...]
"""A sentence in parts: those that are :class:`Code` are code, the others are plain text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ContractRule:
    """A rule of a custom contract.

    Attributes:
        pointer: The JSON Pointer that it checks, with ``*`` for any key or index; the empty string is the event. A
            pointer to no field is shown with the nearest field above it.
        source: Where it comes from: the name of a file, of a schema, of a team.
        event_type: The event type that it applies to; None is every type that has the field.
        constraint: What it requires, in words; empty if words cannot say it.
        link: The address of its source; empty without one.
    """

    pointer: str
    name: str
    message: str
    source: str
    event_type: str | None = None
    constraint: str = ""
    link: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One field of an event."""

    anchor: str
    pointer: str
    type: str  # in words, as are the three that follow
    required: str
    limits: tuple[str, ...]
    description: str
    title: str
    is_required: bool  # whether every event of the type must have it
    example: str  # a value, as JSON; empty if there is none
    rules: tuple[str, ...]  # the names of the rules that check it
    contract_rules: tuple[ContractRule, ...] = ()

    @property
    def name(self) -> str:
        """Its key."""
        return self.pointer.rpartition("/")[2]

    @property
    def depth(self) -> int:
        """The number of keys and indexes above it."""
        return self.pointer.count("/") - 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Requirement:
    """The fields that the object at a pointer requires."""

    anchor: str
    pointer: str
    sentence: Inline


@dataclass(frozen=True, slots=True, kw_only=True)
class Loss:
    """Data that is lost or changed after the server has answered with 202."""

    effect: Effect
    rule: str | None  # the rule that reports it; None if it always happens
    pointers: tuple[str, ...]  # empty: anywhere


@dataclass(frozen=True, slots=True, kw_only=True)
class LintTarget:
    """The fields that a rule of the tier lint checks."""

    rule: str
    pointers: tuple[str, ...]  # empty: the whole payload


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A payload and the server's answer, formatted with ``?pretty``."""

    title: str
    payload: str
    status: int
    answer: str
    rule: str | None = None  # the rule that the payload violates; None if the server accepts it
    pointer: str = ""  # the field at fault


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """How to send an event."""

    method: str
    path: str
    headers: tuple[tuple[str, str], ...]  # names and descriptions
    console: str  # for a dev console
    curl: str  # for a shell


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One event type."""

    anchor: str
    name: str
    description: str
    schema: str  # the $id of its schema
    version: str  # the version of its schema
    releases: str  # the releases that use this version, in words
    request: Request
    requirements: tuple[Requirement, ...]
    fields: tuple[Field, ...]  # parents first, in the server's order
    set_by_server: tuple[tuple[str, str], ...]  # names that are not fields, and why
    losses: tuple[Loss, ...]
    lint: tuple[LintTarget, ...]
    valid: tuple[Example, ...]
    invalid: tuple[Example, ...]
    contract_rules: tuple[ContractRule, ...] = ()  # those that check no field

    def field(self, pointer: str) -> Field | None:
        """The field with a pointer, or None."""
        return next((field for field in self.fields if field.pointer == pointer), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleEntry:
    """One rule, with its manual."""

    anchor: str
    name: str
    tier: Tier
    summary: str  # what it finds
    facts: str  # its tier, the releases it applies to, and its fix
    sections: tuple[tuple[str, str], ...]  # the headings of its manual, and the text below each
    fields: tuple[tuple[str, str], ...]  # the fields that it checks: event type and pointer


@dataclass(frozen=True, slots=True, kw_only=True)
class ContractChange:
    """The changes from one version of a document to the next."""

    old: str
    new: str
    sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ContractDocument:
    """A document of a custom contract."""

    anchor: str
    identifier: str
    title: str
    description: str
    version: str
    owner: str  # its x-owner; empty without one
    events: tuple[str, ...]  # the event types that it checks; empty if it holds definitions only
    collections: tuple[str, ...]  # patterns of the collections that it checks; empty for all
    link: str  # the address of its source; empty without one
    changes: tuple[ContractChange, ...]  # between its versions, the newest first


@dataclass(frozen=True, slots=True, kw_only=True)
class ViolatingExample:
    """An event that violates a rule of a custom contract."""

    event_type: str
    payload: str
    pointer: str
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ContractRuleEntry:
    """A rule of a custom contract, with all places that it checks."""

    anchor: str
    name: str
    message: str  # that of its first place
    hint: str
    places: tuple[ContractRule, ...]
    examples: tuple[ViolatingExample, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ContractPart:
    """The documentation of a custom contract."""

    documents: tuple[ContractDocument, ...]
    rules: tuple[ContractRuleEntry, ...]
    has_examples: bool  # whether examples could be generated


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """The documentation of a release.

    Attributes:
        title: The title; empty for the default.
        logo: An image as a ``data:`` address; empty without one.
    """

    release: str
    same_answers: str  # all known releases that give the same answers, in words
    events: tuple[Event, ...]
    rules: tuple[RuleEntry, ...]
    contract: ContractPart | None = None
    title: str = ""
    logo: str = ""

    def event(self, name: str) -> Event:
        """The event type with a name."""
        return {event.name: event for event in self.events}[name]

    def rule(self, name: str | None) -> RuleEntry | None:
        """The rule with a name, or None if the release has no such rule."""
        return next((rule for rule in self.rules if rule.name == name), None)

    def contract_anchor(self, name: str) -> str:
        """The anchor of a rule of the contract; empty if it has no entry."""
        rules = self.contract.rules if self.contract is not None else ()
        return next((rule.anchor for rule in rules if rule.name == name), "")
