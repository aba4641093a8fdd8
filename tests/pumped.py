"""Texts that make a regular expression backtrack: a repeat's body many times over, then a sign that fits nowhere.

`python tests/pumped.py` searches them with every pattern read from its input (a JSON list) and writes the pattern's
number before it does, so that whoever waits for the end knows which one never came back.
"""

import json
import re
import re._compiler as compiler
import re._constants as ops
import re._parser as parser
import sys
from collections.abc import Iterator

TIMES = 40
"""An exponential search of 40 takes days, a linear or a quadratic one no time at all."""
LAST = "\u0130!-x1 \n@<"
SIGNS = "1aAzZ9 -.,_:/@=+\n\t\"'()[]{}<>&%$#*;!?~|^`\\0b\u4e2d"
REPEATS = {ops.MAX_REPEAT, ops.MIN_REPEAT, ops.POSSESSIVE_REPEAT}


def pumped(pattern: str, flags: int = 0) -> Iterator[str]:
    """Texts for every repeat of a pattern that has no end or one beyond seven, in four variants."""
    tree = parser.parse(pattern, flags)
    for repeat in repeats(tree):
        if repeat[1] >= 8:
            for variant in range(4):
                text = written(tree, repeat, variant)
                for last in LAST:
                    yield text + last
                    yield text[:-1] + last


def inside(op, av) -> Iterator:
    """The patterns within one part of a pattern."""
    if op in REPEATS:
        yield av[2]
    elif op is ops.SUBPATTERN:
        yield av[3]
    elif op is ops.ATOMIC_GROUP:
        yield av
    elif op is ops.BRANCH:
        yield from av[1]
    elif op in (ops.ASSERT, ops.ASSERT_NOT):
        yield av[1]


def repeats(tree) -> Iterator:
    for op, av in tree:
        if op in REPEATS:
            yield av
        for part in inside(op, av):
            yield from repeats(part)


def holds(tree, repeat) -> bool:
    return any(av is repeat or any(holds(part, repeat) for part in inside(op, av)) for op, av in tree)


def written(tree, repeat, variant: int) -> str:
    """The shortest text that the tree takes, but for `repeat`, whose body stands `TIMES` times."""
    return "".join(part(op, av, repeat, variant) for op, av in tree)


def part(op, av, repeat, variant: int) -> str:
    if op in (ops.LITERAL, ops.NOT_LITERAL, ops.ANY, ops.IN):
        fits = [sign for sign in [*SIGNS, *literals(op, av)] if one_sign(op, av).fullmatch(sign)]
        return fits[variant % len(fits)]
    if op in REPEATS:
        times = min(TIMES, av[1]) if av is repeat else max(av[0], holds(av[2], repeat))
        return written(av[2], repeat, variant) * times
    if op is ops.BRANCH:
        branch = next((one for one in av[1] if holds(one, repeat)), av[1][variant % len(av[1])])
        return written(branch, repeat, variant)
    if op in (ops.ASSERT, ops.ASSERT_NOT) and not holds(av[1], repeat):
        return ""
    return "".join(written(one, repeat, variant) for one in inside(op, av))


def literals(op, av) -> Iterator[str]:
    """Signs that a part names, the first of a range."""
    for kind, value in av if op is ops.IN else ((op, av),):
        if kind in (ops.LITERAL, ops.RANGE):
            yield chr(value if kind is ops.LITERAL else value[0])


def one_sign(op, av) -> re.Pattern[str]:
    """Compile a part that takes one sign as a pattern of its own."""
    tree = parser.SubPattern(parser.State(), [(op, av)])
    return compiler.compile(tree)


if __name__ == "__main__":
    for number, (pattern, flags) in enumerate(json.load(sys.stdin)):
        sys.stdout.write(f"{number}\n")
        sys.stdout.flush()
        search = re.compile(pattern, flags).search
        for text in pumped(pattern, flags):
            search(text)
    sys.stdout.write("all\n")
