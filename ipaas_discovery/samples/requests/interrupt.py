"""Ctrl-C as a request to stop and to keep what was fetched, not as an error in the middle of something."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event

__all__ = ["interrupts"]


@contextmanager
def interrupts(cancel: Event) -> Iterator[None]:
    """Let the first Ctrl-C within the block set `cancel`; a second one interrupts as usual.

    This works only in the main thread and where Python's own handler is in place; elsewhere nothing changes.
    """
    in_main_thread = threading.current_thread() is threading.main_thread()
    if not in_main_thread or signal.getsignal(signal.SIGINT) is not signal.default_int_handler:
        yield
        return

    def stop(*_: object) -> None:
        signal.signal(signal.SIGINT, signal.default_int_handler)
        cancel.set()

    signal.signal(signal.SIGINT, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, signal.default_int_handler)
