"""What the names of parameters and members say of paging, beside one another."""

from __future__ import annotations

import pytest

from ipaas_discovery.knowledge.paging_words import Member, PagingParameter, PagingWords, paging_words

ROWS = (
    PagingParameter("page", "page", ("page", "Page")),
    PagingParameter("offset", "from", ("from",), unless=("to",)),
    PagingParameter("cursor", "id", needs="size"),
    PagingParameter("size", "limit"),
    PagingParameter("size", "count", needs="page"),
    PagingParameter("page", "p", ("p",), needs="size"),
)
MEMBERS = (
    Member("total", "total"), Member("total", "count", "probe"), Member("pages", "totalpages"),
    Member("next_url", "nextlink"), Member("next_cursor", "cursor"), Member("next_cursor", "next"),
)  # fmt: skip
WORDS = PagingWords(
    ("page",), ROWS, frozenset(), (), (), (), (), frozenset(), (), frozenset(), frozenset(), (), MEMBERS
)


@pytest.mark.parametrize(
    ("names", "roles"),
    [
        (["page", "limit"], {"page": "page", "size": "limit"}),
        (["limit", "page"], {"page": "page", "size": "limit"}),
        (["Page", "page"], {"page": "Page"}),
        (["page[limit]"], {"size": "page[limit]"}),
        (["filter[limit]"], {}),
        (["from"], {"offset": "from"}),
        (["from", "to"], {}),
        (["id"], {}),
        (["id", "limit"], {"cursor": "id", "size": "limit"}),
        (["count"], {}),
        (["count", "page"], {"page": "page", "size": "count"}),
        (["limit", "count", "page"], {"page": "page", "size": "limit"}),
        (["p", "page"], {"page": "page"}),
        (["p", "limit"], {"page": "p", "size": "limit"}),
        ([], {}),
    ],
)
def test_a_parameter_has_the_role_that_those_beside_it_allow(names, roles):
    assert WORDS.roles(names) == roles
    assert [*WORDS.roles(names)] == [*roles]


@pytest.mark.parametrize(
    ("name", "known"), [("from", True), ("Page", True), ("page[limit]", True), ("x[limit]", False), ("status", False)]
)
def test_a_parameter_is_known_by_itself(name, known):
    assert WORDS.is_known(name) is known


def test_the_spellings_and_members_of_a_role_keep_their_order():
    assert WORDS.spelled("page") == ("page", "Page", "p")
    assert WORDS.names("total") == ("total",)
    assert WORDS.names("total", "probe") == ("total", "count")
    assert WORDS.names("next_cursor") == ("cursor", "next")


@pytest.mark.parametrize(
    ("place", "total"),
    [
        ("total", True),
        ("meta.count", True),
        ("totalItems", True),
        ("header:x-total", True),
        ("header:x-count", True),
        ("total.value", True),
        ("value", False),
        ("x.value", False),
        ("totalPages", False),
        ("header:x-total-pages", False),
        ("items", False),
    ],
)
def test_a_total_is_told_by_its_place(place, total):
    assert WORDS.is_total(place) is total


@pytest.mark.parametrize(
    ("place", "total"),
    [("page_Size", False), ("header:x-pagination.page_Size", False), ("meta.per-page", False), ("hits.size", True)],
)
def test_the_size_of_a_page_is_no_total(place, total):
    assert paging_words().is_total(place) is total


@pytest.mark.parametrize(
    ("place", "url"),
    [("nextLink", True), ("meta.next_link", True), ("links.next.href", True), ("next.x.href", False), ("next", False)],
)
def test_the_url_of_the_next_page_is_told_by_its_place(place, url):
    assert WORDS.is_next_url(place) is url


@pytest.mark.parametrize(("name", "cursor"), [("endCursor", True), ("next", True), ("nextName", False), ("id", False)])
def test_a_cursor_has_a_word_of_one_in_its_name(name, cursor):
    assert WORDS.is_cursor(name) is cursor


def test_the_table_is_read_once():
    assert paging_words() is paging_words()
