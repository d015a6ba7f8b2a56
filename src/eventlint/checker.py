"""Checks events.

Most events are clean, so the fast path comes first: a generated function returns "clean" or "suspect". Only suspect
events import and run the full check.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, NoReturn

from eventlint import spec
from eventlint.arguments import instance, integer, plain_request, string, strings
from eventlint.checker_options import CheckerOptions, SharedOptions, contract_of, selected_rules
from eventlint.errors import InvalidEvent, UsageError
from eventlint.jsontext.strict import is_plain, parse
from eventlint.report import Report
from eventlint.screen import fast_path, native
from eventlint.screen.fast_path import Clean

if TYPE_CHECKING:
    import os

    from eventlint.contract import Contract
    from eventlint.mirror.rendering import Refusal
    from eventlint.mirror.request_fault import RequestFault
    from eventlint.model import Request
    from eventlint.screen.native import Engine


class Checker:
    """Checks events for one release of the server, with one set of collections, rules and a custom contract.

    A checker is immutable and can be pickled and shared between threads. Create it once and use it for every event:

        >>> import eventlint
        >>> checker = eventlint.Checker("8.19", collections=["site"], ignore=["lint"])
        >>> event = {"session": {"id": "s-1"}, "user": {"id": "u-1"}, "search": {"query": "shoes"}}
        >>> checker.check(event, "search", collection="site").ok
        True

    Attributes:
        release: The release: as you asked for it, and the known release that is used.
        collections: The names of the collections that exist; None if every valid name exists.
        contract: The custom contract, or None.
        select: The rules and tiers to report; None for all.
        ignore: The rules and tiers to leave out, or None.
    """

    __slots__ = (
        *("_accepts", "_clean_reports", "_native", "_screens", "_selected"),
        *("collections", "contract", "ignore", "release", "select"),
    )

    release: spec.Release
    collections: frozenset[str] | None
    contract: Contract | None
    select: tuple[str, ...] | None
    ignore: tuple[str, ...] | None
    _selected: frozenset[str] | None
    # By event type: the function of is_valid and the native function of check, which only a checker without a contract
    # has, and the report without findings.
    _accepts: dict[str, Clean]
    _native: dict[str, Clean]
    _clean_reports: dict[str, Report]
    _screens: dict[tuple[str, bool], Clean]

    def __init__(
        self,
        release: str = "latest",
        *,
        collections: Iterable[str] | None = None,
        contract: Contract | str | os.PathLike[str] | None = None,
        select: Iterable[str] | None = None,
        ignore: Iterable[str] | None = None,
    ) -> None:
        """Create a checker.

        Args:
            release: The release of the server (``8.19.3``), a minor release (``8.19``: its newest patch), or
                ``latest``. An unknown release means the newest known release before it.
            collections: The names of the collections that exist. By default, every valid name exists.
            contract: A custom contract that events must also satisfy: a file or folder with its schemas, or a
                :class:`eventlint.Contract` from :func:`eventlint.load_contract`. It applies only to events that the
                server accepts.
            select: The rules to report, by name or by tier; ``all`` selects every rule. By default, all.
            ignore: The rules to leave out, by name or by tier.

        Raises:
            UsageError: An argument has the wrong type, or there is no such release or rule.
            InputError: The contract cannot be read.
            SchemaError: The contract is unusable.
        """
        put = functools.partial(object.__setattr__, self)
        put("release", spec.release(string("release", release)))
        names = strings("collections", collections)
        put("collections", None if names is None else frozenset(names))
        put("contract", contract_of(contract))
        for name, rules in (("select", strings("select", select)), ("ignore", strings("ignore", ignore))):
            put(name, None if rules is None else tuple(sorted(set(rules))))
        put("_selected", selected_rules(self.select, self.ignore, self.contract))
        for name in ("_accepts", "_native", "_screens", "_clean_reports"):
            put(name, {})

    def with_release(self, release: str) -> Checker:
        """The same checker for another release.

        Args:
            release: The release, as for :class:`Checker`.

        Raises:
            UsageError: There is no such release.
        """
        return Checker(release, **self._options())

    def check(self, event: object, event_type: str, *, collection: str | None = None) -> Report:
        """Find all problems of an event.

        Args:
            event: The event as bytes, as a string, or as an object. An object is checked as the bytes of
                ``json.dumps(event, ensure_ascii=False, separators=(",", ":"))``.
            event_type: ``page_view``, ``search`` or ``search_click``. Any other string is a finding.
            collection: The name of the collection that the event is sent to. None checks no collection.

        Returns:
            The report, with the findings that ``select`` and ``ignore`` leave.

        Raises:
            UsageError: An argument other than the event has the wrong type.
        """
        if collection is None and type(event_type) is str:
            native_screen = self._native.get(event_type)
            if native_screen is not None and native_screen(event):
                return self._clean_report(event_type)
        return self._check(event, event_type, collection, thorough=True)

    def validate(self, event: object, event_type: str, *, collection: str | None = None) -> None:
        """Raise an exception if the server would reject an event, or if the event violates the custom contract.

        The arguments are those of :meth:`check`.

        Raises:
            InvalidEvent: The report of the event is not ``ok``.
            UsageError: An argument other than the event has the wrong type.
        """
        report = self._check(event, event_type, collection, thorough=False)
        if report.ok:
            return
        findings = report.findings
        if report.first_error is not None and report.first_error not in findings:
            findings = (report.first_error, *findings)
        raise InvalidEvent(findings, report.event_type, report.answer)

    def is_valid(self, event: object, event_type: str, *, collection: str | None = None) -> bool:
        """Whether the server would accept an event, and the event satisfies the custom contract.

        It is ``check(...).ok``, but faster. The arguments are those of :meth:`check`.

        Raises:
            UsageError: An argument other than the event has the wrong type.
        """
        if collection is None and type(event_type) is str:
            try:
                if self._accepts[event_type](event):
                    return True
            except KeyError:
                pass
        return self._is_valid(event, event_type, collection)

    def check_request(self, request: Request, *, now: int | None = 0) -> Report:
        """Find all problems of a request: its path, method, headers, query string and event.

        Args:
            request: The request.
            now: The time of arrival in the server's answer, in milliseconds since the epoch; None is the current time.
                The default makes the report of a request reproducible.

        Raises:
            UsageError: The argument is not a :class:`eventlint.Request`, or a part of it has the wrong type.
        """
        request, now = plain_request(request), None if now is None else integer("now", now)
        from eventlint.full_check import findings_of, meant_event_type, of_request, read, unreadable
        from eventlint.mirror.request_checks import examine
        from eventlint.mirror.server import Server

        examined = examine(request, self.release, self.collections)
        findings = [of_request(fault) for fault in examined.faults]
        first = findings[0] if findings else None
        event_type, body = examined.event_type or meant_event_type(examined.faults) or "", examined.body
        outcome: Refusal | dict[str, Any] = {}
        unchecked = unreadable(examined.content_format, len(body)) if event_type and body else None
        must_read = unchecked is None and (
            findings
            or examined.debug
            or examined.content_format != "json"
            or not self._is_clean(body, event_type, examined.collection, thorough=True)
        )
        if event_type and body and must_read:
            reading = read(body, event_type, self.release, examined.content_format, in_query=examined.in_query)
            contract = None if findings else self.contract
            is_sent = body == request.body  # not compressed, nor in the query string
            found, error = findings_of(reading, event_type, examined.collection, contract, positioned=is_sent)
            findings += found
            first = first or error
            outcome = reading.outcome
        answer = None
        if unchecked is None or examined.faults:
            server = Server(self.release.asked, self.collections)
            answer = server.answer(examined, outcome, request, now=now)
        return self._restricted(Report(event_type, self.release, tuple(findings), first, answer, unchecked))

    def _is_valid(self, event: object, event_type: str, collection: str | None) -> bool:
        """As :meth:`is_valid`; it stops at the first error."""
        event_type, collection, faults = self._target(event_type, collection)
        if faults:
            return False
        if self._is_clean(event, event_type, collection, thorough=False):
            return True
        from eventlint.full_check import is_accepted

        if not is_accepted(event, event_type, self.release):
            return False
        return self.contract is None or self._check(event, event_type, collection, thorough=False).ok

    def _target(self, event_type: str, collection: str | None) -> tuple[str, str | None, list[RequestFault]]:
        """The event type and the collection as plain strings, and what is wrong with them."""
        event_type = string("event_type", event_type)
        collection = None if collection is None else string("collection", collection)
        if event_type in self.release.era.events and (
            collection is None or (collection and _exists(collection, self.collections))
        ):
            return event_type, collection, []
        from eventlint.mirror.request_checks import target_faults

        return event_type, collection, target_faults(collection, event_type, self.release, self.collections)

    def _check(self, event: object, event_type: str, collection: str | None, *, thorough: bool) -> Report:
        """As :meth:`check`; unless ``thorough``, findings of the tiers ``loss`` and ``lint`` may be missing."""
        event_type, collection, faults = self._target(event_type, collection)
        native_screen = self._native.get(event_type) if _left <= 0 and not faults else None
        if native_screen is not None and type(event) is bytes and not native_screen(event):
            leaves = native.suspect_leaves(event, event_type, self.release)
            if leaves is not None:
                return self._leaf_report(event, event_type, leaves)
            from eventlint.report_templates import known_report

            known = known_report(event, event_type, self.release)
            if known is not None:
                return self._restricted(known)
        if not faults and self._is_clean(event, event_type, collection, thorough=thorough):
            return self._clean_report(event_type)
        return self._report(event, event_type, collection, faults)

    def _report(self, event: object, event_type: str, collection: str | None, faults: list[RequestFault]) -> Report:
        """The report of a suspect event."""
        global _left
        if type(event) is bytes and not faults and _left <= 0:
            from eventlint.report_templates import report_of

            return self._restricted(report_of(event, event_type, self.release, collection, self.contract))
        from eventlint.full_check import full_check

        _left -= 1
        return self._restricted(full_check(event, event_type, self.release, faults, collection, self.contract))

    def _leaf_report(self, event: bytes, event_type: str, leaves: list[tuple[Any, ...]]) -> Report:
        """The report of an event of which the native engine suspects some strings, and nothing else."""
        import eventlint.full_check  # "from" takes two microseconds longer each time

        return self._restricted(eventlint.full_check.leaf_report(event, event_type, self.release, leaves))

    def _is_clean(self, event: object, event_type: str, collection: str | None, *, thorough: bool) -> bool:
        """Whether the fast path finds an event clean; see :meth:`_screen`."""
        try:
            contract = self.contract
            known = self._native if thorough else self._accepts
            found = None if contract is not None else native.screen(event_type, self.release, reports=thorough)
            if found is not None:
                known[event_type] = found
                if found(event):
                    return True
            parsed, screen = parse(event), self._screen(event_type, thorough=thorough)
            if contract is None and not thorough and native.is_decided(event_type, self.release, reports=False):
                known.setdefault(event_type, screen)
            if not screen(parsed):
                return False
            if parsed is event and (thorough or contract is not None) and not is_plain(parsed):
                return False
            return contract is None or contract.accepts(parsed, event_type, collection)
        except (ValueError, RecursionError):
            return False

    def _screen(self, event_type: str, *, thorough: bool) -> Clean:
        """The function of the fast path that decides whether a parsed event is clean.

        A clean event has no findings at all if ``thorough``; otherwise none of the tier ``error``.

        Raises:
            UsageError: The release has no such event type.
        """
        screen = self._screens.get((event_type, thorough))
        if screen is None:
            find = fast_path.is_clean if thorough else fast_path.accepts
            screen = self._screens[event_type, thorough] = find(event_type, self.release)
        return screen

    def _clean_report(self, event_type: str) -> Report:
        report = self._clean_reports.get(event_type)
        if report is None:
            report = self._clean_reports[event_type] = Report(event_type, self.release)
        return report

    def _restricted(self, report: Report) -> Report:
        return report if self._selected is None else report.restricted(self._selected)

    def _options(self) -> SharedOptions:
        names: tuple[Any, ...] = ("collections", "contract", "select", "ignore")
        return {name: getattr(self, name) for name in names}  # type: ignore[return-value]

    def __setattr__(self, name: str, value: object = None) -> NoReturn:
        raise AttributeError(f"a Checker is immutable; create another one to change {name!r}")

    __delattr__ = __setattr__

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Checker):
            return NotImplemented
        return (self.release.asked, self._options()) == (other.release.asked, other._options())

    def __hash__(self) -> int:
        return hash((self.release.asked, *self._options().values()))

    def __reduce__(self) -> tuple[Any, ...]:
        return functools.partial(Checker, **self._options()), (self.release.asked,)

    def __repr__(self) -> str:
        given = [f"{name}={value!r}" for name, value in self._options().items() if value is not None]
        return f"Checker({', '.join([repr(self.release.asked), *given])})"


def checker_of(checker: Checker | None, options: CheckerOptions) -> Checker:
    """The checker of a function that takes either a checker or the arguments of one.

    Raises:
        UsageError: Both are given, or an argument is wrong.
    """
    if checker is None:
        return Checker(**options)
    if options:
        raise UsageError(f"pass either checker or {', '.join(options)}, not both")
    return instance("checker", checker, Checker, "eventlint.Checker()")


def finds_nothing(checker: Checker, parsed: object, event_type: str, collection: str | None) -> bool:
    """Whether an event that :func:`parse` returned certainly has no findings; False means that it must be checked."""
    contract = checker.contract
    try:
        return (
            checker._screen(event_type, thorough=True)(parsed)
            and (collection is None or _exists(collection, checker.collections))
            and (contract is None or contract.accepts(parsed, event_type, collection))
        )
    except (UsageError, ValueError, RecursionError):
        return False


def finds_nothing_in(checker: Checker, body: bytes, event_type: str, collection: str | None) -> bool:
    """As :func:`finds_nothing`, for an event that is not parsed yet."""
    try:
        parsed = parse(body)
    except (ValueError, RecursionError):
        return False
    return finds_nothing(checker, parsed, event_type, collection)


_FEW = 16
"""So many suspect events are checked before templates of their reports are made."""

_left = _FEW


def check_suspect(
    checker: Checker,
    body: bytes,
    event_type: str,
    *,
    collection: str | None = None,
    leaves: list[tuple[Any, ...]] | None = None,
) -> Report:
    """As :meth:`Checker.check`, for bytes that the fast path has suspected, so that it is not asked again.

    Args:
        checker: The checker.
        body: The event.
        event_type: Its type.
        collection: Its collection, or None.
        leaves: Its suspect strings, if the native engine suspects only these; see :func:`suspect_leaves`.
    """
    event_type, collection, faults = checker._target(event_type, collection)
    if leaves is None or faults:
        return checker._report(body, event_type, collection, faults)
    return checker._leaf_report(body, event_type, leaves)


def suspect_leaves(checker: Checker, body: bytes, event_type: str) -> list[tuple[Any, ...]] | None:
    """The suspect strings of an event that has nothing else that is suspect; None if the native engine is not used."""
    engine = column_engine(checker)
    if engine is None or event_type not in checker.release.era.events:
        return None
    return engine.suspect_leaves(event_type, body)


def column_engine(checker: Checker) -> Engine | None:
    """The native engine for events of all types; None if it cannot be used for the checker."""
    return native.engine(checker.release, reports=True) if checker.contract is None else None


@functools.lru_cache(256)
def _exists(collection: str, collections: frozenset[str] | None) -> bool:
    from eventlint.mirror.request_checks import exists

    return exists(collection, collections)
