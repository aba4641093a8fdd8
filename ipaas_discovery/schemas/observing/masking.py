"""Personal data and secrets masked in the schema of a file that nobody redacted: values, ranges, and keys."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from ipaas_discovery.knowledge.field_words import field_words
from ipaas_discovery.samples.named_lists import named_path
from ipaas_discovery.samples.redaction.classify_field import FieldClass, classify_field
from ipaas_discovery.samples.redaction.field_names import is_person, is_personal
from ipaas_discovery.samples.redaction.map_keys import kept_by, safe_key
from ipaas_discovery.samples.redaction.pseudonyms.personal_numbers import masked_number
from ipaas_discovery.samples.redaction.pseudonyms.pseudonym import Pseudonyms
from ipaas_discovery.samples.redaction.pseudonyms.redaction_key import redaction_key
from ipaas_discovery.samples.redaction.unstructured import link, links
from ipaas_discovery.samples.redaction.value_patterns import replace_sensitive
from ipaas_discovery.schemas.field import Field
from ipaas_discovery.schemas.field_paths import escape, list_depth, named_part, split_path, unescape
from ipaas_discovery.schemas.problems import Variant
from ipaas_discovery.schemas.schema import Schema

__all__ = ["masked"]


def masked(schema: Schema, collection: str) -> Schema:
    """Replace values by pseudonyms if they are personal by their field's name, their form or their check digit.

    The pseudonyms are those that samples get. Counts, lengths and formats stay. In a list of names and values,
    every value is hidden if one of the names is personal, as a schema does not pair names with values.

    Args:
        schema: the observed schema of a file.
        collection: the kind of the records, as far as the file's name says so.
    """
    mask = _Mask(Pseudonyms(redaction_key()), collection, frozenset(_about_people(schema)))
    return replace(
        schema,
        fields=tuple(sorted(map(mask.field, schema.fields), key=lambda field: field.path)),
        variants=tuple(Variant(tuple(map(mask.key, variant.keys)), variant.count) for variant in schema.variants),
    )


def _about_people(schema: Schema) -> Iterator[str]:
    """Yield paths of values, such as `meta_data[].value`, beside which a personal name was seen, such as `vat_id`."""
    for field in schema.fields:
        around, _, last = field.path.rpartition(".")
        names = [value for value, _ in field.observed.top] if field.observed and last in field_words().naming else []
        if any(isinstance(name, str) and is_personal(name, of_person=True) for name in names):
            yield from (f"{around}.{value}" for value in field_words().values)


@dataclass(frozen=True, slots=True)
class _Mask:
    pseudonyms: Pseudonyms
    collection: str
    about_people: frozenset[str]
    """Paths of the values whose names, beside them, are personal."""

    def field(self, field: Field) -> Field:
        """Return a field as it may be shown; a range with a personal end is left out."""
        parts = [list_depth(part) for part in split_path(field.path)]
        keys = [unescape(key) for key, _ in parts]
        path = ".".join(
            self.part(key, part, around) + "[]" * depth
            for around, key, (part, depth) in zip(["", *keys], keys, parts, strict=False)
        )
        seen = field.observed
        if seen is None:
            return replace(field, path=path)
        parent = keys[-2] if len(keys) > 1 else ""
        named = named_part(parts[-2][0]) if len(parts) > 1 else None
        of_person = bool(named) or any(map(is_person, (self.collection, *keys[-3:-1])))
        judged = classify_field(named[1] if named else keys[-1], named[0] if named else parent, of_person=of_person)
        judged = replace(judged, personal=judged.personal or field.path in self.about_people)
        top = self._values(judged, [value for value, _ in seen.top])
        ends = self._values(judged, seen.values or ())
        shown = replace(
            seen,
            top=tuple((value, times) for value, (_, times) in zip(top, seen.top, strict=True)),
            examples=tuple(self._values(judged, seen.examples)),
            values=seen.values if ends == [*(seen.values or ())] else None,
        )
        return replace(field, path=path, observed=shown)

    def part(self, key: str, part: str, around: str) -> str:
        """Mask a part of a path: a key, or a list's key and the name of its element."""
        named = named_part(part)
        if named:
            return named_path(named[0], self.key(named[1], named[0]))
        return part if part == "*" else escape(self.key(key, around))

    def key(self, key: str, around: str = "") -> str:
        """Mask a key of a record, which some systems make of a name, an address or a number."""
        return safe_key(key, kept_by(around), self._text)

    def _values(self, judged: FieldClass, values: Sequence[Any]) -> list[Any]:
        return [
            self._string(judged, value)
            if isinstance(value, str)
            else masked_number(value, judged.name, self.pseudonyms)
            if not isinstance(value, bool) and judged.of_number(value)
            else value
            for value in values
        ]

    def _string(self, judged: FieldClass, text: str) -> str:
        if text.startswith(("http://", "https://")):
            return link(text, self._text)
        if judged.of_text(text):
            return self._text(text)
        return replace_sensitive(links(text, self._text, lambda _masked, _text: None), judged.name, self._text)

    def _text(self, text: str) -> str:
        return self.pseudonyms.text(text)
