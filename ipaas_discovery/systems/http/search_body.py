"""Write the body of a search as JSON, a form or XML, and replace texts in one that is written."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any
from urllib.parse import parse_qsl, urlencode
from xml.sax.saxutils import escape, unescape

from ipaas_discovery.systems.answers.write_detection import FORM
from ipaas_discovery.systems.answers.xml_body import xml_text

__all__ = ["BODY", "content_types", "with_texts", "written"]

BODY = "body"
"""The extension of a search that holds its body as an object, and the form in which it is sent."""
QUOTE = {'"': "&quot;"}


def content_types() -> Mapping[str, str]:
    """Give the content type of each form of body."""
    return {"json": "application/json", "form": FORM, "xml": "text/xml; charset=utf-8"}


def written(body: Mapping[str, Any], sent_as: str) -> bytes:
    """Write a body in the form in which it is sent.

    >>> written({"page": 2, "filter": {"open": True}}, "form"), written({"request": {"page": 2}}, "json")
    (b'page=2&filter%5Bopen%5D=true', b'{"request":{"page":2}}')
    """
    if sent_as == "form":
        return urlencode([pair for name, value in body.items() for pair in _pairs(str(name), value)]).encode()
    if sent_as == "xml":
        return xml_text(body).encode()
    return json.dumps(body, separators=(",", ":"), ensure_ascii=False).encode()


def _pairs(name: str, value: object) -> Iterator[tuple[str, str]]:
    """Yield the fields of a form for one member."""
    if isinstance(value, Mapping):
        for key, member in value.items():
            yield from _pairs(f"{name}[{key}]", member)
    elif isinstance(value, list | tuple):
        for element in value:
            yield from _pairs(name, element)
    else:
        yield name, "" if value is None else json.dumps(value) if isinstance(value, bool) else str(value)


def with_texts(content: bytes, content_type: str, change: Callable[[str], str]) -> bytes:
    """Change every text in a body: the values of JSON or of a form, and what stands between the tags of XML.

    >>> with_texts(b"a=1&b=x", "application/x-www-form-urlencoded", str.upper)
    b'a=1&b=X'
    """
    text = content.decode()
    if content_type.startswith(FORM):
        pairs = [(name, change(value)) for name, value in parse_qsl(text, keep_blank_values=True)]
        return urlencode(pairs).encode()
    if "xml" in content_type:
        parts = (part.partition("<") for part in text.split(">"))
        changed = (escape(change(unescape(inner, _signs())), QUOTE) + mark + tag for inner, mark, tag in parts)
        return ">".join(changed).encode()
    return json.dumps(_changed(json.loads(text), change)).encode()


def _signs() -> dict[str, str]:
    return {written: sign for sign, written in QUOTE.items()}


def _changed(value: object, change: Callable[[str], str]) -> object:
    """Change each text in a JSON value."""
    if isinstance(value, dict):
        return {key: _changed(item, change) for key, item in value.items()}
    if isinstance(value, list):
        return [_changed(item, change) for item in value]
    return change(value) if isinstance(value, str) else value
