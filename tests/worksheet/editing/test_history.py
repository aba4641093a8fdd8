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
    made.add(Step(KEY, None, MINE))
    return made


def test_what_can_be_undone_is_known_before_it_is(history):
    assert (history.can_go_back({KEY: MINE}), history.can_go_forth({KEY: MINE})) == (True, False)
    assert history.back({KEY: MINE}) == Step(KEY, MINE, None)
    assert (history.can_go_back({}), history.can_go_forth({})) == (False, True)
    assert history.forth({}) == Step(KEY, None, MINE)
    assert (history.can_go_back({KEY: MINE}), history.can_go_forth({KEY: MINE})) == (True, False)


@pytest.mark.parametrize("now", [{}, {KEY: THEIRS}])
def test_a_step_that_somebody_else_has_overtaken_is_not_left_to_undo(history, now):
    assert not history.can_go_back(now)
    assert history.back(now) is None
    assert not history.can_go_forth(now)


def test_a_step_that_somebody_else_has_overtaken_is_not_left_to_redo(history):
    history.back({KEY: MINE})
    assert not history.can_go_forth({KEY: THEIRS})
    assert history.forth({KEY: THEIRS}) is None
    assert history.forth({}) is None


def test_a_new_step_ends_what_could_be_redone(history):
    history.back({KEY: MINE})
    history.add(Step(KEY, None, THEIRS))
    assert not history.can_go_forth({})


def test_what_gave_way_to_theirs_can_be_done_again_on_top_of_it(history):
    history.overruled(KEY, THEIRS, MINE)
    assert history.can_go_forth({KEY: THEIRS})
    assert history.forth({KEY: THEIRS}) == Step(KEY, THEIRS, MINE)
    assert history.back({KEY: MINE}) == Step(KEY, MINE, THEIRS)
