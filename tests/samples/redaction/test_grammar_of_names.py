"""Names of fields are read by their grammar: who did something, whose part it is, and what a word is short for."""

from __future__ import annotations

import json

import pytest
from personal_values.labels import Described

SOMEBODY = "Ottvira Brelkamund"


def redacted(record):
    """Give a record as redaction leaves it."""
    redactor = Described("any", {"rows": {"list": "/rows"}}, ()).redactor(b"key of the grammar")
    return json.loads(redactor.json(json.dumps({"data": [record]}).encode(), "/rows"))["data"][0]


@pytest.mark.parametrize(
    "name",
    [
        "weighedInBy", "signed_off_by", "geprüft_von", "registrado_por", "validé_par", "gecontroleerd_door",
        "medico_responsable", "tutorLegal", "asegurado_principal", "head_of_household", "reports_to",
        "mbrNm", "drvr_nm", "stu_full", "tenant_full", "cneeNm",
    ],
)  # fmt: skip
def test_a_name_is_read_by_its_grammar(name):
    assert "Brelkamund" not in json.dumps(redacted({name: SOMEBODY, "state": "open"}))


@pytest.mark.parametrize(
    "record",
    [
        {"sorted_by": "Net Price"}, {"powered_by": "Acme Platform"}, {"valid_from": "Next Monday"},
        {"wavelength_nm": "Near Infrared"},
        {"manufactured_by": "North Works"}, {"state_of_order": "Fully Paid"}, {"gueltig_von": "Ende Mai"},
        {"sort_by": "Net Price"}, {"fabricante": "North Works"}, {"proveedor": "North Works"},
        {"indicador": "Net Price"},
    ],
)  # fmt: skip
def test_what_only_looks_alike_stays(record):
    assert redacted(record) == record


def test_a_label_and_an_answer_of_one_stem_belong_together():
    record = {"fieldLabel": "Emergency phone", "fieldAnswer": "5550177231"}
    assert redacted(record)["fieldAnswer"] != "5550177231"
    plain = {"fieldLabel": "Locker", "fieldAnswer": "5550177231"}
    assert redacted(plain) == plain


def test_a_text_beside_a_code_is_free_text():
    assert "Brelkamund" not in redacted({"code": "NH", "text": "Left with Mrs Brelkamund next door"})["text"]


def test_a_person_in_a_links_query_goes():
    told = redacted({"next": "https://app.test/rebook?guest=Ottvira%20Brelkamund&nights=2"})["next"]
    assert "Brelkamund" not in told
    assert "nights=2" in told


@pytest.mark.parametrize(
    ("holder", "name"), [("visa", "documentNo"), ("passport", "number"), ("vehicle", "regNo"), ("voertuig", "plate")]
)
def test_numbers_of_papers_and_vehicles_go(holder, name):
    assert redacted({holder: {name: "KX81 TTL", "colour": "Blue"}})[holder][name] != "KX81 TTL"
