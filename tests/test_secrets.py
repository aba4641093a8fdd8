"""No secret is printed, logged, saved or shown, whatever goes well or wrong."""

from __future__ import annotations

import gzip
import io
import json
import logging
import re
import traceback
import zipfile
from pathlib import Path

import nbformat
import pytest
from workspaces import CATALOG, run, snapshot, write_live

from ipaas_discovery import Discovery, connect
from ipaas_discovery.errors import DiscoveryError
from ipaas_discovery.sandbox.platform_api.platform_tokens import Tokens
from ipaas_discovery.sandbox.platform_app import COMPANY, PASSWORD
from ipaas_discovery.sandbox.serve import serve

REPOSITORY = Path(__file__).parent.parent
NOTEBOOKS = sorted((REPOSITORY / "notebooks").glob("*.ipynb"))
KEY = "fake-key-0f-the-pseud0nyms"
SECRETS = {
    "BIGCOMMERCE_TOKEN": "fake-t0ken-0f-the-st0re",
    "IPAAS_EMAIL": "secret.analyst@example.test",
    "IPAAS_PASSWORD": "fake-passw0rd-0f-the-platf0rm",
}
"""Plainly fake, and spelt so that they can come from nowhere else."""


@pytest.fixture(scope="module")
def issued():
    """Every token the sandbox platform issued."""
    return set()


@pytest.fixture
def live(tmp_path, monkeypatch, issued):
    """A workspace whose two systems are servers that want exactly these secrets, from the environment."""
    monkeypatch.setattr("ipaas_discovery.sandbox.store_app.TOKEN", SECRETS["BIGCOMMERCE_TOKEN"])
    monkeypatch.setattr("ipaas_discovery.sandbox.platform_api.platform_login.EMAIL", SECRETS["IPAAS_EMAIL"])
    monkeypatch.setattr("ipaas_discovery.sandbox.platform_api.platform_login.PASSWORD", SECRETS["IPAAS_PASSWORD"])
    issue = Tokens.issue

    def remembered(self, *args):
        grant = issue(self, *args)
        issued.update((grant.access_token, grant.refresh_token))
        return grant

    monkeypatch.setattr(Tokens, "issue", remembered)
    for name, value in {**SECRETS, "IPAAS_COMPANY": COMPANY, "IPAAS_DISCOVERY_KEY": KEY}.items():
        monkeypatch.setenv(name, value)
    with serve() as addresses:
        pairs = {"CUSTOMER": "customers", "TRANSACTION": "orders"}
        yield write_live(tmp_path, pairs, addresses.ipaas, addresses.store)


def readable(name, content):
    """The bytes of a file, those inside a workbook among them."""
    if name.endswith(".gz"):
        return gzip.decompress(content)
    if not name.endswith(".xlsx"):
        return content
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        return b"".join(book.read(each) for each in book.namelist())


def assert_clean(text, issued, where):
    for secret in {*SECRETS.values(), KEY, *issued}:
        assert secret not in text, f"a secret in {where}"


def test_a_whole_run_leaves_no_secret_anywhere(live, tmp_path, caplog, issued):
    caplog.set_level(logging.DEBUG)
    (tmp_path / "notebooks").mkdir()
    cells = [
        nbformat.v4.new_code_cell('SETTINGS = "../data/discovery.toml"', metadata={"tags": ["parameters"]}, id="a"),
        nbformat.v4.new_code_cell(
            "from ipaas_discovery import Discovery\n"
            "discovery = Discovery.open(SETTINGS).pull()\n"
            "display(discovery, discovery.ipaas, discovery.ipaas.client, discovery.third_party.client._credentials)\n"
            "display(vars(discovery.third_party), discovery.samples('Customers')[1], discovery.worksheet)",
            id="b",
        ),
    ]
    nbformat.write(nbformat.v4.new_notebook(cells=cells), tmp_path / "notebooks" / "all.ipynb")
    done = run("discover", "-s", live)
    assert (done.status, done.err) == (0, "")
    assert len(issued) >= 3
    files = snapshot(tmp_path)
    assert any(name.startswith("data/store/") and name.endswith(".json.gz") for name in files)
    assert {"data/out/report.html", "data/out/notebooks/all.ipynb", "data/out/worksheet.xlsx"} <= set(files)
    for name, content in files.items():
        assert_clean(readable(name, content).decode(errors="replace"), issued, name)
    assert_clean(done.out + done.err + caplog.text, issued, "what was printed or logged")


@pytest.mark.parametrize("name", ["BIGCOMMERCE_TOKEN", "IPAAS_PASSWORD"])
def test_a_secret_that_is_wrong_is_not_repeated(live, monkeypatch, caplog, issued, name):
    caplog.set_level(logging.DEBUG)
    monkeypatch.setenv(name, "fake-but-wr0ng-secret")
    done = run("discover", "-s", live)
    assert done.status == 1
    assert name in done.err
    assert "wr0ng" not in done.err + done.out + caplog.text
    assert_clean(done.err + done.out + caplog.text, issued, "the error")


def test_a_traceback_of_the_familys_errors_holds_no_secret(live, monkeypatch):
    monkeypatch.setenv("BIGCOMMERCE_TOKEN", "fake-but-wr0ng-secret")
    with Discovery.open(live) as discovery, pytest.raises(DiscoveryError) as caught:
        discovery.third_party.pull("customers")
    assert "wr0ng" not in "".join(traceback.format_exception(caught.value))


def test_nothing_that_shows_a_system_shows_its_secrets():
    with connect(
        "bigcommerce", environment="production", credentials={"token": "fake-t0ken", "store_hash": "s"}
    ) as store:
        store.client._authentication()
        texts = [repr(store), str(store), repr(store.client), repr(store.client._credentials), repr(vars(store))]
    assert not [text for text in texts if "t0ken" in text]


SECRET_LIKE = re.compile(
    r"(?i)bearer [\w.-]{8,}|x-auth-token\W+\w{8,}|password\W{1,4}\w{6,}|eyJ[\w-]{10,}\.|AKIA[0-9A-Z]{12}|-----BEGIN"
    r"|\b[0-9a-f]{40,}\b"
)
MACHINE = re.compile(r"/(?:home|Users|root|work|tmp|var|private|mnt)/[\w.-]|[A-Z]:\\\\|file:///|\b[\w.-]+\.local\b")


def texts(notebook):
    """Every text in a notebook with the cell it stands in, images and ids left out."""
    for number, cell in enumerate(notebook["cells"]):
        yield number, "".join(cell["source"])
        for output in cell.get("outputs", []):
            shown = output.get("data", {})
            text = json.dumps([value for kind, value in shown.items() if not kind.startswith("image/")])
            yield number, text.replace(r"\t", f"\n{'-' * 5}\n")  # the cells of a table are no name with its value
            yield number, "".join(output.get("text", []))


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.name)
def test_a_committed_notebook_holds_nothing_of_its_machine_and_no_secret(path):
    for number, text in texts(json.loads(path.read_text(encoding="utf-8"))):
        assert not SECRET_LIKE.search(text), f"{path.name}, cell {number}: {SECRET_LIKE.search(text)}"
        assert not MACHINE.search(text), f"{path.name}, cell {number}: {MACHINE.search(text)}"
        assert PASSWORD not in text


def test_there_are_notebooks_to_look_at():
    assert len(NOTEBOOKS) >= 4


@pytest.mark.parametrize(
    "text", ["Authorization: Bearer abcdef123456", '"X-Auth-Token": "abcdefgh1"', "password = 'hunter22'", "a" * 40]
)
def test_a_secret_would_be_seen(text):
    assert SECRET_LIKE.search(text)


@pytest.mark.parametrize("text", ["/home/ada/x", "C:\\\\Users", "file:///etc", "at /tmp/x"])
def test_a_path_of_a_machine_would_be_seen(text):
    assert MACHINE.search(text)


def test_committed_settings_hold_no_secret_but_the_sandboxs_own():
    for path in [*CATALOG.glob("*.toml"), REPOSITORY / "data" / "discovery.toml"]:
        for line in path.read_text(encoding="utf-8").splitlines():
            if re.search(r"(?i)(token|password|secret|key)\s*=\s*\"[^{\"]", line):
                assert "sandbox" in line, f"{path.name}: {line}"
