"""Parse the body of an answer or a file in whatever charset it came, and read what is nearly JSON."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator
from contextlib import suppress
from itertools import islice
from typing import Any

import msgspec

from ipaas_discovery.systems.answers.named_rows import name_rows
from ipaas_discovery.systems.answers.notes import Note
from ipaas_discovery.systems.answers.xml_body import is_xml, read_xml, xml_encoding

__all__ = ["BOM", "XML", "as_utf8", "mended", "parse", "repaired"]

UTF8 = {"", "utf-8", "utf8"}
BOM = b"\xef\xbb\xbf"
HALF = re.compile(
    rb"(?<!\\)((?:\\\\)*)(?:(\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2})|\\u[dD][89a-fA-F][0-9a-fA-F]{2})"
)
"""Half of a surrogate pair, left behind where a text was cut at a fixed number of UTF-16 units."""
TEXT_OR_CONSTANT = re.compile(
    rb'"(?:[^"\\]|\\.)*+"|-?\b(?:NaN|nan|Infinity|inf)\b|-?\b\d+(?:\.\d+)?[eE]\+?\d{3,}\b', re.DOTALL
)
RAW_HALF = re.compile(rb"(?:\xed[\xa0-\xbf][\x80-\xbf])+")
"""Halves of characters that were written as bytes of their own."""
CONTROL = re.compile(rb"[\x00-\x1f]")
BEGINNING = re.compile(rb"\{\s*[\"}]|\[\s*[{\]]")
"""The beginning of JSON that may hold records: not the `[1]` and `[notice]` of messages."""
ENDING = re.compile(rb"[\]}](?:\s*(?=<)|[ \t\r]*\n\s*(?!null|true|false)(?=[A-Za-z]))")
SPACE = b" \t\r\x1e"
"""Signs around JSON lines, the one before each record of a sequence (RFC 7464) included."""
ENDS = 40
"""Brackets that are tried as the end of the JSON before a text."""
NOT_A_NUMBER = "NaN or Infinity, which JSON does not have, read as null"
HALVES = "half of a character, replaced"
TOO_LARGE = "number too large for any reader, read as null"
CONTROLS = "control character inside a text, which JSON would escape"
MARK = "byte-order mark before the JSON"
BEFORE = "text before the JSON, such as a notice of the server, skipped"
BEHIND = "text behind the JSON, such as a notice of the server, skipped"
LINES = "JSON lines in place of one JSON value"
XML = "XML in place of JSON, its values read as texts"


def parse(content: bytes, content_type: str) -> tuple[Any, tuple[Note, ...]]:
    """Parse JSON in UTF-8, in the charset that `content_type` declares, or in the one its first bytes show.

    What is nearly JSON is read as well, with a note of each oddity (see `mended`), and rows that are lists are records.

    Raises:
        ValueError: if it is not JSON; UnicodeDecodeError if it is not text in that charset.

    >>> parse('{"city": "Köln"}'.encode("latin-1"), "application/json; charset=ISO-8859-1")
    ({'city': 'Köln'}, ())
    """
    try:
        content, notes = as_utf8(content, content_type), tuple[Note, ...]()
        try:
            body = msgspec.json.decode(content)
        except (msgspec.DecodeError, UnicodeDecodeError):
            better, notes = mended(content)
            if not notes:
                raise
            body = msgspec.json.decode(better)
    except RecursionError:
        raise ValueError("it is nested too deeply") from None
    except UnicodeDecodeError:
        content.decode()  # says at which byte of the whole body
        raise
    body, named = name_rows(body)
    return body, (*notes, *named)


def as_utf8(content: bytes, content_type: str) -> bytes:
    """Convert a body to UTF-8 from the charset that its content type or its first bytes tell.

    Raises:
        ValueError: if nobody knows the charset; UnicodeDecodeError if it is not text in it.
    """
    charset = content_type.lower().partition("charset=")[2].split(";")[0].strip("\"' ")
    if charset in UTF8:
        charset = json.detect_encoding(content).removesuffix("-sig")
    if charset in UTF8:
        charset = xml_encoding(content)
    if charset in UTF8:
        return content
    try:
        return content.decode(charset).encode()
    except UnicodeEncodeError:
        return content.decode(charset).encode(errors="replace")
    except LookupError:
        raise ValueError(f"nobody knows the charset '{charset}'") from None


def mended(content: bytes) -> tuple[bytes, tuple[Note, ...]]:
    r"""Return the JSON that a body in UTF-8 nearly is, and what was odd; without notes, the body itself.

    Read are a byte-order mark, NaN and Infinity, halves of characters, control characters inside texts, JSON lines,
    text before or behind the JSON, as PHP writes its notices there, and XML.

    >>> mended(b'<br />Notice: x in /srv [1]<br />{"price": NaN}')[0]
    b'{"price": null}'
    >>> mended(b'{"a": 1}\n{"a": 2}\n')[0], mended(b"<html>")
    (b'[{"a": 1},{"a": 2}]', (b'<html>', ()))
    """
    notes = [Note(MARK)] if content.startswith(BOM) else []
    body = content.removeprefix(BOM)
    for form in (_whole, _lines, _xml, _behind_text, _before_text):
        for candidate, note in form(body):
            try:
                text, oddities = _strict(candidate)
                msgspec.json.decode(text)
            except (ValueError, RecursionError):
                continue
            return text, (*notes, *oddities, *note)
    return content, ()


Forms = Iterator[tuple[bytes, tuple[Note, ...]]]


def _whole(body: bytes) -> Forms:
    yield body, ()


def _lines(body: bytes) -> Forms:
    """Join lines that each hold an object to a list."""
    lines = [line.strip(SPACE) for line in body.split(b"\n") if line.strip(SPACE)]
    objects = sum(line[:1] == b"{" and line[-1:] == b"}" for line in lines)
    if len(lines) > 1 and 0 < objects == len(lines) - lines.count(b"null"):
        yield b"[" + b",".join(lines) + b"]", (Note(LINES),)


def _xml(body: bytes) -> Forms:
    """Write XML as JSON."""
    if is_xml(body):
        with suppress(ValueError, RecursionError):
            yield msgspec.json.encode(read_xml(body)), (Note(XML),)


def _behind_text(body: bytes) -> Forms:
    """Cut off what stands before the first bracket that begins an object or a list of them."""
    begins = BEGINNING.search(body)
    if begins and body[: begins.start()].strip():
        rest, note = body[begins.start() :], Note(BEFORE)
        yield rest, (note,)
        yield from ((lines, (note, *notes)) for lines, notes in _lines(rest))


def _before_text(body: bytes) -> Forms:
    """Cut off what stands behind a closing bracket of a body that begins with an opening one."""
    if BEGINNING.match(body.lstrip()):
        yield from ((body[: end.end()], (Note(BEHIND),)) for end in islice(ENDING.finditer(body), ENDS))


def _strict(body: bytes) -> tuple[bytes, tuple[Note, ...]]:
    """Replace what JSON does not have outside and inside of texts."""
    constants = controls = large = raw = 0

    def better(match: re.Match[bytes]) -> bytes:
        nonlocal constants, controls, large
        if not match[0].startswith(b'"'):
            if not match[0][-1:].isdigit():
                constants += 1
            elif math.isfinite(float(match[0])):
                return match[0]
            else:
                large += 1
            return b"null"
        text, times = CONTROL.subn(lambda sign: b"\\u%04x" % ord(sign[0]), match[0])
        controls += times
        return text

    def joined(match: re.Match[bytes]) -> bytes:
        nonlocal raw
        text = match[0].decode("utf-8", "surrogatepass").encode("utf-16-le", "surrogatepass")
        raw += (whole := text.decode("utf-16-le", "replace")).count("\ufffd")
        return whole.encode()

    text = TEXT_OR_CONSTANT.sub(better, RAW_HALF.sub(joined, body))
    whole = repaired(text)
    halves = sum(not match[2] for match in HALF.finditer(text)) if whole != text else 0
    counts = ((NOT_A_NUMBER, constants), (TOO_LARGE, large), (CONTROLS, controls), (HALVES, halves + raw))
    return whole, tuple(Note(what, count) for what, count in counts if count)


def repaired(content: bytes) -> bytes:
    r"""Replace each half of a surrogate pair, which no text can hold, as the standard says.

    >>> repaired(rb'"cut \ud83d", "whole \ud83d\ude00"') == rb'"cut \ufffd", "whole \ud83d\ude00"'
    True
    """
    return HALF.sub(lambda match: match[0] if match[2] else match[1] + rb"\ufffd", content)
