"""The format of a text: a date, a number, an address, and so on, by its form alone."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection
from functools import cache

__all__ = ["FORMATS", "LONGEST", "LOOSE", "format_counts", "text_format"]

_DATE = r"(?:[0-9]{4})-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])"
_TIME = r"(?:[01][0-9]|2[0-3]):[0-5][0-9](?::(?:[0-5][0-9]|60)(?:[.,][0-9]{1,9}+)?+)?+"
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
    "phone": r"\+[1-9](?:[ ./()-]{0,2}+[0-9]){6,14}+|(?:\([0-9]{2,5}\) ?|[0-9]{3}[.-])[0-9]{3}[ .-][0-9]{4}",
    "country": rf"(?=[A-Z]{{2}}(?![^\n]))(?:{'|'.join(_COUNTRIES)})",
    "currency": rf"(?=[A-Z]{{3}}(?![^\n]))(?:{'|'.join(_CURRENCIES)})",
    "colour": r"#(?:[0-9A-Fa-f]{3,4}|[0-9A-Fa-f]{6}|[0-9A-Fa-f]{8})",
    "url": r"[Hh][Tt][Tt][Pp][Ss]?+://[^\s/?#]++\S*+",
    "email": r"[^\s@<>(),;:\"]++@(?:[^\s@<>(),;:\".]++\.)++[^\s@<>(),;:\".]++",
    "base64": rf"(?={_B64}*[a-z])(?={_B64}*[A-Z])(?={_B64}*[0-9+/])"
    rf"(?:(?:{_B64}{{4}}){{5,}}|(?:{_B64}{{4}}){{3,}}(?:{_B64}{{2}}==|{_B64}{{3}}=))",
    "html": rf"(?is:(?!https?://)[^<]*<(?:/?(?:{_TAGS})\b[^<>]*|!doctype[^<>]*|!--.*--)>.*)",
}
"""The formats, each as a pattern of the whole text; no text has two.

A whole number with leading zeros is a code, not an `integer`. `date-time` has a zone, `date-time-local`
has none. A `phone` number has a plus or the separators of one; without them it is an `integer`.
"""

LOOSE = frozenset({"base64", "country", "currency", "phone"})
"""Formats that some texts have by accident: a field has one only if nearly all of its texts do."""
ROUNDS = 12
"""Number of times that texts of one field are tried all at once; those left over are tried one by one."""
LONGEST = 2_048
"""Characters of a long text that are looked at, so that one text does not cost a second."""
_NOT_A_BOOLEAN = r"(?!(?:[Tt]rue|TRUE|[Ff]alse|FALSE)(?![0-9A-Za-z]))"
_NONE = {
    "phrase": r"(?:[A-Za-z][^@:<_ \n]*+[_ ]|[0-9]++ [A-Za-z])[^@:<\n]*+",
    "code": r"[G-Zg-z][^@:<\n-]*+-[^@:<\n]*+",
    "word": rf"{_NOT_A_BOOLEAN}(?=[A-Z]*+[a-z])[A-Za-z]++",
    "hash": rf"{_NOT_A_BOOLEAN}(?=[0-9]*+[a-z])[0-9a-z]++",
    "label": rf"{_NOT_A_BOOLEAN}(?:(?=[0-9]*+[A-Z])(?=[A-Z]*+[0-9])[0-9A-Z]++|[A-Z]{{4,}}+|[A-Z])",
}
"""Texts that have no format for certain, tried first: sentences, most codes, words and hashes."""


@cache
def _pattern(form: str) -> re.Pattern[str]:
    return re.compile(FORMATS.get(form) or _NONE[form])


@cache
def _lines(form: str) -> re.Pattern[str]:
    return re.compile(rf"(?:(?:{FORMATS.get(form) or _NONE[form]})\n)*+")


@cache
def _any() -> re.Pattern[str]:
    forms = {**_NONE, **{name: pattern for name, pattern in FORMATS.items() if name != "html"}}
    return re.compile("|".join(f"(?P<{name.replace('-', '_')}>{pattern})" for name, pattern in forms.items()))


def _form(text: str) -> str | None:
    """Return the format of `text`, or its certain kind of text without a format; None if it is neither."""
    if len(text) > LONGEST:
        return _long_form(text)
    match = _any().fullmatch(text)
    if match and match.lastgroup:
        return match.lastgroup.replace("_", "-")
    return "html" if "<" in text and _pattern("html").fullmatch(text) else None


def _long_form(text: str) -> str | None:
    head = text[:LONGEST]
    if len(text) % 4 == 0 and _pattern("base64").fullmatch(head):
        return "base64"
    return "html" if "<" in head and _pattern("html").fullmatch(head) else None


def text_format(text: str) -> str | None:
    """Return the format of `text`, or None if it has none of `FORMATS`.

    >>> text_format("2026-01-31T08:00:00Z"), text_format("336.3200"), text_format("00123")
    ('date-time', 'decimal', None)
    """
    form = _form(text)
    return form if form in FORMATS else None


def format_counts(texts: Counter[str], longest: int) -> Counter[str]:
    """Count the texts of each format, for texts of at most `longest` characters with their counts.

    Texts of one field mostly look alike, so all of them are tried at once for the format of the first.

    >>> format_counts(Counter({"2026-01-31": 3, "2026-02-01": 1, "soon": 9}), 10)
    Counter({'date': 4})
    """
    counts: Counter[str] = Counter()
    slow = [text for text in texts if len(text) > LONGEST] if longest > LONGEST else []
    rest = [text for text in texts if len(text) <= LONGEST] if slow else [*texts]
    for _ in range(ROUNDS):
        if not rest:
            break
        form = _form(rest[0])
        if form is None or form == "html":
            slow.append(rest.pop(0))
            continue
        have = rest if _all_have(form, rest) else {*filter(_pattern(form).fullmatch, rest)}
        counts[form] += texts.total() if len(have) == len(texts) else sum(map(texts.__getitem__, have))
        rest = [] if have is rest else [text for text in rest if text not in have]
    for text in (*slow, *rest):
        counts[_form(text) or "none"] += texts[text]
    return Counter({form: times for form, times in counts.items() if form in FORMATS})


def _all_have(form: str, texts: Collection[str]) -> bool:
    """Tell whether all texts have a form; they are matched as one text, which is faster than one by one."""
    joined = "\n".join(texts) + "\n"
    return joined.count("\n") == len(texts) and _lines(form).fullmatch(joined) is not None
