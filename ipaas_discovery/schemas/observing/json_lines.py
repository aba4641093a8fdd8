"""JSON lines counted a block at a time, as fast as they parse, and line by line if something is wrong."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import msgspec

from ipaas_discovery.schemas.observing.tally import MAX_DEPTH, Tally
from ipaas_discovery.schemas.observing.value_columns import number
from ipaas_discovery.schemas.problems import Problem
from ipaas_discovery.systems.answers.body import mended

if TYPE_CHECKING:
    from numpy import intp
    from numpy.typing import NDArray

    Places = NDArray[intp]

__all__ = ["Part"]

FIRST = 5
"""Lines that a problem names."""
NO_OBJECT = "not an object but a value or a list, which has no fields"
NOT_JSON, NOT_UTF8 = "not JSON", "not UTF-8"
CONSTANT = "NaN or Infinity, which JSON does not have; NaN is counted as null"
SURROGATE = "half of a surrogate pair, which is no character"
REPEATED = "a key that stands twice in one object, of which the last counts"
DEEP = f"nested more than {MAX_DEPTH} deep; what is below was left out"
TOO_DEEP = MAX_DEPTH + 10
LOST = frozenset({NOT_JSON, NOT_UTF8})
"""Problems of lines that were not counted."""

_SMALL = re.compile(rb"[eE]-[0-9]{3,}\s*[,}\]]")
"""The end of what may be a number that a double takes for 0, or nearly."""
LONG = 8
"""Digits on one side of the dot at least, of a number that has more than the 16 that a double keeps."""
_KEY_END = int.from_bytes(b'":', "little")
_TOKEN = re.compile(rb'"(?:[^"\\]|\\.)*+"?|[\[\]{}]', re.DOTALL)
_KEY = re.compile(rb'(?<!\\)"\s*:')
INT_DIGITS = 4_000
"""Longer whole numbers are taken as decimals: Python writes out no longer integers."""


@dataclass(slots=True)
class Part:
    """Counts of some lines, or records, that follow one another. Parts are merged in their order."""

    tally: Tally = field(default_factory=Tally)
    lines: int = 0
    keys: int = 0
    """Keys in all records of the lines."""
    noted: dict[str, tuple[int, tuple[int, ...]]] = field(default_factory=dict)
    """For each problem, the number of lines that have it and the numbers of the first ones, from 1."""

    def add_records(self, records: Sequence[Any]) -> None:
        """Count records, which are numbered as lines are."""
        self.tally.add(records)
        for at, record in enumerate(records, self.lines + 1):
            if not isinstance(record, Mapping):
                self._note(NO_OBJECT, at)
        self.lines += len(records)

    def add_lines(self, block: bytes) -> None:
        """Count whole lines of UTF-8; empty ones are no records."""
        try:
            records = (_exact if _may_be_long(block) else _fast).decode_lines(block)
        except (ValueError, RecursionError):
            records = self._line_by_line(block)
        else:
            if not all(type(record) is dict for record in records):
                self._line_by_line(block)
        before = self.keys
        self.tally.add(records)
        self.keys = self.tally.members.entries()
        if _may_repeat(block, self.keys - before):
            self._find_repeated(block)
        self.lines += block.count(b"\n") + (not block.endswith(b"\n"))

    def merge(self, following: Part) -> None:
        """Take over the counts of the lines that follow; `following` is used up."""
        self.tally.merge(following.tally)
        for what, (count, lines) in following.noted.items():
            self._note(what, *(self.lines + line for line in lines), count=count)
        self.lines += following.lines
        self.keys += following.keys

    def problems(self) -> tuple[Problem, ...]:
        """Return the problems of the lines, the worst first."""
        problems = (Problem(what, *noted, kept=what not in LOST) for what, noted in self.noted.items())
        return tuple(sorted(problems, key=lambda problem: (problem.kept, problem.what)))

    def _line_by_line(self, block: bytes) -> list[Any]:
        """Read the records of all lines that can be read; problems with lines are noted."""
        records = []
        for at, line in enumerate(block.split(b"\n"), self.lines + 1):
            if line.strip():
                line_records, problems = _read(line)
                records += line_records
                if not all(type(record) is dict for record in line_records):
                    problems.add(NO_OBJECT)
                for what in problems:
                    self._note(what, at)
        return records

    def _find_repeated(self, block: bytes) -> None:
        for at, line in enumerate(block.split(b"\n"), self.lines + 1):
            if line.strip() and _repeats(line):
                self._note(REPEATED, at)

    def _note(self, what: str, *lines: int, count: int = 1) -> None:
        known, first = self.noted.get(what, (0, ()))
        self.noted[what] = known + count, (*first, *lines)[:FIRST]


_fast = msgspec.json.Decoder()
_exact = msgspec.json.Decoder(float_hook=number)


def _may_be_long(block: bytes) -> bool:
    """Tell whether `block` may hold numbers of more digits, or nearer to zero, than a double keeps."""
    import numpy as np  # noqa: PLC0415  as late as it is needed

    text = np.frombuffer(block, np.uint8)

    def digits(positions: Places, steps: range) -> Places:
        """Return those positions beside which there is a digit at each of the steps."""
        for step in steps:
            if positions.size:
                positions = positions[text.take(positions + step, mode="clip") - ord("0") < 10]  # noqa: PLR2004  ten digits
        return positions

    dots, dashes = np.flatnonzero(text == ord(".")), np.flatnonzero(text == ord("-"))
    exponents = dashes[text.take(dashes - 1, mode="clip") | 32 == ord("e")]  # 32 makes E an e
    return (
        digits(dots, range(1, LONG + 1)).size > 0
        or digits(dots, range(-1, -LONG - 1, -1)).size > 0
        or any(_SMALL.match(block, at - 1) for at in digits(exponents, range(1, 4)).tolist())
    )


def _may_repeat(block: bytes, keys: int) -> bool:
    """Tell whether `block` has more keys than the `keys` counted: a parser keeps the last of two equal keys."""
    import numpy as np  # noqa: PLC0415  as late as it is needed

    pairs = (np.frombuffer(block, "<u2", (len(block) - at) // 2, at) for at in (0, 1))
    ends = sum(int(np.count_nonzero(pair == _KEY_END)) for pair in pairs)
    return ends != keys and sum(1 for _ in _KEY.finditer(block)) != keys


def _read(line: bytes) -> tuple[list[Any], set[str]]:
    """Read the records of a line, mostly one, as far as possible, and the problems with it."""
    try:
        return _exact.decode_lines(line), set()
    except RecursionError:
        return _read_cut(line)
    except ValueError:
        pass
    problems: set[str] = set()

    def constant(name: str) -> float:
        problems.add(CONSTANT)
        return float(name)

    try:
        record = json.loads(line.decode(), parse_float=number, parse_int=_integer, parse_constant=constant)
    except UnicodeDecodeError:
        return [], {NOT_UTF8}
    except RecursionError:
        return _read_cut(line)
    except ValueError:
        better, notes = mended(line)
        records, odd = _read(better) if notes else ([], {NOT_JSON})
        return records, odd | {note.what for note in notes}
    try:
        json.dumps(record, ensure_ascii=False, default=str).encode()
    except UnicodeEncodeError:
        problems.add(SURROGATE)
    return [record], problems


def _read_cut(line: bytes) -> tuple[list[Any], set[str]]:
    """Read the records of a line that is nested too deeply for a parser, without its deepest parts."""
    try:
        records, problems = _read(_cut(line))
    except RecursionError:  # it is not what it looks like, and stays as deep as it is
        return [], {NOT_JSON}
    return records, problems | {DEEP} if records else problems


def _cut(line: bytes) -> bytes:
    """Return `line` with every object and list made empty at a depth that nobody looks into."""
    kept, depth, start = [], 0, 0
    for token in _TOKEN.finditer(line):
        if token[0] in b"{[":
            depth += 1
            if depth == TOO_DEEP:
                kept.append(line[start : token.end()])
                start = len(line)
        elif token[0] in b"]}":
            if depth == TOO_DEEP:
                start = token.start()
            depth -= 1
    return b"".join((*kept, line[start:]))


def _integer(text: str) -> int | Decimal:
    return int(text) if len(text) <= INT_DIGITS else Decimal(text)


def _repeats(line: bytes) -> bool:
    """Tell whether an object of a line has a key twice."""
    repeated = False

    def pairs(items: list[tuple[str, Any]]) -> None:
        nonlocal repeated
        repeated = repeated or len({key for key, _ in items}) < len(items)

    try:
        json.loads(line, object_pairs_hook=pairs, parse_int=str, parse_float=str)
    except (ValueError, RecursionError):
        return False
    return repeated
