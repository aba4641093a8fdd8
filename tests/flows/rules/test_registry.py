import inspect

import pytest
from flows.rules.cases import ALWAYS, CASES, DOCUMENTED, TEXT, one

from ipaas_discovery.flows.finding import Effect
from ipaas_discovery.flows.rules import registry
from ipaas_discovery.flows.rules.registry import RULES, rules_for
from ipaas_discovery.vocabulary import Direction, Grade, Method

NAMES = [rule.name for rule in RULES]
GRADES = tuple(grade.value for grade in Grade)


def test_every_rule_has_cases_where_it_speaks_and_where_it_must_not():
    assert set(CASES) == set(NAMES)
    assert not [name for name, (fires, _) in CASES.items() if not fires]
    assert not [name for name, (_, silent) in CASES.items() if not silent]


def test_every_rule_has_a_source_a_docstring_and_a_name_of_its_own():
    assert len(set(NAMES)) == len(NAMES)
    for rule in RULES:
        assert rule.source
        assert inspect.getdoc(rule.check)
        assert len(inspect.getsource(rule.check).splitlines()) <= 60


@pytest.mark.parametrize("rule", RULES, ids=NAMES)
def test_a_rule_speaks_where_it_should_and_grades_what_it_says(rule):
    for flow in CASES[rule.name][0]:
        findings = list(rule.check(flow))
        assert findings, flow
        for finding in findings:
            assert finding.rule == rule.name
            assert finding.grade.startswith(GRADES), finding
            assert finding.fact
            assert finding.fix or finding.effect is Effect.SUPPORTS


@pytest.mark.parametrize("rule", RULES, ids=NAMES)
def test_a_rule_is_silent_where_nothing_is_wrong(rule):
    for flow in CASES[rule.name][1]:
        findings = list(rule.check(flow))
        assert not [finding for finding in findings if finding.effect is not Effect.SUPPORTS]
        assert bool(findings) is (rule.name in ALWAYS)


def test_only_a_call_that_is_not_there_blocks():
    blocking = {
        finding.rule
        for fires, silent in CASES.values()
        for flow in (*fires, *silent)
        for rule in RULES
        for finding in rule.check(flow)
        if finding.effect is Effect.BLOCKS
    }
    assert blocking == {"call"}


def test_a_call_that_is_documented_and_whose_path_is_unknown_supports():
    (finding,) = RULES[0].check(DOCUMENTED)
    assert (finding.effect, finding.grade) == (Effect.SUPPORTS, "documented by the platform, path unknown")


@pytest.mark.parametrize(
    ("direction", "method", "unlisted", "effect"),
    [
        (Direction.TO, Method.DELETE, (Method.DELETE,), Effect.UNKNOWN),
        (Direction.TO, Method.DELETE, (), Effect.BLOCKS),
        (Direction.TO, Method.ADD, (Method.ADD, Method.DELETE), Effect.BLOCKS),
        (Direction.FROM, Method.DELETE, (Method.DELETE,), Effect.BLOCKS),
        (Direction.TO, Method.DELETE, None, Effect.BLOCKS),
    ],
)
def test_a_delete_to_the_platform_that_no_description_lists_is_not_told_as_not_there(
    direction, method, unlisted, effect
):
    made = one(["x"], TEXT, run=False, method=method, direction=direction, calls={method: None}, unlisted=unlisted)
    (finding,) = RULES[0].check(made)
    assert finding.effect is effect
    assert ("lists no call" in finding.fact) is (unlisted != ())


def test_a_delete_is_judged_by_few_rules_and_an_add_by_all():
    assert rules_for(Method.ADD) == rules_for(Method.UPDATE) == RULES
    assert [rule.name for rule in rules_for(Method.DELETE)] == ["call", "key", "parent", "changes", "scope"]


def test_the_registry_lists_every_rule_of_its_modules():
    checks = {rule.check for rule in RULES}
    modules = [value for value in vars(registry).values() if inspect.ismodule(value)]
    public = {getattr(module, name) for module in modules for name in module.__all__}
    assert public == checks
