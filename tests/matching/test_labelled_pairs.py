"""What becomes of every field of the labelled pairs: a change of a word, a weight or a rule shows each match it moves.

The halves that are only counted (`test`, `late_test`) are left out: nobody is to look at them while tuning.
"""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

from reference_files import agrees

from ipaas_discovery.matching.field_matches import match_fields

LABELS = Path(__file__).parents[1] / "benchmarks" / "labelled.py"
PARTS = ("tuning", "unlike", "unseen", "late_tuning")


def module():
    """The benchmarks' reader of labels, which is in no package."""
    spec = importlib.util.spec_from_file_location("labelled_pairs", LABELS)
    found = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = found  # a dataclass looks its module up
    spec.loader.exec_module(found)
    return found


def told(pair):
    """One line a source field: its best match, why, of what, and the next one; `*` is proposed, `?` ambiguous."""
    matches = match_fields(pair.source, pair.destination, top=2)
    proposed = {row.source: row for row in matches.proposals()}
    seconds = {row.source: f"; then {row.destination} {row.score:.2f}" for row in matches.rows if row.rank != 1}
    yield f"# {pair.name}"
    for best in (row for row in matches.rows if row.rank == 1):
        row = proposed.get(best.source, best)
        mark = "*" if best.source in proposed else "?" if best.ambiguous else "-"
        parts = " ".join(f"{name} {share:.2f}" for name, share in row.evidence.items() if share is not None)
        kind = f"{row.relation}, {row.kind}: {row.why}"
        yield f"{mark} {row.source} > {row.destination} {row.score:.2f} {kind} ({parts}{seconds.get(row.source, '')})"


def test_every_match_of_the_labelled_pairs_is_what_it_was():
    pairs = [pair for part in PARTS for pair in module().labelled(part)]
    assert agrees("labelled_matches.txt", "".join(f"{line}\n" for pair in pairs for line in told(pair)))
