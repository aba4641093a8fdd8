"""Formats of texts: the look of each, and its meaning to the matcher, to JSON Schema and to redaction."""

from __future__ import annotations

import ipaddress
import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache, cached_property
from typing import Any

from ipaas_discovery.knowledge.countries import country_codes, currency_codes, iban_lengths
from ipaas_discovery.knowledge.personal.national_ids import national_id_pattern, passes_national_check
from ipaas_discovery.knowledge.table_reader import read_toml

__all__ = ["FieldFormat", "FieldFormats", "field_formats"]


@dataclass(frozen=True, slots=True)
class FieldFormat:
    """One format, or with `no_format` a form of texts that have none; `formats.toml` says what each part means."""

    name: str
    pattern: str = ""
    check: str = ""
    before: tuple[str, ...] = ()
    gate: str = ""
    long: str = ""
    loose: bool = False
    named: frozenset[str] = frozenset()
    varied: bool = False
    kind: str = "text"
    meets: tuple[str, ...] = ()
    nearly: tuple[str, ...] = ()
    json_schema: Mapping[str, str] = field(default_factory=dict)
    search: str = ""
    search_check: str = ""
    not_named: frozenset[str] = frozenset()
    signs: tuple[str, ...] = ()
    in_path: bool = False
    no_format: bool = False
    examples: tuple[str, ...] = ()
    is_not: tuple[str, ...] = ()

    def passes(self, text: str) -> bool:
        """Tell whether a text that has the pattern is of the format after all."""
        return not self.check or CHECKS[self.check](text)

    def confirms(self, text: str, words: tuple[str, ...] = ()) -> bool:
        """Tell whether what the search found is what it looks like, in a field with these words in its name."""
        return (not self.search_check or CHECKS[self.search_check](text)) and self.not_named.isdisjoint(words)

    def belongs(self, words: Iterable[str]) -> bool:
        """Tell whether a field with these words in its name may have the format."""
        return not self.named or not self.named.isdisjoint(words)


@dataclass(frozen=True)
class FieldFormats:
    """All formats, in the order in which they are tried."""

    parts: Mapping[str, str]
    search_first: tuple[str, ...]
    formats: tuple[FieldFormat, ...]

    def get(self, name: str | None) -> FieldFormat | None:
        """Find the format of this name; None for a name that is not known."""
        return self._by_name.get(name) if name else None

    @cached_property
    def _by_name(self) -> Mapping[str, FieldFormat]:
        return {row.name: row for row in self.formats}

    def pattern(self, name: str) -> str:
        """Give the pattern of a form, its parts filled in."""
        return _filled(self._by_name[name].pattern, self.parts)

    def recognised(self) -> tuple[FieldFormat, ...]:
        """Give the forms that a whole text is tried for, in this order."""
        return tuple(row for row in self.formats if row.pattern)

    def searched(self) -> tuple[FieldFormat, ...]:
        """Give the formats that are searched for inside of texts, in this order."""
        rows = {
            row.name: replace(row, search=_filled(row.search.replace("%national%", national_id_pattern()), self.parts))
            for row in self.formats
            if row.search
        }
        first = {name: rows[name] for name in self.search_first}
        return tuple((first | rows).values())

    def fulfilling(self, declared: str | None, *, sent: bool = False) -> tuple[str, ...]:
        """Give the formats of texts that fulfil a declared format; none for one that no text's form can prove.

        Args:
            declared: the format as a description declares it.
            sent: whether another rule speaks of what is nearly right, as it does of a missing zone in a flow.

        >>> field_formats().fulfilling("date-time"), field_formats().fulfilling("date-time", sent=True)
        (('date-time',), ('date-time', 'date-time-local'))
        """
        return tuple(row.name for row in self.formats if declared in row.meets or (sent and declared in row.nearly))

    def json_schema(self, name: str) -> Mapping[str, str]:
        """Give the keywords that say a format in JSON Schema; a name it does not know is an annotation.

        >>> field_formats().json_schema("url"), field_formats().json_schema("html"), field_formats().json_schema("iban")
        ({'format': 'uri'}, {'contentMediaType': 'text/html'}, {'format': 'iban'})
        """
        row = self.get(name)
        return row.json_schema if row and row.json_schema else {"format": name}

    @cached_property
    def kinds(self) -> frozenset[str]:
        """The kinds that the matcher tells apart among texts with a format."""
        return frozenset(row.kind for row in self.formats)

    @cached_property
    def loose(self) -> frozenset[str]:
        """Formats that some texts have by accident: a field has one only if nearly all of its texts do."""
        return frozenset(row.name for row in self.formats if row.loose)

    @cached_property
    def varied(self) -> frozenset[str]:
        """Formats whose values repeat by accident, if at all."""
        return frozenset(row.name for row in self.formats if row.varied)


@cache
def field_formats() -> FieldFormats:
    """Read the table of formats, once."""
    return read_toml("formats", FieldFormats)


def _filled(pattern: str, parts: Mapping[str, str]) -> str:
    """A pattern with its parts: `%date%`, and the codes of countries and currencies."""
    codes = {"countries": country_codes, "currencies": currency_codes}

    def part(match: re.Match[str]) -> str:
        return _one_of(codes[match[1]]()) if match[1] in codes else parts[match[1]]

    return re.sub(rf"%({'|'.join((*parts, *codes))})%", part, pattern)


def _one_of(codes: Iterable[str]) -> str:
    """A pattern of some codes of one length, quick to try: the codes are told apart letter by letter.

    >>> _one_of(["DE", "DK", "US"])
    '(?:D[EK]|US)'
    """
    after: dict[str, list[str]] = {}
    for code in codes:
        after.setdefault(code[0], []).append(code[1:])
    if "" in after.get(next(iter(after)), ()):
        return "".join(after) if len(after) == 1 else f"[{''.join(after)}]"
    branches = [first + _one_of(rest) for first, rest in after.items()]
    return branches[0] if len(branches) == 1 else f"(?:{'|'.join(branches)})"


CARD = re.compile(r"[2456]\d{15}|[46]\d{18}|35\d{14}|3[47]\d{13}|3[068]\d{12}")
"""Length by first digits, of the networks that are in use (ISO/IEC 7812)."""


def _digits(text: str) -> list[int]:
    return [int(sign) for sign in text if sign.isdigit()]


def _mod_97(text: str) -> bool:
    """The check digits of an international bank account number (ISO 7064, MOD 97-10)."""
    plain = text.replace(" ", "")
    return int("".join(str(int(sign, 36)) for sign in plain[4:] + plain[:4])) % 97 == 1


def _iban(text: str) -> bool:
    """The check digits, and the length that the country's numbers have."""
    plain = text.replace(" ", "")
    return iban_lengths().get(plain[:2]) == len(plain) and _mod_97(text)


def _account(text: str) -> bool:
    """The check digits of a bank account as people write it; in lower case its country and its length, too."""
    plain = re.sub(r"[ .-]", "", text).upper()
    return _iban(plain) or (text.isupper() and not re.search("[.-]", text) and _mod_97(plain))


def _card(text: str) -> bool:
    """The check digit of a payment card, and a length that cards with these first digits have."""
    return bool(CARD.fullmatch(re.sub(r"\D", "", text))) and _luhn(text)


def _luhn(text: str) -> bool:
    """The check digit of a payment card (ISO/IEC 7812)."""
    digits = _digits(text)
    doubled = (sum(divmod(2 * digit, 10)) for digit in digits[-2::-2])
    return (sum(digits[-1::-2]) + sum(doubled)) % 10 == 0


def _ip_address(text: str) -> bool:
    """An address that exists, and is more than two colons."""
    if text == "::":
        return False
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return False
    return True


def _address_in_host(text: str) -> bool:
    """An address that exists, as providers write it into the names of their hosts."""
    return _ip_address(text.removeprefix("ip-").removeprefix("ec2-").replace("-", "."))


def _json(text: str) -> bool:
    """An object or a list in JSON."""
    try:
        return isinstance(json.loads(text, parse_constant=_refused), dict | list)
    except (ValueError, RecursionError):
        return False


def _refused(name: str) -> Any:  # noqa: ANN401  it never returns
    raise ValueError(name)


CHECKS: Mapping[str, Callable[[str], bool]] = {
    "iban": _iban,
    "mod 97": _mod_97,
    "account": _account,
    "national id": passes_national_check,
    "card": _card,
    "ip address": _ip_address,
    "address in host": _address_in_host,
    "json": _json,
}
"""Rules that a pattern cannot say, by the names that the table uses."""
