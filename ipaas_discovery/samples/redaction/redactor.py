"""Personal data and secrets out of an answer before anything else sees it; joins, lengths and formats stay."""

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
from ipaas_discovery.samples.redaction.value_patterns import found_in
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
"""How many texts are remembered, and how long they may be."""


class Redactor:
    """Redacts the answers of one system. Safe to use from several threads; it never raises for what it is given.

    Args:
        places: where a system's collections are in its answers.
        rules: what the analyst widens or narrows.
        secrets: gives the secrets in use now, by name, that no answer may repeat.
        key: of the pseudonyms; without, the keyring's, the environment's or one of this process.
    """

    def __init__(
        self,
        places: AnswerPaths | None = None,
        rules: UserRules = NO_RULES,
        *,
        secrets: Callable[[], Mapping[str, str]] = dict,
        key: bytes | None = None,
    ) -> None:
        places = places or AnswerPaths()
        self._places, self._secrets, self._key = places, secrets, key
        self._original: dict[str, str] = {}
        self._here = local()
        self._spelt: tuple[str, ...] = ()
        self._fields = AnswerFields(places, rules)
        self._searched = lru_cache(REMEMBERED)(self._search)

    @cached_property
    def _pseudonyms(self) -> Pseudonyms:
        return Pseudonyms(self._key or redaction_key())

    def json(self, content: bytes, path: str) -> bytes | None:
        """The body of an answer to a request of `path`, redacted; None if it is no JSON."""
        try:
            try:
                body = _decode(content)
            except msgspec.DecodeError:
                body = _decode(repaired(content))
            return _encode(self.value(body, path))
        except (msgspec.MsgspecError, UnicodeError, RecursionError, ValueError, ArithmeticError):
            return None

    def value(self, body: Any, path: str) -> Any:  # noqa: ANN401  any JSON value
        """The same for a parsed body."""
        found = self._places.collections(path)
        self._look_up()
        if not found and isinstance(body, dict) and isinstance(body.get("paths"), dict):
            return self._known(body)  # an API description: about fields, not of people
        place = self._fields.root(found)
        told = NamesInText(whole=True)
        walked = self._walk(body, place, None, told)
        told.mend(self._masked)
        return walked

    def records(self, records: Iterable[Mapping[str, Any]], collection: str) -> tuple[dict[str, Any], ...]:
        """Records of a collection that came without a request, redacted like those of an answer."""
        self._look_up()
        place = self._fields.root((collection,))
        return tuple(self._record(dict(record), place, None, NamesInText()) for record in records)

    def text(self, text: str, name: str = "") -> str:
        """A text outside a record, such as a header or a part of a URL: personal by its name or by its form."""
        self._look_up()
        if name and is_personal(name):
            return self._once(text)
        return self._without_secrets(found_in(links(text, self._once, self._keep), name, self._once))

    def page(self, text: str) -> str:
        """A body that is no JSON, as an error may show it: what looks like JSON is redacted as such."""
        self._look_up()
        return self._without_secrets(found_in(broken(text, self._once), "", self._once))

    def _once(self, text: str) -> str:
        """A pseudonym that a request repeats stays what it is."""
        return text if text in self._original else self._remembered(text)

    def original(self, text: str) -> str:
        """What the system called the value that this text stands for; the text itself where it stands for none."""
        return self._original.get(text, text)

    def repeats(self) -> bool:
        """Whether this thread, since it asked last, replaced anything that a later request may repeat."""
        found = getattr(self._here, "repeats", False)
        self._here.repeats = False
        return bool(found)

    @property
    def translates(self) -> bool:
        """Whether anything that a request may need was replaced."""
        return bool(self._original)

    def _walk(self, value: Any, place: AnswerField, hidden: bool | None, told: NamesInText) -> Any:  # noqa: ANN401,FBT001  any JSON value; passed on
        if isinstance(value, dict):
            return self._object(value, place, hidden, told)
        if isinstance(value, list):
            return [
                self._record(each, place, hidden, told)
                if told.whole and isinstance(each, dict)
                else self._walk(each, place, hidden, told)
                for each in value
            ]
        if isinstance(value, str):
            return self._string(value, place, hidden, told) if value else value
        if value is None or isinstance(value, bool) or hidden is False or place.wire:
            return value  # a number that later requests repeat says nothing, and its pseudonym could be another's
        if not hidden and not place.judged.of_number(value):
            return value
        return masked_number(value, place.judged.name, self._pseudonyms, hidden=bool(hidden))

    def _record(
        self,
        value: dict[str, Any],
        place: AnswerField,
        hidden: bool | None,  # noqa: FBT001  what the walk has decided so far is one of its arguments
        around: NamesInText,
    ) -> dict[str, Any]:
        """An object of its own: the names that it holds are replaced in its free texts as well."""
        told = NamesInText()
        walked = self._object(value, place, hidden, told)
        told.mend(self._masked)
        around.texts += told.texts
        return walked

    def _object(
        self,
        value: dict[str, Any],
        place: AnswerField,
        hidden: bool | None,  # noqa: FBT001  the same
        told: NamesInText,
    ) -> dict[str, Any]:
        walked: dict[str, Any] = {}
        named = _named(value) if "value" in value or "Value" in value else None
        for key, each in value.items():
            name = key if named is None or key not in field_words().values else named
            inner = place.inner.get(name) or self._fields.inside(place, name, self._pseudonyms)
            said = hidden if inner.said is None else inner.said
            if name is not key:  # its own name counts before the one that stands beside it
                own = self._fields.inside(place, key, self._pseudonyms).said
                said = said if own is None else own
            kind, written = type(each), inner.written if name is key else key
            if kind is str:
                walked[written] = self._string(each, inner, said, told) if each else each
                if inner.judged.free and said is not False:
                    told.wrote(walked, written)
            elif kind is dict or kind is list or said or inner.deep:
                walked[written] = self._walk(each, inner, said, told)
            else:
                walked[written] = each
        return walked

    def _string(self, text: str, place: AnswerField, hidden: bool | None, told: NamesInText) -> str:  # noqa: FBT001  the same
        if hidden is False or (place.wire and text.isdecimal()):
            return self._without_secrets(text)
        url = text.startswith(("http://", "https://"))
        if hidden or (place.telling and not url and place.judged.of_text(text)):
            masked = self._masked(text)
            if place.judged.names:
                told.heard(text)
        elif url:
            masked = self._link(text)
        elif text[-1] in "}]" and (inside := as_json(text)) is not None:
            walked = self._walk(inside, place, hidden, told)
            masked = text if walked == inside else as_text(walked)
        else:
            masked = self._without_secrets(
                (self._searched if len(text) < SHORT else self._search)(text, place.judged.name)
            )
        if masked != text and place.wire:
            self._keep(masked, text)
        return masked

    def _search(self, text: str, name: str) -> str:
        """`text` without the personal data that its form shows."""
        return found_in(links(text, self._masked, self._keep), name, self._masked)

    def _masked(self, text: str) -> str:
        return self._pseudonyms.text(text)

    def _link(self, url: str) -> str:
        """A link without personal data and secrets; what was replaced is known when the link is followed."""
        return self._without_secrets(link(url, self._remembered, self._keep))

    def _remembered(self, text: str) -> str:
        masked = self._masked(text)
        self._keep(masked, text)
        return masked

    def _keep(self, masked: str, text: str) -> None:
        """A later request may repeat what stands for `text`."""
        self._original[masked] = text
        self._here.repeats = True

    def _known(self, value: Any) -> Any:  # noqa: ANN401  any JSON value
        if isinstance(value, dict):
            return {key: self._known(each) for key, each in value.items()}
        if isinstance(value, list):
            return [self._known(each) for each in value]
        return self._without_secrets(value) if isinstance(value, str) else value

    def _without_secrets(self, text: str) -> str:
        """`text` without the secrets that are in use."""
        for written in self._spelt:
            if written in text:
                text = text.replace(written, self._remembered(written))
        return text

    def _look_up(self) -> None:
        """How the secrets may be written that are in use now: once a body, for it is asked once a text."""
        found = {each for each in self._secrets().values() if len(each) >= SHORTEST_SECRET}
        self._spelt = tuple(sorted({each for secret in found for each in ways_to_write(secret)}, key=len, reverse=True))


def _named(value: Mapping[str, Any]) -> str | None:
    """What an entry of a list of names and values is about: `{"key": "vat_id", "value": "…"}` is about a `vat_id`."""
    return next((value[name] for name in field_words().naming if isinstance(value.get(name), str)), None)
