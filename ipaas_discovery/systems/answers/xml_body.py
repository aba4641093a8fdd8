"""Read XML as JSON, and write JSON as XML, so that all the rest of the kit knows one form of record.

xmltodict does both on the standard library's parser, with declarations of entities refused.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from ipaas_discovery.knowledge.answer_words import answer_words
from ipaas_discovery.knowledge.name_words import singulars

__all__ = ["XML_TEXT", "is_xml", "read_xml", "xml_encoding", "xml_text"]

BEGINNING = re.compile(
    rb"\s*(?:<\?.*?\?>\s*|<!--.*?-->\s*)*<(?!(?:html|head|body|div|br|b|p|pre|h1)\b|!)[a-z_]", re.DOTALL | re.IGNORECASE
)
"""The beginning of XML that is no piece of a web page: declarations and comments, then an element."""
ENCODING = re.compile(rb"\s*<\?xml[^>]*?\bencoding\s*=\s*[\"']([\w.:-]+)")
XML_TEXT = "#text"
"""The member that holds the text of an element with attributes."""
REMEMBERED = 4096
"""Pairs of names that are remembered."""
NULL = {"@nil": "true"}


def is_xml(content: bytes) -> bool:
    """Tell whether a body looks like XML, and not like a web page.

    >>> is_xml(b'<?xml version="1.0"?><orders/>'), is_xml(b"<!DOCTYPE html><html/>"), is_xml(b"<br />")
    (True, False, False)
    """
    return BEGINNING.match(content) is not None


def xml_encoding(content: bytes) -> str:
    """Return the encoding that XML declares of itself, in lower case; empty without one."""
    declared = ENCODING.match(content)
    return declared[1].decode("ascii").lower() if declared else ""


def read_xml(content: bytes) -> dict[str, Any]:
    """Read XML in UTF-8 as nested objects: an element is a member, an attribute one with `@` in front.

    Prefixes of namespaces are left out, what is empty is null, and every other value is text, as XML has no other. An
    element that comes more than once anywhere under the same parents is a list everywhere, and so is the one kind of
    element in a parent that is called after it in the plural.

    >>> read_xml(b'<s:orders total="1"><order><no>7</no><note/></order></s:orders>'.replace(b"s:", b""))
    {'orders': {'@total': '1', 'order': [{'no': '7', 'note': None}]}}

    Raises:
        ValueError: if it is not well-formed, or declares entities.
    """
    from xml.parsers.expat import ExpatError  # noqa: PLC0415  only where XML came

    import xmltodict  # noqa: PLC0415  only where XML came

    try:
        plain: Any = _plain  # the library's type stub knows neither null nor that a member may be left out
        root = xmltodict.parse(content, encoding="utf-8", postprocessor=plain)
    except ExpatError as error:
        raise ValueError(f"it is no well-formed XML, {error}") from None
    repeated: set[tuple[str, ...]] = set()
    _note_repeated(root, (), repeated)
    lists = _with_lists(root, (), repeated)
    assert isinstance(lists, dict)  # noqa: S101  XML has one root, which is a member
    return lists


def xml_text(body: Mapping[str, Any]) -> str:
    r"""Write nested objects as XML, the way `read_xml` reads it; prefixes of namespaces are written as they stand.

    >>> xml_text({"request": {"@lang": "en", "page": 2}})
    '<?xml version="1.0" encoding="utf-8"?>\n<request lang="en"><page>2</page></request>'

    Raises:
        ValueError: if it has not exactly one root, or a name that XML does not allow.
    """
    import xmltodict  # noqa: PLC0415  only where XML is asked for

    return str(xmltodict.unparse(body))


def _plain(_: object, key: str, value: Any) -> tuple[str, Any] | None:  # noqa: ANN401  whatever the element holds
    """Take the prefix off a name; leave out what declares a namespace; read `nil` as null."""
    mark, name = ("@", key[1:]) if key.startswith("@") else ("", key)
    prefix, _, local = name.rpartition(":")
    if mark and (name == "xmlns" or prefix == "xmlns" or local == "schemaLocation"):
        return None
    return mark + local, None if value == NULL else value


def _note_repeated(value: object, path: tuple[str, ...], repeated: set[tuple[str, ...]]) -> None:
    """Note the paths of elements that come more than once under one parent."""
    if isinstance(value, list):
        repeated.add(path)
        for element in value:
            _note_repeated(element, path, repeated)
    elif isinstance(value, Mapping):
        for name, member in value.items():
            _note_repeated(member, (*path, name), repeated)


def _with_lists(value: Any, path: tuple[str, ...], repeated: set[tuple[str, ...]]) -> Any:  # noqa: ANN401  JSON in and out
    """Make lists of the elements at the repeated paths, and of the one kind of element in a plural."""
    if isinstance(value, list):
        return [_with_lists(element, path, repeated) for element in value]
    if not isinstance(value, Mapping):
        return value
    elements = [name for name in value if name[:1] not in {"@", "#"}]
    listing = len(elements) == 1 and bool(path) and _is_plural(path[-1], elements[0])
    members = {name: _with_lists(member, (*path, name), repeated) for name, member in value.items()}
    return {
        name: [member]
        if not isinstance(member, list) and ((*path, name) in repeated or (listing and name == elements[0]))
        else member
        for name, member in members.items()
    }


@lru_cache(REMEMBERED)
def _is_plural(name: str, element: str) -> bool:
    """Tell whether an element's name is the singular of the one around it, or one of an element of any list."""
    outer, inner, words = name.lower(), element.lower(), answer_words().envelope
    return (
        inner in words.list_elements
        or inner in singulars(outer)
        or any(outer == form.format(inner) for form in words.list_forms)
    )
