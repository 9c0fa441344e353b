"""The journal on the disk: cut anywhere it loses nothing that was replaced, and old runs go."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from dedupe_cn.io import files, runs, temporary
from dedupe_cn.io.journal import Journal, JournalError
from dedupe_cn.io.runs import FORMER, RECORD, all_runs, former, undone
from dedupe_cn.io.undo import State, files_of, last_open, look, put_back


@pytest.fixture
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "state"
    monkeypatch.setenv("DEDUPE_CN_STATE_DIR", str(folder))
    return folder


def replace(journal: Journal, path: Path, data: bytes) -> None:
    files.write(path, data, keep=journal.keep)
    journal.confirm()


def run_over(folder: Path, number: int = 3, command: str = "clean") -> None:
    """Replace some files in one run."""
    with Journal(command) as journal:
        for index in range(number):
            path = folder / f"{index}.txt"
            if not path.exists():
                path.write_bytes(b"%d old" % index * 5)
            replace(journal, path, path.read_bytes() + b"+")


def test_a_record_cut_anywhere_still_gives_every_file_before_the_cut(tmp_path: Path, state: Path) -> None:
    run_over(tmp_path)
    (run,) = all_runs([state])
    whole = (run.folder / RECORD).read_bytes()
    ends = [position + 1 for position, byte in enumerate(whole) if byte == ord("\n")]
    assert len(ends) == 4
    for cut in range(len(whole)):
        (run.folder / RECORD).write_bytes(whole[:cut] + b"\0" * (cut % 3))
        complete = sum(end - 1 <= cut for end in ends[1:])
        found = all_runs([state])
        assert sum(len(r.entries) for r in found) == complete, cut
        for entry in found[0].entries if found else ():
            assert former(found[0], entry) == entry.path.read_bytes()[:-1]


def test_store_cut_anywhere_is_noticed(tmp_path: Path, state: Path) -> None:
    run_over(tmp_path, 1)
    (run,) = all_runs([state])
    whole = (run.folder / FORMER).read_bytes()
    for cut in range(len(whole)):
        (run.folder / FORMER).write_bytes(whole[:cut])
        with pytest.raises(runs.DamagedError):
            put_back(run, look(run.entries[0]), None)
    assert (tmp_path / "0.txt").read_bytes() == b"0 old" * 5 + b"+"


def test_the_same_bytes_are_stored_once(tmp_path: Path, state: Path) -> None:
    data = os.urandom(10_000)
    with Journal("clean") as journal:
        for index in range(5):
            (tmp_path / str(index)).write_bytes(data)
            replace(journal, tmp_path / str(index), b"new")
    (run,) = all_runs([state])
    assert len(run.entries) == 5
    assert (run.folder / FORMER).stat().st_size < 11_000


def test_the_journal_is_complete_before_the_file_is_replaced(tmp_path: Path, state: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"old")
    with Journal("clean") as journal:

        def look_on(change: files.Change) -> None:
            journal.keep(change)
            (run,) = all_runs([state])
            assert former(run, run.entries[0]) == b"old" == path.read_bytes()
            assert run.entries[0].new == files.digest(b"new")

        files.write(path, b"new", keep=look_on)
        journal.confirm()
    assert path.read_bytes() == b"new"


def test_a_run_whose_only_file_was_not_replaced_leaves_nothing(tmp_path: Path, state: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"old")
    stamp = files.read(path).stamp
    with Journal("clean") as journal:

        def change_it_meanwhile(change: files.Change) -> None:
            journal.keep(change)
            path.write_bytes(b"by somebody else")

        with pytest.raises(files.ChangedMeanwhileError):
            files.write(path, b"new", stamp, keep=change_it_meanwhile)
    assert path.read_bytes() == b"by somebody else"
    assert all_runs([state]) == []
    assert [p.name for p in tmp_path.iterdir() if p.name.endswith(".tmp")] == []


def test_a_file_of_a_killed_run_that_was_not_replaced_is_as_before(tmp_path: Path, state: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"old")
    journal = Journal("clean")
    journal.keep(files.Change(path, b"old", b"new", 0o644))
    (run,) = all_runs([state])
    assert look(run.entries[0]).state is State.AS_BEFORE
    journal.close()


def test_old_runs_go_by_number(tmp_path: Path, state: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runs, "JOURNAL_RUNS", 3)
    for _ in range(5):
        run_over(tmp_path, 1)
    names = [run.name for run in all_runs([state])]
    assert len(names) == 3
    run_over(tmp_path, 1)
    assert [run.name for run in all_runs([state])][:2] == names[1:]
    assert len(list((state / "runs").iterdir())) == 3


def test_old_runs_go_by_size_and_the_last_stays(tmp_path: Path, state: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runs, "JOURNAL_BYTES", 4_000)
    for _ in range(3):
        (tmp_path / "0.txt").write_bytes(os.urandom(1_500))
        run_over(tmp_path, 1)
    assert len(all_runs([state])) == 2
    (tmp_path / "0.txt").write_bytes(os.urandom(9_000))
    run_over(tmp_path, 1)
    (run,) = all_runs([state])
    assert former(run, run.entries[0]) == (tmp_path / "0.txt").read_bytes()[:-1]


def test_a_run_that_is_going_on_is_never_pruned(
    tmp_path: Path, state: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(runs, "JOURNAL_RUNS", 1)
    monkeypatch.setattr(runs, "JOURNAL_BYTES", 0)
    (tmp_path / "long.txt").write_bytes(b"old")
    with Journal("clean") as longer:
        replace(longer, tmp_path / "long.txt", b"new")
        for _ in range(3):
            run_over(tmp_path, 1)
        assert len(all_runs([state])) == 2
        first = all_runs([state])[0]
        with runs.hold(first) as ours:
            assert not ours
    assert former(first, first.entries[0]) == b"old"


def test_many_processes_keep_their_runs_apart(tmp_path: Path, state: Path) -> None:
    code = (
        "import sys, pathlib\nfrom dedupe_cn.io import files\nfrom dedupe_cn.io.journal import Journal\n"
        "with Journal('clean') as j:\n"
        " for i in range(20):\n"
        "  p = pathlib.Path(sys.argv[1], f'{sys.argv[2]}-{i}')\n"
        "  p.write_bytes(p.name.encode()); files.write(p, b'new', keep=j.keep); j.confirm()\n"
    )
    children = [subprocess.Popen([sys.executable, "-c", code, str(tmp_path), str(n)]) for n in range(4)]
    assert [child.wait(60) for child in children] == [0] * 4
    found = all_runs([state])
    assert [len(run.entries) for run in found] == [20] * 4
    for run in found:
        for entry in run.entries:
            assert former(run, entry) == entry.path.name.encode()


def test_undoing_marks_and_undoing_that_unmarks(tmp_path: Path, state: Path) -> None:
    run_over(tmp_path, 2)
    (first,) = all_runs([state])

    def undo(name: str) -> None:
        (run,) = (run for run in all_runs([state]) if run.name == name)
        with Journal("undo", undoes=name) as journal:
            for entry in files_of(run):
                put_back(run, look(entry), journal.keep)
                journal.confirm()

    undo(first.name)
    found = all_runs([state])
    assert undone(found)[first.name] == {tmp_path / "0.txt", tmp_path / "1.txt"}
    undo(found[-1].name)
    assert undone(all_runs([state]))[first.name] == frozenset()


def test_a_file_that_a_killed_undo_did_not_put_back_is_still_to_be_undone(tmp_path: Path, state: Path) -> None:
    run_over(tmp_path, 2)
    (first,) = all_runs([state])
    journal = Journal("undo", undoes=first.name)
    done, left = files_of(first)
    put_back(first, look(done), journal.keep)
    journal.confirm()
    # Killed between the line of the record and the rename.
    written = left.path.read_bytes()
    journal.keep(files.Change(left.path, written, former(first, left), 0o644))
    journal.close()
    assert undone(all_runs([state]))[first.name] == {done.path}
    assert last_open(all_runs([state])) == first
    # Another run that found the file as it was written says the same, whatever it made of it.
    with Journal("clean") as other:
        replace(other, left.path, b"cleaned once more")
    assert undone(all_runs([state]))[first.name] == {done.path}


def test_a_journal_that_takes_no_more_leaves_the_file(tmp_path: Path, state: Path) -> None:
    (tmp_path / "a").write_bytes(b"old")
    state.write_bytes(b"a file where the folder should be")
    with Journal("clean") as journal, pytest.raises(JournalError):
        files.write(tmp_path / "a", b"new", keep=journal.keep)
    assert (tmp_path / "a").read_bytes() == b"old"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a", "state"]


def test_stray_files_go_and_those_in_use_stay(tmp_path: Path) -> None:
    stray = tmp_path / ".dedupe-cn-0123456789abcdef.tmp"
    stray.write_bytes(b"half")
    others = [".dedupe-cn-notes.tmp", "dedupe-cn-0123456789abcdef.tmp", ".dedupe-cn-0123456789abcdef.tmp.txt"]
    for name in others:
        (tmp_path / name).write_bytes(b"of somebody")
    busy = temporary.create(tmp_path)
    assert temporary.remove_strays([tmp_path, tmp_path / "missing"]) == 1
    assert not stray.exists()
    assert busy.path.exists()
    os.close(busy.descriptor)
    assert temporary.remove_strays([tmp_path]) == 1
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(others)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="named pipes")
def test_only_files_are_strays(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / ".dedupe-cn-0123456789abcdef.tmp")
    (tmp_path / ".dedupe-cn-0123456789abcdee.tmp").symlink_to("target")
    (tmp_path / "target").write_bytes(b"1")
    assert temporary.remove_strays([tmp_path]) == 0
    assert len(list(tmp_path.iterdir())) == 3


@pytest.mark.skipif(os.name == "nt", reason="locks of Unix")
def test_without_locks_runs_are_kept_and_undone_but_nothing_is_removed(
    tmp_path: Path, state: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import errno
    import fcntl

    def unknown(descriptor: int, operation: int) -> None:
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr(fcntl, "flock", unknown)
    monkeypatch.setattr(runs, "JOURNAL_RUNS", 1)
    for _ in range(3):
        run_over(tmp_path, 1)
    found = all_runs([state])
    assert len(found) == 3
    with runs.hold(found[-1]) as ours:
        assert ours
        put_back(found[-1], look(found[-1].entries[0]), None)
    assert (tmp_path / "0.txt").read_bytes() == b"0 old" * 5 + b"++"
    stray = tmp_path / ".dedupe-cn-0123456789abcdef.tmp"
    stray.write_bytes(b"half")
    assert temporary.remove_strays([tmp_path]) == 0
