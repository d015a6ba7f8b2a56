"""A plain body of a request is read in one step, as it is read token by token."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eventlint.inputs.requests import console
from eventlint.inputs.requests.console import Body, Finders, scan
from eventlint.inputs.source_map import SourceText

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text('ab{}[]#/*"\\{%$ é\n', max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("ab{/#", max_size=3), inner, max_size=3),
    max_leaves=12,
)
BEHIND = [
    "",
    "\n",
    "\nPOST /b\n{}",
    " # a comment\n{}",
    "\n\n{}",
    " x",
    "}",
    '"""a"""',
    "\n###\n",
    "\r\n{} {}",
    "{{a}}",
]


def scanned(data: bytes, *, in_one_step: bool) -> Body:
    """The body that begins with the data."""
    with pytest.MonkeyPatch.context() as patch:
        if not in_one_step:
            patch.setattr(console, "plain_container_end", lambda *_: None)
        return scan(SourceText(data), 0, len(data), Finders.of(data))


@given(
    st.lists(VALUES, max_size=3) | st.dictionaries(st.text("ab{/#", max_size=3), VALUES, max_size=3),
    st.sampled_from([None, 1]),
    st.sampled_from(BEHIND),
    st.integers(0, 400),
    st.sampled_from(["", "{", "#", '"', "\n", "POST /a"]),
)
def test_one_step_and_many(value: object, indent: int | None, behind: str, at: int, added: str) -> None:
    """Bodies that are plain, almost plain, or broken in one place."""
    text = json.dumps(value, indent=indent, ensure_ascii=False) + behind
    at = min(at, len(text))
    data = (text[:at] + added + text[at:]).encode()
    if data[:1] in (b"{", b"["):
        assert scanned(data, in_one_step=True) == scanned(data, in_one_step=False)
