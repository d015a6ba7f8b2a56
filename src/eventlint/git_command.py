"""Runs git so that the configuration of a repository cannot run other commands, and nothing is fetched.

A repository can come from somebody else. Its configuration can name programs, for example for a transport of missing
objects or for watching files: https://git-scm.com/docs/git#_security
"""

from __future__ import annotations

import os
import subprocess

_SETTINGS = {
    "protocol.allow": "never",
    "core.fsmonitor": "false",
    "core.hooksPath": os.devnull,
    "core.pager": "cat",
    "core.askPass": "",
    "diff.external": "",
}
_VARIABLES = {
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_ALLOW_PROTOCOL": "",  # has precedence over settings for single protocols
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_OPTIONAL_LOCKS": "0",
}


def run_git(*words: str, folder: str | None = None, timeout: float | None = None) -> subprocess.CompletedProcess[bytes]:
    """Run a git command that only reads, and capture its output.

    Args:
        words: The command and its arguments. Arguments that are not fixed must not begin with a hyphen.
        folder: The folder to run in; None for the current one.
        timeout: The seconds after which the command is ended; None for no limit.

    Raises:
        OSError: There is no git.
        ValueError: An argument contains a null byte.
        subprocess.TimeoutExpired: The command took too long.
    """
    settings = [word for name, value in _SETTINGS.items() for word in ("-c", f"{name}={value}")]
    return subprocess.run(  # noqa: S603 - no shell
        ["git", "--no-pager", *settings, *words],  # noqa: S607 - the git that the user has
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
        cwd=folder,
        env={**os.environ, **_VARIABLES},
        timeout=timeout,
    )
