"""Xero: client credentials elsewhere, a tenant header, page and pageSize, calls left a minute, changes by header."""

import re
from datetime import UTC, datetime, timedelta
from typing import ClassVar

import httpx
from systems.vendors.common import Vendor, basic, page_of


def changed(number):
    """When the record of that number was changed: one a day."""
    return datetime(2026, 1, 1, 12, tzinfo=UTC) + timedelta(days=number % 100)


def dotnet(moment):
    return f"/Date({int(moment.timestamp() * 1000)}+0000)/"


class Xero(Vendor):
    name = "xero"
    credentials: ClassVar = {"client_id": "fake-id", "client_secret": "fake-secret", "tenant_id": "fake-tenant"}
    logs_in_at = ("https://identity.xero.com/connect/token",)
    archived = frozenset({4})
    paths: ClassVar = {
        "/api.xro/2.0/Contacts": ("Contacts", "customers", "ContactID"),
        "/api.xro/2.0/Invoices": ("Invoices", "orders", "InvoiceID"),
    }

    def log_in(self, request):
        granted = b"grant_type=client_credentials" in request.content and b"accounting.contacts.read" in request.content
        if not granted or basic(request) != "fake-id:fake-secret":
            return httpx.Response(400, json={"error": "invalid_client"})
        token = {"access_token": "issued-xero-token", "expires_in": 1800, "token_type": "Bearer"}
        return httpx.Response(200, json=token)

    def knows(self, request):
        tenant = request.headers.get("Xero-Tenant-Id") == "fake-tenant"
        return tenant and request.headers.get("Authorization") == "Bearer issued-xero-token"

    def refusal(self):
        return httpx.Response(
            401, json={"Title": "Unauthorized", "Status": 401, "Detail": "AuthenticationUnsuccessful"}
        )

    def busy(self):
        headers = {"Retry-After": "0", "X-Rate-Limit-Problem": "minute"}
        return httpx.Response(429, headers=headers)

    def answer(self, request, path, query):
        if path not in self.paths:
            return httpx.Response(404, text="The resource you're looking for cannot be found")
        place, name, key = self.paths[path]
        ids = getattr(self, name)
        if name == "customers" and query.get("includeArchived") != "true":
            ids = [each for each in ids if each not in self.archived]
        if since := request.headers.get("If-Modified-Since"):
            if not re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ?", since):
                return httpx.Response(400, json={"Title": "Bad Request", "Detail": "If-Modified-Since is no UTC time"})
            moment = datetime.fromisoformat(since).replace(tzinfo=UTC)
            ids = [each for each in ids if changed(each) >= moment]
        number, size = int(query.get("page", 1)), int(query.get("pageSize", 100))
        told = {"page": number, "pageSize": size, "pageCount": -(-len(ids) // size), "itemCount": len(ids)}
        found = [{key: str(each), "UpdatedDateUTC": dotnet(changed(each))} for each in page_of(ids, number, size)]
        return httpx.Response(200, json={"pagination": told, place: found}, headers={"X-MinLimit-Remaining": "55"})
