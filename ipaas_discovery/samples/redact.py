"""Personal data and secrets out of an answer before anything else sees it; joins, lengths and formats stay."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fnmatch import fnmatchcase
from functools import cached_property, lru_cache
from typing import Any
from urllib.parse import parse_qsl, quote, unquote, urlencode

import msgspec

from ipaas_discovery.errors import ConfigurationError, UnknownNameError
from ipaas_discovery.samples.field_names import is_person, is_personal, is_secret
from ipaas_discovery.samples.personal import LEAST_DIGITS, found_in
from ipaas_discovery.samples.places import Places
from ipaas_discovery.samples.pseudonym import Pseudonyms
from ipaas_discovery.samples.redaction_key import redaction_key

__all__ = ["Redactor", "Rules"]

_decode = msgspec.json.Decoder(float_hook=Decimal).decode
_encode = msgspec.json.Encoder(decimal_format="number").encode
"""Numbers pass through as they are written, however long."""
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
        self._decide = lru_cache(65_536)(self._decision)

    @cached_property
    def _pseudonyms(self) -> Pseudonyms:
        return Pseudonyms(self._key or redaction_key())

    def json(self, content: bytes, path: str) -> bytes | None:
        """The body of an answer to a request of `path`, redacted; None if it is no JSON."""
        try:
            body = _decode(content)
            return _encode(self.value(body, path))
        except (msgspec.MsgspecError, UnicodeError, RecursionError, ValueError, OverflowError):
            return None

    def value(self, body: Any, path: str) -> Any:  # noqa: ANN401  any JSON value
        """The same for a parsed body."""
        found = self._places.collections(path)
        if not found and isinstance(body, dict) and isinstance(body.get("paths"), dict):
            return self._known(body)  # an API description: about fields, not of people
        return self._walk(body, (), found, hidden=None)

    def text(self, text: str, name: str = "") -> str:
        """A text outside a record, such as a header or a page: what has the form of personal data is replaced."""
        return self._without_secrets(found_in(text, name, self._once))

    def _once(self, text: str) -> str:
        """A pseudonym that a request repeats stays what it is."""
        return text if text in self._original else self._masked(text)

    def original(self, text: str) -> str:
        """What the system called the value that this text stands for; the text itself where it stands for none."""
        return self._original.get(text, text)

    @property
    def translates(self) -> bool:
        """Whether anything that a request may need was replaced."""
        return bool(self._original)

    def _walk(self, value: Any, keys: tuple[str, ...], found: tuple[str, ...], *, hidden: bool | None) -> Any:  # noqa: ANN401  any JSON value
        if isinstance(value, dict):
            walked = {}
            for key, each in value.items():
                inner = (*keys, key)
                said = self._decide(inner, found)[0] if self._rules.keep or self._rules.hide else None
                walked[self._key_of(key)] = self._walk(each, inner, found, hidden=hidden if said is None else said)
            return walked
        if isinstance(value, list):
            return [self._walk(each, keys, found, hidden=hidden) for each in value]
        if isinstance(value, str):
            return self._string(value, keys, found, hidden=hidden) if value else value
        if value is None or isinstance(value, bool) or hidden is False or (keys[-1:] and keys[-1] in self._places.wire):
            return value  # a number that later requests repeat says nothing, and its pseudonym could be another's
        personal = self._decide(keys, found)[1] and len(str(abs(value)).partition(".")[0]) >= LEAST_DIGITS
        if hidden or personal:
            return self._pseudonyms.number(value)
        return value

    def _string(self, text: str, keys: tuple[str, ...], found: tuple[str, ...], *, hidden: bool | None) -> str:
        name = keys[-1] if keys else ""
        wire = name in self._places.wire
        if hidden is False or (wire and text.isdecimal()):
            return self._without_secrets(text)
        link = text.startswith(("http://", "https://"))
        if hidden or (self._decide(keys, found)[1] and not link):
            masked = self._masked(text)
        elif link:
            masked = self._link(text)
        else:
            masked = self._without_secrets(found_in(text, name, self._masked))
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
        head, mark, query = url.partition("?")
        head = re.sub(r"(?<=//)[^/@]*@", "", head)
        plain = unquote(head)
        if "@" in plain and (masked := found_in(plain, "", self._remembered)) != plain:
            head = quote(masked, safe=":/@+")
        pairs = parse_qsl(query, keep_blank_values=True)
        safe = [
            (name, self._remembered(value) if is_secret(name) else found_in(value, name, self._remembered))
            for name, value in pairs
        ]
        return self._without_secrets(head + mark + (urlencode(safe) if safe != pairs else query))

    def _remembered(self, text: str) -> str:
        masked = self._masked(text)
        self._original[masked] = text
        return masked

    def _known(self, value: Any) -> Any:  # noqa: ANN401  any JSON value
        if isinstance(value, dict):
            return {key: self._known(each) for key, each in value.items()}
        if isinstance(value, list):
            return [self._known(each) for each in value]
        return self._without_secrets(value) if isinstance(value, str) else value

    def _without_secrets(self, text: str) -> str:
        """`text` without the secrets that are in use."""
        for secret in self._secrets().values():
            if len(secret) >= SHORTEST_SECRET and secret in text:
                text = text.replace(secret, self._remembered(secret))
        return text
