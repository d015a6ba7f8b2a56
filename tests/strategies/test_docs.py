"""The code on the pages about strategies and pytest runs."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from eventlint.strategies import EDGE_CASES
from tests.test_pytest_plugin import plugin

pytest_plugins = ["pytester"]

DOCS = Path(__file__).parent.parent.parent / "docs"
STRATEGIES, PYTEST = ((DOCS / name).read_text() for name in ("strategies.md", "pytest.md"))


def blocks(page: str) -> list[str]:
    """The Python on a page."""
    return re.findall(r"^```python\n(.*?)^```$", page, re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("code", blocks(STRATEGIES), ids=lambda code: re.sub(r"\W+", " ", code)[:40])
def test_the_code_on_the_strategies_page_runs(code: str) -> None:
    """Each block runs by itself and asserts what it claims."""
    exec(compile(code, "strategies.md", "exec"), {"__name__": "strategies"})  # noqa: S102


def test_the_tests_on_the_pytest_page_pass(pytester: pytest.Pytester) -> None:
    """Each block is a test that passes."""
    found = blocks(PYTEST)
    for number, code in enumerate(found):
        pytester.makepyfile(**{f"test_{number}": code})
    pytester.runpytest_subprocess(*plugin()).assert_outcomes(passed=len(found))


def test_the_page_describes_all_edge_cases() -> None:
    """The table has the names and descriptions of the code."""
    assert dict(re.findall(r"^\| `([\w-]+)` \| (.*) \|$", STRATEGIES, re.MULTILINE)) == EDGE_CASES


@pytest.mark.parametrize("page", [STRATEGIES, PYTEST], ids=["strategies", "pytest"])
def test_links_lead_to_headings(page: str) -> None:
    """Each link within a page names one of its headings."""
    headings = [re.sub(r"[^\w -]", "", one.lower()).replace(" ", "-") for one in re.findall(r"^##+ (.*)$", page, re.M)]
    assert [link for link in re.findall(r"\]\(#(.*?)\)", page) if link not in headings] == []
