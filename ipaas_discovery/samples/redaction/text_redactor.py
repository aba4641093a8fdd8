"""Single texts redacted: by their form, by a label in them, as a link, or opened where something is packed in them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property, lru_cache
from threading import local
from typing import Any

from ipaas_discovery.samples.redaction.packed import repacked
from ipaas_discovery.samples.redaction.pseudonyms.personal_numbers import masked_number
from ipaas_discovery.samples.redaction.pseudonyms.pseudonym import Pseudonyms
from ipaas_discovery.samples.redaction.pseudonyms.redaction_key import redaction_key
from ipaas_discovery.samples.redaction.unstructured import (
    attributes,
    broken,
    holds_members,
    introduced,
    labelled,
    link,
    links,
    listed,
)
from ipaas_discovery.samples.redaction.value_patterns import replace_sensitive
from ipaas_discovery.systems.connectors.credentials import ways_to_write

__all__ = ["ReadText", "TextRedactor"]

SHORTEST_SECRET = 8
"""A shorter secret would be found in texts that have nothing to do with it."""
REMEMBERED, SHORT = 65_536, 100
"""The number of texts that are remembered, and their greatest length."""


class TextRedactor:
    """Redacts texts of one system, and remembers what stands for what a later request repeats.

    Args:
        secrets: gives the secrets in use now, by name, that no text may repeat.
        key: the key of the pseudonyms. Defaults to the environment's, the keyring's or one of this process.
    """

    def __init__(self, secrets: Callable[[], Mapping[str, str]] = dict, key: bytes | None = None) -> None:
        self._secrets, self._key = secrets, key
        self._original: dict[str, str] = {}
        self._here = local()
        self._spellings: tuple[str, ...] = ()
        self._searched = lru_cache(REMEMBERED)(self._plainly)

    @cached_property
    def pseudonyms(self) -> Pseudonyms:
        """The pseudonyms under the key, which is looked up when the first is needed."""
        return Pseudonyms(self._key or redaction_key())

    def masked(self, text: str) -> str:
        """Give the pseudonym of a text."""
        return self.pseudonyms.text(text)

    def masked_number(self, value: Any, name: str, *, hidden: bool = False) -> Any:  # noqa: ANN401  a number of any kind
        """Give the pseudonym of a number from a field of this name, however short it is if it is `hidden`."""
        return masked_number(value, name, self.pseudonyms, hidden=hidden)

    def masked_once(self, text: str) -> str:
        """Give a pseudonym, but leave values alone that are already pseudonyms."""
        return text if text in self._original else self.remembered(text)

    def remembered(self, text: str) -> str:
        """Give the pseudonym of a text that a later request may repeat."""
        masked = self.masked(text)
        self.keep(masked, text)
        return masked

    def keep(self, masked: str, text: str) -> None:
        """Remember the text that a pseudonym stands for, since a later request may repeat it."""
        self._original[masked] = text
        self._here.replaced_reusable_value = True

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

    def searched(self, text: str, name: str, opened: Callable[[str, str], str]) -> str:
        """Replace the personal data in a text that its form or a label in it shows, packed or not.

        Args:
            text: the text.
            name: the name of the field that holds it.
            opened: redacts what was packed in a text of a field of this name.
        """
        if "://" not in text:
            unpacked = repacked(text, lambda inner: opened(inner, name))
            if unpacked != text:
                return unpacked
        masked = (self._searched if len(text) < SHORT else self._plainly)(text, name)
        return masked if masked != text or "://" not in text else repacked(text, lambda inner: opened(inner, name))

    def _plainly(self, text: str, name: str, *, of_person: bool = False) -> str:
        mask = self._once()
        of_person = of_person or "</" in text or "/>" in text or '";s:' in text
        if of_person or holds_members(text):
            text = broken(text, mask, of_person=of_person)
        if "\n" in text:
            text = listed(text, mask)
        return replace_sensitive(labelled(links(text, mask, self.keep, self._opened), mask), name, mask)

    def _once(self) -> Callable[[str], str]:
        """Give what masks the parts of one text, and leaves alone what it gave before."""
        given: set[str] = set()

        def mask(part: str) -> str:
            """Give the pseudonym of a part, unless it is one."""
            masked = part if part in given else self.masked(part)
            given.add(masked)
            return masked

        return mask

    def unpacked(self, text: str, name: str) -> str:
        """Redact a text that was packed and is no JSON: what looks like a member in it, too."""
        return self._plainly(text, name, of_person=True)

    def _opened(self, text: str, name: str) -> str:
        """Redact a text that a parameter gives, packed or not."""
        unpacked = repacked(text, lambda inner: self._plainly(inner, name))
        return unpacked if unpacked != text else self._plainly(text, name)

    def outside(self, text: str, name: str = "") -> str:
        """Redact a text outside a record, whose pseudonyms a later request may repeat."""
        text = repacked(text, self._broken) if "://" not in text else text
        return replace_sensitive(links(text, self.masked_once, self.keep), name, self.masked_once)

    def page(self, text: str) -> str:
        """Redact a body that is no JSON: what looks like JSON in it, packed or not, as such."""
        return repacked(self._broken(text), self._broken)

    def _broken(self, text: str) -> str:
        return replace_sensitive(broken(text, self.masked_once), "", self.masked_once)

    def named(self, text: str) -> str:
        """Replace names that labels or titles tell to be some."""
        return introduced(labelled(attributes(text, self.masked_once), self.masked_once), self.masked_once)

    def link(self, url: str, *, personal: bool = False) -> str:
        """Redact a link, all of its path if it is `personal`; what was replaced is known when it is followed."""
        return self.without_secrets(link(url, self.remembered, self.keep, personal=personal, opened=self._opened))

    def without_secrets(self, text: str) -> str:
        """Replace the secrets that are in use."""
        for written in self._spellings:
            if written in text:
                text = text.replace(written, self.remembered(written))
        return text

    def without_secrets_in(self, value: Any) -> Any:  # noqa: ANN401  any JSON value
        """Replace the secrets that are in use in all texts, numbers and keys of a JSON value."""
        if isinstance(value, dict):
            return {self.without_secrets(key): self.without_secrets_in(item) for key, item in value.items()}
        if isinstance(value, list):
            return [self.without_secrets_in(item) for item in value]
        if isinstance(value, int) and not isinstance(value, bool) and str(value) in self._spellings:
            return int(self.remembered(str(value)))
        return self.without_secrets(value) if isinstance(value, str) else value

    def repeats_secret(self, content: bytes) -> bool:
        """Tell whether a body, as it is written, may hold a secret that is in use."""
        return any(written.encode() in content for written in self._spellings)

    def look_up_secrets(self) -> None:
        """Find the ways to write the secrets in use now: once per body, as it is needed once per text."""
        secrets = {secret for secret in self._secrets().values() if len(secret) >= SHORTEST_SECRET}
        self._spellings = tuple(
            sorted({spelling for secret in secrets for spelling in ways_to_write(secret)}, key=len, reverse=True)
        )


class ReadText(TextRedactor):
    """Leaves every text as it is, in an answer that is redacted already."""

    def masked(self, text: str) -> str:
        """Give the text."""
        return text

    def masked_number(self, value: Any, name: str, *, hidden: bool = False) -> Any:  # noqa: ANN401  like that of the class above
        """Give the number."""
        return value

    def searched(self, text: str, name: str, opened: Callable[[str, str], str]) -> str:
        """Give the text."""
        return text

    def link(self, url: str, *, personal: bool = False) -> str:
        """Give the link."""
        return url
