"""Payloads on which the native engine is compared with the full check."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from itertools import cycle, islice
from typing import Any, NamedTuple

from eventlint.spec import Entries, Integer, Node, Object, Objects, event, event_types
from eventlint.strategies import drawn, events, invalid_events, lossy_payloads, payloads
from tests.corpus import payload_cases
from tests.screen import event_pool, pool

_BYTES = b'"\\{}[]:,0-+.eE \t\r\xc3\xff\x00/#*'
_LETTERS = "".join(map(chr, range(0x20, 0x7F))) + "äéßñ日本靴😀"
_UNUSUAL = "＠٤\u3000\u212a\u017f\u0130\n\t\x7f\0"


class Case(NamedTuple):
    """A payload, and how it was made."""

    source: str
    event_type: str
    data: bytes


def corpus() -> Iterator[Case]:
    """The payloads of the corpus."""
    seen = set()
    for case in payload_cases():
        if case.event_type in event_types() and (case.body, case.event_type) not in seen:
            seen.add((case.body, case.event_type))
            yield Case("corpus", case.event_type, case.body)


def values() -> Iterator[Case]:
    """Clean events with each string of the pool at one place in turn: URLs, samples of rules, limits, mutations."""
    for event_type in event_types():
        base = event_pool.clean(event_type)
        places = cycle(_strings(base, event(event_type)))
        for value in pool.strings():
            container, key = next(places)
            before, container[key] = container[key], "\0"
            around = json.dumps(base, ensure_ascii=False).encode("utf-8", "surrogatepass")
            container[key] = before
            yield Case("value", event_type, around.replace(b'"\\u0000"', value.raw))


def _strings(value: Any, node: Node) -> list[tuple[Any, Any]]:
    """The container and key of each string."""
    if isinstance(node, Object):
        return [place for key, below in node.fields.items() if key in value for place in _at(value, key, below)]
    assert isinstance(node, Objects)
    return [place for item in value for place in _strings(item, node.item)]


def _at(value: Any, key: str, node: Node) -> list[tuple[Any, Any]]:
    if isinstance(node, Object | Objects):
        return _strings(value[key], node)
    if isinstance(node, Entries):
        return [(value[key], next(iter(value[key])))]
    return [] if isinstance(node, Integer) else [(value, key)]


def relations() -> Iterator[Case]:
    """Events with one wrong value, and events whose values disagree."""
    for event_type in event_types():
        for one in event_pool.events(event_type):
            yield Case("relation", event_type, json.dumps(one).encode())


def draws(seed: int) -> Iterator[Case]:
    """What strategies draw, without end."""
    sources = [
        (event_type, drawn(strategy(event_type), seed))
        for event_type in event_types()
        for strategy in (events, payloads, invalid_events, lossy_payloads)
    ]
    for event_type, values in cycle(sources):
        value = next(values)
        value = getattr(value, "event", value)
        if isinstance(value, str):
            value = value.encode("utf-8", "surrogatepass")
        if not isinstance(value, bytes):
            try:
                value = json.dumps(value, ensure_ascii=bool(seed % 2)).encode("utf-8", "surrogatepass")
            except (TypeError, ValueError):
                continue
        yield Case("drawn", event_type, value)


def mutations(seed: int, source: str = "mutated") -> Iterator[Case]:
    """Clean lines with one to three changes, of bytes or of strings, without end.

    With the source ``hostile``, changed strings are often from the pool, or get unusual characters.
    """
    dice = random.Random(seed)
    share = 0.3 if source == "hostile" else 0
    lines = [
        (event_type, json.dumps(one, ensure_ascii=False, separators=separators).encode())
        for event_type in event_types()
        for one in [event_pool.clean(event_type), *islice(drawn(events(event_type), seed), 40)]
        for separators in ((",", ":"), (", ", ": "))
    ]
    texts = [value.value for value in pool.strings() if len(value.value) < 2_000]
    while True:
        event_type, line = dice.choice(lines)
        for _ in range(dice.randint(1, 3)):
            line = _changed_value(line, dice, texts, share) if dice.random() < 0.6 else _changed_bytes(line, dice)
        yield Case(source, event_type, line)


def _changed_value(line: bytes, dice: random.Random, texts: list[str], share: float) -> bytes:
    """The line with one string changed, or with changed bytes if it is not JSON any more."""
    try:
        event = json.loads(line)
    except (ValueError, RecursionError):
        return _changed_bytes(line, dice)
    container, key = event, None
    while isinstance(container, dict | list) and container:
        keys: list[Any] = list(container) if isinstance(container, dict) else list(range(len(container)))
        key = dice.choice(keys)
        if not isinstance(container[key], dict | list):
            break
        container = container[key]
    if key is None or not isinstance(container, dict | list) or not container:
        return line
    value = container[key]
    if not isinstance(value, str):
        container[key] = dice.choice([0, 1, -1, 10, 2**31 - 1, 2**31, value])
    elif dice.random() < share:
        container[key] = dice.choice(texts)
    else:
        at = dice.randint(0, len(value))
        letters = _UNUSUAL if share and dice.random() < 0.5 else _LETTERS
        container[key] = value[:at] + dice.choice(letters) + value[at + dice.randint(0, 2) :]
    return json.dumps(event, ensure_ascii=dice.random() < 0.5).encode("utf-8", "surrogatepass")


def _changed_bytes(line: bytes, dice: random.Random) -> bytes:
    at = dice.randint(0, len(line))
    if dice.random() < 0.3:  # white space, which is often harmless
        return line[:at] + b" " + line[at:]
    return line[:at] + bytes([dice.choice(_BYTES)]) + line[at + dice.randint(0, 2) :]


_URL_PARTS = (
    *("http", "https", "HTTPS", "ftp", "file", "htps", "jar", "mailto", "url", ":", "://", "//", "/", "?", "#", "@"),
    *("[", "]", "[::1]", "[2001:db8::1]", "[::ffff:127.0.0.1]", "[fe80::1%1]", ":80", ":", ":+8", ":99999999999"),
    *("a", "b.example", "127.0.0.1", "0.0.0.0", "local", "localhost", "é", "\u0660", "\u212a", "\uff20"),  # noqa: S104
    *("\xa0", "\x85", "😀", " ", "\t", "|", "{", "}", "\\", "%", "%2", "%25", "%3D", "%33", "%44", "%20", "%2F"),
    *("%5D", "%E2%84%AA", "token", "tok%65n", "to\u212aen", "key", "sid", "=", "&", ";", "8f14e45fceea167a"),
    *("sk-", "ghp_", "+49", "%2B"),
)


def urls(seed: int) -> Iterator[Case]:
    """Clean events with a URL made of parts that matter to parsers of URLs and to names of parameters, without end."""
    dice = random.Random(seed)
    bases = {event_type: event_pool.clean(event_type) for event_type in event_types()}
    while True:
        event_type = dice.choice(("page_view", "search_click"))
        head = dice.choice(("", "https://", "https://a.example/", "https://a.example/?", "ftp://"))
        url = head + "".join(dice.choices(_URL_PARTS, k=dice.randint(1, 7)))
        page = {**bases[event_type]["page"], dice.choice(("url", "referrer")): url}
        event = {**bases[event_type], "page": page}
        yield Case("url", event_type, json.dumps(event, ensure_ascii=dice.random() < 0.5).encode())


def all_cases(seed: int, count: int) -> Iterator[Case]:
    """Cases of every kind: of the corpus and the pool, mutated ones, and a tenth as many drawn ones."""
    yield from islice(corpus(), count)
    yield from islice(values(), count)
    yield from islice(relations(), count)
    yield from islice(mutations(seed), count)
    yield from islice(mutations(seed, "hostile"), count)
    yield from islice(urls(seed), count)
    yield from islice(draws(seed), count // 10)
