"""Dotted paths: keys joined by dots, `[]` for a list's elements, `{name}` for a named one, `*` for any key of a map."""

from __future__ import annotations

import re

__all__ = ["escape", "list_depth", "named_part", "split_path", "unescape", "unnamed"]

_NAMED = re.compile(r"((?:[^\\]|\\.)+)\{((?:[^\\{}]|\\.)*)\}", re.DOTALL)


def escape(key: str) -> str:
    r"""Escape a record's key as a part of a path: anything that reads as a separator, a list or a map mark.

    >>> escape("meta.key"), escape("sizes[]"), escape("*")
    ('meta\\.key', 'sizes\\[]', '\\*')
    """
    if "." not in key and "\\" not in key and not key.endswith(("[]", "}")) and not key.startswith("*"):
        return key
    key = key.replace("\\", "\\\\").replace(".", "\\.")
    if key.endswith("}"):
        key = key.replace("{", "\\{")
    if key.startswith("*"):
        key = f"\\{key}"
    return key[:-2] + "\\[]" if key.endswith("[]") else key


def named_part(part: str) -> tuple[str, str] | None:
    r"""Split a part of a path into a list's key and the name of its element, or return None.

    >>> named_part("custom_fields{Season}"), named_part("meta{a\\.b\\}}"), named_part("name")
    (('custom_fields', 'Season'), ('meta', 'a.b}'), None)
    """
    match = _NAMED.fullmatch(part) if part.endswith("}") else None
    return (match[1], unescape(match[2])) if match else None


def unnamed(path: str) -> str:
    """Return the path with all elements of a list in place of a named one.

    >>> unnamed("lines[].options{Size}.value"), unnamed("sku")
    ('lines[].options[].value', 'sku')
    """
    parts = split_path(path)
    return ".".join(f"{named[0]}[]" if (named := named_part(part)) else part for part in parts)


def unescape(part: str) -> str:
    r"""Return the record's key that a part of a path (without its list marks) stands for.

    >>> unescape(escape("meta.key"))
    'meta.key'
    """
    return re.sub(r"\\(.)", r"\1", part, flags=re.DOTALL)


def list_depth(part: str) -> tuple[str, int]:
    r"""Split a part of a path into its key and the number of list marks after it.

    >>> list_depth("grid[][]"), list_depth("sizes\\[]")
    (('grid', 2), ('sizes\\[]', 0))
    """
    match = re.fullmatch(r"((?:[^\\]|\\.)*?)((?:\[\])*)", part, flags=re.DOTALL) if part.endswith("[]") else None
    return (match[1], len(match[2]) // 2) if match else (part, 0)


def split_path(path: str) -> list[str]:
    r"""Split a dotted path into its parts; an escaped dot belongs to its part.

    >>> split_path(r"lines[].meta\.key")
    ['lines[]', 'meta\\.key']
    """
    if "\\" not in path:
        return path.split(".")
    parts = [""]
    for piece in re.findall(r"\\.|[^\\]|\\$", path, flags=re.DOTALL):
        if piece == ".":
            parts.append("")
        else:
            parts[-1] += piece
    return parts
