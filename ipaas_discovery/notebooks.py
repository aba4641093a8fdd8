"""Execution of notebooks, so that the same cells over the same records give the same bytes.

`python -m ipaas_discovery.notebooks FOLDER` executes every notebook of a folder in place.
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Lock
from typing import Any

from ipaas_discovery.atomic import write_atomically
from ipaas_discovery.errors import ConfigurationError, DiscoveryError
from ipaas_discovery.quick_imports import imported_without

with imported_without("rfc3987_syntax"):  # a grammar of addresses, compiled for a second; no notebook has one to check
    import nbformat
    from nbclient import NotebookClient
    from nbclient.exceptions import CellControlSignal, CellExecutionError, DeadKernelError

__all__ = ["Running", "execute", "read", "rewrite", "text"]

_nbformat: Any = nbformat  # typed in part only

LIVE = "application/vnd.jupyter.widget-view+json"
"""Output type of a live widget: it holds a random id and means nothing without a kernel."""
PARAMETERS = "parameters"
"""Tag of the cell whose names may be given from outside."""
KERNEL = {"name": "python3", "display_name": "Python 3", "language": "python"}


def read(path: Path) -> Any:  # noqa: ANN401  nbformat carries no types
    """Read the notebook at `path`.

    Raises:
        ConfigurationError: if it is missing or no notebook.
    """
    try:
        return _nbformat.read(path, as_version=4)
    except FileNotFoundError:
        raise ConfigurationError("There is no such notebook", where=str(path), then="check the path") from None
    except (ValueError, _nbformat.reader.NotJSONError) as error:
        raise ConfigurationError(f"This is no notebook, {str(error)[:80]}", where=str(path)) from None


class Running:
    """Notebooks that are being executed, so that they can be ended, their kernels too."""

    def __init__(self) -> None:
        self._lock, self._stopped = Lock(), False
        self._tasks: dict[asyncio.Task[Any], asyncio.AbstractEventLoop] = {}

    async def run(self, client: NotebookClient) -> None:
        """Execute a notebook, unless `stop` was called before."""
        task = asyncio.ensure_future(client.async_execute())
        with self._lock:
            self._tasks[task] = asyncio.get_running_loop()
            if self._stopped:
                task.cancel()
        try:
            await task
        finally:
            with self._lock:
                del self._tasks[task]

    def stop(self) -> None:
        """End all of them, from any thread; a caller that waits for one gets a `CancelledError`."""
        with self._lock:
            self._stopped = True
            for task, loop in self._tasks.items():
                loop.call_soon_threadsafe(task.cancel)


def execute(
    path: Path,
    parameters: Mapping[str, object] | None = None,
    *,
    timeout: int = 300,
    running: Running | None = None,
) -> Any:  # noqa: ANN401  see read
    """Execute the notebook at `path` in its own folder; the file stays as it is.

    Args:
        path: the notebook.
        parameters: values for names of the cell tagged `parameters`; others there keep theirs.
        timeout: seconds a cell may take.
        running: the handle that can end it from another thread. Ctrl-C ends it in any case.

    Raises:
        DiscoveryError: if a cell fails, with its error's last line.
    """
    running = running or Running()
    notebook = read(path)
    _set_parameters(notebook, parameters or {})
    client = NotebookClient(
        notebook,
        timeout=timeout,
        kernel_name=KERNEL["name"],
        record_timing=False,
        store_widget_state=False,
        shutdown_kernel="immediate",  # a kernel asked politely takes its time, and has nothing left to do
        extra_arguments=["--log-level=ERROR"],  # its warnings about transport mean nothing on loopback
        resources={"metadata": {"path": str(path.parent)}},
    )
    try:
        with ThreadPoolExecutor(1) as thread:  # a thread of its own may run a loop even where one runs already
            done = thread.submit(lambda: asyncio.run(running.run(client)))
            try:
                done.result()
            except KeyboardInterrupt:
                running.stop()
                raise
    except CellExecutionError as error:
        message = error.evalue if error.ename in error.evalue else f"{error.ename}: {error.evalue}"
        raise DiscoveryError(
            f"A cell failed: {message}", where=path.name, then="open the notebook and run it"
        ) from None
    except (CellControlSignal, DeadKernelError, RuntimeError) as error:
        raise DiscoveryError(f"The notebook could not be executed, {error}", where=path.name) from None
    _remove_volatile(notebook)
    return notebook


def text(notebook: Any) -> str:  # noqa: ANN401  see read
    """Write the notebook as the text of its file."""
    return str(_nbformat.writes(notebook)) + "\n"


def rewrite(path: Path) -> bool:
    """Execute the notebook at `path` in place, and tell whether its bytes changed.

    Raises:
        DiscoveryError: if a cell fails or the disk is full; the file is then untouched.
    """
    before = path.read_text(encoding="utf-8")
    after = text(execute(path))
    if after != before:
        write_atomically(path, after.encode(), error=DiscoveryError, then="free space, then run it again")
    return after != before


def _set_parameters(notebook: Any, parameters: Mapping[str, object]) -> None:  # noqa: ANN401  see read
    """Put `parameters` into the cell that is tagged for them, name by name."""
    for cell in notebook.cells:
        if PARAMETERS in cell.metadata.get("tags", []):
            lines = cell.source.splitlines()
            cell.source = "\n".join(_set_parameter(line, parameters) for line in lines)


def _set_parameter(line: str, parameters: Mapping[str, object]) -> str:
    name = line.partition("=")[0].strip()
    return f"{name} = {parameters[name]!r}" if name in parameters else line


def _remove_volatile(notebook: Any) -> None:  # noqa: ANN401  see read
    """Take out what differs between two runs or machines: widget ids, versions, state."""
    notebook.metadata = {"kernelspec": KERNEL, "language_info": {"name": "python"}}
    for cell in notebook.cells:
        cell.metadata.pop("execution", None)
        for output in cell.get("outputs", []):
            if "data" in output:
                output["data"].pop(LIVE, None)


def main(folder: str) -> None:
    """Execute every notebook of `folder` in place and say which changed."""
    for path in sorted(Path(folder).glob("*.ipynb")):
        print(f"{path}: {'rewritten' if rewrite(path) else 'unchanged'}")  # noqa: T201  a command's answer


if __name__ == "__main__":
    main(*sys.argv[1:])
