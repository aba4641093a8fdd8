"""What a probe says and proposes for every way to page under every setting, word for word."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from itertools import product

import pytest
from fakes import Fake, system
from reference_files import agrees
from samples.fakes_paging import Api, orders

from ipaas_discovery.errors import FetchError
from ipaas_discovery.samples.plan import Plan

SYSTEMS = {
    "pages from 1": Api(orders(47)),
    "pages from 0": Api(orders(47), base=0),
    "pages from 0, page -1 is the first": Api(orders(47), base=0, below="first"),
    "pages, 204 past the end": Api(orders(47), past="204", total=None),
    "pages, the last again": Api(orders(40), past="repeat", total=None),
    "pages without end": Api(orders(23), past="endless", total=None),
    "pages, refused past the end": Api(orders(20), past="error"),
    "pages, a total that lies": Api(orders(47), total=60),
    "pages of 10 at most": Api(orders(47), most=10, size="per_page"),
    "pages of one size": Api(orders(47), size=None, page="p"),
    "pages, a total in a header": Api(orders(47), total=None, headers={"X-Total-Count": "47"}),
    "pages, no place": Api(orders(47), place=""),
    "pages in another order each time": Api(orders(47), shuffled=True),
    "pages of a list that grows": Api(orders(30), grows=True),
    "offsets": Api(orders(47), style="offset", page="offset"),
    "offsets, no total": Api(orders(47), style="offset", page="skip", size="take", total=None),
    "cursors": Api(orders(47), style="cursor", page="after"),
    "cursors of another name": Api(orders(47), style="cursor", page="pageToken", size="pageSize", total=None),
    "next links": Api(orders(47), style="url"),
    "links in a header": Api(orders(47), style="url", page="link", total=None),
    "one page": Api(orders(7)),
    "one record": Api(orders(1), total=None),
    "nothing": Api([]),
    "filters": Api(orders(90), filters=("status",), since="updated_at_min", until="updated_at_max", sort=True),
}  # fmt: skip
SETTINGS = {
    "nothing set": {},
    "none": {"kind": "none"},
    "pages": {"kind": "page", "page": "page", "size": "limit", "total": "total"},
    "pages from 0": {"kind": "page", "page": "page", "first": 0},
    "offsets": {"kind": "offset", "offset": "offset", "limit": "limit", "total": "total"},
    "cursors": {"kind": "cursor", "cursor": "after", "next": "next_cursor", "size": "limit"},
    "next": {"kind": "next", "size": "limit", "total": "total"},
    "links": {"kind": "link", "size": "limit"},
}
SIGNS = {True: "+", False: "-", None: " "}


MOVING = ("pages without end", "pages in another order each time", "pages of a list that grows")
"""Lists that no settings read whole."""


def connected(api, settings, **more):
    """One system with a list of these manners, connected by these settings."""
    paging = {"paging": settings} if settings else {}
    spec = {"list": "/orders", **more}
    return system(Fake({"/orders": replace(api, queries=[])}), {"orders": spec}, records="data", **paging)


def told(api, settings):
    """The proofs, the notes and what is proposed, line by line."""
    with connected(api, settings) as there:
        try:
            report = there.probe("orders")
        except FetchError as error:
            yield f"x {error}"
            return
    yield from (f"{SIGNS[proof.holds]} {proof.claim}: {proof.evidence}" for proof in report.proofs)
    yield from (f"! {note}" for note in report.notes)
    yield from (line for proposal in report.proposals for line in proposal.diff.splitlines())


def test_each_probe_says_what_it_said():
    lines = []
    for (name, api), (known_as, settings) in product(SYSTEMS.items(), SETTINGS.items()):
        lines += [f"# {name}, set: {known_as}", *told(api, settings), ""]
    assert agrees("probes.txt", "\n".join(lines))


@pytest.mark.parametrize("known_as", SETTINGS)
def test_what_is_proposed_reads_the_whole_list_and_no_claim_says_more_than_came(known_as):
    for name, api in SYSTEMS.items():
        with connected(api, SETTINGS[known_as]) as there:
            proposals = there.probe("orders").proposals
        after = {proposal.table: tomllib.loads("\n".join(proposal.after)) for proposal in proposals}
        settings = after.get("paging", SETTINGS[known_as])
        if (name in MOVING or not api.records) and settings.get("first") == 0:
            continue  # the list refuses its first page, and nothing could be proposed
        with connected(api, settings, **after.get("collections.orders", {})) as there:
            sample = there.pull("orders", plan=Plan(pages=100, size=10, requests=None))
        missed = {record["id"] for record in api.records} - {record["id"] for record in sample.records}
        assert not missed or "nothing is left unseen" not in str(sample.claim), name
        assert name in MOVING or (not missed and len(sample.records) == len(api.records)), name
