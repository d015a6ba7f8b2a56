"""``--print-completion``: scripts that complete commands in a shell."""

from __future__ import annotations

import shutil
import subprocess
import sys

import pytest

from eventlint.cli import main
from eventlint.cli.app import SHELLS


@pytest.mark.parametrize("shell", SHELLS)
def test_the_script_names_commands_options_and_values(shell: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Commands, the options of subcommands, and the values of options are completed."""
    pytest.importorskip("shtab")
    assert main(["--print-completion", shell]) == 0
    script = capsys.readouterr().out
    for word in ("explain", "statistics", "search_click", "sarif", "strict"):
        assert word in script


@pytest.mark.skipif(shutil.which("bash") is None, reason="needs bash")
def test_bash_can_run_the_script(capsys: pytest.CaptureFixture[str]) -> None:
    """In bash, ``eventlint sch`` is completed to ``eventlint schema``."""
    pytest.importorskip("shtab")
    main(["--print-completion", "bash"])
    script = capsys.readouterr().out
    ask = 'COMP_WORDS=(eventlint sch) COMP_CWORD=1; _shtab_eventlint; echo "${COMPREPLY[@]}"'
    done = subprocess.run(["bash", "-c", f"{script}\n{ask}"], capture_output=True, text=True, check=True)
    assert done.stdout == "schema\n"


def test_without_shtab_the_extra_is_named(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """The usage error shows what to install."""
    monkeypatch.setitem(sys.modules, "shtab", None)
    assert main(["--print-completion", "bash"]) == 2
    assert "pip install 'eventlint[completion]'" in capsys.readouterr().err
