"""Settings in `discovery.toml`: which two systems, which collections belong together, where the worksheet is."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from ipaas_discovery.errors import ConfigurationError, UnknownNameError
from ipaas_discovery.knowledge.ipaas_collections import collection_name, ipaas_collections
from ipaas_discovery.renderings.card import Card
from ipaas_discovery.samples.plan import Plan
from ipaas_discovery.samples.redaction.user_rules import UserRules
from ipaas_discovery.schemas.folded_lists import FoldedLists
from ipaas_discovery.validation import read_toml, validated

__all__ = ["CollectionPair", "Settings", "SystemSettings"]


USUAL = Plan()


class _Settings(Card, BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)


class SystemSettings(_Settings):
    """One system: a catalogue name or a connector file, and the environment."""

    connector: str
    """A name of the catalogue, or a connector file beside this one."""
    environment: str | None = None
    """One of the connector's environments; by default its default."""
    base_url: str | None = None
    """The address instead of the environment's."""
    openapi: tuple[str, ...] = ()
    """API descriptions that were downloaded, where the API does not serve its own."""


class PlatformSettings(SystemSettings):
    """iPaaS.com's side: beside the rest, the subscription that is this integration's."""

    subscription: str = ""
    """The number or the name of the subscription, to compare what was delivered with the order."""


class SampleSettings(_Settings):
    """Size of a collection's sample, as far as it is given here: the words of a `Plan`."""

    pages: int = Field(default=USUAL.pages, ge=1)
    """Pages spread over each collection."""
    size: int = Field(default=USUAL.size, ge=1)
    """Records of a page, at most."""
    edges: bool = USUAL.edges
    """True to read the newest, the oldest and one page a filter value as well."""
    values: int = Field(default=USUAL.values, ge=0)
    """Filter values with a page of their own, at most."""
    until_quiet: int = Field(default=USUAL.until_quiet, ge=0)
    """Go on until the last so many pages brought no new field; 0 stops at `pages`."""
    most_pages: int = Field(default=USUAL.most_pages, ge=1)
    """Pages of a collection, at most, when going on or looking for its end."""
    requests: int | None = Field(default=USUAL.requests, ge=1)
    """Calls for one collection, at most."""
    seconds: float | None = Field(default=USUAL.seconds, gt=0)
    """Seconds for the whole pull, in a pair for its collections."""
    details: int = Field(default=USUAL.details, ge=0)
    """Records asked for one by one as well, as that often gives more."""

    def applied(self, plan: Plan) -> Plan:
        """Return `plan` with the values that are given here."""
        return replace(plan, **self.model_dump(exclude_unset=True))


class RedactSettings(_Settings):
    """Fields, such as `orders.status`, to keep as they are or to hide, beyond what is recognised as personal."""

    keep: tuple[str, ...] = ()
    """Fields that stay as they are, with all below them."""
    hide: tuple[str, ...] = ()
    """Fields that are replaced whatever they hold; `*` stands for any collection or name."""


class ListSettings(_Settings):
    """Lists of names and values, such as `products.custom_fields`, to fold or to unfold beyond what is recognised."""

    fold: tuple[str, ...] = ()
    """Lists that stay lists."""
    unfold: tuple[str, ...] = ()
    """Lists whose entries become fields by their names."""


class ShareSettings(_Settings):
    """Values that may be shared though they have the form of personal data, such as the shop's own address."""

    allow: tuple[str, ...] = ()
    """Those values, as they are written."""


class MatchSettings(_Settings):
    """Evidence for matches beyond the kit's own: an embedding model in a folder, if one is named."""

    embeddings: str = ""
    """The folder of the model; never downloaded, off if empty."""


class CollectionPair(_Settings):
    """One iPaaS.com collection and the third party's collection that belongs to it, and how much of both to read."""

    ipaas: str
    """iPaaS.com's collection type, or its plain name."""
    third_party: str
    """The third party's collection."""
    sample: SampleSettings = SampleSettings()
    """This pair's own sample, beside what `[sample]` says."""


def _iso(value: object) -> object:
    """Take a day that TOML read as a date."""
    return value.isoformat() if isinstance(value, date) else value


class Settings(_Settings):
    """An integration's settings, validated; `day` is that of the pull to look at, the latest by default."""

    title: str
    """The integration's name."""
    worksheet: str = "worksheet.yaml"
    """The file of decisions."""
    day: Annotated[str | None, BeforeValidator(_iso)] = None
    """The day whose pull is looked at; by default the latest."""
    ipaas: PlatformSettings
    """iPaaS.com's side."""
    third_party: SystemSettings
    """The other side."""
    sample: SampleSettings = SampleSettings()
    """The size of each collection's sample."""
    redact: RedactSettings = RedactSettings()
    """Fields to hide or to keep beyond what is recognised."""
    lists: ListSettings = ListSettings()
    """Lists of names and values to fold or to unfold."""
    share: ShareSettings = ShareSettings()
    """Values that may be shared though they look personal."""
    matching: MatchSettings = MatchSettings()
    """Evidence beyond the kit's own."""
    collections: tuple[CollectionPair, ...] = ()
    """The pairs to begin with; what the worksheet says of pairs comes on top."""

    @property
    def plan(self) -> Plan:
        """Sampling plan these settings amount to."""
        return self.sample.applied(Plan())

    def plans(self) -> tuple[dict[str, Plan], dict[str, Plan]]:
        """Return the plans of collections whose pair has its own, by name: iPaaS.com's, the third party's.

        What `[sample]` says holds beside it, but for its `seconds`, which are for everything. Of several pairs
        with the same collection the first one that says something counts.
        """
        ipaas: dict[str, Plan] = {}
        third_party: dict[str, Plan] = {}
        for pair in self.collections:
            if pair.sample.model_fields_set:
                plan = pair.sample.applied(replace(self.plan, seconds=None))
                ipaas.setdefault(pair.ipaas, plan)
                third_party.setdefault(pair.third_party, plan)
        return ipaas, third_party

    @property
    def rules(self) -> UserRules:
        """Rules of redaction that these settings hold."""
        return UserRules(self.redact.keep, self.redact.hide)

    @property
    def folded(self) -> FoldedLists:
        """Lists that these settings fold and unfold."""
        return FoldedLists(self.lists.fold, self.lists.unfold)

    @classmethod
    def read(cls, path: Path) -> Settings:
        """Read the settings in a file, collections spelled as the platform spells them.

        Raises:
            UnknownNameError: for a key that is not known, with the nearest.
            ConfigurationError: for a missing file, a missing key or a wrong value.
        """
        missing = "run this in a workspace (`ipaas-discovery new FOLDER` makes one), or say where the file is"
        content = validated(cls, read_toml(path, missing=missing), where=str(path))
        pairs = tuple(pair.model_copy(update={"ipaas": collection_name(pair.ipaas)}) for pair in content.collections)
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
        """Make sure that every collection named here exists on its side, those under [redact] and [lists] on either.

        Any collection type of iPaaS.com exists, whether or not it can be read.

        Raises:
            UnknownNameError: for the first that does not, with the nearest.
        """
        types = tuple(dict.fromkeys((*ipaas_collections(), *ipaas)))
        for pair in self.collections:
            if pair.ipaas not in types:
                raise UnknownNameError("iPaaS.com collection", pair.ipaas, types, where=where)
            if pair.third_party not in third_party:
                raise UnknownNameError("third-party collection", pair.third_party, third_party, where=where)
        self.rules.check((*ipaas, *third_party), where)
        self.folded.check((*ipaas, *third_party), where)
