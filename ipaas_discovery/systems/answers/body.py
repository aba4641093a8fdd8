"""Parse the body of an answer in whatever charset it came."""

from __future__ import annotations

import json
import re
from typing import Any

import msgspec

__all__ = ["parse", "repaired"]

UTF8 = {"", "utf-8", "utf8"}
HALF = re.compile(
    rb"(?<!\\)((?:\\\\)*)(?:(\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2})|\\u[dD][89a-fA-F][0-9a-fA-F]{2})"
)
"""Half of a surrogate pair, left behind where a text was cut at a fixed number of UTF-16 units."""


def parse(content: bytes, content_type: str) -> Any:  # noqa: ANN401  JSON
    """Parse JSON in UTF-8, in the charset that `content_type` declares, or in the one its first bytes show.

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
    r"""Replace each half of a surrogate pair, which no text can hold, as the standard says.

    >>> repaired(rb'"cut \ud83d", "whole \ud83d\ude00"') == rb'"cut \ufffd", "whole \ud83d\ude00"'
    True
    """
    return HALF.sub(lambda match: match[0] if match[2] else match[1] + rb"\ufffd", content)
