"""One line of progress on a terminal; nothing in a pipe, a log or a notebook."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Lock

__all__ = ["progress", "working"]


def _watched() -> bool:
    """Tell whether a person looks: rich alone would also believe FORCE_COLOR, which says nothing of a pipe."""
    return sys.stderr is not None and sys.stderr.isatty()


@contextmanager
def progress() -> Iterator[Callable[[str, str, int], None] | None]:
    """Give a function to call after each answer, or None if nobody watches: the line shows pages and records so far."""
    if not _watched():
        yield None
        return
    from rich.console import Console  # noqa: PLC0415  only where a person may look
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn  # noqa: PLC0415  no pipe or log needs it

    line = TextColumn("{task.fields[pages]} pages, {task.fields[records]} records, now {task.description}")
    with Progress(SpinnerColumn(), line, TimeElapsedColumn(), console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("connecting", total=None, pages=0, records=0)
        lock = Lock()

        def on_page(system: str, collection: str, records: int) -> None:
            with lock:  # answers come from many threads, and none may be lost
                seen = bar.tasks[0].fields
                pages, sum_ = seen["pages"] + 1, seen["records"] + records
                bar.update(task, description=f"{system} {collection}", pages=pages, records=sum_)

        yield on_page


@contextmanager
def working(what: str) -> Iterator[None]:
    """Show a line that says `what` is being done, for as long as it is, if somebody watches."""
    if not _watched():
        yield
        return
    from rich.console import Console  # noqa: PLC0415  only where a person may look

    with Console(stderr=True).status(what):
        yield
