"""BigCommerce: v3 in an envelope with a total, v2 bare with a count call and a 204 at the end, quotas in windows."""

from typing import ClassVar

import httpx
from systems.vendors.common import Vendor, page_of

ROOT = "/stores/fake-hash"


class BigCommerce(Vendor):
    name = "bigcommerce"
    environment = "production"
    credentials: ClassVar = {"store_hash": "fake-hash", "token": "fake-bigcommerce-token"}

    def knows(self, request):
        return request.headers.get("X-Auth-Token") == "fake-bigcommerce-token"

    def refusal(self):
        title = "Unauthorized: check that the token has the required OAuth scope"
        return httpx.Response(401, json={"status": 401, "title": title, "type": "https://developer.bigcommerce.com"})

    def busy(self):
        """No Retry-After: the window's own headers say when there are more calls."""
        return httpx.Response(429, json={"status": 429, "title": "Too many requests"}, headers=self.window(0))

    def answer(self, request, path, query):
        size = int(query.get("limit", 50))
        if size > 250:
            return httpx.Response(422, json={"status": 422, "title": "The limit must be at most 250"})
        page = int(query.get("page", 1))
        if path == f"{ROOT}/v3/customers":
            found = [{"id": each} for each in page_of(self.customers, page, size)]
            told = {"total": len(self.customers), "count": len(found), "per_page": size, "current_page": page}
            meta = {"pagination": {**told, "total_pages": -(-len(self.customers) // size)}}
            return httpx.Response(200, json={"data": found, "meta": meta}, headers=self.window(150))
        if path == f"{ROOT}/v2/orders/count":
            return httpx.Response(200, json={"count": len(self.orders), "statuses": []}, headers=self.window(150))
        if path == f"{ROOT}/v2/orders":
            found = page_of(self.orders, page, size)
            if not found:
                return httpx.Response(204, headers=self.window(150))
            return httpx.Response(200, json=[{"id": each} for each in found], headers=self.window(150))
        return httpx.Response(404, json={"status": 404, "title": "The requested resource was not found."})

    @staticmethod
    def window(left):
        return {
            "X-Rate-Limit-Requests-Left": str(left), "X-Rate-Limit-Requests-Quota": "150",
            "X-Rate-Limit-Time-Window-Ms": "30000", "X-Rate-Limit-Time-Reset-Ms": "15",
        }  # fmt: skip
