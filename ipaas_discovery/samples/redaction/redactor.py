"""Personal data and secrets taken out of an answer before anything else sees it; joins, lengths and formats stay."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from functools import cached_property, lru_cache
from threading import local
from typing import Any

import msgspec

from ipaas_discovery.knowledge.field_words import field_words
from ipaas_discovery.samples.redaction.answer_fields import AnswerField, AnswerFields
from ipaas_discovery.samples.redaction.answer_paths import AnswerPaths
from ipaas_discovery.samples.redaction.field_names import is_personal
from ipaas_discovery.samples.redaction.free_text import NamesInText
from ipaas_discovery.samples.redaction.personal_numbers import masked_number
from ipaas_discovery.samples.redaction.pseudonym import Pseudonyms
from ipaas_discovery.samples.redaction.redaction_key import redaction_key
from ipaas_discovery.samples.redaction.unstructured import as_json, as_text, broken, link, links
from ipaas_discovery.samples.redaction.user_rules import UserRules
from ipaas_discovery.samples.redaction.value_patterns import replace_sensitive
from ipaas_discovery.systems.answers.body import repaired
from ipaas_discovery.systems.connectors.credentials import ways_to_write

__all__ = ["Redactor"]

_decode = msgspec.json.Decoder(float_hook=Decimal).decode
_encode = msgspec.json.Encoder(decimal_format="number").encode
"""Numbers pass through as they are written, however long."""
SHORTEST_SECRET = 8
"""A shorter secret would be found in texts that have nothing to do with it."""
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
            return _encode(self.value(body, path))
        except (msgspec.MsgspecError, UnicodeError, RecursionError, ValueError, ArithmeticError):
            return None

    def value(self, body: Any, path: str) -> Any:  # noqa: ANN401  any JSON value
        """Redact the parsed body of an answer to a request of `path`."""
        collections = self._answer_paths.collections(path)
        self._look_up_secrets()
        if not collections and isinstance(body, dict) and isinstance(body.get("paths"), dict):
            return self._without_secrets_in(body)  # an API description: about fields, not of people
        root = self._fields.root(collections)
        names = NamesInText(whole=True)
        walked = self._walk(body, root, None, names)
        names.apply(self._masked)
        return walked

    def records(self, records: Iterable[Mapping[str, Any]], collection: str) -> tuple[dict[str, Any], ...]:
        """Redact records of a collection that came without a request, like those of an answer."""
        self._look_up_secrets()
        root = self._fields.root((collection,))
        return tuple(self._record(dict(record), root, None, NamesInText()) for record in records)

    def text(self, text: str, name: str = "") -> str:
        """Redact a text outside a record, such as a header or a part of a URL: personal by its name or by its form."""
        self._look_up_secrets()
        if name and is_personal(name):
            return self._mask_once(text)
        return self._without_secrets(replace_sensitive(links(text, self._mask_once, self._keep), name, self._mask_once))

    def page(self, text: str) -> str:
        """Redact a body that is no JSON, as an error may show it: what looks like JSON is redacted as such."""
        self._look_up_secrets()
        return self._without_secrets(replace_sensitive(broken(text, self._mask_once), "", self._mask_once))

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
            return [
                self._record(item, field, hidden, names)
                if names.whole and isinstance(item, dict)
                else self._walk(item, field, hidden, names)
                for item in value
            ]
        if isinstance(value, str):
            return self._string(value, field, hidden, names) if value else value
        if value is None or isinstance(value, bool) or hidden is False or field.is_reused_in_requests:
            return value  # a number that later requests repeat says nothing, and its pseudonym could be another's
        if not hidden and not field.field_class.of_number(value):
            return value
        return masked_number(value, field.field_class.name, self._pseudonyms, hidden=bool(hidden))

    def _record(
        self,
        value: dict[str, Any],
        field: AnswerField,
        hidden: bool | None,  # noqa: FBT001  the rule that holds so far, handed on
        around: NamesInText,
    ) -> dict[str, Any]:
        """Redact an object of its own: the names that it holds are replaced in its free texts as well."""
        names = NamesInText()
        walked = self._object(value, field, hidden, names)
        names.apply(self._masked)
        around.texts += names.texts
        return walked

    def _object(
        self,
        value: dict[str, Any],
        field: AnswerField,
        hidden: bool | None,  # noqa: FBT001  the rule that holds so far, handed on
        names: NamesInText,
    ) -> dict[str, Any]:
        walked: dict[str, Any] = {}
        named = _entry_name(value) if "value" in value or "Value" in value else None
        for key, item in value.items():
            name = key if named is None or key not in field_words().values else named
            inner = field.inner.get(name) or self._fields.inside(field, name, self._pseudonyms)
            hide = hidden if inner.user_rule is None else inner.user_rule
            if name is not key:  # its own name counts before the one that stands beside it
                own_rule = self._fields.inside(field, key, self._pseudonyms).user_rule
                hide = hide if own_rule is None else own_rule
            kind, written = type(item), inner.safe_key if name is key else key
            if kind is str:
                walked[written] = self._string(item, inner, hide, names) if item else item
                if inner.field_class.free and hide is not False:
                    names.add_text(walked, written)
            elif kind is dict or kind is list or hide or inner.has_personal_numbers:
                walked[written] = self._walk(item, inner, hide, names)
            else:
                walked[written] = item
        return walked

    def _string(self, text: str, field: AnswerField, hidden: bool | None, names: NamesInText) -> str:  # noqa: FBT001  the rule so far, handed on
        if hidden is False or (field.is_reused_in_requests and text.isdecimal()):
            return self._without_secrets(text)
        url = text.startswith(("http://", "https://"))
        if hidden or (field.has_personal_text and not url and field.field_class.of_text(text)):
            masked = self._masked(text)
            if field.field_class.names:
                names.add_name(text)
        elif url:
            masked = self._link(text)
        elif text[-1] in "}]" and (inside := as_json(text)) is not None:
            walked = self._walk(inside, field, hidden, names)
            masked = text if walked == inside else as_text(walked)
        else:
            masked = self._without_secrets(
                (self._searched if len(text) < SHORT else self._search)(text, field.field_class.name)
            )
        if masked != text and field.is_reused_in_requests:
            self._keep(masked, text)
        return masked

    def _search(self, text: str, name: str) -> str:
        """Replace the personal data in a text that its form shows."""
        return replace_sensitive(links(text, self._masked, self._keep), name, self._masked)

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


def _entry_name(value: Mapping[str, Any]) -> str | None:
    """Find what an entry of a list of names and values is about.

    For example, `{"key": "vat_id", "value": "…"}` is about a `vat_id`.
    """
    return next((value[name] for name in field_words().naming if isinstance(value.get(name), str)), None)
