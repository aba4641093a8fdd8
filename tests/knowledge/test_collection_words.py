"""Words of collections' names: each means one thing, and every type has names."""

from __future__ import annotations

from collections import Counter

import pytest

from ipaas_discovery.knowledge.collections.collection_words import collection_words
from ipaas_discovery.knowledge.ipaas_collections import ipaas_collections


def test_a_word_means_one_thing():
    table = collection_words().concepts
    words = Counter(word for concept, others in table.items() for word in {concept, *others})
    assert [word for word, times in words.items() if times > 1 and word not in table] == []
    assert not set(words) & collection_words().light


def test_every_type_has_names_made_of_known_words():
    known = collection_words().concepts
    assert {row.type for row in collection_words().meanings} == set(ipaas_collections())
    for row in collection_words().meanings:
        for name in (*row.names, *row.likely, *row.possible, *row.optional):
            assert set(collection_words().concepts_of(name)) <= set(known), name


def test_every_condition_is_about_a_name_that_is_there():
    meanings = {row.type: row for row in collection_words().meanings}
    for row in collection_words().conditions:
        of_type = meanings[row.type]
        assert row.name in (*of_type.names, *of_type.likely, *of_type.possible), row
        assert row.unless or row.only
        for text in (*row.unless, *row.only):
            assert set(collection_words().concepts_of(text.removeprefix("="))) <= set(collection_words().concepts), text


@pytest.mark.parametrize(
    ("name", "concepts"),
    [
        ("stockmovements", ("inventory", "movement")),
        ("Lagerbestände", ("warehouse", "inventory")),
        ("Lagerbestaende", ("warehouse", "inventory")),
        ("lignes_commande", ("line", "order")),
        ("SalesOrderHeadersV2", ("sale", "order")),
        ("entrepôts", ("warehouse",)),
        ("dotdigital_customers", ("DOTDIGITAL", "customer")),
        ("customergroups", ("customer", "group")),
        ("", ()),
    ],
)
def test_names_become_concepts(name, concepts):
    assert collection_words().concepts_of(name) == concepts


def test_a_parent_stands_before_its_children():
    rows = ipaas_collections()
    assert all(row.parent in row.needs for row in rows.values() if row.parent and row.needs)
    assert rows["TRANSACTION_LINE"].parent == "TRANSACTION"
    assert not rows["SHIPMENT"].implemented


def test_a_word_is_taken_apart_only_where_all_of_it_is_known():
    concepts = collection_words().concepts_of
    assert concepts("Kundengruppen") == ("customer", "group")
    assert concepts("blorgorder") == ("BLORGORDER",)
    assert concepts("orderblorg") == ("ORDERBLORG",)
