"""WooCommerce: page numbers with totals in headers, bare arrays, customers of one role unless asked."""

from typing import ClassVar

import httpx
from systems.vendors.common import Vendor, basic, page_of


class WooCommerce(Vendor):
    name = "woocommerce"
    credentials: ClassVar = {"host": "woo.example.test", "consumer_key": "ck_fake", "consumer_secret": "cs_fake"}
    subscribers = frozenset({2, 5})

    def knows(self, request):
        return basic(request) == "ck_fake:cs_fake"

    def refusal(self):
        said = {"code": "woocommerce_rest_cannot_view", "message": "Sorry, you cannot list resources."}
        return httpx.Response(401, json={**said, "data": {"status": 401}})

    def answer(self, request, path, query):
        name = path.removeprefix("/wp-json/wc/v3/")
        if name not in {"customers", "orders"}:
            return httpx.Response(404, json={"code": "rest_no_route", "message": "No route was found"})
        size = int(query.get("per_page", 10))
        if size > 100:
            return httpx.Response(400, json={"code": "rest_invalid_param", "message": "Invalid parameter(s): per_page"})
        ids = self.orders
        if name == "customers":
            everybody = query.get("role") == "all"
            ids = [each for each in self.customers if everybody or each not in self.subscribers]
        headers = {"X-WP-Total": str(len(ids)), "X-WP-TotalPages": str(-(-len(ids) // size))}
        page = page_of(ids, int(query.get("page", 1)), size)
        return httpx.Response(200, json=[{"id": each} for each in page], headers=headers)
