"""Places of fields as a reader sees them: without what only wraps a list; addresses and lines may be written flat."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from ipaas_discovery.knowledge.answer_words import envelope_words
from ipaas_discovery.knowledge.name_words import bare, singulars, split_words
from ipaas_discovery.knowledge.thesaurus import Thesaurus
from ipaas_discovery.schemas.field_paths import named_part
from ipaas_discovery.schemas.schema import Field, split_path

__all__ = ["FieldPlace", "places_of"]

Words = tuple[str, ...]
Parts = tuple[str, ...]

ALIKE = 3
"""Lists of one object whose names begin alike, from which the beginning says nothing."""
FLAT, PLACED = 3, 2
"""Fields at least whose names begin with an address, and how many of them are parts of one."""
PREFIX = 3
"""Words of such a beginning at most."""
GLUED = 2
"""Letters of a beginning that is written as one with the rest."""
ADDRESS, LINE, PAYMENT = ("address",), ("line",), ("payment",)
COUNTED = frozenset({"quantity", "order", "line", "item"})
"""Words of how many a line is about; a least quantity is none."""
ITEM, UNIT_PRICE = frozenset({"item", "product"}), ("unit", "price")
MOSTLY = 0.8
"""Share of an object's fields that are parts of an address, from which it is one."""
PART_OF_ADDRESS = frozenset({"", "place", "name", "address"})
"""Sorts of value that belong to an address."""


@dataclass(frozen=True, slots=True)
class FieldPlace:
    """The name of a field, what stands above it, the object that it is a part of, and what its brothers mean."""

    name: str
    above: Parts
    parent: str
    beside: frozenset[Words]


def places_of(fields: Iterable[Field], thesaurus: Thesaurus) -> Mapping[str, FieldPlace]:
    """Tell the place of each field, by its path.

    >>> paths = ["bill_to_city", "bill_to_zip", "bill_to_country", "total", "lineItems.elements[].price"]
    >>> places = places_of(map(Field, paths), Thesaurus.load())
    >>> places["bill_to_city"].above, places["bill_to_city"].name, places["total"].above
    (('bill to',), 'city', ())
    >>> places["lineItems.elements[].price"].above
    ('lineItems[]',)
    """
    split = {field.path: _name_and_above(field) for field in fields}
    begins = _beginnings(split.values())
    flat = _flat_lines(split, thesaurus) | _flat_addresses(split, thesaurus)
    content = _lines_by_content(split, thesaurus) | _addresses_by_content(split, thesaurus)
    places = {}
    for path, (name, above) in split.items():
        holder, rest = flat.get(path, ("", name))
        plain = _unwrapped(
            tuple(
                content.get(above[: at + 1]) or _without(part, begins.get(above[:at], ()))
                for at, part in enumerate(above)
            ),
            thesaurus,
        )
        parent = ".".join((*above, holder) if holder else above)
        places[path] = (rest, (*plain, holder) if holder else plain, parent)
    return _beside(places, thesaurus)


def _beside(places: Mapping[str, tuple[str, Parts, str]], thesaurus: Thesaurus) -> dict[str, FieldPlace]:
    meanings: dict[str, set[Words]] = {}
    for name, _, parent in places.values():
        meanings.setdefault(parent, set()).update(thesaurus.meanings(split_words(name) or (name.lower(),)))
    known = {parent: frozenset(words) for parent, words in meanings.items()}
    return {path: FieldPlace(*place, beside=known[place[2]]) for path, place in places.items()}


def _name_and_above(field: Field) -> tuple[str, Parts]:
    """Return the field's name and the parts above it; the name in a list of names and values is a field's."""
    parts = split_path(field.path)
    named = named_part(parts[-2]) if len(parts) > 1 else None
    return (named[1], tuple(parts[:-2])) if named else (field.name, tuple(parts[:-1]))


def _beginnings(places: Iterable[tuple[str, Parts]]) -> dict[Parts, Words]:
    """Find the words with which the names of all lists of an object begin, by what stands above them."""
    lists: dict[Parts, set[str]] = {}
    for _, above in places:
        for at, part in enumerate(above):
            if part.endswith("[]"):
                lists.setdefault(above[:at], set()).add(part)
    return {
        above: _common([split_words(part) for part in sorted(parts)])
        for above, parts in lists.items()
        if len(parts) >= ALIKE
    }


def _common(names: list[Words]) -> Words:
    shortest = min(map(len, names))
    length = next((at for at in range(shortest) if len({name[at] for name in names}) > 1), shortest)
    return names[0][: min(length, shortest - 1)]


def _without(part: str, beginning: Words) -> str:
    words = split_words(part)
    if not beginning or not part.endswith("[]") or words[: len(beginning)] != beginning:
        return part
    return f"{'_'.join(words[len(beginning) :])}[]"


def _unwrapped(above: Iterable[str], thesaurus: Thesaurus) -> Parts:
    """Leave out what only wraps a list, as `elements[]` does, or repeats the name of what holds it."""
    plain: list[str] = []
    for part in above:
        if plain and _wraps(plain[-1], part, thesaurus):
            plain[-1] += "[]" * (part.endswith("[]") and not plain[-1].endswith("[]"))
        else:
            plain.append(part)
    return tuple(plain)


def _wraps(holder: str, part: str, thesaurus: Thesaurus) -> bool:
    words, outer = split_words(part), split_words(holder)
    if not words or not outer:
        return False
    if words[-1] in singulars(outer[-1]) and not holder.endswith("[]"):
        return True
    named = bare(part) in envelope_words().batches and part.endswith("[]")
    return named and (thesaurus.container(words) != ("line",) or outer in thesaurus.containers)


def _flat_addresses(split: Mapping[str, tuple[str, Parts]], thesaurus: Thesaurus) -> dict[str, tuple[str, str]]:
    """Find fields whose names begin with an address, as `bill_to_city`: that beginning, and the rest of the name."""

    def says_address(words: Words) -> bool:
        plain = words[:-1] if words[-1].isdigit() else words
        return words != ADDRESS and "address" in thesaurus.containers.get(plain, ())

    flat: dict[str, tuple[str, str]] = {}
    for begin, rests in _by_beginning(split, says_address, thesaurus):
        parts = {path: rest for path, rest in rests.items() if _of_address(rest, thesaurus)}
        if len(parts) >= FLAT and sum(_placed(rest, thesaurus) for rest in parts.values()) >= PLACED:
            flat |= {path: (" ".join(begin), "_".join(rest)) for path, rest in parts.items() if path not in flat}
    return flat


def _flat_lines(split: Mapping[str, tuple[str, Parts]], thesaurus: Thesaurus) -> dict[str, tuple[str, str]]:
    """Find fields whose names begin with a line of an order, as a sheet with a row for each line writes them.

    What is ordered, how many, and for how much each, belongs to the line where it stands beside such fields.
    """
    flat: dict[str, tuple[str, str]] = {}
    for begin, rests in _by_beginning(split, lambda words: _says_line(words, thesaurus), thesaurus):
        if len(rests) >= FLAT:
            line, above = f"{' '.join(begin)}[]", split[next(iter(rests))][1]
            flat |= {path: (line, "_".join(rest)) for path, rest in rests.items() if path not in flat}
            beside = {path: name for path, (name, holders) in split.items() if holders == above and path not in flat}
            flat |= {path: (line, name) for path, name in beside.items() if _of_line(split_words(name), thesaurus)}
    return flat


def _of_line(words: Words, thesaurus: Thesaurus) -> bool:
    if not words:
        return False
    meaning = thesaurus.meanings(thesaurus.unmeasured(words))[0]
    thing = ITEM & {*meaning, *words} and thesaurus.role(meaning) in {"key", "name", "text"}
    return bool(thing) or meaning == UNIT_PRICE or ("quantity" in meaning and COUNTED.issuperset(meaning))


def _lines_by_content(split: Mapping[str, tuple[str, Parts]], thesaurus: Thesaurus) -> dict[Parts, str]:
    """Find the list that holds an order's lines where none is called so: items, how many, and money stand in it.

    A list that is called like payments is one of lines all the same, if it holds that.
    """
    held: dict[Parts, list[Words]] = {}
    for name, above in split.values():
        at = next((at for at, part in enumerate(above, 1) if part.endswith("[]")), 0)
        if at and not any(part.endswith("[]") for part in above[at:]):
            inside = [word for part in above[at:] for word in split_words(part)]
            held.setdefault(above[:at], []).append(thesaurus.meanings((*inside, *split_words(name)))[0])
    called = {above: thesaurus.containers.get(split_words(above[-1])) for above in held}
    if LINE in called.values():
        return {}
    unclear = (above for above, name in called.items() if name is None or name == PAYMENT)
    likely = [above for above in unclear if _holds_lines(held[above], thesaurus)]
    return dict.fromkeys(likely, "lines[]") if len(likely) == 1 else {}


def _holds_lines(meanings: Iterable[Words], thesaurus: Thesaurus) -> bool:
    known = [*meanings]
    items = any(ITEM & {*words} and thesaurus.role(words) in {"key", "name"} for words in known)
    counted = any("quantity" in words and COUNTED.issuperset(words) for words in known)
    return items and counted and any(thesaurus.role(words) == "money" for words in known)


def _addresses_by_content(split: Mapping[str, tuple[str, Parts]], thesaurus: Thesaurus) -> dict[Parts, str]:
    """Find objects that hold parts of an address and little else, and are not called so."""
    held: dict[Parts, list[Words]] = {}
    for name, above in split.values():
        if above and not above[-1].endswith("[]"):
            held.setdefault(above, []).append(split_words(name))
    likely = {}
    for above, names in held.items():
        words = split_words(above[-1])
        parts = [rest for rest in names if rest and _of_address(rest, thesaurus)]
        placed = sum(_placed(rest, thesaurus) for rest in parts)
        if (
            placed >= PLACED
            and len(parts) >= max(FLAT, MOSTLY * len(names))
            and "address" not in thesaurus.container(words)
        ):
            telling = [word for word in words if thesaurus.weight(word) >= 1]
            likely[above] = "_".join((*telling, *ADDRESS))
    return likely


def _by_beginning(
    split: Mapping[str, tuple[str, Parts]], says: Callable[[Words], bool], thesaurus: Thesaurus
) -> list[tuple[Words, dict[str, Words]]]:
    """Group fields of one object by the words with which their names begin, the longest first, with what is left.

    A number after the words belongs to them; two letters before the rest, or written as one with it, stand for words:
    `BTCITY` and `bt_city` begin with the bill's address.
    """
    groups: dict[tuple[Parts, Words], dict[str, Words]] = {}
    for path, (name, above) in split.items():
        words = split_words(name)
        for length in range(1, min(len(words) - 1, PREFIX) + 1):
            end = length + words[length].isdigit()
            if says(words[:end]):
                groups.setdefault((above, words[:end]), {})[path] = words[end:]
        if len(words) > 1 and says(thesaurus.begins.get(words[0], ("",))):
            groups.setdefault((above, thesaurus.begins[words[0]]), {})[path] = words[1:]
        mark, rest = (words[0][:GLUED], words[0][GLUED:]) if words else ("", "")
        begin = () if thesaurus.knows(mark + rest) else thesaurus.begins.get(mark, ())
        if begin and says(begin) and rest and (thesaurus.knows(rest) or len(thesaurus.pieces(rest)) > 1):
            groups.setdefault((above, begin), {})[path] = (rest, *words[1:])
    return [(begin, rests) for (_, begin), rests in sorted(groups.items(), key=lambda group: -len(group[0][1]))]


def _says_line(words: Words, thesaurus: Thesaurus) -> bool:
    """Tell whether words say the line of an order: an item alone may be a product."""
    return "line" in thesaurus.containers.get(words, ()) and (len(words) > 1 or words[0].startswith("line"))


def _of_address(rest: Words, thesaurus: Thesaurus) -> bool:
    if not rest:
        return False
    return thesaurus.role(thesaurus.meanings(rest)[0]) in PART_OF_ADDRESS or _placed(rest, thesaurus)


def _placed(rest: Words, thesaurus: Thesaurus) -> bool:
    meaning = thesaurus.meanings(rest)[0]
    return thesaurus.role(meaning) == "place" or "postal" in meaning
