"""Each operation: the effort it counts, its words, its C#, and what it makes of values."""

from decimal import Decimal

import pytest

from ipaas_discovery.matching.formulas import operations as op

INVARIANT = "System.Globalization.CultureInfo.InvariantCulture"
PLAIN = f'ToString("0.############################", {INVARIANT})'
PARSED = "decimal.Parse({}.Trim(), System.Globalization.NumberStyles.Float, " + INVARIANT + ")"
EXPRESSIONS = "System.Text.RegularExpressions.Regex"
NO_WEEKDAY = EXPRESSIONS + '.Replace(A, "^[A-Z][a-z]{2}, ", "")'
STYLE = "System.Globalization.DateTimeStyles.AssumeUniversal"
READ = f"DateTimeOffset.Parse({NO_WEEKDAY}, {INVARIANT}, {STYLE}).UtcDateTime"
MATCHED = f'({EXPRESSIONS}.IsMatch(A ?? "", "^({op.MOMENT}|([A-Z][a-z]{{2}}, )?{op.MAIL_MOMENT})\\\\z") ? '
STARTS = 'A.StartsWith("x", StringComparison.Ordinal)'
A_LIST, B_LIST = "(A ?? new string[0])", "(B ?? new string[0])"
ZIPPED = f"{A_LIST}.Zip({B_LIST}, (kind, text) => new {{ kind, text }})"
UNEQUAL, AWAY = f"{A_LIST}.Length != {B_LIST}.Length", "MidpointRounding.AwayFromZero"
EMPTY = "string.IsNullOrEmpty(A) || string.IsNullOrEmpty(B)"
MAP = (("1", "a"), ("2", "b"), ("3", "c"), ("4", "d"))


@pytest.mark.parametrize(
    ("step", "cost", "words", "csharp"),
    [
        (op.Copy(), 0, "copy", "A"),
        (op.Constant("x"), 1, "always 'x'", '"x"'),
        (op.Trim(), 2, "without spaces around it", "A?.Trim()"),
        (op.Upper(), 2, "in capitals", "A?.ToUpperInvariant()"),
        (op.Lower(), 2, "in small letters", "A?.ToLowerInvariant()"),
        (op.First(), 2, "the first element", f"{A_LIST}.FirstOrDefault()"),
        (op.Pad(5, "0"), 3, "filled with '0' to 5 signs", 'A?.PadLeft(5, "0"[0])'),
        (op.Affix("x", "y"), 3, "'x' before it and 'y' after it", '(A == null ? null : "x" + A + "y")'),
        (op.Affix("x", ""), 3, "'x' before it", '(A == null ? null : "x" + A + "")'),
        (op.Affix("", "y"), 3, "'y' after it", '(A == null ? null : "" + A + "y")'),
        (op.Without("x"), 3, "without 'x' before it",
         f'(A == null ? null : {STARTS} ? A.Substring("x".Length) : A)'),
        (op.Times(Decimal("-0.50")), 3, "times -0.5",
         f"(string.IsNullOrEmpty(A) ? null : ({PARSED.format('A')} * -0.5m).{PLAIN})"),
        (op.Round(0), 3, "rounded to 0 decimals",
         f"(string.IsNullOrEmpty(A) ? null : Math.Round({PARSED.format('A')}, 0, {AWAY}).{PLAIN})"),
        (op.Product(), 4, "multiplied", f"({EMPTY} ? null : ({PARSED.format('A')} * {PARSED.format('B')}).{PLAIN})"),
        (op.Plus(), 4, "added", f"({EMPTY} ? null : ({PARSED.format('A')} + {PARSED.format('B')}).{PLAIN})"),
        (op.Minus(), 4, "the first less the others",
         f"({EMPTY} ? null : ({PARSED.format('A')} - {PARSED.format('B')}).{PLAIN})"),
        (op.Letters(1), 5, "the first letter", "A?.Substring(0, Math.Min(1, A.Length))"),
        (op.Letters(-4), 5, "the last 4 letters", "A?.Substring(Math.Max(0, A.Length - 4))"),
        (op.Default("x"), 3, "or 'x' where empty", '(string.IsNullOrEmpty(A) ? "x" : A)'),
        (op.Count(), 3, "the number of elements", f"{A_LIST}.Count().{PLAIN}"),
        (op.Sum(), 3, "the sum", f"{A_LIST}.Sum(text => {PARSED.format('text')}).{PLAIN}"),
        (op.JoinList("-"), 3, "all elements with '-' between", 'string.Join("-", A ?? new string[0])'),
        (op.SplitPart("-", 0), 4, "part 1 between '-'",
         'A?.Split(new[] { "-" }, StringSplitOptions.None).ElementAtOrDefault(0)'),
        (op.SplitPart("-", -1), 4, "last part between '-'",
         'A?.Split(new[] { "-" }, StringSplitOptions.None).Reverse().ElementAtOrDefault(0)'),
        (op.SplitPart("-", -2), 4, "part -1 between '-'",
         'A?.Split(new[] { "-" }, StringSplitOptions.None).Reverse().ElementAtOrDefault(1)'),
        (op.Join(" "), 4, "joined with ' '",
         'string.Join(" ", new string[] { A, B }.Where(text => !string.IsNullOrEmpty(text)))'),
        (op.DateFormat("dd.MM.yyyy"), 4, "as a date dd.MM.yyyy",
         f'{MATCHED}{READ}.ToString("dd.MM.yyyy", {INVARIANT}) : null)'),
        (op.DateFormat("HH:mm", 90), 4, "as a date HH:mm at UTC+01:30",
         f'{MATCHED}{READ}.AddMinutes(90).ToString("HH:mm", {INVARIANT}) : null)'),
        (op.DateFormat("HH:mm", -61), 4, "as a date HH:mm at UTC-01:01",
         f'{MATCHED}{READ}.AddMinutes(-61).ToString("HH:mm", {INVARIANT}) : null)'),
        (op.Coalesce(), 4, "the first that is filled",
         "new string[] { A, B }.FirstOrDefault(text => !string.IsNullOrEmpty(text))"),
        (op.FirstWhere("x"), 4, "the first where it is 'x'",
         f'({UNEQUAL} ? null : {ZIPPED}.Where(pair => pair.kind == "x").Select(pair => pair.text).FirstOrDefault())'),
        (op.LookUp("c", "name", MAP[:1]), 5, "the name of the c record whose id it is",
         '(A == "1" ? "a" : (string)null)'),
        (op.ValueMap(MAP), 6, "by a map of 4 values (1 → a, 2 → b, 3 → c, 4 → d)",
         '(A == "1" ? "a" : A == "2" ? "b" : A == "3" ? "c" : A == "4" ? "d" : (string)null)'),
        (op.ValueMap((*MAP, ("1", "e"))), 6, "by a map of 5 values (1 → a, 2 → b, 3 → c, 4 → d, …)",
         '(A == "1" ? "e" : A == "2" ? "b" : A == "3" ? "c" : A == "4" ? "d" : (string)null)'),
    ],
)  # fmt: skip
def test_an_operation_writes_itself(step, cost, words, csharp):
    assert (step.cost, str(step), step.csharp(["A", "B"])) == (cost, words, csharp)


@pytest.mark.parametrize(
    ("step", "values", "made"),
    [
        (op.Constant("x"), [], "x"),
        (op.Trim(), [None], None),
        (op.Trim(), [("a",)], None),
        (op.Upper(), [None], None),
        (op.Upper(), ["a"], "A"),
        (op.Upper(), ["\u0131"], "\u0131"),  # a dotless i, whose capital is of another alphabet
        (op.Upper(), ["straße-ä"], "STRAßE-Ä"),
        (op.Lower(), [None], None),
        (op.Lower(), ["\u212a-Ä"], "\u212a-ä"),  # the sign of kelvin
        (op.Pad(3, "0"), [None], None),
        (op.Pad(3, "0"), ["1234"], "1234"),
        (op.Affix("x", "y"), [None], None),
        (op.Without("x"), [None], None),
        (op.SplitPart("-", 1), [None], None),
        (op.SplitPart("-", 1), ["a"], None),
        (op.SplitPart("-", -2), ["a-b"], "a"),
        (op.SplitPart("-", -3), ["a-b"], None),
        (op.Join("-"), ["", None, ("a",), "b", "c"], "b-c"),
        (op.Times(Decimal(2)), [None], None),
        (op.Times(Decimal(2)), ["x"], None),
        (op.Times(Decimal(2)), ["inf"], None),
        (op.Times(Decimal(0)), ["-1"], "0"),
        (op.Times(Decimal(10)), ["10"], "100"),
        (op.Times(Decimal("1e3")), [" 1.50 "], "1500"),
        (op.Round(1), [None], None),
        (op.Round(1), ["0.25"], "0.3"),
        (op.Round(28), ["0.5"], "0.5"),
        (op.DateFormat("yyyyMMdd"), [None], None),
        (op.DateFormat("yyyyMMdd"), ["2026-02-30"], None),
        (op.DateFormat("yyyyMMdd", -1), ["0001-01-01"], None),
        (op.DateFormat("yyyyMMdd"), ["0007-03-01"], "00070301"),
        (op.DateFormat("dd.'day'"), ["2026-03-01T23:30:00-02:00"], "02.day"),
        (op.DateFormat("ddd, dd MMM yyyy"), ["2026-12-31T23:30:00-02:00"], "Fri, 01 Jan 2027"),
        (op.DateFormat("yyyy-MM-dd HH:mm:ss"), ["Thu, 31 Dec 2026 23:30:05 -0200"], "2027-01-01 01:30:05"),
        (op.DateFormat("yyyy-MM-dd HH:mm"), ["1 May 2026 09:30 GMT"], "2026-05-01 09:30"),
        (op.DateFormat("yyyy"), ["Mon, 30 Feb 2026 09:30 GMT"], None),
        (op.DateFormat("yyyy"), ["1 May 2026 09:30 CET"], None),
        (op.DateFormat("HH:mm", 90), ["2026-03-01T23:00:00"], "00:30"),
        (op.ValueMap(MAP), [None], None),
        (op.ValueMap(MAP), ["9"], None),
        (op.Default("x"), [""], "x"),
        (op.Coalesce(), ["", None], None),
        (op.Count(), ["a"], "1"),
        (op.Sum(), [("1", "x")], None),
        (op.Sum(), [()], "0"),
        (op.First(), [()], None),
        (op.FirstWhere("x"), [("x", "x"), ("a", "b")], "a"),
        (op.FirstWhere("x"), [("x",), ("a", "b")], None),
        (op.FirstWhere("x"), [("x",), ("a",), ("b",)], "a"),
        (op.FirstWhere("x"), [("y",), ("a",)], None),
        (op.JoinList("-"), [None], ""),
    ],
)  # fmt: skip
def test_an_operation_runs_on_what_it_gets(step, values, made):
    assert step.run(values) == made


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: op.Pad(5, ""), "one sign"),
        (lambda: op.Pad(5, "ab"), "one sign"),
        (lambda: op.SplitPart("", 0), "separates"),
        (lambda: op.Round(-1), "0 to 28"),
        (lambda: op.Round(29), "0 to 28"),
        (lambda: op.DateFormat("dd MMMM"), "in quotes"),
        (lambda: op.DateFormat("dd '%d'"), "in quotes"),
    ],
)
def test_an_operation_refuses_settings_that_mean_nothing(make, words):
    with pytest.raises(ValueError, match=words):
        make()


def test_a_look_up_is_the_same_whatever_records_it_looks_among():
    assert op.LookUp("c", "name", MAP) == op.LookUp("c", "name")
    assert op.FirstWhere("x").csharp(["A", "B", "C"]) == op.FirstWhere("x").csharp(["A", "B"])
