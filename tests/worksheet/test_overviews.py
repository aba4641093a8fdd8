from ipaas_discovery.vocabulary import Direction
from ipaas_discovery.worksheet.entry import Entry
from ipaas_discovery.worksheet.ordered_flow import FlowCount, OrderedFlow
from ipaas_discovery.worksheet.overviews import flow_rows, scope_rows
from ipaas_discovery.worksheet.parts import Decision


def test_every_ordered_flow_is_listed_with_the_records_that_meet_its_condition():
    flows = (OrderedFlow("refunds", Direction.TO, ("add",), "status = refunded", "poll", "5 minutes", "ERROR"),)
    entry = Entry("TRANSACTION", 9, "orders", decision=Decision(Direction.BIDIRECTIONAL, ("add", "update")),
                  named_flows=flows, counts=(FlowCount("refunds", 14, 267),))  # fmt: skip
    refunds, back = flow_rows(entry)
    assert refunds == {
        "collection": "TRANSACTION", "third_party": "orders", "flow": "refunds", "direction": "To iPaaS.com",
        "methods": "add", "condition": "status = refunded", "meets": "14 of 267", "trigger": "poll 5 minutes",
        "collision": "ERROR",
    }  # fmt: skip
    assert (back["flow"], back["methods"], back["meets"]) == ("From iPaaS.com", "add, update", "")


def test_a_named_flow_in_a_direction_that_is_not_decided_is_not_ordered():
    entry = Entry("TRANSACTION", 9, "orders", decision=Decision(Direction.FROM, ("add",)),
                  named_flows=(OrderedFlow("refunds", Direction.TO),))  # fmt: skip
    assert [row["flow"] for row in flow_rows(entry)] == ["From iPaaS.com"]


def test_every_collection_is_in_or_out_with_a_reason_or_open(worksheet):
    worksheet.decide("CUSTOMER", "from", why="they come from us")
    worksheet.decide("PRODUCT", "leave out", why="sold out")
    worksheet.leave_out("third party", "wishlists", "no model in iPaaS.com", route="custom fields")
    worksheet.leave_out("iPaaS.com", "EMPLOYEE", "nobody needs it")
    unpaired = [("iPaaS.com", "LOCATION", "nothing is like it"), ("third party", "wishlists", "no type is like it")]
    rows = [tuple(row.values()) for row in scope_rows(worksheet.document, unpaired)]
    assert rows == [
        ("iPaaS.com", "CUSTOMER", "in", "they come from us", ""),
        ("iPaaS.com", "EMPLOYEE", "out", "nobody needs it", ""),
        ("iPaaS.com", "LOCATION", "open", "nothing is like it", ""),
        ("iPaaS.com", "PRODUCT", "out", "sold out", ""),
        ("iPaaS.com", "TRANSACTION", "open", "TRANSACTION ↔ orders is undecided", ""),
        ("third party", "items", "out", "sold out", ""),
        ("third party", "orders", "open", "TRANSACTION ↔ orders is undecided", ""),
        ("third party", "users", "in", "they come from us", ""),
        ("third party", "wishlists", "out", "no model in iPaaS.com", "custom fields"),
    ]
    assert list(worksheet.scope().frame().columns) == ["system", "collection", "scope", "reason", "route"]
    assert list(worksheet.ordered().frame()["flow"]) == ["From iPaaS.com"]


def test_a_collection_that_one_of_its_pairs_moves_is_in(worksheet):
    worksheet.pair("CUSTOMER", "guests")
    worksheet.decide("CUSTOMER", "to", methods="update", third_party="guests")
    worksheet.decide("CUSTOMER", "leave out", third_party="users")
    assert [row["scope"] for row in scope_rows(worksheet.document, []) if row["collection"] == "CUSTOMER"] == ["in"]
