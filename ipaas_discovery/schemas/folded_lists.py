"""The analyst's word on lists of names and values: which stay folded, and which are unfolded all the same."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ipaas_discovery.errors import ConfigurationError, UnknownNameError

__all__ = ["FoldedLists"]


@dataclass(frozen=True, slots=True)
class FoldedLists:
    """Lists by collection and path, such as `products.custom_fields`.

    >>> FoldedLists(fold=("products.custom_fields",), unfold=("orders.meta",)).of("products")
    (('custom_fields',), ())
    """

    fold: tuple[str, ...] = ()
    unfold: tuple[str, ...] = ()

    def of(self, collection: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Return the paths to fold and those to unfold in a collection."""
        start = f"{collection}."
        fold, unfold = (
            tuple(rule.removeprefix(start) for rule in rules if rule.startswith(start))
            for rules in (self.fold, self.unfold)
        )
        return fold, unfold

    def check(self, collections: Iterable[str], where: str) -> None:
        """Make sure that every rule names a collection that exists, and a list.

        Raises:
            UnknownNameError: for the first collection that does not exist, with the nearest.
            ConfigurationError: for a rule that names no list, or one that is both folded and unfolded.
        """
        known = sorted(set(collections))
        for rule in self.fold + self.unfold:
            if any(rule.startswith(f"{name}.") for name in known):
                continue
            collection, _, path = rule.partition(".")
            if not path:
                then = "write a collection and a list, such as 'products.custom_fields'"
                raise ConfigurationError(f"'{rule}' under [lists] names no list", where=where, then=then)
            raise UnknownNameError("collection under [lists]", collection, known, where=where)
        if both := sorted({*self.fold} & {*self.unfold}):
            raise ConfigurationError(f"'{both[0]}' is both folded and unfolded", where=where, then="keep one")
