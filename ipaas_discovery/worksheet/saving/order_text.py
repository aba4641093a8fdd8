"""Text of `worksheet.yaml`: one line a row, and changes that leave every other line as somebody wrote it."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise, takewhile
from typing import Any

import yaml

from ipaas_discovery.errors import DiscoveryError
from ipaas_discovery.worksheet.rows import WHOLE, RowKey, RowPart, Rows, Statement
from ipaas_discovery.worksheet.saving.order_file import FORMAT, WHOLE_END, rows_of_block
from ipaas_discovery.worksheet.saving.order_forms import form_of
from ipaas_discovery.worksheet.saving.yaml_text import to_line

__all__ = ["END", "changed_text", "whole_text"]

END = "...\n"
"""The last line, YAML's own sign of an end: without it something was cut off."""
HEADER = """\
# The worksheet: what people decided. Write here as you like: comments, order and style are kept.
# What the kit found stands in the folder `evidence` and is written anew with every `discover`.
# The file ends with a line of three dots; without it, something was cut off.
"""
LISTS = {RowPart.ANSWERS: "question", RowPart.FEATURES: "direction", RowPart.ACCEPTED: "", RowPart.REMARKS: "about"}
LISTS |= {RowPart.LEFT_OUT: ""}
"""Parts that are lists, and the property that tells their rows apart; without one, all that a row says does."""
VALUES = {RowPart.TITLE, RowPart.DECISION}
ORDER = (
    "format", RowPart.TITLE, "ipaas", "third_party", RowPart.DECISION, RowPart.FLOWS, RowPart.TO, RowPart.FROM,
    RowPart.OWNERS, RowPart.ANSWERS, RowPart.LEFT_OUT, RowPart.LISTS, RowPart.SIGN_OFF, RowPart.FEATURES,
    RowPart.ACCEPTED, RowPart.REMARKS, RowPart.PLAN, "pairs",
)  # fmt: skip
"""Keys in the order in which they are written."""
ITEM = re.compile(r"( *)- ")
LONGEST_KEY = 1_000
"""Characters of a key that stands before its value on one line; readers of YAML look no further than 1,024."""

Lines = list[str]
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
PLAIN_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
"""The quick loaders, where there are any; the plain one makes nothing but texts."""


def whole_text(rows: Rows) -> str:
    """Write the file anew.

    >>> print(whole_text({RowKey(WHOLE, "title"): "Shop", RowKey(("CUSTOMER", "users"), "pair"): True})[-73:], end="")
    format: 2
    title: Shop
    pairs:
    - ipaas: CUSTOMER
      third_party: users
    ...
    """
    by_pair = _by_pair(rows)
    head = [HEADER, f"format: {FORMAT}\n", *_mapping(by_pair.pop(WHOLE, {}))]
    pairs = ["pairs:\n", *(line for pair, own in by_pair.items() for line in _item(pair, own))] if by_pair else []
    return "".join([*head, *pairs, END])


def changed_text(text: str, rows: Rows, changed: Iterable[RowKey]) -> str:
    """Write changed rows into the text, line by line; all else stays as it is.

    Args:
        text: a whole file.
        rows: all rows as they are to be.
        changed: keys of those that are new, changed, or no longer there.
    """
    if re.search(r"^pairs:[ \t]*[^\s#]", text, re.MULTILINE):  # all on one line: there is no line of a row to change
        return whole_text(rows)
    by_pair = _by_pair(rows)
    mark = WHOLE_END.search(text)
    end = mark.start() if mark else len(text)
    lines, tail = text[:end].splitlines(keepends=True), text[end:]
    named: dict[tuple[str, str], dict[str, set[str]]] = {}
    for key in sorted(changed):
        named.setdefault(key.pair, {}).setdefault(key.part, set()).add(key.name)
    if WHOLE in named:
        lines = _with_parts(lines, by_pair.get(WHOLE, {}), named.pop(WHOLE))
    return "".join(_with_pairs(lines, by_pair, named)) + tail


def _by_pair(rows: Rows) -> dict[tuple[str, str], dict[str, dict[str, Statement]]]:
    """Sort rows by pair, part and name."""
    sorted_rows: dict[tuple[str, str], dict[str, dict[str, Statement]]] = {}
    for key, row in rows.items():
        sorted_rows.setdefault(key.pair, {}).setdefault(key.part, {})[key.name] = row
    return sorted_rows


Parts = Mapping[str, Mapping[str, Statement]]
Names = Mapping[str, set[str]]


def _item(pair: tuple[str, str], own: Parts, dash: str = "") -> Lines:
    """Write one item of `pairs`."""
    names = [to_line({"ipaas": pair[0]}), to_line({"third_party": pair[1]})]
    lines = [f"{name[1:-1]}\n" for name in names if not name.endswith("''}")]
    body = [*lines, *_mapping({part: own[part] for part in own if part != RowPart.PAIR})]
    return [f"{dash}{'- ' if at == 0 else '  '}{line}" for at, line in enumerate(body)]


def _mapping(own: Parts) -> Lines:
    return [line for part in ORDER if part in own for line in _part(part, own[part])]


def _part(part: str, rows: Mapping[str, Statement]) -> Lines:
    if part in VALUES:
        return [line for row in rows.values() for line in _row(part, form_of(row))]
    if part in LISTS:
        return [f"{part}:\n", *(f"- {to_line(form_of(rows[name]))}\n" for name in rows)]
    return [f"{part}:\n", *(line for name in sorted(rows) for line in _row(name, form_of(rows[name]), "  "))]


def _row(name: str, form: object, indent: str = "") -> Lines:
    """Write a key and its value on one line; on two, with YAML's mark of a key, where readers want shorter keys."""
    key, value = _key(name), to_line(form)
    if len(key) > LONGEST_KEY:
        return [f"{indent}? {key}\n", f"{indent}: {value}\n"]
    return [f"{indent}{key}: {value}\n"]


def _key(name: str) -> str:
    line = to_line({name: 1})[1:-1]
    return to_line([name])[1:-1] if line.startswith("? ") else line[: line.rindex(": 1")]


def _with_pairs(
    lines: Lines, by_pair: Mapping[tuple[str, str], Parts], named: Mapping[tuple[str, str], Names]
) -> Lines:
    """Change, add or remove items of `pairs`, whose lines are looked for once."""
    lines, places = [*lines], _items(lines) if named else {}
    there = sorted((place, pair) for pair, place in places.items() if pair in named)
    for (start, stop), pair in reversed(there):  # from below, so that the lines above stay where they are
        lines[start:stop] = _changed_item(lines[start:stop], pair, by_pair.get(pair, {}), named[pair])
    new = [pair for pair in named if pair not in places and pair in by_pair]
    if not new:
        return lines
    places = _items(lines)
    dash = next((_dash(lines[start]) for start, _ in places.values()), "")
    at = max((stop for _, stop in places.values()), default=len(lines))
    head = [] if places or any(line.startswith("pairs:") for line in lines) else ["pairs:\n"]
    return [*lines[:at], *head, *(line for pair in new for line in _item(pair, by_pair[pair], dash)), *lines[at:]]


def _changed_item(lines: Lines, pair: tuple[str, str], own: Parts, parts: Names) -> Lines:
    """Change one item of `pairs`; nothing is left of one of which nothing is said any more."""
    if not own:
        return []
    dash = _dash(lines[0])
    width = len(dash) + 2
    block = _with_parts([" " * width + lines[0][width:], *lines[1:]], own, parts, indent=" " * width)
    block[0] = f"{dash}- {block[0][width:]}"
    return block if _reads_as("".join(block), pair, own) else _item(pair, own, dash)


def _dash(line: str) -> str:
    """Give what stands before the dash of an item."""
    match = ITEM.match(line)
    return match[1] if match else ""


def _reads_as(block: str, pair: tuple[str, str], own: Parts) -> bool:
    """Make sure that a changed item says what it shall; one in a style that nobody foresaw is written anew."""
    try:
        written = [*rows_of_block(block)]
    except (DiscoveryError, ValueError):
        return False
    rows = _by_pair(once := dict(written))
    if len(once) < len(written):  # a row stands twice
        return False
    return {part: dict(named) for part, named in rows.get(pair, {}).items()} == own


def _items(lines: Lines) -> dict[tuple[str, str], tuple[int, int]]:
    """Find the lines of each item of `pairs`, without comments that follow it."""
    from ipaas_discovery.knowledge.ipaas_collections import collection_name  # noqa: PLC0415  only a change needs it

    begin = next((at for at, line in enumerate(lines) if line.startswith("pairs:")), len(lines))
    rest = range(begin + 1, len(lines))
    dash = next((match[1] for at in rest if (match := ITEM.match(lines[at]))), None)
    stop = next((at for at in rest if re.match(r"[^\s#-]", lines[at])), len(lines))
    starts = [at for at in rest if at < stop and dash is not None and lines[at].startswith(f"{dash}- ")]
    places = {}
    for start, after in pairwise([*starts, stop]):
        close = _without_comments(lines, start, after, len(dash or ""))
        node: Any = yaml.compose("".join(takewhile(_head, lines[start:close])), Loader=LOADER)
        names = {key.value: getattr(value, "value", "") for key, value in node.value[0].value}
        places[collection_name(names.get("ipaas", "")), names.get("third_party", "")] = start, close
    return places


def _head(line: str) -> bool:
    """Tell whether a line still belongs to the names of a pair, for which no more of it is read."""
    return not re.match(r" +(?!ipaas|third_party)\w+:", line)


def _without_comments(lines: Lines, start: int, stop: int, indent: int) -> int:
    """Leave out blank lines and comments before what follows."""
    while stop > start + 1:
        line = lines[stop - 1]
        deep = len(line) - len(line.lstrip(" ")) > indent
        if line.strip() and not (line.lstrip().startswith("#") and not deep):
            break
        stop -= 1
    return stop


def _with_parts(lines: Lines, own: Parts, parts: Names, indent: str = "") -> Lines:
    for part in parts:
        if part != RowPart.PAIR:
            lines = _with_part(lines, (part, parts[part]), own.get(part, {}), indent)
    return lines


def _with_part(lines: Lines, changed: tuple[str, set[str]], rows: Mapping[str, Statement], indent: str) -> Lines:
    """Write the rows of one part that changed."""
    part, _ = changed
    keys = _keys(lines)
    fresh = [indent + line for line in _part(part, rows)] if rows else []
    if part not in keys:
        before = [stop for name, (_, _, stop) in keys.items() if name in ORDER[: ORDER.index(part)]]
        at = max(before, default=len(lines))
        return [*lines[:at], *fresh, *lines[at:]]
    node, start, stop = keys[part]
    new = fresh
    if rows and part in VALUES:
        new = _restyled(lines[start:stop], part, form_of(rows[""]), indent)
    elif rows and _in_lines(node, lines[start]):
        new = _container(lines, (node, start, stop), changed, rows)
    return [*lines[:start], *new, *lines[stop:]]


def _in_lines(node: yaml.Node, line: str) -> bool:
    """Tell whether each row of a part stands on lines of its own."""
    return (
        isinstance(node, yaml.CollectionNode) and not node.flow_style and line.partition("#")[0].rstrip().endswith(":")
    )


Place = tuple[yaml.Node, int, int]


def _keys(lines: Lines) -> dict[str, Place]:
    """Find the keys of a block mapping: the value of each, its first line, and the line after its last."""
    node: Any = yaml.compose("".join(lines), Loader=LOADER)
    return _places(lines, [(key.value, key, value) for key, value in node.value], len(lines))


def _places(lines: Lines, children: Sequence[tuple[str, yaml.Node, yaml.Node]], end: int) -> dict[str, Place]:
    starts = [first.start_mark.line for _, first, _ in children]
    return {
        name: (value, start, _without_comments(lines, start, after, first.start_mark.column))
        for (name, first, value), start, after in zip(children, starts, [*starts[1:], end], strict=True)
    }


def _container(lines: Lines, place: Place, changed: tuple[str, set[str]], rows: Mapping[str, Statement]) -> Lines:
    """Write the rows of a part that changed, each in its place."""
    node, start, stop = place
    part, names = changed
    if isinstance(node, yaml.MappingNode):
        children = [(key.value, key, value) for key, value in node.value]
        forms = {name: form_of(row) for name, row in sorted(rows.items())}
    else:
        mark = LISTS.get(part, "")
        children = [(_mark(_plain(item), mark), item, item) for item in node.value]
        forms = {_mark(_as_text(form), mark): form for form in map(form_of, rows.values())}
    first_line = lines[children[0][1].start_mark.line]
    indent = first_line[: len(first_line) - len(first_line.lstrip(" "))]
    places = _places(lines, children, stop)
    new = [lines[start]]
    at = start + 1
    for name, (value, first, last) in places.items():
        if isinstance(node, yaml.MappingNode):
            before = [key for key in forms if key < name and key not in places]
            new += [line for key in before for line in _row(key, forms.pop(key), indent)]
        new += lines[at:first]
        at = last
        if name in forms:
            form, old = forms.pop(name), lines[first:last]
            if not isinstance(node, yaml.MappingNode):
                new += old if _plain(value) == _as_text(form) else [f"{indent}- {to_line(form)}\n"]
            else:
                new += _restyled(old, name, form, indent) if name in names else old
    new += lines[at:stop]
    for name, form in forms.items():
        new += _row(name, form, indent) if isinstance(node, yaml.MappingNode) else [f"{indent}- {to_line(form)}\n"]
    return new


def _mark(row: Any, mark: str) -> str:  # noqa: ANN401  any form
    """Give what tells a row of a list from the others, in plain texts."""
    named = row.get(mark) if isinstance(row, dict) else None
    return str(named) if named is not None else json.dumps(row, sort_keys=True)


def _restyled(old: Lines, name: str, form: Any, indent: str) -> Lines:  # noqa: ANN401  any form
    """Write a row in the style it has: on one line with what follows it there, or in somebody's own lines."""
    data = yaml.load("".join(old), Loader=PLAIN_LOADER)[name]  # noqa: S506  it makes nothing but texts
    fresh, before = _row(name, form, indent), _row(name, data, indent)
    if len(fresh) > 1:
        return fresh if old == before or not isinstance(data, dict) else _by_hand(old, name, form, indent)
    line, written = fresh[0], before[0].rstrip()
    rest = old[0][len(written) :].strip()
    if len(old) == 1 and (not isinstance(data, dict) or (old[0].startswith(written) and rest[:1] in {"", "#"})):
        comment = old[0].rpartition(" #")[2] if not isinstance(data, dict) and " #" in old[0] else rest[1:]
        return [f"{line.rstrip()}  #{comment.rstrip()}\n" if comment.strip() else line]
    return _by_hand(old, name, form, indent) if isinstance(data, dict) else [line]


def _as_text(form: Any) -> Any:  # noqa: ANN401  any form
    """Turn a form's values into the texts that YAML's plainest reader gives."""
    if isinstance(form, dict):
        return {key: _as_text(value) for key, value in form.items()}
    if isinstance(form, list | tuple):
        return [_as_text(value) for value in form]
    return ("true" if form else "false") if isinstance(form, bool) else str(form)


def _plain(node: yaml.Node) -> Any:  # noqa: ANN401  any form
    if isinstance(node, yaml.MappingNode):
        return {key.value: _plain(value) for key, value in node.value}
    return [_plain(value) for value in node.value] if isinstance(node, yaml.SequenceNode) else node.value


def _by_hand(old: Lines, name: str, form: Mapping[str, Any], indent: str) -> Lines:
    """Change the properties of a row that somebody wrote in a style of their own; comments and the rest stay."""
    from ruamel.yaml import YAML  # noqa: PLC0415  only a row in somebody's own style needs it

    editor = YAML()
    editor.preserve_quotes = True
    editor.width = 4096
    text = "".join(line.removeprefix(indent) for line in old)
    document = editor.load(text)
    row = document[name]
    for key in [key for key in row if key not in form]:
        del row[key]
    before = yaml.load(text, Loader=PLAIN_LOADER)[name]  # noqa: S506  it makes nothing but texts
    for key, value in form.items():
        if before.get(key) != _as_text(value):
            row[key] = editor.load(to_line(value)) if isinstance(value, dict | list) else value
    written = io.StringIO()
    editor.dump(document, written)
    return [indent + line if line.strip() else line for line in written.getvalue().splitlines(keepends=True)]
