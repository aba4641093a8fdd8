"""Policy for a system's answers: personal data is redacted unless `raw` is set."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from ipaas_discovery.renderings.card import Card
from ipaas_discovery.samples.redaction.user_rules import UserRules

__all__ = ["AnswerPolicy"]


@dataclass(frozen=True, slots=True)
class AnswerPolicy(Card):
    """Choice of what becomes of a system's answers: redacted, and stored if a folder is named.

    >>> AnswerPolicy().raw, AnswerPolicy().folder
    (False, None)

    Attributes:
        folder: the folder of the stores, one per system; None stores nothing.
        rules: the user's rules: fields to redact beyond what is recognised, or to keep in spite of it.
        raw: redact nothing.
        refresh: ask the network though there is a store, and record a new generation.
        record: store what is asked of a system of which nothing is stored.
        day: the day (ISO) whose stored pull is replayed; the latest by default.
        probes: the folder that keeps what probes refuted, for the claims of later pulls; None keeps it in memory.
    """

    folder: Path | None = None
    rules: UserRules = field(default_factory=UserRules)
    raw: bool = False
    refresh: bool = False
    probes: Path | None = None
    day: str = ""
    record: bool = True
