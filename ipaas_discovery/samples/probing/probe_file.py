"""Proof of what can be proved of a collection that is a file."""

from __future__ import annotations

from typing import Any

from ipaas_discovery.samples.probing.probe_report import ProbeReport, Proof
from ipaas_discovery.samples.sample import Sample
from ipaas_discovery.systems.answers.json_path import at

__all__ = ["probe_file"]


def probe_file(sample: Sample, id_path: str) -> ProbeReport:
    """Prove what can be proved of a file: that it holds records, and that their ids are different."""
    ids: list[Any] = [at(record, id_path) for record in sample.records]
    missing, distinct = sum(value is None for value in ids), len({str(value) for value in ids if value is not None})
    lacking = f"'{id_path}' is missing in {missing} of {len(ids)} records" if missing else ""
    different = Proof(
        "ids are different",
        None if missing or not ids else distinct == len(ids),
        lacking or f"{distinct} different '{id_path}' in {len(ids)} records",
    )
    records_found = Proof("records are found", bool(ids) or None, f"{len(ids)} in the file")
    return ProbeReport(
        sample.collection, (records_found, different), notes=("a file does not page, and nothing was asked",)
    )
