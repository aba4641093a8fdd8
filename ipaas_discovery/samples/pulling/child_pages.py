"""Child collections: lists inside the parent's records, or one call or more for each of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import accumulate, pairwise, product, zip_longest
from typing import Any
from urllib.parse import quote

from ipaas_discovery.errors import AbsentError, FetchError
from ipaas_discovery.knowledge.answer_words import envelope_words
from ipaas_discovery.samples.end import Certainty, ListEnd
from ipaas_discovery.samples.plan import Plan
from ipaas_discovery.samples.pulling.list_ends import reported_beside
from ipaas_discovery.samples.pulling.sequential import SequentialPages
from ipaas_discovery.samples.requests.page import Call
from ipaas_discovery.samples.requests.request_builder import RequestBuilder
from ipaas_discovery.samples.requests.scheduler import Steps
from ipaas_discovery.samples.sample import Record, Sample, Stop, Stratum
from ipaas_discovery.systems.answers.answer import Answer
from ipaas_discovery.systems.answers.json_path import at, values_at
from ipaas_discovery.systems.answers.notes import in_words
from ipaas_discovery.systems.answers.record_list import elements_at
from ipaas_discovery.systems.answers.signs import Sign, sign_of_more

__all__ = ["embedded", "read_children"]

WHOLE = ListEnd(Certainty.PROVED, "the lists inside the records are whole")


def embedded(system: str, builder: RequestBuilder, parent: Sample) -> Sample:
    """Take the elements of a list inside the parent's records."""
    path = (builder.spec.embedded or "").removesuffix("[]")
    elements = [list(_inside(record, path)) for record in parent.records]
    pairs = [
        (builder.key(record), item) for record, items in zip(parent.records, elements, strict=True) for item in items
    ]
    ends = list(accumulate((size for _, size in parent.parts), initial=0))
    sizes = [sum(map(len, elements[start:end])) for start, end in pairwise(ends)]
    cut = [
        sign for record, items in zip(parent.records, elements, strict=True) if (sign := _cut(record, path, len(items)))
    ]
    own = ListEnd(why=f"{len(cut)} of {len(parent)} records hold a part of their list: {cut[0].text}") if cut else WHOLE
    end = own if cut else _with_parents(own, parent)
    return Sample(
        system,
        builder.collection,
        tuple(item for _, item in pairs),
        parent.stop,
        total=len(pairs) if end.is_proved else None,
        pages=parent.pages,
        parents=tuple(key for key, _ in pairs),
        taken=parent.taken,
        sizes=tuple(sizes[: len(parent.pages)]),
        strata=_strata(parent, sizes) if sizes else (),
        end=end,
    )


def _cut(record: Record, path: str, came: int) -> Sign | None:
    """Find the sign, in the envelope around a list inside a record, that the list is longer than what came."""
    holder = at(record, path.replace("[]", "").rpartition(".")[0]) if "." in path else None
    name = path.rpartition(".")[2]
    if not isinstance(holder, Mapping) or not all(envelope_words().is_companion(key) for key in holder if key != name):
        return None
    return sign_of_more(Answer("", 200, dict(holder)), came, is_total=True)


def _inside(record: Record, path: str) -> Iterator[dict[str, Any]]:
    """Yield the objects at a path of a record, one by one where it is a list of them."""
    return (item for item in elements_at(record, path) if isinstance(item, dict))


def _strata(parent: Sample, sizes: list[int]) -> tuple[Stratum, ...]:
    """Give the parent's strata with the numbers of elements in them."""
    spread = len(parent.pages)
    counts = [sum(sizes[:spread]), *sizes[spread:]]
    return tuple(replace(stratum, records=count) for stratum, count in zip(parent.strata, counts, strict=False))


def read_children(system: str, builder: RequestBuilder, parent: Sample, most_pages: int) -> Steps:
    """Ask for each parent record's children and follow each list to its end; the same call is made once."""
    asked = _unique(_calls(builder, parent))
    kept = _spaced(asked, builder.connector.limits.parents)
    notes = [f"{len(kept)} of {len(asked)} parents were asked"] if len(kept) < len(asked) else []
    sequences = [SequentialPages(builder, None) for _ in kept]
    calls = {number: _call(builder, path, key) for number, (path, key) in enumerate(kept.items())}
    stop: Stop | None = None
    requests, refused = 0, dict[int, FetchError]()
    while calls and stop is None:
        batch = yield list(calls.values())
        requests, stop = requests + batch.answered, batch.stop
        for position, (number, page) in enumerate(zip(calls, batch.pages, strict=True)):
            if page is not None:
                sequences[number].take(page)
            elif position in batch.refused:
                refused |= {} if sequences[number].pages else {number: batch.refused[position]}
                sequences[number].miss(batch.refused[position], keep=True)
        following = {number: sequences[number].next() for number in calls}
        calls = {
            number: call for number, call in following.items() if call and len(sequences[number].pages) < most_pages
        }
        cut = sum(call is not None and number not in calls for number, call in following.items())
        if cut:
            notes.append(f"{cut} parents have more than {most_pages} pages")
    severe = [error for error in refused.values() if not isinstance(error, AbsentError)]
    if not any(sequence.pages for sequence in sequences) and (severe or len(refused) == len(kept) > 0):
        raise [*severe, *refused.values()][0]  # nothing came: not one parent has any, or the path is wrong
    reached = Stop.CAP if notes else Stop.PARENTS
    notes += (troubles := [*_troubles(sequences)])
    absent = sum(isinstance(error, AbsentError) for error in refused.values())
    own = _own_end(sequences)
    complete = not notes and stop is None and own.certainty is not Certainty.OPEN
    if absent:
        notes.append(f"{absent} of {len(kept)} parents have none: the system says that they are not there")
    pages = [page for sequence in sequences for page in sequence.pages]
    notes += reported_beside(pages)
    pairs = [(page.call.parent, record) for page in pages for record in page.records]
    end = _with_parents(own, parent) if complete else ListEnd(why=own.why if own.certainty is Certainty.OPEN else "")
    return Sample(
        system,
        builder.collection,
        tuple(record for _, record in pairs),
        stop or (Stop.REFUSED if troubles and reached is Stop.PARENTS else reached),
        total=len(pairs) if end.is_proved else None,
        parents=tuple(key for key, _ in pairs),
        taken=max((page.answer.date for page in pages), default=parent.taken),
        requests=requests,
        notes=(*notes, *in_words(note for page in pages for note in page.notes)),
        end=end,
    )


def _troubles(sequences: Sequence[SequentialPages]) -> Iterator[str]:
    """Yield what was not read of the children of some parents."""
    troubles = [sequence.trouble for sequence in sequences if sequence.trouble]
    if troubles:
        yield f"the children of {len(troubles)} of {len(sequences)} parents were not all read: {troubles[0]}"


def _own_end(sequences: Sequence[SequentialPages]) -> ListEnd:
    """Judge the end of the children of all parents that were asked: it is known as far as the least known of them."""
    ends = [sequence.end for sequence in sequences if sequence.pages or sequence.stop is not Stop.ABSENT]
    for certainty, what in ((Certainty.OPEN, "{count} may have more: "), (Certainty.ASSUMED, "for {count}, ")):
        reasons = [end.why for end in ends if end.certainty is certainty]
        if reasons:
            count = what.format(count=f"{len(reasons)} of {len(sequences)} parents")
            return ListEnd(certainty, f"{count}{reasons[0]}" if reasons[0] else "")
    return ListEnd(Certainty.PROVED, "the children of every parent were read to an end that is proved")


def _with_parents(own: ListEnd, parent: Sample) -> ListEnd:
    """Limit the end of children to what is known of their parents' end."""
    if not own.is_proved or parent.end.is_proved:
        return own
    assumed = parent.end.certainty is Certainty.ASSUMED
    return ListEnd(Certainty.ASSUMED, f"that of its parents is, {parent.end.why}") if assumed else ListEnd()


def _call(builder: RequestBuilder, path: str, key: object) -> Call:
    return Call(builder.collection, path, builder.paging.ask(0, None), 1, optional=True, parent=key)


def _calls(builder: RequestBuilder, parent: Sample) -> Iterator[tuple[str, Any]]:
    """Yield the path to ask for each parent record, and the parent's key; pass over records that lack a value.

    A placeholder that is no field of the parent's record stands for the parent's own parent.
    """
    spec = builder.spec
    for record, above in zip_longest(parent.records, parent.parents):
        key = builder.key(record)
        if spec.link is not None:
            yield from ((str(url), key) for url in values_at(record, spec.link))
            continue
        known = [[value for value in values_at(record, name) if value != ""] for name in spec.placeholders]
        choices = [values or [above] * (above is not None) for values in known]
        for values in product(*choices) if choices else ():
            path = spec.list or ""
            for name, value in zip(spec.placeholders, values, strict=True):
                path = path.replace("{" + name + "}", quote(str(value), safe=""))
            yield path, key


def _spaced(asked: dict[str, Any], most: int) -> dict[str, Any]:
    """Choose at most `most` calls, spread evenly over all: the first parents alone would be one stretch of time."""
    if len(asked) <= most:
        return asked
    positions = Plan(pages=most).positions(len(asked))
    calls = list(asked.items())
    return dict(calls[position] for position in positions)


def _unique(calls: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    """Keep each path once, with the first parent that asks for it."""
    keys: dict[str, Any] = {}
    for path, key in calls:
        keys.setdefault(path, key)
    return keys
