"""The format of a text by its form alone, one by one and many at once, with one result."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipaas_discovery.schemas.text_formats import LONGEST, ROUNDS, format_counts, text_format

FORMATS = {
    "2026-01-31": "date",
    "2026-02-30": "date",
    "2026-01-31T08:00:00Z": "date-time",
    "2026-01-31 08:00:00": "date-time-local",
    "08:30": "time-local",
    "08:30:15": "time-local",
    "336.3200": "decimal",
    "00123": None,
    "-7": "integer",
    "1,5": None,
    "1e5": None,
    "true": "boolean",
    "yes": None,
    "ada@example.test": "email",
    "https://shop.test/a": "url",
    "http://x": "url",
    "/a/b": None,
    "DE89370400440532013000": "iban",
    "DE89370400440532013001": None,
    "DEUTDEFF": "bic",
    "DEUTDEFF500": "bic",
    "DE123456789": "vat-number",
    "2026-W05": "week",
    "P1DT2H": "duration",
    "1.2.3": "version",
    "1.2.3-rc.1": "version",
    '{"a": 1}': "json",
    "[1]": None,
    "<p>x</p>": "html",
    "<x": None,
    "550e8400-e29b-41d4-a716-446655440000": "uuid",
    "10.0.0.1": None,
    "fe80::1": None,
    "+49 30 901820": "phone",
    "EUR": "currency",
    "de-DE": None,
    "#ff0000": "colour",
    "aGVsbG8gd29ybGQ=": "base64",
    "20260131": "integer",
    "1767225600": "integer",
    "31.01.2026": None,
    "01/31/2026": None,
    "": None,
    "  ": None,
    "9780306406157": "integer",
    "4006381333931": "integer",
    "4111111111111111": "integer",
    "US": "country",
    "a b": None,
}


@pytest.mark.parametrize(("text", "name"), FORMATS.items())
def test_a_text_has_the_most_certain_format(text, name):
    assert text_format(text) == name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ('{"a": "' + "x" * LONGEST + '"}', "json"),
        ("<p>" + "x" * LONGEST + "</p>", "html"),
        ("x" * LONGEST + "<p>y</p>", None),
        ("https://shop.test/" + "x" * (LONGEST - 18), "url"),
        ("1" * (LONGEST + 1), None),
    ],
)
def test_a_long_text_is_looked_at_by_its_head(text, name):
    assert text_format(text) == name


@given(st.dictionaries(st.sampled_from([*FORMATS, "x", "soon", "2026-02-30"]), st.integers(1, 9)))
def test_many_at_once_are_counted_as_one_by_one(texts):
    counts = Counter()
    for text, times in texts.items():
        counts[text_format(text)] += times
    del counts[None]
    assert format_counts(Counter(texts), 2 * LONGEST) == format_counts(Counter(texts), max(map(len, texts), default=0))
    assert format_counts(Counter(texts), LONGEST) == counts


def test_more_kinds_than_rounds_are_counted_too():
    texts = Counter(dict.fromkeys([*FORMATS, *(f"word {number}" for number in range(2 * ROUNDS))], 2))
    assert format_counts(texts, 100) == Counter(
        {name: 2 * [*FORMATS.values()].count(name) for name in FORMATS.values() if name}
    )


def test_a_line_break_makes_no_two_texts_of_one():
    assert format_counts(Counter({"2026-01-31": 1, "2026-01-31\n2026-02-01": 1}), 30) == Counter({"date": 1})


def test_long_texts_are_counted_with_the_others():
    texts = Counter({"2026-01-31": 2, '{"a": "' + "x" * LONGEST + '"}': 3, "y" * (LONGEST + 1): 4})
    assert format_counts(texts, 2 * LONGEST) == Counter({"date": 2, "json": 3})
