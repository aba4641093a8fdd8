"""E-mail addresses as evidence beside the names they are made of."""

import numpy as np
import pytest

from ipaas_discovery.matching.records.columns import columns_of
from ipaas_discovery.matching.records.emails import (
    EmailEvidence,
    alike_email,
    digits_beside_name,
    locals_of,
    names_in_emails,
)
from ipaas_discovery.matching.records.evidence import Coded, ValueEvidence, Weights


@pytest.mark.parametrize(
    ("local", "name", "digits"),
    [
        ("ada.lovelace", ("ada", "lovelace"), 0),
        ("lovelace_ada77", ("ada", "lovelace"), 2),
        ("a.lovelace1", ("ada", "lovelace"), 1),
        ("lovelace", ("ada", "lovelace"), 0),
        ("william.gates", ("bill", "gates"), 0),
        ("ada.lovelace", ("ada maria", "lovelace"), -1),
        ("adamaria", ("ada maria", "lovelace"), 0),
        ("ada", ("ada", "lovelace"), 0),
        ("ada", ("ada", ""), 0),
        ("al", ("al", "lovelace"), -1),
        ("b.lovelace", ("ada", "lovelace"), -1),
        ("shop", ("ada", "lovelace"), -1),
        ("ann.ann", ("bo", "ann"), -1),
        ("", ("", ""), -1),
        ("x", ("", ""), -1),
    ],
)
def test_digits_are_counted_in_an_address_that_is_made_of_the_name(local, name, digits):
    assert digits_beside_name([(f"{local}@mail1.example",)], [name]).tolist() == [digits]


def test_without_an_address_or_without_names_nothing_is_made_of_them():
    assert digits_beside_name([(), ("ada@x.example", "y")], [("ada", "b"), ("ada", "b")]).tolist() == [-1, 0]
    assert digits_beside_name([("ada@x.example",)] * 2, None).tolist() == [-1, -1]


def test_names_are_laid_beside_the_addresses_of_the_other_side():
    mailed, plain = columns_of([{"mail": "a.b1@x.example"}, {}]), columns_of([{"city": "Oslo"}])
    names = [("ada maria", "b c"), ("", "x")], [("cy", "d"), ("e", "")]
    ours, theirs = [("adamariabc", "bcadamaria"), ()], [("cyd", "dcy"), ()]
    addresses = [("ab",), ()]
    assert list(names_in_emails((mailed, mailed), names)) == [(ours, addresses), (addresses, theirs)]
    assert list(names_in_emails((plain, mailed), names)) == [(ours, addresses)]
    assert list(names_in_emails((mailed, plain), names)) == [(addresses, theirs)]
    assert locals_of(("a.b@x.example", "c")) == ("a.b", "c")


@pytest.mark.parametrize(
    ("left", "right", "share"),
    [
        ("ada@x.example", "adx@x.example", 0.7),
        ("ada@x.example", "axx@x.example", 0),
        ("ada1@x.example", "ada2@x.example", 0),
        ("ada@x.exam", "ada@y.uk", 0),
        ("ada@x.examp", "ada@y.uk", 0.7),
        ("ada@x.examp", "bob@y.uk", 0),
    ],
)
def test_a_slip_of_the_pen_and_another_provider_leave_an_address_alike(left, right, share):
    assert alike_email([(left, right)]).tolist() == [pytest.approx(share)]


def evidence(ours=(0, 2, -1), theirs=(1, 2, 0)):
    coded = Coded.of([("a",), ("b",), ()], [("a",), ("c",), ()])
    values = ValueEvidence("email", coded, Weights(np.array([9, 8, 7], np.float32), -1.5))
    return EmailEvidence("email", values, np.array(ours), np.array(theirs))


def test_an_address_made_of_the_name_says_little_beside_that_name():
    left, right = np.array([0, 1, 1, 2, 0]), np.array([0, 1, 0, 2, 0])
    bits, named = np.full(5, 20, np.float32), np.array([3, 3, 0.5, 3, 0], np.float32)
    assert evidence().beside_names(bits, left, right, named).tolist() == [5.0, 6.0, 3.5, 20.0, 20.0]
    assert evidence((1, 2, 0), (1, 2, 0)).beside_names(bits, left, right, named).tolist() == [7.5, 6.0, 3.5, 1.0, 20.0]
    assert evidence().beside_names(bits / 10, left, right, named).tolist() == [2.0] * 5


def test_within_one_side_its_own_addresses_are_compared():
    rows = np.array([0, 1])
    assert evidence().bits(rows, rows).tolist() == [9.0, -1.5]
    for side, digits in ((0, [0, 2, -1]), (1, [1, 2, 0])):
        inside = evidence().within(side)
        assert (inside.aspect, inside.ours.tolist(), inside.theirs.tolist()) == ("email", digits, digits)
        assert inside.bits(rows, rows).tolist() == [9.0, (8.0, 7.0)[side]]
