"""YAML that reads well for people and git: YAML 1.2's plain words, block style, no aliases, every line findable."""

from __future__ import annotations

import re
import sys
from functools import lru_cache
from typing import Any

import yaml

from ipaas_discovery.errors import WorksheetError
from ipaas_discovery.renderings.texts import UNSEEN_IN_QUOTES, visible_in_quotes

__all__ = ["line_of", "parse_yaml", "to_line", "to_yaml"]

PLAIN = re.compile(r".*\S|")
"""A line that literal block style shows exactly as it is."""

ODD = re.compile(rf"[\x00-\x08\x0b-\x1f\x7f-\xa0\ufffe\uffff]|{UNSEEN_IN_QUOTES.pattern}")
"""Characters nobody sees; a text with one of them is quoted and shows them as escapes."""

ADVICE = "mend the line or take the earlier version of the file; nothing was changed"

SUSPICIOUS = re.compile(r"(?:^|[\s\[{,:?-])\*\S|(?:[\[{][^\[\]{}]*){50}|^ {200}|^ *(?:[-?] +){50}", re.MULTILINE)
"""Text that may hold an alias, or nest deeply."""
DEEPEST = 100
"""The deepest nesting; a worksheet's own is 8."""
REMEMBERED = 8_192
"""Words whose text in YAML is remembered."""
WIDTH = 100
"""Width at which a long line is folded, so that a changed word is a small diff."""


def _words(resolver: type) -> dict[str, list[tuple[str, re.Pattern[str]]]]:
    """Keep YAML 1.1's implicit types without dates, on, off, yes and no: those are text, as in YAML 1.2."""
    types: dict[str, list[tuple[str, re.Pattern[str]]]] = resolver.yaml_implicit_resolvers  # type: ignore[attr-defined]
    left_out = "tag:yaml.org,2002:timestamp"
    kept = {letter: [pair for pair in pairs if pair[0] != left_out] for letter, pairs in types.items()}
    for letter in "yYnNoO":
        kept[letter] = [pair for pair in kept.get(letter, []) if pair[0] != "tag:yaml.org,2002:bool"]
    return kept


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]  # the quick one, where there
    """The safe loader, with words as in YAML 1.2 and no key twice."""

    yaml_implicit_resolvers = _words(yaml.SafeLoader)

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:  # noqa: FBT001, FBT002  PyYAML's signature
        seen: set[str] = set()
        for key, _ in node.value:
            if key.value in seen if isinstance(key, yaml.ScalarNode) else True:
                raise yaml.MarkedYAMLError(None, None, f"the key '{key.value}' stands here twice", key.start_mark)
            seen.add(key.value)
        data: dict[Any, Any] = super().construct_mapping(node, deep)
        return data


class _Dumper(yaml.SafeDumper):
    """The safe dumper, in block style, with texts of several lines as they are and lists set in."""

    yaml_implicit_resolvers = _words(yaml.SafeDumper)

    def ignore_aliases(self, data: object) -> bool:
        """Write nothing as a reference to an earlier part: every entry reads alone."""
        del data
        return True


def _represent_text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    lines = text.removesuffix("\n").split("\n")
    block = len(lines) > 1 and lines[-1] != "" and lines[0][:1].strip() != "" and all(map(PLAIN.fullmatch, lines))
    style = '"' if ODD.search(text) else "|" if block else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Dumper.add_representer(str, _represent_text)


def to_yaml(data: object) -> str:
    r"""Write `data` (dicts, lists, text, numbers) as YAML; the same data gives the same text.

    >>> print(to_yaml({"on": "2026-01-31", "why": "two\nlines", "methods": ["add"]}), end="")
    on: 2026-01-31
    why: |-
      two
      lines
    methods:
    - add
    """
    text = yaml.dump(data, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=WIDTH, default_flow_style=False)
    return visible_in_quotes(text)


class _LineDumper(yaml.SafeDumper):
    """The safe dumper for one line: what an older reader takes for yes, no or a number is quoted, dates are not."""

    yaml_implicit_resolvers = {  # noqa: RUF012  PyYAML's own attribute
        letter: [pair for pair in pairs if pair[0] != "tag:yaml.org,2002:timestamp"]
        for letter, pairs in yaml.SafeDumper.yaml_implicit_resolvers.items()
    }

    def ignore_aliases(self, data: object) -> bool:
        """Write nothing as a reference to an earlier part."""
        del data
        return True


def _represent_line(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    style = '"' if "\n" in text or ODD.search(text) else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_LineDumper.add_representer(str, _represent_line)


def to_line(data: object) -> str:
    r"""Write `data` on one line.

    >>> to_line({"direction": "to", "why": "two\nlines", "date": "2026-01-31", "by": "no"})
    '{direction: to, why: "two\\nlines", date: 2026-01-31, by: \'no\'}'
    """
    return visible_in_quotes(_line(data) if isinstance(data, dict | list | tuple) else _dumped(data))


def _line(data: object) -> str:
    """Write what stands inside a line: rows share most of their words, and a whole dump of each is slow."""
    if isinstance(data, dict):
        members = [(_key(key), _line(value)) for key, value in data.items()]
        whole = all(key for key, _ in members)
        return f"{{{', '.join(f'{key}: {value}' for key, value in members)}}}" if whole else _dumped(data)
    if isinstance(data, list | tuple):
        return f"[{', '.join(map(_line, data))}]"
    return _scalar(data)


@lru_cache(REMEMBERED, typed=True)
def _scalar(value: object) -> str:
    return _dumped([value])[1:-1]


@lru_cache(REMEMBERED, typed=True)
def _key(name: object) -> str:
    """Write a key as it stands before its value; empty where YAML wants a mark before it."""
    line = _dumped({name: 1})[1:-1]
    return "" if line.startswith("? ") else line.removesuffix(": 1")


def _dumped(data: object) -> str:
    line = yaml.dump(
        data, Dumper=_LineDumper, sort_keys=False, allow_unicode=True, width=sys.maxsize, default_flow_style=True
    )
    return line.removesuffix("...\n").rstrip("\n")


def parse_yaml(text: str, *, name: str) -> tuple[Any, yaml.Node | None]:
    """Read the data in `text`, and its tree, which knows the line of every part.

    Raises:
        WorksheetError: if it is not YAML; names the file and the line.
    """
    if conflict := re.search(r"^(?:<{7} |={7}\r?$|>{7} )", text, re.MULTILINE):
        where = f"{name}, line {text.count(chr(10), 0, conflict.start()) + 1}"
        then = "keep one side of each and remove the markers"
        raise WorksheetError("Git left conflict markers here", where=where, then=then)
    try:
        if SUSPICIOUS.search(text):
            _refuse_bombs(text, name)
        loader = _Loader(text)
        try:
            node = loader.get_single_node()
            return (None if node is None else loader.construct_document(node)), node
        finally:
            loader.dispose()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        where = f"{name}, line {mark.line + 1}" if mark else name
        raise WorksheetError(f"This is not YAML: {error.problem}", where=where, then=ADVICE) from error
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        reason = str(error).splitlines()[0] if not isinstance(error, RecursionError) else "it is nested too deeply"
        raise WorksheetError(f"This is not YAML: {reason}", where=name, then=ADVICE) from error


def _refuse_bombs(text: str, name: str) -> None:
    """Refuse aliases, of which few lines stand for billions, and nesting that would crash the reader in C."""
    depth = 0
    for event in yaml.parse(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        where = f"{name}, line {event.start_mark.line + 1 if event.start_mark else 1}"
        if isinstance(event, yaml.AliasEvent):
            raise WorksheetError(f"'*{event.anchor}' repeats another part", where=where, then="write that part out")
        if depth > DEEPEST:
            raise WorksheetError("This is not YAML: it is nested too deeply", where=where, then=ADVICE)


def line_of(node: yaml.Node | None, path: tuple[int | str, ...]) -> int | None:
    """Find the line, from 1, of the part at `path` in the tree, or of the last part on the way to it."""
    line = None
    for step in path:
        if isinstance(node, yaml.SequenceNode) and isinstance(step, int):
            node = node.value[step]
            line = node.start_mark.line + 1
        elif isinstance(node, yaml.MappingNode):
            match = next((pair for pair in node.value if pair[0].value == step), None)
            if match is None:
                break
            line = match[0].start_mark.line + 1
            node = match[1]
        else:
            break
    return line
