"""Printing for the commands: text of other systems can neither steer the terminal nor turn a line around."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Annotated, Any

import typer

from ipaas_discovery.renderings.texts import visible, visible_in_quotes

__all__ = ["JSON_VERSION", "AsJson", "json_text", "say", "say_json", "steady"]

JSON_VERSION = 1
"""Version of the form in which commands print JSON: a name that goes, or changes its meaning, counts it up."""
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON, with its format and version.")]


def say(text: object, *, err: bool = False) -> None:
    """Print a text of one or several lines."""
    typer.echo(steady(str(text)), err=err)


def say_json(form: str, data: Mapping[str, Any]) -> None:
    """Print plain data as JSON under the name of its format: "changes", with the version of all formats."""
    say(json_text(form, data))


def json_text(form: str, data: Mapping[str, Any]) -> str:
    """Write plain data as JSON with its format and version, which stand before what the data may call so itself.

    >>> print(json_text("order", {"format": 2}))
    {
      "format": "order",
      "version": 1
    }
    """
    head = {"format": form, "version": JSON_VERSION}
    return visible_in_quotes(json.dumps({**head, **data, **head}, indent=2, ensure_ascii=False))


def steady(text: str) -> str:
    r"""Write every sign that a terminal would obey as an escape, except the end of a line.

    >>> steady("a\x1b]0;taken\x07\nb")
    'a\\u001b]0;taken\\u0007\nb'
    """
    return "\n".join(map(visible, text.split("\n")))
