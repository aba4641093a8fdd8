"""Say what becomes of a system's answers; personal data is redacted unless raw is said aloud."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from ipaas_discovery.samples.redaction.user_rules import UserRules

__all__ = ["AnswerPolicy"]


@dataclass(frozen=True, slots=True)
class AnswerPolicy:
    """What becomes of a system's answers: redacted, and stored where a folder is named.

    >>> AnswerPolicy().raw, AnswerPolicy().folder
    (False, None)

    Attributes:
        folder: where stores are, one a system; None stores nothing.
        rules: which fields are redacted beyond, or in spite of, what is recognised.
        raw: redact nothing.
        refresh: ask the network though there is a store, and record a new generation.
    """

    folder: Path | None = None
    rules: UserRules = field(default_factory=UserRules)
    raw: bool = False
    refresh: bool = False
