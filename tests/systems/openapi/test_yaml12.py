"""YAML as OpenAPI means it: few scalars, keys as text, repeated keys noted, and nothing that grows without end."""

from __future__ import annotations

import pytest
import yaml

from ipaas_discovery.systems.openapi import yaml12
from ipaas_discovery.systems.openapi.yaml12 import DEEPEST, LONGEST_INT, load_yaml


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("~", None), ("null", None), ("Null", None), ("", None), ("nil", "nil"),
        ("true", True), ("FALSE", False), ("no", "no"), ("on", "on"), ("tRUE", "tRUE"),
        ("0", 0), ("-7", -7), ("+7", 7), ("010", "010"), ("0x1F", 31), ("0X1F", "0X1F"), ("12:30", "12:30"),
        ("1.5", 1.5), (".5", 0.5), ("1.", 1.0), ("1e3", 1000.0), ("-1.5E-3", -0.0015), ("1_000", "1_000"),
        ("2026-01-31", "2026-01-31"), (".inf", ".inf"), ("'7'", "7"),
        ("9" * LONGEST_INT, int("9" * LONGEST_INT)), ("9" * (LONGEST_INT + 1), "9" * (LONGEST_INT + 1)),
    ],
)  # fmt: skip
def test_a_scalar_is_what_version_1_2_says(text, value):
    document = load_yaml(f"a: {text}")[0]
    assert (document["a"], type(document["a"])) == (value, type(value))


def test_keys_are_text_as_they_are_written():
    assert load_yaml("{200: a, null: b, true: c, 1.5: d}")[0] == {"200": "a", "null": "b", "true": "c", "1.5": "d"}


def test_merged_keys_give_way_to_an_objects_own():
    document, doubled = load_yaml("base: &b {x: 1, y: 2}\nown: {<<: *b, y: 3}\nboth: {<<: [*b, {z: 4}], x: 5}")
    assert document["own"] == {"x": 1, "y": 3}
    assert document["both"] == {"x": 5, "y": 2, "z": 4}
    assert doubled == {}


def test_repeated_keys_are_noted_with_their_object_and_the_last_counts():
    document, doubled = load_yaml("a: {x: 1, y: 2, x: 3}\nb: {x: 1}")
    assert document == {"a": {"x": 3, "y": 2}, "b": {"x": 1}}
    assert doubled == {id(document["a"]): (document["a"], ["x"])}


@pytest.mark.parametrize(("open_", "close"), [("[", "]"), ("{a: ", "}")])
def test_a_document_nests_so_deep(open_, close):
    load_yaml(open_ * DEEPEST + close * DEEPEST)
    with pytest.raises(ValueError, match=f"it nests more than {DEEPEST} deep"):
        load_yaml(open_ * (DEEPEST + 1) + close * (DEEPEST + 1))


@pytest.mark.parametrize("text", ["- " * (DEEPEST + 1) + "a", "\n".join(" " * at + "a:" for at in range(DEEPEST + 2))])
def test_a_document_without_brackets_nests_no_deeper(text):
    with pytest.raises(ValueError, match="it nests more than"):
        load_yaml(text)


def test_brackets_in_prose_are_no_nesting():
    text = "[" * (DEEPEST + 1)
    assert load_yaml(f"a: '{text}'")[0] == {"a": text}


def test_no_yaml_is_refused():
    with pytest.raises(yaml.YAMLError):
        load_yaml("a: [")


@pytest.mark.parametrize(("largest", "fits"), [(11, True), (10, False)])
def test_repeated_parts_are_counted_each_time(monkeypatch, largest, fits):
    monkeypatch.setattr(yaml12, "LARGEST", largest)
    text = "a: &a [1, 2, 3, 4]\nb: *a"  # one object, twice a list of four
    if fits:
        assert load_yaml(text)[0] == {"a": [1, 2, 3, 4], "b": [1, 2, 3, 4]}
    else:
        with pytest.raises(ValueError, match="its aliases stand for more values"):
            load_yaml(text)


def test_what_an_anchor_nests_in_itself_is_counted_once():
    knot = load_yaml("&a [1, *a]")[0]
    assert (len(knot), knot[0], knot[1] is knot) == (2, 1, True)


def test_aliases_of_aliases_are_refused():
    lines = ["a0: &a0 [1, 1, 1, 1, 1, 1, 1, 1, 1, 1]"]
    lines += [f"a{at}: &a{at} [{', '.join([f'*a{at - 1}'] * 10)}]" for at in range(1, 8)]
    with pytest.raises(ValueError, match="its aliases stand for more values"):
        load_yaml("\n".join(lines))
