"""NCR Counterpoint: two secrets at once, Page and Rows only together, no total, no list of documents."""

from typing import ClassVar

import httpx
from systems.vendors.common import Vendor, basic, page_of


class Counterpoint(Vendor):
    name = "counterpoint"
    credentials: ClassVar = {
        "host": "till.example.test:52000",
        "company": "Plain",
        "username": "MGR",
        "password": "fake-password",
        "api_key": "fake-key",
        "location": "MAIN",
    }
    customers = tuple(f"C-{number:03}" for number in range(1, 9))
    inventory = tuple(f"ITEM{number}" for number in range(6))
    products = inventory
    reads = ("customers", "inventory", "products")
    paths: ClassVar = {
        "/Customers": ("Customers", "customers", "CUST_NO"),
        "/Inventory/MAIN": ("IM_INV", "inventory", "ITEM_NO"),
        "/Items/MAIN": ("Items", "products", "ITEM_NO"),
    }

    def knows(self, request):
        return basic(request) == "Plain.MGR:fake-password" and request.headers.get("APIKey") == "fake-key"

    def refusal(self):
        return httpx.Response(401, json={"ErrorCode": "ERROR_UNAUTHORIZED", "Message": "Invalid user or password"})

    def answer(self, request, path, query):
        if path not in self.paths:
            return httpx.Response(404, json={"ErrorCode": "ERROR_RECORD_NOT_FOUND"})
        place, name, key = self.paths[path]
        ids = getattr(self, name)
        if {"Page", "Rows"} <= set(query):
            ids = page_of(ids, int(query["Page"]), int(query["Rows"]))
        return httpx.Response(200, json={place: [{key: each} for each in ids], "ErrorCode": "SUCCESS"})
