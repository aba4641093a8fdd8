"""A body that is nearly JSON is read, each oddity counted; what is no JSON stays refused."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipaas_discovery.systems.answers import body as module
from ipaas_discovery.systems.answers.body import mended, parse
from ipaas_discovery.systems.answers.notes import Note, in_words

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**63), 2**64 - 1) | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("abNI", max_size=3), inner, max_size=3),
    max_leaves=8,
)
RECORDS = st.lists(st.dictionaries(st.text("abc", min_size=1), VALUES, min_size=1, max_size=3), min_size=2, max_size=5)


@pytest.mark.parametrize(
    ("content", "value", "notes"),
    [
        (
            b'[{"a": NaN}, {"a": -Infinity, "b": "NaN"}]',
            [{"a": None}, {"a": None, "b": "NaN"}],
            {module.NOT_A_NUMBER: 2},
        ),
        (b'{"a": "x\x01\ty"}', {"a": "x\x01\ty"}, {module.CONTROLS: 2}),
        (rb'["\ud83d", "\ud83d\ude00"]', ["\ufffd", "\U0001f600"], {module.HALVES: 1}),
        (b'\xef\xbb\xbf{"a": 1}', {"a": 1}, {module.MARK: 1}),
        (b'<br />Notice: x [1] in {y}<br />\n{"a": [{"b": 1}]}', {"a": [{"b": 1}]}, {module.BEFORE: 1}),
        (b')]}\',\n[{"a": 1}]', [{"a": 1}], {module.BEFORE: 1}),
        (b'{"a": [1]}<br /><b>Warning</b>: [2]', {"a": [1]}, {module.BEHIND: 1}),
        (b'{"a": [1]}\n\nDeprecated: x in y [3]', {"a": [1]}, {module.BEHIND: 1}),
        (b'{"a": nan, "b": -inf}', {"a": None, "b": None}, {module.NOT_A_NUMBER: 2}),
        (
            b'{"a": 1e400, "b": [-2.5E+999], "c": "1e400", "d": 1e100, "e": NaN}',
            {"a": None, "b": [None], "c": "1e400", "d": 1e100, "e": None},
            {module.TOO_LARGE: 2, module.NOT_A_NUMBER: 1},
        ),
        (b'["\xed\xa0\xbd", "\xed\xa0\xbd\xed\xb8\x80"]', ["\ufffd", "\U0001f600"], {module.HALVES: 1}),
        (b'{"a": 1}\nnull\n{"a": 2}', [{"a": 1}, None, {"a": 2}], {module.LINES: 1}),
        (b'\x1e{"a": 1}\n\x1e{"a": 2}\n', [{"a": 1}, {"a": 2}], {module.LINES: 1}),
        (b'Notice: x\n{"a": 1}\n{"a": 2}', [{"a": 1}, {"a": 2}], {module.BEFORE: 1, module.LINES: 1}),
        (b'{"a": 1}\r\n\r\n{"a": NaN}\n', [{"a": 1}, {"a": None}], {module.LINES: 1, module.NOT_A_NUMBER: 1}),
    ],
)
def test_what_is_nearly_json_is_read_and_noted(content, value, notes):
    parsed, odd = parse(content, "application/json")
    assert parsed == value
    assert {note.what: note.count for note in odd} == notes


@pytest.mark.parametrize(
    "content",
    [
        b'<html><script>var x = {"a": 1};</script></html>',
        b'{"data":[{"id":1},{"id":2}',
        b'Notice {"data":[{"id":1},{"id":2}',
        b'{"a": 1} x',
        b'{"a": 1}\nnull\n7',
        b"null\nnull",
        b"Error [1]",
        b"[{'id': 1}]",
        b'{"a": 1}\n{"b": ',
        b'{"a": 1},{"a": 2}',
        b'{"a": 1\n"b": 2}',
        b"\xef\xbb\xbf",
    ],
)
def test_what_is_no_json_is_left_as_it_is(content):
    assert mended(content) == (content, ())
    with pytest.raises(ValueError):  # noqa: PT011  any kind of it
        parse(content, "")


def test_the_first_byte_that_is_no_text_is_told_of_the_whole_body():
    with pytest.raises(UnicodeDecodeError) as caught:
        parse(b'{"a": "x", "b": "\xe9"}', "application/json")
    assert (caught.value.start, len(caught.value.object)) == (17, 20)


@pytest.mark.parametrize(
    ("content", "content_type", "value"),
    [
        (b'["\xe9"]', 'text/json; charset="Latin-1"; x=1', ["é"]),
        ('["é"]'.encode("utf-16"), "", ["é"]),
        ('["é"]'.encode("utf-16-le"), "charset=utf-8", ["é"]),
        ('["é"]'.encode("utf-8-sig"), "", ["é"]),
        (b'["+2D0-"]', "charset=utf-7", ["?"]),
    ],
)
def test_a_charset_is_what_the_content_type_or_the_first_bytes_tell(content, content_type, value):
    assert parse(content, content_type)[0] == value


def test_a_charset_that_nobody_knows_is_named():
    with pytest.raises(ValueError, match="nobody knows the charset 'klingon'"):
        parse(b"[]", "text/json; charset=Klingon")


@given(VALUES)
def test_json_is_read_without_a_note(value):
    assert parse(json.dumps(value).encode(), "") == (value, ())


@given(RECORDS)
def test_lines_of_objects_are_a_list_of_them(records):
    assert parse("\n".join(map(json.dumps, records)).encode(), "")[0] == records


@given(st.binary())
def test_any_bytes_are_read_or_refused_with_a_value_error(content):
    try:
        parse(content, "application/json")
    except ValueError:
        assert mended(content)[1] == ()


def test_notes_of_a_kind_are_counted_together():
    assert in_words([Note("a"), Note("b", 2), Note("a", 3)]) == ("a: 4 times", "b: 2 times")
    assert in_words([Note("a")]) == ("a: once",)
