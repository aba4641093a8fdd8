"""Shopify GraphQL: connections, errors and throttling in a 200."""

import re
from typing import ClassVar

import httpx
from systems.vendors.common import Vendor, body_of


class ShopifyGraphQL(Vendor):
    name = "shopify_graphql"
    credentials: ClassVar = {"shop": "plain-shop", "token": "fake-shopify-token"}

    def knows(self, request):
        return request.headers.get("X-Shopify-Access-Token") == self.credentials["token"]

    def refusal(self):
        return httpx.Response(401, json={"errors": "[API] Invalid API key or access token"})

    def busy(self):
        """Too many points are a success with an error inside."""
        cost = {"requestedQueryCost": 52, "throttleStatus": {"currentlyAvailable": 0, "restoreRate": 50}}
        errors = [{"message": "Throttled", "extensions": {"code": "THROTTLED"}}]
        return httpx.Response(200, json={"errors": errors, "extensions": {"cost": cost}})

    def answer(self, request, path, query):
        if (request.method, path) != ("POST", "/admin/api/2026-07/graphql.json"):
            return httpx.Response(404, json={"errors": "Not Found"})
        body = body_of(request)
        name = re.search(r"\)\s*\{\s*(\w+)\(first: \$first, after: \$after", body["query"]).group(1)
        first, after = body["variables"]["first"], body["variables"].get("after")
        if first > 250:
            return httpx.Response(200, json={"errors": [{"message": "The first must be at most 250"}]})
        wanted = body["variables"].get("reverse")
        declared = set(re.findall(r"\$(\w+): ", body["query"]))
        if set(body["variables"]) - declared or not isinstance(wanted, bool | None):
            return httpx.Response(200, json={"errors": [{"message": "Variable of a wrong type or undeclared"}]})
        ids = getattr(self, name)[:: -1 if wanted else 1]
        start = ids.index(int(after.removeprefix("after-"))) + 1 if after else 0
        page = ids[start : start + first]
        info = {"hasNextPage": start + first < len(ids), "endCursor": f"after-{page[-1]}" if page else None}
        nodes = [{"id": f"gid://shopify/{name}/{each}"} for each in page]
        cost = {"cost": {"throttleStatus": {"currentlyAvailable": 990, "restoreRate": 50}}}
        return httpx.Response(200, json={"data": {name: {"nodes": nodes, "pageInfo": info}}, "extensions": cost})

    def expected(self, collection):
        return sorted(f"gid://shopify/{collection}/{each}" for each in getattr(self, collection))
