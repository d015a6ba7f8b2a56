"""The JSON that the server writes of an accepted event, to index it, and its check of that JSON.

The server keeps the event and its session in hash maps of Java, so the order of their keys is that of their hashes. It
keeps all other objects in maps whose order differs from one start of the server to the next; here it is alphabetical.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from eventlint.jsontext.cursor import skip_value
from eventlint.jsontext.decoding import Decoded
from eventlint.jsontext.dialect import Dialect
from eventlint.jsontext.positions import Lines
from eventlint.jsontext.reader import Reader
from eventlint.jsontext.syntax_error import JsonSyntaxError
from eventlint.mirror import error_chain
from eventlint.mirror.faults import Fault
from eventlint.mirror.messages import problem
from eventlint.mirror.rendering import Refusal, to_bytes
from eventlint.spec import Release

_TABLE = 16
"""The size of a small hash map's table."""
_SHOWN_BYTES = 500
"""How many bytes of a text the JSON reader's messages show."""


def stored_json(event: Mapping[str, Any]) -> bytes:
    """The JSON that the server writes of an event."""
    ordered = {key: _alphabetical(event[key]) for key in _hash_order(event)}
    return to_bytes({**ordered, "session": {key: event["session"][key] for key in _hash_order(event["session"])}})


def refusal(event: Mapping[str, Any], release: Release, dialect: Dialect) -> Refusal | None:
    """The server's rejection of an event whose stored JSON it cannot read, or None.

    Args:
        event: The event's fields as they are stored, with what the server adds to the session.
        release: The server's release.
        dialect: That of its JSON reader.
    """
    text = stored_json(event)
    reader = Reader(text, 0, dialect=dialect)
    try:
        skip_value(reader, reader.first())
    except JsonSyntaxError as error:
        error.reading = "key"
        fault = Fault.of_syntax_error(error)
        refused = error_chain.refusal(fault, release, Lines(Decoded(data=text)), _shown(text))
        suppressed = problem("unclosed-builder")._replace(caused_by=problem("unclosed-object"))
        return refused._replace(problem=refused.problem._replace(suppressed=(suppressed,)))
    return None


def _shown(text: bytes) -> str:
    """The text as the reader's messages show it: its first bytes, with control characters escaped."""
    shown = text[:_SHOWN_BYTES].decode("utf-8", "replace")
    shown = "".join(f"\\u{ord(one):04X}" if "\x7f" <= one <= "\x9f" else one for one in shown)
    rest = len(text) - _SHOWN_BYTES
    return f'(byte[])"{shown}"' + (f"[truncated {rest} bytes]" if rest > 0 else "")


def _alphabetical(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _alphabetical(value[key]) for key in sorted(value)}
    return [_alphabetical(one) for one in value] if isinstance(value, list) else value


def _hash_order(keys: Iterable[str]) -> list[str]:
    """A few keys in the order of Java's ``HashMap``."""
    return sorted(keys, key=lambda key: _spread_hash(key) % _TABLE)


def _spread_hash(key: str) -> int:
    """Java's hash code of a string, as ``HashMap`` uses it."""
    code = 0
    units = key.encode("utf-16-be", "surrogatepass")
    for index in range(0, len(units), 2):
        code = (31 * code + (units[index] << 8 | units[index + 1])) & 0xFFFFFFFF
    return code ^ code >> 16
