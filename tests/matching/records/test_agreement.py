"""Agreement of two fields in the same records: each outcome, what it counts, and what it means."""

from dataclasses import replace

import pytest

from ipaas_discovery.matching.records.agreement import AgreementRow, PairedValues, compare_values
from ipaas_discovery.samples.sample import Sample, Stop

EQUAL, LEVELLED, DIFFERENT = "equal", "equal_after_normalising", "different"


def row_of(lefts, rights, left="a", right="b"):
    """Agreement of two fields, from the values of the same records."""
    sides = (
        Sample("s", "things", tuple({path: value} for value in values), Stop.COMPLETE)
        for path, values in ((left, lefts), (right, rights))
    )
    return PairedValues.of(*sides, [(at, at) for at in range(len(lefts))]).row(left, right)


@pytest.mark.parametrize(
    ("left", "right", "outcome", "how"),
    [
        (("a", ("x",)), ("b", ("x",)), EQUAL, ""),
        (("a", ("",)), ("b", ("",)), "", ""),
        (("a", ()), ("b", (None, " ")), "", ""),
        (("a", ("x",)), ("b", ("",)), "only_left", ""),
        (("a", (None,)), ("b", (0,)), "only_right", ""),
        (("a", (True,)), ("b", (1,)), LEVELLED, "words for yes and no"),
        (("a", (1,)), ("b", (1.0,)), LEVELLED, "zeros and signs of a number"),
        (("a", ("X",)), ("b", ("x ",)), LEVELLED, "case and spaces"),
        (("a", ("Müller",)), ("b", ("Muller",)), LEVELLED, "accents and signs"),
        (("a", ("x",)), ("b", ("y",)), DIFFERENT, ""),
        (("a[]", ("x", "y")), ("b[]", ("y", "x")), LEVELLED, "order or place in a list"),
        (("a[]", ("x", "y")), ("b[]", ("x",)), DIFFERENT, ""),
        (("a[]", ("x", "y")), ("b", ("x",)), LEVELLED, "order or place in a list"),
        (("a", ("x",)), ("b[]", ("x", "y")), LEVELLED, "order or place in a list"),
        (("a[]", ("x", "y")), ("b", ("z",)), DIFFERENT, ""),
        (("duration", ("PT30M",)), ("duration_minutes", (30,)), LEVELLED, "unit or writing of a length of time"),
        (("duration", ("PT30M",)), ("duration", (1800,)), LEVELLED, "unit or writing of a length of time"),
        (("runtime", ("3:45",)), ("runtime", (225,)), LEVELLED, "unit or writing of a length of time"),
        (("wait", ("1 h 30 min",)), ("wait", ("90 minutes",)), LEVELLED, "unit or writing of a length of time"),
        (("duration", ("PT30M",)), ("duration", (31,)), DIFFERENT, ""),
        (("quantity", (30,)), ("quantity", (1800,)), DIFFERENT, ""),
        (("wait", ("30 min",)), ("wait", ("30 kg",)), DIFFERENT, ""),
        (("phone", ("0228/98765",)), ("tel", ("0228 98765",)), LEVELLED, "signs in a phone number"),
        (("phone", ("06 1234",)), ("tel", ("061234",)), LEVELLED, "signs in a phone number"),
        (("phone", ("06 1234",)), ("tel", ("06 1235",)), DIFFERENT, ""),
        (("name", ("Groß, Ada",)), ("name", ("ada gross",)), LEVELLED, "order of words around a comma"),
        (("name", ("Groß, Ada",)), ("name", ("Ada, Groß",)), DIFFERENT, ""),
        (("name", ("Groß, Ada, Dr.",)), ("name", ("Ada Groß",)), DIFFERENT, ""),
        (("size", ("3, 4",)), ("size", ("4 3",)), DIFFERENT, ""),
        (("part", ("06 1234",)), ("part", ("061234",)), DIFFERENT, ""),
    ],
)
def test_two_values_are_compared(left, right, outcome, how):
    assert compare_values(left, right) == (outcome, how)


def test_the_counts_of_a_row():
    row = row_of(["x", "X", "y", "z", "q", "q", None, "w", None], ["x", "x", "n", "m", "r", "s", "o", None, None])
    assert row.compared == 6
    assert (row.equal, row.equal_after_normalising, row.different, row.only_left, row.only_right) == (1, 1, 4, 1, 1)
    assert row.examples == ("'y' / 'n'", "'z' / 'm'", "'q' / 'r'")
    assert (row.normalising, row.share) == ((("case and spaces", 1),), 1 / 3)
    assert (row.different_rows, row.left_rows, row.right_rows) == ({2, 3, 4, 5}, {7}, {6})
    assert row.counted == "equal in 2 of 6 of the same records, after case and spaces in 1; different in 4"
    none = row_of([None], [None])
    assert (none.outcome, none.share, none.counted) == ("unknown", None, "none of the same records holds both")


def test_the_side_that_was_changed_last_is_counted_where_the_values_differ():
    days = ["2026-01-01T00:00:00Z", "2026-01-02T00:00:00Z"]
    ours = [{"a": value, "updated": days[at]} for value, at in (("x", 0), ("y", 0), ("z", 1), ("w", 1), ("v", 0))]
    theirs = [{"a": value, "updated": days[at]} for value, at in (("x", 1), ("n", 1), ("n", 0), ("n", 0), ("n", 0))]
    samples = (Sample("s", "things", tuple(rows), Stop.COMPLETE) for rows in (ours, theirs))
    row = PairedValues.of(*samples, [(at, at) for at in range(5)]).row("a", "a")
    assert (row.different, row.left_fresher, row.right_fresher) == (4, 2, 1)


LETTERS = "abcdefghijklmnopqrst"
NUMBERS = [10 * at + 1 for at in range(1, 21)]


@pytest.mark.parametrize(
    ("lefts", "rights", "outcome"),
    [
        ("xyz", "xyz", "agrees"),
        ("xyz", "xyw", "differs in some"),
        (LETTERS, LETTERS.upper(), "agrees"),
        (LETTERS, LETTERS[10:] + LETTERS[:10], "a look-up, a formula or a wrong match"),
        ("abab" * 3, "xyxy" * 3, "a value map"),
        ("abab" * 3, "xxxx" * 3, "a look-up, a formula or a wrong match"),
        (NUMBERS, [2.5 * number for number in NUMBERS], "a formula"),
        (NUMBERS, [-number for number in NUMBERS], "a formula"),
        ("vwxy", "nmop", "differs in some"),
        ("vwxyz", "nmopq", "a look-up, a formula or a wrong match"),
        (LETTERS, LETTERS[:2] + LETTERS[3:] + "c", "a look-up, a formula or a wrong match"),
        (LETTERS, LETTERS[:3] + LETTERS[4:] + "d", "differs in some"),
    ],
)
def test_the_counts_mean_something_for_the_match(lefts, rights, outcome):
    assert row_of(lefts, rights).outcome == outcome


def test_a_factor_is_told_where_nearly_all_numbers_have_it():
    assert row_of(NUMBERS, [2.5 * number for number in NUMBERS]).ratio == "2.5"
    assert row_of(NUMBERS, NUMBERS).ratio == ""
    assert row_of([7] * 20, [14] * 20).ratio == ""
    assert row_of(NUMBERS, [number * (at % 2 + 2) for at, number in enumerate(NUMBERS)]).ratio == ""
    assert row_of([0, *NUMBERS], [5, *(3 * number for number in NUMBERS)]).ratio == "3"
    assert row_of(NUMBERS, [number * (2, 1.999, 2, 2.001)[at % 4] for at, number in enumerate(NUMBERS)]).ratio == "2"


def test_a_value_map_lists_what_has_nothing_beside_it_first_then_the_most_frequent():
    row = row_of(["b"] * 3 + ["a"] * 4 + ["c"] * 3, ["y"] * 3 + ["x"] * 4 + [None] * 3)
    assert row.value_map == (("'c'", "", 3), ("'a'", "'x'", 4), ("'b'", "'y'", 3))
    assert row_of(LETTERS, LETTERS).value_map == ()
    assert row_of("a" * 9, "xyz" * 3).value_map == ()


def test_the_summary_names_examples_and_the_factor():
    row = replace(row_of(NUMBERS, [2 * number for number in NUMBERS]), examples=("1 / 2", "3 / 6"))
    assert row.summary == "equal in 0 of 20 of the same records; different in 20, 2 times as much: 1 / 2; 3 / 6"
    assert AgreementRow("a", "b", compared=1, equal=1).summary == "equal in 1 of 1 of the same records"


def test_rows_come_by_their_paths_and_are_counted_once():
    values = PairedValues.of(Sample("s", "x", (), Stop.COMPLETE), Sample("t", "x", (), Stop.COMPLETE), [])
    agreement = values.agreement([("b", "a"), ("a", "c")])
    assert [(row.left, row.right) for row in agreement.rows] == [("a", "c"), ("b", "a")]
    assert agreement.row("a", "c") is values.row("a", "c")
    assert agreement.row("a", "a") is None


@pytest.mark.parametrize(
    ("lefts", "rights", "levelled", "how"),
    [
        (["1980-03-01", "1975-12-24"], ["01.03.1980", "24.12.1975"], 2, "way to write a day in 2"),
        (["1980-03-01", "1975-12-24"], ["03/01/1980", "12/24/1975"], 2, "way to write a day in 2"),
        (["01.03.1980", "24.12.1975"], ["3/1/1980", "12/24/1975"], 2, "way to write a day in 2"),
        (["1980-03-01", "1975-12-24"], ["02.03.1980", "24.12.1975"], 1, "way to write a day in 1"),
        (["1980-03-01", "1975-04-05"], ["01.03.1980", "05.04.1975"], 0, ""),
        (["1980-03-01", "1975-12-24"], ["01.03.1980", "24.12.1975 or so"], 0, ""),
    ],
)
def test_days_that_all_are_written_in_one_way_are_the_same_days(lefts, rights, levelled, how):
    row = row_of(lefts, rights)
    assert (row.equal_after_normalising, row.different) == (levelled, 2 - levelled)
    assert ", ".join(f"{word} in {count}" for word, count in row.normalising) == how
