"""The command for the whole worksheet: refresh it, hand it over in another form, read back what people filled in."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ipaas_discovery.cli.decide_commands import By, author_of, worksheet_of
from ipaas_discovery.cli.inspect_commands import DEFAULT, Settings, opened, warn
from ipaas_discovery.cli.output import AsJson, say, say_json
from ipaas_discovery.renderings.texts import counted
from ipaas_discovery.worksheet.exports.forms import FORMS

if TYPE_CHECKING:
    from ipaas_discovery.discovery import Discovery
    from ipaas_discovery.worksheet.worksheet import Worksheet

__all__ = ["worksheet"]


def worksheet(  # noqa: PLR0913, PLR0917  Typer takes a command's options from its parameters
    settings: Settings = DEFAULT,
    export: Annotated[
        list[Path] | None,
        typer.Option(metavar="FILE", help=f"A file to export to, or several; the suffix is one of {', '.join(FORMS)}."),
    ] = None,
    read_back: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="An edited .xlsx, or a mapping plan as .csv: tell what it changes."),
    ] = None,
    take: Annotated[bool, typer.Option("--take", help="Take these changes, and save them.")] = False,  # noqa: FBT002  a flag
    conflicts: Annotated[bool, typer.Option("--conflicts", help="Take what others changed, too.")] = False,  # noqa: FBT002  a flag
    by: By = None,
    skeleton: Annotated[
        Path | None,
        typer.Option(metavar="FOLDER", help="A folder for C# of the platform's SDK, schemas, a contract, a diagram."),
    ] = None,
    delivered: Annotated[  # noqa: FBT002  a flag
        bool, typer.Option("--delivered", help="Compare the platform's mapping collections with the order.")
    ] = False,
    as_json: AsJson = False,  # noqa: FBT002  a flag
) -> None:
    """Refresh the worksheet's evidence, keep its decisions, and print them or export it all; or read a file back.

    With `--delivered`, status 1 if the platform's mapping collections differ from the order, or could not be compared.
    A file that is read back changes nothing without `--take`, and nothing is pulled for it. Status 1 if something in it
    cannot be read or taken, or was changed by somebody else meanwhile.
    """
    if read_back:
        _read_back(settings, read_back, take=take, conflicts=conflicts, by=by)
        return
    from ipaas_discovery.worksheet.exports.export import form_of  # noqa: PLC0415  keeps --help quick

    for path in export or ():  # told before the work, and not after it
        form_of(path)
        with suppress(OSError):  # what is wrong with a folder, writing to it tells
            path.parent.mkdir(parents=True, exist_ok=True)
    with opened(settings) as discovery:
        discovery.worksheet.save()
        for path in export or ():
            discovery.worksheet.export(path)
            say(f"Wrote {path}", err=as_json)
        if skeleton:
            _write_skeleton(discovery.worksheet, skeleton, aside=as_json)
        if as_json:
            say_json("worksheet", discovery.worksheet.to_dict())
        elif not (export or skeleton or delivered):
            say(discovery.worksheet.decisions().to_markdown())
        as_ordered = _show_delivered(discovery, aside=as_json) if delivered else True
        problems = discovery.problems
    warn(problems)
    if not as_ordered:
        raise typer.Exit(1)


def _write_skeleton(sheet: Worksheet, folder: Path, *, aside: bool) -> None:
    made = sheet.skeleton()
    made.write(folder)
    say(
        f"Wrote {len(made.files)} files to {folder}; {counted(len(made.todo), 'mark')} of what is left to do", err=aside
    )


def _show_delivered(discovery: Discovery, *, aside: bool) -> bool:
    """Show what is delivered otherwise than ordered; return whether all is as ordered."""
    comparison = discovery.delivered()
    say(f"{comparison}\n\n{comparison.to_markdown()}" if comparison.gaps else comparison, err=aside)
    return comparison.as_ordered


def _read_back(settings: Path, path: Path, *, take: bool, conflicts: bool, by: str | None) -> None:
    sheet = worksheet_of(settings)
    changes = sheet.read_back(path)
    say(changes)
    untaken = bool(changes.conflicts) and not (take and conflicts)
    refused: tuple[str, ...] = ()
    if take:
        refused = sheet.take(changes, conflicts=conflicts, by=author_of(sheet, by))
        for sentence in refused:
            say(f"Not taken: {sentence}", err=True)
        sheet.save()
        say(f"Saved to {sheet.path}.")
    elif changes.edits or changes.conflicts:
        say("Nothing is taken yet; `--take` takes it.")
    if changes.problems or refused or untaken:
        raise typer.Exit(1)
