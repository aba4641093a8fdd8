"""What is worked out of a schema is worked out once, and belongs to that schema alone."""

import copy
import pickle
from dataclasses import replace

from ipaas_discovery.schemas.kept_results import kept
from ipaas_discovery.schemas.schema import Schema

FIELDS = [{"path": "id"}, {"path": "lines"}, {"path": "lines[].sku"}]


def test_a_result_is_computed_once_for_each_schema():
    computed = []

    @kept
    def count(schema):
        computed.append(schema)
        return len(schema.fields)

    one, other = Schema.from_fields(FIELDS), Schema.from_fields(FIELDS[:1])
    assert [count(one), count(one), count(other)] == [3, 3, 1]
    assert computed == [one, other]


def test_two_functions_have_two_results():
    first, second = kept(lambda _: "first"), kept(lambda _: "second")
    schema = Schema.from_fields(FIELDS)
    assert (first(schema), second(schema), first(schema)) == ("first", "second", "first")


def test_a_changed_copy_begins_anew():
    schema = Schema.from_fields(FIELDS)
    assert schema.field("lines[].sku").path == "lines[].sku"
    fewer = replace(schema, fields=schema.fields[:1])
    assert fewer.field("lines[].sku") is None
    assert fewer.field("id") == schema.field("id")


def test_what_is_kept_is_neither_compared_nor_shown_nor_written():
    schema, fresh = Schema.from_fields(FIELDS), Schema.from_fields(FIELDS)
    schema.field("id")
    assert schema.kept.by_function
    assert schema == fresh
    assert repr(schema) == repr(fresh)
    assert "kept" not in schema.to_dict()
    written = pickle.dumps(schema)
    for twin in (pickle.loads(written), copy.deepcopy(schema)):  # noqa: S301  written above
        assert twin == schema
        assert not twin.kept.by_function


def test_the_first_of_two_fields_at_one_path_counts():
    one, two = Schema.from_fields([{"path": "a", "title": "first"}]), Schema.from_fields([{"path": "a"}])
    assert Schema(fields=(*one.fields, *two.fields)).field("a").declared.title == "first"
