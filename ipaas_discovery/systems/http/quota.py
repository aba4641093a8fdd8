"""Read the wait, the calls left and the time of the next ones from an answer's headers."""

from __future__ import annotations

import re
from collections.abc import Mapping
from email.utils import parsedate_to_datetime

from ipaas_discovery.systems.connectors.connector import Limits
from ipaas_discovery.systems.http.budget import Clock

__all__ = ["quota", "retry_after"]

LONGEST = 31 * 24 * 3600.0
"""The most seconds that a system may ask to wait: quotas are counted in months at most."""


def retry_after(headers: Mapping[str, str], clock: Clock) -> float | None:
    """Return the seconds of `Retry-After`: whole seconds, fractions (Shopify sends "2.0") or a date; None without it.

    A date is measured against the answer's own `Date`, so that a wrong clock on either side does no harm.

    >>> retry_after({"retry-after": "2.5"}, Clock())
    2.5
    >>> headers = {"retry-after": "Mon, 02 Nov 2026 09:00:07 GMT", "date": "Mon, 02 Nov 2026 09:00:00 GMT"}
    >>> retry_after(headers, Clock())
    7.0
    """
    text = headers.get("retry-after", "").strip()
    number = _number(text)
    if number is not None:
        return _wait(number)
    moment = _moment(text)
    return None if moment is None else _wait(moment - _now(headers, clock))


def quota(headers: Mapping[str, str], limits: Limits, clock: Clock) -> tuple[int | None, float | None]:
    """Return the calls left and the seconds until there are more, from the headers in the connector's limits, or None.

    Defaults to the draft standard's `RateLimit-Remaining` and `RateLimit-Reset`.

    >>> quota({"ratelimit-remaining": "3", "ratelimit-reset": "12"}, Limits(), Clock())
    (3, 12.0)
    """
    if limits.used_header:
        used = re.fullmatch(r"\s*(\d+)\s*/\s*(\d+)\s*", headers.get(limits.used_header.lower(), ""))
        return (int(used[2]) - int(used[1]) if used else None), None
    left = _number(headers.get((limits.remaining_header or "RateLimit-Remaining").lower(), ""))
    name = limits.reset_header or ("" if limits.remaining_header else "RateLimit-Reset")
    reset = _number(headers.get(name.lower(), ""))
    if reset is not None and limits.reset_header:
        reset = {"s": reset, "ms": reset / 1000}.get(limits.reset_unit, reset - _now(headers, clock))
    return (None if left is None else int(left)), (None if reset is None else _wait(reset))


def _wait(seconds: float) -> float | None:
    """Return a plausible wait; None for a longer one, which is a date in disguise or a mistake."""
    return max(0.0, seconds) if seconds <= LONGEST else None


def _number(text: str) -> float | None:
    """Parse a number of a header; None for any other text."""
    return float(text) if re.fullmatch(r"\s*-?\d{1,300}(\.\d{0,18})?\s*", text, re.ASCII) else None


def _moment(text: str) -> float | None:
    """Convert an HTTP date to seconds since 1970; None for any other text."""
    try:
        return parsedate_to_datetime(text).timestamp() if text else None
    except ValueError:
        return None


def _now(headers: Mapping[str, str], clock: Clock) -> float:
    """Return the host's own time if it sends it, else this machine's."""
    moment = _moment(headers.get("date", ""))
    return clock.date() if moment is None else moment
