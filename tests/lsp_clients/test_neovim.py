"""Neovim with its own client, as ``docs/editors.md`` sets it up."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from typing import Any

import pytest

from tests.lsp_clients.conftest import FIXED, HERE, settings, use

NEOVIM = os.environ.get("EVENTLINT_NEOVIM") or shutil.which("nvim")


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """What a session in Neovim saw."""
    if NEOVIM is None:
        pytest.skip("needs nvim on the PATH, or in EVENTLINT_NEOVIM")
    found = re.search(r"NVIM v0\.(\d+)", subprocess.run([NEOVIM, "--version"], capture_output=True, text=True).stdout)
    setup = settings("lua", "vim.lsp.start_client" if found and int(found[1]) < 11 else "vim.lsp.config")
    command = [NEOVIM, "--headless", "--clean", "-S", str(HERE / "neovim.lua")]
    return use(tmp_path_factory.mktemp("neovim"), command, setup)


def test_the_session_ends_without_a_problem(seen: Any) -> None:
    """Every step of the session worked."""
    assert seen.get("problem") is None


def test_the_finding_is_shown_where_it_is(seen: Any) -> None:
    """The array is underlined, as an error of eventlint, with the rule and the hint."""
    assert seen["findings"] == [
        {
            "rule": "wrong-type",
            "source": "eventlint",
            "severity": "ERROR",
            "message": "'sort' cannot be an array\nhint: use a single object, not an array",
            "line": 7,
            "text": "[",
        }
    ]


def test_hover_describes_the_field(seen: Any) -> None:
    """The documentation of the field is shown, with its type."""
    assert "query" in seen["hover"]
    assert "string" in seen["hover"]


def test_a_symbol_leads_to_its_line(seen: Any) -> None:
    """The outline has the fields, with their places."""
    assert seen["symbol_line"] == '    "filters": {"brand": ["a"]},'


def test_the_lens_shows_the_answer(seen: Any) -> None:
    """Above the request, there is the answer in short; a click opens the whole answer."""
    assert seen["lens"] == "202 accepted"
    assert seen["answer"][0] == "HTTP/1.1 202 Accepted"


def test_a_field_is_completed(seen: Any) -> None:
    """A half-typed key is completed to a field that the object does not have yet."""
    assert "page" in seen["completion"]
    assert "query" not in seen["completion"]
    assert '"page"' in seen["completed_line"]


def test_the_fix_is_applied(seen: Any) -> None:
    """The preferred code action fixes the event, and its diagnostic disappears."""
    assert seen["fixed"] + "\n" == FIXED


def test_a_reference_leads_to_its_definition(seen: Any) -> None:
    """In a contract, the definition of a reference is the schema that it refers to."""
    assert '"maxLength": 100' in seen["definition_line"]
