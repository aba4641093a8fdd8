"""Every command as a person types it: what it prints, what it leaves, and with which exit status."""

from __future__ import annotations

import json
import os
import pty
import re
import signal
import subprocess
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.metadata import version
from pathlib import Path
from threading import Event, Thread

import pytest
from openpyxl import load_workbook
from workspaces import changed_connector, run, run_program, server, snapshot, write_settings, write_shop

import ipaas_discovery
from ipaas_discovery.cli.start_commands import FIRST_NOTEBOOK
from ipaas_discovery.flows.verdicts import Verdicts
from ipaas_discovery.job import matrix

COMMANDS = (
    "discover", "lab", "probe", "catalog", "pull", "collections", "schema", "compare", "decide", "map", "accept",
    "answer", "todo", "worksheet", "check", "changes", "share", "new", "sandbox",
)  # fmt: skip
PROGRAM = [sys.executable, "-c", "from ipaas_discovery.cli.app import app; app()"]


@pytest.fixture
def settings(tmp_path):
    return write_settings(tmp_path)


def test_help_names_every_command():
    done = run("--help")
    assert done.status == 0
    assert re.findall(r"^│ (\w+) {2,}", done.out, re.MULTILINE) == list(COMMANDS)
    assert "0 all well" in done.out


def test_the_version_is_that_of_the_package():
    done = run("--version")
    assert (done.status, done.out, done.err) == (0, f"ipaas-discovery {ipaas_discovery.__version__}\n", "")
    assert version("ipaas-discovery") == ipaas_discovery.__version__


@pytest.mark.parametrize(("typed", "completed"), [("pr", ["probe"]), ("wor", ["worksheet"]), ("zz", [])])
def test_a_shell_completes_commands(typed, completed):
    asked = {"_IPAAS_DISCOVERY_COMPLETE": "complete_bash", "COMP_WORDS": f"ipaas-discovery {typed}", "COMP_CWORD": "1"}
    program = [sys.executable, "-c", "from ipaas_discovery.cli.app import app; app(prog_name='ipaas-discovery')"]
    done = subprocess.run(program, env={**os.environ, **asked}, capture_output=True, text=True, check=True)
    assert done.stdout.split() == completed


def test_completion_is_shown_for_a_shell(monkeypatch):
    monkeypatch.setattr("shellingham.detect_shell", lambda: ("bash", "/bin/bash"))  # no shell may have started this
    done = run("--show-completion", "bash")
    assert done.status == 0
    assert "_IPAAS_DISCOVERY_COMPLETE" in done.out or "complete" in done.out


def test_the_matrix_is_plain_text_where_colours_are_forced(monkeypatch):
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert "\x1b" not in matrix(Verdicts(()))


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("flag", ["-h", "--help"])
def test_each_command_has_a_help_with_an_example_of_itself(command, flag):
    done = run(command, flag)
    assert (done.status, done.err) == (0, "")
    assert f"Example: ipaas-discovery {command}" in done.out


def test_no_command_shows_the_help_and_counts_as_wrong_use():
    done = run()
    assert done.status == 2
    assert "Commands" in done.out
    assert done.err == ""


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["discvoer"], "No such command 'discvoer'. Did you mean 'discover'? See"),
        (["--frob"], "No such option: --frob. See `"),
        (["pull"], "Missing argument 'COLLECTION'. See `"),
        (["pull", "a", "b"], "unexpected extra argument"),
        (["probe", "thirdparty", "orders"], "'thirdparty' is not one of 'ipaas', 'third-party'"),
        (["sandbox", "--store-port", "x"], "Invalid value for '--store-port'"),
        (["sandbox", "--store-port", "99999"], "99999 is no port"),
    ],
)
def test_wrong_use_is_one_line_with_status_2(words, said):
    done = run(*words)
    assert (done.status, done.out) == (2, "")
    assert done.err.startswith("Error: ")
    assert done.err.count("\n") == 1
    assert said in done.err


def test_pull_prints_both_samples_with_their_claims(settings):
    done = run("pull", "Customers", "-s", settings)
    assert (done.status, done.err) == (0, "")
    assert "iPaaS.com sandbox, CUSTOMER: 140 of 300 records from 7 pages" in done.out
    assert re.search(r", customers: \d+ of 300 records", done.out)
    assert "email_address" in done.out
    assert not re.search(r"^\d+ +\d", done.out, re.MULTILINE), "rows are not numbered"


def test_pull_takes_the_third_partys_name_too(settings):
    assert run("pull", "customers", "-s", settings).out == run("pull", "CUSTOMER", "-s", settings).out


def test_a_misspelt_collection_is_answered_with_the_nearest_of_either_side(settings):
    for command in ("pull", "compare"):
        done = run(command, "custmers", "-s", settings)
        assert done.status == 2
        assert "did you mean 'customers'? Known are: CUSTOMER, LOCATION, customers, locations." in done.err


def test_a_pull_that_fails_on_one_side_shows_the_other_and_has_status_1(tmp_path, settings):
    changed_connector(tmp_path, "bigcommerce", 'list = "/v3/inventory/locations"', 'list = "/v3/nowhere"')
    write_settings(tmp_path, third_party="bigcommerce.toml")
    done = run("pull", "LOCATION", "-s", settings)
    assert done.status == 1
    assert "LOCATION: 4 of 4 records" in done.out
    assert "locations: Not read: The system answered 404" in done.out
    assert done.err.startswith("Warning: The system answered 404")


def test_compare_prints_a_markdown_table(settings):
    done = run("compare", "LOCATION", "-s", settings)
    assert (done.status, done.err) == (0, "")
    lines = done.out.splitlines()
    assert lines[0].startswith("| ipaas |")
    assert set(lines[1]) == {"|", "-"}
    assert all(line.startswith("|") for line in lines)


def test_compare_prints_json(settings):
    done = run("compare", "LOCATION", "--json", "-s", settings)
    assert (done.status, done.err) == (0, "")
    found = json.loads(done.out)
    assert "\\u" not in done.out
    assert found["ipaas"]["collection"] == "LOCATION"
    assert found["third_party"]["collection"] == "locations"


def test_probe_proves_a_collection(settings):
    done = run("probe", "third-party", "customers", "-s", settings)
    assert (done.status, done.err) == (0, "")
    assert "| the total is right | yes |" in done.out


def test_probe_that_refutes_the_connector_has_status_1(tmp_path):
    with server(200, "application/json", [{"id": 1}, {"id": 1}]) as port:
        done = run("probe", "third-party", "orders", "-s", write_shop(tmp_path, port))
    assert done.status == 1
    assert "| pages are disjoint | no |" in done.out


def test_probe_of_an_unknown_collection_names_the_nearest(settings):
    done = run("probe", "ipaas", "CUSTOMR", "-s", settings)
    assert done.status == 2
    assert "did you mean 'CUSTOMER'?" in done.err


def test_worksheet_prints_the_decisions_and_keeps_them(settings):
    assert "| CUSTOMER | customers | undecided |" in run("worksheet", "-s", settings).out
    saved = settings.parent / "worksheet.yaml"
    before = saved.read_bytes()
    assert run("worksheet", "-s", settings).status == 0
    assert saved.read_bytes() == before


def test_a_workbook_is_read_back_and_taken_only_on_request(settings, tmp_path):
    target = tmp_path / "order.xlsx"
    beside = tmp_path / "order.md"
    assert run("worksheet", "-s", settings, "--export", beside, "--export", target).status == 0
    assert beside.is_file()
    told = run("worksheet", "-s", settings, "--read-back", target)
    assert (told.status, told.out.strip()) == (0, "order.xlsx: 0 changes, 0 conflicts")
    book = load_workbook(target)
    page = book["Order"]
    head = [cell.value for cell in page[1]]
    page.cell(2, head.index("Decision") + 1).value = "leave out"
    page.cell(2, head.index("Why") + 1).value = "not now"
    book.save(target)
    told = run("worksheet", "-s", settings, "--read-back", target)
    assert (told.status, "decision 'undecided' → 'leave out'" in told.out) == (0, True)
    assert told.out.rstrip().endswith("Nothing is taken yet; `--take` takes it.")
    assert "not now" not in (settings.parent / "worksheet.yaml").read_text()
    taken = run("worksheet", "-s", settings, "--read-back", target, "--take", "--by", "A. Analyst")
    assert taken.status == 0
    assert "why: not now, by: A. Analyst" in (settings.parent / "worksheet.yaml").read_text()
    page.cell(2, head.index("Decision") + 1).value = "sideways"
    book.save(target)
    refused = run("worksheet", "-s", settings, "--read-back", target)
    assert (refused.status, "Unknown direction 'sideways'" in refused.out) == (1, True)


@pytest.mark.parametrize("suffix", [".xlsx", ".md", ".html", ".json", ".yaml"])
def test_worksheet_exports_to_every_form(settings, tmp_path, suffix):
    target = tmp_path / "handed over" / f"order{suffix}"  # a folder that is not there yet
    done = run("worksheet", "-s", settings, "--export", target)
    assert (done.status, done.out, done.err) == (0, f"Wrote {target}\n", "")
    assert target.stat().st_size > 1000


def test_an_export_to_an_unknown_form_names_the_known_ones(settings, tmp_path):
    done = run("worksheet", "-s", settings, "--export", tmp_path / "a.md", "--export", tmp_path / "order.docx")
    assert done.status == 2
    assert not (tmp_path / "a.md").exists()
    assert "Unknown export form '.docx'" in done.err
    assert ".xlsx" in done.err


def test_discover_writes_everything_and_prints_where(settings, tmp_path):
    done = run("discover", "-s", settings, "--out", tmp_path / "results")
    assert (done.status, done.err) == (0, "")
    assert re.search(r"│ CUSTOMER +│ customers +│", done.out)
    assert str(tmp_path / "results" / "report.html") in done.out
    written = set(snapshot(tmp_path / "results"))
    assert written == {"report.html", "report.md", *(f"worksheet.{form}" for form in ("yaml", "xlsx", "md", "json"))}


def test_discover_twice_gives_the_same_bytes(settings, tmp_path):
    run("discover", "-s", settings)
    first = snapshot(tmp_path)
    run("discover", "-s", settings)
    assert snapshot(tmp_path) == first


def test_discover_works_from_inside_the_data_folder(tmp_path, monkeypatch):
    write_settings(tmp_path)
    (tmp_path / "notebooks").mkdir()
    (tmp_path / "notebooks" / "own.ipynb").write_text("none")
    monkeypatch.chdir(tmp_path / "data")
    assert "own.ipynb" in run("discover", "-s", "discovery.toml").err  # so the notebooks beside `data` were found


@pytest.fixture
def started(monkeypatch):
    """The commands that would have been run, each with what Ctrl-C would do meanwhile."""
    seen = []

    def call(command, *, env):
        folder = Path(env["JUPYTER_CONFIG_PATH"].split(os.pathsep)[0]) / "labconfig"
        assert "fetchNews" in (folder / "default_setting_overrides.json").read_text(encoding="utf-8")
        seen.append((command, signal.getsignal(signal.SIGINT)))
        return 3

    monkeypatch.setattr(subprocess, "call", call)
    return seen


def test_lab_opens_the_first_notebook_and_shows_the_folder_around_it(started, tmp_path, monkeypatch):
    (tmp_path / "notebooks").mkdir()
    (tmp_path / "notebooks" / FIRST_NOTEBOOK).touch()
    monkeypatch.chdir(tmp_path)
    assert run("lab").status == 3  # JupyterLab's own status
    command, _ = started[0]
    assert command[:4] == [sys.executable, "-m", "jupyter", "lab"]
    assert f"--ServerApp.root_dir={tmp_path}" in command
    assert command[-1] == str(tmp_path / "notebooks" / FIRST_NOTEBOOK)
    assert f"--LabApp.default_url=/lab/tree/notebooks/{FIRST_NOTEBOOK}" in command
    assert "--no-browser" not in command


def test_lab_opens_a_folder_without_the_first_notebook(started, tmp_path):
    folder = tmp_path / "of my own"
    folder.mkdir()
    run("lab", "--notebooks", folder, "--no-browser")
    assert started[0][0][-1] == str(folder)
    assert "--no-browser" in started[0][0]


def test_lab_passes_options_on(started, tmp_path):
    run("lab", "--notebooks", tmp_path, "--", "--port", "9000", "--allow-root")
    assert started[0][0][-4:-1] == ["--port", "9000", "--allow-root"]


@pytest.mark.parametrize("root", [True, False])
def test_a_containers_only_user_may_start_jupyterlab(started, tmp_path, monkeypatch, root):
    monkeypatch.setattr("ipaas_discovery.cli.start_commands._is_root", lambda: root)
    run("lab", "--notebooks", tmp_path)
    assert ("--allow-root" in started[0][0]) is root


def test_ctrl_c_is_left_to_jupyterlab_and_comes_back_afterwards(started, tmp_path):
    before = signal.getsignal(signal.SIGINT)
    run("lab", "--notebooks", tmp_path)
    meanwhile = started[0][1]
    assert meanwhile not in {before, signal.SIG_IGN, signal.SIG_DFL}
    assert meanwhile(signal.SIGINT, None) is None
    assert signal.getsignal(signal.SIGINT) is before


def test_lab_without_notebooks_is_one_sentence(started, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    done = run("lab")
    assert done.status == 2
    assert "There is no folder of notebooks (notebooks)" in done.err
    assert "`ipaas-discovery new FOLDER` makes one" in done.err
    assert not started


def test_the_notebooks_folder_of_the_repository_is_the_default(started, monkeypatch):
    root = Path(__file__).parents[2]
    monkeypatch.chdir(root)
    run("lab")
    assert started[0][0][-1] == str(root / "notebooks" / FIRST_NOTEBOOK)


def test_a_pipe_that_is_closed_early_is_no_error(tmp_path):
    write_settings(tmp_path)
    done = subprocess.run(
        ["/bin/sh", "-c", '"$0" "$@" | head -n 1', *PROGRAM, "compare", "CUSTOMER", "--json"],
        cwd=tmp_path, capture_output=True, text=True, check=True, timeout=120,
    )  # fmt: skip
    assert (done.stdout, done.stderr) == ("{\n", "")


def test_a_full_device_is_one_sentence(tmp_path):
    write_settings(tmp_path)
    command = ["/bin/sh", "-c", 'exec "$0" "$@" > /dev/full', *PROGRAM, "compare", "CUSTOMER"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 1
    assert done.stderr.startswith("Error: No space left on device: ")
    assert done.stderr.count("\n") == 1


def test_an_unexpected_error_of_the_system_is_one_sentence(settings, monkeypatch):
    def fail(*_, **__):
        raise PermissionError(13, "Permission denied", "somewhere")

    monkeypatch.setattr("ipaas_discovery.discovery.Discovery.open", fail)
    done = run("compare", "CUSTOMER", "-s", settings)
    assert (done.status, done.out) == (1, "")
    assert done.err == "Error: Permission denied (somewhere): check the path, its rights and the space left there.\n"


def test_a_fault_of_the_kit_says_so_and_shows_its_traceback_only_when_asked(settings, monkeypatch):
    def fail(*_, **__):
        raise KeyError("lost\nand found")

    monkeypatch.setattr("ipaas_discovery.discovery.Discovery.open", fail)
    done = run("compare", "CUSTOMER", "-s", settings)
    assert done.status == 1
    assert done.err.startswith("Error: This is a fault of the kit, KeyError 'lost")
    assert done.err.count("\n") == 1
    monkeypatch.setenv("IPAAS_DISCOVERY_DEBUG", "1")
    assert run("compare", "CUSTOMER", "-s", settings).err == ""  # the exception itself came out


@pytest.fixture
def silent_server():
    """A server that takes a request and never answers; gives its port and an event that says one has come."""
    asked, over = Event(), Event()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            asked.set()
            over.wait()

        def log_message(self, *_):
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as running:
        running.daemon_threads = True
        Thread(target=running.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        yield running.server_address[1], asked
        over.set()
        running.shutdown()


def test_ctrl_c_ends_a_pull_at_once_with_one_sentence(tmp_path, silent_server):
    port, asked = silent_server
    settings = write_shop(tmp_path, port)
    before = "format: 2\ntitle: As it was\n...\n"
    (tmp_path / "data" / "worksheet.yaml").write_text(before)
    command = [*PROGRAM, "discover", "-s", str(settings)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as running:
        assert asked.wait(60)
        running.send_signal(signal.SIGINT)
        try:
            out, err = running.communicate(timeout=10)
        finally:
            running.kill()
    assert (running.returncode, out) == (130, "")
    assert err == "Interrupted: what was saved before is untouched.\n"
    assert (tmp_path / "data" / "worksheet.yaml").read_text() == before


def on_a_terminal(command, cwd):
    """What a command writes to its stderr where that is a terminal, and its stdout, which is a pipe."""
    mine, its = pty.openpty()
    with subprocess.Popen(
        command, cwd=cwd, stdout=subprocess.PIPE, stderr=its, stdin=subprocess.DEVNULL,
        env={**os.environ, "TERM": "xterm", "COLUMNS": "120"},
    ) as running:  # fmt: skip
        os.close(its)
        seen = b""
        while True:
            try:
                part = os.read(mine, 65536)
            except OSError:  # Linux says so when the other end is closed
                break
            if not part:
                break
            seen += part
        out = running.stdout.read()
    os.close(mine)
    return running.returncode, seen.decode(), out.decode()


def test_progress_is_shown_on_a_terminal_and_the_output_stays_clean(tmp_path):
    write_settings(tmp_path)
    status, seen, out = on_a_terminal([*PROGRAM, "pull", "CUSTOMER"], tmp_path)
    assert status == 0
    counts = [int(number) for number in re.findall(r"(\d+) pages, \d+ records, now", seen)]
    assert counts
    assert counts == sorted(counts)
    assert out == run("pull", "CUSTOMER", "-s", tmp_path / "data" / "discovery.toml").out


@pytest.mark.parametrize("force", [{}, {"FORCE_COLOR": "1"}])
def test_progress_is_silent_in_a_pipe(tmp_path, monkeypatch, force):
    for name, value in force.items():
        monkeypatch.setenv(name, value)
    write_settings(tmp_path)
    done = run_program("pull", "CUSTOMER", cwd=tmp_path)
    assert (done.status, done.err) == (0, "")
    assert "\x1b" not in done.out
