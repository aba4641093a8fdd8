"""Personal data and secrets taken out of an answer before anything else sees it; joins, lengths and formats stay."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from functools import cached_property, lru_cache
from threading import local
from typing import Any

import msgspec

from ipaas_discovery.samples.redaction.answer_fields import AnswerField, AnswerFields
from ipaas_discovery.samples.redaction.answer_paths import AnswerPaths
from ipaas_discovery.samples.redaction.field_names import is_name, is_person, is_personal
from ipaas_discovery.samples.redaction.free_text import KnownNames, NamesInText
from ipaas_discovery.samples.redaction.named_values import (
    are_pairs,
    columns_of,
    is_head,
    name_beside,
    names_somebody,
    roles,
)
from ipaas_discovery.samples.redaction.packed import repacked
from ipaas_discovery.samples.redaction.personal_numbers import masked_number
from ipaas_discovery.samples.redaction.pseudonym import Pseudonyms
from ipaas_discovery.samples.redaction.redaction_key import redaction_key
from ipaas_discovery.samples.redaction.unstructured import (
    as_json,
    as_text,
    broken,
    host,
    introduced,
    labelled,
    link,
    links,
)
from ipaas_discovery.samples.redaction.user_rules import UserRules
from ipaas_discovery.samples.redaction.value_patterns import LEAST_DIGITS, harmless, is_card, replace_sensitive
from ipaas_discovery.systems.answers.body import repaired
from ipaas_discovery.systems.connectors.credentials import ways_to_write

__all__ = ["Redactor"]

_decode = msgspec.json.Decoder(float_hook=Decimal).decode
_encode = msgspec.json.Encoder(decimal_format="number").encode
"""Numbers pass through as they are written, however long."""
SHORTEST_SECRET = 8
"""A shorter secret would be found in texts that have nothing to do with it."""
LEAST_CARD = 10**13
"""The smallest number with the digits of a payment card's."""
LEAST_REPEATED = 10 ** (LEAST_DIGITS - 1)
NO_RULES = UserRules()
REMEMBERED, SHORT = 65_536, 100
"""The number of texts that are remembered, and their greatest length."""


class Redactor:
    """Redacts the answers of one system.

    Safe to use from several threads; it never raises for what it is given.

    Args:
        paths: the paths of the collections in the system's answers. Defaults to none.
        rules: the user's own rules.
        secrets: gives the secrets in use now, by name, that no answer may repeat.
        key: the key of the pseudonyms. Defaults to the environment's, the keyring's or one of this process.
    """

    def __init__(
        self,
        paths: AnswerPaths | None = None,
        rules: UserRules = NO_RULES,
        *,
        secrets: Callable[[], Mapping[str, str]] = dict,
        key: bytes | None = None,
    ) -> None:
        self._answer_paths, self._secrets, self._key = paths or AnswerPaths(), secrets, key
        self._known = KnownNames()
        self._original: dict[str, str] = {}
        self._here = local()
        self._spellings: tuple[str, ...] = ()
        self._fields = AnswerFields(self._answer_paths, rules)
        self._searched = lru_cache(REMEMBERED)(self._search)

    @cached_property
    def _pseudonyms(self) -> Pseudonyms:
        return Pseudonyms(self._key or redaction_key())

    def json(self, content: bytes, path: str) -> bytes | None:
        """Redact the body of an answer to a request of `path`; None if it is no JSON."""
        try:
            try:
                body = _decode(content)
            except msgspec.DecodeError:
                body = _decode(repaired(content))
            return _encode(self._redacted(body, path))
        except (msgspec.MsgspecError, UnicodeError, RecursionError, ValueError, ArithmeticError):
            return None

    def value(self, body: Any, path: str) -> Any:  # noqa: ANN401  any JSON value
        """Redact the parsed body of an answer to a request of `path`; the body itself stays as it is."""
        return self._redacted(_copied(body), path)

    def _redacted(self, body: Any, path: str) -> Any:  # noqa: ANN401  any JSON value
        """Redact a body in its place."""
        collections = self._answer_paths.collections(path)
        self._look_up_secrets()
        if not collections and isinstance(body, dict) and isinstance(body.get("paths"), dict):
            return self._without_secrets_in(body)  # an API description: about fields, not of people
        root = self._fields.root(collections)
        names = NamesInText(whole=True)
        walked = self._walk(body, root, None, names)
        names.apply(self._masked)
        names.apply_known(self._known, self._masked)
        return walked

    def records(self, records: Iterable[Mapping[str, Any]], collection: str) -> tuple[dict[str, Any], ...]:
        """Redact records of a collection that came without a request, like those of an answer."""
        self._look_up_secrets()
        root = self._fields.root((collection,))
        return tuple(self._record(_copied(dict(record)), root, None, NamesInText()) for record in records)

    def text(self, text: str, name: str = "") -> str:
        """Redact a text outside a record, such as a header or a part of a URL: personal by its name or by its form."""
        self._look_up_secrets()
        if name and (is_personal(name) or (is_person(name) and not text.isdecimal())):
            return self._mask_once(text)
        safe = replace_sensitive(links(text, self._mask_once, self._keep), name, self._mask_once)
        return self._without_secrets(self._without_names(safe))

    def page(self, text: str) -> str:
        """Redact a body that is no JSON, as an error may show it: what looks like JSON is redacted as such."""
        self._look_up_secrets()
        safe = replace_sensitive(broken(text, self._mask_once), "", self._mask_once)
        return self._without_secrets(self._without_names(repacked(safe, self._search_page)))

    def _search_page(self, text: str) -> str:
        return replace_sensitive(broken(text, self._mask_once), "", self._mask_once)

    def _without_names(self, text: str) -> str:
        """Replace names that labels, titles or earlier answers tell to be some."""
        return self._known.masked(introduced(labelled(text, self._mask_once), self._mask_once), self._mask_once)

    def _mask_once(self, text: str) -> str:
        """Give a pseudonym, but leave values alone that are already pseudonyms."""
        return text if text in self._original else self._remembered(text)

    def original_of(self, text: str) -> str:
        """Return the value that a pseudonym stands for; the text itself if it stands for none."""
        return self._original.get(text, text)

    def replaced_reusable_value(self) -> bool:
        """Tell whether this thread replaced a value that a later request may repeat, since it was last called."""
        replaced = getattr(self._here, "replaced_reusable_value", False)
        self._here.replaced_reusable_value = False
        return bool(replaced)

    @property
    def has_reusable_values(self) -> bool:
        """True if any value that a later request may repeat was replaced."""
        return bool(self._original)

    def _walk(self, value: Any, field: AnswerField, hidden: bool | None, names: NamesInText) -> Any:  # noqa: ANN401,FBT001  any JSON value; the rule so far, handed on
        if isinstance(value, dict):
            return self._object(value, field, hidden, names)
        if isinstance(value, list):
            return self._list(value, field, hidden, names)
        if isinstance(value, str):
            return self._string(value, field, hidden, names) if value else value
        return value if value is None or isinstance(value, bool) else self._number(value, field, hidden)

    def _number(self, value: Any, field: AnswerField, hidden: bool | None) -> Any:  # noqa: ANN401,FBT001  a number of any kind; the rule so far, handed on
        if hidden is False:
            return value
        if field.is_reused_in_requests and not (field.has_personal_numbers and abs(value) >= LEAST_REPEATED):
            return value  # a short number that later requests repeat says nothing, and its pseudonym could be another's
        if not hidden and not field.field_class.of_number(value):
            return self._card(value, field)
        masked = masked_number(value, field.field_class.name, self._pseudonyms, hidden=bool(hidden))
        if field.is_reused_in_requests and masked != value:
            self._keep(str(masked), str(value))
        return masked

    def _card(self, value: Any, field: AnswerField) -> Any:  # noqa: ANN401  a number of any kind
        """Replace a whole number that has the form of a payment card's."""
        if type(value) is not int or value < LEAST_CARD or not field.may_be_card or not is_card(str(value)):
            return value
        return self._pseudonyms.number(value)

    def _list(self, value: list[Any], field: AnswerField, hidden: bool | None, names: NamesInText) -> list[Any]:  # noqa: FBT001  the rule so far, handed on
        if hidden is None and value and isinstance(value[0], list) and (rows := self._rows(value, field, names)):
            return rows
        walked = [
            self._record(item, field, hidden, names)
            if names.whole and isinstance(item, dict)
            else self._walk(item, field, hidden, names)
            for item in value
        ]
        if hidden is not False and not field.has_personal_text and not field.field_class.code:
            for at, item in enumerate(walked):
                if isinstance(item, str):
                    names.add_text(walked, at, free=field.field_class.free)
        return walked

    def _rows(self, rows: list[Any], field: AnswerField, names: NamesInText) -> list[Any] | None:
        """Redact lists whose first names their columns, or that are pairs of a name and a value; None for others."""
        head = rows[0]
        if are_pairs(rows):
            return [[row[0], *self._row(row[1:], row[:1], field, names)] for row in rows]
        if is_head(head, rows):
            return [head, *(self._row(row, head, field, names) for row in rows[1:])]
        return None

    def _row(self, row: list[Any], columns: list[str], field: AnswerField, names: NamesInText) -> list[Any]:
        """Redact the cells of a row by the names of their columns."""
        return [
            self._walk(cell, inner := self._inside(field, column), inner.user_rule or self._hides(inner, column), names)
            for cell, column in zip(row, columns, strict=True)
        ]

    def _hides(self, field: AnswerField, name: str) -> bool | None:
        """Tell whether a label alone makes a value personal that its words as a field's name do not."""
        return True if not field.has_personal_text and names_somebody(name) else None

    def _inside(self, field: AnswerField, name: str) -> AnswerField:
        return field.inner.get(name) or self._fields.inside(field, name, self._masked, self._known.has)

    def _record(
        self,
        value: dict[str, Any],
        field: AnswerField,
        hidden: bool | None,  # noqa: FBT001  the rule that holds so far, handed on
        around: NamesInText,
    ) -> dict[str, Any]:
        """Redact an object of its own: the names that it holds are replaced in its texts as well."""
        names = NamesInText()
        walked = self._object(value, field, hidden, names)
        names.apply(self._masked)
        around.texts += names.texts
        around.free += names.free
        return walked

    def _object(
        self,
        value: dict[str, Any],
        field: AnswerField,
        hidden: bool | None,  # noqa: FBT001  the rule that holds so far, handed on
        names: NamesInText,
    ) -> dict[str, Any]:
        beside = roles(tuple(value))
        if beside is not None:
            if beside.columns and hidden is None and (table := columns_of(value, beside)):
                return self._table(value, field, names, *table)
            if beside.naming and (named := name_beside(value, beside)):
                return self._named(value, field, hidden, names, beside.values - {named[0]}, named[1])
        return self._members(value, field, hidden, names)

    def _members(
        self,
        value: dict[str, Any],
        field: AnswerField,
        hidden: bool | None,  # noqa: FBT001  the rule that holds so far, handed on
        names: NamesInText,
    ) -> dict[str, Any]:
        """Redact each member of an object, in its place."""
        plain, texts = field.plain, names.texts
        for key, item in value.items():  # the only loop over every value of an answer: what needs no look is done here
            if hidden is None and (written := plain.get(key)) is not None:
                kind = type(item)
                if kind is str:
                    if match := harmless(item):
                        if match.lastindex and item and written:
                            texts.append((value, written))
                        continue
                elif kind is not dict and kind is not list and (kind is not int or item < LEAST_CARD):
                    continue
            inner = field.inner.get(key) or self._inside(field, key)
            rule = inner.user_rule
            self._member(value, key, item, inner, hidden if rule is None else rule, names)
        if field.renamed:
            members = [(self._inside(field, key).safe_key, item) for key, item in value.items()]
            value.clear()
            value.update(members)
        return value

    def _member(
        self,
        walked: dict[str, Any],
        key: str,
        item: Any,  # noqa: ANN401  any JSON value
        inner: AnswerField,
        hide: bool | None,  # noqa: FBT001  the rule that holds so far, handed on
        names: NamesInText,
    ) -> None:
        """Redact one member of an object."""
        kind = type(item)
        if kind is str:
            walked[key] = self._string(item, inner, hide, names) if item else item
            if item and hide is None and not inner.has_no_names and not inner.is_reused_in_requests:
                names.add_text(walked, inner.safe_key if key in inner.keys[-1:] else key, free=inner.field_class.free)
        elif kind is dict or kind is list or hide or inner.has_personal_numbers or (kind is int and item >= LEAST_CARD):
            walked[key] = self._walk(item, inner, hide, names)
        else:
            walked[key] = item

    def _named(
        self,
        value: dict[str, Any],
        field: AnswerField,
        hidden: bool | None,  # noqa: FBT001  the rule that holds so far, handed on
        names: NamesInText,
        values: frozenset[str],
        name: str,
    ) -> dict[str, Any]:
        """Redact an object whose values are told by the name beside them."""
        walked: dict[str, Any] = {}
        about = self._inside(field, name)
        personal = names_somebody(name) or (about.has_personal_text and " " not in name)
        if about.has_personal_text and not personal:
            about = self._inside(field, next(iter(values)))
        for key, item in value.items():
            own = self._inside(field, key)
            if key not in values:
                self._member(walked, own.safe_key, item, own, hidden if own.user_rule is None else own.user_rule, names)
                continue
            hide = next((rule for rule in (own.user_rule, about.user_rule, hidden) if rule is not None), None)
            whole = personal and (not about.has_personal_text or isinstance(item, dict | list))
            self._member(walked, key, item, about, True if whole and hide is None else hide, names)
            if personal and isinstance(item, str) and is_name(name, of_person=True):
                names.add_name(item)
        return walked

    def _table(
        self,
        value: dict[str, Any],
        field: AnswerField,
        names: NamesInText,
        columns: list[str],
        rows: frozenset[str],
    ) -> dict[str, Any]:
        """Redact an object that names the columns of its rows."""
        walked: dict[str, Any] = {}
        for key, item in value.items():
            inner = self._inside(field, key)
            if key not in rows:
                self._member(walked, inner.safe_key, item, inner, inner.user_rule, names)
            elif isinstance(item[0], list):
                walked[key] = [self._row(row, columns, inner, names) for row in item]
            else:
                walked[key] = self._row(item, columns, inner, names)
        return walked

    def _string(self, text: str, field: AnswerField, hidden: bool | None, names: NamesInText) -> str:  # noqa: FBT001  the rule so far, handed on
        if hidden is False:
            return self._without_secrets(text)
        personal = field.has_personal_text
        if field.is_reused_in_requests and text.isdecimal() and not (personal and len(text) >= LEAST_DIGITS):
            return self._without_secrets(text)
        url = text.startswith(("http://", "https://"))
        if hidden or (personal and not url and field.field_class.of_text(text)):
            masked = self._masked(text)
            if field.field_class.names:
                names.add_name(text)
                self._known.add(text)
        elif url:
            masked = self._link(text)
            masked = masked if field.is_reused_in_requests else host(masked, self._masked)
        elif text[-1] in "}]" and (inside := as_json(text)) is not None:
            walked = self._walk(inside, field, hidden, names)
            masked = text if walked == as_json(text) else as_text(walked)
        else:
            masked = text
            if not harmless(text):
                masked = (self._searched if len(text) < SHORT else self._search)(text, field.field_class.name)
            if field.field_class.free:
                masked = introduced(masked, self._masked)
            masked = self._without_secrets(masked)
        if masked != text and field.is_reused_in_requests:
            self._keep(masked, text)
        return masked

    def _search(self, text: str, name: str) -> str:
        """Replace the personal data in a text that its form or a label in it shows, packed or not."""
        masked = self._plainly(text, name)
        return masked if masked != text else repacked(text, lambda inner: self._opened(inner, name))

    def _plainly(self, text: str, name: str) -> str:
        if "</" in text:
            text = broken(text, self._masked)
        return replace_sensitive(labelled(links(text, self._masked, self._keep), self._masked), name, self._masked)

    def _opened(self, text: str, name: str) -> str:
        """Redact a text that was packed: JSON, members and elements in it, too."""
        inside = as_json(text)
        if inside is None:
            return self._plainly(broken(text, self._masked), name)
        walked = self._walk(inside, self._fields.root(()), None, NamesInText())
        return text if walked == as_json(text) else as_text(walked)

    def _masked(self, text: str) -> str:
        return self._pseudonyms.text(text)

    def _link(self, url: str) -> str:
        """Redact a link; what was replaced is known when the link is followed."""
        return self._without_secrets(link(url, self._remembered, self._keep))

    def _remembered(self, text: str) -> str:
        masked = self._masked(text)
        self._keep(masked, text)
        return masked

    def _keep(self, masked: str, text: str) -> None:
        """Remember the text that a pseudonym stands for, since a later request may repeat it."""
        self._original[masked] = text
        self._here.replaced_reusable_value = True

    def _without_secrets_in(self, value: Any) -> Any:  # noqa: ANN401  any JSON value
        if isinstance(value, dict):
            return {key: self._without_secrets_in(item) for key, item in value.items()}
        if isinstance(value, list):
            return [self._without_secrets_in(item) for item in value]
        return self._without_secrets(value) if isinstance(value, str) else value

    def _without_secrets(self, text: str) -> str:
        """Replace the secrets that are in use."""
        for written in self._spellings:
            if written in text:
                text = text.replace(written, self._remembered(written))
        return text

    def _look_up_secrets(self) -> None:
        """Find the ways to write the secrets in use now: once per body, as it is needed once per text."""
        secrets = {secret for secret in self._secrets().values() if len(secret) >= SHORTEST_SECRET}
        self._spellings = tuple(
            sorted({spelling for secret in secrets for spelling in ways_to_write(secret)}, key=len, reverse=True)
        )


def _copied(value: Any) -> Any:  # noqa: ANN401  any JSON value
    """Copy the objects and lists of a JSON value, and what they hold."""
    if isinstance(value, dict):
        return {key: _copied(item) for key, item in value.items()}
    return [_copied(item) for item in value] if isinstance(value, list) else value
