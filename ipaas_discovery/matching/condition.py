"""Condition on a record, in words an analyst writes: `status = refunded and total > 0`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ipaas_discovery.samples.sample import Record

__all__ = ["Condition"]


@dataclass(frozen=True, slots=True)
class Condition:
    """Comparisons of fields with values, joined by `and` and `or`; `or` binds least.

    Operators: =, !=, <, <=, >, >=, contains, in (a, b), is empty, is not empty.
    """

    text: str

    @classmethod
    def parse(cls, text: str) -> Condition:
        """Read a condition.

        Raises:
            ConfigurationError: if it is none; names the place and the operators.
        """
        raise NotImplementedError

    @property
    def paths(self) -> tuple[str, ...]:
        """The fields it asks for."""
        raise NotImplementedError

    def holds(self, record: Record) -> bool:
        """Tell whether a record meets it."""
        raise NotImplementedError

    def count(self, records: Iterable[Record]) -> int:
        """Count the records that meet it."""
        raise NotImplementedError
