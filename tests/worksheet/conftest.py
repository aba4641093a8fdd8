import pytest

from ipaas_discovery.flows.finding import Effect, Finding
from ipaas_discovery.matching.mapping import Mapping
from ipaas_discovery.vocabulary import Direction, Method, Outcome
from ipaas_discovery.worksheet.entry import Entry
from ipaas_discovery.worksheet.features import Endpoint, ExternalId, Features
from ipaas_discovery.worksheet.parts import Claims, CollectionSide, Evidence, Question
from ipaas_discovery.worksheet.questions import default_questions
from ipaas_discovery.worksheet.worksheet import Worksheet

NASTY = "a|b \"quoted\" 'single'\nsecond line\n\n\ttabbed: #no comment 😀 \u05e9\u05dc\u05d5\u05dd <b>&amp;</b> \\n `x`"


def proposed(source, destination, score, evidence=""):
    return Mapping(destination, "field", (source,), standing="matched", score=score, evidence=evidence)


@pytest.fixture
def nasty():
    return NASTY


@pytest.fixture
def customer():
    missing = Finding("required", Effect.BLOCKS, "email_address", "no source field fits", "map one", "declared")
    unique = Finding("key", Effect.SUPPORTS, "id", "unique in 200 of 200")
    return Entry(
        "CUSTOMER",
        8,
        "users",
        claims=Claims("200 of 412 records.", "200 of 390 records."),
        questions=default_questions("collection"),
        features=(
            Features(Direction.TO, endpoints=(Endpoint("/users/{Id}"),), external_id_formats=(ExternalId("{{Id}}"),)),
        ),
        to=(
            proposed("mail", "email_address", 0.9, "same values"),
            proposed("first", "first_name", 0.8),
        ),
        evidence=(
            Evidence(Direction.TO, Method.ADD, Outcome.BLOCKED, "email_address has no source", (missing, unique)),
            Evidence(Direction.TO, Method.UPDATE, Outcome.POSSIBLE, "", (unique,)),
            Evidence(Direction.FROM, Method.ADD, Outcome.UNKNOWN, "no create shape known"),
        ),
    )


@pytest.fixture
def product():
    return Entry("PRODUCT", 1, "items", questions=(Question("Which records move?"),))


@pytest.fixture
def worksheet(customer, product):
    return Worksheet(
        "Example shop",
        ipaas=CollectionSide("iPaaS.com", "staging"),
        third_party=CollectionSide("Example shop", "sandbox"),
        as_of="2026-01-31",
        entries=[customer, product, Entry("TRANSACTION", 9, "orders")],
        questions=default_questions("integration"),
    )


@pytest.fixture
def many(customer):
    """60 entries, decided in every way, with texts that break careless writers."""
    sheet = Worksheet("Many", as_of="2026-01-31", entries=[_numbered(customer, n) for n in range(60)])
    for number, direction in enumerate(["to", "from", "both", None, "to"] * 11):
        sheet.decide(f"TYPE_{number}", direction, methods=["add", "delete"], why=NASTY, by=f"Analyst {number}")
    return sheet


def _numbered(entry, number):
    return Entry(
        f"TYPE_{number}",
        number,
        f"their {number}",
        to=entry.to,
        evidence=entry.evidence,
        features=entry.features,
    )
