import pandas as pd
import pytest
from frames import dtypes, expected
from hypothesis import given
from hypothesis import strategies as st
from noisy_customers import quality, two_systems

from ipaas_discovery.errors import ConfigurationError, UnknownNameError
from ipaas_discovery.matching.field_matches import match_fields
from ipaas_discovery.matching.records.agreement import COLUMNS
from ipaas_discovery.matching.records.record_pairs import pair_records
from ipaas_discovery.samples.sample import Sample, Stop
from ipaas_discovery.schemas.observing.observe import observe


def sample(records, collection="orders"):
    return Sample("store", collection, tuple(records), Stop.COMPLETE)


def positions(pairs):
    return [(pair.left, pair.right) for pair in pairs.pairs]


def test_explicit_keys_are_tried_in_turn():
    left = sample([{"mail": "a@example.test", "no": "1"}, {"mail": None, "no": "0002"}])
    right = sample([{"email": "x@example.test", "number": 2}, {"email": "A@EXAMPLE.TEST ", "number": 9}])
    pairs = pair_records(left, right, [("mail", "email"), ("no", "number")])
    assert positions(pairs) == [(0, 1), (1, 0)]
    assert [pair.key for pair in pairs.pairs] == [("mail", "email"), ("no", "number")]
    row = pairs.frame().to_dict("records")[1]
    assert pd.isna(row.pop("score"))
    assert pd.isna(row.pop("runner_up"))
    assert row == {
        "left": 1,
        "right": 0,
        "tier": "key",
        "grade": "sure",
        "left_key": "no",
        "right_key": "number",
        "value": "2",
    }


def test_keys_are_proposed_from_unique_shared_values():
    left = sample({"id": i, "mail": f"c{i}@example.test", "city": "Springfield"} for i in range(10, 40))
    right = sample({"id": i + 7, "email_address": f"C{i}@example.test", "town": "Springfield"} for i in range(20, 60))
    pairs = pair_records(left, right)
    assert pairs.keys == (("mail", "email_address"),)
    assert positions(pairs) == [(at + 10, at) for at in range(20)]


def test_running_ids_of_two_systems_are_no_key():
    left = sample({"id": i, "label": f"left {i}"} for i in range(1, 50))
    right = sample({"id": i, "label": f"right {i}"} for i in range(1, 50))
    assert pair_records(left, right).keys == ()
    assert len(pair_records(left, right)) == 0


def test_a_running_number_is_a_key_when_other_values_confirm_it():
    left = sample({"id": i, "total": f"{i}.5000", "mail": f"c{i // 4}@example.test"} for i in range(100, 160))
    right = sample({"id": i - 70, "number": str(i), "amount": i + 0.5} for i in range(130, 200))
    pairs = pair_records(left, right)
    assert pairs.keys == (("id", "number"),)
    assert positions(pairs) == [(at + 30, at) for at in range(30)]


def test_a_placeholder_that_many_records_share_joins_nothing():
    left = sample([{"mail": "none@example.test"}] * 4 + [{"mail": "a@example.test"}])
    right = sample([{"mail": "none@example.test"}, {"mail": "a@example.test"}])
    assert positions(pair_records(left, right, [("mail", "mail")])) == [(4, 1)]


def test_among_a_few_candidates_the_most_alike_pair():
    left = sample([{"mail": "home@example.test", "name": n} for n in ("Ada Smith", "Bo Smith")])
    right = sample([{"mail": "home@example.test", "name": n} for n in ("bo smith", "ada smith")])
    assert positions(pair_records(left, right, [("mail", "mail")])) == [(0, 1), (1, 0)]


def test_ids_in_lists_can_be_keys():
    left = sample({"id": f"order-{i}"} for i in range(5))
    right = sample({"external_ids": [{"system_id": 3, "external_id": f"ORDER-{i}"}]} for i in reversed(range(5)))
    assert positions(pair_records(left, right)) == [(0, 4), (1, 3), (2, 2), (3, 1), (4, 0)]


@pytest.mark.parametrize(("left", "right"), [([], []), ([{"id": "a-1"}], []), ([], [{"id": "a-1"}]), ([{}], [{}])])
def test_empty_samples_have_no_pairs(left, right):
    pairs = pair_records(sample(left), sample(right))
    assert len(pairs) == 0
    assert len(pairs.frame()) == 0
    assert len(pairs.agreement([("id", "id")]).rows) == 1
    assert dtypes(pairs.agreement([]).frame()) == expected(COLUMNS)


def test_a_misspelt_key_is_answered_with_the_nearest():
    with pytest.raises(UnknownNameError, match="did you mean 'email'"):
        pair_records(sample([{"email": "a"}]), sample([{"email": "a"}]), [("emial", "email")])


def test_agreement_counts_each_outcome_with_examples():
    left = sample(
        [{"k": f"k-{i}", "total": total, "note": None} for i, total in enumerate(["1.50", 2, "3", "4", None, "7"])]
    )
    right = sample([{"k": f"K-{i}", "amount": amount} for i, amount in enumerate([1.5, 2, 3.01, "four", 5, None])])
    rows = pair_records(left, right, [("k", "k")]).agreement([("total", "amount"), ("note", "amount")]).frame()
    row = rows[rows["left"] == "total"].to_dict("records")[0]
    assert row == {
        "left": "total",
        "right": "amount",
        "compared": 4,
        "equal": 1,
        "equal_after_normalising": 1,
        "different": 2,
        "only_left": 1,
        "only_right": 1,
        "outcome": "differs in some",
        "normalising": ["number or text in 1"],
        "left_fresher": 0,
        "right_fresher": 0,
        "examples": ["'3' / 3.01", "'4' / 'four'"],
    }
    assert rows[rows["left"] == "note"]["only_right"].item() == 5


def test_agreement_shows_at_most_three_examples():
    left = sample({"k": f"k-{i}", "v": f"left {i}"} for i in range(9))
    right = sample({"k": f"k-{i}", "v": f"right {i}"} for i in range(9))
    row = pair_records(left, right, [("k", "k")]).agreement([("v", "v")]).frame().iloc[0]
    assert row["different"] == 9
    assert len(row["examples"]) == 3


def test_agreement_uses_the_proposals_of_matches():
    left = sample({"mail": f"c{i}@example.test", "zip": f"0{i}"} for i in range(4))
    right = sample({"email": f"c{i}@example.test", "postal_code": str(i)} for i in range(4))
    pairs = pair_records(left, right)
    expected = [("mail", "email"), ("zip", "postal_code")]
    for found in (pairs.agreement(), pairs.agreement(match_fields(observe(left), observe(right)))):
        frame = found.frame()
        assert list(zip(frame["left"], frame["right"], strict=True)) == expected
    assert pairs.agreement().frame()["equal_after_normalising"].tolist() == [0, 4]


def test_the_order_in_a_list_does_not_matter_to_agreement():
    left = sample([{"k": "k-1", "tags": ["a", "b"]}])
    right = sample([{"k": "k-1", "tags": ["B", "A"]}])
    row = pair_records(left, right, [("k", "k")]).agreement([("tags[]", "tags[]")]).frame().iloc[0]
    assert row["equal_after_normalising"] == 1


RECORDS = st.lists(
    st.fixed_dictionaries({}, optional={"a": st.sampled_from(["x", "y", "z", 1, None]), "b": st.integers(0, 5)}),
    max_size=8,
)


@given(RECORDS, RECORDS)
def test_each_record_stands_in_one_pair_at_most(ours, theirs):
    pairs = pair_records(sample(ours), sample(theirs))
    assert len({pair.left for pair in pairs.pairs}) == len(pairs) == len({pair.right for pair in pairs.pairs})
    assert pairs == pair_records(sample(ours), sample(theirs))


def test_one_value_facing_a_list_agrees_if_the_list_holds_it():
    left = sample([{"k": "k-1", "cities": [{"c": "Oslo"}, {"c": "Bergen"}]}, {"k": "k-2", "cities": [{"c": "Oslo"}]}])
    right = sample([{"k": "k-1", "city": "BERGEN"}, {"k": "k-2", "city": "Bergen"}])
    row = pair_records(left, right, [("k", "k")]).agreement([("cities[].c", "city")]).frame().iloc[0]
    assert (row["equal_after_normalising"], row["different"]) == (1, 1)


def test_amounts_are_no_keys_however_different():
    records = [{"amount": f"{i}.{i:02}"} for i in range(10, 40)]
    assert pair_records(sample(records), sample(records)).keys == ()


def test_a_key_that_contradicts_the_strongest_is_dropped():
    left = sample({"mail": f"c{i}@example.test", "code": f"code-{i}"} for i in range(20))
    right = sample({"mail": f"c{i}@example.test", "code": f"code-{i + 1}"} for i in range(20))
    assert pair_records(left, right).keys == (("mail", "mail"),)


def test_a_tie_is_no_pair_and_says_so():
    left = sample([{"mail": "a@example.test", "name": "Ada"}, {"mail": "b@example.test", "name": "Bo"}])
    right = sample([{"mail": "a@example.test", "name": "Ada"}] * 2 + [{"mail": "b@example.test", "name": "Bo"}])
    for pairs in (pair_records(left, right), pair_records(left, right, [("mail", "mail")])):
        assert positions(pairs) == [(1, 2)]
        assert pairs.left_ties == {0: (0, 1)}
        assert pairs.right_ties == {0: (0,), 1: (0,)}
        assert (pairs.left_only, pairs.right_only) == ((), ())


def test_every_record_is_paired_tied_a_copy_or_alone():
    left, right, _, _ = two_systems(300)
    pairs = pair_records(left, right)
    paired = [pair.left for pair in pairs.pairs]
    assert sorted([*paired, *pairs.left_ties, *pairs.left_copies, *pairs.left_only]) == list(range(len(left)))
    paired = [pair.right for pair in pairs.pairs]
    assert sorted([*paired, *pairs.right_ties, *pairs.right_copies, *pairs.right_only]) == list(range(len(right)))


def test_customers_are_paired_through_hard_noise():
    left, right, left_of, right_of = two_systems(2000, seed=7)
    precision, recall, both = quality(pair_records(left, right).pairs, left_of, right_of)
    assert min(precision, recall, both) > 0.95


def test_placeholders_do_not_hide_what_tells_records_apart():
    mails = ["none@example.test"] * 5000 + [f"c{i}@example.test" for i in range(5000)]
    left = sample({"email": mail} for mail in mails)
    right = sample({"mail": mail} for mail in reversed(mails))
    pairs = pair_records(left, right)
    assert pairs.keys == (("email", "mail"),)
    assert len(pairs) == 5000
    assert len(pairs.left_only) == 5000


def test_a_household_is_not_one_person():
    home = {"email": "home@example.test", "phone": "555 010 0100", "street": "1 Long Road", "zip": "12345"}
    left = sample([{"first_name": "Ada", "last_name": "Smith", **home}])
    right = sample([{"first_name": "Bo", "last_name": "Smith", **home}])
    assert len(pair_records(left, right)) == 0
    right = sample(
        [{"first_name": "Bo", "last_name": "Smith", **home}, {"first_name": "ADA", "last_name": "SMITH", **home}]
    )
    assert positions(pair_records(left, right)) == [(0, 1)]


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        (("William", "Stone"), ("Bill", "Stone")),
        (("Müller", "Jörg"), ("Jorg", "Muller")),
        (("Сергей", "Волков"), ("Sergey", "Volkov")),
        (("Ada", "Lovelace"), ("Ada", "Lovelcae")),
    ],
)
def test_names_are_shortened_swapped_romanised_and_misspelt(ours, theirs):
    others = [{"first_name": f"N{i}x", "last_name": f"F{i}y", "phone": f"555 020 {i:04}"} for i in range(20)]
    row = {"phone": "555 010 0100"}
    left = sample([{"first_name": ours[0], "last_name": ours[1], **row}, *others])
    right = sample([{"firstname": theirs[0], "lastname": theirs[1], "tel": "+1 (555) 010-0100"}])
    assert positions(pair_records(left, right)) == [(0, 0)]


def test_known_links_come_first():
    left = sample([{"id": 1, "external_ids": [{"system_id": 3, "external_id": "77"}], "mail": "a@example.test"},
                   {"id": 2, "external_ids": [], "mail": "b@example.test"}])  # fmt: skip
    right = sample([{"id": 76, "mail": "a@example.test"}, {"id": 77, "mail": "b@example.test"}])
    pairs = pair_records(left, right)
    assert (positions(pairs), pairs.pairs[0].tier, pairs.pairs[0].value) == ([(0, 1)], "known link", "77")
    pairs = pair_records(sample([{"id": 1}]), sample([{"id": "x"}]), links=[(1, "x")])
    assert [(pair.left, pair.right, pair.tier) for pair in pairs.pairs] == [(0, 0, "known link")]


def test_children_are_paired_through_their_parents():
    orders = pair_records(sample([{"id": 1, "no": "A-1"}, {"id": 2, "no": "A-2"}]),
                          sample([{"id": 8, "no": "A-2"}, {"id": 9, "no": "A-1"}]), [("no", "no")])  # fmt: skip
    rows = ({"sku": "S1", "qty": 1}, {"sku": "S2", "qty": 2}, {"sku": "S1", "qty": 1})
    left = Sample("a", "lines", rows, Stop.COMPLETE, parents=(1, 1, 2))
    right = Sample("b", "items", rows, Stop.COMPLETE, parents=("9", "9", "8"))
    assert positions(pair_records(left, right, parents=orders)) == [(0, 0), (1, 1), (2, 2)]


def test_a_forecast_counts_both_directions():
    left = sample([{"k": f"k-{i}", "v": i} for i in range(6)], "ours")
    right = Sample("shop", "theirs", tuple({"k": f"k-{i}", "v": i + (i == 4)} for i in range(3, 8)), Stop.CAP, total=50)
    forecast = pair_records(left, right, [("k", "k")]).forecast([("v", "v")])
    there, back = forecast.rows
    assert (there.source, there.destination, there.match, there.create, there.update) == (
        "store ours",
        "shop theirs",
        3,
        3,
        1,
    )
    assert there.fields == (("v", 1),)
    assert there.note == "some of the 3 may exist there: 5 of 50 records were read"
    assert (back.match, back.create, back.update, back.note) == (3, 2, 1, "")


@pytest.mark.parametrize("value", [None, "", 5, "x" * 10_000, True, [], {}, [[1]], "日本"])
def test_odd_keys_pair_nothing_or_one(value):
    assert len(pair_records(sample([{"id": value}] * 3), sample([{"id": value}] * 3))) == 0
    assert len(pair_records(sample([{"id": value}]), sample([{"key": 5}]))) <= 1


def test_agreement_says_what_was_levelled_who_is_fresher_and_what_stands_beside_what():
    left = sample(
        {"k": f"k-{i}", "s": "abc"[i % 3], "z": f"0{i}", "updated_at": "2026-03-02T00:00:00Z"} for i in range(30)
    )
    right = sample({"k": f"k-{i}", "t": "xyz"[i % 3], "z": i, "modified": "2026-03-01T00:00:00Z"} for i in range(30))
    agreement = pair_records(left, right, [("k", "k")]).agreement([("s", "t"), ("z", "z")])
    states, zips = agreement.rows
    assert (states.outcome, states.different, states.left_fresher) == ("a value map", 30, 30)
    assert states.value_map == (("'a'", "'x'", 10), ("'b'", "'y'", 10), ("'c'", "'z'", 10))
    assert (zips.outcome, zips.normalising, zips.share) == ("agrees", (("number or text", 30),), 1.0)
    assert len(agreement.value_maps().frame()) == 3


def persons(*numbers, **more):
    names = ("Ada Lovelace", "Bo Young", "Cy Twombly", "Di Prince", "Ed Wood", "Flo Rida", "Guy Fawkes", "Hal Foster")
    return [
        {
            "email": f"{names[at].replace(' ', '.').lower()}{at}@mail.example",
            "name": names[at],
            "phone": f"+1 212 555 {1000 + at * 37}",
            "city": ("Oslo", "Lyon", "Graz")[at % 3],
            "street": f"{at * 13 + 7} Harbour Road",
        }
        | more
        for at in numbers
    ]


def test_records_without_a_counterpart_that_stand_twice_are_duplicates():
    left, right = sample(persons(0, 1, 2, 5, 5, 5, 6)), sample(persons(0, 1, 2, 3, 4, 4))
    pairs = pair_records(left, right)
    assert positions(pairs) == [(0, 0), (1, 1), (2, 2)]
    assert (dict(pairs.left_copies), dict(pairs.right_copies)) == ({4: 3, 5: 3}, {5: 4})
    assert (pairs.left_only, pairs.right_only) == ((3, 6), (3, 4))
    to_right, to_left = pairs.forecast().rows
    assert (to_right.create, to_right.duplicates) == (2, 2)
    assert (to_left.create, to_left.duplicates) == (2, 1)


def test_tied_records_that_agree_in_several_respects_are_one_that_stands_twice():
    left, right = sample(persons(0, 1, 2, 3)), sample(persons(0, 0, 1, 2, 3))
    pairs = pair_records(left, right)
    assert positions(pairs) == [(0, 0), (1, 2), (2, 3), (3, 4)]
    assert pairs.right_copies == {1: 0}
    assert pairs.left_ties == pairs.right_ties == {}


def linked(number, external, **more):
    return {"id": number, "external_ids": [{"system_id": 3, "external_id": external, **more}]}


def test_external_ids_of_a_system_that_is_called_as_the_other_side_are_links_however_few_are_there():
    left = [linked(at, f"X{at}", system_name="Shop") for at in range(20)]
    right = Sample("shop", "orders", ({"id": "X3"}, {"id": "X4"}), Stop.COMPLETE)
    pairs = pair_records(sample(left), right)
    assert [(pair.left, pair.right, pair.tier) for pair in pairs.pairs] == [(3, 0, "known link"), (4, 1, "known link")]
    unnamed = [linked(at, f"X{at}") for at in range(20)]
    assert not any(pair.tier == "known link" for pair in pair_records(sample(unnamed), right).pairs)
    other = [linked(at, f"X{at}", system_name="Till") for at in range(20)]
    assert not any(pair.tier == "known link" for pair in pair_records(sample(other), right).pairs)


@pytest.mark.parametrize(
    "keys",
    ["id", [], ["id"], [("id",)], [("id", "id", "id")], [("id", 5)], [(["id", 1], "id")], [([], "id")], [None], [5]],
)
def test_keys_that_are_no_pairs_of_paths_are_told(keys):
    side = Sample("s", "people", ({"id": 1},), Stop.COMPLETE)
    with pytest.raises(ConfigurationError, match=r"leave `keys` out"):
        pair_records(side, side, keys)


def test_why_there_is_no_pair_is_said_and_nothing_where_there_is_one():
    def said(ours, theirs, keys=None):
        pairs = pair_records(
            *(Sample(s, "people", tuple(rows), Stop.COMPLETE) for s, rows in (("a", ours), ("b", theirs))), keys
        )
        assert len(pairs) == 0
        assert pairs.to_text().splitlines()[-1] in pairs.to_markdown()
        return pairs.to_text().splitlines()[-1]

    one = [{"id": 1, "email": "ada@mail.test"}]
    assert said([], []) == "There is no record of a people and of b people to pair."
    assert said([], one) == "There is no record of a people to pair."
    assert said(one, []) == "There is no record of b people to pair."
    same = [{"id": at, "email": "no@mail.test"} for at in range(50)]
    assert said(same, same, [("email", "email")]).startswith(
        "No pair: no value of email = email stands in so few records"
    )
    assert "id and email = id and email" in said(same, one, [(["id", "email"], ["id", "email"])])
    assert said([{"a": 1}], [{"b": 2}]).startswith("No pair: no field's values tell which records")
    twins = [{"id": at, "sku": "SKU-1"} for at in range(2)]
    assert said(twins, [{"id": 9, "sku": "SKU-1"}], [("sku", "sku")]) == (
        "No pair: nothing decides between the counterparts of 2 left records and 1 right record."
    )
    pairs = pair_records(*(Sample(s, "people", tuple(one), Stop.COMPLETE) for s in "ab"))
    assert pairs.to_text().count("No pair") == 0


@pytest.mark.parametrize("size", [500, 5000])
def test_records_that_are_all_alike_are_no_pairs(size):
    same = [{"id": at, "email": "no@mail.test", "name": "No Name", "city": "Ulm"} for at in range(size)]
    left, right = (Sample(s, "people", tuple(same), Stop.COMPLETE) for s in "ab")
    pairs = pair_records(left, right, [("email", "email")])
    assert (len(pairs), len(pairs.left_only), len(pairs.right_only)) == (0, size, size)


def test_records_of_one_side_alone_are_shown_by_their_ids():
    left = Sample("A", "users", ({"id": 7, "email": "a@x.test"}, {"id": 8, "email": "b@x.test"}), Stop.FILE)
    right = Sample("B", "people", ({"id": 1, "email": "b@x.test"}, {"email": "c@x.test"}), Stop.FILE)
    pairs = pair_records(left, right, keys=[("email", "email")])
    assert (pairs.left_only, pairs.right_only) == ((0,), (1,))
    assert pairs.left_only.to_markdown().splitlines()[-1] == "| 7 |"
    assert pairs.right_only.to_markdown().splitlines()[-1] == "| record 2 |"
    assert "Records of users in A alone" in pairs.left_only._repr_html_()
