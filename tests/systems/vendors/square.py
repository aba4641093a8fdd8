"""Square: opaque cursors, in the query or in the body of a POST that searches; locations asked for by name."""

from typing import ClassVar

import httpx
from systems.vendors.common import Vendor, body_of


class Square(Vendor):
    name = "square"
    credentials: ClassVar = {"token": "fake-square-token", "location_ids": "L1, L2"}

    def knows(self, request):
        dated = "Square-Version" in request.headers
        return dated and request.headers.get("Authorization") == "Bearer fake-square-token"

    def refusal(self):
        return self._error(401, "AUTHENTICATION_ERROR", "UNAUTHORIZED")

    def busy(self):
        return self._error(429, "RATE_LIMIT_ERROR", "RATE_LIMITED")

    def answer(self, request, path, query):
        if (request.method, path) == ("GET", "/v2/customers"):
            counted = {"count": len(self.customers)} if query.get("count") == "true" else {}
            return self._page("customers", self.customers, query, counted)
        if (request.method, path) == ("POST", "/v2/orders/search"):
            body = body_of(request)
            if body.get("location_ids") != ["L1", "L2"]:
                return self._error(400, "INVALID_REQUEST_ERROR", "MISSING_REQUIRED_PARAMETER")
            return self._page("orders", self.orders, body, {})
        return self._error(404, "INVALID_REQUEST_ERROR", "NOT_FOUND")

    def _page(self, name, ids, asked, counted):
        start = int(asked["cursor"][::-1], 36) if asked.get("cursor") else 0
        size = int(asked.get("limit", 100))
        found = {name: [{"id": str(each)} for each in ids[start : start + size]], **counted}
        if start + size < len(ids):
            found["cursor"] = f"00{start + size}"[::-1]
        return httpx.Response(200, json=found)

    @staticmethod
    def _error(status, category, code):
        return httpx.Response(status, json={"errors": [{"category": category, "code": code, "detail": code}]})
