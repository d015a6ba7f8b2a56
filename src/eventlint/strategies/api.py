"""The public strategies for events and payloads: valid, invalid and lossy ones."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from eventlint.errors import UsageError
from eventlint.model import pointer
from eventlint.rules import RULES, Rule
from eventlint.spec import catalog, event_types
from eventlint.strategies import values
from eventlint.strategies.byte_mutations import INVALID_BYTES, LOSSY_BYTES, Apply, ByteMutation, usable_bytes
from eventlint.strategies.conforming import conforming_event
from eventlint.strategies.drawing import Draw, pick
from eventlint.strategies.encoding import HARMLESS, allowed, payload, some, write
from eventlint.strategies.invalid import INVALID, UNSENDABLE
from eventlint.strategies.invalid_example import InvalidExample
from eventlint.strategies.json_tokens import tokens
from eventlint.strategies.lossy import LOSSY
from eventlint.strategies.mutation import Mutation, Usable, mutated, usable
from eventlint.strategies.request import request_mutations
from eventlint.strategies.rule_index import LINTS, rules_of
from eventlint.strategies.target import Target, target
from eventlint.strategies.valid import Builder, valid_events

if TYPE_CHECKING:
    from eventlint.contract import Contract

_MUTATIONS: dict[str, tuple[Mapping[str, Mutation], Mapping[str, ByteMutation]]] = {
    "invalid_events": ({**INVALID, **UNSENDABLE}, {}),
    "invalid_payloads": (INVALID, INVALID_BYTES),
    "lossy_events": (LOSSY, {}),
    "lossy_payloads": (LOSSY, LOSSY_BYTES),
}
"""For each strategy: its mutations of values, and of bytes."""

_FILE_NAME = "file-name"
"""The mutation that names a file so that its event type cannot be determined."""


def events(
    event_type: str,
    *,
    lint: Collection[str] = (),
    contract: Contract | None = None,
    collection: str | None = None,
    release: str = "latest",
) -> st.SearchStrategy[dict[str, Any]]:
    """Events as parsed objects that the server accepts and stores as they are, and that no rule reports.

    They shrink to the fewest fields, with plain words.

    Args:
        event_type: An event type.
        lint: The names of rules of the tier lint that the events may violate; see :data:`LINTS`.
        contract: A custom contract that they conform to as well, from :func:`eventlint.load_contract`. It may require
            something that a rule of the tier lint reports.
        collection: The collection that they are for; None if unknown.
        release: The server's release.

    Raises:
        UsageError: There is no such event type, release or rule.
    """
    wanted = target(event_type, release)
    unknown = sorted(set(lint) - set(LINTS))
    if unknown:
        raise UsageError(f"not a rule that events can violate: {unknown[0]!r} (one of {', '.join(LINTS)})")
    return _events(wanted, contract, collection, frozenset(lint))


def _events(
    target: Target, contract: Contract | None, collection: str | None, lint: frozenset[str] = frozenset()
) -> st.SearchStrategy[dict[str, Any]]:
    if contract is None:
        return valid_events(target.node, lint)
    custom = contract

    @st.composite
    def event(draw: Draw) -> dict[str, Any]:
        return conforming_event(draw, target, custom, collection, lint=lint)

    return event()


def payloads(
    event_type: str,
    *,
    without: Collection[str] = (),
    contract: Contract | None = None,
    collection: str | None = None,
    release: str = "latest",
) -> st.SearchStrategy[bytes]:
    """Payloads in bytes that the server accepts, with edge cases.

    Args:
        event_type: An event type.
        without: The edge cases that no payload may have; see :data:`EDGE_CASES`. Without any of them, a payload is
            compact JSON that is stored as it is.
        contract: A custom contract that they conform to as well; then no string ends with half of a surrogate pair.
        collection: The collection that they are for; None if unknown.
        release: The server's release.

    Raises:
        UsageError: There is no such event type, release or edge case.
    """
    wanted = target(event_type, release)
    names = allowed((*without, *(() if contract is None else ("surrogate-escape",))))
    objects = _events(wanted, contract, collection)

    @st.composite
    def content(draw: Draw) -> bytes:
        edge_cases = some(draw, names)
        return payload(draw, draw(objects), wanted.node, edge_cases)

    return content()


# ---- violations of one rule -----------------------------------------------------------------------------------------

_KIND_OF_UTF_8 = "name-length"
"""The kind of fault that only the server's reader of UTF-8 knows."""


def _usable(function: str, target: Target) -> tuple[Usable, Mapping[Rule, Apply]]:
    of_values, of_bytes = _MUTATIONS[function]
    return usable(of_values, target), usable_bytes(of_bytes, target)


def _examples(
    function: str, event_type: str, rule: str | None, release: str, without: Collection[str] | None = None
) -> st.SearchStrategy[InvalidExample]:
    """Violations of one rule; as parsed objects, or as bytes if edge cases are excluded."""
    wanted = target(event_type, release)
    mutations, of_bytes = _usable(function, wanted)
    found = tuple(dict.fromkeys((*mutations, *of_bytes)))
    rules = tuple(one for one in found if rule in (None, one.name))
    if not rules:
        known = ", ".join(one.name for one in found)
        raise UsageError(f"such a {event_type} event cannot violate {rule!r} (one of {known})")
    names = None if without is None else allowed(without, HARMLESS)

    @st.composite
    def example(draw: Draw) -> InvalidExample:
        one = pick(draw, rules)
        edge_cases = some(draw, names or ())
        if _KIND_OF_UTF_8 in getattr(one.module, "KINDS", ()):
            edge_cases -= {"wide-encoding"}
        if one in of_bytes and (one not in mutations or draw(st.booleans())):
            made, path = of_bytes[one](draw, wanted.node, edge_cases)
        else:
            made, path = mutated(draw, wanted, one, mutations[one])
            made = made if names is None else write(draw, tokens(made), edge_cases)
        return InvalidExample(event=made, rule=one.name, pointer=pointer(path))

    return example()


def invalid_events(
    event_type: str, rule: str | None = None, *, release: str = "latest"
) -> st.SearchStrategy[InvalidExample]:
    """Events as parsed objects, each of which violates exactly one rule of the tier error, at one place.

    Args:
        event_type: An event type.
        rule: The rule to violate; None means any that a parsed object can violate.
        release: The server's release.

    Raises:
        UsageError: There is no such event type or release, or such an object cannot violate the rule.
    """
    return _examples("invalid_events", event_type, rule, release)


def lossy_events(
    event_type: str, rule: str | None = None, *, release: str = "latest"
) -> st.SearchStrategy[InvalidExample]:
    """Events as parsed objects that the server accepts, each with exactly one finding of the tier loss.

    Args:
        event_type: An event type.
        rule: The rule to violate; None means any that a parsed object can violate.
        release: The server's release.

    Raises:
        UsageError: There is no such event type or release, or such an object cannot violate the rule.
    """
    return _examples("lossy_events", event_type, rule, release)


def invalid_payloads(
    event_type: str, rule: str | None = None, *, release: str = "latest", without: Collection[str] = ()
) -> st.SearchStrategy[InvalidExample]:
    """Payloads in bytes, each of which violates exactly one rule of the tier error, at one place.

    Args:
        event_type: An event type.
        rule: The rule to violate; None means any that a payload can violate.
        release: The server's release.
        without: The edge cases that no payload may have; see :data:`EDGE_CASES`.

    Raises:
        UsageError: There is no such event type, release or edge case, or a payload cannot violate the rule.
    """
    return _examples("invalid_payloads", event_type, rule, release, without)


def lossy_payloads(
    event_type: str, rule: str | None = None, *, release: str = "latest", without: Collection[str] = ()
) -> st.SearchStrategy[InvalidExample]:
    """Payloads in bytes that the server accepts, each with exactly one finding of the tier loss.

    Args:
        event_type: An event type.
        rule: The rule to violate; None means any of the tier.
        release: The server's release.
        without: The edge cases that no payload may have; see :data:`EDGE_CASES`.

    Raises:
        UsageError: There is no such event type, release or edge case, or a payload cannot violate the rule.
    """
    return _examples("lossy_payloads", event_type, rule, release, without)


_NAMES = ("event", "click", "data", "fixture", "payload", "body", "a")


def files_without_event_type(event_type: str, *, release: str = "latest") -> st.SearchStrategy[InvalidExample]:
    """Files whose names do not show the type of the event in them; each is a pair of a name and bytes.

    Args:
        event_type: The type of the event.
        release: The server's release.

    Raises:
        UsageError: There is no such event type or release.
    """
    wanted = target(event_type, release)
    (rule,) = rules_of(_FILE_NAME, wanted.node)

    @st.composite
    def file(draw: Draw) -> InvalidExample:
        name = pick(draw, (*_NAMES, draw(values.words)))
        name = "a" if name in event_types() else name
        content = payload(draw, Builder(draw).object(wanted.node), wanted.node, frozenset())
        return InvalidExample(event=(f"{name}.json", content), rule=rule.name, pointer="")

    return file()


# ---- which strategy violates which rule -----------------------------------------------------------------------------


_OTHERS: dict[str, Callable[[Target], Collection[str]]] = {
    "invalid_requests": request_mutations,
    "files_without_event_type": lambda target: [rule.name for rule in rules_of(_FILE_NAME, target.node)],
}


def _names(function: str, target: Target) -> Collection[str]:
    """The rules that a strategy can violate."""
    if function in _OTHERS:
        return _OTHERS[function](target)
    return (
        [rule.name for mutations in _usable(function, target) for rule in mutations] if function in _MUTATIONS else ()
    )


def _producers() -> dict[str, tuple[str, ...]]:
    traits = frozenset(catalog().traits)
    able = {
        function: {name for kind in event_types() for name in _names(function, target(kind)._replace(traits=traits))}
        for function in (*_MUTATIONS, *_OTHERS)
    }
    found = {rule.name: tuple(function for function in able if rule.name in able[function]) for rule in RULES}
    return {name: functions for name, functions in found.items() if functions}


PRODUCERS: dict[str, tuple[str, ...]] = _producers()
"""For each rule of the tiers error and loss, the names of the strategies that can violate it."""


def can_produce(function: str, event_type: str, rule: str, *, release: str = "latest") -> bool:
    """Whether a strategy can violate a rule in an event type and a release.

    An event can violate some rules only if it has a field that they are about.

    Args:
        function: The strategy's name, as in :data:`PRODUCERS`.
        event_type: An event type.
        rule: The rule's name.
        release: The server's release.

    Raises:
        UsageError: There is no such event type or release.
    """
    return rule in _names(function, target(event_type, release))
