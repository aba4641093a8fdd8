"""Exit of every command: what went wrong becomes one sentence on stderr and an exit status.

0 all well, 1 something is wrong with a system or a file, 2 used wrongly, 130 interrupted. `IPAAS_DISCOVERY_DEBUG=1`
shows tracebacks instead, for whoever mends the kit.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import Any

import typer
from typer.core import TyperGroup
from typer.exceptions import TyperException

from ipaas_discovery.cli.output import say
from ipaas_discovery.errors import DiscoveryError

__all__ = ["Commands", "sentence"]

DEBUG = "IPAAS_DISCOVERY_DEBUG"
INTERRUPTED, WRONG_USE = 130, 2


class Commands(TyperGroup):
    """Group of all commands that turns any error into one line and an exit status."""

    def main(  # type: ignore[override]  # the rest is passed on by name
        self,
        args: Sequence[str] | None = None,
        *,
        standalone_mode: bool = True,
        **more: Any,  # noqa: ANN401  Typer's
    ) -> Any:  # noqa: ANN401  what a command returns, which is Typer's own
        """Run a command and leave with its exit status; without a command, show what there is."""
        if not standalone_mode:
            return super().main(args, standalone_mode=False, **more)
        words = sys.argv[1:] if args is None else list(args)
        try:
            status = super().main(words or ["--help"], standalone_mode=False, **more)
        except Exception as error:
            if os.environ.get(DEBUG):
                raise
            text, status = sentence(error)
            say(f"Error: {text}", err=True)
        if status == INTERRUPTED:  # Typer gives it for Ctrl-C
            say("Interrupted: what was saved before is untouched.", err=True)
            if args is None:  # the program itself: a request nobody answers would hold it back
                sys.stdout.flush()
                os._exit(INTERRUPTED)
        sys.exit(status if words else WRONG_USE)


def sentence(error: Exception) -> tuple[str, int]:
    """Describe `error` on one line, and give the exit status that goes with it.

    >>> sentence(DiscoveryError("No records", then="check the path"))
    ('No records: check the path.', 1)
    >>> sentence(FileNotFoundError(2, "No such file or directory", "notes.txt"))
    ('No such file or directory (notes.txt): check the path, its rights and the space left there.', 1)
    """
    if isinstance(error, DiscoveryError):
        text, status = str(error), error.exit_status
    elif isinstance(error, TyperException):
        context = getattr(error, "ctx", None)
        command = context.command_path if context else "ipaas-discovery"
        message = error.format_message().strip().rstrip(".")
        text, status = f"{message}{'' if message.endswith('?') else '.'} See `{command} --help`.", WRONG_USE
    elif isinstance(error, OSError):
        where = f" ({error.filename})" if error.filename else ""
        text = f"{error.strerror or type(error).__name__}{where}: check the path, its rights and the space left there."
        status = 1
    elif isinstance(error, typer.Abort):
        text, status = "Nothing was entered: give the secret in the environment or in a .env file.", 1
    else:
        text = f"This is a fault of the kit, {type(error).__name__} {error}: run it again with {DEBUG}=1 and report it."
        status = 1
    return " ".join(text.split()), status
