"""Commands that guard an integration: what changed since an earlier pull, and the check of a build."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ipaas_discovery.atomic import write_atomically
from ipaas_discovery.changes.changes import Changes
from ipaas_discovery.cli.inspect_commands import DEFAULT, Settings, opened
from ipaas_discovery.cli.output import AsJson, say, say_json
from ipaas_discovery.schemas.comparing.drift import ChangeEffect

if TYPE_CHECKING:
    from ipaas_discovery.checks.check_report import CheckReport

__all__ = ["changes", "check"]


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


def check(  # noqa: PLR0913, PLR0917  Typer takes a command's options from its parameters
    since: Annotated[
        str | None, typer.Option(metavar="DAY", help="The earlier pull's day; by default the one before the latest.")
    ] = None,
    fail_on: Annotated[Severity, typer.Option(help="The effect from which on a change fails.")] = Severity.BREAKING,
    notebooks: Annotated[  # noqa: FBT002  a flag
        bool, typer.Option("--notebooks", help="Run the notebooks again by nbval, and say what they would show now.")
    ] = False,
    delivered: Annotated[  # noqa: FBT002  a flag
        bool, typer.Option(help="Compare the platform's mapping collections with the order, if the settings name them.")
    ] = True,
    reach: Annotated[  # noqa: FBT002  a flag
        bool, typer.Option("--reach", help="Log in to both systems and reach each collection, before a long pull.")
    ] = False,
    folder: Annotated[
        Path | None, typer.Option("--notebooks-folder", metavar="FOLDER", help="`../notebooks` beside the settings.")
    ] = None,
    junit: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write the report there as JUnit XML, too.", show_default=False)
    ] = None,
    settings: Settings = DEFAULT,
    as_json: AsJson = False,  # noqa: FBT002  a flag
) -> None:
    """Check that the decided flows are still possible and that nothing changed for them that nobody accepts.

    Once the settings name the integration's `subscription` below `ipaas`, what it holds has to be what is ordered.
    Writes nothing but the file of --junit: neither the worksheet, its evidence nor the store. Status 1 if anything
    failed.
    """
    from ipaas_discovery.checks.check_build import check_build  # noqa: PLC0415  keeps --help quick

    if notebooks:
        return _report(_of_notebooks(settings, folder), junit, as_json=as_json)
    if reach:
        return _report(_of_reach(settings, as_json=as_json), junit, as_json=as_json)
    limit = None if fail_on is Severity.NEVER else ChangeEffect(fail_on.value)
    with opened(settings, record=False) as discovery:
        report = check_build(discovery, since=since, fail_on=limit, delivered=delivered)
    return _report(report, junit, as_json=as_json)


def _of_reach(settings: Path, *, as_json: bool) -> CheckReport:
    """Reach both systems; what first answers correct in a connector is printed as a diff."""
    from ipaas_discovery.checks.check_report import CheckReport as Report  # noqa: PLC0415  keeps --help quick
    from ipaas_discovery.checks.reach import reach as reach_both  # noqa: PLC0415  keeps --help quick

    with opened(settings, refresh=True, record=False) as discovery:
        result = reach_both(discovery)
    if not as_json:
        for line in (
            *(f"{item.subject}: {item.detail}." for item in result.items if item.status == "passed"),
            *result.diffs,
        ):
            say(line)
    return Report("Reach", result.items)


def _of_notebooks(settings: Path, folder: Path | None) -> CheckReport:
    """Check the notebooks of a workspace."""
    from ipaas_discovery.checks.check_report import CheckReport as Report  # noqa: PLC0415  keeps --help quick
    from ipaas_discovery.checks.notebook_check import check_notebooks  # noqa: PLC0415  keeps --help quick
    from ipaas_discovery.progress import working  # noqa: PLC0415  --help shows no progress

    with working("running the notebooks"):
        items = check_notebooks(settings, folder or settings.absolute().parent.parent / "notebooks")
    return Report("Notebooks", items)


def _report(report: CheckReport, junit: Path | None, *, as_json: bool) -> None:
    """Print a report, write it where it was asked for, and leave with 1 if anything failed."""
    if junit:
        write_atomically(junit, report.to_junit())
    if as_json:
        say_json("check", report.to_dict())
    else:
        say(report.to_lines())
    if not report.ok:
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
