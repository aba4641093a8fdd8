"""Pairing two systems' customers, written apart by the noise model: quality, seconds and memory, beside splink."""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from ipaas_discovery.matching.records.columns import folded
from ipaas_discovery.matching.records.record_pairs import pair_records
from ipaas_discovery.samples.sample import Sample

sys.path.insert(0, str(Path(__file__).parents[1]))
from noisy_customers import quality, two_systems

SIZE = 20_000
PEER_PYTHON = Path(os.environ.get("SPLINK_PYTHON", ".venv-splink/bin/python"))
HEAD = "| seed | | precision | recall | F1 | seconds | of splink's |"


class Found(NamedTuple):
    """Positions of a pair."""

    left: int
    right: int


def lines() -> Iterator[str]:
    """A row for each of three worlds and each way; memory is that of the whole process, samples included."""
    yield HEAD
    yield "|---|---|---|---|---|---|---|"
    told = ""
    for seed in (3, 5, 11):
        left, right, *people = two_systems(SIZE, seed)
        start = time.process_time()
        pairs = pair_records(left, right).pairs
        seconds = time.process_time() - start
        peer = splink(left, right) if PEER_PYTHON.exists() else None
        share = f"{seconds / peer['seconds']:.2f}" if peer else ""
        yield _row(seed, "pair_records", quality(pairs, *people), seconds, share)
        if peer:
            told = f"splink {peer['version']}"
            yield _row(seed, told, quality([Found(*pair) for pair in peer["pairs"]], *people), peer["seconds"], "")
    yield ""
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    yield f"{SIZE} x {SIZE} customers; seconds of processor time; at most {memory:.0f} MB for ours, samples included."
    yield f"{told} gets the records folded, as it levels nothing itself." if told else "splink could not be asked."


def _row(seed: int, way: str, found: tuple[float, float, float], seconds: float, share: str) -> str:
    figures = " | ".join(f"{figure:.3f}" for figure in found)
    return f"| {seed} | {way} | {figures} | {seconds:.1f} | {share} |"


def splink(left: Sample, right: Sample) -> dict[str, Any]:
    """Ask splink for the pairs; it is told which fields belong together, and gets them in one spelling."""
    sides = {"left": [*map(_ours, left.records)], "right": [*map(_theirs, right.records)]}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "customers.json"
        rows = {name: [{"at": at, **row} for at, row in enumerate(side)] for name, side in sides.items()}
        path.write_text(json.dumps(rows), encoding="utf-8")
        way = Path(__file__).with_name("splink_way.py")
        answer = subprocess.run([PEER_PYTHON, way, path], check=True, capture_output=True, text=True)
    told: dict[str, Any] = json.loads(answer.stdout.splitlines()[-1])
    return told


def _plain(given: str, family: str, email: str | None, phone: str, rest: Iterable[str | None]) -> dict[str, str]:
    street, code, born = rest
    return {
        "given": folded(given or ""),
        "family": folded(family or ""),
        "email": (email or "").strip().lower(),
        "phone": "".join(filter(str.isdigit, phone or ""))[-10:],
        "street": folded(street or ""),
        "zip": code or "",
        "born": born or "",
    }


def _ours(row: Mapping[str, Any]) -> dict[str, str]:
    rest = row["address_1"], row["postal_code"], row["birth_date"]
    return _plain(row["first_name"], row["last_name"], row["email_address"], row["phone"], rest)


def _theirs(row: Mapping[str, Any]) -> dict[str, str]:
    place = row["address"]
    rest = place["line1"], place["zip"], row["birthday"]
    return _plain(row["firstName"], row["lastName"], row["email"], place["telephone"], rest)
