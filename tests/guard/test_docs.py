"""The code on the page about guards runs."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.guard.conftest import Endpoint

PAGE = (Path(__file__).parent.parent.parent / "docs" / "guards.md").read_text()
BLOCKS = re.findall(r"^```python\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
HEADINGS = re.findall(r"^## (.*)$", PAGE, re.MULTILINE)


@pytest.mark.filterwarnings("ignore:.*(preview|beta)", "ignore:Behavioral Analytics")
@pytest.mark.parametrize("code", BLOCKS, ids=lambda code: re.sub(r"\W+", " ", code)[:40])
def test_the_code_runs(code: str, endpoint: Endpoint) -> None:
    """Each block runs separately, and its assertions hold."""
    exec(compile(code.replace("http://localhost:9200", endpoint.url), "guards.md", "exec"), {})  # noqa: S102


@pytest.mark.parametrize("link", re.findall(r"\]\(#(.*?)\)", PAGE))
def test_links_name_headings(link: str) -> None:
    """Each link within the page names one of its headings."""
    assert link in [re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in HEADINGS]
