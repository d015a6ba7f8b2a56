"""What the contract says, in words: kinds, limits, and what must be there; it must not know payloads or answers."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from eventlint.docs.document_model import Code, Inline
from eventlint.docs.field_tree import ANY, Row, objects
from eventlint.spec import Entries, Integer, Node, Object, Objects, Text, catalog

KEYWORD = catalog().limits.keyword_utf16_units
MAX_TERM = catalog().limits.term_bytes

_LIMITS = {
    "keyword-too-long": f"searchable up to {KEYWORD:,} UTF-16 units",
    "session-id-too-long": f"at most {MAX_TERM:,} bytes in UTF-8",
    "filter-too-long": f"each name and text together at most {MAX_TERM - 1:,} bytes in UTF-8; no NUL in a name",
    "unparsable-url": "a URL that Java can read",
    "credentials-in-url": "no user name and no password in it",
}
"""What a value must keep so that a rule finds nothing, for rules that know a limit."""


def path(parts: Sequence[str]) -> str:
    """The way to a field as people write it (``results.items[].page``)."""
    return ".".join(parts).replace(f".{ANY}", "[]")


def kind(node: Node) -> str:
    """The type of a field."""
    if isinstance(node, Text):
        return "string"
    if isinstance(node, Integer):
        return "integer"
    if isinstance(node, Object):
        return "object"
    return "list of objects" if isinstance(node, Objects) else "object with names of your own"


def limits(node: Node, rules: Sequence[str]) -> tuple[str, ...]:
    """What a value must keep, besides its type.

    Args:
        node: The field.
        rules: The names of the rules that look at it.
    """
    told = []
    if isinstance(node, Text) and node.blank_refused:
        told.append("not blank")
    elif isinstance(node, Integer):
        told.append(f"{node.minimum:,} to {node.maximum:,}")
    elif isinstance(node, Object):
        told.append("no other fields than those below it")
    elif isinstance(node, Objects):
        told.append("a single object may stand without the list")
    elif isinstance(node, Entries):
        told.append("each value a string, or a list of strings")
    return (*told, *(_LIMITS[name] for name in rules if name in _LIMITS))


def needed(row: Row, always: bool) -> str:
    """When a field must be there.

    Args:
        row: The field.
        always: Whether the object that it belongs to must be there.
    """
    name = row.parts[-1]
    inside = "" if always else f", with {row.parts[-2]}"
    for one in row.above.required:
        if one == (name,):
            return f"yes{inside}"
        if name in one:
            return f"one of {', '.join(one)}{inside}"
    return "no"


def conditions(name: str, node: Object) -> Iterator[tuple[tuple[str, ...], Inline]]:
    """What must be there, for the event and for each object in it: the way to it, and the sentences.

    Args:
        name: The event type.
        node: The event.
    """
    always: set[tuple[str, ...]] = {()}
    for parts, found in objects(node):
        singles = [Code(one[0]) for one in found.required if len(one) == 1]
        choices = [tuple(Code(name) for name in one) for one in found.required if len(one) > 1]
        always |= {(*parts, one) for one in singles if parts in always}
        yield parts, tuple(_sentences(name, parts, parts in always, singles, choices, found))


def _sentences(
    name: str,
    parts: tuple[str, ...],
    always: bool,
    singles: list[Code],
    choices: list[tuple[Code, ...]],
    node: Object,
) -> Iterator[str]:
    subject = tuple(_subject(name, parts, always))
    if not node.required:
        yield from subject
        yield from (" needs nothing: ", *_listed(tuple(map(Code, node.fields)), "and"), " may each be left out.")
        return
    if singles:
        yield from subject
        both = "both " if len(singles) == 2 and not always else ""
        yield from (" needs ", both, *_listed(tuple(singles), "and"), ".")
    for choice in choices:
        yield from (" It",) if singles else subject
        last = ", or both." if len(choice) == 2 else ", or several of them."
        yield from (" needs ", *_listed(choice, ","), last)


def _subject(name: str, parts: tuple[str, ...], always: bool) -> Iterator[str]:
    if not parts:
        yield from (f"{'An' if name[:1] in 'aeiou' else 'A'} ", Code(name), " event")
    elif parts[-1] == ANY:
        yield from ("An element of ", Code(path(parts[:-1])))
    elif always:
        yield Code(path(parts))
    else:
        above = parts[:-1]
        inside: Inline = (Code(path(above)) if above else Code(name),)
        if above and above[-1] == ANY:
            inside = ("an element of ", Code(path(above[:-1])))
        yield from ("When ", Code(parts[-1]), " is given in ", *inside, ", it")


def _listed(names: tuple[Code, ...], word: str) -> Iterator[str]:
    """Names with commas between them, and a word before the last."""
    for index, name in enumerate(names):
        if index:
            is_last = index == len(names) - 1 and word != ","
            yield f" {word} " if is_last else ", "
        yield name


def spans(wanted: Callable[[str], bool]) -> str:
    """Releases in words: each unbroken run of the known ones (``8.16.0 to 8.17.5, 9.0.0``).

    Args:
        wanted: Tells whether a release, by its name, is meant.
    """
    known = catalog()
    runs: list[list[str]] = []
    is_open = False
    for number in known.numbers:
        name, _ = known.by_number[number]
        if not wanted(name):
            is_open = False
            continue
        if not is_open:
            runs.append([])
        runs[-1].append(name)
        is_open = True
    return ", ".join(run[0] if len(run) == 1 else f"{run[0]} to {run[-1]}" for run in runs)
