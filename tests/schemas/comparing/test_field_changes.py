"""Each way in which a field changes, both ways, and what it does to readers and to writers."""

from __future__ import annotations

import pytest

from ipaas_discovery.schemas.comparing.field_changes import LOOKS
from ipaas_discovery.schemas.field import Declared, Field, Observed


def changes(old, new):
    rows = [row for look in LOOKS for row in look(old, new)]
    assert {row.path for row in rows} <= {"f"}
    return [(row.change, row.before, row.after, row.reader.value, row.writer.value) for row in rows]


@pytest.mark.parametrize(
    ("before", "after", "rows"),
    [
        (
            Declared(("integer",)),
            Declared(("number",)),
            [("type changed", "integer", "number", "breaking", "harmless")],
        ),
        (
            Declared(("number",)),
            Declared(("integer",)),
            [("type changed", "number", "integer", "harmless", "breaking")],
        ),
        (
            Declared(("string",)),
            Declared(("integer",)),
            [("type changed", "string", "integer", "breaking", "breaking")],
        ),
        (
            Declared(("string",)),
            Declared(("string", "integer")),
            [("type changed", "string", "string | integer", "breaking", "harmless")],
        ),
        (Declared(), Declared(("string",)), [("type changed", "any", "string", "harmless", "risky")]),
        (Declared(("string",)), Declared(), [("type changed", "string", "any", "risky", "harmless")]),
        (
            Declared(("integer",), format="int32"),
            Declared(("integer",), format="int64"),
            [("format changed", "int32", "int64", "breaking", "harmless")],
        ),
        (
            Declared(("integer",), format="int64"),
            Declared(("integer",), format="int32"),
            [("format changed", "int64", "int32", "harmless", "breaking")],
        ),
        (Declared(format="date"), Declared(), [("format changed", "date", "", "risky", "harmless")]),
        (Declared(), Declared(format="date"), [("format changed", "", "date", "harmless", "risky")]),
        (
            Declared(format="date"),
            Declared(format="email"),
            [("format changed", "date", "email", "breaking", "breaking")],
        ),
        (
            Declared(("string",), format="date"),
            Declared(("integer",), format="int32"),
            [("type changed", "string", "integer", "breaking", "breaking")],
        ),
        (Declared(required=True), Declared(), [("required removed", "required", "optional", "breaking", "harmless")]),
        (Declared(), Declared(required=True), [("required added", "optional", "required", "harmless", "breaking")]),
        (Declared(required=False), Declared(), []),
        (
            Declared(nullable=True),
            Declared(),
            [("null forbidden", "may be null", "never null", "harmless", "breaking")],
        ),
        (
            Declared(nullable=False),
            Declared(nullable=True),
            [("null allowed", "never null", "may be null", "breaking", "harmless")],
        ),
        (Declared(enum=("a",)), Declared(), [("enum lifted", "a", "", "risky", "harmless")]),
        (Declared(), Declared(enum=("a", 1)), [("enum introduced", "", "a, 1", "harmless", "breaking")]),
        (
            Declared(enum=("a", "b")),
            Declared(enum=("b", "c")),
            [
                ("enum value added", "", "c", "risky", "harmless"),
                ("enum value removed", "a", "", "harmless", "breaking"),
            ],
        ),
        (Declared(max_length=5), Declared(max_length=4), [("shorter", "up to 5", "up to 4", "harmless", "breaking")]),
        (Declared(max_length=5), Declared(max_length=6), [("longer", "up to 5", "up to 6", "breaking", "harmless")]),
        (Declared(max_length=5), Declared(), [("longer", "up to 5", "any", "breaking", "harmless")]),
        (Declared(), Declared(min_length=5), [("longer at least", "any", "from 5", "harmless", "breaking")]),
        (
            Declared(min_length=5),
            Declared(min_length=4),
            [("shorter at least", "from 5", "from 4", "breaking", "harmless")],
        ),
        (Declared(min_length=5), Declared(), [("shorter at least", "from 5", "any", "breaking", "harmless")]),
        (
            Declared(minimum=0, maximum=9.5),
            Declared(minimum=1, maximum=9),
            [
                ("lower maximum", "<= 9.5", "<= 9", "harmless", "breaking"),
                ("higher minimum", ">= 0", ">= 1", "harmless", "breaking"),
            ],
        ),
        (
            Declared(minimum=0, maximum=9),
            Declared(minimum=-1, maximum=10),
            [
                ("higher maximum", "<= 9", "<= 10", "breaking", "harmless"),
                ("lower minimum", ">= 0", ">= -1", "breaking", "harmless"),
            ],
        ),
        (
            Declared(exclusive_minimum=0, exclusive_maximum=9),
            Declared(exclusive_minimum=1, exclusive_maximum=8),
            [
                ("lower maximum", "< 9", "< 8", "harmless", "breaking"),
                ("higher minimum", "> 0", "> 1", "harmless", "breaking"),
            ],
        ),
        (
            Declared(),
            Declared(minimum=0, exclusive_maximum=8),
            [
                ("lower maximum", "any", "< 8", "harmless", "breaking"),
                ("higher minimum", "any", ">= 0", "harmless", "breaking"),
            ],
        ),
        (Declared(pattern="a"), Declared(pattern="b"), [("pattern changed", "a", "b", "risky", "risky")]),
        (Declared(pattern="a"), Declared(), [("pattern changed", "a", "any", "risky", "harmless")]),
        (Declared(), Declared(pattern="b"), [("pattern changed", "any", "b", "harmless", "risky")]),
        (Declared(read_only=True), Declared(), [("made settable", "read-only", "settable", "harmless", "harmless")]),
        (Declared(), Declared(read_only=True), [("made read-only", "settable", "read-only", "harmless", "breaking")]),
        (Declared(read_only=False), Declared(), []),
        (None, Declared(("string",), "date", True, True, True, max_length=3, enum=("a",), pattern="b"), []),
        (Declared(("string",), "date", True, True, True, max_length=3, enum=("a",), pattern="b"), None, []),
    ],
)
def test_a_declared_change_breaks_who_relies_on_it(before, after, rows):
    assert changes(Field("f", before), Field("f", after)) == rows


@pytest.mark.parametrize(
    ("before", "after", "rows"),
    [
        (
            Observed(50, 50, types={"string": 50}),
            Observed(50, 50, types={"integer": 50}),
            [("type changed", "string", "integer", "breaking", "breaking")],
        ),
        (
            Observed(50, 50, types={"string": 50}),
            Observed(50, 50, types={"string": 25, "integer": 25}),
            [("type changed", "string", "integer | string", "breaking", "harmless")],
        ),
        (
            Observed(50, 50, types={"string": 25, "integer": 25}),
            Observed(50, 50, types={"string": 50}),
            [("type changed", "integer | string", "string", "harmless", "risky")],
        ),
        (Observed(50, 50, types={"string": 49, "integer": 1}), Observed(50, 50, types={"string": 50}), []),
        (
            Observed(50, 50, types={"integer": 50}),
            Observed(50, 50, types={"integer": 25, "number": 25}),
            [("type changed", "integer", "integer | number", "risky", "harmless")],
        ),
        (
            Observed(50, 50, types={"integer": 50}),
            Observed(50, 50, types={"number": 50}),
            [("type changed", "integer", "number", "risky", "harmless")],
        ),
        (
            Observed(50, 50, types={"number": 50}),
            Observed(50, 50, types={"integer": 50}),
            [("type changed", "number", "integer", "harmless", "risky")],
        ),
        (Observed(50, 50, types={"number": 50}), Observed(50, 50, types={"number": 25, "integer": 25}), []),
        (Observed(50, 50, types={"integer": 50, "null": 0}), Observed(50, 50, types={"integer": 50, "null": 5}), []),
        (
            Observed(50, 50, types={"string": 50, "integer": 0}),
            Observed(50, 50, types={"boolean": 50}),
            [("type changed", "integer | string", "boolean", "breaking", "breaking")],
        ),
        (
            Observed(50, 0),
            Observed(50, 50, types={"string": 50}),
            [("more often there", "in 0 of 50", "in 50 of 50", "harmless", "harmless")],
        ),
        (
            Observed(50, 50, types={"string": 50}, formats={"date": 50}),
            Observed(50, 50, types={"string": 50}, formats={"email": 50}),
            [("format changed", "date", "email", "risky", "risky")],
        ),
        (
            Observed(50, 50, types={"string": 50}, formats={"date": 50}),
            Observed(50, 50, types={"string": 50}),
            [("format changed", "date", "", "risky", "risky")],
        ),
        (
            Observed(50, 50, types={"string": 3}, formats={"date": 3}),
            Observed(50, 50, types={"string": 3}, formats={"date": 2}),
            [],
        ),
        (
            Observed(50, 50),
            Observed(50, 49),
            [("no longer always there", "in 50 of 50", "in 49 of 50", "risky", "harmless")],
        ),
        (Observed(50, 50), Observed(50, 50), []),
        (Observed(50, 49), Observed(50, 48), []),
        (Observed(50, 49), Observed(50, 9), [("less often there", "in 49 of 50", "in 9 of 50", "risky", "harmless")]),
        (
            Observed(50, 9),
            Observed(50, 49),
            [("more often there", "in 9 of 50", "in 49 of 50", "harmless", "harmless")],
        ),
        (Observed(0, 0), Observed(50, 9), []),
        (Observed(50, 50), Observed(0, 0), []),
        (
            Observed(50, 50),
            Observed(50, 50, 1),
            [("nulls appear", "0 of 50 null", "1 of 50 null", "risky", "harmless")],
        ),
        (
            Observed(50, 0),
            Observed(50, 50, 1),
            [("more often there", "in 0 of 50", "in 50 of 50", "harmless", "harmless")],
        ),
        (Observed(50, 50, 2), Observed(50, 50, 1), []),
        (
            Observed(50, 50, 2),
            Observed(50, 50, 40),
            [("nulls more often", "2 of 50 null", "40 of 50 null", "risky", "harmless")],
        ),
        (
            Observed(50, 50, 40),
            Observed(50, 50, 2),
            [("nulls less often", "40 of 50 null", "2 of 50 null", "harmless", "harmless")],
        ),
        (
            Observed(50, 50, 40),
            Observed(50, 50, 0),
            [("nulls less often", "40 of 50 null", "0 of 50 null", "harmless", "harmless")],
        ),
        (
            Observed(50, 50, types={"string": 50}, distinct=2, top=(("a", 25), ("b", 25))),
            Observed(50, 50, types={"string": 50}, distinct=2, top=(("a", 25), ("c", 25))),
            [("new value seen", "", "c (25 of 50)", "risky", "harmless")],
        ),
        (
            Observed(50, 50, types={"string": 50}, distinct=50, top=(("a", 1), ("b", 1))),
            Observed(50, 50, types={"string": 50}, distinct=2, top=(("a", 25), ("c", 25))),
            [],
        ),
        (
            Observed(50, 50),
            Observed(50, 50, unsafe_integers=2),
            [("numbers beyond 2**53", "none", "2 of 50", "risky", "harmless")],
        ),
        (Observed(50, 50, unsafe_integers=1), Observed(50, 50, unsafe_integers=2), []),
        (
            Observed(50, 50, types={"string": 50}, lengths=(1, 5)),
            Observed(50, 50, types={"string": 50}, lengths=(1, 10)),
            [("much longer", "up to 5", "up to 10", "risky", "harmless")],
        ),
        (
            Observed(50, 50, types={"string": 50}, lengths=(1, 5)),
            Observed(50, 50, types={"string": 50}, lengths=(1, 9)),
            [],
        ),
        (
            Observed(50, 50, types={"string": 50}, lengths=(0, 0)),
            Observed(50, 50, types={"string": 50}, lengths=(1, 9)),
            [],
        ),
        (Observed(50, 50, types={"string": 50}), Observed(50, 50, types={"string": 50}, lengths=(1, 9)), []),
        (
            Observed(50, 50, types={"string": 50}, lengths=(1, 2)),
            Observed(50, 50, types={"array": 50}, lengths=(1, 9)),
            [("type changed", "string", "array", "breaking", "breaking")],
        ),
    ],
)
def test_an_observed_change_is_beyond_chance(before, after, rows):
    assert changes(Field("f", None, before), Field("f", None, after)) == rows


@pytest.mark.parametrize(
    ("before", "after", "rows"),
    [
        (
            Field("f", Declared(("string",)), Observed(50, 50, types={"string": 50})),
            Field("f", Declared(("integer",)), Observed(50, 50, types={"integer": 50})),
            [("type changed", "string", "integer", "breaking", "breaking")],
        ),
        (
            Field("f", Declared(format="date"), Observed(9, 9, types={"string": 9}, formats={"date": 9})),
            Field("f", Declared(format="email"), Observed(9, 9, types={"string": 9}, formats={"email": 9})),
            [("format changed", "date", "email", "breaking", "breaking")],
        ),
        (Field("f", Declared(("string",)), Observed(9, 0)), Field("f", Declared(("string",))), []),
    ],
)
def test_a_declared_change_is_not_told_twice(before, after, rows):
    assert changes(before, after) == rows
