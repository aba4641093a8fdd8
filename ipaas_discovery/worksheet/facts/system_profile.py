"""Profile of a system: how to log in, what limits it has, which versions and environments, how much it holds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from ipaas_discovery.knowledge.name_words import split_words
from ipaas_discovery.knowledge.sensitive_names import is_secret
from ipaas_discovery.renderings.card import Card
from ipaas_discovery.systems.connectors.connector import Connector
from ipaas_discovery.systems.openapi import Documents
from ipaas_discovery.systems.openapi.notices.notice import Notice
from ipaas_discovery.vocabulary import Grade
from ipaas_discovery.worksheet.facts.refused_answers import (
    PLATFORM_DUPLICATES,
    PLATFORM_ERRORS,
    duplicates_of,
    error_form_of,
)

__all__ = ["DUPLICATES", "ERRORS", "OWNER", "UNKNOWN", "Preset", "ProfileRow", "SystemProfile", "Volume", "profile_of"]

UNKNOWN = "unknown: ask"
OWNER, DUPLICATES, ERRORS = "owner", "duplicates", "form of errors"
"""Subjects of which a person is asked, whatever the data say."""
HEADER, BODY = "Header", "BodyJsonPath"
EXTRACTED = {
    "AuthToken": (("authorization", "signature", "token", "hmac"), HEADER),
    "Scope": (("scope", "event", "event type", "topic", "type"), BODY),
    "ExternalId": (("id", "external id", "resource id", "record id"), BODY),
}
"""Parts of a webhook that the platform extracts, by what they are usually called, and where."""
PLATFORM_SENDS = ("Header: Authorization, after Bearer", "BodyJsonPath: notifications[].scope",
                  "BodyJsonPath: notifications[].external_id")  # fmt: skip
"""Places of these parts in the webhooks that the platform itself sends."""


@dataclass(frozen=True, slots=True)
class ProfileRow(Card):
    """One property of a system: what is known of it, and how."""

    subject: str
    value: str
    grade: str = Grade.UNKNOWN.value


@dataclass(frozen=True, slots=True)
class Preset(Card):
    """A value that every subscriber gives: one of the platform's presets."""

    name: str
    data_type: str
    description: str


@dataclass(frozen=True, slots=True)
class Volume:
    """Number of records of a collection; `total` is None where the system does not say."""

    collection: str
    read: int | None = None
    total: int | None = None


@dataclass(frozen=True, slots=True)
class SystemProfile(Card):
    """Everything the kit knows of one system as a whole."""

    name: str = ""
    rows: tuple[ProfileRow, ...] = ()
    presets: tuple[Preset, ...] = ()
    webhooks: tuple[ProfileRow, ...] = ()


def profile_of(  # noqa: PLR0913  all but four are optional keywords
    name: str,
    connector: Connector,
    documents: Documents,
    volumes: Iterable[Volume],
    *,
    environment: str = "",
    zones: tuple[str, ...] = (),
    growth: tuple[ProfileRow, ...] = (ProfileRow("growth", UNKNOWN),),
    problems: Iterable[str] = (),
    platform: bool = False,
) -> SystemProfile:
    """Describe one system from its connector, its descriptions and what was read.

    Args:
        name: the system's, as people call it.
        connector: what its API is.
        documents: its API descriptions.
        volumes: the records of its collections.
        environment: the one that was read.
        zones: the time zones that its date-times name, the most frequent first.
        growth: how many records were created of late, as far as records say so.
        problems: why collections could not be read.
        platform: True for iPaaS.com itself, whose webhooks are documented.
    """
    rows = (
        ProfileRow("authentication", _log_in(connector), Grade.DECLARED.value),
        *_environments(connector, environment),
        *_versions(connector, documents),
        *_limits(connector),
        _times(zones),
        _check(connector),
        *_volumes(volumes),
        *_notes(connector),
        *growth,
        *_contacts(documents),
        ProfileRow(OWNER, UNKNOWN),
        *_refusing(documents, problems, platform=platform),
    )
    notices = tuple(notice for api in documents.descriptions for notice in api.notices)
    return SystemProfile(name, rows, tuple(_presets(connector)), tuple(_webhooks(notices, platform=platform)))


def _webhooks(notices: Sequence[Notice], *, platform: bool) -> Iterator[ProfileRow]:
    """Yield where a webhook says who sends it, what happened, and to which record."""
    for at, (part, (names, place)) in enumerate(EXTRACTED.items()):
        if platform:
            yield ProfileRow(part, PLATFORM_SENDS[at], "documented by the platform")
            continue
        counts = Counter(path for notice in notices for path in _places(notice, names, place))
        best = min(counts, key=lambda path: (-counts[path], len(path), path), default="")
        fact = f"{place}: {best}, in {counts[best]} of {len(notices)} webhooks described"
        yield ProfileRow(part, fact, Grade.INFERRED.value) if best else ProfileRow(part, UNKNOWN)


def _places(notice: Notice, names: tuple[str, ...], place: str) -> Iterator[str]:
    """Yield the headers, or the paths of the body, that are named as a part of a webhook is."""
    for path in notice.headers if place == HEADER else notice.fields:
        words = split_words(path.rpartition(".")[2])
        if set(words) & set(names) if place == HEADER else words in {tuple(name.split()) for name in names}:
            yield path


def _log_in(connector: Connector) -> str:
    kind = connector.auth.kind
    secrets = ", ".join(connector.auth.secrets)
    return f"{kind}, with {secrets}" if secrets else kind


def _environments(connector: Connector, used: str) -> Iterator[ProfileRow]:
    for name, place in connector.environments.items():
        read = " (read for this worksheet)" if name == used else ""
        yield ProfileRow("environment", f"{name}: {place.base_url}{read}", Grade.DECLARED.value)


def _versions(connector: Connector, documents: Documents) -> Iterator[ProfileRow]:
    for api in documents.descriptions:
        words = " ".join(filter(None, (api.title, api.version)))
        yield ProfileRow("version", words or "an API description without a version", Grade.DECLARED.value)
    if not documents.descriptions:
        yield ProfileRow("version", "no API description was read")
    yield ProfileRow("connector", f"{connector.title}, connector version {connector.version}", Grade.DECLARED.value)


def _limits(connector: Connector) -> Iterator[ProfileRow]:
    limits = connector.limits
    words = [f"{limits.in_flight} calls at a time"]
    words += [f"{limits.per_minute} calls a minute"] if limits.per_minute else []
    headers = (limits.remaining_header, limits.used_header, limits.reset_header)
    named = ", ".join(filter(None, headers))
    yield ProfileRow("limits kept", ", ".join(words), Grade.DECLARED.value)
    if named:
        yield ProfileRow("limits told", f"by the headers {named}", Grade.DECLARED.value)
    else:
        yield ProfileRow("limits told", "no header is known")


def _notes(connector: Connector) -> Iterator[ProfileRow]:
    for name, spec in connector.collections.items():
        if spec.note:
            yield ProfileRow(f"note on {name}", spec.note, Grade.DECLARED.value)


def _times(zones: tuple[str, ...]) -> ProfileRow:
    if zones:
        return ProfileRow("time zones", f"date-times name {', '.join(zones)}", Grade.OBSERVED.value)
    return ProfileRow("time zones", UNKNOWN)


def _contacts(documents: Documents) -> Iterator[ProfileRow]:
    named = dict.fromkeys(api.contact for api in documents.descriptions if api.contact)
    yield from (ProfileRow("contact", contact, Grade.DECLARED.value) for contact in named)
    if not named:
        yield ProfileRow("contact", UNKNOWN)


def _refusing(documents: Documents, problems: Iterable[str], *, platform: bool) -> Iterator[ProfileRow]:
    """Yield how the system rejects a duplicate, and in which form it tells of errors."""
    if platform:
        yield ProfileRow(DUPLICATES, PLATFORM_DUPLICATES, Grade.DOCUMENTED.value)
        yield ProfileRow(ERRORS, PLATFORM_ERRORS, Grade.DOCUMENTED.value)
        return
    described = documents.descriptions
    yield ProfileRow(DUPLICATES, *(duplicates_of(described) or (UNKNOWN,)))
    yield ProfileRow(ERRORS, *(error_form_of(described, problems) or (UNKNOWN,)))


def _check(connector: Connector) -> ProfileRow:
    """Propose a call by which a connection can be checked: the first list that needs no parent."""
    first = next((spec.list for spec in connector.collections.values() if spec.list and not spec.parent), None)
    if first is None:
        return ProfileRow("validation call", UNKNOWN)
    return ProfileRow("validation call", f"GET {first}, one record", Grade.INFERRED.value)


def _volumes(volumes: Iterable[Volume]) -> Iterator[ProfileRow]:
    for volume in volumes:
        if volume.total is not None:
            yield ProfileRow("volume", f"{volume.collection}: {volume.total} records", Grade.OBSERVED.value)
        elif volume.read:
            fact = f"{volume.collection}: {volume.read} records read, the total unknown"
            yield ProfileRow("volume", fact, Grade.OBSERVED.value)
        else:
            yield ProfileRow("volume", f"{volume.collection}: not read")


def _presets(connector: Connector) -> Iterator[Preset]:
    """Yield what a subscriber gives: the address, names of the scope, and credentials."""
    addresses = [place.base_url for place in connector.environments.values() if not place.files]
    if addresses:
        yield Preset("API URL", "string", f"base address, such as {addresses[0]}")
    for name, meaning in sorted(connector.scope.items()):
        yield Preset(name, "string", meaning)
    for name in connector.auth.secrets:
        kind = "password" if is_secret(name) else "string"
        yield Preset(name, kind, f"credential of {connector.title}, for the log-in by {connector.auth.kind}")
