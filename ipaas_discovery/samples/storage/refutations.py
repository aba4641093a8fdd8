"""Settings of a connector that a probe refuted, kept until they are changed or a probe finds them right."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic_core import to_jsonable_python

from ipaas_discovery.atomic import write_atomically
from ipaas_discovery.errors import SourceError
from ipaas_discovery.samples.end import Certainty, ListEnd
from ipaas_discovery.samples.probing.probe_report import SIZED
from ipaas_discovery.samples.sample import Sample
from ipaas_discovery.samples.storage.store_index import FULL, keep_out_of_git

if TYPE_CHECKING:
    from ipaas_discovery.samples.probing.probe_report import ProbeReport
    from ipaas_discovery.systems.connectors.connector import Connector

__all__ = ["Refutations"]

DOUBT = ListEnd(Certainty.ASSUMED, "a probe refuted the `paging` by which it was read")


@dataclass(slots=True)
class Refutations:
    """Refuted settings of one system's collections, in memory and, if a path is given, in a file."""

    connector: Connector
    path: Path | None = None
    _known: dict[str, list[dict[str, Any]]] | None = None

    def note(self, report: ProbeReport) -> None:
        """Keep what a probe refuted of a collection, in place of what an earlier one did.

        Raises:
            SourceError: if it cannot be written.
        """
        refuted = [
            {
                "setting": proof.setting,
                "value": self._value(report.collection, proof.setting),
                "sentence": f"`{proof.setting}` of the connector is refuted, for {proof.claim} is not true: "
                f"{proof.evidence}; a probe found this{f' on {report.day}' if report.day else ''}",
            }
            for proof in report.proofs
            if proof.holds is False
        ]
        before = self._read()
        self._known = {name: entries for name, entries in before.items() if name != report.collection}
        self._known |= {report.collection: refuted} if refuted else {}
        if self.path is not None and self._known != before:
            keep_out_of_git(self.path.parent)
            content = json.dumps(self._known, ensure_ascii=False, indent=1, sort_keys=True).encode(errors="replace")
            write_atomically(self.path, content + b"\n", error=SourceError, then=FULL)

    def of(self, collection: str) -> tuple[str, ...]:
        """Return a sentence for each refuted setting of a collection that is still as it was."""
        return tuple(str(entry["sentence"]) for entry in self._standing(collection))

    def _standing(self, collection: str) -> list[dict[str, Any]]:
        """Return what is refuted of the settings of a collection that are still as they were."""
        known = self._read().get(collection, ())
        return [entry for entry in known if entry["value"] == self._value(collection, entry["setting"])]

    def judged(self, collection: str, end: ListEnd) -> ListEnd:
        """Return the end of a list, no longer as proved where it was read by paging that is refuted."""
        refuted = any(
            entry["setting"] == "paging" and SIZED not in entry["sentence"] for entry in self._standing(collection)
        )
        return DOUBT if refuted and end.is_proved else end

    def noted(self, sample: Sample) -> Sample:
        """Return a sample whose notes say what is refuted of its collection's settings."""
        if not (sentences := self.of(sample.collection)):
            return sample
        end = self.judged(sample.collection, sample.end)
        total = sample.total if end is sample.end else None
        return replace(sample, notes=(*sample.notes, *sentences), end=end, total=total)

    def _value(self, collection: str, setting: str) -> Any:  # noqa: ANN401  any JSON value
        """Return what the connector says in a setting, `filters.status` among them."""
        if setting == "paging":
            return self.connector.paging_of(collection).model_dump(mode="json")
        if setting == "records":
            return self.connector.records_of(collection)
        name, _, member = setting.partition(".")
        value = getattr(self.connector if name == "limits" else self.connector.collections[collection], name)
        return to_jsonable_python(value.get(member) if member and isinstance(value, Mapping) else value)

    def _read(self) -> dict[str, list[dict[str, Any]]]:
        """Return what is known; a file that nobody can read says nothing."""
        if self._known is None:
            try:
                content = json.loads(self.path.read_bytes()) if self.path else {}
                self._known = {
                    str(name): [entry for entry in entries if {"setting", "value", "sentence"} <= entry.keys()]
                    for name, entries in content.items()
                    if name in self.connector.collections
                }
            except (OSError, ValueError, AttributeError, TypeError):
                self._known = {}
        return self._known
