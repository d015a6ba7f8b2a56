"""The headers of a request: names in any case, and a header may be sent several times."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from eventlint.arguments import instance
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
            instance("the name of a header", name, str)
            trimmed = instance("the value of a header", value, str).strip(" \t")
            self._values.setdefault(name.lower(), []).append(trimmed)

    def all(self, name: str) -> list[str]:
        """All values of a header; the name in any case."""
        return self._values.get(name.lower(), [])

    def first(self, name: str) -> str | None:
        """The first value of a header; None if it is missing."""
        return next(iter(self.all(name)), None)

    @property
    def has_repeated(self) -> bool:
        """Whether a header is sent several times."""
        return any(len(values) > 1 for values in self._values.values())

    def without(self, names: Iterable[str]) -> Headers:
        """The same headers without some."""
        dropped = {name.lower() for name in names}
        copied = Headers({})
        copied._values = {name: values for name, values in self._values.items() if name not in dropped}
        return copied


def _pairs(headers: HeadersLike) -> Iterable[tuple[str, str]]:
    if isinstance(headers, Mapping):
        return headers.items()
    if isinstance(headers, str | bytes) or not isinstance(headers, Iterable):
        raise UsageError(f"headers must be a mapping or pairs, not {type(headers).__name__}")
    pairs = []
    for pair in headers:
        if not isinstance(pair, tuple | list) or len(pair) != 2:
            raise UsageError("headers must be a mapping or pairs of a name and a value")
        pairs.append((pair[0], pair[1]))
    return pairs
