"""Rules by which a delivered flow differs from the ordered one; a new one is a function here and a name in the list."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from ipaas_discovery.knowledge.platform.field_spellings import same_field, spelled
from ipaas_discovery.matching.mapping import Mapping
from ipaas_discovery.vocabulary import Method
from ipaas_discovery.worksheet.delivery.delivered_collection import DeliveredCollection, DeliveredRow
from ipaas_discovery.worksheet.delivery.delivery_gap import DeliveredFlow, DeliveryGap, GapKind
from ipaas_discovery.worksheet.delivery.filters import is_switched_off, passes_all

__all__ = ["GAP_RULES"]


def _methods(flow: DeliveredFlow) -> Iterator[DeliveryGap]:
    """Compare the methods of all its mapping collections with those that are ordered."""
    delivered = [(row, row.methods) for row in flow.held]
    words = ", ".join(dict.fromkeys(row.sync_type or "none" for row in flow.held))
    ordered = ", ".join(flow.ordered.methods)
    if any(methods is None for _, methods in delivered):
        yield flow.gap(GapKind.SYNC_TYPE, ordered, words, "check what its sync type does", flow.held)
        return
    held = {method for _, methods in delivered for method in methods or ()}
    missing = [method for method in flow.ordered.methods if method not in held]
    further = [method for method in Method if method in held and method not in flow.ordered.methods]
    if missing or further:
        steps = [f"add {', '.join(missing)}" if missing else "", f"take out {', '.join(further)}" if further else ""]
        yield flow.gap(GapKind.SYNC_TYPE, ordered, words, " and ".join(filter(None, steps)), flow.held)


def _switched_off(flow: DeliveredFlow) -> Iterator[DeliveryGap]:
    for row in flow.held:
        if is_switched_off(row.filter):
            yield flow.gap(GapKind.SWITCHED_OFF, "in use", f"filter {row.filter}", "take the filter out", [row])


def _twice(flow: DeliveredFlow) -> Iterator[DeliveryGap]:
    """Find mapping collections that do the same to the same records, which are then written more than once."""
    alike: dict[tuple[Method, str], list[DeliveredCollection]] = {}
    for row in flow.held:
        for method in row.methods or ():
            if not is_switched_off(row.filter):
                alike.setdefault((method, "" if passes_all(row.filter) else row.filter), []).append(row)
    doubled: dict[tuple[str, ...], list[Method]] = {}
    for (method, _), rows in alike.items():
        if len(rows) > 1:
            doubled.setdefault(tuple(row.id for row in rows), []).append(method)
    for ids, methods in doubled.items():
        rows = [row for row in flow.held if row.id in ids]
        delivered = f"{len(rows)} mapping collections"
        yield flow.gap(GapKind.NOT_ORDERED, f"one for {', '.join(methods)}", delivered, "switch all but one off", rows)


def _condition(flow: DeliveredFlow) -> Iterator[DeliveryGap]:
    """Compare whether there is a condition at all: the platform's is C#, which nobody runs here."""
    for row in flow.held:
        if is_switched_off(row.filter):
            continue
        open_ = passes_all(row.filter)
        if flow.ordered.condition and open_:
            yield flow.gap(GapKind.CONDITION, flow.ordered.condition, "every record", "write the filter", [row])
        elif not open_ and not flow.ordered.condition:
            yield flow.gap(GapKind.CONDITION, "every record", row.filter, "order the condition, or take it out", [row])


def _required(flow: DeliveredFlow) -> Iterator[DeliveryGap]:
    """Find the fields required on create that no row of a mapping collection fills, if it adds records."""
    for row in flow.held:
        if row.rows is None or Method.ADD not in (row.methods or ()) or Method.ADD not in flow.ordered.methods:
            continue
        for path in flow.required:
            if not any(_fills(mapping, path) for mapping in row.rows):
                yield flow.gap(GapKind.REQUIRED, "required on create", "no row fills it", "map it", [row], path)


def _fills(row: DeliveredRow, path: str) -> bool:
    """Tell whether a row fills a field, or the object it stands in."""
    parts = path.split(".")
    return any(same_field(row.destination, ".".join(parts[:length])) for length in range(1, len(parts) + 1))


def _mappings(flow: DeliveredFlow) -> Iterator[DeliveryGap]:
    """Compare what people decided of a field with the rows that fill it; a mere proposal orders nothing."""
    name = flow.ordered.name if flow.ordered in flow.entry.named_flows else ""
    for mapping in flow.entry.mappings(flow.ordered.direction, name):
        if mapping.decided:
            for row in flow.held:
                if row.methods != (Method.DELETE,):
                    yield from _of_field(flow, mapping, row)


def _of_field(flow: DeliveredFlow, mapping: Mapping, row: DeliveredCollection) -> Iterator[DeliveryGap]:
    if row.rows is None:
        return
    filling = [one for one in row.rows if same_field(one.destination, mapping.destination)]
    if not filling:
        yield flow.gap(
            GapKind.MAPPING, _ordered_source(mapping), "no row fills it", "map it", [row], mapping.destination
        )
    elif not any(_same(mapping, one) for one in filling):
        delivered = ", ".join(one.source or one.default or one.kind for one in filling)
        yield flow.gap(
            GapKind.MAPPING, _ordered_source(mapping), delivered, "map it as ordered", [row], mapping.destination
        )
    elif mapping.default and not any(mapping.default in f"{one.default} {one.source}" for one in filling):
        wanted, given = f"else {mapping.default}", next((one.default for one in filling if one.default), "")
        yield flow.gap(
            GapKind.MAPPING, wanted, f"else {given}" if given else "no default", "give the default", [row],
            mapping.destination,
        )  # fmt: skip


def _ordered_source(mapping: Mapping) -> str:
    return ", ".join(mapping.sources) or mapping.value or mapping.kind


def _same(mapping: Mapping, row: DeliveredRow) -> bool:
    """Tell whether a row reads what is ordered: the same field, the same constant; of a formula, every source."""
    if mapping.kind == "constant":
        return row.source.strip('"') == mapping.value or (not row.source and row.default == mapping.value)
    if mapping.kind == "field":
        return same_field(row.source, mapping.sources[0])
    text = spelled(row.source)
    return bool(row.translation) or all(spelled(path.rpartition("[].")[2]) in text for path in mapping.sources)


GAP_RULES: tuple[Callable[[DeliveredFlow], Iterator[DeliveryGap]], ...] = (
    _methods,
    _switched_off,
    _twice,
    _condition,
    _required,
    _mappings,
)
