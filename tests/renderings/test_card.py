"""A value of a few parts shows them a row each, in words."""

from dataclasses import dataclass, field
from enum import Enum

from ipaas_discovery import CollectionPair, Finding, Match
from ipaas_discovery.flows.finding import Effect
from ipaas_discovery.renderings.card import Card
from ipaas_discovery.renderings.in_words import in_words, kind_words, parts_of


class Colour(Enum):
    RED = "red"


@dataclass(frozen=True, slots=True)
class LongName(Card):
    fill: float = 0.2434
    colour: Colour = Colour.RED
    wanted: bool = True
    gone_since: str = ""
    inner: Card | None = None
    hidden: int = field(default=1, repr=False)
    inside: int = field(default=1, metadata={"plain": False})
    _own: int = 1


def test_parts_stand_in_words_below_the_name_and_empty_ones_are_left_out():
    bundle = LongName(inner=LongName())._repr_mimebundle_()
    assert bundle["text/markdown"].splitlines() == [
        "**Long name**", "", "| part | value |", "|---|---|", "| fill | 24 % |", "| colour | red |",
        "| wanted | yes |", f"| inner | {in_words(LongName())} |",
    ]  # fmt: skip
    assert bundle["text/html"].startswith("<p><b>Long name</b></p>\n<table>")
    assert bundle["text/plain"].startswith("Long name\npart")
    assert LongName()._repr_html_() == LongName()._repr_mimebundle_()["text/html"]
    assert [*parts_of(LongName())] == ["fill", "colour", "wanted", "gone_since", "inner"]


def test_a_match_and_a_finding_show_shares_and_names():
    match = Match("a", "b", 1, 0.98, "equivalent", "same name", {"name": 1.0, "type": None}, confidence=0.5)
    shown = match._repr_mimebundle_()["text/markdown"]
    assert "| score | 98 % |" in shown
    assert "| evidence | name 100 %, type |" in shown
    assert "| ambiguous | no |" in shown
    assert in_words([match]) == "a, b"
    assert in_words(Finding("required", Effect.BLOCKS, "x", "<fact>")) == "required, blocks"
    assert "&lt;fact&gt;" in Finding("required", Effect.BLOCKS, "x", "<fact>")._repr_html_()


def test_settings_show_what_was_said():
    pair = CollectionPair(ipaas="CUSTOMER", third_party="users")
    assert pair._repr_mimebundle_()["text/markdown"].splitlines()[4:] == [
        "| ipaas | CUSTOMER |", "| third party | users |",
    ]  # fmt: skip


def test_any_part_is_put_in_words():
    nine = [*"abcdefghi"]
    assert in_words(nine[:8]) == "a, b, c, d, e, f, g, h"
    assert in_words(nine) == "a, b, c, d, e, f, g, h and 1 more"
    assert (in_words(0.5, "score"), in_words(0.5, "weight"), in_words(1.0, "pass_rate")) == ("50 %", "0.5", "100 %")
    assert (in_words(1.5, "score"), in_words(-0.5, "score"), in_words(0.0, "fill")) == ("1.5", "-0.5", "0 %")
    assert in_words({"a": 2.0, "b": 1.0, "c": True}) == "a 2, b 100 %, c yes"
    assert (in_words(3), in_words(())) == ("3", "")
    assert kind_words(LongName) == "Long name"
