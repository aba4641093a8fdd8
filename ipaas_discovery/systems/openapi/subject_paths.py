"""Find the path by which each call's collection is known: without a tenant's placeholder, and without a verb."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from ipaas_discovery.knowledge.name_words import bare, singulars
from ipaas_discovery.knowledge.request_words import request_words
from ipaas_discovery.systems.openapi.envelope import records_of
from ipaas_discovery.systems.openapi.operation import Operation
from ipaas_discovery.systems.openapi.resolver import Resolver
from ipaas_discovery.systems.openapi.url_paths import PLACEHOLDER, Path, is_root, segments, statics

__all__ = ["ACTIONS", "placed"]

ACTIONS = frozenset({"get", "create", "update", "delete"})
"""Last segments of a place that only say what a call does."""
ENDING = {"makes": "create", "changes": "update", "removes": "delete"}
MOST_VALUES = 30
"""The most values of a placeholder that give a collection each."""
Calls = Mapping[tuple[str, Path], Operation]


def placed(operations: Iterable[Operation], resolver: Resolver) -> list[Operation]:
    """Give each call the place of its collection.

    A placeholder in front of everything (`/{tenant}/orders`) and one that names the collection
    (`/objects/{type}/{id}`) stand for no record: they are the call's `scope`. One that names the collection, and whose
    values the document lists, gives a call a value. A verb at the head of a word is taken from it
    (`/orders/listorders`, `/GetCustomers`).
    """
    operations = list(operations)
    places = _Places({(call.method, segments(call.path)): call for call in operations}, resolver)
    scoped = [one for call in operations for one in places.without_scope(call)]
    verbs = _Verbs.of(scoped)
    return [verbs.without_verb(call, resolver) for call in scoped]


@dataclass(frozen=True, slots=True)
class _Places:
    """The placeholders of a document's paths that stand for no record."""

    calls: Calls
    resolver: Resolver

    def without_scope(self, call: Operation) -> Iterator[Operation]:
        """Yield the call with its place and scope, once for each listed value of a placeholder that is a collection."""
        path = segments(call.path)
        names = re.findall(r"\{([^{}]*)\}", re.split(r"[?#]", call.path, maxsplit=1)[0])
        positions = [index for index, part in enumerate(path) if part == PLACEHOLDER]
        place, scope = list(path), []
        for index, name in zip(positions, names, strict=False):
            if self._names_a_collection(path[: index + 1]):
                if values := self._values(path[: index + 1], name):
                    for value in values:
                        yield from self.without_scope(
                            replace(call, path=call.path.replace(f"{{{name}}}", value), place=())
                        )
                    return
                alone = all(map(is_root, statics(path[:index])))
                place[index] = re.sub(r"\W+", "_", name) if alone else ""
                scope.append(name)
            elif all(map(is_root, statics(path[:index]))) and len(path) > index + 1:
                place[index] = ""
                scope.append(name)
        yield replace(call, place=tuple(filter(None, place)) or path, scope=tuple(scope))

    def _names_a_collection(self, path: Path) -> bool:
        """Tell whether the last placeholder of a path chooses a collection: its GET lists, and records follow."""
        call, base = self.calls.get(("GET", path)), path[:-1]
        beneath = any(key[1] == (*path, PLACEHOLDER) for key in self.calls)
        if call is None:
            return False
        verbs = request_words().paths.listing
        if any(
            (method, (*base, *verb)) in self.calls
            for method in ("GET", "POST")
            for verb in ((), *zip(verbs, strict=True))
        ):
            return False
        records = records_of(
            replace(call, path="/" + "/".join(statics(base)), place=(*statics(base), "records")),
            self.resolver,
            sent=False,
        )
        return records.many if records else beneath

    def _values(self, path: Path, name: str) -> list[str]:
        """List the values that the document gives a placeholder anywhere below the path."""
        known = [
            call.choices[name]
            for (_, other), call in self.calls.items()
            if other[: len(path)] == path and name in call.choices
        ]
        values = [str(value) for value in dict.fromkeys(value for values in known for value in values)]
        return values if len(values) <= MOST_VALUES and all(re.fullmatch(r"[\w.-]+", value) for value in values) else []


@dataclass(frozen=True, slots=True)
class _Verbs:
    """The nouns of a document's paths, as they are written, by their bare form: alone, `behind` a verb, `glued` to one.

    A verb in lower case heads a word where another verb heads the same noun: `listorders`, `addorder`.
    """

    nouns: Mapping[str, str]
    behind: Mapping[str, int]
    glued: Mapping[str, int]

    @classmethod
    def of(cls, operations: Iterable[Operation]) -> _Verbs:
        """Collect the nouns of the calls' places."""
        nouns: dict[str, str] = {}
        behind: dict[str, set[str]] = {}
        glued: dict[str, set[str]] = {}
        for call in operations:
            for part in statics(call.place):
                verb, noun = _parted(part)
                if noun and verb:
                    for form in (noun, *singulars(noun)):
                        behind.setdefault(bare(form), set()).add(verb.lower())
                    continue
                nouns.setdefault(bare(part), part)
                if match := _glued(part):
                    for form in _forms(match[2]):
                        glued.setdefault(form, set()).add(match[1].lower())
        sizes = ({noun: len(verbs) for noun, verbs in known.items()} for known in (behind, glued))
        return cls(nouns, *sizes)

    def without_verb(self, call: Operation, resolver: Resolver) -> Operation:
        """Return the call with the noun alone in its place, and what it does with it behind that."""
        place = call.place
        index = len(place) - 1 - (place[-1] == PLACEHOLDER)
        if index < 0 or place[index] == PLACEHOLDER:
            return call
        before, behind = place[:index], place[index + 1 :]
        verb, noun = self._verb(place[index], before[-1] if before else "")
        does = request_words().verbs.does(verb)
        if not does or (does != "reads" and call.method == "GET"):
            return call
        noun = re.sub(r"(?i)_?by_?[a-z]+$", "", noun) if behind or re.match(r"(?i)by", noun) else noun
        if noun and before and bare(noun) in _forms(before[-1]):
            noun = ""
        every = not noun or bare(noun) in request_words().verbs.everything
        subject = before if every and before else (*before, self.nouns.get(bare(noun), noun))
        if every and not before:
            return call
        ending = "" if behind else self._ending(call, does, verb, subject[-1], resolver, many=every and noun != "")
        return replace(call, place=(*subject, *filter(None, (ending,)), *behind))

    def _verb(self, part: str, before: str) -> tuple[str, str]:
        """Split a verb from a word, if it is one there."""
        words = request_words().verbs
        if glued := _glued(part):
            several = any(self.glued.get(form, 0) > 1 for form in _forms(glued[2]))
            if several or (before and bare(glued[2]) in _forms(before)):
                return glued[1], glued[2]
        verb, noun = _parted(part)
        if part.lower() in {*ACTIONS, *words.makes, *words.changes, *words.removes} and before:
            return part, ""
        if verb.lower() in words.ambiguous and not self._stands_elsewhere(noun):
            return "", ""
        return verb, noun

    def _stands_elsewhere(self, noun: str) -> bool:
        """Tell whether a noun, in singular or plural, is a path's word as well, or has another verb."""
        forms = {bare(form) for form in (noun, *singulars(noun))}
        return any(form in self.nouns or self.behind.get(form, 0) > 1 for form in forms) or bare(noun) in {"", "all"}

    @staticmethod
    def _ending(call: Operation, does: str, verb: str, noun: str, resolver: Resolver, *, many: bool) -> str:
        """Name what a call does with the records, as the last segment of its place."""
        if does != "reads":
            return ENDING[does]
        listing = verb.lower() in request_words().paths.listing and verb.lower() != "list"
        if call.method == "POST":
            return verb.lower() if listing else "list"
        if listing:
            return verb.lower()
        records = records_of(replace(call, place=(*call.place[:-1], noun)), resolver, sent=False)
        plural = many or bool(singulars(noun)) if records is None else records.many or many
        return "" if plural else "get"


def _glued(part: str) -> re.Match[str] | None:
    """Split a word that begins like a verb, whatever its case."""
    words = request_words().verbs
    verbs = "|".join((*words.reads, *words.makes, *words.changes, *words.removes))
    return re.fullmatch(rf"(?i)({verbs})(.{{3,}})", part)


def _parted(part: str) -> tuple[str, str]:
    """Split a verb from the noun that it is written together with; two empty texts without one.

    >>> _parted("GetCustomers"), _parted("order.list"), _parted("add-ons"), _parted("addresses"), _parted("price-list")
    (('Get', 'Customers'), ('list', 'order'), ('add', 'ons'), ('', ''), ('', ''))
    """
    words = request_words().verbs
    verbs = "|".join((*words.reads, *words.makes, *words.changes, *words.removes))
    titled = "|".join(word.title() for word in (*words.reads, *words.makes, *words.changes, *words.removes))
    if match := re.fullmatch(rf"({verbs}|{titled})(?:[-_.]|(?=[A-Z]))(.+)", part):
        return match[1], match[2]
    if match := re.fullmatch(rf"(.+)\.({verbs}|{titled})(?:All)?", part):
        return match[2], match[1]
    return "", ""


def _forms(word: str) -> frozenset[str]:
    """List a word, its singulars and what stands for all of it, bare."""
    return frozenset(bare(form) for form in (word, *singulars(word)))
