"""Two transports: one that stores what a system answers, one that answers from the store."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from email.utils import parsedate_to_datetime
from threading import Lock
from time import perf_counter
from typing import Any
from urllib.parse import quote, unquote, urlsplit

from ipaas_discovery.errors import FetchError
from ipaas_discovery.knowledge.answer_words import answer_words
from ipaas_discovery.knowledge.sensitive_names import is_secret
from ipaas_discovery.samples.redaction.pull_names import Waiting
from ipaas_discovery.samples.redaction.redactor import Redactor
from ipaas_discovery.samples.storage.request_values import without_people
from ipaas_discovery.samples.storage.settling import Settling
from ipaas_discovery.samples.storage.store_index import REFRESH, StoredAnswer, StoredRequest
from ipaas_discovery.systems.answers.body import as_utf8, mended
from ipaas_discovery.systems.answers.named_rows import with_named_rows
from ipaas_discovery.systems.answers.notes import NOTES, Note
from ipaas_discovery.systems.http import Headers, Request, Response, Transport
from ipaas_discovery.systems.http.body_reader import LARGEST, read
from ipaas_discovery.systems.http.client import ASKING
from ipaas_discovery.systems.http.faults import ABSENT
from ipaas_discovery.systems.http.log_ins.token_requests import LOG_IN, SIGN, UNSIGNED, says_expired
from ipaas_discovery.systems.http.network import network
from ipaas_discovery.systems.http.search_body import with_texts
from ipaas_discovery.systems.http.throttling import ARRIVED

__all__ = ["Recording", "Replaying"]

StoreLike = Any
"""A Store; importing its module, which makes these transports, would close a circle."""

SIGNATURE = "oauth_"
"""The beginning of the names that OAuth 1 writes into a query, anew every time."""
PASSING = frozenset({401, 407, 408, 425, 429})
"""Statuses that say something of this moment, not of the system; they are not stored, nor is any from 500."""
OWN_HOST = "//system.invalid"
"""The system's own host while headers are redacted."""
SHORTEST_COOKIE = 8
"""A shorter cookie, such as a language, opens nothing."""
SHOWN = 1_000_000
"""Bytes shown at most of a body that is no JSON."""


class Recording(Transport):
    """Transport that asks `inner`, redacts the answer, stores it, and hands it on as it was stored.

    Without a store it only redacts; without a redactor it takes one that knows no connector; `raw` redacts nothing.
    If a later request repeats a pseudonym, such as an id in its path, the original value is put back into that request
    as it leaves.
    """

    def __init__(  # noqa: PLR0913  each is another side of an answer's way
        self,
        inner: Transport | None,
        redactor: Redactor | None = None,
        store: StoreLike | None = None,
        *,
        raw: bool = False,
        unsent: tuple[str, ...] = (),
        root: str = "",
        learn: Callable[[str, str], None] = lambda _name, _value: None,
    ) -> None:
        self._inner, self._store = inner or network(), store
        self._redactor = None if raw else redactor or Redactor()
        self._unsent = unsent
        self._root, self._learn = root, learn
        self._missed: set[StoredRequest] = set()
        self._settling = Settling(self._redactor, store) if self._redactor else None
        self._lock = Lock()

    @property
    def complete(self) -> bool:
        """True if every request so far got an answer that lasts."""
        with self._lock:
            return not self._missed

    def handle_request(self, request: Request) -> Response:
        """Send a request, and return its answer redacted."""
        if LOG_IN in request.extensions:
            return self._met(request, self._inner.handle_request(request))
        asked = asked_by(request, self._root, self._unsent)
        entry = _stored_answer(self._store, asked, self._known) if self._store else None
        if entry is not None and self._store is not None:
            return _response(entry, self._store.body(entry))
        with self._lock:
            self._missed.add(asked)
        began = perf_counter()
        response = self._met(request, self._inner.handle_request(self._restored(request)))
        response = read(response, LARGEST, str(asked), request.extensions.get("check", lambda: None))
        request.extensions.get(ARRIVED, lambda _response: None)(response)
        return self._kept(asked, response, perf_counter() - began, request.url.netloc.decode("ascii"))

    def settle(self) -> Mapping[str, str]:
        """Replace the names that were told so far in the free texts of all answers, and give what became of each."""
        return self._settling.settle() if self._settling else {}

    def close(self) -> None:
        """Give the connections back."""
        self._inner.close()

    def _met(self, request: Request, response: Response) -> Response:
        """Learn the cookies that go there and back: whoever has a session's is let in."""
        sent = request.headers.get("cookie", "").split(";")
        set_now = (line.partition(";")[0] for line in response.headers.get_list("set-cookie"))
        for cookie in (*sent, *set_now):
            name, _, value = cookie.strip().partition("=")
            value = value.strip('"')
            if len(value) >= SHORTEST_COOKIE and re.search(r"\d", value):
                self._learn(f"cookie {name}", value)
        return response

    def _kept(self, asked: StoredRequest, response: Response, seconds: float, host: str) -> Response:
        content = _utf8(response)
        if self._redactor is not None:
            self._redactor.replaced_reusable_value()  # resets it, so that the next call is about this answer alone
        headers = self._headers(response.headers, host)
        safe, notes, waiting = self._safe(content, asked, response)
        entry = StoredAnswer(asked, response.status_code, headers, seconds, notes=notes)
        passes = response.status_code in PASSING or says_expired(response)
        lasts = response.status_code < 500 and not passes  # noqa: PLR2004  server errors
        stored = b"" if safe is None and (response.has_redirect_location or response.status_code in ABSENT) else safe
        if stored is not None and lasts and self._store is not None:
            tidy = entry
            if self._redactor is not None:
                tidy = replace(
                    entry, asked=without_people(asked, self._known), again=self._redactor.replaced_reusable_value()
                )
            self._store.keep(tidy, stored, _day(headers.get("date", "")))
            if self._settling is not None:
                self._settling.wait(tidy.asked, waiting)
        if lasts:
            with self._lock:
                self._missed.discard(asked)
        return _response(entry, self._text(content, response) if safe is None else safe)

    def _safe(
        self, content: bytes, asked: StoredRequest, response: Response
    ) -> tuple[bytes | None, tuple[Note, ...], Waiting]:
        """Redact the body so that it may be stored: JSON, or nothing at all; None for anything else.

        What is nearly JSON is made JSON first, with notes on it, so that it is redacted like any other. The texts in
        it that wait for the names of other answers come last.
        """
        if not content.strip():
            return b"", (), {}
        named, rows = (content, ()) if self._redactor is None else with_named_rows(content)
        safe, waiting = self._redacted(named, asked, response)
        if safe is not None:
            return safe, rows, waiting
        better, notes = mended(content)
        named, rows = (better, ()) if self._redactor is None else with_named_rows(better)
        safe, waiting = self._redacted(named, asked, response) if notes else (None, {})
        return safe, (*notes, *rows), waiting

    def _redacted(self, content: bytes, asked: StoredRequest, response: Response) -> tuple[bytes | None, Waiting]:
        kind = response.headers.get("content-type", "json")
        if "json" not in kind and content.lstrip()[:1] not in {b"[", b"{"} and not content.strip().isdigit():
            return None, {}
        if self._redactor is None:
            return (content if _is_json(content) else None), {}
        return self._redactor.answer(content, asked.path)

    def _text(self, content: bytes, response: Response) -> bytes:
        """Redact a body that is not stored, as an error may show it."""
        if self._redactor is None:
            return content
        return self._redactor.page(content[:SHOWN].decode(errors="replace")).encode()

    def _headers(self, headers: Headers, host: str) -> dict[str, str]:
        """Redact headers; the system's own host stays, so that its links can be followed, even where it is a number."""
        kept = {
            name.lower(): value
            for name, value in headers.items()
            if name.lower() not in answer_words().headers.of_the_wire
            and "cookie" not in name.lower()
            and not is_secret(name)
        }
        if self._redactor is None:
            return kept
        own = f"//{host}"
        return {
            name: value
            if name == "date"
            else self._redactor.text(value.replace(own, OWN_HOST), name).replace(OWN_HOST, own)
            for name, value in kept.items()
        }

    def _known(self, text: str) -> bool:
        """Tell whether a text is a pseudonym that an answer has given."""
        return self._redactor is not None and self._redactor.original_of(text) != text

    def _restored(self, request: Request) -> Request:
        """Rebuild a request as the system needs it: each pseudonym in it is replaced by its original value."""
        if self._redactor is None or not self._redactor.has_reusable_values:
            return request
        original_of = self._redactor.original_of
        path, question_mark, query = request.url.raw_path.decode("ascii").partition("?")
        path = "/".join(_put(part, original_of(unquote(part))) for part in path.split("/"))
        pairs = (pair.partition("=") for pair in query.split("&"))
        query = "&".join(
            name + equals + _put(value, original_of(unquote(value.replace("+", " ")))) for name, equals, value in pairs
        )
        url = request.url.copy_with(raw_path=f"{path}{question_mark}{query}".encode("ascii"))
        body = request.read()
        if body:
            body = with_texts(body, request.headers.get("content-type", ""), original_of)
        headers = {name: value for name, value in request.headers.items() if name.lower() != "content-length"}
        restored = Request(request.method, url, headers=headers, content=body or None, extensions=request.extensions)
        sign = request.extensions.get(SIGN)
        return sign(restored) if sign else restored


class Replaying(Transport):
    """Transport that answers from a store alone."""

    def __init__(self, store: StoreLike) -> None:
        self._store = store
        self._root = urlsplit(store.recorded().base_url).path.rstrip("/")
        self._differs = store.differs()

    def handle_request(self, request: Request) -> Response:
        """Return the stored answer to a request.

        Raises:
            FetchError: if none was stored for this request.
            SourceError: if it cannot be read.
        """
        asked = asked_by(request, self._root)
        entry = _stored_answer(self._store, asked)
        if entry is None:
            then = f"{REFRESH} to ask the system"
            message = self._differs or "The store has no answer to this request"
            raise FetchError(message.removesuffix(f": {REFRESH}"), where=str(asked), then=then)
        return _response(entry, self._store.body(entry))


def _stored_answer(
    store: StoreLike, asked: StoredRequest, known: Callable[[str], bool] = lambda _text: False
) -> StoredAnswer | None:
    """Find the stored answer to a request, as it is or with its personal values hidden."""
    entry = store.find(asked) or store.find(without_people(asked, known))
    return entry if isinstance(entry, StoredAnswer) else None


def asked_by(request: Request, root: str, unsent: tuple[str, ...] = ()) -> StoredRequest:
    """Reduce a request to what the store knows: its path under `root`, its parameters and asking headers, sorted."""
    headers = [(f"header:{name}", value) for name, value in request.extensions.get(ASKING, {}).items()]
    signed = (SIGNATURE,) if SIGN in request.extensions else ()
    params = [
        (name, value)
        for name, value in request.url.params.multi_items()
        if name not in unsent and not name.startswith(signed)
    ]
    query = sorted([*params, *headers])
    body = ""
    if request.method != "GET" and (content := request.extensions.get(UNSIGNED) or request.read()):
        body = _canonical(content)
    return StoredRequest(request.method, request.url.path.removeprefix(root), tuple(query), body)


def _canonical(content: bytes) -> str:
    try:
        return json.dumps(json.loads(content), sort_keys=True, ensure_ascii=False)
    except ValueError:
        return content.decode(errors="replace")


def _response(entry: StoredAnswer, content: bytes) -> Response:
    headers = Headers(entry.headers, encoding="utf-8")  # one may hold any letter, as the answer's did
    return Response(entry.status, headers=headers, content=content, extensions={NOTES: entry.notes})


def _utf8(response: Response) -> bytes:
    """Convert the body to UTF-8 from any charset; leave it as it is if the charset is unknown."""
    kind = response.headers.get("content-type", "")
    try:
        content = as_utf8(response.content, kind)
    except ValueError:
        return response.content
    if content is not response.content:
        response.headers["content-type"] = kind.partition("charset=")[0].rstrip("; ") or "application/json"
    return content


def _put(written: str, value: str) -> str:
    """Write a part of a URL: as it was written if nothing in it was replaced."""
    return (
        written if unquote(written.replace("+", " ")) == value or unquote(written) == value else quote(value, safe="")
    )


def _is_json(content: bytes) -> bool:
    try:
        json.loads(content)
    except (ValueError, RecursionError):
        return False
    return True


def _day(date: str) -> str:
    try:
        return parsedate_to_datetime(date).date().isoformat() if date else ""
    except ValueError:
        return ""
