"""Personal data and secrets by the form of a value: addresses, checked numbers, tokens, in any text."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Callable, Collection, Iterator

from ipaas_discovery.samples.redaction.field_names import words

__all__ = ["AMOUNT", "LEAST_DIGITS", "is_card", "replace_sensitive"]

NO_CARD = frozenset({"sku", "upc", "ean", "gtin", "barcode", "isbn", "mpn", "imei", "asin", "id", "guid", "uuid"})
"""Words of the names of fields that hold other numbers with check digits."""
AMOUNT = re.compile(r"-?\d{1,6}[.,]\d{1,4} ?%?")
"""A text like this is money, a rate or a weight, whatever the name of its field sounds like."""
LEAST_DIGITS = 7
"""A whole number this short is no phone, card or tax number but a count, an id or a flag."""

EMAIL = r"(?<![\w.+%'&-])[\w.+%'&-]+@[\w-]+(?:\.[\w-]+)+"
ISSUED = (
    r"(?<![\w-])eyJ[\w-]{4,}\.[\w-]{4,}(?:\.[\w-]*)?|\$(?:2[abxy]?|argon2\w*|[156])\$[^\s]{8,}|pbkdf2_\w+\$[^\s]+"
    r"|\b(?:sk|pk|rk)_(?:live|test)_\w{8,}|\bshp(?:at|ca|pa|ss)_\w{8,}|\bgh[pousr]_\w{16,}|\bxox[abprs]-[\w-]{8,}"
    r"|\bAKIA[0-9A-Z]{12,}|(?<=[Bb]earer )[\w.~+/-]{8,}=*|\b(?:[0-9a-f]{40}|[0-9a-f]{64}|[0-9a-f]{128})\b"
)
PHONE = (
    r"(?<![\w.+-])(?:\+\d[\d ().\-/]{6,18}\d|\(\d{2,5}\) ?\d{2,4}[ .-]?\d{2,6}|\d{3}[ .-]\d{3}[ .-]\d{4}"
    r"|0\d{1,4}[ /]\d{3,}(?:[ -]?\d{2,})*)(?![\w-])"
)
CARD = r"(?<![\w.-])[2-6]\d{3}(?:[ -]?\d){9,15}(?![\w-]|\.\w)"
IBAN = r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?\b"
TAX = r"(?<![\w-])\d{3}-\d{2}-\d{4}(?![\w-])"
IP = r"(?<![\w.:-])(?:\d{1,3}(?:\.\d{1,3}){3}|(?:[0-9A-Fa-f]{0,4}:){2,7}[0-9A-Fa-f]{0,4})(?![\w:-]|\.\w)"
_KINDS = {"email": EMAIL, "token": ISSUED, "iban": IBAN, "card": CARD, "tax": TAX, "phone": PHONE, "ip": IP}
_FORMS = re.compile("|".join(f"(?P<{kind}>{form})" for kind, form in _KINDS.items()))

_SIGNS, _DIGITS, _BETWEEN = frozenset("@$:_"), frozenset("0123456789"), frozenset(" /(+")
SHORTEST_BARE = 11
"""Of the forms without any of these signs, an IP address alone is shorter; most prices and item numbers are too."""


def replace_sensitive(text: str, name: str, replace: Callable[[str], str], kinds: Collection[str] = _KINDS) -> str:
    """Replace everything in a text that has the form of personal data or of a secret, of these kinds."""
    if len(text) < LEAST_DIGITS - 2 or not _may_match(text):
        return text
    parts, end = [], 0
    for start, stop in _matches(text, name, kinds):
        parts += [text[end:start], replace(text[start:stop])]
        end = stop
    return "".join([*parts, text[end:]]) if parts else text


def _may_match(text: str) -> bool:
    """Tell at a quick look whether a text may match: every form has several digits or one of a few signs."""
    if not _SIGNS.isdisjoint(text) or "earer " in text or "xox" in text or "eyJ" in text or "AKIA" in text:
        return True
    if text.isascii() and _DIGITS.isdisjoint(text):
        return False
    if sum(map(str.isdigit, text)) < LEAST_DIGITS - 3:
        return False
    return len(text) >= SHORTEST_BARE or not _BETWEEN.isdisjoint(text) or text.count(".") >= 3  # noqa: PLR2004  an IP's


def _matches(text: str, name: str, kinds: Collection[str]) -> Iterator[tuple[int, int]]:
    for match in _FORMS.finditer(text):
        kind, value = str(match.lastgroup), match.group()
        proven = _PROOFS.get(kind)
        if kind in kinds and (proven is None or proven(value, words(name))):
            yield match.span()


def is_card(text: str) -> bool:
    """Tell whether a text is the number of a payment card, by its form and its check digit (Luhn's)."""
    return bool(re.fullmatch(CARD, text)) and _is_card(text, ())


def _is_card(text: str, names: tuple[str, ...]) -> bool:
    """Tell whether a number has the check digit of a payment card, and stands in no field of other numbers."""
    digits = [int(digit) for digit in text if digit.isdigit()]
    doubled = (sum(divmod(2 * digit, 10)) for digit in digits[-2::-2])
    return (sum(digits[-1::-2]) + sum(doubled)) % 10 == 0 and not NO_CARD & set(names)


def _is_iban(number: str, _: tuple[str, ...]) -> bool:
    """Tell whether the check digits of an international bank account number are right."""
    text = number.replace(" ", "")
    return int("".join(str(int(char, 36)) for char in text[4:] + text[:4])) % 97 == 1


def _is_ip(text: str, names: tuple[str, ...]) -> bool:
    if "version" in names or (text.count(":") in {1, 2} and "::" not in text):
        return False
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return False
    return text != "::"


_PROOFS: dict[str, Callable[[str, tuple[str, ...]], bool]] = {"card": _is_card, "iban": _is_iban, "ip": _is_ip}
