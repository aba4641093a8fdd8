"""What is wrong with lines is counted and named, and all the rest is counted as if nothing were."""

from __future__ import annotations

import gzip
import json
from decimal import Decimal

import pytest

from ipaas_discovery.schemas.observing.json_lines import (
    CONSTANT,
    DEEP,
    NO_OBJECT,
    NOT_JSON,
    NOT_UTF8,
    REPEATED,
    SURROGATE,
)
from ipaas_discovery.schemas.observing.observe import observe
from ipaas_discovery.schemas.observing.tally import MAX_DEPTH


@pytest.fixture
def seen(tmp_path):
    """Observes a file of the given lines."""

    def look(*lines, name="orders.jsonl"):
        path = tmp_path / name
        path.write_bytes(b"\n".join(each.encode() if isinstance(each, str) else each for each in lines))
        return observe(path)

    return look


def problems(schema):
    return {each.what: (each.count, each.lines, each.kept) for each in schema.problems}


@pytest.mark.parametrize(
    ("line", "what", "kept"),
    [
        ('{"a": oops}', NOT_JSON, False),
        ('{"a": 1', NOT_JSON, False),
        ('{"a": 1}, {"a": 2}', NOT_JSON, False),
        ("<html>", NOT_JSON, False),
        ("{'a': 1}", NOT_JSON, False),
        (b'{"a": "\xe9"}', NOT_UTF8, False),
        ('{"a": NaN}', CONSTANT, True),
        ('{"a": [-Infinity, Infinity]}', CONSTANT, True),
        ('{"a": "\\ud83d"}', SURROGATE, True),
        ('{"a": 1, "a": 2}', REPEATED, True),
        ('{"b": {"a" : 1, "a" : 2}}', REPEATED, True),
        ("[[1, 2], [3]]", NO_OBJECT, True),
        ("5", NO_OBJECT, True),
        ("null", NO_OBJECT, True),
        ('"text"', NO_OBJECT, True),
        ('{"a":' * 10_000 + "1" + "}" * 10_000, DEEP, True),
        ('{"x":' + "[" * 10_000 + '"]"' + "]" * 10_000 + "}", DEEP, True),
    ],
)
def test_a_line_with_a_problem_is_named_and_the_rest_is_counted(seen, line, what, kept):
    schema = seen('{"a": 1}', "", line, '{"a": 2}', line)
    assert problems(schema) == {what: (2, (3, 5), kept)}
    assert schema.records == (4 if kept else 2)
    assert schema.field("a").observed.types["integer"] >= 2


def test_what_is_kept_of_a_line_with_a_problem_is_all_that_can_be_read(seen):
    schema = seen('{"a": NaN, "b": "\\ud83d"}', '{"a": 1.5, "b": "x"}', '{"a": NaN, "a": Infinity}')
    assert set(problems(schema)) == {CONSTANT, SURROGATE, REPEATED}
    a, b = schema.field("a").observed, schema.field("b").observed
    assert (a.types, a.distinct, a.values) == ({"null": 1, "number": 2}, 2, (1.5, float("inf")))
    assert (b.distinct, b.examples) == (2, b.examples)
    assert r"\ud83d" in b.examples
    json.dumps(schema.to_dict())


def test_what_is_nested_too_deeply_is_counted_down_to_a_depth(seen):
    schema = seen('{"a":' * 5_000 + "[1]" + "}" * 5_000)
    assert max(path.path.count(".") for path in schema.fields) == MAX_DEPTH - 1
    assert schema.fields[-1].observed.types == {"object": 1}


@pytest.mark.parametrize(
    "broken", ['{"a":' * 10_000, '{"a":' * 10_000 + "1" + "}" * 9_999, "[" * 10_000 + "}" * 10_000]
)
def test_what_is_nested_too_deeply_and_broken_is_not_json(seen, broken):
    assert problems(seen(broken)) == {NOT_JSON: (1, (1,), False)}


def test_only_the_first_lines_are_named(seen):
    (problem,) = seen(*["oops"] * 12).problems
    assert (problem.count, problem.lines) == (12, (1, 2, 3, 4, 5))
    assert str(problem) == "12 lines not counted: not JSON (line 1, 2, 3, 4, 5, …)"


@pytest.mark.parametrize(
    "line",
    [
        '{"a": "b\\":c", "d": "\\\\"}',
        '{"a\\\\": 1}',
        '{"a" : 1, "b"\t: {"c":2}}',
        '{"": 0, ".": 1, "[]": 2, "\\n": 3, "😀": 4}',
        '{"a": "{\\"b\\":1}"}',
        '{"a": {}, "b": [], "c": [[]]}',
    ],
)
def test_what_looks_like_repeated_keys_and_is_none_is_no_problem(seen, line):
    assert seen(line).problems == ()


@pytest.mark.parametrize(
    "text",
    [
        "123456789012345678901234567890",
        "0.1234567890123456789",
        "12345678901.12345678",
        "1234567890123456.7",
        "1e400",
        "-1E-400",
        "4e-320",
        "0.1000000000000000055511151231257827",
        "9" * 5_000,
    ],
)
@pytest.mark.parametrize("spoilt", [False, True], ids=["among good lines", "among bad ones"])
def test_numbers_stay_as_they_are_written(seen, text, spoilt):
    schema = seen('{"n": 0.5}', f'{{"n": {text} }}', *["oops"] * spoilt)
    values = schema.field("n").observed.values
    exact = Decimal(text)
    assert exact in {Decimal(str(value)) for value in values}
    assert schema.field("n").observed.distinct == 2


def test_one_number_is_one_value_however_it_is_written(seen):
    schema = seen(
        '{"n": 1.10}', '{"n": 1.1}', '{"n": 1.1000000000000000000}', '{"n": 11e-1}', '{"n": 0.0}', '{"n": -0.0}'
    )
    seen_values = schema.field("n").observed
    assert seen_values.top == ((1.1, 4), (0.0, 2))
    assert str(seen_values.values[0]) == "0.0"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
@pytest.mark.parametrize("suffix", [".jsonl", ".jsonl.gz", ".ndjson"])
def test_a_file_is_read_in_the_encoding_that_its_first_bytes_show(tmp_path, encoding, suffix):
    records = [{"name": f"Zoë {number}", "n": number} for number in range(300)]
    content = "\r\n".join(json.dumps(each, ensure_ascii=False) for each in records).encode(encoding)
    path = tmp_path / f"orders{suffix}"
    path.write_bytes(gzip.compress(content) if suffix.endswith("gz") else content)
    schema = observe(path)
    assert (schema.records, schema.problems, schema.fields) == (300, (), observe(records).fields)


@pytest.mark.parametrize("spoilt", [False, True])
def test_several_records_in_one_line_are_several_records(seen, spoilt):
    assert seen('{"a": 1} {"a": 2}', *["oops"] * spoilt).records == 2


def test_an_empty_file_is_an_empty_collection(seen):
    for content in (b"", b"\n\n  \n", b"\xef\xbb\xbf", b"\xff\xfe"):
        schema = seen(content)
        assert (schema.records, schema.fields, schema.problems, schema.known) == (0, (), (), True)


def test_one_large_record_is_a_record(seen):
    record = {"lines": [{"sku": f"S-{number}", "price": number / 4} for number in range(60_000)]}
    schema = seen(json.dumps(record), '{"lines": []}')
    assert schema.records == 2
    assert schema.field("lines[].sku").observed.of == 60_000
    assert schema.field("lines").observed.list_lengths == (0, 60_000)


def test_what_is_nearly_json_in_a_line_is_read_and_counted(seen):
    schema = seen('{"a": "x\ty"}', '<br />Notice: x [1]<br />{"a": "z"}', '{"a": "w"}<br />Notice', '{"a": "v"}')
    assert schema.records == 4
    assert schema.fields[0].observed.filled == 4
    assert problems(schema) == {
        "control character inside a text, which JSON would escape": (1, (1,), True),
        "text before the JSON, such as a notice of the server, skipped": (1, (2,), True),
        "text behind the JSON, such as a notice of the server, skipped": (1, (3,), True),
    }
