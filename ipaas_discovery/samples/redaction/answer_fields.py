"""The fields of a system's answers: their names, the user's rules for them, and what their names tell."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache

from ipaas_discovery.samples.redaction.answer_paths import AnswerPaths
from ipaas_discovery.samples.redaction.classify_field import FieldClass, classify_field
from ipaas_discovery.samples.redaction.field_names import is_person
from ipaas_discovery.samples.redaction.pseudonym import Pseudonyms
from ipaas_discovery.samples.redaction.user_rules import UserRules
from ipaas_discovery.samples.redaction.value_patterns import replace_sensitive

__all__ = ["AnswerField", "AnswerFields"]

REMEMBERED = 65_536


@dataclass(slots=True, eq=False)
class AnswerField:
    """One field of the answers of a path, classified once.

    Attributes:
        keys: the keys that lead to it, from the body on, its own last.
        collections: the collections that the path answers.
        safe_key: its key without what is personal in it.
        user_rule: the user's rule: hide it (True), keep it (False), or none (None).
        field_class: what its name tells of its values.
        is_reused_in_requests: true if later requests repeat its values.
        has_personal_text: true if its name makes some texts in it personal as a whole.
        has_personal_numbers: true if its name makes some numbers in it personal.
        inner: the fields of the objects in it that were met.
    """

    keys: tuple[str, ...]
    collections: tuple[str, ...]
    safe_key: str = ""
    user_rule: bool | None = None
    field_class: FieldClass = field(default_factory=lambda: FieldClass(""))
    is_reused_in_requests: bool = False
    has_personal_text: bool = False
    has_personal_numbers: bool = True
    inner: dict[str, AnswerField] = field(default_factory=dict)


class AnswerFields:
    """Finds the fields of one system's answers, and remembers them.

    Args:
        answer_paths: the collections in its answers.
        rules: the user's own rules.
    """

    def __init__(self, answer_paths: AnswerPaths, rules: UserRules) -> None:
        self._answer_paths, self._rules = answer_paths, rules
        self._met = 0
        self.root = lru_cache(1024)(lambda collections: AnswerField((), collections))

    def inside(self, parent: AnswerField, key: str, pseudonyms: Pseudonyms) -> AnswerField:
        """Find the field `key` of the objects in the field `parent`."""
        known = parent.inner.get(key)
        if known is not None:
            return known
        keys, collections = (*parent.keys, key), parent.collections
        has_rules = self._rules.keep or self._rules.hide
        user_rule = self._rules.rule_for(self._answer_paths.names(keys, collections)) if has_rules else None
        of_person = any(map(is_person, (*collections, *keys[-3:-1])))
        field_class = classify_field(key, parent.field_class.name, of_person=of_person)
        answer_field = AnswerField(
            keys,
            collections,
            _safe_key(key, pseudonyms),
            user_rule,
            field_class,
            is_reused_in_requests=key in self._answer_paths.reused_names,
            has_personal_text=field_class.personal or field_class.person,
            has_personal_numbers=field_class.personal or field_class.card,
        )
        if self._met < REMEMBERED:  # members named by an id are fields without end
            self._met += 1
            parent.inner[key] = answer_field
        return answer_field


def _safe_key(key: str, pseudonyms: Pseudonyms) -> str:
    """Mask a member's name where it is an address or a number, as some systems name members by those."""
    return replace_sensitive(key, "", pseudonyms.text) if "@" in key or key[:1].isdigit() or key[:1] == "+" else key
