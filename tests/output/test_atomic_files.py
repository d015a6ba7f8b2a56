"""Files are replaced atomically, or not at all."""

from __future__ import annotations

import os
import stat
import threading
from pathlib import Path

import pytest

from eventlint.errors import InputError
from eventlint.output.files import AtomicFile, write_atomically


def mode(path: Path) -> int:
    """The permissions of a file."""
    return stat.S_IMODE(path.stat().st_mode)


@pytest.mark.parametrize(("umask", "expected"), [(0o022, 0o644), (0o077, 0o600)])
def test_a_new_file_gets_the_mode_that_the_umask_allows(tmp_path: Path, umask: int, expected: int) -> None:
    """The permissions are those of any file that the user creates."""
    before = os.umask(umask)
    try:
        write_atomically(str(tmp_path / "a"), b"x")
    finally:
        os.umask(before)
    assert mode(tmp_path / "a") == expected
    assert os.listdir(tmp_path) == ["a"]


def test_a_replaced_file_keeps_its_mode_and_its_links(tmp_path: Path) -> None:
    """A symbolic link keeps pointing at the file, which gets the new content."""
    (tmp_path / "real").mkdir()
    target = tmp_path / "real/a"
    target.write_bytes(b"old")
    target.chmod(0o666)
    (tmp_path / "link").symlink_to("real/a")
    write_atomically(str(tmp_path / "link"), b"new")
    assert (tmp_path / "link").is_symlink()
    assert (target.read_bytes(), mode(target), os.listdir(tmp_path / "real")) == (b"new", 0o666, ["a"])


def test_a_link_to_a_missing_file_creates_the_file(tmp_path: Path) -> None:
    """The link stays a link."""
    (tmp_path / "link").symlink_to("a")
    write_atomically(str(tmp_path / "link"), b"new")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "a").read_bytes() == b"new"


def test_a_failed_replacement_leaves_the_old_content(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No temporary file is left when the last step fails."""
    (tmp_path / "a").write_bytes(b"old")

    def refuse(source: str, target: str) -> None:
        raise PermissionError(13, "denied")

    monkeypatch.setattr("eventlint.output.files.os.replace", refuse)
    with pytest.raises(InputError, match="a: cannot be written: denied"):
        write_atomically(str(tmp_path / "a"), b"new")
    assert ((tmp_path / "a").read_bytes(), os.listdir(tmp_path)) == (b"old", ["a"])


@pytest.mark.parametrize("name", ["missing/a", "."])
def test_a_path_that_cannot_be_written_is_an_input_error(tmp_path: Path, name: str) -> None:
    """A missing folder, or a folder in place of a file; the message has the path."""
    with pytest.raises(InputError, match="cannot be written"):
        write_atomically(str(tmp_path / name), b"x")
    assert os.listdir(tmp_path) == []


def test_a_pipe_is_written_directly(tmp_path: Path) -> None:
    """A pipe cannot be replaced: the reader gets the bytes, and the pipe stays."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    received: list[bytes] = []
    reader = threading.Thread(target=lambda: received.append(pipe.read_bytes()))
    reader.start()
    write_atomically(str(pipe), b"x")
    reader.join()
    assert received == [b"x"]
    assert stat.S_ISFIFO(pipe.stat().st_mode)


def test_a_discarded_file_never_appears(tmp_path: Path) -> None:
    """The final name appears at the commit, and never after a discard."""
    file = AtomicFile(str(tmp_path / "a"))
    file.write(b"x")
    assert not (tmp_path / "a").exists()
    file.discard()
    assert os.listdir(tmp_path) == []
