"""Profiles of both systems with what people answered of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from ipaas_discovery.worksheet.facts.pair_facts import Facts
from ipaas_discovery.worksheet.facts.system_profile import UNKNOWN, ProfileRow, SystemProfile
from ipaas_discovery.worksheet.parts import Question
from ipaas_discovery.worksheet.questions import SYSTEMS

__all__ = ["answered_facts"]


def answered_facts(facts: Facts, questions: Iterable[Question]) -> Facts:
    """Put what people answered into the systems' profiles, before what the data say of the same subject."""
    profiles = {"ipaas": facts.ipaas, "third_party": facts.third_party}
    for question in questions:
        place = SYSTEMS.get(question.text)
        if place and question.answer:
            profiles[place.side] = _answered(profiles[place.side], place.subject, question)
    return replace(facts, ipaas=profiles["ipaas"], third_party=profiles["third_party"])


def _answered(profile: SystemProfile, subject: str, question: Question) -> SystemProfile:
    grade = ", ".join(filter(None, (f"answered by {question.by}" if question.by else "answered", question.date)))
    row = ProfileRow(subject, question.answer, grade)
    at = next((at for at, known in enumerate(profile.rows) if known.subject == subject), len(profile.rows))
    rest = (known for known in profile.rows[at:] if known != ProfileRow(subject, UNKNOWN))
    return replace(profile, rows=(*profile.rows[:at], row, *rest))
