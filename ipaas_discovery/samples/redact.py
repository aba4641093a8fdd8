"""Personal data and secrets out of an answer before anything else sees it; joins, lengths and formats stay."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property, lru_cache
from typing import Any

import msgspec

from ipaas_discovery.samples.field_names import is_person, is_personal, is_place
from ipaas_discovery.samples.loose import as_json, as_text, broken, link, links
from ipaas_discovery.samples.numbers import masked_number
from ipaas_discovery.samples.personal import AMOUNT, found_in
from ipaas_discovery.samples.places import Places
from ipaas_discovery.samples.pseudonym import Pseudonyms
from ipaas_discovery.samples.redaction_key import redaction_key
from ipaas_discovery.samples.rules import Rules
from ipaas_discovery.systems.body import repaired
from ipaas_discovery.systems.credentials import ways_to_write

__all__ = ["Redactor"]

_decode = msgspec.json.Decoder(float_hook=Decimal).decode
_encode = msgspec.json.Encoder(decimal_format="number").encode
"""Numbers pass through as they are written, however long."""
VALUES = ("value", "Value")
NAMING = ("key", "name", "code", "attribute_code", "label", "field", "field_name", "Name", "Key", "custom_field_name")
"""Members that say what the `value` beside them is."""
SHORTEST_SECRET = 8
"""A shorter secret would be found in texts that have nothing to do with it."""
NO_RULES = Rules()
REMEMBERED, SHORT = 65_536, 100
"""How many fields and texts are remembered, and the length of such a text."""


@dataclass(slots=True, eq=False)
class _Field:
    """One field of the answers of a path: what its values are called and what becomes of them, found out once."""

    keys: tuple[str, ...]
    found: tuple[str, ...]
    name: str = ""
    written: str = ""
    said: bool | None = None
    personal: bool = False
    wire: bool = False
    inner: dict[str, _Field] = field(default_factory=dict)


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
        places: Places,
        rules: Rules = NO_RULES,
        *,
        secrets: Callable[[], Mapping[str, str]] = dict,
        key: bytes | None = None,
    ) -> None:
        self._places, self._rules, self._secrets, self._key = places, rules, secrets, key
        self._original: dict[str, str] = {}
        self._spelt: tuple[str, ...] = ()
        self._fields = 0
        self._root = lru_cache(1024)(lambda found: _Field((), found))
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
        return self._walk(body, self._root(found), hidden=None)

    def records(self, records: Iterable[Mapping[str, Any]], collection: str) -> tuple[dict[str, Any], ...]:
        """Records of a collection that came without a request, redacted like those of an answer."""
        self._look_up()
        place = self._root((collection,))
        return tuple(self._walk(dict(record), place, hidden=None) for record in records)

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

    @property
    def translates(self) -> bool:
        """Whether anything that a request may need was replaced."""
        return bool(self._original)

    def _walk(self, value: Any, place: _Field, *, hidden: bool | None) -> Any:  # noqa: ANN401  any JSON value
        if isinstance(value, dict):
            return self._object(value, place, hidden)
        if isinstance(value, list):
            return [self._walk(each, place, hidden=hidden) for each in value]
        if isinstance(value, str):
            return self._string(value, place, hidden) if value else value
        if value is None or isinstance(value, bool) or hidden is False or place.wire:
            return value  # a number that later requests repeat says nothing, and its pseudonym could be another's
        return (
            masked_number(value, place.name, self._pseudonyms, hidden=bool(hidden))
            if hidden or place.personal
            else value
        )

    def _object(self, value: dict[str, Any], place: _Field, hidden: bool | None) -> dict[str, Any]:  # noqa: FBT001  passed on
        walked = {}
        named = _named(value) if "value" in value or "Value" in value else None
        for key, each in value.items():
            name = key if named is None or key not in VALUES else named
            inner = place.inner.get(name) or self._inner(place, name)
            said = hidden if inner.said is None else inner.said
            if name is not key:  # its own name counts before the one that stands beside it
                own = (place.inner.get(key) or self._inner(place, key)).said
                said = said if own is None else own
            kind = type(each)
            if kind is str:
                each = self._string(each, inner, said) if each else each  # noqa: PLW2901  as it is written
            elif kind is dict or kind is list or said or inner.personal:
                each = self._walk(each, inner, hidden=said)  # noqa: PLW2901  the same
            walked[inner.written if name is key else key] = each
        return walked

    def _string(self, text: str, place: _Field, hidden: bool | None) -> str:  # noqa: FBT001  the same
        if hidden is False or (place.wire and text.isdecimal()):
            return self._without_secrets(text)
        url = text.startswith(("http://", "https://"))
        if hidden or (place.personal and not url and (is_place(place.name) or not AMOUNT.fullmatch(text))):
            masked = self._masked(text)
        elif url:
            masked = self._link(text)
        elif text[-1] in "}]" and (inside := as_json(text)) is not None:
            walked = self._walk(inside, place, hidden=hidden)
            masked = text if walked == inside else as_text(walked)
        else:
            masked = self._without_secrets((self._searched if len(text) < SHORT else self._search)(text, place.name))
        if masked != text and place.wire:
            self._original[masked] = text
        return masked

    def _search(self, text: str, name: str) -> str:
        """`text` without the personal data that its form shows."""
        return found_in(links(text, self._masked, self._keep), name, self._masked)

    def _inner(self, place: _Field, key: str) -> _Field:
        """The field `key` of the objects at `place`: what the rules say of it, and whether its name is personal."""
        keys, found = (*place.keys, key), place.found
        said = self._rules.says(self._places.names(keys, found)) if self._rules.keep or self._rules.hide else None
        of_person = any(map(is_person, (*found, *keys[-3:-1])))
        personal = is_personal(key, place.name, of_person=of_person)
        inner = _Field(keys, found, key, self._key_of(key), said, personal, key in self._places.wire)
        if self._fields < REMEMBERED:  # members named by an id are fields without end
            self._fields += 1
            place.inner[key] = inner
        return inner

    def _masked(self, text: str) -> str:
        return self._pseudonyms.text(text)

    def _key_of(self, key: str) -> str:
        """A member's name, which some systems make of an address or a number."""
        return found_in(key, "", self._masked) if "@" in key or key[:1].isdigit() or key[:1] == "+" else key

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
    return next((value[name] for name in NAMING if isinstance(value.get(name), str)), None)
