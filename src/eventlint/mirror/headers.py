"""The headers of a request: names in any case, and a header may be sent several times."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from eventlint.arguments import is_a, shown, string
from eventlint.errors import UsageError
from eventlint.model import HeadersLike


class Headers:
    """Headers, read-only."""

    __slots__ = ("_values",)

    def __init__(self, headers: HeadersLike) -> None:
        """Take headers as a mapping or as pairs.

        Raises:
            UsageError: They are neither, or a name or a value is not a string.
        """
        self._values: dict[str, list[str]] = {}
        for name, value in _pairs(headers):
            trimmed = string("the value of a header", value).strip(" \t")
            self._values.setdefault(string("the name of a header", name).lower(), []).append(trimmed)

    @property
    def pairs(self) -> tuple[tuple[str, str], ...]:
        """The names, in lowercase, and values."""
        return tuple([(name, value) for name, values in self._values.items() for value in values])

    def all(self, name: str) -> list[str]:
        """All values of a header; the name in any case."""
        return self._values.get(name.lower(), [])

    def first(self, name: str) -> str | None:
        """The first value of a header; None if it is missing."""
        return next(iter(self.all(name)), None)

    def without(self, names: Iterable[str]) -> Headers:
        """The same headers without some."""
        dropped = {name.lower() for name in names}
        copied = Headers({})
        copied._values = {name: values for name, values in self._values.items() if name not in dropped}
        return copied


def _pairs(headers: HeadersLike) -> list[tuple[str, str]]:
    try:
        if is_a(headers, Mapping):
            return list(headers.items())  # type: ignore[union-attr]
        if not is_a(headers, str) and not is_a(headers, bytes):
            pairs = list(headers)
            if all((is_a(pair, tuple) or is_a(pair, list)) and len(pair) == 2 for pair in pairs):
                return [(pair[0], pair[1]) for pair in pairs]
    except Exception as error:  # the object's code may raise anything
        raise UsageError(f"headers must be a mapping or pairs, not {shown(headers)}") from error
    raise UsageError(f"headers must be a mapping or pairs of a name and a value, not {shown(headers)}")
