"""The manual of any rule: a built-in one, one of schema lint, or one of a custom contract."""

from __future__ import annotations

from typing import TYPE_CHECKING

from eventlint.escaping import printable
from eventlint.rules import RULES, rule
from eventlint.rules.manual import page

if TYPE_CHECKING:
    from eventlint.contract import Contract


def rule_page(name: str, contract: Contract | None = None) -> str | None:
    """The manual of a rule as a Markdown page; None if there is no such rule.

    Args:
        name: The name of the rule.
        contract: The custom contract, whose rules are known, too.
    """
    if name in {known.name for known in RULES}:
        return page(rule(name))
    from eventlint.schemas.lint_rules import BY_NAME

    if name in BY_NAME:
        return page(BY_NAME[name])
    is_custom = contract is not None and any(one.name == name for one in contract.rules)
    return _custom_page(contract, name) if is_custom and contract is not None else None


def _custom_page(contract: Contract, name: str) -> str:
    """The page of a rule of a custom contract."""
    parts = [f"# {name}\n\nTier: contract. A custom contract defines this rule; see contract-violation.\n"]
    for found in contract.rules:
        if found.name == name:
            collections = f", in collections {', '.join(found.collections)}" if found.collections else ""
            parts.append(
                f"\n- {found.message}\n\n"
                f"  - applies to: `{found.pointer or 'the event'}` in {', '.join(found.event_types)}{collections}\n"
                + (f"  - hint: {found.hint}\n" if found.hint else "")
                + f"  - defined in: {found.path}:{found.position.line}:{found.position.column} ({found.identifier})\n"
            )
    return printable("".join(parts), keep="\n")
