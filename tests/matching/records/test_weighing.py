"""Features of names by which records that may be one are brought together."""

import pytest

from ipaas_discovery.matching.records.weighing import _beginnings, _family, _given, _initials


def test_a_name_is_found_by_the_beginnings_of_what_it_may_be_short_for():
    assert _given(("bob", "example")) == ("bob", "rob")
    assert _beginnings(("bob", "example")) == ("bob exam", "exam rob")
    assert _beginnings(("exa", "bob")) == ("bob exa",)


def test_each_part_stands_with_the_other_s_initial():
    assert _initials(("ada", "example")) == ("a example", "e ada")
    assert _initials(("a", "a")) == ("a a",)
    assert _family(("ada", "example")) == ("exa",)


@pytest.mark.parametrize("name", [("ada", ""), ("", "example"), ("", "")])
def test_half_a_name_has_no_feature_of_both(name):
    assert (_beginnings(name), _initials(name)) == ((), ())


def test_a_missing_family_name_has_no_beginning():
    assert _family(("ada", "")) == ()
