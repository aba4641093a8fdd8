"""The lock around a folder, where folders can be locked and where they cannot."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from errno import EACCES, EIO, ENOSPC
from pathlib import Path
from threading import Event, Thread
from types import SimpleNamespace

import pytest

from ipaas_discovery import atomic
from ipaas_discovery.errors import ConfigurationError


class Msvcrt(SimpleNamespace):
    """Windows' module, as far as a lock needs it: one holder at a time, and `LK_LOCK` gives up after a while."""

    LK_LOCK, LK_UNLCK = 1, 0

    def __init__(self, busy=0, error=EACCES):
        super().__init__(calls=[], busy=busy, error=error)

    def locking(self, handle, mode, count):
        assert handle >= 0
        assert count == 1
        if mode == self.LK_LOCK and self.busy:
            self.busy -= 1
            raise OSError(self.error, "in use")
        self.calls.append(mode)


@pytest.fixture
def windows(monkeypatch, tmp_path):
    """A machine with msvcrt and without fcntl."""

    def machine(**settings):
        module = Msvcrt(**settings)
        monkeypatch.setitem(sys.modules, "msvcrt", module)
        monkeypatch.setattr(atomic, "find_spec", lambda _name: None)
        monkeypatch.setattr(atomic, "gettempdir", lambda: str(tmp_path / "temp"))
        (tmp_path / "temp").mkdir()
        return module

    return machine


def test_a_second_saver_waits_for_the_first(tmp_path):
    entered, order = Event(), []

    def second():
        entered.set()
        with atomic.locked(tmp_path):
            order.append("second")

    with atomic.locked(tmp_path):
        thread = Thread(target=second)
        thread.start()
        entered.wait()
        thread.join(0.05)
        order.append("first")
    thread.join()
    assert order == ["first", "second"]
    assert not list(tmp_path.iterdir())


def test_on_windows_a_file_outside_the_folder_is_locked_and_unlocked(windows, tmp_path):
    module, folder = windows(), tmp_path / "data"
    folder.mkdir()
    with atomic.locked(folder):
        assert module.calls == [Msvcrt.LK_LOCK]
    assert module.calls == [Msvcrt.LK_LOCK, Msvcrt.LK_UNLCK]
    assert not list(folder.iterdir())


def test_on_windows_a_lock_that_gave_up_is_asked_for_again(windows, tmp_path):
    module = windows(busy=3)
    with atomic.locked(tmp_path):
        assert module.calls == [Msvcrt.LK_LOCK]


def test_on_windows_the_lock_is_given_back_whatever_happens_inside(windows, tmp_path):
    module = windows()
    with pytest.raises(KeyError), atomic.locked(tmp_path):
        raise KeyError
    assert module.calls[-1] == Msvcrt.LK_UNLCK


def test_where_the_system_will_not_lock_the_work_is_done_all_the_same(windows, tmp_path):
    windows(busy=1, error=EIO)
    with atomic.locked(tmp_path):
        done = True
    assert done


def test_an_error_of_the_work_itself_is_not_taken_for_one_of_the_lock(tmp_path):
    with pytest.raises(PermissionError), atomic.locked(tmp_path):
        raise PermissionError


def draft_of(name, host, process):
    return f".{name}.{host}.{process}.7.tmp"


@pytest.mark.skipif(os.name == "nt", reason="Windows cannot tell whether a process runs without ending it")
def test_the_drafts_of_killed_savers_are_removed(tmp_path):
    with subprocess.Popen([sys.executable, "-c", ""]) as ended:
        pass
    here = atomic._here()
    names = [draft_of("a.yaml", here, ended.pid), draft_of("a.yaml", here, os.getpid()), draft_of("b", here, ended.pid),
             draft_of("a.yaml", "ffffffff", ended.pid), draft_of("a.yaml", here, "x")]  # fmt: skip
    for name in names:
        (tmp_path / name).touch()
    atomic.write_atomically(tmp_path / "a.yaml", b"whole")
    assert sorted(path.name for path in tmp_path.glob(".*")) == sorted(names[1:])
    atomic.remove_drafts(tmp_path)
    assert sorted(path.name for path in tmp_path.glob(".*")) == sorted([names[1], *names[3:]])


def test_an_old_draft_of_another_machine_is_removed(tmp_path):
    for seconds in (atomic.ABANDONED - 60, atomic.ABANDONED + 60):
        path = tmp_path / draft_of(str(seconds), "ffffffff", 1)
        path.touch()
        os.utime(path, (time.time() - seconds,) * 2)
    atomic.remove_drafts(tmp_path)
    assert [path.name for path in tmp_path.glob(".*")] == [draft_of(str(atomic.ABANDONED - 60), "ffffffff", 1)]


def test_a_process_that_cannot_be_asked_may_run(monkeypatch):
    assert atomic._runs("9" * 30)
    monkeypatch.setattr(os, "kill", lambda *_: (_ for _ in ()).throw(PermissionError()))
    assert atomic._runs("1")


def full_after(monkeypatch, writes):
    """A disk that takes so many files and no more."""
    taken = []

    def replaced(draft, target):
        if len(taken) == writes:
            raise OSError(ENOSPC, "No space left on device")
        taken.append(target)
        Path(draft).rename(target)

    monkeypatch.setattr(atomic.os, "replace", replaced)


@pytest.mark.parametrize("there", [False, True])
@pytest.mark.parametrize("writes", [0, 1, 2])
def test_a_new_folder_is_filled_with_everything_or_nothing(tmp_path, monkeypatch, there, writes):
    folder = tmp_path / "deep" / "shop"
    if there:
        folder.mkdir(parents=True)
    full_after(monkeypatch, writes)
    contents = {"a": b"1", "b/c": b"2", "b/d": b"3"}
    with pytest.raises(ConfigurationError, match="Cannot write: No space left on device") as caught:
        atomic.fill_folder(folder, contents, error=ConfigurationError)
    assert str(folder) in str(caught.value)
    assert [*tmp_path.rglob("*")] == ([folder.parent, folder] if there else [])
    full_after(monkeypatch, 9)
    assert atomic.fill_folder(folder, contents, error=ConfigurationError) == [folder / name for name in contents]


def test_a_folder_that_a_file_stands_for_is_told(tmp_path):
    (tmp_path / "shop").write_text("mine")
    with pytest.raises(ConfigurationError, match="Cannot write"):
        atomic.fill_folder(tmp_path / "shop" / "data", {"a/b": b"1"}, error=ConfigurationError)
    assert (tmp_path / "shop").read_text() == "mine"
