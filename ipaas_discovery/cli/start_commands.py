"""Commands that start something of one's own: JupyterLab, a workspace, the sandbox on ports."""

from __future__ import annotations

import json
import os
import signal
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated
from urllib.parse import quote

import typer

from ipaas_discovery.cli.output import AsJson, json_text, say, say_json
from ipaas_discovery.cli.program_path import program_path
from ipaas_discovery.errors import ConfigurationError

if TYPE_CHECKING:
    from ipaas_discovery.sandbox.serve import Addresses

__all__ = ["lab", "new", "sandbox"]

FIRST_NOTEBOOK = "01_know_both_systems.ipynb"
NO_NEWS = {"@jupyterlab/apputils-extension:notification": {"fetchNews": "false", "checkForUpdates": False}}
"""Settings of JupyterLab by which it opens without a prompt, as long as nobody chose others."""
USUALLY_HIDDEN = ("__pycache__", "*.pyc", "*~")
"""Names that JupyterLab hides by itself, as long as nobody names others."""
UNKNOWNS = (
    "To do: write what the vendor says at those lines, below what stands there: how it logs in (auth), how a list goes "
    "on (paging), how many calls it allows (limits), which field tells records apart (id), the calls that write. "
    "`{program} check --reach` then tries the log-in, `{program} probe third-party COLLECTION` the paging; what stays "
    "unknown is said to be, and never guessed."
)
"""Sentence on what to do about things that the connector file marks as unknown."""


def lab(
    options: Annotated[
        list[str] | None, typer.Argument(metavar="[-- OPTION ...]", help="Options for JupyterLab itself.")
    ] = None,
    notebooks: Annotated[Path, typer.Option(metavar="FOLDER", help="The folder with the notebooks.")] = Path(
        "notebooks"
    ),
    browser: Annotated[bool, typer.Option(help="Open a browser.")] = True,  # noqa: FBT002  a flag
    as_json: AsJson = False,  # noqa: FBT002  a flag
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
    command += ["--LabApp.news_url=None", "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate"]
    shown = first if first.is_file() else folder
    command += [f"--LabApp.default_url=/lab/tree/{quote(shown.relative_to(folder.parent).as_posix())}"]
    command += [f"--ContentsManager.hide_globs={name}" for name in _hidden(folder.parent)]
    command += [] if browser else ["--no-browser"]
    command += ["--allow-root"] if _is_root() and "--allow-root" not in (options or ()) else []
    command += [*(options or ()), str(shown)]
    if as_json:
        say_json("lab", {"folder": str(folder.parent), "opens": command[-1]})
    before = signal.signal(signal.SIGINT, lambda *_: None)  # JupyterLab asks before it shuts down; we wait for it
    try:
        with _computing_ahead(folder.parent / "data" / "discovery.toml"), _without_news() as environment:
            raise typer.Exit(subprocess.call(command, env=environment))  # noqa: S603  our own words and the caller's
    finally:
        signal.signal(signal.SIGINT, before)


@contextmanager
def _without_news() -> Iterator[dict[str, str]]:
    """Give an environment in which JupyterLab does not ask whether it may fetch news; a user's own setting counts."""
    from tempfile import TemporaryDirectory  # noqa: PLC0415  only here

    with TemporaryDirectory() as folder:
        settings = Path(folder) / "labconfig" / "default_setting_overrides.json"
        settings.parent.mkdir()
        settings.write_text(json.dumps(NO_NEWS), encoding="utf-8")
        paths = filter(None, (folder, os.environ.get("JUPYTER_CONFIG_PATH")))
        yield {**os.environ, "JUPYTER_CONFIG_PATH": os.pathsep.join(paths)}


@contextmanager
def _computing_ahead(settings: Path) -> Iterator[None]:
    """Compute what the notebooks show of the sandbox in a process of its own, while JupyterLab starts."""
    import subprocess  # noqa: PLC0415  only here

    command = [sys.executable, "-m", "ipaas_discovery.workspace.compute_ahead", str(settings)]
    quiet = subprocess.DEVNULL
    ahead = subprocess.Popen(command, stdin=quiet, stdout=quiet, stderr=quiet) if settings.is_file() else None  # noqa: S603  our own words
    try:
        yield
    finally:
        if ahead:
            ahead.terminate()
            ahead.wait()


def new(  # noqa: PLR0913  Typer takes a command's options from its parameters
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
    execute: Annotated[
        bool, typer.Option(help="Execute the notebooks once, where both systems are embedded or files.")
    ] = True,
    as_json: AsJson = False,
    blank: Annotated[
        bool, typer.Option("--blank", help="The third party is not known yet: a worksheet of all supported types.")
    ] = False,
) -> None:
    """Start a workspace of your own: settings, notebooks, README, Makefile, a build file, an example of a .env file.

    A connector file that is written says in comments what its origin told and marks what is unknown.
    """
    from ipaas_discovery.progress import working  # noqa: PLC0415  only here
    from ipaas_discovery.workspace.create import create, unknowns  # noqa: PLC0415  only here
    from ipaas_discovery.workspace.execute_once import execute_once  # noqa: PLC0415  only here

    program = program_path(anywhere=True)
    if blank:
        from ipaas_discovery.workspace.blank import create_blank  # noqa: PLC0415  only here

        following = f"cd {folder} && {program} decide --help"
        _made(create_blank(folder), [f"Fill in {folder}/data/worksheet.yaml, or say it:"], following, as_json=as_json)
        return
    made = create(folder, connector, from_openapi=from_openapi, from_calls=from_calls, from_files=from_file or ())
    with working("executing the notebooks once"):
        later = execute_once(folder, program) if execute else ""
    unknown = unknowns(made)
    notes = [*unknown, *([UNKNOWNS.format(program=program)] * bool(unknown)), *([f"Note: {later}."] if later else [])]
    _made(made, notes, f"cd {folder} && {program} discover", as_json=as_json)


def _made(files: Iterable[Path], notes: list[str], following: str, *, as_json: bool) -> None:
    """Print the files of a new workspace, what a person should know of it, and what comes next."""
    if as_json:
        say_json("new", {"files": [str(path) for path in files], "notes": notes, "next": following})
        return
    for line in (*files, *notes, f"Next: {following}"):
        say(line)


def sandbox(
    ipaas_port: Annotated[int, typer.Option(metavar="PORT", help="The iPaaS.com side; 0 picks a free one.")] = 8701,
    store_port: Annotated[int, typer.Option(metavar="PORT", help="The store; 0 picks a free one.")] = 8702,
    day: Annotated[
        str | None, typer.Option(metavar="DAY", help="An earlier day of both; 2026-10-26 has what changed since.")
    ] = None,
    as_json: AsJson = False,  # noqa: FBT002  a flag
) -> None:
    """Serve both sandbox APIs on this machine until Ctrl-C, for curl or a client of your own."""
    from ipaas_discovery.sandbox.serve import guide, run  # noqa: PLC0415  only here

    run(ipaas_port, store_port, day, announce=_addresses if as_json else guide)


def _addresses(addresses: Addresses) -> str:
    """Write both addresses as JSON."""
    return json_text("sandbox", {"ipaas": addresses.ipaas, "store": addresses.store})


def _hidden(root: Path) -> list[str]:
    """List the names that the file browser hides: in a checkout of the kit, all that is no part of the workspace."""
    if not (root / "ipaas_discovery" / "__init__.py").is_file():
        return []
    shown = {"data", "notebooks", "README.md"}
    return [*USUALLY_HIDDEN, *sorted(path.name for path in root.iterdir() if path.name not in shown)]


def _is_root() -> bool:
    """Tell whether this is a container's only user, which JupyterLab refuses unless asked not to."""
    return hasattr(os, "geteuid") and os.geteuid() == 0
