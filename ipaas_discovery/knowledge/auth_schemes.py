"""Ways to authenticate, as descriptions of APIs and files of saved calls name them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from ipaas_discovery.knowledge.table_reader import read_toml

__all__ = ["AuthScheme", "AuthSchemes", "auth_schemes"]


@dataclass(frozen=True, slots=True)
class AuthScheme:
    """One name of a way to authenticate.

    `kind` is the connector's setting that does it, empty where none does; `needs` is what must be told beside it,
    and `otherwise` the setting that does where that is not told. `header` says whether the `Authorization` header
    begins with this name.
    """

    source: str
    name: str
    kind: str
    needs: str = ""
    otherwise: str = ""
    header: bool = False


@dataclass(frozen=True, slots=True)
class AuthSchemes:
    """All ways to authenticate that have a name."""

    schemes: tuple[AuthScheme, ...]
    nothing: tuple[str, ...]

    def described(self, *words: str) -> AuthScheme | None:
        """Find the way that an API description names by the type of a scheme and its place or its scheme.

        >>> auth_schemes().described("http", "Bearer").kind, auth_schemes().described("openIdConnect")
        ('bearer', None)
        """
        name = " ".join(word.lower() for word in words if word)
        return next((row for row in self.schemes if row.source == "openapi" and row.name == name), None)

    def saved(self, name: str) -> AuthScheme | None:
        """Find the way that a file of saved calls names."""
        return next((row for row in self.schemes if row.source == "calls" and row.name == name), None)


@cache
def auth_schemes() -> AuthSchemes:
    """Read the table of ways to authenticate, once."""
    return read_toml("auth", AuthSchemes)
