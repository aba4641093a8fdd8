"""Business Central: client credentials in the body, a company in the path, @odata.nextLink."""

from typing import ClassVar
from urllib.parse import parse_qs

import httpx
from systems.vendors.common import Vendor

HOST = "https://api.businesscentral.dynamics.com"
COMPANY = "/v2.0/fake-tenant/Production/api/v2.0/companies(fake-company)/"
SIZE = 3


class BusinessCentral(Vendor):
    name = "business_central"
    credentials: ClassVar = {
        "tenant_id": "fake-tenant",
        "environment": "Production",
        "client_id": "fake-id",
        "client_secret": "fake-secret",
        "company_id": "fake-company",
    }
    logs_in_at = ("https://login.microsoftonline.com/fake-tenant/oauth2/v2.0/token",)

    def log_in(self, request):
        form = {name: values[0] for name, values in parse_qs(request.content.decode()).items()}
        if (form.get("client_id"), form.get("client_secret")) != ("fake-id", "fake-secret"):
            return httpx.Response(401, json={"error": "invalid_client", "error_description": "AADSTS7000215"})
        token = {"access_token": "issued-token", "expires_in": 3599, "token_type": "Bearer"}
        return httpx.Response(200, json=token)

    def knows(self, request):
        return request.headers.get("Authorization") == "Bearer issued-token"

    def refusal(self):
        return httpx.Response(401, json={"error": {"code": "Unauthorized", "message": "The credentials are incorrect"}})

    def answer(self, request, path, query):
        names = {"customers": "customers", "salesOrders": "orders"}
        name = names.get(path.removeprefix(COMPANY))
        if name is None or "odata.maxpagesize" not in request.headers.get("Prefer", ""):
            return httpx.Response(404, json={"error": {"code": "BadRequest_NotFound", "message": "No such page"}})
        ids, start = getattr(self, name), int(query.get("$skiptoken", 0))
        found = {"value": [{"id": str(each)} for each in ids[start : start + SIZE]]}
        if query.get("$count") == "true":
            found["@odata.count"] = len(ids)
        if start + SIZE < len(ids):
            found["@odata.nextLink"] = f"{HOST}{path}?$count=true&$skiptoken={start + SIZE}"
        return httpx.Response(200, json=found)
