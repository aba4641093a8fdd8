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


@pytest.fixture
def own(tmp_path):
    file = tmp_path / "own.toml"
    file.write_text(
        """
[words]
amount = ["amt"]
shipping = ["ship"]
[phrases]
"postal code" = ["zip"]
"address line 1" = ["address 1"]
"tax amount" = ["tax"]
[containers]
line = ["items"]
[light]
of = 0.1
tax = 0.8
id = 0.6
[near]
begin = ["since"]
first = ["since", "start"]
[roles]
key = ["id", "number"]
name = ["name"]
[order]
first = ["main"]
second = ["other"]
""",
        encoding="utf-8",
    )
    return Thesaurus.load(file)


def test_a_phrase_of_one_word_is_read_inside_a_name_unless_the_word_has_a_plain_meaning(own):
    assert own.meanings(("customer", "zip")) == (("customer", "postal", "code"),)
    assert own.meanings(("tax",)) == (("tax", "amount"),)
    assert own.meanings(("tax", "id")) == (("tax", "id"),)
    assert own.container(("zip", "items")) == ("zip", "item")


def test_a_phrase_that_ends_in_a_number_ends_the_name(own):
    assert own.meanings(("bill", "address", "1")) == (("bill", "address", "line", "1"),)
    assert own.meanings(("address", "1", "city")) == (("address", "1", "city"),)


def test_a_name_can_be_read_word_by_word(own):
    assert own.literal(("ship", "zip", "amt")) == ("shipping", "zip", "amount")
    assert own.literal(("amt", "amount")) == ("amount",)


def test_words_that_are_written_as_one_are_split_into_as_few_as_can_be(own):
    assert own.pieces("shipamountoftax") == ("ship", "amount", "of", "tax")
    assert own.pieces("shipxamount") == ("shipxamount",)
    assert own.pieces("oftax") == ("oftax",)
    assert own.pieces("taxid") == ("tax", "id")
    assert own.pieces("ship" * 10) == ("ship",) * 10
    assert own.pieces("ship" * 10 + "tax") == ("ship" * 10 + "tax",)


def test_other_words_help_to_split_and_are_split_themselves(own):
    other = own.knowing(["rating", "ratingamount", "ab", "n1n"])
    assert own.pieces("ratingamount") == ("ratingamount",)
    assert other.pieces("ratingamount") == ("rating", "amount")
    assert other.pieces("abamount") == ("abamount",)


def test_words_belong_to_fields_of_meaning(own):
    assert own.fields["since"] == {"begin", "first"}
    assert own.fields["begin"] == {"begin"}
    assert own.fields["first"] == {"first"}


def test_the_last_word_that_says_a_role_counts(own):
    assert own.role(("name", "number")) == "key"
    assert own.role(("number", "name", "x")) == "name"
    assert own.role(("x",)) == ""


def test_the_first_word_that_says_an_order_counts(own):
    assert own.place(("x", "other", "main")) == 2
    assert own.place(("main",)) == 1
    assert own.place(("x",)) == 0


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("ORDNO", "order number"),
        ("CUSNM", "customer name"),
        ("CURCD", "currency code"),
        ("SHPDT", "shipping date"),
        ("ITMDS", "item description"),
        ("EMAILAD", "email address"),
    ],
)
def test_names_of_old_tables_are_read_as_words_written_as_one(name, words):
    thesaurus = Thesaurus.load()
    assert thesaurus.meanings(split_words(name)) == thesaurus.meanings(split_words(words))


@pytest.mark.parametrize("word", ["piano", "brands", "spread", "method", "casino", "record", "format", "instead"])
def test_a_word_that_ends_in_such_letters_stays_one(word):
    assert Thesaurus.load().pieces(word) == (word,)


@pytest.mark.parametrize(
    ("name", "meaning"),
    [
        (("pk", "yrs"), ("pack", "years", "smoked")),
        (("qty", "shp"), ("quantity", "shipped")),
        (("tariff", "nr"), ("hs", "code")),
        (("product", "id"), ("product", "id")),
    ],
)
def test_a_phrase_is_read_in_the_abbreviations_of_its_words(name, meaning):
    assert Thesaurus.load().meanings(name)[0] == meaning


def test_how_much_is_ordered_again_is_not_how_little_is_left():
    level, quantity = (Thesaurus.load().meanings(("reorder", last)) for last in ("point", "quantity"))
    assert level != quantity


def test_labels_are_tags_and_a_label_is_a_name():
    assert Thesaurus.load().meanings(("labels",)) == (("tag",),)
    assert Thesaurus.load().meanings(("label",)) != (("tag",),)


def test_a_number_of_things_is_their_count_and_no_number_that_they_are_called_by():
    known = Thesaurus.load()
    assert known.meanings(("number", "of", "visits")) == known.meanings(("visit", "count"))
    assert known.role(known.meanings(("number", "of", "votes"))[0]) == "quantity"
    assert known.role(known.meanings(("order", "number"))[0]) == "key"
