"""Builds the document from the schemas and the rules.

All answers come from the server of the release, and all findings from the check.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from eventlint.docs import document_model as model
from eventlint.docs.contract_part import contract_part, link_template
from eventlint.docs.contract_part import contract_rules as rules_of_contract
from eventlint.docs.contract_rules import by_event, with_rules
from eventlint.docs.descriptions import limits, required, requirements, spans, type_of
from eventlint.docs.losses import losses
from eventlint.exports.example_requests import Probe
from eventlint.exports.fields import complete, fields, objects, to_json
from eventlint.exports.mistakes import mistakes
from eventlint.mirror.plain_answer import majors
from eventlint.mirror.request_checks import METHOD
from eventlint.model import pointer
from eventlint.rules import RULES, Rule
from eventlint.rules.manual import facts, manual
from eventlint.spec import Entries, Object, Release, Text
from eventlint.spec import event as specification
from eventlint.spec import release as resolved
from eventlint.spec.nodes import Lint

if TYPE_CHECKING:
    from eventlint.contract import Contract

_JSON = "application/json"


def build(
    release: str = "latest",
    contract_rules: Iterable[model.ContractRule] = (),
    *,
    contract: Contract | None = None,
    source_url: str | None = None,
    title: str = "",
    logo: str = "",
) -> model.Document:
    """Build the document; each rule of a custom contract is shown with its field, marked with its source.

    Args:
        release: The release to document.
        contract_rules: Rules to show with their fields.
        contract: A contract to document, with all of its rules.
        source_url: The address of a line of a file, with ``{path}`` and ``{line}``; None for no links to the source.
        title: The title; empty for the default.
        logo: An image as a ``data:`` address; empty without one.

    Raises:
        UsageError: There is no such release, a contract rule has an invalid pointer or an unknown event type, or the
            address is not one.
        SchemaError: The schemas cannot be used.
    """
    server = resolved(release)
    rules = tuple(rule for rule in RULES if rule.trait is None or rule.trait in server.era.traits)
    anchors = _Anchors()
    link = link_template(source_url)
    listed = [*contract_rules, *(rules_of_contract(contract, link) if contract is not None else ())]
    known = {name: specification(name, server).fields for name in server.era.events}
    events = tuple(
        _EventBuilder(name, server, rules, anchors).event(found) for name, found in by_event(listed, known).items()
    )
    return model.Document(
        release=server.name,
        same_answers=spans(lambda name: name in server.era.releases),
        events=events,
        rules=tuple(_entry(rule, events, anchors) for rule in rules),
        contract=contract_part(contract, server.name, link, anchors.anchor) if contract is not None else None,
        title=title,
        logo=logo,
    )


class _Anchors:
    """Creates unique anchors of letters, digits, ``-`` and ``_``."""

    def __init__(self) -> None:
        self._used: set[str] = set()

    def anchor(self, *parts: str) -> str:
        wanted = anchor = "-".join(re.sub("[^A-Za-z0-9_-]+", "-", part).strip("-") or "any" for part in parts)
        number = 1
        while anchor in self._used:
            number += 1
            anchor = f"{wanted}-{number}"
        self._used.add(anchor)
        return anchor


class _EventBuilder:
    """Builds the documentation of one event type."""

    def __init__(self, name: str, release: Release, rules: tuple[Rule, ...], anchors: _Anchors) -> None:
        self.name = name
        self.release = release
        self.rules = rules
        self.anchor = anchors.anchor
        self.probe = Probe(release, name)
        self.node = self.probe.node

    def event(self, contract_rules: tuple[model.ContractRule, ...]) -> model.Event:
        anchor = self.anchor(self.name)
        checks: set[tuple[str | None, str]] = set()
        invalid: dict[str, model.Example] = {}
        for mistake in mistakes(self.node):
            example = self._example(mistake.title, mistake.payload, mistake.pointer)
            if example.rule is not None:
                checks.add((example.rule, example.pointer))
                invalid.setdefault(mistake.kind, example)
        lint = tuple(self._lint())
        lost = tuple(losses(self.name, self.node, self.rules, self.release))
        valid = tuple(self._valid())
        events = self.release.era.events
        found: tuple[model.LintTarget | model.Loss, ...] = (*lint, *lost)
        checks |= {(one.rule, where) for one in found for where in one.pointers}
        of_event = with_rules(self._fields(checks), contract_rules)
        return model.Event(
            anchor=anchor,
            name=self.name,
            description=self.probe.schema.get("description", ""),
            schema=self.node.schema,
            version=events[self.name],
            releases=spans(lambda name: resolved(name).era.events.get(self.name) == events[self.name]),
            request=self._request(valid[0].payload),
            requirements=tuple(self._requirements()),
            fields=of_event,
            set_by_server=tuple(self.node.set_by_server.items()),
            losses=lost,
            lint=lint,
            valid=valid,
            invalid=tuple(invalid.values()),
            contract_rules=tuple(
                rule for rule in contract_rules if all(rule not in field.contract_rules for field in of_event)
            ),
        )

    def _requirements(self) -> Iterator[model.Requirement]:
        for path, sentence in requirements(self.name, self.node):
            anchor = self.anchor(f"{self.name}--requires", *path)
            yield model.Requirement(anchor=anchor, pointer=pointer(path), sentence=sentence)

    def _fields(self, checks: set[tuple[str | None, str]]) -> Iterator[model.Field]:
        """The fields, given which rules check which pointers."""
        always = {""}
        for field in fields(self.node):
            here, name = pointer(field.path), field.path[-1]
            in_always = pointer(field.path[:-1]) in always
            is_required = in_always and (name,) in field.parent.required
            if is_required:
                always.add(here)
            yield model.Field(
                anchor=self.anchor(self.name, *field.path),
                pointer=here,
                type=type_of(field.node),
                required=required(field, always=in_always),
                is_required=is_required,
                limits=tuple(limits(field.node)),
                title=field.schema.get("title", ""),
                description=field.schema.get("description", ""),
                example=next(map(to_json, field.schema.get("examples", ())), ""),
                rules=tuple(rule.name for rule in self.rules if (rule.name, here) in checks),
            )

    def _lint(self) -> Iterator[model.LintTarget]:
        """What the rules of the tier lint check."""
        nodes = list(_lint_of(self.node))
        for rule in self.rules:
            if rule.tier == "lint" and rule.examines != "run":
                found = [where for at, lint in nodes if rule.name in lint for where in _pointers(at, lint[rule.name])]
                if found or rule.examines == "payload" or rule.examines_keys:
                    yield model.LintTarget(rule=rule.name, pointers=tuple(found))

    def _valid(self) -> Iterator[model.Example]:
        """The examples in the schema, and an event with all fields; each payload once."""
        titles: dict[str, str] = {}
        for number, one in enumerate(self.probe.examples, 1):
            titles.setdefault(to_json(one), f"example {number} of the schema")
        titles.setdefault(to_json(complete(self.node)), "an event with all fields")
        for payload, title in titles.items():
            yield self._example(title, payload)

    def _example(self, title: str, payload: str, where: str = "") -> model.Example:
        report = self.probe.report(payload, "pretty")
        assert report.answer is not None  # noqa: S101 - the payload can be sent
        return model.Example(
            title=title,
            payload=payload,
            status=report.answer.status,
            answer=report.answer.body.decode(),
            rule=report.first_error.rule if report.first_error else None,
            pointer=where,
        )

    def _request(self, payload: str) -> model.Request:
        path = self.probe.path
        newer, older = majors(self.release)
        command = [
            f'curl -X {METHOD} "$ELASTICSEARCH_URL{path}"',
            f'  -H "Content-Type: {_JSON}"',
            '  -H "Authorization: ApiKey $API_KEY"',
            f"  -d {shlex.quote(payload)}",
        ]
        media_type = f"application/vnd.elasticsearch+json with compatible-with={newer} or {older}"
        return model.Request(
            method=METHOD,
            path=path,
            headers=(
                ("Content-Type", f"Required. {_JSON}, or {media_type}."),
                ("Accept", "The format of the answer. Optional."),
                ("Authorization", "Credentials of a user with the cluster privilege post_behavioral_analytics_event."),
                ("User-Agent", "Stored with the session, unless it is blank."),
                (
                    "X-Forwarded-For",
                    "The visitor's IP address. If it is missing or invalid, the sender's address is stored.",
                ),
            ),
            console=f"{METHOD} {path}\n{payload}",
            curl=" \\\n".join(command),
        )


def _lint_of(node: Object) -> Iterator[tuple[str, Lint]]:
    """The rules of the tier lint for each field and object of an event, with its pointer."""
    for field in fields(node):
        if isinstance(field.node, Text | Entries):
            yield pointer(field.path), field.node.lint
    for path, below in objects(node):
        yield pointer(path), below.lint


def _pointers(at: str, arguments: Mapping[str, Any]) -> list[str]:
    """The fields that a rule checks at a pointer: those that its arguments name, or else the field itself."""
    values = [value for one in arguments.values() for value in (one if isinstance(one, list) else [one])]
    return [at + value for value in values if isinstance(value, str) and value.startswith("/")] or [at]


def _entry(rule: Rule, events: tuple[model.Event, ...], anchors: _Anchors) -> model.RuleEntry:
    pages = manual(rule)
    return model.RuleEntry(
        anchor=anchors.anchor(f"rule-{rule.name}"),
        name=rule.name,
        tier=rule.tier,
        summary=pages.summary,
        facts=facts(rule),
        sections=tuple(pages.sections.items()),
        fields=tuple(
            (event.name, field.pointer) for event in events for field in event.fields if rule.name in field.rules
        ),
    )
