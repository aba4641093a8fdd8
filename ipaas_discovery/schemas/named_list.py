"""A list of names and values, as it was recognised: its keys, its names, and how often they come again."""

from __future__ import annotations

from dataclasses import dataclass

from ipaas_discovery.renderings.card import Card
from ipaas_discovery.samples.named_lists import come_again

__all__ = ["NamedList"]


@dataclass(frozen=True, slots=True)
class NamedList(Card):
    """The list at `path` whose elements each have a name under the key `name`, and a value under the key `value`.

    Attributes:
        path: the list.
        name: the key of the name.
        value: the key of the value.
        names: how many different names there are.
        lists: how many of the lists are not empty.
        values: how many elements they have.
    """

    path: str
    name: str
    value: str
    names: int
    lists: int
    values: int

    @property
    def are_fields(self) -> bool:
        """True if the names come again often enough to be fields."""
        return come_again(self.names, self.values)

    def __str__(self) -> str:
        """Say in a sentence by what the list was recognised.

        >>> print(NamedList("custom_fields", "name", "value", 2, 3, 5))
        custom_fields is a list of names and values: in all 3 lists each element has a name of its own and a value, \
5 values with 2 names
        """
        lists = "the one list" if self.lists == 1 else f"all {self.lists} lists"
        counts = [f"{n} {word}{'s'[: n != 1]}" for n, word in ((self.values, "value"), (self.names, "name"))]
        rare = "" if self.are_fields else ", too many to be fields"
        how = f"in {lists} each element has a {self.name} of its own and a {self.value}"
        return f"{self.path} is a list of names and values: {how}, {' with '.join(counts)}{rare}"
