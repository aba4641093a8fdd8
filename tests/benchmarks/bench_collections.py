"""Collections: which one of a vendor's belongs to which type of iPaaS.com, by names alone."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ipaas_discovery.knowledge.ipaas_collections import ipaas_collections
from ipaas_discovery.matching.collections.collection_matches import match_collections

LABELS = Path(__file__).with_name("collection_labels.toml")


def vendors(half: str) -> list[dict[str, Any]]:
    """The labelled vendors of one half."""
    return [row for row in tomllib.loads(LABELS.read_text(encoding="utf-8"))["vendors"] if row["half"] == half]


def judged(vendor: dict[str, Any]) -> tuple[int, int, int, int, list[str]]:
    """Right proposals, all proposals, labelled types, traps taken, and what is wrong, in words."""
    chosen = {row.ipaas: row.third_party for row in match_collections(ipaas_collections(), vendor["collections"])}
    right = sum(chosen.get(name) in names for name, names in vendor["pairs"].items())
    wrong = [
        f"{name}: {chosen.get(name)}, not {' or '.join(vendor['pairs'].get(name, ['any']))}"
        for name in sorted({*chosen, *vendor["pairs"]})
        if chosen.get(name) not in vendor["pairs"].get(name, [])
    ]
    traps = sum(chosen.get(name) == collection for name, collection in vendor["traps"])
    return right, len(chosen), len(vendor["pairs"]), traps, wrong


def lines() -> Iterator[str]:
    """A row a vendor and a row a half."""
    yield "| half | system | right of those proposed | of those labelled | traps taken |"
    yield "|---|---|---|---|---|"
    for half in ("tuning", "test"):
        rows = [(vendor, judged(vendor)) for vendor in vendors(half)]
        for vendor, (right, proposed, labelled, traps, _) in rows:
            yield (
                f"| {half} | {vendor['vendor']} | {right} of {proposed} | {right} of {labelled} | "
                f"{traps} of {len(vendor['traps'])} |"
            )
        right, proposed, labelled, traps = (sum(row[1][at] for row in rows) for at in range(4))
        yield f"| **{half}** | all | {right / proposed:.3f} | {right / labelled:.3f} | {traps} |"
