"""Medusa: a token for a log-in, offset and limit with a count."""

from typing import ClassVar

import httpx
from systems.vendors.common import Vendor, body_of


class Medusa(Vendor):
    name = "medusa"
    credentials: ClassVar = {"host": "medusa.example.test", "email": "ada@example.test", "password": "fake-password"}
    logs_in_at = ("https://medusa.example.test/auth/user/emailpass",)

    def log_in(self, request):
        if body_of(request) != {"email": "ada@example.test", "password": "fake-password"}:
            return httpx.Response(401, json={"type": "unauthorized", "message": "Invalid email or password"})
        return httpx.Response(200, json={"token": "issued-medusa-token"})

    def knows(self, request):
        return request.headers.get("Authorization") == "Bearer issued-medusa-token"

    def answer(self, request, path, query):
        name = path.removeprefix("/admin/")
        if name not in {"customers", "orders"}:
            return self.missing()
        ids = getattr(self, name)
        start, size = int(query.get("offset", 0)), int(query.get("limit", 15))
        found = [{"id": f"{name}_{each}"} for each in ids[start : start + size]]
        return httpx.Response(200, json={name: found, "count": len(ids), "offset": start, "limit": size})

    def expected(self, collection):
        return sorted(f"{collection}_{each}" for each in getattr(self, collection))
