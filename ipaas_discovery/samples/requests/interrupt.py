"""Ctrl-C as a request to stop and keep what is there, not as an error in the middle of anything."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event

__all__ = ["interrupts"]


@contextmanager
def interrupts(cancel: Event) -> Iterator[None]:
    """Within the block the first Ctrl-C sets `cancel`; a second one interrupts as ever.

    Only where Python's own answer to Ctrl-C is in place, and in the main thread: nowhere else can it be met.
    """
    ours = threading.current_thread() is threading.main_thread()
    if not ours or signal.getsignal(signal.SIGINT) is not signal.default_int_handler:
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
