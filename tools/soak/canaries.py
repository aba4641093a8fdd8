"""Marked secrets and persons through the whole main job, every byte searched: the tests that do it, as a row."""

from __future__ import annotations

import re
import subprocess
import sys

from tools.soak.trial import Trial

__all__ = ["canaries"]

TESTS = ["tests/test_nothing_personal.py", "tests/test_secrets.py", "tests/test_read_only.py"]


def canaries() -> Trial:
    """Run the tests that send marked values through the kit and search everything it wrote, logged and printed."""
    trial = Trial("Marked secrets and persons through the whole job", "pseudonyms and dots in their place")
    call = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *TESTS]
    done = subprocess.run(call, capture_output=True, text=True, check=False)  # noqa: S603  our own tests
    counts = {word: int(number) for number, word in re.findall(r"(\d+) (passed|failed|error)", done.stdout)}
    trial.tried = sum(counts.values())
    if done.returncode:
        trial.wrong = [done.stdout[-300:]] * max(1, trial.tried - counts.get("passed", 0))
    return trial
