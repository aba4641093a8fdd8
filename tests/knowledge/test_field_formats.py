"""Formats: one row each, and what a row says holds everywhere."""

from __future__ import annotations

import json
import re
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipaas_discovery import observe
from ipaas_discovery.knowledge.countries import iban_lengths
from ipaas_discovery.knowledge.field_formats import field_formats
from ipaas_discovery.matching.traits import kind_of
from ipaas_discovery.samples.redaction.value_patterns import replace_sensitive
from ipaas_discovery.schemas.schema import Schema
from ipaas_discovery.schemas.text_formats import format_counts, text_format

ROWS = {row.name: row for row in field_formats().formats}
RECOGNISED = [row for row in field_formats().recognised() if not row.no_format]
EXAMPLES = [(row.name, text) for row in RECOGNISED for text in row.examples]
FIELDS = {"vat-number": "vat_number", "bic": "bic", "version": "version"}
"""Fields whose names a format asks for."""
PLAIN = [
    "Blue shirt, size M", "SKU-1001", "shipped", "on_hold", "CUSTOMER", "SHIPMENT", "BUSINESS", "PENDING", "AWAITING",
    "X100", "A-17", "PO-2026-0042", "ORD100023", "DE123456788", "SE100000000001", "1Z999AA10123456784", "P-100", "PT-7",
    "100.200.300", "902.638.50", "12.5.2026", "31.12.2026", "1.234.567", "16:9", "10:1", "[draft]", "{name}", "[5]",
    "WVWZZZ1JZXW000001", "AB12CDEFGHIJKLMNO", "a < b", "1-2-3", "2026/W05", "12 Example Street", "#1001", "n/a", "-",
]  # fmt: skip
"""Texts of items, orders and statuses that have none of the formats that say what a text is."""
TELLING = {"iban", "bic", "vat-number", "week", "duration", "version", "json", "html", "time", "time-local"}


@pytest.mark.parametrize(("name", "text"), EXAMPLES)
def test_an_example_has_its_format_alone_and_among_others(name, text):
    assert text_format(text) == name
    assert format_counts(Counter({text: 3}), len(text)) == Counter({name: 3})
    assert format_counts(Counter({"Blue shirt": 2, text: 3, "X100": 1}), len(text))[name] == 3


@pytest.mark.parametrize(("name", "text"), [(row.name, text) for row in RECOGNISED for text in row.is_not])
def test_what_only_looks_like_it_has_it_not(name, text):
    assert text_format(text) != name
    assert name not in format_counts(Counter({text: 1}), len(text))


@pytest.mark.parametrize("text", ["::", "1:2", "1:2:3"])
def test_an_address_is_more_than_colons(text):
    assert text_format(text) is None


@pytest.mark.parametrize(
    ("name", "text"), [(row.name, text) for row in ROWS.values() if row.no_format for text in row.examples]
)
def test_a_sentence_a_code_and_a_word_have_no_format(name, text):
    assert text_format(text) is None, name


@pytest.mark.parametrize(("name", "text"), EXAMPLES)
def test_a_more_general_form_says_which_format_goes_before_it(name, text):
    """A format whose texts have another form as well stands before that form, and says so."""
    for other in field_formats().recognised():
        pattern = field_formats().pattern(other.name)
        if other.name != name and re.fullmatch(pattern, text):
            before = {name, *(row.name for row in RECOGNISED if name in row.before)}
            assert other.name in ROWS[name].before or other.name in before, other.name


@pytest.mark.parametrize("name", sorted({name for name, _ in EXAMPLES}))
def test_a_field_of_such_texts_is_observed_exported_and_matched_alike(name):
    field = FIELDS.get(name, "value_1")
    records = [{field: text} for text in ROWS[name].examples] * 3
    observed = observe(records).field(field)
    assert observed.format == name
    declared = Schema.from_fields([{"path": field, "types": "string", "format": name}]).field(field)
    assert kind_of(observed) == kind_of(declared) == ROWS[name].kind
    exported = observe(records).to_json_schema()["properties"][field]
    assert field_formats().json_schema(name).items() <= exported.items()


@pytest.mark.parametrize("name", ["vat-number", "bic", "version"])
def test_a_format_that_asks_for_a_name_is_not_seen_elsewhere(name):
    records = [{"sku": text, "status": text} for text in ROWS[name].examples] * 3
    for field in observe(records).fields:
        assert field.format is None
        assert name not in field.observed.formats


@pytest.mark.parametrize("field", ["sku", "order_number", "status", "note", "barcode", "value"])
def test_items_orders_and_statuses_have_none_of_the_telling_formats(field):
    for text in PLAIN:
        seen = observe([{field: text}] * 5).field(field)
        assert not TELLING & {seen.format, *seen.observed.formats}, text


@pytest.mark.parametrize(
    ("name", "keywords"),
    [
        ("duration", {"format": "duration"}),
        ("time", {"format": "time"}),
        ("url", {"format": "uri"}),
        ("json", {"contentMediaType": "application/json"}),
        ("html", {"contentMediaType": "text/html"}),
        ("iban", {"format": "iban"}),
        ("week", {"format": "week"}),
    ],
)
def test_json_schema_says_it_in_its_own_words_where_it_has_some(name, keywords):
    assert field_formats().json_schema(name) == keywords


def searched():
    return [(row.name, text) for row in field_formats().searched() for text in row.examples]


@pytest.mark.parametrize(("name", "text"), searched())
def test_what_is_somebodys_is_found_inside_of_a_text(name, text):
    assert replace_sensitive(f"see {text}", "note", lambda _found: "*") == "see *"


@pytest.mark.parametrize(("name", "text"), [(row.name, text) for row in field_formats().searched() if row.search_check
                                            and row.name != "iban" for text in row.is_not])  # fmt: skip
def test_what_only_looks_like_somebodys_stays(name, text):
    assert "*" not in replace_sensitive(f"see {text}", "", lambda _found: "*")


def with_check_digits(country, account):
    """The IBAN of an account: its check digits make the whole 1 modulo 97."""
    digits = "".join(str(int(sign, 36)) for sign in f"{account}{country}00")
    return f"{country}{98 - int(digits) % 97:02}{account}"


@given(st.sampled_from(sorted(iban_lengths())), st.data())
def test_every_iban_is_one_and_no_other_check_digits_make_one(country, data):
    length = iban_lengths()[country] - 4
    account = data.draw(st.text("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ", min_size=length, max_size=length))
    iban = with_check_digits(country, account)
    assert text_format(iban) == "iban"
    assert text_format(" ".join(iban[at : at + 4] for at in range(0, len(iban), 4))) == "iban"
    wrong = f"{country}{(int(iban[2:4]) % 97 + 1):02}{account}"
    assert text_format(wrong) != "iban"
    assert text_format(iban[:-1]) != "iban"
    assert format_counts(Counter({wrong: 1, iban: 2}), len(iban))["iban"] == 2


@given(st.lists(st.text(max_size=40) | st.sampled_from([text for _, text in EXAMPLES]), min_size=1, max_size=20))
def test_counting_many_texts_at_once_is_counting_each(texts):
    counts = Counter(texts)
    each = Counter({text: times for text, times in counts.items() if text_format(text)})
    expected = Counter()
    for text, times in each.items():
        expected[text_format(text)] += times
    assert format_counts(counts, max(map(len, counts))) == expected


@given(st.integers(0, 23), st.integers(0, 59), st.integers(0, 59))
def test_every_time_of_day_is_one(hour, minute, second):
    assert text_format(f"{hour:02}:{minute:02}") == "time-local"
    assert text_format(f"{hour:02}:{minute:02}:{second:02}") == "time-local"
    assert text_format(f"{hour:02}:{minute:02}:{second:02}Z") == "time"


@given(
    st.recursive(st.none() | st.booleans() | st.text(), lambda inner: st.dictionaries(st.text(), inner), max_leaves=5)
)
def test_every_object_in_json_is_json(value):
    text = json.dumps({"value": value}, ensure_ascii=False)
    assert text_format(text) == "json"
    assert text_format(text[:-1]) != "json"


def test_long_json_is_looked_at_whole():
    text = '{"a": "' + "x" * 5_000 + '"}'
    assert text_format(text) == "json"
    assert text_format(text[:-2] + "}") is None
