"""Adobe Commerce: nested query keys, and a last page that is repeated past the end."""

from typing import ClassVar

import httpx
from systems.vendors.common import Vendor, page_of


class AdobeCommerce(Vendor):
    name = "adobe_commerce"
    credentials: ClassVar = {"host": "adobe.example.test", "token": "fake-adobe-token"}
    paths: ClassVar = {"/rest/V1/customers/search": ("customers", "id"), "/rest/V1/orders": ("orders", "entity_id")}

    def knows(self, request):
        return request.headers.get("Authorization") == "Bearer fake-adobe-token"

    def refusal(self):
        said = "The consumer isn't authorized to access %resources."
        return httpx.Response(401, json={"message": said, "parameters": {"resources": "Magento_Sales::sales"}})

    def answer(self, request, path, query):
        if path not in self.paths:
            return httpx.Response(404, json={"message": "Request does not match any route."})
        name, key = self.paths[path]
        if not any(each.startswith("searchCriteria") for each in query):
            return httpx.Response(400, json={"message": '"%fieldName" is required.', "parameters": {}})
        ids = getattr(self, name)
        size = int(query.get("searchCriteria[pageSize]", 20))
        last = -(-len(ids) // size)
        page = page_of(ids, min(int(query.get("searchCriteria[currentPage]", 1)), last), size)
        items = [{key: each} for each in page]
        return httpx.Response(200, json={"items": items, "search_criteria": {}, "total_count": len(ids)})
