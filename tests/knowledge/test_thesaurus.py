import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipaas_discovery.errors import ConfigurationError
from ipaas_discovery.knowledge.name_words import split_words
from ipaas_discovery.knowledge.thesaurus import Thesaurus


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("postalCode", ("postal", "code")),
        ("address_line2", ("address", "line", "2")),
        ("URLPath", ("url", "path")),
        ("Straße-Nr", ("straße", "nr")),
        ("名前", ("名前",)),
        ("__", ()),
    ],
)
def test_names_are_split_at_case_digits_and_marks(name, words):
    assert split_words(name) == words


@given(st.text())
def test_any_text_is_split_into_lower_case_words(name):
    assert all(word == word.lower() and "_" not in word for word in split_words(name))


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("qty", "quantity"),
        ("sku", "item number"),
        ("zip", "postal code"),
        ("province", "region"),
        ("street 1", "address line 1"),
        ("first name", "given name"),
        ("surname", "last name"),
        ("email", "e mail address"),
        ("grand total", "total"),
        ("date modified", "updated at"),
        ("telephone", "phone number"),
        ("taxes", "tax amount"),
    ],
)
def test_synonyms_come_to_one_spelling(left, right):
    thesaurus = Thesaurus.load()
    assert thesaurus.meanings(split_words(left)) == thesaurus.meanings(split_words(right))


def test_a_word_may_have_two_meanings():
    assert Thesaurus.load().meanings(("state",)) == (("region",), ("status",))


def test_different_numbers_stay_different():
    thesaurus = Thesaurus.load()
    assert thesaurus.meanings(("address", "1")) != thesaurus.meanings(("address", "2"))


def test_an_edited_thesaurus_is_used(tmp_path):
    file = tmp_path / "own.toml"
    file.write_text('[words]\nquantity = ["stk"]\n[light]\nstk = 0.5\n', encoding="utf-8")
    thesaurus = Thesaurus.load(file)
    assert thesaurus.meanings(("stk",)) == (("quantity",),)
    assert thesaurus.weight("stk") == 0.5


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[words", "cannot be read"),
        ('[words]\nquantity = "qty"', "quantity is no list of words"),
        ("words = 1", "words is no table"),
        ('[light]\nid = "little"', "no number"),
    ],
)
def test_a_broken_thesaurus_is_named_with_what_is_wrong(tmp_path, text, says):
    file = tmp_path / "broken.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigurationError, match=says) as caught:
        Thesaurus.load(file)
    assert "broken.toml" in str(caught.value)
