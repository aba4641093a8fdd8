from dataclasses import dataclass, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipaas_discovery.flows.finding import Effect, Finding
from ipaas_discovery.flows.surroundings import Learning, Surroundings
from ipaas_discovery.flows.verdict import Verdict, bidirectional, check_flow
from ipaas_discovery.matching.field_matches import match_fields
from ipaas_discovery.matching.mapping import Mapping
from ipaas_discovery.schemas.observing.observe import observe
from ipaas_discovery.schemas.schema import Declared, Field, Schema
from ipaas_discovery.vocabulary import Direction, Grade, Method, Outcome, Shape

CALLS = {Method.ADD: "POST /v2/Customer", Method.UPDATE: "PUT /v2/Customer/{id}", Method.DELETE: None}


def seen(*records):
    return replace(observe(records), collection="users", system="store")


def received(operations=CALLS, **fields):
    """A received schema from `path=Declared`, `__` for a dot and `L` for a list."""
    named = {name.replace("__", ".").replace("L.", "[]."): declared for name, declared in fields.items()}
    every = tuple(Field(path, declared) for path, declared in sorted(named.items()))
    return Schema("CUSTOMER", Shape.CREATE, "iPaaS.com", every, operations=operations, source="test")


def check(source, destination, mappings, method=Method.ADD):
    return check_flow(source, destination, mappings, direction=Direction.TO, method=method)


def findings(verdict, rule):
    return [(each.effect, each.field) for each in verdict.findings if each.rule == rule]


def fact(verdict, rule):
    return next(each.fact for each in verdict.findings if each.rule == rule)


TEXT, REQUIRED = Declared(types=("string",)), Declared(types=("string",), required=True)


def test_a_flow_that_meets_every_rule_is_possible():
    verdict = check(seen({"mail": "a@example.test"}), received(email=REQUIRED), [("mail", "email")])
    assert verdict.outcome is Outcome.POSSIBLE
    assert {each.effect for each in verdict.findings} == {Effect.SUPPORTS}
    assert (verdict.source, verdict.destination) == ("users", "CUSTOMER")


@pytest.mark.parametrize(
    ("operations", "outcome", "effect"),
    [
        ({Method.ADD: "POST /x"}, Outcome.POSSIBLE, Effect.SUPPORTS),
        ({Method.ADD: None}, Outcome.BLOCKED, Effect.BLOCKS),
        ({}, Outcome.UNKNOWN, Effect.UNKNOWN),
    ],
)
def test_the_call_decides_before_everything_else(operations, outcome, effect):
    verdict = check(seen({"a": "x"}), received(operations, a=TEXT), [("a", "a")])
    assert verdict.outcome is outcome
    assert findings(verdict, "call") == [(effect, "")]
    assert "POST /x" in fact(verdict, "call") or effect is not Effect.SUPPORTS


def test_an_unknown_received_shape_is_unknown():
    verdict = check(seen({"a": "x"}), Schema("CUSTOMER", operations=CALLS), [])
    assert verdict.outcome is Outcome.UNKNOWN
    assert "fields" in verdict.reason


@pytest.mark.parametrize(
    ("source", "says"),
    [
        (Schema("users"), "nobody knows what users returns"),
        (Schema("users", records=0), "users is empty"),
        (Schema("users", fields=(Field("a", TEXT),), records=0, source="test"), "users is empty"),
    ],
)
def test_a_source_nobody_has_seen_is_unknown(source, says):
    verdict = check(source, received(a=TEXT), [])
    assert verdict.outcome is Outcome.UNKNOWN
    assert says in fact(verdict, "readable")


def test_a_source_that_is_only_declared_warns():
    verdict = check(Schema("users", fields=(Field("a", TEXT),), source="test"), received(a=TEXT), [("a", "a")])
    assert verdict.outcome is Outcome.POSSIBLE
    assert findings(verdict, "readable") == [(Effect.WARNS, "")]


@pytest.mark.parametrize(
    ("fields", "records", "grade"),
    [
        ((Field("id", Declared()),), None, Grade.DECLARED),
        ((Field("id", Declared()),), 0, Grade.DECLARED),
        ((Field("id", Declared()),), 1, Grade.OBSERVED),
        ((), None, Grade.UNKNOWN),
    ],
)
def test_a_verdict_is_graded_by_how_its_source_is_known(fields, records, grade):
    source = Schema("orders", fields=fields, records=records)
    verdict = check_flow(source, Schema("TRANSACTION"), [], direction=Direction.TO, method=Method.DELETE)
    assert verdict.grade is grade
    assert verdict.to_dict()["grade"] == grade.value


def test_both_ways_are_graded_by_what_is_known_less():
    grades = (Grade.OBSERVED, Grade.DECLARED, Grade.UNKNOWN)
    for rank, ours in enumerate(grades):
        for other, theirs in enumerate(grades):
            joined = bidirectional(
                Verdict("a", "b", Direction.TO, Method.ADD, grade=ours),
                Verdict("b", "a", Direction.FROM, Method.ADD, grade=theirs),
            )
            assert joined.grade is grades[max(rank, other)]


def test_a_required_field_without_a_source_needs_a_default():
    verdict = check(seen({"a": "x"}), received(a=TEXT, type=replace(REQUIRED, enum=("Person", "Firm"))), [("a", "a")])
    assert verdict.outcome is Outcome.WITH_DEFAULTS
    assert findings(verdict, "required") == [(Effect.NEEDS_DEFAULT, "type")]
    assert verdict.reason == "type: required on add, and nothing is mapped to it."
    assert "Person, Firm" in verdict.findings[0].fix


def test_a_required_read_only_field_is_the_destinations_own():
    verdict = check(seen({"a": "x"}), received(a=TEXT, id=replace(REQUIRED, read_only=True)), [("a", "a")])
    assert findings(verdict, "required") == []


@pytest.mark.parametrize(
    ("list_required", "mapped", "missing"),
    [
        (False, [], []),
        (False, [("items[].sku", "lines[].sku")], ["lines[].type"]),
        (True, [], ["lines"]),
        (True, [("items[].sku", "lines[].sku")], ["lines[].type"]),
    ],
)
def test_what_list_elements_require_matters_only_if_there_are_elements(list_required, mapped, missing):
    array = Declared(types=("array",), required=list_required)
    destination = received(lines=array, linesL__sku=TEXT, linesL__type=REQUIRED)
    verdict = check(seen({"items": [{"sku": "a"}]}), destination, mapped)
    assert [path for _, path in findings(verdict, "required")] == missing


def test_a_required_field_that_is_sometimes_empty_is_counted():
    records = (
        [{"mail": f"c{i}@example.test"} for i in range(188)] + [{"mail": None}] * 5 + [{"mail": ""}] * 4 + [{}] * 3
    )
    verdict = check(seen(*records), received(email=REQUIRED), [("mail", "email")])
    assert verdict.outcome is Outcome.WITH_DEFAULTS
    assert "12 of 200 (6.0 %)" in verdict.reason


def test_an_absent_parent_counts_as_empty():
    records = [{"address": {"city": "Springfield"}}] * 3 + [{}]
    verdict = check(seen(*records), received(city=REQUIRED), [("address.city", "city")])
    assert "1 of 4 (25.0 %)" in fact(verdict, "fill")


def test_a_field_that_was_never_empty_is_bounded_by_the_rule_of_three():
    verdict = check(seen(*[{"mail": "a@example.test"}] * 200), received(email=REQUIRED), [("mail", "email")])
    assert findings(verdict, "fill") == [(Effect.SUPPORTS, "email")]
    assert "under 1.5 % at 95 %" in fact(verdict, "fill")


def test_an_empty_optional_field_is_no_finding():
    verdict = check(seen({"mail": None}, {"mail": "a@example.test"}), received(email=TEXT), [("mail", "email")])
    assert findings(verdict, "fill") == []


@pytest.mark.parametrize(
    ("values", "wanted", "required", "effect"),
    [
        (["1", "22"], "integer", False, Effect.SUPPORTS),
        (["1.50", "2"], "number", False, Effect.SUPPORTS),
        (["1.50", "2"], "integer", False, Effect.NEEDS_DEFAULT),
        (["a", "b"], "integer", False, Effect.NEEDS_DEFAULT),
        (["a", "b"], "integer", True, Effect.NEEDS_DEFAULT),
        (["true", "false"], "boolean", False, Effect.SUPPORTS),
        ([1.5, 2.5], "integer", False, Effect.WARNS),
        ([{"x": 1}], "string", True, Effect.NEEDS_DEFAULT),
        ([{"x": 1}], "array", False, Effect.NEEDS_DEFAULT),
        ([1, 2.5], "string", False, None),
        ([1, 2], "number", False, None),
        ([True], "string", False, None),
    ],
)
def test_types_are_contained_or_proven_convertible(values, wanted, required, effect):
    destination = received(a=Declared(types=(wanted,), required=required))
    verdict = check(seen(*({"a": value} for value in values)), destination, [("a", "a")])
    assert findings(verdict, "type") == ([(effect, "a")] if effect else [])


def test_conversions_are_told_with_their_counts():
    verdict = check(seen({"a": "1"}, {"a": "x"}), received(a=Declared(types=("integer",))), [("a", "a")])
    assert "1 of 2 (50.0 %) can be read as integer" in fact(verdict, "type")


def test_text_without_a_sample_warns():
    source = Schema("users", fields=(Field("a", TEXT),), source="test")
    verdict = check(source, received(a=Declared(types=("integer",))), [("a", "a")])
    assert findings(verdict, "type") == [(Effect.WARNS, "a")]


def test_an_object_with_a_link_cannot_fill_a_required_list_of_records():
    source = seen({"lines": {"url": "https://store.test/lines"}})
    optional, required = (Declared(types=("array",), required=must) for must in (False, True))
    for array, effect, outcome in [
        (optional, Effect.WARNS, Outcome.UNKNOWN),  # nothing else is matched either
        (required, Effect.NEEDS_DEFAULT, Outcome.UNKNOWN),
    ]:
        verdict = check(source, received(lines=array, linesL__sku=TEXT), [])
        assert findings(verdict, "array and object") == [(effect, "lines")]
        assert verdict.outcome is outcome


def test_one_value_to_a_list_and_back_warns_once_for_each_object():
    source = seen({"a": {"x": "1", "y": "2"}, "l": [{"b": "3"}]})
    destination = received(b=TEXT, mL__x=TEXT, mL__y=TEXT)
    verdict = check(source, destination, [("a.x", "m[].x"), ("a.y", "m[].y"), ("l[].b", "b")])
    assert findings(verdict, "structure") == [(Effect.WARNS, "m[]"), (Effect.WARNS, "l[]")]
    assert fact(verdict, "structure") == "a gives one value a record, and m[] is a list: 2 fields"


def test_a_text_longer_than_taken_is_counted():
    records = [{"name": "abcdefgh"}] * 3 + [{"name": "ab"}] * 7
    verdict = check(seen(*records), received(name=replace(TEXT, max_length=4)), [("name", "name")])
    assert findings(verdict, "length") == [(Effect.NEEDS_DEFAULT, "name")]
    assert "up to 8 characters long, 4 are taken, longer in 3 of 10" in fact(verdict, "length")


def test_a_longer_declared_limit_warns():
    source = Schema("users", fields=(Field("a", replace(TEXT, max_length=9)),), source="test")
    verdict = check(source, received(a=replace(TEXT, max_length=4)), [("a", "a")])
    assert findings(verdict, "length") == [(Effect.WARNS, "a")]


@pytest.mark.parametrize(
    ("least", "most", "taken", "fix"),
    [
        (None, 4, "4 characters at most are taken", "shorten it by a formula"),
        (6, None, "6 characters at least are taken", "give a default, or make it longer by a formula"),
        (2, 2, "exactly 2 characters are taken", "give a value map, or a formula that makes the code"),
        (1, 4, "1 character at least and 4 characters at most are taken", "bring it to that length"),
    ],
)
def test_a_text_of_a_wrong_length_is_cut_only_where_a_cut_helps(least, most, taken, fix):
    limits = replace(TEXT, min_length=least, max_length=most)
    verdict = check_flow(
        seen({"name": "Japan"}),
        received(name=limits),
        [("name", "name")],
        direction=Direction.TO,
        method=Method.ADD,
        samples=[{"name": "Japan"}],
    )
    (row,) = [finding for finding in verdict.findings if finding.rule == "length"]
    assert taken in row.fact
    assert row.fix.startswith(fix)


def test_values_outside_the_enum_need_a_value_map_with_counts():
    records = [{"s": "Open"}] * 3 + [{"s": "Complete"}] * 2 + [{"s": "Held"}]
    verdict = check(seen(*records), received(s=replace(TEXT, enum=("Complete", "Pending"))), [("s", "s")])
    assert findings(verdict, "enum") == [(Effect.NEEDS_DEFAULT, "s")]
    assert "'Open' (3), 'Held' (1)" in fact(verdict, "enum")


def test_values_inside_the_enum_support_the_flow():
    verdict = check(seen({"s": "Complete"}), received(s=replace(TEXT, enum=("Complete", "Pending"))), [("s", "s")])
    assert findings(verdict, "enum") == [(Effect.SUPPORTS, "s")]


@pytest.mark.parametrize(
    ("enum", "effect"), [(("Open", "Complete"), Effect.NEEDS_DEFAULT), ((), Effect.WARNS), (("Complete",), None)]
)
def test_declared_values_are_compared_when_none_was_seen(enum, effect):
    source = Schema("users", fields=(Field("s", replace(TEXT, enum=enum)),), source="test")
    verdict = check(source, received(s=replace(TEXT, enum=("Complete",))), [("s", "s")])
    assert findings(verdict, "enum") == ([(effect, "s")] if effect else [])


@pytest.mark.parametrize(
    ("records", "pairs", "effect", "outcome"),
    [
        ([{"no": "c1"}, {"no": "c2"}], [("no", "customer_number")], Effect.SUPPORTS, Outcome.POSSIBLE),
        ([{"no": "c1"}, {"no": "c1"}], [("no", "customer_number")], Effect.WARNS, Outcome.POSSIBLE),
        ([{"no": "c1"}, {"no": None}], [("no", "customer_number")], Effect.WARNS, Outcome.POSSIBLE),
        ([{"id": 1, "a": "x"}, {"id": 2, "a": "x"}], [("a", "name")], Effect.WARNS, Outcome.POSSIBLE),
        ([{"stock": {"sku": "x"}}, {"stock": {"sku": "y"}}], [("stock.sku", "name")], Effect.WARNS, Outcome.POSSIBLE),
        ([{"id": 1}, {"id": 1}], [], Effect.UNKNOWN, Outcome.UNKNOWN),
        ([{"a": "x"}], [], Effect.UNKNOWN, Outcome.UNKNOWN),
    ],
)
def test_an_update_needs_to_know_which_record(records, pairs, effect, outcome):
    verdict = check(seen(*records), received(customer_number=TEXT, name=TEXT), pairs, Method.UPDATE)
    assert [each for each, _ in findings(verdict, "key")] == [effect]
    assert verdict.outcome is outcome
    assert findings(check(seen(*records), received(customer_number=TEXT, name=TEXT), pairs), "key") == []


def test_beyond_the_cap_of_different_values_a_key_is_not_proven():
    records = [{"no": f"c{i}"} for i in range(2_100)]
    verdict = check(seen(*records), received(customer_number=TEXT), [("no", "customer_number")], Method.UPDATE)
    assert findings(verdict, "key") == [(Effect.WARNS, "customer_number")]
    assert "no sample shows" in fact(verdict, "key")


def test_a_delete_needs_only_the_call_and_a_key():
    destination = received({Method.DELETE: "DELETE /x/{id}"}, id=TEXT, name=REQUIRED)
    verdict = check(seen({"id": 1}, {"id": 2}), destination, [("id", "id")], Method.DELETE)
    assert verdict.outcome is Outcome.POSSIBLE
    assert [each.rule for each in verdict.findings] == ["call", "key"]
    assert check(seen({"id": 1}), received(id=TEXT), [("id", "id")], Method.DELETE).outcome is Outcome.BLOCKED


def test_integers_beyond_the_safe_range_warn_unless_they_become_text():
    source = seen({"n": 2**53 + 1})
    number, text = received(n=Declared(types=("integer",))), received(n=TEXT)
    verdict = check(source, number, [("n", "n")])
    assert findings(verdict, "big integers") == [(Effect.WARNS, "n")]
    assert str(2**53 + 1) in fact(verdict, "big integers")
    assert findings(check(source, text, [("n", "n")]), "big integers") == []
    assert findings(check(seen({"n": 2**53 - 1}), number, [("n", "n")]), "big integers") == []


def test_dates_without_a_zone_and_in_another_form_warn():
    source = seen({"local": "2026-01-02T10:00:00", "mail": "Fri, 02 Jan 2026 10:00:00 +0000"})
    date = Declared(types=("string",), format="date-time")
    verdict = check(source, received(a=date, b=date), [("local", "a"), ("mail", "b")])
    assert findings(verdict, "time zone") == [(Effect.WARNS, "a")]
    assert findings(verdict, "format") == [(Effect.WARNS, "b")]
    assert "most are rfc2822" in fact(verdict, "format")


def test_a_mapping_to_a_read_only_field_warns():
    verdict = check(seen({"a": "x"}), received(id=replace(TEXT, read_only=True)), [("a", "id")])
    assert findings(verdict, "writable") == [(Effect.WARNS, "id")]


def test_unmapped_source_fields_are_summed_up_once():
    verdict = check(seen({f"f{i}": "x" for i in range(8)}), received(f0=TEXT), [("f0", "f0")])
    assert fact(verdict, "unmapped") == "7 of 8 fields of the source go nowhere: f1, f2, f3, f4, f5 and 2 more"


def test_matches_are_used_by_their_proposals():
    source, destination = seen({"e_mail": "a@example.test"}), received(email_address=REQUIRED)
    assert check(source, destination, match_fields(source, destination)).outcome is Outcome.POSSIBLE


def test_findings_stand_worst_first_in_the_frame():
    source, destination = seen({"a": "x", "b": 1}), received(a=TEXT, type=REQUIRED)
    frame = check(source, destination, [("a", "a")]).frame()
    assert list(frame.columns) == ["rule", "effect", "field", "fact", "fix", "grade", "accepted"]
    assert frame["effect"].tolist() == ["needs a default", "warns", *["supports"] * 3]


FINDINGS = st.lists(
    st.builds(Finding, rule=st.just("r"), effect=st.sampled_from(Effect), field=st.just(""), fact=st.text(max_size=3)),
    max_size=6,
)
BEST_FIRST = list(Outcome)


def verdict_of(found):
    return Verdict("a", "b", Direction.TO, Method.ADD, tuple(found))


@given(FINDINGS.filter(bool), FINDINGS)
def test_another_finding_never_improves_the_outcome(some, more):
    before, after = verdict_of(some).outcome, verdict_of(some + more).outcome
    assert BEST_FIRST.index(after) >= BEST_FIRST.index(before)


def test_a_verdict_without_findings_is_unknown():
    assert verdict_of([]).outcome is Outcome.UNKNOWN
    assert verdict_of([]).reason == "Nothing was found."


@given(FINDINGS.filter(bool), FINDINGS.filter(bool))
def test_both_ways_are_as_good_as_the_worse(ours, theirs):
    both = bidirectional(verdict_of(ours), verdict_of(theirs))
    assert BEST_FIRST.index(both.outcome) == max(
        BEST_FIRST.index(verdict_of(found).outcome) for found in (ours, theirs)
    )
    assert both.direction is Direction.BIDIRECTIONAL
    assert len(both.findings) == 2


SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(2**70), 2**70),
    st.floats(allow_nan=False),
    st.sampled_from(["", "1", "x", "2026-01-02T10:00:00", "a@example.test"]),
)
NAMES = st.sampled_from(["id", "lines", "sku", "total", "a.b", "[]", "", "é"])
JSON = st.recursive(SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=3))
RECORDS = st.lists(st.dictionaries(NAMES, JSON, max_size=4), max_size=5)
DECLARED = st.builds(
    Declared,
    types=st.lists(st.sampled_from(["string", "integer", "number", "boolean", "array", "object"]), max_size=2).map(
        tuple
    ),
    format=st.sampled_from([None, "date-time", "email", "money"]),
    required=st.sampled_from([None, True, False]),
    read_only=st.sampled_from([None, True]),
    max_length=st.sampled_from([None, 0, 3]),
    enum=st.sampled_from([(), ("x", "1"), (1, None)]),
)


@given(RECORDS, RECORDS, DECLARED, st.sampled_from(Method), st.booleans())
def test_any_records_against_any_declaration_give_a_verdict(ours, theirs, declared, method, by_hand):
    source = observe(ours)
    fields = tuple(replace(each, declared=declared) for each in observe(theirs).fields)
    destination = Schema("x", Shape.CREATE, fields=fields, operations=CALLS, source="test")
    matches = match_fields(source, destination)
    pairs = [(each.source, each.destination) for each in matches.rows]
    verdict = check(source, destination, pairs if by_hand else matches, method)
    assert verdict.outcome in Outcome
    assert verdict.reason.endswith(".")
    assert len(verdict.frame()) == len(verdict.findings)
    assert verdict == check(source, destination, pairs if by_hand else matches, method)


def test_the_id_of_another_record_is_no_key():
    source = seen({"group": 1, "mail": "a@example.test"}, {"group": 2, "mail": "b@example.test"})
    destination = received(group_id=Declared(types=("integer",)), email=TEXT)
    verdict = check(source, destination, [("group", "group_id")], Method.UPDATE)
    assert findings(verdict, "key") == [(Effect.UNKNOWN, "")]
    natural = check(source, destination, [("group", "group_id"), ("mail", "email")], Method.UPDATE)
    assert findings(natural, "key") == [(Effect.SUPPORTS, "email")]


def test_an_update_takes_the_destinations_own_id_from_the_link():
    source, destination = seen({"id": 1}, {"id": 2}), received(id=REQUIRED)
    assert findings(check(source, destination, [], Method.UPDATE), "required") == [(Effect.WARNS, "id")]
    assert findings(check(source, destination, []), "required") == [(Effect.NEEDS_DEFAULT, "id")]


def test_a_flow_to_which_nothing_is_matched_is_unknown_and_says_so():
    verdict = check(seen({"a": "x"}), received(b=TEXT), [])
    assert (verdict.outcome, findings(verdict, "mapped")) == (Outcome.UNKNOWN, [(Effect.UNKNOWN, "")])
    assert "is matched to any here" in verdict.reason


def test_the_reason_of_a_possible_flow_says_how_it_goes_and_what_to_watch():
    verdict = check(seen({"a": "x", "b": 1}), received(a=TEXT), [("a", "a")])
    assert verdict.outcome is Outcome.POSSIBLE
    assert verdict.reason.startswith(
        "add by POST /v2/Customer, 1 field of the source can be mapped; 1 warning, first: "
    )


@dataclass(frozen=True)
class Acceptance:
    rule: str
    field: str = ""
    direction: Direction = Direction.TO
    method: Method | None = None
    flow: str = ""
    until: str = ""
    why: str = ""
    by: str = ""


LACKING = verdict_of(
    [Finding("required", Effect.NEEDS_DEFAULT, field, "nothing is mapped") for field in "ab"]
    + [Finding("call", Effect.SUPPORTS, "", "add by POST /x")]
)


def test_both_ways_sum_up_each_way_in_a_finding():
    blocked = Verdict("a", "b", Direction.TO, Method.UPDATE, (Finding("call", Effect.BLOCKS, "", "there is no call"),))
    fine = Verdict("b", "a", Direction.FROM, Method.UPDATE, (Finding("call", Effect.SUPPORTS, "", "update by PUT"),))
    both = bidirectional(blocked, fine)
    assert both.outcome is Outcome.BLOCKED
    assert [(row.rule, row.effect, row.fact) for row in both.findings] == [
        ("to", Effect.BLOCKS, "To iPaaS.com, update: blocked, there is no call"),
        ("from", Effect.SUPPORTS, "From iPaaS.com, update: possible, update by PUT"),
    ]


def test_what_is_accepted_in_one_named_flow_is_accepted_there_alone():
    row = Acceptance("required", "a", flow="refunds")
    named = replace(LACKING, name="refunds").accepting([row])
    assert [finding.field for finding in named.findings if finding.effect is Effect.ACCEPTED] == ["a"]


@pytest.mark.parametrize(
    ("row", "fields"),
    [
        (Acceptance("required", "a"), ["a"]),
        (Acceptance("required"), ["a", "b"]),
        (Acceptance("required", "a", method=Method.ADD), ["a"]),
        (Acceptance("required", "a", until="2027-01-01"), ["a"]),
        (Acceptance("required", "a", until="2026-12-31"), ["a"]),
        (Acceptance("required", "a", until="2026-12-30"), []),
        (Acceptance("required", "a", method=Method.UPDATE), []),
        (Acceptance("required", "a", direction=Direction.FROM), []),
        (Acceptance("required", "a", flow="refunds"), []),
        (Acceptance("fill", "a"), []),
        (Acceptance("call"), []),
    ],
)
def test_a_finding_that_people_accept_is_shown_as_accepted(row, fields):
    accepted = LACKING.accepting([row], today="2026-12-31")
    assert [finding.field for finding in accepted.findings if finding.effect is Effect.ACCEPTED] == fields
    assert len(accepted.findings) == len(LACKING.findings)
    assert accepted.outcome is (Outcome.POSSIBLE if len(fields) == 2 else Outcome.WITH_DEFAULTS)


def test_an_accepted_finding_says_by_whom_until_when_and_why():
    row = Acceptance("required", "a", until="2027-01-01", by="A. Analyst", why="it is empty anyway")
    (finding,) = [finding for finding in LACKING.accepting([row]).findings if finding.field == "a"]
    assert finding.accepted == "accepted until 2027-01-01 by A. Analyst: it is empty anyway (it needs a default)"
    assert verdict_of([finding]).frame()["accepted"].tolist() == [finding.accepted]


def test_a_mapping_that_nobody_took_never_blocks_and_a_decided_one_closes_the_gap():
    records = [{"a": "x"}, {"a": "y"}]
    destination = received(amount=Declared(types=("integer",), required=True))
    proposed = Mapping("amount", "field", ("a",), standing="matched", score=0.9)
    judged = check_flow(
        seen(*records), destination, [proposed], direction=Direction.TO, method=Method.ADD, samples=records
    )
    assert (judged.outcome, judged.pass_rate) == (Outcome.WITH_DEFAULTS, 0)  # no worse than without the proposal
    accepted = [replace(proposed, status="accepted")]
    taken = check_flow(
        seen(*records), destination, accepted, direction=Direction.TO, method=Method.ADD, samples=records
    )
    assert (taken.outcome, taken.pass_rate) == (Outcome.UNKNOWN, 0)
    rejected = check(seen(*records), destination, [replace(proposed, status="rejected")])
    assert findings(rejected, "required") == [(Effect.NEEDS_DEFAULT, "amount")]
    manual = Mapping("amount", "constant", value="7", status="manual")
    mended = check_flow(
        seen(*records), destination, [manual], direction=Direction.TO, method=Method.ADD, samples=records
    )
    assert mended.pass_rate == 1
    assert findings(mended, "required") == []


def test_only_records_that_meet_the_condition_get_a_value():
    records = [{"a": "x", "state": "paid"}, {"a": "y", "state": "open"}]
    row = Mapping("b", "field", ("a",), condition="state = paid", status="manual")
    destination = received(b=REQUIRED)
    judged = check_flow(seen(*records), destination, [row], direction=Direction.TO, method=Method.ADD, samples=records)
    assert judged.pass_rate == 0.5


def test_the_reason_of_a_flow_that_was_run_is_what_passes():
    records = [{"a": "x"}, {"a": ""}, {}]
    judged = check_flow(
        seen(*records), received(b=REQUIRED), [("a", "b")], direction=Direction.TO, method=Method.ADD, samples=records
    )
    assert judged.reason == "1 of 3 records passes as mapped now; refused for b (2)."
    none = check_flow(seen({}), received(b=REQUIRED), [], direction=Direction.TO, method=Method.ADD, samples=[{}])
    assert none.run is None


def _learning(method, **known):
    verdict = check_flow(
        Schema.from_fields([{"path": "a"}], collection="users"), Schema.from_fields([{"path": "a"}]), [("a", "a")],
        direction=Direction.TO, method=method, surroundings=Surroundings(learning=Learning(**known)),
    )  # fmt: skip
    (finding,) = (finding for finding in verdict.findings if finding.rule == "changes")
    return finding


def test_a_webhook_tells_of_the_methods_that_its_name_says():
    events = "users/created, users/updated"
    assert _learning(Method.ADD, webhook=events).fact == "changes are told by the webhooks users/created"
    assert _learning(Method.UPDATE, webhook=events).fact == "changes are told by the webhooks users/updated"
    assert _learning(Method.UPDATE, webhook="users/created", since="after").fact.startswith("changes can be asked for")
    told = _learning(Method.UPDATE, webhook="users/created")
    assert told.fact.startswith("no webhook that tells of update and no filter by date are known")
    assert _learning(Method.UPDATE).fact.startswith("no webhook and no filter by date are known")


def test_a_filter_by_date_shows_no_deleted_record():
    gone = _learning(Method.DELETE, webhook="users/created", since="after", records=91, page=30)
    assert (gone.effect, gone.grade) == (Effect.WARNS, "unknown")
    assert gone.fact.endswith(
        "no list shows what is gone but the whole: 4 calls a poll, 48 an hour at one every 5 minutes"
    )
    assert _learning(Method.DELETE, webhook="users/removed").effect is Effect.SUPPORTS
