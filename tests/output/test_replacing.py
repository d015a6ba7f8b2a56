"""A replaced file keeps what belongs to it, and a file that changes meanwhile is never lost."""

from __future__ import annotations

import errno
import os
import stat
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from eventlint.errors import InputError
from eventlint.output import files, replacing, special_files
from eventlint.output.files import AtomicFile, FileChangedError, write_atomically

IS_ROOT = os.getuid() == 0


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A file with content."""
    (tmp_path / "a").write_bytes(b"old")
    return tmp_path / "a"


@pytest.mark.parametrize("new", [b"new", b"", b"much more than before" * 1000])
def test_hard_links_stay_links_of_one_file(path: Path, tmp_path: Path, new: bytes) -> None:
    """Both names show the new content."""
    os.link(path, tmp_path / "b")
    write_atomically(str(path), new)
    assert (tmp_path / "b").read_bytes() == new
    assert path.samefile(tmp_path / "b")
    assert sorted(os.listdir(tmp_path)) == ["a", "b"]


def test_extended_attributes_are_kept(path: Path) -> None:
    """The new file has those of the old one."""
    try:
        os.setxattr(path, "user.note", b"mine")
    except OSError:
        pytest.skip("the file system has no extended attributes")
    write_atomically(str(path), b"new")
    assert os.getxattr(path, "user.note") == b"mine"


@pytest.mark.skipif(not IS_ROOT, reason="only root can change an owner")
@pytest.mark.parametrize("mode", [0o640, 0o4755])
def test_owner_and_mode_are_kept(path: Path, mode: int) -> None:
    """A new owner would reset the set-user-ID bit."""
    os.chown(path, 12345, 54321)
    path.chmod(mode)
    write_atomically(str(path), b"new")
    status = path.stat()
    assert (status.st_uid, status.st_gid, stat.S_IMODE(status.st_mode)) == (12345, 54321, mode)


def test_the_file_itself_is_written_if_its_owner_cannot_be_kept(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Then it is the same file afterwards."""
    before = path.stat().st_ino
    monkeypatch.setattr(files, "copy_attributes", lambda *_: False)
    write_atomically(str(path), b"new")
    assert (path.stat().st_ino, path.read_bytes(), os.listdir(path.parent)) == (before, b"new", ["a"])


def test_a_file_without_write_permission_is_left_alone(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Although a writable folder would allow to replace it."""
    monkeypatch.setattr(os, "access", lambda name, mode: mode != os.W_OK)
    with pytest.raises(InputError, match="a: cannot be written: Permission denied"):
        write_atomically(str(path), b"new")
    assert (path.read_bytes(), os.listdir(path.parent)) == (b"old", ["a"])


def replaced(path: Path) -> None:
    """Another program replaces the file."""
    (path.parent / "c").write_bytes(b"newer")
    (path.parent / "c").replace(path)


def edited(path: Path) -> None:
    """Another program writes to the file; the size stays the same."""
    path.write_bytes(b"NEW")
    os.utime(path, ns=(1, 1))


@pytest.mark.parametrize("change", [replaced, edited, Path.unlink])
@pytest.mark.parametrize("has_exchange", [True, False])
def test_a_file_that_changes_meanwhile_is_not_replaced(
    path: Path, change: Callable[[Path], object], has_exchange: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Before the last step."""
    if not has_exchange:
        monkeypatch.setattr(files, "exchange", lambda *_: False)
    with AtomicFile(str(path), path.stat()) as file:
        file.write(b"fixed")
        change(path)
        content = path.read_bytes() if path.exists() else None
        with pytest.raises(FileChangedError):
            file.commit()
    assert (path.read_bytes() if path.exists() else None) == content
    assert os.listdir(path.parent) == (["a"] if content is not None else [])


@pytest.mark.parametrize("change", [replaced, edited])
def test_a_change_in_the_last_moment_is_not_lost(
    path: Path, change: Callable[[Path], object], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between the comparison and the replacement: the exchange is taken back."""
    original = replacing.exchange
    calls = 0

    def late(one: str, other: str) -> bool:
        nonlocal calls
        calls += 1
        if calls == 1:
            change(path)
        return original(one, other)

    monkeypatch.setattr(files, "exchange", late)
    with AtomicFile(str(path), path.stat()) as file:
        file.write(b"fixed")
        with pytest.raises(FileChangedError):
            file.commit()
    if calls < 2:
        pytest.skip("the file system cannot exchange files")
    assert path.read_bytes() in (b"newer", b"NEW")
    assert os.listdir(path.parent) == ["a"]


def test_a_file_that_is_shared_and_changes_is_not_overwritten(path: Path, tmp_path: Path) -> None:
    """The same for a file with several names."""
    os.link(path, tmp_path / "b")
    with AtomicFile(str(path), path.stat()) as file:
        file.write(b"fixed")
        edited(path)
        with pytest.raises(FileChangedError):
            file.commit()
    assert (tmp_path / "b").read_bytes() == b"NEW"


def test_a_full_disk_leaves_a_shared_file_unchanged(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The space is reserved before the first byte is written."""
    os.link(path, tmp_path / "b")

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "posix_fallocate", full)
    with pytest.raises(InputError, match="a: cannot be written: No space left on device"):
        write_atomically(str(path), b"longer than before")
    assert path.read_bytes() == b"old"
    assert sorted(os.listdir(tmp_path)) == ["a", "b"]


def test_a_failure_in_the_middle_of_a_shared_file_keeps_the_new_content(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The message names the file that has it."""
    os.link(path, tmp_path / "b")

    def broken(*_: object) -> None:
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(files, "overwrite", broken)
    monkeypatch.chdir(tmp_path)
    with pytest.raises(InputError, match=r"its new content is in \.eventlint-"):
        write_atomically("a", b"new")
    files.remove_temporary_files()
    kept = next(one for one in tmp_path.iterdir() if one.name.startswith(".eventlint-"))
    assert kept.read_bytes() == b"new"


def test_a_file_that_is_mounted_is_written_in_place(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As a single file that a container gets from outside."""

    def busy(*_: object) -> None:
        raise OSError(errno.EBUSY, "Device or resource busy")

    monkeypatch.setattr("eventlint.output.files.os.replace", busy)
    write_atomically(str(path), b"new")
    assert (path.read_bytes(), os.listdir(path.parent)) == (b"new", ["a"])


@pytest.mark.parametrize("make", ["loop", "folder"])
def test_what_cannot_be_opened_is_an_input_error(tmp_path: Path, make: str) -> None:
    """A link to itself, and a folder."""
    if make == "loop":
        (tmp_path / "a").symlink_to("a")
    else:
        (tmp_path / "a").mkdir()
    with pytest.raises(InputError, match="a: cannot be written: "):
        write_atomically(str(tmp_path / "a"), b"x")
    assert os.listdir(tmp_path) == ["a"]


def test_a_device_stays_a_device() -> None:
    """It receives the bytes."""
    write_atomically(os.devnull, b"x")
    assert stat.S_ISCHR(os.stat(os.devnull).st_mode)


def test_a_pipe_without_a_reader_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It does not wait forever."""
    monkeypatch.setattr(special_files, "PATIENCE", 0.05)
    os.mkfifo(tmp_path / "a")
    with pytest.raises(InputError, match="nobody reads from this pipe"):
        write_atomically(str(tmp_path / "a"), b"x")


def test_a_late_reader_of_a_pipe_gets_everything(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """More than a pipe can hold."""
    os.mkfifo(tmp_path / "a")
    received: list[bytes] = []
    reader = threading.Thread(target=lambda: received.append((tmp_path / "a").read_bytes()))
    sleep = time.sleep

    def start(seconds: float) -> None:
        if not reader.ident:
            reader.start()
        sleep(seconds)

    monkeypatch.setattr(time, "sleep", start)
    write_atomically(str(tmp_path / "a"), b"x" * 300_000)
    reader.join()
    assert received == [b"x" * 300_000]


@pytest.mark.parametrize("target", ["/dev/stdout", "out"])
def test_an_output_that_standard_output_already_goes_to(tmp_path: Path, target: str) -> None:
    """What was printed to the same file stays."""
    code = f"""
from eventlint.output.files import write_atomically
print("printed", flush=True)
write_atomically({target!r}, b"written")
"""
    with (tmp_path / "out").open("wb") as out:
        subprocess.run([sys.executable, "-c", code], stdout=out, cwd=tmp_path, check=True)
    assert (tmp_path / "out").read_bytes() == b"printed\nwritten"
    done = subprocess.run(
        [sys.executable, "-c", code.replace("'out'", "'/dev/stdout'")], capture_output=True, check=True
    )
    assert done.stdout == b"printed\nwritten"
