"""The sandbox's subscriptions and mapping collections, as the platform's own client asks for them."""

import pytest

from ipaas_discovery.sandbox.platform_app import COMPANY, EMAIL, EMPTY_COMPANY, PASSWORD, platform_app

BASE = "/subscriptions/v2"


@pytest.fixture
def client():
    return platform_app().test_client()


def signed(client, company=COMPANY):
    body = {"email_address": EMAIL, "password": PASSWORD}
    token = client.post("/sso/v2/Auth/Login", json=body).json["access_token"]
    changed = client.get(f"/sso/v2/User/ChangeCompany/{company}", headers={"Authorization": f"Bearer {token}"})
    return {"Authorization": f"Bearer {changed.json['access_token']}"}


def test_nobody_reads_them_without_a_companys_token(client):
    for path in ("Subscriptions", "MappingCollections", "MappingCollection/9001"):
        assert client.get(f"{BASE}/{path}").status_code == 401


def test_they_are_read_and_never_written(client):
    headers = signed(client)
    assert client.post(f"{BASE}/MappingCollections", headers=headers).status_code == 405
    assert [row["name"] for row in client.get(f"{BASE}/Subscriptions", headers=headers).json] == [
        "Sandbox store", "Sandbox ledger",
    ]  # fmt: skip


def test_the_list_leaves_the_rows_out_and_the_call_of_one_holds_them(client):
    headers = signed(client)
    listed = client.get(f"{BASE}/MappingCollections", headers=headers)
    assert {row["mappings"] for row in listed.json} == {None}
    assert '"total_Count": 7' in listed.headers["X-Pagination"]
    one = client.get(f"{BASE}/MappingCollection/9001", headers=headers).json
    assert (one["collection_type_name"], one["direction_id"], one["sync_type"]) == ("CUSTOMER", 1, "ADD_AND_UPDATE")
    assert one["mappings"][0] == {
        "id": "900101", "mapping_type_name": "Dynamic Formula", "destination_field": "CustomerNumber",
        "source_value": '"S" + Id', "default_value": None, "translation_name": None, "sequence_number": 1,
    }  # fmt: skip
    assert client.get(f"{BASE}/MappingCollection/1", headers=headers).status_code == 404
    assert client.get(f"{BASE}/MappingCollection/x", headers=headers).status_code == 400


def test_another_company_has_none(client):
    headers = signed(client, EMPTY_COMPANY)
    for name in ("Subscriptions", "MappingCollections"):
        assert client.get(f"{BASE}/{name}", headers=headers).json == []
    assert client.get(f"{BASE}/MappingCollection/9001", headers=headers).status_code == 404
