"""Personal data in what is no record: JSON inside a text, JSON that is broken, and the addresses of requests."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qsl, quote, unquote, urlencode

import msgspec

from ipaas_discovery.knowledge.sensitive_names import is_secret
from ipaas_discovery.samples.redaction.field_names import is_personal
from ipaas_discovery.samples.redaction.value_patterns import replace_sensitive

__all__ = ["as_json", "as_text", "broken", "link", "links"]

MEMBER = re.compile(
    r"""(?P<head>["'](?P<name>[^"'\\]{1,80})["']\s*:\s*)(?P<value>"(?:[^"\\]|\\.)*"?|'[^']*'?|[-+]?\d[\d.]*)"""
)
"""A member with a plain value, which can be recognised even where the whole is no JSON."""
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


def broken(text: str, mask: Callable[[str], str]) -> str:
    """Mask each personal member in a text that looks like JSON and is none, as if of a person's record."""

    def masked(match: re.Match[str]) -> str:
        """Mask the value of a member whose name is personal."""
        value = match["value"]
        is_hidden = is_personal(match["name"], of_person=True)
        return match["head"] + (mask(value) if is_hidden and len(value) > 1 else value)

    return MEMBER.sub(masked, text)


HOOK = re.compile(r"(?=\D*\d)(?=[\d_-]*[A-Za-z])[\w-]{6,}")
"""A part of a webhook's address that lets in whoever knows it."""


def link(url: str, mask: Callable[[str], str], keep: Callable[[str, str], object] = lambda _masked, _text: None) -> str:
    """Redact a URL: its user, and what is personal or secret in its path and its query.

    Args:
        url: the URL.
        mask: gives the pseudonym of a text.
        keep: called with the pseudonym and the text of each part that was changed.
    """
    head, mark, query = url.partition("?")
    parts = re.sub(r"(?<=//)[^/@]*@", "", head).split("/")
    hook, before = "hook" in head.lower(), ["", *parts]
    head = "/".join(
        _segment(part, previous, mask, keep, hook=hook) for previous, part in zip(before, parts, strict=False)
    )
    pairs = parse_qsl(query, keep_blank_values=True)
    safe = [
        (name, mask(value) if _hidden(name, value) else replace_sensitive(value, name, mask)) for name, value in pairs
    ]
    for (_, masked), (_, text) in zip(safe, pairs, strict=True):
        if masked != text:
            keep(masked, text)
    return head + mark + (urlencode(safe) if safe != pairs else query)


def links(text: str, mask: Callable[[str], str], keep: Callable[[str, str], object]) -> str:
    """Redact each URL in a text."""
    return URL.sub(lambda match: link(match[0], mask, keep), text) if "://" in text else text


def _segment(
    written: str, previous: str, mask: Callable[[str], str], keep: Callable[[str, str], object], *, hook: bool
) -> str:
    """Redact one part of a URL's path; an `avatar` is the digest of an address, a part of a `hook` a secret."""
    text = unquote(written)
    digest = previous == "avatar" and re.match(r"[0-9a-f]{32}", text)
    masked = (
        mask(text) if digest or (hook and HOOK.fullmatch(text)) else replace_sensitive(text, "", mask, in_path=True)
    )
    if masked == text:
        return written
    keep(masked, text)
    return quote(masked, safe=":@+")


def _hidden(name: str, value: str) -> bool:
    """Tell whether a parameter's name says that its value is personal; a cursor is a secret to nobody."""
    return bool(value) and (name.lower() == "key" or is_secret(name) or is_personal(name))
