"""The document as values: what is told about events, fields and rules; it must not know any format, nor the contract.

All texts are plain, and may come from somebody else's schemas: a renderer escapes each of them. Only the sections of a
rule's manual are Markdown.
"""

from __future__ import annotations

from dataclasses import dataclass

from eventlint.model import Effect, Tier


class Code(str):
    """A part of a sentence that is code: a name, a value, a pointer."""

    __slots__ = ()


Inline = tuple[str, ...]
"""A sentence in parts; those that are :class:`Code` are code, the others are plain text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnRule:
    """A rule that an organisation adds to the server's.

    Attributes:
        pointer: Where it looks: a JSON Pointer into the event. ``*`` stands for any one name or index, and the empty
            string for the whole event. One that leads to no field is shown with the nearest field above it.
        name: The rule's name.
        message: What it asks for, in a sentence; plain text.
        source: Who asks for it: the name of a file, of a schema, of a team.
        event_type: The type that it holds for; None is every type that has such a field.
    """

    pointer: str
    name: str
    message: str
    source: str
    event_type: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One field of an event.

    Attributes:
        anchor: Its place in the document; unique there.
        pointer: The JSON Pointer; ``*`` stands for any one name or index.
        name: Its name alone; ``*`` for any name.
        depth: How many fields stand above it.
        kind: Its type, in words.
        needed: When it must be there, in words.
        is_needed: Whether each event of the type must have it.
        limits: What a value must keep, one sentence each.
        title: Its title.
        meaning: What it is for.
        example: A value, as JSON; empty when there is none.
        rules: The names of the rules that look at it, in the order of all rules.
        own: What an organisation asks for besides.
    """

    anchor: str
    pointer: str
    name: str
    depth: int
    kind: str
    needed: str
    is_needed: bool
    limits: tuple[str, ...]
    title: str
    meaning: str
    example: str
    rules: tuple[str, ...]
    own: tuple[OwnRule, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """What must be there when an object is, in sentences.

    Attributes:
        anchor: Its place in the document; unique there.
        pointer: The object; the empty string is the event.
        sentence: The sentences.
    """

    anchor: str
    pointer: str
    sentence: Inline


@dataclass(frozen=True, slots=True, kw_only=True)
class Silent:
    """Something that happens after the server has answered with 202, and that nobody is told of.

    Attributes:
        effect: ``lost``, ``unsearchable`` or ``changed``.
        when: When it happens.
        rule: The rule that finds it; None when it is always so.
        pointers: The fields that it happens to; empty when it is about the payload as a whole.
    """

    effect: Effect
    when: str
    rule: str | None
    pointers: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """Which fields a rule of the tier lint looks at; no pointers: at the payload as a whole."""

    rule: str
    pointers: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A payload, and what the server says to it.

    Attributes:
        title: What it shows.
        payload: The payload, as it is sent.
        status: The HTTP status of the answer.
        answer: The body of the answer, as the server formats it with ``?pretty``.
        rule: The rule that finds the fault that the answer is about; None when it is accepted.
        pointer: Where the fault is; the empty string is the event.
    """

    title: str
    payload: str
    status: int
    answer: str
    rule: str | None = None
    pointer: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """How an event is sent.

    Attributes:
        method: The HTTP method.
        path: The path, with a name of a collection in it.
        headers: The headers and what each is for.
        console: The request as a dev console takes it.
        curl: The same as a command line.
    """

    method: str
    path: str
    headers: tuple[tuple[str, str], ...]
    console: str
    curl: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One event type.

    Attributes:
        anchor: Its place in the document; unique there.
        name: The event type.
        purpose: What it tells.
        schema: The ``$id`` of its schema.
        version: The version of its schema.
        releases: The releases whose events the schema describes, in words.
        request: How it is sent.
        conditions: What must be there.
        fields: All fields, each after the one that holds it, in the server's order.
        set_by_server: Names that are no fields, and why.
        silent: What is lost or changed in silence.
        looks: Which rules of the tier lint look where.
        valid: Events that the server takes, and in which nothing is found.
        invalid: Events that it refuses.
        own: What an organisation asks of the whole event.
    """

    anchor: str
    name: str
    purpose: str
    schema: str
    version: str
    releases: str
    request: Request
    conditions: tuple[Condition, ...]
    fields: tuple[Field, ...]
    set_by_server: tuple[tuple[str, str], ...]
    silent: tuple[Silent, ...]
    looks: tuple[Look, ...]
    valid: tuple[Example, ...]
    invalid: tuple[Example, ...]
    own: tuple[OwnRule, ...] = ()

    def field(self, pointer: str) -> Field | None:
        """The field with a pointer; None when there is none."""
        return next((field for field in self.fields if field.pointer == pointer), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleEntry:
    """One rule.

    Attributes:
        anchor: Its place in the document; unique there.
        name: The rule's name.
        tier: Its tier.
        summary: What it finds, in a sentence; Markdown.
        facts: Its tier, the releases it applies to, and whether it mends, in a line; Markdown.
        sections: The headings of its manual, and the text below each; Markdown.
        looks_at: The fields that it looks at: event type and pointer.
    """

    anchor: str
    name: str
    tier: Tier
    summary: str
    facts: str
    sections: tuple[tuple[str, str], ...]
    looks_at: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """All that is told.

    Attributes:
        release: The release that the answers and rules are of.
        alike: All known releases that answer like it, in words.
        events: The event types.
        rules: The rules that apply to the release.
    """

    release: str
    alike: str
    events: tuple[Event, ...]
    rules: tuple[RuleEntry, ...]

    def event(self, name: str) -> Event:
        """The event type with a name.

        Raises:
            KeyError: There is none.
        """
        for event in self.events:
            if event.name == name:
                return event
        raise KeyError(name)

    def rule(self, name: str) -> RuleEntry | None:
        """The rule with a name; None when there is none for this release."""
        return next((rule for rule in self.rules if rule.name == name), None)
