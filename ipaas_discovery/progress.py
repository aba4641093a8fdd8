"""One line of progress on a terminal; nothing in a pipe, a log or a notebook."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

__all__ = ["progress"]


@contextmanager
def progress() -> Iterator[Callable[[str, str, int], None] | None]:
    """Something to tell each answer to, or None where nobody watches: the line shows pages and records so far."""
    from rich.console import Console  # noqa: PLC0415  only where a person may look
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn  # noqa: PLC0415  the same

    console = Console(stderr=True)
    if not console.is_terminal:
        yield None
        return
    line = TextColumn("{task.fields[pages]} pages, {task.fields[records]} records, now {task.description}")
    with Progress(SpinnerColumn(), line, TimeElapsedColumn(), console=console, transient=True) as bar:
        task = bar.add_task("connecting", total=None, pages=0, records=0)

        def told(system: str, collection: str, records: int) -> None:
            seen = bar.tasks[0].fields
            bar.update(
                task, description=f"{system} {collection}", pages=seen["pages"] + 1, records=seen["records"] + records
            )

        yield told
