"""The command line: exit status 0 all well, 1 something is wrong with a system or a file, 2 used wrongly."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from ipaas_discovery.errors import ConfigurationError, DiscoveryError

__all__ = ["app", "main"]

app = typer.Typer(
    help="Know both systems before you build an integration on iPaaS.com.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

Settings = Annotated[Path, typer.Option("--settings", "-s", help="The integration's discovery.toml.")]
DEFAULT = Path("data/discovery.toml")


@contextmanager
def _told() -> Iterator[None]:
    """Every error of the family becomes one sentence on stderr and its exit status."""
    try:
        yield
    except DiscoveryError as error:
        typer.echo(f"Error: {error}", err=True)
        raise typer.Exit(error.exit_status) from None
    except KeyboardInterrupt:
        typer.echo("Interrupted; what was saved before is untouched.", err=True)
        raise typer.Exit(130) from None
    except OSError as error:
        where = f" ({error.filename})" if error.filename else ""
        typer.echo(f"Error: {error.strerror or error}{where}: check the disk and the rights.", err=True)
        raise typer.Exit(1) from None


@app.command()
def discover(
    settings: Settings = DEFAULT,
    out: Annotated[Path | None, typer.Option(help="Where results go; `out` beside the settings by default.")] = None,
    notebooks: Annotated[
        Path | None, typer.Option(help="Notebooks to execute; `../notebooks` beside the settings by default.")
    ] = None,
) -> None:
    """Pull from both systems, execute the notebooks, write the worksheet and the report."""
    from ipaas_discovery.job import Job  # noqa: PLC0415  keeps --help quick

    with _told():
        result = Job(settings, out, notebooks).run()
        typer.echo(result.table)
        typer.echo(result.places)
        for problem in result.problems:
            typer.echo(f"Warning: {problem}", err=True)
        if result.problems:
            raise typer.Exit(1)


@app.command()
def lab(
    notebooks: Annotated[Path, typer.Option(help="The folder with the notebooks.")] = Path("notebooks"),
    browser: Annotated[bool, typer.Option(help="Open a browser.")] = True,  # noqa: FBT002  a flag
) -> None:
    """Open JupyterLab on the notebooks."""
    import subprocess  # noqa: PLC0415  only here

    with _told():
        if not notebooks.is_dir():
            raise ConfigurationError("There is no such folder", where=str(notebooks), then="name it with --notebooks")
        first = notebooks / "01_know_both_systems.ipynb"
        command = [sys.executable, "-m", "jupyter", "lab", str(first if first.exists() else notebooks)]
        raise typer.Exit(subprocess.call(command + ([] if browser else ["--no-browser"])))  # noqa: S603  our own words


@app.command()
def pull(
    collection: Annotated[str, typer.Argument(help="An iPaaS.com collection, or the third party's.")],
    settings: Settings = DEFAULT,
) -> None:
    """Pull a sample of one pair of collections and say what it can claim."""
    with _told(), _discovery(settings) as discovery:
        for sample in discovery.samples(collection):
            typer.echo(f"{sample.system}, {sample.collection}: {sample.claim}")
            if not sample.problem:
                typer.echo(sample.frame().iloc[:5, :8].to_string(index=False, max_colwidth=24))


@app.command()
def compare(
    collection: Annotated[str, typer.Argument(help="An iPaaS.com collection, or the third party's.")],
    settings: Settings = DEFAULT,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON instead of a table.")] = False,  # noqa: FBT002  a flag
) -> None:
    """Compare the fields of one pair of collections."""
    import json  # noqa: PLC0415  only here

    with _told(), _discovery(settings) as discovery:
        found = discovery.compare(collection)
        typer.echo(json.dumps(found.to_json(), indent=2, ensure_ascii=False) if as_json else found.to_markdown())


@app.command()
def probe(
    system: Annotated[str, typer.Argument(help="ipaas or third-party.")],
    collection: Annotated[str, typer.Argument(help="The collection to probe.")],
    settings: Settings = DEFAULT,
) -> None:
    """Prove how a collection pages before anything relies on it."""
    from ipaas_discovery.errors import UnknownNameError  # noqa: PLC0415  only here

    with _told(), _discovery(settings) as discovery:
        sides = {"ipaas": discovery.ipaas, "third-party": discovery.third_party}
        if system not in sides:
            raise UnknownNameError("system", system, sides)
        report = sides[system].probe(collection)
        typer.echo(report.to_markdown())
        if not report.sound:
            raise typer.Exit(1)


@app.command()
def worksheet(
    settings: Settings = DEFAULT,
    export: Annotated[
        Path | None, typer.Option(help="A file to export to: .xlsx, .md, .html, .json or .yaml.")
    ] = None,
) -> None:
    """Refresh the worksheet's evidence, keep its decisions, and print or export it."""
    with _told(), _discovery(settings) as discovery:
        if export:
            discovery.worksheet.export(export)
            typer.echo(f"Wrote {export}")
        else:
            typer.echo(discovery.worksheet.decisions().to_markdown())


@app.command()
def new(
    folder: Annotated[Path, typer.Argument(help="The folder to make.")],
    connector: Annotated[str, typer.Option(help="The third party's connector.")] = "bigcommerce",
) -> None:
    """Start a workspace of your own: settings, notebooks, an example of a .env file."""
    from ipaas_discovery.workspace import create  # noqa: PLC0415  only here

    with _told():
        for path in create(folder, connector):
            typer.echo(path)


@app.command()
def sandbox(
    ipaas_port: Annotated[int, typer.Option(help="Port of the iPaaS.com side; 0 picks a free one.")] = 8701,
    store_port: Annotated[int, typer.Option(help="Port of the store; 0 picks a free one.")] = 8702,
) -> None:
    """Serve both sandbox APIs on this machine until Ctrl-C, for curl or a client of your own."""
    from ipaas_discovery.sandbox.serve import run  # noqa: PLC0415  only here

    with _told():
        run(ipaas_port, store_port)


@contextmanager
def _discovery(settings: Path) -> Iterator[Discovery]:  # type: ignore[name-defined]  # noqa: F821  imported below
    from ipaas_discovery.discovery import Discovery  # noqa: PLC0415  keeps --help quick
    from ipaas_discovery.progress import progress  # noqa: PLC0415  the same

    with progress() as on_page, Discovery.open(settings, on_page=on_page) as discovery:
        yield discovery


def main() -> NoReturn:
    """Run the command line."""
    app()
    raise SystemExit(0)
