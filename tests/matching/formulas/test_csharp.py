"""Both renderings of every operation on the same inputs: Python here, and C# compiled and run by Mono."""

import json
import shutil
import subprocess
from decimal import Decimal

import pytest

from ipaas_discovery.matching.formulas import operations as op

TEXTS = (
    None,
    "",
    " ",
    " Ada  Lovelace ",
    "straße-ÄÖ",
    "a-b-c",
    "x, y",
    'quote " and \\ slash',
    "SO-7",
    "007",
    "\u0131",
    "\u212a",
)
NUMBERS = (
    None,
    "",
    "0",
    " 7 ",
    "1e3",
    "\u00a09",
    "12.50",
    "-3.005",
    "1250",
    "2.345",
    "-0.5",
    "99999999999.99",
    "0.004",
)
MOMENTS = (
    None,
    "",
    "2026-03-01T23:30:00-02:00",
    "2026-12-31T00:00:00Z",
    "2026-03-01",
    "2026-03-01T10:00:00.5+05:30",
    "03/01/2026",
    "Tue, 03 Mar 2026 10:00:00 +0000",
    "Mon, 02 Mar 2026 23:30:00 -0530",
    "3 Dec 2026 10:00 GMT",
    "03 Mar 2026 10:00:00 CET",
    "Tue, 03 Mrz 2026 10:00:00 GMT",
    "20260301",
    "2026-03-01 10:00",
    "2026-03-01T10:00\n",
    "now",
)
LISTS = (None, (), ("1",), ("1.50", "2", "-3.25"), ("10", "10"))

CASES = [
    *((step, [(text,) for text in TEXTS]) for step in (
        op.Copy(), op.Trim(), op.Upper(), op.Lower(), op.Pad(5, "0"), op.Affix("SO-", "!"), op.Without("SO-"),
        op.SplitPart("-", 0), op.SplitPart("-", 1), op.SplitPart("-", -1), op.SplitPart(" ", -2), op.Default('n/"a'),
        op.Constant("tab\there"), op.ValueMap((("007", "first"), ("007", "seven"), ("", "none"), ("SO-7", "é"))),
        op.LookUp("customers", "name", (("007", "Bond"), ("SO-7", '"é'))),
    )),
    *((step, [(text,) for text in NUMBERS]) for step in (
        op.Times(Decimal("0.01")), op.Times(Decimal(-1)), op.Times(Decimal(1000)), op.Round(2), op.Round(0),
    )),
    *((step, [("2", "3.50"), ("-1", "0"), ("1e2", " 3 "), (None, "1"), ("1", ""), ("99999.99", "99999.99")])
      for step in (op.Product(), op.Plus(), op.Minus())),
    *((step, [("1", "2", "3.5"), ("1", None, "2")]) for step in (op.Product(), op.Plus(), op.Minus())),
    *((op.Letters(count), [(text,) for text in TEXTS]) for count in (0, 1, 4, -1, -4)),
    *((op.DateFormat(form), [(text,) for text in MOMENTS]) for form in (
        "yyyy-MM-dd", "dd.MM.yyyy", "MM/dd/yyyy", "yyyyMMdd", "yyyy-MM-dd'T'HH:mm:ss'Z'",
        "ddd, dd MMM yyyy HH:mm:ss '+0000'",
    )),
    *((op.DateFormat("yyyy-MM-dd HH:mm:ss", minutes), [(text,) for text in MOMENTS]) for minutes in (-300, 345)),
    (op.FirstWhere("b"), [(("a", "b", "b"), ("1", "2", "3")), (("a",), ("1",)), (("b", "a"), ("1",)), (None, ("1",)),
                          (None, None), (("b",), ("",))]),
    *((step, [(values,) for values in LISTS]) for step in (op.Count(), op.Sum(), op.First(), op.JoinList(", "))),
    *((step, [("a", "b"), (None, "b"), ("a", ""), (None, None)]) for step in (op.Join(" "), op.Coalesce())),
]  # fmt: skip


def literal(value):
    if value is None:
        return "null"
    if isinstance(value, tuple):
        return f"new string[] {{ {', '.join(map(json.dumps, value))} }}"
    return json.dumps(value)


def program(cases):
    lines = ["using System;", "using System.Linq;", "class Program {"]
    calls = []
    for at, (step, inputs) in enumerate(cases):
        kind = "string[]" if any(isinstance(value, tuple) for row in inputs for value in row) else "string"
        names = [f"Field{place}" for place in range(len(inputs[0]))]
        arguments = ", ".join(f"{kind} {name}" for name in names)
        lines.append(f"  static string F{at}({arguments}) {{ return {step.csharp(names)}; }}")
        calls += [f"    Show(F{at}({', '.join(map(literal, row))}));" for row in inputs]
    show = 'Console.WriteLine(v == null ? "null" : string.Join(",", v.Select(c => ((int)c).ToString())));'
    lines += ["  static void Show(string v) {", f"    {show}", "  }", "  static void Main() {", *calls, "  }", "}"]
    return "\n".join(lines)


def shown(value):
    return "null" if value is None else ",".join(str(ord(letter)) for letter in value)


@pytest.mark.skipif(not (shutil.which("mcs") and shutil.which("mono")), reason="needs Mono: apt-get install mono-mcs")
def test_csharp_gives_what_python_gives(tmp_path):
    source, target = tmp_path / "program.cs", tmp_path / "program.exe"
    source.write_text(program(CASES), encoding="utf-8")
    built = subprocess.run(["mcs", f"-out:{target}", str(source)], capture_output=True, text=True, check=False)  # noqa: S607  where it is differs
    assert built.returncode == 0, built.stdout + built.stderr
    result = subprocess.run(["mono", str(target)], capture_output=True, text=True, check=False)  # noqa: S607  where it is differs
    assert result.returncode == 0, result.stderr
    wanted = [(str(step), row, shown(step.run(row))) for step, inputs in CASES for row in inputs]
    answers = result.stdout.splitlines()
    assert len(answers) == len(wanted)
    assert [(*case, answer) for case, answer in zip(wanted, answers, strict=True) if case[2] != answer] == []


def test_every_operation_is_tried():
    known = {name for name in op.__all__ if isinstance(getattr(op, name), type)} - {"FormulaStep"}
    assert known == {type(step).__name__ for step, _ in CASES}
