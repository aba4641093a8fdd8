"""OData metadata: entity sets as collections, keys in parentheses, and what a service does not take."""

from __future__ import annotations

import pytest
from documents import labels

from ipaas_discovery.errors import DescriptionError
from ipaas_discovery.schemas.declaring.declare import declare
from ipaas_discovery.systems.openapi import read_openapi
from ipaas_discovery.vocabulary import Shape

FRAME = """<?xml version="1.0"?><edmx:Edmx Version="{version}" xmlns:edmx="urn:edmx" xmlns:sap="urn:sap">
<edmx:DataServices><Schema Namespace="erp" Alias="self" xmlns="urn:edm">{types}
<EntityContainer Name="Books">{sets}</EntityContainer>{more}</Schema></edmx:DataServices></edmx:Edmx>"""
TYPES = """<EntityType Name="Base"><Key><PropertyRef Name="no"/></Key>
<Property Name="no" Type="Edm.String" Nullable="false" MaxLength="20"/></EntityType>
<EntityType Name="Bill" BaseType="self.Base"><Property Name="total" Type="Edm.Decimal" Precision="10" Scale="2"
 sap:label="Sum"/>
<Property Name="state" Type="erp.State"/><Property Name="home" Type="erp.Home"/>
<Property Name="made" Type="Edm.DateTimeOffset" Nullable="false">
<Annotation Term="Org.OData.Core.V1.Computed" Bool="true"/></Property>
<NavigationProperty Name="lines" Type="Collection(erp.Line)" ContainsTarget="true"/>
<NavigationProperty Name="customer" Type="erp.Home"/></EntityType>
<EntityType Name="Line"><Key><PropertyRef Name="bill"/><PropertyRef Name="row"/></Key>
<Property Name="bill" Type="Edm.Int32"/><Property Name="row" Type="Edm.Int32"/></EntityType>
<ComplexType Name="Home"><Property Name="city" Type="Edm.String"/></ComplexType>
<EnumType Name="State"><Member Name="Open"/><Member Name="Paid"/></EnumType>"""
SETS = '<EntitySet Name="Bills" EntityType="self.Bill"/><EntitySet Name="Lines" EntityType="erp.Line"/>'
CLOSED = """<Annotations Target="erp.Books/Bills"><Annotation Term="Org.OData.Capabilities.V1.InsertRestrictions">
<Record><PropertyValue Property="Insertable" Bool="false"/></Record></Annotation></Annotations>"""


def read(tmp_path, version="4.0", types=TYPES, sets=SETS, more=""):
    path = tmp_path / "metadata.xml"
    path.write_text(FRAME.format(version=version, types=types, sets=sets, more=more), encoding="utf-8")
    return read_openapi(path)


def test_entity_sets_are_collections_with_their_calls(tmp_path):
    api = read(tmp_path)
    assert (api.title, api.version, api.collections()) == ("Books", "4.0", ("Bills", "Lines"))
    assert labels(api.operations("Bills")) == [
        "GET /Bills", "GET /Bills('{no}')", "POST /Bills", "PATCH /Bills('{no}')", "DELETE /Bills('{no}')",
    ]  # fmt: skip
    assert labels(api.operations("Lines")) == ["GET /Lines", "-", "POST /Lines", "-", "-"]  # a key of two parts
    assert api.returned(api.operations("Bills").list).envelope == "value"


def test_odata_2_has_its_own_envelope_and_restrictions(tmp_path):
    api = read(tmp_path, "1.0", sets='<EntitySet Name="Bills" EntityType="erp.Bill" sap:deletable="false"/>')
    assert api.returned(api.operations("Bills").list).envelope == "d.results"
    assert labels(api.operations("Bills"))[3:] == ["PATCH /Bills('{no}')", "-"]


def test_what_a_service_says_it_does_not_take_is_no_call(tmp_path):
    assert labels(read(tmp_path, more=CLOSED).operations("Bills"))[2:4] == ["-", "PATCH /Bills('{no}')"]


def test_the_fields_are_those_of_the_type_and_its_bases(tmp_path):
    api = read(tmp_path)
    fields = {field.path: field.declared for field in declare(api, "Bills", Shape.RETURNED).fields}
    assert sorted(fields) == [
        "home",
        "home.city",
        "lines",
        "lines[].bill",
        "lines[].row",
        "made",
        "no",
        "state",
        "total",
    ]
    assert (fields["no"].max_length, fields["no"].nullable, fields["total"].types) == (20, False, ("number",))
    assert (fields["state"].enum, fields["total"].description) == (
        ("Open", "Paid"),
        "Sum; type as written: Edm.Decimal(10, 2)",
    )
    received = {field.path: field.required for field in declare(api, "Bills", Shape.CREATE).fields}
    assert received["no"] is True
    assert received["total"] is False
    assert not received.get("made")


@pytest.mark.parametrize(
    ("types", "sets", "message"),
    [
        (TYPES, "", "names no entity set"),
        ("<EntityType", SETS, "is no XML"),
        ("<!DOCTYPE x>", SETS, "declares entities of its own"),
    ],
)
def test_other_metadata_is_refused_in_a_sentence(tmp_path, types, sets, message):
    with pytest.raises(DescriptionError, match=message):
        read(tmp_path, types=types, sets=sets)
