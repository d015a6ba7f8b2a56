"""When the library is imported: after some events, and never if it is turned off; another version is not used."""

from __future__ import annotations

import os
import subprocess
import sys
from types import SimpleNamespace

import pytest

from eventlint.screen import native, plan
from tests.native.support import needs_engine

EVENT = '{"session": {"id": "s-1"}, "user": {"id": "u-1"}, "search": {"query": "shoes"}}'
PROGRAM = """
import sys
import eventlint
for _ in range(COUNT):
    assert eventlint.is_valid(EVENT, "search")
    assert not eventlint.check(TEXT, "search").findings
print("eventlint._native" in sys.modules)
"""


@needs_engine
@pytest.mark.parametrize(
    ("count", "setting", "expected"),
    [(1, "", "False"), (native.WARM_UP + 2, "", "True"), (native.WARM_UP + 2, "0", "False")],
)
def test_the_library_is_imported_after_some_events(count: int, setting: str, expected: str) -> None:
    """A program that checks one event does not pay for the import."""
    env = {**os.environ, native.VARIABLE: setting}
    done = subprocess.run(
        [
            sys.executable,
            "-c",
            PROGRAM.replace("COUNT", str(count)).replace("EVENT", EVENT).replace("TEXT", repr(EVENT)),
        ],
        capture_output=True,
        text=True,
        env=env,
        check=True,
    )
    assert done.stdout.strip() == expected


@pytest.mark.parametrize(
    ("numbers", "reason"),
    [
        ({"FORMAT": plan.FORMAT, "INTERFACE": native.INTERFACE}, None),
        ({"FORMAT": plan.FORMAT - 1, "INTERFACE": native.INTERFACE}, "the native engine is of another version"),
        ({"FORMAT": plan.FORMAT, "INTERFACE": native.INTERFACE - 1}, "the native engine is of another version"),
        ({"FORMAT": plan.FORMAT}, "the native engine is of another version"),
    ],
    ids=["current", "format", "interface", "no-interface"],
)
def test_a_library_of_another_version_is_not_used(
    numbers: dict[str, int], reason: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It reads other plans, or its methods have other arguments or results."""
    monkeypatch.delenv(native.VARIABLE, raising=False)
    monkeypatch.setattr(native, "import_module", lambda _: SimpleNamespace(**numbers))
    assert native.why_unused.__wrapped__() == reason
