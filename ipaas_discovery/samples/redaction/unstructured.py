"""Personal data in what is no record: JSON inside a text, JSON that is broken, and the addresses of requests."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qsl, quote, unquote, urlencode

import msgspec

from ipaas_discovery.knowledge.sensitive_names import is_secret
from ipaas_discovery.samples.redaction.field_names import is_personal
from ipaas_discovery.samples.redaction.value_patterns import found_in

__all__ = ["as_json", "as_text", "broken", "link", "links"]

MEMBER = re.compile(
    r"""(?P<head>["'](?P<name>[^"'\\]{1,80})["']\s*:\s*)(?P<value>"(?:[^"\\]|\\.)*"?|'[^']*'?|[-+]?\d[\d.]*)"""
)
"""A member of an object with a plain value, as it looks even where the whole is no JSON."""
URL = re.compile(r"https?://[^\s<>\"'|\\^`{}]+")


def as_json(text: str) -> Any:  # noqa: ANN401  any JSON value
    """The object or list that a text holds as JSON; None where it holds none."""
    if not (text[:1] == "{" and text[-1:] == "}") and not (text[:1] == "[" and text[-1:] == "]"):
        return None
    try:
        return msgspec.json.decode(text)
    except (msgspec.MsgspecError, UnicodeError, RecursionError):
        return None


def as_text(value: object) -> str:
    """JSON as a text holds it."""
    return msgspec.json.encode(value).decode()


def broken(text: str, mask: Callable[[str], str]) -> str:
    """Text that looks like JSON and is none, each member of a person's name masked."""

    def masked(found: re.Match[str]) -> str:
        value = found["value"]
        told = is_personal(found["name"], of_person=True)
        return found["head"] + (mask(value) if told and len(value) > 1 else value)

    return MEMBER.sub(masked, text)


def link(url: str, mask: Callable[[str], str], keep: Callable[[str, str], object] = lambda _masked, _text: None) -> str:
    """A URL without personal data and secrets: its user, what its path and its query hold.

    Args:
        url: the URL.
        mask: what stands for a text.
        keep: is told what stands for each part that was changed, and what it was.
    """
    head, mark, query = url.partition("?")
    parts = re.sub(r"(?<=//)[^/@]*@", "", head).split("/")
    head = "/".join(_segment(each, before, mask, keep) for before, each in zip(["", *parts], parts, strict=False))
    pairs = parse_qsl(query, keep_blank_values=True)
    safe = [(name, mask(value) if _hidden(name, value) else found_in(value, name, mask)) for name, value in pairs]
    for (_, masked), (_, text) in zip(safe, pairs, strict=True):
        if masked != text:
            keep(masked, text)
    return head + mark + (urlencode(safe) if safe != pairs else query)


def links(text: str, mask: Callable[[str], str], keep: Callable[[str, str], object]) -> str:
    """A text with each URL in it made safe."""
    return URL.sub(lambda found: link(found[0], mask, keep), text) if "://" in text else text


def _segment(written: str, before: str, mask: Callable[[str], str], keep: Callable[[str, str], object]) -> str:
    """One part of a URL's path, and the part before it: an avatar is named by the digest of its owner's address."""
    text = unquote(written)
    digest = before == "avatar" and re.match(r"[0-9a-f]{32}", text)
    masked = mask(text) if digest else found_in(text, "", mask, in_path=True)
    if masked == text:
        return written
    keep(masked, text)
    return quote(masked, safe=":@+")


def _hidden(name: str, value: str) -> bool:
    """Whether a parameter's name says that its value is personal; a cursor is a secret to nobody."""
    return bool(value) and (name.lower() == "key" or is_secret(name) or is_personal(name))
