"""Imports without what a library loads beside itself and no one here uses."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

__all__ = ["imported_without"]

_modules: dict[str, Any] = sys.modules
"""Imported modules by name; None there means: not to be imported."""


@contextmanager
def imported_without(module: str) -> Iterator[None]:
    """Import in the block as if `module` were not installed; where it is loaded already, it is used.

    >>> with imported_without("this"):
    ...     import this
    Traceback (most recent call last):
    ModuleNotFoundError: import of this halted; None in sys.modules
    """
    loaded = module in _modules
    _modules.setdefault(module, None)
    try:
        yield
    finally:
        if not loaded:
            _modules.pop(module, None)
