"""Commands that guard an integration: what changed since an earlier pull, and the check of a build."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from ipaas_discovery.changes.changes import Changes
from ipaas_discovery.cli.inspect_commands import DEFAULT, Settings, opened
from ipaas_discovery.cli.output import AsJson, say, say_json
from ipaas_discovery.schemas.comparing.drift import ChangeEffect

__all__ = ["changes"]


class Severity(StrEnum):
    """Effect from which on a change makes the exit status 1."""

    BREAKING = "breaking"
    RISKY = "risky"
    HARMLESS = "harmless"
    NEVER = "never"


def changes(
    collection: Annotated[
        str | None, typer.Argument(metavar="COLLECTION", help="One pair, by either side's name.", show_default=False)
    ] = None,
    since: Annotated[
        str | None, typer.Option(metavar="DAY", help="The earlier pull's day; by default the one before the latest.")
    ] = None,
    fail_on: Annotated[Severity, typer.Option(help="The effect from which on the status is 1.")] = Severity.BREAKING,
    show_all: Annotated[bool, typer.Option("--all", help="Show harmless changes, too.")] = False,  # noqa: FBT002  a flag
    settings: Settings = DEFAULT,
    as_json: AsJson = False,  # noqa: FBT002  a flag
) -> None:
    """Say what changed since an earlier pull, for each direction, and how bad it is. Status 1 by severity.

    A change that the worksheet accepts is shown as accepted and does not count. Days are those on which `pull
    --refresh` was run.
    """
    with opened(settings) as discovery:
        result = discovery.changes(since)
        if collection is not None:
            pair = discovery.pair(collection)
            result = result.of(pair.ipaas, pair.third_party)
    if as_json:
        say_json("changes", result.to_dict())
    else:
        say(text_of(result, everything=show_all))
    if fail_on is not Severity.NEVER and result.open.at_least(ChangeEffect(fail_on.value)).rows:
        raise typer.Exit(1)


def text_of(result: Changes, *, everything: bool = False) -> str:
    """Write changes as lines, a pair at a time, the worst first; harmless ones are counted, unless asked for."""
    shown = result.rows if everything else result.at_least(ChangeEffect.RISKY).rows
    lines = [result.summary]
    pair = ""
    for row in shown:
        if pair != (pair := f"{row.collection} ↔ {row.third_party}"):
            lines += ["", pair]
        mark = "accepted" if row.accepted else row.effect.value
        lines.append(f"  {mark:<9} {row.direction}: {row.event}" + f" ({row.accepted})" * bool(row.accepted))
    hidden = len(result.rows) - len(shown)
    lines += ["", f"{hidden} harmless changes more; --all shows them."] * bool(hidden)
    return "\n".join([*lines, *(f"Note: {note}." for note in result.notes)])
