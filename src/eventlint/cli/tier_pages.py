"""The pages that ``eventlint explain`` shows for tiers, in Markdown."""

from __future__ import annotations

from eventlint.rules import RULES
from eventlint.rules.manual import manual
from eventlint.tiers import FAILING, TIERS, Tier

_DESCRIPTIONS: dict[Tier, str] = {
    "error": "The server rejects the event: it answers with a status of 400 or higher, and stores nothing. The finding "
    "shows the reason in the server's answer. The server reports only the first error; eventlint reports all.",
    "contract": "The server accepts the event, but it violates a rule of your organization. You write such rules as "
    "JSON Schemas, and give them with `--contract` or the setting `contracts`. Each rule has a name that its author "
    "chooses.",
    "loss": "The server accepts the event with status 202, and does not store what you sent. No response reports this. "
    "The effect of a finding shows what happens:\n\n"
    "- `lost`: the event is dropped\n"
    "- `unsearchable`: a field is stored, but cannot be searched or aggregated\n"
    "- `changed`: the stored value differs from the value that you sent",
    "lint": "The server stores the event as it is, but it is probably not what you meant.",
}
"""What happens to an event with a finding of a tier."""


def tier_page(tier: Tier) -> str:
    """The page of a tier: what it means, whether it makes a run fail, and its rules."""
    fails = f"Findings of this tier {'make' if tier in FAILING else 'do not make'} a run fail by default"
    rules = "".join(f"- `{rule.name}`: {manual(rule).summary}\n" for rule in RULES if rule.tier == tier)
    return f"# {tier}\n\n{_DESCRIPTIONS[tier]}\n\n{fails}; see `--fail-on`.\n\n## Rules\n\n{rules}"


def as_tier(word: str) -> Tier | None:
    """The tier with a name in the singular or plural, in any case; None if there is none."""
    plain = word.lower()
    return next((tier for tier in TIERS if plain in (tier, f"{tier}s", f"{tier}es")), None)
