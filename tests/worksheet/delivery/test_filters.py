import pytest

from ipaas_discovery.worksheet.delivery.filters import is_switched_off


@pytest.mark.parametrize(
    "text",
    [
        "1==0", "1 == 0", " (1==0) ", "((false))", "False", "1==0;", "1 != 1", "0>1", "1<=0", "2 >= 2.5", "3<3",
        '"a"=="b"', "!(1==1)", "!true", "true == false", "(1==0) && (Total > 0)", 'Status == "x" && 1==0',
        'Name == ")" && 1==0', "1==0 || false", "(1==0) || (2==3)", "null == true", "a && (b && 1==0)", "-1 == 1",
    ],
)  # fmt: skip
def test_constants_that_no_record_can_pass_are_seen(text):
    assert is_switched_off(text)


@pytest.mark.parametrize(
    "text",
    [
        "", "   ", "1==1", "true", "!false", "!(1==0)", "0==1 || Total > 0", 'Status == "1==0"', '"1==0"', "1==0 == x",
        'Note == "x && 1==0"', 'Note == "\\" && 1==0"', "a && (b || 1==0)", "Total == 0", "(a) && (b)", "2.5 >= 2",
        "1 <= 1", "1 >= 1", "!(Total == 0)", '"a" < "b"', '"a" == "a"', "))1==0((",
    ],
)  # fmt: skip
def test_what_a_record_may_pass_is_not_called_switched_off(text):
    assert not is_switched_off(text)
