"""FETCH: the one door to the network; nothing else imports httpx, and the names others need of it stand here."""

from httpx import BaseTransport as Transport
from httpx import Headers, Request, Response

__all__ = ["Headers", "Request", "Response", "Transport"]
