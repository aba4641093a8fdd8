"""Two transports: one that keeps what a system answers, one that answers from what was kept."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from email.utils import parsedate_to_datetime
from threading import Lock
from time import perf_counter
from typing import Any
from urllib.parse import quote, unquote, urlsplit

from ipaas_discovery.errors import FetchError
from ipaas_discovery.knowledge.answer_words import answer_words
from ipaas_discovery.knowledge.sensitive_names import is_secret
from ipaas_discovery.samples.redaction.redactor import Redactor
from ipaas_discovery.samples.storage.request_values import without_people
from ipaas_discovery.samples.storage.store_index import REFRESH, StoredAnswer, StoredRequest
from ipaas_discovery.systems.http import Headers, Request, Response, Transport
from ipaas_discovery.systems.http.body_reader import LARGEST, read
from ipaas_discovery.systems.http.client import ASKING
from ipaas_discovery.systems.http.faults import ABSENT
from ipaas_discovery.systems.http.log_ins.token_requests import LOG_IN
from ipaas_discovery.systems.http.network import network

__all__ = ["Recording", "Replaying"]

StoreLike = Any
"""A Store; importing its module, which makes these transports, would close a circle."""

PASSING = frozenset({401, 407, 408, 425, 429})
"""Statuses that say something of this moment, not of the system: not kept, as are all from 500."""
BOM = b"\xef\xbb\xbf"
SHOWN = 1_000_000
"""Bytes of a body that is no JSON: nobody shows more of it."""


class Recording(Transport):
    """Asks `inner`, redacts the answer, keeps it, and hands it on as it was kept.

    Without a store it only redacts; without a redactor it takes one that knows no connector; `raw` redacts nothing.
    What an answer replaced by a pseudonym and a later request repeats, such as an id in a path, is put back into that
    request as it leaves.
    """

    def __init__(
        self,
        inner: Transport | None,
        redactor: Redactor | None = None,
        store: StoreLike | None = None,
        *,
        raw: bool = False,
        unsent: tuple[str, ...] = (),
        root: str = "",
    ) -> None:
        self._inner, self._store = inner or network(), store
        self._redactor = None if raw else redactor or Redactor()
        self._unsent = unsent
        self._root = root
        self._missed: set[StoredRequest] = set()
        self._lock = Lock()

    @property
    def complete(self) -> bool:
        """Whether every request so far got an answer that lasts."""
        with self._lock:
            return not self._missed

    def handle_request(self, request: Request) -> Response:
        """The answer, redacted."""
        if LOG_IN in request.extensions:
            return self._inner.handle_request(request)
        asked = asked_by(request, self._root, self._unsent)
        kept = _found(self._store, asked, self._known) if self._store else None
        if kept is not None and self._store is not None:
            return _response(kept, self._store.body(kept))
        with self._lock:
            self._missed.add(asked)
        began = perf_counter()
        response = self._inner.handle_request(self._restored(request))
        response = read(response, LARGEST, str(asked), request.extensions.get("check", lambda: None))
        return self._kept(asked, response, perf_counter() - began)

    def close(self) -> None:
        """Give the connections back."""
        self._inner.close()

    def _kept(self, asked: StoredRequest, response: Response, seconds: float) -> Response:
        content = _utf8(response)
        if self._redactor is not None:
            self._redactor.repeats()  # from here on it is about this answer
        headers = self._headers(response.headers)
        safe = self._safe(content, asked, response)
        entry = StoredAnswer(asked, response.status_code, headers, seconds)
        lasts = response.status_code < 500 and response.status_code not in PASSING  # noqa: PLR2004  server errors
        told = b"" if safe is None and (response.has_redirect_location or response.status_code in ABSENT) else safe
        if told is not None and lasts and self._store is not None:
            tidy = entry
            if self._redactor is not None:
                tidy = replace(entry, asked=without_people(asked, self._known), again=self._redactor.repeats())
            self._store.keep(tidy, told, _day(headers.get("date", "")))
        if lasts:
            with self._lock:
                self._missed.discard(asked)
        return _response(entry, self._text(content, response) if safe is None else safe)

    def _safe(self, content: bytes, asked: StoredRequest, response: Response) -> bytes | None:
        """The body as it may be kept: JSON, redacted, or nothing at all; None for anything else."""
        if not content.strip():
            return b""
        kind = response.headers.get("content-type", "json")
        if "json" not in kind and content.lstrip()[:1] not in b"[{":
            return None
        if self._redactor is None:
            return content if _is_json(content) else None
        return self._redactor.json(content, asked.path)

    def _text(self, content: bytes, response: Response) -> bytes:
        """A body that is not kept, as an error may show it."""
        if self._redactor is None:
            return content
        return self._redactor.page(content[:SHOWN].decode(errors="replace")).encode()

    def _headers(self, headers: Headers) -> dict[str, str]:
        kept = {
            name.lower(): value
            for name, value in headers.items()
            if name.lower() not in answer_words().headers.of_the_wire
            and "cookie" not in name.lower()
            and not is_secret(name)
        }
        if self._redactor is None:
            return kept
        return {name: value if name == "date" else self._redactor.text(value, name) for name, value in kept.items()}

    def _known(self, text: str) -> bool:
        """Whether a text is a pseudonym that an answer has given."""
        return self._redactor is not None and self._redactor.original(text) != text

    def _restored(self, request: Request) -> Request:
        """The request as the system needs it, each pseudonym in it replaced by what it stands for."""
        if self._redactor is None or not self._redactor.translates:
            return request
        original = self._redactor.original
        path, mark, query = request.url.raw_path.decode("ascii").partition("?")
        path = "/".join(_put(part, original(unquote(part))) for part in path.split("/"))
        pairs = (pair.partition("=") for pair in query.split("&"))
        query = "&".join(
            name + sign + _put(value, original(unquote(value.replace("+", " ")))) for name, sign, value in pairs
        )
        url = request.url.copy_with(raw_path=f"{path}{mark}{query}".encode("ascii"))
        body = request.read()
        if body:
            body = json.dumps(_translated(json.loads(body), original)).encode()
        headers = {name: value for name, value in request.headers.items() if name.lower() != "content-length"}
        return Request(request.method, url, headers=headers, content=body or None, extensions=request.extensions)


class Replaying(Transport):
    """Answers from a store alone."""

    def __init__(self, store: StoreLike) -> None:
        self._store = store
        self._root = urlsplit(store.recorded().base_url).path.rstrip("/")
        self._differs = store.differs()

    def handle_request(self, request: Request) -> Response:
        """The answer that was kept.

        Raises:
            FetchError: if none was kept for this request.
            SourceError: if it cannot be read.
        """
        asked = asked_by(request, self._root)
        entry = _found(self._store, asked)
        if entry is None:
            then = f"{REFRESH} to ask the system"
            said = self._differs or "The store has no answer to this request"
            raise FetchError(said.removesuffix(f": {REFRESH}"), where=str(asked), then=then)
        return _response(entry, self._store.body(entry))


def _found(
    store: StoreLike, asked: StoredRequest, known: Callable[[str], bool] = lambda _text: False
) -> StoredAnswer | None:
    """The answer kept for a request, as it is or as the store keeps one with personal values in it."""
    kept = store.find(asked) or store.find(without_people(asked, known))
    return kept if isinstance(kept, StoredAnswer) else None


def asked_by(request: Request, root: str, unsent: tuple[str, ...] = ()) -> StoredRequest:
    """A request as the store knows it: its path under `root`, and sorted what asks, headers too, nothing that signs."""
    headers = [(f"header:{name}", value) for name, value in request.extensions.get(ASKING, {}).items()]
    params = [(name, value) for name, value in request.url.params.multi_items() if name not in unsent]
    query = sorted([*params, *headers])
    body = ""
    if request.method != "GET" and (content := request.read()):
        body = _canonical(content)
    return StoredRequest(request.method, request.url.path.removeprefix(root), tuple(query), body)


def _canonical(content: bytes) -> str:
    try:
        return json.dumps(json.loads(content), sort_keys=True, ensure_ascii=False)
    except ValueError:
        return content.decode(errors="replace")


def _response(entry: StoredAnswer, content: bytes) -> Response:
    return Response(entry.status, headers=dict(entry.headers), content=content)


def _utf8(response: Response) -> bytes:
    """The body in UTF-8, whatever charset it came in; as it is where that cannot be told."""
    content, (kind, _, charset) = response.content, response.headers.get("content-type", "").partition("charset=")
    charset = charset.partition(";")[0].strip("\"' ").lower() or json.detect_encoding(content[:4])
    if charset.startswith("utf-8"):
        return content.removeprefix(BOM)
    try:
        content = content.decode(charset).encode().removeprefix(BOM)
    except (LookupError, UnicodeError):
        return content
    response.headers["content-type"] = kind.rstrip("; ") or "application/json"
    return content


def _put(written: str, value: str) -> str:
    """A part of a URL: as it was written where nothing was replaced."""
    return (
        written if unquote(written.replace("+", " ")) == value or unquote(written) == value else quote(value, safe="")
    )


def _translated(value: object, original: Callable[[str], str]) -> object:
    """A JSON value with each text in it translated."""
    if isinstance(value, dict):
        return {key: _translated(each, original) for key, each in value.items()}
    if isinstance(value, list):
        return [_translated(each, original) for each in value]
    return original(value) if isinstance(value, str) else value


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
