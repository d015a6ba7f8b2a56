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

from eventlint.contract.nodes import Entries, Integer, Node, Object, Objects, Text
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


def _text_test(node: Text, *, thorough: bool) -> str:
    """An expression that is true when the text ``v`` is doubtful."""
    sendable = "type(v) is not str or not v.isascii() and not is_text(v)"
    blank = " or not v.strip(BLANKS)" if node.blank_refused else ""
    if not thorough:
        return sendable + blank
    lint = node.lint
    if "padded-id" in lint:
        return "type(v) is not str or not is_id(v) or v in PLACEHOLDERS"
    tests = [sendable + blank]
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
    """The source of the functions for one event, and the names that they use."""

    def __init__(self, *, thorough: bool) -> None:
        self.lines: list[str] = []
        self.names: dict[Object, str] = {}
        self.space: dict[str, object] = {
            "BLANKS": BLANKS,
            "PLACEHOLDERS": PLACEHOLDERS,
            "TEMPLATE_STARTS": TEMPLATE_STARTS,
            "is_text": is_text,
            "is_id": _is_plain_id,
            "is_plain_url": is_plain_url,
            "personal": _may_be_personal,
            "suspect": _is_suspect,
            "are_entries": _are_plain_entries if thorough else _are_entries,
        }
        self._thorough = thorough

    def function(self, node: Object) -> str:
        """The name of the function for an object; its source is written once."""
        if node in self.names:
            return self.names[node]
        name = f"object_{len(self.names)}"
        self.names[node] = name
        tests = [(field, self.test(below)) for field, below in node.fields.items()]
        body = [f"def {name}(value):", " if type(value) is not dict: return False", " for key, v in value.items():"]
        for number, (field, test) in enumerate(tests):
            body.append(f"  {'if' if number == 0 else 'elif'} key == {field!r}:")
            body.append(f"   if {test}: return False")
        body.append("  else: return False")
        required = [" or ".join(f"{one!r} in value" for one in names) for names in node.required]
        body.append(f" if not ({' and '.join(f'({test})' for test in required) or 'True'}): return False")
        for number, (rule, told) in enumerate(node.lint.items() if self._thorough else ()):
            self.space[f"{name}_{number}"] = functools.partial(_is_related, BY_RULE[rule], told)
            body.append(f" if not {name}_{number}(value): return False")
        self.lines += [*body, " return True"]
        return name

    def test(self, node: Node) -> str:
        """An expression that is true when the value ``v`` is doubtful."""
        if isinstance(node, Text):
            return _text_test(node, thorough=self._thorough)
        if isinstance(node, Integer):
            return f"type(v) is not int or not {node.minimum} <= v <= {node.maximum}"
        if isinstance(node, Entries):
            return "not are_entries(v)"
        if isinstance(node, Objects):
            return f"type(v) is not list or not all(map({self.function(node.item)}, v))"
        return f"not {self.function(node)}(v)"


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
    name = source.function(node)
    exec("\n".join(source.lines), source.space)  # noqa: S102 - the source is made above, from the packaged contract
    return cast(Clean, source.space[name])


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
