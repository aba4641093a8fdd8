"""The folder `evidence/facts`: what an order writes out beside its flows, one file a pair, read when asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import fields
from functools import cache
from operator import attrgetter
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from ipaas_discovery.gc_pause import gc_paused
from ipaas_discovery.knowledge.table_reader import converted
from ipaas_discovery.renderings.texts import visible_in_quotes
from ipaas_discovery.worksheet.facts.pair_facts import Facts, PairFacts
from ipaas_discovery.worksheet.facts.system_profile import SystemProfile
from ipaas_discovery.worksheet.saving.evidence_files import FOLDER, file_name
from ipaas_discovery.worksheet.saving.machine_files import MachineFiles

__all__ = ["FactFiles"]

T = TypeVar("T")
PLAIN = {str, int, float, bool, type(None)}
FACTS = "facts"
PROFILES = {"ipaas": "ipaas.json", "third_party": "third_party.json"}
"""File of each system's profile."""


class FactFiles:
    """The facts beside a worksheet's file; written by the kit alone, the same facts as the same bytes."""

    def __init__(self, worksheet: Path) -> None:
        self.folder = worksheet.parent / FOLDER / FACTS
        self._files = MachineFiles(self.folder)

    def load(self, pairs: Iterable[tuple[str, str]]) -> tuple[Facts, tuple[str, ...]]:
        """Read the facts of `pairs`, and a note on each torn file; what is missing or torn is left out."""
        notes: list[str] = []

        def torn(name: str) -> None:
            notes.append(f"{FOLDER}/{FACTS}/{name} cannot be read; `ipaas-discovery discover` writes it anew")

        profiles = {side: self._read(name, SystemProfile, torn) or SystemProfile() for side, name in PROFILES.items()}
        known = {pair: self._read(file_name(pair), PairFacts, torn) for pair in pairs}
        return Facts(**profiles, pairs={pair: facts for pair, facts in known.items() if facts}), tuple(notes)

    def save(self, facts: Facts) -> None:
        """Write what differs from what is there, and remove the files of pairs that are no more.

        Raises:
            WorksheetError: if the disk will not have it.
        """
        with gc_paused():
            contents = {file_name(pair): _text(part) for pair, part in facts.pairs.items()}
        self._files.write(contents | {name: _text(getattr(facts, side)) for side, name in PROFILES.items()})

    def _read(self, name: str, kind: type[T], torn: Callable[[str], None]) -> T | None:
        return self._files.read(name, lambda data: converted(data, kind), torn)


def _text(part: object) -> bytes:
    return (visible_in_quotes("\n".join(_lines(_short(part)))) + "\n").encode()


def _short(part: Any) -> Any:  # noqa: ANN401  any part of the facts
    """Turn a part into plain data without what is as it is by default."""
    kind: Any = part.__class__
    if isinstance(part, tuple):
        return [one if one.__class__ in PLAIN else _short(one) for one in part]
    if not hasattr(kind, "__dataclass_fields__"):
        return part
    names, defaults, values_of = _parts(kind)
    return {
        name: value if value.__class__ in PLAIN else _short(value)
        for name, default, value in zip(names, defaults, values_of(part), strict=True)
        if value is not default and value != default and (value or value.__class__ in PLAIN)
    }


@cache
def _parts(kind: type[Any]) -> tuple[tuple[str, ...], tuple[Any, ...], Callable[[Any], tuple[Any, ...]]]:
    """List the parts of a dataclass, their defaults, and what reads them all at once."""
    slots = fields(kind)
    names = tuple(slot.name for slot in slots)
    values_of = attrgetter(*names) if len(names) > 1 else lambda part: (getattr(part, names[0]),)
    return names, tuple(slot.default for slot in slots), values_of


def _lines(value: Any) -> Iterator[str]:  # noqa: ANN401  plain data
    """Write JSON with each element of a list, such as a field of a collection, on a line of its own."""
    if not isinstance(value, Mapping) or not value:
        yield msgspec.json.encode(value).decode()
        return
    yield "{"
    for at, (name, part) in enumerate(value.items(), 1):
        body = [*_lines(part)] if isinstance(part, Mapping) else _listed(part)
        body[0] = f"{msgspec.json.encode(name).decode()}:{body[0]}"
        body[-1] += "," if at < len(value) else ""
        yield from body
    yield "}"


def _listed(part: Any) -> list[str]:  # noqa: ANN401  plain data
    if not isinstance(part, list):
        return [msgspec.json.encode(part).decode()]
    lines = [msgspec.json.encode(one).decode() for one in part]
    return ["[", *(f"{line}," for line in lines[:-1]), *lines[-1:], "]"]
