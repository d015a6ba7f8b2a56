"""Functions made from the compiled contract that say of a parsed event: surely clean; it must not know findings.

They build nothing and stop at the first doubt; whoever calls them then takes the long way, which decides. Two are made
of each event: one for what the server refuses, and one for the rules of all tiers. The second is doubtful of more: of
what is lost or changed later, and of what looks odd.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable
from typing import Any, cast

from eventlint.contract.nodes import Integer, Node, Object, Objects, Text
from eventlint.ingest.plain import is_plain_url
from eventlint.model import BLANKS
from eventlint.rules.related import BY_RULE, Look
from eventlint.rules.values import PLACEHOLDERS, TEMPLATE_STARTS

Clean = Callable[[object], bool]

LONG_NAME = 10_000
"""From how many characters on a name is doubtful: some eras limit names."""

KEYWORD = 1024
"""How many UTF-16 units a keyword may have and still be searched for (``ignore_above``)."""

SHORT_ENTRY = 8191
"""How many characters a filter's name and text may have together and surely be fewer than 32,766 bytes."""

_SUSPECT = (
    r"(?i)[@+]|%40|%2b|\d[-\s().]+\d{3}[-\s.]"
    r"|[?&;][a-z]{0,8}[_-]?(?:token|passw|pwd|secret|api[_-]?key|key|session|sid|jwt|auth|sig|code)"
)


def _is_plain_id(text: str) -> bool:
    """Whether an ID is of letters, digits, hyphens and underscores, and no telephone number."""
    if not text.isascii() or len(text) > KEYWORD:
        return False
    if text.isalnum():
        return True
    bare = text.replace("-", "").replace("_", "")
    return bare.isalnum() and not bare.isdigit()


def _may_be_personal(text: str) -> bool:
    """Whether a text may hold an e-mail address or a telephone number, of ten digits at least or with a plus sign."""
    return "@" in text or "+" in text or "%" in text or (len(text) >= 10 and sum(map(str.isdigit, text)) >= 10)


def _is_suspect(url: str) -> bool:
    """Whether a plain URL may hold a secret or personal data, or be of the sender's own machine."""
    if "//127." in url or "//0." in url or "[" in url or "local" in url.lower():
        return True
    return "?" in url and re.search(_SUSPECT, url) is not None


def is_text(value: object) -> bool:
    """Whether a value is a string that can be sent."""
    if type(value) is not str:
        return False
    if not value.isascii():
        try:
            value.encode()
        except UnicodeEncodeError:
            return False
    return True


def _are_entries(value: object) -> bool:
    """Filters: any names, each a string or a list of strings."""
    if type(value) is not dict:
        return False
    for name, entry in value.items():
        if not is_text(name) or len(name) > LONG_NAME:
            return False
        if type(entry) is list:
            if not all(map(is_text, entry)):
                return False
        elif not is_text(entry):
            return False
    return True


def _is_plain_entry(name: str, text: object) -> bool:
    """Whether a filter's text is surely stored as it is, and looks meant."""
    return (
        is_text(text)
        and len(name) + len(cast(str, text)) <= SHORT_ENTRY
        and text not in PLACEHOLDERS
        and cast(str, text)[:1] not in TEMPLATE_STARTS
    )


def _are_plain_entries(value: object) -> bool:
    """Filters that are surely stored as they are, and look meant."""
    if type(value) is not dict:
        return False
    for name, entry in value.items():
        if not is_text(name) or "\0" in name:
            return False
        if type(entry) is list:
            if not all(_is_plain_entry(name, text) for text in entry):
                return False
        elif not _is_plain_entry(name, entry):
            return False
    return True


def _is_full(value: str) -> bool:
    """Whether a text that is not ASCII can be sent, and is not blank."""
    return is_text(value) and bool(value.strip(BLANKS))


def _text_test(node: Text, *, thorough: bool) -> str:
    """An expression that is true when the text ``v`` is doubtful."""
    lint = node.lint
    if thorough and "padded-id" in lint:
        return "type(v) is not str or not is_id(v) or v in PLACEHOLDERS"
    if node.blank_refused:
        # For ASCII, what Java and Python call blank is the same.
        sendable = "type(v) is not str or (not v or v.isspace() if v.isascii() else not is_full(v))"
    else:
        sendable = "type(v) is not str or not v.isascii() and not is_text(v)"
    if not thorough:
        return sendable
    tests = [sendable]
    if node.ingest.mapping == "keyword":
        tests.append(f"len(v) > {KEYWORD // 2} and (len(v) > {KEYWORD} or not v.isascii())")
    if "relative-url" in lint:
        empty = "" if lint["relative-url"].get("may_be_empty") else "not v or "
        tests.append(f"{empty}len(v) > {KEYWORD} or not is_plain_url(v) or suspect(v)")
    elif "placeholder-value" in lint:
        tests.append("v in PLACEHOLDERS or v[:1] in TEMPLATE_STARTS")
    if "empty-query" in lint:
        tests.append("not v.strip()")
    if "personal-data" in lint and "relative-url" not in lint:
        tests.append("personal(v)")
    if "unusual-sort-direction" in lint:
        tests.append(f"v not in {tuple(lint['unusual-sort-direction']['usual'])!r}")
    return " or ".join(tests)


class _Source:
    """The source of the function for one event; objects in it are judged in place, since calls cost most of the time.

    A value of None is doubtful wherever it stands, so a field that is None is told by the number of fields.
    """

    def __init__(self, *, thorough: bool) -> None:
        self.lines: list[str] = []
        self.space: dict[str, object] = {
            "BLANKS": BLANKS,
            "PLACEHOLDERS": PLACEHOLDERS,
            "TEMPLATE_STARTS": TEMPLATE_STARTS,
            "is_text": is_text,
            "is_full": _is_full,
            "is_id": _is_plain_id,
            "is_plain_url": is_plain_url,
            "personal": _may_be_personal,
            "suspect": _is_suspect,
            "are_entries": _are_plain_entries if thorough else _are_entries,
        }
        self._thorough = thorough
        self._names = 0

    def name(self) -> str:
        """A name that was not used before."""
        self._names += 1
        return f"x{self._names}"

    def add(self, depth: int, line: str) -> None:
        self.lines.append(" " * depth + line)

    def object(self, node: Object, name: str, depth: int) -> None:
        """Judge the object that a name holds; the function returns at the first doubt."""
        needed = [names[0] for names in node.required if len(names) == 1]
        choices = [names for names in node.required if len(names) > 1]
        self.add(depth, f"if type({name}) is not dict: return False")
        for field in needed:
            value = self.name()
            self.add(depth, f"{value} = {name}.get({field!r})")
            self.node(node.fields[field], value, depth)
        optional = [field for field in node.fields if field not in needed]
        if not optional:
            self.add(depth, f"if len({name}) != {len(needed)}: return False")
        else:
            self.add(depth, f"if len({name}) != {len(needed)}:")
            self.optional(node, optional, choices, name, len(needed), depth + 1)
            if choices:
                self.add(depth, "else: return False")
        for rule, told in node.lint.items() if self._thorough else ():
            look = self.name()
            self.space[look] = functools.partial(_is_related, BY_RULE[rule], told)
            self.add(depth, f"if not {look}({name}): return False")

    def optional(
        self, node: Object, fields: list[str], choices: list[tuple[str, ...]], name: str, needed: int, depth: int
    ) -> None:
        """Judge the fields of an object that need not be there; its other fields are counted, and were judged."""
        count = self.name()
        self.add(depth, f"{count} = {needed}")
        values: dict[str, str] = {}
        for field in fields:
            value = values[field] = self.name()
            self.add(depth, f"{value} = {name}.get({field!r})")
            self.add(depth, f"if {value} is not None:")
            self.add(depth + 1, f"{count} += 1")
            self.node(node.fields[field], value, depth + 1)
        for names in choices:
            self.add(depth, f"if {' is '.join(values[field] for field in names)} is None: return False")
        self.add(depth, f"if len({name}) != {count}: return False")

    def node(self, node: Node, name: str, depth: int) -> None:
        """Judge the value that a name holds."""
        if isinstance(node, Object):
            self.object(node, name, depth)
        elif isinstance(node, Objects):
            item = self.name()
            self.add(depth, f"if type({name}) is not list: return False")
            self.add(depth, f"for {item} in {name}:")
            self.object(node.item, item, depth + 1)
        else:
            self.add(depth, f"v = {name}")
            self.add(depth, f"if {self.test(node)}: return False")

    def test(self, node: Node) -> str:
        """An expression that is true when the text, the number or the entries ``v`` are doubtful."""
        if isinstance(node, Text):
            return _text_test(node, thorough=self._thorough)
        if isinstance(node, Integer):
            return f"type(v) is not int or not {node.minimum} <= v <= {node.maximum}"
        return "not are_entries(v)"


def _is_related(look: Look, told: Any, value: Any) -> bool:
    return next(look(value, told), None) is None


@functools.cache
def specialise(node: Object, *, thorough: bool) -> Clean:
    """The function for one event; made once.

    Args:
        node: The event's compiled contract.
        thorough: Whether it is doubtful of all that a rule of any tier could tell; else of what the server refuses.
    """
    source = _Source(thorough=thorough)
    source.add(0, "def clean(event):")
    source.object(node, "event", 1)
    source.add(1, "return True")
    exec("\n".join(source.lines), source.space)  # noqa: S102 - the source is made above, from the packaged contract
    return cast(Clean, source.space["clean"])


_functions: dict[int, tuple[Node, Callable[[Any], bool]]] = {}


def keep(node: Node, value: Any, raw: bytes, entry: str | None) -> bool:
    """Whether rules should look at a text or a number that was read.

    Args:
        node: What the contract says about it.
        value: What the server makes of it.
        raw: Its bytes as they stand.
        entry: The name of the entry that it belongs to.
    """
    if entry is not None:
        return "\0" in entry or not _is_plain_entry(entry, value) or not (raw.isascii() or _is_utf8(raw))
    if isinstance(node, Integer):
        return raw != b"%d" % value
    if not raw.isascii() and not _is_utf8(raw):
        return True
    found = _functions.get(id(node))
    if found is None:
        found = _functions[id(node)] = (node, _doubtful_of(node))
    return found[1](value)


def _doubtful_of(node: Node) -> Callable[[Any], bool]:
    source = _Source(thorough=True)
    exec(f"def doubtful(v): return bool({source.test(node)})", source.space)  # noqa: S102 - as above
    return cast(Callable[[Any], bool], source.space["doubtful"])


def _is_utf8(raw: bytes) -> bool:
    try:
        raw.decode()
    except UnicodeDecodeError:
        return False
    return True
