"""iPaaS.com: log-in, companies, a company token, bare arrays, and the pages told in a header of JSON."""

import json
from datetime import UTC, datetime, timedelta
from typing import ClassVar

import httpx
from systems.vendors.common import Vendor, body_of, page_of

HOST = "https://stagingapi.ipaas.com"
SIZE = 3
COMPANIES = ({"id": "fake-company-1", "name": "North"}, {"id": "fake-company-2", "name": "South"})


class IPaaS(Vendor):
    name = "ipaas"
    environment = "staging"
    credentials: ClassVar = {"email": "ada@example.test", "password": "fake-password", "company": "South"}
    reads = ("CUSTOMER", "TRANSACTION")
    logs_in_at = (f"{HOST}/sso/v2/Auth/Login",)
    paths: ClassVar = {"/customers/v2/Customers": "customers", "/transactions/v2/Transactions": "orders"}
    refreshed = 0

    def log_in(self, request):
        if body_of(request) != {"email_address": "ada@example.test", "password": "fake-password"}:
            return httpx.Response(401, json={"title": "AUTH-1002 The e-mail or the password is wrong"})
        return self._grant("issued-user-token")

    def knows(self, request):
        if request.url.path == "/sso/v2/Auth/Refresh":
            return True
        token = "user" if request.url.path.startswith("/sso/") else f"company-{self.refreshed}"
        return request.headers.get("Authorization") == f"Bearer issued-{token}-token"

    def refusal(self):
        return httpx.Response(401, json={"title": "AUTH-1001 The bearer token is missing or invalid"})

    def answer(self, request, path, query):
        if path == "/sso/v2/Auth/Refresh":
            self.refreshed += 1
            return self._grant(f"issued-company-{self.refreshed}-token")
        if path == "/sso/v2/User/7/Companies":
            return httpx.Response(200, json=COMPANIES)
        if path == "/sso/v2/User/ChangeCompany/fake-company-2":
            return self._grant(f"issued-company-{self.refreshed}-token")
        if path not in self.paths:
            return httpx.Response(404, json={"title": "NFND-1001 No such thing"})
        ids, page = getattr(self, self.paths[path]), int(query.get("pageNumber", 1))
        told = {"current_Page": page, "total_Pages": -(-len(ids) // SIZE)}
        found = [{"id": each} for each in page_of(ids, page, SIZE)]
        return httpx.Response(200, json=found, headers={"X-Pagination": json.dumps(told)})

    def expected(self, collection):
        return sorted(str(each) for each in (self.customers if collection == "CUSTOMER" else self.orders))

    @staticmethod
    def _grant(token):
        ends = (datetime.now(UTC) + timedelta(hours=1)).isoformat()
        return httpx.Response(200, json={"id": 7, "access_token": token, "access_token_expiration": ends,
                                         "refresh_token": "issued-refresh-token"})  # fmt: skip
