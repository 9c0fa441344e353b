"""Files are written whole or not at all."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from dedupe_cn.io import files


def test_a_new_file_gets_the_usual_rights(tmp_path: Path) -> None:
    files.write(tmp_path / "a", b"1")
    (tmp_path / "b").write_bytes(b"1")
    assert (tmp_path / "a").read_bytes() == b"1"
    assert (tmp_path / "a").stat().st_mode == (tmp_path / "b").stat().st_mode


@pytest.mark.skipif(os.name == "nt", reason="rights of Unix")
def test_rights_stay(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"1")
    path.chmod(0o741)
    files.write(path, b"2")
    assert stat.S_IMODE(path.stat().st_mode) == 0o741


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root may give files away")
def test_the_owner_stays(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"1")
    os.chown(path, 1, 2)
    path.chmod(0o4755)
    files.write(path, b"2")
    state = path.stat()
    assert (state.st_uid, state.st_gid, stat.S_IMODE(state.st_mode)) == (1, 2, 0o4755)


def test_a_link_stays_and_its_target_changes(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    target = tmp_path / "folder" / "target"
    target.write_bytes(b"1")
    link = tmp_path / "link"
    link.symlink_to("folder/target")
    files.write(link, b"2")
    assert link.is_symlink()
    assert target.read_bytes() == b"2"


def test_nothing_is_left_behind_when_it_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"old")

    def interrupt(descriptor: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", interrupt)
    with pytest.raises(KeyboardInterrupt):
        files.write(path, b"new")
    assert [p.name for p in tmp_path.iterdir()] == ["a"]
    assert path.read_bytes() == b"old"


def test_a_file_that_changed_meanwhile_is_left(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"1")
    loaded = files.read(path)
    path.write_bytes(b"by hand")
    with pytest.raises(files.ChangedMeanwhileError):
        files.write(path, b"2", expected=loaded.stamp)
    path.unlink()
    with pytest.raises(files.ChangedMeanwhileError):
        files.write(path, b"2", expected=loaded.stamp)


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(IsADirectoryError):
        files.write(tmp_path, b"1")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="named pipes")
def test_a_pipe_is_written_to_and_never_replaced(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    files.write(pipe, b"1")
    assert os.read(reader, 10) == b"1"
    os.close(reader)
    assert stat.S_ISFIFO(pipe.stat().st_mode)
