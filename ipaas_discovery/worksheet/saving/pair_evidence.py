"""Evidence on each pair of collections, read from its file, or drafted, when somebody asks for it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, MutableMapping

from ipaas_discovery.worksheet.entry import Entry

__all__ = ["Pair", "PairEvidence"]

Pair = tuple[str, str]


class PairEvidence(MutableMapping[Pair, Entry]):
    """Entries by their pair, in order; those that are not at hand are read one by one, as they are asked for.

    Attributes:
        unsaved: pairs of which no file holds the evidence that is here.

    Args:
        entries: those at hand, which no file holds yet.
        unread: pairs whose evidence is not at hand.
        read: reads the evidence on a pair; None where there is none.
        saved: whether files hold what is read.
    """

    def __init__(
        self,
        entries: Mapping[Pair, Entry] | None = None,
        *,
        unread: Iterable[Pair] = (),
        read: Callable[[Pair], Entry | None] | None = None,
        saved: bool = True,
    ) -> None:
        self._entries: dict[Pair, Entry | None] = {**dict.fromkeys(unread), **(entries or {})}
        self._read = read
        self.unsaved: set[Pair] = set(entries or ()) if saved else set(self._entries)

    @property
    def unread(self) -> set[Pair]:
        """Pairs whose evidence nobody asked for yet."""
        return {pair for pair, entry in self._entries.items() if entry is None}

    def __getitem__(self, pair: Pair) -> Entry:
        entry = self._entries[pair]
        if entry is None:
            entry = (self._read and self._read(pair)) or Entry(pair[0], None, pair[1])
            self._entries[pair] = entry
        return entry

    def __setitem__(self, pair: Pair, entry: Entry) -> None:
        self._entries[pair] = entry
        self.unsaved.add(pair)

    def __delitem__(self, pair: Pair) -> None:
        del self._entries[pair]
        self.unsaved.discard(pair)

    def __contains__(self, pair: object) -> bool:
        return pair in self._entries

    def __iter__(self) -> Iterator[Pair]:
        return iter(self._entries)

    def __len__(self) -> int:
        return len(self._entries)
