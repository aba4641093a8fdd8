"""Every public value shows itself: a captioned table as HTML, Markdown and text, with no bare Python value in it."""

from __future__ import annotations

import inspect
import re
from enum import Enum
from pathlib import Path

import pandas as pd
import pytest
from bs4 import BeautifulSoup

import ipaas_discovery
from ipaas_discovery import CollectionPair, Discovery, System, Worksheet
from ipaas_discovery.renderings.in_words import in_words
from ipaas_discovery.renderings.tabular import ByName, ListedSet, Listing, Tabular

SETTINGS = Path(__file__).parent.parent / "data" / "discovery.toml"
FACES = (Discovery, System, Worksheet)
"""Values with a life of their own, which are asked for others; their `repr` names them."""
DATA = {"to_dict", "to_json_schema", "document", "secrets", "columns", "headings", "wording", "provenance", "kept"}
"""ListedSet that give data for programs, or say how a table is drawn."""
ACTS = {
    "pull", "pull_all", "read_all", "read_delivery", "probe", "extract", "finish", "close", "save", "save_evidence",
    "undo", "redo", "catch_up", "changes",
    "export", "read_back", "synopsis", "skeleton", "baseline", "states", "together",
}  # fmt: skip
"""Methods that ask a system, write a file, or take long."""
GIVEN = {"collection": "TRANSACTION", "direction": "to", "method": "add", "name": "Fields To"}
"""What methods with a parameter are called with."""
PYTHON = re.compile(r"^\((['\d]|None)|^[\[{]'|^\w+\(\w+=|<[\w. ]+ at 0x|^(True|False|None|nan|<NA>)$")
"""Cells that are Python, not words."""
TABLE = re.compile(r"^\|( ?:?---+:? ?\|)+", re.MULTILINE)
SHARE, OF_SHARES = re.compile(r"^0\.\d{2,}$"), re.compile(r"(score|rate|share|fill|confidence)$")
"""A share as a bare number, and the headings above which none may stand."""


@pytest.fixture(scope="module")
def values():
    """One value of every kind that can be reached from a Discovery of the sandbox, with the way that leads to it."""
    with Discovery.open(SETTINGS, stored=False) as discovery:
        return [*reached(discovery)]


def members(value):
    """What can be asked of a value without arguments, or with those that are known; by name."""
    for name in dir(type(value)):
        member = inspect.getattr_static(type(value), name)
        inherited = str(getattr(member, "__module__", "")).partition(".")[0] != "ipaas_discovery"
        if name.startswith("_") or name in DATA | ACTS or (inspect.isfunction(member) and inherited):
            continue
        if not inspect.isroutine(member):
            yield name, lambda name=name: getattr(value, name)
        elif inspect.isfunction(member):
            needed = [one for one in inspect.signature(getattr(value, name)).parameters.values()
                      if one.default is one.empty and one.kind is not one.VAR_KEYWORD]  # fmt: skip
            gives = str(inspect.signature(member).return_annotation)
            if gives not in {"str", "None", "bool", "int", "pd.DataFrame"} and {one.name for one in needed} <= {*GIVEN}:
                yield name, lambda name=name, needed=needed: getattr(value, name)(*(GIVEN[one.name] for one in needed))


def reached(start):
    """Walk from value to value, one of each kind; yields the way, and the value."""
    ahead, seen = [("discovery", start)], set()
    while ahead:
        way, value = ahead.pop(0)
        for name, ask in members(value) if ours(value) else ():
            try:
                given = ask()
            except (ipaas_discovery.DiscoveryError, TypeError, ValueError):
                continue
            if given is None or isinstance(given, Enum | str | int | float | pd.DataFrame | Path):
                continue
            yield f"{way}.{name}", value, given
            parts = given.values() if isinstance(given, dict) else given if isinstance(given, tuple | list) else ()
            for one in (given, *list(parts)[:1]):
                if ours(one) and (type(one) not in seen or isinstance(one, Listing | ByName)):
                    if type(one) in seen:
                        continue
                    seen.add(type(one))
                    ahead.append((f"{way}.{name}", one))


def ours(value):
    return type(value).__module__.startswith("ipaas_discovery.") and not isinstance(value, Enum)


def test_many_kinds_of_values_are_reached(values):
    kinds = {type(given).__name__ for _, _, given in values}
    assert len(kinds) > 28, kinds
    assert {"Comparison", "Verdicts", "Sample", "Schema", "Shapes", "Pairs", "Listing", "ByName", "Match", "Entry"} <= (
        kinds | {type(one).__name__ for _, owner, given in values for one in (owner, *part(given))})  # fmt: skip


def part(given):
    return list(given)[:1] if isinstance(given, tuple) else list(given.values())[:1] if isinstance(given, dict) else []


def test_nothing_gives_a_bare_tuple_list_dict_or_set(values):
    bare = [way for way, owner, given in values
            if type(given) in {tuple, list, dict, set, frozenset} and type(owner) is not CollectionPair]  # fmt: skip
    assert bare == []


@pytest.mark.parametrize(
    ("kind", "names"),
    [
        ("Entry", {"key", "methods", "directions", "linked", "methods_of"}),
        ("Field", {"types"}),
        ("Evidence", {"findings"}),
        ("Features", {"known", "endpoints", "sync_methods"}),
        ("Execution", {"rejections", "losses", "written"}),
        ("ForecastRow", {"fields"}),
        ("WorkItem", {"lines"}),
        ("Mapping", {"sources", "values"}),
        ("Match", {"evidence"}),
        ("Declared", {"types", "enum", "variants"}),
        ("AgreementRow", {"examples", "normalising", "value_map", "different_rows"}),
        ("Flow", {"left_out", "owned", "records"}),
    ],
)
def test_what_people_ask_a_single_value_for_shows_itself(values, kind, names):
    given = {way.rpartition(".")[2]: part for way, owner, part in values if type(owner).__name__ == kind}
    assert names <= {*given}
    assert {type(given[name]) for name in names} <= {Listing, ByName, ListedSet}


@pytest.mark.parametrize(("kind", "first"), [("Pairs", "known link"), ("Matches", "best of its source")])
def test_a_long_table_of_records_or_matches_is_folded_by_section(values, kind, first):
    value = next(given for _, _, given in values if type(given).__name__ == kind)
    soup = BeautifulSoup(value._repr_html_(), "html.parser")
    folded = [part.get_text() for part in soup.select("details > summary")]
    assert folded[0].startswith(f"{first}: ")
    assert len(folded) > 1
    assert len(soup.select("details[open]")) == 1


def test_a_short_list_of_words_is_told_in_a_card_and_a_long_one_by_its_title():
    few, many = Listing(("add", "update"), "Methods"), Listing(map(str, range(9)), "Numbers")
    assert (in_words(few), in_words(many)) == ("add, update", "Numbers: 9 rows")


def test_every_value_shows_itself_below_a_caption_in_words(values):
    silent, odd = [], []
    for way, _, given in values:
        for one in (given, *part(given)):
            if not ours(one) or isinstance(one, FACES) or callable(one):
                continue
            if not hasattr(one, "_repr_mimebundle_"):
                silent.append((way, type(one).__name__))
                continue
            odd += [(way, type(one).__name__, fault) for fault in faults(one)]
    assert silent == []
    assert odd == []


def faults(value):
    """What a reader would stumble over in the forms of a value."""
    bundle = value._repr_mimebundle_()
    soup = BeautifulSoup(bundle["text/html"], "html.parser")
    caption = soup.select_one("p > b")
    if not caption or not caption.get_text(strip=True) or not bundle["text/html"].startswith("<p><b>"):
        yield "no caption"
    if not bundle["text/markdown"].startswith("**"):
        yield "no caption in Markdown"
    empty = isinstance(value, Tabular) and value.frame().empty
    if not empty and not (soup.select("table tr") and TABLE.search(bundle["text/markdown"])):
        yield "no table"
    for table in soup.select("table"):
        heads = [head.get_text(strip=True) for head in table.select("tr:first-child > *")]
        for row in table.select("tr"):
            for head, cell in zip(heads, row.select("td"), strict=False):
                text = cell.get_text("", strip=True)
                if PYTHON.search(text) or (SHARE.search(text) and OF_SHARES.search(head)):
                    yield f"{head}: {text[:60]}"
    if len(soup.select("table tr")) > 700:
        yield "too long"


@pytest.mark.parametrize("name", [name for name in ipaas_discovery.__all__ if name[0].isupper()])
def test_every_public_class_of_values_has_a_form_to_show(name):
    kind = getattr(ipaas_discovery, name)
    if issubclass(kind, Enum | Exception) or kind in {Discovery, System} or getattr(kind, "_is_protocol", False):
        return
    assert hasattr(kind, "_repr_mimebundle_"), kind
