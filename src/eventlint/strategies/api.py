"""Strategies for broken, lossy and odd events, by their rules; it must not know how a rule is broken."""

from __future__ import annotations

import functools
from collections.abc import Collection, Mapping
from typing import Any

from hypothesis import strategies as st

from eventlint.errors import UsageError
from eventlint.model import pointer
from eventlint.rules import RULES
from eventlint.rules.own import Contract
from eventlint.spec import catalog, event_types
from eventlint.spec import event as node_of
from eventlint.strategies import byte_mutations as spoiled
from eventlint.strategies import invalid as refused
from eventlint.strategies import lossy as lost
from eventlint.strategies.conforming import fitting
from eventlint.strategies.drawing import Draw, pick
from eventlint.strategies.encoding import HARMLESS, payload, some, wanted, write
from eventlint.strategies.invalid_example import InvalidExample
from eventlint.strategies.json_tokens import tokens
from eventlint.strategies.mutation import Mutation, broken, usable
from eventlint.strategies.valid import LINTS, Maker, clean_events
from eventlint.strategies.values import words

_TRAITS = {rule.name: rule.trait for rule in RULES}
_SENDABLE: Mapping[str, tuple[Mutation, ...]] = refused.WAYS
_ALL: Mapping[str, tuple[Mutation, ...]] = {**refused.WAYS, **refused.UNSENDABLE}


def _chosen(
    ways: Mapping[str, tuple[Mutation, ...]], event_type: str, traits: frozenset[str]
) -> dict[str, tuple[Any, ...]]:
    """For each rule that can be broken in an event type and an era, its ways."""
    node_of(event_type)
    found = {rule: usable(some, event_type, traits) for rule, some in ways.items()}
    return {rule: pairs for rule, pairs in found.items() if pairs}


def _bytewise(
    ways: Mapping[str, tuple[Any, spoiled.Spoil]], event_type: str, traits: frozenset[str]
) -> dict[str, spoiled.Spoil]:
    return {
        rule: how
        for rule, (where, how) in ways.items()
        if where(event_type) and (_TRAITS[rule] is None or _TRAITS[rule] in traits)
    }


def _one(names: Collection[str], rule: str | None, event_type: str) -> tuple[str, ...]:
    """The rules to draw from: all, or the one that is asked for."""
    if rule is None:
        return tuple(names)
    if rule not in names:
        raise UsageError(f"no {event_type} can break {rule!r} so (one of {', '.join(names)})")
    return (rule,)


def _traits(release: str) -> frozenset[str]:
    return catalog().release(release).era.traits


_WAYS: dict[str, Mapping[str, tuple[Mutation, ...]]] = {
    "invalid_events": _ALL,
    "invalid_payloads": _SENDABLE,
    "lossy_events": lost.WAYS,
    "lossy_payloads": lost.WAYS,
}
_SPOILS: dict[str, Mapping[str, tuple[Any, spoiled.Spoil]]] = {
    "invalid_payloads": spoiled.REFUSED,
    "lossy_payloads": spoiled.LOST,
}


def breakable(function: str, event_type: str, traits: frozenset[str]) -> tuple[str, ...]:
    """The rules that a strategy can break in an event type and an era; all of them where that makes no difference."""
    if function not in _WAYS:
        return tuple(_TRAITS)
    chosen = _chosen(_WAYS[function], event_type, traits)
    return tuple(dict.fromkeys((*chosen, *_bytewise(_SPOILS.get(function, {}), event_type, traits))))


def events(
    event_type: str, *, lint: Collection[str] = (), contract: Contract | None = None, collection: str | None = None
) -> st.SearchStrategy[dict[str, Any]]:
    """Events as parsed objects that the server takes and stores as they are, and that look meant.

    They shrink to the fewest fields, with plain words.

    Args:
        event_type: One of the contract's event types.
        lint: Names of rules of the tier lint that may find something in them; see :data:`LINTS`.
        contract: A contract of one's own that they fit besides, from :func:`eventlint.load_contract`. What it asks for
            may be something that a rule of the tier lint finds.
        collection: The collection that they go to; None when that is not known.

    Raises:
        UsageError: There is no such event type, or no such rule.
    """
    node_of(event_type)
    unknown = sorted(set(lint) - set(LINTS))
    if unknown:
        raise UsageError(f"not a rule to draw events for: {unknown[0]!r} (one of {', '.join(LINTS)})")
    may_be = frozenset(lint)
    if contract is None:
        return clean_events(event_type, may_be)
    own = contract

    @st.composite
    def event(draw: Draw) -> dict[str, Any]:
        return fitting(draw, event_type, own, collection, lint=may_be)

    return event()


def _values(function: str, event_type: str, rule: str | None, release: str) -> st.SearchStrategy[InvalidExample]:
    all_of = _chosen(_WAYS[function], event_type, _traits(release))
    chosen = {name: all_of[name] for name in _one(all_of, rule, event_type)}

    @st.composite
    def event(draw: Draw) -> InvalidExample:
        name, made, parts = broken(draw, event_type, chosen)
        return InvalidExample(event=made, rule=name, pointer=pointer(parts))

    return event()


def invalid_events(
    event_type: str, rule: str | None = None, *, release: str = "latest"
) -> st.SearchStrategy[InvalidExample]:
    """Events as parsed objects, each of which breaks exactly one rule of the tier error, at one place.

    Args:
        event_type: One of the contract's event types.
        rule: The rule to break; None is any that a parsed object can break.
        release: The server's release; some rules hold in some releases only.

    Raises:
        UsageError: There is no such event type or release, or no such object can break the rule.
    """
    return _values("invalid_events", event_type, rule, release)


def lossy_events(event_type: str, rule: str | None = None) -> st.SearchStrategy[InvalidExample]:
    """Events as parsed objects that the server takes, each with exactly one finding of the tier loss.

    Args:
        event_type: One of the contract's event types.
        rule: The rule that finds it; None is any that finds something in a parsed object.

    Raises:
        UsageError: There is no such event type, or the rule finds nothing in such an object.
    """
    return _values("lossy_events", event_type, rule, "latest")


def _bytes(
    function: str,
    event_type: str,
    rule: str | None,
    release: str,
    without: Collection[str],
) -> st.SearchStrategy[InvalidExample]:
    traits = _traits(release)
    chosen = _chosen(_WAYS[function], event_type, traits)
    bytewise = _bytewise(_SPOILS[function], event_type, traits)
    names = _one(tuple(dict.fromkeys((*chosen, *bytewise))), rule, event_type)
    odd = wanted(without, HARMLESS)

    @st.composite
    def content(draw: Draw) -> InvalidExample:
        name = pick(draw, names)
        some_of = some(draw, odd)
        if name in bytewise and (name not in chosen or draw(st.booleans())):
            made, parts = bytewise[name](draw, event_type, some_of)
        else:
            _, event, parts = broken(draw, event_type, {name: chosen[name]})
            made = write(draw, tokens(event), some_of)
        return InvalidExample(event=made, rule=name, pointer=pointer(parts))

    return content()


def invalid_payloads(
    event_type: str, rule: str | None = None, *, release: str = "latest", without: Collection[str] = ()
) -> st.SearchStrategy[InvalidExample]:
    """Payloads in bytes, each of which breaks exactly one rule of the tier error, at one place.

    Args:
        event_type: One of the contract's event types.
        rule: The rule to break; None is any that bytes can break.
        release: The server's release; some rules hold in some releases only.
        without: Oddities that no payload should have; see :data:`EDGE_CASES`.

    Raises:
        UsageError: There is no such event type, release or oddity, or no payload can break the rule.
    """
    return _bytes("invalid_payloads", event_type, rule, release, without)


def lossy_payloads(
    event_type: str, rule: str | None = None, *, without: Collection[str] = ()
) -> st.SearchStrategy[InvalidExample]:
    """Payloads in bytes that the server takes, each with exactly one finding of the tier loss.

    Args:
        event_type: One of the contract's event types.
        rule: The rule that finds it; None is any of the tier.
        without: Oddities that no payload should have; see :data:`EDGE_CASES`.

    Raises:
        UsageError: There is no such event type or oddity, or the rule finds nothing in such a payload.
    """
    return _bytes("lossy_payloads", event_type, rule, "latest", without)


def payloads(
    event_type: str,
    *,
    without: Collection[str] = (),
    contract: Contract | None = None,
    collection: str | None = None,
) -> st.SearchStrategy[bytes]:
    """Payloads in bytes that every release of the server takes, however odd they look.

    Args:
        event_type: One of the contract's event types.
        without: Oddities that no payload should have; see :data:`EDGE_CASES`. Without any of them, a payload is compact
            JSON that is stored as it is.
        contract: A contract of one's own that they fit besides; then no text ends with half of a character.
        collection: The collection that they go to; None when that is not known.

    Raises:
        UsageError: There is no such event type or oddity.
    """
    node, own = node_of(event_type), contract
    names = tuple(name for name in wanted(without) if own is None or name != "lone-surrogate")

    @st.composite
    def content(draw: Draw) -> bytes:
        odd = some(draw, names)
        event = Maker(draw).object(node) if own is None else fitting(draw, event_type, own, collection)
        return payload(draw, event, node, odd)

    return content()


_NAMES = ("event", "click", "data", "fixture", "payload", "body", "a")


@functools.cache
def untyped_files(event_type: str) -> st.SearchStrategy[InvalidExample]:
    """Files whose names do not tell the type of the event in them; each is a pair of a name and bytes.

    Args:
        event_type: What the event is, all the same.

    Raises:
        UsageError: There is no such event type.
    """
    node = node_of(event_type)

    @st.composite
    def file(draw: Draw) -> InvalidExample:
        name = pick(draw, (*_NAMES, draw(words)))
        name = "a" if name in event_types() else name
        content = payload(draw, Maker(draw).object(node), node, frozenset())
        return InvalidExample(event=(f"{name}.json", content), rule="undetermined-event-type", pointer="")

    return file()
