"""`observe` counts what a slow and obvious reference counts, however the records come and are split."""

from __future__ import annotations

import gzip
import json
import math
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ipaas_discovery.errors import SourceError
from ipaas_discovery.samples.sample import Sample, Stop
from ipaas_discovery.schemas.field_paths import escape, list_depth, split_path, unescape
from ipaas_discovery.schemas.observing import from_tally as totals
from ipaas_discovery.schemas.observing import scale
from ipaas_discovery.schemas.observing.distinct import DISTINCT_CAP
from ipaas_discovery.schemas.observing.from_tally import TOP, observed
from ipaas_discovery.schemas.observing.observe import observe
from ipaas_discovery.schemas.observing.tally import Tally
from ipaas_discovery.schemas.text_formats import text_format

KEYS = st.sampled_from(["a", "b", "a.b", "", "a[]", "[]", "\\", "a\\", "[", "é☃", "id"]) | st.text(max_size=4)
SCALARS = (
    st.none()
    | st.booleans()
    | st.integers(-3, 3)
    | st.integers(2**53 - 2, 2**80)
    | st.floats()
    | st.sampled_from(["", "x", "y", "\ud800", '":', "\\", "1", "1.50", "true", "2026-01-31", "2026-01-31T10:00:00Z"])
    | st.text(max_size=3)
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=20,
)
RECORDS = st.lists(st.dictionaries(KEYS, VALUES, max_size=5) | SCALARS, max_size=12)


def kind_of(value):
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "boolean"
    return {int: "integer", float: "number", str: "string", list: "array", dict: "object"}[type(value)]


def reference(records):
    """Presence, denominators, types and so on, value by value, with keys as tuples so that no escaping is needed."""
    values, objects, elements = {}, Counter(), Counter()

    def look(record, prefix):
        objects[prefix] += 1
        for key, value in record.items():
            enter(value, (*prefix, key))

    def enter(value, path):
        values.setdefault(path, []).append(value)
        if isinstance(value, dict):
            look(value, path)
        elif isinstance(value, list):
            for element in value:
                elements[*path, ...] += 1
                enter(element, (*path, ...))

    for record in records:
        if isinstance(record, dict):
            look(record, ())
    return {
        path: summary(found, elements[path] if path[-1] is ... else objects[path[:-1]])
        for path, found in values.items()
        if path[-1] is not ... or any(not isinstance(value, dict) for value in found)
    }


def reference_values(records, path):
    """All values at a path as `observe` writes it."""
    found = []

    def look(value, at):
        if at == path:
            found.append(value)
        if isinstance(value, dict):
            for key, each in value.items():
                look(each, f"{at}.{escape(key)}" if at is not None else escape(key))
        elif isinstance(value, list) and at is not None:
            for each in value:
                look(each, f"{at}[]")

    for record in records:
        look(record, None)
    return found


def is_nan(value):
    return isinstance(value, float) and math.isnan(value)


def summary(found, of):
    found = [None if is_nan(value) else value for value in found]
    plain = [value for value in found if value not in ("", None) and not isinstance(value, dict | list)]
    numbers = [value for value in plain if kind_of(value) in {"integer", "number"}]
    sizes = [len(value) for value in found if isinstance(value, str | list)]
    return {
        "of": of,
        "present": len(found),
        "nulls": sum(value is None for value in found),
        "empties": sum(value in ("", [], {}) and not isinstance(value, bool) for value in found),
        "types": Counter(map(kind_of, found)),
        "formats": Counter(filter(None, (text_format(value) for value in found if isinstance(value, str)))),
        "values": (min(numbers), max(numbers)) if numbers else None,
        "lengths": (min(sizes), max(sizes)) if sizes else None,
        "distinct": len({(kind_of(value), value) for value in plain}),
    }


def written(path):
    """A reference path as `observe` writes it."""
    text = ""
    for position, key in enumerate(path):
        text += "[]" if key is ... else ("." if position else "") + escape(key)
    return text


@pytest.fixture(scope="module", autouse=True)
def no_maps():
    """Maps have tests of their own; chance makes objects look like some."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(totals, "is_map", lambda *_: False)
        yield


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("lines")


def check(schema, records):
    expected = {written(path): counts for path, counts in reference(records).items()}
    assert schema.records == len(records)
    assert [each.path for each in schema.fields] == sorted(expected)
    for each in schema.fields:
        assert {name: getattr(each.observed, name) for name in expected[each.path]} == expected[each.path]
        assert len(each.observed.examples) == min(5, each.observed.distinct)
        assert sum(times for _, times in each.observed.top) <= each.observed.filled
        numbers = [value for value in reference_values(records, each.path) if kind_of(value) == "integer"]
        assert each.observed.unsafe_integers == sum(abs(value) > 2**53 for value in numbers)
    counts = Counter(tuple(sorted(record)) for record in records if isinstance(record, dict))
    assert {each.keys: each.count for each in schema.variants} == counts
    schema.frame()


@settings(max_examples=300, deadline=None)
@given(RECORDS)
def test_counts_agree_with_a_slow_reference(records):
    check(observe(records), records)


@settings(max_examples=200, deadline=None)
@given(RECORDS, st.booleans(), st.sampled_from(["\n", "\r\n", "\n \n"]), st.integers(20, 2000))
def test_a_file_of_arbitrary_json_is_counted_as_the_reference_does(folder, records, ascii_only, ending, block):
    path = folder / "any.jsonl"
    text = ending.join(json.dumps(each, ensure_ascii=ascii_only) for each in records)
    path.write_bytes(text.encode("utf-8", "replace"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(scale, "BLOCK", block)
        schema = observe(path, raw=True)
    assert observe(path).records == schema.records  # and what is masked is no matter
    read = [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line.strip()]
    check(schema, read)
    others = sum(not isinstance(each, dict) for each in read)
    assert sum(each.count for each in schema.problems if each.what.startswith("not an object")) == others
    assert all(each.kept for each in schema.problems)


@settings(max_examples=200, deadline=None)
@given(
    st.lists(st.binary(max_size=40) | st.sampled_from([b'{"a":', b"[1,2", b"nul", b'{"a":1}', b"\xff\xfe"]), max_size=6)
)
def test_any_bytes_are_survived_and_every_line_is_accounted_for(folder, lines):
    path = folder / "bytes.jsonl"
    path.write_bytes(b"{}\n" + b"\n".join(lines))
    schema = observe(path)
    lost = sum(each.count for each in schema.problems if not each.kept)
    filled = sum(bool(line.strip()) for line in path.read_bytes().split(b"\n"))
    assert schema.records + lost >= filled  # a line may hold several records
    assert lost <= filled


@settings(max_examples=150, deadline=None)
@given(RECORDS, st.lists(st.integers(0, 12), max_size=6))
def test_splitting_and_order_of_parts_change_nothing(records, cuts):
    edges = [0, *sorted(min(cut, len(records)) for cut in cuts), len(records)]
    parts = [records[start:end] for start, end in pairwise(edges)]
    whole, forwards, backwards = Tally(), Tally(), Tally()
    whole.add(records)
    for tally, order in ((forwards, parts), (backwards, parts[::-1])):
        for part in order:
            one = Tally()
            one.add(part)
            tally.merge(one)
    assert observed(forwards) == observed(whole) == observed(backwards)


@given(st.lists(KEYS, min_size=1, max_size=4), st.lists(st.integers(0, 2), min_size=4, max_size=4))
def test_any_keys_survive_the_way_through_a_path(keys, depths):
    marks = list(zip(keys, depths, strict=False))
    path = ".".join(escape(key) + "[]" * depth for key, depth in marks)
    assert [(unescape(key), depth) for key, depth in map(list_depth, split_path(path))] == marks


def orders(count):
    return [
        {
            "id": number,
            "note": None if number % 3 else "",
            "lines": [{"sku": f"S-{number % 7}", "qty": number % 5}] * (number % 4),
            "customer": {"name": f"Person {number}", **({"vat": "X1"} if number % 50 == 0 else {})},
        }
        for number in range(count)
    ]


def test_absent_null_and_empty_are_counted_apart():
    seen = observe([{"a": None}, {"a": ""}, {"a": "x"}, {}]).field("a").observed
    assert (seen.of, seen.present, seen.nulls, seen.empties, seen.filled) == (4, 3, 1, 1, 1)


def test_fields_in_lists_and_objects_have_their_own_denominator():
    schema = observe([{"lines": [{"sku": "A"}, {}], "to": {"city": "X"}}, {"lines": []}, {"to": None}])
    assert (schema.field("lines[].sku").observed.of, schema.field("lines[].sku").observed.present) == (2, 1)
    assert (schema.field("to.city").observed.of, schema.field("lines").observed.of) == (1, 3)
    assert schema.field("lines[]") is None


def test_lists_of_plain_values_and_of_lists_have_paths_of_their_own():
    schema = observe([{"tags": ["a", "b"], "grid": [[1, 2], [3]], "mixed": [{"x": 1}, 2]}])
    assert [each.path for each in schema.fields] == [
        "grid", "grid[]", "grid[][]", "mixed", "mixed[]", "mixed[].x", "tags", "tags[]",
    ]  # fmt: skip
    assert schema.field("mixed[]").observed.types == {"integer": 1, "object": 1}
    assert schema.field("grid[][]").observed.of == 3


def test_integers_stay_exact_and_booleans_apart():
    seen = observe([{"n": 2**70 + 1}, {"n": True}, {"n": 1}, {"n": 1.0}]).field("n").observed
    assert seen.types == {"boolean": 1, "integer": 2, "number": 1}
    assert seen.values[1] == 2**70 + 1
    assert seen.distinct == 4


def test_a_literal_dot_is_not_a_nested_key():
    schema = observe([{"a.b": 1, "a": {"b": "x"}}])
    assert {each.path: each.types for each in schema.fields} == {
        "a": ("object",), "a.b": ("string",), "a\\.b": ("integer",),
    }  # fmt: skip


def test_values_are_counted_one_by_one_up_to_the_cap():
    seen = observe({"n": number} for number in range(DISTINCT_CAP)).field("n").observed
    assert (seen.distinct, seen.distinct_error, seen.top_error, len(seen.top)) == (DISTINCT_CAP, 0, 0, TOP)


def test_beyond_the_cap_estimates_say_how_good_they_are():
    records = [{"n": 7 if number % 4 == 0 else number} for number in range(20_000)]
    seen = observe(records).field("n").observed
    assert seen.distinct == pytest.approx(15_001, rel=3 * seen.distinct_error)
    assert 0.01 < seen.distinct_error < 0.02
    assert [value for value, _ in seen.top] == [7]
    assert 5_000 - seen.top_error <= seen.top[0][1] <= 5_000
    assert (seen.present, seen.values, len(seen.examples), seen.types) == (20_000, (1, 19_999), 5, {"integer": 20_000})


def test_top_is_by_count_then_value():
    seen = observe([{"s": text} for text in "bbcaadeeefgh"]).field("s").observed
    assert seen.top == (("e", 3), ("a", 2), ("b", 2), *((each, 1) for each in "cdfgh"))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-01-31T08:00:00Z", "date-time"),
        ("2026-01-31T08:00:00.123+02:00", "date-time"),
        ("2026-01-31 08:00:00", "date-time-local"),
        ("2026-01-31T08:00", "date-time-local"),
        ("Wed, 10 Jan 2018 21:05:30 +0000", "rfc2822"),
        ("2026-01-31", "date"),
        ("2026-13-31", None),
        ("ann@example.test", "email"),
        ("ann@example", None),
        ("https://example.test/a?b=c", "url"),
        ("www.example.test", None),
        ("123E4567-e89b-12d3-a456-426614174000", "uuid"),
        ("336.3200", "decimal"),
        ("-0.5", "decimal"),
        ("1e5", None),
        ("42", "integer"),
        ("007", None),
        ("\u0663", None),
        ("true", "boolean"),
        ("yes", None),
        ("42\n", None),
        ("", None),
    ],
)
def test_formats_are_recognised_by_the_whole_text(text, expected):
    assert text_format(text) == expected


def test_a_format_of_few_values_is_not_the_fields_format():
    assert observe([{"name": "123"}, {"name": "Ann"}, {"name": "Bo"}]).field("name").format is None
    assert observe([{"on": "2026-01-31"}, {"on": ""}, {"on": ""}]).field("on").format == "date"


def test_values_that_no_parser_makes_are_taken_for_what_json_makes_of_them():
    when = datetime(2026, 1, 31, tzinfo=UTC)
    schema = observe([{"d": Decimal("1.10"), "t": (1, 2), "w": when, 5: Fraction(1, 2), "n": Decimal("NaN")}])
    assert {each.path: each.types for each in schema.fields} == {
        "5": ("number",), "d": ("number",), "n": (), "t": ("array",), "t[]": ("integer",), "w": ("string",),
    }  # fmt: skip


def test_nesting_without_end_is_survived():
    record = value = {}
    for _ in range(10_000):
        value["a"] = [{}]
        value = value["a"][0]
    assert len(observe([record]).fields) < 200


def test_a_sample_gives_its_name_and_its_claim():
    sample = Sample("Shop", "orders", ({"id": 1},), Stop.COMPLETE, total=1)
    schema = observe(sample)
    assert (schema.system, schema.collection, schema.source, schema.records) == ("Shop", "orders", sample.claim, 1)


def test_an_empty_sample_is_known_to_be_empty():
    assert (observe([]).records, observe([]).fields, observe([]).known) == (0, (), True)


@pytest.mark.parametrize("executor", [False, True])
@pytest.mark.parametrize("ending", ["\n", "\r\n"])
@pytest.mark.parametrize("suffix", [".jsonl", ".jsonl.gz"])
def test_a_file_of_json_lines_gives_what_its_records_give(tmp_path, suffix, ending, executor):
    records = orders(50)
    content = "\ufeff" + (ending * 2).join(map(json.dumps, records))
    path = tmp_path / f"orders{suffix}"
    path.write_bytes(gzip.compress(content.encode()) if suffix.endswith("gz") else content.encode())
    with ThreadPoolExecutor(2) as pool:
        schema = observe(path, executor=pool if executor else None, raw=True)
    assert (schema.fields, schema.records, schema.source) == (observe(records).fields, 50, f"orders{suffix}")


def test_integers_of_a_file_stay_exact(tmp_path):
    path = tmp_path / "big.jsonl"
    path.write_text('{"n": 123456789012345678901234567890}')
    assert observe(str(path)).field("n").observed.values == (123456789012345678901234567890,) * 2


@pytest.mark.parametrize(
    ("name", "content"),
    [("gone.jsonl", None), ("orders.csv", b"a,b"), ("orders.jsonl.gz", b"no gzip"), ("cut.jsonl.gz", b"cut")],
)
def test_a_file_that_cannot_be_read_is_a_source_error(tmp_path, name, content):
    path = tmp_path / name
    if content == b"cut":
        content = gzip.compress(b'{"a": 1}\n' * 1000)[:-20]
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(SourceError, match=name):
        observe(path)


@pytest.mark.parametrize("source", [{"a": 1}, b"{}", 5, None])
def test_what_is_no_collection_of_records_is_a_source_error(source):
    with pytest.raises(SourceError, match="list"):
        observe(source)


def test_the_first_of_many_equally_frequent_values_are_shown():
    values = [*range(60), float("nan"), float("nan"), *("x" + str(each) for each in range(60)), 7]
    seen = observe([{"v": each} for each in values]).field("v").observed
    assert seen.top == ((7, 2), *((each, 1) for each in range(25) if each != 7))
    assert seen.nulls == 2
    floats = observe([{"v": each / 2} for each in range(40)] + [{"v": float("nan")}]).field("v").observed
    assert floats.top == tuple((each / 2, 1) for each in range(25))
