"""Turn the failures of requests into errors that name the request, quote the answer, and say what to do next."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import unquote

import httpx

from ipaas_discovery.errors import (
    AbsentError,
    FetchError,
    RateLimitedError,
    RefusedError,
    ResponseError,
    UnreachableError,
)
from ipaas_discovery.systems.answers.error_in_body import EXCERPT
from ipaas_discovery.systems.answers.xml_body import is_xml
from ipaas_discovery.systems.connectors.connector import Limits
from ipaas_discovery.systems.http.addresses import walks
from ipaas_discovery.systems.http.limiter import too_long

__all__ = ["ABSENT", "Faults"]

READ = 65_536
"""Bytes of a body that are searched for secrets before an excerpt is shown."""
AROUND = 60
"""Characters shown on each side of the point at which JSON is malformed."""
LOG_IN = re.compile(r"log.?in|sign.?in|password", re.IGNORECASE)
"""Words of a page, or of an address, that asks for a log-in."""
SILENT = re.compile(r"[^\S ]+|[^\x20-\x7e\xa1-\U0010ffff]|[\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]")
"""White space other than blanks, control characters of terminals, and marks that reverse a text's direction."""
ABSENT = frozenset({httpx.codes.NOT_FOUND, httpx.codes.GONE, httpx.codes.REQUESTED_RANGE_NOT_SATISFIABLE})
"""Statuses of an address that holds nothing."""


@dataclass(frozen=True, slots=True)
class Faults:
    """A maker of the errors of one system's requests.

    Attributes:
        scrub: function that removes secrets from a text.
        secret_names: function that names the variables of the secrets; empty if none are sent.
        limits: limits of the connector, named in advice on changing them.
        recorded: true if the answers are recorded ones, of which no credential of today is to blame.
    """

    scrub: Callable[[str], str]
    secret_names: Callable[[], str]
    limits: Limits
    recorded: bool = False

    @property
    def secrets(self) -> str:
        """Names of the variables that hold the credentials in use."""
        return self.secret_names()

    @property
    def _tried(self) -> str:
        """The bound at which retries ended."""
        if self.limits.retries is not None:
            return f"after {self.limits.retries} retries"
        return f"when the time for retries was over (`limits.retry_for`, {self.limits.retry_for:g} s)"

    def unreachable(self, error: httpx.HTTPError, where: str) -> FetchError:
        """Build the error for a missing answer, or one that broke off."""
        reason = self.scrub(" ".join(str(error).split())) or type(error).__name__
        if reason.startswith("[Errno "):  # the sentence stands in worksheets, too, where the number says nothing
            reason = reason.partition("] ")[2] or reason
        failed = getattr(error, "_request", None)  # of a log-in, where that was the call that failed
        where = self.scrub(f"{failed.method} {unquote(str(failed.url))}") if failed is not None else where
        if isinstance(error, httpx.TimeoutException):
            advice = f"it did not answer within {self.limits.timeout:g} s: try again, or raise `limits.timeout`"
            return UnreachableError("The system took too long", where=where, then=advice)
        if isinstance(error, httpx.DecodingError):
            then = "the system, or a proxy before it, says it packs its answers and does not: ask its operator"
            return ResponseError(f"The answer cannot be unpacked, {reason}", where=where, then=then)
        if isinstance(error, httpx.RemoteProtocolError | httpx.ReadError):
            return self._broken_off(reason, where)
        if isinstance(error, httpx.UnsupportedProtocol):
            return UnreachableError(
                f"The base URL is none, {reason}", where=where, then="write https:// in front of it"
            )
        if "SSL" in reason.upper() or "CERTIFICATE" in reason.upper():
            return _untrusted(reason, where)
        what, then = (
            "The system cannot be reached",
            "check the base URL, the network, the VPN and the proxy (HTTPS_PROXY)",
        )
        if isinstance(error, httpx.ProxyError):
            what = "The proxy does not let through"
            then = "check HTTPS_PROXY and its user, or write the system's host into NO_PROXY"
        return UnreachableError(f"{what}, {reason}", where=where, then=then)

    def _broken_off(self, reason: str, where: str) -> FetchError:
        """Build the error for an answer that broke off."""
        if "location header" in reason:
            then = "ask the system's operator; it was not followed"
            return ResponseError(f"The system redirects to an address that is none, {reason}", where=where, then=then)
        tries = f"still {self._tried}: ask for smaller pages, or check the proxy and the VPN"
        return UnreachableError(f"The answer broke off, {reason}", where=where, then=tries)

    def refusal(self, response: httpx.Response, where: str) -> FetchError:
        """Build the error for a status that is no success."""
        message = self._described(response)
        if response.status_code in {httpx.codes.UNAUTHORIZED, httpx.codes.FORBIDDEN}:
            return RefusedError(message, where=where, then=self._authorised())
        if response.status_code == httpx.codes.TOO_MANY_REQUESTS:
            return self.limited(message, where)
        if response.has_redirect_location:
            target, then = _redirected(response, self.secrets)
            return ResponseError(f"{message} (to {self._shown(target)})", where=where, then=then)
        kind = AbsentError if response.status_code in ABSENT else ResponseError
        return kind(message, where=where, then=_advice(response.status_code))

    def _described(self, response: httpx.Response) -> str:
        """Describe a response: its status and the beginning of its body."""
        status = self._shown(f"{response.status_code} {response.reason_phrase}".strip())
        return f"The system answered {status}: {self.excerpt(response)}"

    def _authorised(self) -> str:
        """Advise on a system that does not authorise the caller."""
        if self.recorded:
            named = f" ({self.secrets})" if self.secrets else ""
            return f"it was recorded so: check the credentials{named} and their rights, then pull with `--refresh`"
        if self.secrets:
            return f"check the credentials ({self.secrets}) and the rights of their user"
        return "the connector sends no credentials: write under [auth] which ones the system wants"

    def put_off(self, response: httpx.Response, where: str, seconds: float) -> RateLimitedError:
        """Build the error for a rate limit whose wait is longer than the connector allows."""
        message = f"{self._described(response)}, and asks for a wait of {seconds:,.0f} s"
        return RateLimitedError(message, where=where, then=too_long(self.limits))

    def limited(self, message: str, where: str) -> RateLimitedError:
        """Build the error for a rate limit that outlasted the retries."""
        tries = f"still {self._tried}: wait, or lower `limits.in_flight` in the connector"
        return RateLimitedError(message, where=where, then=tries)

    def unreadable(self, response: httpx.Response, where: str, error: ValueError) -> ResponseError:
        """Build the error for a body that is no JSON: a web page, another charset, a fragment, or other data."""
        kind = self._shown(response.headers.get("content-type", "no content type"))
        start, plain = response.content.lstrip()[:5].lower(), kind.partition(";")[0]
        begins = start[:1]
        if is_xml(response.content):
            what = f"XML that breaks off, is not well-formed or declares entities ({plain})"
            then = "the kit reads well-formed XML, and JSON: look for a parameter or a header that gives either"
        elif "html" in kind or begins == b"<":
            what, then = "HTML", "check the base URL and the path: this looks like a web page, not the API"
            if LOG_IN.search(_text(response)):
                then += f"; it asks for a log-in, so check the credentials ({self.secrets or 'none are sent'}) too"
        elif response.content[:2] == b"\x1f\x8b":
            what, then = f"a gzip file ({plain})", "the kit reads JSON; no Content-Encoding says that this is packed"
        elif isinstance(error, UnicodeDecodeError):
            what = f"text that is not {error.encoding} (byte {error.start}: 0x{error.object[error.start]:02x}; {kind})"
            then = "its Content-Type names a wrong charset or none: ask the system's operator to correct it"
        elif "charset" in str(error):
            what, then = f"text in a charset that nobody knows ({kind})", "ask the system's operator to correct it"
        elif "truncated" in str(error) and begins in {b"[", b"{"}:
            what = f"JSON that breaks off after {len(response.content):,} bytes, not JSON ({plain})"
            then = "try again; if it stays so, ask for smaller pages: a proxy may cut long answers"
        elif begins in {b"[", b"{"} and (position := re.search(r"\(byte (\d+)\)", str(error))):
            message = f"The system answered JSON that is malformed at byte {int(position[1]):,}, not JSON ({plain})"
            then = "no reader of JSON can read this page: ask the system's operator, or for other records"
            return ResponseError(
                f"{message}: {self._around(response.content, int(position[1]))}", where=where, then=then
            )
        else:
            what, then = f"something that is not JSON ({plain})", "check the path; the kit reads JSON"
        return ResponseError(f"The system answered {what}: {self.excerpt(response)}", where=where, then=then)

    def excerpt(self, response: httpx.Response) -> str:
        """Show the beginning of a body in one line, without secrets."""
        text = self._shown(_text(response))
        return (text[:EXCERPT] + "…" if len(text) > EXCERPT else text) or "(no body)"

    def _around(self, content: bytes, position: int) -> str:
        """Show the text around a position of a body; its beginning alone if a secret is near."""
        start = max(0, position - READ // 2)
        whole = content[start : position + READ // 2].decode(errors="replace")
        if self.scrub(whole) != whole:
            return self._shown(whole)[:EXCERPT]
        middle = len(content[start:position].decode(errors="replace"))
        return f"…{self._shown(whole[max(0, middle - AROUND) : middle + AROUND])}…"

    def _shown(self, text: str) -> str:
        """Show somebody else's text in one line, without secrets."""
        return " ".join(SILENT.sub(" ", self.scrub(text)).split())


def _advice(status: int) -> str:
    """Advise on a status that is neither a success nor handled elsewhere."""
    if status >= httpx.codes.INTERNAL_SERVER_ERROR:
        return "try again later; if it stays so, ask for smaller pages or fewer parameters, or the system's operator"
    if status in {httpx.codes.NOT_FOUND, httpx.codes.GONE}:
        return "check the path in the connector and the base URL"
    if status == httpx.codes.METHOD_NOT_ALLOWED:
        return "check the path in the connector; where the system lists by POST, write it as a `search`"
    if status in {httpx.codes.NOT_ACCEPTABLE, httpx.codes.UNSUPPORTED_MEDIA_TYPE}:
        return "write the header that the system wants under [headers] in the connector, such as Accept"
    if status in {httpx.codes.BAD_REQUEST, httpx.codes.UNPROCESSABLE_ENTITY}:
        return "do what it says; parameters come from `paging`, `query`, `filters` and `sort` in the connector"
    return "check the path in the connector, its parameters, and what is said"


def _text(response: httpx.Response) -> str:
    """Decode the beginning of a body, whatever charset it is in or claims to be in."""
    content = response.content[:READ]
    charset = response.headers.get("content-type", "").lower().partition("charset=")[2].split(";")[0].strip("\"' ")
    for name in (charset, json.detect_encoding(content[:4]), "utf-8"):
        try:
            if text := content.decode(name, errors="replace"):
                return text
        except (LookupError, ValueError):  # no charset, or one that this is not at all
            continue
    return ""


def _redirected(response: httpx.Response, secrets: str) -> tuple[str, str]:
    """Return the target of a redirect that was not followed, and advice on it."""
    request = response.request
    origin, target = (
        request.url,
        request.url.join(response.headers["location"]),
    )  # httpx has read it and found it an address
    if (target.scheme, origin.scheme, target.host) == ("https", "http", origin.host):
        return str(target), "write https:// in the base URL"
    if (target.host, target.port) != (origin.host, origin.port):
        then = "it was not followed, so that no secret goes there; use the address it points to as base URL"
        return target.host or "an address without a host", then
    if walks(response.headers["location"]):
        return str(
            target
        ), "it was not followed, for it walks to another path by '..'; write that path in the connector"
    if LOG_IN.search(target.path) and not LOG_IN.search(origin.path):
        return str(target), f"this asks for a log-in: check the credentials ({secrets}) and the auth of the connector"
    if target == origin:
        return str(target), "it leads back to itself: ask the system's operator"
    lost = {name: None for name, value in origin.params.multi_items() if value not in target.params.get_list(name)}
    why = f"it forgets {', '.join(lost)}" if lost else "it is one of too many"
    why = why if request.method == "GET" else "what is posted is not sent on"
    return str(target), f"it was not followed, for {why}; write that path in the connector"


def _untrusted(reason: str, where: str) -> UnreachableError:
    """Build the error for a failed encrypted connection; an untrusted certificate is the usual cause."""
    if "CERTIFICATE" not in reason.upper():
        then = "check the host and its port; one without encryption is written http://"
        return UnreachableError(f"No encrypted connection to the host, {reason}", where=where, then=then)
    then = "check the host; behind a company proxy, set SSL_CERT_FILE to the company's certificates"
    if "mismatch" in reason or "doesn't match" in reason:
        then = "check the host in the base URL: the certificate that it shows is another host's"
    elif "expired" in reason or "not yet valid" in reason:
        then = "ask the system's operator for a new certificate, and check this machine's clock"
    return UnreachableError(f"The host's certificate is not trusted, {reason}", where=where, then=then)
