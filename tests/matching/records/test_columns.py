"""Columns of a sample: their values in one spelling, and the form that most of these have."""

from datetime import UTC, datetime
from types import MappingProxyType

import pytest

from ipaas_discovery.matching.records.columns import Column, columns_of, folded, raw_values, values_by_path


def column(values, path="field"):
    return columns_of([{path: value} for value in values])[path]


@pytest.mark.parametrize(
    ("values", "form", "spelled"),
    [
        ([True, False], "flag", ["true", "false"]),
        ([True, "x"], "text", ["true", "x"]),
        (["A.B+tag@Mail.example", "c@mail.example"], "email", ["a.b@mail.example", "c@mail.example"]),
        (["a.b@gmail.com", "a.b@googlemail.com"], "email", ["ab@gmail.com", "ab@googlemail.com"]),
        (["mailto:a@mail.example", "+tag@mail.example"], "email", ["a@mail.example", "+tag@mail.example"]),
        (["2026-03-01", "2026-03-02T00:00:00Z"], "date", ["2026-03-01T00:00:00", "2026-03-02T00:00:00+00:00"]),
        (["2026-03-01", "2026-03-02T10:00:00Z"], "moment", ["2026-03-01T00:00:00", "2026-03-02T10:00:00+00:00"]),
        (["+49 (30) 123-4567", "030 1234567"], "phone", ["301234567", "301234567"]),
        (["1.50", 2], "amount", ["1.5", "2"]),
        ([-1, "+2"], "integer", ["-1", "2"]),
        (["SO-1", "SO-2"], "code", ["so-1", "so-2"]),
        (["Ada  Müller", "Bo"], "text", ["ada muller", "bo"]),
        (["one two three"], "text", ["one two three"]),
        (["one two three four"], "title", ["one two three four"]),
        (["***"], "text", ["***"]),
    ],
)
def test_the_form_of_a_column_and_the_spelling_of_its_values(values, form, spelled):
    built = column(values)
    assert (built.form, list(built.rows)) == (form, [(text,) for text in spelled])


@pytest.mark.parametrize(("emails", "form"), [(7, "email"), (6, "text")])
def test_seven_of_ten_values_tell_the_form(emails, form):
    values = [f"{'abcdefghij'[at]}@mail.example" if at < emails else "wxyz"[at - 6] for at in range(10)]
    assert column(values).form == form


@pytest.mark.parametrize(
    ("path", "value", "form", "spelled"),
    [("phone", "1234567", "phone", "1234567"), ("phone", "123456", "integer", "123456"),
     ("phone", " ", "text", None), ("number", "1234567", "integer", "1234567"),
     ("phone", "004912345678901", "phone", "345678901")],
)  # fmt: skip
def test_digits_alone_are_a_telephone_where_the_field_is_called_so(path, value, form, spelled):
    built = column([value], path)
    assert (built.form, built.rows) == (form, [(spelled,) if spelled else ()])


@pytest.mark.parametrize(("dialled", "form"), [(7, "phone"), (6, "text")])
def test_seven_of_ten_telephones_tell_the_form(dialled, form):
    assert (
        column([f"030 123456{at}" if at < dialled else f"nobody {'abcdefghij'[at]}" for at in range(10)]).form == form
    )


def test_a_record_without_a_value_has_an_empty_row():
    built = column(["a", None, "", " ", "b", "a"])
    assert built.rows == [("a",), (), (), (), ("b",), ("a",)]
    assert (built.filled, built.counts) == (3, {"a": 2, "b": 1})


def test_of_a_list_three_values_are_looked_at_each_once():
    records = [{"tags": ["a", "A ", "b", "c"]}, {}, {"tags": ["", "d"]}]
    assert columns_of(records)["tags[]"].rows == [("a", "b"), (), ("d",)]


def test_true_and_one_are_spelled_apart():
    assert column([True, 1, True]).rows == [("true",), ("1",), ("true",)]


def test_columns_come_in_the_order_of_their_paths():
    assert [*columns_of([{"b": 1, "n": None}, {"a": 1, "b": 2}])] == ["b", "a"]


def test_the_name_of_a_field_is_read_in_words():
    built = Column("billTo.phoneNumbers[]", "phone", [])
    assert built.words == ("phone", "numbers")
    assert built.all_words == {"bill", "to", "phone", "numbers"}


def test_a_form_is_told_by_at_most_three_hundred_values_taken_evenly():
    assert column([f"{'x' if at < 270 else ''}{at}" for at in range(1000)]).form == "integer"
    assert (
        column([*range(500), *(f"word {'abcdefghij'[at % 10] * (at // 10 + 1)}" for at in range(500))]).form == "text"
    )


def test_values_are_listed_with_their_paths_in_order():
    moment = datetime(2026, 1, 1, tzinfo=UTC)
    record = {
        "a.b": 1,
        "list": [[1], MappingProxyType({"x": None})],
        "at": moment,
        "empty": {},
        "m": [{"name": "K", "value": 2}],
    }
    plain = [("a\\.b", 1), ("list[][]", 1), ("list[].x", None), ("at", moment), ("m[].name", "K"), ("m[].value", 2)]
    assert list(raw_values(record)) == plain
    assert sorted(map(str, raw_values(record, named=True))) == sorted(map(str, [*plain, ("m{K}.value", 2)]))
    assert values_by_path({"a": [1, 2], "m": record["m"]}) == {
        "a[]": (1, 2), "m[].name": ("K",), "m[].value": (2,), "m{K}.value": (2,)
    }  # fmt: skip


@pytest.mark.parametrize(
    ("text", "plain"), [("A_b--C", "a b c"), (" É! ", "e"), ("--", "--"), ("Жук", "zhuk"), ("AB", "ab")]
)
def test_a_text_is_folded_to_plain_letters(text, plain):
    assert folded(text) == plain
