"""Bruno's text format: what is written is read again, what is broken is named with its line."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipaas_discovery.drafting.saved_calls.bru import BruPair, parse_bru
from ipaas_discovery.errors import SourceError

NAMES = st.from_regex(r"[A-Za-z][A-Za-z0-9_-]{0,12}", fullmatch=True)
LINES = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=20)
VALUES = LINES.map(str.strip).filter(lambda text: not text.startswith("'''") and text != "[")
TEXTS = st.lists(LINES.map(str.rstrip).filter(lambda line: "'''" not in line), min_size=1, max_size=5).map("\n".join)


def indented(text, by=2):
    return "\n".join(" " * by + line for line in text.split("\n"))


@given(st.dictionaries(NAMES, st.tuples(VALUES, st.booleans()), max_size=5))
def test_pairs_are_read_as_they_were_written(pairs):
    lines = "\n".join(f"  {'' if on else '~'}{name}: {value}" for name, (value, on) in pairs.items())
    (block,) = parse_bru(f"headers {{\n{lines}\n}}\n", "a.bru")
    assert block.pairs() == tuple(BruPair(name, value, on) for name, (value, on) in pairs.items())


@given(TEXTS)
def test_a_text_block_is_read_as_it_was_written(text):
    (block,) = parse_bru(f"body:json {{\n{indented(text)}\n}}\n", "a.bru")
    assert block.text == text


@given(TEXTS.filter(lambda text: text.strip() and not text.startswith("\n")))
def test_a_value_of_several_lines_is_read_as_it_was_written(text):
    source = f"vars {{\n  key: '''\n{indented(text, 4)}\n  '''\n  after: 1\n}}\n"
    (block,) = parse_bru(source, "a.bru")
    assert block.values() == {"key": text, "after": "1"}


def test_a_text_that_ends_on_its_own_line_is_a_value_like_any():
    (block,) = parse_bru("vars {\n  before: 1\n  key: '''one line'''\n  after: 2\n}\n", "a.bru")
    assert block.values() == {"before": "1", "key": "one line", "after": "2"}


@given(st.lists(st.tuples(NAMES, TEXTS), min_size=1, max_size=4), st.sampled_from(["\n", "\r\n"]))
def test_blocks_come_in_order_with_their_lines(blocks, ending):
    source = "\n\n".join(f"{name} {{\n{indented(text)}\n}}" for name, text in blocks).replace("\n", ending)
    found = parse_bru(source, "a.bru")
    assert [(each.name, each.text) for each in found] == blocks
    assert all(source.split(ending)[each.line - 1] == f"{each.name} {{" for each in found)


@given(st.text(max_size=200))
def test_any_text_is_read_or_refused_in_one_sentence(text):
    try:
        for block in parse_bru(text, "a.bru"):
            block.pairs()
    except SourceError as error:
        assert "a.bru, line " in str(error)  # noqa: PT017  both ways are right


def test_a_list_block_has_entries():
    (block,) = parse_bru("vars:secret [\n  token,\n  password\n]\n", "dev.bru")
    assert block.items() == ("token", "password")


def test_quoted_names_annotations_and_lists_inside_pairs_are_understood():
    source = 'params:query {\n  @description("which one")\n  "page:size": 5\n  tags: [\n    a\n    b\n  ]\n}\n'
    (block,) = parse_bru(source, "a.bru")
    assert block.values() == {"page:size": "5", "tags": "a, b"}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("get {\n  url: x\n", r"block 'get' is not closed \(a.bru, line 1\)"),
        ("meta {\n  name: x\n}\n\nnonsense\n", r"belongs to no block \(a.bru, line 5\)"),
        ("body:json {\n{\n}\n}\n", r"belongs to no block \(a.bru, line 4\)"),
    ],
)
def test_a_broken_file_is_named_with_its_line(text, message):
    with pytest.raises(SourceError, match=message):
        parse_bru(text, "a.bru")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("headers {\n  a: 1\n  nonsense\n}\n", r"line of 'headers' is no pair \(a.bru, line 3\)"),
        ("vars {\n  key: '''\n    open\n}\n", r"''' is not closed \(a.bru, line 2\)"),
        ("meta {\n  tags: [\n    a\n}\n", r"list is not closed \(a.bru, line 2\)"),
    ],
)
def test_a_broken_pair_is_named_with_its_line(text, message):
    (block,) = parse_bru(text, "a.bru")
    with pytest.raises(SourceError, match=message):
        block.pairs()
