"""A check of a page before it leaves this machine: no secret and no unredacted value stands in any cell of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import unescape
from html.parser import HTMLParser
from typing import Self

from ipaas_discovery.errors import UnsafeExportError
from ipaas_discovery.knowledge.field_formats import FieldFormat, field_formats
from ipaas_discovery.samples.redaction.value_patterns import replace_sensitive
from ipaas_discovery.systems.connectors.credentials import ways_to_write

__all__ = ["check_page", "check_texts"]

SHORTEST_SECRET = 8
"""A shorter secret would be found in words that have nothing to do with it."""
AROUND = 200
"""Characters before and after a sign within which a form is searched."""
EMAIL = "email"
SURE = {EMAIL, "token", "secret"}
"""Formats that a pseudonym never keeps: a pseudonym's e-mail ends on a domain that nobody can have."""
RESERVED = re.compile(r"@(?:[\w.-]+\.)?(?:test|example|invalid|localhost|example\.\w+)$", re.IGNORECASE)
"""Domains that are reserved for examples (RFC 2606)."""
THEN = "take it out, or allow it under [share] in discovery.toml; nothing was written"
TAG = re.compile(r"<[^>]*>")
BLOCK = re.compile(r"[dt][dht]|p|li|h\d|summary")
"""Elements whose text is read as one."""


def check_page(page: str, secrets: Iterable[str] = (), *, allowed: Iterable[str] = ()) -> None:
    """Make sure that no cell of an HTML page holds a secret, or a value that should have been redacted.

    Args:
        page: the page.
        secrets: values that must not stand in it, however they are written.
        allowed: values that may, though they have the form of personal data.

    Raises:
        UnsafeExportError: naming the cell: its section, row and column; the value itself is not repeated.
    """
    forbidden = _Forbidden.of(secrets, allowed)
    if not any(forbidden.form_in(unescape(text)) for text in (page, TAG.sub("", page))):
        return
    cells = _Cells()
    cells.feed(page)
    cells.close()
    for where, text in cells.texts:
        _check(text, where, forbidden)


def check_texts(texts: Iterable[tuple[str, str]], secrets: Iterable[str] = (), *, allowed: Iterable[str] = ()) -> None:
    """Make sure that no text that people wrote holds a secret, or anything in the form of personal data.

    Args:
        texts: for each text, where it stands, and the text.
        secrets: values that must not stand in it.
        allowed: values that may, though they have the form of personal data.

    Raises:
        UnsafeExportError: naming the place; the value itself is not repeated.
    """
    forbidden = _Forbidden.of(secrets, allowed)
    for where, text in texts:
        _check(text, where, forbidden)
        if forbidden.personal_in(text):
            raise UnsafeExportError("A text has the form of personal data", where=where, then=THEN)


@dataclass(frozen=True, slots=True)
class _Forbidden:
    """Everything that must not stand in a text: secrets in each of their spellings, and forms less what is allowed."""

    secrets: frozenset[str]
    allowed: frozenset[str]

    @classmethod
    def of(cls, secrets: Iterable[str], allowed: Iterable[str]) -> Self:
        """Spell the secrets in every way in which they may be written."""
        long = (secret for secret in secrets if len(secret) >= SHORTEST_SECRET)
        return cls(frozenset(spelling for secret in long for spelling in ways_to_write(secret)), frozenset(allowed))

    def form_in(self, text: str) -> str:
        """Name the first form in a text that no redacted value has; empty if there is none."""
        if any(secret in text for secret in self.secrets):
            return "secret"
        for row in field_formats().searched():
            if row.name in SURE:
                for match in _matches(row, text):
                    whole = not text.startswith("…", match.end())  # of one that is cut nobody sees the domain
                    if whole and self._counts(match.group(), row.name) and row.confirms(match.group(), ()):
                        return "e-mail address" if row.name == EMAIL else row.name
        return ""

    def personal_in(self, text: str) -> bool:
        """Tell whether anything in a text has the form of personal data."""
        values: list[str] = []

        def keep(value: str) -> str:
            values.append(value)
            return value

        replace_sensitive(text, "", keep)
        return any(map(self._counts, values))

    def _counts(self, value: str, form: str = "") -> bool:
        written = form != EMAIL or "@" in value  # a pseudonym of `a (at) b` is written so, too
        return written and value not in self.allowed and not RESERVED.search(value)


def _matches(row: FieldFormat, text: str) -> Iterator[re.Match[str]]:
    """Search a text where one of the form's signs stands: the whole of a long page would take seconds."""
    pattern, end = re.compile(row.search), 0
    for sign in re.finditer("|".join(map(re.escape, row.signs)), text):
        if sign.end() > end:
            start, end = max(end, sign.start() - AROUND), sign.end() + AROUND
            yield from pattern.finditer(text, start, end)


def _check(text: str, where: str, forbidden: _Forbidden) -> None:
    form = forbidden.form_in(text)
    if form:
        article = "An" if form == "e-mail address" else "A"
        raise UnsafeExportError(f"{article} {form} stands in what would be shared", where=where, then=THEN)


class _Cells(HTMLParser):
    """Every text of a page, with the section, the row and the column it stands in."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[tuple[str, str]] = []
        self._headings: dict[str, str] = {}
        self._columns: list[str] = []
        self._row = ""
        self._at = -1
        self._heads_column = False
        self._open: list[tuple[str, list[str]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a text at each block, row and cell; an attribute that is read aloud is a text of its own."""
        if tag == "table":
            self._columns, self._row = [], ""
        if tag == "tr":
            self._at, self._row = -1, ""
        if tag in {"td", "th"}:
            self._at += 1
            self._heads_column = dict(attrs).get("scope", "") in {"col", "colgroup"}
        if BLOCK.fullmatch(tag):
            self._open.append((tag, []))
        for name, value in attrs:
            if name in {"title", "aria-label"} and value:
                self.texts.append((self._where(), value))

    def handle_data(self, data: str) -> None:
        """Add to every block that is open, so that a value in several elements is one text."""
        for _, parts in self._open:
            parts.append(data)

    def handle_endtag(self, tag: str) -> None:
        """Keep the text of the block that ends."""
        if not any(opened == tag for opened, _ in self._open):
            return
        while self._open:
            opened, parts = self._open.pop()
            self._keep(opened, " ".join("".join(parts).split()))
            if opened == tag:
                break

    def _keep(self, tag: str, text: str) -> None:
        if not text:
            return
        if tag.startswith("h"):
            deeper = [name for name in self._headings if name >= tag]
            for name in deeper:
                del self._headings[name]
            self._headings[tag] = text
        if tag == "th" and self._heads_column:
            self._columns.append(text)
        elif tag == "th":
            self._row = self._row or text
        self.texts.append((self._where(), text))

    def _where(self) -> str:
        column = self._columns[self._at] if 0 <= self._at < len(self._columns) else ""
        place = [
            *self._headings.values(),
            f"row {self._row}" if self._row else "",
            f"column {column}" if column else "",
        ]
        return ", ".join(filter(None, place))
