"""Functions made from the compiled contract that say of a parsed event: surely clean; it must not know findings.

They build nothing and stop at the first doubt; whoever calls them then takes the long way, which decides. Two are made
of each event: one for what the server refuses, and one for the rules of all tiers. The second is doubtful of more: of
what is lost or changed later, and of what looks odd.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Mapping
from typing import Any, cast

from eventlint.ingest.plain import is_plain_url
from eventlint.jsontext.java_text import BLANKS
from eventlint.rules.placeholders import PLACEHOLDERS, TEMPLATE_STARTS
from eventlint.rules.related import BY_RULE, Look
from eventlint.spec.nodes import Integer, Node, Object, Objects, Text

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

_TEN_DIGITS = re.compile(r"\d(?:\D*\d){9}").search
"""It starts again only from the last nine digits, so its steps are at most ten times the characters."""


def _is_plain_id(text: str) -> bool:
    """Whether an ID is of letters, digits, hyphens and underscores, with one of the latter, and no telephone number."""
    if not text.isascii() or len(text) > KEYWORD:
        return False
    bare = text.replace("-", "").replace("_", "")
    return bare.isalnum() and not bare.isdigit()


def _may_be_personal(text: str) -> bool:
    """Whether a text may hold an e-mail address or a telephone number, of ten digits at least or with a plus sign."""
    return "@" in text or "+" in text or "%" in text or (len(text) >= 10 and _TEN_DIGITS(text) is not None)


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


def _are_entries(value: Any) -> bool:
    """Filters: any names, each a string or a list of strings.

    Raises:
        TypeError: A name or a text is no string.
    """
    if type(value) is not dict:
        return False
    is_ascii = str.isascii
    for name, entry in value.items():
        if not (is_ascii(name) or is_text(name)) or len(name) > LONG_NAME:
            return False
        if type(entry) is list:
            for text in entry:
                if not (is_ascii(text) or is_text(text)):
                    return False
        elif not (is_ascii(entry) or is_text(entry)):
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
    """Whether a text can be sent, and is not blank."""
    return is_text(value) and bool(value.strip(BLANKS))


def _text_test(node: Text, *, thorough: bool) -> str:
    """An expression that is true when the text ``v`` is doubtful."""
    lint = node.lint
    if thorough and "padded-id" in lint:
        return f"not (isascii(v) and v.isalnum() and len(v) <= {KEYWORD} or is_id(v)) or v in PLACEHOLDERS"
    if node.blank_refused:
        # Whatever begins with a blank or a control is below '!', and so is nothing at all.
        sendable = "not (isascii(v) and v >= '!') and not is_full(v)"
    else:
        sendable = "not isascii(v) and not is_text(v)"
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


def _may_find(rule: str, told: Mapping[str, Any], name: str) -> str:
    """An expression that is false when a rule that compares values surely finds nothing in the object of a name."""

    def at(pointer: str, default: str = "None") -> str:
        *above, last = pointer.split("/")[1:]
        return name + "".join(f".get({part!r}, NONE)" for part in above) + f".get({last!r}, {default})"

    if rule == "user-is-session":
        return " == ".join(map(at, told["ids"]))
    if rule == "fewer-results-than-items":
        return f"len({at(told['items'], '()')}) > {at(told['total'], '1e9')}"
    if rule == "duplicate-item":
        return f"len({at(told['items'], '()')}) > 1"
    if rule == "click-outside-results":
        # An item that is nothing but what was clicked is the usual case.
        others = "".join(f" and {{{part!r}: {name}.get({part!r})}} not in items" for part in told["identity"])
        return f"(items := {at(told['items'])}){others}"
    return "True"


class _Source:
    """The source of the function for one event; it judges objects in place, since calls cost most of the time."""

    def __init__(self, *, thorough: bool) -> None:
        self.lines: list[str] = []
        self.space: dict[str, object] = {
            "BLANKS": BLANKS,
            "PLACEHOLDERS": PLACEHOLDERS,
            "TEMPLATE_STARTS": TEMPLATE_STARTS,
            "NONE": {},
            "isascii": str.isascii,
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
            self.field(node, field, name, depth)
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
            self.add(depth, f"if {_may_find(rule, told, name)} and not {look}({name}): return False")

    def optional(
        self, node: Object, fields: list[str], choices: list[tuple[str, ...]], name: str, needed: int, depth: int
    ) -> None:
        """Judge the fields of an object that need not be there, of which there is one; all its fields are counted."""
        if len(fields) == 1:
            self.add(depth, f"if len({name}) != {needed + 1}: return False")
            self.field(node, fields[0], name, depth)
            return
        count = self.name()
        self.add(depth, f"{count} = {needed}")
        for field in fields:
            self.add(depth, f"if {field!r} in {name}:")
            self.add(depth + 1, f"{count} += 1")
            self.field(node, field, name, depth + 1)
        for names in choices:
            if set(names) != set(fields):  # else the one that is there is one of them
                self.add(depth, f"if not ({' or '.join(f'{field!r} in {name}' for field in names)}): return False")
        self.add(depth, f"if len({name}) != {count}: return False")

    def field(self, node: Object, field: str, name: str, depth: int) -> None:
        """Judge a field of the object that a name holds; one that is missing raises KeyError."""
        below = node.fields[field]
        value = self.name() if isinstance(below, Object | Objects) else "v"
        self.add(depth, f"{value} = {name}[{field!r}]")
        self.node(below, value, depth)

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
    source.add(1, "try:")
    source.object(node, "event", 2)
    source.add(1, "except (KeyError, TypeError): return False")
    source.add(1, "return True")
    exec("\n".join(source.lines), source.space)  # noqa: S102 - the source is made above, from the packaged contract
    return cast(Clean, source.space["clean"])


_functions: dict[int, tuple[Node, Callable[[Any], bool]]] = {}


def leaf_filter(node: Node, value: Any, raw: bytes, entry: str | None) -> bool:
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
