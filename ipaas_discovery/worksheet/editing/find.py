"""Names that a person uses for a collection, a method or a question, and what they stand for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from ipaas_discovery.errors import UnknownNameError, WorksheetError, nearest
from ipaas_discovery.knowledge.ipaas_collections import collection_name, plain_names
from ipaas_discovery.vocabulary import Method
from ipaas_discovery.worksheet.entry import Entry
from ipaas_discovery.worksheet.parts import Question
from ipaas_discovery.worksheet.saving.pair_evidence import Pair

__all__ = ["find_entry", "find_methods", "find_pair", "find_question"]


def find_entry(entries: Sequence[Entry], collection: str, third_party: str | None = None) -> Entry:
    """Find the entry of `collection`, by type or plain name; `third_party` chooses where it has several.

    Raises:
        UnknownNameError: if there is none; names the nearest.
        WorksheetError: if there are several and nothing says which.
    """
    known = {entry.key: entry for entry in entries}
    return known[find_pair(known, collection, third_party, gone=lambda pair: known[pair].gone)]


def find_pair(
    pairs: Iterable[Pair], collection: str, third_party: str | None = None, *, gone: Callable[[Pair], bool]
) -> Pair:
    """Find the pair of `collection`, by type or plain name; `third_party` chooses where it has several.

    Args:
        pairs: the pairs of collections there are.
        collection: iPaaS.com's.
        third_party: the other side's.
        gone: tells of a pair whether the systems no longer show it; asked only where there are several.

    Raises:
        UnknownNameError: if there is none; names the nearest.
        WorksheetError: if there are several and nothing says which.
    """
    name, known = collection_name(collection), [*pairs]
    matches = [pair for pair in known if pair[0] == name]
    if not matches:
        raise UnknownNameError("collection", collection, _known({pair[0] for pair in known}, collection))
    partners = [partner for _, partner in matches]
    if third_party is not None:
        matches = [pair for pair in matches if pair[1] == third_party]
        if not matches:
            raise UnknownNameError(f"counterpart of {name}", third_party, partners)
    if len(matches) > 1:
        matches = [pair for pair in matches if not gone(pair)] or matches
    if len(matches) > 1:
        listed = ", ".join(f"'{partner}'" for partner in partners)
        raise WorksheetError(f"{name} stands in {len(matches)} entries", then=f"say third_party=, one of {listed}")
    return matches[0]


def _known(types: set[str], collection: str) -> set[str]:
    """List the types in the worksheet; their plain names instead, if the name looks like one of those."""
    plain = {word.capitalize() for word, kind in plain_names().items() if kind in types}
    return plain if nearest(collection, types | plain) in plain else types


def find_methods(methods: Iterable[str | Method] | str) -> tuple[Method, ...]:
    """Read the methods, in the platform's order.

    >>> find_methods(["Update", "add"])
    (<Method.ADD: 'add'>, <Method.UPDATE: 'update'>)

    Raises:
        UnknownNameError: if one of them is none.
    """
    words = [methods] if isinstance(methods, str) else list(methods)
    by_name = {method.value: method for method in Method}
    for word in words:
        if str(word).strip().lower() not in by_name:
            raise UnknownNameError("method", str(word), by_name)
    wanted = {str(word).strip().lower() for word in words}
    return tuple(method for name, method in by_name.items() if name in wanted)


def find_question(question: int | str, asked: Sequence[Question]) -> int:
    """Find the index of the question with that number (from 1), or whose text begins so.

    Raises:
        UnknownNameError: if there is none, or the beginning fits several.
    """
    if isinstance(question, int):
        fits = [question - 1] if 1 <= question <= len(asked) else []
    else:
        fits = [index for index, other in enumerate(asked) if other.text.lower().startswith(question.lower())]
    if len(fits) != 1:
        known = [f"{number} {other.text}" for number, other in enumerate(asked, 1)]
        raise UnknownNameError("question", str(question), known)
    return fits[0]
