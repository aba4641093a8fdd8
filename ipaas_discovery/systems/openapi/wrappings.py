"""Names that stand around and beside records in envelopes, whatever the vendor."""

from __future__ import annotations

import re
from functools import cache

from ipaas_discovery.systems.openapi.url_paths import plain

__all__ = ["BATCHES", "COMPANIONS", "HOLDERS", "OUTCOME", "PAGING", "WRAPPERS", "is_companion", "tells_page"]

COMPANIONS = frozenset(
    {
        "apiversion",
        "code",
        "count",
        "cursor",
        "error",
        "errorcode",
        "errormessage",
        "errors",
        "etag",
        "facets",
        "first",
        "hasmore",
        "href",
        "idempotencykey",
        "included",
        "jsonapi",
        "kind",
        "last",
        "limit",
        "link",
        "links",
        "message",
        "messages",
        "meta",
        "metadata",
        "next",
        "object",
        "offset",
        "page",
        "pagination",
        "paging",
        "prev",
        "previous",
        "requestid",
        "self",
        "size",
        "start",
        "stats",
        "status",
        "success",
        "timestamp",
        "took",
        "total",
        "totalcount",
        "totalpages",
        "uri",
        "url",
        "warnings",
    }
)
"""What stands beside the records in an envelope; no record of commerce consists of these alone."""
OUTCOME = frozenset(
    {"code", "error", "errorcode", "errormessage", "errors", "message", "messages", "success", "warnings"}
)
"""Companions that tell how a call went."""
HOLDERS = ("data", "entity")
PAGING = re.compile(
    r"odata.*|(num|number|total)?(pages?|results|records|rows|elements|hits)|.*(pagination|paging|cursor|offset"
    r"|page(number|size|token|count|uri|url|no)|(next|previous|prev|last|first)(link|url|uri|page|token)"
    r"|(more|next)(available|exists)?|(total|record|result|item|element)s?(count|results|records|items|elements|pages))"
)
"""Names that only a page of records has, whatever its list is called."""
BATCHES = frozenset({"elements", "entries", "items", "list", "records", "results", "resources", "rows", "value"})
"""What records may be called in an envelope whatever they are, where nothing but companions stands beside them."""
WRAPPERS = frozenset({"d", "embedded", "response", "result", "payload", "body", "hits", "content", "list", "elements"})
"""Objects that hold a page's list: HAL's `_embedded`, OData's `d`, and others' own."""


@cache
def is_companion(name: str) -> bool:
    """Tell whether a field with this name stands beside records instead of in them."""
    return plain(name) in COMPANIONS or tells_page(name) or name[:1] in {"@", "_"}


@cache
def tells_page(name: str) -> bool:
    """Tell whether only a page of records has a field with this name."""
    return PAGING.fullmatch(plain(name)) is not None
