"""FETCH: the one door to the network; nothing else imports httpx, and what others need of it has a name here."""

from httpx import BaseTransport as Transport
from httpx import Headers, Request, Response

__all__ = ["Headers", "Request", "Response", "Transport"]
