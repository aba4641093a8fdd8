"""Tell links from other values of an answer."""

from __future__ import annotations

import re
from typing import TypeGuard
from urllib.parse import urlsplit

__all__ = ["is_link"]


def is_link(value: object) -> TypeGuard[str]:
    """Tell whether a value can be the address of a page: a full URL, one from the root, or a query alone.

    >>> is_link("/orders?page=2"), is_link("?page=2"), is_link("2"), is_link(2)
    (True, True, False, False)
    """
    if not isinstance(value, str) or not re.search(r"[/?]", value):
        return False
    try:
        return urlsplit(value).scheme in {"", "http", "https"}
    except ValueError:
        return False
