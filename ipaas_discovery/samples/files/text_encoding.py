"""The encoding of a text file: told by its bytes where possible, else guessed, and the guess told."""

from __future__ import annotations

import re
import unicodedata
from contextlib import suppress
from pathlib import Path

from ipaas_discovery.errors import SourceError
from ipaas_discovery.knowledge.file_kinds import file_kinds
from ipaas_discovery.samples.files.source import MARKS

__all__ = ["decoded"]

USUAL = "cp1252"
"""The encoding of most files in Western languages that are not Unicode."""
MAC = "mac_roman"
"""That of older Macs, whose small letters are capitals and signs in the usual one."""
DOS = "cp850"
"""That of consoles and older programs, whose letters are no letters in the two above."""
OF_MAC = re.compile(rb"[\x80-\x9f]")
"""The bytes of most letters outside ASCII in a Mac's text."""
PUNCTUATION = frozenset("\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u2026\u00b7\u00ad\u2122")
"""Signs of it that may stand inside a word."""
LETTERS_ELSEWHERE = frozenset("\u2026\u2122")
"""Those of them that are capitals on a Mac and in DOS: `K\u2026LN`."""
LONE = "\u0192"
"""A letter that no Western word has, and a capital on a Mac."""
SHARP = "\u00df"
"""A small letter that stands among capitals."""
ESCAPED = re.compile(r"[\udc80-\udcff]")
"""A byte that could not be decoded."""
HIGH = re.compile(r"[^\x00-\x7f]")
RUN = re.compile(r"[^\x00-\x7f]{2,}")
PAIR = 2
"""The most letters outside ASCII in a row of a Western word."""
TELLING = 10
"""One strange sign in so many speaks against the usual encoding."""


def decoded(content: bytes, path: Path, encoding: str | None = None) -> tuple[str, tuple[str, ...]]:
    """Decode a text: by its byte-order mark, as UTF-8, else in the encoding that fits best; a note names a guess.

    Args:
        content: the bytes of the file.
        path: its path, for the message.
        encoding: the encoding, where it is known.

    Raises:
        SourceError: if it is no text, or not in that encoding.
    """
    marked = next((name for mark, name in MARKS if content.startswith(mark)), None)
    for name in [encoding or marked or "utf-8"]:
        try:
            text = content.decode(name)
        except (UnicodeDecodeError, LookupError):
            continue
        if "\x00" not in text:
            return text, ()
    if encoding or marked or b"\x00" in content:
        then = "save it as UTF-8, or name its encoding"
        raise SourceError("The file is no text that is known here", where=f"{path}, line 1", then=then)
    if mixed := _mostly_utf8(content):
        return mixed
    name = _guess(content)
    note = f"the file is not UTF-8 and was read as {name}: if letters are wrong, name its `encoding`"
    return content.decode(name, errors="replace"), (note,)


def _mostly_utf8(content: bytes) -> tuple[str, tuple[str, ...]] | None:
    """Decode what is UTF-8 but for some bytes, as where files were joined or one is cut off; None for other text."""
    text = content.decode(errors="surrogateescape")
    wrong = len(ESCAPED.findall(text))
    if wrong > len(HIGH.findall(text)) - wrong:
        return None
    whole = ESCAPED.sub(lambda byte: byte[0].encode(errors="surrogateescape").decode(USUAL, "replace"), text)
    count = "once" if wrong == 1 else f"{wrong} times"
    return whole, (f"a byte that is no UTF-8, and was read as {USUAL}: {count}",)


def _guess(content: bytes) -> str:
    """Guess the usual encoding unless bytes forbid it or its text would be strange, then a Mac's or DOS's likewise."""
    of_mac = 2 * len(OF_MAC.findall(content)) > sum(byte > 0x7F for byte in content)  # noqa: PLR2004  the end of ASCII
    for name in [USUAL, MAC, DOS] if of_mac else [USUAL, DOS]:
        with suppress(UnicodeDecodeError):
            if not _is_strange(content.decode(name)):
                return name
    from charset_normalizer import from_bytes  # noqa: PLC0415  only a text in another encoding needs it

    others = [name for name in file_kinds().encodings if name != USUAL and (of_mac or name != MAC)]
    best = from_bytes(content, cp_isolation=others).best()
    return best.encoding if best else USUAL


def _is_strange(text: str) -> bool:
    """Tell whether many letters outside ASCII stand as in no Western word.

    >>> _is_strange("Köln, Größe, Élan"), _is_strange("KŠlte"), _is_strange("Ïðèâåò"), _is_strange("Wa³êsa")
    (False, True, True, True)
    """
    high = HIGH.findall(text)
    in_row = sum(len(run) for run in RUN.findall(text) if not _is_western(run))
    inside = PUNCTUATION if (PUNCTUATION - LETTERS_ELSEWHERE) & {*high} else PUNCTUATION - LETTERS_ELSEWHERE
    windows = re.findall(r"(?=(\w?)([^\x00-\x7f])(\w?))", text)
    odd = sum(window[1] not in inside and _is_odd(*window) for window in windows)
    return 2 * in_row > len(high) or TELLING * odd >= len(high) > 0


def _is_western(run: str) -> bool:
    """Tell whether signs outside ASCII stand in a row as in some Western word: a pair of letters, as in `Größe`.

    >>> [_is_western(run) for run in ("öß", "Þó", "é”", "öÄ", "£ó", "ïðè")]
    [True, True, True, False, False, False]
    """
    letters = run.strip("".join(PUNCTUATION))
    one_case = letters.isupper() or not letters[1:].isupper()
    return len(letters) <= PAIR and one_case and (not letters or letters.isalpha())


def _is_odd(before: str, sign: str, after: str) -> bool:
    """Tell whether a sign is no letter inside a word, or a capital among small letters, or the other way round.

    >>> [_is_odd(*window) for window in ("KöL", "köl", "ößE", "aÖl", "K…L", "k…l")]
    [True, False, False, True, True, False]
    """
    if sign == LONE or not (before.isalpha() and after.isalpha()):
        return sign == LONE and (before + after).isalpha()
    among_capitals = before.isupper() and after.isupper()
    if sign in PUNCTUATION:
        return among_capitals
    mixed = (sign.isupper() and after.islower()) or (among_capitals and sign.islower() and sign != SHARP)
    return mixed or not unicodedata.category(sign).startswith("L")
