from datetime import UTC, datetime, timedelta

import pytest

from ipaas_discovery.errors import UnknownNameError
from ipaas_discovery.matching.formulas.find_formula import find_formula
from ipaas_discovery.matching.records.record_pairs import pair_records
from ipaas_discovery.samples.sample import Sample, Stop

NAMES = ("Ada Lovelace", "Bo Smith", "Cy Young", "Di Jones", "Ed Stone", "Flo Reed", "Gus Hill", "Hal Ford")


def pairs_of(sources, wanted):
    ours = [{"k": f"key-{at}", **source} for at, source in enumerate(sources)]
    theirs = [{"key": f"key-{at}", "wanted": value} for at, value in enumerate(wanted)]
    left, right = (Sample("s", "c", tuple(rows), Stop.COMPLETE) for rows in (ours, theirs))
    return pair_records(left, right, [("k", "key")])


NUMBERS = range(8)


@pytest.mark.parametrize(
    ("sources", "wanted", "kind", "how"),
    [
        ([{"a": n} for n in NAMES], NAMES, "field", "copy"),
        ([{"a": n} for n in NUMBERS], ["x"] * 8, "constant", "always 'x'"),
        ([{"a": f" {n} "} for n in NAMES], NAMES, "formula", "without spaces around it"),
        ([{"a": n} for n in NAMES], [n.upper() for n in NAMES], "formula", "in capitals"),
        ([{"a": n} for n in NAMES], [n.lower() for n in NAMES], "formula", "in small letters"),
        ([{"a": str(n * 7)} for n in NUMBERS], [f"{n * 7:05}" for n in NUMBERS], "formula", "with '0' to 5 signs"),
        ([{"a": 100 + n} for n in NUMBERS], [f"SO-{100 + n}" for n in NUMBERS], "formula", "'SO-' before it"),
        ([{"a": f"SO-{100 + n}"} for n in NUMBERS], [str(100 + n) for n in NUMBERS], "formula", "without 'SO-'"),
        ([{"a": n} for n in NAMES], [n.split()[0] for n in NAMES], "formula", "part 1 between ' '"),
        ([{"a": n} for n in NAMES], [n.split()[1] for n in NAMES], "formula", "part 2 between ' '"),
        (
            [{"a": n.split()[0], "b": n.split()[1]} for n in NAMES],
            [", ".join(reversed(n.split())) for n in NAMES],
            "formula",
            "joined with ', '",
        ),
        ([{"a": 1250 + n} for n in NUMBERS], [(1250 + n) / 100 for n in NUMBERS], "formula", "times 0.01"),
        ([{"a": n + 1.5} for n in NUMBERS], [-n - 1.5 for n in NUMBERS], "formula", "times -1"),
        ([{"a": n + 0.126} for n in NUMBERS], [n + 0.13 for n in NUMBERS], "formula", "rounded to 2 decimals"),
        (
            [{"a": f"2026-03-{n + 10}T10:00:00Z"} for n in NUMBERS],
            [f"{n + 10}.03.2026" for n in NUMBERS],
            "formula",
            "as a date dd.MM.yyyy",
        ),
        (
            [{"a": f"Thu, {n + 10} Dec 2026 0{n}:00:00 +0100"} for n in NUMBERS],
            [f"2026-12-{n + 9:02}T23:00:00Z" if n == 0 else f"2026-12-{n + 10}T0{n - 1}:00:00Z" for n in NUMBERS],
            "formula",
            "as a date yyyy-MM-dd'T'HH:mm:ss'Z'",
        ),
        (
            [{"a": f"2026-03-{n + 10}T10:00:00Z"} for n in NUMBERS],
            [f"{datetime(2026, 3, n + 10, tzinfo=UTC):%a, %d %b %Y} 10:00:00 +0000" for n in NUMBERS],
            "formula",
            "as a date ddd, dd MMM yyyy HH:mm:ss '+0000'",
        ),
        (
            [{"a": n % 3} for n in NUMBERS],
            [("open", "paid", "void")[n % 3] for n in NUMBERS],
            "look-up",
            "by a map of 3 values (0 → open, 1 → paid, 2 → void)",
        ),
        ([{"a": n % 2 == 0} for n in NUMBERS], ["NY"[n % 2 == 0] for n in NUMBERS], "look-up", "by a map of 2 values"),
        ([{"a": [{"p": n}, {"p": 2}, {"p": 3}]} for n in NUMBERS], [n + 5 for n in NUMBERS], "formula", "the sum"),
        ([{"a": [f"t{n}", f"u{n}"]} for n in NUMBERS], [f"t{n}, u{n}" for n in NUMBERS], "formula", "all elements"),
        ([{"a": [f"t{n}", "u"]} for n in NUMBERS], [f"t{n}" for n in NUMBERS], "formula", "the first element"),
        ([{"a": ["x"] * (n + 2)} for n in NUMBERS], [n + 2 for n in NUMBERS], "formula", "the number of elements"),
        ([{"a": n if len(n) > 8 else None, "b": n} for n in NAMES], NAMES, "field", "copy"),
        (
            [{"a": n if at % 2 else None, "b": "?" if at % 2 else n} for at, n in enumerate(NAMES)],
            NAMES,
            "formula",
            "the first that is filled",
        ),
        ([{"a": [{"kind": ("home", "work")[(n + side) % 2], "city": f"{'hw'[(n + side) % 2]}{n}"} for side in (0, 1)]}
          for n in NUMBERS], [f"w{n}" for n in NUMBERS], "formula", "the first where it is 'work'"),
        ([{"a": n if at % 4 else None} for at, n in enumerate(NAMES)],
         [n if at % 4 else "nobody" for at, n in enumerate(NAMES)], "formula", "or 'nobody' where empty"),
    ],
)  # fmt: skip
def test_the_simplest_operation_that_explains_the_values(sources, wanted, kind, how):
    formula = find_formula(pairs_of(sources, wanted), "wanted")
    assert formula is not None
    assert how in str(formula)
    assert (formula.kind, formula.explained, formula.of) == (kind, 8, 8)


def test_the_figure_names_what_it_does_not_explain():
    sources = [{"a": n} for n in range(20)]
    formula = find_formula(pairs_of(sources, [*map(str, range(19)), "none"]), "wanted")
    assert str(formula) == "wanted = a: copy; explains 19 of 20 pairs; others: '19' where 'none' stands"


@pytest.mark.parametrize(("right", "explained"), [(16, True), (15, False)])
def test_from_four_fifths_a_formula_is_reported(right, explained):
    wanted = [f"{n}" if n < right else f"odd {n * n}" for n in range(20)]
    formula = find_formula(pairs_of([{"a": n} for n in range(20)], wanted), "wanted")
    assert (formula is not None) is explained


def test_chance_is_no_formula():
    wanted = [str(n * 7919 % 1009) for n in range(20)]
    assert find_formula(pairs_of([{"a": n, "b": "x", "c": n % 2} for n in range(20)], wanted), "wanted") is None
    assert find_formula(pairs_of([{"a": 1}, {"a": 2}], [1, 2]), "wanted") is None


def test_leading_zeros_are_a_difference_and_decimals_are_none():
    assert (
        find_formula(pairs_of([{"a": f"{n}.50"} for n in NUMBERS], [n + 0.5 for n in NUMBERS]), "wanted").kind
        == "field"
    )
    padded = find_formula(pairs_of([{"a": str(n)} for n in NUMBERS], [f"0{n}" for n in NUMBERS]), "wanted")
    assert padded.kind == "formula"


def test_a_field_that_no_pair_holds_is_answered_with_the_nearest():
    with pytest.raises(UnknownNameError, match="did you mean 'wanted'"):
        find_formula(pairs_of([{"a": 1}], ["x"]), "wantd")


def test_a_formula_runs_on_a_record_as_it_was_found():
    formula = find_formula(pairs_of([{"a": 1250 + n} for n in NUMBERS], [(1250 + n) / 100 for n in NUMBERS]), "wanted")
    assert formula.run({"a": 99}) == "0.99"
    assert formula.run({}) is None


@pytest.mark.parametrize(
    ("factor", "places", "how"),
    [
        (2.2046226, 2, "w: times 2.2046226218, rounded to 2 decimals"),
        (2.54, 1, "w: times 2.54, rounded to 1 decimal"),
        (0.45359237, 3, "w: times 0.45359237, rounded to 3 decimals"),
    ],
)
def test_measures_in_other_units_are_scaled(factor, places, how):
    weights = [1.25 + 0.37 * at for at in range(40)]
    ours = [{"id": at, "w": round(weight, 3)} for at, weight in enumerate(weights)]
    theirs = [{"key": row["id"], "target": round(row["w"] * factor, places)} for row in ours]
    samples = [Sample(name, "things", tuple(rows), Stop.COMPLETE) for name, rows in (("a", ours), ("b", theirs))]
    formula = find_formula(pair_records(*samples, [("id", "key")]), "target", side="right")
    assert formula.kind == "formula"
    assert str(formula).startswith(f"target = {how}; explains")


def test_a_scale_that_is_no_change_of_units_is_no_formula():
    ours = [{"id": at, "w": round(1.25 + 0.37 * at, 3)} for at in range(40)]
    theirs = [{"key": row["id"], "target": round(row["w"] * 2.3, 2)} for row in ours]
    samples = [Sample(name, "things", tuple(rows), Stop.COMPLETE) for name, rows in (("a", ours), ("b", theirs))]
    assert find_formula(pair_records(*samples, [("id", "key")]), "target", side="right") is None


def found(ours, wanted):
    """The words of the formula that gives what is wanted of one field, without what it explains."""
    formula = find_formula(pairs_of([{"a": a} for a in ours], wanted), "wanted")
    return formula and str(formula).partition(" = ")[2].partition("; explains")[0]


@pytest.mark.parametrize(
    ("ours", "wanted", "words"),
    [
        ("xyz", "xyz", "a: copy"),
        (("AB", "CD", "EF", "GH", "ij"), ("AB", "CD", "EF", "GH", "IJ"), "a: in capitals"),
        (range(20), ["x"] * 16 + ["p", "q", "r", "s"], None),
        (("1a", "2a", "3a"), ("1", "2", "3"), "a: the first letter"),
        (("1", "2", "3"), ("001", "002", "003"), "a: filled with '0' to 3 signs"),
        (("10", "20", "33"), ("1000", "2000", "3300"), "a: times 100"),
        (("10", "20", "33"), ("20", "40", "66"), None),
        ("abcab", "xyzxy", None),
        (("1.25", "2.37", "3.11"), ("1.3", "2.4", "3.1"), "a: rounded to 1 decimal"),
        ("ababab", "xyxyxy", "a: by a map of 2 values (a → x, b → y)"),
        ("ababa", "xyxyx", None),
        ("abcde", "vwxyz", None),
        ("abcabc", "xyzxyz", "a: by a map of 3 values (a → x, b → y, c → z)"),
    ],
)
def test_the_settings_of_an_operation_are_read_from_the_values(ours, wanted, words):
    assert found(ours, wanted) == words


@pytest.mark.parametrize(
    ("minutes", "zone"),
    [(120, "+02:00"), (-300, "-05:00"), (345, "+05:45"), (350, None), (840, "+14:00"), (-840, "-14:00"), (855, None)],
)
def test_moments_of_another_zone_are_written_at_its_distance_from_utc(minutes, zone):
    moments = [datetime(2026, 3, day, 11, day, tzinfo=UTC) for day in range(10, 18)]
    ours = [moment.strftime("%Y-%m-%dT%H:%M:%SZ") for moment in moments]
    wanted = [(moment + timedelta(minutes=minutes)).strftime("%Y-%m-%d %H:%M:%S") for moment in moments]
    assert found(ours, wanted) == (zone and f"a: as a date yyyy-MM-dd HH:mm:ss at UTC{zone}")


def test_a_field_of_few_values_beside_others_is_mapped_up_to_sixty_values():
    for count, mapped in ((60, True), (61, False)):
        sources = [f"s{at * 7 % count:02}" for at in range(2 * count)]
        words = found(sources, [f"w{ord(s[1]) * 31 + ord(s[2]) * 17}" for s in sources])
        assert (words or "").startswith(f"a: by a map of {count} values") is mapped


def test_its_variable_in_csharp_begins_with_a_letter():
    for path, variable in (("first_name", "FirstName"), ("x1", "X1"), ("1st", "Field1St")):
        formula = find_formula(pairs_of([{path: name} for name in NAMES], NAMES), "wanted")
        assert formula.csharp() == variable


PRICES = [
    (qty, price / 8)
    for qty, price in zip((3, 1, 4, 1, 5, 9, 2, 6), (271, 828, 182, 845, 904, 523, 536, 28), strict=True)
]


@pytest.mark.parametrize(
    ("wanted", "sources", "how"),
    [
        (lambda qty, price: qty * price, ("price", "qty"), "multiplied"),
        (lambda qty, price: round(qty * price, 1), ("price", "qty"), "multiplied, rounded to 1 decimal"),
        (lambda qty, price: price - qty, ("price", "qty"), "the first less the others"),
        (lambda qty, price: price + qty, ("price", "qty"), "added"),
        (lambda qty, price: price + qty + qty % 4, ("price", "qty", "tax"), "added"),
    ],
)
def test_numbers_are_calculated_with(wanted, sources, how):
    records = [{"qty": qty, "price": price, "tax": qty % 4, "note": "x"} for qty, price in PRICES]
    formula = find_formula(pairs_of(records, [wanted(*row) for row in PRICES]), "wanted")
    assert (formula.sources, ", ".join(map(str, formula.steps)), formula.explained) == (sources, how, 8)


def test_a_calculation_needs_eight_pairs_and_five_different_values():
    records = [{"qty": qty, "price": price} for qty, price in PRICES]
    products = [qty * price for qty, price in PRICES]
    assert find_formula(pairs_of(records[:7], products[:7]), "wanted") is None
    few = [{"qty": at % 2 + 1, "price": at % 2 + 3} for at in range(8)]
    found = find_formula(pairs_of(few, [row["qty"] * row["price"] for row in few]), "wanted")
    assert found is None or "multiplied" not in str(found)


@pytest.mark.parametrize(
    ("cut", "how"), [(slice(0, 3), "the first 3 letters"), (slice(-4, None), "the last 4 letters")]
)
def test_letters_of_a_code_are_cut(cut, how):
    codes = [f"{at * 7919 % 1000:03}{at * 104729:07}" for at in range(11, 23)]
    formula = find_formula(pairs_of([{"a": code} for code in codes], [code[cut] for code in codes]), "wanted")
    assert formula is not None
    assert str(formula.steps[0]) == how


def test_a_map_of_many_values_is_luck_where_few_pairs_are_left_to_agree():
    records = [{"many": at % 6, "few": at % 3} for at in range(12)]
    by_few = find_formula(pairs_of(records, ["nyy"[row["few"]] for row in records]), "wanted")
    assert (by_few.sources, len(by_few.steps[0].pairs)) == (("few",), 3)
    lucky = [{"many": at % 6} for at in range(12)]
    assert find_formula(pairs_of(lucky, [*"nynnyy", *"nynnyn"]), "wanted") is None
