"""The tiers of findings. A clean run needs them although it has no finding."""

from __future__ import annotations

from typing import Literal

Tier = Literal["error", "contract", "loss", "lint"]
"""How severe a finding is: the server rejects the event; the event violates a custom contract; the server accepts the
event and loses it, changes it or cannot search it; the server stores something that you probably did not mean."""

TIERS: tuple[Tier, ...] = ("error", "contract", "loss", "lint")

FAILING: tuple[Tier, ...] = ("error", "contract", "loss")
"""The tiers that make a run fail by default."""
