"""Name the collections of an API: by the last word of their path, and as many before it as it takes."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping

from ipaas_discovery.knowledge.name_words import bare
from ipaas_discovery.knowledge.request_words import request_words
from ipaas_discovery.systems.openapi.url_paths import PLACEHOLDER, Path, is_root, statics

__all__ = ["named"]

Words = tuple[str, ...]


def named(grouped: Mapping[Words, list[Path]]) -> dict[str, Words]:
    """Give a unique name to each group of paths that share their words.

    A name is that of the collection above and the words after it, else the last word alone, with the word
    before the path's first id. If two would share a name, the shorter path keeps it, of versions the
    latest; others of equal length all get one more word.

    >>> paths = ("shop", "orders"), ("orders",), ("orders", "{}", "lines")
    >>> sorted(named({tuple(word for word in path if word != "{}"): [path] for path in paths}))
    ['orders', 'orders_lines', 'shop_orders']
    """
    parts: dict[Words, frozenset[int]] = {}
    taken: dict[str, Words] = {}
    by_length: dict[int, list[Words]] = defaultdict(list)
    for words, paths in grouped.items():
        by_length[min(map(len, paths))].append(words)
    for length in sorted(by_length):
        todo = sorted(by_length[length], key=_version_order, reverse=True)
        for words in todo:
            parts[words] = _first_name(words, grouped[words], parts)
        while todo:
            todo = _settle(todo, parts, taken)
    return taken


def _settle(todo: list[Words], parts: dict[Words, frozenset[int]], taken: dict[str, Words]) -> list[Words]:
    """Assign the names that only one group asks for; the others ask for longer ones."""
    asked: dict[str, list[Words]] = defaultdict(list)
    for words in todo:
        asked[_text(words, parts[words])].append(words)
    left = []
    for name, group in asked.items():
        latest = name not in taken and len({_unversioned(words) for words in group}) == 1
        if latest:
            taken[name] = group[0]
        for words in group[latest:]:
            longer = _longer(words, parts[words])
            if longer == parts[words]:
                taken[_numbered(name, taken)] = words
            else:
                parts[words] = longer
                left.append(words)
    return left


def _first_name(words: Words, paths: Iterable[Path], parts: Mapping[Words, frozenset[int]]) -> frozenset[int]:
    """Choose the `words` of a name, by their positions."""
    for end in range(len(words) - 1, 0, -1):
        if words[:end] in parts:
            return parts[words[:end]] | frozenset(range(end, len(words)))
    start = min(_before_first_id(path) for path in paths)
    if start == len(words) - 1 and bare(words[start]) in request_words().paths.general:
        start -= start > 0 and not is_root(words[start - 1])
    return frozenset(range(start, len(words)))


def _before_first_id(path: Path) -> int:
    """Return the position of the word before the path's first id."""
    index = path.index(PLACEHOLDER) if PLACEHOLDER in path else 0
    return index - 1 if index and not is_root(path[index - 1]) else len(statics(path)) - 1


def _longer(words: Words, part: frozenset[int]) -> frozenset[int]:
    """Add one word: the nearest specific one before the name, else a version, else any left out."""
    before = [index for index in range(min(part) - 1, -1, -1) if not is_root(words[index])]
    others = [index for index in range(len(words) - 1, -1, -1) if index not in part]
    return part | frozenset([*before, *others][:1])


def _text(words: Words, part: frozenset[int]) -> str:
    """Join the words of a name."""
    return "_".join(words[index] for index in sorted(part))


def _numbered(name: str, taken: Mapping[str, Words]) -> str:
    """Number a name that is taken."""
    return next(candidate for number in range(2, len(taken) + 3) if (candidate := f"{name}_{number}") not in taken)


def _unversioned(words: Words) -> Words:
    """Remove versions from words."""
    return tuple(word for word in words if not is_root(word))


def _version_order(words: Words) -> list[tuple[tuple[int, str], ...]]:
    """Sort `v10` after `v9`."""
    pieces = (re.findall(r"\d+|\D+", word) for word in words)
    return [tuple((int(piece), "") if piece.isdecimal() else (-1, piece) for piece in word) for word in pieces]
