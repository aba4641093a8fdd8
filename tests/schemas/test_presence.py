from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipaas_discovery.samples.sample import Sample, Stop, Stratum
from ipaas_discovery.schemas.presence import presence

RECORDS = (
    {"id": 1, "lines": [{"sku": "a"}], "old": "x"},
    {"id": 2, "lines": [{"sku": "b", "gift": "yes"}, {"sku": ""}], "old": None},
    {"id": 3, "lines": []},
    {"id": 4, "lines": [], "new": 1, "tags": ["t"]},
)


def sample(records=RECORDS, pages=()):
    return Sample("Shop", "orders", tuple(records), Stop.SPACED, pages=pages)


def test_a_field_is_counted_page_by_page_each_list_with_its_own_elements():
    found = presence(sample(pages=(1, 9)), sizes=[2, 2])
    assert found.parts == ("page 1", "page 9")
    shares = dict(found.rows)
    assert shares["old"] == (0.5, 0.0)
    assert shares["new"] == (0.0, 0.5)
    assert shares["lines[].sku"] == (2 / 3, None)
    assert shares["lines[].gift"] == (1 / 3, None)
    assert shares["tags[]"] == (None, 1.0)


def test_what_is_always_or_never_filled_is_told_apart_from_what_varies():
    found = presence(sample([{"id": 1, "n": None, "m": "x"}, {"id": 2, "n": None}]), sizes=[1, 1])
    assert (found.always, found.never, [path for path, _ in found.uneven]) == (1, 1, ["m"])


def test_without_pages_the_parts_are_equal_and_named_by_their_records():
    found = presence(sample([{"id": number} for number in range(30)], pages=(1, 2, 3)))
    assert len(found.parts) == 12
    assert sum(found.sizes) == 30
    assert {*found.sizes} == {2, 3}
    assert (found.parts[0], found.parts[-1]) == ("1 to 2", "28 to 30")


def test_a_sample_that_knows_its_pages_is_told_by_them_and_its_strata():
    strata = (Stratum("spread", 3, 3), Stratum("the newest", 1, 1), Stratum("status = void", 1, 0))
    known = replace(sample(pages=(1, 5, 9)), sizes=(2, 0, 1), strata=strata)
    found = presence(known)
    assert (found.parts, found.sizes) == (("page 1", "page 9", "the newest"), (2, 1, 1))
    assert found.frame().columns.tolist() == ["path", *found.parts]


def test_sizes_that_do_not_fit_the_sample_are_refused():
    with pytest.raises(ValueError, match="The pages hold 3 records, the sample 4"):
        presence(sample(), sizes=[2, 1])


def test_an_empty_sample_has_no_parts():
    found = presence(sample([]))
    assert (found.parts, found.rows, found.frame().columns.tolist()) == ((), (), ["path"])


def test_the_frame_has_a_column_a_part():
    frame = presence(sample(pages=(1, 9)), sizes=[2, 2]).frame()
    assert frame.columns.tolist() == ["path", "page 1", "page 9"]
    assert frame["page 9"].isna().sum() == 2


@given(st.lists(st.dictionaries(st.sampled_from(["a", "b.c", "d[]"]), st.none() | st.text(max_size=2)), max_size=30))
def test_the_parts_together_hold_what_the_sample_holds(records):
    found = presence(sample(records))
    for path, shares in found.rows:
        key = path.replace("\\", "")
        filled = sum(round(size * (share or 0)) for size, share in zip(found.sizes, shares, strict=True))
        assert filled == sum(bool(record.get(key)) for record in records)
