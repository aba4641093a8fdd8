"""Names of fields in other languages, brought to the thesaurus' one spelling."""

from __future__ import annotations

import tomllib
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipaas_discovery.knowledge.name_words import split_words
from ipaas_discovery.knowledge.thesaurus import FOREIGN, SYNONYMS, Thesaurus, spellings
from ipaas_discovery.matching.field_matches import match_fields
from ipaas_discovery.schemas.schema import Schema

TABLE = tomllib.loads(FOREIGN.read_text(encoding="utf-8"))
OWN = tomllib.loads(SYNONYMS.read_text(encoding="utf-8"))
TAKEN = {split_words(old) for olds in OWN["phrases"].values() for old in olds}
TAKEN |= {(old,) for section in ("words", "light") for old in OWN[section]}
TAKEN |= {(old,) for olds in OWN["words"].values() for old in olds}


def meaning(name):
    return " ".join(Thesaurus.load().meanings(split_words(name))[0])


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Kunden-Nr.", "customer number"), ("KundenNr", "customer number"), ("Klantnummer", "customer number"),
        ("Numéro de client", "customer number"), ("código_cliente", "customer number"),
        ("Code postal", "postal code"), ("Código Postal", "postal code"), ("Postleitzahl", "postal code"),
        ("Prénom", "given name"), ("PRENOM", "given name"), ("Cognome", "family name"), ("achternaam", "family name"),
        ("Währung", "currency"), ("Waehrung", "currency"), ("WAHRUNG", "currency"), ("MwSt", "tax amount"),
        ("Prix unitaire", "unit price"), ("Einzelpreis", "unit price"),
        ("Date de commande", "order date"), ("fecha_de_entrega", "delivery date"), ("Data di nascita", "birth date"),
        ("Total TTC", "total"), ("Total HT", "subtotal"), ("Steuersatz", "tax percent"),
        ("Mindestbestand", "reorder level"),
        ("Lieferadresse", "shipping address"), ("Mode de règlement", "payment method"), ("Höhe", "height"),
        ("N° de TVA", "tax number"), ("Partita IVA", "tax number"), ("Ragione sociale", "company"),
    ],
)  # fmt: skip
def test_names_of_other_languages_have_one_spelling(name, words):
    assert meaning(name) == words


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("de_duplicated", "de duplicated"), ("do_not_email", "opt out"), ("created_via", "created via"),
        ("credit_cap", "credit cap"), ("reference", "reference"), ("tag", "tag"), ("item_data", "product data"),
        ("land_area", "plot area"), ("l_quantity", "l quantity"),
    ],
)  # fmt: skip
def test_english_names_keep_their_meaning(name, words):
    assert meaning(name) == words


def test_a_particle_alone_or_at_the_end_stays():
    assert meaning("de") == "de"
    assert meaning("prénom_de") == "given de"


@pytest.mark.parametrize("new", TABLE["phrases"])
def test_each_name_of_a_row_has_the_rows_meaning(new):
    fresh = [old for old in TABLE["phrases"][new] if split_words(old) not in TAKEN]
    assert fresh
    assert {meaning(spelled) for old in fresh for spelled in spellings(old)} == {new}


@pytest.mark.parametrize("new", TABLE["words"])
def test_each_word_of_a_row_is_spelled_as_the_thesaurus_spells(new):
    assert Thesaurus.load().knows(new)
    fresh = [old for old in TABLE["words"][new] if (old,) not in TAKEN]
    read = [Thesaurus.load().literal(spellings(old)[:1]) for old in fresh]
    right = {new, *Thesaurus.load().literal((new,))}
    assert not [old for old, words in zip(fresh, read, strict=True) if right.isdisjoint(words)]


def test_no_name_stands_under_two_meanings():
    rows = Counter(spelled for olds in TABLE["phrases"].values() for spelled in {spellings(old)[0] for old in olds})
    assert not [name for name, count in rows.items() if count > 1]


def test_what_the_thesaurus_says_counts():
    own = Thesaurus.load(SYNONYMS)
    assert own.meanings(("kunde",)) == (("customer",),)
    assert own.meanings(("nombre",)) == (("name",),)


@given(st.text(max_size=20))
def test_any_name_has_a_meaning_in_time(name):
    words = split_words(name)
    assert bool(Thesaurus.load().meanings(words)) is True
    assert all(spelled == "".join(spellings(spelled)[:1]) for word in words for spelled in spellings(word)[:1])


def test_a_table_of_customers_in_another_language_is_matched():
    heads = ["Kunden-Nr\\.", "Firma", "Vorname", "Nachname", "E-Mail", "Bemerkung"]
    theirs = Schema.from_fields([{"path": head, "types": ["string"]} for head in heads], collection="kunden")
    names = ["customer_number", "company", "first_name", "last_name", "email_address", "comment"]
    ours = Schema.from_fields([{"path": name, "types": ["string"]} for name in names], collection="CUSTOMER")
    best = {match.source: match.destination for match in match_fields(theirs, ours).rows if match.rank == 1}
    assert best == dict(zip(heads, names, strict=True))


def test_two_words_are_read_in_the_other_order_in_other_languages_alone():
    known = Thesaurus.load()
    assert known.meanings(("numero", "article"))[0] == ("item", "number")
    assert known.meanings(("line", "street"))[0] == ("line", "street"), "in English that is no street's line"
