"""Commands that start something of one's own: JupyterLab, a workspace, the sandbox on ports."""

from __future__ import annotations

import signal
import sys
from pathlib import Path
from typing import Annotated

import typer

from ipaas_discovery.cli.output import say
from ipaas_discovery.errors import ConfigurationError

__all__ = ["lab", "new", "sandbox"]

FIRST_NOTEBOOK = "01_know_both_systems.ipynb"


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


def new(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="The folder to make; it may exist if it is empty.")],
    connector: Annotated[
        str,
        typer.Option(metavar="NAME|FILE", help="A catalogue name, a connector file, or an API description."),
    ] = "bigcommerce",
    from_openapi: Annotated[
        list[Path] | None,
        typer.Option(
            metavar="FILE",
            help="An API description to write a connector file from, in place of NAME; may be repeated for one system.",
        ),
    ] = None,
    from_calls: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="The same from saved calls: Postman, Bruno or HAR. They are not copied."),
    ] = None,
    from_file: Annotated[
        list[Path] | None,
        typer.Option(
            metavar="FILE", help="Records of a system without an API: CSV, Excel, JSON or JSON lines; may be repeated."
        ),
    ] = None,
    *,
    blank: Annotated[
        bool, typer.Option("--blank", help="The third party is not known yet: a worksheet of all supported types.")
    ] = False,
) -> None:
    """Start a workspace of your own: settings, notebooks, an example of a .env file.

    A connector file that is written says in comments what its origin told and marks what is unknown.
    """
    from ipaas_discovery.workspace.create import create, unknowns  # noqa: PLC0415  only here

    if blank:
        from ipaas_discovery.workspace.blank import create_blank  # noqa: PLC0415  only here

        for path in create_blank(folder):
            say(path)
        say(f"Next: fill in {folder}/data/worksheet.yaml, or cd {folder} && ipaas-discovery decide --help")
        return
    made = create(folder, connector, from_openapi=from_openapi, from_calls=from_calls, from_files=from_file or ())
    for path in made:
        say(path)
    for line in unknowns(made):
        say(line)
    say(f"Next: cd {folder} && ipaas-discovery discover")


def sandbox(
    ipaas_port: Annotated[int, typer.Option(metavar="PORT", help="The iPaaS.com side; 0 picks a free one.")] = 8701,
    store_port: Annotated[int, typer.Option(metavar="PORT", help="The store; 0 picks a free one.")] = 8702,
    day: Annotated[
        str | None, typer.Option(metavar="DAY", help="An earlier day of both; 2026-10-26 has what changed since.")
    ] = None,
) -> None:
    """Serve both sandbox APIs on this machine until Ctrl-C, for curl or a client of your own."""
    from ipaas_discovery.sandbox.serve import run  # noqa: PLC0415  only here

    run(ipaas_port, store_port, day)


def _is_root() -> bool:
    """Tell whether this is a container's only user, which JupyterLab refuses unless asked not to."""
    import os  # noqa: PLC0415  only here

    return hasattr(os, "geteuid") and os.geteuid() == 0
