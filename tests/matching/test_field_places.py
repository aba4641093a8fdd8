import pytest

from ipaas_discovery.knowledge.name_words import split_words
from ipaas_discovery.knowledge.thesaurus import Thesaurus
from ipaas_discovery.matching.field_places import places_of
from ipaas_discovery.schemas.schema import Field, Schema


def places(paths):
    return places_of(Schema.from_fields([{"path": path} for path in paths.split()]).fields, Thesaurus.load())


@pytest.mark.parametrize(
    ("path", "above"),
    [
        ("lineItems.elements[].price", ("lineItems[]",)),
        ("OrderItems.records[].Quantity", ("OrderItems[]",)),
        ("SaleLines.SaleLine[].unitPrice", ("SaleLines[]",)),
        ("Addresses.ContactAddress.city", ("Addresses",)),
        ("locations.items[].quantity", ("locations[]",)),
        ("order.items[].quantity", ("order", "items[]")),
        ("lines[].tax.rate", ("lines[]", "tax")),
        ("elements[].price", ("elements[]",)),
        ("lines[].line.sku", ("lines[]", "line")),
        ("lines.data.sku", ("lines", "data")),
    ],
)
def test_what_only_wraps_a_list_is_no_place(path, above):
    assert places(path)[path].above == above


def test_what_all_lists_begin_with_says_nothing():
    found = places("PS_DOC_LIN[].QTY PS_DOC_PMT[].AMT PS_DOC_TAX[].AMT PS_DOC_ID")
    assert [found[f"PS_DOC_{name}"].above for name in ("LIN[].QTY", "PMT[].AMT")] == [("lin[]",), ("pmt[]",)]
    assert found["PS_DOC_ID"].name == "PS_DOC_ID"
    assert places("doc_lin[].qty doc_pmt[].amt")["doc_lin[].qty"].above == ("doc_lin[]",)


def test_a_list_keeps_a_word_of_its_own():
    found = places("tax[].rate tax_lines[].rate tax_codes[].rate")
    assert [found[path].above for path in ("tax[].rate", "tax_lines[].rate")] == [("tax[]",), ("tax_lines[]",)]


def test_addresses_that_are_written_flat_are_objects():
    found = places("billToCity billToPostCode billToName shipToCity shipToState shipToName shipToDate total")
    assert (found["billToCity"].above, found["billToCity"].name, found["billToCity"].parent) == (
        ("bill to",),
        "city",
        "bill to",
    )
    assert found["shipToName"].above == ("ship to",)
    assert found["shipToDate"].above == found["total"].above == ()


@pytest.mark.parametrize("paths", ["shipToCity shipToState", "shipToCity shipToName shipToPhone"])
def test_two_fields_or_one_part_of_an_address_make_none(paths):
    assert all(place.above == () for place in places(paths).values())


def test_numbered_addresses_are_kept_apart_and_the_plain_word_is_none():
    found = places("address1_city address1_zip address1_line1 address_city address_zip address_line1")
    assert found["address1_city"].above == ("address 1",)
    assert found["address_city"].above == ()


def test_the_longest_beginning_that_makes_an_address_is_taken():
    found = places("shipping_address_city shipping_address_zip shipping_address_street")
    assert {place.above for place in found.values()} == {("shipping address",)}


def test_brothers_are_those_of_the_same_object():
    found = places("order.state order.total to.city to.state")
    assert ("city",) in found["to.state"].beside
    assert ("city",) not in found["order.state"].beside


def test_the_name_in_a_list_of_names_and_values_is_a_field():
    place = places("custom_fields{Season}.value")["custom_fields{Season}.value"]
    assert (place.name, place.above) == ("Season", ())


@pytest.mark.parametrize("begins", ["Lineitem", "Line Item", "order_item", "orderLine"])
def test_lines_that_a_sheet_writes_flat_stand_in_a_list(begins):
    paths = [f"{begins} {name}" for name in ("quantity", "sku", "price")]
    known = places_of(map(Field, [*paths, "Total"]), Thesaurus.load())
    assert [known[path].name for path in paths] == ["quantity", "sku", "price"]
    assert {known[path].parent for path in paths} == {" ".join(split_words(begins)) + "[]"}
    assert known["Total"].parent == ""


@pytest.mark.parametrize(
    "paths",
    [["Lineitem quantity", "Lineitem sku"], ["Item name", "Item number", "Item price"], ["Line 1", "Line 2", "Line 3"]],
    ids=["too few", "an item may be a product", "lines of an address"],
)
def test_other_names_that_begin_alike_stand_where_they_are(paths):
    known = places_of(map(Field, paths), Thesaurus.load())
    assert {known[path].parent for path in paths} == {""}


def test_two_letters_before_parts_of_an_address_name_it():
    known = places("BTCITY BTZIP BTADR1 STCITY STZIP STADR1 STATUS STAGE")
    assert (known["BTCITY"].above, known["BTCITY"].name) == (("bill to",), "city")
    assert (known["STADR1"].above, known["STADR1"].name) == (("ship to",), "adr_1")
    assert known["STATUS"].above == known["STAGE"].above == ()


def test_two_letters_of_their_own_before_parts_of_an_address_name_it():
    known = places("bt_city bt_zip bt_address_1 st_city st_zip st_address_1 st_no status")
    assert (known["bt_city"].above, known["bt_city"].name) == (("bill to",), "city")
    assert (known["st_address_1"].above, known["st_address_1"].name) == (("ship to",), "address_1")
    assert known["status"].above == ()


def test_two_letters_before_one_part_of_an_address_say_nothing():
    assert places("BTCITY STATE STREET STATUS")["BTCITY"].above == ()


@pytest.mark.parametrize(
    ("paths", "above"),
    [
        ("number transactions[].sku transactions[].quantity transactions[].price", "lines[]"),
        ("number xyz[].item_code xyz[].qty xyz[].net_price xyz[].colour", "lines[]"),
        ("number lines[].sku transactions[].sku transactions[].quantity transactions[].price", "transactions[]"),
        ("number transactions[].method transactions[].quantity transactions[].price", "transactions[]"),
        ("number offers[].product_code offers[].min_quantity offers[].price", "offers[]"),
        ("number variants[].sku variants[].quantity variants[].price", "variants[]"),
    ],
)
def test_a_list_of_items_with_numbers_and_money_holds_the_lines(paths, above):
    path = paths.split()[-1]
    assert places(paths)[path].above == (above,)


def test_an_object_of_parts_of_an_address_is_one():
    found = places(
        "drop_info.street drop_info.city drop_info.zip who.street who.city who.zip who.total who.date code.a"
    )
    assert found["drop_info.city"].above == ("drop_address",)
    assert found["who.city"].above == ("who",)
    assert found["drop_info.city"].parent == "drop_info"


def test_what_is_ordered_stands_in_the_line_where_a_sheet_has_a_row_for_each():
    paths = "order_no line_no line_total line_tax item_sku item_desc qty_pcs unit_price_usd order_total weight"
    inside = {path for path, place in places(paths).items() if place.above == ("line[]",)}
    assert inside == set(paths.split()) - {"order_no", "order_total", "weight"}
    assert not any(place.above for place in places("order_no item_sku qty unit_price").values())
