"""The words of a name: the one way to split it, and the one way to bare it."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

__all__ = ["bare", "singulars", "split_words"]

REMEMBERED = 65_536
"""Names that are remembered; members named by an id are names without end."""
_WORD = re.compile(r"[A-Z]+(?![^\W\d_A-Z])|[A-Z]?[^\W\d_A-Z]+|\d+")
_SIGNS = re.compile(r"[^a-z0-9]+")


@lru_cache(REMEMBERED)
def split_words(name: str) -> tuple[str, ...]:
    """Split a name into lower-case words, at case, digits and marks.

    >>> split_words("billingAddress_line1"), split_words("country_iso2"), split_words("SKUCode")
    (('billing', 'address', 'line', '1'), ('country', 'iso', '2'), ('sku', 'code'))
    """
    return tuple(word.lower() for word in _WORD.findall(name))


@lru_cache(REMEMBERED)
def bare(name: str) -> str:
    """Remove case, accents and signs from a name, to compare `custom-attributes` with `customAttributes`.

    >>> bare("X-HTTP-Method"), bare("page[size]"), bare("Länge"), bare("Obligatoire ?"), bare("№")
    ('xhttpmethod', 'pagesize', 'lange', 'obligatoire', 'no')
    """
    plain = name if name.isascii() else unicodedata.normalize("NFKD", name.replace("ß", "ss"))
    return _SIGNS.sub("", plain.lower())


def singulars(name: str) -> tuple[str, ...]:
    """Guess the singulars of `name`; English leaves a choice.

    >>> singulars("warehouses"), singulars("Categories"), singulars("stock")
    (('warehouse', 'warehous'), ('Category', 'Categorie', 'Categori'), ())
    """
    stems = [name[:-3] + "y"] if name.endswith("ies") else []
    if name.endswith("s") and not name.endswith("ss"):
        stems.append(name[:-1])
    if name.endswith("es"):
        stems.append(name[:-2])
    return tuple(one for one in stems if one)
