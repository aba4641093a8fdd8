"""Reads whose words are verbs elsewhere pass, and writes that are dressed like them do not."""

from __future__ import annotations

import pytest

from ipaas_discovery.systems.answers.write_detection import (
    objection_to_members,
    objection_to_path,
    objection_to_query,
)


@pytest.mark.parametrize("path", ["/drop-ships", "/api/dropShipOrders", "/drop_off_points/7", "/stores/3/drop-zones"])
def test_a_thing_of_two_words_is_no_verb(path):
    assert not objection_to_path(path)


@pytest.mark.parametrize(
    "path", ["/orders/7/drop-ship", "/drop-ships/delete", "/delete-drop-ships", "/drop-tables", "/ships/drop"]
)
def test_a_verb_beside_a_thing_is_one(path):
    assert objection_to_path(path)


@pytest.mark.parametrize("path", ["/v1/reports/runReport", "/report/run", "/analytics/run", "/run-query"])
def test_a_report_that_is_run_is_read(path):
    assert not objection_to_path(path, posted=True)


@pytest.mark.parametrize("path", ["/jobs/run", "/reports/7/run", "/run", "/reports/runReport/delete", "/runPayroll"])
def test_what_else_is_run_is_not(path):
    assert objection_to_path(path, posted=True)


@pytest.mark.parametrize(
    "body",
    [
        {"filter": {"action": "delete"}},
        {"query": {"bool": {"must": [{"term": {"action": "update"}}]}}},
        {"query": "query CreateDates { orders { createdAt } }", "operationName": "CreateDates"},
        {"method": "report.run", "params": {}},
        {"removedIds": [1], "cancelReasons": ["late"]},
    ],
)
def test_what_records_hold_is_no_deed(body):
    assert not objection_to_members(body, graphql=False)


@pytest.mark.parametrize(
    "body",
    [
        {"filter": {"status": "open"}, "action": "delete"},
        {"filter": {"_method": "DELETE"}},
        {"where": {"id": 1}, "sql": "delete from orders"},
        {"filter": {"note": "mutation { deleteOrder(id: 7) { id } }"}},
        {"query": "search me", "operationName": "DeleteOrders"},
        {"query": "mutation CreateDates { createDate { id } }", "operationName": "CreateDates"},
        {"deleteIds": [1]}, {"remove_ids": [7, 8]}, {"deleteByFilter": {}}, {"updates": [{"q": {}, "u": {}}]},
        {"method": "payroll.run", "params": {}},
        {"pipeline": [{"$match": {"a": 1}}, {"$merge": {"into": "x"}}]},
    ],
)  # fmt: skip
def test_what_is_to_be_done_is_refused(body):
    assert objection_to_members(body, graphql=False)


def test_a_condition_in_a_query_is_none_either():
    assert not objection_to_query([("filter[action]", "delete"), ("where[type][eq]", "update")], graphql=False)
    assert objection_to_query([("filter[action]", "delete"), ("action", "delete")], graphql=False)
    assert objection_to_query([("filter[_method]", "DELETE")], graphql=False)
