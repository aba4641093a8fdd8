"""What a text looks like: a date, a number, an address, and so on, by its form alone."""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import cache

__all__ = ["FORMATS", "LONGEST", "LOOSE", "all_have", "pattern", "text_format"]

_DATE = r"(?:[0-9]{4})-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])"
_TIME = r"(?:[01][0-9]|2[0-3]):[0-5][0-9](?::(?:[0-5][0-9]|60)(?:[.,][0-9]{1,9})?)?"
_ZONE = r"(?:[Zz]|[+-][0-9]{2}:?[0-9]{2})"
_DAY = r"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)"
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"

_B64 = "[A-Za-z0-9+/]"
_TAGS = (
    "a|abbr|address|article|b|blockquote|body|br|button|code|div|em|figure|font|footer|form|h[1-6]|head|header|hr|html"
    "|i|iframe|img|input|li|link|main|meta|nav|ol|p|pre|s|script|section|small|span|strong|style|sub|sup|table|tbody"
    "|td|th|tr|u|ul"
)
_COUNTRIES = """
AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ CA CC CD
CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF
GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN
KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA
NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI
SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI
VN VU WF WS YE YT ZA ZM ZW
""".split()
_CURRENCIES = """
AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CLF CLP
CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS
INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU
MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK
SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VED VES VND VUV WST XAF
XCD XOF XPF YER ZAR ZMW ZWG
""".split()

FORMATS = {
    "integer": r"-?(?:0|[1-9][0-9]*)",
    "decimal": r"-?(?:0|[1-9][0-9]*)\.[0-9]+",
    "date": _DATE,
    "date-time": rf"{_DATE}[Tt ]{_TIME} ?{_ZONE}",
    "date-time-local": rf"{_DATE}[Tt ]{_TIME}",
    "rfc2822": rf"(?:{_DAY}, )?[0-9]{{1,2}} {_MONTH} [0-9]{{4}} {_TIME} (?:[+-][0-9]{{4}}|GMT|UT|UTC|Z)",
    "microsoft-date": r"/Date\(-?[0-9]{1,18}(?:[+-][0-9]{4})?\)/",
    "boolean": r"[Tt]rue|[Ff]alse|TRUE|FALSE",
    "uuid": r"[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{12}",
    "phone": r"\+[1-9](?:[ ./()-]{0,2}[0-9]){6,14}|(?:\([0-9]{2,5}\) ?|[0-9]{3}[.-])[0-9]{3}[ .-][0-9]{4}",
    "country": rf"(?=[A-Z]{{2}}(?![^\n]))(?:{'|'.join(_COUNTRIES)})",
    "currency": rf"(?=[A-Z]{{3}}(?![^\n]))(?:{'|'.join(_CURRENCIES)})",
    "colour": r"#(?:[0-9A-Fa-f]{3,4}|[0-9A-Fa-f]{6}|[0-9A-Fa-f]{8})",
    "url": r"[Hh][Tt][Tt][Pp][Ss]?://[^\s/?#]+[^\s]*",
    "email": r"[^\s@<>(),;:\"]+@[^\s@<>(),;:\"]+\.[^\s@<>(),;:\".]+",
    "base64": rf"(?={_B64}*[a-z])(?={_B64}*[A-Z])(?={_B64}*[0-9+/])"
    rf"(?:(?:{_B64}{{4}}){{5,}}|(?:{_B64}{{4}}){{3,}}(?:{_B64}{{2}}==|{_B64}{{3}}=))",
    "html": rf"(?is:(?!https?://)[^<]*<(?:/?(?:{_TAGS})\b[^<>]*|!doctype[^<>]*|!--.*--)>.*)",
}
"""The formats, each as a pattern of the whole text; no text has two.

A whole number with leading zeros is a code, not an `integer`. `date-time` has a zone, `date-time-local`
has none. A `phone` number has a plus or the separators of one; without, it is an `integer`.
"""

LOOSE = frozenset({"base64", "country", "currency", "phone"})
"""Formats that some texts have by accident: a field has one only if nearly all of its texts do."""
LONGEST = 2_048
"""Of a longer text only so much is looked at, for what can be long: one text must not cost a second."""
_NONE = r"[A-Za-z][^@:<_ \n]*[_ ][^@:<\n]*|[G-Zg-z][^@:<\n-]*-[^@:<\n]*"
"""Texts that have no format for certain, tried first: names, sentences, most codes."""


@cache
def pattern(name: str) -> re.Pattern[str]:
    """The compiled pattern of a format; of `""` one of texts that have none."""
    return re.compile(FORMATS[name] if name else _NONE)


@cache
def _lines(name: str) -> re.Pattern[str]:
    return re.compile(f"(?:(?:{FORMATS[name] if name else _NONE})\\n)*+")


def all_have(name: str, texts: Collection[str]) -> bool:
    """Whether all of some texts, none longer than `LONGEST`, have a format (`""`: certainly have none).

    They are joined and looked at as one, which is twice as fast as one by one.

    >>> all_have("integer", ["1", "20"]), all_have("integer", ["1", "x"]), all_have("", ["red chair"])
    (True, False, True)
    """
    if name == "html":
        return False
    joined = "\n".join(texts) + "\n"
    return joined.count("\n") == len(texts) and _lines(name).fullmatch(joined) is not None


@cache
def _any() -> re.Pattern[str]:
    named = (f"(?P<{name.replace('-', '_')}>{each})" for name, each in FORMATS.items() if name != "html")
    return re.compile("|".join(named))


def text_format(text: str) -> str | None:
    """The format of `text`, or None if it has none of `FORMATS`.

    >>> text_format("2026-01-31T08:00:00Z"), text_format("336.3200"), text_format("00123")
    ('date-time', 'decimal', None)
    """
    if pattern("").fullmatch(text):
        return None
    if len(text) > LONGEST:
        return _long_format(text)
    found = _any().fullmatch(text)
    if found and found.lastgroup:
        return found.lastgroup.replace("_", "-")
    return "html" if "<" in text and pattern("html").fullmatch(text) else None


def _long_format(text: str) -> str | None:
    head = text[:LONGEST]
    if len(text) % 4 == 0 and pattern("base64").fullmatch(head):
        return "base64"
    return "html" if "<" in head and pattern("html").fullmatch(head) else None
