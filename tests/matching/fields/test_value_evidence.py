import numpy as np
import pytest

from ipaas_discovery.knowledge.thesaurus import Thesaurus
from ipaas_discovery.matching.field_matches import match_fields
from ipaas_discovery.matching.fields.value_evidence import texts
from ipaas_discovery.matching.traits import traits_of
from ipaas_discovery.schemas.observing.observe import observe
from ipaas_discovery.schemas.schema import Schema


def fields(**values):
    rows = [{"path": path, "types": ["string"], "enum": list(enum)} for path, enum in values.items()]
    return traits_of(Schema.from_fields(rows), Thesaurus.load())


def likeness(ours, theirs):
    (table,) = texts(fields(a=ours), fields(b=theirs)).tolist()
    return round(table[0], 3)


def test_words_are_read_whatever_signs_stand_between_them():
    assert likeness(["Marsh, Ada", "Ford, Bo"], ["ada marsh", "bo ford"]) == 1
    assert likeness(["http://kb.test/Q1001", "http://kb.test/Q1002"], ["Q1001", "Q1002"]) > 0.2
    assert likeness(["red"], ["blue"]) == 0


@pytest.mark.parametrize(
    ("codes", "words", "share"),
    [
        (("M", "F"), ("male", "female"), 1 - np.exp(-2 / 3)),
        (("de", "en", "fr"), ("Deutsch", "English", "French"), 1 - np.exp(-2)),
        (("NYC", "LAX"), ("New York City", "Berlin"), 0.5 * (1 - np.exp(-1))),
        (("M", "F", "U"), ("male", "female"), 1 - np.exp(-2 / 3)),
        (("M", "F"), ("male", "married"), 0),
        (("M", "F"), ("male", "maybe", "female"), 0.5 * (1 - np.exp(-1 / 3))),
        (("M", "F1"), ("male", "female"), 0),
        (("M", "Fema"), ("male", "female"), 0),
        (("M",), ("male", "female"), 0),
        (("M", "F"), ("m", "f"), 1),
    ],
)
def test_codes_stand_for_what_only_one_value_begins_with(codes, words, share):
    assert likeness(codes, words) == pytest.approx(share, abs=1e-3)
    assert likeness(words, codes) == pytest.approx(share, abs=1e-3)


def test_countries_and_their_parts_are_the_same_by_name_and_by_code():
    assert likeness(["DE", "FR", "JP"], ["Germany", "France", "Japan"]) > 0.9
    assert likeness(["Bayern", "Berlin"], ["DE-BY", "DE-BE"]) > 0.8
    assert likeness(["DE", "FR", "nowhere"], ["Germany", "France", "Japan"]) < 0.7


def test_long_lists_are_no_codes():
    codes = [f"{a}{b}" for a in "abcdef" for b in "abcdefg"]
    assert likeness(codes[:40], [f"{code}word" for code in codes[:40]]) == pytest.approx(1)
    assert likeness(codes[:41], [f"{code}word" for code in codes[:41]]) == 0


def test_signs_alone_stand_for_nothing():
    assert np.isnan(likeness(["x", "y"], ["----", "....."]))


def test_what_has_no_texts_has_no_likeness_of_texts():
    assert np.isnan(texts(fields(a=[]), fields(b=["x"]))).all()


def test_recoded_values_tell_fields_apart_whose_names_say_nothing():
    left = observe([{"f1": "MF"[at % 2], "f2": "NY"[at % 3 == 0]} for at in range(40)])
    right = observe([{"k": ("male", "female")[at % 2], "m": ("no", "yes")[at % 3 == 0]} for at in range(40)])
    best = {row.source: row for row in match_fields(left, right).rows if row.rank == 1}
    assert {source: row.destination for source, row in best.items()} == {"f1": "k", "f2": "m"}
    assert best["f1"].evidence["look"] == best["f1"].evidence["texts"]


def test_lists_that_many_fields_hold_still_speak_for_a_field_whose_name_is_as_near():
    right = [
        {"path": f"{name}_{part}", "types": ["string"]}
        for name in ("kras", "braf", "egfr")
        for part in ("kind", "made")
    ]
    right = [row | {"enum": ["Positive", "Negative"]} if row["path"].endswith("made") else row for row in right]
    left = observe([{"egfr_x": ("positive", "negative")[at % 2]} for at in range(20)])
    assert match_fields(left, Schema.from_fields(right)).best("egfr_x").destination == "egfr_made"
