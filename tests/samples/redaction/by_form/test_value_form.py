"""The form of one text: like what people are called, a street, a day long ago, a number to call."""

from __future__ import annotations

import pytest

from ipaas_discovery.samples.redaction.by_form.value_form import Form, form_of, has_frequent_name, is_ordinary

NAMES = (
    "Jorgor Gorvunsund", "Gorvunsund, Jorgor", "GORVUNSUND, JORGOR", "J. K. Gorvunsund", "Dr. Jorgor Gorvunsund",
    "Capt. Gorvunsund", "Jorgor van der Gorv", "Jorgor O'Gorven", "Jorgor McGorven", "Jorgor Gorven-Sund",
    "Йоргор Горвунсунд", "Jørgor Ørvunsund",
)  # fmt: skip
NO_NAMES = (
    "in progress",
    "ThinkPad Case",
    "Rope 12 mm",
    "a Gorvunsund",
    "B2B Portal",
    "x" * 70,
    "",
    "Jorgor and so on it went",
    "?",
    "Ok!",
)
PLACES = ("Gorvweg 7", "12 Gorven Street", "rue Gorven 12 bis", "ul. Gorvena 5/7", "Gorvenstraße 3a", "Calle Gorven, 5")
NO_PLACES = ("Mark 2", "Algebra 1", "12 GB", "Gorven 7")
NUMBERS = ("0151 234 56789", "(555) 010-2233", "+49 151 2345678", "2463076853")
NO_NUMBERS = ("1.0000000000", "12345", "2026-03-01T10:00", "1234567890123456", "12.50")


@pytest.mark.parametrize("text", NAMES)
def test_names_of_people_are_of_one_form(text):
    assert form_of(text) is Form.NAMES


@pytest.mark.parametrize("text", NO_NAMES)
def test_other_texts_are_not(text):
    assert form_of(text) is None


def test_streets_numbers_and_days_have_forms_of_their_own():
    assert {text: form_of(text) for text in PLACES} == dict.fromkeys(PLACES, Form.STREET)
    assert not {text for text in NO_PLACES if form_of(text)}
    assert {text: form_of(text) for text in NUMBERS} == dict.fromkeys(NUMBERS, Form.NUMBER)
    assert not {text for text in NO_NUMBERS if form_of(text)}
    assert [form_of(day) for day in ("1961-04-03", "03.04.1961", "2026-04-03", "1861-04-03")] == [
        Form.DAY,
        Form.DAY,
        None,
        None,
    ]
    assert [form_of(text) for text in ("ada@shop.test", "ada@")] == [Form.MAIL, None]


def test_names_of_east_asia_begin_with_a_family_name():
    assert {form_of(name) for name in ("佐藤見本", "佐藤 見本", "王小测", "김견본")} == {Form.EASTERN}
    assert not {text for text in ("宅配便", "書道入門", "도자기 기초", "ラーメン") if form_of(text)}
    assert form_of("محمد الخياط") is Form.NAMES
    assert form_of("قهوة سوداء") is None


def test_words_of_titles_are_ordinary_and_particles_are_not():
    titles = ("Oak Shelf", "Night Rate", "Gorven Ltd", "New Zealand", "Calvin Klein", "Gorven Consultation")
    assert [title for title in titles if not is_ordinary(title)] == []
    assert [name for name in (*NAMES, "Elena van der Proef", "Dry Gorven") if is_ordinary(name)] == ["Dry Gorven"]
    assert has_frequent_name("Elena Gorven")
    assert not has_frequent_name("Rose Quartz")


@pytest.mark.parametrize(
    ("day", "form"),
    [
        ("1915-12-31", None),
        ("1916-01-01", Form.DAY),
        ("31.12.2012", Form.DAY),
        ("01/01/2013", None),
    ],
)
def test_a_birthday_is_told_by_fixed_years_so_that_a_store_replays_alike_in_every_year(day, form):
    assert form_of(day) is form
