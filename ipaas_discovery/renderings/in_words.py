"""Any part of a value in few words, as it stands in a cell: a share in percent, a list shortened, a value named."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import fields, is_dataclass
from enum import Enum
from itertools import islice
from typing import Any

from ipaas_discovery.renderings.texts import counted, percent

__all__ = ["in_words", "is_share", "kind_words", "parts_of"]

SHARES = ("score", "rate", "share", "fill", "confidence")
"""Last words of the names of parts that are shares of 0 to 1."""
MOST, NAMED = 8, 2
"""Parts of a list that are named, and parts by which a value is told from others of its kind."""
CAPITAL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


def kind_words(kind: type) -> str:
    """Write the name of a class as words.

    >>> kind_words(KeyError)
    'Key error'
    """
    return CAPITAL.sub(" ", kind.__name__).capitalize()


def parts_of(value: object) -> dict[str, Any]:
    """Give the parts of a dataclass, or those said of settings, by name; none of what only the kit needs."""
    if is_dataclass(value):
        shown = [part for part in fields(value) if part.repr and part.metadata.get("plain", True)]
        return {part.name: getattr(value, part.name) for part in shown if not part.name.startswith("_")}
    given = getattr(value, "model_fields_set", ())
    return {name: getattr(value, name) for name in getattr(type(value), "model_fields", ()) if name in given}


def is_share(name: str, value: object) -> bool:
    """Tell whether a part is a share of 0 to 1, by its name and its value.

    >>> is_share("pass_rate", 0.25), is_share("score", 12.5), is_share("weight", 0.5), is_share("fill", None)
    (True, False, False, False)
    """
    return isinstance(value, float) and 0 <= value <= 1 and name.rpartition("_")[2] in SHARES


def in_words(value: Any, name: str = "") -> str:  # noqa: ANN401  any part of any value
    """Write a part of a value in few words; of a long list it names eight and counts the others.

    >>> in_words(None), in_words(True), in_words(0.2434, "fill"), in_words({"date": 3, "uuid": 1})
    ('', 'yes', '24 %', 'date 3, uuid 1')
    >>> in_words([*"abcdefghij"]), in_words((("sku", 2), ("qty", 1)))
    ('a, b, c, d, e, f, g, h and 2 more', 'sku 2, qty 1')

    Args:
        value: the part.
        name: its name, by which a share is known.
    """
    if value is None or isinstance(value, bool | Enum | float | str):
        return _plain_words(value, name)
    if isinstance(value, Mapping):
        return _shortened(f"{in_words(key)} {_of_evidence(part)}".strip() for key, part in value.items())
    if (title := getattr(value, "_title", None)) and not _few(value):
        return str(title())
    if parts := parts_of(value):
        return _brief(value, parts)
    if not isinstance(value, Iterable):
        return str(value)
    return _shortened(" ".join(map(in_words, part)) if isinstance(part, tuple) else in_words(part) for part in value)


def _few(value: object) -> bool:
    """Tell whether a value is a short list of words or numbers, which are told in place of a title."""
    plain = (str, int, float)  # an enum of this package is a text
    return isinstance(value, tuple) and len(value) <= MOST and all(isinstance(part, plain) for part in value)


def _plain_words(value: Enum | float | str | None, name: str) -> str:
    if value is None or isinstance(value, bool):
        return "" if value is None else "yes" if value else "no"
    if isinstance(value, float):
        return percent(value) if is_share(name, value) else f"{value:.4g}"
    return str(value.value if isinstance(value, Enum) else value)


def _of_evidence(part: object) -> str:
    """Write a number beside its name; between 0 and 1 it is a share."""
    return percent(part) if isinstance(part, float) and 0 <= part <= 1 else in_words(part)


def _brief(value: object, parts: Mapping[str, Any]) -> str:
    """Name a value: as it names itself, else by its first texts, else by the number of its parts."""
    if type(value).__str__ is not object.__str__ and not hasattr(value, "model_fields"):
        return str(value)
    texts = [in_words(part) for part in parts.values() if isinstance(part, str) and part]
    return ", ".join(texts[:NAMED]) or counted(len(parts), "part")


def _shortened(parts: Iterable[str]) -> str:
    """List the first parts, and count the others."""
    parts = list(parts)
    more = f" and {len(parts) - MOST:,} more" if len(parts) > MOST else ""
    return ", ".join(islice(parts, MOST)) + more
