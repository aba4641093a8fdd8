"""The worksheet's options for whoever builds: the skeleton, and what the platform holds already."""

import shutil
from pathlib import Path

import pytest
from workspaces import run

DATA = Path(__file__).parents[2] / "data"


@pytest.fixture
def settings(tmp_path):
    for name in ("discovery.toml", "worksheet.yaml"):
        shutil.copy(DATA / name, tmp_path)
    return tmp_path / "discovery.toml"


def test_the_skeleton_is_written_into_a_folder(settings, tmp_path):
    done = run("worksheet", "--skeleton", tmp_path / "build", "-s", settings)
    assert (done.status, done.err) == (0, "")
    files = sorted(path.name for path in (tmp_path / "build").rglob("*.cs"))
    assert files == ["ConversionFunctions.cs", "CustomersModel.cs", "MetaData.cs", "OrderTransactionsModel.cs",
                     "OrdersModel.cs", "ProductsModel.cs"]  # fmt: skip
    every = [path for path in (tmp_path / "build").rglob("*") if path.is_file()]
    assert f"Wrote {len(every)} files to {tmp_path / 'build'}; " in done.out
    assert "marks of what is left to do" in done.out
    (tmp_path / "build" / "TODO.md").write_text("mine")
    again = run("worksheet", "--skeleton", tmp_path / "build", "-s", settings)
    assert again.status == 1
    assert "These files are there with another text" in again.err


def test_delivered_against_ordered_is_shown_and_a_difference_is_status_1(settings):
    done = run("worksheet", "--delivered", "-s", settings)
    assert done.status == 1
    assert done.out.startswith("6 ordered flows and 6 mapping collections of Sandbox store: 6 differences\n")
    assert "filter 1==0" in done.out


def test_a_subscription_that_does_not_exist_is_told(settings):
    text = settings.read_text().replace('connector = "ipaas"', 'connector = "ipaas"\nsubscription = "Shop"')
    settings.write_text(text)
    done = run("worksheet", "--delivered", "-s", settings)
    assert done.status == 1
    assert "No single subscription is called 'Shop'; there are Sandbox store (5001), Sandbox ledger (5002)" in done.out
