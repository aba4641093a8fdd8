"""A worksheet that was cut off, or that would blow up, is refused in one sentence."""

from __future__ import annotations

import pytest

from ipaas_discovery.errors import WorksheetError
from ipaas_discovery.worksheet.entry import Entry, WorksheetDocument
from ipaas_discovery.worksheet.yaml_document import dump, parse

WHOLE = dump(WorksheetDocument(title="Shop", entries=tuple(Entry(f"C{n}", n, f"c{n}") for n in range(1, 6))))


def test_every_cut_is_noticed():
    for end in range(len(WHOLE) - 4):
        with pytest.raises(WorksheetError):
            parse(WHOLE[:end], name="worksheet.yaml")


@pytest.mark.parametrize("end", [b"", b"\n", b"\r\n\r\n", b"# more\n"])
def test_a_whole_file_loads_with_what_editors_add(end):
    content = WHOLE if end == b"# more\n" else WHOLE.rstrip() + end
    assert len(parse(content, name="worksheet.yaml").entries) == 5


def test_a_file_that_never_had_an_end_loads():
    assert parse(b"format: 1\ntitle: Shop\n", name="worksheet.yaml").title == "Shop"


@pytest.mark.parametrize(
    ("bomb", "said"),
    [
        ("a: &a [x]\nb: &b [*a, *a]\nc: [*b, *b]\n", "line 3): write that part out"),
        ("a: &a {x: 1}\nb:\n  <<: *a\n", "line 4): write that part out"),
        ("a: &a {x: 1}\nb: {<<: [*a, *a]}\n", "repeats another part"),
        ("a: " + "[" * 100 + "]" * 100 + "\n", "nested too deeply"),
        ("a: " + "[" * 30_000, "nested too deeply"),
        ("? " * 30_000, "nested too deeply"),
        ("".join(" " * n + "- \n" for n in range(150)) + "\n", "YAML"),
    ],
)
def test_bombs_are_refused(bomb, said):
    with pytest.raises(WorksheetError) as caught:
        parse(f"format: 1\n{bomb}".encode(), name="worksheet.yaml")
    assert said in str(caught.value)


def test_depth_is_allowed_up_to_its_limit():
    with pytest.raises(WorksheetError, match="Unknown key"):
        parse(f"format: 1\na: {'[' * 98}{']' * 98}\n".encode(), name="worksheet.yaml")
