"""List calls that page in every way, right and wrong: what a probe has to see through."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

import httpx

DATE = {"Date": "Mon, 02 Nov 2026 09:00:00 GMT"}
STATES = ("open", "paid", "void")


def orders(count: int, start: int = 1) -> list[dict[str, Any]]:
    """Orders, one a day, the first 40 of one state, a rare field in a late stretch of them."""
    made = []
    for number in range(start, start + count):
        day = f"{2020 + number // 336}-{1 + number // 28 % 12:02d}-{1 + number % 28:02d}T10:00:00Z"
        state = "open" if number <= 40 else STATES[number % 3]
        made.append({"id": number, "status": state, "updated_at": day, "total": f"{number}.00"})
        if number % 50 == 0:
            made[-1]["gift"] = {"note": "x"}
    return made


@dataclass
class Api:
    """One list, with the manners it is given; remembers the queries it saw."""

    records: list[dict[str, Any]]
    style: str = "page"
    page: str = "page"
    size: str | None = "limit"
    base: int = 1
    default: int = 10
    most: int = 250
    total: int | None = -1
    past: str = "empty"
    below: str = "error"
    shuffled: bool = False
    grows: bool = False
    filters: tuple[str, ...] = ()
    since: str | None = None
    until: str | None = None
    sort: bool = False
    headers: dict[str, str] = field(default_factory=dict)
    place: str = "data"
    queries: list[dict[str, str]] = field(default_factory=list)

    def __call__(self, request: httpx.Request) -> httpx.Response:
        query = dict(request.url.params)
        self.queries.append(query)
        records = self._selected(query)
        if self.grows:
            records = orders(len(self.queries) * 3, start=9000)[::-1] + records
        if self.shuffled:
            start = 7 * len(self.queries) % len(records)
            records = records[start:] + records[:start]
        limit = min(self.most, int(query.get(self.size, self.default))) if self.size else self.default
        return getattr(self, f"_{self.style}")(records, query, limit)

    def _selected(self, query: dict[str, str]) -> list[dict[str, Any]]:
        wanted = {name: query[name] for name in self.filters if name in query}
        found = [each for each in self.records if all(str(each.get(name)) == value for name, value in wanted.items())]
        if self.since and self.since in query:
            found = [record for record in found if record["updated_at"] >= query[self.since]]
        if self.until and self.until in query:
            found = [record for record in found if record["updated_at"] < query[self.until]]
        if self.sort and query.get("sort"):
            found = sorted(found, key=lambda record: record["updated_at"], reverse=query["sort"] == "-updated_at")
        return found

    def _answer(self, found: list[dict[str, Any]], count: int, **more: Any) -> httpx.Response:
        total = {} if self.total is None else {"total": count if self.total < 0 else self.total}
        body: Any = found if self.place == "" else {self.place: found, **total, **more}
        return httpx.Response(200, content=json.dumps(body), headers={**DATE, **self.headers})

    def _page(self, records, query, limit):
        number = int(query.get(self.page, self.base)) - self.base
        if number < 0:
            if self.below == "error":
                return httpx.Response(400, json={"title": "no such page"})
            number = 0
        found = records[number * limit : (number + 1) * limit]
        if not found and self.past == "endless":
            found = orders(limit, start=10_000 + number * limit)
        if not found and self.past == "repeat":
            found = records[(len(records) - 1) // limit * limit :]
        if not found and number and self.past == "204":
            return httpx.Response(204)
        if not found and number and self.past == "error":
            return httpx.Response(404, json={"title": "past the end"})
        return self._answer(found, len(records))

    def _offset(self, records, query, limit):
        start = int(query.get(self.page, 0))
        return self._answer(records[start : start + limit], len(records))

    def _cursor(self, records, query, limit):
        start = int(query.get(self.page, "c0").removeprefix("c"))
        following = f"c{start + limit}" if start + limit < len(records) else None
        return self._answer(records[start : start + limit], len(records), next_cursor=following)

    def _url(self, records, query, limit):
        start = int(query.get("start_at", 0))
        url = (
            f"http://fake.test/orders?start_at={start + limit}&limit={limit}" if start + limit < len(records) else None
        )
        more = {"Link": f'<{url}>; rel="next"'} if url and self.page == "link" else {}
        body = {} if self.page == "link" else {"next": url}
        answer = self._answer(records[start : start + limit], len(records), **body)
        answer.headers.update(more)
        return answer
