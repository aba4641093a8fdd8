"""Command by which a person accepts what stands against a flow: a finding, or a change between two pulls."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ipaas_discovery.cli.decide_commands import By, Collection, ThirdParty, Why, author_of, worksheet_of
from ipaas_discovery.cli.inspect_commands import DEFAULT, Settings, opened
from ipaas_discovery.cli.output import AsJson, say, say_json

if TYPE_CHECKING:
    from ipaas_discovery.worksheet.worksheet import Worksheet

__all__ = ["accept"]


def accept(  # noqa: PLR0913, PLR0917  Typer takes a command's options from its parameters
    collection: Collection,
    direction: Annotated[str, typer.Argument(metavar="DIRECTION", help="to, from, or both.")],
    what: Annotated[str, typer.Argument(metavar="RULE", help="The finding's rule; the change's kind with --change.")],
    field: Annotated[str, typer.Argument(metavar="[FIELD]", help="The field it is about.")] = "",
    change: Annotated[  # noqa: FBT002  a flag
        bool, typer.Option("--change", help="Accept a change since the earlier pull; without a field, of every one.")
    ] = False,
    take_back: Annotated[bool, typer.Option("--take-back", help="Accept it no longer.")] = False,  # noqa: FBT002  a flag
    method: Annotated[str | None, typer.Option(metavar="METHOD", help="In add, update or delete alone.")] = None,
    flow: Annotated[str, typer.Option(metavar="NAME", help="In one named flow alone.")] = "",
    until: Annotated[str, typer.Option(metavar="DAY", help="Up to that day (ISO); for good by default.")] = "",
    since: Annotated[
        str | None, typer.Option(metavar="DAY", help="The earlier pull's day; by default the one before the latest.")
    ] = None,
    why: Why = None,
    by: By = None,
    third_party: ThirdParty = None,
    settings: Settings = DEFAULT,
    as_json: AsJson = False,  # noqa: FBT002  a flag
) -> None:
    """Accept a finding, or a change between two pulls: it is shown as accepted, and counts no longer.

    What `todo`, `changes` and the worksheet's Gaps show is named by its rule and field. Nothing is hidden by it.
    """
    sheet = worksheet_of(settings)
    place = (collection, direction, what, field)
    word = {"why": why or "", "by": author_of(sheet, by), "third_party": third_party or ""}
    word = {name: text for name, text in word.items() if text}
    if take_back:
        sheet.unaccept(*place, method=method, **word, flow=flow)
    elif change:
        _check_change(settings, since, sheet.entry(collection, third_party).key, (what, field))
        sheet.accept_change(*place, until=until, **word)
    else:
        sheet.accept_finding(*place, method=method, until=until, **word, flow=flow)
    sheet.save()
    _tell(sheet, sheet.entry(collection, third_party).key, as_json=as_json)


def _check_change(settings: Path, since: str | None, pair: tuple[str, str], wanted: tuple[str, str]) -> None:
    """Make sure that there is such a change between the two pulls."""
    with opened(settings) as discovery:
        discovery.changes(since).of(*pair).require(*wanted)


def _tell(sheet: Worksheet, pair: tuple[str, str], *, as_json: bool) -> None:
    """Show all that is accepted of a pair now."""
    entry = sheet.entry(*pair)
    lines = [
        ", ".join(filter(None, (row.direction.value, row.rule, row.field, str(row.method or ""), row.flow)))
        + (f", until {row.until}" if row.until else "")
        for row in entry.accepted
    ]
    if as_json:
        say_json(
            "accepted", {"collection": pair[0], "third_party": pair[1], "accepted": lines, "file": str(sheet.path)}
        )
        return
    say(f"{entry.title}: {'; '.join(lines) or 'nothing'} accepted. Saved to {sheet.path}.")
