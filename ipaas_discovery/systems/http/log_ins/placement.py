"""Places in a request that carry secrets: headers, parameters of the query, and members of a search's body."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import httpx

from ipaas_discovery.systems.connectors.placeholders import filled_with
from ipaas_discovery.systems.connectors.request_parameters import listed, merged, nested
from ipaas_discovery.systems.http.log_ins.token_requests import UNSIGNED
from ipaas_discovery.systems.http.search_body import BODY, written

__all__ = ["PlacedSecrets", "Placement"]


@dataclass(frozen=True, slots=True)
class Placement:
    """Texts by their place, in which `{names}` may stand for parts of a session that are known only later."""

    headers: Mapping[str, str] = field(default_factory=dict)
    parameters: Mapping[str, str] = field(default_factory=dict)
    members: Mapping[str, str] = field(default_factory=dict)

    def placed(self, request: httpx.Request, parts: Mapping[str, Any]) -> httpx.Request:
        """Return a request with these texts in their places; the one given stays as it may be shown and stored."""
        request.headers.update({name: str(filled_with(text, parts)) for name, text in self.headers.items()})
        url, content, extensions = request.url, None, request.extensions
        if self.parameters:
            url = url.copy_merge_params({name: filled_with(text, parts) for name, text in self.parameters.items()})
        if self.members and BODY in extensions:
            body, sent_as = extensions[BODY]
            members = {name: filled_with(text, parts) for name, text in self.members.items()}
            content = written(listed(merged(body, nested(members))), sent_as)
            extensions = {**extensions, UNSIGNED: request.read()}
        if content is None and url is request.url:
            return request
        headers = {
            name: value for name, value in request.headers.items() if content is None or name != "content-length"
        }
        stream = None if content is not None else request.stream
        return httpx.Request(
            request.method, url, headers=headers, content=content, stream=stream, extensions=extensions
        )


class PlacedSecrets(httpx.Auth):
    """A flow that puts the same secrets into their places in every request."""

    def __init__(self, placement: Placement) -> None:
        self._placement = placement

    def auth_flow(self, request: httpx.Request) -> Any:  # noqa: ANN401  httpx's generator
        """Send the request with the secrets in it."""
        yield self._placement.placed(request, {})
