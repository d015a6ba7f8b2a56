"""The command ``eventlint serve``: lines, recordings, signals, and errors."""

from __future__ import annotations

import base64
import gzip
import json
import os
import signal
import ssl
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest

from eventlint.cli import main
from eventlint.serve import Endpoint, RunningEndpoint
from eventlint.serve.log import TextLines, json_line
from eventlint.serve.recording import Recording
from tests.serve.wire import LOST, PAGE_VIEW, PATH

SEARCH_PATH = PATH.replace("page_view", "search")


class Process:
    """A running command."""

    def __init__(self, process: subprocess.Popen[str], first: dict[str, str]) -> None:
        self.process = process
        self.url = first["listening"]

    def end(self, number: int) -> tuple[int, str, str]:
        """End it by a signal; its exit code, and the rest of its output."""
        self.process.send_signal(number)
        out, err = self.process.communicate(timeout=60)
        return self.process.returncode, out, err


@contextmanager
def serving(*words: str, **variables: str) -> Iterator[Process]:
    """Run the command on a free port."""
    command = [sys.executable, "-m", "eventlint", "serve", "--isolated", "--port", "0", "--log-format", "json", *words]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdout=pipe, stderr=pipe, text=True, env={**os.environ, **variables}) as process:
        try:
            assert process.stdout is not None
            line = process.stdout.readline()
            assert line, process.communicate()[1]
            yield Process(process, json.loads(line))
        finally:
            process.kill()


def recorded(path: Path) -> list[Any]:
    """The complete lines of a recording."""
    return [json.loads(line) for line in path.read_bytes().split(b"\n")[:-1]]


def test_a_run(tmp_path: Path) -> None:
    """Each event is a line on standard output and in the recording; a signal ends the command with 0."""
    path = tmp_path / "events.ndjson"
    with serving("--record", str(path), "--release", "8.19", "--collection", "site") as server:
        with httpx.Client(base_url=server.url) as client:
            assert client.post(PATH, json=PAGE_VIEW).status_code == 202
            assert client.post(PATH.replace("site", "shop"), json=PAGE_VIEW).status_code == 404
        code, out, err = server.end(signal.SIGTERM)
    assert (code, err) == (0, "")
    lines = [json.loads(line) for line in out.splitlines()]
    assert [(line["collection"], line["verdict"], line["rules"]) for line in lines] == [
        ("site", "accepted", []),
        ("shop", "rejected", ["unknown-collection"]),
    ]
    assert [(one["status"], one["payload"]) for one in recorded(path)] == [(202, PAGE_VIEW), (404, PAGE_VIEW)]


@pytest.mark.parametrize(
    ("words", "settings", "rules"),
    [
        ([], "", ["user-is-session"]),
        (["--select", "all"], "", ["local-url", "user-is-session"]),
        (["--ignore", "user-is-session"], "", []),
        (["--select", "error"], "", []),
        ([], 'ignore = ["user-is-session"]', []),
        ([], 'select = ["local-url"]', ["local-url"]),
        (["--select", "lint"], 'ignore = ["user-is-session"]', ["local-url"]),
    ],
)
def test_selected_rules(
    words: list[str], settings: str, rules: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Options and the configuration select rules. By default, a page on this machine is not a finding."""
    event = {"session": {"id": "s-1"}, "user": {"id": "s-1"}, "page": {"url": "http://localhost:3000/"}}
    config = tmp_path / "eventlint.toml"
    config.write_text(settings)
    found: list[Endpoint] = []
    monkeypatch.setattr("eventlint.serve.running.run", lambda endpoint, *_: found.append(endpoint))
    assert main(["serve", "--port", "0", "--quiet", "--config", str(config), *words]) == 0
    with RunningEndpoint(found[0]) as server:
        httpx.post(server.url + PATH, json=event, trust_env=False, timeout=60)
        (received,) = server.events
    assert list(received.rules) == rules


def test_ctrl_c_and_a_killed_process(tmp_path: Path) -> None:
    """Ctrl-C ends with 0. After a kill, all complete lines are readable, and a new run continues the file."""
    path = tmp_path / "events.ndjson"
    with serving("--record", str(path)) as server:
        for _ in range(20):
            httpx.post(server.url + PATH, json=PAGE_VIEW)
        server.end(signal.SIGKILL)
    assert len(recorded(path)) == 20
    with path.open("ab") as file:
        file.write(b'{"time": "2024-')
    with serving("--record", str(path)) as server:
        httpx.post(server.url + PATH, json=PAGE_VIEW)
        code, _, err = server.end(signal.SIGINT)
    assert (code, err) == (0, "")
    lines = path.read_bytes().split(b"\n")
    assert (len(lines), lines[20]) == (23, b'{"time": "2024-')
    assert json.loads(lines[21])["payload"] == PAGE_VIEW


PAYLOADS = [
    b'{"session": {"id": "1"}}',
    b'{\r\n  "session": {"id": "1"},\n  "a": [1, 2.50, "\\u00e9"]\n}\n',
    '{"a": "\u2028 \u00e9 \U0001f600"}'.encode(),
    b'{"a": 1, "a": 2}',
    b'{"a": NaN}',
    b'{"session": ',
    b"",
    b"\xff\xfe{\0}\0",
    b"\xef\xbb\xbf{}",
    b'{"a": "\\ud800"} // comment\n',
    b"[" * 20_000,
    b"0",
]


@pytest.mark.parametrize("body", PAYLOADS, ids=range(len(PAYLOADS)))
def test_recorded_payloads(tmp_path: Path, body: bytes, capsys: pytest.CaptureFixture[str]) -> None:
    """A payload is recorded as it came, also if it is not JSON, and ``eventlint check`` finds in it what was found."""
    path = tmp_path / "events.ndjson"
    recording = Recording(str(path))
    with RunningEndpoint(Endpoint(recording=recording)) as server:
        headers = {"Content-Type": "application/json", "Content-Encoding": "gzip"}
        httpx.post(server.url + SEARCH_PATH, content=gzip.compress(body), headers=headers)
        (event,) = server.events
    recording.close()
    (line,) = recorded(path)
    assert path.read_bytes().count(b"\n") == 1
    if "payload" in line:
        written = path.read_bytes().partition(b'"payload": ')[2].rpartition(b', "status"')[0]
        assert written == body.strip().replace(b"\r", b" ").replace(b"\n", b" ")
    else:
        assert base64.b64decode(line["payload_base64"]) == body
    assert line["findings"] == event.to_dict()["findings"]
    main(["check", "--isolated", "--format", "json", "--fail-on", "error", str(path)])
    found = json.loads(capsys.readouterr().out)["findings"]
    assert sorted(one["rule"] for one in found) == sorted(one["rule"] for one in line["findings"])


def test_a_full_disk(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Events are answered, and the failure is kept."""
    if not Path("/dev/full").exists():
        pytest.skip("needs /dev/full")
    recording = Recording("/dev/full")
    with RunningEndpoint(Endpoint(recording=recording)) as server:
        assert httpx.post(server.url + PATH, json=PAGE_VIEW).status_code == 202
    assert recording.error == "/dev/full: No space left on device"
    with serving("--record", "/dev/full") as process:
        httpx.post(process.url + PATH, json=PAGE_VIEW)
        code, _, err = process.end(signal.SIGTERM)
    assert code == 4
    assert "events could not be recorded: /dev/full: No space left on device" in err


@pytest.fixture
def certificate(tmp_path: Path) -> tuple[str, str]:
    """A certificate for this machine, and its key."""
    key, cert = str(tmp_path / "key.pem"), str(tmp_path / "cert.pem")
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost"]
    try:
        subprocess.run([*command, "-keyout", key, "-out", cert], check=True, capture_output=True)
    except FileNotFoundError:
        pytest.skip("needs openssl")
    return cert, key


def test_tls_and_an_api_key(certificate: tuple[str, str]) -> None:
    """The key comes from the environment."""
    words = ["--tls-cert", certificate[0], "--tls-key", certificate[1]]
    with serving(*words, EVENTLINT_API_KEY="id:s3cret") as server:
        assert server.url.startswith("https://")
        with httpx.Client(base_url=server.url, verify=ssl._create_unverified_context()) as client:  # noqa: S323
            assert client.get("/").status_code == 401
            key = base64.b64encode(b"id:s3cret").decode()
            assert client.get("/", headers={"Authorization": f"ApiKey {key}"}).status_code == 200
        _, out, err = server.end(signal.SIGTERM)
    assert "s3cret" not in out + err


@pytest.mark.parametrize(
    ("words", "code", "message"),
    [
        (["--port", "70000"], 2, "--port: must be from 0 to 65535, not 70000"),
        (["--port", "x"], 2, "--port: invalid int value: 'x'"),
        (["--tls-cert", "a"], 2, "--tls-cert and --tls-key must be used together"),
        (["--port", "0", "--tls-cert", "missing.pem", "--tls-key", "missing.pem"], 4, "missing.pem: "),
        (["--max-body", "5X"], 2, "--max-body: '5X' is not a size"),
        (["--keep", "0"], 2, "max_body and keep must be positive"),
        (["--release", "7.0"], 2, "release 7.0 has no behavioral analytics"),
        (["--record", "missing/events.ndjson"], 4, "missing/events.ndjson: No such file or directory"),
        (["--contract", "missing"], 4, "missing"),
        (["--host", "192.0.2.1", "--port", "0"], 4, "192.0.2.1:0: "),
        (["--forward", "ftp://a"], 2, "--forward: "),
    ],
)
def test_errors(
    words: list[str],
    code: int,
    message: str,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Each error is one line, and nothing is served."""
    monkeypatch.chdir(tmp_path)
    assert main(["serve", "--isolated", *words]) == code
    err = capsys.readouterr().err
    assert message in err
    assert err.count("\n") == 1


def lines_of(body: object, path: str = PATH, **headers: str) -> tuple[str, Any]:
    """The lines for an event, as text and as JSON."""
    with RunningEndpoint() as server:
        content = body if isinstance(body, bytes) else json.dumps(body).encode()
        httpx.post(server.url + path, content=content, headers={"Content-Type": "application/json", **headers})
        (event,) = server.events
    return TextLines()(event), json.loads(json_line(event))


def test_lines_of_a_lost_event() -> None:
    """The line has the type, the collection, the verdict and the rules; secrets are redacted."""
    text, document = lines_of(LOST)
    first, second = text.splitlines()
    assert first[10:].split() == ["page_view", "site", "lost", "202", "credentials-in-url"]
    assert "error" not in second
    assert "secret" not in text
    assert (document["verdict"], document["rules"], document["reason"]) == ("lost", ["credentials-in-url"], None)


def test_lines_of_a_rejected_event() -> None:
    """The server's reason follows."""
    text, document = lines_of({"session": 1})
    assert text.splitlines()[1].strip().startswith("400 x_content_parse_exception: [1:13]")
    assert document["reason"] == text.splitlines()[1].strip()


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/_application/analytics/%1b%5b31m/event/%0a%07%e2%80%ae", {}),
        (PATH.replace("site", "x" * 3000), {}),
        (PATH, {"\x1b[31m": 1, "password": "kx81hq02mzp4"}),
        (PATH, b'{"session": \x1b[31m'),
        (PATH + "?debug=%1b%5b2J", {}),
    ],
)
def test_lines_have_no_control_characters_and_no_secrets(path: str, body: object) -> None:
    """Names and messages from a request are escaped, cut and redacted."""
    text, document = lines_of(body, path)
    for line in (text, json.dumps(document, ensure_ascii=False)):
        assert all(character.isprintable() or character == "\n" for character in line)
        assert "kx81hq02mzp4" not in line
        assert max(map(len, line.split("\n"))) < 2000


def test_colors() -> None:
    """The verdict and the rules are colored."""
    with RunningEndpoint() as server:
        httpx.post(server.url + PATH, json=LOST)
        (event,) = server.events
    colored = TextLines(color=True)(event)
    assert "\x1b[33mcredentials-in-url\x1b[0m" in colored


def test_without_the_extra(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """The message names the extra."""
    from eventlint.cli import serve

    monkeypatch.setattr(serve, "_MODULES", ("no_such_module",))
    assert main(["serve"]) == 4
    assert 'pip install "eventlint[serve]"' in capsys.readouterr().err


def test_a_warning_for_other_addresses() -> None:
    """Everybody can reach the endpoint then."""
    with serving("--host", "0.0.0.0") as server:  # noqa: S104
        code, _, err = server.end(signal.SIGTERM)
    assert code == 0
    assert "warning: everyone who reaches http://0.0.0.0:" in err
