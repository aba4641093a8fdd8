import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from ipaas_discovery.errors import WorksheetError
from ipaas_discovery.flows.finding import Effect, Finding
from ipaas_discovery.vocabulary import Direction, Method, Outcome
from ipaas_discovery.worksheet.entry import Entry, WorksheetDocument
from ipaas_discovery.worksheet.features import DataType, Endpoint, ExternalId, Features, Support, SyncType
from ipaas_discovery.worksheet.parts import Claims, CollectionSide, Decision, Evidence, FieldMapping, Question
from ipaas_discovery.worksheet.yaml_document import FORMAT, dump, parse

LINES = st.lists(
    st.sampled_from(["", "word", "  set in", "trailing ", "\t", "- item", "# no comment", "😀", "x" * 130])
)
TEXT = (
    st.text(st.characters(), max_size=30)
    | LINES.map("\n".join)
    | st.sampled_from(
        [
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
    )
)
FLOWS = st.sampled_from(Direction.BIDIRECTIONAL.flows)
MAYBE = st.none() | st.booleans()


def keyed(parts):
    return st.lists(parts, max_size=3, unique_by=lambda part: part.key).map(tuple)


def tuples(parts):
    return st.none() | st.lists(parts, max_size=2).map(tuple)


FINDINGS = st.builds(Finding, TEXT, st.sampled_from(Effect), TEXT, TEXT, TEXT)
METHODS = st.lists(st.sampled_from(Method), max_size=3).map(tuple)
DECISIONS = st.builds(Decision, st.none() | st.sampled_from(Direction), METHODS, TEXT, TEXT, TEXT)
EVIDENCE = st.builds(
    Evidence,
    FLOWS,
    st.sampled_from(Method),
    st.sampled_from(Outcome),
    TEXT,
    st.lists(FINDINGS, max_size=2).map(tuple),
)
MAPPINGS = st.builds(
    FieldMapping,
    FLOWS,
    TEXT,
    TEXT,
    st.sampled_from(["field", "formula", "static", "lookup"]),
    TEXT,
    st.sampled_from(["proposed", "accepted", "rejected"]),
    st.none() | st.floats(0, 1),
    TEXT,
)
FEATURES = st.builds(
    Features,
    FLOWS,
    st.none() | st.sampled_from(Support),
    tuples(st.sampled_from(SyncType)),
    tuples(st.builds(Endpoint, TEXT, TEXT)),
    tuples(st.builds(ExternalId, TEXT, TEXT, TEXT)),
    tuples(st.builds(DataType, value=TEXT, note=TEXT)),
    allow_initialization=MAYBE,
    polling_supported=MAYBE,
    external_webhook_support=st.sampled_from([None, 0, 1, 2]),
    additional_information=st.none() | TEXT,
)
QUESTIONS = keyed(st.builds(Question, TEXT, TEXT, TEXT))
ENTRIES = st.builds(
    Entry,
    st.from_regex(r"[A-Z]{1,3}", fullmatch=True),
    st.none() | st.integers(),
    TEXT,
    st.builds(Claims, TEXT, TEXT),
    st.none() | DECISIONS,
    QUESTIONS,
    keyed(FEATURES),
    keyed(MAPPINGS),
    keyed(EVIDENCE),
    keyed(FEATURES),
    st.booleans(),
)
DOCUMENTS = st.builds(
    WorksheetDocument,
    TEXT,
    st.builds(CollectionSide, TEXT, TEXT),
    st.builds(CollectionSide, TEXT),
    TEXT,
    QUESTIONS,
    keyed(ENTRIES),
)


@example(WorksheetDocument("ends with two breaks\n\n", CollectionSide("0\n\n"), CollectionSide("\x85")))
@given(DOCUMENTS)
@settings(max_examples=150, deadline=None)
def test_what_is_written_is_read_back_the_same(document):
    content = dump(document)
    assert parse(content, name="w.yaml") == document
    assert dump(parse(content, name="w.yaml")) == content


@given(st.text(st.characters(exclude_categories=[]), max_size=40) | LINES.map("\n".join))
@settings(max_examples=200, deadline=None)
def test_any_text_of_an_analyst_survives(text):
    decision = Decision(Direction.TO, (), text)
    document = WorksheetDocument(entries=(Entry("CUSTOMER", decision=decision),))
    assert parse(dump(document), name="w.yaml") == document


@given(st.binary(max_size=60) | st.text(max_size=60).map(str.encode))
@settings(max_examples=200, deadline=None)
def test_any_bytes_are_a_worksheet_or_a_worksheet_error(content):
    for start in (b"", f"format: {FORMAT}\n".encode()):
        try:
            parse(start + content, name="w.yaml")
        except WorksheetError as error:
            assert "w.yaml" in str(error)  # noqa: PT017  either outcome is right


def test_the_file_reads_well(worksheet, nasty):
    worksheet.decide("CUSTOMER", "to", why="one line\n\nanother 😀", by=nasty, on="2026-02-01")
    text = dump(worksheet.document).decode()
    assert text.startswith("# ")
    assert "\nformat: 1\n" in text
    assert "    on: 2026-02-01\n" in text
    assert "    why: |-\n      one line\n\n      another 😀\n" in text
    assert text.count("decision: undecided") == 2
    assert "null" not in text
    assert "{}" not in text
    assert max(map(len, text.splitlines())) <= 120


def test_a_decision_changes_only_its_own_lines(worksheet):
    before = dump(worksheet.document).decode().splitlines()
    worksheet.decide("PRODUCT", "to", why="sold here")
    after = dump(worksheet.document).decode().splitlines()
    start = before.index("  decision: undecided", before.index("- collection: PRODUCT"))
    assert after[:start] == before[:start]
    assert after[len(after) - len(before) + start + 1 :] == before[start + 1 :]


def test_the_order_in_which_parts_were_given_has_no_meaning(customer):
    turned = Entry(
        "CUSTOMER",
        8,
        "users",
        claims=customer.claims,
        questions=customer.questions,
        features=customer.features,
        mappings=customer.mappings[::-1],
        evidence=customer.evidence[::-1],
    )
    assert turned == customer


def test_what_a_person_writes_by_hand_is_understood():
    content = b"""\
format: 1
entries:
- collection: Customers
  third_party: users
  decision:
    direction: to
    methods: [update, add]
    on: 2026-02-01
- collection: PRODUCT
  decision: undecided
- collection: LOCATION
  decision: {direction: leave out, why: no}
"""
    customer, product, location = parse(content, name="w.yaml").entries
    assert customer.collection == "CUSTOMER"
    assert customer.decision == Decision(Direction.TO, (Method.ADD, Method.UPDATE), on="2026-02-01")
    assert product.decision is None
    assert (location.decided, location.decision.why) == ("leave out", "no")


HEAD = "format: 1\nentries:\n- collection: CUSTOMER\n"


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        (HEAD + "  desicion: undecided\n", ["'desicion'", "line 4", "did you mean 'decision'"]),
        ("format: 1\ntitel: x\n", ["'titel'", "line 2", "did you mean 'title'"]),
        (HEAD + "  decision:\n    direction: too\n", ["'direction'", "line 5", "'too'", "leave out"]),
        (HEAD + "  decision:\n    direction: to\n    methods: [ad]\n", ["'ad'", "line 6", "did you mean 'add'"]),
        (HEAD + "  decision:\n    why: x\n", ["'direction' is missing", "line 4"]),
        (HEAD + "  type_id: eight\n", ["'type_id'", "line 4", "'eight'", "integer"]),
        (HEAD + "  features:\n  - {direction: to, suport: Full}\n", ["'suport'", "line 5", "did you mean 'support'"]),
        (HEAD + "  features:\n  - {direction: both}\n", ["'direction'", "line 5", "one flow"]),
        (
            HEAD + "  mappings:\n  - {direction: to, source: a, destination: b, status: acepted}\n",
            ["'acepted'", "line 5", "did you mean 'accepted'"],
        ),
        (HEAD + "- collection: Customers\n", ["stands here twice"]),
        (HEAD + "  gone: true\n  gone: false\n", ["'gone' stands here twice", "line 5"]),
        (HEAD + "  third_party: [users\n", ["not YAML", "line"]),
        ("format: 1\n<<<<<<< ours\ntitle: a\n=======\n", ["line 2", "conflict markers"]),
        ("format: 2\n", ["format 2", "upgrade"]),
        ("format: one\n", ["format one", "format: 1"]),
        ("title: x\n", ["no `format`"]),
        ("", ["no `format`"]),
        ("- 1\n", ["no `format`"]),
        ("format: 1\nentries: " + "[" * 3000, ["not YAML"]),
    ],
)
def test_a_wrong_file_is_named_with_line_key_and_what_was_meant(text, parts):
    with pytest.raises(WorksheetError) as caught:
        parse(text.encode(), name="shop.yaml")
    message = str(caught.value)
    assert "shop.yaml" in message
    assert [part for part in parts if part not in message] == []
    assert "\n" not in message


def test_text_that_is_not_utf8_is_said_to_be_so():
    with pytest.raises(WorksheetError, match="not UTF-8"):
        parse("title: caf\xe9".encode("latin-1"), name="w.yaml")


def test_a_byte_order_mark_is_no_obstacle():
    assert parse(b"\xef\xbb\xbfformat: 1\r\ntitle: Shop\r\n", name="w.yaml").title == "Shop"
