"""What is nearly JSON is redacted, stored and replayed with the notes it came with."""

from __future__ import annotations

import httpx
import pytest

from ipaas_discovery.samples.redaction.redactor import Redactor
from ipaas_discovery.samples.storage.recording import Recording
from ipaas_discovery.samples.storage.store_index import About, StoredAnswer, StoredRequest, entries, head_of, line_of
from ipaas_discovery.systems.answers.notes import Note


def test_notes_come_back_from_the_index(tmp_path):
    about = About(**dict.fromkeys(About.__slots__, ""))
    asked = StoredRequest("GET", "/orders")
    plain, odd = StoredAnswer(asked, 200), StoredAnswer(asked, 200, notes=(Note("a", 2), Note("b")))
    index = tmp_path / "index"
    index.write_bytes(head_of(about, {}) + line_of(plain, about) + line_of(odd, about))
    assert [entry.notes for entry in entries(index)] == [(), (Note("a", 2), Note("b"))]


@pytest.mark.parametrize("written", [b"x\x85y", "Größe".encode(), "Größe".encode("latin-1"), "Ада".encode()])
@pytest.mark.parametrize("status", [200, 400])
def test_a_header_of_an_answer_may_hold_any_letter(written, status):
    answer = httpx.Response(
        status, json=[], headers=[(b"X-Reason", written), (b"X-User-Name", "Jörg Example".encode())]
    )
    with Recording(httpx.MockTransport(lambda _: answer), Redactor(key=b"k" * 32)) as recording:
        came = recording.handle_request(httpx.Request("GET", "http://x.test/a"))
    assert came.headers["x-reason"]
    assert "Example" not in str(came.headers)
