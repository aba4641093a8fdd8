"""Python's garbage collection, paused while records are fetched and parsed."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

__all__ = ["gc_paused"]

OF_PYTHON = 1_000
"""Python 3.12 starts with some 400 frozen objects; whoever freezes a program's own freezes many thousands."""

_lock = Lock()
_pauses = 0
_was_on = False


@contextmanager
def gc_paused() -> Iterator[None]:
    """Stop looking for reference cycles until the block ends; several blocks and threads may overlap.

    Parsed JSON has no cycles, yet a collector that is on walks through every record kept, again and again: it
    costs more than the parsing. Memory is still given back as soon as nothing refers to it. What came meanwhile
    counts as old from then on, or the first collection would walk through all of it three times. Whoever had
    switched collection off keeps it off.

    >>> with gc_paused():
    ...     gc.isenabled()
    False
    >>> gc.isenabled()
    True
    """
    global _pauses, _was_on  # noqa: PLW0603  the collector is the process's, and so is its pause
    with _lock:
        if _pauses == 0:
            _was_on = gc.isenabled()
            gc.disable()
        _pauses += 1
    try:
        yield
    finally:
        with _lock:
            _pauses -= 1
            if _pauses == 0 and _was_on:
                _age()
                gc.enable()


def _age() -> None:
    """Move every object to the oldest generation without looking at it."""
    if gc.get_freeze_count() < OF_PYTHON:  # whoever froze objects of their own keeps them frozen
        gc.freeze()
        gc.unfreeze()
