"""Evidence on each pair of collections, read from its file when somebody asks for it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, MutableMapping

from ipaas_discovery.worksheet.entry import Entry

__all__ = ["Pair", "PairEvidence"]

Pair = tuple[str, str]


class PairEvidence(MutableMapping[Pair, Entry]):
    """Entries by their pair, in order; those in files are read one by one, as they are asked for.

    Args:
        entries: those at hand, which no file holds yet.
        in_files: pairs of which there are files.
        read: reads the file of a pair; None where it holds no evidence on that pair.
    """

    def __init__(
        self,
        entries: Mapping[Pair, Entry] | None = None,
        *,
        in_files: Iterable[Pair] = (),
        read: Callable[[Pair], Entry | None] | None = None,
    ) -> None:
        self._entries: dict[Pair, Entry | None] = {**dict.fromkeys(in_files), **(entries or {})}
        self._read = read
        self.unsaved: set[Pair] = set(entries or ())

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
