"""Collect the contents of a file of saved calls, the same way for each format."""

from __future__ import annotations

import base64
import binascii
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qsl

from ipaas_discovery.drafting.saved_calls.collected import AuthMet, Collected, Example, SavedRequest
from ipaas_discovery.drafting.saved_calls.guesses import subject_of
from ipaas_discovery.drafting.saved_calls.known_ids import with_placeholders
from ipaas_discovery.drafting.saved_calls.record_finder import find_records
from ipaas_discovery.drafting.saved_calls.secrets import without_secrets
from ipaas_discovery.drafting.saved_calls.urls import query_of, split_url
from ipaas_discovery.knowledge.auth_schemes import auth_schemes
from ipaas_discovery.knowledge.name_words import bare
from ipaas_discovery.knowledge.paging_words import paging_words
from ipaas_discovery.knowledge.request_words import request_words
from ipaas_discovery.knowledge.sensitive_names import is_secret
from ipaas_discovery.samples.files.source import parse_json
from ipaas_discovery.systems.answers.named_rows import name_rows

__all__ = ["Gathering"]

_WORD = re.compile(r"[A-Za-z][A-Za-z-]{1,23}")
"""A word before a secret, as in `Token …`."""
_ASKS = re.compile(r"\s*select\s([^;]*?)\sfrom\s+([A-Za-z]\w*)", re.IGNORECASE)
"""The beginning of a text in a query language."""
_FIELDS = re.compile(r"[\w.]+(?:\s*,\s*[\w.]+)*")
"""Names of fields and nothing else."""
_ASKED_IN = "query"
"""The parameter that is tried where a body holds the text."""
_GOOD = range(200, 300)
_Key = tuple[str, str, str, str, str]
_SHOWN = 3
"""The most names that a warning lists."""


class Gathering:
    """A collector of what a reader finds, without secrets; `done()` returns it as a `Collected`.

    Args:
        title: title that the file gives.
        source: name of the file.
    """

    def __init__(self, title: str, source: str) -> None:
        self.title, self.source = title, source
        self._requests: dict[_Key, SavedRequest] = {}
        self._calls: Counter[str] = Counter()
        self._auth: set[AuthMet] = set()
        self._headers: set[str] = set()
        self._examples: dict[str, list[Example]] = {}
        self._warnings: dict[str, list[str]] = {}

    def warn(self, sentence: str, name: str = "") -> None:
        """Keep a warning; the names of equal ones are listed together."""
        names = self._warnings.setdefault(sentence, [])
        if name and name not in names:
            names.append(name)

    def auth(self, kind: str, name: str = "", *, of: str = "", word: str = "", empty: str = "") -> None:
        """Keep a way to authenticate, the secret left out."""
        if kind.lower() in auth_schemes().nothing:
            return
        if auth_schemes().saved(kind) is None:
            self.warn(f"The authentication '{kind}' is not known here", of)
        self._auth.add(AuthMet(kind, name, word, empty))

    def headers(self, names: Iterable[tuple[str, str]]) -> None:
        """Look for authentication in the headers of a request: names with values, which are not kept."""
        for name, value in names:
            word, _, secret = value.strip().partition(" ")
            scheme = word.lower()
            if name.lower() in {"authorization", "proxy-authorization"}:
                saved = auth_schemes().saved(scheme)
                known = saved is not None and saved.header
                before = word if secret.strip() and _WORD.fullmatch(word) else ""
                kind = scheme if known else "header"
                self.auth(kind, "" if known else name, word="" if known else before, empty=_empty(scheme, secret))
            elif name.lower() == "cookie":
                self.auth("cookie")
            elif is_secret(name, in_request=True):
                self.auth("header", name)
            elif request_words().is_own_header(name):
                self._headers.add(name)

    def request(  # noqa: PLR0913  all but two are optional keywords
        self,
        method: str,
        url: str,
        variables: Mapping[str, str],
        *,
        query: Iterable[str] = (),
        body: object = None,
        text: object = None,
        form: bool = False,
        name: str = "",
    ) -> SavedRequest | None:
        """Keep a request; None, with a warning, for one without an address. `text` is a body that is no JSON.

        `form` says that the body is the fields of a form.
        """
        if not url.strip():
            self.warn("A request without a URL was left out", name or "unnamed")
            return None
        address = split_url(url, variables)
        if address.assumed:
            self.warn(f"The address '{address.server.removeprefix('https://')}' names no scheme; https is assumed")
        if not address.server:
            self.warn("A URL names no host", address.path)
        names = tuple(dict.fromkeys((*address.query, *filter(None, query))))
        for secret in names:
            if is_secret(secret, in_request=True):
                self.auth("query", secret)
        fixed = {key: value for key, value in parse_qsl(query_of(url)) if key in request_words().fixed}
        asked = _asked(text if body is None else None, parse_qsl(query_of(url)) if method.upper() == "GET" else ())
        return self._kept(
            SavedRequest(
                method.upper() or "GET",
                address.path,
                address.server,
                names,
                without_secrets(body),
                name,
                fixed,
                *asked,
                form,
                address.keys,
                subject_of(address.path, body) if method.upper() == "POST" else "",
            )
        )

    def _kept(self, saved: SavedRequest) -> SavedRequest:
        """Keep a request, joined with an earlier one to the same address."""
        key = _key(saved)
        known = self._requests.get(key)
        if known:
            together = tuple(dict.fromkeys((*known.query, *saved.query)))
            saved = replace(known, query=together, body=saved.body if known.body is None else known.body)
        self._requests[key] = saved
        self._calls[saved.server] += 1
        return saved

    def example(  # noqa: PLR0913  all but three are optional keywords
        self,
        request: SavedRequest,
        status: int,
        text: str,
        *,
        headers: Mapping[str, str] | None = None,
        asked: Mapping[str, str] | None = None,
        taken: str = "",
        name: str = "",
    ) -> None:
        """Keep a saved answer if it is a success and holds JSON; warn about any other text."""
        if not text.strip() or status not in _GOOD:
            return
        try:
            body = without_secrets(name_rows(parse_json(text))[0])
            records, path, many = find_records(body, request.path.rstrip("/"))
        except (ValueError, RecursionError):
            self.warn("An example whose answer is not JSON was left out", name or request.label)
            return
        link = 'rel="next"' in (headers or {}).get("link", "")
        shown = _next_header(headers or {}), _total_header(headers or {})
        kept = Example(request, status, body, records, path, many, link, *shown, asked or {}, taken, name)
        self._examples.setdefault(request.path, []).append(kept)

    def done(self) -> Collected:
        """Return everything kept; warnings in the order they came up."""
        urls = sorted((url for url in self._calls if url), key=lambda url: (-self._calls[url], url))
        collected = Collected(
            self.title,
            self.source,
            tuple(self._requests.values()),
            tuple(urls),
            tuple(sorted(self._auth)),
            {
                path: tuple(self._renewed(example) for example in self._examples[path])
                for path in sorted(self._examples)
            },
            tuple(_sentence(text, names) for text, names in self._warnings.items()),
            tuple(sorted(self._headers)),
        )
        return with_placeholders(collected)

    def _renewed(self, example: Example) -> Example:
        """Give the example the final version of its request."""
        return replace(example, request=self._requests[_key(example.request)])


def _key(request: SavedRequest) -> _Key:
    """Give what makes two saved calls one."""
    return request.method, request.server, request.path, request.entity, request.subject


def _empty(scheme: str, secret: str) -> str:
    """Name the part of HTTP Basic's pair that is empty, as where a key stands for both; empty where none is."""
    try:
        pair = base64.b64decode(secret.strip(), validate=True).partition(b":") if scheme == "basic" else (b"", b"", b"")
    except binascii.Error:
        return ""
    return next(
        (name for name, part in zip(("username", "password"), pair[::2], strict=True) if pair[1] and not part), ""
    )


def _asked(text: object, query: Iterable[tuple[str, str]]) -> tuple[str, str, str]:
    """Find what a text in a query language asks for: the kind of records, the text without conditions, its parameter.

    The text is a body, or a parameter's value. Three empty texts where none is.
    """
    texts = [(_ASKED_IN, text)] if isinstance(text, str) else []
    for parameter, value in (*texts, *query):
        if match := _ASKS.match(value):
            fields = match[1].strip() if _FIELDS.fullmatch(match[1].strip()) else "*"
            return match[2], f"select {fields} from {match[2]}", parameter  # noqa: S608  no database of ours runs it
    return "", "", ""


def _next_header(headers: Mapping[str, str]) -> str:
    """Name the header that holds the address of the next page; empty without one."""
    names = paging_words().names("next_url")
    return next(
        (name for name, value in headers.items() if bare(name) in names and re.match(r"https?://|/", value)), ""
    )


def _total_header(headers: Mapping[str, str]) -> str:
    """Name the header that tells the number of records; empty without one."""
    totals = (
        name for name, value in headers.items() if value.isdecimal() and paging_words().is_total(f"header:{name}")
    )
    ranged = "content-range" if re.search(r"/\d+$", headers.get("content-range", "")) else ""
    return ranged or next(totals, "")


def _sentence(text: str, names: list[str]) -> str:
    """Write a warning with the first of its names."""
    more = f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else ""
    return f"{text}: {', '.join(names[:_SHOWN])}{more}." if names else f"{text}."


def json_or_none(text: Any) -> Any:  # noqa: ANN401  any JSON value
    """Parse the JSON in a request's body; None for another text, which cannot be searched for secrets."""
    if not isinstance(text, str):
        return None
    try:
        return parse_json(text)
    except ValueError:
        return None
