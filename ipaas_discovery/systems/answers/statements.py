"""Statements of databases: those that only ask, told from those that change something."""

from __future__ import annotations

import re

from ipaas_discovery.knowledge.request_words import request_words

__all__ = ["writes_in_statement"]

QUIET = re.compile(r"'(?:[^']|'')*'|\"[^\"]*\"|`[^`]*`|--[^\n]*|/\*(?!!).*?\*/", re.DOTALL)
"""Parts of a statement that do nothing: texts and names in quotes, and comments other than those that MySQL runs."""


def writes_in_statement(text: str, *, certain: bool) -> bool:
    """Tell whether a text, or a statement for `certain`, is one that changes something.

    >>> writes_in_statement("SELECT * FROM notes WHERE t = 'delete from x'", certain=True)
    False
    >>> writes_in_statement("select 1; DELETE/**/FROM orders", certain=False)
    True
    """
    plain = text if "\\" in text or "/*!" in text else QUIET.sub(" ", text)
    known = request_words().writes.statements
    if not certain:
        return known.in_text.search(plain) is not None
    first = re.match(r"[\s(]*(\w+)", plain)
    if first is None or re.fullmatch(r"\s*\S*\s*", plain):
        return False
    return first[1].lower() not in known.asking or known.in_statement.search(plain) is not None
