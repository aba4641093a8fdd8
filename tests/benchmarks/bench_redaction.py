"""Redaction: what it finds and what it takes by mistake on labelled sets, and how fast a redacted recording runs.

The halves of the first set are different systems; the rules were tuned on the first. Each further set was labelled when
those before were done, and counted before any rule was changed for it. The ratio is that of processor seconds of a
redacted recording and of a plain one, taken in turns in one run.
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
from personal_values import (
    distant_systems,
    eighth_systems,
    held_systems,
    last_systems,
    ninth_systems,
    seventh_systems,
    tenth_systems,
    tuning_systems,
    unseen_systems,
    vendor_systems,
)
from personal_values.labels import count
from ways import by_kit, served

from ipaas_discovery.samples.storage.answer_policy import AnswerPolicy

ROUNDS = 4
SETS = {
    "tuning": (tuning_systems, "", ""),
    "test": (held_systems, "", ""),
    "third": (unseen_systems, "0.9006", "0.64%"),
    "fourth": (vendor_systems, "0.8765", "2.03%"),
    "fifth": (distant_systems, "0.748", "0.33%"),
    "sixth": (last_systems, "0.774", "0%"),
    "seventh": (seventh_systems, "0.5804", "0.27%"),
    "eighth": (eighth_systems, "0.5262", "0%"),
    "ninth": (ninth_systems, "0.6535", "0.91%"),
    "tenth": (tenth_systems, "0.9174", "0.65%"),
}
"""Each set, with the recall and the false redactions that it measured before anything was changed for it."""


def figures() -> Iterator[str]:
    """Recall and false redactions of each set, and of each kind in the measured half."""
    yield "| set | personal | recall at first | now | neutral | false redactions at first | now |"
    yield "|---|--:|--:|--:|--:|--:|--:|"
    counts = {name: count(part.systems()) for name, (part, *_) in SETS.items()}
    for name, half in counts.items():
        _, recall, wrong = SETS[name]
        found = f"{recall} | {half.recall:.4f} | {half.neutral} | {wrong} | {half.false_share:.2%}"
        yield f"| {name} | {half.personal.total()} | {found} |"
    yield from ("", "| kind, test half | personal | stayed |", "|---|--:|--:|")
    yield from (f"| {kind} | {labelled} | {kept} |" for kind, labelled, kept in counts["test"].by_kind())


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
