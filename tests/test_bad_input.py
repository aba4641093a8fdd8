"""Whatever is wrong, a person reads one sentence: what, where, what next; and nothing saved before is lost."""

from __future__ import annotations

import errno
import os
import resource
import shutil
import socket

import nbformat
import pytest
from workspaces import (
    changed_connector,
    run,
    run_program,
    server,
    snapshot,
    write_settings,
    write_shop,
)


@pytest.fixture(scope="module")
def finished(tmp_path_factory):
    """A workspace in which everything went well once."""
    folder = tmp_path_factory.mktemp("finished")
    done = run("discover", "-s", write_settings(folder))
    assert (done.status, done.err) == (0, "")
    return folder


@pytest.fixture
def workspace(finished, tmp_path):
    folder = tmp_path / "workspace"
    shutil.copytree(finished, folder)
    return folder


def discover(workspace):
    return run("discover", "-s", workspace / "data" / "discovery.toml")


def refused(done, status, *said):
    """One sentence on stderr that says all of `said`, and nothing else anywhere."""
    assert done.status == status, (done.out, done.err)
    assert done.out == ""
    assert done.err.startswith("Error: ")
    assert done.err.count("\n") == 1
    assert done.err.endswith((".\n", "`.\n"))
    assert "Traceback" not in done.err
    assert "fault of the kit" not in done.err
    for each in said:
        assert each in done.err
    return done


def untouched(workspace, before, *but):
    after = snapshot(workspace)
    assert {name: after.get(name) for name in before if name not in but} == {
        name: content for name, content in before.items() if name not in but
    }
    assert not [name for name in after if name.endswith(".tmp")]


def closed_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def spoil(workspace, old, new):
    settings = workspace / "data" / "discovery.toml"
    text = settings.read_text()
    assert old in text
    settings.write_text(text.replace(old, new, 1))


def test_a_wrong_token(workspace):
    changed_connector(workspace, "bigcommerce", 'token = "sandbox-store-token"', 'token = "wr0ng-token"')
    spoil(workspace, '"bigcommerce"', '"bigcommerce.toml"')
    before = snapshot(workspace)
    done = refused(discover(workspace), 1, "401", "BIGCOMMERCE_TOKEN", "GET http", "check the credentials")
    assert "wr0ng-token" not in done.err
    untouched(workspace, before)


def test_a_wrong_password(workspace):
    changed_connector(workspace, "ipaas", 'password = "sandbox-password"', 'password = "wr0ng-password"')
    spoil(workspace, '"ipaas"', '"ipaas.toml"')
    before = snapshot(workspace)
    done = refused(discover(workspace), 1, "refused the log-in", "/sso/v2/Auth/Login", "IPAAS_PASSWORD")
    assert "wr0ng-password" not in done.err
    untouched(workspace, before)


def test_no_token_at_all(workspace):
    spoil(workspace, '"bigcommerce"', '"bigcommerce"\nenvironment = "production"')
    before = snapshot(workspace)
    refused(discover(workspace), 2, "No store hash", ".env", "set BIGCOMMERCE_STORE_HASH in the environment")
    untouched(workspace, before)


def test_an_unreachable_host(workspace):
    port = closed_port()
    write_shop(workspace, port)
    before = snapshot(workspace)
    refused(discover(workspace), 1, "cannot be reached", f"http://127.0.0.1:{port}/orders", "check the base URL")
    untouched(workspace, before)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("title =", "titel =", ("Unknown key 'titel'", "discovery.toml", "did you mean 'title'?")),
        ("[sample]\npages", "[sample]\npagse", ("Unknown key 'pagse'", "[sample]", "did you mean 'pages'?")),
        (
            'third_party = "locations"',
            'thirdparty = "locations"',
            ("Unknown key 'thirdparty'", "[[collections]] number 2", "did you mean 'third_party'?"),
        ),
        ('third_party = "locations"', "", ("`third_party` is missing", "[[collections]] number 2", "add it")),
        ("pages = 2", "pages = 0", ("`sample.pages` is wrong", "not 0", "discovery.toml")),
        (
            'ipaas = "CUSTOMER"',
            'ipaas = "CUSTMER"',
            ("Unknown iPaaS.com collection 'CUSTMER'", "discovery.toml", "did you mean 'CUSTOMER'?"),
        ),
        (
            'third_party = "customers"',
            'third_party = "custmers"',
            ("Unknown third-party collection 'custmers'", "discovery.toml", "did you mean 'customers'?"),
        ),
        (
            'connector = "ipaas"',
            'connector = "ipaas"\nenvironment = "stagin"',
            ("Unknown environment 'stagin'", "connector ipaas", "did you mean 'staging'?"),
        ),
        ('"bigcommerce"', '"bigcomerce"', ("Unknown connector 'bigcomerce'", "did you mean 'bigcommerce'?")),
        ('"bigcommerce"', '"shop.toml"', ("There is no such file", "shop.toml", "check the path")),
        ("[sample]", "[sample", ("not valid TOML", "line", "discovery.toml", "correct that line")),
        ('title = "Test"', "title = 7", ("`title` is wrong", "not 7", "correct it there")),
    ],
)
def test_a_slip_in_the_settings(workspace, old, new, said):
    spoil(workspace, old, new)
    before = snapshot(workspace)
    refused(discover(workspace), 2, *said)
    untouched(workspace, before)


def test_missing_settings(workspace):
    (workspace / "data" / "discovery.toml").unlink()
    before = snapshot(workspace)
    refused(discover(workspace), 2, "There is no such file", "discovery.toml", "`ipaas-discovery new FOLDER` makes one")
    untouched(workspace, before)


@pytest.mark.parametrize(("content", "said"), [(b"\xff\xfe\x00t", "not text in UTF-8"), (None, "Is a directory")])
def test_settings_that_are_no_text(workspace, content, said):
    settings = workspace / "data" / "discovery.toml"
    settings.unlink()
    settings.mkdir() if content is None else settings.write_bytes(content)
    refused(discover(workspace), 2, said, "discovery.toml")


def test_settings_saved_with_a_byte_order_mark_are_read(workspace):
    settings = workspace / "data" / "discovery.toml"
    settings.write_bytes(b"\xef\xbb\xbf" + settings.read_bytes().replace(b"\n", b"\r\n"))
    assert run("worksheet", "-s", settings).status == 0


@pytest.mark.parametrize(
    ("status", "kind", "body", "said"),
    [
        (
            200,
            "text/html",
            "<!DOCTYPE html><title>Log in</title>",
            ("answered HTML", "looks like a web page"),
        ),
        (500, "application/json", {"error": "boom"}, ("500", "boom", "try again later")),
        (404, "application/json", {"error": "no"}, ("404", "check the path in the connector")),
        (200, "application/json", {"items": [{"id": 1}]}, ("No list of records", "set `records`", "`items` (1)")),
        (200, "application/json", '[{"id": 1', ("breaks off after", "ask for smaller pages")),
    ],
)
def test_an_api_that_answers_something_else(workspace, status, kind, body, said):
    with server(status, kind, body) as port:
        write_shop(workspace, port)
        before = snapshot(workspace)
        refused(discover(workspace), 1, f"http://127.0.0.1:{port}/orders", *said)
    untouched(workspace, before)


def test_one_collection_that_fails_is_said_and_the_others_are_compared(workspace):
    spoil(workspace, '"bigcommerce"', '"bigcommerce.toml"')
    changed_connector(workspace, "bigcommerce", 'list = "/v3/inventory/locations"', 'list = "/v3/nowhere"')
    done = discover(workspace)
    assert done.status == 1
    assert done.err.startswith("Warning: The system answered 404")
    assert done.err.count("\n") == 1
    assert "customers" in done.out
    assert "Not read: The system answered 404" in (workspace / "data" / "out" / "worksheet.md").read_text()


def test_an_empty_collection_is_no_error_and_its_verdict_is_unknown(tmp_path):
    with server(200, "application/json", []) as port:
        done = discover_in(tmp_path, port)
    assert (done.status, done.err) == (0, "")
    row = next(line for line in done.out.splitlines() if line.startswith("│ TRANSACTION"))
    assert "? add" in row
    out = tmp_path / "data" / "out"
    for name in ("worksheet.md", "report.html"):
        assert "the collection is empty" in (out / name).read_text()


def discover_in(folder, port):
    return run("discover", "-s", write_shop(folder, port))


def test_no_collections_at_all(workspace):
    write_settings(workspace, {})
    (workspace / "data" / "worksheet.yaml").unlink()  # which would pair them
    done = discover(workspace)
    assert done.status == 0
    assert "Proposed by their names alone" in " ".join((done.out + done.err).split())


FULL = OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


@pytest.mark.parametrize("last", [0, 2, 5])
def test_a_full_disk_while_saving_leaves_every_file_whole(workspace, monkeypatch, last):
    """The disk fills up at the file number `last`: that one and all later ones stay as they were."""
    (workspace / "data" / "worksheet.yaml").write_bytes(
        (workspace / "data" / "worksheet.yaml").read_bytes().replace(b"title: Test", b"title: Old")
    )
    spoil(workspace, "pages = 2", "pages = 3")  # other evidence, so that every file would change
    before, real, done = snapshot(workspace), os.replace, []

    def replace(source, target):
        if len(done) >= last:
            raise FULL
        done.append(os.path.relpath(target, workspace))
        real(source, target)

    monkeypatch.setattr("ipaas_discovery.atomic.os.replace", replace)
    refused(discover(workspace), 1, "No space left on device", "the file there is untouched", "free space")
    assert len(done) == last
    untouched(workspace, before, *done)


def test_a_disk_that_takes_no_more_bytes(workspace):
    """The real thing: the system refuses to write files of more than a few kilobytes."""
    spoil(workspace, "pages = 2", "pages = 3")
    before = snapshot(workspace)
    limit = lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))  # noqa: E731  runs in the child
    refused(run_program("discover", cwd=workspace, preexec_fn=limit), 1, "File too large", "data/evidence/")
    untouched(workspace, before)


def test_a_folder_that_may_not_be_written_to(workspace):
    before = snapshot(workspace)
    out = workspace / "data" / "out"
    out.chmod(0o555)
    # Root writes everywhere unless its privileges are taken away.
    prefix = ("setpriv", "--bounding-set=-all", "--inh-caps=-all") if os.geteuid() == 0 else ()
    try:
        done = run_program("discover", cwd=workspace, prefix=prefix)
    finally:
        out.chmod(0o755)
    refused(done, 1, "Permission denied", "data/out/worksheet.yaml", "the file there is untouched")
    untouched(workspace, before)


def test_a_place_for_results_that_is_a_file(workspace, tmp_path):
    (tmp_path / "out").write_text("mine")
    before = snapshot(workspace)
    settings = workspace / "data" / "discovery.toml"
    refused(
        run("discover", "-s", settings, "--out", tmp_path / "out"), 1, "Cannot make the folder", str(tmp_path / "out")
    )
    assert (tmp_path / "out").read_text() == "mine"
    untouched(workspace, before)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("title: Test\nentries: [\n", ("This is not YAML", "line 3")),
        ("format: 1\ntitle: Test\nentries:\n- colection: CUSTOMER\n", ("line 4", "colection")),
        ("<<<<<<< ours\ntitle: a\n", ("conflict markers", "line 1")),
        ("\x00\x01", ("This is not YAML",)),
    ],
)
def test_a_broken_worksheet_is_named_with_its_line_and_kept(workspace, content, said):
    path = workspace / "data" / "worksheet.yaml"
    path.write_text(content)
    before = snapshot(workspace)
    refused(discover(workspace), 1, "worksheet.yaml", *said)
    untouched(workspace, before)
    assert snapshot(workspace) == before


def test_a_notebook_that_fails(workspace):
    folder = workspace / "notebooks"
    folder.mkdir()
    cell = nbformat.v4.new_code_cell("int('no number')", id="a")
    nbformat.write(nbformat.v4.new_notebook(cells=[cell]), folder / "own.ipynb")
    kept = workspace / "data" / "out" / "notebooks" / "own.html"
    kept.parent.mkdir(exist_ok=True)
    kept.write_text("of last week")
    done = discover(workspace)
    assert done.status == 1
    assert "CUSTOMER" in done.out  # what was found is shown all the same
    assert done.err.startswith("Warning: A cell failed: ValueError")
    assert done.err.endswith("(own.ipynb): open the notebook and run it.\n")
    assert "Traceback" not in done.err
    assert kept.read_text() == "of last week"


def test_a_notebook_that_is_none(workspace):
    (workspace / "notebooks").mkdir()
    (workspace / "notebooks" / "own.ipynb").write_text("not JSON")
    done = discover(workspace)
    assert (done.status, done.err.count("\n")) == (1, 1)
    assert "This is no notebook" in done.err
    assert "own.ipynb" in done.err


def test_a_missing_folder_of_notebooks(workspace, tmp_path):
    settings = workspace / "data" / "discovery.toml"
    done = run("discover", "-s", settings, "--notebooks", tmp_path / "nowhere")
    refused(done, 2, "no such folder", "nowhere", "check --notebooks")
