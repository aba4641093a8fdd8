"""Shopify REST: opaque page_info in the Link header, open orders unless asked, a bucket of calls."""

from typing import ClassVar

import httpx
from systems.vendors.common import Vendor


class Shopify(Vendor):
    name = "shopify"
    credentials: ClassVar = {"shop": "plain-shop", "token": "fake-shopify-token"}
    closed = frozenset({103, 107})

    def knows(self, request):
        return request.headers.get("X-Shopify-Access-Token") == self.credentials["token"]

    def refusal(self):
        said = "[API] Invalid API key or access token (unrecognized login or wrong password)"
        return httpx.Response(401, json={"errors": said})

    def busy(self):
        said = {"errors": "Exceeded 2 calls per second for api client."}
        return httpx.Response(429, json=said, headers={"Retry-After": "0.01", **self.bucket(40)})

    def answer(self, request, path, query):
        root = "/admin/api/2026-07"
        if path == f"{root}/orders/count.json":
            return httpx.Response(200, json={"count": len(self._orders(query))})
        if path == f"{root}/customers/count.json":
            return httpx.Response(200, json={"count": len(self.customers)})
        name = path.removeprefix(f"{root}/").removesuffix(".json")
        if name not in {"customers", "orders"}:
            return httpx.Response(404, json={"errors": "Not Found"})
        if "page_info" in query and set(query) - {"page_info", "limit"}:
            return httpx.Response(400, json={"errors": {"page_info": "Invalid value."}})
        start, status = 0, query.get("status", "open")
        if "page_info" in query:
            status, _, text = bytes.fromhex(query["page_info"]).decode().partition("|")
            start = int(text)
        ids = self._orders({"status": status}) if name == "orders" else self.customers
        size = int(query.get("limit", 50))
        headers = self.bucket(1)
        if start + size < len(ids):
            cursor = f"{status}|{start + size}".encode().hex()
            url = f"https://plain-shop.myshopify.com{path}?limit={size}&page_info={cursor}"
            headers["Link"] = f'<{url}>; rel="next"'
        return httpx.Response(200, json={name: [{"id": each} for each in ids[start : start + size]]}, headers=headers)

    def _orders(self, query):
        return (
            self.orders if query.get("status") == "any" else [each for each in self.orders if each not in self.closed]
        )

    @staticmethod
    def bucket(used):
        return {"X-Shopify-Shop-Api-Call-Limit": f"{used}/40"}
