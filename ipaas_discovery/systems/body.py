"""An answer's body: read as it arrives, up to a size, and parsed for what it is."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

import httpx
import msgspec

from ipaas_discovery.errors import ResponseError

__all__ = ["LARGEST", "parse", "read", "repaired"]

LARGEST = 256 * 1024 * 1024
"""Bytes of a body, decompressed, that are read at most: a page of records is a thousandth of it."""
ENCODINGS = {"", "identity", "gzip", "deflate"}
"""What the client asks for. Each read inflates at most a thousandfold; two of them one over the other do not."""
UTF8 = {"", "utf-8", "utf8"}
HALF = re.compile(
    rb"(?<!\\)((?:\\\\)*)(?:(\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2})|\\u[dD][89a-fA-F][0-9a-fA-F]{2})"
)
"""Half of a character outside the first plane, as is left where a text was cut after so many UTF-16 units."""


def read(response: httpx.Response, largest: int, where: str, check: Callable[[], None]) -> httpx.Response:
    """`response` with its body read and decompressed; it is given up as soon as it is larger than `largest`.

    Args:
        response: as the transport gives it, nothing read.
        largest: bytes, decompressed.
        where: the request, for the message.
        check: called after each piece; it may raise.

    Raises:
        ResponseError: if it is larger, or packed in a way nobody asked for.
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
    kept = [each for each in response.headers.raw if each[0].lower() not in _ABOUT_THE_TRANSFER]
    extensions = {name: value for name, value in response.extensions.items() if name != "network_stream"}
    return httpx.Response(response.status_code, headers=kept, content=b"".join(pieces), extensions=extensions)


_ABOUT_THE_TRANSFER = {b"content-encoding", b"content-length", b"transfer-encoding"}


def _too_large(encoding: str, largest: int, where: str) -> ResponseError:
    packed = f", packed as {encoding}" if encoding else ""
    size = f"{largest / 1024**2:,.0f} MB" if largest >= 1024**2 else f"{largest:,} bytes"
    return ResponseError(
        f"The answer is larger than {size}{packed}, and was given up",
        where=where,
        then="set `paging` and a page size in the connector; if one page is that large, this is no list of records",
    )


def parse(content: bytes, content_type: str) -> Any:  # noqa: ANN401  JSON
    """JSON in UTF-8, in the charset that `content_type` declares, or in one that its first bytes show.

    Raises:
        ValueError: if it is not JSON; UnicodeDecodeError if it is not text in that charset.

    >>> parse('{"city": "Köln"}'.encode("latin-1"), "application/json; charset=ISO-8859-1")
    {'city': 'Köln'}
    """
    charset = content_type.lower().partition("charset=")[2].split(";")[0].strip("\"' ")
    if charset in UTF8:
        charset = json.detect_encoding(content[:4])
    try:
        if charset not in UTF8:
            content, charset = content.decode(charset).encode(), ""
        try:
            return msgspec.json.decode(content)
        except msgspec.DecodeError:
            if (whole := repaired(content)) == content:
                raise
            return msgspec.json.decode(whole)
    except LookupError:
        raise ValueError(f"nobody knows the charset '{charset}'") from None
    except RecursionError:
        raise ValueError("it is nested too deeply") from None
    except UnicodeDecodeError:
        content.decode(charset or "utf-8")  # says at which byte of the whole body
        raise


def repaired(content: bytes) -> bytes:
    r"""JSON with each half of a character, which no text can hold, replaced as the standard says.

    >>> repaired(rb'"cut \ud83d", "whole \ud83d\ude00"') == rb'"cut \ufffd", "whole \ud83d\ude00"'
    True
    """
    return HALF.sub(lambda found: found[0] if found[2] else found[1] + rb"\ufffd", content)
