"""Collect the contents of a file of saved calls, the same way for each format."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from ipaas_discovery.drafting.saved_calls.collected import AuthMet, Collected, Example, SavedRequest
from ipaas_discovery.drafting.saved_calls.record_finder import find_records
from ipaas_discovery.drafting.saved_calls.secrets import without_secrets
from ipaas_discovery.drafting.saved_calls.urls import split_url
from ipaas_discovery.knowledge.auth_schemes import auth_schemes
from ipaas_discovery.knowledge.sensitive_names import is_secret
from ipaas_discovery.samples.files.source import parse_json

__all__ = ["Gathering"]

_GOOD = range(200, 300)
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
        self._requests: dict[tuple[str, str, str], SavedRequest] = {}
        self._calls: Counter[str] = Counter()
        self._auth: set[AuthMet] = set()
        self._examples: dict[str, list[Example]] = {}
        self._warnings: dict[str, list[str]] = {}

    def warn(self, sentence: str, name: str = "") -> None:
        """Keep a warning; the names of equal ones are listed together."""
        names = self._warnings.setdefault(sentence, [])
        if name and name not in names:
            names.append(name)

    def auth(self, kind: str, name: str = "", *, of: str = "") -> None:
        """Keep a way to authenticate, the secret left out."""
        if kind.lower() in auth_schemes().nothing:
            return
        if auth_schemes().saved(kind) is None:
            self.warn(f"The authentication '{kind}' is not known here", of)
        self._auth.add(AuthMet(kind, name))

    def headers(self, names: Iterable[tuple[str, str]]) -> None:
        """Look for authentication in the headers of a request: names with values, which are not kept."""
        for name, value in names:
            scheme = value.strip().partition(" ")[0].lower()
            if name.lower() in {"authorization", "proxy-authorization"}:
                saved = auth_schemes().saved(scheme)
                known = saved is not None and saved.header
                self.auth(scheme if known else "header", "" if known else name)
            elif name.lower() == "cookie":
                self.auth("cookie")
            elif is_secret(name, in_request=True):
                self.auth("header", name)

    def request(
        self,
        method: str,
        url: str,
        variables: Mapping[str, str],
        *,
        query: Iterable[str] = (),
        body: object = None,
        name: str = "",
    ) -> SavedRequest | None:
        """Keep a request; None, with a warning, for one without an address."""
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
        saved = SavedRequest(method.upper() or "GET", address.path, address.server, names, without_secrets(body), name)
        return self._kept(saved)

    def _kept(self, saved: SavedRequest) -> SavedRequest:
        """Keep a request, joined with an earlier one to the same address."""
        key = (saved.method, saved.server, saved.path)
        known = self._requests.get(key)
        if known:
            together = tuple(dict.fromkeys((*known.query, *saved.query)))
            saved = replace(known, query=together, body=saved.body if known.body is None else known.body)
        self._requests[key] = saved
        self._calls[saved.server] += 1
        return saved

    def example(
        self,
        request: SavedRequest,
        status: int,
        text: str,
        *,
        headers: Mapping[str, str] | None = None,
        taken: str = "",
        name: str = "",
    ) -> None:
        """Keep a saved answer if it is a success and holds JSON; warn about any other text."""
        if not text.strip() or status not in _GOOD:
            return
        try:
            body = without_secrets(parse_json(text))
            records, path, many = find_records(body, request.path)
        except (ValueError, RecursionError):
            self.warn("An example whose answer is not JSON was left out", name or request.label)
            return
        link = 'rel="next"' in (headers or {}).get("link", "")
        kept = Example(request, status, body, records, path, many, link, taken, name)
        self._examples.setdefault(request.path, []).append(kept)

    def done(self) -> Collected:
        """Return everything kept; warnings in the order they came up."""
        urls = sorted((url for url in self._calls if url), key=lambda url: (-self._calls[url], url))
        return Collected(
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
        )

    def _renewed(self, example: Example) -> Example:
        """Give the example the final version of its request."""
        key = (example.request.method, example.request.server, example.request.path)
        return replace(example, request=self._requests[key])


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
