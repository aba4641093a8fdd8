"""Find the call of a log-in among saved calls, and write it as a connector's `[auth]`, without any value of it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ipaas_discovery.drafting.saved_calls.collected import AuthMet, Collected, SavedRequest
from ipaas_discovery.drafting.saved_calls.secrets import REMOVED
from ipaas_discovery.knowledge.auth_schemes import auth_schemes
from ipaas_discovery.knowledge.name_words import bare, split_words
from ipaas_discovery.knowledge.request_words import request_words
from ipaas_discovery.systems.answers.write_detection import objection_to_members, objection_to_path
from ipaas_discovery.systems.connectors.auth import Auth, LogInAuth, OAuth2Auth

__all__ = ["GRANT", "TOKEN", "SavedLogIn", "client_credentials", "credential_name", "find_log_in"]

GRANT = "client_credentials"
TOKEN = "token"  # noqa: S105  a word


@dataclass(frozen=True, slots=True)
class SavedLogIn:
    """A log-in among saved calls: the call, the settings it makes, and what of them no answer shows."""

    request: SavedRequest
    auth: Auth
    unknown: tuple[str, ...] = ()


def find_log_in(collected: Collected, base_url: str) -> SavedLogIn | None:
    """Find the first POST whose path logs in and whose body holds a secret; None if the calls are signed otherwise.

    Every text of its body becomes the name of a credential; only words that say what kind of call it is stay.
    """
    signed = {_kind(way): way for way in collected.auth if way.kind != "cookie"}
    if signed.keys() - {"bearer", "headers"}:
        return None
    for request in collected.requests:
        if request.method == "POST" and _logs_in(request) and (auth := _written(request, base_url, collected)):
            return auth
    return None


def _kind(way: AuthMet) -> str:
    scheme = auth_schemes().saved(way.kind)
    return scheme.kind if scheme and scheme.kind else way.kind


def _logs_in(request: SavedRequest) -> bool:
    """Tell whether a call's path is that of a log-in, and its body holds a secret."""
    named = any(map(request_words().writes.log_ins.name, request.path.split("/")))
    return named and "{" not in request.path and REMOVED in map(str, _texts(request.body))


def _texts(value: object) -> Iterator[object]:
    """Yield every plain value of a JSON value."""
    members = value.values() if isinstance(value, Mapping) else value if isinstance(value, list) else None
    if members is None:
        yield value
    for member in members or ():
        yield from _texts(member)


def _written(request: SavedRequest, base_url: str, collected: Collected) -> SavedLogIn | None:
    """Write a log-in as settings; None where the kit would not send it."""
    whole = f"{request.server}{request.path}"
    path = whole[len(base_url) :] if base_url and whole.startswith(f"{base_url}/") else whole
    if not re.match(r"(/|https?://)\S+$", path) or not isinstance(request.body, Mapping):
        return None
    if request.body.get("grant_type") == GRANT:
        return SavedLogIn(request, client_credentials(request.body, path))
    body = _named(request.body, "")
    words = _named(request.body, "", word="x")
    if objection_to_path(request.path, log_in=True) or objection_to_members(words, graphql=False, log_in=True):
        return None
    place = _token_at(request, collected)
    header, sent, headers = _sending(collected)
    auth = LogInAuth(
        kind="log-in", path=path, body=body, form=request.form, token_at=TOKEN if place is None else place,
        header=header, sent=sent, headers=headers,
    )  # fmt: skip
    unknown = [*(["token_at"] if place is None else []), *([] if collected.auth else ["sent"])]
    return SavedLogIn(request, auth, tuple(unknown))


def client_credentials(body: Mapping[str, Any], path: str) -> OAuth2Auth:
    """Write OAuth 2's log-in of a client."""
    known = {"grant_type", "client_id", "client_secret", "scope"}
    scope = body.get("scope")
    return OAuth2Auth(
        kind="oauth2",
        token_url=path,
        client_in="body" if "client_secret" in body else "header",
        scopes=tuple(scope.split()) if isinstance(scope, str) else (),
        parameters={name: f"{{{credential_name(name)}}}" for name in body if name not in known},
    )


def _named(value: Any, name: str, *, word: str = "") -> Any:  # noqa: ANN401  any JSON value
    """Put the name of a credential in the place of each text, or a `word`; the words of a call's kind stay."""
    if isinstance(value, Mapping):
        return {key: _named(member, str(key), word=word) for key, member in value.items()}
    if isinstance(value, list):
        return [_named(member, f"{name}_{place}", word=word) for place, member in enumerate(value, 1)]
    if not isinstance(value, str) or value == "" or bare(name) in request_words().kept_in_log_ins:
        return value
    return word or f"{{{credential_name(name)}}}"


def credential_name(name: str) -> str:
    """Give the name of the credential that fills a member of a log-in.

    >>> credential_name("apiKey")
    'api_key'
    """
    return "_".join(split_words(name)) or "value"


def _token_at(request: SavedRequest, collected: Collected) -> str | None:
    """Find where the saved answer to a log-in holds the token; None if none shows it."""
    examples = collected.examples.get(request.path, ())
    places = [place for example in examples if example.request.method == "POST" for place in _secrets(example.body, "")]
    plain = [place for place in places if "refresh" not in place.lower()]
    return next((place for place in plain if TOKEN in place.lower()), next(iter(plain), None))


def _secrets(body: object, path: str) -> Iterator[str]:
    """Yield the dotted paths at which a secret stood."""
    if isinstance(body, Mapping):
        for key, value in body.items():
            yield from _secrets(value, f"{path}.{key}".lstrip("."))
    elif body == REMOVED and path:
        yield path


def _sending(collected: Collected) -> tuple[str, str, dict[str, str]]:
    """Say how the other calls carry the token: the header, its text, and headers with secrets of their own."""
    bearer = any(_kind(way) == "bearer" for way in collected.auth)
    headers = [way for way in collected.auth if _kind(way) == "headers"]
    carrying = (
        None if bearer else next((way for way in headers if TOKEN in way.name.lower()), next(iter(headers), None))
    )
    fixed = {way.name: f"{way.word} {{{credential_name(way.name)}}}".strip() for way in headers if way is not carrying}
    if carrying is None:
        return "Authorization", "Bearer {token}", fixed
    return carrying.name, f"{carrying.word} {{token}}".strip(), fixed
