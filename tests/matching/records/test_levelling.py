"""What two equal values differed in before they were levelled."""

import pytest

from ipaas_discovery.matching.records.levelling import levelling


@pytest.mark.parametrize(
    ("left", "right", "same", "words"),
    [
        (("a", ("x", "y")), ("b", ("x",)), True, "order or place in a list"),
        (("a", ("x",)), ("b", ("x", "y")), False, "order or place in a list"),
        (("a", ("2026-03-01T10:00:00Z",)), ("b", ("2026-03-01T11:00:00+01:00",)), True, "way to write a moment"),
        (("a", (7,)), ("b", ("7",)), True, "number or text"),
        (("a", ("7.50",)), ("b", ("7.5",)), True, "zeros and signs of a number"),
        (("a", ("-07",)), ("b", ("-7",)), True, "zeros and signs of a number"),
        (("a", ("X ",)), ("b", ("x",)), True, "case and spaces"),
        (("a", ("Yes",)), ("b", (True,)), False, "words for yes and no"),
        (("country", ("no",)), ("country", ("norway",)), False, "code or name of a place"),
        (("country", ("norway",)), ("land", ("no",)), False, "code or name of a place"),
        (("land", ("norway",)), ("country", ("nor",)), False, "code or name of a place"),
        (("a", ("2026-03-01T10:00:00",)), ("b", ("x",)), False, "zone of a moment"),
        (("a", ("x",)), ("b", ("2026-03-01T10:00:00",)), False, "zone of a moment"),
        (("a", ("1 kg",)), ("b", ("1000 g",)), False, "unit or writing of money"),
        (("a", (None,)), ("b", ("",)), False, "unit or writing of money"),
    ],
)
def test_what_was_levelled_is_said_in_words(left, right, same, words):
    assert levelling(left, right, same=same) == words
