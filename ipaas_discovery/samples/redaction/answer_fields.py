"""The fields of a system's answers: what each is called, what an analyst says of it, and what its name says."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache

from ipaas_discovery.samples.redaction.answer_paths import AnswerPaths
from ipaas_discovery.samples.redaction.classify_field import FieldClass, classify_field
from ipaas_discovery.samples.redaction.field_names import is_person
from ipaas_discovery.samples.redaction.pseudonym import Pseudonyms
from ipaas_discovery.samples.redaction.user_rules import UserRules
from ipaas_discovery.samples.redaction.value_patterns import found_in

__all__ = ["AnswerField", "AnswerFields"]

REMEMBERED = 65_536


@dataclass(slots=True, eq=False)
class AnswerField:
    """One field of the answers of a path, found out once.

    Attributes:
        keys: of the objects around it and its own, from the body on.
        found: the collections that the path answers.
        written: its key without what is personal in it.
        said: what the analyst says: to hide it, to keep it, or nothing (None).
        judged: what its name says.
        wire: whether later requests repeat its values.
        telling: whether its name makes some texts in it personal as a whole.
        deep: whether its name makes some numbers in it personal.
        inner: the fields of the objects in it that were met.
    """

    keys: tuple[str, ...]
    found: tuple[str, ...]
    written: str = ""
    said: bool | None = None
    judged: FieldClass = field(default_factory=lambda: FieldClass(""))
    wire: bool = False
    telling: bool = False
    deep: bool = True
    inner: dict[str, AnswerField] = field(default_factory=dict)


class AnswerFields:
    """Finds the fields of one system's answers.

    Args:
        places: where its collections are.
        rules: what the analyst widens or narrows.
    """

    def __init__(self, places: AnswerPaths, rules: UserRules) -> None:
        self._places, self._rules = places, rules
        self._met = 0
        self.root = lru_cache(1024)(lambda found: AnswerField((), found))

    def inside(self, place: AnswerField, key: str, pseudonyms: Pseudonyms) -> AnswerField:
        """The field `key` of the objects at `place`."""
        known = place.inner.get(key)
        if known is not None:
            return known
        keys, found = (*place.keys, key), place.found
        said = self._rules.says(self._places.names(keys, found)) if self._rules.keep or self._rules.hide else None
        of_person = any(map(is_person, (*found, *keys[-3:-1])))
        judged = classify_field(key, place.judged.name, of_person=of_person)
        telling, deep = judged.personal or judged.person, judged.personal or judged.card
        wire = key in self._places.wire
        made = AnswerField(keys, found, _written(key, pseudonyms), said, judged, wire, telling, deep)
        if self._met < REMEMBERED:  # members named by an id are fields without end
            self._met += 1
            place.inner[key] = made
        return made


def _written(key: str, pseudonyms: Pseudonyms) -> str:
    """A member's name, which some systems make of an address or a number."""
    return found_in(key, "", pseudonyms.text) if "@" in key or key[:1].isdigit() or key[:1] == "+" else key
