"""Functions that check events with default checkers: the shortest way to use the package."""

from __future__ import annotations

import functools
from collections.abc import Iterable
from typing import TYPE_CHECKING

from eventlint.checker import Checker
from eventlint.report import Report

if TYPE_CHECKING:
    import os

    from eventlint.contract import Contract
    from eventlint.model import Request
    from eventlint.screen.fast_path import Clean

_LATEST = "latest"

_accepts: dict[str, Clean] = {}
"""The functions of the fast path that the default checker of the latest release has used, by event type."""


@functools.lru_cache(64)
def _default(release: str) -> Checker:
    global _accepts
    checker = Checker(release)
    if release == _LATEST:
        _accepts = checker._accepts
    return checker


def _checker(release: str, collections: Iterable[str] | None, contract: object) -> Checker:
    if collections is None and contract is None and type(release) is str:
        return _default(release)
    return Checker(release, collections=collections, contract=contract)  # type: ignore[arg-type]  # it checks the type


def check(
    event: object,
    event_type: str,
    *,
    release: str = _LATEST,
    collection: str | None = None,
    collections: Iterable[str] | None = None,
    contract: Contract | str | os.PathLike[str] | None = None,
) -> Report:
    """Find all problems of an event; a shortcut for :meth:`Checker.check`.

    Args:
        event: The event as bytes, as a string, or as an object. An object is checked as the bytes of
            ``json.dumps(event, ensure_ascii=False, separators=(",", ":"))``.
        event_type: ``page_view``, ``search`` or ``search_click``. Any other string is a finding.
        release: The release of the server, a minor release, or ``latest``.
        collection: The name of the collection that the event is sent to. None checks no collection.
        collections: The names of the collections that exist. By default, every valid name exists.
        contract: A custom contract: a path, or a :class:`eventlint.Contract`. A path is read on every call; create a
            :class:`Checker` to read it once.

    Raises:
        UsageError: An argument other than the event has the wrong type, or there is no such release.
        InputError: The contract cannot be read.
        SchemaError: The contract is unusable.
    """
    return _checker(release, collections, contract).check(event, event_type, collection=collection)


def validate(
    event: object,
    event_type: str,
    *,
    release: str = _LATEST,
    collection: str | None = None,
    collections: Iterable[str] | None = None,
    contract: Contract | str | os.PathLike[str] | None = None,
) -> None:
    """Raise an exception if the server would reject an event, or if the event violates the custom contract.

    A shortcut for :meth:`Checker.validate`. The arguments are those of :func:`check`.

    Raises:
        InvalidEvent: The report of the event is not ``ok``.
        UsageError: An argument other than the event has the wrong type, or there is no such release.
    """
    _checker(release, collections, contract).validate(event, event_type, collection=collection)


def is_valid(
    event: object,
    event_type: str,
    *,
    release: str = _LATEST,
    collection: str | None = None,
    collections: Iterable[str] | None = None,
    contract: Contract | str | os.PathLike[str] | None = None,
) -> bool:
    """Whether the server would accept an event, and the event satisfies the custom contract.

    A shortcut for :meth:`Checker.is_valid`. The arguments are those of :func:`check`.

    Raises:
        UsageError: An argument other than the event has the wrong type, or there is no such release.
    """
    if release is _LATEST and collection is None and collections is None and contract is None:
        try:
            if _accepts[event_type](event):
                return True
        except Exception:  # noqa: S110 - the type is new here, or it is not a string
            pass
        return _default(release)._is_valid(event, event_type, collection)
    return _checker(release, collections, contract).is_valid(event, event_type, collection=collection)


def check_request(
    request: Request,
    *,
    release: str = _LATEST,
    collections: Iterable[str] | None = None,
    contract: Contract | str | os.PathLike[str] | None = None,
) -> Report:
    """Find all problems of a request; a shortcut for :meth:`Checker.check_request`.

    Args:
        request: The request.
        release: The release of the server, a minor release, or ``latest``.
        collections: The names of the collections that exist. By default, every valid name exists.
        contract: A custom contract, as for :func:`check`.

    Raises:
        UsageError: An argument has the wrong type, or there is no such release.
    """
    return _checker(release, collections, contract).check_request(request)
