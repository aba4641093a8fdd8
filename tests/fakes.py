"""A small system to pull from: an httpx transport that answers from a dict of path → answer."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

import httpx

from ipaas_discovery.samples.storage.answer_policy import AnswerPolicy
from ipaas_discovery.system import System
from ipaas_discovery.systems.connectors.connector import Connector

Answer = Any | Callable[[httpx.Request], httpx.Response]
NAMES = [{"id": number, "name": f"n{number}"} for number in range(1, 48)]


class Fake(httpx.MockTransport):
    """Remembers the requests it saw; a path it does not know is a 404."""

    def __init__(self, answers: Mapping[str, Answer]) -> None:
        self.answers, self.requests = answers, []
        super().__init__(self._answer)

    def _answer(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        answer = self.answers.get(request.url.path, httpx.Response(404, json={"title": "no such thing"}))
        if callable(answer):
            try:
                return answer(request)
            except ValueError:  # a parameter that is no number, as where one holds two
                return httpx.Response(400, json={"title": "no such value"})
        return answer if isinstance(answer, httpx.Response) else httpx.Response(200, json=answer)


def system(answers: Mapping[str, Answer] | Fake, collections: dict[str, Any], **settings: Any) -> System:
    """A System over fake answers, with a connector of these collections and settings."""
    transport = answers if isinstance(answers, Fake) else Fake(answers)
    connector = Connector.model_validate(
        {
            "name": "fake",
            "title": "Fake",
            "default_environment": "test",
            "environments": {"test": {"base_url": "http://fake.test"}},
            "collections": collections,
            **settings,
        }
    )
    credentials = {"token": "s3cret-token", "password": "s3cret-pass"}
    return System(connector, transport=transport, credentials=credentials, answers=AnswerPolicy(raw=True))


def numbered(records: list[dict[str, Any]], *, size: int = 10, total: bool = True, past_end: str = "empty"):
    """A list call with `page` and `limit`; past its end an empty list, a 204, or the last page again."""

    def answer(request: httpx.Request) -> httpx.Response:
        page, limit = int(request.url.params.get("page", 1)), int(request.url.params.get("limit", size))
        found = records[(page - 1) * limit : page * limit]
        if not found and past_end == "204":
            return httpx.Response(204)
        if not found and past_end == "repeat":
            found = records[-limit:]
        body = {"data": found, "meta": {"pagination": {"total": len(records)}} if total else {}}
        return httpx.Response(200, json=body, headers={"Date": "Mon, 02 Nov 2026 09:00:00 GMT"})

    return answer


def cursored(records: list[dict[str, Any]], *, size: int = 10, endless: bool = False):
    """A list call whose body holds the cursor of the next page."""

    def answer(request: httpx.Request) -> httpx.Response:
        start = int(request.url.params.get("after", 0))
        found, end = records[start : start + size], start + size
        following = 0 if endless and end >= len(records) else end
        more = endless or end < len(records)
        return httpx.Response(200, content=json.dumps({"data": found, "next": str(following) if more else None}))

    return answer
