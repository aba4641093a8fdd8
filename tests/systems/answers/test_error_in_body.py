"""Errors inside answers whose status is a success: by their names, and by what the pages before them said."""

from __future__ import annotations

import pytest

from ipaas_discovery.systems.answers.error_in_body import new_trouble, remark_in, trouble_in

PAGE = {"data": [{}], "next": "b"}


@pytest.mark.parametrize(
    ("before", "body", "trouble"),
    [
        (PAGE, {"data": [], "message": "token expired"}, "token expired"),
        (PAGE, {"data": [], "errmsg": "frequency limit", "errcode": 45009}, "frequency limit (errcode: 45009)"),
        (PAGE, {"data": [], "meta": {"error_description": "later"}}, "later"),
        (PAGE, {"data": [], "success": False}, "success: false"),
        (PAGE, {"data": [], "Success": "N"}, 'Success: "N"'),
        ({**PAGE, "success": True}, {"data": [], "success": False}, "success: false"),
        ({**PAGE, "success": 1}, {"data": [], "success": 0}, "success: 0"),
        ({**PAGE, "isSuccess": "true"}, {"data": [], "isSuccess": "false", "msg": "no"}, 'no (isSuccess: "false")'),
        ({**PAGE, "code": 0, "msg": "ok"}, {"data": [], "code": 7, "msg": "busy"}, "busy (code: 7)"),
        ({**PAGE, "status": 200}, {"data": None, "status": 401}, "status: 401"),
        ({**PAGE, "ret": {"code": 1}}, {"data": [], "ret": {"code": -1}}, "ret.code: -1"),
        (PAGE, {"data": [], "code": 40001, "msg": "invalid credential"}, "invalid credential (code: 40001)"),
    ],
)
def test_what_an_empty_page_says_anew_is_an_error(before, body, trouble):
    assert new_trouble(before, body) == trouble


@pytest.mark.parametrize(
    ("before", "body"),
    [
        (None, {"data": [], "message": "token expired"}),
        (PAGE, [1]),
        ([{}], {"message": "x"}),
        (PAGE, {"data": [], "next": None}),
        (PAGE, {"data": []}),
        (PAGE, {"data": [], "message": ""}),
        (PAGE, {"data": [], "message": None}),
        ({**PAGE, "success": True}, {"data": [], "success": None}),
        ({**PAGE, "success": True}, {"data": [], "success": ""}),
        (PAGE, {"data": [], "message": "OK"}),
        (PAGE, {"data": [], "success": True, "code": 200}),
        (PAGE, {"data": [], "code": 0, "status": "done"}),
        (PAGE, {"data": [], "took": 3, "server": "b 2"}),
        ({**PAGE, "message": "fine"}, {"data": [], "message": "fine"}),
        ({**PAGE, "message": "page 1 of 3"}, {"data": [], "message": "page 4 of 3"}),
        (PAGE, {"data": [], "message": "No more records"}),
        ({**PAGE, "code": 0}, {"data": [], "code": 1, "msg": "no data found"}),
        ({**PAGE, "status": "partial"}, {"data": [], "status": "completed"}),
        ({**PAGE, "has_more": True}, {"data": [], "has_more": False}),
    ],
)
def test_what_an_empty_page_says_as_any_last_one_does_is_none(before, body):
    assert new_trouble(before, body) == ""


@pytest.mark.parametrize(
    ("before", "body", "remark"),
    [
        (None, {"data": [], "message": "choose a warehouse first"}, "choose a warehouse first"),
        (None, {"data": [], "status": "x", "error": {"msg": "no rights"}}, "no rights"),
        (None, {"data": [], "info": "two words"}, ""),
        (None, {"data": [], "message": "no results"}, ""),
        (None, {"data": [], "message": "success"}, ""),
        (None, {"data": [], "message": 5}, ""),
        (None, "a text", ""),
        (PAGE, {"data": [], "info": "try again in a minute"}, "try again in a minute"),
        (PAGE, {"data": [], "info": "one"}, ""),
        (PAGE, {"data": [], "info": "no more rows"}, ""),
        ({**PAGE, "info": "a b"}, {"data": [], "info": "c d"}, ""),
        ({**PAGE, "message": "page 1"}, {"data": [], "message": "page 4"}, "page 4"),
        ({**PAGE, "message": "fine"}, {"data": [], "message": "fine"}, ""),
    ],
)
def test_what_may_be_an_error_is_a_remark(before, body, remark):
    assert remark_in(before, body) == remark


@pytest.mark.parametrize(
    ("body", "trouble"),
    [
        ({"IsError": True, "Message": "locked"}, "locked"),
        ({"hasErrors": "yes", "msg": "x"}, "x"),
        ({"failed": True, "reason": "y"}, "y"),
        ({"failed": 1, "reason": "y"}, ""),
        ({"result": "KO", "detail": "z"}, "z"),
        ({"status": "NOK"}, '{"status": "NOK"}'),
        ({"errcode": 40001, "errmsg": "bad"}, "bad"),
        ({"errcode": 0, "errmsg": "ok"}, ""),
        ({"isError": False}, ""),
    ],
)
def test_flags_and_codes_of_failure_in_any_spelling(body, trouble):
    assert trouble_in(body) == trouble
