"""One family of errors; each message says what was wrong, where, and what to do next.

DiscoveryError
├── ConfigurationError         the kit was told something it cannot follow (exit status 2)
│   ├── UnknownNameError       a name nobody knows, with the nearest one that is known
│   └── MissingCredentialError a secret that is in no place the kit looks
├── FetchError                 a system did not give what was asked for (exit status 1)
│   ├── BudgetError            the time for the whole work is over
│   ├── UnreachableError       no answer: host, network, TLS, time
│   ├── RefusedError           401 or 403: wrong or missing rights
│   ├── RateLimitedError       429 to the end of the retries
│   ├── ResponseError          an answer that is an error, or not what the connector promises
│   │   └── AbsentError        nothing is there: 404, 410 or 416
│   └── NotReadOnlyError       a call that could change a system; never sent
├── DescriptionError           an API description that cannot be read
├── SourceError                records that cannot be read
├── UnsafeExportError          a secret or an unredacted value stands in what would be shared; nothing was written
└── WorksheetError             a worksheet that cannot be read, saved or exported
    ├── ChangedRowError        a row that somebody else changed meanwhile; both versions, nothing overwritten
    └── ReasonMissingError     a decision that needs a reason: it turns another one, or goes against the evidence
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from typing import Any, ClassVar

__all__ = [
    "AbsentError",
    "BudgetError",
    "ChangedRowError",
    "ConfigurationError",
    "DescriptionError",
    "DiscoveryError",
    "FetchError",
    "MissingCredentialError",
    "NotReadOnlyError",
    "RateLimitedError",
    "ReasonMissingError",
    "RefusedError",
    "ResponseError",
    "SourceError",
    "UnknownNameError",
    "UnreachableError",
    "UnsafeExportError",
    "WorksheetError",
    "nearest",
]


class DiscoveryError(Exception):
    """The family: catch it to catch whatever this kit raises on purpose.

    >>> print(DiscoveryError("No records", where="GET /v2/orders", then="check `records` in the connector"))
    No records (GET /v2/orders): check `records` in the connector.

    Args:
        what: what was wrong, in words of the user's problem.
        where: the file, key, request or cell it was wrong in.
        then: what to do next.
    """

    exit_status: ClassVar[int] = 1

    def __init__(self, what: str, *, where: str = "", then: str = "") -> None:
        self.what, self.where, self.then = what, where, then
        location = f" ({where})" if where else ""
        advice = f": {then}" if then else ""
        super().__init__(f"{what}{location}{advice}".rstrip(".") + ".")

    def _render_traceback_(self) -> list[str]:
        """Show the sentence alone in a notebook."""
        return [f"{type(self).__name__}: {self}"]


class ConfigurationError(DiscoveryError):
    """The kit was told something it cannot follow."""

    exit_status: ClassVar[int] = 2


class UnknownNameError(ConfigurationError):
    """A name nobody knows, with the nearest one that is known.

    >>> print(UnknownNameError("collection", "custmers", ["customers", "orders"], where="discovery.toml"))
    Unknown collection 'custmers' (discovery.toml): did you mean 'customers'? Known are: customers, orders.
    """

    def __init__(self, kind: str, name: str, known: Iterable[str], *, where: str = "") -> None:
        options = sorted(known)
        guess = nearest(name, options)
        suggestion = f"did you mean '{guess}'? " if guess else ""
        listed = f"{'K' if guess else 'k'}nown are: {', '.join(options)}" if options else "none are known here"
        super().__init__(f"Unknown {kind} '{name}'", where=where, then=suggestion + listed)


class MissingCredentialError(ConfigurationError):
    """A secret that is in no place the kit looks."""


class FetchError(DiscoveryError):
    """A system did not give what was asked for."""


class BudgetError(FetchError):
    """The time for the whole work is over, or somebody stopped it; what was fetched until then is good."""


class UnreachableError(FetchError):
    """No answer: host, network, TLS or time."""


class RefusedError(FetchError):
    """The system answered 401 or 403."""


class RateLimitedError(FetchError):
    """The system answered 429 until the retries were used up."""


class ResponseError(FetchError):
    """An answer that is an error, or not what the connector promises."""


class AbsentError(ResponseError):
    """The system answered 404, 410 or 416: nothing is where it was asked."""


class NotReadOnlyError(FetchError):
    """A call that could change a system; it was not sent."""


class DescriptionError(DiscoveryError):
    """An API description (OpenAPI, Swagger, fact file) that cannot be read."""


class SourceError(DiscoveryError):
    """Records that cannot be read."""


class UnsafeExportError(DiscoveryError):
    """A secret or an unredacted value stands in what would be shared; the message names the cell, never the value."""


class WorksheetError(DiscoveryError):
    """A worksheet that cannot be read, saved or exported."""


class ChangedRowError(WorksheetError):
    """Rows that somebody else changed since they were last seen: theirs stand, and nothing was overwritten.

    >>> print(ChangedRowError({"CUSTOMER": ("nothing", "{direction: to}", "{direction: from}")}))
    CUSTOMER was changed meanwhile: theirs says {direction: from}, yours {direction: to}: theirs stands; say yours again
    to overrule it.

    Args:
        versions: the name of each row, and as text what it said when it was last seen, in yours, and in theirs.
        keys: the keys of these rows, as the worksheet names them.
        where: the file.
    """

    def __init__(
        self, versions: Mapping[str, tuple[str, str, str]], *, keys: Iterable[Any] = (), where: str = ""
    ) -> None:
        self.versions, self.keys = dict(versions), tuple(keys)
        name, (_, yours, theirs) = next(iter(self.versions.items()))
        more = len(self.versions) - 1
        what = f"{name} was changed meanwhile: theirs says {theirs}, yours {yours}"
        rest = f"; so were {more} more rows" if more else ""
        super().__init__(what + rest, where=where, then="theirs stands; say yours again to overrule it")


class ReasonMissingError(WorksheetError):
    """A decision that needs a reason: it turns another one, or goes against the evidence."""

    exit_status: ClassVar[int] = 2


def nearest(name: str, options: Iterable[str]) -> str | None:
    """Find the option spelled most like `name`, in any case, or None if none is near.

    >>> nearest("Custmer", ["CUSTOMER", "TRANSACTION"])
    'CUSTOMER'
    """
    by_lower = {option.lower(): option for option in options}
    matches = get_close_matches(name.lower(), by_lower, n=1)
    return by_lower[matches[0]] if matches else None
