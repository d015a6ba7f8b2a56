"""The API reference of the built site (``tox run -e site``)."""

from __future__ import annotations

import importlib
import os
import zlib
from pathlib import Path

import pytest

SITE = os.environ.get("EVENTLINT_SITE")
"""The folder with the site."""
MODULES = [f"eventlint{name}" for name in ("", ".guard", ".types", ".strategies", ".pytest_plugin", ".serve")]


@pytest.mark.parametrize("module", MODULES)
def test_each_public_name_is_described(module: str) -> None:
    """The reference has an entry for each public name."""
    if SITE is None:
        pytest.skip("needs the built site (tox run -e site)")
    content = (Path(SITE) / "objects.inv").read_bytes().split(b"zlib.\n", 1)[1]
    described = {line.split()[0] for line in zlib.decompress(content).decode().splitlines() if " py:" in line}
    public = importlib.import_module(module).__all__
    assert [name for name in public if f"{module}.{name}" not in described and name != "__version__"] == []
