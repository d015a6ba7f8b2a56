"""The steps ``install`` and ``check`` of the GitHub Action (``action.yml``): ``python github_action.py STEP``.

It runs before eventlint is installed, so it needs only the standard library. All inputs come from environment
variables, and none of them reaches a shell.
"""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
import urllib.error
import urllib.request
import venv
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

VERSION = re.compile(r"\d+(\.\d+)*([a-z]+\d+)?(\.post\d+|\.dev\d+)?")
SUMMARY_BYTES = 1_000_000
"""GitHub takes at most 1 MiB as the summary of a step."""
COMMENT_BYTES = 60_000
"""GitHub takes at most 65,536 characters as a comment."""
MARK = "<!-- eventlint: summary -->"
"""The first line of a comment, by which the next run finds it."""
CHOICES = ("job", "pull-request", "none")


class ActionError(Exception):
    """An input is wrong."""


def install(environment: Mapping[str, str]) -> int:
    """Install eventlint into a virtual environment, so that the packages of the job stay as they are."""
    version = environment["INPUT_VERSION"].removeprefix("v")
    if version != "source" and not VERSION.fullmatch(version):
        raise ActionError(f"version: {version!r} is neither a version nor 'source'")
    source = environment["ACTION_PATH"] if version == "source" else f"eventlint=={version}"
    folder = _folder(environment)
    venv.create(folder, with_pip=True)
    command = [
        str(_program(folder, "python")),
        "-m",
        "pip",
        "install",
        "--quiet",
        "--disable-pip-version-check",
        source,
    ]
    return subprocess.run(command, check=False).returncode  # noqa: S603


def check(environment: Mapping[str, str]) -> int:
    """Check the events, and write the outputs and the summary. Return the exit code of eventlint."""
    choice = environment.get("INPUT_COMMENT_SUMMARY", "job")
    if choice not in CHOICES:
        raise ActionError(f"comment-summary: {choice!r} is not one of {', '.join(CHOICES)}")
    temporary = Path(environment["RUNNER_TEMP"])
    report, summary = temporary / "eventlint-report.json", temporary / "eventlint-summary.md"
    for file in (report, summary):
        file.unlink(missing_ok=True)
    outputs = {"json": report, "markdown": summary, "sarif": environment.get("INPUT_SARIF")}
    done = subprocess.run(_command(environment, outputs), check=False)  # noqa: S603
    counts = json.loads(report.read_text("utf-8"))["summary"] if report.exists() else {}
    tiers = {tier: counts.get(tier, 0) for tier in ("error", "contract", "loss", "lint")}
    results = {
        "exit-code": done.returncode,
        "findings": sum(tiers.values()),
        "events": counts.get("events", 0),
        **tiers,
    }
    _append(environment.get("GITHUB_OUTPUT"), "".join(f"{name}={value}\n" for name, value in results.items()))
    text = summary.read_text("utf-8") if summary.exists() else ""
    if choice != "none":
        _append(environment.get("GITHUB_STEP_SUMMARY"), shortened(text, SUMMARY_BYTES))
    if choice == "pull-request":
        _comment(environment, shortened(text, COMMENT_BYTES))
    return done.returncode


def _folder(environment: Mapping[str, str]) -> Path:
    return Path(environment["RUNNER_TEMP"]) / "eventlint-venv"


def _program(folder: Path, name: str) -> Path:
    return folder / ("Scripts" if os.name == "nt" else "bin") / name


def _command(environment: Mapping[str, str], outputs: Mapping[str, object]) -> list[str]:
    command = [str(_program(_folder(environment), "eventlint")), "check", "--format", "github"]
    for output_format, path in outputs.items():
        if path:
            command += ["--output", f"{output_format}:{path}"]
    if environment.get("INPUT_CONFIG"):
        command += ["--config", environment["INPUT_CONFIG"]]
    try:
        command += shlex.split(environment.get("INPUT_ARGS", ""))
    except ValueError as error:
        raise ActionError(f"args: {error}") from error
    paths = [line.strip() for line in environment.get("INPUT_PATHS", "").splitlines() if line.strip()]
    return [*command, "--", *paths] if paths else command


def shortened(text: str, limit: int) -> str:
    """The first lines of a text that have at most ``limit`` bytes in UTF-8, and how many lines are left out."""
    lines = text.splitlines(keepends=True)
    size = kept = 0
    for kept, line in enumerate(lines):
        size += len(line.encode())
        if size > limit:
            return f"{''.join(lines[:kept])}\n{len(lines) - kept} more lines are left out.\n"
    return text


def _append(path: str | None, text: str) -> None:
    if path:
        with Path(path).open("a", encoding="utf-8") as file:
            file.write(text)


def _comment(environment: Mapping[str, str], text: str) -> None:
    """Write a comment on the pull request, or replace that of the last run. Without the permission, print a notice."""
    event = json.loads(Path(environment["GITHUB_EVENT_PATH"]).read_text("utf-8"))
    number = event.get("pull_request", {}).get("number")
    if number is None:
        print("::notice title=eventlint::no comment: this run is not for a pull request")
        return
    repository = f"{environment['GITHUB_API_URL']}/repos/{environment['GITHUB_REPOSITORY']}"
    token = environment.get("INPUT_GITHUB_TOKEN", "")
    body = {"body": f"{MARK}\n{text}"}
    try:
        for comment in _comments(f"{repository}/issues/{number}/comments", token):
            if str(comment.get("body", "")).startswith(MARK):
                _request("PATCH", f"{repository}/issues/comments/{comment['id']}", token, body)
                return
        _request("POST", f"{repository}/issues/{number}/comments", token, body)
    except (urllib.error.URLError, TimeoutError, ValueError) as error:
        reason = str(error).splitlines()[0] if str(error) else type(error).__name__
        print(f"::notice title=eventlint::no comment: {reason}; it needs the permission 'pull-requests: write'")


def _comments(address: str, token: str) -> Iterator[dict[str, Any]]:
    page = 1
    while comments := _request("GET", f"{address}?per_page=100&page={page}", token):
        yield from comments
        if len(comments) < 100:
            return
        page += 1


def _request(method: str, address: str, token: str, body: object = None) -> Any:
    headers = {"Accept": "application/vnd.github+json", "Authorization": f"Bearer {token}"}
    data = None if body is None else json.dumps(body).encode()
    if data is not None:
        headers["Content-Type"] = "application/json"
    if not address.startswith(("https://", "http://")):
        raise ValueError("the address of the API is not one of HTTP")
    request = urllib.request.Request(address, data, headers, method=method)  # noqa: S310
    with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310
        return json.load(answer)


def main(arguments: list[str], environment: Mapping[str, str]) -> int:
    """Run a step."""
    steps = {"install": install, "check": check}
    try:
        return steps[arguments[0]](environment)
    except ActionError as error:
        print(f"::error title=eventlint::{error}")
        return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:], os.environ))
