"""Redaction: what it finds and what it takes by mistake on the labelled set, and how fast a redacted recording runs.

The halves of the set are different systems; the rules were tuned on the first. A third part was written when both were
done, and a fourth, of vendors' forms, when that was; both were counted before any rule was changed for them. The
ratio is that of processor seconds
of a redacted recording and of a plain one, taken in turns in one run.
"""

from __future__ import annotations

import gc
import os
import secrets
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from machine import described
from personal_values import held_systems, tuning_systems, unseen_systems, vendor_systems
from personal_values.labels import count
from ways import by_kit, served

from ipaas_discovery.samples.storage.answer_policy import AnswerPolicy

ROUNDS = 4
FIRST_COUNTS = (
    "| third, at its first count | 1368 | 0.9006 | 4064 | 0.64% |",
    "| fourth, at its first count | 972 | 0.8765 | 1529 | 2.03% |",
)
"""What the third and the fourth part measured before their kinds of misses were mended."""


def figures() -> Iterator[str]:
    """Recall and false redactions of both halves, and of each kind in the measured half."""
    halves = {
        name: count(part.systems())
        for name, part in {
            "tuning": tuning_systems,
            "test": held_systems,
            "third, now": unseen_systems,
            "fourth, now": vendor_systems,
        }.items()
    }
    yield "| half | personal | recall | neutral | false redactions |"
    yield "|---|--:|--:|--:|--:|"
    for name, half in halves.items():
        shares = f"{half.recall:.4f} | {half.neutral} | {half.false_share:.2%}"
        yield f"| {name} | {half.personal.total()} | {shares} |"
    yield from FIRST_COUNTS
    yield from ("", "| kind, test half | personal | stayed |", "|---|--:|--:|")
    yield from (f"| {kind} | {labelled} | {kept} |" for kind, labelled, kept in halves["test"].by_kind())


def speed() -> Iterator[str]:
    """How a redacted recording runs beside a plain one."""
    ratios = []
    with served(0) as address, tempfile.TemporaryDirectory() as folder:
        for number in range(ROUNDS):
            taken = []
            for raw in (False, True):
                gc.collect()
                start = time.process_time()
                by_kit(address, answers=AnswerPolicy(Path(folder) / f"{number}{raw}", raw=raw))
                taken.append(time.process_time() - start)
            ratios.append(taken[1] / taken[0])
    yield f"A redacted recording runs at {median(ratios):.2f} x of a plain one (wanted: 0.38 x)."


def lines() -> Iterator[str]:
    """Both figures and the speed."""
    os.environ.setdefault("IPAAS_DISCOVERY_KEY", secrets.token_hex(16))
    yield f"{described(('msgspec', 'python-stdnum'))}."
    yield ""
    yield from figures()
    yield ""
    yield from speed()
