"""The specification in words: types, limits, required fields and ranges of releases."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby

from eventlint.docs.document_model import Code, Inline
from eventlint.exports.fields import ANY, Path, SpecField, dotted, objects
from eventlint.spec import Entries, Integer, Node, Object, Objects, Text, catalog


def type_of(node: Node) -> str:
    """The type of a field."""
    return {
        Text: "string",
        Integer: "integer",
        Object: "object",
        Objects: "array of objects",
        Entries: "object with any keys",
    }[type(node)]


def limits(node: Node) -> Iterator[str]:
    """The limits of a value, in addition to its type."""
    known = catalog().limits
    if isinstance(node, Object):
        yield "no other fields than those listed below"
        return
    if isinstance(node, Text) and node.blank_refused:
        yield "not blank"
    elif isinstance(node, Integer):
        yield f"{node.minimum:,} to {node.maximum:,}"
    elif isinstance(node, Objects):
        yield "a single object is also accepted"
    elif isinstance(node, Entries):
        yield "each value is a string or an array of strings"
    if node.ingest.is_taken_apart:
        yield "a URL that Java can parse, without user name and password"
    if node.ingest.routing:
        yield f"at most {known.term_bytes:,} bytes in UTF-8"
    if node.ingest.mapping == "flattened":
        yield f"each key and string together at most {known.term_bytes - 1:,} bytes in UTF-8; no NUL in a key"
    if node.ingest.mapping in ("keyword", "uri_parts"):
        yield f"searchable up to {known.keyword_utf16_units:,} UTF-16 units"


def required(field: SpecField, *, always: bool) -> str:
    """When a field is required; ``always`` is whether the object that it belongs to is always required."""
    name = field.path[-1]
    condition = "" if always else f", if {field.path[-2]} is present"
    for names in field.parent.required:
        if name in names:
            return f"{'yes' if len(names) == 1 else 'one of ' + ', '.join(names)}{condition}"
    return "no"


def requirements(name: str, node: Object) -> Iterator[tuple[Path, Inline]]:
    """The fields that an event and each object in it require: the path to the object, and the sentences."""
    always: set[Path] = {()}
    for path, found in objects(node):
        always |= {(*path, one[0]) for one in found.required if len(one) == 1 and path in always}
        subject: Inline = (Code(dotted(path)),)
        if not path:
            subject = (f"{'An' if name[:1] in 'aeiou' else 'A'} ", Code(name), " event")
        elif path[-1] == ANY:
            subject = ("Each element of ", Code(dotted(path[:-1])))
        elif path not in always and found.required:
            subject = ("If present, ", *subject)
        yield path, (*subject, *_required_fields(found))


def _required_fields(node: Object) -> Iterator[str]:
    singles = [one[0] for one in node.required if len(one) == 1]
    choices = [one for one in node.required if len(one) > 1]
    if not node.required:
        yield from (" has no required fields; optional: ", *_listed(list(node.fields), ", "), ".")
    if singles:
        yield from (" requires ", *_listed(singles, " and "), ".")
    for choice in choices:
        yield from (" It also requires at least one of " if singles else " requires at least one of ",)
        yield from (*_listed(choice, " and "), ".")


def _listed(names: Sequence[str], last: str) -> Iterator[str]:
    """Names with commas between them, and another separator before the last one."""
    for index, name in enumerate(names):
        if index:
            yield last if index == len(names) - 1 else ", "
        yield Code(name)


def spans(includes: Callable[[str], bool]) -> str:
    """The known releases for which a function is true, in words, by unbroken runs (``A.B.C to A.B.F, A.D.A``)."""
    known = catalog()
    names = [known.by_number[number][0] for number in known.numbers]
    runs = [list(run) for meant, run in groupby(names, includes) if meant]
    return ", ".join(run[0] if len(run) == 1 else f"{run[0]} to {run[-1]}" for run in runs)
