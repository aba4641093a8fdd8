import json
from dataclasses import replace

import pytest

from ipaas_discovery.matching.formulas.formula_text import parse_formula
from ipaas_discovery.matching.mapping import Mapping
from ipaas_discovery.worksheet.entry import Entry
from ipaas_discovery.worksheet.joining import evidence_of
from ipaas_discovery.worksheet.parts import CollectionSide, Question
from ipaas_discovery.worksheet.saving.evidence_files import EvidenceFiles, Systems
from ipaas_discovery.worksheet.saving.pair_evidence import PairEvidence
from ipaas_discovery.worksheet.worksheet import Worksheet

SYSTEMS = Systems(
    CollectionSide("iPaaS.com", "staging"), CollectionSide("Shop"), "2026-11-02", (Question("What for?"),)
)


TORN = "evidence/CUSTOMER.users.json cannot be read; `ipaas-discovery discover` writes it anew"


def load(files, pairs):
    """All that is loaded, and the notes."""
    notes = []
    systems, evidence = files.load(pairs, notes.append)
    return systems, dict(evidence), notes


@pytest.fixture
def files(tmp_path):
    return EvidenceFiles(tmp_path / "worksheet.yaml")


@pytest.fixture
def full(customer):
    formula = replace(parse_formula("name", 'first, last | join " "'), explained=8, of=9, others=(("a", "b"),))
    found = Mapping("name", "formula", formula.sources, formula, formula.csharp(), standing="matched", score=0.8)
    looked_up = Mapping("state", "look-up", ("status",), values=(("1", "a"), ("2", "b")))
    return replace(customer, to=(*customer.to, found, looked_up), to_sources=("mail",), gone=True)


def test_what_is_saved_is_loaded(files, full):
    odd = [Entry("CUSTOMER", None, name) for name in ("Users", "users", "a/b", "a_b", "x" * 90, "x" * 91, "ü", "")]
    entries = {entry.key: evidence_of(entry) for entry in (full, *odd)}
    files.save(SYSTEMS, entries, PairEvidence(entries))
    assert load(files, entries) == (SYSTEMS, entries, [])
    names = [path.name for path in files.folder.iterdir()]
    assert len({name.lower() for name in names}) == len(entries) + 1
    assert all(len(name) < 120 for name in names)


def test_the_same_evidence_is_written_once_and_what_is_gone_is_removed(files, full):
    item = ("PRODUCT", "items")
    evidence = PairEvidence({full.key: full, item: Entry("PRODUCT", 1, "items")})
    files.save(SYSTEMS, evidence, evidence)
    before = {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in files.folder.iterdir()}
    evidence[full.key] = full
    files.save(SYSTEMS, [full.key], evidence)
    after = {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in files.folder.iterdir()}
    assert set(after) == set(before) - {files.folder / "PRODUCT.items.json"}
    assert all(before[path] == state for path, state in after.items())


def test_a_torn_file_is_told_and_the_rest_is_there(files, full):
    files.save(SYSTEMS, [full.key], PairEvidence({full.key: full}))
    path = files.folder / "CUSTOMER.users.json"
    content = path.read_bytes()
    for cut in (b"", content[:1], content[: len(content) // 2], content[:-3], b"[]", b"{}", b'{"format": 1}'):
        path.write_bytes(cut)
        assert load(files, [full.key]) == (SYSTEMS, {}, [TORN])


def test_a_file_that_is_damaged_inside_is_told_when_it_is_asked_for(files, full):
    files.save(SYSTEMS, [full.key], PairEvidence({full.key: full}))
    path = files.folder / "CUSTOMER.users.json"
    path.write_bytes(path.read_bytes().replace(b'"evidence"', b'"evidences"', 1))
    notes = []
    _, evidence = files.load([full.key], notes.append)
    assert (list(evidence), notes) == ([full.key], [])
    assert (evidence[full.key], notes) == (Entry("CUSTOMER", None, "users"), [TORN])


def test_of_many_pairs_only_the_one_that_is_asked_for_is_read(files, full):
    odd = [Entry("CUSTOMER", 8, f"users {number}") for number in range(3)]
    everything = {entry.key: entry for entry in odd}
    files.save(SYSTEMS, everything, PairEvidence(everything))
    _, evidence = files.load(everything, pytest.fail)
    for path in files.folder.glob("CUSTOMER*"):
        if "users_1" not in path.name:
            path.write_bytes(b"torn")
    assert evidence[odd[1].key] == odd[1]


def test_what_another_wrote_of_pairs_that_were_not_changed_here_stays(files, full):
    files.save(SYSTEMS, [full.key], PairEvidence({full.key: full}))
    _, ours = files.load([full.key], pytest.fail)
    newer = replace(full, type_id=9)
    files.save(SYSTEMS, [full.key], PairEvidence({full.key: newer}))
    files.save(SYSTEMS, [full.key], ours)
    assert load(files, [full.key])[1][full.key].type_id == 9


def test_files_are_plain_json_without_what_people_said(worksheet, tmp_path):
    worksheet.decide("CUSTOMER", "to", why="agreed")
    worksheet.constant("CUSTOMER", "to", "type", "person")
    worksheet.answer(1, "all", collection="CUSTOMER")
    worksheet.save(tmp_path / "w.yaml")
    text = (tmp_path / "evidence" / "CUSTOMER.users.json").read_text()
    assert not [word for word in ("agreed", "person", '"all"') if word in text]
    assert json.loads(text)["evidence"][0]["outcome"] == "blocked"
    assert "blocked" not in (tmp_path / "w.yaml").read_text()


def test_a_decision_leaves_the_evidence_alone(worksheet, tmp_path):
    worksheet.save(tmp_path / "w.yaml")
    for path in (tmp_path / "evidence").iterdir():
        path.unlink()
    worksheet.decide("PRODUCT", "to")
    worksheet.save()
    assert list((tmp_path / "evidence").iterdir()) == []


def test_evidence_of_a_raw_pull_is_never_written(worksheet, customer, tmp_path):
    worksheet.save(tmp_path / "w.yaml")
    before = {path.name: path.read_bytes() for path in (tmp_path / "evidence").iterdir()}
    worksheet.refresh([replace(customer, evidence=())], raw=True)
    worksheet.decide("PRODUCT", "to")
    worksheet.save()
    assert {path.name: path.read_bytes() for path in (tmp_path / "evidence").iterdir()} == before
    assert Worksheet.load(tmp_path / "w.yaml").entry("PRODUCT").decided == "To iPaaS.com"


def test_a_worksheet_without_evidence_loads(worksheet, tmp_path):
    worksheet.decide("PRODUCT", "to")
    worksheet.save(tmp_path / "w.yaml")
    for path in (tmp_path / "evidence").iterdir():
        path.unlink()
    again = Worksheet.load(tmp_path / "w.yaml")
    assert [entry.decided for entry in again.entries] == ["undecided", "To iPaaS.com", "undecided"]
    assert again.notes == ()


def test_a_word_on_one_pair_reads_the_evidence_on_that_pair_alone(worksheet, tmp_path):
    worksheet.save(tmp_path / "w.yaml")
    for path in (tmp_path / "evidence").glob("TRANSACTION*"):
        path.write_bytes(path.read_bytes().replace(b"TRANSACTION", b"TRANSACTIONS"))
    again = Worksheet.load(tmp_path / "w.yaml")
    again.decide("CUSTOMER", "to", why="agreed")
    again.accept("CUSTOMER", "to", "email_address")
    again.save()
    assert again.stated.entries[0].decided == "To iPaaS.com"
    assert again.stated.entries[0].evidence == ()
    assert len(again.entry("CUSTOMER").evidence) == 3
    assert again.notes == ()


def test_what_is_damaged_inside_is_told_where_the_decisions_are_shown(worksheet, tmp_path):
    worksheet.save(tmp_path / "w.yaml")
    path = tmp_path / "evidence" / "CUSTOMER.users.json"
    path.write_bytes(path.read_bytes().replace(b'"outcome"', b'"outcomes"'))
    again = Worksheet.load(tmp_path / "w.yaml")
    assert TORN in again.decisions().to_text()
    assert again.notes == (TORN,)


def test_all_evidence_goes_along_where_a_worksheet_is_saved_elsewhere(worksheet, tmp_path):
    worksheet.save(tmp_path / "w.yaml")
    (tmp_path / "b").mkdir()
    again = Worksheet.load(tmp_path / "w.yaml")
    again.save(tmp_path / "b" / "w.yaml")
    ours, theirs = ({path.name: path.read_bytes() for path in (folder / "evidence").iterdir()}
                    for folder in (tmp_path, tmp_path / "b"))  # fmt: skip
    assert ours == theirs
