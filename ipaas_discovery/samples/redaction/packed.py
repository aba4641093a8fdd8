"""Texts packed in texts, as base64, with percent signs, entities or quotes: opened, redacted and packed again."""

from __future__ import annotations

import base64
import binascii
import html
import json
import re
from collections.abc import Callable
from email.errors import HeaderParseError
from email.header import decode_header, make_header
from urllib.parse import quote, unquote

import msgspec

__all__ = ["repacked"]

HINT = re.compile(r"=\?|[%=][0-9A-Fa-f]{2}|&(?:#\w+|[a-z]+);|\\\"|\\u[0-9A-Fa-f]{4}|^\"|[A-Za-z0-9+/_-]{12}")
"""A sign that something is packed in a text."""
BASE64 = re.compile(r"(?=[^a-z]*[a-z])[A-Za-z0-9+/_-]{12,}={0,2}")
TOKEN = re.compile(r"(?<![\w+/=-])[A-Za-z0-9+/_-]{12,}={0,2}(?![\w+/=-])")
HEXADECIMAL = re.compile(r"(?:[0-9a-f]{2}){8,}|(?:[0-9A-F]{2}){8,}")
QUOTED_SIGN, UNICODE_SIGN = re.compile(r"=[0-9A-F]{2}"), re.compile(r"\\u[0-9A-Fa-f]{4}")
"""A sign as quoted-printable mails and JavaScript write it."""
ENCODED_WORD = re.compile(r"=\?([\w-]{1,20})\?([bBqQ])\?([^?\s]{1,200})\?=")
"""A word of a mail's head that is not plain ASCII."""
ENTITY = re.compile(r"&(?:#\w+|[A-Za-z]+);")
ESCAPED = re.compile(r"%[0-9A-Fa-f]{2}")
DEEPEST = 4


def repacked(text: str, redact: Callable[[str], str], depth: int = 0) -> str:
    """Redact what is packed in a text; the text itself where nothing is, or nothing in it is personal.

    Args:
        text: the text.
        redact: redacts an unpacked text.
        depth: how often it was unpacked already.

    >>> repacked("ada%40x.test", str.upper), repacked("ada&#64;x.test", str.upper), repacked("plain", str.upper)
    ('ADA%40X.TEST', 'ADA&#64;X.TEST', 'plain')
    """
    if depth >= DEEPEST or not HINT.search(text):
        return text

    def inside(inner: str) -> str:
        return repacked(redact(inner), redact, depth + 1)

    for opened in (
        _encoded_words,
        _base64,
        _hexadecimal,
        _json_string,
        _quoted,
        _escaped,
        _entities,
        _quoted_signs,
        _unicode_signs,
        _tokens,
    ):
        masked = opened(text, inside)
        if masked != text:
            return masked
    return text


def _encoded_words(text: str, redact: Callable[[str], str]) -> str:
    """Redact the head of a mail; its words are plain afterwards, as what stands for them may be."""
    if not ENCODED_WORD.search(text):
        return text
    try:
        inner = str(make_header(decode_header(text)))
    except (LookupError, ValueError, HeaderParseError):
        return text
    masked = redact(inner)
    return text if masked == inner else masked


def _base64(text: str, redact: Callable[[str], str]) -> str:
    if not BASE64.fullmatch(text):
        return text
    plain = text.translate(str.maketrans("-_", "+/")).rstrip("=")
    try:
        inner = base64.b64decode(plain + "=" * (-len(plain) % 4)).decode()
    except (binascii.Error, UnicodeDecodeError):
        return text
    masked = redact(inner) if inner.isprintable() or "\n" in inner else inner
    if masked == inner:
        return text
    packed = base64.b64encode(masked.encode()).decode()
    packed = packed if text.endswith("=") else packed.rstrip("=")
    return packed.translate(str.maketrans("+/", "-_")) if {"-", "_"} & set(text) else packed


def _tokens(text: str, redact: Callable[[str], str]) -> str:
    """Redact a text of which a part is packed, such as the address of an attachment."""
    parts, end = [], 0
    for match in () if TOKEN.fullmatch(text) else TOKEN.finditer(text):
        masked = _base64(match[0], redact)
        if masked != match[0]:
            parts += [redact(text[end : match.start()]), masked]
            end = match.end()
    return "".join([*parts, redact(text[end:])]) if parts else text


def _hexadecimal(text: str, redact: Callable[[str], str]) -> str:
    try:
        inner = bytes.fromhex(text).decode() if HEXADECIMAL.fullmatch(text) else ""
    except UnicodeDecodeError:
        return text
    if not inner.isprintable() or (masked := redact(inner)) == inner:
        return text
    return masked.encode().hex() if text.islower() or not text.isupper() else masked.encode().hex().upper()


def _quoted_signs(text: str, redact: Callable[[str], str]) -> str:
    """Redact a mail's text in which signs are written as numbers; its letters and digits never are."""

    def read(sign: str) -> str:
        char = chr(int(sign[1:], 16))
        return "\0" if char.isalnum() and char.isascii() else char

    return _signs(text, QUOTED_SIGN, read, redact)


def _unicode_signs(text: str, redact: Callable[[str], str]) -> str:
    return _signs(text, UNICODE_SIGN, lambda sign: json.loads(f'"{sign}"'), redact)


def _signs(text: str, form: re.Pattern[str], read: Callable[[str], str], redact: Callable[[str], str]) -> str:
    """Redact a text in which single signs are written in a longer form."""
    written = {sign: match for match in form.findall(text) if (sign := read(match)).isprintable()}
    inner = form.sub(lambda match: char if (char := read(match[0])) in written else match[0], text)
    masked = redact(inner) if written else inner
    return text if masked == inner else "".join(written.get(char, char) for char in masked)


def _json_string(text: str, redact: Callable[[str], str]) -> str:
    try:
        inner = msgspec.json.decode(text, type=str) if text[0] == text[-1] == '"' and len(text) > 1 else None
    except (msgspec.MsgspecError, UnicodeError):
        return text
    if inner is None or (masked := redact(inner)) == inner:
        return text
    return msgspec.json.encode(masked).decode()


def _quoted(text: str, redact: Callable[[str], str]) -> str:
    """Redact what stands in a text with quotes that are escaped, such as JSON in a parameter."""
    if '\\"' not in text:
        return text
    inner = text.replace('\\"', '"')
    masked = redact(inner)
    return text if masked == inner else masked.replace('"', '\\"')


def _escaped(text: str, redact: Callable[[str], str]) -> str:
    if not ESCAPED.search(text):
        return text
    inner = unquote(text)
    masked = redact(inner)
    if masked == inner:
        return text
    kept = "".join(sign for sign in "!#$&'()*+,/:;=?@[] \"<>{}|" if sign in text)
    return quote(masked, safe=kept)


def _entities(text: str, redact: Callable[[str], str]) -> str:
    written = {html.unescape(entity): entity for entity in ENTITY.findall(text)}
    inner = html.unescape(text) if written else text
    masked = redact(inner) if written else text
    if masked == inner:
        return text
    return "".join(written.get(char, char) for char in masked)
