"""Build addresses under the base URL, and check the links and redirects of an answer."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any
from urllib.parse import unquote, urljoin, urlsplit

import httpx

from ipaas_discovery.errors import ConfigurationError, ResponseError

__all__ = ["address", "fill_base_url", "followed", "host_names", "linked", "links_of", "redirected", "walks"]

SECRET = re.compile(r"token|key|secret|pass|pwd", re.IGNORECASE)
WEB = re.compile(r"https?://", re.IGNORECASE)
LINK = re.compile(r'<(?P<target>[^>]*)>(?P<parameters>(?:[^",<]|"(?:[^"\\]|\\.)*")*)')
"""One link of a `Link` header: its target, and its parameters, whose texts may hold commas and semicolons."""
PARAMETER = re.compile(r';\s*([^\s=;,"]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s";,]+))')


def fill_base_url(template: str, find: Callable[[str], str]) -> str:
    """Fill the `{placeholders}` of a base URL, each with what `find` returns.

    >>> fill_base_url("https://api.example.test/stores/{store}", {"store": "s1"}.__getitem__)
    'https://api.example.test/stores/s1'

    Raises:
        ConfigurationError: if the result is no http(s) URL, or more than one.
    """
    url = re.sub(r"\{(\w+)\}", lambda name: _stripped(name.group(1), find(name.group(1))), template)
    then = "write it like https://host/path"
    try:
        host = httpx.URL(url).host if WEB.match(url) and not re.search(r"\s", url) else ""
    except httpx.InvalidURL as error:
        raise ConfigurationError(f"The base URL '{url}' is no web address, {error}", then=then) from None
    if not host:
        raise ConfigurationError(f"The base URL '{url}' is no web address", then=then)
    if httpx.URL(url).userinfo:
        shown = re.sub(r"//[^/]*@", "//•••@", url)
        then = "take it out, and write it under [auth] as the name of a secret, such as `{password}`"
        raise ConfigurationError(f"The base URL '{shown}' holds a user name or a password", then=then)
    if re.search(r"[?#]", url):
        then = "take it out; parameters of every call stand under [auth] or in a collection's `query`"
        raise ConfigurationError(f"The base URL '{url}' holds a query or a fragment", then=then)
    return url


def host_names(template: str) -> tuple[str, ...]:
    """List the placeholders of a base URL's host that are no secrets, judged by their names.

    >>> host_names("https://{host}:{port}/{store_hash}"), host_names("https://{token}.example.test/api")
    (('host', 'port'), ())
    """
    host = template.partition("//")[2].partition("/")[0]
    return tuple(name for name in re.findall(r"\{(\w+)\}", host) if not SECRET.search(name))


def _stripped(name: str, value: str) -> str:
    """Strip the signs around a value of a base URL that people copy along."""
    value = value.strip().rstrip("/")
    if WEB.match(value):
        host = WEB.sub("", value)
        raise ConfigurationError(
            f"The {name} '{value}' begins with a scheme", then=f"write '{host}'; the base URL has one"
        )
    return value


@lru_cache(64)
def _root(base_url: str) -> httpx.URL:
    """Parse a base URL once; every request asks for it."""
    return httpx.URL(base_url)


def address(base_url: str, path: str, params: Mapping[str, Any] | None = None) -> httpx.URL:
    """Build the full URL of `path`, a path under the base URL or a full URL on its host.

    Raises:
        ResponseError: if it leads to another host, or is no address.
    """
    base = _root(base_url)
    try:
        url = httpx.URL(path if WEB.match(path) else f"{base_url}/{path.lstrip('/')}")
    except httpx.InvalidURL as error:
        then = "it was not followed; ask the system's operator, or correct the path in the connector"
        raise ResponseError(f"A link is no address, {error}", where=base_url, then=then) from None
    if (base.scheme, base.host, base.port) == ("https", url.host, url.port) and url.scheme == "http":
        url = url.copy_with(scheme="https")  # behind a proxy, servers write links as they are called themselves
    if (url.scheme, base.scheme, url.host) == ("https", "http", base.host):
        message, then = "A link asks for encryption, and the base URL has none", "write https:// in the base URL"
        raise ResponseError(message, where=base_url, then=then)
    if (base.scheme, base.host, base.port) != (url.scheme, url.host, url.port):
        raise ResponseError(
            f"A link leads to another host, {url.netloc.decode('ascii')}",
            where=base_url,
            then="it was not followed, so that no secret goes there; name that host in a connector of its own, "
            "or, where it is an inner name of this system, write `keep_host = true` under [paging]",
        )
    return url.copy_merge_params(params) if params else url


def linked(base_url: str, link: str) -> str:
    """Prepare a link of an answer for `address`: a path that begins with the base URL's own starts at the root.

    >>> linked("https://api.example.test/v1", "/v1/orders?page=2"), linked("https://api.example.test/v1", "/orders")
    ('https://api.example.test/v1/orders?page=2', '/orders')
    """
    base = _root(base_url)
    if link.startswith("//"):
        return f"{base.scheme}:{link}"
    root = base.path.rstrip("/")
    return f"{base.scheme}://{base.netloc.decode('ascii')}{link}" if root and link.startswith(f"{root}/") else link


def redirected(base_url: str, asked: httpx.URL, response: httpx.Response) -> httpx.URL | None:
    """Return the address to ask instead of `asked`, if a redirect names one on the same host that keeps the query.

    None for anything else: another host, an address that drops the query, one that leads back to itself, or one that
    walks to another path.
    """
    if not response.has_redirect_location or walks(response.headers["location"]):
        return None
    try:  # httpx has read the header before and found it an address
        target = address(base_url, str(asked.join(response.headers["location"])))
    except ResponseError:
        return None
    kept = set(asked.params.multi_items()) <= set(target.params.multi_items())
    return target if kept and target != asked else None


def walks(location: str) -> bool:
    """Tell whether the path of an address goes up, which joining it to another would hide.

    >>> walks("../customers"), walks("/orders/%2e%2e/customers?page=1"), walks("/orders?page=1..2")
    (True, True, False)
    """
    path = re.split(r"[?#]", location)[0]
    for _ in range(3):  # a proxy may decode once more than the server
        path = unquote(path)
    return any(segment.partition(";")[0].strip() in {".", ".."} for segment in re.split(r"[/\\]", path))


def followed(place: str, link: str) -> str:
    """Join a link of an answer to the address it came from; one that walks to another path stays as it is written.

    >>> followed("/orders", "?page=2"), followed("/v1/orders", "../v1/orders?page=2"), followed("/orders", "../users")
    ('/orders?page=2', '/v1/orders?page=2', '../users')
    """
    target = urljoin(place, link)
    return link if walks(link) and urlsplit(target).path != urlsplit(place).path else target


def links_of(response: httpx.Response) -> dict[str, str]:
    """Return the URLs of `Link` headers by each of their relations, in lower case (RFC 8288); the first one counts."""
    links: dict[str, str] = {}
    for link in LINK.finditer(", ".join(response.headers.get_list("link"))):
        parameters = ((name.lower(), quoted or plain) for name, quoted, plain in PARAMETER.findall(link["parameters"]))
        relations = next((value for name, value in parameters if name == "rel"), "")
        for relation in relations.lower().split():
            try:
                links.setdefault(relation, followed(str(response.url), link["target"].strip()))
            except ValueError:  # no address at all
                continue
    return links
