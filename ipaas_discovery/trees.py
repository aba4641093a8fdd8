"""Values that show themselves as a tree-table: nested rows with a bar, in plain HTML or in Markdown.

Everything a host may take away is decoration: `<style>`, classes, scripts and colours carry no meaning, and where
`<details>` is not allowed its rows stand there unfolded. Sizes and colours stand on table cells, which is what
hosts of notebooks leave in place.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from html import escape

__all__ = ["Branch", "Folded", "Tree", "cut", "fold", "percent", "tree_html", "tree_markdown", "visible"]

SHOWN, MOST = 60, 2_000
"""Rows that stand open at most, and rows that are written at all."""
BAR, WHOLE = 72, 24
"""Pixels of a full bar; characters of a name that stays in one piece."""
COLOURS = {"filled": "#3d7fc1", "null": "#d27d1f", "empty": "#a06ab4", "absent": ""}
"""Each at 3:1 or more on white and on a dark page; what is absent is only a line."""
MARKS = {"filled": "█", "null": "▒", "empty": "▒", "absent": "░"}
INDENT = "\N{EM SPACE}"
"""Indentation as text: it survives where styles do not."""
WIDE = ' colspan="2"'
"""The bar and its words share a heading."""
LEFT = ' style="text-align:left;vertical-align:top"'
BARE = (
    '<table role="presentation" style="border:0;border-collapse:collapse;margin:0{}">'
    '<tr style="background-color:transparent">'
)
"""The start of a table that is no table but a drawing."""
UNSEEN = re.compile("[\\x00-\\x1f\\x7f-\\x9f\\u202a-\\u202e\\u2066-\\u2069\\ud800-\\udfff]")
"""Characters that would not be seen, would turn the text around, or cannot be saved."""
MEANT = re.compile(r"[\\`*{}\[\]|~#]|(?<![^\W_])_|_(?![^\W_])")
"""What Markdown could take for a mark; an underscore inside a word is none."""


@dataclass(frozen=True, slots=True)
class Branch:
    """One row: how deep it stands, its name, its whole path, its bar in shares and in words, its other cells."""

    depth: int
    name: str
    path: str
    shares: tuple[tuple[str, float], ...] = ()
    words: str = ""
    cells: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Tree:
    """Rows in reading order, each after the one it belongs to, below a title and what can be claimed.

    `columns` names the first column, the bar's, and the others; one that is empty in every row is not shown.
    `notes` say what is left out.
    """

    title: str
    claim: str
    columns: tuple[str, ...]
    branches: tuple[Branch, ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Folded:
    """Rows that stand together: the open ones first (without a head), then those below one branch."""

    head: Branch | None
    rows: tuple[Branch, ...]
    further: bool = False


def fold(branches: Sequence[Branch], shown: int = SHOWN) -> tuple[Folded, ...]:
    """The rows that stand open, down to the deepest level at which at most `shown` do, then the folded parts.

    >>> rows = [Branch(0, "a", "a"), Branch(1, "x", "a.x"), Branch(1, "y", "a.y"), Branch(0, "b", "b")]
    >>> [(part.head.path if part.head else "", len(part.rows)) for part in fold(rows, shown=3)]
    [('', 2), ('a', 2)]
    """
    depths = [each.depth for each in branches]
    level = max((top for top in set(depths) if sum(depth <= top for depth in depths) <= shown), default=0)
    open_: list[Branch] = []
    parts: dict[Branch, list[Branch]] = {}
    head: Branch | None = None
    for each in branches:
        if each.depth <= level:
            open_.append(each)
            head = each
        elif head is not None:
            parts.setdefault(head, []).append(each)
    folded = [Folded(None, tuple(open_[:shown]))]
    if open_[shown:]:
        folded.append(Folded(None, tuple(open_[shown:]), further=True))
    return (*folded, *(Folded(above, tuple(rows)) for above, rows in parts.items()))


def tree_html(tree: Tree, *, shown: int = SHOWN, most: int = MOST) -> str:
    """`tree` as plain HTML: the open rows as one table, each folded part as a table of its own, with its count."""
    kept = _filled_columns(tree)
    parts = fold(tree.branches[:most], shown)
    below = {part.head.path: len(part.rows) for part in parts if part.head}
    left_out = len(tree.branches) - most
    notes = [f"{left_out} more rows are not shown."] * (left_out > 0) + list(tree.notes)
    blocks = [
        f"<p><b>{_text(tree.title)}</b><br>{_text(tree.claim)}</p>",
        *_legend(tree),
        *(_part(part, _table(tree, part, kept, below)) for part in parts),
        *([] if tree.branches else ["<p>(no fields)</p>"]),
        *([f"<p>{_text(' '.join(notes))}</p>"] if notes else []),
    ]
    return "\n".join(blocks)


def tree_markdown(tree: Tree) -> str:
    """`tree` as a GitHub-flavoured Markdown table with whole paths, its bars drawn as text, every row there."""
    kept = _filled_columns(tree)
    head = [tree.columns[at] for at in kept]
    rows = [[_code(each.path), *map(_markdown, (_bar_text(each), *each.cells))] for each in tree.branches]
    lines = [head, ["---"] * len(head), *([row[at] for at in kept] for row in rows)]
    table = "\n".join(f"| {' | '.join(line)} |" for line in lines)
    notes = f"\n\n{_markdown(' '.join(tree.notes))}" if tree.notes else ""
    return f"**{_markdown(tree.title)}**\n{_markdown(tree.claim)}\n\n{table}{notes}"


def percent(share: float) -> str:
    """A share of 0 to 1 in percent; never 0 or 100 unless it is exactly that.

    >>> percent(0.996), percent(0.004), percent(1.0)
    ('99 %', '1 %', '100 %')
    """
    rounded = round(share * 100)
    return f"{min(max(rounded, 1), 99) if 0 < share < 1 else rounded} %"


def visible(text: str) -> str:
    r"""`text` with characters that cannot be seen, or not be saved, written as escapes.

    >>> print(visible("a\u202eb\tc"))
    a\u202eb\u0009c
    """
    return UNSEEN.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def cut(text: str, longest: int) -> str:
    """`text`, shortened with a mark where it is longer.

    >>> cut("a long text", 6), cut("short", 6)
    ('a lon…', 'short')
    """
    return text if len(text) <= longest else f"{text[: longest - 1]}…"


def _filled_columns(tree: Tree) -> list[int]:
    """The positions of the columns in which some row holds something; the first is always there."""
    others = range(len(tree.columns) - 2)
    filled = [1] if any(each.shares or each.words for each in tree.branches) else []
    return [0, *filled, *(at + 2 for at in others if any(each.cells[at] for each in tree.branches))]


def _legend(tree: Tree) -> Iterator[str]:
    """What the bars' parts are called, those that occur."""
    found = {name for each in tree.branches for name, share in each.shares if share}
    names = [name for name in COLOURS if name in found]
    if names:
        cells = "".join(f'{_piece(name, 12)}<td style="border:0;padding:0 12px 0 4px">{name}</td>' for name in names)
        yield f"{BARE.format('')}{cells}</tr></table>"


def _part(part: Folded, table: str) -> str:
    if part.head is None and not part.further:
        return table if part.rows else ""
    count = len(part.rows)
    fields = "field" if count == 1 else "fields"
    label = (
        f"<b>{_text(part.head.path)}</b>: {count} {fields} below" if part.head else f"{count} more {fields} at the top"
    )
    return f"<details><summary>{label}</summary>\n{table}\n</details>"


def _table(tree: Tree, part: Folded, kept: Sequence[int], below: dict[str, int]) -> str:
    head = "".join(f"<th{WIDE * (at == 1)}{LEFT}>{_text(tree.columns[at])}</th>" for at in kept)
    start = part.head.depth + 1 if part.head else 0
    rows = (
        f"<tr>{''.join(_cells(each, start, kept, 0 if part.head else below.get(each.path, 0)))}</tr>"
        for each in part.rows
    )
    return "\n".join(["<table>", f"<tr>{head}</tr>", *rows, "</table>"])


def _cells(each: Branch, start: int, kept: Collection[int], below: int) -> Iterator[str]:
    more = f" <i>+ {below} below</i>" if below else ""
    yield f'<td{LEFT} title="{_text(each.path)}">{INDENT * (each.depth - start)}{_name(each.name)}{more}</td>'
    if 1 in kept:
        yield (
            f"<td{LEFT}>{_bar(each)}</td><td{LEFT}>{_together(each.words)}</td>" if each.words else "<td></td><td></td>"
        )
    for at, text in enumerate(each.cells, 2):
        if at in kept:
            yield f"<td{LEFT}>{_breakable(text)}</td>" if text else "<td></td>"


def _bar(each: Branch) -> str:
    """The shares as cells of their own width, the smallest still visible; the whole keeps its width."""
    pieces = "".join(_piece(name, max(2, round(BAR * share))) for name, share in each.shares if share)
    return f"{BARE.format(f';width:{BAR}px')}{pieces}</tr></table>" if pieces else ""


def _piece(name: str, width: int) -> str:
    look = f"background-color:{COLOURS[name]}" if COLOURS[name] else "border-bottom:2px solid #8a8f98"
    return f'<td style="border:0;padding:0;width:{width}px;height:9px;{look}"></td>'


def _bar_text(each: Branch) -> str:
    """The bar as ten characters, then its words."""
    sizes = {name: round(10 * share) for name, share in each.shares}
    drawn = "".join(MARKS[name] * size for name, size in sizes.items())
    return f"{drawn[:10].ljust(10, MARKS['absent'])} {each.words}" if each.shares else each.words


def _text(text: str) -> str:
    return escape(visible(text))


def _name(name: str) -> str:
    """A field's name in one piece, unless it is long."""
    return _text(name) if len(name) <= WHOLE else _breakable(name)


def _together(words: str) -> str:
    """`words`, escaped, that break only after a comma."""
    return _text(words).replace(" ", "&nbsp;").replace(",&nbsp;", ", ")


def _breakable(text: str) -> str:
    """`text`, escaped, with places where a long path may break."""
    return re.sub(r"(?<=[._/\]])(?=[^\W\d])", "<wbr>", _text(text))


def _markdown(text: str) -> str:
    """Text that Markdown takes as it is: no mark in it means anything, no tag is one."""
    return MEANT.sub(r"\\\g<0>", escape(visible(text), quote=False))


def _code(path: str) -> str:
    """A path as code, where it can be."""
    plain = visible(path)
    return f"`{plain}`" if plain.strip() and not set(plain) & set("`|\\<&") else _markdown(path)
