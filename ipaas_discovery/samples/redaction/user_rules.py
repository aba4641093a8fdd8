"""The user's own rules of redaction, beyond what is recognised as personal."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fnmatch import fnmatchcase

from ipaas_discovery.errors import ConfigurationError, UnknownNameError
from ipaas_discovery.renderings.card import Card

__all__ = ["UserRules"]


@dataclass(frozen=True, slots=True)
class UserRules(Card):
    """Fields that the user hides or keeps, such as `orders.status`, all below a field, or `*.email`.

    >>> rules = UserRules(keep=("orders.status", "customers.addresses"), hide=("customers.notes",))
    >>> [rules.rule_for((name,)) for name in ("customers.addresses.city", "customers.notes", "orders.id")]
    [False, True, None]
    """

    keep: tuple[str, ...] = ()
    hide: tuple[str, ...] = ()

    def rule_for(self, names: Iterable[str]) -> bool | None:
        """Give the rule for a field by its names: hide it (True), keep it (False), or none (None); hiding wins."""
        candidates = tuple(names)
        if any(_covers(rule, name) for rule in self.hide for name in candidates):
            return True
        return False if any(_covers(rule, name) for rule in self.keep for name in candidates) else None

    def check(self, collections: Iterable[str], where: str) -> None:
        """Make sure that every rule names a collection that exists.

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


def _covers(rule: str, name: str) -> bool:
    rule, name = rule.replace("[]", ""), name.replace("[]", "")
    return fnmatchcase(name, rule) or fnmatchcase(name, f"{rule}.*")
