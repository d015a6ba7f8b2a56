"""The native engine finds the same shape of an event as the regular expression."""

from __future__ import annotations

from collections import Counter
from itertools import islice

from hypothesis import example, given, settings
from hypothesis import strategies as st

from eventlint.report_templates.shape import Shape, shape_by_expression, shape_of
from tests.native.cases import mutations, values
from tests.native.support import needs_engine

pytestmark = needs_engine

PIECES = [
    *('"', "\\", ",", "}", "]", "[", "{", ":", " ", "  ", '":"', '": "', '" ,', '" }', '"]', '["', "'", "/", "~", "a"),
    *("-", "0", "1", "-5", "01", "-0", "1.5", "1e3", "9" * 18, "9" * 19, "true", "\n", "\t", "\0", "\x7f"),
]
"""Parts of JSON, and what is nearly one."""


@settings(max_examples=2000, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=20).map("".join))
@example(': "a" ,')
@example(':"" }')
@example(":-")
@example(':"a')
def test_a_text_has_the_same_shape(text: str) -> None:
    """Also a text that is not JSON, and one that ends in the middle of a value."""
    assert shape_of(text.encode()) == shape_by_expression(text)


def test_an_event_has_the_same_shape() -> None:
    """Events with values of all kinds, and broken ones; one that is not ASCII has none."""
    seen: Counter[str] = Counter()
    for case in [*islice(values(), 0, None, 7), *islice(mutations(5, "hostile"), 5000)]:
        found = shape_of(case.data)
        expected: Shape | None = shape_by_expression(case.data.decode("ascii")) if case.data.isascii() else None
        assert found == expected, case.data
        seen["none" if found is None else "found"] += 1
    assert min(seen["none"], seen["found"]) > 20, seen
