"""The arguments of :class:`eventlint.Checker`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, TypedDict, cast

from eventlint.arguments import is_a, shown, string, strings
from eventlint.errors import UsageError

if TYPE_CHECKING:
    import os

    from eventlint.contract import Contract


class SharedOptions(TypedDict, total=False):
    """The arguments of :class:`eventlint.Checker` that do not depend on the release."""

    collections: Iterable[str] | None
    contract: Contract | str | os.PathLike[str] | None
    select: Iterable[str] | None
    ignore: Iterable[str] | None


class CheckerOptions(SharedOptions, total=False):
    """The arguments of :class:`eventlint.Checker`, for functions that pass them on."""

    release: str


def contract_of(value: object) -> Contract | None:
    """The contract that an argument gives, as a path or as a contract; None for None.

    Raises:
        UsageError: The argument has another type, or the interpreter cannot import what contracts need.
        InputError: The contract cannot be read.
        SchemaError: The contract is unusable.
    """
    if value is None:
        return None
    import os

    try:
        from eventlint.contract import Contract, load_contract
    except ImportError as error:  # jsonschema-rs does not support every kind of sub-interpreter
        raise UsageError(f"contract cannot be used in this interpreter: {shown(str(error))}") from error

    if is_a(value, str):
        return load_contract(string("contract", value))
    if is_a(value, os.PathLike):
        return load_contract(cast("os.PathLike[str]", value))
    if not is_a(value, Contract):
        raise UsageError(f"contract must be a path or a Contract, not {shown(value)}")
    return cast(Contract, value)


def selected_rules(
    select: Iterable[str] | None, ignore: Iterable[str] | None, contract: Contract | None
) -> frozenset[str] | None:
    """The names of the rules that are reported; None for all. The arguments are those of :class:`eventlint.Checker`."""
    selected, ignored = strings("select", select), strings("ignore", ignore) or ()
    if selected is None and not ignored:
        return None
    from eventlint.selection import names_of

    names = contract.rule_names if contract is not None else ()
    words = ("all",) if selected is None else selected
    return names_of(words, UsageError, names) - names_of(ignored, UsageError, names)
