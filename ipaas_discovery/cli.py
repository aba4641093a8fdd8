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
    with _discovery(settings) as discovery:
        report = (discovery.ipaas if system is Side.IPAAS else discovery.third_party).probe(collection)
    typer.echo(report.to_markdown())
    if not report.sound:
        raise typer.Exit(1)


@app.command(epilog="Example: ipaas-discovery pull Transactions\n\nExample: ipaas-discovery pull orders")
def pull(collection: Collection, settings: Settings = DEFAULT) -> None:
    """Pull a sample of a pair of collections, say what it can claim, and show its first records."""
    with _discovery(settings) as discovery:
        samples = discovery.samples(collection)
    for sample in samples:
        typer.echo(f"{sample.system}, {sample.collection}: {sample.claim}")
        if sample.records:
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
    epilog="Example: ipaas-discovery new my-shop\n\nExample: ipaas-discovery new my-erp --connector connectors/erp.toml"
)
def new(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="The folder to make; it may exist if it is empty.")],
    connector: Annotated[
        str,
        typer.Option(metavar="NAME|FILE", help="A catalogue name, a connector file, or an API description."),
    ] = "bigcommerce",
) -> None:
    """Start a workspace of your own: settings, notebooks, an example of a .env file."""
    from ipaas_discovery.workspace import create  # noqa: PLC0415  only here

    for path in create(folder, connector):
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
def _discovery(settings: Path) -> Iterator[Discovery]:
    from ipaas_discovery.discovery import Discovery  # noqa: PLC0415  keeps --help quick
    from ipaas_discovery.progress import progress  # noqa: PLC0415  the same

    with progress() as on_page, Discovery.open(settings, on_page=on_page) as discovery:
        yield discovery


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
