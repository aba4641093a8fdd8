"""Pairing two systems' customers, written apart by the noise model: quality, seconds, and memory."""

from __future__ import annotations

import resource
import time
from collections.abc import Iterator

from noisy_customers import quality, two_systems

from ipaas_discovery.matching.records.record_pairs import pair_records

SIZE = 20_000


def line(seed: int) -> str:
    """One run in a line; memory is the whole process's, samples included."""
    left, right, left_of, right_of = two_systems(SIZE, seed)
    start = time.process_time()
    pairs = pair_records(left, right)
    seconds = time.process_time() - start
    precision, recall, both = quality(pairs.pairs, left_of, right_of)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    measured = f"precision {precision:.3f}, recall {recall:.3f}, F1 {both:.3f}; {seconds:.1f} s, {memory:.0f} MB"
    return f"pair_records, {len(left)} x {len(right)} customers, seed {seed}: {measured}"


def lines() -> Iterator[str]:
    """A line for each of two worlds."""
    yield from map(line, (3, 5))
