"""What `discovery.toml` may say: which two systems, which collections belong together, where the worksheet is."""

from __future__ import annotations

from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from ipaas_discovery.errors import ConfigurationError, UnknownNameError
from ipaas_discovery.samples.plan import Plan
from ipaas_discovery.samples.redact import Rules
from ipaas_discovery.validation import read_toml, validated
from ipaas_discovery.words import collection_name

__all__ = ["CollectionPair", "Integration", "Side"]


class _Settings(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)


class Side(_Settings):
    """One system: a catalogue name or a connector file, and which place of it."""

    connector: str
    environment: str | None = None
    base_url: str | None = None
    openapi: tuple[str, ...] = ()


class SampleSettings(_Settings):
    """How much to read of each collection."""

    pages: int = Field(default=10, ge=1)
    size: int = Field(default=20, ge=1)


class RedactSettings(_Settings):
    """Fields, such as `orders.status`, to keep as they are or to hide, beyond what is recognised as personal."""

    keep: tuple[str, ...] = ()
    hide: tuple[str, ...] = ()


class CollectionPair(_Settings):
    """One iPaaS.com collection and the third party's collection that belongs to it."""

    ipaas: str
    third_party: str


class Integration(_Settings):
    """An integration's settings, validated."""

    title: str
    worksheet: str = "worksheet.yaml"
    ipaas: Side
    third_party: Side
    sample: SampleSettings = SampleSettings()
    redact: RedactSettings = RedactSettings()
    collections: tuple[CollectionPair, ...] = ()

    @property
    def plan(self) -> Plan:
        """The sampling plan these settings amount to."""
        return Plan(self.sample.pages, self.sample.size)

    @property
    def rules(self) -> Rules:
        """What these settings say of redaction."""
        return Rules(self.redact.keep, self.redact.hide)

    @classmethod
    def read(cls, path: Path) -> Integration:
        """The settings in a file, collections spelled as the platform spells them.

        Raises:
            UnknownNameError: for a key that is not known, with the nearest.
            ConfigurationError: for a missing file, a missing key or a wrong value.
        """
        missing = "run this in a workspace (`ipaas-discovery new FOLDER` makes one), or say where the file is"
        content = validated(cls, read_toml(path, missing=missing), where=str(path))
        pairs = tuple(each.model_copy(update={"ipaas": collection_name(each.ipaas)}) for each in content.collections)
        return content.model_copy(update={"collections": pairs})

    def require_pairs(self, third_party: tuple[str, ...], where: str) -> None:
        """Make sure that there is something to compare.

        Raises:
            ConfigurationError: if no collections are paired, naming those of the third party.
        """
        if not self.collections:
            then = "add a [[collections]] table with `ipaas` (such as CUSTOMER) and `third_party` (one of: "
            raise ConfigurationError("No collections are paired", where=where, then=f"{then}{', '.join(third_party)})")

    def check_names(self, ipaas: tuple[str, ...], third_party: tuple[str, ...], where: str) -> None:
        """Make sure that every collection named here exists on its side, and those under [redact] on either.

        Raises:
            UnknownNameError: for the first that does not, with the nearest.
        """
        for pair in self.collections:
            if pair.ipaas not in ipaas:
                raise UnknownNameError("iPaaS.com collection", pair.ipaas, ipaas, where=where)
            if pair.third_party not in third_party:
                raise UnknownNameError("third-party collection", pair.third_party, third_party, where=where)
        self.rules.check((*ipaas, *third_party), where)
