"""The full check: reads an event as the server does, to its end, and asks every rule.

A suspect event comes here from the fast path. What is wrong with an event is a finding, never an exception.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import islice
from operator import itemgetter
from typing import TYPE_CHECKING, Any, cast

from eventlint import spec
from eventlint.jsontext.positions import Lines, positions_in
from eventlint.jsontext.serialize import NotSerializable, to_bytes
from eventlint.mirror.faults import Fault
from eventlint.mirror.reading import Reading
from eventlint.mirror.rendering import Refusal
from eventlint.mirror.walk_results import MAX_FAULTS
from eventlint.model import Finding, Position, new_finding, pointer
from eventlint.report import Report
from eventlint.rules import Rule, rule_of, rule_of_kind
from eventlint.rules.ask import ask
from eventlint.rules.payload import Payload
from eventlint.screen.leaves import examine, leaf_filter, suspect_leaves
from eventlint.spec import Release

if TYPE_CHECKING:
    from eventlint.contract import Contract
    from eventlint.mirror.request_fault import RequestFault
    from eventlint.rules.diagnostic import Diagnostic


MAX_YAML = 32_000
"""How many bytes a payload in YAML may have to be checked; parsing YAML takes a thousand times longer than JSON."""


def full_check(
    event: object,
    event_type: str,
    release: Release,
    faults: Iterable[RequestFault] = (),
    collection: str | None = None,
    contract: Contract | None = None,
) -> Report:
    """The report of an event, without the fast path; ``faults`` are those of the request around the event."""
    faults = list(faults)
    try:
        payload = to_bytes(event)
    except NotSerializable as error:
        return _refused(event_type, release, [*map(of_request, faults), _not_serializable(error, event)], faults)
    if not payload:
        from eventlint.mirror.request_checks import missing_body

        faults.insert(0, missing_body())
    if not payload or event_type not in release.era.events:
        return _refused(event_type, release, [of_request(fault) for fault in faults], faults)
    findings = [of_request(fault) for fault in faults]
    reading = read(payload, event_type, release)
    # Not isinstance, because an object's __class__ may raise.
    positioned = issubclass(type(event), bytes | bytearray | memoryview | str)
    found, first = findings_of(reading, event_type, collection, None if faults else contract, positioned=positioned)
    refusal = _refusal(faults) if faults else reading.rejection
    return Report(event_type, release, (*findings, *found), findings[0] if findings else first, refusal)


def is_accepted(event: object, event_type: str, release: Release) -> bool:
    """Whether a release accepts an event of a type that it has; reads the event up to the first fault."""
    try:
        payload = to_bytes(event)
    except NotSerializable:
        return False
    return bool(payload) and not Reading(payload, event_type, release, first_only=True).faults


def leaf_report(payload: bytes, event_type: str, release: Release, found: Iterable[tuple[Any, ...]]) -> Report:
    """The report of an event of which the native engine suspects some strings, and nothing else.

    It is the report of :func:`full_check`: the server accepts the event, and the rules are silent about all else.

    Args:
        payload: The event, strict JSON in UTF-8.
        event_type: Its type.
        release: The server's release.
        found: The strings; each has the members of :class:`eventlint.screen.native.Leaf`.
    """
    diagnostics: list[tuple[Rule, Diagnostic]] = []
    for leaf in suspect_leaves(payload, event_type, release, found):
        diagnostics += examine(leaf)
    del diagnostics[MAX_FAULTS:]
    positions = positions_in(payload, [diagnostic.offset for _, diagnostic in diagnostics])
    pairs = located(diagnostics, positions, event_type, is_editable=True)
    if len(pairs) > 1:
        pairs.sort(key=itemgetter(0))
    return Report(event_type, release, tuple([finding for _, finding in pairs]))


def _refused(event_type: str, release: Release, findings: list[Finding], faults: list[RequestFault]) -> Report:
    """The report of an event whose payload is not read."""
    return Report(event_type, release, tuple(findings), findings[0] if findings else None, _refusal(faults))


def _refusal(faults: list[RequestFault]) -> Refusal | None:
    answer = faults[0].answer if faults else None
    return answer if isinstance(answer, Refusal) else None


def read(
    payload: bytes, event_type: str, release: Release, format_name: str = "json", *, in_query: bool = False
) -> Reading:
    """The payload, read to its end.

    Raises:
        MissingExtraError: The payload is in a format that an extra reads, and the extra is not installed.
    """
    wanted = leaf_filter(event_type, release)
    return Reading(
        payload,
        event_type,
        release,
        first_only=False,
        leaf_filter=wanted,
        examine=examine,
        format_name=format_name,
        in_query=in_query,
    )


def unreadable(format_name: str, size: int) -> str | None:
    """Why a payload in a format, with a size in bytes, is not checked; None if it can be read."""
    if format_name == "json":
        return None
    if format_name == "yaml" and size > MAX_YAML:
        return f"the body is YAML of more than {MAX_YAML:,} bytes, which is not checked"
    from eventlint.mirror.formats import EXTRA, missing_extra

    missing = missing_extra(format_name)
    return None if missing is None else f"{format_name.upper()} needs the extra {EXTRA!r}"


def findings_of(
    reading: Reading, event_type: str, collection: str | None, contract: Contract | None, *, positioned: bool
) -> tuple[list[Finding], Finding | None]:
    """The findings of a payload, in the order of their offsets, and the first error that the server meets."""
    errors = [(fault.offset, one) for fault, one in errors_of(reading, event_type, positioned=positioned)]
    pairs = errors + _losses_and_lint(reading, event_type, positioned=positioned)
    if not errors and contract is not None:
        pairs += contract.findings(reading, event_type, collection, positioned=positioned)
    pairs.sort(key=lambda pair: pair[0])
    if reading.walk is not None and reading.walk.omitted:
        pairs.append((len(reading.text.data), _too_many(reading.walk.omitted, event_type)))
    return [finding for _, finding in pairs], errors[0][1] if errors else None


def errors_of(reading: Reading, event_type: str, *, positioned: bool) -> list[tuple[Fault, Finding]]:
    """The faults of a payload and their findings, in the order in which the server meets them."""
    faults = reading.faults
    if len(faults) > 1:
        from eventlint.rules.error.unknown_field import without_consequences

        faults = without_consequences(faults)
    data = reading.text.data if positioned and reading.is_editable else None
    positions = reading.lines.positions(fault.offset for fault in faults) if positioned and faults else {}
    return [(fault, error(fault, data, positions.get(fault.offset), event_type)) for fault in faults]


def error(fault: Fault, data: bytes | None, position: Position | None, event_type: str) -> Finding:
    """The finding for a fault; ``data`` is the payload if it can be edited."""
    rule = rule_of(fault)
    diagnostic = rule.module.describe(fault, data)
    return Finding(
        rule=rule.name,
        tier="error",
        message=diagnostic.message,
        pointer=pointer(fault.pointer),
        position=position,
        hint=diagnostic.hint,
        fatal=fault.fatal,
        event_type=event_type,
        fix=diagnostic.fix,
    )


def _losses_and_lint(reading: Reading, event_type: str, *, positioned: bool) -> list[tuple[int, Finding]]:
    """The findings of the tiers loss and lint, with their offsets."""
    if reading.walk is None:
        return []
    payload = Payload(reading.text, reading.walk)
    asked = ask(payload, spec.event(event_type, reading.release))
    found = list(islice(asked, MAX_FAULTS))
    reading.walk.omitted = payload.omitted + sum(1 for _ in asked)
    positions = reading.lines.positions(one.offset for _, one in found) if positioned and found else {}
    return located(found, positions, event_type, is_editable=positioned and reading.is_editable)


def located(
    found: list[tuple[Rule, Diagnostic]], positions: Mapping[int, Position], event_type: str, *, is_editable: bool
) -> list[tuple[int, Finding]]:
    """The findings for what rules of the tiers loss and lint report, with their offsets.

    Args:
        found: The rules, and what they report.
        positions: The positions of these offsets; that of an offset may be missing.
        event_type: The event's type.
        is_editable: Whether the offsets are those of the payload, so that fixes apply to it.
    """
    if "lost" in [diagnostic.effect for _, diagnostic in found]:
        # A lost event is not stored, so none of its fields is stored unsearchable.
        found = [pair for pair in found if pair[1].effect != "unsearchable"]
    return [
        (
            diagnostic.offset,
            new_finding(
                rule.name,
                rule.tier,
                diagnostic.message,
                pointer(diagnostic.pointer),
                positions.get(diagnostic.offset),
                diagnostic.hint,
                diagnostic.effect,
                event_type,
                diagnostic.fix if is_editable else None,
            ),
        )
        for rule, diagnostic in found
    ]


def _too_many(omitted: int, event_type: str) -> Finding:
    """The finding for the problems of a payload that are only counted."""
    from eventlint.rules.lint import too_many_findings

    return too_many_findings.finding(omitted, event_type)


def of_request(fault: RequestFault) -> Finding:
    """The finding for a fault of the request around a payload."""
    from eventlint.rules.diagnostic import shown

    rule = rule_of_kind(fault.kind)
    module = rule.module
    hint = module.hint(fault.subject) if hasattr(module, "hint") else None
    message = module.MESSAGES[fault.kind] if hasattr(module, "MESSAGES") else module.MESSAGE
    return Finding(rule=rule.name, tier="error", message=message.format(shown(fault.subject)), hint=hint)


def meant_event_type(faults: Iterable[RequestFault]) -> str | None:
    """The event type that a request certainly means although its name is misspelled, so that its payload is checked."""
    from eventlint.rules.error.unknown_event_type import KINDS, meant

    return next((meant(fault.subject) for fault in faults if fault.kind in KINDS), None)


def _not_serializable(error: NotSerializable, event: object) -> Finding:
    module = rule_of_kind(error.kind).module
    position = None
    if issubclass(type(event), str):
        from eventlint.jsontext.decoding import Decoded

        before = str.__str__(cast(str, event))[: error.index].encode("utf-8", "surrogatepass")
        position = Lines(Decoded(data=before)).positions([len(before)])[len(before)]
    return Finding(
        rule=rule_of_kind(error.kind).name,
        tier="error",
        message=error.message or module.MESSAGE,
        pointer=pointer(error.path),
        position=position,
        hint=getattr(module, "HINT", None),
        fatal=True,
    )
