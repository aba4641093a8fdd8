import json
from dataclasses import replace

import pytest
from frames import dtypes, expected
from hypothesis import given
from hypothesis import strategies as st
from reference_files import agrees

from ipaas_discovery.samples.sample import Sample, Stop, Stratum
from ipaas_discovery.schemas.field import Observed
from ipaas_discovery.schemas.observing.observe import observe
from ipaas_discovery.schemas.showing.presence import COLUMNS, Presence, presence
from ipaas_discovery.schemas.showing.presence import _share as share_of

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
    assert (found.always, found.never, [path for path, _ in found.uneven]) == (("id",), ("n",), ["m"])


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
    assert found.frame()["part"].unique().tolist() == list(found.parts)


def test_sizes_that_do_not_fit_the_sample_are_refused():
    with pytest.raises(ValueError, match="The pages hold 3 records, the sample 4"):
        presence(sample(), sizes=[2, 1])


def test_an_empty_sample_has_no_parts():
    found = presence(sample([]))
    assert (found.parts, found.rows) == ((), ())
    assert dtypes(found.frame()) == expected(COLUMNS)


def test_the_frame_has_a_row_for_each_path_and_part():
    frame = presence(sample(pages=(1, 9)), sizes=[2, 2]).frame()
    assert dtypes(frame) == expected(COLUMNS)
    beside = frame.pivot(index="path", columns="part", values="filled")
    assert beside.columns.tolist() == ["page 1", "page 9"]
    assert beside.loc["old"].tolist() == [0.5, 0.0]
    assert beside["page 9"].isna().sum() == 2


@given(st.lists(st.dictionaries(st.sampled_from(["a", "b.c", "d[]"]), st.none() | st.text(max_size=2)), max_size=30))
def test_the_parts_together_hold_what_the_sample_holds(records):
    found = presence(sample(records))
    for path, shares in found.rows:
        key = path.replace("\\", "")
        filled = sum(round(size * (share or 0)) for size, share in zip(found.sizes, shares, strict=True))
        assert filled == sum(bool(record.get(key)) for record in records)


def test_many_parts_are_put_together_by_filter_then_side_by_side():
    values = tuple(Stratum(f"status = {number}", 1, 1) for number in range(20))
    spread = Stratum("spread", 40, 40)
    records = tuple({"id": number} for number in range(60))
    found = presence(Sample("Shop", "orders", records, Stop.SPACED, pages=tuple(range(1, 41)), sizes=(1,) * 40,
                            strata=(spread, *values)))  # fmt: skip
    assert found.parts[0] == "page 1 to page 3"
    assert found.parts[-1] == "page 40 to 20 values of status"
    assert len(found.parts) <= 16
    assert sum(found.sizes) == 60


PAGES = Presence(
    "Shop",
    "orders",
    ("page 1", "page 5", "page 9"),
    (20, 20, 7),
    (
        ("id", (1.0, 1.0, 1.0)),
        ("lines[].gift", (0.05, None, 0.6)),
        ("new", (0.0, 0.0, 0.999)),
        ("newer", (0.0, 0.0, 0.999)),
        ("old", (0.0, None, 0.0)),
    ),
)


def test_what_varies_is_drawn_the_most_varying_first_and_alike_together():
    heat = PAGES._heat()
    assert [(line.name, line.alike) for line in heat.lines] == [("new", ("newer",)), ("lines[].gift", ())]
    assert heat.columns == (("page 1", "20"), ("page 5", "20"), ("page 9", "7"))
    assert heat.notes == (
        "Not drawn: 1 field filled everywhere; 1 field filled nowhere (old).",
        "Fields with the same numbers stand in one row.",
        "A dot: nothing there could have held the field.",
    )


def test_it_shows_itself_as_the_heat_map():
    bundle = PAGES._repr_mimebundle_()
    assert bundle["text/plain"].startswith("Presence of orders: 5 paths in 3 parts\nfield  ")
    assert agrees("presence.html", bundle["text/html"] + "\n")
    assert agrees("presence.md", PAGES.to_markdown() + "\n")


def test_its_plain_data_holds_every_number():
    made = json.loads(json.dumps(PAGES.to_dict()))
    assert made["parts"][2] == {"part": "page 9", "records": 7}
    assert made["fields"][1] == {"path": "lines[].gift", "filled": [0.05, None, 0.6]}
    assert len(made["fields"]) == 5


def test_600_paths_are_drawn_as_far_as_one_looks_and_counted_beyond():
    rows = tuple((f"part_{at // 100}[].field_{at}", (at / 600, 0.5, None)) for at in range(600))
    found = Presence("Shop", "wide", ("page 1", "page 2", "page 3"), (1, 1, 1), rows)
    assert len(found._heat().lines) == 60
    assert found._heat().notes[-1] == "540 more fields vary less; frame() has them all."
    assert len(found._repr_html_()) < 40_000


@pytest.mark.parametrize("found", [Presence("Shop", "orders", (), (), ()), presence(sample([]))])
def test_nothing_to_draw_is_shown_too(found):
    assert "how full its fields are" in found._repr_html_()
    assert "<table>" not in found._repr_html_()
    assert "how full its fields are" in found.to_markdown()


def test_a_map_is_not_taken_for_missing_where_a_part_of_the_sample_tells_its_keys():
    seen = Observed(2, 2)
    assert share_of("prices.*", {"prices": seen, "prices.EUR": seen}) is None
    assert share_of("prices.EUR", {"prices": seen, "prices.*": seen}) is None
    assert share_of("prices.EUR", {"prices": seen, "prices.USD": seen}) == 0


def test_the_paths_are_those_of_the_whole_sample():
    records = [{"labels": {f"label-{at}": "x"}} for at in range(60)]
    found = presence(sample(records), sizes=[30, 30])
    assert [path for path, _ in found.rows] == [each.path for each in observe(records).fields]
