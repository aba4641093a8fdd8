"""Names as evidence: how surely a collection's name belongs to a collection type, beside the others' names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from ipaas_discovery.knowledge.collections.collection_words import Meaning, SpokenCondition, collection_words
from ipaas_discovery.knowledge.ipaas_collections import ipaas_collections
from ipaas_discovery.matching.collections.candidates import CollectionCandidate

__all__ = ["NameEvidence", "Names"]

Concepts = tuple[str, ...]

TIERS = (0.95, 0.8, 0.6)
"""Scores of a name that says the type, of one that mostly does, and of one that may."""
STEP = 0.01
"""Cost of each place in a row of names."""
MODIFIED, BEHIND, STRANGE, TWICE, TURNED = 0.99, 0.8, 0.8, 0.97, 0.99
"""Shares that are left beside an optional word, one at the end, where the subject stands, a word nobody knows, a word
that stands twice, and words in another order."""
DOUBTED = 0.4
"""Share that is left where a condition speaks against the name."""
INSIDE, ALONE = 0.97, 0.6
"""Shares that are left to a list inside records, and to a child's name that is read without its parent's."""


@dataclass(frozen=True, slots=True)
class NameEvidence:
    """Evidence of a name: a score from 0 to 1, the words that were understood, and a caution."""

    score: float = 0.0
    words: Concepts = ()
    phrase: str = ""
    caution: str = ""


class Names:
    """The names of one system's collections, read together."""

    def __init__(self, candidates: Sequence[CollectionCandidate]) -> None:
        self._read = {candidate.name: _read(candidate.name) for candidate in candidates}
        self._later = {
            self._read[one.name]: one for one in sorted(candidates, key=lambda one: one.version) if not one.embedded
        }
        self._alone = [(one.name, frozenset(self._read[one.name])) for one in candidates if not one.embedded]

    def evidence(self, candidate: CollectionCandidate, meaning: Meaning) -> NameEvidence:
        """Judge how surely the name of `candidate` belongs to the type of `meaning`."""
        row = ipaas_collections()[meaning.type]
        if candidate.embedded and not row.parent:
            return NameEvidence()
        options = [self._judged(candidate, meaning, words, share) for words, share in self._readings(candidate)]
        best = max(options, key=lambda option: option.score)
        return replace(best, score=best.score * (INSIDE if candidate.embedded else 1.0))

    def _readings(self, candidate: CollectionCandidate) -> Iterator[tuple[Concepts, float]]:
        """Yield what the name may say, with and without its parent's."""
        own = self._read[candidate.name]
        if "/" in candidate.name:
            yield _read(candidate.name.rpartition("/")[2]), MODIFIED
        above = (
            ()
            if candidate.embedded and "." in candidate.name
            else self._read.get(candidate.parent) or _read(candidate.parent)
        )
        if above and not set(above) <= set(own):
            yield (*above, *own), 1.0
            yield own, ALONE if len(own) == 1 and own[0] in {"product", "address", "note"} else 1.0
        else:
            yield own, 1.0

    def _judged(self, candidate: CollectionCandidate, meaning: Meaning, words: Concepts, share: float) -> NameEvidence:
        best = NameEvidence()
        for tier, phrases in zip(TIERS, (meaning.names, meaning.likely, meaning.possible), strict=True):
            for place, phrase in enumerate(phrases):
                part = _fit(words, _read(phrase), frozenset((*meaning.optional, *collection_words().modifiers)))
                score = (tier - STEP * place) * part * share
                if score <= best.score * DOUBTED:
                    continue
                caution = self._caution(candidate, meaning.type, phrase)
                score *= DOUBTED if caution else 1.0
                if score > best.score:
                    best = NameEvidence(score, words, phrase, caution)
        return best

    def _caution(self, candidate: CollectionCandidate, type_name: str, phrase: str) -> str:
        """Return why the name does not mean the type here, or an empty text."""
        asked, others = candidate.under
        if asked * 2 > others:
            rest = f"{asked} of {others} other collections are asked for under one of {candidate.name}"
            return f"{rest}: they are the system's own"
        later = self._later.get(self._read[candidate.name], candidate)
        if candidate.version and later.version > candidate.version:
            return (
                f"{later.name} is the same in version {later.version} of the API, this is version {candidate.version}"
            )
        words = set(_read(candidate.path))
        speaking = [word for word in collection_words().against if word in words - set(self._read[candidate.name])]
        if speaking:
            return f"the call lists {candidate.path}, which reads as {speaking[0]}"
        phrased = _read(phrase)
        spoken = (row for row in _conditions().get((type_name, phrased), ()) if self._spoken(row, candidate))
        return next((row.why for row in spoken), "")

    def _spoken(self, condition: SpokenCondition, candidate: CollectionCandidate) -> bool:
        """Tell whether a condition speaks against its name, by what stands beside `candidate`."""
        beside = [words for name, words in self._alone if name != candidate.name]
        if condition.unless and any(_stands(text, beside) for text in condition.unless):
            return True
        return bool(condition.only) and not any(_stands(text, beside) for text in condition.only)


@cache
def _conditions() -> dict[tuple[str, Concepts], list[SpokenCondition]]:
    """Group the conditions by the type and the name that they are about."""
    rows: dict[tuple[str, Concepts], list[SpokenCondition]] = {}
    for row in collection_words().conditions:
        rows.setdefault((row.type, _read(row.name)), []).append(row)
    return rows


def _stands(text: str, beside: Iterable[frozenset[str]]) -> bool:
    wanted = frozenset(_read(text.removeprefix("=")))
    return any(words == wanted if text.startswith("=") else wanted <= words for words in beside)


@lru_cache(4096)
def _read(name: str) -> Concepts:
    return collection_words().concepts_of(name)


def _fit(words: Concepts, phrase: Concepts, optional: frozenset[str]) -> float:
    """Measure how well a name fits a phrase, 0 to 1: all its words, and nothing beside that means something else."""
    if words == phrase:
        return 1.0
    wanted = set(phrase)
    if not wanted <= set(words) or len(wanted) < len(phrase):
        return 0.0
    share = TWICE if len(set(words)) < len(words) else 1.0
    for place, word in enumerate(words):
        last = place == len(words) - 1
        if word in wanted:
            continue
        if word in optional:
            share *= BEHIND if last else MODIFIED
        elif word.islower() or last:
            return 0.0
        else:
            share *= STRANGE
    return share if tuple(word for word in words if word in wanted) == phrase else share * TURNED
