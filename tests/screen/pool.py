"""Values on which screens are tried: of the corpus, at the limits, of each kind that a rule reports, and mutations."""

from __future__ import annotations

import functools
import gzip
import json
import os
import random
from collections.abc import Iterator
from typing import Any, NamedTuple

from eventlint.jsontext.java_text import BLANKS
from eventlint.mirror.leaf import Leaf
from eventlint.mirror.reading import Reading
from eventlint.redact.names import name_endings
from eventlint.redact.url import KEY_DELIMITERS, key_prefixes
from eventlint.rules import Rule, examining
from eventlint.rules.placeholders import PLACEHOLDERS
from eventlint.screen.plan import all_identifiers
from eventlint.spec import Entries, Integer, Node, Object, Objects, catalog, compiled, event_types
from tests.corpus import file, payload_cases

MUTATIONS = int(os.environ.get("EVENTLINT_DRAWS", "150")) * 20
"""How many mutated strings are tried; the environment raises it."""

LIMITS = catalog().limits
WHITE_SPACE = sorted({chr(code) for code in range(0x3100) if chr(code).isspace()} | set(BLANKS))


class Value(NamedTuple):
    """A string or a number, and its bytes."""

    value: Any
    raw: bytes


def written(text: str) -> Value:
    """A string as a client would send it."""
    return Value(text, json.dumps(text, ensure_ascii=False).encode("utf-8", "surrogatepass"))


def nodes() -> dict[str, Node]:
    """All nodes of all schemas whose values rules examine, by the schema and the pointer."""
    found: dict[str, Node] = {}

    def collect(node: Node, pointer: str) -> None:
        if isinstance(node, Object):
            for key, below in node.fields.items():
                collect(below, f"{pointer}/{key}")
        elif isinstance(node, Objects):
            collect(node.item, f"{pointer}/*")
        else:
            found[pointer] = node

    for identifier in all_identifiers():
        collect(compiled(identifier), identifier)
    return found


def screened() -> Iterator[tuple[Rule, Node]]:
    """Each rule with each node that it examines, once for equal screens."""
    seen = set()
    for rule in examining("value"):
        for node in nodes().values():
            if rule.applies_to(node):
                mark = (rule.name, repr(getattr(node, "lint", None)), type(node))
                if mark not in seen:
                    seen.add(mark)
                    yield rule, node


def leaf(node: Node, value: Value, key: str | None = None, *, is_key: bool = False) -> Leaf:
    """A value as a rule gets it."""
    return Leaf(("x",), node, 0, value.value, value.raw, key, is_name=is_key)


@functools.cache
def numbers() -> tuple[Value, ...]:
    """Numbers in every form that the server takes for an integer."""
    from eventlint.jsontext import integer

    texts = ["0", "-0", "7", "-7", "10.7", "1.0", "1e3", "1E+2", "-0.9", "2147483647", "2147483646.4", "0.0", "12e-1"]
    strings = ['"7"', '" 7 "', '"0x1p3"', '"NaN"', '"1e3"', '"-0"', '"10d"']
    found = [Value(integer.of_number(text), text.encode()) for text in texts]
    found += [Value(integer.of_string(json.loads(text)), text.encode()) for text in strings]
    return tuple(found)


@functools.cache
def strings() -> tuple[Value, ...]:
    """All strings, without repeats."""
    texts = dict.fromkeys([*_directed(), *_urls(), *_corpus()])
    texts |= dict.fromkeys(_mutated(list(texts)))
    malformed = [
        Value("/", b'"\xc0\xaf"'),
        Value("\ud800", b'"\xed\xa0\x80"'),
        Value("a", b'"\xf8a"'),
        Value("\ud83d", b'"\\ud83d"'),
    ]
    return (*map(written, texts), *malformed)


def _corpus() -> Iterator[str]:
    """The strings of all payloads of the corpus."""
    newest = catalog().release("latest")
    seen = set()
    for case in payload_cases():
        if case.event_type not in event_types() or (case.body, case.event_type) in seen:
            continue
        seen.add((case.body, case.event_type))
        kept: list[Any] = []

        def keep(node: Node, value: Any, raw: bytes, entry: str | None, kept: list[Any] = kept) -> bool:
            kept.extend(one for one in (value, entry) if isinstance(one, str) and len(one) < 50_000)
            return False

        Reading(case.body, case.event_type, newest, first_only=False, leaf_filter=keep)
        yield from kept


def _urls() -> Iterator[str]:
    path = file("urls")
    opener: Any = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8", errors="surrogatepass") as lines:
        for line in lines:
            yield json.loads(line)["url"]


def _directed() -> Iterator[str]:
    """Strings just over and just under each limit, and of each kind that a rule reports."""
    for most in (LIMITS.keyword_utf16_units, LIMITS.term_bytes, LIMITS.key_bytes):
        for character in ("a", "é", "\u4e2d", "\U0001f600"):
            size = len(character.encode())
            units = len(character.encode("utf-16-le")) // 2
            for per in (units, size):
                for extra in (-1, 0, 1):
                    filled = character * (most // per)
                    yield filled + "a" * (most - len(filled.encode()) if per == size else most - units * len(filled))
                    yield character * (most // per + extra)
    yield "https://www.example.com/" + "a" * (LIMITS.keyword_utf16_units - 23)
    yield "https://www.example.com/?q=" + "a" * LIMITS.keyword_utf16_units
    yield from PLACEHOLDERS
    yield from ("{{x}}", "{{ user_id }}", "${x}", "<%= x %>", "{%x%}", "#{x}", "%(x)s", "%{x}", "{x}", "<name>", "[x]")
    for space in WHITE_SPACE:
        yield from (space, space * 3, f"{space}a", f"a{space}", f"a{space}b", f"{space}a{space}")
    yield from ("", "\ud83d", "a\ude00", "\ud83d\ude00b\ud83d", "\0", "a\0b", "\x7f", "\u200b")
    yield from (
        "jane@example.com",
        "jane%40example.com",
        "j.d+x@mail.example.org",
        "a@b",
        "@",
        "mail jane@example.com!",
    )
    phones: tuple[str, ...] = (
        "+491701234567",
        "%2B491701234567",
        "+49 170 1234567",
        "+1 (415) 555-0132",
        "+12345678",
        "+1-2-3-4-5-6-7-8",
    )
    phones += (
        "415-555-0132",
        "(415) 555-0132",
        "(415)555-0132",
        "415.555.0132",
        "415 555 0132",
        "415\u00a0555\u00a00132",
    )
    phones += (
        "+1234567",
        "415-555-013",
        "4155550132",
        "x415-555-0132",
        "415-555-0132x",
        "1415-555-0132",
        "\u0664\u0661\u0665-555-0132",
    )
    phones += (
        "123-456-7890abc",
        "123-456-7890_",
        "0-123-456-7890",
        "call 415-555-0132 now",
        "%2b491701234567",
        "+0123456789",
    )
    phones += tuple(f"{plus}1{gap.join('2345678')}" for plus in ("+", "%2B") for gap in ("", " ", ". ", "(-"))
    yield from phones
    for text in (*phones, "jane@example.com", "jane＠example.com", "jane%40example.com", "red+shoes", "c%2B%2B"):
        yield f"https://www.example.com/?q={text}"
        yield f"https://www.example.com/{text}"
        yield f"https://www.example.com/?q=1#{text}"
    yield "jane＠example.com"
    for ending in name_endings():
        for name in (ending, ending.upper(), f"access_{ending}", f"x-{ending}", f"my{ending}", f"{ending}s"):
            yield f"https://www.example.com/?{name}=8f14e45fceea167a"
        for name in (f"user[{ending}]", f"{ending}2", f"user[{ending}2]", f"user%5B{ending}%5D"):
            yield f"https://www.example.com/?{name}=8f14e45fceea167a"
        yield f"https://www.example.com/?a=1&{ending}=8f14e45fceea167a&b"
        yield f"https://www.example.com/?a=1;{ending}=8f14e45fceea167a"
        yield f"https://www.example.com/?%{ord(ending[0]):02x}{ending[1:]}=8f14e45fceea167a"
        yield f"https://www.example.com/?{ending[:-1]}%{ord(ending[-1]):02X}=8f14e45fceea167a"
        yield f"https://www.example.com/?next=%2F%3F{ending}%3D8f14e45fceea167a"
        yield f"https://www.example.com/#{ending}=8f14e45fceea167a"
        yield f"/reset?{ending}=8f14e45fceea167a"
        yield f"https://www.example.com/?q={ending}#{ending}=1"
    for prefix in key_prefixes():
        for before in KEY_DELIMITERS:
            yield f"https://www.example.com/a{before}{prefix}{'0a1b2c3d' * 8}"
    yield from ("https://www.example.com/?\u017fecret=1", "https://www.example.com/?to\u212aen=1")
    hosts = (
        "localhost",
        "LOCALHOST",
        "a.localhost",
        "printer.local",
        "local",
        "127.0.0.1",
        "127.1.2.3",
        "0.0.0.0",  # noqa: S104 - a host in a URL
        "[::1]",
    )
    for host in (*hosts, "[0:0:0:0:0:0:0:1]", "localhost.", "www.example.com", "localhost.example.com", "10.0.0.1"):
        yield from (
            f"http://{host}/",
            f"https://{host}:3000/a?b=c#d",
            f"http://u:p@{host}/",
            f"ftp://{host}/",
            f"//{host}/",
        )
    yield from (
        "/search?q=red shoes",
        "http://user:secret@www.example.com/",
        "HTTP://WWW.EXAMPLE.COM/",
        "https:/a",
        "a",
        "?",
    )
    yield from ("asc", "desc", "DESC", "Asc", "descending", "up")


_PIECES: tuple[str, ...] = (
    "a",
    "0",
    "-",
    "_",
    " ",
    "+",
    "%",
    "%40",
    "@",
    ".",
    "(",
    ")",
    "1",
    "{",
    "}",
    "$",
    "<",
    "[",
    "?",
    "&",
    ";",
    "=",
    "#",
    "/",
)
_PIECES += (
    ":",
    "\u00a0",
    "\u2003",
    "é",
    "\U0001f600",
    "\ud800",
    "\0",
    "token",
    "key",
    "local",
    "415-",
    "555-0132",
    "https://",
)


def _mutated(texts: list[str]) -> Iterator[str]:
    """Strings with a piece put in, left out or repeated; the same in every run."""
    dice = random.Random(1)
    short = [text for text in texts if len(text) < 200]
    for _ in range(MUTATIONS):
        text = dice.choice(short)
        for _ in range(dice.randint(1, 3)):
            at = dice.randint(0, len(text))
            cut = dice.randint(0, 2)
            text = (
                text[:at]
                + (dice.choice(_PIECES) if dice.random() < 0.7 else dice.choice(short)[:20])
                + text[at + cut :]
            )
        yield text


def cases(rule: Rule, node: Node) -> Iterator[Leaf]:
    """The values with which a rule is tried at a node."""
    if isinstance(node, Integer):
        yield from (leaf(node, value) for value in numbers())
        return
    for value in strings():
        if not isinstance(node, Entries):
            yield leaf(node, value)
            continue
        yield leaf(node, value, "brand")
        if len(value.value) < 2 * LIMITS.term_bytes:
            yield leaf(node, written("acme"), value.value)
            if rule.examines_keys:
                yield leaf(node, value, value.value, is_key=True)
    if isinstance(node, Entries):
        for key in ("", "k", "é" * 10):
            for character in ("a", "é"):
                size = len(character.encode())
                room = LIMITS.term_bytes - 1 - len(key.encode())
                yield leaf(node, written(character * (room // size) + "a" * (room % size) + "b"), key)
