"""What is shown for a place: the documentation of a field, and the manuals of the rules that report something there.

All facts come from the documentation of the release (:mod:`eventlint.docs`) and from the custom contract. Of the event,
only the names of known fields are shown.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from eventlint.docs.document_model import Event, Field, Loss
from eventlint.docs.markdown_pages import DISABLED, EFFECTS, code, escaped, inline
from eventlint.escaping import printable
from eventlint.exports.openapi import PARAMETERS
from eventlint.lsp.cursor import Part
from eventlint.lsp.documents import Document
from eventlint.lsp.fields import below, documentation, documented, file_link, newest
from eventlint.lsp.places import Subject, place_at
from eventlint.lsp.request_line import request_part
from eventlint.lsp.settings import FileSettings
from eventlint.rules import RULES, rule
from eventlint.rules.manual import facts, manual
from eventlint.spec import Object, event

if TYPE_CHECKING:
    from eventlint.contract import ContractRule
    from eventlint.docs import Document as Documentation

PageOf = Callable[[str], str | None]
"""Returns the address of the page of a rule; None without one."""


class Hover(NamedTuple):
    """What is shown for a part of the text.

    Attributes:
        start: The first byte of the part in the text.
        end: The byte after it.
        markdown: What is shown.
    """

    start: int
    end: int
    markdown: str


def hover(document: Document, offset: int, rules: Iterable[str] = (), page_of: PageOf = lambda _: None) -> Hover | None:
    """What is shown for a byte of the text; None if nothing is known about it.

    Args:
        document: The document.
        offset: The offset in the text, in bytes.
        rules: The names of the rules that report something there.
        page_of: Returns the address of the page of a rule.
    """
    settings = document.settings
    start, end, parts = offset, offset, []
    part = request_part(document, offset)
    place = None if part is not None or settings.is_schema else place_at(document, offset, wants_keys=False)
    if part is not None:
        name = document.text[part.start : part.end].decode("utf-8", "replace")
        if part.kind == "event_type" and name in newest(settings).era.events:
            start, end, parts = part.start, part.end, [_about_event(documentation(newest(settings).name).event(name))]
        elif part.kind == "parameter" and name in PARAMETERS:
            start, end, parts = part.start, part.end, [f"{code(name)}\n\n{escaped(PARAMETERS[name])}"]
    elif place is not None and place.spot.role != "none" and place.kind == "event":
        start, end = place.to_document(place.spot.start), place.to_document(place.spot.end)
        text = about_field(settings, place.subject, place.path, page_of)
        parts = [text] if text else []
    parts += [short_manual(settings, name, page_of) for name in dict.fromkeys(rules)]
    return Hover(start, end, "\n\n---\n\n".join(parts)) if parts else None


# ---- fields ---------------------------------------------------------------------------------------------------------


def about_field(
    settings: FileSettings, subject: Subject, path: Sequence[Part], page_of: PageOf = lambda _: None
) -> str:
    """The documentation of the field at a path, as Markdown; empty if there is no such field.

    If the event type is unknown, and events of several types have the field, it is that of the first one.
    """
    found = list(documented(settings, subject, path))
    if not found:
        return _set_by_server(settings, subject, path)
    known, field, rules = found[0]
    return "\n".join(_lines(settings, known, field, rules, page_of, [one.name for one, _, _ in found]))


def _lines(
    settings: FileSettings,
    known: Event,
    field: Field,
    rules: Sequence[ContractRule],
    page_of: PageOf,
    names: list[str],
) -> Iterator[str]:
    document = documentation(newest(settings).name)
    yield f"**{escaped(field.title or field.name)}** {code(field.pointer)} ({escaped(', '.join(names))})"
    yield from ("", escaped(field.description), "")
    yield f"- Type: {escaped(field.type)}"
    yield f"- Required: {escaped(field.required)}"
    if field.limits:
        yield f"- Limits: {escaped('; '.join(field.limits))}"
    for one in known.requirements:
        if one.pointer == field.pointer:
            yield f"- {inline(one.sentence)}"
    for contract_rule in dict.fromkeys(rules):
        yield f"- Contract: {_contract_rule(contract_rule)}"
    for loss in known.losses:
        if field.pointer in loss.pointers:
            yield f"- After 202: {_loss(document, loss, page_of)}"
    if field.example:
        yield f"- Example: {code(field.example)}"


def _contract_rule(found: ContractRule) -> str:
    """A rule of the contract: its constraint in words, its message, and where it is."""
    is_named = found.name != "contract-violation" or not found.constraint
    words = "; ".join(filter(None, (found.constraint, found.message if is_named else "", found.hint)))
    link = file_link(found.path, found.position.line)
    return f"{escaped(printable(words))} ([{escaped(printable(found.identifier))}]({link}))"


def _loss(document: Documentation, loss: Loss, page_of: PageOf) -> str:
    entry = document.rule(loss.rule)
    if entry is None:
        return f"{escaped(EFFECTS[loss.effect])}. {DISABLED}"
    page = page_of(entry.name)
    name = f"[{escaped(entry.name)}]({page})" if page else code(entry.name)
    return f"{escaped(EFFECTS[loss.effect])} ({name}): {' '.join(entry.summary.split())}"


def _set_by_server(settings: FileSettings, subject: Subject, path: Sequence[Part]) -> str:
    """How the server sets a name that is not a field."""
    for event_type in subject.event_types:
        if not path or event_type not in newest(settings).era.events:
            continue
        around = below(event(event_type, newest(settings)), path[:-1])
        why = around.set_by_server.get(str(path[-1])) if isinstance(around, Object) else None
        if why:
            return f"{code(str(path[-1]))} is not a field. {escaped(why)}"
    return ""


def _about_event(known: Event) -> str:
    about = f"**{escaped(known.name)}**\n\n{escaped(known.description)}"
    return about + "".join(f"\n\n{inline(one.sentence)}" for one in known.requirements if not one.pointer)


# ---- rules ----------------------------------------------------------------------------------------------------------


def short_manual(settings: FileSettings, name: str, page_of: PageOf = lambda _: None) -> str:
    """The manual of a rule in short, with the address of its page, as Markdown."""
    known = {one.name for one in RULES}
    found = rule(name if name in known else "contract-violation")
    page = page_of(found.name)
    link = f" [Manual]({page})" if page else ""
    if name not in known:
        about = _custom_rule(settings, name)
        return f"**{escaped(name)}**\n\n{about}Tier: contract.{link}"
    pages = manual(found)
    sections = [pages.summary, pages.sections.get("Why is this bad?", "").partition("\n\n")[0]]
    return f"**{escaped(name)}**\n\n" + "\n\n".join(filter(None, (*sections, facts(found) + link)))


def _custom_rule(settings: FileSettings, name: str) -> str:
    """The messages of a rule of the custom contract."""
    rules = settings.contract.rules if settings.contract is not None else ()
    lines = dict.fromkeys(f"- {_contract_rule(one)}" for one in rules if one.name == name)
    return "".join(f"{line}\n" for line in lines) + ("\n" if lines else "")
