"""What an analyst says of redaction, beyond what is recognised as personal."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fnmatch import fnmatchcase

from ipaas_discovery.errors import ConfigurationError, UnknownNameError

__all__ = ["UserRules"]


@dataclass(frozen=True, slots=True)
class UserRules:
    """What the analyst widens or narrows: fields such as `orders.status`, all below a field, or `*.email`.

    >>> rules = UserRules(keep=("orders.status", "customers.addresses"), hide=("customers.notes",))
    >>> rules.says(("customers.addresses.city",)), rules.says(("customers.notes",)), rules.says(("orders.id",))
    (False, True, None)
    """

    keep: tuple[str, ...] = ()
    hide: tuple[str, ...] = ()

    def says(self, places: Iterable[str]) -> bool | None:
        """Whether the rules hide (True) or keep (False) a field; hiding wins, None where they say nothing."""
        found = tuple(places)
        if any(_covers(rule, place) for rule in self.hide for place in found):
            return True
        return False if any(_covers(rule, place) for rule in self.keep for place in found) else None

    def check(self, collections: Iterable[str], where: str) -> None:
        """Make sure that every rule names a collection that there is.

        Raises:
            UnknownNameError: for the first that does not, with the nearest.
            ConfigurationError: for a rule that names no field.
        """
        known = sorted(set(collections))
        for rule in self.keep + self.hide:
            collection, _, field = rule.partition(".")
            if not field:
                then = "write a collection and a field, such as 'orders.status', or '*.status' for all collections"
                raise ConfigurationError(f"'{rule}' under [redact] names no field", where=where, then=then)
            if not any(fnmatchcase(name, collection) for name in known):
                raise UnknownNameError("collection under [redact]", collection, known, where=where)


def _covers(rule: str, place: str) -> bool:
    rule, place = rule.replace("[]", ""), place.replace("[]", "")
    return fnmatchcase(place, rule) or fnmatchcase(place, f"{rule}.*")
