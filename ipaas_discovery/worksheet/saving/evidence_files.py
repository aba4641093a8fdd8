"""The folder `evidence`: what the kit found, one file a pair and one for both systems, written by the kit alone."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, fields
from functools import cache
from operator import attrgetter
from pathlib import Path
from typing import Any
from zlib import crc32

import msgspec
from pydantic import TypeAdapter

from ipaas_discovery.gc_pause import gc_paused
from ipaas_discovery.matching import mapping as fills
from ipaas_discovery.matching.formulas.find_formula import Formula
from ipaas_discovery.matching.formulas.formula_text import parse_formula, write_formula
from ipaas_discovery.renderings.texts import visible_in_quotes
from ipaas_discovery.worksheet.entry import Entry
from ipaas_discovery.worksheet.parts import CollectionSide, Question, Text
from ipaas_discovery.worksheet.saving.machine_files import MachineFiles
from ipaas_discovery.worksheet.saving.pair_evidence import Pair, PairEvidence

__all__ = ["FOLDER", "EvidenceFiles", "Systems", "file_name"]

FOLDER = "evidence"
FORMAT = 1
SYSTEMS = "systems.json"
"""File of what is known of both systems as a whole."""
MAPPINGS = ("to", "from_")
LONGEST_NAME = 80


@dataclass(frozen=True, slots=True)
class Systems:
    """Facts of the kit on the integration as a whole.

    Attributes:
        ipaas: iPaaS.com's side, by name and environment.
        third_party: the other side.
        as_of: the day of the samples (ISO).
        questions: those asked once of the whole integration.
        unpaired: collections that are in no pair: the system, the name, and why.
        proposed: pairs of collections that names propose, and that nobody stated.
    """

    ipaas: CollectionSide = field(default_factory=lambda: CollectionSide("iPaaS.com"))
    third_party: CollectionSide = field(default_factory=CollectionSide)
    as_of: Text = ""
    questions: tuple[Question, ...] = ()
    unpaired: tuple[tuple[str, str, str], ...] = ()
    proposed: tuple[tuple[Text, Text], ...] = ()


class EvidenceFiles:
    """The evidence beside a worksheet's file."""

    def __init__(self, worksheet: Path) -> None:
        self.folder = worksheet.parent / FOLDER
        self._files = MachineFiles(self.folder)

    def load(self, pairs: Iterable[Pair], note: Callable[[str], object]) -> tuple[Systems, PairEvidence]:
        """Read what there is on both systems, and open what there is on `pairs` and on those proposed.

        What cannot be read is left out, at once or when it is asked for: a run of `discover` writes it anew.

        Args:
            pairs: the pairs of collections.
            note: told a sentence on each torn file.
        """

        def torn(name: str) -> None:
            note(f"{FOLDER}/{name} cannot be read; `ipaas-discovery discover` writes it anew")

        def read(pair: Pair) -> Entry | None:
            entry = self._files.read(file_name(pair), _entry, torn)
            return entry if entry and entry.key == pair else None

        systems = self._files.read(SYSTEMS, _systems, torn) or Systems()
        listed = dict.fromkeys((*pairs, *systems.proposed))
        return systems, PairEvidence(
            unread=[pair for pair in listed if self._files.is_whole(file_name(pair)) or read(pair)], read=read
        )

    def save(self, systems: Systems, pairs: Iterable[Pair], evidence: PairEvidence) -> None:
        """Write of `pairs` what is not saved, and remove the files of pairs that are no more.

        Raises:
            WorksheetError: if the disk will not have it.
        """
        names = {pair: file_name(pair) for pair in pairs}
        with gc_paused():
            contents = {name: _content(_plain_entry(evidence[pair])) for pair, name in names.items()
                        if pair in evidence.unsaved}  # fmt: skip
        contents[SYSTEMS] = _content(_plain(systems))
        self._files.write(contents, keep=set(names.values()))
        evidence.unsaved.clear()


def file_name(pair: tuple[str, str]) -> str:
    """Name the file of a pair; names that differ differ as files, on every system.

    >>> file_name(("TRANSACTION", "orders")), file_name(("CUSTOMER", "a/B"))
    ('TRANSACTION.orders.json', 'CUSTOMER.a_B-5022e66e.json')
    """
    words = [re.sub(r"[^\w-]+", "_", word)[:LONGEST_NAME] for word in pair]
    plain = words == list(pair) and pair[1] == pair[1].lower() and pair[0] == pair[0].upper()
    mark = "" if plain else f"-{crc32(repr(pair).encode('utf-8', 'surrogatepass')):08x}"
    return ".".join(filter(None, words)) + f"{mark}.json"


def _content(data: dict[str, Any]) -> bytes:
    text = msgspec.json.format(msgspec.json.encode({"format": FORMAT, **data}).decode(), indent=1)
    return (visible_in_quotes(text) + "\n").encode()


def _plain(part: Any) -> dict[str, Any]:  # noqa: ANN401  a dataclass
    plain: dict[str, Any] = _adapter(part.__class__).dump_python(part, mode="json", exclude_defaults=True)
    return plain


def _plain_entry(entry: Entry) -> dict[str, Any]:
    plain: dict[str, Any] = _adapter(Entry).dump_python(
        entry, mode="json", exclude_defaults=True, exclude=set(MAPPINGS)
    )
    return plain | {name: [_plain_mapping(row) for row in getattr(entry, name)] for name in MAPPINGS}


def _plain_mapping(row: fills.Mapping) -> dict[str, Any]:
    names, defaults, values_of = _defaults()
    plain = {
        name: value
        for name, default, value in zip(names, defaults, values_of(row), strict=True)
        if value is not default and value is not None and value != default
    }
    if row.formula:
        counts = (row.formula.explained, row.formula.of)
        plain["formula"] = {"text": write_formula(row.formula), "explains": counts, "others": row.formula.others}
    return plain


def _entry(data: dict[str, Any]) -> Entry:
    del data["format"]
    mappings = {name: tuple(map(_mapping, data.pop(name, ()))) for name in MAPPINGS}
    entry: Entry = _adapter(Entry).validate_python({**data, **mappings})
    return entry


def _mapping(data: dict[str, Any]) -> fills.Mapping:
    formula = data.pop("formula", None)
    for name in ("sources", "values"):
        data[name] = tuple(tuple(part) if isinstance(part, list) else part for part in data.get(name, ()))
    if formula:
        made = parse_formula(data["destination"], formula["text"])
        others = tuple((a, b) for a, b in formula["others"])
        explained, of = formula["explains"]
        data["formula"] = Formula(made.destination, made.sources, made.steps, explained, of, others)
    return fills.Mapping(**data)


def _systems(data: dict[str, Any]) -> Systems:
    del data["format"]
    systems: Systems = _adapter(Systems).validate_python(data)
    return systems


@cache
def _defaults() -> tuple[tuple[str, ...], tuple[Any, ...], Callable[[fills.Mapping], tuple[Any, ...]]]:
    """List the parts of a mapping that are plain data, their defaults, and what reads them all at once."""
    parts = [part for part in fields(fills.Mapping) if part.name != "formula"]
    names = tuple(part.name for part in parts)
    return names, tuple(part.default for part in parts), attrgetter(*names)


@cache
def _adapter(kind: type[Any]) -> TypeAdapter[Any]:
    return TypeAdapter(kind)
