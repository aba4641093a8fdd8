"""Answer that the data give to a planning question about one of the two systems."""

from __future__ import annotations

from ipaas_discovery.worksheet.facts.system_profile import UNKNOWN, SystemProfile
from ipaas_discovery.worksheet.questions import SYSTEMS

__all__ = ["profile_proposal"]


def profile_proposal(question: str, ipaas: SystemProfile, third_party: SystemProfile) -> tuple[str, str]:
    """Give what the data answer to a question of a system, and the grade of that; empty texts where they do not."""
    place = SYSTEMS.get(question)
    rows = {"ipaas": ipaas, "third_party": third_party}[place.side].rows if place else ()
    known = (row for row in rows if place and row.subject == place.subject and row.value != UNKNOWN)
    return next(((row.value, row.grade) for row in known), ("", ""))
