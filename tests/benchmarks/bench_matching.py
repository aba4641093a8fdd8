"""Matching 400 hand-labelled fields of unlike vendors' records, beside rapidfuzz and COMA, and its speed.

Names, types and the references' descriptions only, no values. `tuning` is the half that weights and words were chosen
on, `test` is of other vendors. COMA is asked with its complete ranking (delta 1).
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from itertools import product
from statistics import mean

from labelled import HALVES, Labelled, labelled
from machine import described
from rapidfuzz import fuzz

from ipaas_discovery.matching.field_matches import match_fields
from ipaas_discovery.matching.traits import leaves
from ipaas_discovery.schemas.observing.observe import observe

Ranking = dict[str, list[str]]
BINS = 5


def lines() -> Iterator[str]:
    """The measurements as Markdown."""
    yield described(("numpy", "rapidfuzz", "valentine"))
    yield ""
    yield from table()
    yield from proposals()
    yield from speed()


def table() -> Iterator[str]:
    """How high the right destinations stand."""
    yield "| half | labelled | way | MRR | hit@5 | s a pair |"
    yield "|---|---|---|---|---|---|"
    for half in HALVES:
        pairs = [*labelled(half)]
        count = sum(len(pair.matches) for pair in pairs)
        for name, way in ways().items():
            started = time.perf_counter()
            ranks = [rank for pair in pairs for rank in ranks_of(pair, way(pair))]
            took = (time.perf_counter() - started) / len(pairs)
            hit = mean(rank <= 5 for rank in ranks)
            yield f"| {half} | {count} | {name} | {mean(1 / rank for rank in ranks):.3f} | {hit:.3f} | {took:.3f} |"
    yield ""


def proposals() -> Iterator[str]:
    """How many proposals are right, and how right their scores are."""
    yield "| half | proposed | right | precision | recall |"
    yield "|---|---|---|---|---|"
    scored: list[tuple[float, bool]] = []
    for half in HALVES:
        pairs = [*labelled(half)]
        made = [(row.score, row.destination in pair.matches.get(row.source, ()))
                for pair in pairs for row in match_fields(pair.source, pair.destination).proposals()]  # fmt: skip
        right, wanted = sum(fits for _, fits in made), sum(len(pair.matches) for pair in pairs)
        yield f"| {half} | {len(made)} | {right} | {right / max(len(made), 1):.3f} | {right / wanted:.3f} |"
        if half == "test":
            best = [(row, pair) for pair in pairs for row in match_fields(pair.source, pair.destination, top=1).rows]
            scored = [(row.score, row.destination in pair.matches.get(row.source, ())) for row, pair in best]
    yield ""
    yield "Reliability of the scores on the test half, first ranks only:"
    yield ""
    yield "| score | matches | mean score | share right |"
    yield "|---|---|---|---|"
    for at in range(BINS):
        inside = [
            (score, right) for score, right in scored if at <= score * BINS < at + 1 or (score == 1 and at == BINS - 1)
        ]
        if inside:
            shown = mean(score for score, _ in inside), mean(right for _, right in inside)
            yield f"| {at / BINS:.1f} to {(at + 1) / BINS:.1f} | {len(inside)} | {shown[0]:.2f} | {shown[1]:.2f} |"
    yield ""


def speed() -> Iterator[str]:
    """Seconds for large schemas, with values and without."""
    yield "| fields | values | s |"
    yield "|---|---|---|"
    for size, records in ((300, 50), (2000, 5)):
        left, right = (observe(rows(size, records, start)) for start in (0, records // 2))
        started = time.perf_counter()
        match_fields(left, right)
        yield f"| {size} x {size} | {records} a field | {time.perf_counter() - started:.2f} |"


def rows(size: int, records: int, start: int) -> list[dict[str, object]]:
    """Records whose fields have names of three words and share half of their values with those of another start."""
    first, second = (
        ("order", "customer", "line", "tax", "ship", "bill"),
        ("number", "name", "total", "date", "code", "city"),
    )
    names = [f"{a}_{b}_{at}" for at in range(size // 36 + 1) for a, b in product(first, second)][:size]
    return [{name: f"{name}-{record}" for name in names} for record in range(start, start + records)]


def ranks_of(pair: Labelled, ranking: Ranking) -> list[float]:
    """The rank of the first right destination of every labelled source; infinity where none is ranked."""
    return [
        next((at for at, name in enumerate(ranking.get(source, []), 1) if name in right), float("inf"))
        for source, right in pair.matches.items()
    ]


def ways() -> dict[str, Callable[[Labelled], Ranking]]:
    """Ways to rank, by name; COMA only where valentine is installed."""
    try:
        import valentine  # noqa: F401, PLC0415  it is an extra
    except ImportError:
        return {"the kit": ours, "rapidfuzz": spelled}
    return {"the kit": ours, "rapidfuzz": spelled, "COMA": coma}


def ours(pair: Labelled) -> Ranking:
    """The kit's ranking."""
    ranking: Ranking = {}
    for row in match_fields(pair.source, pair.destination, top=len(pair.destination.fields)).rows:
        ranking.setdefault(row.source, []).append(row.destination)
    return ranking


def spelled(pair: Labelled) -> Ranking:
    """By 0.6 of the name's and 0.4 of the whole path's likeness, words in any order."""

    def words(text: str) -> str:
        return " ".join("".join(f" {letter}" if letter.isupper() else letter for letter in text).replace("_", " ").replace(".", " ").replace("[]", " ").lower().split())  # fmt: skip  # noqa: E501

    def likeness(a: str, b: str) -> float:
        last = (words(path.rpartition(".")[2]) for path in (a, b))
        return 0.6 * fuzz.token_sort_ratio(*last) + 0.4 * fuzz.token_sort_ratio(words(a), words(b))

    names = [field.path for field in leaves(pair.destination)]
    return {source: sorted(names, key=lambda name: -likeness(source, name)) for source in pair.matches}


def coma(pair: Labelled) -> Ranking:
    """COMA's, by its schema matcher with all candidates kept."""
    import pandas as pd  # noqa: PLC0415  only where it is asked
    from valentine import valentine_match  # noqa: PLC0415  it is an extra
    from valentine.algorithms import Coma  # noqa: PLC0415  it is an extra

    frames = [
        pd.DataFrame(columns=[field.path for field in leaves(schema)]) for schema in (pair.source, pair.destination)
    ]
    matches = valentine_match(frames, Coma(delta=1))
    ranking: Ranking = {}
    for match, _ in sorted(matches.items(), key=lambda item: -item[1]):
        ranking.setdefault(match.source_column, []).append(match.target_column)
    return ranking
