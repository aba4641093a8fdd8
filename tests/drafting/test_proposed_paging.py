"""What names suggest of paging: proposals, or nothing."""

from __future__ import annotations

import pytest

from ipaas_discovery.drafting.proposed_paging import TO_FILL_IN, members_of, propose_paging


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
        (["_page", "_limit"], [], True, {"kind": "page", "page": "_page", "size": "_limit"}),
        (["page[number]", "page[size]"], {}, False, {"kind": "page", "page": "page[number]", "size": "page[size]"}),
        (["status", "q"], {"data": []}, False, {}),
        (["offset"], {}, False, {"kind": "offset", "offset": "offset"}),
        (["start"], {}, False, {}),
        (["cursor"], {}, False, {"kind": "cursor", "cursor": "cursor", "next": TO_FILL_IN}),
    ],
)  # fmt: skip
def test_paging_is_proposed_from_names(query, body, link, proposed):
    assert propose_paging(query, members_of(body), link=link) == proposed
