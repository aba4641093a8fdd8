"""What keeps a sample away is a value: what is missing, and which names in the environment would bring it."""

from __future__ import annotations

import pytest

from ipaas_discovery.errors import AbsentError, RefusedError, ResponseError, UnreachableError
from ipaas_discovery.samples.absence import Lack, absence_after, unset
from ipaas_discovery.samples.sample import Sample, Stop


def test_the_variables_that_nobody_has_set_are_named_with_the_places():
    absence = unset(("SHOP_TENANT", "SHOP_TOKEN"), Lack.SECRET, "data/.env")
    assert absence.variables == ("SHOP_TENANT", "SHOP_TOKEN")
    assert str(absence) == (
        "neither the environment nor data/.env nor the keyring gives SHOP_TENANT and SHOP_TOKEN; "
        "set them to pull a sample."
    )
    assert str(unset(("SHOP_TOKEN",), Lack.SECRET, ".env")).endswith("gives SHOP_TOKEN; set it to pull a sample.")


def test_one_that_does_for_all_is_named_beside_them():
    text = str(unset(("A", "B", "C"), Lack.SECRET, ".env", instead="A_TOKEN"))
    assert text.endswith("gives A, B and C; set them (or A_TOKEN in place of the log-in) to pull a sample.")


def test_a_host_that_cannot_be_reached_is_a_missing_network():
    error = UnreachableError("The system cannot be reached, timed out", where="GET /orders", then="check the VPN")
    for unsigned in (True, False):
        absence = absence_after(error, unsigned=unsigned)
        assert (absence.lack, absence.variables) == (Lack.NETWORK, ())
        assert str(absence).startswith("the system cannot be reached, timed out, GET /orders; check the VPN")
        assert ("write [auth] if the system wants a log-in" in str(absence)) is unsigned


def test_a_refusal_is_a_missing_log_in_only_where_nothing_is_sent():
    error = RefusedError("The system answered 401", where="GET /orders", then="check the credentials")
    absence = absence_after(error, unsigned=True)
    assert absence.lack is Lack.LOG_IN
    assert "write [auth] in the connector file" in str(absence)
    assert absence_after(error, unsigned=False) is None


@pytest.mark.parametrize("kind", [ResponseError, AbsentError])
def test_other_failures_are_no_absence(kind):
    assert absence_after(kind("The system answered 500", where="GET /orders"), unsigned=True) is None


def test_a_sample_that_was_not_pulled_claims_nothing_of_its_collection():
    sample = Sample.absent("Shop", "orders", unset(("SHOP_TOKEN",), Lack.SECRET, ".env"))
    assert (len(sample), sample.seen, sample.stop) == (0, False, Stop.UNASKED)
    assert sample.claim.startswith("Not read: neither the environment")
    assert sample.to_dict()["absence"]["variables"] == ["SHOP_TOKEN"]


@pytest.mark.parametrize(
    ("sample", "seen"),
    [
        (Sample("Shop", "orders", ({"id": 1},), Stop.INTERRUPTED), True),
        (Sample("Shop", "orders", (), Stop.EMPTY), True),
        (Sample("Shop", "orders", (), Stop.COMPLETE, total=0), True),
        (Sample("Shop", "orders", (), Stop.INTERRUPTED), False),
        (Sample("Shop", "orders", (), Stop.TIME), False),
        (Sample("Shop", "orders", (), Stop.CAP), False),
        (Sample("Shop", "orders", (), Stop.FAILED, problem="refused"), False),
        (Sample("Shop", "orders", ({"id": 1},), Stop.INTERRUPTED, problem="broke off"), True),
    ],
)
def test_a_collection_was_seen_if_it_gave_records_or_none_at_its_end(sample, seen):
    assert sample.seen is seen
