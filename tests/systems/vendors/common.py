"""What every fake vendor shares: it records what it was asked, refuses the unknown, is busy when told to."""

from __future__ import annotations

import base64
import json
import re
from threading import Lock
from typing import ClassVar

import httpx


class Vendor:
    """A small server of one vendor's manners, as an httpx transport's handler."""

    name = ""
    environment = None
    credentials: ClassVar = {}
    customers = tuple(range(1, 8))
    orders = tuple(range(101, 109))
    reads = ("customers", "orders")
    """The collections that a test pulls."""
    logs_in_at = ()

    def __init__(self, busy_at=()):
        self.seen, self.busy_at, self.refuse_all = [], set(busy_at), False
        self.lock = Lock()

    def transport(self):
        return httpx.MockTransport(self.handle)

    def handle(self, request):
        self.seen.append(request)
        if str(request.url) in self.logs_in_at:
            return self.log_in(request)
        if self.refuse_all or not self.knows(request):
            return self.refusal()
        if len(self.seen) in self.busy_at:
            return self.busy()
        with self.lock:
            self._sort(request)
            return self.answer(request, request.url.path, dict(request.url.params))

    def _sort(self, request):
        """The newest first, where a parameter or the body asks for that in whatever words."""
        words = [*request.url.params.values(), *re.findall(r'"([^"]*)"', request.content.decode())]
        turned = any(re.search(r"(^|\W)desc$|^-", word, re.IGNORECASE) for word in words)
        for name in ("customers", "orders"):
            setattr(self, name, getattr(type(self), name)[:: -1 if turned else 1])

    def expected(self, collection):
        """The ids, as text, that a complete pull brings."""
        return sorted(str(each) for each in getattr(self, collection))

    def knows(self, request):
        raise NotImplementedError

    def answer(self, request, path, query):
        raise NotImplementedError

    def refusal(self):
        return httpx.Response(401, json={"message": "Unauthorized"})

    def busy(self):
        return httpx.Response(429, json={"message": "Too Many Requests"}, headers={"Retry-After": "0"})

    def missing(self):
        return httpx.Response(404, json={"message": "Not Found"})


def basic(request):
    """User name and password of HTTP Basic."""
    scheme, _, text = request.headers.get("Authorization", "").partition(" ")
    return base64.b64decode(text).decode() if scheme == "Basic" else ""


def body_of(request):
    return json.loads(request.content)


def page_of(ids, page, size):
    """One page of `ids`; the first is 1."""
    return ids[(page - 1) * size : page * size]
