"""Command line: exit status 0 all well, 1 something is wrong with a system or a file, 2 used wrongly."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ipaas_discovery import __version__
from ipaas_discovery.cli.accept_command import accept
from ipaas_discovery.cli.check_commands import changes, check
from ipaas_discovery.cli.decide_commands import answer, decide, map_field
from ipaas_discovery.cli.exit_status import Commands
from ipaas_discovery.cli.hand_over_commands import share, todo
from ipaas_discovery.cli.inspect_commands import (
    DEFAULT,
    Settings,
    catalog,
    collections,
    compare,
    probe,
    pull,
    schema,
    warn,
)
from ipaas_discovery.cli.output import AsJson, say, say_json
from ipaas_discovery.cli.program_path import program_path
from ipaas_discovery.cli.start_commands import lab, new, sandbox
from ipaas_discovery.cli.worksheet_commands import worksheet

__all__ = ["app"]

app = typer.Typer(
    cls=Commands,
    help="Know both systems before you build an integration on iPaaS.com.",
    epilog="Start with: ipaas-discovery discover (on the embedded sandbox), or ipaas-discovery new my-integration.\n\n"
    "Exit status: 0 all well, 1 something is wrong with a system or a file, 2 used wrongly.",
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _print_version(wanted: bool) -> None:  # noqa: FBT001  Typer calls it so
    if wanted:
        say(f"ipaas-discovery {__version__}")
        raise typer.Exit


@app.callback()
def options(
    *,
    _version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version and leave.")
    ] = False,
) -> None:
    """Know both systems before you build an integration on iPaaS.com."""


def discover(
    settings: Settings = DEFAULT,
    out: Annotated[
        Path | None, typer.Option(metavar="FOLDER", help="Where results go; `out` beside the settings by default.")
    ] = None,
    notebooks: Annotated[
        Path | None,
        typer.Option(metavar="FOLDER", help="Notebooks to execute; `../notebooks` beside the settings by default."),
    ] = None,
    as_json: AsJson = False,  # noqa: FBT002  a flag
) -> None:
    """Pull from both systems, execute the notebooks, write the worksheet and the report.

    Reads only; decisions in the worksheet are kept. Status 1 if a collection could not be read. Where a secret, the
    address or the network is missing, it works on what is declared, and a note names what would bring the samples.
    """
    from ipaas_discovery.job import Job  # noqa: PLC0415  keeps --help quick

    result = Job(settings, out, notebooks, program=program_path()).run()
    if as_json:
        say_json("discover", {"verdicts": result.verdicts, "notes": [*result.notes], "problems": [*result.problems]})
    else:
        say(result.table)
        say(result.locations)
    for note in result.notes:
        say(f"Note: {note}.", err=True)
    warn(result.problems)


COMMANDS = (
    (discover, "discover", "discover --settings shop/data/discovery.toml --out /tmp/shop"),
    (lab, "lab", "lab --no-browser -- --port 9000 --allow-root"),
    (probe, "probe third-party orders", "probe ipaas TRANSACTION"),
    (catalog, "catalog", "catalog --json"),
    (pull, "pull Transactions", "pull --refresh", "pull orders --refresh --raw"),
    (collections, "collections", "collections --json"),
    (schema, "schema TRANSACTION", "schema Customers --json"),
    (compare, "compare TRANSACTION", "compare orders --json | head"),
    (
        decide,
        "decide Customers both --why 'both sides edit'",
        "decide TRANSACTION to --methods add",
        "decide GIFT_CARD 'leave out'",
    ),
    (
        map_field,
        "map Transactions to type --constant Order",
        "map Customers to email_address --accept",
        "map Transactions to status --source status --value Pending=Pending --value Completed=Complete --default Hold",
        "map Transactions to customer_id --source customer_id --look-up CUSTOMER",
    ),
    (
        accept,
        "accept Customers to 'max length' first_name --until 2026-12-31 --why 'shortened by the shop'",
        "accept Customers to removed loyalty_tier --change",
        "accept Customers to removed loyalty_tier --take-back",
    ),
    (answer, "answer 1 'They sell online'", "answer 'Which records' 'Active ones' --collection CUSTOMER"),
    (todo, "todo", "todo --json"),
    (
        worksheet,
        "worksheet",
        "worksheet --export order.xlsx",
        "worksheet --skeleton build",
        "worksheet --delivered",
        "worksheet --read-back order.xlsx",
        "worksheet --read-back order.xlsx --take",
    ),
    (check, "check", "check --junit check.xml", "check --since 2026-10-26 --json"),
    (changes, "changes", "changes Transactions --since 2026-10-26", "changes --fail-on risky --json"),
    (share, "share", "share --out /tmp/for-the-customer"),
    (
        new,
        "new my-shop",
        "new my-client --blank",
        "new my-erp --connector connectors/erp.toml",
        "new my-shop --from-openapi downloads/shop.yaml",
        "new my-erp --from-file customers.csv --from-file orders.xlsx",
    ),
    (sandbox, "sandbox", "sandbox --ipaas-port 0 --store-port 0"),
)
"""Commands in the order of the help, each with examples of itself; a new command is one row here."""
for command, *examples in COMMANDS:
    shown = "\n\n".join(f"Example: ipaas-discovery {example}" for example in examples)
    app.command(examples[0].split()[0], epilog=shown)(command)
