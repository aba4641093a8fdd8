"""Numbers from personal fields: of the same type and as long, unless they are too short to tell anything."""

from __future__ import annotations

from decimal import Decimal

import pytest

from ipaas_discovery.samples.redaction.pseudonyms.personal_numbers import masked_number
from ipaas_discovery.samples.redaction.pseudonyms.pseudonym import Pseudonyms

KNOWN = Pseudonyms(b"a key")


@pytest.mark.parametrize(
    ("value", "name", "hidden", "masked"),
    [
        (1234567, "phone", False, 4893455),
        (123456, "phone", False, 123456),
        (123456, "phone", True, 731333),
        (-1234567, "phone", False, -4893455),
        (1234567.1, "phone", False, 9480691.0),
        (Decimal("1234567.10"), "phone", False, Decimal("6329226.67")),
        (123, "zip", False, 709),
        (12, "zip", False, 12),
        (52.520008, "latitude", False, 52.144798),
        (-52.520008, "latitude", False, -52.144798),
        (Decimal("-0.50"), "longitude", False, Decimal("-0.68")),
        (52.520008, "latitude", True, 65.263201),
        (52.520008, "price", False, 52.520008),
        (52, "latitude", False, 52),
        (52, "latitude", True, 67),
        (10**60, "phone", False, 1000000000000000000000000000000000000000000000000000000000000),
        (10**59, "phone", False, 893263211334344552157503614693597670198062979977973851691092),
        (float("-inf"), "phone", True, float("-inf")),
    ],
)
def test_a_number_keeps_its_type_and_its_length(value, name, hidden, masked):
    given = masked_number(value, name, KNOWN, hidden=hidden)
    assert (given, type(given)) == (masked, type(value))


def test_a_short_number_stays_unless_it_is_to_be_hidden():
    assert masked_number(123456, "phone", KNOWN) == 123456
