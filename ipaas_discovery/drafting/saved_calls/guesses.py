"""Propose the field that identifies a record, by what examples show."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from ipaas_discovery.knowledge.name_words import bare, singulars, split_words
from ipaas_discovery.knowledge.request_words import request_words

__all__ = ["id_field", "subject_of", "without_remarks"]

DOCUMENT = re.compile(r"\{\s*(?:\w+\s*:\s*)?(\w+)")
"""The first field that a GraphQL document asks for, whatever it calls it."""


def without_remarks(document: str) -> str:
    """Take the comments out of a GraphQL document."""
    return re.sub(r"#[^\n]*", "", document)


def subject_of(path: str, body: object) -> str:
    """Name what a POST may only ask for: a GraphQL field, the model or method of a remote call, a word before `search`.

    >>> subject_of("/graphql", {"query": "query ($n: Int) { orders(first: $n) { nodes { id } } }"})
    'orders'
    >>> subject_of("/jsonrpc", {"jsonrpc": "2.0", "method": "call", "params": {"model": "sale.order"}})
    'sale.order'
    >>> subject_of("/v1/contacts/search", {"limit": 5}), subject_of("/v1/contacts", {"name": "x"})
    ('contacts', '')
    """
    if not isinstance(body, Mapping):
        return ""
    document, method, params = body.get("query"), body.get("method"), body.get("params")
    if isinstance(document, str) and (asked := DOCUMENT.search(without_remarks(document))):
        return asked[1]
    if isinstance(method, str) and ("params" in body or "jsonrpc" in body):
        model = params.get("model") if isinstance(params, Mapping) else None
        return model if isinstance(model, str) else method
    *_, above, last = ("", "", *path.strip("/").split("/"))
    reads = not request_words().writes.verbs.reading.isdisjoint(split_words(last))
    return above if reads and "{" not in above else ""


def id_field(records: Iterable[Mapping[str, Any]], word: str, asked: str) -> str:
    """Return the field that identifies a record, as far as examples show. Defaults to `id`.

    >>> id_field([{"OrderId": 7, "total": 1}], "orders", "id")
    'OrderId'

    Args:
        records: examples.
        word: name of the collection, in the plural.
        asked: the placeholder in the path of one record.
    """
    records = list(records)
    shared = set(records[0]).intersection(*records[1:]) if records else set()
    general_names = request_words().general_ids
    single = next(iter(singulars(word)), word)
    wanted = [
        "id",
        bare(asked),
        bare(f"{single}id"),
        "uuid",
        "guid",
        f"{bare(single)}number",
        f"{bare(single)}code",
        *general_names,
    ]
    for candidate in wanted:
        for name in sorted(shared):
            fits = bare(name) == candidate and "." not in name and isinstance(records[0][name], str | int)
            general = candidate in general_names  # a name that says little has to differ in every record
            if fits and not (general and len({str(record[name]) for record in records}) < len(records)):
                return name
    return "id"
