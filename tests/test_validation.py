"""Settings files: what is wrong is named in the words of the file, with the nearest right one."""

from __future__ import annotations

from typing import Annotated, Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, ConfigDict, Field

from ipaas_discovery.errors import ConfigurationError, DiscoveryError, UnknownNameError
from ipaas_discovery.validation import read_toml, validated


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid")


class ByPage(Strict):
    kind: Literal["page"]
    page: str = "page"


class ByCursor(Strict):
    kind: Literal["cursor"]
    cursor: str = "cursor"


class Item(Strict):
    name: str
    limit: int = 1


class Settings(Strict):
    title: str
    paging: Annotated[ByPage | ByCursor, Field(discriminator="kind")] | None = None
    items: tuple[Item, ...] = ()
    named: dict[str, Item] = {}
    only: Item | None = None


def said(data):
    with pytest.raises(ConfigurationError) as caught:
        validated(Settings, data, where="x.toml")
    return str(caught.value)


def test_right_settings_are_given_back():
    assert validated(Settings, {"title": "a", "items": [{"name": "b"}]}, where="").items[0].name == "b"


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ({"titel": "a"}, "Unknown key 'titel' (x.toml): did you mean 'title'? Known are: items, named, only, paging"),
        (
            {"title": "a", "only": {"nam": "b"}},
            "Unknown key 'nam' (x.toml, [only]): did you mean 'name'? Known are: limit",
        ),
        (
            {"title": "a", "items": [{"name": "b"}, {"limt": 1}]},
            "Unknown key 'limt' (x.toml, [[items]] number 2): did you",
        ),
        (
            {"title": "a", "named": {"one": {"nme": "b"}}},
            "Unknown key 'nme' (x.toml, [named.one]): did you mean 'name'?",
        ),
        ({"title": "a", "paging": {"kind": "page", "pge": "b"}}, "did you mean 'page'? Known are: kind, page."),
        ({}, "`title` is missing (x.toml): add it."),
        ({"title": "a", "items": [{}]}, "`name` is missing (x.toml, [[items]] number 1): add it."),
        ({"title": "a", "only": {"name": "b", "limit": "x"}}, "`only.limit` is wrong: Input should be a valid integer"),
    ],
)
def test_what_is_wrong_is_named(data, expected):
    assert expected in said(data)


def test_an_unknown_key_is_named_before_the_missing_one_it_causes():
    assert said({"titel": "a"}).startswith("Unknown key")


def test_an_unknown_kind_names_those_there_are():
    text = said({"title": "a", "paging": {"kind": "pages"}})
    assert text == "Unknown kind 'pages' (x.toml, [paging]): did you mean 'page'? Known are: cursor, page."


def test_a_wrong_value_that_is_a_secret_table_is_not_shown():
    assert "hidden" not in said({"title": {"token": "hidden"}})


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=5),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(["title", "paging", "kind", "items", "name", "only", "x"]), inner, max_size=4
            )
        ),
        max_leaves=12,
    )
)
def test_anything_is_either_right_or_one_sentence(data):
    try:
        assert isinstance(validated(Settings, data, where="x.toml"), Settings)
    except DiscoveryError as error:
        assert "x.toml" in str(error)  # noqa: PT017  either outcome is right
        assert str(error).endswith(".")  # noqa: PT017  either outcome is right


@given(st.binary(max_size=60))
def test_any_file_is_either_toml_or_one_sentence(tmp_path_factory, content):
    path = tmp_path_factory.mktemp("any") / "x.toml"
    path.write_bytes(content)
    try:
        assert isinstance(read_toml(path), dict)
    except ConfigurationError as error:
        assert str(path) in str(error)  # noqa: PT017  either outcome is right


def test_a_missing_file_says_what_to_do(tmp_path):
    with pytest.raises(ConfigurationError, match="There is no such file .*: make one"):
        read_toml(tmp_path / "x.toml", missing="make one")


def test_an_unknown_key_is_an_unknown_name():
    with pytest.raises(UnknownNameError):
        validated(Settings, {"titel": "a"}, where="x.toml")


@pytest.mark.parametrize(
    ("content", "sentence"),
    [("x = " + "[" * 5000, "nested too deeply"), ("x = " + "9" * 5000, "not valid TOML")],
)
def test_a_file_that_would_exhaust_the_reader_is_refused(tmp_path, content, sentence):
    path = tmp_path / "deep.toml"
    path.write_text(content)
    with pytest.raises(ConfigurationError, match=sentence):
        read_toml(path)
