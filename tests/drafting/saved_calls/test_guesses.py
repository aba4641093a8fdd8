"""What names suggest: proposals, or nothing."""

from __future__ import annotations

import pytest

from ipaas_discovery.drafting.saved_calls.guesses import id_field, paging_proposal


@pytest.mark.parametrize(
    ("query", "body", "link", "proposed"),
    [
        (["page", "per_page"], [], False, {"kind": "page", "page": "page", "size": "per_page"}),
        (["page"], {"meta": {"pagination": {"total": 3, "total_pages": 1}}}, False,
         {"kind": "page", "page": "page", "total": "meta.pagination.total", "pages": "meta.pagination.total_pages"}),
        (["$skip", "$top"], {"@odata": {}}, False, {"kind": "offset", "offset": "$skip", "limit": "$top"}),
        (["cursor", "limit"], {"cursor": "abc"}, False,
         {"kind": "cursor", "cursor": "cursor", "next": "cursor", "size": "limit"}),
        (["limit"], {"next": "https://x.test/2", "count": 9}, False,
         {"kind": "next", "next": "next", "size": "limit", "total": "count"}),
        (["limit", "page_info"], {}, True, {"kind": "link", "size": "limit"}),
        (["page[number]", "page[size]"], {}, False, {"kind": "page", "page": "page[number]", "size": "page[size]"}),
        (["status", "q"], {"data": []}, False, {}),
        (["offset"], {}, False, {}),
        (["cursor"], {}, False, {}),
    ],
)  # fmt: skip
def test_paging_is_proposed_from_names(query, body, link, proposed):
    assert paging_proposal(query, body, link=link) == proposed


@pytest.mark.parametrize(
    ("records", "word", "asked", "name"),
    [
        ([{"id": 1, "order_id": 2}], "orders", "", "id"),
        ([{"sku": "A"}, {"sku": "B", "id": 1}], "products", "sku", "sku"),
        ([{"CustomerID": 7}], "customers", "id", "CustomerID"),
        ([{"id": {"a": 1}, "uuid": "x"}], "things", "", "uuid"),
        ([{"name": "x"}], "things", "", "id"),
        ([], "things", "thing", "id"),
    ],
)
def test_the_id_is_read_from_what_every_record_has(records, word, asked, name):
    assert id_field(records, word, asked) == name
