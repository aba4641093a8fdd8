"""Personal data in what is no record: JSON inside a text, JSON that is broken, and the addresses of requests."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qsl, quote, unquote, urlencode

import msgspec

from ipaas_discovery.knowledge.name_words import bare
from ipaas_discovery.knowledge.personal.personal_words import personal_words
from ipaas_discovery.knowledge.sensitive_names import is_secret, sensitive_names
from ipaas_discovery.samples.redaction.classify_field import classify_field
from ipaas_discovery.samples.redaction.field_names import is_name, is_person, is_personal, tells_of_person
from ipaas_discovery.samples.redaction.named_values import LONGEST_COLUMN, is_naming, names_somebody
from ipaas_discovery.samples.redaction.value_patterns import AMOUNT, is_single_name, replace_sensitive

__all__ = [
    "as_json",
    "as_text",
    "attributes",
    "broken",
    "holds_members",
    "host",
    "introduced",
    "labelled",
    "link",
    "links",
    "listed",
    "may_introduce",
]

MEMBER = re.compile(
    r"""(?P<head>["'](?P<name>[^"'\\]{1,80})["']\s*(?::|=>)\s*)(?P<value>"(?:[^"\\]|\\.)*"?|'[^']*'?|[-+]?\d[\d.]*)"""
)
"""A member with a plain value, which can be recognised even where the whole is no JSON."""
BARE_MEMBER = re.compile(
    r"""(?P<head>(?<=[{,])\s*(?P<name>[A-Za-z_$][\w$]{0,60})\s*:\s*)(?P<value>"(?:[^"\\]|\\.)*"|'[^']*')"""
)
"""A member whose name stands without quotes, as JavaScript writes it."""
HOLDS_MEMBERS = re.compile(r"""["']\s?(?::|=>)|[{,]\s*[A-Za-z_$][\w$]*\s*:\s*["']|name="[^"\n]{1,60}"[^\n]*\r?\n""")
ELEMENT = re.compile(
    r"(?P<head><(?P<name>\w[\w:.-]{0,60})(?:\s[^<>]*)?>(?:<!\[CDATA\[)?)(?P<value>[^<>]+?)(?=(?:\]\]>)?</)"
)
"""An element of XML that holds a plain text."""
NAMED_ELEMENT = re.compile(
    r"""(?P<head><[\w:.-]+\s(?:[^<>]*\s)?(?:name|key|id|field|code)=["'](?P<name>[^"'<>]{1,60})["']"""
    r"""(?:[^<>]*\svalue=["']|[^<>]*(?<!/)>(?:<!\[CDATA\[)?))(?P<value>[^<>"']{2,}?)(?=(?:\]\]>)?</|["'])"""
)
"""An element that an attribute names, and its value or its text."""
FORM_PART = re.compile(
    r"""(?P<head>\bname="(?P<name>[^"\n]{1,60})"[^\n]{0,200}\n(?:[^\r\n]{1,200}\r?\n){0,4}\r?\n)"""
    r"""(?P<value>[^\r\n]+)"""
)
"""A part of a form that was sent."""
WORD = re.compile(r"[^\W\d_]+")
ATTRIBUTE = re.compile(r"""(?P<head>(?<![\w-])(?P<name>[A-Za-z_][\w:.-]{1,60})=["'])(?P<value>[^"'<>]{2,})(?=["'])""")
"""An attribute of an element."""
SERIALIZED = re.compile(r'(?P<head>s:\d+:"(?P<name>[^"]{1,80})";s:\d+:")(?P<value>[^"]*)(?=")')
"""A member as PHP writes it."""
CELL = re.compile(
    r"(?P<head><(?P<tag>t[dh]|dt|b|strong|label)\b[^<>]*>\s*(?P<name>[^<>]{2,40}?)\s*:?\s*</(?P=tag)>\s*:?\s*"
    r"(?:<(?:td|dd|span)\b[^<>]*>)?)(?P<value>[^<>]{2,})"
)
"""A label in a page, and the cell or the text behind it."""
BEFORE_ADDRESS = re.compile(
    r"(?<![\w.'\u2019-])\"?((?:[^\W\d_][\w.'\u2019-]{0,40},?[ ]){0,3}[^\W\d_][\w.'\u2019-]{0,40})\"?"
    r"(?=\s{0,3}<[^<>@\s]{1,64}@)"
)
"""A name before an address of mail, as mails are addressed."""
LABEL = re.compile(
    r"""(?P<head>(?<![\w/])(?P<name>(?:[^\W\d_][\w-]{0,30}[ ])?[^\W\d_][\w-]{0,30})[ ]?(?:=>|[=:])(?:[ ]|\r?\n)?)"""
    r"""(?!\s?[\w.-]+=)(?P<value>[^;,|&\n=<>{}"':]{2,80})"""
)
"""A label and what it says of somebody, such as `user=Ada Example; took=12`."""
KEY = re.compile(r"(?P<head>\((?P<name>\w{2,40})\)=\()(?P<value>[^()\n]{2,120})(?=\))")
"""A key and its value as databases name them: `Key (last_name)=(Example) already exists`."""
SAYS = re.compile(r"[=:](?<=[^\W\d_].)|[=:](?<=[^\W_][ ].)|[=:](?<=_[a-z0-9].)")
"""The end of a label, unlike one of a time or an address of a device."""
QUOTED = re.compile(
    r"""(?P<head>\b(?P<word>[^\W\d_]{3,20})[ ]["'])(?P<value>[^\s"'<>]{2,60}(?:[ ][^\s"'<>]+)?)(?=["'])"""
)
"""Somebody's name in quotes, behind a word for a person."""
NAME = re.compile(r"[^\W\d_a-z][^\W\d_]+(?:[ '\u2019-][^\W\d_]+)+")
HOST = re.compile(r"(?<=://)(?!127\.)\d{1,3}(?:\.\d{1,3}){3}(?=[:/?#]|$)|(?<=://\[)(?!::1\])[0-9A-Fa-f:.]+(?=\])")
URL = re.compile(r"https?://[^\s<>\"'|\\^`{}]+")


def as_json(text: str) -> Any:  # noqa: ANN401  any JSON value
    """Read the object or list that a text holds as JSON; None where it holds none."""
    if not (text[:1] == "{" and text[-1:] == "}") and not (text[:1] == "[" and text[-1:] == "]"):
        return None
    try:
        return msgspec.json.decode(text)
    except (msgspec.MsgspecError, UnicodeError, RecursionError):
        return None


def as_text(value: object) -> str:
    """Write JSON as a text holds it."""
    return msgspec.json.encode(value).decode()


def holds_members(text: str) -> bool:
    """Tell at a quick look whether a text may hold members or parts of a form."""
    return HOLDS_MEMBERS.search(text) is not None


def broken(text: str, mask: Callable[[str], str], *, of_person: bool = True) -> str:
    """Mask each personal member in a text that looks like JSON and is none.

    Args:
        text: the text.
        mask: gives the pseudonym of a text.
        of_person: true if it is surely a person's record. Defaults to true.
    """
    of_person = of_person or any(is_personal(match["name"]) for match in MEMBER.finditer(text))

    def masked(match: re.Match[str]) -> str:
        """Mask the value of a member whose name is personal."""
        value = match["value"]
        is_hidden = is_personal(match["name"], of_person=of_person) and len(value) > 1
        return match["head"] + (_masked_value(value, mask) if is_hidden else value)

    def of_attribute(match: re.Match[str]) -> str:
        """Mask the value of an attribute whose name is personal, unless it is the name of a field."""
        value = match["value"]
        is_label = is_naming(match["name"]) and (value.islower() or names_somebody(value))
        return match[0] if is_label else masked(match)

    def in_page(match: re.Match[str]) -> str:
        """Mask what a label in a page calls personal."""
        return match["head"] + (mask(match["value"]) if names_somebody(match["name"]) else match["value"])

    if "<" in text:
        text = ATTRIBUTE.sub(of_attribute, NAMED_ELEMENT.sub(in_page, CELL.sub(in_page, ELEMENT.sub(masked, text))))
    text = SERIALIZED.sub(masked, text) if ':"' in text else text
    text = FORM_PART.sub(masked, text) if 'name="' in text else text
    return MEMBER.sub(masked, BARE_MEMBER.sub(masked, text))


def _masked_value(value: str, mask: Callable[[str], str]) -> str:
    """Mask a value as it is written, within its quotes if it has any."""
    if value[0] not in "\"'":
        return mask(value)
    end = value[0] if value[-1] == value[0] else ""
    inner = value[1 : len(value) - len(end)]
    if "\\" in inner:
        try:
            return as_text(mask(msgspec.json.decode(value, type=str)))
        except (msgspec.MsgspecError, UnicodeError):
            pass
    return value[0] + (mask(inner) if inner else "") + end


def attributes(text: str, mask: Callable[[str], str]) -> str:
    """Mask what attributes in a text call personal.

    >>> attributes('Digest username="Ada", realm="shop"', str.upper)
    'Digest username="ADA", realm="shop"'
    """

    def masked(match: re.Match[str]) -> str:
        """Mask the value of an attribute whose name is personal."""
        return match["head"] + (mask(match["value"]) if is_personal(match["name"]) else match["value"])

    return ATTRIBUTE.sub(masked, text) if '="' in text or "='" in text else text


def listed(text: str, mask: Callable[[str], str]) -> str:
    r"""Mask what stands in a table or on a visiting card that a text holds.

    >>> listed("id;surname\n1;Example", str.upper)
    'id;surname\n1;EXAMPLE'
    """
    if "BEGIN:VCARD" in text:
        return personal_words().texts.card_line.sub(lambda match: match["head"] + mask(match["value"]), text)
    head, _, rows = text.partition("\n")
    sign = next((sign for sign in ";\t|," if sign in head), "")
    columns = [name.strip().strip('"') for name in head.split(sign or "\n")]
    described = bool(tells_of_person(tuple(columns), ()))
    personal = [
        at
        for at, name in enumerate(columns)
        if len(name) <= LONGEST_COLUMN and (names_somebody(name) or (described and is_name(name, of_person=True)))
    ]
    if not personal or not rows or any(row and not _is_row(row, head, sign) for row in rows.splitlines()):
        return text
    lines = [row.split(sign or "\n") for row in rows.split("\n")]
    safe = [[mask(cell) if at in personal and cell else cell for at, cell in enumerate(row)] for row in lines]
    return "\n".join([head, *map(sign.join, safe)])


def _is_row(row: str, head: str, sign: str) -> bool:
    return row.count(sign) == head.count(sign) if sign else len(row) <= LONGEST_COLUMN


LONGEST_WORD = 16
"""Signs of a secret that no word has."""
HOST_PARTS = 3
"""Parts of a URL up to its host, between slashes."""
HOOKS = re.compile(r"(?i)hook|/key/")
"""A sign of an address whose parts let in."""
HOOK = re.compile(r"(?=\D*\d)(?=[\d_-]*[A-Za-z])[\w-]{6,}")
"""A part of a webhook's address that lets in whoever knows it."""


def labelled(text: str, mask: Callable[[str], str]) -> str:
    """Mask what a label in a text calls personal.

    >>> labelled("user=Ada Example; size=12", str.upper)
    'user=ADA EXAMPLE; size=12'
    """

    def masked(match: re.Match[str]) -> str:
        """Mask the value of a label that is personal, or that names somebody."""
        name, value = match["name"], match["value"].strip()
        last, known = name.rpartition(" ")[2], personal_words().texts
        if not value or value.split()[0].casefold().strip(".!") in known.says_about:
            return match[0]
        if is_person(last) or not names_somebody(name):
            named = is_person(last) or is_personal(last, of_person=True)
            in_directory = last.casefold() in known.labels and not any(map(str.isupper, value.split()))
            is_named = NAME.fullmatch(value) is not None and not value.split()[-1][0].islower()
            personal = ((named or in_directory) and is_named) or _is_log_in(last, value)
        else:
            personal = not AMOUNT.fullmatch(value) and (not is_secret(name) or _is_like_secret(name, value))
        if not personal:
            return match[0]
        return match["head"] + match["value"].replace(value, mask(value))

    def in_key(match: re.Match[str]) -> str:
        """Mask the value of a key that a database names."""
        return match["head"] + (mask(match["value"]) if names_somebody(match["name"]) else match["value"])

    if ")=(" in text:
        text = KEY.sub(in_key, text)
    if "@" in text and "<" in text:
        text = BEFORE_ADDRESS.sub(lambda match: match[0].replace(match[1], mask(match[1])), text)
    return LABEL.sub(masked, text) if SAYS.search(text) else text


def _is_like_secret(name: str, value: str) -> bool:
    """Tell whether what a label calls a secret may be one: signs that are no word, or any word behind `password`."""
    words = [word.strip(".,!?()\"'") or word for word in value.split()]
    if any(map(str.isdigit, words[0])) or any(
        len(word) >= LONGEST_WORD or not (word.isalpha() and (word[1:].islower() or word.isupper() or word.islower()))
        for word in words
    ):
        return True
    return len(words) == 1 and any(part in bare(name) for part in sensitive_names().secret.passwords)


def _is_log_in(name: str, value: str) -> bool:
    """Tell whether the one word behind a label is what somebody logs in with."""
    return name.casefold() in {"user", "username", "login"} and " " not in value and is_single_name(value, loosely=True)


def may_introduce(text: str) -> bool:
    """Tell at a quick look whether a word may stand before a name in a text."""
    if text.islower():
        return False
    return not personal_words().texts.before_names.isdisjoint(WORD.findall(text.casefold()))


def introduced(text: str, mask: Callable[[str], str]) -> str:
    """Mask names that a title or a word for a person stands before.

    >>> introduced("Ask Mrs. Example, customer Ada Example or Customer Service Team", str.upper)
    'Ask Mrs. EXAMPLE, customer ADA EXAMPLE or Customer Service Team'
    """
    if not may_introduce(text):
        return text
    known = personal_words().texts

    def quoted(match: re.Match[str]) -> str:
        """Mask what stands in quotes behind a word for a person."""
        return match["head"] + mask(match["value"]) if is_person(match["word"]) else match[0]

    def masked(match: re.Match[str]) -> str:
        """Mask the words that are names."""
        name = match[1] or match[2]
        if match[0].replace(".", "").casefold().startswith(known.titled_brands):
            return match[0]
        words = [word if word.casefold() in known.no_names else mask(word) for word in name.split(" ")]
        return match[0].removesuffix(name) + (name if words[0] == name.split(" ")[0] else " ".join(words))

    return known.introduced.sub(masked, QUOTED.sub(quoted, text))


def link(
    url: str,
    mask: Callable[[str], str],
    keep: Callable[[str, str], object] = lambda _masked, _text: None,
    *,
    personal: bool = False,
    opened: Callable[[str, str], str] = lambda text, _name: text,
) -> str:
    """Redact a URL: its user, and what is personal or secret in its path and its query.

    Args:
        url: the URL.
        mask: gives the pseudonym of a text.
        keep: called with the pseudonym and the text of each part that was changed.
        personal: true if it leads to somebody, so that all of its path is personal.
        opened: redacts what is packed in the value of a parameter of a name.
    """
    head, mark, query = url.partition("?")
    parts = re.sub(r"(?<=//)[^/@]*@", "", head).split("/")
    hook, before, start = HOOKS.search(head) is not None, ["", *parts], _start_of_somebody(head, personal=personal)
    head = "/".join(
        _segment(part, previous, mask, keep, hook=hook, whole=at >= start)
        for at, (previous, part) in enumerate(zip(before, parts, strict=False))
    )
    pairs = parse_qsl(query, keep_blank_values=True)
    safe = [
        (name, mask(value) if _hidden(name, value) else _parameter(value, name, mask, opened)) for name, value in pairs
    ]
    for (_, masked), (_, text) in zip(safe, pairs, strict=True):
        if masked != text:
            keep(masked, text)
    return head + mark + (urlencode(safe) if safe != pairs else query)


def host(url: str, mask: Callable[[str], str]) -> str:
    """Mask the host of a URL where it is an address of the network, other than this machine's own.

    >>> host("https://192.0.2.7:8443/a", lambda text: "x"), host("http://127.0.0.1/a", lambda text: "x")
    ('https://x:8443/a', 'http://127.0.0.1/a')
    """
    return HOST.sub(lambda match: mask(match[0]), url, count=1)


def links(
    text: str,
    mask: Callable[[str], str],
    keep: Callable[[str, str], object],
    opened: Callable[[str, str], str] = lambda text, _name: text,
) -> str:
    """Redact each URL in a text."""
    return URL.sub(lambda match: link(match[0], mask, keep, opened=opened), text) if "://" in text else text


def _parameter(value: str, name: str, mask: Callable[[str], str], opened: Callable[[str, str], str]) -> str:
    unpacked = opened(value, name)
    return unpacked if unpacked != value else replace_sensitive(value, name, mask)


def _start_of_somebody(head: str, *, personal: bool) -> int:
    """Give the number of the first part of a URL that tells who somebody is: behind the host, or behind a place."""
    there = head.lower().replace("//", "/").replace("/www.", "/")
    place = next((place for place in personal_words().texts.profiles if f"/{place}/" in there), "")
    return HOST_PARTS + place.count("/") if place else HOST_PARTS if personal else len(head)


def _segment(
    written: str,
    previous: str,
    mask: Callable[[str], str],
    keep: Callable[[str, str], object],
    *,
    hook: bool,
    whole: bool,
) -> str:
    """Redact one part of a URL's path; an `avatar` is the digest of an address, a part of a `hook` a secret."""
    text = unquote(written)
    digest = previous == "avatar" and re.match(r"[0-9a-f]{32}", text)
    masked = (
        mask(text)
        if (whole and text) or digest or (hook and HOOK.fullmatch(text))
        else replace_sensitive(text, "", mask, in_path=True)
    )
    if masked == text:
        return written
    keep(masked, text)
    return quote(masked, safe=":@+")


def _hidden(name: str, value: str) -> bool:
    """Tell whether a parameter's name says that its value is personal; a cursor is a secret to nobody."""
    if not value or name.lower() == "key" or is_secret(name) or is_personal(name):
        return bool(value)
    return " " in value and classify_field(name).of_text(value)
