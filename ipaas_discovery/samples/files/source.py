"""Files read from bytes to text to JSON, each failure one sentence with the file and the line."""

from __future__ import annotations

import codecs
import json
from pathlib import Path
from typing import Any, NoReturn

from ipaas_discovery.errors import SourceError, nearest
from ipaas_discovery.systems.answers.body import mended

__all__ = ["MARKS", "parse_json", "read_bytes", "read_json", "read_text"]

SHOWN = 5
"""The most names of a folder's files that an error lists."""
MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
"""Byte-order marks and their encodings, UTF-32 before UTF-16, whose marks begin alike."""


def read_bytes(path: Path) -> bytes:
    """Read the content of a file.

    Raises:
        SourceError: if it is missing, empty or cannot be read.
    """
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        names = (
            [neighbour.name for neighbour in path.parent.iterdir() if neighbour.is_file()]
            if path.parent.is_dir()
            else []
        )
        guess = nearest(path.name, names)
        then = f"did you mean '{guess}'?" if guess else "check the path"
        raise SourceError("There is no such file", where=str(path), then=then) from None
    except IsADirectoryError:
        inside = sorted(file.name for file in path.iterdir() if file.is_file() and not file.name.startswith("."))
        listed = ", ".join(inside[:SHOWN]) + (f" and {len(inside) - SHOWN} more" if len(inside) > SHOWN else "")
        then = f"name the files in it, one by one: {listed}" if inside else "name a file"
        raise SourceError("This is a folder, and no file", where=str(path), then=then) from None
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise SourceError(f"The file cannot be read, {reason}", where=str(path), then="check the path") from None
    if not content.strip(b"\x00 \t\r\n\xef\xbb\xbf\xff\xfe"):
        raise SourceError("The file is empty", where=str(path), then="save it again where it comes from")
    return content


def read_text(path: Path) -> str:
    """Read the text of a file in UTF-8, or in the encoding of its byte-order mark.

    Raises:
        SourceError: if it cannot be read, or is no text.
    """
    content = read_bytes(path)
    encoding = next((name for mark, name in MARKS if content.startswith(mark)), "utf-8")
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        where = f"{path}, line {line}"
        raise SourceError("The file is not text in UTF-8", where=where, then="save it as UTF-8") from None


def read_json(path: Path, what: str) -> dict[str, Any]:
    """Read the object in a JSON file.

    Args:
        path: the file.
        what: the expected content, for the message.

    Raises:
        SourceError: if it cannot be read or holds no JSON object.
    """
    text = read_text(path)
    try:
        value = parse_json(text)
    except json.JSONDecodeError as error:
        location = f"{path}, line {error.lineno}, column {error.colno}"
        raise SourceError(f"The file is not JSON, {error.msg}", where=location, then=f"give {what}") from None
    except ValueError as error:
        raise SourceError(f"The file is no JSON to rely on, {error}", where=str(path), then=f"give {what}") from None
    if not isinstance(value, dict):
        raise SourceError(f"The file holds {_kind(value)}, not an object", where=f"{path}, line 1", then=f"give {what}")
    return value


def parse_json(text: str) -> Any:  # noqa: ANN401  any JSON value
    """Parse a JSON text, or what is nearly one as an answer would be read; integers of any length are exact.

    Raises:
        ValueError: for what is not JSON (`json.JSONDecodeError`), or nested too deeply.
    """
    try:
        return json.loads(text, parse_constant=_no_constant)
    except RecursionError:
        raise ValueError("it is nested too deeply") from None
    except ValueError:
        better, notes = mended(text.encode(errors="surrogatepass"))
        if not notes:
            raise
        return json.loads(better)


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is no JSON number")


def _kind(value: object) -> str:
    kinds = {list: "a list", str: "a text", type(None): "null", bool: "a truth value"}
    return kinds.get(type(value), "a number")
