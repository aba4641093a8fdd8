"""A whole run against a shop that tells everything: no file, no log and no output holds a person or a secret of it."""

from __future__ import annotations

import json
import logging
from urllib.parse import quote, quote_plus

import nbformat
import pytest
from talkative_shop import ISSUED, PASSWORD, PEOPLE, PERSONAL, TOKEN, talkative
from test_secrets import readable
from workspaces import run, snapshot, write_settings

CONNECTOR = """
title = "Talkative"
default_environment = "local"
records = "data"
[environments.local]
base_url = "http://127.0.0.1:{port}"
[auth]
{auth}
[paging]
kind = "next"
total = "total"
[limits]
retries = 0
[collections.customers]
list = "/customers"
detail = "/customers/{{id}}"
[collections.leads]
list = "/leads"
id = "email"
[collections.visits]
list = "/leads/{{email}}/visits"
parent = "leads"
[collections.broken]
list = "/broken"
[collections.secret]
list = "/secret"
"""
WAYS = {
    "query": ('kind = "query"\nparameters = { api_key = "{token}" }', (TOKEN,)),
    "header": ('kind = "headers"\nheaders = { X-Token = "{token}" }', (TOKEN,)),
    "log-in": (
        'kind = "log-in"\npath = "/login"\nheader = "X-Token"\nsent = "{token}"\nbody = { password = "{password}" }',
        (ISSUED, PASSWORD),
    ),
}
PAIRS = {"CUSTOMER": "customers", "CUSTOMER_COMPANY": "leads", "CUSTOMER_CATEGORY": "visits", "TRANSACTION": "broken",
         "PRODUCT": "secret"}  # fmt: skip
CELL = """
import json
from ipaas_discovery import Discovery, observe
discovery = Discovery.open(SETTINGS).pull()
for collection in ("Customers", "CUSTOMER_COMPANY", "CUSTOMER_CATEGORY"):
    ours, theirs = discovery.samples(collection)
    display(theirs, theirs.frame(), observe(theirs).frame(), json.dumps(theirs.records, default=str))
display(discovery, discovery.problems, discovery.compare("Customers"), discovery.third_party.client)
"""


@pytest.fixture(params=WAYS)
def shop(request, tmp_path, monkeypatch):
    """A workspace for the shop under one way to authenticate; gives its settings and what the shop was asked."""
    auth, secrets = WAYS[request.param]
    for name, value in {"TALKATIVE_TOKEN": TOKEN, "TALKATIVE_PASSWORD": PASSWORD}.items():
        monkeypatch.setenv(name, value)
    with talkative(*secrets) as (port, asked):
        settings = write_settings(tmp_path, PAIRS, third_party="talkative.toml")
        settings.write_text(settings.read_text().replace("pages = 2", "pages = 9"))
        (settings.parent / "talkative.toml").write_text(CONNECTOR.format(port=port, auth=auth))
        (tmp_path / "notebooks").mkdir()
        cells = [
            nbformat.v4.new_code_cell('SETTINGS = "../data/discovery.toml"', metadata={"tags": ["parameters"]}, id="a"),
            nbformat.v4.new_code_cell(CELL, id="b"),
        ]
        if request.param == "query":  # a kernel takes its time
            nbformat.write(nbformat.v4.new_notebook(cells=cells), tmp_path / "notebooks" / "all.ipynb")
        yield settings, asked


def spellings(value):
    """A value as addresses and JSON may write it."""
    return {value, quote(value), quote(value, safe=""), quote_plus(value), json.dumps(value)[1:-1]}


def assert_nothing(texts):
    wanted = {spelling: value for value in PERSONAL | {TOKEN, PASSWORD, ISSUED} for spelling in spellings(value)}
    for name, text in texts.items():
        found = sorted({value for spelling, value in wanted.items() if spelling in text})
        assert not found, (name, found[:5], text[max(0, text.find(found[0]) - 80) :][:200])


def test_nothing_of_a_person_and_no_secret_is_anywhere_after_a_whole_run(shop, caplog):
    settings, asked = shop
    caplog.set_level(logging.DEBUG)
    folder = settings.parent.parent
    done = [
        run(*words, "-s", settings)
        for words in (["discover"], ["pull", "Customers"], ["pull", "--refresh"], ["compare", "Customers"],
                      ["probe", "third-party", "customers"], ["probe", "third-party", "secret"],
                      ["worksheet", "--export", folder / "w.xlsx"], ["worksheet"])
    ]  # fmt: skip
    texts = {name: readable(name, content).decode(errors="replace") for name, content in snapshot(folder).items()}
    assert "malformed at byte" in done[0].err
    assert "403" in done[0].err
    assert texts["data/out/worksheet.md"].count("Not read") >= 2
    stored = "".join(text for name, text in texts.items() if "/store/" in name)
    assert stored.count('"date_of_birth"') >= 12  # the records are there
    assert '"v-' in stored  # and the children, asked for by a parent's real address:
    assert any(f"/leads/{PEOPLE[11]['email']}/visits" in path for path in asked)
    assert any(f"last_seen_email={PEOPLE[0]['email']}" in path for path in asked)
    assert_nothing(texts | {"printed": "".join(each.out + each.err for each in done), "logged": caplog.text})


@pytest.mark.parametrize("shop", ["query"], indirect=True)
def test_pseudonyms_join_and_keep_their_form(shop):
    from ipaas_discovery import Discovery  # noqa: PLC0415

    settings, _ = shop
    with Discovery.open(settings) as discovery:
        people = discovery.samples("Customers")[1].records
        leads, visits = (discovery.samples(name)[1] for name in ("CUSTOMER_COMPANY", "CUSTOMER_CATEGORY"))
    assert {each["email"] for each in people} == {each["email"] for each in leads.records}
    assert set(visits.parents) == {each["email"] for each in leads.records}
    for record, person in zip(people, PEOPLE, strict=True):
        assert record["notes"].startswith(f"Write to {record['email']} or ring {record['mobilePhone']}; paid with ")
        assert (
            json.loads(record["raw"])["customer"]["last_name"] == record["last_name"] == record["meta_data"][0]["value"]
        )
        assert list(record["points"]) == [record["email"]]
        assert len(record["email"]) == len(person["email"])
        assert [each.isdigit() for each in record["mobilePhone"]] == [each.isdigit() for each in person["phone"]]
        assert (record["status"], record["meta_data"][1]["value"]) == (record["status"], "blue")
