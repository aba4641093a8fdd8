"""Pseudonyms of every form: these very ones, as samples on disk and those of later pulls have to agree."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipaas_discovery.samples.redaction.pseudonyms.pseudonym import LONGEST_BLOCK, LONGEST_REMEMBERED, Pseudonyms

KNOWN = Pseudonyms(b"a key")


@pytest.mark.parametrize(
    ("text", "pseudonym"),
    [
        ("—", "—"),
        ("Ada", "Esw"),
        ("ADA", "ESW"),
        ("ada", "esw"),
        ("Ada Lovelace", "Esw Uknskmme"),
        ("McAda o'Neill-Byron, Jr.", "BsSud y'Ljzib-Mlayi, Ek."),
        (" Ada ", " Esw "),
        ("A", "K"),
        ("7", "9"),
        ("a7", "g6"),
        ("17", "47"),
        ("07", "01"),
        ("007", "005"),
        ("700", "298"),
        ("12 34", "50 08"),
        ("ab-12", "xg-48"),
        ("AB-12", "XG-48"),
        ("Ab-1c 2", "Xn-3b 7"),
        ("ada@example.com", "lhw@djpkpf.test"),
        ("Ada@Example.com", "Lhw@djpkpf.test"),
        ("x@y.zz", "j@sqkd.test"),
        ("ada@example.com.au", "isd@hpvncqazf.test"),
        ("10.0.0.1", "13.1.3.8"),
        ("255.255.255.255", "127.218.137.178"),
        ("99.100.9.10", "60.114.3.45"),
        ("1.2.3", "7.0.9"),
        ("300.1.1.1", "599.0.9.4"),
        ("2026-01-31", "1990-04-16"),
        ("1900-01-01", "2085-12-05"),
        ("2099-12-31", "1928-06-19"),
        ("2026-02-30", "4339-72-39"),
        ("2026-01-31T10:00:00Z", "1990-04-16T10:00:00Z"),
        ("2026-01-310", "7623-24-596"),
        ("1899-12-31", "3520-97-20"),
        ("1a2b3c4d", "ac870fbd"),
        ("1A2B3C4D", "AC870FBD"),
        ("DE89370400", "VD28249193"),
        ("de:ad:be:ef:00:11", "d6:30:f8:47:26:5d"),
        ("fe80::1", "0f23::6"),
        ("2001:db8::8a2e:370:7334", "474a:711::234f:203:9aa1"),
        ("::1", "::7"),
        ("deadbeef", "focbdiby"),
        ("12:34:56:78", "84:36:ab:5c"),
        ("Émile", "Åuath"),
        ("ÉMILE", "ÅUATH"),
        ("Ωμέγα", "Νηcλτ"),  # noqa: RUF001  Greek
        ("Иван", "Ирбр"),
        ("日本", "硸藋"),
        ("\u05e9\u05dc\u05d5\u05dd", "\u05e3\u05d8\u05da\u05e3"),
        ("한국", "뛰묋"),
        ("かな", "をほ"),
        ("カナ", "メン"),
        ("\u0645\u0631\u062d\u0628\u0627", "\u0643\u0635\u0632\u0622\u062d"),
        ("Ł", "T"),
        ("ł7", "x6"),
        ("\u0661\u0662\u0663", "\u0667\u0660\u0669"),
        ("東1", "僅5"),
        ("ß", "z"),
        ("0", "0"),
        ("00", "04"),
        ("xxxxx", "hqvyr"),
        ("+49 (30) 901820", "+17 (69) 692983"),
        ("Ada 7 é", "Bhj 1 ú"),
        ("é", "å"),
        ("3é4", "0ñ0"),
        ("ǅ", "v"),
        ("adá x", "nmð h"),
        ("9999", "2987"),
        ("1000", "4383"),
        ("0000", "0465"),
    ],
)
def test_a_text_has_one_pseudonym_in_its_own_form(text, pseudonym):
    assert KNOWN.text(text) == pseudonym
    assert Pseudonyms(b"another key").text(text) != pseudonym or len(text) < 3 or pseudonym == text


@pytest.mark.parametrize(
    ("number", "pseudonym"),
    [
        (0, "0"),
        (7, "9"),
        (-17, "-47"),
        (1200, "6644"),
        (10**59, "893263211334344552157503614693597670198062979977973851691092"),
        (10**60, "1000000000000000000000000000000000000000000000000000000000000"),
        (-(10**60) + 1, "-738674231193449430755626338904474250324384177457277709263557"),
        (Decimal("1.50"), "4.60"),
        (Decimal("-0.07"), "-0.05"),
        (Decimal("1E+3"), "4383"),
        (Decimal("Infinity"), "Infinity"),
        (Decimal("1E-60"), "0.583892453346157957608524998393516080813257806066727863038601"),
        (Decimal("1E-61"), "1E-61"),
        (Decimal("1E+60"), "2581460221175854567729944037598185118216599458253771485691139"),
        (Decimal("1E+61"), "1E+61"),
        (Decimal("1.5E-60"), "1.5E-60"),
    ],
)
def test_a_number_keeps_its_digits_its_sign_and_its_point(number, pseudonym):
    assert str(KNOWN.number(number)) == pseudonym


def test_no_number_has_no_pseudonym():
    assert KNOWN.number(Decimal("NaN")).is_nan()


@given(st.lists(st.text(min_size=1, max_size=4), max_size=5))
def test_a_text_is_as_long_as_before_and_always_the_same(texts):
    masked = [*map(KNOWN.text, texts)]
    assert [*map(len, masked)] == [*map(len, texts)]
    assert masked == [*map(Pseudonyms(b"a key").text, texts)]


@given(st.sets(st.from_regex(r"[a-z]{2}[0-9]{1,2}", fullmatch=True), max_size=20))
def test_different_texts_of_a_form_stay_different(texts):
    assert len(set(map(KNOWN.text, texts))) == len(texts)


@pytest.mark.parametrize("length", [LONGEST_REMEMBERED, LONGEST_REMEMBERED + 1, LONGEST_BLOCK, LONGEST_BLOCK + 1, 2500])
def test_a_long_text_is_replaced_block_by_block(length):
    text = ("ab1 " * length)[:length]
    masked = KNOWN.text(text)
    blocks = [masked[at : at + LONGEST_BLOCK] for at in range(0, length, LONGEST_BLOCK)]
    assert [sign == " " for sign in masked] == [sign == " " for sign in text]
    assert len(set(blocks)) == len(blocks)
    if length > LONGEST_BLOCK:
        assert masked[:8] == "cr3 zx2 "
