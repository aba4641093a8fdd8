"""Examples of values as they may be shown: what is personal keeps its form alone."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from ipaas_discovery.samples.redaction.classify_field import classify_field
from ipaas_discovery.samples.redaction.value_patterns import replace_sensitive
from ipaas_discovery.schemas.schema import Field

__all__ = ["WHOLES", "examples_of", "shown"]

EXAMPLES = 3
LONGEST = 40
WHOLES = ("an object", "a list")
"""Words for a value that is not shown."""


def examples_of(field: Field, values: Iterable[Any]) -> tuple[str, ...]:
    """Show a few different values of a field, the first ones."""
    different: dict[str, None] = {}
    for value in values:
        different.setdefault(shown(field, value))
        if len(different) == EXAMPLES:
            break
    return tuple(different)


def shown(field: Field, value: Any) -> str:  # noqa: ANN401  any JSON value
    """Show one value, shortened; a personal one by its form.

    >>> shown(Field("billing.email"), "ada@example.test"), shown(Field("status"), "on hold")
    ('xxx@xxxxxxx.xxxx', 'on hold')
    """
    kind, text = classify_field(field.name), str(value).lower() if isinstance(value, bool) else str(value)
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    if isinstance(value, dict | list | tuple):
        return WHOLES[not isinstance(value, dict)]
    personal = kind.of_number(value) if is_number else kind.of_text(text)
    text = _form(text) if personal else text if is_number else replace_sensitive(text, field.name, _form)
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"


def _form(text: str) -> str:
    return re.sub(r"[^\W\d_]", "x", re.sub(r"\d", "9", text))
