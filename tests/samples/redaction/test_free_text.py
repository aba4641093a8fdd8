"""Names that a record holds do not stay in its notes, and no other record's notes change by them."""

from __future__ import annotations

import pytest
from samples.redaction.test_redactor import MASK, redacted, redactor

from ipaas_discovery.samples.redaction.classify_field import classify_field

ADA, EXAMPLE = MASK.text("Ada"), MASK.text("Example")


def test_names_in_notes_become_what_they_are_in_their_fields():
    record = redacted({"notes": "call Ada EXAMPLE, ada's mother", "first_name": "Ada", "last_name": "Example"})
    assert record["notes"] == f"call {ADA} {EXAMPLE.upper()}, {ADA.lower()}'s mother"
    assert (record["first_name"], record["last_name"]) == (ADA, EXAMPLE)


def test_a_full_name_is_told_again_by_its_parts_but_not_by_initials_and_particles():
    double = "O'Brien-B"
    record = redacted({"customer_name": f"Ada von Example {double}", "comment": f"von Example, {double} and b: Ada"})
    assert record["comment"] == f"von {EXAMPLE}, O'{MASK.text('Brien')}-B and b: {ADA}"


def test_names_deep_inside_a_record_are_replaced_in_all_of_its_texts():
    order = {"buyer": {"first_name": "Ada"}, "message": "for Ada", "lines": [{"note": "Ada's", "sku": "Ada"}]}
    found = redacted(order, path="/v2/orders")
    assert (found["message"], found["lines"][0]) == (f"for {ADA}", {"note": f"{ADA}'s", "sku": "Ada"})


def test_names_of_another_record_of_the_pull_are_replaced_in_free_text_where_they_are_written_as_names():
    body = {"data": [{"notes": "Bo, Ada, ada and Brown", "title": "Ada"}, {"first_name": "Ada", "last_name": "Brown"}]}
    first = redactor().value(body, "/v3/customers")["data"][0]
    assert first == {"notes": f"Bo, {ADA}, ada and Brown", "title": "Ada"}


def test_a_record_that_is_the_whole_answer_is_one_too():
    body = {"first_name": "Ada", "notes": "Ada", "messages": [{"text": "from Ada"}]}
    found = redactor().value(body, "/v3/customers")
    assert (found["notes"], found["messages"]) == (ADA, [{"text": f"from {ADA}"}])


def test_what_the_analyst_keeps_stays_as_it_is_written():
    record = redacted({"first_name": "Ada", "notes": "Ada"}, keep=("customers.notes",))
    assert record["notes"] == "Ada"


def test_records_without_names_keep_their_notes():
    assert redacted({"status": "Ada", "notes": "Ada"})["notes"] == "Ada"


@pytest.mark.parametrize("name", ["card", "cc", "payment_card"])
def test_a_number_with_a_cards_check_digit_in_a_cards_field_is_replaced(name):
    found = redacted({name: 4111111111111111, f"{name}_id": 12}, path="/v2/orders")
    assert found[name] not in {4111111111111111, None}
    assert len(str(found[name])) == 16
    assert redacted({name: 4111111111111112, "order_number": 4111111111111111}, path="/v2/orders") == {
        name: 4111111111111112, "order_number": 4111111111111111,
    }  # fmt: skip


@pytest.mark.parametrize("name", ["buyer", "ship_to", "created_by", "signedBy", "staff", "mother", "cashier"])
def test_two_words_in_a_field_of_a_person_are_a_name_and_one_may_be_a_code(name):
    found = redacted({name: "Ada Example", "status": "Ada Example"}, path="/v2/orders")
    assert found == {name: MASK.text("Ada Example"), "status": "Ada Example"}
    assert redacted({name: "C0001"}, path="/v2/orders") == {name: "C0001"}


@pytest.mark.parametrize("name", ["shipping", "billing", "lead", "profile", "customer_group", "user_role"])
def test_words_in_fields_that_only_sound_like_a_person_stay(name):
    assert not classify_field(name).of_text("Free shipping")


def test_white_space_around_a_text_stays_and_changes_nothing_else():
    assert MASK.text(" ada@shop.example\n") == f" {MASK.text('ada@shop.example')}\n"
    assert MASK.text("  ") == "  "


def test_account_and_tax_numbers_join_however_they_are_spaced():
    assert MASK.text("DE89370400440532013000") == MASK.text("DE89 3704 0044 0532 0130 00").replace(" ", "")
    assert MASK.text("DE123456789")[:2].isalpha()
    assert MASK.text("DE123456789")[2:].isdigit()
