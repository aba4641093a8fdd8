"""Reason why no sample could be pulled: the address, the secrets, the log-in or the network that is missing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from ipaas_discovery.errors import FetchError, RefusedError, UnreachableError
from ipaas_discovery.renderings.card import Card
from ipaas_discovery.renderings.texts import listed

__all__ = ["Absence", "Lack", "absence_after", "unset"]


class Lack(StrEnum):
    """Thing without which a system cannot be asked."""

    ADDRESS = "no address"
    SECRET = "no secret"  # noqa: S105  the lack of one
    LOG_IN = "no log-in"
    NETWORK = "no network"


@dataclass(frozen=True, slots=True)
class Absence(Card):
    """Reason why a sample was not pulled, though nothing is wrong with its collection.

    `variables` are the names in the environment that would bring it, `fact` says what is missing, `then` what to do.

    >>> print(unset(("SHOP_TENANT", "SHOP_TOKEN"), Lack.ADDRESS, "data/.env"))
    neither the environment nor data/.env nor the keyring gives SHOP_TENANT and SHOP_TOKEN; set them to pull a sample.
    """

    lack: Lack
    fact: str
    then: str
    variables: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.fact}; {self.then}."


def unset(variables: Sequence[str], lack: Lack, env_file: str, *, instead: str = "") -> Absence:
    """Describe variables that nobody has set; `instead` is one that would do for all secrets among them."""
    fact = f"neither the environment nor {env_file} nor the keyring gives {listed(variables)}"
    alone = f" (or {instead} in place of the log-in)" if instead else ""
    return Absence(
        lack, fact, f"set {'it' if len(variables) == 1 else 'them'}{alone} to pull a sample", tuple(variables)
    )


def absence_after(error: FetchError, *, unsigned: bool) -> Absence | None:
    """Tell what a failed call lacked: the network, or a log-in where calls are `unsigned`; None if it failed otherwise.

    >>> absence_after(RefusedError("The system refused", where="GET /orders"), unsigned=False) is None
    True
    """
    fact = ", ".join(filter(None, [f"{error.what[:1].lower()}{error.what[1:]}", error.where]))
    if isinstance(error, UnreachableError):
        open_so_far = "; the connector names no secret so far: write [auth] if the system wants a log-in"
        return Absence(Lack.NETWORK, fact, error.then + open_so_far * unsigned)
    if isinstance(error, RefusedError) and unsigned:
        then = "write [auth] in the connector file, which then names the secrets to set"
        return Absence(Lack.LOG_IN, f"{fact}, and the connector names no way to log in", then)
    return None
