"""Try every fault again and again, and print the table of SECURITY.md.

    python -m tools.soak [SECONDS] [SEED]

SECONDS are those of each fuzzed reader, 60 without. Exit status 1 if anything was lost or went wrong.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from importlib.util import find_spec

from tools.soak.canaries import canaries
from tools.soak.faults import pull
from tools.soak.fuzz import fuzz
from tools.soak.kills import kill
from tools.soak.readers import READERS
from tools.soak.trial import Trial

KILLS, PULLS = 60, 400


def trials(seconds: int, seed: int) -> Iterator[Trial]:
    """Try one fault after the other."""
    yield canaries()
    yield kill(KILLS, seed)
    yield pull(PULLS, seed)
    if find_spec("atheris") is None:
        print("Readers are not fuzzed: atheris has no wheel for this Python.", file=sys.stderr)
        return
    for name in READERS:
        yield fuzz(name, seconds)


def main(seconds: int = 60, seed: int = 1) -> int:
    """Print the table as it grows."""
    print("| fault | tried | the user sees | lost or wrong |\n|---|---:|---|---|", flush=True)
    wrong = 0
    for trial in trials(seconds, seed):
        print(trial.row(), flush=True)
        wrong += len(trial.wrong)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
