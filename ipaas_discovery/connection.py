"""Open one system by the name of its connector; the embedded sandbox needs no set-up."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from ipaas_discovery.drafting.described_connector import connector_from
from ipaas_discovery.errors import ConfigurationError
from ipaas_discovery.knowledge.file_kinds import file_kinds
from ipaas_discovery.samples.storage.answer_policy import AnswerPolicy
from ipaas_discovery.system import System
from ipaas_discovery.systems.connectors.connector import Connector, load_connector
from ipaas_discovery.systems.http.network import in_process
from ipaas_discovery.systems.openapi import read_openapi

if TYPE_CHECKING:
    from ipaas_discovery.systems.http import Transport

__all__ = ["connect", "find_connector"]


def connect(  # noqa: PLR0913  all but one are optional keywords
    connector: str | Path,
    *,
    environment: str | None = None,
    base_url: str | None = None,
    credentials: Mapping[str, str] | None = None,
    transport: Transport | None = None,
    openapi: tuple[str, ...] = (),
    root: Path | None = None,
    on_page: Callable[[str, int], None] | None = None,
    answers: AnswerPolicy | None = None,
    day: str | None = None,
) -> System:
    """Open one system, ready to be asked; while its address or a secret is missing, to know what it declares.

    >>> with connect("bigcommerce") as store:
    ...     sample = store.pull("customer_groups")
    >>> store.name, len(sample) == sample.total
    ('Sandbox store (shaped like BigCommerce)', True)

    Args:
        connector: a catalogue name, the path of a connector file, or of an OpenAPI document.
        environment: the environment of the system, by the connector's name for it. Defaults to the connector's default.
        base_url: another address than the environment's.
        credentials: secrets by name. Others come from the environment, `.env`, the keyring or a prompt.
        transport: any httpx transport to use instead of the network.
        openapi: API descriptions to read instead of the environment's: paths under the base URL, or files.
        root: the folder that relative files, `.env` among them, are relative to. Defaults to the current one.
        on_page: called after each answer, with the collection and the number of records.
        answers: the policy for a real system's answers. Defaults to redacting personal data and storing nothing.
        day: the day (ISO) on which the embedded sandbox answers; its present by default.

    Raises:
        UnknownNameError: for a connector or environment that does not exist, with the nearest.
        ConfigurationError: for a connector file that is wrong.
    """
    root = root or Path()
    spec = find_connector(connector, root=root, base_url=base_url)
    if Path(connector).suffix in file_kinds().suffixes(holding="description"):
        openapi = openapi or (str(connector),)
    sandbox = spec.environment(environment).sandbox
    if sandbox and transport is None and base_url is None:
        transport = _sandbox(sandbox, spec, day)
    return System(
        spec,
        environment=environment,
        base_url=base_url,
        credentials=credentials,
        transport=transport,
        openapi=openapi,
        root=root,
        folder=(root / connector).parent,
        on_page=on_page,
        answers=answers,
    )


def find_connector(connector: str | Path, *, root: Path | None = None, base_url: str | None = None) -> Connector:
    """Find the connector that a catalogue name, a connector file or an OpenAPI document stands for.

    >>> find_connector("bigcommerce").title
    'BigCommerce'

    Raises:
        UnknownNameError: for a name that is not in the catalogue, with the nearest.
        ConfigurationError: for a file that is missing or wrong.
        DescriptionError: for a document that cannot be read.
    """
    path = (root or Path()) / connector
    if path.suffix in file_kinds().suffixes(holding="description"):
        return connector_from(read_openapi(path), name=path.stem, base_url=base_url)
    return load_connector(path if path.suffix == ".toml" else connector)


def _sandbox(name: str, connector: Connector, day: str | None) -> Transport:
    from ipaas_discovery.sandbox.serve import apps  # noqa: PLC0415  a live system needs no sandbox

    known = apps(day)
    if name not in known:
        raise ConfigurationError(
            f"There is no sandbox '{name}'", where=f"connector {connector.name}", then=f"write one of {sorted(known)}"
        )
    return in_process(known[name])
