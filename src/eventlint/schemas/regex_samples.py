"""Strings that an expression probably matches, and strings that it may not match.

They are guesses: callers have to check them.
"""

from __future__ import annotations

from eventlint.schemas.patterns import why_unsupported
from eventlint.schemas.regex_tree import Alt, Chars, Node, Repeat, Seq, Unreadable, parse

_MOST = 24
_COMMON = "a0A _-.é~bz9\n"
_LONGEST = 200


def matching_strings(pattern: str) -> list[str]:
    """Some strings that an expression probably matches; empty when it cannot be parsed.

    Args:
        pattern: The expression.
    """
    if why_unsupported(pattern):
        return []
    try:
        return _distinct(_of(parse(pattern)))
    except (Unreadable, RecursionError):
        return []


def similar_strings(matching: list[str]) -> list[str]:
    """Strings that differ a little from matching ones, so that some of them may not match.

    Args:
        matching: Strings that match.
    """
    found = ["", "~", " ", "!?"]
    for text in matching[:6]:
        found += [text[:-1], text[1:], text + "~", "~" + text, text + "a", text.upper(), text.lower(), text + text]
        found += [text[:at] + "~" + text[at + 1 :] for at in range(min(len(text), 8))]
    return _distinct(found)


def _of(node: Node) -> list[str]:
    if isinstance(node, Chars):
        return _characters(node)
    if isinstance(node, Seq):
        parts = [_of(part) or [""] for part in node.parts]
        first = [part[0] for part in parts]
        found = ["".join(first)]
        for at, part in enumerate(parts):
            found += ["".join([*first[:at], one, *first[at + 1 :]]) for one in part[1:]]
        return _distinct(found)
    if isinstance(node, Alt):
        options = [_of(option) for option in node.options]
        return _distinct([option[0] for option in options if option] + [one for option in options for one in option])
    if isinstance(node, Repeat):
        return _repeated(node)
    return [""]


def _repeated(node: Repeat) -> list[str]:
    body = _of(node.body) or [""]
    high = node.low + 2 if node.high is None else node.high
    counts = sorted({max(node.low, min(1, high)), node.low, min(node.low + 1, high), high})
    first = counts[1] if node.low == 0 and len(counts) > 1 else counts[0]
    order = [first, *(count for count in counts if count != first)]
    found = [body[0] * count for count in order if len(body[0]) * count <= _LONGEST]
    found += [one * order[0] for one in body[1:] if len(one) * order[0] <= _LONGEST]
    return _distinct(found)


def _characters(chars: Chars) -> list[str]:
    guesses = [] if chars.negated else [chr(code) for pair in chars.ranges for code in pair]
    likely = [one for one in (*_COMMON, *guesses) if chars.has(one)]
    if not likely:
        likely = [one for one in map(chr, range(0x20, 0x3000)) if chars.has(one)][:2]
    likely = [one for one in likely if not 0xD800 <= ord(one) <= 0xDFFF]
    return _distinct(likely)


def _distinct(found: list[str]) -> list[str]:
    return list(dict.fromkeys(one for one in found if len(one) <= _LONGEST))[:_MOST]
