"""The command line: exit status 0 all well, 1 something is wrong with a system or a file, 2 used wrongly."""

from __future__ import annotations

import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ipaas_discovery.door import Commands
from ipaas_discovery.errors import ConfigurationError

if TYPE_CHECKING:
    from ipaas_discovery.discovery import Discovery

__all__ = ["app"]

app = typer.Typer(
    cls=Commands,
    help="Know both systems before you build an integration on iPaaS.com.",
    epilog="Start with: ipaas-discovery discover (on the embedded sandbox), or ipaas-discovery new my-integration.\n\n"
    "Exit status: 0 all well, 1 something is wrong with a system or a file, 2 used wrongly.",
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

FIRST_NOTEBOOK = "01_know_both_systems.ipynb"
SHOWN_ROWS, SHOWN_COLUMNS = 5, 8
"""How much of a sample `pull` prints."""

Settings = Annotated[Path, typer.Option("--settings", "-s", metavar="FILE", help="The integration's discovery.toml.")]
Collection = Annotated[
    str, typer.Argument(metavar="COLLECTION", help="An iPaaS.com collection or plain name, or the third party's.")
]
DEFAULT = Path("data/discovery.toml")


class Side(StrEnum):
    """The two systems, as the command line names them."""

    IPAAS = "ipaas"
    THIRD_PARTY = "third-party"


@app.command(
    epilog="Example: ipaas-discovery discover\n\n"
    "Example: ipaas-discovery discover --settings shop/data/discovery.toml --out /tmp/shop"
)
def discover(
    settings: Settings = DEFAULT,
    out: Annotated[
        Path | None, typer.Option(metavar="FOLDER", help="Where results go; `out` beside the settings by default.")
    ] = None,
    notebooks: Annotated[
        Path | None,
        typer.Option(metavar="FOLDER", help="Notebooks to execute; `../notebooks` beside the settings by default."),
    ] = None,
) -> None:
    """Pull from both systems, execute the notebooks, write the worksheet and the report.

    Reads only; decisions in the worksheet are kept. Status 1 if a collection could not be read.
    """
    from ipaas_discovery.job import Job  # noqa: PLC0415  keeps --help quick

    result = Job(settings, out, notebooks).run()
    typer.echo(result.table)
    typer.echo(result.places)
    for note in result.notes:
        typer.echo(f"Note: {note}.", err=True)
    _warn(result.problems)


@app.command(
    epilog="Example: ipaas-discovery lab\n\nExample: ipaas-discovery lab --no-browser -- --port 9000 --allow-root"
)
def lab(
    options: Annotated[
        list[str] | None, typer.Argument(metavar="[-- OPTION ...]", help="Options for JupyterLab itself.")
    ] = None,
    notebooks: Annotated[Path, typer.Option(metavar="FOLDER", help="The folder with the notebooks.")] = Path(
        "notebooks"
    ),
    browser: Annotated[bool, typer.Option(help="Open a browser.")] = True,  # noqa: FBT002  a flag
) -> None:
    """Open JupyterLab on the notebooks, until Ctrl-C.

    It shows the folder that holds the notebooks' folder, so that settings and results are at hand as well.
    """
    import subprocess  # noqa: PLC0415  only here

    if not notebooks.is_dir():
        then = "start it in a workspace (`ipaas-discovery new FOLDER` makes one), or name the folder with --notebooks"
        raise ConfigurationError("There is no folder of notebooks", where=str(notebooks), then=then)
    folder, first = notebooks.resolve(), notebooks.resolve() / FIRST_NOTEBOOK
    command = [sys.executable, "-m", "jupyter", "lab", f"--ServerApp.root_dir={folder.parent}"]
    command += [] if browser else ["--no-browser"]
    command += ["--allow-root"] if _is_root() and "--allow-root" not in (options or ()) else []
    command += [*(options or ()), str(first if first.is_file() else folder)]
    before = signal.signal(signal.SIGINT, lambda *_: None)  # JupyterLab asks before it shuts down; we wait for it
    try:
        raise typer.Exit(subprocess.call(command))  # noqa: S603  our own words and the caller's
    finally:
        signal.signal(signal.SIGINT, before)


@app.command(
    epilog="Example: ipaas-discovery probe third-party orders\n\nExample: ipaas-discovery probe ipaas TRANSACTION"
)
def probe(
    system: Annotated[Side, typer.Argument(help="Which of the two systems.")],
    collection: Annotated[str, typer.Argument(metavar="COLLECTION", help="The collection, as that system names it.")],
    settings: Settings = DEFAULT,
) -> None:
    """Prove how a collection pages before anything relies on it. Status 1 if the connector is refuted."""
    with _discovery(settings, stored=False) as discovery:
        report = (discovery.ipaas if system is Side.IPAAS else discovery.third_party).probe(collection)
    typer.echo(report.to_text())
    if not report.sound:
        raise typer.Exit(1)


@app.command(
    epilog="Example: ipaas-discovery pull Transactions\n\nExample: ipaas-discovery pull --refresh\n\n"
    "Example: ipaas-discovery pull orders --refresh --raw"
)
def pull(
    context: typer.Context,
    collection: Annotated[
        str | None,
        typer.Argument(
            metavar="COLLECTION",
            help="An iPaaS.com collection or plain name, or the third party's.",
            show_default=False,
        ),
    ] = None,
    settings: Settings = DEFAULT,
    refresh: Annotated[  # noqa: FBT002  a flag
        bool, typer.Option("--refresh", help="Ask real systems again; what is stored is kept for comparison.")
    ] = False,
    raw: Annotated[  # noqa: FBT002  a flag
        bool, typer.Option("--raw", help="Redact nothing: store and show personal data as the system returns it.")
    ] = False,
) -> None:
    """Pull a sample of a pair of collections, say what it can claim, and show its first records.

    What real systems answered is stored, redacted, and replayed from then on; --refresh asks them again. With
    --refresh COLLECTION may be left out: all are pulled in any case.
    """
    if collection is None and not refresh:
        context.fail("Missing argument 'COLLECTION'")
    with _discovery(settings, refresh=refresh, raw=raw) as discovery:
        names = [collection] if collection else [pair.ipaas for pair in discovery.pairs]
        samples = [sample for name in names for sample in discovery.samples(name)]
    for sample in samples:
        typer.echo(f"{sample.system}, {sample.collection}: {sample.claim}")
        if sample.records and collection:
            typer.echo(sample.frame().iloc[:SHOWN_ROWS, :SHOWN_COLUMNS].to_string(index=False, max_colwidth=24))
    _warn(tuple(sample.problem for sample in samples if sample.problem))


@app.command(
    epilog="Example: ipaas-discovery compare TRANSACTION\n\nExample: ipaas-discovery compare orders --json | head"
)
def compare(
    collection: Collection,
    settings: Settings = DEFAULT,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON instead of Markdown.")] = False,  # noqa: FBT002  a flag
) -> None:
    """Compare the fields of a pair of collections and print them as a Markdown table."""
    import json  # noqa: PLC0415  only here

    with _discovery(settings) as discovery:
        found = discovery.compare(collection)
        problems = tuple(sample.problem for sample in discovery.samples(collection) if sample.problem)
    typer.echo(json.dumps(found.to_json(), indent=2, ensure_ascii=False) if as_json else found.to_markdown())
    _warn(problems)


@app.command(epilog="Example: ipaas-discovery worksheet\n\nExample: ipaas-discovery worksheet --export order.xlsx")
def worksheet(
    settings: Settings = DEFAULT,
    export: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="A file to export to: .xlsx, .md, .html, .json or .yaml."),
    ] = None,
) -> None:
    """Refresh the worksheet's evidence, keep its decisions, and print them or export it all."""
    with _discovery(settings) as discovery:
        if export:
            discovery.worksheet.export(export)
            typer.echo(f"Wrote {export}")
        else:
            typer.echo(discovery.worksheet.decisions().to_markdown())
        problems = discovery.problems
    _warn(problems)


@app.command(
    epilog="Example: ipaas-discovery new my-shop\n\n"
    "Example: ipaas-discovery new my-erp --connector connectors/erp.toml\n\n"
    "Example: ipaas-discovery new my-shop --from-openapi downloads/shop.yaml"
)
def new(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="The folder to make; it may exist if it is empty.")],
    connector: Annotated[
        str,
        typer.Option(metavar="NAME|FILE", help="A catalogue name, a connector file, or an API description."),
    ] = "bigcommerce",
    from_openapi: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="An API description to write a connector file from, in place of NAME."),
    ] = None,
    from_calls: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="The same from saved calls: Postman, Bruno or HAR. They are not copied."),
    ] = None,
) -> None:
    """Start a workspace of your own: settings, notebooks, an example of a .env file.

    A connector file that is written says in comments what its origin told and marks what is unknown.
    """
    from ipaas_discovery.workspace import create  # noqa: PLC0415  only here

    for path in create(folder, connector, from_openapi=from_openapi, from_calls=from_calls):
        typer.echo(path)
    typer.echo(f"Next: cd {folder} && ipaas-discovery discover")


@app.command(
    epilog="Example: ipaas-discovery sandbox\n\nExample: ipaas-discovery sandbox --ipaas-port 0 --store-port 0"
)
def sandbox(
    ipaas_port: Annotated[int, typer.Option(metavar="PORT", help="The iPaaS.com side; 0 picks a free one.")] = 8701,
    store_port: Annotated[int, typer.Option(metavar="PORT", help="The store; 0 picks a free one.")] = 8702,
) -> None:
    """Serve both sandbox APIs on this machine until Ctrl-C, for curl or a client of your own."""
    from ipaas_discovery.sandbox.serve import run  # noqa: PLC0415  only here

    run(ipaas_port, store_port)


@contextmanager
def _discovery(settings: Path, *, refresh: bool = False, raw: bool = False, stored: bool = True) -> Iterator[Discovery]:
    """The integration, its progress shown; at the end, what a person should know of its records is said."""
    from ipaas_discovery.discovery import Discovery  # noqa: PLC0415  keeps --help quick
    from ipaas_discovery.progress import progress  # noqa: PLC0415  the same

    with (
        progress() as on_page,
        Discovery.open(settings, on_page=on_page, refresh=refresh, raw=raw, stored=stored) as discovery,
    ):
        yield discovery
        notes = discovery.notes
    for note in notes:
        typer.echo(f"Note: {note}.", err=True)


def _is_root() -> bool:
    """Whether this is a container's only user, which JupyterLab refuses unless told."""
    import os  # noqa: PLC0415  only here

    return hasattr(os, "geteuid") and os.geteuid() == 0


def _warn(problems: tuple[str, ...]) -> None:
    """Say what could not be read, and leave with 1 if anything could not."""
    for problem in problems:
        typer.echo(f"Warning: {problem}", err=True)
    if problems:
        raise typer.Exit(1)
