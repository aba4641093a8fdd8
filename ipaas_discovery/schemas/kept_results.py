"""Results that were worked out of a value once, and are kept beside it as long as it lives."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import wraps
from typing import Any, Protocol, TypeVar

__all__ = ["KeptResults", "kept"]

Result = TypeVar("Result")


@dataclass(slots=True, eq=False)
class KeptResults:
    """Results by the function that gave them; a copy or a file of the value begins without any."""

    by_function: dict[Callable[..., Any], Any] = field(default_factory=dict)

    def __reduce__(self) -> tuple[type[KeptResults], tuple[()]]:
        """Pickle and copy it as an empty one."""
        return KeptResults, ()


class Keeper(Protocol):
    """A frozen value that keeps what is worked out of it."""

    @property
    def kept(self) -> KeptResults:
        """The results so far."""


K = TypeVar("K", bound=Keeper)


def kept(compute: Callable[[K], Result]) -> Callable[[K], Result]:
    """Work a result out of a value when it is asked for first, and give the same one from then on."""

    @wraps(compute)
    def remembered(value: K) -> Result:
        results = value.kept.by_function
        if compute not in results:
            results[compute] = compute(value)
        result: Result = results[compute]
        return result

    return remembered
