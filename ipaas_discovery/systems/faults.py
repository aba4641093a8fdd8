"""What went wrong with a request, as an error that names it, shows what was said, and says what to do next."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

import httpx

from ipaas_discovery.errors import FetchError, RateLimitedError, RefusedError, ResponseError, UnreachableError
from ipaas_discovery.systems.answer import EXCERPT
from ipaas_discovery.systems.connector import Limits

__all__ = ["Faults"]

READ = 65_536
"""Characters of a body that are searched for secrets before a piece of it is shown."""


@dataclass(frozen=True, slots=True)
class Faults:
    """Makes the errors of one system's requests.

    Attributes:
        scrub: takes secrets out of a text.
        secrets: names of the variables that hold them, for the reader.
        limits: what the connector allows, named where changing it helps.
    """

    scrub: Callable[[str], str]
    secrets: str
    limits: Limits

    def unreachable(self, error: httpx.HTTPError, where: str) -> FetchError:
        """No answer, or one that broke off."""
        said = self.scrub(" ".join(str(error).split())) or type(error).__name__
        if isinstance(error, httpx.TimeoutException):
            advice = f"it did not answer within {self.limits.timeout:g} s: try again, or raise `limits.timeout`"
            return UnreachableError("The system took too long", where=where, then=advice)
        if isinstance(error, httpx.DecodingError):
            then = "the system, or a proxy before it, says it packs its answers and does not: ask its operator"
            return ResponseError(f"The answer cannot be unpacked, {said}", where=where, then=then)
        if isinstance(error, httpx.RemoteProtocolError | httpx.ReadError):
            tries = f"still after {self.limits.retries} retries: ask for smaller pages, or check the proxy and the VPN"
            return UnreachableError(f"The answer broke off, {said}", where=where, then=tries)
        if isinstance(error, httpx.UnsupportedProtocol):
            return UnreachableError(f"The base URL is none, {said}", where=where, then="write https:// in front of it")
        if "SSL" in said.upper() or "CERTIFICATE" in said.upper():
            return _untrusted(said, where)
        then = "check the base URL, the network and the VPN"
        return UnreachableError(f"The system cannot be reached, {said}", where=where, then=then)

    def refusal(self, response: httpx.Response, where: str) -> FetchError:
        """A status that is no success."""
        status = f"{response.status_code} {response.reason_phrase}".strip()
        said = f"The system answered {status}: {self.excerpt(response)}"
        if response.status_code in {httpx.codes.UNAUTHORIZED, httpx.codes.FORBIDDEN}:
            then = f"check the credentials ({self.secrets}) and the rights of their user"
            return RefusedError(said, where=where, then=then)
        if response.status_code == httpx.codes.TOO_MANY_REQUESTS:
            return self.limited(said, where)
        if response.is_redirect:
            target = httpx.URL(response.headers.get("location", "")).host or "another path"
            then = "it was not followed, so that no secret goes there; use the address it points to as base URL"
            return ResponseError(f"{said} (to {target})", where=where, then=then)
        advice = "check the path in the connector" if response.is_client_error else "try again later"
        return ResponseError(said, where=where, then=advice)

    def limited(self, said: str, where: str) -> RateLimitedError:
        """Asked too much, to the end of the retries."""
        tries = f"still after {self.limits.retries} retries: wait, or lower `limits.in_flight` in the connector"
        return RateLimitedError(said, where=where, then=tries)

    def unreadable(self, response: httpx.Response, where: str, error: ValueError) -> ResponseError:
        """A body that is not JSON: a web page, text in another charset, a piece, or something else."""
        kind = response.headers.get("content-type", "no content type")
        start = response.content.lstrip()[:1]
        if "html" in kind or start == b"<":
            what, then = "HTML", "check the base URL and the path: this looks like a web page, not the API"
            if re.search(r"log.?in|sign.?in|password", response.text[:READ], re.IGNORECASE):
                then += f"; it asks for a log-in, so check the credentials ({self.secrets}) too"
        elif isinstance(error, UnicodeDecodeError):
            what = f"text that is not {error.encoding} (byte {error.start}: 0x{error.object[error.start]:02x}; {kind})"
            then = "its Content-Type names a wrong charset or none: ask the system's operator to correct it"
        elif "truncated" in str(error) and start in {b"[", b"{"}:
            what = f"JSON that breaks off after {len(response.content):,} bytes, not JSON ({kind.partition(';')[0]})"
            then = "try again; if it stays so, ask for smaller pages: a proxy may cut long answers"
        else:
            what, then = f"something that is not JSON ({kind.partition(';')[0]})", "check the path; the kit reads JSON"
        return ResponseError(f"The system answered {what}: {self.excerpt(response)}", where=where, then=then)

    def excerpt(self, response: httpx.Response) -> str:
        """The beginning of a body in one line, without secrets."""
        text = " ".join(self.scrub(response.text[:READ]).split())
        return (text[:EXCERPT] + "…" if len(text) > EXCERPT else text) or "(no body)"


def _untrusted(said: str, where: str) -> UnreachableError:
    """No encrypted connection; a certificate that is not trusted is the usual cause."""
    if "CERTIFICATE" in said.upper():
        then = "check the host; behind a company proxy, set SSL_CERT_FILE to the company's certificates"
        return UnreachableError(f"The host's certificate is not trusted, {said}", where=where, then=then)
    then = "check the host and its port; one without encryption is written http://"
    return UnreachableError(f"No encrypted connection to the host, {said}", where=where, then=then)
