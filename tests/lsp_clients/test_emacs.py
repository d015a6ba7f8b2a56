"""Emacs with eglot, as ``docs/editors.md`` sets it up."""

from __future__ import annotations

import shutil
import subprocess
from typing import Any

import pytest

from tests.lsp_clients.conftest import FIXED, HERE, settings, use

EMACS = shutil.which("emacs")


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """What a session in Emacs saw."""
    if EMACS is None:
        pytest.skip("needs emacs on the PATH")
    if subprocess.run([EMACS, "--batch", "--eval", "(require 'eglot)"], capture_output=True).returncode:
        pytest.skip("needs eglot")
    command = [EMACS, "--batch", "--load", str(HERE / "emacs.el")]
    return use(tmp_path_factory.mktemp("emacs"), command, settings("elisp", "eglot-server-programs"))


def test_the_session_ends_without_a_problem(seen: Any) -> None:
    """Every step of the session worked."""
    assert seen.get("problem") is None


def test_the_finding_is_shown_where_it_is(seen: Any) -> None:
    """The array is underlined, with the rule and the hint."""
    (finding,) = seen["findings"]
    assert (finding["line"], finding["text"]) == (7, "[")
    assert "wrong-type" in finding["message"]
    assert "hint: use a single object, not an array" in finding["message"]


def test_the_field_is_described(seen: Any) -> None:
    """Hover has the documentation of the field."""
    assert "query" in seen["hover"]


def test_the_fix_is_applied(seen: Any) -> None:
    """A quick fix fixes the event, and its diagnostic disappears."""
    assert seen["fixed"] == FIXED
