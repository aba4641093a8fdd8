"""All values of one field in an answer, and whether they are personal: by their form and what stands beside them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache

from ipaas_discovery.knowledge.people.value_words import value_words
from ipaas_discovery.knowledge.personal.personal_words import folded_words, personal_words
from ipaas_discovery.samples.redaction.by_form.value_form import (
    Form,
    form_of,
    has_frequent_name,
    is_ordinary,
    is_title,
    words_of,
)
from ipaas_discovery.samples.redaction.field_names import is_agent, is_person

__all__ = ["FieldColumn", "Signs", "is_of_things"]

FEMALE = {"in", "innen"}
"""The end of a German word for a woman, written with a capital: `LeserIn`."""
ALIKE, ORDINARY, KNOWN, MOSTLY, MANY, ENOUGH = 0.9, 0.15, 0.3, 0.7, 3, 3
MOST_OF_SIBLINGS, SHORTEST_THING = 3, 3


@dataclass(frozen=True, slots=True)
class Signs:
    """The number of fields beside one, and around these, whose form is a sign of somebody's record."""

    beside: int
    around: int
    has_street: bool


@dataclass(slots=True)
class FieldColumn:
    """The texts of one field, as far as they were looked at.

    Attributes:
        keys: the keys that lead to it, from the body on, its own last.
        texts: its texts.
        siblings: the fields beside it that are personal by their names.
        around: those of the whole record.
        is_of_person: true where many of the fields beside it are personal.
        of_goods: true where it stands in an object that describes no person.
    """

    keys: tuple[str, ...]
    siblings: int = 0
    around: int = 0
    is_of_person: bool = False
    of_goods: bool = False
    texts: list[str] = field(default_factory=list)

    def form(self) -> Form | None:
        """Tell the form that nearly all of its texts have."""
        if len(self.texts) > MANY and form_of(self.texts[0]) is form_of(self.texts[1]) is None:
            return None
        forms = Counter(map(form_of, self.texts))
        form, count = forms.most_common(1)[0]
        if form is Form.WORD and forms[Form.NAMES]:
            form = Form.NAMES
        if form is Form.NAMES:
            count = forms[Form.NAMES] + forms[Form.WORD]
        return form if count >= ALIKE * len(self.texts) else None

    def is_sign(self, form: Form | None) -> bool:
        """Tell whether texts of this form are a sign that a record is somebody's, whatever the field's name."""
        if form in {Form.NAMES, Form.EASTERN}:
            return self._differ and (self._share(has_frequent_name) > KNOWN or self._is_titled)
        if form is Form.NUMBER:
            return self._differ and not any(map(str.isdecimal, self.texts))
        return form in {Form.DAY, Form.STREET, Form.MAIL} and self._differ

    def is_personal(self, form: Form, names: frozenset[str], signs: Signs) -> bool:
        """Tell whether its texts of this form are personal.

        Args:
            form: their form.
            names: the words of names that the answer tells.
            signs: the other fields whose form is a sign of somebody's record.
        """
        siblings = self.siblings + signs.beside
        around = self.around - self.siblings + signs.around
        score = min(siblings, MOST_OF_SIBLINGS) + min(around // 2, MANY - 1) - 2 * self.of_goods
        if len(self.texts) >= MANY:
            score += 1 if self._distinct > MOSTLY * len(self.texts) else -2 if self._distinct > 1 else -4
        if form is Form.STREET:
            return score >= ENOUGH
        if form in {Form.DAY, Form.NUMBER}:
            return self._differ and self._distinct == len(self.texts) and score > ENOUGH
        if self._share(is_ordinary) > ORDINARY:
            return False
        is_known = self._share(has_frequent_name) > KNOWN or self._is_titled
        is_heard = self._share(lambda text: not names.isdisjoint(words_of(text))) > KNOWN
        agent = _agent(self.keys)
        differ = self._differ
        if form is Form.WORD:
            score += -1 + signs.has_street
            differ = differ and self._distinct == len(self.texts) and siblings >= MOST_OF_SIBLINGS
        if not (is_known or is_heard or differ or agent > 1):
            return False
        return score + 2 * is_known + is_heard + agent >= ENOUGH

    @property
    def _distinct(self) -> int:
        return len({*self.texts})

    @property
    def _differ(self) -> bool:
        """True if enough texts are there, and few of them twice, as most kinds of a thing are."""
        least = MANY if self.is_of_person else MANY + 1
        return len(self.texts) >= least and self._distinct >= MOSTLY * len(self.texts)

    @property
    def _is_titled(self) -> bool:
        return self._share(lambda text: " " in text and is_title(text.split()[0])) > KNOWN

    def _share(self, is_so: Callable[[str], bool]) -> float:
        """Give the share of the texts of which something is true."""
        return sum(map(is_so, self.texts)) / len(self.texts)


def _agent(keys: tuple[str, ...]) -> int:
    """Weigh whether the name of a field is formed like one for who does something."""
    if is_agent(keys[-1]) or is_person(keys[-1]):
        return 2
    words = [word for word in folded_words(keys[-1]) if word not in value_words().generic and word not in FEMALE]
    return int(bool(words) and value_words().agent.search(words[-1]) is not None)


@lru_cache(65_536)
def is_of_things(keys: tuple[str, ...], form: Form) -> bool:
    """Tell whether a field's name, or if it says nothing what holds it, says that its values are no person's.

    >>> is_of_things(("data", "breed"), Form.NAMES), is_of_things(("data", "caddie"), Form.NAMES)
    (True, False)
    """
    known = value_words()
    key, words = _telling_words(keys)
    if not words:
        return True
    if form is Form.STREET:
        return False
    if form in {Form.DAY, Form.NUMBER}:
        papers = known.of_days if form is Form.DAY else known.of_numbers | known.of_things
        return not papers.isdisjoint(words)
    head, last = words[-1], folded_words(key)[-1]
    if head in known.of_things or known.of_thing.search(head):
        return True
    if last == head and len(head) >= SHORTEST_THING and head in known.ordinary - known.of_people:
        return True
    agent = is_person(head) or is_agent(head) or value_words().agent.search(head) is not None
    return not agent and not known.of_things.isdisjoint(words)


def _telling_words(keys: tuple[str, ...]) -> tuple[str, list[str]]:
    """Give the last key that tells something, and the words in it that do."""
    for key in reversed(keys):
        words = [word for word in folded_words(key) if word not in value_words().generic and not word.isdigit()]
        if words and "".join(words) not in personal_words().wraps:
            return key, words
    return "", []
