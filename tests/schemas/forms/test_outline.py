"""A schema as a table to read: in a notebook, on GitHub, in a ticket."""

import pytest
from bs4 import BeautifulSoup
from reference_files import agrees

from ipaas_discovery.schemas.field import Declared, Field, Observed
from ipaas_discovery.schemas.forms.outline import outline
from ipaas_discovery.schemas.problems import Problem, Variant
from ipaas_discovery.schemas.schema import Schema
from ipaas_discovery.vocabulary import Shape

ORDERS = Schema(
    "orders",
    Shape.RETURNED,
    "Shop",
    (
        Field("currency", Declared(("string",), required=True, max_length=3, enum=("EUR", "USD"), source="doc"),
              Observed(200, 200, types={"string": 200}, lengths=(3, 3), distinct=2, examples=("EUR", "USD"))),
        Field("id", Declared(("integer",), read_only=True), Observed(200, 200, types={"integer": 200},
              values=(1, 2**60), distinct=200, examples=(1, 2**60))),
        Field("lines", Declared(("array",)), Observed(200, 200, empties=20, types={"array": 200}, list_lengths=(0, 9))),
        Field("lines[].price.amount", None, Observed(812, 812, types={"string": 800, "integer": 12},
              formats={"decimal": 800}, values=(0, 5), lengths=(4, 7), distinct=77, examples=("12.5000", 5, True))),
        Field("note<b>", Declared(nullable=True, description="free text"), Observed(200, 150, nulls=10, empties=40,
              types={"string": 140, "null": 10}, lengths=(0, 400), distinct=99, top=(("a", 2),),
              examples=("a | b", "x" * 60, "c", "d"))),
        Field("tags[]", None, Observed(3, 3, types={"string": 3}, distinct=1, examples=("new",))),
    ),
    records=200,
    envelope="data",
    source="200 of 412 records from 3 pages.",
)  # fmt: skip


def row(path, schema=ORDERS):
    return next(each for each in outline(schema).branches if each.path == path)


def test_the_notebook_s_table_is_the_one_kept():
    assert agrees("schema.html", ORDERS._repr_html_() + "\n")


def test_the_markdown_is_the_one_kept():
    assert agrees("schema.md", ORDERS.to_markdown() + "\n")


def test_rows_nest_by_path_and_what_has_no_field_gets_a_row():
    found = [(each.depth, each.path) for each in outline(ORDERS).branches]
    assert found == [(0, "currency"), (0, "id"), (0, "lines"), (1, "lines[].price"), (2, "lines[].price.amount"),
                     (0, "note<b>"), (0, "tags"), (1, "tags[]")]  # fmt: skip


def test_the_bar_and_its_words_tell_null_empty_and_absent_apart():
    found = row("note<b>")
    assert dict(found.shares) == {"filled": 0.5, "null": 0.05, "empty": 0.2, "absent": 0.25}
    assert found.words == "50 %, 5 % null, 20 % empty, 25 % absent"
    assert row("lines[].price.amount").words == "100 % of 812"


def test_facts_are_words():
    assert row("currency").cells[2] == "required, length up to 3, one of EUR | USD"
    assert row("id").cells[2:4] == ("read-only", "1 to 1,152,921,504,606,846,976, 200 different, could be a key")
    assert row("note<b>").cells[2] == "may be null"
    never = Schema(fields=(Field("a", Declared(("string",), nullable=False, enum=tuple("abcdefgh"))),))
    assert outline(never).branches[0].cells[2] == "never null, one of a | b | c | d | e and 3 more"


def test_what_the_values_could_be_used_for_is_said():
    status = Observed(40, 40, types={"string": 40}, distinct=2, top=(("open", 30), ("paid", 10)))
    number = Observed(40, 40, types={"integer": 40}, distinct=40, unsafe_integers=3)
    many = Observed(9000, 9000, types={"string": 9000}, distinct=8000, distinct_error=0.01)
    extra = Observed(40, 40, types={"object": 40}, keys=31)
    fields = tuple(Field(f"f{at}", observed=seen) for at, seen in enumerate((status, number, many, extra)))
    assert [each.cells[3] for each in outline(Schema(fields=fields)).branches] == [
        "always one of open | paid", "40 different, could be a key, 3 beyond 2^53",
        "about 8,000 different", "a map of 31 keys"]  # fmt: skip


def test_several_types_are_counted_and_a_declared_one_that_differs_is_said():
    assert row("lines[].price.amount").cells[0] == "string 800, integer 12"
    other = Schema(fields=(Field("n", Declared(("number",)), Observed(2, 2, types={"string": 2})),), records=2)
    assert outline(other).branches[0].cells[0] == "string (declared number)"


def test_what_is_cut_or_left_out_is_said():
    assert outline(ORDERS).notes == (
        "Examples: 3 a field at most, cut at 28 characters.",
        "Frequent values are left out.",
    )
    assert row("note<b>").cells[4] == f"a | b, {'x' * 27}…, c"
    assert row("lines[].price.amount").cells[4] == "12.5000, 5, true"


@pytest.mark.parametrize(
    ("paths", "found"),
    [
        (["a[][]"], [(0, "a"), (1, "a[]"), (2, "a[][]")]),
        (["a[][].b"], [(0, "a"), (1, "a[][].b")]),
        ([r"a\.b", "a.b"], [(0, "a"), (1, "a.b"), (0, r"a\.b")]),
        ([""], [(0, "")]),
        (["a-b", "a", "a.c"], [(0, "a"), (1, "a.c"), (0, "a-b")]),
    ],
)
def test_odd_paths_find_their_place(paths, found):
    schema = Schema(fields=tuple(Field(path) for path in sorted(paths)))
    assert [(each.depth, each.path) for each in outline(schema).branches] == found


def test_kinds_of_records_and_what_was_wrong_with_some_are_said():
    kinds = (Variant(("a", "id"), 20), Variant((*"bcdefgh", "id"), 9), Variant(("id",), 1))
    schema = Schema(fields=(Field("id"),), records=30, variants=kinds, problems=(Problem("not JSON", 2, (4, 9)),))
    kinds_said, problem = outline(schema).notes
    assert kinds_said.startswith("3 kinds of record, by their keys besides the 1 that all hold: 20 hold a; ")
    assert kinds_said.endswith("; 9 hold b, c, d, e, f and 2 more keys; 1 hold nothing else.")
    assert problem == "2 lines not counted: not JSON (line 4, 9)."


@pytest.mark.parametrize(
    ("lengths", "told"), [((0, 9), "0 to 9 elements"), ((1, 1), "1 element"), ((0, 0), "0 elements")]
)
def test_the_lengths_of_lists_are_told_in_words(lengths, told):
    tags = Field("tags", observed=Observed(2, 2, types={"array": 2}, list_lengths=lengths))
    assert told in row("tags", Schema("x", fields=(tags,), records=2)).cells


def test_an_unknown_shape_says_so():
    assert "Nothing is known of this shape." in Schema("orders", Shape.UPDATE)._repr_html_()


PROSE = [
    ("customer_id", Declared(title="Customer ID"), ""),
    ("customer_id", Declared(title="Buyer", description="Who\n  pays <b>"), "Buyer: Who pays <b>"),
    ("sku", Declared(description="x" * 200), "x" * 159 + "…"),
]


@pytest.mark.parametrize(("path", "declared", "note"), PROSE)
def test_what_a_field_is_called_and_is_for_stands_below_its_name(path, declared, note):
    schema = Schema("orders", fields=(Field(path, declared),), source="doc")
    assert row(path, schema).note == note
    soup = BeautifulSoup(schema.to_html(), "html.parser")
    assert [small.get_text() for small in soup.select("th small")] == [note] * bool(note)
    assert (f"`{path}`<br>" in schema.to_markdown()) == bool(note)
    assert ("Descriptions are cut at 160 characters." in outline(schema).notes) == (len(note) == 160)


def test_a_notebook_stores_the_table_in_each_form():
    bundle = ORDERS._repr_mimebundle_()
    assert agrees("schema.txt", bundle["text/plain"] + "\n")
    assert bundle["text/markdown"] == ORDERS.to_markdown()
    assert bundle["text/html"] == ORDERS._repr_html_()


def test_600_paths_are_all_there_and_not_too_long():
    seen = Observed(500, 400, nulls=30, empties=20, types={"string": 370, "null": 30}, lengths=(0, 20), distinct=300,
                    examples=("one", "two", "three"))  # fmt: skip
    paths = [f"block{a}.part{b}[].field_{c}" for a in range(6) for b in range(10) for c in range(10)]
    schema = Schema("wide", fields=tuple(Field(path, observed=seen) for path in paths), records=500, source="sample")
    html = schema._repr_html_()
    soup = BeautifulSoup(html, "html.parser")
    assert {cell["title"] for cell in soup.select("th[title]")} >= set(paths)
    assert soup.select_one("summary").get_text() == "block0: 110 fields below"
    assert len(html) < 400_000
