"""Calls sent through the client, and the records found in their answers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Protocol

from ipaas_discovery.errors import NotReadOnlyError, ResponseError
from ipaas_discovery.samples.requests.page import Call, LazyPage, Page
from ipaas_discovery.systems.answers.answer import Answer
from ipaas_discovery.systems.answers.error_in_body import EXCERPT, new_trouble, remark_in
from ipaas_discovery.systems.answers.notes import Note
from ipaas_discovery.systems.answers.record_list import LEFT_OUT, RecordList, lacks_list_alone, records_at
from ipaas_discovery.systems.connectors.collection import HEAD
from ipaas_discovery.systems.connectors.connector import Connector
from ipaas_discovery.systems.http.client import Client

__all__ = ["Requester", "Send"]


class Send(Protocol):
    """Anything that sends a call: a `Requester`, or one that counts what it sends."""

    def __call__(self, call: Call) -> Page:
        """Give the page that `call` brings."""


@dataclass(frozen=True, slots=True)
class Requester:
    """Sends calls through the client, by GET or where the collection is searched by POST, and finds their records.

    An empty page that shows an error, compared with the first page of its collection that had records, is a refusal.
    """

    connector: Connector
    client: Client
    on_page: Callable[[str, int], None] | None = None
    _before: dict[str, Any] = field(default_factory=dict, init=False, repr=False, compare=False)

    def __call__(self, call: Call) -> Page:
        """Give the page that `call` brings.

        Raises:
            FetchError: if the system does not give it.
        """
        return self.fetch(call)()

    def fetch(self, call: Call) -> LazyPage:
        """Send the call and wait for its answer, which is parsed when the result is called."""
        try:
            return LazyPage(partial(self._page, call, self._answer(call)))
        except NotReadOnlyError as error:
            room = "collections" if call.collection in self.connector.collections else "delivery"
            line = self.connector.place(room, call.collection, self._setting(call))
            raise NotReadOnlyError(error.what, where=error.where, then=f"the kit only reads; see {line}") from None

    def _setting(self, call: Call) -> str:
        """Name the connector's setting by which a call was built."""
        spec = self.connector.collection(call.collection)
        if call.bare and call.path == (spec.count or "").removeprefix(HEAD):
            return "count"
        if not call.fixed:  # built from an answer
            return "link" if spec.link else "detail" if call.bare else "paging"
        return next((source for source in ("search", "link", "list") if getattr(spec, source)), "")

    def _page(self, call: Call, read: Callable[[], Answer]) -> Page:
        answer = read()
        listed = RecordList([])
        if not call.bare:
            listed = self._listed(call.collection, answer)
            self._compare(call.collection, answer, listed)
            if self.on_page:
                self.on_page(call.collection, len(listed.records))
        return Page(call, answer, listed.records, (*answer.notes, *listed.notes))

    def _listed(self, collection: str, answer: Answer) -> RecordList:
        """Find the records; where a later answer has no list, what it says in its place is the reason.

        Raises:
            ResponseError: if there is no list.
        """
        single, before = self.connector.collection(collection).single, self._before.get(collection)
        try:
            return records_at(answer, self.connector.records_of(collection), single=single)
        except ResponseError:
            text = before and (new_trouble(before, answer.body) or remark_in(before, answer.body))
            if before and not text and lacks_list_alone(before, answer.body, self.connector.records_of(collection)):
                return RecordList([], (Note(LEFT_OUT),))
            if not text:
                raise
        what = f"The system answered {answer.status} without a list and with `{text:.{EXCERPT}}`"
        raise ResponseError(what, where=answer.request, then="do what it says, and pull again")

    def _compare(self, collection: str, answer: Answer, listed: RecordList) -> None:
        """Raise if an empty page shows an error that none of the pages before it had.

        Raises:
            ResponseError: with what the answer says.
        """
        if listed.records:
            self._before.setdefault(collection, answer.body)
        elif error := new_trouble(self._before.get(collection), answer.body):
            what = f"The system answered {answer.status} with an empty page and `{error:.{EXCERPT}}`"
            raise ResponseError(what, where=answer.request, then="do what it says, and pull again")

    def _answer(self, call: Call) -> Callable[[], Answer]:
        spec = self.connector.collection(call.collection)
        fixed = spec.query if call.fixed else {}
        params = {**fixed, **call.ask.params} or None
        if spec.search is None or call.path != spec.search.path:
            path = self.client.linked(call.path) if spec.link or not (call.fixed or call.bare) else call.path
            return self.client.fetch(path, params, method=call.method, headers=call.ask.headers)
        body = spec.search.payload(call.ask)
        answer = self.client.search(call.path, body, params, headers=call.ask.headers, sent_as=spec.search.sent_as)
        return lambda: answer
