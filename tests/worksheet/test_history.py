from dataclasses import replace

import pytest

from ipaas_discovery.vocabulary import Direction
from ipaas_discovery.worksheet.editing.history import History
from ipaas_discovery.worksheet.entry import Entry
from ipaas_discovery.worksheet.parts import Decision

UNDECIDED = Entry("CUSTOMER", 8, "customers")
MINE, THEIRS = Decision(Direction.TO), Decision(Direction.FROM)
DECIDED = replace(UNDECIDED, decision=MINE)


@pytest.fixture
def history():
    made = History()
    made.add(UNDECIDED, MINE)
    return made


def test_what_can_be_undone_is_said_before_it_is(history):
    assert (history.can_go_back([DECIDED]), history.can_go_forth([DECIDED])) == (True, False)
    assert history.back([DECIDED]) == UNDECIDED
    assert (history.can_go_back([UNDECIDED]), history.can_go_forth([UNDECIDED])) == (False, True)
    assert history.forth([UNDECIDED]) == DECIDED


@pytest.mark.parametrize("now", [[], [UNDECIDED], [replace(UNDECIDED, decision=THEIRS)]])
def test_a_step_that_somebody_else_has_overtaken_is_not_left_to_undo(history, now):
    assert not history.can_go_back(now)
    assert history.back(now) is None
