"""Both systems are pulled at once: what is kept is summed up, and no thread is left."""

from __future__ import annotations

from threading import enumerate as threads

from ipaas_discovery.pull_both import Pulled, pull_together
from ipaas_discovery.samples.sample import Sample, Stop


class Job:
    """What one system is asked for, in place of a real one."""

    def run(self, _cancel):
        return {"orders": Sample("Shop", "orders", ({"id": 1}, {"id": 2}), Stop.COMPLETE)}


def test_the_summary_counts_collections_with_records_and_those_that_are_complete():
    ends = {"a": (2, Stop.COMPLETE), "b": (0, Stop.COMPLETE), "c": (3, Stop.INTERRUPTED)}
    samples = {name: Sample("Shop", name, ({"id": 1},) * count, stop) for name, (count, stop) in ends.items()}
    summary = Pulled({"third_party": samples}).summary
    assert summary.startswith("5 records of 2 collections are kept, 2 of 3 collections are complete")


def test_the_threads_of_a_pull_end_with_it():
    pulled = pull_together({"ipaas": Job(), "third_party": Job()})
    assert [len(sample) for sample in pulled.everything] == [2, 2]
    ending = [thread for thread in threads() if thread.name.startswith("pull_")]
    for thread in ending:
        thread.join(timeout=5)
    assert not any(thread.is_alive() for thread in ending)
