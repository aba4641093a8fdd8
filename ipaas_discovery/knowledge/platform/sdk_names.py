"""Names that the vendor's SDK has taken."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from ipaas_discovery.knowledge.table_reader import read_toml

__all__ = ["SdkNames", "sdk_names"]


@dataclass(frozen=True, slots=True)
class SdkNames:
    """Names of the SDK: `members` are those that every data model has, `called` those that written code calls."""

    members: frozenset[str]
    called: frozenset[str]

    @property
    def taken(self) -> frozenset[str]:
        """Names that no field can have."""
        return self.members | self.called


@cache
def sdk_names() -> SdkNames:
    """Read the names, once.

    >>> "TypeId" in sdk_names().members
    True
    """
    return read_toml("platform/sdk_names", SdkNames)
