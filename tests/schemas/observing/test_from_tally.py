"""Lists of names and values unfolded: each name a field, with its own presence, types and values."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipaas_discovery import check_conformance, compare_shapes, match_fields, observe
from ipaas_discovery.samples.named_lists import MOST_NAMES, named_path
from ipaas_discovery.samples.sample import Sample, Stop
from ipaas_discovery.schemas.field_paths import escape, named_part, split_path
from ipaas_discovery.schemas.observing.from_tally import named_lists, unfolded
from ipaas_discovery.schemas.observing.tally import Tally
from ipaas_discovery.schemas.schema import Schema
from ipaas_discovery.vocabulary import Shape


def listed(**values):
    return [{"name": name, "value": value} for name, value in values.items()]


RECORDS = [
    {"id": 1, "custom_fields": listed(Season="Winter", Width="12.5")},
    {"id": 2, "custom_fields": listed(Season="Summer")},
    {"id": 3, "custom_fields": listed(Season=None, Width="7")},
    {"id": 4, "custom_fields": []},
]


def named(records, **more):
    schema = observe(records, **more)
    return {field.path: field.observed for field in schema.fields if "{" in field.path}


def test_each_name_is_a_field_with_its_own_counts():
    fields = named(RECORDS)
    assert list(fields) == ["custom_fields{Season}.value", "custom_fields{Width}.value"]
    season, width = fields.values()
    assert (season.of, season.present, season.nulls, season.filled) == (4, 3, 1, 2)
    assert (width.of, width.present, width.examples) == (4, 2, ("12.5", "7"))
    assert season.types == {"null": 1, "string": 2}


def test_the_list_itself_stays_and_folding_leaves_its_names_out():
    plain, both = observe(RECORDS, unfold=False), observe(RECORDS)
    assert [field.path for field in plain.fields if "{" in field.path] == []
    assert both.folded().fields == plain.fields
    assert both.folded("custom_fields").fields == plain.fields
    assert both.folded("others") == both


@pytest.mark.parametrize(
    ("key", "value"), [("key", "value"), ("attribute_code", "value"), ("Name", "Value"), ("custom_field_name", "value")]
)
def test_names_stand_under_many_keys(key, value):
    records = [{"meta": [{"id": n, key: "colour", value: n}]} for n in range(3)]
    (path,) = named(records)
    assert path == f"meta{{colour}}.{value}"


@pytest.mark.parametrize(
    "lists",
    [
        [listed(a=1), listed(b=1)],  # names that do not come again
        [listed(a=1) * 2, listed(a=1)],  # a name twice in one list
        [[*listed(a=1), {"name": "b"}], listed(a=1)],
        [[*listed(a=1), 7], listed(a=1)],
        [[{"name": 1, "value": 2}], [{"name": 1, "value": 2}]],
        [[{"name": "", "value": 2}], [{"name": "", "value": 2}]],
        [[{"name": "a", "amount": 2}], [{"name": "a", "amount": 2}]],
        [["a"], ["a"]],
        [listed(**{f"n{at}": at for at in range(MOST_NAMES + 1)})] * 2,
    ],
)
def test_other_lists_are_left_as_they_are(lists):
    assert not named([{"fields": one} for one in lists])


def test_as_many_names_as_are_fields_at_most():
    assert len(named([{"fields": listed(**{f"n{at}": at for at in range(MOST_NAMES)})}] * 2)) == MOST_NAMES


def test_lists_inside_objects_and_lists_are_unfolded_too():
    lines = [{"options": listed(Size=n)} for n in range(3)]
    records = [{"lines": lines, "extra": {"meta": listed(k=1)}}] * 2
    assert {path: seen.of for path, seen in named(records).items()} == {
        "extra.meta{k}.value": 2,
        "lines[].options{Size}.value": 6,
    }


def test_a_whole_extract_is_unfolded_alike_by_any_executor(tmp_path):
    path = tmp_path / "products.jsonl"
    path.write_text("".join(f"{json.dumps(record)}\n" for record in RECORDS * 50))
    with ThreadPoolExecutor(2) as executor:
        assert named(path, executor=executor) == named(path) == named(RECORDS * 50)


@given(st.lists(st.lists(st.sampled_from([*"abcd"]), unique=True), max_size=9), st.integers(0, 9))
def test_parts_merged_are_the_whole(names, cut):
    records = [{"f": [{"name": name, "value": len(one)} for name in one]} for one in names]
    whole, part, rest = Tally(), Tally(), Tally()
    whole.add(records)
    part.add(records[:cut])
    rest.add(records[cut:])
    part.merge(rest)
    assert named_lists(part) == named_lists(whole)
    assert unfolded(part, named_lists(part)) == unfolded(whole, named_lists(whole))


@given(st.text(min_size=1), st.text())
def test_any_name_is_read_from_its_path_again(key, name):
    path = named_path(escape(key), name)
    assert split_path(f"{path}.value") == [path, "value"]
    assert named_part(path) == (escape(key), name)


@given(st.text())
def test_no_key_of_a_record_reads_as_a_name(key):
    assert named_part(escape(key)) is None


def test_personal_values_of_a_file_are_masked_by_their_name(tmp_path):
    path = tmp_path / "customers.jsonl"
    record = {"id": 1, "meta": listed(email="ada@example.test", phone="555 010 0199", Season="Winter")}
    path.write_text(f"{json.dumps(record)}\n" * 3)
    fields = named(path)
    assert "ada@example.test" not in str(fields)
    assert "555 010 0199" not in str(fields)


def test_they_are_matched_as_fields_and_are_not_in_the_json_schema():
    schema = observe(RECORDS)
    other = Schema.from_fields([{"path": "season"}, {"path": "width"}])
    best = match_fields(schema, other).best("custom_fields{Season}.value")
    assert best.destination == "season"
    assert set(schema.to_json_schema()["properties"]) == {"id", "custom_fields"}
    assert "custom_fields{Season}.value" in schema.frame()["path"].tolist()
    assert "Season" in schema.to_text()


def test_no_description_has_them_so_they_are_no_deviation_and_no_difference():
    plain, both = observe(RECORDS, unfold=False), observe(RECORDS)
    paths = ("id", "custom_fields[].name", "custom_fields[].value")
    declared = Schema.from_fields([{"path": path} for path in paths], shape=Shape.CREATE)
    assert compare_shapes(both, declared) == compare_shapes(plain, declared)
    assert check_conformance(declared, both) == check_conformance(declared, plain)


def test_a_schema_says_by_what_a_list_was_recognised():
    (one,) = observe(RECORDS).named_lists
    assert (one.path, one.name, one.value, one.names, one.lists, one.values) == (
        "custom_fields",
        "name",
        "value",
        2,
        3,
        5,
    )
    assert str(one) == (
        "custom_fields is a list of names and values: in all 3 lists each element has a name of its own and a value, "
        "5 values with 2 names"
    )
    assert str(one) in observe(RECORDS).to_html()
    assert Schema().merged(observe(RECORDS)).named_lists == (one,)


def test_a_list_whose_names_are_rare_is_unfolded_where_its_path_is_given():
    records = [{"fields": listed(a=1)}, {"fields": listed(b=1)}, {"others": [{"x": 1}]}]
    assert not named(records)
    assert not named(records, unfold=["others"])
    assert [*named(records, unfold=["fields"])] == ["fields{a}.value", "fields{b}.value"]
    assert str(observe(records).named_lists[0]).endswith("2 values with 2 names, too many to be fields")


def test_a_frame_of_records_has_a_column_for_each_name():
    sample = Sample("shop", "products", tuple(RECORDS), Stop.COMPLETE)
    frame = sample.frame()
    assert [*frame.columns] == ["id", "custom_fields", "custom_fields{Season}.value", "custom_fields{Width}.value"]
    assert frame["custom_fields{Season}.value"].tolist()[:2] == ["Winter", "Summer"]
    assert frame["custom_fields{Season}.value"].isna().tolist() == [False, False, True, True]
    assert [*sample.frame(unfold=False).columns] == ["id", "custom_fields"]


@pytest.mark.parametrize(
    "lists",
    [[listed(a=1), listed(b=1)], [listed(a=1) * 2, listed(a=1)], [["a"], ["a"]], [[*listed(a=1), 7], listed(a=1)]],
)
def test_a_frame_leaves_other_lists_as_they_are(lists):
    sample = Sample("shop", "products", tuple({"fields": one} for one in lists), Stop.COMPLETE)
    assert [*sample.frame().columns] == ["fields"]
