"""Printing for the commands: text of other systems can neither steer the terminal nor turn a line around."""

from __future__ import annotations

import typer

from ipaas_discovery.renderings.texts import visible

__all__ = ["say", "steady"]


def say(text: object, *, err: bool = False) -> None:
    """Print a text of one or several lines."""
    typer.echo(steady(str(text)), err=err)


def steady(text: str) -> str:
    r"""Write every sign that a terminal would obey as an escape, except the end of a line.

    >>> steady("a\x1b]0;taken\x07\nb")
    'a\\u001b]0;taken\\u0007\nb'
    """
    return "\n".join(map(visible, text.split("\n")))
