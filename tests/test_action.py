"""The GitHub Action and the component for GitLab: their steps run here as a runner runs them."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
import yaml
from tools.github_action import MARK, main, shortened

from eventlint import __version__

ROOT = Path(__file__).parent.parent
BASH = shutil.which("bash")
ACTION = yaml.safe_load((ROOT / "action.yml").read_text())
COMPONENT, JOB = yaml.safe_load_all((ROOT / "templates/eventlint.yml").read_text())
GOOD = '{"session": {"id": "s"}, "user": {"id": "u"}, "search": {"query": "q"}}\n'
BLANK = GOOD.replace('"s"', '" "')

pytestmark = pytest.mark.skipif(BASH is None or os.name == "nt", reason="needs bash")


class Runner:
    """A runner of jobs with a repository: one clean event, and one with an error, in a folder with a space."""

    def __init__(self, folder: Path) -> None:
        self.repository, self.temporary = folder / "repository", folder / "temporary"
        (self.repository / "bad events").mkdir(parents=True)
        (self.repository / "search.json").write_text(GOOD)
        (self.repository / "bad events/search.json").write_text(BLANK)
        (self.repository / "pyproject.toml").touch()
        self.programs = self.temporary / "eventlint-venv/bin"
        self.programs.mkdir(parents=True)
        self.program("eventlint", f'exec "{sys.executable}" -m eventlint "$@"')
        self.environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith(("GITHUB_", "INPUT_", "CI"))},
            "GITHUB_API_URL": "http://127.0.0.1:9",
            "GITHUB_EVENT_PATH": str(self.temporary / "event.json"),
            "GITHUB_OUTPUT": str(self.temporary / "output"),
            "GITHUB_REPOSITORY": "acme/shop",
            "GITHUB_STEP_SUMMARY": str(self.temporary / "summary"),
            "PYTHON": sys.executable,
            "RUNNER_TEMP": str(self.temporary),
        }
        (self.temporary / "event.json").write_text('{"pull_request": {"number": 7}}')

    def program(self, name: str, script: str) -> None:
        """Write a program."""
        (self.programs / name).write_text(f"#!/bin/sh\n{script}\n")
        (self.programs / name).chmod(0o755)

    def bash(self, script: str, environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
        """Run a script of a step."""
        command = [str(BASH), "--noprofile", "--norc", "-eo", "pipefail", "-c", script]
        given = {**self.environment, **environment}
        return subprocess.run(command, cwd=self.repository, env=given, capture_output=True, text=True, timeout=60)

    def step(self, name: str, **inputs: str) -> subprocess.CompletedProcess[str]:
        """Run a step of the action with inputs."""
        step = next(step for step in ACTION["runs"]["steps"] if step.get("name") == name)
        values = {"github.action_path": str(ROOT), "runner.temp": str(self.temporary)}
        values |= {f"inputs.{key}": str(given.get("default", "")) for key, given in ACTION["inputs"].items()}
        values |= {f"inputs.{key.replace('_', '-')}": value for key, value in inputs.items()}
        values["steps.python.outputs.python-path"] = sys.executable
        environment = {
            key: re.sub(r"\$\{\{ (.*?) \}\}", lambda m: values[m[1]], text) for key, text in step["env"].items()
        }
        return self.bash(step["run"], environment)

    def outputs(self) -> dict[str, str]:
        """The outputs of the step."""
        return dict(line.split("=", 1) for line in (self.temporary / "output").read_text().splitlines())


@pytest.fixture
def runner(tmp_path: Path) -> Runner:
    """A runner of jobs."""
    return Runner(tmp_path)


def test_the_default_version_is_that_of_the_package() -> None:
    """A tag of the repository installs the version of the tag."""
    assert ACTION["inputs"]["version"]["default"] == __version__
    assert COMPONENT["spec"]["inputs"]["version"]["default"] == __version__


def test_the_docs_list_the_inputs_the_outputs_and_the_version() -> None:
    """The page about pipelines has each input and output, and names the current version everywhere."""
    page = (ROOT / "docs/ci.md").read_text()
    assert set(re.findall(r"^\| `([\w-]+)` \|", page, re.MULTILINE)) == set(ACTION["inputs"]) - {"github-token"}
    gitlab = page.split("## GitLab")[1].split("## ")[0]
    named = set(re.findall(r"`([\w-]+)`|^ *([\w-]+):", gitlab, re.MULTILINE))
    assert set(COMPONENT["spec"]["inputs"]) <= {one or other for one, other in named}
    assert [name for name in ACTION["outputs"] if f"`{name}`" not in page] == []
    assert set(re.findall(r"(?:@v|rev: v|==)(\d[\w.]*)", page)) == {__version__, "5"}  # 5 is that of actions/checkout


def test_each_input_is_used_and_none_reaches_a_script() -> None:
    """Expressions are only in the environment of a script, where they cannot become commands."""
    steps = ACTION["runs"]["steps"]
    assert set(re.findall(r"inputs\.([\w-]+)", json.dumps(steps))) == set(ACTION["inputs"])
    assert [step["run"] for step in steps if "${{" in step.get("run", "")] == []
    for name, output in ACTION["outputs"].items():
        assert output["value"] == f"${{{{ steps.check.outputs.{name} }}}}"


def test_findings(runner: Runner) -> None:
    """A run with findings fails with eventlint's exit code, after it wrote all outputs."""
    done = runner.step("Check events", sarif="out.sarif", paths="search.json\nbad events\n")
    assert done.returncode == 1, done.stderr
    assert "::error file=bad events/search.json,title=eventlint (blank-id),line=1,col=20::" in done.stdout
    assert runner.outputs() == dict(zip(ACTION["outputs"], ["1", "1", "1", "0", "0", "0", "2"], strict=True))
    assert "blank-id" in (runner.temporary / "summary").read_text()
    results = json.loads((runner.repository / "out.sarif").read_text())["runs"][0]["results"]
    assert [result["ruleId"] for result in results] == ["blank-id"]


def test_no_findings(runner: Runner) -> None:
    """A clean run succeeds; without ``sarif``, no file is written into the repository."""
    before = sorted(runner.repository.rglob("*"))
    assert runner.step("Check events", paths="search.json", comment_summary="none").returncode == 0
    assert (runner.outputs()["findings"], runner.outputs()["events"]) == ("0", "1")
    assert sorted(runner.repository.rglob("*")) == before
    assert not (runner.temporary / "summary").exists()


def test_options_and_configuration(runner: Runner) -> None:
    """``args`` is split as a shell splits it, and ``config`` replaces the closest configuration."""
    (runner.repository / "other.toml").write_text('include = ["bad events"]\n')
    assert runner.step("Check events", config="other.toml").returncode == 1
    assert runner.step("Check events", config="other.toml", args="--ignore 'blank-id'").returncode == 0


@pytest.mark.parametrize("name", ["args", "paths", "config", "sarif", "comment_summary"])
def test_inputs_are_not_commands(runner: Runner, name: str) -> None:
    """No input runs a program."""
    text = "$(touch pwned)`touch pwned`; touch pwned; ' || touch pwned; '\n touch pwned"
    runner.step("Check events", **{"paths": "search.json", name: text})
    assert not (runner.repository / "pwned").exists()


@pytest.mark.parametrize(
    "version", ["--index-url=http://x", "1.0; touch pwned", "", "1.0 other", "../x", "git+https://x/y"]
)
def test_versions_that_are_none(runner: Runner, version: str, capsys: pytest.CaptureFixture[str]) -> None:
    """A version is a number, and nothing else that pip would install."""
    assert (
        main(["install"], {"INPUT_VERSION": version, "RUNNER_TEMP": str(runner.temporary), "ACTION_PATH": str(ROOT)})
        == 2
    )
    assert capsys.readouterr().out.startswith("::error title=eventlint::version: ")


def test_a_usage_error_has_its_exit_code(runner: Runner) -> None:
    """If eventlint writes no report, the step fails with its exit code, and the outputs are there."""
    done = runner.step("Check events", args="--no-such-option")
    assert (done.returncode, runner.outputs()["exit-code"], runner.outputs()["findings"]) == (2, "2", "0")


class _Api(BaseHTTPRequestHandler):
    """The API of GitHub for comments of one pull request, or one that refuses to write."""

    comments: list[dict[str, Any]]
    writable: bool
    log: list[str]

    def _answer(self, status: int, body: object) -> None:
        data = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def do_GET(self) -> None:
        """List the comments, 100 on a page."""
        page = int(self.path.rsplit("=", 1)[1])
        self._answer(200, self.comments[(page - 1) * 100 : page * 100])

    def do_POST(self) -> None:
        """Write a comment."""
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.log.append(f"{self.command} {self.path}")
        if not self.writable:
            return self._answer(403, {"message": "Resource not accessible by integration"})
        if self.command == "PATCH":
            self.comments[int(self.path.rsplit("/", 1)[1])] |= body
        else:
            self.comments.append({"id": len(self.comments), **body})
        return self._answer(200, {})

    do_PATCH = do_POST  # noqa: N815

    def log_message(self, format: str, *args: object) -> None:
        """Print nothing."""


@pytest.fixture
def api(runner: Runner) -> Iterator[type[_Api]]:
    """The API of GitHub, which the runner uses."""
    handler = type("Api", (_Api,), {"comments": [], "writable": True, "log": []})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        runner.environment["GITHUB_API_URL"] = f"http://127.0.0.1:{server.server_port}"
        yield handler
        server.shutdown()


def test_the_comment_is_replaced(runner: Runner, api: type[_Api]) -> None:
    """The first run writes a comment, the next one replaces it, also if it is not among the first hundred."""
    api.comments = [{"id": number, "body": f"comment {number}"} for number in range(150)]
    for args in ("", "--ignore blank-id"):
        runner.step("Check events", args=args, paths="bad events", comment_summary="pull-request")
    assert api.log == ["POST /repos/acme/shop/issues/7/comments", "PATCH /repos/acme/shop/issues/comments/150"]
    assert len(api.comments) == 151
    assert api.comments[-1]["body"].startswith(MARK)
    assert "blank-id" not in api.comments[-1]["body"]


def test_a_fork_may_not_comment(runner: Runner, api: type[_Api]) -> None:
    """Without the permission, the run is as without a comment, and says so."""
    api.writable = False
    done = runner.step("Check events", paths="search.json", comment_summary="pull-request")
    assert done.returncode == 0
    assert "::notice title=eventlint::no comment: HTTP Error 403" in done.stdout


@pytest.mark.parametrize("event", ["{}", '{"pull_request": {"number": 7}}'])
def test_no_comment_without_a_pull_request_or_an_api(runner: Runner, event: str) -> None:
    """A push, and an API that cannot be reached, are no failure."""
    (runner.temporary / "event.json").write_text(event)
    done = runner.step("Check events", paths="search.json", comment_summary="pull-request")
    assert (done.returncode, "no comment" in done.stdout) == (0, True)


def test_long_summaries_are_shortened() -> None:
    """Whole lines are kept, up to the limit in bytes, and the others are counted."""
    assert shortened("é\né\né\n", 9) == "é\né\né\n"
    assert shortened("é\né\né\n", 8) == "é\né\n\n1 more lines are left out.\n"


# ---- GitLab ---------------------------------------------------------------------------------------------------------


def filled(node: Any, inputs: dict[str, Any]) -> Any:
    """The component with its inputs in their places."""
    if isinstance(node, dict):
        return {filled(key, inputs): filled(value, inputs) for key, value in node.items()}
    if isinstance(node, list):
        return [filled(value, inputs) for value in node]
    if isinstance(node, str) and (whole := re.fullmatch(r"\$\[\[ inputs\.([\w-]+) \]\]", node)):
        return inputs[whole[1]]
    return re.sub(r"\$\[\[ inputs\.([\w-]+) \]\]", lambda m: str(inputs[m[1]]), node) if isinstance(node, str) else node


def job(**inputs: str) -> Any:
    """The job of the component."""
    defaults = {key: given["default"] for key, given in COMPONENT["spec"]["inputs"].items()}
    (only,) = filled(JOB, defaults | inputs).values()
    return only


def test_each_input_of_the_component_is_used() -> None:
    """Inputs reach the script only as variables."""
    assert set(re.findall(r"inputs\.([\w-]+)", json.dumps(JOB))) == set(COMPONENT["spec"]["inputs"])
    assert "$[[" not in "".join(next(iter(JOB.values()))["script"])


@pytest.mark.parametrize(
    ("inputs", "code"),
    [
        ({"paths": "search.json"}, 0),
        ({"paths": "search.json bad*/*.json"}, 1),
        ({"config": "other file.toml"}, 1),
        ({"config": "other file.toml", "args": "--ignore blank-id"}, 0),
        ({"paths": "$(touch pwned) ;touch pwned"}, 4),
    ],
)
def test_the_script_of_the_component(runner: Runner, inputs: dict[str, str], code: int) -> None:
    """The script installs the version, checks, and writes the reports."""
    runner.program("pip", 'echo "$@" > "$RUNNER_TEMP/pip"')
    (runner.repository / "other file.toml").write_text('include = ["bad events"]\n')
    given = job(**inputs)
    variables = {**given["variables"], "PATH": f"{runner.programs}:{os.environ['PATH']}"}
    done = runner.bash("\n".join(given["script"]), variables)
    assert done.returncode == code, done.stdout + done.stderr
    assert (runner.temporary / "pip").read_text() == f"install --quiet eventlint=={__version__}\n"
    assert {path.name for path in runner.repository.glob("*eventlint*")} <= {"eventlint.xml"}
    assert not (runner.repository / "pwned").exists()
    for report in given["artifacts"]["reports"].values():
        assert (runner.repository / report).exists()


# ---- schemas --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("schema", "files"),
    [
        ("github-actions", ["action.yml"]),
        ("github-workflows", sorted(str(path.relative_to(ROOT)) for path in ROOT.glob(".github/workflows/*.yml"))),
        ("dependabot", [".github/dependabot.yml"]),
        ("gitlab-ci", []),
    ],
)
def test_published_schemas(tmp_path: Path, schema: str, files: list[str]) -> None:
    """The files are valid by the schemas that check-jsonschema has."""
    pytest.importorskip("check_jsonschema")
    if not (ROOT / ".github").exists():
        pytest.skip("needs the repository")
    if schema == "gitlab-ci":
        (tmp_path / "job.yml").write_text(yaml.safe_dump({"eventlint": job()}))
        files = [str(tmp_path / "job.yml")]
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", f"vendor.{schema}", *files]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout
