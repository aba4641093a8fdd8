"""Read the body of a response as it arrives, up to a size."""

from __future__ import annotations

from collections.abc import Callable

import httpx

from ipaas_discovery.errors import ResponseError

__all__ = ["LARGEST", "read"]

LARGEST = 256 * 1024 * 1024
"""The most bytes of a body, decompressed, that are read: a page of records is a thousandth of it."""
ENCODINGS = {"", "identity", "gzip", "deflate"}
"""Encodings the client asks for. Each inflates a body at most a thousandfold; two on top of each other do not."""
_ABOUT_THE_TRANSFER = {b"content-encoding", b"content-length", b"transfer-encoding"}


def read(response: httpx.Response, largest: int, where: str, check: Callable[[], None]) -> httpx.Response:
    """Read and decompress the body of `response`; give up as soon as it is larger than `largest`.

    Args:
        response: the response of the transport, unread.
        largest: limit in bytes, decompressed.
        where: the request, for the error's message.
        check: function called after each piece; it may raise.

    Raises:
        ResponseError: if it is larger, or packed in an encoding that was not asked for.
    """
    try:
        encoding = response.headers.get("content-encoding", "").strip().lower()
        if encoding not in ENCODINGS:
            raise ResponseError(
                f"The answer is packed as '{encoding:.40}', which was not asked for",
                where=where,
                then="ask the system's operator; the kit reads gzip and deflate",
            )
        pieces, size = [], 0
        for piece in response.iter_bytes():
            pieces.append(piece)
            size += len(piece)
            if size > largest:
                raise _too_large(encoding, largest, where)
            check()
    finally:
        response.close()
    kept = [header for header in response.headers.raw if header[0].lower() not in _ABOUT_THE_TRANSFER]
    extensions = {name: value for name, value in response.extensions.items() if name != "network_stream"}
    return httpx.Response(response.status_code, headers=kept, content=b"".join(pieces), extensions=extensions)


def _too_large(encoding: str, largest: int, where: str) -> ResponseError:
    """Build the error for a body that is too large."""
    packed = f", packed as {encoding}" if encoding else ""
    size = f"{largest / 1024**2:,.0f} MB" if largest >= 1024**2 else f"{largest:,} bytes"
    return ResponseError(
        f"The answer is larger than {size}{packed}, and was given up",
        where=where,
        then="set `paging` and a page size in the connector; if one page is that large, this is no list of records",
    )
