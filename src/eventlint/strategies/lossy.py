"""Ways to lose something after the server has taken an event; it must not know how an event is written.

Each way loses one thing, at one place, and nothing else.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from eventlint.ingest.uri_parts import uri_parts
from eventlint.spec import catalog
from eventlint.spec.nodes import Entries, Integer, Node, Objects, Text
from eventlint.strategies import values
from eventlint.strategies.drawing import Draw, pick, upto
from eventlint.strategies.locations import Parts, Place, get, put
from eventlint.strategies.mutation import Mutation

KEYWORD = catalog().limits.keyword_utf16_units
MAX_TERM = catalog().limits.term_bytes

_UNPARSABLE = (
    " ",
    "a b",
    "/a b",
    "/a|b",
    "/{a}",
    "%",
    "/%zz",
    "/a?q=%",
    "http://a b/",
    "http://a|b/",
    "https://{a}/",
    "ftp//a b",
    "a\x00b",
    "[a",
    '"a"',
    "a\\b",
    ":a",
)


def _unparsable(draw: Draw, event: Any, parts: Parts, node: Node) -> tuple[Any, Parts]:
    url = pick(draw, _UNPARSABLE) if draw(upto(2)) else f"/{draw(values.odd)} {draw(values.words)}"
    return put(event, parts, url if uri_parts(url) is None else "a b"), parts


def _credentials(draw: Draw, event: Any, parts: Parts, node: Node) -> tuple[Any, Parts]:
    user = pick(draw, ("a", "a:b", "user:secret", ":", "a%40b:c", quote(draw(values.odd), safe="")))
    url = f"{pick(draw, ('https', 'http', 'ftp'))}://{user}@example.com{pick(draw, ('/', '', ':8080/a?q=b#c'))}"
    found = uri_parts(url)
    return put(event, parts, url if found is not None and found.user_info else "https://a@example.com/"), parts


def _too_long(draw: Draw) -> str:
    character = pick(draw, values.LONG)
    return character * (KEYWORD // values.units(character) + 1 + draw(upto(3)))


def _over_long(draw: Draw, event: Any, parts: Parts, node: Node) -> tuple[Any, Parts]:
    assert isinstance(node, Text)  # noqa: S101 - the way asks for it
    text = _too_long(draw)
    if node.ingest.is_taken_apart:
        text = "https://example.com/" + pick(draw, ("", "?q=", "#", "a/b.")) + quote(text)
    return put(event, parts, text), parts


def _immense_id(draw: Draw, event: Any, parts: Parts, node: Node) -> tuple[Any, Parts]:
    character = pick(draw, values.LONG)
    return put(event, parts, character * (MAX_TERM // len(character.encode()) + 1 + draw(upto(1)))), parts


def _immense_filter(draw: Draw, event: Any, parts: Parts, node: Node) -> tuple[Any, Parts]:
    entries = get(event, parts)
    name = pick(draw, tuple(entries))
    character = pick(draw, values.LONG)
    room = MAX_TERM - 1 - len(name.encode())
    text = character * (room // len(character.encode()) + 1)
    if draw(upto(1)):
        entries[name] = text
        return event, (*parts, name)
    around = ["a"] * draw(upto(2))
    entries[name] = [*around, text, *["a"] * draw(upto(1))]
    return event, (*parts, name, len(around))


def _nul_in_name(draw: Draw, event: Any, parts: Parts, node: Node) -> tuple[Any, Parts]:
    entries = get(event, parts)
    word = draw(values.words)
    name = pick(draw, (f"{word}\0", f"\0{word}", f"a\0{word}", "\0"))
    entries[name] = pick(draw, ("a", ["a"], ["a", "b"], "", ["", "a"]))
    return event, (*parts, name)


def _dropped(draw: Draw, event: Any, parts: Parts, node: Node) -> tuple[Any, Parts]:
    items = get(event, parts)
    if not items:
        items.append({})
    at = draw(upto(len(items) - 1))
    items.insert(at, pick(draw, (None, True, False, 0, -1.5, "a", "")))
    return event, (*parts, at)


def _converted(draw: Draw, event: Any, parts: Parts, node: Node) -> tuple[Any, Parts]:
    assert isinstance(node, Integer)  # noqa: S101 - the way asks for it
    value = get(event, parts)
    spare = value if abs(value) < 2**30 else 7
    odd = (
        str(value),
        spare + 0.5 if spare >= 0 else spare - 0.5,
        f" {value} ",
        f"{value}d",
        f"{value}.0",
        f"{value}e0",
    )
    named = ("NaN", "0x1p3", "1e3", ".5", "-0.9", "7.")
    return put(event, parts, pick(draw, (*odd, pick(draw, named)))), parts


def _is_url(place: Place) -> bool:
    return isinstance(place.node, Text) and place.node.ingest.is_taken_apart


def _is_keyword(place: Place) -> bool:
    return isinstance(place.node, Text) and place.node.ingest.mapping in ("keyword", "uri_parts")


def _is_routing(place: Place) -> bool:
    return isinstance(place.node, Text) and place.node.ingest.routing


def _is_entries(place: Place) -> bool:
    return isinstance(place.node, Entries)


def _converts(place: Place) -> bool:
    return isinstance(place.node, Integer) and "string" in place.node.converts


WAYS: dict[str, tuple[Mutation, ...]] = {
    "unparsable-url": (Mutation(_is_url, _unparsable),),
    "credentials-in-url": (Mutation(_is_url, _credentials),),
    "session-id-too-long": (Mutation(_is_routing, _immense_id),),
    "filter-too-long": (Mutation(_is_entries, _immense_filter), Mutation(_is_entries, _nul_in_name)),
    "keyword-too-long": (Mutation(_is_keyword, _over_long),),
    "coerced-integer": (Mutation(_converts, _converted),),
    "dropped-item": (Mutation(lambda place: isinstance(place.node, Objects), _dropped),),
}
"""For each rule, the ways to lose something that shows in a parsed event."""
