"""The result of a probe: claims proved, refuted or not decidable, and changes to the connector."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import ndiff
from typing import TYPE_CHECKING, Any

from ipaas_discovery.renderings.card import Card
from ipaas_discovery.renderings.frames import frame_of
from ipaas_discovery.renderings.plain import plain
from ipaas_discovery.renderings.tabular import Tabular, shows

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["SIZED", "ProbeReport", "Proof", "Proposal", "toml_lines"]

SIZED = "the page size is honoured"
"""The one claim on paging on which no end of a list depends."""


@dataclass(frozen=True, slots=True)
class Proof(Card):
    """One claim: True proved, False refuted, None not provable; with the numbers, and the setting it is about."""

    claim: str
    holds: bool | None
    evidence: str
    setting: str = "paging"


@dataclass(frozen=True, slots=True)
class Proposal(Card):
    """A change to one table of the connector file: its lines before and after, and the reason.

    >>> print(Proposal("paging", ('kind = "page"', "first = 1"), ('kind = "page"', "first = 0"), "page 0 exists").diff)
      [paging]
      kind = "page"
    - first = 1
    + first = 0
    """

    table: str
    before: tuple[str, ...]
    after: tuple[str, ...]
    why: str

    @property
    def diff(self) -> str:
        """The change as a diff: lines to take out with `-`, lines to put in with `+`."""
        lines = [line for line in ndiff(self.before, self.after) if not line.startswith("?")]
        return "\n".join([f"  [{self.table}]", *lines])


@dataclass(frozen=True, slots=True)
class ProbeReport(Tabular):
    """The result of a probe of one collection.

    Attributes:
        collection: its name.
        proofs: one per claim, with the numbers that decided.
        proposals: changes to the connector that the answers support; empty where nothing is to be changed.
        notes: what else the probe saw, or left out.
        requests: calls made.
        day: the day the system gave with its first answer (ISO), empty where it gave none.
    """

    collection: str
    proofs: tuple[Proof, ...]
    proposals: tuple[Proposal, ...] = ()
    notes: tuple[str, ...] = ()
    requests: int = 0
    day: str = ""

    @property
    def sound(self) -> bool:
        """True if nothing was refuted."""
        return all(proof.holds is not False for proof in self.proofs)

    @property
    @shows("What is not proven", "sentence")
    def unproven(self) -> tuple[str, ...]:
        """A sentence for each claim that could not be decided, and for what was left out."""
        return (*(f"Not proven that {proof.claim}: {proof.evidence}." for proof in self.proofs if proof.holds is None),
                *(f"{note[:1].upper()}{note[1:]}." for note in self.notes))  # fmt: skip

    def frame(self) -> pd.DataFrame:
        """Return one row per claim: claim and evidence are text, holds is boolean and missing where nobody can say."""
        rows = ({"claim": proof.claim, "holds": proof.holds, "evidence": proof.evidence} for proof in self.proofs)
        return frame_of(rows, {"claim": "str", "holds": "boolean", "evidence": "str"})

    def to_dict(self) -> dict[str, Any]:
        """Return the report as plain data: proofs, proposals, notes and whether it is sound, ready for `json.dumps`."""
        return {**plain(self), "sound": self.sound}

    def to_text(self, *, max_rows: int | None = None) -> str:
        """Write the table, the changes it proposes and what stays unproven, for a terminal."""
        parts = [self.to_markdown(max_rows=max_rows)]
        parts += [f"Proposed, since {proposal.why}:\n\n{proposal.diff}" for proposal in self.proposals]
        if self.unproven:
            parts.append("\n".join(f"- {sentence}" for sentence in self.unproven))
        return "\n\n".join([*parts, f"{self.requests} requests were made."])


def toml_lines(settings: Mapping[str, Any]) -> tuple[str, ...]:
    """Write settings as lines of a TOML table; those without a value are left out.

    >>> toml_lines({"kind": "page", "first": 0, "size": None})
    ('kind = "page"', 'first = 0')
    """
    return tuple(f"{_key(name)} = {_value(value)}" for name, value in settings.items() if value is not None)


def _key(name: str) -> str:
    return name if name.replace("_", "").replace("-", "").isalnum() else _value(name)


def _value(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{_key(str(name))} = {_value(item)}" for name, item in value.items()) + " }"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(_value, value)) + "]"
    if isinstance(value, int | float):
        return str(value)
    import json  # noqa: PLC0415  a JSON string is a TOML string

    return json.dumps(str(value), ensure_ascii=False)
