"""An event in, all that is wrong with it out; it must not know files, configuration or output.

It joins the reader, the walk and the rules. What is wrong with an event is a finding, never an exception.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING, Any

from eventlint.contract import Release, catalog, event_types
from eventlint.contract import event as node_of
from eventlint.errors import InvalidEvent, UsageError
from eventlint.faults import Fault
from eventlint.model import Answer, Finding, Position, Request, pointer
from eventlint.reader.lines import Lines
from eventlint.rules import rule_of
from eventlint.rules.plain import Clean, keep, specialise
from eventlint.server.payload import Reading
from eventlint.server.render import Refusal

if TYPE_CHECKING:
    from eventlint.rules.own import OwnContract
    from eventlint.server.request import RequestFault

_Payload = bytes | bytearray | memoryview | str


class Report:
    """What :func:`check` found.

    Attributes:
        event_type: The type that the event was checked as.
        release: The release that it was checked for: as it was asked for, and what it was taken as.
        findings: All that is wrong, what is about the request first, then in the order of the input.
        told: The finding that the server's answer would be about: the first that it meets. None when it accepts.
    """

    __slots__ = ("_answer", "_refusal", "event_type", "findings", "release", "told")

    def __init__(
        self,
        event_type: str,
        release: Release,
        findings: tuple[Finding, ...] = (),
        told: Finding | None = None,
        refusal: Refusal | Answer | None = None,
    ) -> None:
        self.event_type = event_type
        self.release = release
        self.findings = findings
        self.told = told
        self._refusal = refusal
        self._answer: Answer | None = None

    @property
    def ok(self) -> bool:
        """Whether the event may be sent: no finding is of the tiers ``error`` and ``contract``."""
        return self.told is None and not any(finding.tier == "contract" for finding in self.findings)

    @property
    def accepted(self) -> bool:
        """Whether the server accepts the event, whatever a contract of one's own says: no finding is an ``error``."""
        return self.told is None

    @property
    def answer(self) -> Answer | None:
        """The server's answer to a request with this payload; None when the event could not be sent at all."""
        if isinstance(self._refusal, Answer):
            return self._refusal
        if self._answer is None and (self.told is None or self._refusal is not None):
            from eventlint.server.answer import payload_answer

            self._answer = payload_answer(self._refusal, self.release)
        return self._answer

    def __repr__(self) -> str:
        return f"Report({self.event_type!r}, ok={self.ok}, findings={len(self.findings)})"


@functools.cache
def _release(asked: str) -> Release:
    return catalog().release(asked)


@functools.cache
def _fast(event_type: str, *, thorough: bool) -> Clean:
    return specialise(node_of(event_type), thorough=thorough)


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object whose names all differ, or an error that sends the event the long way."""
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError
    return found


def _refuse_constant(name: str) -> None:
    raise ValueError(name)


_decode = json.JSONDecoder(object_pairs_hook=_unique, parse_constant=_refuse_constant).decode


def _is_clean(
    event: object, event_type: str, collection: str | None, own: OwnContract | None, *, thorough: bool
) -> bool:
    """Whether an event surely has no finding, or none of the tiers error and contract; when in doubt, it has."""
    try:
        if isinstance(event, bytes):
            event = _decode(event.decode())
        elif isinstance(event, str):
            str.encode(event)
            event = _decode(event)
        is_clean = _fast(event_type, thorough=thorough)(event)
        return is_clean and (own is None or own.accepts(event, event_type, collection))
    except (ValueError, RecursionError):
        return False


def check(
    event: object,
    event_type: str,
    *,
    release: str = "latest",
    collection: str | None = None,
    collections: Iterable[str] | None = None,
    contract: OwnContract | None = None,
) -> Report:
    """Find all that is wrong with an event.

    Args:
        event: The payload as bytes or text, or a parsed object. An object is judged as the bytes that
            ``json.dumps(event, ensure_ascii=False, separators=(",", ":"))`` would send.
        event_type: ``page_view``, ``search`` or ``search_click``; another one is a finding.
        release: The server's release, a minor, or ``latest``.
        collection: The name of the collection that it would be sent to; None is not checked.
        collections: The names of the collections that exist; None when every legal name does.
        contract: A contract of one's own that the event should fit besides, from :func:`eventlint.load_contract`. It
            is only asked about an event that the server would take.

    Raises:
        UsageError: An argument other than the event cannot be: an unknown release, an event type that is no text.
    """
    return _check(event, event_type, release, collection, collections, contract, thorough=True)


def _check(
    event: object,
    event_type: str,
    release: str,
    collection: str | None,
    collections: Iterable[str] | None,
    own: OwnContract | None,
    *,
    thorough: bool,
) -> Report:
    """As :func:`check`; findings of the tiers loss and lint may be missing where it is not thorough."""
    resolved = _release(release)
    _usable(own)
    if not isinstance(event_type, str):
        raise UsageError(f"the event type must be a string, not {type(event_type).__name__}")
    around: list[RequestFault] = []
    if collection is not None or event_type not in event_types():
        around = _around(event_type, collection, None if collections is None else frozenset(collections))
    if not around and _is_clean(event, event_type, collection, own, thorough=thorough):
        return Report(event_type, resolved)
    return _check_slowly(event, event_type, resolved, around, collection, own)


def _usable(own: object) -> None:
    if own is not None and not hasattr(own, "accepts"):
        raise UsageError(f"the contract must come from load_contract; this is of the type {type(own).__name__}")


def validate(
    event: object,
    event_type: str,
    *,
    release: str = "latest",
    collection: str | None = None,
    collections: Iterable[str] | None = None,
    contract: OwnContract | None = None,
) -> None:
    """Raise when the server would refuse an event, or it breaks the contract; the arguments are those of :func:`check`.

    Raises:
        InvalidEvent: It would be refused, or breaks the contract.
        UsageError: An argument other than the event cannot be.
    """
    report = _check(event, event_type, release, collection, collections, contract, thorough=False)
    if not report.ok:
        raise InvalidEvent(report.findings, event_type, report.answer)


def is_valid(
    event: object,
    event_type: str,
    *,
    release: str = "latest",
    collection: str | None = None,
    collections: Iterable[str] | None = None,
    contract: OwnContract | None = None,
) -> bool:
    """Whether the server would accept an event, and it fits the contract; the arguments are those of :func:`check`.

    Raises:
        UsageError: An argument other than the event cannot be.
    """
    return _check(event, event_type, release, collection, collections, contract, thorough=False).ok


def check_request(
    request: Request,
    *,
    release: str = "latest",
    collections: Iterable[str] | None = None,
    contract: OwnContract | None = None,
) -> Report:
    """Find all that is wrong with a whole request: its path, method, headers, query string and payload.

    Args:
        request: The request.
        release: The server's release, a minor, or ``latest``.
        collections: The names of the collections that exist; None when every legal name does.
        contract: As for :func:`check`.

    Raises:
        UsageError: There is no such release, or the contract is none.
    """
    _usable(contract)
    from eventlint.server import request as requests
    from eventlint.server.answer import majors
    from eventlint.server.server import Server

    server = Server(release, collections)
    examined = requests.examine(request, majors(server.release), server.collections)
    findings = [_of_request(fault) for fault in examined.faults]
    event_type = examined.event_type or ""
    told = findings[0] if findings else None
    if event_type and examined.body:
        own = None if findings else contract
        report = _check_slowly(examined.body, event_type, server.release, [], examined.collection, own)
        findings += report.findings
        told = told or report.told
    # The time of arrival is fixed, so that the same request has the same report.
    answer = server.respond(request.method, request.uri, request.headers, request.body, now=0)
    return Report(event_type, server.release, tuple(findings), told, answer)


def _around(event_type: str, collection: str | None, collections: Collection[str] | None) -> list[RequestFault]:
    """What is wrong with the event type and the collection."""
    from eventlint.server import request as requests

    faults = requests.validation("x" if collection is None else collection, event_type)
    if collection and not requests.exists(collection, collections):
        faults.append(requests.unknown_collection(collection))
    return faults


def _of_request(fault: RequestFault) -> Finding:
    from eventlint.rules import rule
    from eventlint.rules.told import shown

    module = rule(fault.rule).module
    hint = module.hint(fault.subject) if hasattr(module, "hint") else None
    return Finding(rule=fault.rule, tier="error", message=module.MESSAGE.format(shown(fault.subject)), hint=hint)


def _check_slowly(
    event: object,
    event_type: str,
    release: Release,
    around: list[RequestFault],
    collection: str | None,
    own: OwnContract | None,
) -> Report:
    """The long way: read the payload to its end, and tell all that is wrong with it."""
    findings = [_of_request(fault) for fault in around]
    refusal: Refusal | None = around[0].answer if around and isinstance(around[0].answer, Refusal) else None
    positioned = isinstance(event, _Payload)
    payload, unsendable = _payload(event)
    if unsendable is not None:
        findings.append(unsendable)
    elif not payload:
        from eventlint.server.request import missing_body

        fault = missing_body()
        findings.insert(0, _of_request(fault))
        refusal = fault.answer if isinstance(fault.answer, Refusal) else None
    elif event_type in event_types():
        reading = Reading(payload, event_type, release.era.traits, first_only=False, keep=keep)
        refused = _refused(reading, event_type, positioned=positioned)
        if not around:
            refusal = reading.refusal
        told = findings[0] if findings else refused[0][1] if refused else None
        read = refused + _judged(reading, event_type, positioned=positioned)
        if told is None and own is not None:
            read += own.findings(reading, event_type, collection, positioned=positioned)
        read.sort(key=lambda pair: pair[0])
        findings += [finding for _, finding in read]
        return Report(event_type, release, tuple(findings), told, refusal)
    return Report(event_type, release, tuple(findings), findings[0] if findings else None, refusal)


def _refused(reading: Reading, event_type: str, *, positioned: bool) -> list[tuple[int, Finding]]:
    """The findings for all faults of a payload, with their bytes, in the order in which the server would meet them."""
    faults = reading.faults
    if not faults:
        return []
    data = reading.text.data if positioned and reading.text.unit == 1 else None
    positions = reading.lines.positions(fault.offset for fault in faults) if positioned else {}
    return [(fault.offset, _of_fault(fault, data, positions.get(fault.offset), event_type)) for fault in faults]


def _of_fault(fault: Fault, data: bytes | None, position: Position | None, event_type: str) -> Finding:
    rule = rule_of(fault)
    told = rule.module.told(fault, data)
    return Finding(
        rule=rule.name,
        tier="error",
        message=told.message,
        pointer=pointer(fault.pointer),
        position=position,
        hint=told.hint,
        fatal=fault.fatal,
        event_type=event_type,
        fix=told.fix,
    )


def _judged(reading: Reading, event_type: str, *, positioned: bool) -> list[tuple[int, Finding]]:
    """The findings of the tiers loss and lint, with their bytes."""
    walk = reading.walk
    if walk is None:
        return []
    from eventlint.rules.judge import judge
    from eventlint.rules.payload import Payload

    judged = list(judge(Payload(reading.text, walk), node_of(event_type)))
    if not judged:
        return []
    if any(found.effect == "lost" for _, found in judged):
        # What is lost is not stored, so nothing in it is stored unsearchable.
        judged = [pair for pair in judged if pair[1].effect != "unsearchable"]
    positions = reading.lines.positions(found.offset for _, found in judged) if positioned else {}
    is_editable = positioned and reading.text.unit == 1
    return [
        (
            found.offset,
            Finding(
                rule=rule.name,
                tier=rule.tier,
                message=found.message,
                pointer=pointer(found.pointer),
                position=positions.get(found.offset),
                hint=found.hint,
                effect=found.effect,
                event_type=event_type,
                fix=found.fix if is_editable else None,
            ),
        )
        for rule, found in judged
    ]


def _payload(event: object) -> tuple[bytes, Finding | None]:
    """The bytes that would be sent, or why nothing could be."""
    if isinstance(event, bytes):
        return event, None
    from eventlint.objects import find_surrogate, serialize, unsendable

    if isinstance(event, bytearray | memoryview):
        try:
            return bytes(event), None
        except ValueError as error:  # a view whose memory was given back
            return b"", unsendable("unserializable-value", f"the bytes cannot be had ({error})", "")
    text = event
    if not isinstance(event, str):
        text, finding = serialize(event)
        if finding is not None:
            return b"", finding
    assert isinstance(text, str)  # noqa: S101 - what is no text was serialized
    try:
        return str.encode(text), None
    except UnicodeEncodeError as error:
        if isinstance(event, str):
            return b"", _unencodable("", _position_in(text, error.start))
        return b"", _unencodable(pointer(find_surrogate(event)), None)


def _unencodable(where: str, position: Position | None) -> Finding:
    from eventlint.rules.error import unencodable_text

    return Finding(
        rule="unencodable-text",
        tier="error",
        message=unencodable_text.MESSAGE,
        pointer=where,
        position=position,
        hint=unencodable_text.HINT,
        fatal=True,
    )


def _position_in(text: str, index: int) -> Position:
    from eventlint.reader.encoding import Decoded

    before = text[:index].encode("utf-8", "surrogatepass")
    return Lines(Decoded(data=before)).positions([len(before)])[len(before)]
