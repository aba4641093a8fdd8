"""The committed notebooks are regression checks only if every cell was run and a change makes them fail."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import ModuleType

import nbformat
import pytest

from ipaas_discovery.errors import ConfigurationError, DiscoveryError
from ipaas_discovery.notebooks import execute, read, rewrite
from ipaas_discovery.schemas.observing.observe import observe

ROOT = Path(__file__).parent.parent
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
LARGEST = 400_000
"""Characters: each table stands in the outputs as HTML, as Markdown and as text, a baseline as a line a field."""


def code_cells(path):
    return [cell for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == "code"]


def test_the_six_notebooks_are_there():
    names = [path.stem for path in NOTEBOOKS]
    assert names == ["01_know_both_systems", "02_match", "03_decide_directions", "04_worksheet", "05_what_changed",
                     "06_whole_exports"]  # fmt: skip


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_every_code_cell_was_executed_in_order(path):
    cells = code_cells(path)
    assert [cell.execution_count for cell in cells] == list(range(1, len(cells) + 1))
    assert not [output for cell in cells for output in cell.outputs if output.output_type == "error"]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_what_is_committed_is_small_and_holds_no_trace_of_a_machine(path):
    text = path.read_text(encoding="utf-8")
    assert len(text) < LARGEST
    notebook = nbformat.reads(text, as_version=4)
    assert set(notebook.metadata) == {"kernelspec", "language_info"}
    for trace in ("widget-view", str(ROOT), "/tmp/", "0x7f", "site-packages", '"execution"'):  # noqa: S108  what must not be there
        assert trace not in text


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_each_notebook_explains_itself_and_leads_on(path):
    texts = [cell.source for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == "markdown"]
    assert texts[0].startswith("# ")
    assert all(cell.id and not cell.id.isdecimal() for cell in nbformat.read(path, as_version=4).cells)
    following = ROOT / "notebooks" / texts[-1].partition("](")[2].partition(")")[0]
    assert path == NOTEBOOKS[-1] or following.is_file()


class Standing:
    """Stands in for Dask's cluster and client: the same names, and an executor of this process."""

    def __init__(self, *_cluster):
        self.executor = ThreadPoolExecutor(2)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.executor.shutdown()

    def get_executor(self):
        return self.executor


def test_the_lines_shown_for_a_cluster_observe_an_export(tmp_path, monkeypatch):
    (text,) = [cell.source for cell in read(NOTEBOOKS[-1]).cells if "```python" in cell.source]
    lines = text.partition("```python\n")[2].partition("```")[0]
    (name,) = re.findall(r'observe\("([^"]+)"', lines)
    monkeypatch.chdir(tmp_path)
    Path(name).write_text("".join(json.dumps({"id": number}) + "\n" for number in range(2_500)), encoding="utf-8")
    monkeypatch.setitem(sys.modules, "dask", ModuleType("dask"))
    monkeypatch.setitem(sys.modules, "dask.distributed", ModuleType("dask.distributed"))
    sys.modules["dask.distributed"].Client = sys.modules["dask.distributed"].LocalCluster = Standing
    names = {"observe": observe}
    exec(lines, names)  # noqa: S102  the notebook's own lines
    assert names["last_year"] == observe(name)
    assert names["last_year"].records == 2_500


@pytest.fixture
def workspace(tmp_path):
    """A copy of the first notebook with its data, so that a record can be changed."""
    shutil.copytree(ROOT / "data" / "sandbox", tmp_path / "data" / "sandbox")
    for name in ("discovery.toml", "worksheet.yaml"):
        shutil.copy(ROOT / "data" / name, tmp_path / "data")
    (tmp_path / "notebooks").mkdir()
    shutil.copy(NOTEBOOKS[0], tmp_path / "notebooks")
    return tmp_path


def regression(workspace, monkeypatch):
    """The outcome of nbval on the workspace's notebook: how many cells passed and failed."""
    monkeypatch.setenv("IPAAS_DISCOVERY_RECORDS", str(workspace / "data" / "sandbox"))
    command = [sys.executable, "-m", "pytest", "--nbval", "--nbval-current-env", "-p", "no:cacheprovider", "-q"]
    ran = subprocess.run(
        [*command, "--rootdir", str(workspace), "-c", "/dev/null", str(workspace / "notebooks")],
        capture_output=True, text=True, check=False, cwd=workspace,
    )  # fmt: skip
    return ran.returncode, ran.stdout


def test_nbval_passes_on_the_same_records_and_fails_on_a_changed_one(workspace, monkeypatch):
    status, said = regression(workspace, monkeypatch)
    assert status == 0, said
    file = workspace / "data" / "sandbox" / "store" / "orders.json"
    orders = json.loads(file.read_text(encoding="utf-8"))
    orders[0]["status"] = "Changed by hand"
    file.write_text(json.dumps(orders), encoding="utf-8")
    status, said = regression(workspace, monkeypatch)
    assert status == 1
    assert "Changed by hand" in said


def write(path, *sources, tags=()):
    cells = [nbformat.v4.new_code_cell(source, id=f"c{n}") for n, source in enumerate(sources)]
    cells[0].metadata["tags"] = list(tags)
    nbformat.write(nbformat.v4.new_notebook(cells=cells), path)
    return path


def test_parameters_replace_their_names_and_no_others(tmp_path):
    path = write(tmp_path / "n.ipynb", 'A = "1"\nB = 2', "print(A, B)", tags=["parameters"])
    notebook = execute(path, {"A": "given", "C": "nothing"})
    assert notebook.cells[1].outputs[0]["text"] == "given 2\n"
    assert read(path).cells[0].source == 'A = "1"\nB = 2'


def test_a_failing_cell_is_one_sentence_and_leaves_the_file_as_it_was(tmp_path):
    path = write(tmp_path / "n.ipynb", "1 / 0")
    before = path.read_bytes()
    with pytest.raises(DiscoveryError, match=r"A cell failed: ZeroDivisionError: division by zero \(n.ipynb\)"):
        rewrite(path)
    assert path.read_bytes() == before


def test_an_error_of_the_kit_shows_its_sentence_and_no_traceback(tmp_path):
    source = "from ipaas_discovery import Discovery\nDiscovery.open('nothing.toml')"
    path = write(tmp_path / "n.ipynb", source)
    with pytest.raises(DiscoveryError, match="There is no such file"):
        execute(path)


def test_a_notebook_on_a_full_disk_stays_as_it_was(tmp_path, monkeypatch):
    path = write(tmp_path / "n.ipynb", "print('x')")
    before = path.read_bytes()

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("ipaas_discovery.atomic.os.replace", full)
    with pytest.raises(DiscoveryError, match="No space left on device"):
        rewrite(path)
    assert path.read_bytes() == before


def test_a_second_run_changes_nothing(tmp_path):
    path = write(tmp_path / "n.ipynb", "print('x')")
    assert rewrite(path)
    assert not rewrite(path)


def test_a_file_that_is_no_notebook_is_named(tmp_path):
    (tmp_path / "n.ipynb").write_text("{")
    with pytest.raises(ConfigurationError, match="This is no notebook"):
        read(tmp_path / "n.ipynb")
    with pytest.raises(ConfigurationError, match="no such notebook"):
        read(tmp_path / "m.ipynb")
