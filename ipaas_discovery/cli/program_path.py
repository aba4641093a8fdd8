"""Name by which a person can call this program as it stands: what is not on the PATH is called by its path."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

__all__ = ["program_path"]

NAME = "ipaas-discovery"


def program_path(*, anywhere: bool = False) -> str:
    """Return how to call the program from here, or from any folder.

    Args:
        anywhere: give a whole path, for a command that is run in another folder.
    """
    called = Path(sys.argv[0])
    if shutil.which(NAME) or called.stem != NAME or not called.exists():
        return NAME
    whole = called.absolute()
    return str(whole) if anywhere else os.path.relpath(whole)
