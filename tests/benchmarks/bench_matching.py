"""Matching 1,866 hand-labelled fields of unlike vendors' records, beside rapidfuzz and COMA, formulas, and speed.

Names, types, code lists and the references' descriptions only, no values. `tuning` is the half that weights, words and
the calibration were chosen on, `test` is of other vendors, `unlike` of other domains, by the hand that then added
general words of these domains, `unseen` what was written after those (labelled/README.md says how
much of it was looked at), `late_tuning` and `late_test` what was written then, `whole_tuning` and `fresh` last, by
another hand, onto whole shapes of iPaaS.com.
COMA is asked with its complete ranking (delta 1); it is no dependency, and measured where this runs in an environment
that has valentine.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from itertools import product
from pathlib import Path
from statistics import mean
from tempfile import TemporaryDirectory
from unittest.mock import patch

from labelled import HALVES, PARTS, Labelled, labelled
from labelled_formulas import CASES, Case, pairs
from machine import described, peak
from rapidfuzz import fuzz

from ipaas_discovery.knowledge.thesaurus import Thesaurus
from ipaas_discovery.matching.field_matches import match_fields
from ipaas_discovery.matching.fields.refusals import is_own
from ipaas_discovery.matching.formulas.find_formula import find_formula
from ipaas_discovery.matching.normalised_values import normalised
from ipaas_discovery.matching.records.record_pairs import pair_records
from ipaas_discovery.matching.traits import leaves, traits_of
from ipaas_discovery.samples.sample import Sample, Stop
from ipaas_discovery.schemas.observing.observe import observe

Ranking = dict[str, list[str]]
BINS = 5
LIGHT = ("id", "name", "type", "code", "date")


def lines() -> Iterator[str]:
    """The measurements as Markdown."""
    yield described(("numpy", "rapidfuzz", "valentine"))
    yield ""
    yield from table()
    yield from proposals()
    yield from formulas()
    yield from speed()


def table() -> Iterator[str]:
    """How high the right destinations stand."""
    yield "| half | labelled | way | MRR | hit@5 | s a pair |"
    yield "|---|---|---|---|---|---|"
    for half in PARTS:
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
    yield "Proposals, at the threshold. What a destination's system writes itself, its own ids and its stamps of"
    yield "creation and change, is never proposed; `wanted` are the labels without those."
    yield ""
    yield "| half | proposed | right | precision | recall | wanted | recall of those |"
    yield "|---|---|---|---|---|---|---|"
    best: list[tuple[float, bool]] = []
    for half in PARTS:
        made, wanted, writable = [], 0, 0
        for pair in labelled(half):
            matches = match_fields(pair.source, pair.destination, top=1)
            made += [row.destination in pair.matches.get(row.source, ()) for row in matches.proposals()]
            wanted += len(pair.matches)
            own = {traits.path for traits in traits_of(pair.destination, Thesaurus.load()) if is_own(traits)}
            writable += sum(not own.issuperset(right) for right in pair.matches.values())
            if half == "test":
                best += [(row.score, row.destination in pair.matches.get(row.source, ())) for row in matches.rows]
        right = sum(made)
        yield (
            f"| {half} | {len(made)} | {right} | {right / max(len(made), 1):.3f} | {right / wanted:.3f} "
            f"| {writable} | {right / writable:.3f} |"
        )
    yield ""
    yield from reliability(best)


def reliability(best: list[tuple[float, bool]]) -> Iterator[str]:
    """How many first ranks are right, by their score."""
    yield "Reliability of the scores on the test half, first ranks only, fields without a counterpart among them:"
    yield ""
    yield "| score | matches | mean score | share right |"
    yield "|---|---|---|---|"
    for at in range(BINS):
        inside = [
            (score, right) for score, right in best if at <= score * BINS < at + 1 or (score == 1 and at == BINS - 1)
        ]
        if inside:
            shown = mean(score for score, _ in inside), mean(right for _, right in inside)
            yield f"| {at / BINS:.1f} to {(at + 1) / BINS:.1f} | {len(inside)} | {shown[0]:.2f} | {shown[1]:.2f} |"
    yield ""


def formulas() -> Iterator[str]:
    """How many labelled formulas, look-ups and constants are found by 100 pairs of records, and hold on 40 others."""
    yield "Formulas, look-ups and constants: found by 100 pairs of records, of the kind that was labelled, and right on"
    yield "19 of 20 of 40 other records."
    yield ""
    yield "| half | kind | labelled | found |"
    yield "|---|---|---|---|"
    for half, cases in zip(HALVES, (CASES[::2], CASES[1::2]), strict=True):
        for kind in ("formula", "look-up", "constant"):
            some = [case for case in cases if case.kind == kind]
            if some:
                yield f"| {half} | {kind} | {len(some)} | {sum(map(holds, some))} |"
    yield ""


def holds(case: Case) -> bool:
    """Whether the formula that is found does what the label says."""
    rows = [*pairs(case, 140)]
    sides = [
        Sample(name, "orders", tuple(row[side] for row in rows[:100]), Stop.COMPLETE) for side, name in enumerate("ab")
    ]
    formula = find_formula(pair_records(*sides, [("id", "key")]), "target", side="right")
    held = [(record, wanted["target"]) for record, wanted, edited in rows[100:] if not edited]
    if formula is None or formula.kind != case.kind:
        return False
    made = [(normalised(formula.run(record)), normalised(wanted)) for record, wanted in held]
    return mean(a == b for a, b in made) >= 0.95


def speed() -> Iterator[str]:
    """Seconds and memory for large schemas with values."""
    yield "| fields | values | s | s of the processor | peak memory, MB |"
    yield "|---|---|---|---|---|"
    for size, records in ((300, 50), (2000, 5)):
        left, right = (observe(rows(size, records, start)) for start in (0, records // 2))
        started, busy = time.perf_counter(), time.process_time()
        match_fields(left, right)
        took, busy = time.perf_counter() - started, time.process_time() - busy
        yield f"| {size} x {size} | {records} a field | {took:.2f} | {busy:.2f} | {peak():.0f} |"


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
    known: dict[str, Callable[[Labelled], Ranking]] = {
        "the kit": ours,
        "the kit, no word known": wordless,
        "rapidfuzz": spelled,
    }
    try:
        import valentine  # noqa: F401, PLC0415  it is an extra
    except ImportError:
        return known
    return known | {"COMA": coma}


def ours(pair: Labelled) -> Ranking:
    """The kit's ranking."""
    ranking: Ranking = {}
    for row in match_fields(pair.source, pair.destination, top=len(pair.destination.fields)).rows:
        ranking.setdefault(row.source, []).append(row.destination)
    return ranking


def wordless(pair: Labelled) -> Ranking:
    """The kit's ranking with a thesaurus that holds only the weights of a few words."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "light.toml"
        path.write_text("[light]\n" + "\n".join(f"{word} = 0.6" for word in LIGHT), encoding="utf-8")
        with patch.object(Thesaurus, "load", return_value=Thesaurus.load(path)):
            return ours(pair)


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
