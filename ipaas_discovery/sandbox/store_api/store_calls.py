"""The store's calls, as its OpenAPI documents describe them: which records each list gives, and how it filters."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from ipaas_discovery.sandbox.sandbox_data import read_shipped
from ipaas_discovery.sandbox.store_api.store_documents import document, document_names

__all__ = ["StoreCall", "schema_of", "store_calls"]

_NO_FILTERS = frozenset({"page", "limit", "after", "sort", "direction"})
_PARAMETER = re.compile(r"{(\w+)}")


@dataclass(frozen=True, slots=True)
class StoreCall:
    """One list of the store; paths are below `/v2` or `/v3`.

    `records` is the file of its records, `detail` the path of one record, `parent` the field that holds the id in
    `path`; both are empty where there is none. `filters` are query names of the form `field:in`, `field:min`,
    `field:max` or `field`; `min_field` and `max_field` in v2. `cursor`: the list can also be walked by `after`.
    """

    document: str
    path: str
    schema: str
    records: str
    detail: str
    parent: str
    filters: tuple[str, ...]
    sorts: tuple[str, ...]
    cursor: bool

    @property
    def version(self) -> str:
        """`v2` (bare arrays, 204 past the end) or `v3` (an envelope with `meta`)."""
        return self.document.rpartition(".")[2]


@cache
def store_calls() -> tuple[StoreCall, ...]:
    """Give every list of the store.

    >>> [call.path for call in store_calls() if call.cursor]
    ['/customers', '/customers/addresses', '/inventory/items']
    """
    return tuple(call for name in document_names() for call in _calls(name))


@cache
def schema_of(records: str) -> str:
    """Name the schema of the records in a file.

    Raises:
        KeyError: if no list gives them.

    >>> schema_of("order_products")
    'OrderProduct'
    """
    return {call.records: call.schema for call in store_calls()}[records]


def _calls(name: str) -> Iterator[StoreCall]:
    gets = {path: calls["get"] for path, calls in document(name)["paths"].items() if "get" in calls}
    answers = {path: _answer(call) for path, call in gets.items()}
    singles = {path.rpartition("/")[0]: path for path, answer in answers.items() if "$ref" in answer}
    for path, call in gets.items():
        if answers[path].get("type") != "array":
            continue
        queries = [parameter["name"] for parameter in call["parameters"]]
        records, parent = call["tags"][0], _PARAMETER.search(path)
        yield StoreCall(
            document=name,
            path=path,
            schema=answers[path]["items"]["$ref"].rpartition("/")[2],
            records=records,
            detail=singles.get(path, ""),
            parent=parent[1] if parent else "",
            filters=tuple(query for query in queries if query not in _NO_FILTERS),
            sorts=tuple(read_shipped("store")["sorts"].get(records, ())),
            cursor="after" in queries,
        )


def _answer(call: Mapping[str, Any]) -> Mapping[str, Any]:
    """Find the schema of what a call gives, out of its envelope where it has one."""
    schema: Mapping[str, Any] = call["responses"]["200"]["content"]["application/json"]["schema"]
    enveloped: Mapping[str, Any] = schema.get("properties", {}).get("data", schema)
    return enveloped
