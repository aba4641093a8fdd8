"""Traits of a field that the matcher looks at: its words, its place, its kind and its values."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from ipaas_discovery.knowledge.field_formats import field_formats
from ipaas_discovery.knowledge.name_words import singulars, split_words
from ipaas_discovery.knowledge.thesaurus import Thesaurus
from ipaas_discovery.knowledge.type_words import type_words
from ipaas_discovery.matching.column_values import leveled
from ipaas_discovery.matching.field_places import FieldPlace, places_of
from ipaas_discovery.schemas.field_paths import named_part
from ipaas_discovery.schemas.kept_results import kept
from ipaas_discovery.schemas.schema import Field, Observed, Schema, split_path

__all__ = ["Meaning", "Traits", "above", "is_leaf", "kind_of", "leaves", "traits_of"]

Words = tuple[str, ...]

Meaning = tuple[Words, float]
"""Possible meaning of a name, in the thesaurus' spelling, and how likely it is beside the others."""

OPEN = {("custom", "field"), ("external", "id")}
"""Meanings of containers that hold names and values."""

SECOND, LITERAL = 0.8, 0.9
"""Likelihood of a second meaning of a word beside its first, and of a name read word by word beside its phrase."""

BUSINESS_KEYS = {"number", "code", "reference", "no", "ref"}
"""Names by which people call a record, if they stand alone."""

LABELLED = 0.95
"""Likelihood of what a label says beside what the name says."""

ID, EXTERNAL_ID, CODE = ("id",), ("external", "id"), ("code",)
NUMBERED = 0.65
"""Likelihood of an id that becomes the number by which people call the record."""
REGION, STATUS = "region", "status"
NAME, FULL_NAME, DESCRIPTION, LINE, UNIT, COST = (
    ("name",),
    ("full", "name"),
    ("description",),
    ("line",),
    ("unit",),
    ("cost",),
)
PARTS_OF_ADDRESS = frozenset({"city", "postal"})
NAMES = frozenset({("given", "name"), ("family", "name")})

REFERENCE: dict[Words, str] = {("ref", "value"): "id", ("ref", "name"): "name"}
"""Parts of a reference, and what they are of the record that it refers to."""

SPELLED_OUT = 2
"""Meanings that are read with their place."""

LONGEST = 60
"""Words of a description that are read."""


@dataclass(frozen=True, slots=True)
class Traits:
    """One leaf field as the matcher sees it.

    `words` are the name's own, `meanings` the same in the thesaurus' spelling, `place` the meaning of
    the parents, `lists` how many lists the field stands in, `values` the different values observed (else
    those it may have), `unique` the share of filled values that differ (None: nothing was observed), `text`
    the words of its label and description, in the thesaurus' spelling, `heaviest` the weight of the name's word
    that says most, `parent` the object that the field is a part of, `nameless` that the name is a number in a row of
    such and says nothing, `sides` on which side of each row of opposites the name and its place stand,
    `list_words` the meaning of the outermost list's name, none where it holds names and values.
    """

    field: Field
    words: tuple[str, ...]
    meanings: tuple[Meaning, ...]
    place: tuple[str, ...]
    lists: int
    kind: str
    values: frozenset[str]
    unique: float | None
    text: tuple[str, ...] = ()
    observed: Observed | None = None
    parent: str = ""
    heaviest: float = 1.0
    nameless: bool = False
    sides: tuple[str, ...] = ()
    list_words: Words = ()

    @property
    def wholes(self) -> tuple[Words, ...]:
        """The meanings with the place before them, as a flat record would name the field."""
        return tuple((*self.place, *meaning) for meaning, _ in self.meanings[:SPELLED_OUT]) if self.place else ()

    @property
    def spelled(self) -> str:
        """The field's place and name in plain words."""
        return " ".join(split_words(self.field.path))

    @property
    def path(self) -> str:
        """The field's path."""
        return self.field.path

    @property
    def list(self) -> str:
        """The path of the outermost list that the field stands in; empty for none."""
        outermost, inside, _ = self.field.path.partition("[]")
        return outermost if inside else ""


def _list_words(field: Field, place: FieldPlace, thesaurus: Thesaurus) -> Words:
    outermost = field.path.partition("[]")[0].rpartition(".")[2]
    name = next((part for part in place.above if part.endswith("[]")), outermost)
    return thesaurus.container(split_words(name)) if "[]" in field.path and "{" not in outermost else ()


def _within(field: Field) -> Words:
    """Give the words of a name without those of its object: the `stateCode` of a `state` is its code."""
    words, holder = split_words(field.name), split_words(split_path(field.parent)[-1]) if field.parent else ()
    return words[len(holder) :] if holder and words[: len(holder)] == holder and words != holder else words


@kept
def leaves(schema: Schema) -> tuple[Field, ...]:
    """List the fields of `schema` that hold values: no objects, no lists of objects, in the order of their paths.

    >>> fields = [{"path": "id"}, {"path": "lines", "types": ["array"]}, {"path": "lines[].sku"}]
    >>> [field.path for field in leaves(Schema.from_fields(fields))]
    ['id', 'lines[].sku']
    """
    parents = _parents(field.path for field in schema.fields)
    return tuple(field for field in schema.fields if is_leaf(field, parents))


def is_leaf(field: Field, parents: frozenset[str]) -> bool:
    """Tell whether `field` holds values, given the paths that stand above others."""
    return field.path not in parents and field.path.removesuffix("[]") != "" and field.types != ("object",)


def _parents(paths: Iterable[str]) -> frozenset[str]:
    """List every path that another stands below; `lines` and `lines[]` stand above `lines[].sku`."""
    above: set[str] = set()
    for path in paths:
        parts = split_path(path)
        if not path.endswith("[]") and (len(parts) == 1 or ".".join(parts[:-1]) in above):
            continue
        for length in range(1, len(parts) + 1):
            start = ".".join(parts[:length])
            above |= {start} if length < len(parts) else set()
            while start.endswith("[]"):
                start = start.removesuffix("[]")
                above.add(start)
    return frozenset(above)


def traits_of(
    schema: Schema, thesaurus: Thesaurus, entity: Words = (), witness: Schema | None = None, *, given: bool = False
) -> tuple[Traits, ...]:
    """Describe every leaf field of `schema` that has a meaning of its own.

    `entity` are words for the records of both sides; `given` says that the records go to the other side, which keeps
    their own id as an external one, or as the number that people call the record by.
    Values of fields that were not observed are those at the same path of `witness`.
    """
    seen = {field.path: field.observed for field in witness.fields} if witness else {}
    fields = [field for field in leaves(schema) if not is_open(field.path, thesaurus)]
    values, places = _value_objects(fields, thesaurus), places_of(fields, thesaurus)
    return tuple(
        _traits(field, field.observed or seen.get(field.path), (entity, given), thesaurus, places[field.path], values)
        for field in fields
    )


def _value_objects(fields: Iterable[Field], thesaurus: Thesaurus) -> frozenset[str]:
    """List the objects that are one value: all that stands below them are fields whose names say little."""
    light: dict[str, bool] = {}
    for field in fields:
        within = _within(field)
        says_little = all(thesaurus.weight(word) < 1 for word in thesaurus.meanings(within)[0])
        for path in above(field.path):
            light[path] = light.get(path, True) and says_little and path == field.parent
    return frozenset(path for path, little in light.items() if little)


def is_open(path: str, thesaurus: Thesaurus) -> bool:
    """Tell whether `path` stands in a list of names and values, whose members are one installation's data.

    >>> [is_open(path, Thesaurus.load()) for path in ("meta_data[].value", "lines[].external_ids[].id", "metadata.id")]
    [True, True, False]
    """
    parts = [part for part in split_path(path)[:-1] if part.endswith("[]") and not named_part(part)]
    return any(thesaurus.container(split_words(part)) in OPEN for part in parts)


def _traits(
    field: Field,
    seen: Observed | None,
    records: tuple[Words, bool],
    thesaurus: Thesaurus,
    place: FieldPlace,
    values: frozenset[str],
) -> Traits:
    entity, given = records
    words = split_words(place.name) or (place.name.lower(),)
    if nameless := thesaurus.nameless(words):
        words = ("".join(words),)
    meanings, holders = _meanings(thesaurus.unmeasured(words), [*place.above], thesaurus)
    meanings = _among_brothers(meanings, holders or entity, place.beside)
    label = split_words(field.declared.title) if field.declared else ()
    if label and label != words:
        meanings = (*meanings, *((meaning, LABELLED) for meaning in thesaurus.meanings(label)))
    if given and words == ID and not place.above:
        meanings = (*meanings, *_as_given(entity, thesaurus))
    if field.path == field.name and meanings[0][0] != FULL_NAME:
        meanings = (*meanings, *_as_part(words, entity, thesaurus, place.beside))
    known, kind = leveled(_values(field, seen))
    return Traits(
        field=field,
        words=words,
        meanings=meanings,
        place=holders,
        lists=field.path.count("[]"),
        kind=kind or kind_of(field, words),
        values=known,
        unique=min(seen.distinct / seen.filled, 1.0) if seen and seen.filled else None,
        text=_text(field, thesaurus),
        observed=seen,
        parent=_parent(place, field, values),
        heaviest=max(map(thesaurus.weight, thesaurus.meanings(words)[0]), default=0.0),
        nameless=nameless,
        list_words=_list_words(field, place, thesaurus),
        sides=thesaurus.sides({*words, *holders, *(word for meaning, _ in meanings for word in meaning)}),
    )


def _among_brothers(meanings: tuple[Meaning, ...], holders: Words, beside: frozenset[Words]) -> tuple[Meaning, ...]:
    """Read a name as its brothers let it be read.

    A state is a region only beside other parts of an address; a name beside a first and a last name is both of them;
    what has a name and no description in a line is described by it; the unit beside a weight is the weight's.
    """
    read = [words for words, _ in meanings]
    if {REGION, STATUS} <= {word for words in read for word in words}:
        addressed = any(not PARTS_OF_ADDRESS.isdisjoint(words) for words in beside)
        other = STATUS if addressed else REGION
        meanings = tuple((words, share) for words, share in meanings if other not in words)
    if "purchase" in holders and any("price" in words for words in read):
        return ((COST, 1.0),)
    if sizes := [word for word in holders if Thesaurus.load().role((word,)) == "size"]:
        meanings = tuple(((*sizes, *words) if words == UNIT else words, share) for words, share in meanings)
    if NAME in read and beside >= NAMES:
        return ((FULL_NAME, 1.0), *((words, share * SECOND) for words, share in meanings if words != NAME))
    if NAME in read and holders[-1:] == LINE and DESCRIPTION not in beside:
        return (*meanings, (DESCRIPTION, LABELLED))
    return meanings


def _parent(place: FieldPlace, field: Field, values: frozenset[str]) -> str:
    """Name the object that a field is a part of, that which holds it where it is one value with others."""
    one_value = field.parent in values and place.parent == field.parent
    return ".".join(split_path(place.parent)[:-1]) if one_value else place.parent


def _as_part(words: Words, entity: Words, thesaurus: Thesaurus, beside: frozenset[Words]) -> tuple[Meaning, ...]:
    """Read a top field with its record's name, where that is a phrase: an order's `number`, a line's `price`.

    A name beside parts of an address is that of somebody there.
    """
    if words == ID or (words == NAME and len(PARTS_OF_ADDRESS & {word for name in beside for word in name}) > 1):
        return ()
    key = words[-1] in BUSINESS_KEYS and len(words) == 1
    phrases = (thesaurus.phrases.get((word, "number") if key else (word, *words)) for word in entity)
    return tuple((phrase, LABELLED) for phrase in phrases if phrase and (not key or thesaurus.role(phrase) == "key"))


def _as_given(entity: Words, thesaurus: Thesaurus) -> Iterator[Meaning]:
    """Read a record's own id as it stands on the other side: an external id, else the record's code or number."""
    yield EXTERNAL_ID, LABELLED
    yield CODE, NUMBERED
    for word in entity:
        if phrase := thesaurus.phrases.get((word, "number")):
            yield phrase, NUMBERED


def _text(field: Field, thesaurus: Thesaurus) -> Words:
    facts = field.declared
    words = split_words(f"{facts.title} {facts.description}") if facts else ()
    return tuple(meaning for word in words[:LONGEST] for meaning in thesaurus.meanings((word,))[0])


def _meanings(words: Words, above: list[str], thesaurus: Thesaurus) -> tuple[tuple[Meaning, ...], Words]:
    """Translate a name where it stands, and its place.

    A name that says little belongs to its object: `customer.id` is read as `customer_id`. In a list it
    may be a phrase with it: a `total` of `lines[]` is a line total.
    """
    light = all(thesaurus.weight(word) < 1 for word in thesaurus.meanings(words)[0])
    while above and light and not above[-1].endswith("[]"):
        words, above = split_words(above[-1]) + words, above[:-1]
        light = all(thesaurus.weight(word) < 1 for word in thesaurus.meanings(words)[0])
    if words in REFERENCE and above and not above[-1].endswith("[]"):
        words, above = split_words(above[-1]) + words, above[:-1]
    words = _of_reference(words)
    meanings, literal = thesaurus.meanings(words), thesaurus.literal(words)
    plain = (*_read(meanings), *(((literal, LITERAL),) if literal not in meanings else ()))
    place = _place(above, thesaurus)
    inner = thesaurus.container(split_words(above[-1])) if above and above[-1].endswith("[]") else ()
    held = thesaurus.phrases.get(split_words(above[-1]) + words) if above and not inner else None
    if held and held not in meanings:
        plain = ((held, 1.0), *plain)
    phrase = _of_list(inner, words, plain[0][0], thesaurus) or (
        _key_of_listed(above[-1], words, thesaurus) if inner else None
    )
    if phrase:
        return ((phrase, 1.0), *((meaning, share * SECOND) for meaning, share in plain)), place
    trimmed = tuple(word for word in plain[0][0] if word not in place)
    shorter = ((trimmed, 1.0),) if trimmed and trimmed != plain[0][0] else ()
    longer = ((inner + plain[0][0], SECOND),) if inner and light else ()
    return (*plain, *shorter, *longer), place


def _of_reference(words: Words) -> Words:
    """Read the value and the name of a reference as the id and the name of what it refers to."""
    part = REFERENCE.get(words[-2:])
    return (*words[:-2], part) if part and len(words) > 2 else words  # noqa: PLR2004  beside the part


def _of_list(inner: Words, words: Words, meaning: Words, thesaurus: Thesaurus) -> Words | None:
    """Read a name with the list's, where both are a phrase; the key of a line's item is none of the line."""
    if not inner or (len(words) > 1 and words[-1] == "id"):
        return None
    own = thesaurus.phrases.get(inner + words)
    return own or (None if thesaurus.role(meaning) == "key" else thesaurus.phrases.get(inner + meaning))


def _key_of_listed(name: str, words: Words, thesaurus: Thesaurus) -> Words | None:
    """Read a name by which people call a record with the word for what is listed: the `code` of `products[]`."""
    if len(words) > 1 or words[0] not in BUSINESS_KEYS:
        return None
    phrases = (thesaurus.phrases.get((*split_words(one), *words)) for one in singulars(name.removesuffix("[]")))
    return next((phrase for phrase in phrases if phrase and thesaurus.role(phrase) == "key"), None)


def _read(meanings: tuple[Words, ...]) -> tuple[Meaning, ...]:
    return tuple((meaning, SECOND if index else 1.0) for index, meaning in enumerate(dict.fromkeys(meanings)))


def _place(above: list[str], thesaurus: Thesaurus) -> Words:
    return tuple(word for part in above for word in thesaurus.container(split_words(part)))


def _values(field: Field, seen: Observed | None) -> list[Any]:
    if seen and (seen.sampled or seen.top or seen.examples):
        return [*(seen.sampled or (value for value, _ in seen.top)), *seen.examples]
    return [*field.declared.enum] if field.declared else []


def kind_of(field: Field, words: tuple[str, ...] = ()) -> str:
    """Classify the value the field holds: a JSON type, or what its format says of a text.

    >>> kind_of(Schema.from_fields([{"path": "at", "types": ["string"], "format": "date-time"}]).fields[0])
    'date'
    """
    types = set(field.types)
    if types == {"integer"}:
        return "integer"
    if types and types <= {"integer", "number"}:
        return "number"
    if len(types) == 1 and types & {"boolean", "array", "object"}:
        return types.pop()
    if "string" in types:
        known = _kind_of_format(field.format)
        dated = {"date", "datetime", "at"} & set(words)
        return known or ("date" if dated and not field.observed else "text")
    return ""


def _kind_of_format(name: str | None) -> str:
    """Return the kind of text that a format, or a type of that name, stands for; empty for an unknown one."""
    row = field_formats().get(name)
    if row is None and name and (word := type_words().get(name)):
        row = field_formats().get(word.format or {"integer": "integer", "number": "decimal"}.get(word.type, word.type))
    return row.kind if row and row.kind != "text" else ""


@lru_cache(65_536)
def above(path: str) -> tuple[str, ...]:
    """List the objects and lists that hold `path`, outermost first, as fields are named.

    >>> above("lines[].address.city")
    ('lines', 'lines[].address')
    """
    parts = split_path(path)
    starts = (".".join(parts[:length]) for length in range(1, len(parts)))
    own = (path.removesuffix("[]"),) if path.endswith("[]") else ()
    return (*(start.removesuffix("[]") for start in starts), *own)
