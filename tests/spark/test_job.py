"""The job: what it writes, and how it ends."""

from __future__ import annotations

import gzip
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("pyspark", reason="needs eventlint[spark]")

from eventlint.spark import checking
from eventlint.spark.job import main
from tests.spark.rows import rows as rows_of_all_kinds

GOOD = '{"session":{"id":"s-1"},"user":{"id":"u-1"},"search":{"query":"shoes"}}'
BLANK_QUERY = '{"session":{"id":"s-1"},"user":{"id":"u-1"},"search":{"query":""}}'


def lines(folder: Path) -> list[bytes]:
    """The lines of all files in a folder that Spark wrote."""
    return sorted(line for path in folder.glob("part-*") for line in path.read_bytes().splitlines())


@pytest.fixture
def events(tmp_path: Path) -> Path:
    """A folder with two files: four events, of which two are refused, and two blank lines."""
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "1.ndjson").write_bytes(f"{GOOD}\n\n\ufeff\n{{\r\n".encode())
    (folder / "2.ndjson").write_bytes(BLANK_QUERY.encode() + b"\n\xff")
    return folder


@pytest.mark.usefixtures("session")
def test_what_the_job_writes(events: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Findings with their file, counts, and the events as they were."""
    folders = {name: tmp_path / name for name in ("out", "clean", "rejected")}
    options = ["--output-dir", str(folders["out"]), "--write-clean", str(folders["clean"])]
    options += ["--write-rejected", str(folders["rejected"]), "--event-type", "search"]
    assert main(["--input", str(events), *options]) == 0
    assert lines(folders["clean"]) == sorted([GOOD.encode(), BLANK_QUERY.encode()])
    assert lines(folders["rejected"]) == [b"{", b"\xff"]
    findings = [json.loads(line) for line in lines(folders["out"] / "findings")]
    assert sorted((Path(one["file"]).name, one["rule"]) for one in findings) == [
        ("1.ndjson", "truncated-json"),
        ("2.ndjson", "empty-query"),
        ("2.ndjson", "invalid-json"),
    ]
    counts = [json.loads(line) for line in lines(folders["out"] / "summary")]
    total = next(one for one in counts if one["group"] == "total")
    assert (total["events"], total["refused"], total["lost"]) == (4, 2, 0)
    assert "empty-query" in capsys.readouterr().out
    assert main(["--input", str(events), *options]) == 4  # the folders exist
    assert "exists; add --overwrite to replace it" in capsys.readouterr().err
    assert main(["--input", str(events), *options, "--overwrite", "--fail-on", "error"]) == 1


@pytest.mark.usefixtures("session")
def test_envelopes_in_text(tmp_path: Path) -> None:
    """Without a type on the command line, it is the one in the envelope."""
    line = f'{{"collection":"site","event_type":"search","payload":{GOOD}}}'
    wrong = line.replace('"shoes"', "7")
    (tmp_path / "events.ndjson").write_text(f"{line}\n{wrong}\n")
    folders = {name: str(tmp_path / name) for name in ("out", "rejected")}
    options = ["--output-dir", folders["out"], "--write-rejected", folders["rejected"]]
    assert main(["--input", str(tmp_path / "events.ndjson"), *options]) == 0
    (finding,) = [json.loads(line) for line in lines(tmp_path / "out/findings")]
    assert (finding["rule"], finding["pointer"]) == ("wrong-type", "/search/query")
    assert lines(tmp_path / "rejected") == [wrong.encode()]


@pytest.mark.usefixtures("session")
def test_columns_of_parquet_files(session: Any, tmp_path: Path) -> None:
    """Types and collections come from columns; a null payload is a finding."""
    rows = [(GOOD, "search", "site"), (None, "page_view", "site")]
    session.createDataFrame(rows, "payload string, type string, collection string").write.parquet(f"{tmp_path}/in")
    command = ["--input", f"{tmp_path}/in", "--input-format", "parquet", "--output-dir", f"{tmp_path}/out"]
    assert main([*command, "--collection", "collection", "--select", "missing-body"]) == 0
    (finding,) = [json.loads(line) for line in lines(tmp_path / "out/findings")]
    assert (finding["type"], finding["collection"], finding["rule"]) == ("page_view", "site", "missing-body")


def test_a_killed_task_changes_no_output(session: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A worker that dies after it has sent results is replaced, and each row is written once."""
    rows = [(n, payload, "search") for n, (payload, _, _) in enumerate(rows_of_all_kinds(300))]
    session.createDataFrame(rows, "n long, payload binary, type string").coalesce(2).write.parquet(f"{tmp_path}/in")
    marker = tmp_path / "killed"
    judge = checking._judge

    def judge_until_killed(*arguments: Any, **options: Any) -> Any:
        inner, path, batches = judge(*arguments, **options), str(marker), 0

        def killed(*columns: Any) -> Any:
            nonlocal batches
            batches += 1
            if batches == 4 and not os.path.exists(path):
                open(path, "w").close()
                os.kill(os.getpid(), 9)
            return inner(*columns)

        return killed

    def written(name: str) -> list[Any]:
        out = tmp_path / name
        command = ["--input", f"{tmp_path}/in", "--input-format", "parquet", "--output-dir", f"{out}/out"]
        assert main([*command, "--write-clean", f"{out}/clean", "--write-rejected", f"{out}/rejected"]) == 0
        events = [session.read.parquet(f"{out}/{kind}").orderBy("n").collect() for kind in ("clean", "rejected")]
        return [*events, lines(out / "out/findings"), lines(out / "out/summary")]

    session.conf.set("spark.sql.execution.arrow.maxRecordsPerBatch", "20")
    try:
        expected = written("undisturbed")
        monkeypatch.setattr(checking, "_judge", judge_until_killed)
        assert written("disturbed") == expected
    finally:
        session.conf.unset("spark.sql.execution.arrow.maxRecordsPerBatch")
    assert marker.exists()
    clean, rejected, findings, _ = expected
    assert sorted(row["n"] for row in [*clean, *rejected]) == list(range(300))
    assert clean
    assert rejected
    assert findings


@pytest.mark.parametrize(
    ("options", "code", "message"),
    [
        (["--event-type", "serch"], 2, "unknown event type 'serch'; choose from: "),
        (["--collection", "site"], 2, "text has no column 'site'"),
        (["--input-format", "json"], 2, "no 'payload' in the first 4 lines"),
        (["--input-format", "json", "--event-type", "file"], 2, "rename 'file' first"),
        (["--event-type", "search", "--fail-on", "eror"], 2, "unknown tier 'eror'"),
        (["--event-type", "search", "--release", "7.0"], 2, "7.0"),
        (["--event-type", "search", "--contract", "missing"], 4, "missing"),
        (["--wrong"], 2, "--wrong"),
    ],
    ids=["type", "collection", "column", "name", "tier", "release", "contract", "option"],
)
@pytest.mark.usefixtures("session")
def test_wrong_options(
    events: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], options: list[str], code: int, message: str
) -> None:
    """One line on standard error, and nothing is written."""
    assert main(["--input", str(events), "--output-dir", f"{tmp_path}/out", *options]) == code
    assert message in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_a_path_that_does_not_exist(session: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Spark's message, without its trace."""
    assert main(["--input", f"{tmp_path}/x", "--output-dir", f"{tmp_path}/out", "--event-type", "search"]) == 4
    assert "PATH_NOT_FOUND" in capsys.readouterr().err


def test_without_java(tmp_path: Path) -> None:
    """The error names Java, not a gateway."""
    environment = {name: value for name, value in os.environ.items() if name != "JAVA_HOME"} | {"PATH": str(tmp_path)}
    command = [sys.executable, "-m", "eventlint.spark", "--input", "x", "--output-dir", "y", "--event-type", "search"]
    finished = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert finished.returncode == 2
    assert finished.stderr == "eventlint: error: Spark needs Java: install Java 17 or newer, and set JAVA_HOME\n"


@pytest.mark.usefixtures("session")
def test_folders_are_compared_before_anything_is_written(
    events: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """An output that is an input or another output, or exists."""
    command = ["--input", str(events), "--event-type", "search", "--overwrite"]
    assert main([*command, "--output-dir", str(events / "out")]) == 2
    assert "overlaps the input" in capsys.readouterr().err
    out = ["--output-dir", f"{tmp_path}/out", "--write-clean", f"{tmp_path}/kept"]
    assert main([*command, *out, "--write-rejected", f"{tmp_path}/kept"]) == 2
    assert "outputs must be separate folders" in capsys.readouterr().err
    (tmp_path / "kept").mkdir()
    assert main([*command[:-1], *out]) == 4
    assert "kept exists; add --overwrite" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


@pytest.mark.usefixtures("session")
def test_no_events(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A check of nothing is not a success."""
    (tmp_path / "events.ndjson").write_bytes(b"\r\n\n")
    command = ["--input", f"{tmp_path}/events.ndjson", "--event-type", "search", "--output-dir", f"{tmp_path}/out"]
    assert main(command) == 3
    assert "nothing was checked" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


@pytest.mark.usefixtures("session")
def test_a_file_that_cannot_be_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The error is a line with the file and the reason, and what --overwrite would replace is still there."""
    lines = b"".join(b"%d\n" % number for number in range(20000))
    (tmp_path / "events.ndjson.gz").write_bytes(gzip.compress(lines)[:-900])
    old = tmp_path / "out/findings/old.json"
    old.parent.mkdir(parents=True)
    old.write_text("{}")
    command = ["--input", f"{tmp_path}/events.ndjson.gz", "--event-type", "search", "--output-dir", f"{tmp_path}/out"]
    assert main([*command, "--overwrite"]) == 4
    (line,) = [line for line in capsys.readouterr().err.splitlines() if line.startswith("eventlint: error: ")]
    if "a task failed" not in line:  # Spark 3.5 does not name the file
        assert "events.ndjson.gz" in line
    assert "Unexpected end of input stream" in line
    assert old.exists()


def test_the_column_file_of_the_input_is_kept(session: Any, tmp_path: Path) -> None:
    """Findings have a column of this name, too."""
    session.createDataFrame([(GOOD, "mine")], "payload string, file string").write.parquet(f"{tmp_path}/in")
    command = ["--input", f"{tmp_path}/in", "--input-format", "parquet", "--event-type", "search"]
    assert main([*command, "--output-dir", f"{tmp_path}/out", "--write-clean", f"{tmp_path}/clean"]) == 0
    assert session.read.parquet(f"{tmp_path}/clean").first().asDict() == {"payload": GOOD, "file": "mine"}


def test_a_column_with_a_name_that_the_job_uses(
    session: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """It would be missing in the events that are written."""
    session.createDataFrame([(GOOD,)], "_eventlint_file string").write.parquet(f"{tmp_path}/in")
    command = ["--input", f"{tmp_path}/in", "--input-format", "parquet", "--output-dir", f"{tmp_path}/out"]
    assert main(command) == 2
    assert "rename it first" in capsys.readouterr().err


@pytest.mark.parametrize(("module", "named"), [("pyspark", "PySpark"), ("pyarrow", "pyarrow")])
def test_without_a_library(module: str, named: str) -> None:
    """The error names the library and the extra, also where PySpark is there and pyarrow is not."""
    script = f"import sys; sys.modules[{module!r}] = None\nimport eventlint.spark"
    finished = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    message = finished.stderr.splitlines()[-1]
    assert message.startswith(
        f"eventlint.errors.UsageError: eventlint.spark needs {named}: pip install 'eventlint[spark]'"
    )
