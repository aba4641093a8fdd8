"""Each way in which values are not as declared, at its boundaries, with its counts and its examples."""

from __future__ import annotations

import pytest

from ipaas_discovery.schemas.comparing.deviations import LOOKS
from ipaas_discovery.schemas.field import Declared, Field, Observed


@pytest.mark.parametrize(
    ("declared", "observed", "rows"),
    [
        (Declared(required=True), Observed(10, 10), []),
        (
            Declared(required=True),
            Observed(10, 7),
            [("absent though required", "required", "absent in 3", 3, 10, False, ())],
        ),
        (Declared(), Observed(10, 7, 2), []),
        (
            Declared(nullable=False),
            Observed(10, 7, 2),
            [("null though not nullable", "not nullable", "null", 2, 7, False, ())],
        ),
        (
            Declared(("string",)),
            Observed(10, 7, 2),
            [("null though not nullable", "null not mentioned", "null", 2, 7, False, ())],
        ),
        (Declared(("string",), nullable=True), Observed(10, 7, 2), []),
        (Declared(("string",), nullable=False), Observed(10, 7), []),
        (Declared(("number",)), Observed(9, 9, types={"integer": 5, "number": 4}), []),
        (
            Declared(("integer",)),
            Observed(9, 9, types={"integer": 5, "number": 4}, top=((1, 5), (1.5, 3)), examples=(2.5, 1.5, 3.5, 4.5)),
            [("wrong type", "integer", "number", 4, 9, False, (1.5, 2.5, 3.5))],
        ),
        (
            Declared(("string",)),
            Observed(9, 9, types={"boolean": 9}, top=((True, 9),)),
            [("wrong type", "string", "boolean", 9, 9, False, (True,))],
        ),
        (
            Declared(("string", "boolean")),
            Observed(9, 8, 1, types={"string": 5, "null": 1, "integer": 2}),
            [
                ("null though not nullable", "null not mentioned", "null", 1, 8, False, ()),
                ("wrong type", "string | boolean", "integer", 2, 8, False, ()),
            ],
        ),
        (Declared(format="date"), Observed(9, 9, types={"string": 9}, formats={"date": 9}), []),
        (
            Declared(format="date"),
            Observed(
                9,
                9,
                types={"string": 9},
                formats={"date": 6, "date-time": 2},
                top=(("2026-01-31", 6), ("x", 1)),
                examples=("y", 7, "z", "w"),
            ),
            [("wrong format", "date", "date-time", 3, 9, False, ("x", "y", "z"))],
        ),
        (Declared(format="date"), Observed(9, 9, types={"string": 9}, formats={"date": 8}, empties=1), []),
        (
            Declared(format="date"),
            Observed(9, 9, types={"string": 8, "integer": 1}, formats={"date": 7}, empties=1),
            [("wrong format", "date", "no known format", 1, 8, False, ())],
        ),
        (Declared(format="date"), Observed(9, 9, types={"integer": 9}), []),
        (
            Declared(format="email"),
            Observed(9, 9, types={"string": 9}),
            [("wrong format", "email", "no known format", 9, 9, False, ())],
        ),
        (Declared(format="odd"), Observed(9, 9, types={"string": 9}, values=(1, 2**40)), []),
        (Declared(format="int32"), Observed(9, 9, types={"integer": 9}, values=(-(2**31), 2**31 - 1)), []),
        (
            Declared(format="int32"),
            Observed(9, 9, types={"integer": 9}, values=(0, 2**31)),
            [("wrong format", "int32", "0 to 2147483648", 1, 9, True, ())],
        ),
        (
            Declared(format="int32"),
            Observed(9, 9, types={"integer": 9}, values=(-(2**31) - 1, 0)),
            [("wrong format", "int32", "-2147483649 to 0", 1, 9, True, ())],
        ),
        (Declared(format="int64"), Observed(9, 9, types={"integer": 9}, values=(0, 2**63 - 1024)), []),
        (
            Declared(format="int64"),
            Observed(9, 9, types={"integer": 9}, values=(0, 2**63)),
            [("wrong format", "int64", "0 to 9223372036854775808", 1, 9, True, ())],
        ),
        (Declared(enum=("a", "b")), Observed(9, 9, types={"string": 9}, distinct=2, top=(("a", 5), ("b", 4))), []),
        (
            Declared(enum=("a", 1, {"x": 1})),
            Observed(
                9,
                8,
                1,
                types={"string": 5, "integer": 2, "boolean": 1},
                distinct=4,
                top=(("a", 3), ("c", 2), (True, 1), (1, 1)),
            ),
            [("outside the enum", "a, 1, {'x': 1}", "'c', True", 3, 7, False, ("c", True))],
        ),
        (
            Declared(enum=("a",)),
            Observed(9, 9, types={"string": 9}, distinct=6, top=(("b", 2), ("c", 1), ("d", 1), ("e", 1))),
            [("outside the enum", "a", "'b', 'c', 'd'", 5, 9, True, ("b", "c", "d"))],
        ),
        (
            Declared(enum=("a",)),
            Observed(9, 9, types={"string": 9}, distinct=1, top=(("b", 9),), distinct_error=0.1),
            [("outside the enum", "a", "'b'", 9, 9, True, ("b",))],
        ),
        (
            Declared(enum=("a",)),
            Observed(9, 9, types={"string": 9}, distinct=9, examples=("a", "b", "c")),
            [("outside the enum", "a", "'b', 'c'", 2, 9, True, ("b", "c"))],
        ),
        (
            Declared(enum=("a",)),
            Observed(9, 9, types={"string": 9}, empties=2, distinct=1, top=(("a", 7),)),
            [("outside the enum", "a", "''", 2, 9, False, ("",))],
        ),
        (Declared(enum=("a", "")), Observed(9, 9, types={"string": 9}, empties=2, distinct=1, top=(("a", 7),)), []),
        (
            Declared(max_length=3),
            Observed(9, 9, types={"string": 9}, lengths=(1, 3), distinct=1, top=(("abc", 9),)),
            [],
        ),
        (
            Declared(max_length=3),
            Observed(9, 9, types={"string": 9}, lengths=(1, 4), distinct=3, top=(("abcd", 5), ("abc", 2), (12345, 1))),
            [("too long", "up to 3", "up to 4", 5, 9, False, ("abcd",))],
        ),
        (
            Declared(max_length=3),
            Observed(
                9, 9, types={"string": 9}, lengths=(1, 4), distinct=9, top=(("abc", 2),), examples=("abcd", "a", 77777)
            ),
            [("too long", "up to 3", "up to 4", 1, 9, True, ("abcd",))],
        ),
        (
            Declared(max_length=3),
            Observed(9, 9, types={"string": 5, "array": 4}, lengths=(1, 9), distinct=1, top=(("abc", 5),)),
            [],
        ),
        (Declared(max_length=3), Observed(9, 9, types={"array": 9}, lengths=(1, 9)), []),
        (
            Declared(max_length=0),
            Observed(9, 9, types={"string": 9}, lengths=(0, 1), distinct=1, top=(("a", 3),)),
            [("too long", "up to 0", "up to 1", 3, 9, False, ("a",))],
        ),
        (Declared(min_length=2), Observed(9, 9, types={"string": 9}, lengths=(2, 4), distinct=1, top=(("ab", 9),)), []),
        (
            Declared(min_length=2),
            Observed(9, 9, types={"string": 9}, lengths=(1, 4), distinct=2, top=(("a", 4), ("ab", 5))),
            [("too short", "from 2", "from 1", 4, 9, False, ("a",))],
        ),
        (
            Declared(min_length=2),
            Observed(9, 9, types={"string": 9}, lengths=(1, 4), distinct=7, top=(("ab", 2),), examples=("a", "abc")),
            [("too short", "from 2", "from 1", 1, 9, True, ("a",))],
        ),
        (Declared(minimum=1, maximum=5), Observed(9, 9, types={"integer": 9}, values=(1, 5)), []),
        (
            Declared(minimum=1, maximum=5),
            Observed(
                9,
                9,
                types={"integer": 6, "number": 2, "null": 1},
                values=(0, 6.5),
                distinct=5,
                top=((0, 3), (3, 2), (6.5, 1), ("0", 1), (True, 1)),
            ),
            [("out of range", ">= 1, <= 5", "0 to 6.5", 4, 8, False, (0, 6.5))],
        ),
        (Declared(exclusive_minimum=1, exclusive_maximum=5), Observed(9, 9, types={"integer": 9}, values=(2, 4)), []),
        (
            Declared(exclusive_minimum=1),
            Observed(9, 9, types={"integer": 9}, values=(1, 4), distinct=9),
            [("out of range", "> 1", "1 to 4", 1, 9, True, (1,))],
        ),
        (
            Declared(exclusive_maximum=5),
            Observed(9, 9, types={"integer": 9}, values=(2, 5), distinct=1, top=((5, 2),)),
            [("out of range", "< 5", "2 to 5", 2, 9, False, (5,))],
        ),
        (
            Declared(minimum=0, exclusive_maximum=0),
            Observed(9, 9, types={"integer": 9}, values=(0, 0), distinct=1, top=((0, 9),)),
            [("out of range", ">= 0, < 0", "0 to 0", 9, 9, False, (0,))],
        ),
        (
            Declared(maximum=0),
            Observed(9, 9, types={"integer": 9}, values=(0, 1), distinct=1, top=((1, 9),)),
            [("out of range", "<= 0", "0 to 1", 9, 9, False, (1,))],
        ),
        (Declared(pattern="^[A-Z]+$"), Observed(9, 9, types={"string": 9}, distinct=2, top=(("AB", 5), ("CD", 4))), []),
        (
            Declared(pattern="^[A-Z]+$"),
            Observed(
                9, 9, types={"string": 9}, distinct=3, top=(("AB", 5), ("cd", 3)), examples=("cd", "ef", 7, "gh", "ij")
            ),
            [("not the pattern", "^[A-Z]+$", "'cd', 'ef', 'gh'", 6, 9, True, ("cd", "ef", "gh"))],
        ),
        (Declared(pattern="^[A-Z]+$"), Observed(9, 9, types={"integer": 9}, top=((7, 9),)), []),
        (
            Declared(pattern="^a$"),
            Observed(9, 9, types={"string": 9}, distinct=2, top=(("b" * 200, 1), ("b" * 201, 1))),
            [("not the pattern", "^a$", repr("b" * 200), 1, 9, False, ("b" * 200,))],
        ),
        (Declared(pattern="^(a+)+$"), Observed(9, 9, types={"string": 9}, top=(("b", 9),)), []),
        (Declared(pattern="("), Observed(9, 9, types={"string": 9}, top=(("b", 9),)), []),
        (Declared(pattern="[[a]"), Observed(9, 9, types={"string": 9}, top=(("b", 9),)), []),
        (
            Declared(pattern="^a*b*c*d*$"),
            Observed(9, 9, types={"string": 9}, distinct=1, top=(("x", 9),)),
            [("not the pattern", "^a*b*c*d*$", "'x'", 9, 9, False, ("x",))],
        ),
        (Declared(pattern="^a*b*c*d*e*$"), Observed(9, 9, types={"string": 9}, distinct=1, top=(("x", 9),)), []),
        (
            Declared(pattern="^(?:a|b)c{2,}$"),
            Observed(9, 9, types={"string": 9}, distinct=1, top=(("x", 9),)),
            [("not the pattern", "^(?:a|b)c{2,}$", "'x'", 9, 9, False, ("x",))],
        ),
        (Declared(pattern="^(?:a|b)*$"), Observed(9, 9, types={"string": 9}, distinct=1, top=(("x", 9),)), []),
        (
            Declared(pattern="^([+*]x)+$"),
            Observed(9, 9, types={"string": 9}, distinct=1, top=(("x", 9),)),
            [("not the pattern", "^([+*]x)+$", "'x'", 9, 9, False, ("x",))],
        ),
    ],
)
def test_what_is_not_as_declared_is_counted(declared, observed, rows):
    seen = [row for look in LOOKS for row in look(Field("f", declared, observed), declared, observed)]
    assert {row.path for row in seen} <= {"f"}
    assert [
        (row.problem, row.declared, row.observed, row.count, row.of, row.at_least, row.examples) for row in seen
    ] == rows
