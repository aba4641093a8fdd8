"""Rows of two tables that people look at: all flows that are ordered, and the scope of the integration."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from ipaas_discovery.worksheet.entry import Entry, WorksheetDocument

__all__ = ["FLOWS", "SCOPE", "flow_rows", "scope_rows"]

FLOWS = dict.fromkeys(
    ("collection", "third_party", "flow", "direction", "methods", "condition", "meets", "trigger", "collision"), "str"
)
SCOPE = dict.fromkeys(("system", "collection", "scope", "reason", "route"), "str")
SIDES = ("iPaaS.com", "third party")


def flow_rows(entry: Entry) -> Iterator[dict[str, Any]]:
    """Yield a row for each flow of an entry."""
    counts = {count.name: str(count) for count in entry.counts}
    for flow in entry.flows:
        yield {
            "collection": entry.collection,
            "third_party": entry.third_party,
            "flow": flow.name,
            "direction": flow.direction.value,
            "methods": ", ".join(flow.methods),
            "condition": flow.condition,
            "meets": counts.get(flow.name, ""),
            "trigger": " ".join(filter(None, (flow.trigger, flow.every))),
            "collision": flow.collision,
        }


def scope_rows(document: WorksheetDocument, unpaired: Iterable[tuple[str, str, str]]) -> Iterator[dict[str, str]]:
    """Yield a row for each collection: those of pairs, those that people left out, and those that nobody spoke of.

    Args:
        document: what people decided.
        unpaired: collections that the kit found in no pair: the system, the name, and why.
    """
    known: dict[tuple[str, str], tuple[str, str, str]] = {
        (side, name): ("open", why, "") for side, name, why in unpaired
    }
    for entry in document.entries:
        for place in zip(SIDES, entry.key, strict=True):
            if place[1] and known.get(place, ("open",))[0] != "in":  # in by one of its pairs is in
                known[place] = _scope_of(entry)
    for row in document.left_out:
        known[row.system, row.collection] = ("out", row.why, row.route)
    for side in SIDES:
        for (system, name), state in sorted(known.items()):
            if system == side:
                yield dict(zip(SCOPE, (system, name, *state), strict=True))


def _scope_of(entry: Entry) -> tuple[str, str, str]:
    decision = entry.decision
    if decision is None:
        return "open", f"{entry.title} is undecided", ""
    return "in" if decision.direction else "out", decision.why or f"{entry.title}: {entry.decided}", ""
