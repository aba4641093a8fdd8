import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from ipaas_discovery.errors import WorksheetError
from ipaas_discovery.matching.formulas.formula_text import parse_formula
from ipaas_discovery.matching.mapping import Mapping
from ipaas_discovery.vocabulary import Direction, Method
from ipaas_discovery.worksheet.features import Endpoint, Features, Support, SyncType
from ipaas_discovery.worksheet.joining import accepted_key
from ipaas_discovery.worksheet.ordered_flow import FieldOwner, OrderedFlow
from ipaas_discovery.worksheet.parts import Decision, Question, clean_text
from ipaas_discovery.worksheet.remarks import AcceptedFinding, LeftOut, Remark
from ipaas_discovery.worksheet.rows import WHOLE, RowKey
from ipaas_discovery.worksheet.saving.order_file import read_order
from ipaas_discovery.worksheet.saving.order_text import changed_text, whole_text
from ipaas_discovery.worksheet.saving.yaml_text import parse_yaml, to_line
from ipaas_discovery.worksheet.worksheet import Worksheet

LINES = st.lists(
    st.sampled_from(["", "word", "  set in", "trailing ", "\t", "- item", "# no comment", "😀", "x" * 130])
)
ODD = [
    "on",
    "no",
    "~",
    "null",
    "1",
    "1e3",
    "0x1f",
    "2026-01-31",
    "12:30",
    "=1+1",
    "- a",
    "a: b",
    "a\n\n b\n",
    " a",
    "a \nb",
]
ODD += ["{a}", "[b]", "a #b", "'q'", '"q"', "a, b", "&a", "*a", "!x", "%x", "@x", "`x`", "...", "---", "true", "a\\b"]
TEXT = (st.text(st.characters(), max_size=20) | LINES.map("\n".join) | st.sampled_from(ODD)).map(clean_text)
LONG = ["x" * 998, "x" * 1_000, "y" * 1_001, "é'" * 600, "a: b, " * 400 + "c", "\x07" * 300, "# \n" * 500 + "z"]
"""Names near and beyond 1,024 signs, which readers of YAML take for a key only if it is marked as one."""
NAME = (TEXT | st.sampled_from(LONG)).map(lambda text: text or "x")
WORD = {"why": TEXT, "by": TEXT, "date": st.sampled_from(["", "2026-02-01", "soon"])}
FLOWS = st.sampled_from(Direction.BIDIRECTIONAL.flows)
METHODS = st.lists(st.sampled_from(Method), max_size=3, unique=True).map(tuple)
VALUES = st.dictionaries(TEXT, TEXT, min_size=1, max_size=3).map(lambda values: tuple(sorted(values.items())))
FILLS = st.fixed_dictionaries({"default": TEXT, "condition": st.sampled_from(["", "a = b"]), **WORD})


def row_of(path):
    """Any word on a field: one thing that fills it, or sources that are rejected."""

    def made(word, kind, text, values, sources):
        formula = parse_formula(path, "a, b | join '-'")
        fillings = {
            "field": Mapping(path, "field", (text,), **word),
            "constant": Mapping(path, "constant", value=text, **word),
            "formula": Mapping(path, "formula", formula.sources, formula, formula.csharp(), **word),
            "c#": Mapping(path, "formula", value=text, **word),
            "look-up": Mapping(path, "look-up", (text,), value="CUSTOMER", **word),
            "values": Mapping(path, "look-up", (text,), values=values, **word),
            "of a record nobody named": Mapping(path, "look-up", (text,), **word),
        }
        rejected = tuple(Mapping(path, "field", (source,), status="rejected") for source in sources)
        return (*([fillings[kind]] if kind else []), *rejected) or (fillings["field"],)

    words = st.builds(lambda word, status: {**word, "status": status}, FILLS, st.sampled_from(["accepted", "manual"]))
    kinds = st.sampled_from(["", "field", "constant", "formula", "c#", "look-up", "values", "of a record nobody named"])
    return st.builds(made, words, kinds, NAME, VALUES, st.lists(NAME, max_size=2, unique=True))


PAIR = st.tuples(
    st.sampled_from(["CUSTOMER", "PRODUCT", "ODD_ONE"]), st.sampled_from(["", "users", "no", "a: b", "{x}"])
)


@st.composite
def rows(draw):
    pairs = draw(st.lists(PAIR, max_size=3, unique=True))
    result = {RowKey(WHOLE, "title"): draw(NAME)}
    for name in draw(st.lists(NAME, max_size=2, unique=True)):
        result[RowKey(WHOLE, "lists", name)] = draw(st.sampled_from(["fold", "unfold"]))
    for question in draw(st.lists(NAME, max_size=2, unique=True)):
        result[RowKey(WHOLE, "answers", question)] = Question(question, draw(NAME), draw(TEXT))
    for pair in pairs:
        result[RowKey(pair, "pair")] = True
        if draw(st.booleans()):
            ways = st.none() | st.sampled_from(Direction)
            result[RowKey(pair, "decision")] = draw(st.builds(Decision, ways, METHODS, **WORD))
        for name in draw(st.lists(NAME, max_size=2, unique=True)):
            result[RowKey(pair, "flows", name)] = draw(
                st.builds(OrderedFlow, st.just(name), FLOWS, METHODS, mappings=row_of("x"), **WORD)
            )
        for part in ("to_ipaas", "from_ipaas"):
            for path in draw(st.lists(NAME, max_size=3, unique=True)):
                result[RowKey(pair, part, path)] = draw(row_of(path))
        for path in draw(st.lists(NAME, max_size=2, unique=True)):
            result[RowKey(pair, "owners", path)] = draw(
                st.builds(FieldOwner, st.just(path), st.sampled_from(["iPaaS.com", "newest"]), **WORD)
            )
            result[RowKey(pair, "remarks", path)] = Remark(path, draw(TEXT))
            accepted = AcceptedFinding(draw(st.sampled_from(Direction)), path, flow=draw(NAME))
            result[RowKey(pair, "accepted", accepted_key(accepted))] = accepted
        if draw(st.booleans()):
            result[RowKey(pair, "features", "from_ipaas")] = Features(
                Direction.FROM, Support.FULL, (SyncType.ADD,), (Endpoint(draw(TEXT)),), polling_supported=False
            )
    return result


PAIR_OF_USERS = ("CUSTOMER", "users")


def read(text):
    return dict(read_order(text.encode(), name="w.yaml").rows)


@given(rows())
@settings(max_examples=60, deadline=None, phases=[Phase.explicit, Phase.reuse, Phase.generate])
def test_what_is_written_is_read_back_the_same(said):
    text = whole_text(said)
    again = read(text)
    assert whole_text(again) == text
    assert whole_text(read(whole_text(again))) == text
    assert set(again) == set(said)


@given(rows(), rows())
@settings(max_examples=60, deadline=None, phases=[Phase.explicit, Phase.reuse, Phase.generate])
def test_a_change_row_by_row_says_the_same_and_is_undone_to_the_same_bytes(before, after):
    text = whole_text(before)
    before, after = read(text), read(whole_text(after))
    changed = [key for key in {**before, **after} if before.get(key) != after.get(key)]
    changed_to = changed_text(text, after, changed)
    assert read(changed_to) == after
    assert read(changed_text(changed_to, before, changed)) == before


@given(st.binary(max_size=60) | st.text(max_size=60).map(str.encode))
@settings(max_examples=200, deadline=None)
def test_any_bytes_are_a_worksheet_or_a_worksheet_error(content):
    for start, end in ((b"", b""), (b"format: 2\n", b"\n...\n"), (b"format: 2\npairs:\n- ", b"\n...\n")):
        try:
            read_order(start + content + end, name="w.yaml")
        except WorksheetError as error:
            assert "w.yaml" in str(error)  # noqa: PT017  either outcome is right


HAND = """\
# ours
format: 2
title: Shop  # for now
pairs:
# the people
- ipaas: Customers
  third_party: users
  # agreed in March
  decision:
    direction: to   # Jo
    why: |
      long

      text
    by: Jo
  to_ipaas:
    # names first
    first_name: first     # as it is
    email: {field: mail,   status: accepted}
    type:
      constant: person  # always
  answers:
  # first things first
  - question: Which?
    answer: All

- ipaas: PRODUCT
  third_party: items
# the end
...
# bye
"""
CUSTOMER, PRODUCT = ("CUSTOMER", "users"), ("PRODUCT", "items")
DECISION = RowKey(CUSTOMER, "decision")


def change(text, key, row):
    rows = read(text)
    after = {other: value for other, value in {**rows, key: row}.items() if value is not None}
    changed = changed_text(text, after, [key])
    assert read(changed) == after
    return changed


def differing(before, after):
    """Lines that only one of two texts has: those taken away, those added."""
    old, new = before.splitlines(), after.splitlines()
    return [line for line in old if line not in new], [line for line in new if line not in old]


def test_a_row_in_somebodys_own_style_keeps_style_and_comments():
    changed = change(HAND, DECISION, Decision(Direction.TO, (Method.ADD,), "long\n\ntext\n", "Ada"))
    assert differing(HAND, changed) == (["    direction: to   # Jo", "    by: Jo"], [
        "    direction: To iPaaS.com # Jo", "    by: Ada", "    methods: [add]"])  # fmt: skip
    assert "    direction: To iPaaS.com # Jo\n" in changed
    assert "    why: |\n      long\n\n      text\n" in changed


@pytest.mark.parametrize(
    ("key", "row", "gone", "new"),
    [
        (RowKey(CUSTOMER, "to_ipaas", "first_name"), (Mapping("first_name", "field", ("given",), status="manual"),),
         ["    first_name: first     # as it is"], ["    first_name: {field: given}  # as it is"]),
        (RowKey(CUSTOMER, "to_ipaas", "type"), (Mapping("type", "constant", value="firm", status="manual"),),
         ["      constant: person  # always"], ["      constant: firm    # always"]),
        (RowKey(CUSTOMER, "to_ipaas", "last_name"), (Mapping("last_name", "field", ("last",), status="manual"),),
         [], ["    last_name: {field: last}"]),
        (RowKey(CUSTOMER, "to_ipaas", "email"), None, ["    email: {field: mail,   status: accepted}"], []),
        (RowKey(CUSTOMER, "answers", "Which?"), Question("Which?", "Some"),
         ["  - question: Which?", "    answer: All"], ["  - {question: 'Which?', answer: Some}"]),
        (RowKey(CUSTOMER, "answers", "More?"), Question("More?", "No"), [], ["  - {question: 'More?', answer: 'No'}"]),
        (RowKey(PRODUCT, "decision"), Decision(None, why="sold out"),
         [], ["  decision: {direction: leave out, why: sold out}"]),
        (RowKey(PRODUCT, "owners", "price"), FieldOwner("price", "newest"),
         [], ["  owners:", "    price: {owner: newest}"]),
        (RowKey(PRODUCT, "pair"), None, ["- ipaas: PRODUCT", "  third_party: items"], []),
        (RowKey(("LOCATION", "shops"), "pair"), True, [], ["- ipaas: LOCATION", "  third_party: shops"]),
        (RowKey(WHOLE, "title"), "Store", ["title: Shop  # for now"], ["title: Store  # for now"]),
        (RowKey(WHOLE, "left_out", "third party lists"), LeftOut("third party", "lists", "none"),
         [], ["left_out:", "- {system: third party, collection: lists, why: none}"]),
    ],
)  # fmt: skip
def test_a_change_touches_its_own_lines_only(key, row, gone, new):
    assert differing(HAND, change(HAND, key, row)) == (gone, new)


def test_a_new_pair_stands_after_the_others_and_a_new_row_in_its_place():
    changed = change(HAND, RowKey(("LOCATION", "shops"), "pair"), True)
    assert changed.index("LOCATION") > changed.index("PRODUCT")
    changed = change(HAND, RowKey(CUSTOMER, "to_ipaas", "fax"), (Mapping("fax", "field", ("f",), status="manual"),))
    assert changed.index("    fax:") < changed.index("# names first") < changed.index("    first_name:")
    changed = change(HAND, RowKey(CUSTOMER, "flows", "all"), OrderedFlow("all", Direction.TO))
    assert changed.index("decision:") < changed.index("flows:") < changed.index("to_ipaas:")


def test_pairs_on_one_line_are_written_anew_and_say_the_same():
    text = "format: 2\npairs: [{ipaas: PRODUCT, third_party: items}]\n...\n"
    assert change(text, RowKey(PRODUCT, "decision"), Decision(None, why="no")).count("decision") == 1


def test_an_item_in_a_style_of_its_own_says_the_same():
    text = "format: 2\npairs:\n  -   ipaas: PRODUCT\n      third_party: items\n      to_ipaas: {a: b, c: d}\n...\n"
    changed = change(text, RowKey(PRODUCT, "to_ipaas", "a"), (Mapping("a", "constant", value="1", status="manual"),))
    assert "c: {field: d}" in changed


def test_the_file_reads_well(worksheet, nasty):
    worksheet.decide("CUSTOMER", "to", why="one line\n\nanother 😀", by="Jo", on="2026-02-01")
    worksheet.constant("CUSTOMER", "to", "type", "no", why=nasty)
    text = whole_text(worksheet._rows)
    assert text.startswith("# ")
    line = r'  decision: {direction: To iPaaS.com, methods: [add, update], why: "one line\n\nanother '
    assert line in text
    assert "date: 2026-02-01}\n" in text
    assert "{constant: 'no', " in text
    assert "null" not in text
    assert " on:" not in text


def test_what_a_person_writes_by_hand_in_short_is_understood():
    content = """\
format: 2
pairs:
- ipaas: Customers
  third_party: users
  decision: to
  to_ipaas: {first_name: first, note: {reject: a}}
  owners: {first_name: third party}
  flows:
    all: {direction: from, methods: update}
- ipaas: LOCATION
  decision: {direction: leave out, why: no}
...
"""
    rows = read(content)
    assert rows[DECISION] == Decision(Direction.TO)
    assert rows[RowKey(CUSTOMER, "to_ipaas", "first_name")][0].sources == ("first",)
    assert rows[RowKey(CUSTOMER, "to_ipaas", "note")][0].status == "rejected"
    assert rows[RowKey(CUSTOMER, "owners", "first_name")].owner == "third party"
    assert rows[RowKey(CUSTOMER, "flows", "all")].methods == (Method.UPDATE,)
    assert rows[RowKey(("LOCATION", ""), "decision")].why == "no"


HEAD = "format: 2\npairs:\n- ipaas: CUSTOMER\n"


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        (HEAD + "  desicion: to\n", ["'desicion'", "line 4", "did you mean 'decision'"]),
        ("format: 2\ntitel: x\n", ["'titel'", "line 2", "did you mean 'title'"]),
        (HEAD + "  decision:\n    direction: too\n", ["'direction'", "line 5", "'too'", "leave out"]),
        (HEAD + "  decision: too\n", ["'direction'", "line 4", "'too'", "leave out"]),
        (HEAD + "  decision:\n    direction: to\n    methods: [ad]\n", ["'ad'", "line 6", "did you mean 'add'"]),
        (HEAD + "  decision:\n    why: x\n", ["'direction' is missing", "line 4"]),
        (HEAD + "  features:\n  - {direction: to, suport: Full}\n", ["'suport'", "line 5", "did you mean 'support'"]),
        (HEAD + "  features:\n  - {direction: both}\n", ["'direction'", "line 5", "one flow"]),
        (HEAD + "  to_ipaas:\n    a: {constnt: x}\n", ["'constnt'", "line 5", "did you mean 'constant'"]),
        (HEAD + "  to_ipaas:\n    a: {constant: x, field: y}\n", ["line 5", "one thing fills a field"]),
        (HEAD + "  to_ipaas:\n    a: {values: {x: y}}\n", ["line 5", "need a `field`"]),
        (HEAD + "  to_ipaas:\n    a: {formula: b | uper}\n", ["'formula'", "line 5", "did you mean 'upper'"]),
        (HEAD + "  to_ipaas:\n    a: {field: b, condition: c}\n", ["'condition'", "line 5", "no condition"]),
        (HEAD + "  flows:\n    x: {direction: to, condition: c}\n", ["condition", "no condition"]),
        (HEAD + "- ipaas: Customers\n", ["stands here twice"]),
        (HEAD + "  third_party: [users\n", ["not YAML", "line"]),
        ("format: 2\n<<<<<<< ours\ntitle: a\n=======\n", ["line 2", "conflict markers"]),
        ("format: 3\n", ["format 3", "upgrade"]),
        ("format: {a: b}\n", ["of format {'a': 'b'}", "write `format: 2`"]),
        ("format: [2]\n", ["of format [2]", "write `format: 2`"]),
        ("format: true\n", ["of format True", "write `format: 2`"]),
        ("format: one\n", ["format one", "format: 2"]),
        ("title: x\n", ["no `format`"]),
        ("- 1\n", ["no `format`"]),
    ],
)
def test_a_wrong_file_is_named_with_line_key_and_what_was_meant(text, parts):
    with pytest.raises(WorksheetError) as caught:
        read_order(f"{text}...\n".encode(), name="shop.yaml")
    message = str(caught.value)
    assert "shop.yaml" in message
    assert [part for part in parts if part not in message] == []
    assert "\n" not in message


def test_keys_of_a_newer_version_are_kept_and_told():
    text = HEAD + "  colour: red  # new\n  decision: {direction: to, mood: good}\nweather: fine\n...\n"
    file = read_order(text.encode(), name="w.yaml")
    assert sorted(note.split("'")[1] for note in file.notes) == ["colour", "mood", "weather"]
    key = RowKey(("CUSTOMER", ""), "owners", "a")
    changed = changed_text(text, {**file.rows, key: FieldOwner("a", "newest")}, [key])
    assert all(line in changed.splitlines() for line in text.splitlines())


def test_text_that_is_not_utf8_is_said_to_be_so():
    with pytest.raises(WorksheetError, match="not UTF-8"):
        read_order("title: caf\xe9".encode("latin-1"), name="w.yaml")


def test_a_byte_order_mark_and_windows_line_ends_are_no_obstacle():
    text = "\ufeffformat: 2\r\ntitle: Shop\r\npairs:\r\n- ipaas: PRODUCT\r\n  third_party: items\r\n...\r\n"
    rows = dict(read_order(text.encode(), name="w.yaml").rows)
    assert rows[RowKey(WHOLE, "title")] == "Shop"
    key = RowKey(PRODUCT, "decision")
    changed = changed_text(text.removeprefix("\ufeff"), {**rows, key: Decision(None)}, [key])
    assert read(changed)[key] == Decision(None)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"rule": "x", "flow": "%x"}, {"rule": "x %x"}),
        ({"rule": "x", "field": "a"}, {"rule": "x", "flow": "a"}),
        ({"rule": "x", "field": "a flow=b"}, {"rule": "x", "field": "a", "flow": "b"}),
        ({"rule": "x", "field": "add"}, {"rule": "x", "method": Method.ADD}),
        ({"rule": "x'y"}, {"rule": "x", "field": "'y"}),
    ],
)
def test_accepted_findings_that_differ_stand_beside_each_other(one, other):
    pair = ("CUSTOMER", "users")
    findings = [AcceptedFinding(Direction.TO, **words) for words in (one, other)]
    rows = {RowKey(pair, "accepted", accepted_key(finding)): finding for finding in findings}
    assert len(rows) == 2
    assert read(whole_text({RowKey(pair, "pair"): True, **rows})) == {RowKey(pair, "pair"): True, **rows}


def test_of_two_accepted_findings_one_is_changed_or_taken_back_and_the_other_stays_once():
    kept = AcceptedFinding(Direction.BIDIRECTIONAL, "keys", "sku")
    old, new = (AcceptedFinding(way, "required", "email") for way in Direction.BIDIRECTIONAL.flows)

    def rows(*findings):
        named = {RowKey(PAIR_OF_USERS, "accepted", accepted_key(each)): each for each in findings}
        return {RowKey(PAIR_OF_USERS, "pair"): True, **named}

    text = whole_text(rows(kept, old)).replace("sku}", "sku}  # Bo asked")
    for after in (rows(kept, new), rows(kept), rows(kept, old, new)):
        before = rows(kept, old)
        changed = [key for key in {**before, **after} if before.get(key) != after.get(key)]
        written = changed_text(text, after, changed)
        assert read(written) == after
        assert written.count("# Bo asked") == 1


@pytest.mark.parametrize(
    "word", [*ODD, "a: b", "a, b", "[x", "{y", "#c", "a #c", "- x", "? x", "two\nlines", "x" * 130]
)
def test_a_line_says_any_text_at_any_place_of_it(word):
    for data in ({"a": word, "b": [word, 1, None, True, 0.5]}, {word: {"c": [word]}}, [word, {word: word}], word):
        assert parse_yaml(to_line(data), name="line")[0] == data
    assert to_line((word, {})) == to_line([word, {}])


@pytest.mark.parametrize("left", ["=======", "=======\r", ">>>>>>> theirs"])
def test_markers_of_a_conflict_that_was_half_resolved_are_told(left):
    with pytest.raises(WorksheetError, match="conflict markers"):
        parse_yaml(f"title: A\n{left}\nformat: 2\n", name="worksheet.yaml")


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("decision: {direction: to, methods: add, why: a}", "write a list, such as"),
        ("to_ipaas: {type: {constant: 3}}", "write a text, in quotes where it looks like a number"),
        ("to_ipaas: {total: {formula: 'cents | times'}}", "`times` needs factor \\(a number\\)"),
    ],
)
def test_what_has_a_wrong_form_is_told_in_words(tmp_path, line, told):
    path = tmp_path / "worksheet.yaml"
    path.write_text(f"format: 2\ntitle: Shop\npairs:\n- ipaas: CUSTOMER\n  third_party: users\n  {line}\n...\n")
    with pytest.raises(WorksheetError, match=told):
        Worksheet.load(path)
