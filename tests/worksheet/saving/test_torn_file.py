"""A worksheet that was cut off, or that would blow up, is refused in one sentence."""

from __future__ import annotations

import pytest

from ipaas_discovery.errors import WorksheetError
from ipaas_discovery.worksheet.entry import Entry
from ipaas_discovery.worksheet.joining import rows_of
from ipaas_discovery.worksheet.saving.order_file import read_order
from ipaas_discovery.worksheet.saving.order_text import whole_text

ENTRIES = [Entry(f"C{n}", n, f"c{n}") for n in range(1, 6)]
WHOLE = whole_text(dict(row for entry in ENTRIES for row in rows_of(entry))).encode()


def test_every_cut_is_noticed():
    assert WHOLE.endswith(b"\n...\n")
    for end in range(len(WHOLE) - 1):
        with pytest.raises(WorksheetError):
            read_order(WHOLE[:end], name="worksheet.yaml")


@pytest.mark.parametrize("cut", [b"title: x\npairs: []\n..", b"title: x\n....\n", b"title: '...'\n", b"a: |\n  ...\n"])
def test_what_only_looks_like_the_end_is_none(cut):
    with pytest.raises(WorksheetError):
        read_order(b"format: 2\n" + cut, name="worksheet.yaml")


@pytest.mark.parametrize("end", [b"", b"\n", b"\r\n\r\n", b"  \n"])
def test_a_whole_file_loads_with_what_editors_add(end):
    assert len(read_order(WHOLE.rstrip() + end, name="worksheet.yaml").rows) == 5


def test_a_file_of_the_first_format_that_never_had_an_end_loads():
    assert read_order(b"format: 1\ntitle: Shop\n", name="worksheet.yaml").earlier.title == "Shop"


def test_a_file_of_the_first_format_that_promises_an_end_has_one():
    head = b"# The file ends with a line of three dots; without it, something was cut off.\nformat: 1\ntitle: Shop\n"
    with pytest.raises(WorksheetError, match="cut off"):
        read_order(head, name="worksheet.yaml")
    assert read_order(head + b"...\n", name="worksheet.yaml").earlier.title == "Shop"


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
        read_order(f"format: 2\n{bomb}...\n".encode(), name="worksheet.yaml")
    assert said in str(caught.value)


def test_depth_is_allowed_up_to_its_limit():
    deep = f"format: 2\na: {'[' * 98}{']' * 98}\n...\n".encode()
    assert read_order(deep, name="worksheet.yaml").notes == (
        "worksheet.yaml: 'a' is not known to this version; it is kept",
    )
