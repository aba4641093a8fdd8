"""The finding that sums a run up: what it weighs, and what it names."""

from __future__ import annotations

from dataclasses import replace

import pytest
from flows.rules.cases import PLAIN

from ipaas_discovery.flows.finding import Effect
from ipaas_discovery.flows.rules.pass_rate import passes
from ipaas_discovery.flows.sample_run import Execution, Rejection
from ipaas_discovery.matching.mapping import Mapping


def told(passed, *rejections, records=40, status="manual"):
    of = tuple(Rejection(field, problem, count, 40) for field, problem, count in rejections)
    mappings = tuple(Mapping(field, "field", ("a",), status=status) for field, _, _ in rejections) or PLAIN.mappings
    (finding,) = passes(replace(PLAIN, mappings=mappings).ran(Execution(records, passed, of)))
    return finding


@pytest.mark.parametrize(
    ("passed", "rejections", "effect"),
    [
        (0, [("name", "type", 40)], Effect.UNKNOWN),
        (0, [("code", "required", 40), ("name", "length", 40)], Effect.UNKNOWN),
        (0, [("code", "required", 40)], Effect.NEEDS_DEFAULT),
        (0, [("code", "nullable", 40), ("status", "enum", 40)], Effect.NEEDS_DEFAULT),
        (0, [("name", "type", 39), ("code", "required", 1)], Effect.NEEDS_DEFAULT),
        (1, [("name", "type", 39)], Effect.NEEDS_DEFAULT),
        (40, [], Effect.SUPPORTS),
    ],
)
def test_where_no_record_can_pass_by_defaults_and_maps_it_is_unknown_whether_one_would(passed, rejections, effect):
    assert told(passed, *rejections).effect is effect


def test_a_proposal_that_nobody_took_is_no_obstacle_as_it_can_be_replaced():
    assert told(0, ("name", "type", 40), status="proposed").effect is Effect.NEEDS_DEFAULT
    assert told(0, ("name", "type", 40), status="accepted").effect is Effect.UNKNOWN


def test_the_fields_that_refuse_most_are_named_first():
    finding = told(2, ("b", "type", 3), ("a", "type", 3), ("c", "length", 32))
    assert finding.fact == "2 of 40 records pass as mapped now; refused for c (32), a (3), b (3)"
    assert told(1, ("c", "length", 39)).fact == "1 of 40 records passes as mapped now; refused for c (39)"
    assert told(0, ("c", "length", 40)).fact == "none of 40 records passes as mapped now; refused for c (40)"


def test_a_run_of_no_records_says_nothing():
    assert not [*passes(PLAIN.ran(Execution(0, 0)))]
