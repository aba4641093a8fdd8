"""Earlier pulls can be reached and compared: of live systems by their stores, of the sandbox by its days."""

from __future__ import annotations

import json
import shutil

import pytest
from workspaces import run, write_live, write_settings

from ipaas_discovery import Discovery
from ipaas_discovery.errors import ConfigurationError, UnknownNameError
from ipaas_discovery.sandbox.platform_app import COMPANY, EMAIL, PASSWORD
from ipaas_discovery.sandbox.serve import serve
from ipaas_discovery.sandbox.store_app import TOKEN

BEFORE, NOW = "2026-10-26", "2026-11-02"
PAIRS = {"CUSTOMER": "customers", "LOCATION": "locations"}
SECRETS = {
    "BIGCOMMERCE_TOKEN": TOKEN, "IPAAS_EMAIL": EMAIL, "IPAAS_PASSWORD": PASSWORD, "IPAAS_COMPANY": COMPANY,
    "IPAAS_DISCOVERY_KEY": "a key for tests",
}  # fmt: skip


@pytest.fixture(scope="module")
def two_days(tmp_path_factory):
    """A workspace of live systems that were pulled on two days and are gone."""
    folder = tmp_path_factory.mktemp("live")
    with pytest.MonkeyPatch.context() as patch:
        for name, value in SECRETS.items():
            patch.setenv(name, value)
        for day in (BEFORE, NOW):
            with serve(day=day) as addresses:
                settings = write_live(folder, PAIRS, addresses.ipaas, addresses.store)
                assert run("pull", "--refresh", "-s", settings).status == 0
    return settings


def total(discovery):
    with discovery:
        return discovery.samples("Customers")[1].total


def test_each_stored_day_of_live_systems_can_be_opened(two_days):
    with Discovery.open(two_days) as discovery:
        assert (discovery.days, discovery.day) == ((BEFORE, NOW), NOW)
    assert total(Discovery.open(two_days)) == total(Discovery.open(two_days, day=NOW)) == 300
    assert total(Discovery.open(two_days, day=BEFORE)) == 291


def test_changes_of_live_systems_are_those_of_the_sandbox(two_days, tmp_path):
    with Discovery.open(two_days) as live, Discovery.open(write_settings(tmp_path)) as sandbox:
        ours, theirs = live.changes(), sandbox.changes()
    assert (ours.since, ours.until) == (BEFORE, NOW)
    changed = {(row.collection, row.direction, row.field, row.change) for row in ours.rows if row.field}
    assert ("CUSTOMER", "To iPaaS.com", "loyalty_tier", "removed") in changed
    assert ("LOCATION", "From iPaaS.com", "address", "required added") in changed
    assert changed == {(row.collection, row.direction, row.field, row.change) for row in theirs.rows if row.field}


def test_the_settings_may_name_the_day(tmp_path):
    settings = write_settings(tmp_path)
    text = settings.read_text(encoding="utf-8")
    for written in (BEFORE, f'"{BEFORE}"'):
        settings.write_text(f"day = {written}\n{text}", encoding="utf-8")
        with Discovery.open(settings) as discovery:
            assert discovery.day == BEFORE
            assert discovery.pull().as_of == BEFORE
        with Discovery.open(settings, day=NOW) as discovery:
            assert discovery.pull().as_of == NOW


def test_an_unknown_day_is_answered_with_those_there_are(two_days, tmp_path):
    for settings in (two_days, write_settings(tmp_path)):
        with pytest.raises(UnknownNameError, match=f"{BEFORE}, {NOW}"):
            Discovery.open(settings, day="2026-10-27")


def test_a_day_that_is_over_cannot_be_asked_again(two_days):
    with pytest.raises(ConfigurationError, match="cannot be asked again"):
        Discovery.open(two_days, day=BEFORE, refresh=True)


def test_the_first_pull_has_nothing_to_be_compared_with(two_days):
    with Discovery.open(two_days, day=BEFORE) as discovery, pytest.raises(ConfigurationError) as error:
        discovery.changes()
    assert f"There is no earlier pull: the only pull is of {BEFORE}" in str(error.value)
    assert "pull --refresh" in str(error.value)


def test_another_discovery_can_be_compared_with(tmp_path):
    settings = write_settings(tmp_path)
    with Discovery.open(settings, day=BEFORE) as earlier, Discovery.open(settings) as now:
        assert now.changes(earlier).rows == now.changes().rows == now.changes(BEFORE).rows
        assert earlier.changes(now).since == NOW
        assert earlier.samples("LOCATION"), "it is still open"


def test_an_interrupted_pull_is_no_day(two_days, tmp_path):
    shutil.copytree(two_days.parent.parent, tmp_path / "copy")
    settings = tmp_path / "copy" / "data" / "discovery.toml"
    for store in (settings.parent / "store").glob("*-live"):
        shutil.copytree(store / BEFORE, store / "2026-10-30")
        (store / "2026-10-30" / "complete").unlink()
    with Discovery.open(settings) as discovery:
        assert discovery.days == (BEFORE, NOW)


def test_a_day_of_one_system_shows_the_others_latest_before_it(two_days, tmp_path):
    shutil.copytree(two_days.parent.parent, tmp_path / "copy")
    settings = tmp_path / "copy" / "data" / "discovery.toml"
    store = settings.parent / "store" / "bigcommerce-live"
    shutil.copytree(store / BEFORE, store / f"{NOW}.2")
    shutil.copytree(store / BEFORE, store / "2026-10-01")
    with Discovery.open(settings) as discovery:
        assert discovery.days == (BEFORE, NOW, f"{NOW}.2"), "2026-10-01 has no pull of iPaaS.com"
    assert total(Discovery.open(settings, day=f"{NOW}.2")) == 291


def test_what_the_worksheet_accepts_is_shown_as_accepted(tmp_path):
    settings = write_settings(tmp_path)
    with Discovery.open(settings) as discovery:
        worksheet = discovery.worksheet
        worksheet.accept_change(
            "Customers", "to", "removed", "loyalty_tier", until="2026-12-31", why="nobody used it", by="Ann"
        )
        worksheet.save()
    done = run("changes", "Customers", "-s", settings)
    assert done.status == 1
    assert "accepted  To iPaaS.com: loyalty_tier" in done.out
    assert "accepted until 2026-12-31 by Ann: nobody used it" in done.out
    assert "breaking  From iPaaS.com: first_name" in done.out


def test_the_status_follows_the_severity(tmp_path):
    settings = write_settings(tmp_path)
    for words, status in (([], 1), (["--fail-on", "never"], 0), (["Customers", "--fail-on", "risky"], 1)):
        assert run("changes", *words, "-s", settings).status == status
    with Discovery.open(settings) as discovery:
        worksheet = discovery.worksheet
        worksheet.accept_change("Customers", "to", "removed", by="Ann")
        worksheet.accept_change("Customers", "from", "required added", "first_name", by="Ann")
        worksheet.save()
    assert run("changes", "Customers", "-s", settings).status == 0


def test_harmless_changes_are_counted_or_shown(tmp_path):
    settings = write_settings(tmp_path)
    short, whole = (run("changes", "LOCATION", *more, "-s", settings).out for more in ([], ["--all"]))
    assert "harmless" in short.splitlines()[0] or "harmless" not in short
    assert len(whole.splitlines()) >= len(short.splitlines())
    assert short.startswith(f"Between {BEFORE} and {NOW}: ")


def test_changes_are_json_with_format_and_version(tmp_path):
    done = run("changes", "LOCATION", "--json", "-s", write_settings(tmp_path))
    data = json.loads(done.out)
    assert (data["format"], data["version"], data["since"]) == ("changes", 1, BEFORE)
    assert {row["collection"] for row in data["rows"]} == {"LOCATION"}


def test_exports_compare_with_the_day_of_the_sign_off_else_with_the_day_before(two_days, tmp_path):
    shutil.copytree(two_days.parent.parent, tmp_path / "copy")
    settings = tmp_path / "copy" / "data" / "discovery.toml"
    for store in (settings.parent / "store").glob("*-live"):
        shutil.copytree(store / NOW, store / f"{NOW}.2")
    with Discovery.open(settings) as discovery:
        worksheet = discovery.worksheet
        assert worksheet.changes().summary == f"Nothing changed between {NOW} and {NOW}.2."
        worksheet.sign("approved", "C. Customer", on="2026-11-01")
        since = worksheet.changes()
        assert (since.since, since.until, bool(since.rows)) == (BEFORE, f"{NOW}.2", True)
        worksheet.sign("approved", "C. Customer", on=BEFORE)
        assert worksheet.changes().since == BEFORE
        worksheet.sign("approved", "C. Customer", on="2026-10-25")
        assert worksheet.changes().since == NOW, "nothing was pulled by then"


def test_the_first_days_exports_say_that_it_is_the_only_one(two_days):
    with Discovery.open(two_days, day=BEFORE) as discovery:
        changes = discovery.worksheet.changes()
    assert changes.summary == f"There is no earlier pull to compare with: the only one is of {BEFORE}."


def test_an_earlier_pull_that_cannot_be_read_is_said_and_loses_no_export(two_days, tmp_path):
    shutil.copytree(two_days.parent.parent, tmp_path / "copy")
    settings = tmp_path / "copy" / "data" / "discovery.toml"
    for index in (settings.parent / "store").glob(f"*-live/{BEFORE}/index.jsonl"):
        index.write_text("torn", encoding="utf-8")
    with Discovery.open(settings) as discovery:
        summary = discovery.worksheet.changes().summary
    assert summary.startswith("The earlier pull cannot be compared with: ")


FILES = 'title = "Desk"\nversion = "1"\n\n[collections.people]\nfile = "people.csv"\nid = "no"\n'
PEOPLE = ["no,email,first,last,limit", *(f"{at},p{at}@a.test,Ada,Byron,{at}" for at in range(1, 9))]


def write_files(folder, rows):
    """A workspace whose third party is a file of people."""
    settings = write_settings(folder, {"CUSTOMER": "people"}, third_party="desk.toml")
    (settings.parent / "desk.toml").write_text(FILES, encoding="utf-8")
    (settings.parent / "people.csv").write_text("\n".join(rows), encoding="utf-8")
    return settings


def test_of_files_no_pull_is_stored_and_a_copy_of_the_folder_is_compared_with(tmp_path):
    before = write_files(tmp_path / "before", PEOPLE)
    after = [row.rpartition(",")[0].replace("p2@a.test", "") for row in PEOPLE]
    now = write_files(tmp_path / "now", [f"{row},{'level' if not at else 3}" for at, row in enumerate(after)])
    told = run("changes", "-s", now)
    assert told.status == 2
    assert "records of files and of the embedded sandbox are read anew each time, and not stored" in told.err
    with Discovery.open(now) as discovery, Discovery.open(before) as copy:
        rows = discovery.changes(copy).rows
    changed = {(row.direction, row.field, row.change) for row in rows if row.aspect == "schema"}
    assert changed == {
        ("To iPaaS.com", "email", "no longer always there"),
        ("To iPaaS.com", "limit", "removed"),
        ("To iPaaS.com", "level", "added"),
    }
    assert ("email_address", "new finding") in {(row.field, row.change) for row in rows if row.aspect == "verdict"}
