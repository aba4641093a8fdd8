"""Between a system and its network: what is redacted, what is recorded, and when the store answers instead."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from ipaas_discovery.errors import SourceError
from ipaas_discovery.samples.redaction.answer_paths import AnswerPaths
from ipaas_discovery.samples.redaction.field_names import is_secret, words
from ipaas_discovery.samples.redaction.redaction_key import CONSEQUENCE, lasting_key
from ipaas_discovery.samples.redaction.redactor import Redactor
from ipaas_discovery.samples.redaction.user_rules import UserRules
from ipaas_discovery.samples.storage.store import Store
from ipaas_discovery.samples.storage.store_index import REFRESH, About
from ipaas_discovery.systems.connectors.auth import Auth, NoAuth
from ipaas_discovery.systems.connectors.connector import Connector
from ipaas_discovery.systems.connectors.credentials import Credentials
from ipaas_discovery.systems.http.limiter import Limiter, shared
from ipaas_discovery.systems.http.network import in_process

if TYPE_CHECKING:
    from ipaas_discovery.samples.storage.recording import Recording
    from ipaas_discovery.systems.http import Transport

__all__ = ["AnswerPolicy", "Route", "open_route"]

NOWHERE = "http://files.invalid"
"""Where a system of files is asked: nowhere."""
RAW = (
    "Records are shown and stored as the system returns them, personal data included: keep them as you keep its exports"
)


@dataclass(frozen=True, slots=True)
class AnswerPolicy:
    """What becomes of a real system's answers.

    Attributes:
        folder: where stores are, one a system; None stores nothing.
        rules: which fields are redacted beyond, or in spite of, what is recognised.
        raw: redact nothing.
        refresh: ask the network though there is a store, and record a new generation.
    """

    folder: Path | None = None
    rules: UserRules = field(default_factory=UserRules)
    raw: bool = False
    refresh: bool = False


@dataclass(frozen=True, slots=True)
class Route:
    """How a system is reached: its address, what signs, what sends, and what a person should know of it."""

    connector: Connector
    base_url: str
    auth: Auth
    transport: Transport | None = None
    limiter: Limiter | None = None
    store: Store | None = None
    recording: Recording | None = None
    notes: tuple[str, ...] = ()
    redactor: Redactor | None = None

    def finish(self) -> None:
        """Put the pull in use that was recorded, if every answer of it lasts."""
        if self.store is not None and self.recording is not None and self.recording.complete:
            self.store.finish()


def open_route(
    connector: Connector,
    environment: str,
    address: Callable[[], str],
    credentials: Credentials,
    *,
    transport: Transport | None,
    keeping: AnswerPolicy | None,
) -> Route:
    """The way to a system: the store where one is complete, else the network, redacted and recorded.

    Args:
        connector: what the system's API is.
        environment: the name of the place, which its store is named by.
        address: gives the base URL; a replay does not ask for it.
        credentials: the secrets, which a replay does not ask for.
        transport: to use instead of the network.
        keeping: what becomes of the answers; None keeps nothing and redacts nothing.

    Raises:
        SourceError: if the store cannot be read.
        MissingCredentialError: if the address or the scope asks for a name that nobody gives.
    """
    if connector.environment(environment).files:
        return _files(connector, credentials, keeping)
    if keeping is None:
        return Route(connector.scoped(credentials.get), address(), connector.auth, transport)
    about = About(connector.name, connector.version, environment, redacted=not keeping.raw)
    store = Store(keeping.folder / f"{connector.name}-{environment}", about) if keeping.folder else None
    if store is not None and not keeping.refresh and store.latest and not (keeping.raw and store.recorded().redacted):
        return _replayed(connector, store, _redactor(connector, credentials, keeping))
    return _recorded(connector, address(), credentials, store, transport, keeping)


def _redactor(connector: Connector, credentials: Credentials, keeping: AnswerPolicy) -> Redactor | None:
    return (
        None if keeping.raw else Redactor(AnswerPaths(connector), keeping.rules, secrets=lambda: _secrets(credentials))
    )


def _files(connector: Connector, credentials: Credentials, keeping: AnswerPolicy | None) -> Route:
    """The way to a system of files: there is none, and a request on it is refused."""
    redactor = _redactor(connector, credentials, keeping) if keeping is not None else None
    notes = (RAW,) if keeping is not None and keeping.raw else (CONSEQUENCE,) if redactor and not lasting_key() else ()
    return Route(connector, NOWHERE, NoAuth(), in_process(_refuse), notes=notes, redactor=redactor)


def _refuse(_: object, start: Callable[..., object]) -> list[bytes]:
    start("404 Not Found", [("Content-Type", "application/json")])
    return [b'{"title": "a system of files has no API"}']


def _replayed(connector: Connector, store: Store, redactor: Redactor | None) -> Route:
    recorded, notes = store.recorded(), []
    if differs := store.differs():
        notes.append(differs)
    if not recorded.redacted:
        notes.append(RAW)
    transport = store.replaying()
    limiter = Limiter(connector.limits, listens=False)  # what the host said then needs no waiting now

    def find(name: str) -> str:
        if name not in store.scope:
            raise SourceError(f"The store does not say what {{{name}}} was", where=str(store.folder), then=REFRESH)
        return store.scope[name]

    return Route(
        connector.scoped(find), recorded.base_url, NoAuth(), transport, limiter, store=store, notes=tuple(notes),
        redactor=redactor,
    )  # fmt: skip


def _recorded(
    connector: Connector, base_url: str, credentials: Credentials, store: Store | None,
    transport: Transport | None, keeping: AnswerPolicy,
) -> Route:  # fmt: skip
    from ipaas_discovery.samples.storage.recording import Recording  # noqa: PLC0415  httpx only where something is asked

    notes = [RAW] if keeping.raw else [CONSEQUENCE] if store is not None and not lasting_key() else []
    redactor = _redactor(connector, credentials, keeping)
    url = urlsplit(base_url)
    limiter = None if transport else shared(url.netloc, connector.limits)
    unsent = tuple(getattr(connector.auth, "parameters", ()))

    def logs_in(asked: str) -> bool:
        return connector.auth.logs_in(asked, base_url)

    def find(name: str) -> str:
        value = credentials.get(name)
        if store is not None:
            store.scope[name] = value
        return value

    if store is None:
        root = url.path.rstrip("/")
        recording = Recording(transport, redactor, None, logs_in=logs_in, unsent=unsent, root=root)
    else:
        safe = redactor.text(base_url) if redactor else base_url
        store = store if store.about.base_url else Store(store.folder, replace(store.about, base_url=safe))
        recording = store.recording(transport, redactor, logs_in=logs_in, unsent=unsent, refresh=keeping.refresh)
    scoped = connector.scoped(find)
    return Route(scoped, base_url, connector.auth, recording, limiter, store, recording, tuple(notes), redactor)


def _secrets(credentials: Credentials) -> dict[str, str]:
    """The values that no answer may repeat: not a user's name or a shop's, which texts may hold by chance."""
    return {
        name: value
        for name, value in credentials.in_use().items()
        if is_secret(name) or "key" in words(name) or name.startswith("issued")
    }
