"""The releases of the server, grouped into eras with the same behavior; read from ``event_schemas/catalog.json``.

A new release of the server is a line of data there.
"""

from __future__ import annotations

import functools
import re
from bisect import bisect_right
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from eventlint.errors import UsageError
from eventlint.named_tuples import NamedTuple
from eventlint.spec import packaged

_RELEASE = r"([0-9]{1,4})\.([0-9]{1,4})(?:\.([0-9]{1,4}))?(?:[-+].*)?"
_Number = tuple[int, int, int]


class Trait(NamedTuple):
    """A behavior that some eras have and others do not.

    Attributes:
        name: The name that code asks for, in kebab-case.
        case: A case of the corpus that shows it, or None.
        values: What the code uses in eras with the trait (``set``) and without it (``elsewhere``).
    """

    name: str
    title: str
    description: str
    case: str | None
    values: Mapping[str, Any] = MappingProxyType({})


class Limits(NamedTuple):
    """The server's limits, each inclusive; some apply only to eras with a certain trait.

    Attributes:
        nesting_depth: Levels of brackets, the outermost counted as 1.
        number_digits: Digits of a number.
        numeric_string_characters: UTF-16 units of a string where an integer is expected.
        key_bytes: UTF-8 bytes of a key.
        keyword_utf16_units: UTF-16 units of a keyword that can still be searched for (``ignore_above``).
        term_bytes: UTF-8 bytes of one term of the index.
    """

    nesting_depth: int
    number_digits: int
    numeric_string_characters: int
    key_bytes: int
    keyword_utf16_units: int
    term_bytes: int


class Era(NamedTuple):
    """A group of releases that give the same answers.

    Attributes:
        name: The first of its releases.
        releases: Its known releases, oldest first.
        traits: The names of its traits.
        events: The version of the schema of each event type (``{"search": "1-0-0"}``).
    """

    name: str
    releases: tuple[str, ...]
    traits: frozenset[str]
    events: Mapping[str, str]

    @property
    def span(self) -> str:
        """Its known releases, in words."""
        return self.name if len(self.releases) == 1 else f"{self.name} to {self.releases[-1]}"


class Release(NamedTuple):
    """A release of the server.

    Attributes:
        asked: The release that was asked for.
        name: The known release that it is taken as.
    """

    asked: str
    name: str
    era: Era
    limits: Limits


class Catalog(NamedTuple):
    """All known releases, eras, traits and limits."""

    eras: tuple[Era, ...]
    traits: Mapping[str, Trait]
    limits: Limits
    numbers: tuple[_Number, ...]
    by_number: Mapping[_Number, tuple[str, Era]]

    def release(self, asked: str) -> Release:
        """The known release to use for the one that is asked for.

        Args:
            asked: A release (``9.1.2``), a minor (``9.1``: its newest release), or ``latest``. An unknown release is
                taken as the newest known release before it. A suffix after a hyphen is ignored.

        Raises:
            UsageError: It is not a release, or older than the first release with this API.
        """
        if asked == "latest":
            number = self.numbers[-1]
        else:
            match = re.fullmatch(_RELEASE, asked)
            if match is None:
                known, _ = self.by_number[self.numbers[-1]]
                raise UsageError(f"not a release of the server: {str(asked)[:40]!r} (write one as {known}, or latest)")
            major, minor, patch = match.groups()
            wanted = (int(major), int(minor), 10_000 if patch is None else int(patch))
            at = bisect_right(self.numbers, wanted)
            if at == 0:
                oldest = ".".join(map(str, self.numbers[0][:2]))
                if wanted[:2] != self.numbers[0][:2]:
                    raise UsageError(f"release {asked} has no behavioral analytics; the first that has it is {oldest}")
                at = 1
            number = self.numbers[at - 1]
        name, era = self.by_number[number]
        return Release(asked=asked, name=name, era=era, limits=self.limits)


@functools.cache
def catalog() -> Catalog:
    """The packaged catalog, read once."""
    document, limits = packaged.load("catalog.json"), packaged.load("limits.json")
    eras = tuple(
        Era(
            name=era["name"],
            releases=tuple(era["releases"]),
            traits=frozenset(era["traits"]),
            events={**document["events"], **era.get("events", {})},
        )
        for era in document["eras"]
    )
    by_number: dict[_Number, tuple[str, Era]] = {}
    for era in eras:
        for name in era.releases:
            major, minor, patch = name.split(".")
            by_number[int(major), int(minor), int(patch)] = (name, era)
    return Catalog(
        eras=eras,
        traits={name: Trait(name=name, **trait) for name, trait in document["traits"].items()},
        limits=Limits(*(limits[name] for name in Limits._fields)),
        numbers=tuple(sorted(by_number)),
        by_number=by_number,
    )
