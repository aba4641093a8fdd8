"""Fields by which a record is known: by their names, and by what is declared of them."""

from __future__ import annotations

import re
from functools import lru_cache

from ipaas_discovery.knowledge.field_words import field_words
from ipaas_discovery.knowledge.ipaas_collections import collection_name, ipaas_collections
from ipaas_discovery.knowledge.name_words import singulars, split_words
from ipaas_discovery.knowledge.thesaurus import Thesaurus
from ipaas_discovery.matching.traits import above, leaves
from ipaas_discovery.schemas.kept_results import kept
from ipaas_discovery.schemas.schema import Field, Schema
from ipaas_discovery.vocabulary import Method

__all__ = ["has_unique_values", "is_email", "is_key", "key_fields", "names_another"]

_UNIQUE = re.compile(r"\b(?:must|has to) be unique\b|\bunique (?:id|number)", re.IGNORECASE)


def is_key(field: Field, schema: Schema) -> bool:
    """Tell whether the field's name identifies its own record: `sku`, `customer_number` of a customer.

    `customer_id` of an order names another record. An entry of `external_ids` is a key as well.
    """
    in_record = "[]" not in field.path or above(field.path) == ("external_ids",)
    return in_record and _names_own(field.name, schema.collection) is True


@kept
def key_fields(schema: Schema) -> tuple[str, ...]:
    """List the fields of the record itself, outside of lists, whose names identify it."""
    return tuple(field.path for field in leaves(schema) if "[]" not in field.path and is_key(field, schema))


def names_another(field: Field, schema: Schema) -> bool:
    """Tell whether the field's name identifies a record of another collection: `customer_id` of an order."""
    return _names_own(field.name, schema.collection) is False


def is_email(field: Field) -> bool:
    """Tell whether the field is the record's own e-mail address, by which systems know people."""
    return not above(field.path) and _is_called_email(field.name)


@lru_cache(65_536)
def _is_called_email(name: str) -> bool:
    return Thesaurus.load().meanings(split_words(name))[0] == ("email",)


def has_unique_values(field: Field, schema: Schema) -> bool:
    """Tell whether two records may not have the same value: a description says so, or it is the record's own key.

    The elements of another record, such as the lines of an order, share the numbers of what they name.
    """
    declared = field.declared
    if above(field.path):
        return False
    if declared and _UNIQUE.search(declared.description):
        return True
    known = ipaas_collections().get(collection_name(schema.collection))
    inside = str(schema.operations.get(Method.ADD) or "").startswith("inside ")
    return is_key(field, schema) and not inside and not (known and known.parent)


@lru_cache(65_536)
def _names_own(name: str, collection: str) -> bool | None:
    """Tell whether a name identifies its own record, or another's; None if it identifies nothing."""
    thesaurus, (*before, key) = Thesaurus.load(), split_words(name) or ("",)
    keys, marks = (set(field_words().key_words(context)) for context in ("own", "mark"))
    called = [{word, *singulars(word)} for word in split_words(collection)]
    if key in keys and before and called and before[-1] in called[-1] and set(before) <= set().union(*called):
        return True  # `PaymentID` of payments, whatever else these words may mean
    own = {word for meaning in thesaurus.meanings(split_words(collection)) for word in meaning}
    words = set(thesaurus.meanings(split_words(name))[0])
    return words <= keys | marks | own if keys & words else None
