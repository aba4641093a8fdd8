"""The store's index outlives a full disk, a cut line and a killed writer."""

from __future__ import annotations

import io
import json

import pytest

from ipaas_discovery.errors import SourceError
from ipaas_discovery.samples.storage import store_index
from ipaas_discovery.samples.storage.store_index import (
    About,
    StoredAnswer,
    StoredRequest,
    append,
    entries,
    head_of,
    line_of,
)

ABOUT = About("shop", "1")


@pytest.fixture
def index(tmp_path):
    path = tmp_path / "index.jsonl"
    path.write_bytes(head_of(ABOUT, {}))
    for number in range(3):
        append(path, line_of(StoredAnswer(StoredRequest("GET", f"/orders/{number}"), 200), ABOUT))
    return path


def paths(index, *, torn=False):
    return [entry.asked.path for entry in entries(index, torn=torn)]


@pytest.mark.parametrize("room", [0, 1, 9, 100])
def test_what_a_full_disk_took_of_a_line_is_taken_back(index, room, monkeypatch):
    before = index.read_bytes()

    class Full(io.FileIO):
        left = room

        def write(self, content):
            if not self.left:
                raise OSError(28, "No space left on device")
            part, Full.left = bytes(content)[: self.left], 0
            return super().write(part)

    line = line_of(StoredAnswer(StoredRequest("GET", "/orders/9" * 20), 200), ABOUT)
    with monkeypatch.context() as patch:
        patch.setattr(store_index.Path, "open", lambda path, *_words, **_more: Full(path, "ab"))
        with pytest.raises(SourceError, match="No space left on device"):
            append(index, line)
    assert index.read_bytes() == before


def test_a_line_is_written_in_as_many_parts_as_the_disk_takes(index, monkeypatch):
    class Slow(io.FileIO):
        def write(self, content):
            return super().write(bytes(content)[:7])

    with monkeypatch.context() as patch:
        patch.setattr(store_index.Path, "open", lambda path, *_words, **_more: Slow(path, "ab"))
        append(index, line_of(StoredAnswer(StoredRequest("GET", "/orders/9"), 200), ABOUT))
    assert paths(index)[-1] == "/orders/9"


def test_a_damaged_line_is_skipped_only_where_it_is_asked_for_again(index):
    lines = index.read_bytes().splitlines(keepends=True)
    index.write_bytes(lines[0] + lines[1] + lines[2][:30] + lines[3] + lines[3])
    assert paths(index, torn=True) == ["/orders/0", "/orders/2"]
    with pytest.raises(SourceError, match="index is damaged"):
        paths(index)


@pytest.mark.parametrize("line", [b"[1]\n", b"7\n", b"\n", b"\x00\x00\n"])
def test_whatever_stands_in_a_torn_index_is_skipped(index, line):
    index.write_bytes(index.read_bytes() + line)
    assert len(paths(index, torn=True)) == 3


def test_a_damaged_beginning_is_never_skipped(index):
    index.write_bytes(b"{" + index.read_bytes())
    with pytest.raises(SourceError, match="index is damaged"):
        paths(index, torn=True)
    assert json.loads(head_of(ABOUT, {}))["connector"] == "shop"
