"""Values shown as a tree-table: nested rows with a bar, in plain HTML or in Markdown.

Everything a host may take away is decoration: `<style>`, classes, scripts and colours carry no meaning, and if
`<details>` is not allowed, its rows are shown unfolded. Sizes and colours are set on table cells, which hosts of
notebooks leave in place.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ipaas_discovery.renderings.bars import bar_html, bar_text, legend_html
from ipaas_discovery.renderings.text_tables import left_out, text_table
from ipaas_discovery.renderings.texts import breakable, code, counted, html_text, markdown_text, name_html, together

__all__ = ["MOST", "Branch", "Folded", "Tree", "fold", "tree_html", "tree_markdown", "tree_text"]

SHOWN, MOST = 60, 2_000
"""Rows that stand open at most, and rows that are written at all."""
INDENT = "\N{EM SPACE}"
"""Indentation as text: it survives where styles do not."""
LEFT = ' style="text-align:left;vertical-align:top"'
ROW = '<th scope="row" style="text-align:left;vertical-align:top;font-weight:normal"'


@dataclass(frozen=True, slots=True)
class Branch:
    """One row: how deep it stands, its name, its whole path, its bar in shares and in words, its other cells.

    `note` is a line of prose that stands below the name.
    """

    depth: int
    name: str
    path: str
    shares: tuple[tuple[str, float], ...] = ()
    words: str = ""
    cells: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Tree:
    """Rows in reading order, each after its parent, below a title and a claim.

    `columns` names the first column, the bar's, and the others; one that is empty in every row is not shown.
    `notes` name what is left out.
    """

    title: str
    claim: str
    columns: tuple[str, ...]
    branches: tuple[Branch, ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Folded:
    """Rows shown together: first the open ones (without a head), then those below one branch."""

    head: Branch | None
    rows: tuple[Branch, ...]
    further: bool = False


def fold(branches: Sequence[Branch], shown: int = SHOWN) -> tuple[Folded, ...]:
    """Split rows into open ones, down to the deepest level with at most `shown` of them, and folded parts.

    >>> rows = [Branch(0, "a", "a"), Branch(1, "x", "a.x"), Branch(1, "y", "a.y"), Branch(0, "b", "b")]
    >>> [(part.head.path if part.head else "", len(part.rows)) for part in fold(rows, shown=3)]
    [('', 2), ('a', 2)]
    """
    depths = [branch.depth for branch in branches]
    level = max((top for top in set(depths) if sum(depth <= top for depth in depths) <= shown), default=0)
    open_: list[Branch] = []
    parts: dict[Branch, list[Branch]] = {}
    head: Branch | None = None
    for branch in branches:
        if branch.depth <= level:
            open_.append(branch)
            head = branch
        elif head is not None:
            parts.setdefault(head, []).append(branch)
    folded = [Folded(None, tuple(open_[:shown]))]
    if open_[shown:]:
        folded.append(Folded(None, tuple(open_[shown:]), further=True))
    return (*folded, *(Folded(above, tuple(rows)) for above, rows in parts.items()))


def tree_html(tree: Tree, *, shown: int = SHOWN, most: int | None = MOST) -> str:
    """Render `tree` as plain HTML: the open rows as one table, each folded part as its own table with its count."""
    kept = _filled_columns(tree)
    parts = fold(tree.branches[:most], shown)
    below = {part.head.path: len(part.rows) for part in parts if part.head}
    legend = legend_html(name for branch in tree.branches for name, share in branch.shares if share)
    hidden = 0 if most is None else len(tree.branches) - most
    notes = [f"{hidden} more rows are not shown."] * (hidden > 0) + list(tree.notes)
    blocks = [
        f"<p><b>{html_text(tree.title)}</b><br>{html_text(tree.claim)}</p>",
        *([legend] if legend else []),
        *(_part(part, _table(tree, part, kept, below)) for part in parts),
        *([] if tree.branches else ["<p>(no fields)</p>"]),
        *([f"<p>{html_text(' '.join(notes))}</p>"] if notes else []),
    ]
    return "\n".join(blocks)


def tree_markdown(tree: Tree, *, max_rows: int | None = None) -> str:
    """Render `tree` as a GitHub-flavoured Markdown table with whole paths, its bars drawn as text.

    Every row is there unless there are more than `max_rows`; then a line says how many more.
    """
    kept = _filled_columns(tree)
    head = [tree.columns[at] for at in kept]
    rows = [
        [_named(branch), *map(markdown_text, (_bar_text(branch), *branch.cells))] for branch in tree.branches[:max_rows]
    ]
    lines = [head, ["---"] * len(head), *([row[at] for at in kept] for row in rows)]
    table = "\n".join(f"| {' | '.join(line)} |" for line in lines)
    notes = [*filter(None, [left_out(tree.branches, max_rows)]), *tree.notes]
    below = f"\n\n{markdown_text(' '.join(notes))}" if notes else ""
    return f"**{markdown_text(tree.title)}**\n{markdown_text(tree.claim)}\n\n{table}{below}"


def tree_text(tree: Tree, *, max_rows: int | None = None) -> str:
    """Render `tree` as a table of plain text with whole paths."""
    kept = _filled_columns(tree)
    rows = [[branch.path, _bar_text(branch), *branch.cells] for branch in tree.branches]
    cells = [[row[at] for at in kept] for row in rows]
    return text_table([tree.columns[at] for at in kept], cells, max_rows=max_rows)


def _named(branch: Branch) -> str:
    """Write a row's path for Markdown, with its note below."""
    return code(branch.path) + (f"<br>{markdown_text(branch.note)}" if branch.note else "")


def _filled_columns(tree: Tree) -> list[int]:
    """Return the positions of the columns in which some row holds something; the first is always among them."""
    others = range(len(tree.columns) - 2)
    filled = [1] if any(branch.shares or branch.words for branch in tree.branches) else []
    return [0, *filled, *(at + 2 for at in others if any(branch.cells[at] for branch in tree.branches))]


def _part(part: Folded, table: str) -> str:
    if part.head is None and not part.further:
        return table if part.rows else ""
    head = f"<b>{html_text(part.head.path)}</b>: " if part.head else ""
    label = (
        f"{head}{counted(len(part.rows), 'field')} below"
        if head
        else f"{counted(len(part.rows), 'more field')} at the top"
    )
    return f"<details><summary>{label}</summary>\n{table}\n</details>"


def _table(tree: Tree, part: Folded, kept: Sequence[int], below: dict[str, int]) -> str:
    """Render the rows of a part; folded rows have their bars as text, which takes a quarter of the bytes."""
    wide = 1 + (part.head is None and not part.further)
    spans = (f' colspan="{wide}"' if at == 1 and wide > 1 else "" for at in kept)
    head = "".join(
        f'<th scope="col"{span}{LEFT}>{html_text(tree.columns[at])}</th>' for at, span in zip(kept, spans, strict=True)
    )
    start = part.head.depth + 1 if part.head else 0
    rows = []
    for branch in part.rows:
        more = 0 if part.head else below.get(branch.path, 0)
        filled = [*(_bar(branch) if wide > 1 else (html_text(_bar_text(branch)),))] if 1 in kept else []
        others = (breakable(text) for at, text in enumerate(branch.cells, 2) if at in kept)
        cells = (f"<td{LEFT}>{cell}</td>" if cell else "<td></td>" for cell in (*filled, *others))
        rows.append(f"<tr>{_head(branch, start, more)}{''.join(cells)}</tr>")
    name = html_text(f"{tree.title}: {part.head.path}" if part.head else tree.title)
    return "\n".join([f'<table aria-label="{name}">', f"<tr>{head}</tr>", *rows, "</table>"])


def _head(branch: Branch, start: int, below: int) -> str:
    """Render a row's name, indented below its parent, with the number of rows folded below it."""
    more = f" <i>+ {below} below</i>" if below else ""
    indent = INDENT * (branch.depth - start)
    note = f"<br>{indent}<small>{html_text(branch.note)}</small>" if branch.note else ""
    return f'{ROW} title="{html_text(branch.path)}">{indent}{name_html(branch.name)}{more}{note}</th>'


def _bar(branch: Branch) -> tuple[str, str]:
    """Return the bar and its words, which break only after a comma."""
    return (bar_html(branch.shares), together(branch.words)) if branch.words else ("", "")


def _bar_text(branch: Branch) -> str:
    """Return the bar as ten characters, then its words."""
    return f"{bar_text(branch.shares)} {branch.words}" if branch.shares else branch.words
