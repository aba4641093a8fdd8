"""Profiles of both systems with what people answered of them; the questions of them with what the data say."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from ipaas_discovery.worksheet.facts.pair_facts import Facts
from ipaas_discovery.worksheet.facts.system_profile import UNKNOWN, ProfileRow, SystemProfile
from ipaas_discovery.worksheet.parts import Question
from ipaas_discovery.worksheet.questions import SYSTEMS

__all__ = ["answered_facts", "profile_proposal"]


def answered_facts(facts: Facts, questions: Iterable[Question]) -> Facts:
    """Put what people answered into the systems' profiles, before what the data say of the same subject."""
    profiles = {"ipaas": facts.ipaas, "third_party": facts.third_party}
    for question in questions:
        place = SYSTEMS.get(question.text)
        if place and question.answer:
            profiles[place.side] = _answered(profiles[place.side], place.subject, question)
    return replace(facts, **profiles)


def _answered(profile: SystemProfile, subject: str, question: Question) -> SystemProfile:
    said = ", ".join(filter(None, (f"answered by {question.by}" if question.by else "answered", question.date)))
    row = ProfileRow(subject, question.answer, said)
    at = next((at for at, known in enumerate(profile.rows) if known.subject == subject), len(profile.rows))
    rest = (known for known in profile.rows[at:] if known != ProfileRow(subject, UNKNOWN))
    return replace(profile, rows=(*profile.rows[:at], row, *rest))


def profile_proposal(question: str, ipaas: SystemProfile, third_party: SystemProfile) -> tuple[str, str]:
    """Give what the data answer to a question of a system, and the grade of that; empty texts where they do not."""
    place = SYSTEMS.get(question)
    rows = {"ipaas": ipaas, "third_party": third_party}[place.side].rows if place else ()
    known = (row for row in rows if place and row.subject == place.subject and row.value != UNKNOWN)
    return next(((row.value, row.grade) for row in known), ("", ""))
