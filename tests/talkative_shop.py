"""A shop that tells everything about everybody, everywhere, and repeats the secrets it was sent: over a real socket."""

from __future__ import annotations

import json
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import parse_qsl, quote, unquote, urlsplit

TOKEN, PASSWORD, ISSUED = "t0ken/0f+the=sh0p", "passw0rd&0f the sh0p", "1ssued-t0ken-0f-the-sh0p"
PEOPLE = [
    {
        "first": f"Zebulon{number}",
        "last": f"Quackenbush{number}",
        "email": f"zeb.quack{number}@quackenbush.example",
        "phone": f"+1 212 555 01{number:02}",
        "street": f"{100 + number} Quagmire Parade",
        "city": f"Quahogville{number}",
        "zip": f"QX{number} 9ZZ",
        "card": "4111 1111 1111 1111",
        "iban": "DE89370400440532013000",
        "tax": f"DE9988776{number:02}",
        "born": f"1961-07-{number + 10}",
        "ip": f"203.0.113.{100 + number}",
        "hash": f"$2y$10$QuackQuackQuackQuack{number}",
    }
    for number in range(12)
]
PERSONAL = {value for person in PEOPLE for value in person.values()}


def customer(number, secrets):
    who = PEOPLE[number]
    name = f"{who['first']} {who['last']}"
    return {
        "id": number + 1,
        "status": "active" if number % 3 else "blocked",
        "name": name,
        "firstName": who["first"],
        "last_name": who["last"],
        "email": who["email"],
        "mobilePhone": who["phone"],
        "billing": {"street_1": who["street"], "city": who["city"], "zip": who["zip"], "name": name},
        "addresses": [{"line1": who["street"], "town": who["city"], "postcode": who["zip"]}],
        "card": {"number": who["card"], "holder_name": name},
        "iban": who["iban"],
        "vat_id": who["tax"],
        "date_of_birth": who["born"],
        "registration_ip": who["ip"],
        "password_hash": who["hash"],
        "session_id": ISSUED,
        "notes": f"Write to {who['email']} or ring {who['phone']}; paid with {who['card']} from {who['ip']}.",
        "meta_data": [{"key": "last_name", "value": who["last"]}, {"key": "colour", "value": "blue"}],
        "raw": json.dumps({"customer": {"last_name": who["last"], "email": who["email"], "iban": who["iban"]}}),
        "points": {who["email"]: 7},
        "avatar": f"http://cdn.example/u/{quote(who['email'])}.png?token={quote(secrets[0])}",
        "echo": f"you sent {' and '.join(secrets)}, or {quote(secrets[0], safe='')}",
        "updated_at": f"2026-10-{number + 10}T10:00:00Z",
    }


def lead(number):
    who = PEOPLE[number]
    return {"email": who["email"], "contact": {"name": f"{who['first']} {who['last']}"}, "score": number}


class Shop(BaseHTTPRequestHandler):
    """Lists of two records a page, each page with the URL of the next, secrets and all."""

    def do_GET(self):
        url = urlsplit(self.path)
        query = dict(parse_qsl(url.query))
        self.server.asked.append(unquote(self.path))
        if self.server.secrets[0] not in (query.get("api_key"), self.headers.get("X-Token")):
            self._send(401, {"error": f"wrong: {self.path} {dict(self.headers)}"})
        elif url.path == "/customers":
            self._page(url, query, [customer(number, self.server.secrets) for number in range(12)])
        elif url.path == "/leads":
            self._page(url, query, [lead(number) for number in range(12)])
        elif url.path.startswith("/leads/"):
            found = [each for each in PEOPLE if each["email"] == unquote(url.path.split("/")[2])]
            self._send(200, {"data": [{"id": f"v-{each['ip'][-2:]}", "from_ip": each["ip"]} for each in found]})
        elif url.path == "/broken":
            self._send(
                200,
                f'{{"data": [{{"id" 7, "last_name": "{PEOPLE[0]["last"]}", "echo": "{self.server.secrets[0]}"}}]}}',
            )
        else:
            said = f"{PEOPLE[0]['email']} may not see {self.path}, {dict(self.headers)}"
            self._send(403, f"<html>{said}</html>", "text/html")

    def do_POST(self):
        sent = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        right = self.path == "/login" and sent == {"password": PASSWORD}
        self._send(200 if right else 401, {"token": ISSUED} if right else {"error": f"wrong: {sent}"})

    def _page(self, url, query, records):
        start = int(query.get("from", 0))
        following = None
        if start + 2 < len(records):
            key = f"api_key={quote(query['api_key'], safe='')}&" if "api_key" in query else ""
            seen = quote(PEOPLE[start]["email"], safe="")
            following = f"http://{self.headers['Host']}{url.path}?{key}from={start + 2}&last_seen_email={seen}"
        self._send(200, {"data": records[start : start + 2], "total": len(records), "next": following})

    def _send(self, status, body, kind="application/json"):
        content = (body if isinstance(body, str) else json.dumps(body)).encode()
        secret = self.server.secrets[0]
        self.send_response(status)
        for name, value in (
            ("Content-Type", kind), ("Content-Length", str(len(content))), ("X-Customer-Email", PEOPLE[3]["email"]),
            ("X-Echo", f"token {secret}"), ("Set-Cookie", f"sid={ISSUED}"), ("X-Client-IP", PEOPLE[4]["ip"]),
            ("Link", f"<http://x.example/?m={quote(PEOPLE[5]['email'], safe='')}&key={quote(ISSUED, safe='')}>; rel=x"),
        ):  # fmt: skip
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_):
        """Say nothing."""


@contextmanager
def talkative(*secrets):
    """The shop on a free port, that wants the first of these secrets; gives the port and what it was asked."""
    with ThreadingHTTPServer(("127.0.0.1", 0), Shop) as running:
        running.secrets, running.asked = secrets, []
        thread = Thread(target=running.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        thread.start()
        try:
            yield running.server_address[1], running.asked
        finally:
            running.shutdown()
            thread.join()
