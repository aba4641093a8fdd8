"""Every setting of a plan in discovery.toml, for all collections and for one pair."""

from __future__ import annotations

import dataclasses
import re

import pytest
from workspaces import run, write_settings

from ipaas_discovery import Discovery
from ipaas_discovery.samples.plan import Plan
from ipaas_discovery.samples.sample import Stop
from ipaas_discovery.settings import SampleSettings, Settings
from ipaas_discovery.workspace.create import create

EVERYTHING = {
    "pages": 3, "size": 5, "edges": False, "values": 2, "until_quiet": 4, "most_pages": 9, "requests": 50,
    "seconds": 60.5, "details": 2,
}  # fmt: skip


def toml(value):
    return str(value).lower()


def test_the_settings_are_those_of_a_plan_and_their_defaults():
    names = [each.name for each in dataclasses.fields(Plan)]
    assert list(SampleSettings.model_fields) == names == list(EVERYTHING)
    assert SampleSettings().applied(Plan()) == Plan() == Plan(**SampleSettings().model_dump())


def test_all_of_them_are_read(tmp_path):
    settings = write_settings(tmp_path)
    lines = "".join(f"{name} = {toml(value)}\n" for name, value in EVERYTHING.items())
    settings.write_text(settings.read_text().replace("pages = 2\nsize = 10\n", lines))
    assert Settings.read(settings).plan == Plan(**EVERYTHING)


@pytest.mark.parametrize("form", ["sample = {{ {pairs} }}\n", "[collections.sample]\n{lines}\n"])
def test_a_pair_may_have_its_own_beside_what_holds_for_all(tmp_path, form):
    settings = write_settings(tmp_path, {"CUSTOMER": "customers", "LOCATION": "locations"})
    own = {"pages": 7, "seconds": 5}
    pairs = [f"{name} = {value}" for name, value in own.items()]
    said = form.format(pairs=", ".join(pairs), lines="\n".join(pairs))
    text = settings.read_text().replace("pages = 2", "pages = 2\nuntil_quiet = 1\nseconds = 90")
    settings.write_text(text.replace('third_party = "customers"\n', f'third_party = "customers"\n{said}'))
    integration = Settings.read(settings)
    assert integration.plan == Plan(pages=2, size=10, until_quiet=1, seconds=90)
    plan = Plan(pages=7, size=10, until_quiet=1, seconds=5)
    assert integration.plans() == ({"CUSTOMER": plan}, {"customers": plan})


def test_of_two_pairs_with_one_collection_the_first_that_says_something_counts(tmp_path):
    settings = write_settings(tmp_path, {"CUSTOMER": "customers", "CUSTOMER_COMPANY": "customers"})
    settings.write_text(settings.read_text() + "sample = { pages = 4 }\n")
    ours, theirs = Settings.read(settings).plans()
    assert (list(ours), theirs["customers"].pages) == (["CUSTOMER_COMPANY"], 4)


def test_discovery_reads_by_them(tmp_path):
    settings = write_settings(tmp_path)
    text = settings.read_text().replace("size = 10", "size = 10\nedges = false\nuntil_quiet = 0")
    settings.write_text(
        text.replace('third_party = "customers"\n', 'third_party = "customers"\nsample = { pages = 1, size = 3 }\n')
    )
    with Discovery.open(settings) as discovery:
        ours, theirs = discovery.samples("Customers")
        assert (len(ours), len(theirs), theirs.strata) == (20, 3, ())  # the platform has pages of 20 alone
        assert len(discovery.samples("LOCATION")[0]) == 4
    settings.write_text(text.replace("edges = false", "edges = false\nrequests = 1"))
    with Discovery.open(settings) as discovery:
        sample = discovery.samples("Customers")[1]
        assert (len(sample), sample.stop) == (10, Stop.CAP)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("pages = 2", "page = 2", ("Unknown key 'page'", "[sample]", "did you mean 'pages'?")),
        ("pages = 2", "until_quite = 2", ("Unknown key 'until_quite'", "did you mean 'until_quiet'?")),
        ("pages = 2", "edges = 7", ("`sample.edges` is wrong", "not 7")),
        ("pages = 2", "seconds = 0", ("`sample.seconds` is wrong", "greater than 0", "not 0")),
        (
            'third_party = "locations"',
            'third_party = "locations"\nsample = { pagse = 3 }',
            ("Unknown key 'pagse'", "[[collections.sample]] number 2", "did you mean 'pages'?"),
        ),
        (
            'third_party = "locations"',
            'third_party = "locations"\nsample = { most_pages = 0 }',
            ("`collections.1.sample.most_pages` is wrong", "not 0"),
        ),
        (
            'third_party = "locations"',
            'third_party = "locations"\nsampel = { pages = 3 }',
            ("Unknown key 'sampel'", "did you mean 'sample'?"),
        ),
    ],
)
def test_a_slip_is_answered_with_the_nearest_right_key(tmp_path, old, new, said):
    settings = write_settings(tmp_path)
    settings.write_text(settings.read_text().replace(old, new))
    done = run("pull", "Customers", "-s", settings)
    assert done.status == 2
    for each in said:
        assert each in done.err


def test_the_template_names_each_with_what_it_is_and_every_line_of_it_is_right(tmp_path):
    create(tmp_path / "shop")
    path = tmp_path / "shop" / "data" / "discovery.toml"
    text = path.read_text()
    told = re.findall(r"^(?:# )?(\w+) = \S+ +# ", text[text.index("[sample]") : text.index("# A pair")], re.MULTILINE)
    assert sorted(told) == sorted(EVERYTHING)
    path.write_text(re.sub(r"^# (?=\w+ = )", "", text, flags=re.MULTILINE))
    assert Settings.read(path).plan == Plan(edges=False, until_quiet=5, requests=50, seconds=300, details=3)
