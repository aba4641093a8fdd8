"""Statements of databases: those that only ask, told from those that change something."""

from __future__ import annotations

import re

from ipaas_discovery.knowledge.request_words import request_words

__all__ = ["writes_in_statement"]

QUIET = re.compile(r"'(?:[^']|'')*'|--[^\n]*|/\*(?!!).*?\*/", re.DOTALL)
"""What a statement says by the way: texts in quotes, and comments other than those that MySQL runs."""
WRITES = re.compile(
    r"""(?xis) \b(?: delete\s+from | (?:insert|merge|replace)\s+into | insert\s+overwrite | update\s+\S+(?:\s+(?:as\s+)?\w+)?\s+set\s+\S+\s*=\s*\S*?
    | truncate\s+table | (?:drop|alter|create)\s+(?:or\s+replace\s+)?(?:table|view|schema|database|index|user|role
    |procedure|function|trigger) | into\s+(?:out|dump)file | grant\s+\w+\s+on | detach\s+delete ) (?!\w)"""
)
"""Words that write in any text."""
VERBS = re.compile(
    r"(?i)\b(?:delete|insert|update|upsert|merge|replace\s+into|truncate|drop|alter|create|grant|revoke|exec|execute"
    r"|detach|set|into)\b|;\s*(?!select\b|with\b)\w"
)
"""Words that write where a text is a statement for certain."""


def writes_in_statement(text: str, *, certain: bool) -> bool:
    """Tell whether a text, or a statement for `certain`, is one that changes something.

    >>> writes_in_statement("SELECT * FROM notes WHERE t = 'delete from x'", certain=True)
    False
    >>> writes_in_statement("select 1; DELETE/**/FROM orders", certain=False)
    True
    """
    plain = text if "\\" in text or "/*!" in text else QUIET.sub(" ", text)
    if not certain:
        return WRITES.search(plain) is not None
    first = re.match(r"[\s(]*(\w+)", plain)
    if first is None or re.fullmatch(r"\s*\S*\s*", plain):
        return False
    return first[1].lower() not in request_words().writes.asking or VERBS.search(plain) is not None
