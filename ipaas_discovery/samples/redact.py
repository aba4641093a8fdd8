"""Personal data and secrets out of an answer before anything else sees it; joins, lengths and formats stay."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fnmatch import fnmatchcase
from functools import cached_property, lru_cache
from typing import Any

import msgspec

from ipaas_discovery.errors import ConfigurationError, UnknownNameError
from ipaas_discovery.samples.field_names import is_person, is_personal, is_place, is_short
from ipaas_discovery.samples.loose import as_json, as_text, broken, link, links
from ipaas_discovery.samples.personal import LEAST_DIGITS, found_in
from ipaas_discovery.samples.places import Places
from ipaas_discovery.samples.pseudonym import Pseudonyms
from ipaas_discovery.samples.redaction_key import redaction_key
from ipaas_discovery.systems.body import repaired
from ipaas_discovery.systems.credentials import ways_to_write

__all__ = ["Redactor", "Rules"]

_decode = msgspec.json.Decoder(float_hook=Decimal).decode
_encode = msgspec.json.Encoder(decimal_format="number").encode
"""Numbers pass through as they are written, however long."""
AMOUNT = re.compile(r"-?\d{1,6}[.,]\d{1,4} ?%?")
"""A text like this is money, a rate or a weight, whatever the name of its field sounds like."""
VALUES = ("value", "Value")
NAMING = ("key", "name", "code", "attribute_code", "label", "field", "field_name", "Name", "Key", "custom_field_name")
"""Members that say what the `value` beside them is."""
SHORT_DIGITS = 3
SHORTEST_SECRET = 8
"""A shorter secret would be found in texts that have nothing to do with it."""


@dataclass(frozen=True, slots=True)
class Rules:
    """What the analyst widens or narrows: fields such as `orders.status`, all below a field, or `*.email`.

    >>> rules = Rules(keep=("orders.status", "customers.addresses"), hide=("customers.notes",))
    >>> rules.says(("customers.addresses.city",)), rules.says(("customers.notes",)), rules.says(("orders.id",))
    (False, True, None)
    """

    keep: tuple[str, ...] = ()
    hide: tuple[str, ...] = ()

    def says(self, places: Iterable[str]) -> bool | None:
        """Whether the rules hide (True) or keep (False) a field; hiding wins, None where they say nothing."""
        found = tuple(places)
        if any(_covers(rule, place) for rule in self.hide for place in found):
            return True
        return False if any(_covers(rule, place) for rule in self.keep for place in found) else None

    def check(self, collections: Iterable[str], where: str) -> None:
        """Make sure that every rule names a collection that there is.

        Raises:
            UnknownNameError: for the first that does not, with the nearest.
            ConfigurationError: for a rule that names no field.
        """
        known = sorted(set(collections))
        for rule in self.keep + self.hide:
            collection, _, field = rule.partition(".")
            if not field:
                then = "write a collection and a field, such as 'orders.status', or '*.status' for all collections"
                raise ConfigurationError(f"'{rule}' under [redact] names no field", where=where, then=then)
            if not any(fnmatchcase(name, collection) for name in known):
                raise UnknownNameError("collection under [redact]", collection, known, where=where)


def _covers(rule: str, place: str) -> bool:
    rule, place = rule.replace("[]", ""), place.replace("[]", "")
    return fnmatchcase(place, rule) or fnmatchcase(place, f"{rule}.*")


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
        rules: Rules = Rules(),
        *,
        secrets: Callable[[], Mapping[str, str]] = dict,
        key: bytes | None = None,
    ) -> None:
        self._places, self._rules, self._secrets, self._key = places, rules, secrets, key
        self._original: dict[str, str] = {}
        self._spelt: tuple[str, ...] = ()
        self._decide = lru_cache(65_536)(self._decision)

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
        return self._walk(body, (), found, hidden=None)

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

    def _walk(self, value: Any, keys: tuple[str, ...], found: tuple[str, ...], *, hidden: bool | None) -> Any:  # noqa: ANN401  any JSON value
        if isinstance(value, dict):
            walked, named = {}, _named(value) if "value" in value or "Value" in value else None
            for key, each in value.items():
                inner = (*keys, key if named is None or key not in VALUES else named)
                said = self._decide(inner, found)[0] if self._rules.keep or self._rules.hide else None
                walked[self._key_of(key)] = self._walk(each, inner, found, hidden=hidden if said is None else said)
            return walked
        if isinstance(value, list):
            return [self._walk(each, keys, found, hidden=hidden) for each in value]
        if isinstance(value, str):
            return self._string(value, keys, found, hidden=hidden) if value else value
        if value is None or isinstance(value, bool) or hidden is False or (keys[-1:] and keys[-1] in self._places.wire):
            return value  # a number that later requests repeat says nothing, and its pseudonym could be another's
        return self._number(value, keys, hidden=bool(hidden), personal=self._decide(keys, found)[1])

    def _number(self, value: Any, keys: tuple[str, ...], *, hidden: bool, personal: bool) -> Any:  # noqa: ANN401  a number of any kind
        name = keys[-1] if keys else ""
        whole, _, parts = (
            format(value, "f").lstrip("-").partition(".") if isinstance(value, Decimal) else (str(abs(value)), "", "")
        )
        if personal and not hidden and parts and is_place(name):  # the degrees stay, and the place becomes another
            return type(value)(f"{'-' * (value < 0)}{whole}.{self._masked(parts)}")
        least = SHORT_DIGITS if is_short(name) else LEAST_DIGITS
        return self._pseudonyms.number(value) if hidden or (personal and len(whole) >= least) else value

    def _string(self, text: str, keys: tuple[str, ...], found: tuple[str, ...], *, hidden: bool | None) -> str:
        name = keys[-1] if keys else ""
        wire = name in self._places.wire
        if hidden is False or (wire and text.isdecimal()):
            return self._without_secrets(text)
        url = text.startswith(("http://", "https://"))
        if hidden or (self._decide(keys, found)[1] and not url and (is_place(name) or not AMOUNT.fullmatch(text))):
            masked = self._masked(text)
        elif url:
            masked = self._link(text)
        elif text[-1] in "}]" and (inside := as_json(text)) is not None:
            walked = self._walk(inside, keys, found, hidden=hidden)
            masked = text if walked == inside else as_text(walked)
        else:
            masked = self._without_secrets(found_in(links(text, self._masked, self._keep), name, self._masked))
        if masked != text and wire:
            self._original[masked] = text
        return masked

    def _decision(self, keys: tuple[str, ...], found: tuple[str, ...]) -> tuple[bool | None, bool]:
        """What the rules say of a field, and whether its name says that it is personal."""
        if not keys:
            return None, False
        said = self._rules.says(self._places.names(keys, found))
        of_person = any(map(is_person, (*found, *keys[-3:-1])))
        parent = keys[-2] if len(keys) > 1 else ""
        return said, is_personal(keys[-1], parent, of_person=of_person)

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
