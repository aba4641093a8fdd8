"""Links that are known: one system's records name the ids that the other gave to the same things."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from ipaas_discovery.knowledge.name_words import split_words
from ipaas_discovery.knowledge.thesaurus import Thesaurus
from ipaas_discovery.samples.sample import Sample

__all__ = ["external_system", "known_links"]

MOST = 0.5
"""The share of an unnamed system's external ids that the other side has to know, before they are taken for its ids."""
DELETED = "DELETED:"


def known_links(
    left: Sample,
    right: Sample,
    links: Iterable[tuple[object, object]] = (),
    *,
    read: bool = True,
    system: str | None = None,
) -> dict[tuple[int, int], str]:
    """Find the positions of records that are linked, and the id by which; who is linked twice is not.

    Unless `read` is false, the lists of external ids in the records are read as well: of the systems in them the one
    counts that is called as the other side, else the one most of whose ids the other side has; or `system`, where its
    number is known.

    >>> from ipaas_discovery.samples.sample import Stop
    >>> external = {"system_id": 3, "external_id": "X1"}
    >>> ours = Sample("a", "orders", ({"id": 5, "external_ids": [external]},), Stop.COMPLETE)
    >>> theirs = Sample("b", "orders", ({"id": "W9"}, {"id": "X1"}), Stop.COMPLETE)
    >>> known_links(ours, theirs)
    {(0, 1): 'X1'}
    """
    ours, theirs = _ids(left), _ids(right)
    pairs = [(ours[str(a)], theirs[str(b)], str(b)) for a, b in links if str(a) in ours and str(b) in theirs]
    if read:
        pairs += [(at, theirs[name], name) for at, name in _external(left, theirs, right.system, system)]
        pairs += [(ours[name], at, name) for at, name in _external(right, ours, left.system, system)]
    partners: tuple[dict[int, set[int]], dict[int, set[int]]] = ({}, {})
    for a, b, _ in pairs:
        partners[0].setdefault(a, set()).add(b)
        partners[1].setdefault(b, set()).add(a)
    return {(a, b): name for a, b, name in pairs if len(partners[0][a]) == 1 == len(partners[1][b])}


def _ids(sample: Sample) -> dict[str, int]:
    rows: dict[str, list[int]] = {}
    for at, record in enumerate(sample.records):
        if isinstance(record, Mapping) and isinstance(record.get("id"), str | int):
            rows.setdefault(str(record["id"]), []).append(at)
    return {name: positions[0] for name, positions in rows.items() if len(positions) == 1}


def external_system(left: Sample, right: Sample) -> str:
    """Return the number under which one side's external ids name the other, empty where that does not show."""
    for sample, other in ((left, right), (right, left)):
        rows = _by_system(sample, other.system)
        if best := _best(rows, _ids(other)):
            return best
    return ""


def _external(
    sample: Sample, others: Mapping[str, int], system_name: str, system: str | None
) -> Iterator[tuple[int, str]]:
    """List the rows and external ids of the system on the other side, as far as that has them."""
    rows = _by_system(sample, system_name)
    best = system if system in rows[0] else _best(rows, others)
    yield from ((at, name) for at, name in rows[0].get(best or "", ()) if name in others)


def _by_system(sample: Sample, system_name: str) -> tuple[dict[str, list[tuple[int, str]]], set[str]]:
    """Collect rows and external ids by the number of their system, and the numbers that are called `system_name`."""
    by_system: dict[str, list[tuple[int, str]]] = {}
    called: set[str] = set()
    for at, record in enumerate(sample.records):
        for key, value in record.items() if isinstance(record, Mapping) else ():
            if isinstance(value, list) and Thesaurus.load().container(split_words(key)) == ("external", "id"):
                for item in value:
                    for system, name in _named(item):
                        by_system.setdefault(system, []).append((at, name))
                        if system_name and str(item.get("system_name", "")).casefold() == system_name.casefold():
                            called.add(system)
    return by_system, called


def _best(rows: tuple[Mapping[str, list[tuple[int, str]]], set[str]], others: Mapping[str, int]) -> str:
    """Choose the system that is called as the other side, or most of whose ids the other side has."""
    by_system, called = rows
    shares = {system: sum(name in others for _, name in ids) / len(ids) for system, ids in by_system.items()}
    best = max(shares, key=lambda system: (system in called, shares[system], system), default="")
    return best if best and (best in called or shares[best] >= MOST) else ""


def _named(item: Any) -> Iterator[tuple[str, str]]:  # noqa: ANN401  any JSON value
    if isinstance(item, Mapping) and isinstance(item.get("external_id"), str | int):
        name = str(item["external_id"])
        if not name.startswith(DELETED):
            yield str(item.get("system_id", "?")), name
