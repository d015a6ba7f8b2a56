"""The document as Markdown, in one piece or a page an event and a rule; it must not know schemas, rules or files."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence

from eventlint.docs.document_model import Code, Condition, Document, Event, Example, Field, Inline, OwnRule, RuleEntry
from eventlint.model import TIERS

_Links = Callable[[str, str], str]
"""Gives the address of a place: a page (an event type, or the name of a rule), and an anchor."""

EFFECTS = {
    "lost": "The whole event is dropped",
    "unsearchable": "It is stored, but cannot be searched for",
    "changed": "It is stored otherwise than meant",
}
"""What a loss does, for people."""

TIER_SAYS = {
    "error": "The server refuses the event.",
    "contract": "The server takes the event, but it breaks a contract of one's own.",
    "loss": "The server answers with 202, and then loses or changes something.",
    "lint": "The server takes the event as it is, but it is hardly what was meant.",
}
"""What a tier is, for people."""


def whole(document: Document) -> str:
    """The document in one piece.

    Args:
        document: What is told.
    """
    return _Writer(document, lambda _, anchor: f"#{anchor}").whole()


def pages(document: Document, rules_at: str | None = None) -> dict[str, str]:
    """The document as pages: an index, a page for each event type, and one for each rule.

    Args:
        document: What is told.
        rules_at: Where the rules' pages are, relative to the index, when they exist already; None makes them.

    Returns:
        The pages by their paths, with slashes.
    """
    folder = rules_at or "rules"
    kinds = {event.name: event.anchor for event in document.events}

    def top(page: str, anchor: str) -> str:
        if page in kinds:
            return f"{kinds[page]}.md#{anchor}"
        return f"{folder}/{page}.md" if page else f"{folder}/README.md"

    def below(page: str, anchor: str) -> str:
        return f"../{top(page, anchor)}" if page in kinds else f"{page or 'README'}.md"

    writer = _Writer(document, top)
    made = {"README.md": _text(writer.index())}
    made |= {f"{event.anchor}.md": _text(writer.event(event, 1)) for event in document.events}
    if rules_at is None:
        inner = _Writer(document, below)
        made["rules/README.md"] = _text(inner.rules())
        made |= {f"rules/{rule.name}.md": _text(inner.rule(rule, 1)) for rule in document.rules}
    return made


def escaped(text: str) -> str:
    """A plain text as Markdown that shows it, and nothing else.

    Args:
        text: The text; its line ends become blanks.
    """
    told = re.sub(r"([\\`*_\[\]<>~#$])", r"\\\1", " ".join(text.split()))
    return told.replace("&", "&amp;")


def code(text: str) -> str:
    """A text as code within a line."""
    text = " ".join(text.split())
    marks = "`" * (1 + max((len(run) for run in re.findall("`+", text)), default=0))
    pad = " " if text.startswith("`") or text.endswith("`") else ""
    return f"{marks}{pad}{text}{pad}{marks}" if text else ""


def block(text: str, language: str = "") -> list[str]:
    """A text as a block of code."""
    marks = "`" * max(3, 1 + max((len(run) for run in re.findall("`+", text)), default=0))
    return [f"{marks}{language}", *text.rstrip("\n").split("\n"), marks, ""]


def inline(sentence: Inline) -> str:
    """A sentence in parts."""
    return "".join(code(part) if isinstance(part, Code) else escaped_part(part) for part in sentence)


def escaped_part(text: str) -> str:
    """A part of a sentence; blanks at its ends stay."""
    head = " " if text[:1].isspace() else ""
    tail = " " if text[-1:].isspace() and text.strip() else ""
    return f"{head}{escaped(text)}{tail}"


def _text(lines: Iterable[str]) -> str:
    return re.sub("\n{3,}", "\n\n", "\n".join(lines)).rstrip("\n") + "\n"


def _row(*cells: str) -> str:
    told = (cell.replace("|", "\\|") for cell in cells)
    return f"| {' | '.join(told)} |"


def table(rows: Sequence[Sequence[str]]) -> list[str]:
    """A table, from rows of Markdown; the first one is its head."""
    return [*_head(*rows[0]), *(_row(*row) for row in rows[1:])]


def _head(*cells: str) -> list[str]:
    return [_row(*cells), "|" + "---|" * len(cells)]


class _Writer:
    """Writes parts of a document; links go where it is told."""

    def __init__(self, document: Document, link: _Links) -> None:
        self.document = document
        self.link = link

    def whole(self) -> str:
        lines = list(self.index())
        for event in self.document.events:
            lines += self.event(event, 2)
        lines += ["## Manuals of the rules", ""]
        for rule in self.document.rules:
            lines += self.rule(rule, 3)
        return _text(lines)

    def index(self) -> Iterator[str]:
        document = self.document
        yield from ("# The events", "")
        yield f"Made from the schemas and the rules; the answers are those of release {escaped(document.release)}."
        yield from (f"These releases answer alike: {escaped(document.alike)}.", "")
        yield from _head("event", "what it tells", "schema", "releases")
        for event in document.events:
            name = f"[{escaped(event.name)}]({self.link(event.name, event.anchor)})"
            yield _row(name, escaped(event.purpose), code(event.version), escaped(event.releases))
        yield from ("", *self.rules(2))

    def rules(self, level: int = 1) -> Iterator[str]:
        yield from (f"{'#' * level} Rules", "")
        for tier in TIERS:
            yield from (f"{'#' * (level + 1)} {tier}", "", TIER_SAYS[tier], "", *_head("rule", "what it finds"))
            for rule in self.document.rules:
                if rule.tier == tier:
                    yield _row(self._rule(rule.name), rule.summary.replace("\n", " "))
            yield ""

    def _rule(self, name: str) -> str:
        rule = self.document.rule(name)
        return escaped(name) if rule is None else f"[{escaped(name)}]({self.link(name, rule.anchor)})"

    def _fields(self, event: Event, pointers: Iterable[str]) -> str:
        return ", ".join(self._field(event, pointer) for pointer in pointers)

    def _field(self, event: Event, pointer: str) -> str:
        field = event.field(pointer)
        return code(pointer) if field is None else f"[{code(pointer)}]({self.link(event.name, field.anchor)})"

    def event(self, event: Event, level: int) -> Iterator[str]:
        mark = "#" * (level + 1)
        yield from (f'<a id="{event.anchor}"></a>', "", f"{'#' * level} {escaped(event.name)}", "")
        yield from (escaped(event.purpose), "")
        yield f"Schema: {code(event.schema)}, version {code(event.version)}. Releases: {escaped(event.releases)}."
        yield from ("", *self._own(event.own), f"{mark} The request", "")
        yield from (f"{code(f'{event.request.method} {event.request.path}')}", "", *_head("header", "what for"))
        for name, what in event.request.headers:
            yield _row(code(name), escaped(what))
        yield from ("", "In a dev console:", "", *block(event.request.console, "http"))
        yield from ("On a command line:", "", *block(event.request.curl, "shell"))
        yield from (
            f"{mark} What must be there",
            "",
            "Each other field may be left out, and no other one may stand there.",
        )
        yield from ("", *(self._condition(one) for one in event.conditions), "")
        yield from (f"{mark} Fields", "", f"{code('*')} in a pointer stands for any place in the list, from 0.", "")
        yield from _head("field", "type", "needed", "limits", "meaning", "example", "rules")
        yield from (self._field_row(field) for field in event.fields)
        yield from ("", *self._after(event, mark))
        yield from (f"{mark} Examples", "")
        for example in event.valid:
            yield from self._example(example, mark)
        yield from (f"{mark} Refused", "")
        yield from ("The answers are shown as the server formats them with `?pretty`.", "")
        for example in event.invalid:
            yield from self._example(example, mark)

    def _condition(self, one: Condition) -> str:
        return f'- <a id="{one.anchor}"></a>{inline(one.sentence)}'

    def _field_row(self, field: Field) -> str:
        own = "".join(f" **{escaped(one.source)}**: {_asked(one)}" for one in field.own)
        return _row(
            f'<a id="{field.anchor}"></a>{code(field.pointer)}',
            escaped(field.kind),
            escaped(field.needed),
            escaped("; ".join(field.limits)),
            escaped(field.meaning) + own,
            code(field.example),
            ", ".join(map(self._rule, field.rules)),
        )

    def _own(self, rules: tuple[OwnRule, ...]) -> Iterator[str]:
        for one in rules:
            yield f"- **{escaped(one.source)}**: {_asked(one)}"
        yield ""

    def _after(self, event: Event, mark: str) -> Iterator[str]:
        if event.set_by_server:
            yield from (f"{mark} Set by the server", "", *_head("name", "why it is no field"))
            yield from (_row(code(name), escaped(why)) for name, why in event.set_by_server)
        yield from ("", f"{mark} Lost in silence", "", "After the answer 202, nobody is told of this.", "")
        yield from _head("what happens", "when", "where", "rule")
        for one in event.silent:
            where = self._fields(event, one.pointers) or "anywhere"
            yield _row(EFFECTS[one.effect], escaped(one.when), where, self._rule(one.rule) if one.rule else "")
        yield from ("", f"{mark} What lint looks at", "", *_head("rule", "where"))
        for look in event.looks:
            yield _row(self._rule(look.rule), self._fields(event, look.pointers) or "the payload as a whole")
        yield ""

    def _example(self, example: Example, mark: str) -> Iterator[str]:
        yield from (f"{mark}# {escaped(example.title[:1].upper() + example.title[1:])}", "")
        yield from block(example.payload, "json")
        rule = f", rule {self._rule(example.rule)}" if example.rule else ""
        yield from (f"The answer: {example.status}{rule}.", "", *block(example.answer, "json"))

    def rule(self, rule: RuleEntry, level: int) -> Iterator[str]:
        yield from (f'<a id="{rule.anchor}"></a>', "", f"{'#' * level} {escaped(rule.name)}", "")
        yield from (rule.summary, "", rule.facts, "")
        for heading, text in rule.sections:
            yield from (f"{'#' * (level + 1)} {escaped(heading)}", "", text, "")
        if rule.looks_at:
            yield from (f"{'#' * (level + 1)} Fields", "")
            for event in self.document.events:
                pointers = [pointer for name, pointer in rule.looks_at if name == event.name]
                if pointers:
                    yield f"- {escaped(event.name)}: {self._fields(event, pointers)}"
            yield ""


def _asked(one: OwnRule) -> str:
    return f"{escaped(one.message)} ({code(one.name)}, {code(one.pointer) or 'the event'})"
