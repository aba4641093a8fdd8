"""Parse Bruno's text format: blocks of pairs, of text, and lists, each closed at the start of a line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ipaas_discovery.errors import SourceError

__all__ = ["BruBlock", "BruPair", "parse_bru"]

_OPENING = re.compile(r"([A-Za-z][\w.-]*(?::[\w.-]+)*)\s*:?\s*([{\[])\s*([}\]])?\s*")
_SINGLE = re.compile(r"(name|description|type|seq)\s*:\s*(.*)")
"""A line of an example before its blocks."""
_PAIR = re.compile(r"(~?)(\"(?:\\.|[^\"\\])*\"|[^:]*?)\s*:(.*)", re.DOTALL)
_ANNOTATION = re.compile(r"@[\w-]+(\(.*|\s*$)")
_CLOSES = {"{": "}", "[": "]"}
_QUOTES = "'''"
_INDENT = 2


@dataclass(frozen=True, slots=True)
class BruPair:
    """A name with its value; a disabled one is written with `~` in front."""

    name: str
    value: str
    enabled: bool = True


@dataclass(frozen=True, slots=True)
class BruBlock:
    """A named block; `lines` is its content without the indentation, `line` its first line, from 1."""

    name: str
    lines: tuple[str, ...]
    line: int
    where: str

    @property
    def text(self) -> str:
        """The content as it stands, for blocks that hold a body or a script."""
        return "\n".join(self.lines)

    def items(self) -> tuple[str, ...]:
        """List the entries of a list block."""
        return tuple(item for line in self.lines if (item := line.strip().rstrip(",").strip()))

    def pairs(self) -> tuple[BruPair, ...]:
        """List the names with their values.

        Raises:
            SourceError: if a line is no pair, with the line.
        """
        return tuple(_pairs(self))

    def values(self) -> dict[str, str]:
        """Return the values by their names, without the disabled ones."""
        return {pair.name: pair.value for pair in self.pairs() if pair.enabled}

    def blocks(self) -> tuple[BruBlock, ...]:
        """List the blocks inside this one, as in an example.

        Raises:
            SourceError: if a line belongs to no block, with the line.
        """
        return tuple(_blocks(self.lines, self.where, self.line + 1))


def parse_bru(text: str, where: str) -> tuple[BruBlock, ...]:
    r"""Parse the blocks of a `.bru` file, in order.

    >>> http, query = parse_bru("get {\n  url: {{base}}/orders\n}\n\nparams:query {\n  ~page: 1\n}\n", "a.bru")
    >>> http.values(), query.pairs()
    ({'url': '{{base}}/orders'}, (BruPair(name='page', value='1', enabled=False),))

    Args:
        text: the file's content.
        where: name of the file in messages.

    Raises:
        SourceError: if a block is not closed or a line belongs to none, with the line.
    """
    return tuple(_blocks(tuple(text.removeprefix("\ufeff").replace("\r\n", "\n").split("\n")), where, 1))


def _blocks(lines: tuple[str, ...], where: str, first: int) -> Iterator[BruBlock]:
    """Parse the blocks of some lines; `first` is the number of the first line."""
    index = 0
    while index < len(lines):
        line = lines[index]
        opening, single = _OPENING.fullmatch(line), _SINGLE.fullmatch(line)
        if not line.strip() or line.startswith(("//", "#")):
            index += 1
        elif opening:
            name, mark, closed = opening.groups()
            end = index if closed else _end(lines, index, _CLOSES[mark])
            if end is None:
                then = f"close it with '{_CLOSES[mark]}' at the start of a line"
                raise SourceError(
                    f"The block '{name}' is not closed", where=f"{where}, line {first + index}", then=then
                )
            yield BruBlock(name, tuple(_outdented(content) for content in lines[index + 1 : end]), first + index, where)
            index = end + 1
        elif single:
            yield BruBlock(single.group(1), (single.group(2).strip(),), first + index, where)
            index += 1
        else:
            then = "write blocks such as 'get {', each closed with '}' at the start of a line"
            raise SourceError("This line belongs to no block", where=f"{where}, line {first + index}", then=then)


def _end(lines: tuple[str, ...], start: int, mark: str) -> int | None:
    """Return the index of the line that closes a block; None without one."""
    return next((index for index in range(start + 1, len(lines)) if lines[index].rstrip() == mark), None)


def _outdented(line: str) -> str:
    """Remove one level of indentation."""
    if line.startswith("\t"):
        return line[1:]
    spaces = len(line) - len(line.lstrip(" "))
    return line[min(spaces, _INDENT) :]


def _pairs(block: BruBlock) -> Iterator[BruPair]:
    """Parse the pairs of a block."""
    index = 0
    while index < len(block.lines):
        line = block.lines[index].strip()
        match = _PAIR.fullmatch(line)
        if not line or line.startswith(("//", "#")):
            index += 1
        elif _ANNOTATION.fullmatch(line):
            index = _after(block.lines, index) if line.count(_QUOTES) % 2 else index + 1
        elif match:
            off, name, value = match.groups()
            after, whole = _value(block, index, value.strip())
            yield BruPair(_unquoted(name), whole, not off)
            index = after
        else:
            location = f"{block.where}, line {block.line + index + 1}"
            raise SourceError(f"This line of '{block.name}' is no pair", where=location, then="write 'name: value'")


def _value(block: BruBlock, at: int, value: str) -> tuple[int, str]:
    """Return the line after the value that starts on line `at`, and the whole value."""
    if value == "[":
        end = next((index for index in range(at + 1, len(block.lines)) if block.lines[index].strip() == "]"), None)
        if end is None:
            raise SourceError(
                "A list is not closed", where=f"{block.where}, line {block.line + at + 1}", then="add ']'"
            )
        return end + 1, ", ".join(line.strip() for line in block.lines[at + 1 : end])
    if not value.startswith(_QUOTES):
        return at + 1, value
    opened = value.removeprefix(_QUOTES)
    if _QUOTES in opened:
        return at + 1, opened.partition(_QUOTES)[0]
    after = _after(block.lines, at)
    if after > len(block.lines):
        location = f"{block.where}, line {block.line + at + 1}"
        raise SourceError("A text in ''' is not closed", where=location, then="close it with ''' on its own line")
    last = block.lines[after - 1].partition(_QUOTES)[0]
    inner = [_outdented(line) for line in block.lines[at + 1 : after - 1]]
    return after, "\n".join([*([opened] if opened.strip() else []), *inner, *([last] if last.strip() else [])])


def _after(lines: tuple[str, ...], at: int) -> int:
    """Return the line after the one that closes a text in three quotes; beyond the end if none does."""
    return next((index + 1 for index in range(at + 1, len(lines)) if _QUOTES in lines[index]), len(lines) + 1)


def _unquoted(name: str) -> str:
    """Remove the quotes around a name."""
    return re.sub(r"\\(.)", r"\1", name[1:-1]) if len(name) > 1 and name[0] == name[-1] == '"' else name.strip()
