import pytest

from ipaas_discovery.matching.column_values import leveled
from ipaas_discovery.matching.field_matches import match_fields
from ipaas_discovery.schemas.observing.observe import observe


@pytest.mark.parametrize(
    ("values", "other", "kind"),
    [
        (["$12.50", "$1,007"], ["12.5", "1007"], "number text"),
        (["90 min", "121 Min"], ["90", "121"], "number text"),
        (["31/1/1990", "5/12/1987"], ["1990-01-31", "1987-12-05"], "date"),
        (["1.31.1990", "12.5.1987"], ["1990-01-31", "1987-12-05"], "date"),
        (["January 5, 1990", "May 31, 1991"], ["1990-01-05", "1991-05-31"], "date"),
        (["Yes", "no"], [True, False], "boolean text"),
    ],
)
def test_values_that_are_all_written_in_one_way_are_brought_to_the_others_spelling(values, other, kind):
    assert leveled(values) == (leveled(other)[0], kind)


@pytest.mark.parametrize(
    "values",
    [
        ["12 kg", "7 lb"],
        ["12", "7"],
        ["A12", "A13"],
        ["12 kg"],
        ["5/6/1990", "7/8/1991"],
        ["13/13/1990", "31/31/1990"],
        ["yes", "yes", "of course"],
        ["yes", "y"],
        ["0", "1"],
        ["12 kg", 7],
        [],
    ],
    ids=lambda values: " ".join(map(str, values)) or "none",
)
def test_what_is_written_in_several_ways_or_may_mean_two_things_stays(values):
    assert leveled(values)[1] == ""


def table(prefix, rows):
    return observe([{f"{prefix}{at}": value for at, value in enumerate(row)} for row in rows])


PEOPLE = [
    ("ada@mail.test", "1990-03-31", "Boston", 12.5, "310-246-1501"),
    ("ben@mail.test", "1987-12-05", "Denver", 7.25, "212-555-0147"),
    ("eva@mail.test", "1979-06-17", "Austin", 99.0, "617-555-0162"),
    ("ian@mail.test", "2001-01-22", "Boston", 31.75, "503-555-0119"),
]


def written_otherwise(mail, born, city, price, phone):
    year, month, day = born.split("-")
    return price_text(price), city.upper(), phone.replace("-", "/", 1), f"{int(month)}/{day}/{year}", mail.upper()


def price_text(price):
    return f"${price:.2f}"


@pytest.mark.parametrize("prefixes", [("col", "field_"), ("c", "x"), ("Unnamed: ", "var")])
def test_numbered_columns_are_matched_by_their_values_and_not_by_their_numbers(prefixes):
    left = table(prefixes[0], PEOPLE)
    right = table(prefixes[1], [written_otherwise(*row) for row in PEOPLE])
    best = {match.source: match.destination for match in match_fields(left, right).rows if match.rank == 1}
    assert best == {f"{prefixes[0]}{at}": f"{prefixes[1]}{to}" for at, to in enumerate([4, 3, 1, 0, 2])}


def test_numbered_columns_without_values_in_common_are_not_proposed():
    left = table("col", [("red", 12), ("blue", 900)])
    right = table("field", [("2001-01-01", "x@mail.test"), ("2002-01-01", "y@mail.test")])
    assert match_fields(left, right).proposals() == ()


def test_columns_of_the_same_number_and_word_are_one():
    left, right = table("col", [(1, "red")]), table("col", [(2, "blue")])
    assert {match.source: match.destination for match in match_fields(left, right).rows if match.rank == 1} == {
        "col0": "col0", "col1": "col1",
    }  # fmt: skip
