"""The options of ``eventlint check``: how the command line and the configuration combine."""

from __future__ import annotations

import argparse
import os
import pickle
from pathlib import Path

import pytest

from eventlint.cli import check
from eventlint.cli.check_options import CheckOptions, check_options
from eventlint.errors import ConfigError, UsageError
from tests.cli.test_check import Write, write

__all__ = ["write"]
CONTRACT = str(Path(__file__).parent.parent.parent / "examples/contracts/schemas")


def options(*words: str) -> CheckOptions:
    """The options for a command line, with the configuration in the current folder."""
    parser = argparse.ArgumentParser()
    check.add(parser.add_subparsers(), "")
    return check_options(parser.parse_args(["check", *words]))


def test_defaults(write: Write) -> None:
    """Without options and configuration, the current folder is checked for the newest release."""
    chosen = options()
    assert chosen.paths == (".",)
    assert (chosen.job.releases, chosen.job.has_release) == (("latest",), False)
    assert chosen.fail_on == {"error", "contract", "loss"}
    assert (chosen.format, chosen.outputs, chosen.bulk.processes, chosen.baseline) == ("text", (), None, None)
    assert (chosen.job.collections, chosen.job.contract, chosen.job.fixes) == (None, None, None)
    assert not chosen.job.skip_unknown


def test_the_configuration_applies(write: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each setting has its effect, and paths are relative to the file."""
    write(
        "eventlint.toml",
        'include = ["data"]\nexclude = ["old/"]\nrelease = "8.19"\ncollections = ["site"]\nbaseline = "known.json"\n'
        'format = "json"\noutput = ["sarif:a.sarif"]\nfail-on = ["lint"]\nskip-unknown = true\njobs = 2\n'
        '[events]\n"x/*" = "search"\n[envelope]\npayload = "/a~1b/0"\n',
    )
    (tmp_path / "sub").mkdir()
    monkeypatch.chdir(tmp_path / "sub")
    chosen = options()
    assert chosen.paths == (os.path.join("..", "data"),)
    assert chosen.exclude == ()
    assert (chosen.job.releases, chosen.job.has_release) == (("8.19",), True)
    assert chosen.job.collections == ("site",)
    assert chosen.baseline == os.path.join("..", "known.json")
    assert (chosen.format, chosen.outputs) == ("json", (("sarif", os.path.join("..", "a.sarif")),))
    assert chosen.fail_on == {"lint"}
    assert (chosen.job.skip_unknown, chosen.bulk.processes) == (True, 2)
    assert (chosen.job.patterns, chosen.job.patterns_folder) == ((("x/*", "search"),), str(tmp_path))
    assert chosen.job.envelope.payload == ("a/b", "0")


def test_the_command_line_has_precedence(write: Write) -> None:
    """An option replaces the setting of the same meaning; ``--exclude`` adds to it."""
    write(
        "eventlint.toml",
        'include = ["data"]\nexclude = ["old/"]\nrelease = "8.19"\ncollections = ["site"]\nbaseline = "known.json"\n'
        'format = "json"\noutput = ["sarif:a.sarif"]\nfail-on = ["lint"]\njobs = 2\n',
    )
    chosen = options(
        *("x", "--exclude", "y", "--release", "9.1", "--release", "9.2", "--collection", "c", "--baseline", "b.json"),
        *("--format", "concise", "--output", "junit:b.xml", "--fail-on", "error", "--jobs", "3"),
    )
    assert chosen.paths == ("x",)
    assert chosen.exclude == ("y",)
    assert chosen.job.releases == ("9.1", "9.2")
    assert chosen.job.collections == ("c",)
    assert (chosen.baseline, chosen.format, chosen.outputs) == ("b.json", "concise", (("junit", "b.xml"),))
    assert chosen.fail_on == {"error"}
    assert chosen.bulk.processes == 3
    isolated = options("--isolated")
    assert (isolated.job.releases, isolated.bulk.processes, isolated.baseline) == (("latest",), None, None)


@pytest.mark.parametrize(
    ("words", "fixes", "is_diff"),
    [
        (["--fix"], "safe", False),
        (["--diff"], "safe", True),
        (["--fix", "--unsafe-fixes"], "unsafe", False),
        (["--diff", "--unsafe-fixes"], "unsafe", True),
    ],
)
def test_fixes(words: list[str], fixes: str, is_diff: bool, write: Write) -> None:
    """``--diff`` shows the same fixes that ``--fix`` applies, and nothing else on standard output."""
    chosen = options(*words)
    assert (chosen.job.fixes, chosen.job.show_difference) == (fixes, is_diff)
    assert (chosen.format is None) == is_diff


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["--config", "x", "--isolated"], "--config and --isolated cannot be used together"),
        (["--unsafe-fixes"], "--unsafe-fixes requires --fix or --diff"),
        (["--strict-baseline"], "--strict-baseline requires a baseline"),
        (["--output", "xml:a"], "--output: unknown format 'xml'; choose from: text,"),
        (["--release", "7.0"], "7.0"),
    ],
)
def test_usage_errors(words: list[str], message: str, write: Write) -> None:
    """The message names the option and what to do."""
    with pytest.raises(UsageError) as raised:
        options(*words)
    assert message in str(raised.value)


@pytest.mark.parametrize(("setting", "message"), [("format = 'xml'", "format: 'xml'"), ("output = 'a'", "output: 'a'")])
def test_configuration_errors(setting: str, message: str, write: Write, tmp_path: Path) -> None:
    """The message names the file and the setting."""
    write("eventlint.toml", setting)
    with pytest.raises(ConfigError) as raised:
        options()
    assert str(raised.value).startswith(f"{tmp_path / 'eventlint.toml'}: {message} is not ")


def test_the_job_can_be_pickled(write: Write) -> None:
    """Worker processes receive it, with the custom contract."""
    write("eventlint.toml", '[per-path-ignores]\n"*" = ["lint"]')
    job = options("--contract", CONTRACT, "--select", "contract").job
    again = pickle.loads(pickle.dumps(job))  # noqa: S301 - made in the line itself
    assert again._replace(contract=None) == job._replace(contract=None)
    assert job.contract is not None
    assert again.contract.identifiers == job.contract.identifiers
