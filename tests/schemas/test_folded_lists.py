"""Lists of names and values are fields by default, from the sample to the worksheet; the analyst folds and unfolds."""

import json

import pytest

from ipaas_discovery import Discovery
from ipaas_discovery.errors import ConfigurationError, UnknownNameError
from ipaas_discovery.schemas.declaring.collect_shapes import with_names
from ipaas_discovery.schemas.folded_lists import FoldedLists
from ipaas_discovery.schemas.observing.observe import observe
from ipaas_discovery.schemas.schema import Schema
from ipaas_discovery.vocabulary import Direction

SEASONS = ("Winter", "Summer")
SETTINGS = """
title = "t"
[ipaas]
connector = "platform.toml"
[third_party]
connector = "shop.toml"
{lists}
[[collections]]
ipaas = "PRODUCT"
third_party = "items"
"""


def opened(folder, lists=""):
    ours = [
        {"id": at, "sku": f"S-{at:03}", "custom_fields": [{"name": "Season", "value": SEASONS[at % 2]}]}
        for at in range(12)
    ]
    theirs = [
        {"id": 9 * at, "sku": f"S-{at:03}", "season": SEASONS[at % 2].upper(), "rare": [{"key": f"k{at}", "value": at}]}
        for at in range(12)
    ]
    (folder / "PRODUCT.json").write_text(json.dumps(ours))
    (folder / "items.json").write_text(json.dumps(theirs))
    (folder / "platform.toml").write_text(
        'title = "p"\nfacts = "ipaas"\n[collections.PRODUCT]\nfile = "PRODUCT.json"\n'
    )
    (folder / "shop.toml").write_text('title = "s"\n[collections.items]\nfile = "items.json"\n')
    (folder / "discovery.toml").write_text(SETTINGS.format(lists=lists))
    return Discovery.open(folder / "discovery.toml")


def named(schema):
    return [field.path for field in schema.fields if "{" in field.path]


def test_names_are_fields_in_schemas_matches_agreement_and_worksheet(tmp_path):
    with opened(tmp_path) as discovery:
        sides = discovery.schemas("PRODUCT")
        (row,) = [row for row in discovery.compare("PRODUCT").rows if row.third_party == "season"]
        (entry,) = discovery.entries()
    assert named(sides.ipaas.returned) == named(sides.ipaas.create) == ["custom_fields{Season}.value"]
    assert sides.ipaas.create.field("custom_fields{Season}.value").required is False
    assert (row.ipaas, row.to, row.agreement.equal_after_normalising) == ("custom_fields{Season}.value", "ok", 12)
    assert "custom_fields{Season}.value" in {mapping.destination for mapping in entry.mappings(Direction.TO)}


def test_the_analyst_folds_and_unfolds(tmp_path):
    lists = '[lists]\nfold = ["PRODUCT.custom_fields"]\nunfold = ["items.rare"]'
    with opened(tmp_path, lists) as discovery:
        sides = discovery.schemas("PRODUCT")
    assert named(sides.ipaas.returned) == named(sides.ipaas.create) == []
    assert len(named(sides.third_party.returned)) == 12


@pytest.mark.parametrize(
    ("lists", "error", "words"),
    [
        ('fold = ["PRODUC.custom_fields"]', UnknownNameError, "did you mean 'PRODUCT'"),
        ('unfold = ["items"]', ConfigurationError, "'items' under \\[lists\\] names no list"),
        ('fold = ["items.rare"]\nunfold = ["items.rare"]', ConfigurationError, "'items.rare' is both folded and unf"),
    ],
)
def test_a_wrong_rule_is_refused(tmp_path, lists, error, words):
    with pytest.raises(error, match=words):
        opened(tmp_path, f"[lists]\n{lists}")


def test_rules_belong_to_their_collection():
    rules = FoldedLists(("items.a", "items.b.c", "other.d"), ("items.e",))
    assert rules.of("items") == (("a", "b.c"), ("e",))
    assert rules.of("item") == ((), ())


def test_what_is_received_takes_only_the_names_of_lists_that_it_has():
    returned = observe([{"meta": [{"name": "A", "value": 1}], "tags": [{"name": "B", "value": 2}]}] * 2)
    received = Schema.from_fields([{"path": "meta[].name"}, {"path": "meta[].value", "types": ["integer"]}])
    assert named(with_names(received, returned)) == ["meta{A}.value"]
    assert with_names(Schema(), returned) == Schema()
    assert with_names(received, returned).field("meta{A}.value").types == ("integer",)
