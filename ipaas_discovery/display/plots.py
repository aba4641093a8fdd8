"""Two plots where looking is better than reading: fields over a sample's pages, and a whole system at a glance."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from html import escape
from pathlib import Path

from ipaas_discovery.display.svg import SHADES, bar, document, label, steps
from ipaas_discovery.schemas.census import PARTS, Census, Tallied
from ipaas_discovery.schemas.presence import Presence
from ipaas_discovery.tables import Tabular
from ipaas_discovery.trees import cut, percent

__all__ = ["Plot", "plot_census", "plot_presence"]

ROWS = 60
"""Rows a plot draws before it says how many it leaves out."""
LONGEST, ROW, TOP, LEFT = 34, 20, 86, 256
"""Characters of a row's name; pixels of a row, above the first, and left of the drawing."""
PART_COLOURS = {"filled": "#3d7fc1", "null": "#d27d1f", "empty": "#a06ab4", "absent": "#b4bac3"}
TYPE_COLOURS = {
    "string": "#4c78a8",
    "integer": "#2f8f7b",
    "number": "#6ba368",
    "boolean": "#b5a02c",
    "object": "#b0679a",
    "array": "#c9773f",
    "mixed": "#c0392b",
    "null": "#8a8f98",
}


@dataclass(frozen=True, slots=True)
class Plot:
    """A drawing, what it says in words, and the value whose table says the same.

    A notebook stores it as an SVG image, so that it is seen without a kernel, offline and printed; where images
    are not drawn, `words` and `table` remain.
    """

    title: str
    words: str
    svg: str
    table: Tabular

    def save(self, path: str | Path) -> Path:
        """Write the drawing as an `.svg` file."""
        path = Path(path)
        path.write_text(self.svg, encoding="utf-8")
        return path

    def to_html(self) -> str:
        """The drawing for a page, its words below it, its table folded."""
        table = self.table._repr_html_()
        words = f"<p>{escape(self.words)}</p>"
        return f"<div>{self.svg}</div>\n{words}\n<details><summary>The same as a table</summary>\n{table}\n</details>"

    def _repr_mimebundle_(self, **_: object) -> dict[str, str]:
        """What Jupyter shows and stores: the drawing, and its words and table where only text is shown."""
        text = f"{self.title}. {self.words}\n\n{self.table.to_markdown()}"
        return {"image/svg+xml": self.svg, "text/plain": text}


def plot_presence(found: Presence) -> Plot:
    """How full each field is in each part of a sample, as a heat map with the percentages in it.

    Fields that are always or never filled are counted below, not drawn.
    """
    rows = found.uneven[:ROWS]
    title = f"{found.system} {found.collection}: share filled, part by part of the sample".strip()
    words = " ".join(_presence_words(found))
    wide = max(34, min(64, 620 // max(1, len(found.parts))))
    size = (max(LEFT + wide * len(found.parts) + 24, 640), TOP + ROW * len(rows) + 40)
    return Plot(title, words, document(size, title, words, _heat(found, title, words, wide)), replace(found, rows=rows))


def _heat(found: Presence, title: str, words: str, wide: int) -> Iterator[str]:
    rows = found.uneven[:ROWS]
    yield label(16, 26, title, bold=True)
    for at, (name, size) in enumerate(zip(found.parts, found.sizes, strict=True)):
        middle = LEFT + wide * (at + 0.5)
        number = name.removeprefix("page ").partition(" ")[0]
        yield label(middle, TOP - 24, number, anchor="middle")
        yield label(middle, TOP - 9, f"n={size}", anchor="middle", faint=True)
    pages = found.parts[0].startswith("page") if found.parts else False
    yield label(LEFT - 10, TOP - 24, "page" if pages else "from record", anchor="end", faint=True)
    for line, (path, each) in enumerate(rows):
        top = TOP + ROW * line
        yield label(LEFT - 10, top + 14, _name(path), anchor="end")
        for at, share in enumerate(each):
            yield from _cell(LEFT + wide * at, top, wide, share, f"{path}, {found.parts[at]}")
    yield label(16, TOP + ROW * len(rows) + 24, words, faint=True)


def _cell(x: float, y: float, wide: int, share: float | None, title: str) -> Iterator[str]:
    """One percentage on its shade; a dot where no object could have held the field."""
    if share is None:
        yield label(x + wide / 2, y + 14, "·", anchor="middle", faint=True)
        return
    colour, ink = SHADES[min(4, int(share * 5))]
    yield bar(x + 1, y + 1, (wide - 2, ROW - 2), colour, f"{title}: {percent(share)} filled")
    yield label(x + wide / 2, y + 14, percent(share).removesuffix(" %"), anchor="middle", colour=ink)


def _presence_words(found: Presence) -> Iterator[str]:
    more = len(found.uneven) - ROWS
    yield "Percent of objects with the field filled."
    yield f"Not drawn: {found.always} fields filled everywhere, {found.never} filled nowhere."
    if any(share is None for _, each in found.uneven[:ROWS] for share in each):
        yield "A dot: nothing there could have held it."
    if more > 0:
        yield f"{more} more fields are not drawn."


def plot_census(found: Census) -> Plot:
    """A system's collections, one a row: how full their fields are, fullest first, and of what types they are."""
    title = f"{found.system}: how full its fields are, and of what type".removeprefix(": ")
    left_out = len(found.collections) - ROWS
    words = "One step a field, the fullest first; the second bar counts fields by type."
    words += f" {left_out} more collections are not drawn." if left_out > 0 else ""
    high = TOP + 34 * min(ROWS, len(found.collections)) + 44
    return Plot(title, words, document((920, high), title, words, _rows(found, title, words)), found)


def _rows(found: Census, title: str, words: str) -> Iterator[str]:
    drawn = found.collections[:ROWS]
    yield label(16, 26, title, bold=True)
    yield from _legend(LEFT, 48, PART_COLOURS, PARTS)
    yield from _legend(
        LEFT, 66, TYPE_COLOURS, [kind for kind in TYPE_COLOURS if any(kind in each.types for each in drawn)]
    )
    widest = max((len(each.shares) for each in drawn), default=1) or 1
    for line, each in enumerate(drawn):
        yield from _collection(each, TOP + 34 * line, 440 / widest)
    yield label(16, TOP + 34 * len(drawn) + 26, words, faint=True)


def _collection(each: Tallied, top: float, step: float) -> Iterator[str]:
    """A collection's row: name, steps, types, numbers."""
    yield label(LEFT - 10, top + 13, _name(each.collection), anchor="end")
    records = f"{each.records:,} record{'s'[: each.records != 1]}"
    yield label(LEFT - 10, top + 26, records, anchor="end", faint=True)
    ground = [0.0] * len(each.shares)
    for part in PARTS if each.shares else ():
        above = [low + share[part] for low, (_, share) in zip(ground, each.shares, strict=True)]
        yield steps(LEFT, top, (step, 18), (ground, above), PART_COLOURS[part])
        ground = above
    left: float = LEFT
    for kind, count in each.types.items():
        yield bar(left, top + 20, (step * count, 6), TYPE_COLOURS[kind], f"{each.collection}: {count} {kind}")
        left += step * count
    mean = each.mean("filled")
    text = f"{len(each.shares)} fields" + (f", {percent(mean)} filled, {each.never} never" if mean is not None else "")
    yield label(LEFT + 452, top + 13, text)


def _legend(x: float, y: float, colours: dict[str, str], names: Iterable[str]) -> Iterator[str]:
    for name in names:
        yield bar(x, y - 9, (10, 10), colours[name])
        yield label(x + 15, y, name, faint=True)
        x += 32 + 7 * len(name)


def _name(text: str) -> str:
    """A row's name, cut at its start, since what tells paths apart is at their end."""
    return cut(text[::-1], LONGEST)[::-1]
