"""Name of the person who decides: said once, or git's."""

from __future__ import annotations

import os
import subprocess
from contextlib import suppress
from pathlib import Path

from dotenv import dotenv_values, set_key

from ipaas_discovery.errors import ConfigurationError

__all__ = ["author", "remember_author"]

VARIABLE = "IPAAS_DISCOVERY_BY"
"""Variable that holds the name, in the environment or in the `.env` beside the worksheet."""


def author(folder: Path) -> str:
    """Give the name of the person who decides in `folder`.

    Raises:
        ConfigurationError: if nobody said it, and git does not know it either.
    """
    name = os.environ.get(VARIABLE) or _remembered(folder) or _git_user(folder)
    if not name:
        then = f"say by='…' once, or set {VARIABLE}, or `git config user.name`"
        raise ConfigurationError("Nobody knows who decides", then=then)
    return name


def remember_author(folder: Path, name: str) -> None:
    """Keep the name for the next time, in `.env`, which is one person's own and not in git."""
    set_key(folder / ".env", VARIABLE, name)


def _remembered(folder: Path) -> str:
    file = folder / ".env"
    return (dotenv_values(file).get(VARIABLE) or "") if file.is_file() else ""


def _git_user(folder: Path) -> str:
    with suppress(OSError, subprocess.SubprocessError):
        command = ["git", "config", "user.name"]
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=5, check=False)  # noqa: S603  fixed words
        return done.stdout.strip()
    return ""
