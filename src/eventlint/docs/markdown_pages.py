"""Renders the document as Markdown: in one piece, or as one page for each event and rule."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence

from eventlint.docs.document_model import Code, ContractRule, Document, Event, Example, Field, Inline, Loss, RuleEntry

_Links = Callable[[str, str], str]
"""Returns the link to a page (an event type, the name of a rule, or "" for the list of rules) and an anchor on it."""

EFFECTS = {
    "lost": "The event is dropped",
    "unsearchable": "The value is stored, but cannot be searched",
    "changed": "The event is stored differently than intended",
}
"""The effects of a loss, for people."""

CONTRACT_PAGE = "contract"
"""The name of the page about a custom contract."""

DISABLED = "Always: the mapping of the field is disabled, so its values are neither searched nor aggregated."
"""The cause of a loss that no rule reports."""

TIERS_EXPLAINED = {
    "error": "The server rejects the event.",
    "contract": "The server accepts the event, but it violates a custom contract.",
    "loss": "The server answers with 202, and then loses or changes data.",
    "lint": "The server accepts the event and stores it unchanged, but it is probably not what you intended.",
}
"""The tiers, for people."""


def whole(document: Document) -> str:
    """Render the document in one piece."""
    writer = _Writer(document, lambda _, anchor: f"#{anchor}")
    lines = list(writer.index())
    if document.contract is not None:
        lines += writer.contract(2)
    for event in document.events:
        lines += writer.event(event, 2)
    lines += ["## Rule reference", ""]
    for rule in document.rules:
        lines += writer.rule(rule, 3)
    return _text(lines)


def pages(document: Document, rules_at: str | None = None) -> dict[str, str]:
    """The pages by their paths, with slashes: an index, and one page for each event type and each rule.

    ``rules_at`` is the folder of existing pages of the rules, relative to the index; None renders them.
    """
    folder = rules_at or "rules"
    events = {event.name: event.anchor for event in document.events}

    def top(page: str, anchor: str) -> str:
        if page == CONTRACT_PAGE:
            return f"{page}.md#{anchor}"
        return f"{events[page]}.md#{anchor}" if page in events else f"{folder}/{page or 'README'}.md"

    def below(page: str, anchor: str) -> str:
        if page == CONTRACT_PAGE:
            return f"../{page}.md#{anchor}"
        return f"../{top(page, anchor)}" if page in events else f"{page or 'README'}.md"

    writer = _Writer(document, top)
    rendered = {"README.md": _text(writer.index())}
    if document.contract is not None:
        rendered[f"{CONTRACT_PAGE}.md"] = _text(writer.contract(1))
    rendered |= {f"{event.anchor}.md": _text(writer.event(event, 1)) for event in document.events}
    if rules_at is None:
        inner = _Writer(document, below)
        rendered["rules/README.md"] = _text(inner.rules(1))
        rendered |= {f"rules/{rule.name}.md": _text(inner.rule(rule, 1)) for rule in document.rules}
    return rendered


def escaped(text: str) -> str:
    """Escape plain text, so that Markdown shows it literally; line breaks become spaces."""
    return re.sub(r"([\\`*_\[\]<>~#$])", r"\\\1", " ".join(text.split())).replace("&", "&amp;")


def code(text: str) -> str:
    """Text as inline code."""
    text, fence = " ".join(text.split()), _fence(text, 1)
    pad = " " if text.startswith("`") or text.endswith("`") else ""
    return f"{fence}{pad}{text}{pad}{fence}" if text else ""


def block(text: str, language: str) -> list[str]:
    """Text as a block of code."""
    fence = _fence(text, 3)
    return [f"{fence}{language}", *text.rstrip("\n").split("\n"), fence, ""]


def _fence(text: str, least: int) -> str:
    return "`" * max(least, 1 + max(map(len, re.findall("`+", text)), default=0))


def inline(sentence: Inline) -> str:
    """A sentence in parts; spaces at the ends of a part are kept."""
    words = (word for part in sentence for word in ([part] if isinstance(part, Code) else re.split(r"(\s+)", part)))
    return "".join(code(word) if isinstance(word, Code) else " " if word.isspace() else escaped(word) for word in words)


def table(*rows: Sequence[str]) -> list[str]:
    """A table of Markdown cells; the first row is its head."""
    lines = [f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in row)} |" for row in rows]
    return [lines[0], "|" + "---|" * len(rows[0]), *lines[1:], ""]


def _text(lines: Iterable[str]) -> str:
    return re.sub("\n{3,}", "\n\n", "\n".join(lines)).rstrip("\n") + "\n"


class _Writer:
    """Writes the parts of a document."""

    def __init__(self, document: Document, link: _Links) -> None:
        self.document = document
        self.link = link

    def index(self) -> Iterator[str]:
        document = self.document
        yield from (f"# {escaped(document.title or 'Events')}", "")
        yield f"Generated from the schemas and the rules, with the answers of release {escaped(document.release)}."
        yield from (f"Releases with the same answers: {escaped(document.same_answers)}.", "")
        rows = []
        for event in document.events:
            name = f"[{escaped(event.name)}]({self.link(event.name, event.anchor)})"
            rows.append((name, escaped(event.description), code(event.version), escaped(event.releases)))
        yield from table(("Event", "Description", "Schema version", "Releases"), *rows)
        if document.contract is not None and self.link(CONTRACT_PAGE, "contract")[:1] != "#":
            yield from (f"[The custom contract]({self.link(CONTRACT_PAGE, 'contract')})", "")
        yield from self.rules(2)

    def contract(self, level: int) -> Iterator[str]:
        """The custom contract: its documents, and its rules with examples."""
        contract = self.document.contract
        assert contract is not None  # noqa: S101 - the caller has checked it
        mark = "#" * level
        yield from ('<a id="contract"></a>', "", f"{mark} Custom contract", "")
        rows = [
            (
                f'<a id="{one.anchor}"></a>{code(one.identifier)}',
                " ".join(filter(None, (f"**{escaped(one.title)}**" if one.title else "", escaped(one.description)))),
                code(one.version),
                escaped(one.owner),
                escaped(", ".join(one.events) or "definitions only"),
                escaped(", ".join(one.collections) or "all"),
                _link("source", one.link),
            )
            for one in contract.documents
        ]
        yield from table(("Document", "About", "Version", "Owner", "Events", "Collections", "Source"), *rows)
        if any(one.changes for one in contract.documents):
            yield from (f"{mark}# Changes", "")
        for one in contract.documents:
            for change in one.changes:
                yield from (f"{code(one.identifier)}: {code(change.old)} to {code(change.new)}", "")
                yield from (f"- {escaped(sentence)}" for sentence in change.sentences or ("no constraint changed",))
                yield ""
        yield from (f"{mark}# Rules of the contract", "")
        for rule in contract.rules:
            yield from (
                f'<a id="{rule.anchor}"></a>',
                "",
                f"{mark}## {escaped(rule.name)}",
                "",
                escaped(rule.message),
                "",
            )
            yield from ((f"Help: {escaped(rule.hint)}", "") if rule.hint else ())
            places = [
                (
                    code(one.pointer) or "the event",
                    escaped(one.event_type or ""),
                    escaped(one.constraint),
                    escaped(one.source),
                    _link("source", one.link),
                )
                for one in rule.places
            ]
            yield from table(("Where", "Event", "Constraint", "Document", "Source"), *places)
            for example in rule.examples:
                where = code(example.pointer) or "the event"
                yield from (f"A {code(example.event_type)} event that violates it, at {where}:", "")
                yield from block(example.payload, "json")

    def rules(self, level: int) -> Iterator[str]:
        yield from (f"{'#' * level} Rules", "")
        for tier, explanation in TIERS_EXPLAINED.items():
            yield from (f"{'#' * (level + 1)} {tier}", "", explanation, "")
            rules = [rule for rule in self.document.rules if rule.tier == tier]
            rows = [(self._rule(rule.name), rule.summary.replace("\n", " ")) for rule in rules]
            yield from table(("Rule", "Summary"), *rows)

    def _rule(self, name: str) -> str:
        rule = self.document.rule(name)
        return escaped(name) if rule is None else f"[{escaped(name)}]({self.link(name, rule.anchor)})"

    def _fields(self, event: Event, pointers: Iterable[str]) -> str:
        links = []
        for pointer in pointers:
            field = event.field(pointer)
            links.append(f"[{code(pointer)}]({self.link(event.name, field.anchor)})" if field else code(pointer))
        return ", ".join(links)

    def event(self, event: Event, level: int) -> Iterator[str]:
        mark = "#" * (level + 1)
        yield from (f'<a id="{event.anchor}"></a>', "", f"{mark[1:]} {escaped(event.name)}", "")
        yield from (escaped(event.description), "")
        yield f"Schema: {code(event.schema)}, version {code(event.version)}. Releases: {escaped(event.releases)}."
        yield from ("", *(f"- {_contract_rule(rule)}" for rule in event.contract_rules), "")
        yield from (f"{mark} Request", "", code(f"{event.request.method} {event.request.path}"), "")
        yield from table(
            ("Header", "Description"), *((code(name), escaped(use)) for name, use in event.request.headers)
        )
        yield from ("In a dev console:", "", *block(event.request.console, "http"))
        yield from ("On the command line:", "", *block(event.request.curl, "shell"))
        yield from (
            f"{mark} Required fields",
            "",
            "All other known fields are optional. Unknown fields are rejected.",
            "",
        )
        yield from (f'- <a id="{one.anchor}"></a>{inline(one.sentence)}' for one in event.requirements)
        yield from ("", f"{mark} Fields", "", f"In a pointer, {code('*')} matches any index of an array.", "")
        head = ("Field", "Type", "Required", "Limits", "Description", "Example", "Rules")
        yield from table(head, *map(self._field_row, event.fields))
        yield from self._effects(event, mark)
        yield from (f"{mark} Examples", "")
        for example in event.valid:
            yield from self._example(example, mark)
        yield from (f"{mark} Rejected events", "", "The answers are formatted with `?pretty`.", "")
        for example in event.invalid:
            yield from self._example(example, mark)

    def _field_row(self, field: Field) -> tuple[str, ...]:
        return (
            f'<a id="{field.anchor}"></a>{code(field.pointer)}',
            escaped(field.type),
            escaped(field.required),
            escaped("; ".join(field.limits)),
            " ".join((escaped(field.description), *map(_contract_rule, field.contract_rules))),
            code(field.example),
            ", ".join(map(self._rule, field.rules)),
        )

    def _effects(self, event: Event, mark: str) -> Iterator[str]:
        if event.set_by_server:
            rows = [(code(name), escaped(why)) for name, why in event.set_by_server]
            yield from (f"{mark} Set by the server", "", *table(("Name", "Why it is not a field"), *rows))
        yield from (f"{mark} Silent losses", "", "The server answers with 202, so the sender does not notice.", "")
        yield from table(("Effect", "Cause", "Where", "Rule"), *(self._loss_row(event, one) for one in event.losses))
        targets = [(self._rule(one.rule), self._fields(event, one.pointers) or "the payload") for one in event.lint]
        yield from (f"{mark} Lint", "", *table(("Rule", "Where"), *targets))

    def _loss_row(self, event: Event, loss: Loss) -> tuple[str, ...]:
        rule = self.document.rule(loss.rule)
        cause, link = (rule.summary.replace("\n", " "), self._rule(rule.name)) if rule else (DISABLED, "")
        return EFFECTS[loss.effect], cause, self._fields(event, loss.pointers) or "anywhere", link

    def _example(self, example: Example, mark: str) -> Iterator[str]:
        yield from (f"{mark}# {escaped(example.title[:1].upper() + example.title[1:])}", "")
        yield from block(example.payload, "json")
        rule = f", rule {self._rule(example.rule)}" if example.rule else ""
        yield from (f"Answer: {example.status}{rule}.", "", *block(example.answer, "json"))

    def rule(self, rule: RuleEntry, level: int) -> Iterator[str]:
        yield from (f'<a id="{rule.anchor}"></a>', "", f"{'#' * level} {escaped(rule.name)}", "")
        yield from (rule.summary, "", rule.facts, "")
        for heading, text in rule.sections:
            yield from (f"{'#' * (level + 1)} {escaped(heading)}", "", text, "")
        if rule.fields:
            yield from (f"{'#' * (level + 1)} Fields", "")
            for event in self.document.events:
                pointers = [pointer for name, pointer in rule.fields if name == event.name]
                if pointers:
                    yield f"- {escaped(event.name)}: {self._fields(event, pointers)}"
            yield ""


def _contract_rule(rule: ContractRule) -> str:
    where = code(rule.pointer) or "the event"
    constraint = f": {escaped(rule.constraint)}" if rule.constraint else ""
    return f"**{escaped(rule.source)}**: {escaped(rule.message)} ({code(rule.name)}, {where}){constraint}"


def _link(text: str, address: str) -> str:
    return f"[{text}]({address})" if address else ""
