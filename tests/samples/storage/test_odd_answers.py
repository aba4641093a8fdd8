"""What is nearly JSON is redacted, stored and replayed with the notes it came with."""

from __future__ import annotations

from ipaas_discovery.samples.storage.store_index import About, StoredAnswer, StoredRequest, entries, head_of, line_of
from ipaas_discovery.systems.answers.notes import Note


def test_notes_come_back_from_the_index(tmp_path):
    about = About(**dict.fromkeys(About.__slots__, ""))
    asked = StoredRequest("GET", "/orders")
    plain, odd = StoredAnswer(asked, 200), StoredAnswer(asked, 200, notes=(Note("a", 2), Note("b")))
    index = tmp_path / "index"
    index.write_bytes(head_of(about, {}) + line_of(plain, about) + line_of(odd, about))
    assert [entry.notes for entry in entries(index)] == [(), (Note("a", 2), Note("b"))]
