"""A field of a related record: found by its id, run here, and written in words and read again."""

from ipaas_discovery.matching.formulas import operations as op
from ipaas_discovery.matching.formulas.find_formula import find_formula
from ipaas_discovery.matching.formulas.formula_text import parse_formula, write_formula
from ipaas_discovery.matching.records.record_pairs import pair_records
from ipaas_discovery.samples.sample import Sample, Stop

NAMES = ("Ada", "Bo", "Cy", "Di", "Ed", "Flo")


def sample(name, rows):
    return Sample("shop", name, tuple(rows), Stop.COMPLETE)


CUSTOMERS = sample("customers", ({"id": at, "email": f"{n.lower()}@mail.example"} for at, n in enumerate(NAMES)))


def orders():
    left = sample("orders", ({"no": f"SO-{at}", "customer_id": at} for at in range(6)))
    right = sample("sales", ({"no": f"SO-{at}", "buyer": f"{NAMES[at].lower()}@mail.example"} for at in range(6)))
    return pair_records(left, right, [("no", "no")])


def test_a_field_of_a_related_record_explains_the_destination():
    formula = find_formula(orders(), "buyer", related={"customers": CUSTOMERS})
    assert (formula.sources, formula.explained, formula.of, formula.kind) == (("customer_id",), 6, 6, "look-up")
    assert str(formula).startswith("buyer = customer_id: the email of the customers record whose id it is; explains 6")
    assert formula.run({"customer_id": 2}) == "cy@mail.example"
    assert formula.run({"customer_id": 99}) is None


def test_without_related_records_nothing_explains_it():
    assert find_formula(orders(), "buyer") is None
    assert find_formula(orders(), "buyer", related={"customers": sample("customers", [{"email": "x"}])}) is None


def test_it_is_written_in_words_and_read_again():
    formula = find_formula(orders(), "buyer", related={"customers": CUSTOMERS})
    assert parse_formula("buyer", write_formula(formula)).steps == formula.steps


def test_every_operation_is_written_in_words_and_read_again():
    steps = (op.FirstWhere("it is"), op.DateFormat("yyyy-MM-dd"), op.DateFormat("yyyy-MM-dd", -300), op.Upper())
    for step in steps:
        formula = parse_formula("x", "a | trim")
        text = write_formula(type(formula)("x", ("a",), (step,), 0, 0))
        assert parse_formula("x", text).steps == (step,), text
