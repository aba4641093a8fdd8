"""Keys of maps that are personal themselves: by their form, by what the map is said to be kept by, or as a name."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from urllib.parse import quote, unquote

from ipaas_discovery.knowledge.personal.personal_words import folded_words, personal_words
from ipaas_discovery.knowledge.sensitive_names import sensitive_names
from ipaas_discovery.samples.redaction.field_names import is_name, is_person, is_personal
from ipaas_discovery.samples.redaction.value_patterns import is_single_name, replace_sensitive

__all__ = ["Kept", "is_like_name", "kept_by", "safe_key"]

PLAIN = re.compile(r"[A-Za-z_$@.][\w$.-]{0,13}")
"""A key of this form is a field's name: too short for an account, and neither an address nor a number."""
ANNOTATION = re.compile(
    r"@[A-Za-z]\w*(?:\.\w+)+|[\w.]+@(?:odata|OData\.Community|Microsoft\.Dynamics|Org\.OData)\.\w[\w.]*"
)
"""A key of this form is an annotation of OData, of an object or of one of its fields; no handle, no address."""
NAME = re.compile(r"[^\W\d_a-z][^\W\d_]*[.'\u2019-]?[^\W\d_]*(?:,? [^\W\d_][\w.'\u2019-]*){1,3}")
"""Words with capitals, as names of people are written."""
LEAST_DIGITS = 6
"""A shorter number among a map's keys is an id."""

Kept = str
"""A map is kept by a `name`, a `user` by name or log-in, a `person` by name, any personal `value`, or nothing."""


@lru_cache(8192)
def kept_by(name: str) -> Kept:
    """Tell what the keys of a map of this name are.

    >>> kept_by("orders_by_customer_name"), kept_by("balance_by_iban"), kept_by("customers"), kept_by("stock_by_sku")
    ('name', 'value', 'person', '')
    """
    words = folded_words(name)
    last = words[-1] if words else ""
    before = [at for at, word in enumerate(words) if word in personal_words().beside.kept_by]
    if before:
        about = words[before[-1] + 1 :]
        if about and (is_personal("_".join(about), of_person=True) or is_person("_".join(about))):
            named = is_name("_".join(about), of_person=True) and not is_person("_".join(about))
            return "name" if named else "user" if is_person("_".join(about)) else "value"
    done = sensitive_names().personal.somebody.search("".join(words))
    return "person" if done or (last.endswith("s") and is_person(last)) else ""


def is_like_name(key: str) -> bool:
    """Tell whether a key is written as a person's name is, so that it may be one that an answer tells.

    >>> is_like_name("Ada Example"), is_like_name("ada_example"), is_like_name("First name")
    (True, False, False)
    """
    return " " in key and NAME.fullmatch(key) is not None and not _is_label(key)


def safe_key(key: str, kept: Kept, mask: Callable[[str], str]) -> str:
    """Mask a map's key, or what is personal in it.

    Args:
        key: the key.
        kept: what the map is kept by.
        mask: gives the pseudonym of a text.
    """
    plain = PLAIN.fullmatch(key)
    if kept in {"name", "value"} and (not key.isdecimal() or len(key) >= LEAST_DIGITS):
        return mask(key) if kept == "value" or not is_personal(key) else key
    if (kept in {"person", "user"} and is_like_name(key)) or (kept == "user" and is_single_name(key, loosely=True)):
        return mask(key)
    if (plain and "@" not in key[1:]) or (not kept and ANNOTATION.fullmatch(key)):
        return key
    text = unquote(key)
    masked = replace_sensitive(text, "", mask)
    return key if masked == text else masked if text == key else quote(masked, safe="")


def _is_label(key: str) -> bool:
    """Tell whether a key is a label of a field rather than a name: `First name`, `Customer group`."""
    words, known = folded_words(key), personal_words()
    return is_personal(key) or not known.codes.isdisjoint(words) or not known.texts.no_names.isdisjoint(words)
