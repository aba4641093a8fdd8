"""The fields of a system's answers: their names, the user's rules for them, and what their names tell."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any

from ipaas_discovery.knowledge.personal.personal_words import folded_words, personal_words
from ipaas_discovery.samples.redaction.answer_paths import AnswerPaths
from ipaas_discovery.samples.redaction.classify_field import FieldClass, classify_field
from ipaas_discovery.samples.redaction.field_names import (
    holds_no_person,
    is_name,
    is_part_of_name,
    is_person,
    is_personal,
    tells_of_goods,
    tells_of_person,
)
from ipaas_discovery.samples.redaction.map_keys import is_like_name, kept_by, safe_key
from ipaas_discovery.samples.redaction.named_values import is_value
from ipaas_discovery.samples.redaction.user_rules import UserRules
from ipaas_discovery.samples.redaction.value_patterns import may_be_card_named
from ipaas_discovery.systems.answers.xml_body import XML_TEXT

__all__ = ["AnswerField", "AnswerFields", "FormedField"]

REMEMBERED, SHAPES = 65_536, 1_000
ID = ("id",)
NUMBERS = {("number",), *((what, number) for what in ("doc", "document") for number in ("number", "no", "nr"))}


@dataclass(frozen=True, slots=True)
class FormedField:
    """A field whose values are personal by their form: the keys that lead to it, and its class."""

    keys: tuple[str, ...]
    field_class: FieldClass


@dataclass(slots=True, eq=False)
class AnswerField:
    """One field of the answers of a path, classified once.

    Attributes:
        keys: the keys that lead to it, from the body on, its own last.
        collections: the collections that the path answers.
        safe_key: its key without what is personal in it.
        user_rule: the user's rule for the field itself: hide it (True), keep it (False), or none (None).
        rule: the rule that holds there: the user's for it or for what holds it, or what a label beside it says.
        field_class: what its name tells of its values.
        is_reused_in_requests: true if later requests repeat its values.
        has_personal_text: true if its name makes some texts in it personal as a whole.
        has_personal_numbers: true if its name makes some numbers in it personal.
        has_no_names: true if it is hidden as a whole, or holds a code, so that no name is told in it.
        plain: the keys in it whose name tells nothing, so that only a text's form can be personal: how each is
            written; empty where no name is told in it either.
        quiet: the keys in it whose name tells nothing of a number, so that only a card's form can be personal.
        renamed: true if a key in it is written otherwise, or is like a person's name.
        kept_by: what its keys are, if it is a map.
        may_be_card: true if a number with a card's form is a card's there, as it is no item's or record's number.
        takes_names: true if names may be replaced in its texts.
        inner: the fields of the objects in it that were met.
        ruled: the same field where another rule holds.
        described: how sure it is that its objects describe a person, by their keys: `surely`, `likely`, or not.
        people: the same field where its objects describe a person, by how sure that is.
        unnamed: the keys of objects in it of which none names a value beside it, and the field as these keys tell it.
        users: the same field where its keys are what people log in with.
        by_form: the fields, by their keys, whose values are personal by their form, and how.
    """

    keys: tuple[str, ...]
    collections: tuple[str, ...]
    safe_key: str = ""
    user_rule: bool | None = None
    rule: bool | None = None
    field_class: FieldClass = field(default_factory=lambda: FieldClass(""))
    is_reused_in_requests: bool = False
    has_personal_text: bool = False
    has_personal_numbers: bool = True
    has_no_names: bool = True
    plain: dict[str, str] = field(default_factory=dict)
    quiet: set[str] = field(default_factory=set)
    renamed: bool = False
    kept_by: str = ""
    may_be_card: bool = True
    inner: dict[str, AnswerField] = field(default_factory=dict)
    ruled: dict[bool | None, AnswerField] = field(default_factory=dict)
    described: str = ""
    people: dict[str, AnswerField] = field(default_factory=dict)
    unnamed: dict[tuple[str, ...], AnswerField] = field(default_factory=dict)
    users: AnswerField | None = None
    by_form: Mapping[tuple[str, ...], FieldClass] = field(default_factory=dict)
    takes_names: bool = field(init=False)

    def __post_init__(self) -> None:
        self.takes_names = self.rule is None and not self.has_no_names and not self.is_reused_in_requests

    def remember_unnamed(self, shape: tuple[str, ...], described: AnswerField) -> None:
        """Remember the keys of an object of which none names a value beside it; maps have such without end."""
        if len(self.unnamed) < SHAPES:
            self.unnamed[shape] = described

    def described_by(self, shape: tuple[str, ...]) -> AnswerField:
        """Give the same field as the keys of an object in it tell what it describes."""
        described = tells_of_person(shape, (*self.collections, *self.keys[-2:]))
        if described == self.described:
            return self
        if described not in self.people:
            self.people[described] = self._anew(described=described)
        return self.people[described]

    def _anew(self, **changes: Any) -> AnswerField:  # noqa: ANN401  a value of any attribute
        """Give the same field with other attributes, before anything in it was met."""
        fresh: dict[str, Any] = {name: {} for name in ("plain", "inner", "ruled", "unnamed", "people")}
        return replace(self, **fresh, quiet=set(), renamed=False, **changes)

    @property
    def is_personal(self) -> bool:
        """True if any text in it is personal as a whole, and none that later requests repeat."""
        return self.field_class.personal and self.rule is None and not self.is_reused_in_requests

    @property
    def is_of_people(self) -> bool:
        """True if the collection that it belongs to is about people."""
        return any(map(is_person, self.collections))

    @property
    def is_free(self) -> bool:
        """True if people write what they like in it, and nothing else is known of its texts."""
        return (
            self.field_class.free and self.rule is None and not (self.has_personal_text or self.is_reused_in_requests)
        )

    @property
    def tells_of_texts(self) -> bool:
        """True if its name tells something of its texts."""
        return self.is_reused_in_requests or self.has_personal_text or self.field_class.free or self.field_class.prose

    def by_user(self) -> AnswerField:
        """Give the same field where its keys are what people log in with."""
        if self.users is None:
            self.users = self._anew(kept_by="user")
        return self.users

    def under(self, rule: bool | None) -> AnswerField:  # noqa: FBT001  the rule is what it is about
        """Give the same field where another rule holds."""
        if rule is self.rule:
            return self
        if rule not in self.ruled:
            self.ruled[rule] = self._anew(rule=rule)
        return self.ruled[rule]


class AnswerFields:
    """Finds the fields of one system's answers, and remembers them.

    Args:
        answer_paths: the collections in its answers.
        rules: the user's own rules.
        mask: gives the pseudonym of a text.
    """

    def __init__(self, answer_paths: AnswerPaths, rules: UserRules, mask: Callable[[str], str]) -> None:
        self._answer_paths, self._rules, self._mask = answer_paths, rules, mask
        self._met = 0
        self._root = lru_cache(1024)(
            lambda collections, formed: AnswerField(
                (), collections, by_form={one.keys: one.field_class for one in formed}
            )
        )

    def root(self, collections: tuple[str, ...], formed: frozenset[FormedField] = frozenset()) -> AnswerField:
        """Give the field that is a whole answer with these collections.

        Args:
            collections: the collections.
            formed: the fields in it that are personal by the form of their values. Defaults to none.
        """
        return self._root(collections, formed)

    def inside(self, parent: AnswerField, key: str) -> AnswerField:
        """Find the field `key` of the objects in the field `parent`."""
        met = parent.inner.get(key)
        if met is not None:
            return met
        answer_field = self._classified(parent, key)
        if self._met < REMEMBERED:  # members named by an id are fields without end
            self._met += 1
            parent.inner[key] = answer_field
            if answer_field.rule is None and not answer_field.has_personal_numbers:
                parent.quiet.add(key)
                if not answer_field.tells_of_texts:
                    parent.plain[key] = "" if answer_field.has_no_names else answer_field.safe_key
        parent.renamed = parent.renamed or answer_field.safe_key != key or is_like_name(key)
        return answer_field

    def _classified(self, parent: AnswerField, key: str) -> AnswerField:
        keys, collections = (*parent.keys, key), parent.collections
        has_rules = self._rules.keep or self._rules.hide
        user_rule = self._rules.rule_for(self._answer_paths.names(keys, collections)) if has_rules else None
        field_class = self._class_of(parent, key)
        if keys in parent.by_form:
            formed = parent.by_form[keys]
            known = field_class.person and not (field_class.personal or formed.personal)
            field_class = replace(field_class, alone=True) if known else formed
        return AnswerField(
            keys,
            collections,
            safe_key(key, parent.kept_by, self._mask),
            user_rule,
            parent.rule if user_rule is None else user_rule,
            field_class,
            is_reused_in_requests=key in self._answer_paths.reused_names,
            has_personal_text=field_class.personal or field_class.person,
            has_personal_numbers=field_class.personal or field_class.card,
            has_no_names=field_class.personal or field_class.code,
            kept_by=kept_by(key),
            may_be_card=may_be_card_named(key),
            by_form=parent.by_form,
        )

    def _class_of(self, parent: AnswerField, key: str) -> FieldClass:
        """Classify a field by its name, what it stands in, and what the names beside it tell."""
        holders = (*parent.collections, *parent.keys)
        if tells_of_goods(key, holders):
            return FieldClass(key)
        own = bool(parent.keys) and (  # an element's own text is what the element is called, a value what holds it
            key == XML_TEXT or (parent.field_class.personal and (is_value(key) or _is_itself(key, parent)))
        )
        if own:
            return parent.field_class
        of_person = (
            parent.described == "surely"
            or (any(map(is_person, (*parent.collections, *parent.keys[-2:]))) and not holds_no_person(parent.keys))
            or is_part_of_name(key, parent.keys[-1:])
        )
        holder = parent.field_class.name if parent.field_class.name != "date" else parent.keys[-2:][0]
        field_class = classify_field(key, holder, of_person=of_person)
        likely = parent.described == "likely" and not field_class.personal
        if likely and is_name(key) and is_personal(key, of_person=True):
            return replace(field_class, person=True, names=True, titled=True)
        return field_class


def _is_itself(key: str, parent: AnswerField) -> bool:
    """Tell whether a member is what holds it: the `id` of a `passport_id`, the `number` of a phone, a private one."""
    words = folded_words(key)
    if words == ID:
        return folded_words(parent.field_class.name)[-1:] == ID
    return words in NUMBERS or "".join(words) in personal_words().beside.ways
