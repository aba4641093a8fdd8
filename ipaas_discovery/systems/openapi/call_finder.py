"""Find the five calls of a collection: those that list, read, create, update and delete its records."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from ipaas_discovery.knowledge.name_words import singulars
from ipaas_discovery.knowledge.request_words import request_words
from ipaas_discovery.systems.openapi.envelope import records_of
from ipaas_discovery.systems.openapi.operation import Operation, Operations
from ipaas_discovery.systems.openapi.resolver import Resolver
from ipaas_discovery.systems.openapi.url_paths import PLACEHOLDER, Path, statics

__all__ = ["CallFinder", "variants"]

WRITES = ("PATCH", "PUT", "POST")
DEEDS = ("makes", "changes", "removes")
Call = tuple[str, Path]


def variants(base: Path, calls: Mapping[Call, object]) -> list[Path]:
    """List the path itself, and with its last word in the singular: `/Products` is read at `/Product/{id}`.

    A path in the singular is another collection if it is read without an id, or if records of both are read by id.
    """
    own = ("GET", (*base, PLACEHOLDER)) in calls
    singular_paths = [(*base[:-1], word) for word in singulars(base[-1])]
    others = {path for path in singular_paths if own and ("GET", (*path, PLACEHOLDER)) in calls}
    others |= {
        path
        for path in singular_paths
        if any(
            ("GET", listed) in calls for listed in (path, *((*path, verb) for verb in request_words().paths.listing))
        )
    }
    return [base, *(path for path in singular_paths if path not in others)]


@dataclass(frozen=True, slots=True)
class CallFinder:
    """A finder of a collection's calls among all calls of a document, by method and path."""

    calls: Mapping[Call, Operation]
    resolver: Resolver

    def operations(self, bases: Sequence[Path]) -> Operations:
        """Find the calls of a collection on its paths, the first path before the others."""
        candidates = [self._on(base) for base in bases]

        def first(name: str) -> Operation | None:
            return next((call for calls in candidates if (call := getattr(calls, name)) is not None), None)

        return Operations(first("list"), first("detail"), first("create"), first("update"), first("delete"))

    def completed(self, calls: Operations, base: Path, beside: Iterable[Operation]) -> Operations:
        """Add to a list the calls on other paths that take the very record which it gives: `/inventory/set`.

        Args:
            calls: the collection's calls.
            base: its path.
            beside: the calls that no list has; those below the path, or named as the collection is, count.
        """
        record = self._record(calls.list, sent=False)
        near = [call for call in beside if record and _is_named(call, base)]
        taking = [call for call in near if call.method in WRITES and self._record(call, sent=True) == record]
        made = [call for call in taking if call.place[-1] != PLACEHOLDER and call.method == "POST"]
        changed = [call for call in taking if _does(call) != {"makes"}]
        changed = [call for call in changed if call not in made or "changes" in _does(call)]
        ids = {(*call.place, PLACEHOLDER) if call in made else call.place for call in taking}
        ids |= {call.place for call in near if call.method == "GET" and self._record(call, sent=False) == record}
        one = {call.method: call for call in near if call.place[-1] == PLACEHOLDER and call.place in ids}
        create = calls.create if not made or self._record(calls.create, sent=True) == record else made[0]
        update = calls.update or next(iter(changed), None) or one.get("PATCH") or one.get("PUT")
        if update is None and create and "changes" in _does(create):
            update = create
        if create is None and update and _upserts(update):
            create = update
        return replace(
            calls,
            detail=calls.detail or one.get("GET"),
            create=create,
            update=update,
            delete=calls.delete or one.get("DELETE"),
        )

    def _on(self, base: Path) -> Operations:
        """Find the calls of a collection on one path."""
        paths = variants(base, self.calls)
        by_id = [(*path, PLACEHOLDER) for path in paths]
        detail = self._first([("GET", path) for path in by_id])
        listed = self._list(base, detail)
        create = self._create(paths, by_id)
        # a call without an id is one of a single record only if there is no other
        alone = None if listed or detail else self._first([("GET", base)])
        read = listed or detail or alone
        if alone and create and create.method == "POST" and not self._has(("PUT", "PATCH"), paths):
            return Operations(None, alone, None, create, self._first([("DELETE", base)]))
        return Operations(
            list=listed,
            detail=detail or alone,
            create=create,
            update=self._update(paths, by_id, create, read),
            delete=self._delete(paths, by_id),
        )

    def _list(self, base: Path, detail: Operation | None) -> Operation | None:
        """Find the call that lists the records."""
        keys = [
            ("GET", base),
            *((method, (*base, verb)) for method in ("GET", "POST") for verb in sorted(request_words().paths.listing)),
        ]
        candidates = [call for key in keys if (call := self.calls.get(key))]
        many = [
            call for call in candidates if (records := records_of(call, self.resolver, sent=False)) and records.many
        ]
        described = [call for call in candidates if self.resolver.node(call.response).has_content]
        if many:
            return many[0]
        # an answer described as a single record makes a list only beside a detail call
        return candidates[0] if candidates and (candidates[0] not in described or detail) else None

    def _create(self, paths: Sequence[Path], by_id: Sequence[Path]) -> Operation | None:
        """Find POST on the path, else PUT if its name says so, or if another call updates records by id."""
        wanted = [("POST", path) for path in paths]
        wanted += [("POST", (*path, verb)) for path in paths for verb in request_words().paths.creating]
        posts = [call for key in wanted if (call := self.calls.get(key))]
        puts = [call for path in paths if (call := self.calls.get(("PUT", path)))]
        made = [call for call in posts if _does(call) != {"changes"} and _does(call) != {"removes"}]
        made += [call for call in puts if "makes" in _does(call)]
        if made or posts:
            return (made or posts)[0]
        if puts and self._has(("POST", "PUT", "PATCH"), by_id):
            return puts[0]
        many = _many("create", "insert", "upsert", "")
        return self._first([("POST", (*path, *verb)) for path in paths for verb in many])

    def _update(
        self, paths: Sequence[Path], by_id: Sequence[Path], create: Operation | None, read: Operation | None
    ) -> Operation | None:
        """Find the update: by id before many at once, PATCH before PUT, a call that takes the same record first."""
        wanted = [(method, path) for path in by_id for method in ("PATCH", "PUT", "POST")]
        wanted += [(method, (*path, verb)) for path in by_id for verb in ("update", "edit") for method in WRITES]
        wanted += [(method, path) for path in paths for method in ("PATCH", "PUT")]
        wanted += [(way, (*path, verb)) for path in paths for verb in ("update", "create") for way in ("PUT", "PATCH")]
        wanted += [("POST", (*path, "update")) for path in paths]
        wanted += [(way, (*path, *verb)) for path in paths for verb in _many("update", "upsert", "") for way in WRITES]
        candidates = [call for key in wanted if (call := self.calls.get(key)) and call is not create]
        candidates = [call for call in candidates if _does(call) not in ({"makes"}, {"removes"})]
        posts = [call for path in paths if (call := self.calls.get(("POST", path)))]
        candidates += [call for call in posts if "changes" in _does(call)]
        record = self._record(read, sent=False)
        same_record = [call for call in candidates if record and self._record(call, sent=True) == record]
        described = [
            call for call in candidates if call.request is not None and self.resolver.node(call.request).is_described
        ]
        return next(iter((*same_record, *described, *candidates)), None)

    def _delete(self, paths: Sequence[Path], by_id: Sequence[Path]) -> Operation | None:
        """Find the delete: by id before many at once, then a call whose path names it."""
        named = [(method, (*path, "delete")) for path in (*by_id, *paths) for method in ("DELETE", "POST")]
        return self._first([*(("DELETE", path) for path in (*by_id, *paths)), *named])

    def _record(self, call: Operation | None, *, sent: bool) -> str:
        """Name the schema of the record that a call takes or returns; empty without a name."""
        records = records_of(call, self.resolver, sent=sent) if call else None
        ref = records.schema.get("$ref") if records and isinstance(records.schema, dict) else ""
        return ref if isinstance(ref, str) else ""

    def _has(self, methods: Iterable[str], paths: Iterable[Path]) -> bool:
        """Tell whether there is a call of one of the methods on one of the paths."""
        return any((method, path) in self.calls for path in paths for method in methods)

    def _first(self, wanted: Iterable[Call]) -> Operation | None:
        """Return the first of the calls that exists."""
        return next((self.calls[key] for key in wanted if key in self.calls), None)


def _is_named(call: Operation, base: Path) -> bool:
    """Tell whether a call stands below a path, or its last word is the path's, in the singular or the plural."""
    words = statics(call.place)
    forms = {base[-1], *singulars(base[-1])}
    return call.place[: len(base)] == base or bool(words and forms & {words[-1], *singulars(words[-1])})


def _many(*verbs: str) -> list[Path]:
    """List the last segments of calls that do something to many records: `batch-update`, `batch/update`."""
    forms = [form.format(verb).strip("-_/") for verb in verbs for form in request_words().paths.many]
    return list(dict.fromkeys(tuple(form.split("/")) for form in forms if form))


def _does(call: Operation) -> set[str]:
    """Read from the call's own name, or its summary, what it does; empty without either."""
    does = {word for word in DEEDS if request_words().done[word].search(call.name)}
    return does | {"makes", "changes"} if _upserts(call) else does


def _upserts(call: Operation) -> bool:
    """Tell whether a call's name or its summary says that it makes a record or changes it."""
    return any(map(request_words().upserts, (call.name, call.summary)))
