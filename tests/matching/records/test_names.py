"""Names of people: the columns they stand in, and names that may be the same."""

import pytest

from ipaas_discovery.matching.records.columns import columns_of
from ipaas_discovery.matching.records.names import alike_given, person_names


def named(*records):
    return person_names(columns_of(records))


def test_given_and_family_name_stand_in_two_columns():
    names, paths = named({"first_name": "Ada", "last_name": "Lovelace"}, {"last_name": "Byron"})
    assert (names, paths) == ([("ada", "lovelace"), ("", "byron")], {"first_name", "last_name"})


@pytest.mark.parametrize(
    ("whole", "name"),
    [
        ("Ada King Lovelace", ("ada", "lovelace")),
        ("Ada Byron", ("ada", "byron")),
        ("Lovelace", ("", "lovelace")),
        ("Dr. Lovelace", ("", "lovelace")),
        ("Dr.", ("", "")),
        (None, ("", "")),
    ],
)
def test_a_whole_name_is_split_at_its_last_word(whole, name):
    names, paths = named({"full_name": whole}, {"full_name": "Bo Smith"})
    assert (names, paths) == ([name, ("bo", "smith")], {"full_name"})


@pytest.mark.parametrize("record", [{"first_name": "Ada"}, {"city": "Oslo"}, {"first_name": 7, "last_name": 8}])
def test_no_column_of_names_gives_none(record):
    assert named(record) is None


def test_of_several_columns_the_one_outside_of_lists_then_the_fullest_then_the_first_counts():
    first = {"first_name": "Ada", "last_name": "A", "people": [{"first_name": "Bo"}], "b": {"last_name": "B"}}
    assert named(first, {"people": [{"first_name": "Cy"}], "first_name": None})[1] == {"first_name", "b.last_name"}
    assert named(first, {"last_name": "C", "first_name": "D"})[1] == {"first_name", "last_name"}


@pytest.mark.parametrize(
    ("left", "right", "alike"),
    [
        ("ada", "ada", True),
        ("bill", "william", True),
        ("william", "bill", True),
        ("wililam", "bill", True),
        ("bill", "wililam", True),
        ("bob", "rob", True),
        ("bill", "wilxyam", False),
        ("ada maria", "maria", True),
        ("maria", "ada maria", True),
        ("ada maria", "bo cy", False),
        ("ada", "adx", False),
        ("em", "emmx", True),
        ("em", "emm", False),
    ],
)
def test_given_names_that_may_be_the_same(left, right, alike):
    assert alike_given(left, right) is alike
