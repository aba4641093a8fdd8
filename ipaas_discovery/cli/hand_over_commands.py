"""Commands that hand work over: what is still open, and the page for others."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ipaas_discovery.cli.inspect_commands import DEFAULT, Settings, opened, warn
from ipaas_discovery.cli.output import AsJson, say, say_json
from ipaas_discovery.errors import WorksheetError

__all__ = ["share", "todo"]


def todo(
    settings: Settings = DEFAULT,
    as_json: AsJson = False,  # noqa: FBT002  a flag
) -> None:
    """List what is undecided, unmapped, disagreeing, unconfirmed or unanswered, in order, and how to say it."""
    with opened(settings) as discovery:
        work, problems = discovery.open_work(), discovery.problems
    if as_json:
        say_json("todo", work.to_dict())
    else:
        say(work.to_list())
    warn(problems)


def share(
    settings: Settings = DEFAULT,
    out: Annotated[
        Path | None, typer.Option(metavar="FOLDER", help="Where the page goes; `out` beside the settings by default.")
    ] = None,
    as_json: AsJson = False,  # noqa: FBT002  a flag
) -> None:
    """Write one offline page to hand over, and its summary as Markdown; nothing else is run.

    The first page says what is needed from whoever gets it. Status 1, and nothing is written, if a secret or an
    unredacted value would stand in it; the message names the cell.
    """
    from ipaas_discovery.atomic import write_atomically  # noqa: PLC0415  keeps --help quick
    from ipaas_discovery.sharing.shared_report import shared_report  # noqa: PLC0415  keeps --help quick

    folder = out or settings.parent / "out"
    with opened(settings) as discovery:
        shared = shared_report(discovery)
        problems = discovery.problems
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise WorksheetError(f"Cannot make the folder, {error.strerror}", where=str(folder)) from None
    for name, text in (("report.html", shared.page), ("report.md", shared.markdown)):
        write_atomically(folder / name, text.encode())
        if not as_json:
            say(f"Wrote {folder / name} ({len(text.encode()) / 1e6:.1f} MB)")
    if as_json:
        say_json("share", {"files": [str(folder / name) for name in ("report.html", "report.md")]})
    warn(problems)
