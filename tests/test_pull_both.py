"""Both systems are pulled at once: what is kept is summed up, and no thread is left."""

from __future__ import annotations

from threading import enumerate as threads

import pytest
from fakes import Fake, system

from ipaas_discovery.errors import FetchError, RefusedError, ResponseError, UnreachableError
from ipaas_discovery.pull_both import Pulled, SystemJob, absent, dispensable, finished, pull_together
from ipaas_discovery.samples.absence import Absence, Lack, unset
from ipaas_discovery.samples.plan import Plan
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


TOKEN = unset(("SHOP_TOKEN",), Lack.SECRET, ".env")
NOWHERE = Absence(Lack.NETWORK, "the system cannot be reached, GET /a", "check the VPN")
ELSEWHERE = Absence(Lack.NETWORK, "the system cannot be reached, GET /b", "check the VPN")


def test_samples_that_lack_the_same_thing_are_named_together_and_once():
    samples = {
        "a": Sample.absent("Shop", "a", TOKEN),
        "b": Sample("Shop", "b", ({"id": 1},), Stop.COMPLETE),
        "c": Sample.absent("Shop", "c", TOKEN),
        "d": Sample.absent("Shop", "d", NOWHERE),
        "e": Sample.absent("Shop", "e", ELSEWHERE),
    }
    assert Pulled({"third_party": samples}).missing == (
        "What is shown of these is declared, as no sample was pulled: a and c of Shop (neither the environment nor "
        ".env nor the keyring gives SHOP_TOKEN; set it to pull a sample); d and e of Shop (the system cannot be "
        "reached, GET /a; check the VPN)"
    )
    assert Pulled({"third_party": {"b": samples["b"]}}).missing == ""


def shop(facts="ipaas", **auth):
    """A system of which shipped facts declare something, or nothing does."""
    spec = {"LOCATION": {"list": "/a"}, "CUSTOMER": {"list": "/b"}}
    return system(Fake({}), spec, limits={"retries": 0}, **({"facts": facts} if facts else {}), **auth)


def job(there, **errors):
    """The job of pulling from a system whose calls fail as told."""
    made = SystemJob(there, tuple(errors), Plan(), {})
    return lambda interrupted=False: made._nothing(errors, interrupted=interrupted)


def test_where_nothing_came_for_want_of_a_network_declarations_stand_in():
    there = shop()
    gone, odd = UnreachableError("No answer"), ResponseError("The system answered 500")
    samples = job(there, LOCATION=odd, CUSTOMER=gone)()
    assert (samples["LOCATION"].absence, samples["LOCATION"].stop) == (None, Stop.FAILED)
    assert samples["LOCATION"].problem == str(odd)
    assert samples["CUSTOMER"].absence.lack is Lack.NETWORK
    with pytest.raises(ResponseError):
        job(there, LOCATION=odd)()
    with pytest.raises(UnreachableError):
        job(shop(facts=None), CUSTOMER=gone)()


def test_a_refusal_is_the_error_of_whoever_sent_a_secret():
    no = RefusedError("The system answered 401")
    assert job(shop(), CUSTOMER=no)()["CUSTOMER"].absence.lack is Lack.LOG_IN
    with pytest.raises(RefusedError):
        job(shop(auth={"kind": "bearer"}), CUSTOMER=no)()


def test_an_interrupt_is_told_as_one():
    sample = job(shop(), CUSTOMER=FetchError("Given up"))(interrupted=True)["CUSTOMER"]
    assert (sample.stop, sample.problem, sample.absence) == (Stop.INTERRUPTED, "Given up.", None)


def test_what_is_known_to_be_missing_is_asked_for_nowhere():
    there = shop(auth={"kind": "bearer", "token": "{other}"})
    assert dispensable(there)
    assert not dispensable(shop(facts=None))
    assert set(absent(there, ["LOCATION"])) == {"LOCATION"}
    assert absent(there, ["LOCATION"])["LOCATION"].absence.variables == ("FAKE_OTHER",)
    assert absent(shop(), ["LOCATION"]) == {}
    assert absent(shop(facts=None, auth={"kind": "bearer", "token": "{other}"}), ["LOCATION"]) == {}


def test_a_pull_with_a_sample_that_is_missing_is_not_put_in_use():
    class Finishing:
        name, asked = "Shop", 0

        def finish(self):
            self.asked += 1
            return False

    there = Finishing()
    whole, lacking = {"b": Sample("Shop", "b", (), Stop.COMPLETE)}, {"a": Sample.absent("Shop", "a", TOKEN)}
    assert finished({"third_party": there}, Pulled({"third_party": {**whole, **lacking}})) == ()
    assert there.asked == 0
    (sentence,) = finished({"third_party": there}, Pulled({"third_party": whole}))
    assert sentence.startswith("The pull from Shop is not complete")
    assert there.asked == 1
