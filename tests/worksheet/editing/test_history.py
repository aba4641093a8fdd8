import pytest

from ipaas_discovery.vocabulary import Direction
from ipaas_discovery.worksheet.editing.history import History, Step
from ipaas_discovery.worksheet.parts import Decision
from ipaas_discovery.worksheet.rows import RowKey

KEY = RowKey(("CUSTOMER", "customers"), "decision")
MINE, THEIRS = Decision(Direction.TO), Decision(Direction.FROM)


@pytest.fixture
def history():
    made = History()
    made.add([Step(KEY, None, MINE)])
    return made


def test_what_can_be_undone_is_known_before_it_is(history):
    assert (history.can_go_back({KEY: MINE}), history.can_go_forth({KEY: MINE})) == (True, False)
    assert history.back({KEY: MINE}) == (Step(KEY, MINE, None),)
    assert (history.can_go_back({}), history.can_go_forth({})) == (False, True)
    assert history.forth({}) == (Step(KEY, None, MINE),)
    assert (history.can_go_back({KEY: MINE}), history.can_go_forth({KEY: MINE})) == (True, False)


@pytest.mark.parametrize("now", [{}, {KEY: THEIRS}])
def test_a_step_that_somebody_else_has_overtaken_is_not_left_to_undo(history, now):
    assert not history.can_go_back(now)
    assert history.back(now) == ()
    assert not history.can_go_forth(now)


def test_a_step_that_somebody_else_has_overtaken_is_not_left_to_redo(history):
    history.back({KEY: MINE})
    assert not history.can_go_forth({KEY: THEIRS})
    assert history.forth({KEY: THEIRS}) == ()
    assert history.forth({}) == ()


def test_a_new_step_ends_what_could_be_redone(history):
    history.back({KEY: MINE})
    history.add([Step(KEY, None, THEIRS)])
    assert not history.can_go_forth({})


def test_what_gave_way_to_theirs_can_be_done_again_on_top_of_it(history):
    history.overruled(KEY, THEIRS, MINE)
    assert history.can_go_forth({KEY: THEIRS})
    assert history.forth({KEY: THEIRS}) == (Step(KEY, THEIRS, MINE),)
    assert history.back({KEY: MINE}) == (Step(KEY, MINE, THEIRS),)


def test_steps_of_one_change_are_undone_as_one_and_only_those_that_still_stand(history):
    other = RowKey(("PRODUCT", "items"), "decision")
    history.add([Step(KEY, MINE, THEIRS), Step(other, None, MINE), Step(other, MINE, THEIRS)])
    rows = {KEY: THEIRS, other: THEIRS}
    assert history.back(rows) == (Step(other, THEIRS, None), Step(KEY, THEIRS, MINE))
    assert history.forth({KEY: MINE}) == (Step(KEY, MINE, THEIRS), Step(other, None, THEIRS))
    assert history.back({KEY: THEIRS, other: MINE}) == (Step(KEY, THEIRS, MINE),)


def test_changes_in_a_row_under_one_label_are_one_and_no_others(history):
    history.add([Step(KEY, MINE, THEIRS)], "why")
    history.add([Step(KEY, THEIRS, MINE)], "why")
    history.add([Step(KEY, MINE, THEIRS)], "")
    assert history.back({KEY: THEIRS}) == (Step(KEY, THEIRS, MINE),)
    assert history.back({KEY: MINE}) == (Step(KEY, MINE, MINE),)
    assert history.back({KEY: MINE}) == (Step(KEY, MINE, None),)
    assert history.back({}) == ()
