"""Draws by a seed are the same on every run."""

from __future__ import annotations

import subprocess
import sys
from itertools import islice

import pytest
from hypothesis import strategies as st

from eventlint import UsageError
from eventlint.strategies import drawn, events

PROGRAM = """
from itertools import islice
{before}
from eventlint.strategies import drawn, payloads
print([body for body in islice(drawn(payloads("search_click"), 7), 50)])
"""


def _run(before: str) -> str:
    program = PROGRAM.format(before=before)
    return subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout


def test_another_process_draws_the_same() -> None:
    """The same seed draws the same payloads, whatever was imported or drawn before."""
    first = _run("")
    assert first == _run(
        "import hypothesis, random; random.seed(3); hypothesis.find(hypothesis.strategies.text(), bool)"
    )
    assert len(first) > 1000


def test_another_seed_draws_other_values() -> None:
    """Different seeds draw different events, and so does one seed."""
    one, two = (list(islice(drawn(events("search"), seed), 50)) for seed in (1, 2))
    assert one != two
    assert len({repr(value) for value in one}) > 40


def test_a_draw_does_not_depend_on_the_number_of_draws() -> None:
    """A longer sequence starts with the shorter one."""
    assert list(islice(drawn(events("search"), 1), 20))[:10] == list(islice(drawn(events("search"), 1), 10))


def test_a_value_that_needs_many_bytes_is_drawn() -> None:
    """A value gets more bytes if it needs them."""
    value = next(drawn(st.lists(st.integers(0, 2**64), min_size=500, max_size=500)))
    assert len(value) == 500


def test_a_strategy_without_values_is_reported() -> None:
    """Drawing ends with a usage error."""
    with pytest.raises(UsageError, match="no values"):
        next(drawn(st.integers().filter(lambda _: False)))
