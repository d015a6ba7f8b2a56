"""The long way to the findings of an event: read its payload to the end, and ask all rules; it must not know files.

A check comes here when the short way has a doubt. What is wrong with an event is a finding, never an exception.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING

from eventlint import spec as contract
from eventlint.jsontext.positions import Lines
from eventlint.mirror.faults import Fault
from eventlint.mirror.reading import Reading
from eventlint.mirror.rendering import Refusal
from eventlint.mirror.walk import MAX_FAULTS
from eventlint.model import Finding, Position, pointer
from eventlint.report import Report
from eventlint.rules import rule_of, rule_of_kind
from eventlint.screen.leaves import leaf_filter
from eventlint.spec import Release

if TYPE_CHECKING:
    from eventlint.contract import Contract
    from eventlint.mirror.request_checks import RequestFault

_Payload = bytes | bytearray | memoryview | str


def full_check(
    event: object,
    event_type: str,
    release: Release,
    around: list[RequestFault],
    collection: str | None = None,
    own: Contract | None = None,
) -> Report:
    """Read a payload to its end, and report all that is wrong with it.

    Args:
        event: As for ``check``.
        event_type: Its type.
        release: The release to check for.
        around: What is wrong around the payload.
        collection: The collection that it goes to; None when that is not known.
        own: A contract of one's own; it is asked when the server would take the event.
    """
    findings = [of_request(fault) for fault in around]
    refusal: Refusal | None = around[0].answer if around and isinstance(around[0].answer, Refusal) else None
    positioned = issubclass(type(event), _Payload)  # not isinstance, because an object's __class__ may raise
    payload, unsendable = _payload(event)
    if unsendable is not None:
        findings.append(unsendable)
    elif not payload:
        from eventlint.mirror.request_checks import missing_body

        fault = missing_body()
        findings.insert(0, of_request(fault))
        refusal = fault.answer if isinstance(fault.answer, Refusal) else None
    elif event_type in contract.event_types():
        reading = read(payload, event_type, release)
        if not around:
            refusal = reading.refusal
        found, first = findings_of(reading, event_type, collection, None if findings else own, positioned=positioned)
        first = findings[0] if findings else first
        return Report(event_type, release, (*findings, *found), first, refusal)
    return Report(event_type, release, tuple(findings), findings[0] if findings else None, refusal)


def read(payload: bytes, event_type: str, release: Release) -> Reading:
    """The payload, read to its end."""
    return Reading(payload, event_type, release, first_only=False, leaf_filter=leaf_filter(event_type, release))


def findings_of(
    reading: Reading, event_type: str, collection: str | None, own: Contract | None, *, positioned: bool
) -> tuple[list[Finding], Finding | None]:
    """The findings of a payload, in the order of their offsets, and the first error that the server meets."""
    refused = _refused(reading, event_type, positioned=positioned)
    pairs = refused + _judged(reading, event_type, positioned=positioned)
    if not refused and own is not None:
        pairs += own.findings(reading, event_type, collection, positioned=positioned)
    pairs.sort(key=lambda pair: pair[0])
    return [finding for _, finding in pairs], refused[0][1] if refused else None


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
    told = rule.module.describe(fault, data)
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
    from itertools import islice

    from eventlint.rules.ask import ask
    from eventlint.rules.payload import Payload

    judged = list(islice(ask(Payload(reading.text, walk), contract.event(event_type)), MAX_FAULTS))
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


def of_request(fault: RequestFault) -> Finding:
    """The finding for a fault of what is around the payload."""
    from eventlint.rules.diagnostic import shown

    rule = rule_of_kind(fault.kind)
    module = rule.module
    hint = module.hint(fault.subject) if hasattr(module, "hint") else None
    return Finding(rule=rule.name, tier="error", message=module.MESSAGE.format(shown(fault.subject)), hint=hint)


def around(event_type: str, collection: str | None, collections: Collection[str] | None) -> list[RequestFault]:
    """What is wrong with the event type and the collection."""
    from eventlint.mirror import request_checks as requests

    faults = requests.validation("x" if collection is None else collection, event_type)
    if collection and not requests.exists(collection, collections):
        faults.append(requests.unknown_collection(collection))
    return faults


def meant(faults: Iterable[RequestFault]) -> str | None:
    """The event type that a request surely means; so its payload can be checked all the same."""
    from eventlint.rules.error.unknown_event_type import meant

    return next((meant(fault.subject) for fault in faults if fault.kind == "unknown-event-type"), None)


def _payload(event: object) -> tuple[bytes, Finding | None]:
    """The bytes that would be sent, or why nothing could be."""
    kind = type(event)
    if kind is bytes:
        return event, None  # type: ignore[return-value]
    from eventlint.jsontext.serialize import find_surrogate, serialize, unsendable

    if issubclass(kind, bytes | bytearray | memoryview):
        try:
            return memoryview(event).tobytes(), None  # type: ignore[arg-type]
        except ValueError as error:  # a view whose memory was given back
            return b"", unsendable("unserializable-value", f"the bytes cannot be had ({error})", "")
    text = event
    if not issubclass(kind, str):
        text, finding = serialize(event)
        if finding is not None:
            return b"", finding
    assert isinstance(text, str)  # noqa: S101 - what is no text was serialized
    try:
        return str.encode(text), None
    except UnicodeEncodeError as error:
        if issubclass(kind, str):
            return b"", _unencodable("", _position_in(text, error.start))
        return b"", _unencodable(pointer(find_surrogate(event)), None)


def _unencodable(where: str, position: Position | None) -> Finding:
    from eventlint.rules.error import unencodable_string as unencodable_string

    return Finding(
        rule="unencodable-string",
        tier="error",
        message=unencodable_string.MESSAGE,
        pointer=where,
        position=position,
        hint=unencodable_string.HINT,
        fatal=True,
    )


def _position_in(text: str, index: int) -> Position:
    from eventlint.jsontext.decoding import Decoded

    before = text[:index].encode("utf-8", "surrogatepass")
    return Lines(Decoded(data=before)).positions([len(before)])[len(before)]
