"""Read HAR files, which a browser or proxy records."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

from ipaas_discovery.drafting.saved_calls.collected import Collected
from ipaas_discovery.drafting.saved_calls.gathering import Gathering, json_or_none
from ipaas_discovery.drafting.saved_calls.urls import query_of
from ipaas_discovery.errors import SourceError
from ipaas_discovery.samples.files.source import read_json
from ipaas_discovery.systems.answers.json_path import leaves

__all__ = ["read_har"]

_WANTED = "a HAR file, as a browser's network panel saves it"
SOAP, HEAD = ":Envelope", 1000
"""The name of SOAP's outermost element, and the characters of an answer in which it stands."""
_Node = Mapping[str, Any]


def read_har(path: str | Path) -> Collected:
    """Read the calls of a recorded session that were answered with JSON or XML; secrets and cookies stay in the file.

    Args:
        path: a HAR file.

    Raises:
        SourceError: if it cannot be read, is no HAR file, or no call in it was answered with JSON or XML.
    """
    path = Path(path)
    log = read_json(path, _WANTED).get("log")
    entries = log.get("entries") if isinstance(log, Mapping) else None
    if not isinstance(entries, list):
        raise SourceError("This is no HAR file: it has no list 'log.entries'", where=str(path), then=f"give {_WANTED}")
    gathering = Gathering(path.stem, path.name)
    others = sum(not _take(gathering, entry) for entry in entries)
    if others:
        gathering.warn(f"{others} of {len(entries)} calls were left out: not answered with JSON or XML, or not well")
    collected = gathering.done()
    if not collected.requests:
        then = "record again, with the page that lists the records open"
        raise SourceError("No call in the HAR file was answered with JSON or XML", where=str(path), then=then)
    return collected


def _take(gathering: Gathering, entry: object) -> bool:
    """Keep a call and its answer, and tell whether it was kept."""
    request, response = _member(entry, "request"), _member(entry, "response")
    content, status = _member(response, "content"), response.get("status")
    if not _is_data(content) or not isinstance(status, int) or not 200 <= status < 300:  # noqa: PLR2004  the range of HTTP's successes
        return False
    gathering.headers(_pairs(request.get("headers")))
    if request.get("cookies"):
        gathering.auth("cookie")
    posted = _body(_member(request, "postData"))
    kept_url = url if isinstance(url := request.get("url"), str) else ""
    kept = gathering.request(
        str(request.get("method") or "GET"),
        kept_url,
        {},
        query=[name for name, _ in _pairs(request.get("queryString"))],
        body=posted,
        text=_member(request, "postData").get("text"),
        form=_is_form(_member(request, "postData")),
    )
    if kept is None:
        return False
    started = entry.get("startedDateTime") if isinstance(entry, Mapping) else None
    taken = re.match(r"\d{4}-\d{2}-\d{2}(?=T|$)", started) if isinstance(started, str) else None
    headers = {name.lower(): value for name, value in _pairs(response.get("headers"))}
    sent = {name.lower(): value for name, value in _pairs(request.get("headers"))}
    asked = dict(parse_qsl(query_of(kept_url))) | {name: sent[name] for name in ("range",) if name in sent}
    asked |= _in_body(posted) if kept.subject else {}
    day = taken.group() if taken else ""
    gathering.example(kept, status, _text(content), headers=headers, asked=asked, taken=day)
    return True


def _member(node: object, name: str) -> _Node:
    """Return the object at `name`, or an empty one."""
    member = node.get(name) if isinstance(node, Mapping) else None
    return member if isinstance(member, Mapping) else {}


def _is_data(content: _Node) -> bool:
    """Tell whether an answer is JSON, or XML that is no page and no SOAP, and not empty."""
    kind, text = str(content.get("mimeType") or "").partition(";")[0].strip().lower(), _text(content)
    if not re.fullmatch(r"(application|text)/([\w.-]+\+)?(json|xml)", kind) or not text.strip():
        return False
    return not kind.endswith("xml") or (kind != "application/xhtml+xml" and SOAP not in text[:HEAD])


def _text(content: _Node) -> str:
    """Return the answer's text, decoded from base 64 if the recorder wrote it so."""
    text = content.get("text")
    if not isinstance(text, str) or content.get("encoding") != "base64":
        return text if isinstance(text, str) else ""
    try:
        return base64.b64decode(text, validate=True).decode("utf-8-sig")
    except (binascii.Error, UnicodeDecodeError):
        return "(not text)"


def _pairs(listed: object) -> list[tuple[str, str]]:
    """Return named entries of a list as names with values."""
    entries = [entry for entry in listed if isinstance(entry, Mapping)] if isinstance(listed, list) else []
    return [(str(entry["name"]), str(entry.get("value") or "")) for entry in entries if entry.get("name")]


def _body(posted: _Node) -> object:
    """Return the JSON body or the fields of a form, which some recorders write as one text."""
    text = posted.get("text")
    if fields := json_or_none(text) or dict(_pairs(posted.get("params"))):
        return fields
    return dict(parse_qsl(text)) or None if isinstance(text, str) and _is_form(posted) else None


def _in_body(body: object) -> dict[str, str]:
    """Give the plain values of a body, by their dotted paths."""
    return {place: str(value) for place, value in leaves(body) if value is not None}


def _is_form(posted: _Node) -> bool:
    return "urlencoded" in str(posted.get("mimeType"))
