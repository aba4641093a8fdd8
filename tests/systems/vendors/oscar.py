"""django-oscar: page numbers of the server's own size, absolute next links, 404 past the end."""

from typing import ClassVar

import httpx
from systems.vendors.common import Vendor, basic, page_of

SIZE = 3


class Oscar(Vendor):
    name = "oscar"
    credentials: ClassVar = {"host": "oscar.example.test", "username": "ada", "password": "fake-password"}
    paths: ClassVar = {"/api/admin/users/": ("customers", "url"), "/api/admin/orders/": ("orders", "number")}

    def knows(self, request):
        return basic(request) == "ada:fake-password"

    def refusal(self):
        return httpx.Response(401, json={"detail": "Invalid username/password."})

    def busy(self):
        said = {"detail": "Request was throttled. Expected available in 0 seconds."}
        return httpx.Response(429, json=said, headers={"Retry-After": "0"})

    def answer(self, request, path, query):
        if path not in self.paths:
            return httpx.Response(404, json={"detail": "Not found."})
        name, key = self.paths[path]
        ids, number = getattr(self, name), int(query.get("page", 1))
        page = page_of(ids, number, SIZE)
        if not page:
            return httpx.Response(404, json={"detail": "Invalid page."})
        more = number * SIZE < len(ids)
        url = f"https://oscar.example.test{path}?page={number + 1}" if more else None
        found = [{key: str(each)} for each in page]
        return httpx.Response(200, json={"count": len(ids), "next": url, "previous": None, "results": found})
