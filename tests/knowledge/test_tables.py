"""The tables of knowledge: each row is read whole, and means one thing."""

from __future__ import annotations

import csv
import dataclasses
import tomllib
import typing
from importlib import import_module
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import ipaas_discovery.knowledge
from ipaas_discovery.knowledge.countries import country_codes, currency_codes, iban_lengths, places
from ipaas_discovery.knowledge.file_kinds import file_kinds
from ipaas_discovery.knowledge.heading_words import heading_words
from ipaas_discovery.knowledge.ipaas_collections import ipaas_collections
from ipaas_discovery.knowledge.name_words import bare, split_words
from ipaas_discovery.knowledge.paging_words import paging_words
from ipaas_discovery.knowledge.type_words import type_words

FOLDER = Path(ipaas_discovery.knowledge.__file__).parent
READERS = {
    "answers": ("answer_words", "AnswerWords"),
    "auth": ("auth_schemes", "AuthSchemes"),
    "field_words": ("field_words", "FieldWords"),
    "files": ("file_kinds", "FileKinds"),
    "formats": ("field_formats", "FieldFormats"),
    "headings": ("heading_words", "HeadingWords"),
    "ipaas_collections": ("ipaas_collections", "_Table"),
    "paging": ("paging_words", "PagingWords"),
    "requests": ("request_words", "RequestWords"),
    "sensitive": ("sensitive_names", "SensitiveNames"),
    "types": ("type_words", "TypeWords"),
}


def unknown_keys(value, kind, place=""):
    """Keys of a table that its dataclass does not have, and so nobody reads."""
    if dataclasses.is_dataclass(kind) and isinstance(value, dict):
        hints = typing.get_type_hints(kind)
        return [f"{place}.{key}" for key in value if key not in hints] + [
            unknown
            for key in value.keys() & hints
            for unknown in unknown_keys(value[key], hints[key], f"{place}.{key}")
        ]
    inner = typing.get_args(kind)
    if isinstance(value, list) and inner:
        return [unknown for row in value for unknown in unknown_keys(row, inner[0], place)]
    return []


def test_every_table_has_its_reader():
    assert {path.stem for path in FOLDER.glob("*.toml")} == {*READERS, "thesaurus"}
    assert {path.stem for path in FOLDER.glob("*.csv")} == {"countries", "country_parts", "currencies"}


@pytest.mark.parametrize("table", READERS)
def test_everything_that_stands_in_a_table_is_read(table):
    module, kind = READERS[table]
    read = getattr(import_module(f"ipaas_discovery.knowledge.{module}"), kind)
    assert not unknown_keys(tomllib.loads((FOLDER / f"{table}.toml").read_text(encoding="utf-8")), read)


def test_a_key_that_nobody_reads_would_be_seen():
    kind = import_module("ipaas_discovery.knowledge.paging_words").PagingWords
    assert unknown_keys({"parameters": [{"role": "page", "name": "p", "spelt": ["p"]}]}, kind) == [".parameters.spelt"]


def test_codes_are_sorted_and_each_stands_once():
    for table in ("countries", "country_parts", "currencies"):
        rows = [row[0] for row in csv.reader((FOLDER / f"{table}.csv").read_text(encoding="utf-8").splitlines())][1:]
        assert rows == sorted(set(rows))
    assert len(country_codes()) == 250
    assert {"EUR", "XCG", "ANG"} <= set(currency_codes())
    assert "XXX" not in currency_codes()
    assert iban_lengths()["DE"] == 22


def test_a_code_may_mean_several_places():
    assert places()["ca"][0] == "country CA"
    assert "part US-CA" in places()["ca"]
    assert places()["bayern"] == ("part DE-BY",)


def test_a_parameter_means_one_thing():
    names = [row.name for row in paging_words().parameters]
    assert sorted(names) == sorted(set(names))
    assert all(bare(name) == name for name in names)
    for row in paging_words().parameters:
        for spelled in row.spelled:
            assert paging_words().roles([spelled, "limit"]).get(row.role), spelled


def test_a_heading_means_one_thing():
    words = [(bare(word), row.role) for row in heading_words().headings for word in row.words]
    assert len(dict(words)) == len({(word, role) for word, role in words})


@pytest.mark.parametrize(
    ("head", "language"),
    [
        (["Field", "Data type", "Mandatory", "Length", "Description"], "en"),
        (["Feldname", "Typ", "Pflichtfeld", "Länge", "Beschreibung"], "de"),
        (["Feldname", "Typ", "Pflichtfeld", "Laenge", "Beschreibung"], "de"),
        (["Nom du champ", "Type", "Obligatoire", "Longueur", "Description"], "fr"),
        (["Campo", "Tipo", "Obligatorio", "Longitud", "Descripción"], "es"),
        (["Nome campo", "Tipo", "Obbligatorio", "Lunghezza", "Descrizione"], "it"),
        (["Veldnaam", "Type", "Verplicht", "Lengte", "Omschrijving"], "nl"),
        (["Campo", "Tipo", "Obrigatório", "Tamanho", "Descrição"], "pt"),
    ],
)
def test_headings_are_known_in_seven_languages(head, language):
    assert heading_words().columns(head) == ["path", "types", "required", "max_length", "description"]
    assert heading_words().language(head) == language


def test_a_word_for_a_type_means_one_thing():
    words = [(row.only, bare(word)) for row in type_words().types for word in row.words]
    assert len({row for row in words if words.count(row) > 1}) == 0


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        (("nvarchar", "Zeichen", "Texte", "cadena", "stringa", "tekst"), "string"),
        (("smallint", "Ganzzahl", "entier", "número entero", "geheel getal"), "integer"),
        (("currency", "Betrag", "montant", "importe", "importo", "bedrag"), "number"),
        (("yes/no", "Ja/Nein", "oui/non", "Sí/No", "ja/nee"), "boolean"),
    ],
)
def test_types_are_known_in_several_languages(words, kind):
    assert {type_words().get(word).type for word in words} == {kind}


def test_every_type_of_the_platform_needs_only_what_stands_before_it():
    order = list(ipaas_collections())
    assert [name for name, row in ipaas_collections().items() for need in row.needs
            if order.index(need) >= order.index(name)] == []  # fmt: skip
    assert sorted(row.id for row in ipaas_collections().values()) == sorted(
        {row.id for row in ipaas_collections().values()}
    )


def test_a_file_that_is_recognised_and_not_read_holds_nothing():
    assert file_kinds().kind(".XLS") == "workbook"
    assert ".xls" not in file_kinds().suffixes(holding="records")


@given(st.text())
def test_a_bare_name_stays_bare_whatever_is_named(name):
    assert bare(bare(name)) == bare(name)
    assert bare(name).isascii()
    assert bare(name.upper() if name.isascii() else name) == bare(name)


@given(st.lists(st.text("abcdefghijklmnopqrstuvwxyz", min_size=2, max_size=8), min_size=1, max_size=5))
def test_a_name_is_split_alike_however_it_is_written(words):
    written = ("_".join(words), "-".join(words), " ".join(words), words[0] + "".join(map(str.title, words[1:])))
    assert {split_words(name) for name in written} == {tuple(words)}
