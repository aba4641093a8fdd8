"""Main job: pull from both systems, execute the notebooks, write the worksheet, its exports and the report."""

from __future__ import annotations

import os
from collections.abc import Hashable, Iterable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ipaas_discovery.atomic import write_atomically
from ipaas_discovery.discovery import Discovery
from ipaas_discovery.display.notebook_page import notebook_page
from ipaas_discovery.display.report import SYMBOLS
from ipaas_discovery.errors import ConfigurationError, DiscoveryError, UnsafeExportError, WorksheetError
from ipaas_discovery.flows.verdicts import Verdicts
from ipaas_discovery.notebooks import Running, execute, text
from ipaas_discovery.progress import progress, working
from ipaas_discovery.renderings.plain import plain_rows
from ipaas_discovery.sharing.shared_report import shared_report
from ipaas_discovery.vocabulary import Direction, Grade, Method, Outcome
from ipaas_discovery.worksheet.exports.forms import FORMS, REPORT

__all__ = ["Job", "Result"]

DIRECTIONS = (Direction.TO, Direction.FROM)
HANDED_OVER = tuple(suffix for suffix in FORMS if suffix != REPORT)
"""Forms in which the worksheet is handed over; its HTML form is the report."""


@dataclass(frozen=True, slots=True)
class Result:
    """Result of a job: the table of verdicts, the locations of its files, what could not be read."""

    table: str
    locations: str
    problems: tuple[str, ...]
    notes: tuple[str, ...] = ()
    """Notes on the origin of the records that a person should know."""
    verdicts: tuple[Mapping[str, Any], ...] = ()
    """The outcome of each flow and method, as plain data."""


class Job:
    """Main job on one integration.

    Args:
        settings: its `discovery.toml`.
        out: the folder for results. Defaults to `out` beside the settings.
        notebooks: the folder of notebooks to execute. Defaults to `../notebooks` beside the settings.
        program: the way to call the program, for what comes next.
    """

    def __init__(
        self,
        settings: Path,
        out: Path | None = None,
        notebooks: Path | None = None,
        *,
        program: str = "ipaas-discovery",
    ) -> None:
        self.program = program
        self.settings = settings
        self.out = out or settings.parent / "out"
        self.notebooks = notebooks or settings.absolute().parent.parent / "notebooks"
        if notebooks is not None and not notebooks.is_dir():
            raise ConfigurationError("There is no such folder", where=str(notebooks), then="check --notebooks")

    def run(self) -> Result:
        """Run the whole job; what is there already is overwritten in one step each, decisions are kept.

        Raises:
            DiscoveryError: of the kind that fits; nothing saved before is lost.
        """
        with self._pulled() as discovery, working("writing the worksheet, executing the notebooks"):
            worksheet = discovery.worksheet
            worksheet.save()
            with self._executing(self._parameters(discovery)) as executing:
                unsafe = self._write(discovery)
                results = [future.result() for future in executing]
            verdicts = discovery.verdicts()
            problems, notes = discovery.problems, discovery.notes
        pages = [result for result in results if isinstance(result, Path)]
        failed = [result for result in results if isinstance(result, str)]
        rows = tuple(plain_rows(verdicts.frame()))
        problems = (*problems, *unsafe, *failed)
        return Result(matrix(verdicts), self._locations(worksheet.path, pages), problems, notes, rows)

    def _pulled(self) -> Discovery:
        """Open the integration and pull it, with the progress shown."""
        with progress() as on_page, ExitStack() as stack:
            discovery = stack.enter_context(Discovery.open(self.settings, on_page=on_page)).pull()
            stack.pop_all()
        return discovery

    def _parameters(self, discovery: Discovery) -> dict[str, str]:
        """Give what the notebooks are told: the settings, and the collection to show where the usual one is missing."""
        names = [pair.ipaas for pair in discovery.pairs]
        parameters = {"SETTINGS": os.path.relpath(self.settings, self.notebooks)}
        if "TRANSACTION" not in names:
            parameters["COLLECTION"] = names[0] if names else ""
        return parameters

    def _write(self, discovery: Discovery) -> tuple[str, ...]:
        """Write every form of the worksheet, and the report; says why the report is not written, where it is not."""
        for suffix in HANDED_OVER:
            discovery.worksheet.export(self.out / f"worksheet{suffix}")
        try:
            shared = shared_report(discovery)
        except UnsafeExportError as error:
            return (str(error),)
        write_atomically(self.out / "report.html", shared.page.encode())
        write_atomically(self.out / "report.md", shared.markdown.encode())
        return ()

    @contextmanager
    def _executing(self, parameters: Mapping[str, str]) -> Iterator[list[Future[Path | str]]]:
        """Execute the notebooks two at a time, beside what the block does; whatever ends it early ends them, too.

        Each future gives an offline page, or says what failed.
        """
        folder, sources = self.out / "notebooks", sorted(self.notebooks.glob("*.ipynb"))
        try:
            (folder if sources else self.out).mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise WorksheetError(f"Cannot make the folder, {error.strerror}", where=str(error.filename)) from None
        running = Running()
        with ThreadPoolExecutor(2) as executor:
            try:
                yield [executor.submit(_executed, source, folder, parameters, running) for source in sources]
            except BaseException:
                running.stop()
                executor.shutdown(cancel_futures=True)  # waits for kernels to end, not for their cells
                raise

    def _locations(self, worksheet: Path | None, pages: Iterable[Path]) -> str:
        shown = f", notebooks/{'|'.join(page.name[:2] for page in pages)}_….html" if pages else ""
        forms = "|".join(form.removeprefix(".") for form in HANDED_OVER)
        return "\n".join(
            [
                f"Look at      {self.out / 'report.html'}",
                f"Hand over    {self.out}/worksheet.{{{forms}}}{shown}",
                f"Decide in    {worksheet}, by `{self.program} lab` (notebook 03); decisions are kept",
            ]
        )


def _executed(source: Path, folder: Path, parameters: Mapping[str, str], running: Running) -> Path | str:
    """Execute a notebook into a notebook and an offline page; give the page, or say what failed."""
    notebook = folder / source.name
    page = notebook.with_suffix(".html")
    try:
        write_atomically(notebook, text(execute(source, parameters, running=running)).encode())
    except DiscoveryError as error:
        return str(error)
    write_atomically(page, notebook_page(notebook).encode())
    return page


def matrix(verdicts: Verdicts) -> str:
    """Print the table of collections and directions: a mark before each method, and the legend of the marks."""
    from rich.console import Console  # noqa: PLC0415  only to print
    from rich.table import Table  # noqa: PLC0415  only this table is printed

    table = Table("iPaaS.com", "Third party", *(direction.value for direction in DIRECTIONS))
    declared = {(verdict.source, verdict.direction) for verdict in verdicts if verdict.grade is Grade.DECLARED}
    for row in verdicts.matrix().frame().to_dict("records"):
        cells = ("  ".join(_marked(row, direction, method) for method in Method) for direction in DIRECTIONS)
        names = (row["ipaas"], Direction.FROM), (row["third_party"], Direction.TO)
        table.add_row(*(f"{name} (declared)" if (name, way) in declared else name for name, way in names), *cells)
    legend = "   ".join(f"{mark} {outcome.value}" for outcome, mark in SYMBOLS.items())
    console = Console(width=200, color_system=None)
    with console.capture() as captured:
        console.print(table)
    return f"{captured.get().rstrip()}\n{legend}"


def _marked(row: Mapping[Hashable, str], direction: Direction, method: Method) -> str:
    return f"{SYMBOLS[Outcome(row[f'{direction.name}_{method.name}'.lower()])]} {method.value}"
