"""What keeps threads of the server from waiting for each other."""

from __future__ import annotations

import asyncio
import gc
import sys
import weakref
from collections.abc import Iterator
from typing import Any

import pytest

from eventlint.lsp import pauses
from eventlint.lsp.pauses import IdleCollector, avoid_pauses


class Cycle:
    """An object that refers to itself, so that only a search for cyclic garbage removes it."""

    def __init__(self) -> None:
        self.itself = self


@pytest.fixture
def collector() -> Iterator[None]:
    """Restore the settings of the process."""
    thresholds, interval = gc.get_threshold(), sys.getswitchinterval()
    yield
    gc.unfreeze()
    gc.set_threshold(*thresholds)
    sys.setswitchinterval(interval)


@pytest.mark.usefixtures("collector")
@pytest.mark.skipif(sys.version_info >= (3, 14), reason="the collector works in small steps")
def test_no_search_through_all_objects_begins_by_itself() -> None:
    """However many objects a document needs, other threads do not wait for a search through all of them."""
    generations: list[int] = []

    def note(phase: str, info: dict[str, Any]) -> None:
        generations.append(info["generation"])

    avoid_pauses()
    gc.callbacks.append(note)
    try:
        kept: list[list[list[int]]] = [[[]] for _ in range(300_000)]
    finally:
        gc.callbacks.remove(note)
    assert len(kept) == 300_000
    assert 1 in generations
    assert 2 not in generations


def test_garbage_is_removed_while_the_server_is_idle(monkeypatch: pytest.MonkeyPatch) -> None:
    """After many checks, and not before one follows another."""
    monkeypatch.setattr(pauses, "_CHECKS", 3)
    monkeypatch.setattr(pauses, "_IDLE", 0)

    async def noted() -> list[bool]:
        collector, seen = IdleCollector(), []
        garbage = weakref.ref(Cycle())
        for _ in range(3):
            collector.note()
            seen.append(garbage() is not None)
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        return [*seen, garbage() is not None]

    gc.disable()
    try:
        assert asyncio.run(noted()) == [True, True, True, False]
    finally:
        gc.enable()
