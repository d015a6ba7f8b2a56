"""Schemas and rules in, the document out; it must not know any format.

All answers in it are asked of the server of the release, and all findings of the check: none is written down.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterable, Iterator
from typing import Any

from eventlint.checker import check
from eventlint.docs.contract_rules import of_event, sorted_in
from eventlint.docs.descriptions import conditions, kind, limits, needed, spans
from eventlint.docs.document_model import Condition, Document, Event, Example, Field, Look, OwnRule, Request, RuleEntry
from eventlint.docs.field_tree import Row, complete, objects, rows, written
from eventlint.docs.loss_facts import loss_rules, silent
from eventlint.docs.mistakes import Mistake, mistakes
from eventlint.errors import UsageError
from eventlint.mirror.plain_answer import majors
from eventlint.mirror.request_checks import PATH
from eventlint.mirror.server import Server
from eventlint.model import pointer
from eventlint.rules import RULES, Rule
from eventlint.rules.manual import facts, manual
from eventlint.spec import Object, Release, catalog, compiled, document

_COLLECTION = "my_collection"
_JSON = "application/json"
_METHOD = "POST"


def build(release: str = "latest", extra: Iterable[OwnRule] = ()) -> Document:
    """Make the document.

    Args:
        release: The release that the answers and rules are of: a release, a minor, or ``latest``.
        extra: What an organisation asks for besides. Each is shown with its field, marked with its source.

    Raises:
        UsageError: There is no such release, or an extra rule's pointer or event type cannot be.
        SchemaError: The schemas cannot be used.
    """
    server = Server(release)
    known = server.era.events
    extra = tuple(extra)
    for own in extra:
        if own.event_type is not None and own.event_type not in known:
            raise UsageError(f"{own.name}: not an event type: {own.event_type!r} (one of {', '.join(known)})")
        if own.pointer and not own.pointer.startswith("/"):
            raise UsageError(f"{own.name}: not a JSON Pointer: {own.pointer!r}")
    rules = tuple(rule for rule in RULES if rule.trait is None or rule.trait in server.era.traits)
    anchors = Anchors()
    fields = {name: compiled(f"urn:eventlint:event:{name}:{version}").fields for name, version in known.items()}
    events = tuple(_Maker(name, server, rules, anchors).event(of_event(extra, name, fields)) for name in known)
    return Document(
        release=server.release.name,
        alike=spans(lambda name: name in server.era.releases),
        events=events,
        rules=tuple(_entry(rule, events, anchors) for rule in rules),
    )


class Anchors:
    """Gives each place a name of its own, made of letters, digits, ``-`` and ``_``."""

    def __init__(self) -> None:
        self._given: set[str] = set()

    def name(self, *parts: str) -> str:
        """A name that was not given before.

        Args:
            parts: What it is made of.
        """
        told = [re.sub("[^A-Za-z0-9_-]+", "-", part).strip("-") or "any" for part in parts]
        name = wanted = "-".join(told)
        number = 1
        while name in self._given:
            number += 1
            name = f"{wanted}-{number}"
        self._given.add(name)
        return name


class _Maker:
    """Makes what is told of one event type."""

    def __init__(self, name: str, server: Server, rules: tuple[Rule, ...], anchors: Anchors) -> None:
        self.name = name
        self.version = server.era.events[name]
        self.node: Object = compiled(f"urn:eventlint:event:{name}:{self.version}")
        self.schema: Any = document(self.node.schema)
        self.whole = complete(self.node)
        self.server = server
        self.rules = rules
        self.anchors = anchors
        self.path = "/" + "/".join(part or (_COLLECTION if place == 2 else name) for place, part in enumerate(PATH))

    def event(self, own: tuple[OwnRule, ...]) -> Event:
        anchor = self.anchors.name(self.name)
        refused = [self._refused(mistake) for mistake in mistakes(self.node, self.whole)]
        looks = tuple(self._looks())
        valid = tuple(self._valid())
        fields = sorted_in(tuple(self._fields(refused, looks)), own)
        return Event(
            anchor=anchor,
            name=self.name,
            purpose=self.schema.get("description", ""),
            schema=self.node.schema,
            version=self.version,
            releases=spans(lambda name: _version(name, self.name) == self.version),
            request=self._request(valid[0].payload),
            conditions=tuple(self._conditions()),
            fields=fields,
            set_by_server=tuple(self.node.set_by_server.items()),
            silent=tuple(silent(self.name, self.node, self.whole, self.rules)),
            looks=looks,
            valid=valid,
            invalid=tuple(_first_of_each(refused)),
            own=tuple(one for one in own if all(one not in field.own for field in fields)),
        )

    def _conditions(self) -> Iterator[Condition]:
        for parts, sentence in conditions(self.name, self.node):
            anchor = self.anchors.name(f"{self.name}--needs", *parts)
            yield Condition(anchor=anchor, pointer=pointer(parts), sentence=sentence)

    def _fields(self, refused: list[tuple[Mistake, Example]], looks: tuple[Look, ...]) -> Iterator[Field]:
        errors: dict[str, set[str]] = {}
        for _, example in refused:
            errors.setdefault(example.pointer, set()).add(example.rule or "")
        always = {""}
        for row in rows(self.node):
            here = pointer(row.parts)
            inside = pointer(row.parts[:-1])
            is_needed = inside in always and (row.parts[-1],) in row.above.required
            if is_needed:
                always.add(here)
            rules = (
                errors.get(here, set()) | set(loss_rules(row)) | {look.rule for look in looks if here in look.pointers}
            )
            names = tuple(rule.name for rule in self.rules if rule.name in rules)
            examples = row.schema.get("examples", ())
            yield Field(
                anchor=self.anchors.name(self.name, *row.parts),
                pointer=here,
                name=row.parts[-1],
                depth=len(row.parts) - 1,
                kind=kind(row.node),
                needed=needed(row, inside in always),
                is_needed=is_needed,
                limits=limits(row.node, names),
                title=row.schema.get("title", ""),
                meaning=row.schema.get("description", ""),
                example=written(examples[0]) if examples else "",
                rules=names,
            )

    def _looks(self) -> Iterator[Look]:
        """Where the rules of the tier lint look."""
        fields = list(rows(self.node))
        for rule in self.rules:
            if rule.tier != "lint" or rule.examines == "run":
                continue
            if rule.examines == "payload" or rule.examines_keys:
                yield Look(rule=rule.name, pointers=())
                continue
            found = [pointer(row.parts) for row in fields if _asks_for(rule, row)]
            for parts, node in objects(self.node):
                told = node.lint.get(rule.name, {})
                names = [value for one in told.values() for value in ([one] if isinstance(one, str) else one)]
                found += [pointer(parts) + name for name in names if name.startswith("/")]
            if found:
                yield Look(rule=rule.name, pointers=tuple(found))

    def _valid(self) -> Iterator[Example]:
        """The examples of the schema, and an event with all fields; each once."""
        examples = [(f"example {at} of the schema", one) for at, one in enumerate(self.schema.get("examples", ()), 1)]
        seen: set[str] = set()
        for title, one in [*examples, ("an event with all fields", self.whole)]:
            payload = written(one)
            if payload not in seen:
                seen.add(payload)
                yield self._example(title, payload)

    def _refused(self, mistake: Mistake) -> tuple[Mistake, Example]:
        told = check(mistake.payload, self.name, release=self.server.release.name).first_error
        example = self._example(mistake.title, mistake.payload, told.rule if told else None, mistake.pointer)
        return mistake, example

    def _example(self, title: str, payload: str, rule: str | None = None, where: str = "") -> Example:
        headers = {"Content-Type": _JSON}
        answer = self.server.respond(_METHOD, f"{self.path}?pretty", headers, payload.encode(), now=0)
        return Example(
            title=title,
            payload=payload,
            status=answer.status,
            answer=answer.body.decode(),
            rule=rule,
            pointer=where,
        )

    def _request(self, payload: str) -> Request:
        command = [
            f'curl -X {_METHOD} "$ELASTICSEARCH_URL{self.path}"',
            f'  -H "Content-Type: {_JSON}"',
            '  -H "Authorization: ApiKey $API_KEY"',
            f"  -d {shlex.quote(payload)}",
        ]
        return Request(
            method=_METHOD,
            path=self.path,
            headers=_headers(self.server.release),
            console=f"{_METHOD} {self.path}\n{payload}",
            curl=" \\\n".join(command),
        )


def _asks_for(rule: Rule, row: Row) -> bool:
    """Whether a field's schema names a rule of the tier lint that looks at values."""
    return rule.examines == "value" and rule.name in getattr(row.node, "lint", ())


def _version(release: str, event_type: str) -> str:
    return catalog().release(release).era.events.get(event_type, "")


def _headers(release: Release) -> tuple[tuple[str, str], ...]:
    newer, older = majors(release)
    return (
        (
            "Content-Type",
            f"{_JSON}, or application/vnd.elasticsearch+json with compatible-with={newer} or {older}. It is needed.",
        ),
        ("Accept", "What the answer is written in; it may be left out."),
        ("Authorization", "Somebody with the cluster privilege post_behavioral_analytics_event."),
        ("User-Agent", "Stored with the session, unless it is blank."),
        ("X-Forwarded-For", "The visitor's address, when it is one; else the address of the sender is taken."),
    )


def _first_of_each(refused: Iterable[tuple[Mistake, Example]]) -> Iterator[Example]:
    """The first example of each kind of mistake that the server does refuse."""
    seen: set[str] = set()
    for mistake, example in refused:
        if mistake.kind not in seen and example.rule is not None:
            seen.add(mistake.kind)
            yield example


def _entry(rule: Rule, events: tuple[Event, ...], anchors: Anchors) -> RuleEntry:
    told = manual(rule)
    return RuleEntry(
        anchor=anchors.name(f"rule-{rule.name}"),
        name=rule.name,
        tier=rule.tier,
        summary=told.summary,
        facts=facts(rule),
        sections=tuple(told.sections.items()),
        looks_at=tuple(
            (event.name, field.pointer) for event in events for field in event.fields if rule.name in field.rules
        ),
    )
