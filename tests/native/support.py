"""Skips tests when there is no native engine."""

from __future__ import annotations

import pytest

from eventlint.screen import native

needs_engine = pytest.mark.skipif(
    native.library() is None, reason="the native engine is not built (python -m tools.build_native), or turned off"
)
"""For tests of the engine."""
