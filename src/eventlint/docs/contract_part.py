"""Documents a custom contract: its documents, the changes between their versions, and its rules with examples."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from itertools import islice, pairwise
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from eventlint.docs import document_model as model
from eventlint.errors import UsageError
from eventlint.escaping import printable
from eventlint.exports.fields import to_json
from eventlint.shortcuts import check

if TYPE_CHECKING:
    from eventlint.contract import Contract, ContractRule
    from eventlint.contract.loading import Source

_DRAWS = 3
"""How many events are drawn for an example, of which the shortest is shown."""

_MOST_CHANGES = 20


def link_template(template: str | None) -> Callable[[str, int], str]:
    """A function that returns the address of a line in a file.

    Args:
        template: An address with ``{path}`` and ``{line}``; None for no addresses.

    Raises:
        UsageError: It is not such an address.
    """
    if template is None:
        return lambda path, line: ""
    if not template.startswith(("https://", "http://")) or "{path}" not in template:
        raise UsageError("--source-url must begin with https:// and contain {path}, and may contain {line}")

    def link(path: str, line: int) -> str:
        relative = quote(os.path.relpath(path).replace(os.sep, "/"))
        return template.replace("{path}", relative).replace("{line}", str(line))

    return link


def contract_rules(contract: Contract, link: Callable[[str, int], str]) -> list[model.ContractRule]:
    """The rules of a contract, once for each event type."""
    found = (_rule(rule, event_type, link) for rule in contract.rules for event_type in rule.event_types)
    return list(dict.fromkeys(found))


def _rule(rule: ContractRule, event_type: str, link: Callable[[str, int], str]) -> model.ContractRule:
    where = f" (in {', '.join(rule.collections)})" if rule.collections else ""
    return model.ContractRule(
        pointer=printable(rule.pointer),
        name=printable(rule.name),
        message=printable(rule.message),
        source=printable(f"{rule.identifier}{where}"),
        event_type=event_type,
        constraint=printable(rule.constraint),
        link=link(rule.path, rule.position.line),
    )


def contract_part(
    contract: Contract, release: str, link: Callable[[str, int], str], anchor: Callable[..., str]
) -> model.ContractPart:
    """The documentation of a contract.

    Args:
        contract: The contract.
        release: The server's release.
        link: Returns the address of a line in a file.
        anchor: Creates unique anchors.
    """
    scopes = {source.identifier: scope for source, scope in contract.used}
    newest: dict[str, Source] = {}
    for source in sorted(contract.documents.sources, key=lambda one: one.version):
        if source.identifier in scopes or not any(name == source.name for name in map(_name, contract.used)):
            newest[source.name] = source
    documents = []
    for source in sorted(newest.values(), key=lambda one: one.identifier):
        scope = scopes.get(source.identifier)
        documents.append(
            model.ContractDocument(
                anchor=anchor("contract", source.identifier),
                identifier=printable(source.identifier),
                title=printable(str(source.schema.get("title", ""))),
                description=printable(str(source.schema.get("description", ""))),
                version=str(source.version),
                owner=printable(str(source.schema.get("x-owner", ""))),
                events=scope.events if scope is not None else (),
                collections=tuple(map(printable, scope.collections)) if scope is not None else (),
                link=link(source.document.path, 1),
                changes=tuple(_changes(contract, source.name)),
            )
        )
    has_examples = _can_draw()
    rules = tuple(_entries(contract, release, link, anchor, has_examples=has_examples))
    return model.ContractPart(documents=tuple(documents), rules=rules, has_examples=has_examples)


def _name(used: tuple[Source, Any]) -> str:
    return used[0].name


def _changes(contract: Contract, name: str) -> Iterator[model.ContractChange]:
    """What changed between the versions of a document, the newest first."""
    import dataclasses

    from eventlint.schemas.diff import compared

    sources = sorted((one for one in contract.documents.sources if one.name == name), key=lambda one: one.version)
    others = [one.document for one in contract.documents.sources if one.name != name]
    for old, new in reversed(list(pairwise(sources))):
        # Documents with the same name are compared.
        was, now = (dataclasses.replace(one.document, name="document.json") for one in (old, new))
        sentences = [
            printable(f"{change.sentence} ({change.pointer or 'the document'})")
            for diff in compared([was], [now], siblings=(others, others))
            for change in diff.changes
            if change.bump != "none"
        ]
        more = len(sentences) - _MOST_CHANGES
        kept = sentences[:_MOST_CHANGES] + ([f"and {more} more"] if more > 0 else [])
        yield model.ContractChange(old=str(old.version), new=str(new.version), sentences=tuple(kept))


def _entries(
    contract: Contract,
    release: str,
    link: Callable[[str, int], str],
    anchor: Callable[..., str],
    *,
    has_examples: bool,
) -> Iterator[model.ContractRuleEntry]:
    by_name: dict[str, list[ContractRule]] = {}
    for rule in contract.rules:
        by_name.setdefault(rule.name, []).append(rule)
    for name, rules in by_name.items():
        is_named = name in contract.rule_names
        places = [_rule(rule, event_type, link) for rule in rules for event_type in rule.event_types]
        yield model.ContractRuleEntry(
            anchor=anchor("contract-rule", name),
            name=printable(name),
            message=printable(rules[0].message) if is_named else "A constraint without a name of its own.",
            hint=printable(rules[0].hint or ""),
            places=tuple(dict.fromkeys(places)),
            examples=tuple(_examples(contract, release, name, rules)) if has_examples else (),
        )


def _can_draw() -> bool:
    import importlib.util

    return importlib.util.find_spec("hypothesis") is not None


def _examples(
    contract: Contract, release: str, name: str, rules: list[ContractRule]
) -> Iterator[model.ViolatingExample]:
    """One event that violates a rule, of the first event type for which one can be drawn."""
    from hypothesis.errors import HypothesisException

    from eventlint.strategies import drawn, violating_events

    for rule in rules:
        collection = _collection(rule.collections)
        for event_type in rule.event_types:
            options: dict[str, Any] = {"contract": contract, "collection": collection, "release": release}
            try:
                strategy = violating_events(event_type, name, **options)
                events = [one.event for one in islice(drawn(strategy, 1), _DRAWS)]
            except (HypothesisException, UsageError):  # no event can be drawn
                continue
            for event in sorted(map(to_json, events), key=len)[:1]:
                report = check(event.encode(), event_type, **options)
                found = next((one for one in report.findings if one.rule == name), None)
                if found is not None:
                    yield model.ViolatingExample(
                        event_type=event_type,
                        payload=printable(event, keep="\n"),
                        pointer=printable(found.pointer),
                        message=printable(found.message),
                    )
                    return


def _collection(patterns: tuple[str, ...]) -> str | None:
    """The name of a collection that a pattern matches; None without patterns."""
    return patterns[0].replace("*", "x").replace("?", "x") if patterns else None
