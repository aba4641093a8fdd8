import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from ipaas_discovery.errors import ResponseError
from ipaas_discovery.systems.answers.answer import Answer
from ipaas_discovery.systems.answers.json_path import at, values_at
from ipaas_discovery.systems.answers.record_list import records_at
from ipaas_discovery.systems.connectors.paging import Paging
from ipaas_discovery.systems.connectors.request_parameters import RequestParameters, merged, nested

READ = TypeAdapter(Paging).validate_python


@pytest.mark.parametrize(
    ("settings", "params"),
    [
        ({"kind": "page", "size": "limit"}, {"page": 3, "limit": 20}),
        ({"kind": "page", "page": "searchCriteria[currentPage]", "first": 0}, {"searchCriteria[currentPage]": 2}),
        ({"kind": "offset"}, {"offset": 40, "limit": 20}),
        ({"kind": "cursor", "next": "next", "size": "limit"}, {"limit": 20}),
        ({"kind": "next"}, {}),
        ({"kind": "link", "size": "per_page"}, {"per_page": 20}),
        ({"kind": "none"}, {}),
    ],
)
def test_each_style_asks_for_the_third_page_in_its_own_way(settings, params):
    assert READ(settings).params(2, 20) == params


@pytest.mark.parametrize(
    ("place", "answer", "total"),
    [
        ("count", Answer("GET /", 200, {"count": 7}), 7),
        ("header:X-WP-Total", Answer("GET /", 200, [], {"x-wp-total": "7"}), 7),
        ("header:X-Pagination#total_Count", Answer("GET /", 200, [], {"x-pagination": '{"total_Count": 7}'}), 7),
        ("header:X-Pagination#total_Count", Answer("GET /", 200, [], {"x-pagination": "no JSON"}), None),
        ("header:X-Pagination#total_Count", Answer("GET /", 200, [], {"x-pagination": "[1]"}), None),
        ("count", Answer("GET /", 200, {"count": "many"}), None),
        ("count", Answer("GET /", 200, []), None),
        (None, Answer("GET /", 200, {"count": 7}), None),
    ],
)
def test_the_total_is_found_or_honestly_not(place, answer, total):
    assert READ({"kind": "page", "total": place}).records_total(answer) == total


def test_pages_are_counted_by_the_answer_or_by_the_total():
    answer = Answer("GET /", 200, {"pages": 3, "count": 41})
    assert READ({"kind": "page", "pages": "pages", "total": "count"}).page_count(answer, 10) == 3
    assert READ({"kind": "page", "total": "count"}).page_count(answer, 10) == 5
    assert READ({"kind": "page", "total": "count"}).page_count(answer, 0) is None


@pytest.mark.parametrize(
    ("settings", "following"),
    [
        ({"kind": "cursor", "cursor": "after", "next": "meta.next"}, RequestParameters({"after": "abc"})),
        ({"kind": "cursor", "next": "header:X-Next"}, RequestParameters({"cursor": "h1"})),
        ({"kind": "cursor", "next": "meta.next", "in_body": True}, RequestParameters(body={"cursor": "abc"})),
        ({"kind": "cursor", "next": "meta.next", "more": "more"}, RequestParameters({"cursor": "abc"})),
        ({"kind": "cursor", "next": "meta.next", "more": "done"}, None),
        ({"kind": "cursor", "next": "meta.next", "more": "header:X-More"}, None),
        ({"kind": "graphql", "connection": "data.orders"}, RequestParameters(body={"variables": {"after": "c9"}})),
        ({"kind": "graphql", "connection": "data.users", "after": "cursor"}, None),
        ({"kind": "next", "next": "@odata.nextLink"}, "https://x.test/4"),
        ({"kind": "next", "next": "url"}, "https://x.test/2"),
        ({"kind": "link"}, "https://x.test/3"),
        ({"kind": "page"}, None),
    ],
)
def test_what_comes_next_is_taken_from_the_answer(settings, following):
    body = {
        "meta": {"next": "abc"},
        "url": "https://x.test/2",
        "more": True,
        "done": "false",
        "@odata.nextLink": "https://x.test/4",
        "data": {
            "orders": {"pageInfo": {"hasNextPage": True, "endCursor": "c9"}},
            "users": {"pageInfo": {"hasNextPage": False, "endCursor": "c9"}},
        },
    }
    headers = {"x-next": "h1", "x-more": "False"}
    answer = Answer("GET /", 200, body, headers, links={"next": "https://x.test/3"})
    assert READ(settings).following(answer) == following
    assert READ(settings).following(Answer("GET /", 200, {})) is None


def test_paths_into_bodies():
    body = {"a": {"b": [{"c": 1}, {"c": None}, {"c": 3}]}}
    assert at(body, "a.b.c") is None
    assert at(body, "") is body
    assert values_at(body, "a.b[].c") == [1, 3]
    assert values_at(body, "a.x[].c") == []


def test_one_record_alone_and_an_empty_answer():
    assert records_at(Answer("GET /", 200, {"id": 1}), "", single=True).records == [{"id": 1}]
    assert records_at(Answer("GET /", 204), "data").records == []


def test_records_in_another_place_are_answered_with_the_three_longest_lists():
    body = {name: [{"id": 1}] * count for name, count in {"a": 1, "b": 4, "c": 3, "d": 2}.items()}
    with pytest.raises(ResponseError) as caught:
        records_at(Answer("GET /", 200, body), "data")
    assert caught.value.then.endswith("the answer has `b` (4), `c` (3), `d` (2)")


@pytest.mark.parametrize(
    ("settings", "ask"),
    [
        ({"kind": "page", "size": "limit"}, RequestParameters({"page": 3, "limit": 20})),
        ({"kind": "page", "page": "paging.number", "in_body": True}, RequestParameters(body={"paging": {"number": 3}})),
        ({"kind": "cursor", "next": "n", "size": "limit", "in_body": True}, RequestParameters(body={"limit": 20})),
        ({"kind": "graphql"}, RequestParameters(body={"variables": {"first": 20}})),
        ({"kind": "graphql", "first": "limit"}, RequestParameters(body={"variables": {"limit": 20}})),
        ({"kind": "none"}, RequestParameters()),
    ],
)
def test_parameters_stand_in_the_query_or_in_the_body(settings, ask):
    assert READ(settings).ask(2, 20) == ask


def test_a_connection_is_never_asked_without_a_size():
    assert READ({"kind": "graphql"}).ask(0, None) == RequestParameters(body={"variables": {"first": 50}})


def test_the_next_page_asks_what_the_first_did_and_the_cursor():
    first, following = (
        RequestParameters(body={"variables": {"first": 2}}),
        RequestParameters(body={"variables": {"after": "x"}}),
    )
    assert (first | following).body == {"variables": {"first": 2, "after": "x"}}
    assert RequestParameters({"a": 1}) | RequestParameters({"b": 2}) == RequestParameters({"a": 1, "b": 2})
    assert RequestParameters({"a": 1}) | RequestParameters(body={"b": 2}) == RequestParameters({"a": 1}, {"b": 2})


NAMES = st.text("abc", min_size=1, max_size=3)
TREES = st.recursive(st.integers(), lambda inner: st.dictionaries(NAMES, inner, max_size=3), max_leaves=8)
BODIES = st.dictionaries(NAMES, TREES, max_size=3)


@given(BODIES, BODIES, BODIES)
def test_joining_bodies_keeps_every_word_of_the_later_and_does_not_depend_on_grouping(one, two, three):
    joined = merged(one, two)
    assert set(joined) == set(one) | set(two)
    assert merged(merged(one, two), two) == joined
    leaves = {key: value for key, value in two.items() if not isinstance(value, dict)}
    assert leaves.items() <= joined.items()
    if not _clashes(one, two) | _clashes(two, three) | _clashes(one, three):
        assert merged(merged(one, two), three) == merged(one, merged(two, three))


def _clashes(one, two):
    """Whether something is an object in one and none in the other."""
    return any(
        isinstance(one[key], dict) != isinstance(two[key], dict)
        or (isinstance(one[key], dict) and _clashes(one[key], two[key]))
        for key in one.keys() & two.keys()
    )


@given(st.dictionaries(st.lists(NAMES, min_size=2, max_size=2).map(".".join), st.integers()))
def test_dotted_names_nest_and_every_value_is_at_its_place(params):
    assert all(at(nested(params), name) == value for name, value in params.items())
