"""A name that steers a terminal does so through no door of a sample or of what was observed in it."""

from __future__ import annotations

import re

import pytest

from ipaas_discovery.samples.sample import Sample, Stop
from ipaas_discovery.schemas.observing.observe import observe

TAKEN = "\x1b]0;taken\x07\u202e\u2066\x9b2J"
OBEYED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
ROWS = tuple({"id": at, f"na{TAKEN}me": f"v{TAKEN}{at}", "nest": {f"k{TAKEN}": TAKEN}} for at in range(3))
SAMPLE = Sample(f"Sh{TAKEN}op", f"cust{TAKEN}omers", ROWS, Stop.COMPLETE)


@pytest.mark.parametrize("shown", [SAMPLE, observe(SAMPLE)], ids=["sample", "schema"])
def test_no_door_gives_a_sign_that_a_terminal_obeys(shown):
    texts = [repr(shown), str(shown), *shown._repr_mimebundle_().values()]
    assert not [text[:80] for text in texts if OBEYED.search(text)]
