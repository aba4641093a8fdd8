"""The five calls of a collection: which of the calls on its paths lists, reads, makes, changes and deletes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from ipaas_discovery.knowledge.name_words import singulars
from ipaas_discovery.knowledge.request_words import request_words
from ipaas_discovery.systems.openapi.envelope import records_of
from ipaas_discovery.systems.openapi.operation import Operation, Operations
from ipaas_discovery.systems.openapi.resolver import Resolver
from ipaas_discovery.systems.openapi.url_paths import PLACEHOLDER, Path

__all__ = ["CallFinder", "variants"]

WRITES = ("PATCH", "PUT", "POST")
Call = tuple[str, Path]


def variants(base: Path, calls: Mapping[Call, object]) -> list[Path]:
    """The path itself, and with its last word in the singular: `/Products` is read at `/Product/{id}`.

    A path in the singular is something else if it is read without an id, or if records of both are read by id.
    """
    own = ("GET", (*base, PLACEHOLDER)) in calls
    ones = [(*base[:-1], one) for one in singulars(base[-1])]
    apart = {one for one in ones if own and ("GET", (*one, PLACEHOLDER)) in calls}
    apart |= {
        one
        for one in ones
        if any(("GET", path) in calls for path in (one, *((*one, v) for v in request_words().paths.listing)))
    }
    return [base, *(one for one in ones if one not in apart)]


@dataclass(frozen=True, slots=True)
class CallFinder:
    """Finds a collection's calls among all calls of a document, by method and path."""

    calls: Mapping[Call, Operation]
    resolver: Resolver

    def operations(self, bases: Sequence[Path]) -> Operations:
        """The calls of a collection on its paths, the first path before the others."""
        found = [self._on(base) for base in bases]

        def first(name: str) -> Operation | None:
            return next((call for each in found if (call := getattr(each, name)) is not None), None)

        return Operations(first("list"), first("detail"), first("create"), first("update"), first("delete"))

    def _on(self, base: Path) -> Operations:
        paths = variants(base, self.calls)
        by_id = [(*path, PLACEHOLDER) for path in paths]
        detail = self._first([("GET", path) for path in by_id])
        listed = self._list(base, detail)
        create = self._create(paths, by_id)
        # The call without an id is of one record only where that is all there is.
        alone = None if listed or detail else self._first([("GET", base)])
        read = listed or detail or alone
        if alone and create and create.method == "POST" and not self._has(("PUT", "PATCH"), paths):
            return Operations(None, alone, None, create, self._first([("DELETE", base)]))
        return Operations(
            list=listed,
            detail=detail or alone,
            create=create,
            update=self._update(paths, by_id, create, read),
            delete=self._first([("DELETE", path) for path in (*by_id, *paths)]),
        )

    def _list(self, base: Path, detail: Operation | None) -> Operation | None:
        searches = [
            ("GET", base),
            *((method, (*base, verb)) for method in ("GET", "POST") for verb in sorted(request_words().paths.listing)),
        ]
        found = [call for each in searches if (call := self.calls.get(each))]
        many = [call for call in found if (held := records_of(call, self.resolver, sent=False)) and held.many]
        told = [call for call in found if self.resolver.node(call.response).holds]
        if many:
            return many[0]
        # One record where all that is told is one record; nothing told, and ids below, is a list.
        return found[0] if found and (found[0] not in told or detail) else None

    def _create(self, paths: Sequence[Path], by_id: Sequence[Path]) -> Operation | None:
        """POST on the path; else PUT on it, where that is called so, or something else changes records by id."""
        wanted = [("POST", path) for path in paths]
        wanted += [("POST", (*path, verb)) for path in paths for verb in request_words().paths.creating]
        posts = [call for each in wanted if (call := self.calls.get(each))]
        puts = [call for path in paths if (call := self.calls.get(("PUT", path)))]
        made = [call for call in posts if _does(call) != {"changes"} and _does(call) != {"removes"}]
        made += [call for call in puts if "makes" in _does(call)]
        if made or posts:
            return (made or posts)[0]
        if puts and self._has(("POST", "PUT", "PATCH"), by_id):
            return puts[0]
        many = _many("create", "insert", "upsert", "")
        return self._first([("POST", (*path, verb)) for path in paths for verb in many])

    def _update(
        self, paths: Sequence[Path], by_id: Sequence[Path], create: Operation | None, read: Operation | None
    ) -> Operation | None:
        """By id before many at once; PATCH, which asks for least, before PUT; one that takes the same record first."""
        wanted = [(method, path) for path in by_id for method in ("PATCH", "PUT", "POST")]
        wanted += [(method, (*path, verb)) for path in by_id for verb in ("update", "edit") for method in WRITES]
        wanted += [(method, path) for path in paths for method in ("PATCH", "PUT")]
        wanted += [(way, (*path, verb)) for path in paths for verb in ("update", "create") for way in ("PUT", "PATCH")]
        wanted += [(way, (*path, verb)) for path in paths for verb in _many("update", "upsert", "") for way in WRITES]
        found = [call for each in wanted if (call := self.calls.get(each)) and call is not create]
        found = [call for call in found if _does(call) not in ({"makes"}, {"removes"})]
        posts = [call for path in paths if (call := self.calls.get(("POST", path)))]
        found += [call for call in posts if "changes" in _does(call)]
        same = self._record(read, sent=False)
        same_record = [call for call in found if same and self._record(call, sent=True) == same]
        told = [call for call in found if call.request is not None and self.resolver.node(call.request).told]
        return next(iter((*same_record, *told, *found)), None)

    def _record(self, call: Operation | None, *, sent: bool) -> str:
        """What the document calls the record that a call takes or gives; empty where it has no name."""
        held = records_of(call, self.resolver, sent=sent) if call else None
        ref = held.schema.get("$ref") if held and isinstance(held.schema, dict) else ""
        return ref if isinstance(ref, str) else ""

    def _has(self, methods: Iterable[str], paths: Iterable[Path]) -> bool:
        return any((method, path) in self.calls for path in paths for method in methods)

    def _first(self, wanted: Iterable[Call]) -> Operation | None:
        return next((self.calls[each] for each in wanted if each in self.calls), None)


def _many(*does: str) -> list[str]:
    return list(
        dict.fromkeys(
            each for done in does for form in request_words().paths.many if (each := form.format(done).strip("-_"))
        )
    )


def _does(call: Operation) -> set[str]:
    """What the call's own name says of it; nothing where the document gives it none."""
    return {word for word, pattern in request_words().done.items() if pattern.search(call.name)}
