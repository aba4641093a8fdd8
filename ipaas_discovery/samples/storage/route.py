"""Open the way to a system: the store where one is complete, else the network, redacted and recorded."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from ipaas_discovery.errors import MissingCredentialError
from ipaas_discovery.knowledge.name_words import split_words
from ipaas_discovery.knowledge.sensitive_names import is_secret
from ipaas_discovery.samples.redaction.answer_paths import AnswerPaths
from ipaas_discovery.samples.redaction.pseudonyms.redaction_key import CONSEQUENCE, lasting_key
from ipaas_discovery.samples.redaction.redactor import Redactor
from ipaas_discovery.samples.storage.answer_policy import AnswerPolicy
from ipaas_discovery.samples.storage.store import Store
from ipaas_discovery.samples.storage.store_index import About
from ipaas_discovery.systems.connectors.auth import Auth, NoAuth, RecordedAuth
from ipaas_discovery.systems.connectors.connector import Connector
from ipaas_discovery.systems.connectors.credentials import Credentials
from ipaas_discovery.systems.http.addresses import fill_base_url
from ipaas_discovery.systems.http.limiter import Limiter, shared
from ipaas_discovery.systems.http.network import closed, in_process

if TYPE_CHECKING:
    from ipaas_discovery.samples.storage.recording import Recording
    from ipaas_discovery.systems.http import Transport

__all__ = ["Route", "open_route"]

NOWHERE = "http://nowhere.invalid"
"""The address of a system that is never asked: one of files, or one of which nobody says where it is."""
RAW = (
    "Records are shown and stored as the system returns them, personal data included: keep them as you keep its exports"
)


@dataclass(frozen=True, slots=True)
class Route:
    """The way to reach a system: its address, its authentication, its transport, and notes for the user."""

    connector: Connector
    base_url: str
    auth: Auth
    transport: Transport | None = None
    limiter: Limiter | None = None
    store: Store | None = None
    recording: Recording | None = None
    notes: tuple[str, ...] = ()
    redactor: Redactor | None = None
    unfilled: tuple[str, ...] = ()
    """Names in the address that nobody gives: without them nothing can be asked."""

    def settle(self) -> Mapping[str, str]:
        """Replace the names that were told so far in the free texts of other answers, and give what became of each."""
        if self.recording is not None:
            return self.recording.settle()
        return self.redactor.settle() if self.redactor is not None else {}

    def finish(self) -> None:
        """Put the pull in use that was recorded, if every answer of it lasts."""
        self.settle()
        if self.store is not None and self.recording is not None and self.recording.complete:
            self.store.finish()


def open_route(
    connector: Connector,
    environment: str,
    address: str,
    credentials: Credentials,
    *,
    transport: Transport | None = None,
    answers: AnswerPolicy | None = None,
) -> Route:
    """Open the way to a system.

    Args:
        connector: the system's API.
        environment: the name of the environment, after which its store is named.
        address: the base URL, its `{placeholders}` not filled yet; a replay asks for none of them.
        credentials: the secrets, which a replay does not ask for.
        transport: sends requests instead of the network.
        answers: the policy for the answers. Defaults to redacting them and storing nothing.

    Raises:
        SourceError: if the store cannot be read.
        ConfigurationError: if the address is none.
    """
    answers = answers or AnswerPolicy()
    redactor = None if answers.raw else _redactor(connector, credentials, answers)
    if connector.environment(environment).files:
        return _to_files(connector, answers, redactor)
    store = None
    if answers.folder is not None:
        about = About(connector.name, connector.version, environment, redacted=not answers.raw)
        store = Store(answers.folder / f"{connector.name}-{environment}", about, answers.day)
        if not answers.refresh and store.in_use and not (answers.raw and store.recorded().redacted):
            return _replayed(connector, store, redactor)
    try:
        base_url = fill_base_url(address, credentials.get)
    except MissingCredentialError as error:
        unfilled = credentials.missing(dict.fromkeys(re.findall(r"\{(\w+)\}", address)))
        return Route(
            connector.scoped(credentials.get), NOWHERE, NoAuth(), closed(error), store=store, unfilled=unfilled
        )
    if store is None or not answers.record:
        route = _unstored(connector, base_url, credentials, transport, redactor)
        return replace(route, store=store) if route.recording else route
    return _recorded(connector, base_url, credentials, store, transport, answers)


def _redactor(connector: Connector, credentials: Credentials, answers: AnswerPolicy) -> Redactor:
    return Redactor(AnswerPaths(connector), answers.rules, secrets=partial(_secrets, credentials))


def _to_files(connector: Connector, answers: AnswerPolicy, redactor: Redactor | None) -> Route:
    """Open the way to a system of files: there is none, and a request on it is refused."""
    notes = (RAW,) if answers.raw else () if lasting_key() else (CONSEQUENCE,)
    return Route(connector, NOWHERE, NoAuth(), in_process(_refuse), notes=notes, redactor=redactor)


def _refuse(_: object, start: Callable[..., object]) -> list[bytes]:
    start("404 Not Found", [("Content-Type", "application/json")])
    return [b'{"title": "a system of files has no API"}']


def _unstored(
    connector: Connector,
    base_url: str,
    credentials: Credentials,
    transport: Transport | None,
    redactor: Redactor | None,
) -> Route:
    """Open the way to the network, or to `transport`; nothing of it is kept."""
    scoped = connector.scoped(credentials.get)
    if redactor is None:
        return Route(scoped, base_url, connector.auth, transport, notes=(RAW,))
    from ipaas_discovery.samples.storage.recording import Recording  # noqa: PLC0415  httpx only to ask

    root = urlsplit(base_url).path.rstrip("/")
    recording = Recording(transport, redactor, unsent=_unsent(connector), root=root, learn=credentials.learn)
    limiter = _limiter(connector, base_url, transport)
    return Route(scoped, base_url, connector.auth, recording, limiter, recording=recording, redactor=redactor)


def _replayed(connector: Connector, store: Store, redactor: Redactor | None) -> Route:
    """Open the way to what is stored; nobody is asked."""
    recorded, notes = store.recorded(), []
    if differs := store.differs():
        notes.append(differs)
    if not recorded.redacted:
        notes.append(RAW)
    transport = store.replaying()
    limiter = Limiter(connector.limits, listens=False)  # what the host said then needs no waiting now
    return Route(
        connector.scoped(store.scope_value), recorded.base_url, RecordedAuth(names=connector.auth.secrets), transport,
        limiter, store=store, notes=tuple(notes), redactor=redactor,
    )  # fmt: skip


def _recorded(
    connector: Connector,
    base_url: str,
    credentials: Credentials,
    store: Store,
    transport: Transport | None,
    answers: AnswerPolicy,
) -> Route:
    """Open the way to the network, or to `transport`, and record what it answers."""
    notes = (RAW,) if answers.raw else () if lasting_key() else (CONSEQUENCE,)
    redactor = None if answers.raw else _redactor(connector, credentials, answers)
    parts = urlsplit(base_url)  # the host is the system, whatever it looks like
    safe = parts._replace(path=redactor.text(parts.path)).geturl() if redactor else base_url
    store = Store(store.folder, replace(store.about, base_url=safe))
    recording = store.recording(
        transport,
        redactor,
        raw=answers.raw,
        unsent=_unsent(connector),
        refresh=answers.refresh,
        base_url=base_url,
        learn=credentials.learn,
    )
    scoped = connector.scoped(partial(store.remember_scope, credentials))
    limiter = _limiter(connector, base_url, transport)
    return Route(scoped, base_url, connector.auth, recording, limiter, store, recording, notes, redactor)


def _limiter(connector: Connector, base_url: str, transport: Transport | None) -> Limiter | None:
    """Give the limiter that every client of a host shares; a custom transport gets its own from the client."""
    return None if transport else shared(base_url, connector.limits)


def _unsent(connector: Connector) -> tuple[str, ...]:
    """Name the query parameters that carry a secret."""
    return tuple(getattr(connector.auth, "parameters", ()))


def _secrets(credentials: Credentials) -> dict[str, str]:
    """Give the values that no answer may repeat: not a user's name or a shop's, which texts may hold by chance."""
    return {
        name: value
        for name, value in credentials.in_use().items()
        if is_secret(name) or "key" in split_words(name) or name.startswith("issued")
    }
