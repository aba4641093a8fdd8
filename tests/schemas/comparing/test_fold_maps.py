"""What one sample shows as a map and another as an object with keys is the same thing."""

from __future__ import annotations

from ipaas_discovery.schemas.comparing.drift import drift
from ipaas_discovery.schemas.comparing.fold_maps import folded
from ipaas_discovery.schemas.observing.observe import observe
from ipaas_discovery.schemas.schema import Schema


def by_path(schema):
    return {each.path: each for each in schema.fields}


def stock(keys, value=lambda number: {"qty": number, "at": [None]}):
    return observe([{"id": number, "stock": {str(number % keys): value(number)}} for number in range(60)])


def test_few_keys_and_many_are_no_drift_in_either_direction():
    assert drift(stock(4), stock(9)).changes == ()
    assert drift(stock(9), stock(4)).changes == ()


def test_what_is_folded_counts_as_if_it_had_been_a_map():
    keyed, mapped = by_path(stock(4)), by_path(stock(9))
    whole = folded(keyed, mapped)
    assert whole.keys() == mapped.keys()
    for path, field in whole.items():
        mine, theirs = field.observed, mapped[path].observed
        assert (mine.of, mine.present, mine.types, mine.values) == (
            theirs.of,
            theirs.present,
            theirs.types,
            theirs.values,
        )


def test_a_change_inside_a_map_is_seen():
    changes = drift(stock(4), stock(9, value=lambda number: {"qty": str(number), "at": [None]})).changes
    assert [(each.path, each.change) for each in changes] == [("stock.*.qty", "type changed")]


def test_declared_fields_stay_and_no_map_changes_nothing():
    declared = by_path(Schema.from_fields([{"path": "stock.a", "types": "object"}]))
    assert folded(declared, by_path(stock(9))) == declared
    plain = by_path(observe([{"a": {"b": 1}}]))
    assert folded(plain, plain) is plain
