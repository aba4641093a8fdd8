"""Threads that run calls: as many as are needed, each result to whoever waits for it, none in the way of an end."""

from __future__ import annotations

import subprocess
import sys
import threading

import pytest

from ipaas_discovery.samples.requests.executor import DaemonExecutor

SILENT = """\
import threading
from ipaas_discovery.samples.requests.executor import DaemonExecutor
begun = threading.Event()
DaemonExecutor(1, "silent").submit(lambda: (begun.set(), threading.Event().wait()))
begun.wait()
print("over")
"""


def test_results_and_errors_reach_whoever_waits():
    with DaemonExecutor(2, "c") as crew:
        assert list(crew.map(abs, [-1, 2, -3])) == [1, 2, 3]
        failed = crew.submit(int, "x")
        with pytest.raises(ValueError, match="invalid literal"):
            failed.result(20)
        assert crew.submit(abs, -4).result(20) == 4  # the thread lives on


def test_no_more_threads_than_were_allowed_and_all_of_them_at_once():
    barrier = threading.Barrier(3, timeout=20)
    with DaemonExecutor(3, "c") as crew:
        jobs = [crew.submit(lambda: (barrier.wait(), threading.current_thread().name)[1]) for _ in range(9)]
        assert len({job.result(20) for job in jobs}) == 3


def test_a_thread_that_is_free_is_used_again():
    with DaemonExecutor(8, "c") as crew:
        threads = {crew.submit(threading.current_thread).result(20) for _ in range(5)}
    assert len(threads) == 1


def test_what_has_not_begun_can_be_given_up_and_what_has_is_waited_for():
    begun, go = threading.Event(), threading.Event()
    crew = DaemonExecutor(1, "c")
    first = crew.submit(lambda: (begun.set(), go.wait(20)))
    rest = [crew.submit(abs, -1) for _ in range(3)]
    assert begun.wait(20)
    crew.shutdown(wait=False, cancel_futures=True)
    assert [each.cancelled() for each in rest] == [True] * 3
    go.set()
    assert first.result(20) == (None, True)
    crew.shutdown()
    with pytest.raises(RuntimeError, match="sent home"):
        crew.submit(abs, -1)


def test_a_call_that_is_cancelled_while_it_waits_is_not_run():
    begun, go, ran = threading.Event(), threading.Event(), []
    with DaemonExecutor(1, "c") as crew:
        crew.submit(lambda: (begun.set(), go.wait(20)))
        assert begun.wait(20)
        waiting = crew.submit(ran.append, 1)
        assert waiting.cancel()
        go.set()
        assert crew.submit(abs, -1).result(20) == 1
    assert ran == []


def test_a_program_ends_though_a_call_never_does():
    done = subprocess.run([sys.executable, "-c", SILENT], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout == "over\n"
