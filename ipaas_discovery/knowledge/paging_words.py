"""Names of parameters and of an answer's members that tell how a list is paged."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, cached_property

from ipaas_discovery.knowledge.name_words import bare, split_words
from ipaas_discovery.knowledge.table_reader import read_toml

__all__ = ["Member", "OffsetPair", "PagingParameter", "PagingWords", "paging_words"]

ROLES = ("cursor", "offset", "page", "size")
_FRAMED = re.compile(r"(.*)\[(\w+)\]")
_CHUNK = re.compile(r"[._#:-]")


@dataclass(frozen=True, slots=True)
class PagingParameter:
    """A parameter that pages: its `role`, its bare `name`, and how a probe spells it.

    `unless` are parameters beside which it is something else: `from` beside `to` is a date. One that `needs` a
    role says too little without a parameter of that role.
    """

    role: str
    name: str
    spelled: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    needs: str = ""


@dataclass(frozen=True, slots=True)
class OffsetPair:
    """An offset and the size that goes with it, as they are written."""

    offset: str
    size: str


@dataclass(frozen=True, slots=True)
class Member:
    """A member of an answer that speaks of paging; `only` says in which context its name is believed."""

    role: str
    name: str
    only: str = ""


@dataclass(frozen=True)
class PagingWords:
    """All that names say of paging."""

    frames: tuple[str, ...]
    parameters: tuple[PagingParameter, ...]
    next_words: frozenset[str]
    id_cursors: tuple[str, ...]
    json_frames: tuple[str, ...]
    joined: tuple[str, ...]
    page_counts: tuple[str, ...]
    other_counts: frozenset[str]
    lower_bounds: tuple[str, ...]
    estimates: frozenset[str]
    exact: frozenset[str]
    offsets: tuple[OffsetPair, ...]
    members: tuple[Member, ...]

    def roles(self, names: Iterable[str]) -> dict[str, str]:
        """Find the parameters that look like paging, by what they would do, the size last.

        >>> paging_words().roles(["status", "page[number]", "page[size]"])
        {'page': 'page[number]', 'size': 'page[size]'}
        >>> paging_words().roles(["startAt", "maxResults"]), paging_words().roles(["from", "to"])
        ({'offset': 'startAt', 'size': 'maxResults'}, {})
        """
        known: dict[str, str] = {}
        for name in names:
            for form in self._forms(name):
                known.setdefault(form, name)
        met = [row for row in self.parameters if row.name in known]
        likely = [row for row in met if not any(other in known for other in row.unless)]
        sound = [row for row in likely if not row.needs or any(row.needs == other.role for other in likely)]
        first = {role: next((row.name for row in sound if row.role == role), None) for role in ROLES}
        return {role: known[name] for role, name in first.items() if name}

    def is_known(self, name: str) -> bool:
        """Tell whether a parameter of this name may page, be it beside others.

        >>> paging_words().is_known("from"), paging_words().is_known("status")
        (True, False)
        """
        forms = set(self._forms(name))
        return any(row.name in forms for row in self.parameters)

    def _forms(self, name: str) -> Iterable[str]:
        """Give the bare name, what stands in the brackets of a frame that is paging's own, and the end of a path."""
        yield bare(name)
        yield bare(name.rpartition(".")[2])
        framed = _FRAMED.fullmatch(name)
        if framed and bare(framed[1]) in self.frames:
            yield bare(framed[2])

    def spelled(self, role: str) -> tuple[str, ...]:
        """Give the parameters of a role that are worth trying, the likeliest first.

        >>> paging_words().spelled("page")[:3]
        ('page', 'Page', '_page')
        """
        return tuple(name for row in self.parameters if row.role == role for name in row.spelled)

    def names(self, role: str, context: str = "") -> tuple[str, ...]:
        """Give the bare names of an answer's members of a role, the likeliest first."""
        if (role, context) not in self._named:
            listed = (row.name for row in self.members if row.role == role and row.only in {"", context})
            self._named[role, context] = tuple(listed)
        return self._named[role, context]

    @cached_property
    def _named(self) -> dict[tuple[str, str], tuple[str, ...]]:
        """Names that were asked for: every member of every answer is looked up among them."""
        return {}

    @cached_property
    def sizes(self) -> frozenset[str]:
        """The bare names by which a page's size is known."""
        return frozenset(row.name for row in self.parameters if row.role == "size")

    def is_total(self, place: str) -> bool:
        """Tell whether a place of an answer, or a header, may tell how many records there are.

        >>> paging_words().is_total("hits.total.value")
        True
        >>> [paging_words().is_total(place) for place in ("meta.totalItems", "header:x-total-count", "total_pages")]
        [True, True, False]
        >>> [paging_words().is_total(place) for place in ("hits.size", "page_Size", "header:x-pagination.page_Size")]
        [True, False, False]
        >>> [paging_words().is_total(place) for place in ("itemCount", "total_orders", "totalAmount", "retryCount")]
        [True, True, False, False]
        """
        name = place.rpartition(".")[2]
        chunk = bare(_CHUNK.split(name)[-1])
        names = self.names("total", "probe")
        if bare(name) == "value" and "." in place:
            return self.is_total(place.rpartition(".")[0])
        if bare(name) in self.sizes and bare(name) not in names:
            return False
        if chunk in self.names("pages") or bare(name).endswith(self.names("pages")):
            return False
        words = split_words(name)
        if bare(name) in names or not self.other_counts.isdisjoint(words):
            return bare(name) in names
        return chunk in names or words[-1:] in {("count",), ("total",)} or any(map(_begins_total, words))

    def is_estimate(self, place: str) -> bool:
        """Tell whether the name at the end of a place says that it is an estimate.

        >>> paging_words().is_estimate("meta.approximateTotal"), paging_words().is_estimate("meta.total")
        (True, False)
        """
        return not self.estimates.isdisjoint(split_words(place.rpartition(".")[2]))

    def is_next_url(self, place: str) -> bool:
        """Tell whether a place of an answer may hold the URL of the next page.

        >>> paging_words().is_next_url("@odata.nextLink"), paging_words().is_next_url("links.self.href")
        (True, False)
        """
        outer, _, name = place.rpartition(".")
        plain = bare(name)
        if plain == "href":
            return bare(outer.rpartition(".")[2]) == "next"
        return plain in self.names("next_url")

    def is_cursor(self, name: str) -> bool:
        """Tell whether a member of this name may hold the cursor of a next page: it has a word of one in it.

        >>> [paging_words().is_cursor(name) for name in ("endCursor", "next_page_token", "cursorValue", "email")]
        [True, True, True, False]
        """
        plain = bare(name)
        return any(word in plain for word in self.names("next_cursor") if word != "next") or plain == "next"


def _begins_total(word: str) -> bool:
    return word.startswith("total")


@cache
def paging_words() -> PagingWords:
    """Read the table of paging, once."""
    return read_toml("paging", PagingWords)
