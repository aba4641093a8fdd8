"""`python -m tools.mutants SEED`: change the package in a hundred places, one at a time, and see which the tests miss.

Own code, because neither known tool fits: mutmut cannot draw a sample by a seed and runs the whole suite first, its
notebooks included; cosmic-ray has no seed either and writes its mutants into the working tree. A mutant here is one
changed line in a copy of the project; tests that run this line run there (`line_tests.py`; `--nearest` leaves them out)
and, if all pass, the module's doctests, its own test file and the test files nearest to it by their imports, and last
what `.ci/run` asks beside the tests: the notebooks' outputs, and a main job that changes no committed file.
Left alone are texts, annotations, decorators, `raise`, the sandbox, constants of a module (a cap or a pause of 61 is as
good as one of 60) and `strict=` (it only states what holds). Mutants that no test can tell from the original are listed
in `equivalent_mutants.toml`, each with the reason, and do not count.
"""

from __future__ import annotations

import argparse
import ast
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from tools.line_tests import OPTIONS, LineTests, asked

ROOT = Path(__file__).parents[1]
PACKAGE = "ipaas_discovery"
ENOUGH = 0.95
FILES = 7
"""Test files run for a mutant at most."""
MOST = 150
"""Tests that run its lines asked about one mutant at first; the others are asked where the nearest saw nothing."""
LONGEST = 900
"""Seconds that these others get."""
JOB = ("-m", "ipaas_discovery.cli", "discover")
NOTEBOOKS = ("-m", "pytest", "-q", "-x", "-pno:cacheprovider", "notebooks")
IGNORED = shutil.ignore_patterns(".*", "__pycache__", "output", "out")
COMMITTED = ("data", "notebooks")
"""Folders whose files a main job leaves as they are."""
SECONDS = 240
"""A mutant that keeps the nearest tests busy for longer is killed: they would hang."""
LATE = "it took too long"
SWAPPED: dict[type, str] = {
    ast.Eq: "!=", ast.NotEq: "==", ast.Lt: "<=", ast.LtE: "<", ast.Gt: ">=", ast.GtE: ">", ast.In: "not in",
    ast.NotIn: "in", ast.Is: "is not", ast.IsNot: "is", ast.And: "or", ast.Or: "and", ast.Add: "-", ast.Sub: "+",
    ast.Mult: "+", ast.Div: "*", ast.FloorDiv: "*", ast.BitOr: "&", ast.BitAnd: "|",
}  # fmt: skip


@dataclass(frozen=True)
class Mutant:
    """One changed place of one module."""

    module: Path
    start: int
    end: int
    text: str

    def source(self) -> str:
        """Return the module's text with the change in it."""
        before = (ROOT / self.module).read_bytes()
        return (before[: self.start] + self.text.encode() + before[self.end :]).decode()

    @property
    def line(self) -> int:
        """The number of the first line that is changed."""
        return (ROOT / self.module).read_bytes()[: self.start].count(b"\n") + 1

    @property
    def last(self) -> int:
        """The number of the last line that is changed."""
        return (ROOT / self.module).read_bytes()[: self.end].count(b"\n") + 1

    def diff(self) -> str:
        """Show the old and the new text, with the rest of their line around them."""
        source = (ROOT / self.module).read_bytes()
        first = source.rfind(b"\n", 0, self.start) + 1
        last = source.find(b"\n", self.end)
        pieces = source[first : self.start], source[self.start : self.end], source[self.end : last]
        left, old, right = (re.sub(r"\s+", " ", piece.decode()) for piece in pieces)
        return f"{left}⟦{old.strip()} → {' '.join(self.text.split())}⟧{right}".strip()


class Places(ast.NodeVisitor):
    """Collector of the places of one module that can be changed."""

    def __init__(self, module: Path) -> None:
        self.module, self.mutants = module, list[Mutant]()
        self.source = (ROOT / module).read_bytes()
        self.starts = [0, *(match.end() for match in re.finditer(b"\n", self.source))]
        self.visit(ast.parse(self.source))

    def span(self, node: ast.expr | ast.stmt) -> tuple[int, int]:
        """Return the first and the last position of a node, in bytes."""
        assert node.end_lineno is not None  # noqa: S101  what is parsed has an end
        assert node.end_col_offset is not None  # noqa: S101  what has a last line has a last column
        return self.starts[node.lineno - 1] + node.col_offset, self.starts[node.end_lineno - 1] + node.end_col_offset

    def change(self, node: ast.expr | ast.stmt, text: str) -> None:
        """Note a mutant that has `text` instead of `node`."""
        self.mutants.append(Mutant(self.module, *self.span(node), text))

    def swap(self, left: ast.expr, operator: ast.AST, right: ast.expr) -> None:
        """Note a mutant with the opposite operator between two operands."""
        if type(operator) in SWAPPED:
            start, end = self.span(left)[1], self.span(right)[0]
            between = self.source[start:end].decode()
            words = r"not\s+in|is\s+not|\b(?:and|or|in|is)\b|[=!<>]=|//|[<>+*/|&-]"
            self.mutants.append(
                Mutant(self.module, start, end, re.sub(words, SWAPPED[type(operator)], between, count=1))
            )

    def negate(self, test: ast.expr) -> None:
        """Note a mutant with the opposite condition, where no operator is swapped to the same effect."""
        if not isinstance(test, ast.Compare | ast.UnaryOp):
            start, end = self.span(test)
            self.change(test, f"not ({self.source[start:end].decode()})")

    def visit_Compare(self, node: ast.Compare) -> None:
        """Swap each comparison."""
        operands = [node.left, *node.comparators]
        for left, operator, right in zip(operands, node.ops, node.comparators, strict=False):
            self.swap(left, operator, right)
        self.generic_visit(node)

    def visit_BoolOp(self, node: ast.BoolOp) -> None:
        """Swap one `and` or `or`; of three in a row the first, which the grammar binds as it stands."""
        self.swap(node.values[0], node.op, node.values[1])
        self.generic_visit(node)

    def visit_BinOp(self, node: ast.BinOp) -> None:
        """Swap an arithmetic operator."""
        self.swap(node.left, node.op, node.right)
        self.generic_visit(node)

    def visit_UnaryOp(self, node: ast.UnaryOp) -> None:
        """Drop a `not`."""
        if isinstance(node.op, ast.Not):
            start, end = self.span(node.operand)
            self.change(node, self.source[start:end].decode())
        self.generic_visit(node)

    def visit_Constant(self, node: ast.Constant) -> None:
        """Flip True and False, count one more."""
        if isinstance(node.value, bool):
            self.change(node, str(not node.value))
        elif isinstance(node.value, int | float):
            self.change(node, str(node.value + 1))

    def visit_If(self, node: ast.If) -> None:
        """Negate the condition; what stands under TYPE_CHECKING never runs."""
        if not (isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"):
            self.negate(node.test)
            self.generic_visit(node)

    def visit_IfExp(self, node: ast.IfExp) -> None:
        """Negate the condition."""
        self.negate(node.test)
        self.generic_visit(node)

    def visit_comprehension(self, node: ast.comprehension) -> None:
        """Negate each condition."""
        for test in node.ifs:
            self.negate(test)
        self.generic_visit(node)

    def visit_Return(self, node: ast.Return) -> None:
        """Give nothing back."""
        if node.value is not None and not (isinstance(node.value, ast.Constant) and node.value.value is None):
            self.change(node, "return None")
        self.generic_visit(node)

    def visit_Expr(self, node: ast.Expr) -> None:
        """Leave out a call; a docstring stays."""
        if not isinstance(node.value, ast.Constant | ast.Yield | ast.YieldFrom):
            self.change(node, "pass")
            self.generic_visit(node)

    def visit_AugAssign(self, node: ast.AugAssign) -> None:
        """Leave out an addition to something."""
        self.change(node, "pass")
        self.generic_visit(node)

    def visit_Assign(self, node: ast.Assign) -> None:
        """Leave out what is stored in an object; a module's constants stay."""
        if isinstance(node.targets[0], ast.Attribute | ast.Subscript):
            self.change(node, "pass")
        if node.col_offset:
            self.generic_visit(node)

    def visit_AnnAssign(self, node: ast.AnnAssign) -> None:
        """Look at the value alone."""
        if node.value is not None and node.col_offset:
            self.visit(node.value)

    def visit_Continue(self, node: ast.Continue) -> None:
        """Go on where the next turn should begin."""
        self.change(node, "pass")

    def visit_Break(self, node: ast.Break) -> None:
        """Go on with the next turn."""
        self.change(node, "continue")

    def visit_Raise(self, node: ast.Raise) -> None:
        """Leave messages alone."""

    def visit_JoinedStr(self, node: ast.JoinedStr) -> None:
        """Leave texts alone; before Python 3.12 their parts have no place either."""

    def visit_FunctionDef(self, node: ast.FunctionDef) -> None:
        """Look at defaults and body alone."""
        for part in (*node.args.defaults, *filter(None, node.args.kw_defaults), *node.body):
            self.visit(part)

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        """Look at the body alone."""
        for part in node.body:
            self.visit(part)

    def visit_keyword(self, node: ast.keyword) -> None:
        """Leave `strict=` alone."""
        if node.arg != "strict":
            self.visit(node.value)


@cache
def imports(path: Path) -> frozenset[str]:
    """Dotted names that a file imports, wherever in it."""
    names = set()
    for node in ast.walk(ast.parse(path.read_bytes())):
        if isinstance(node, ast.ImportFrom) and node.module:
            names |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
        elif isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
    return frozenset(names)


def dotted(path: Path) -> str:
    """Return the name by which a file is imported; a test's helpers are imported from the folder `tests`."""
    parts = path.relative_to(ROOT).with_suffix("").parts
    parts = parts[1:] if parts[0] == "tests" else parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def nearest_tests(module: Path) -> list[Path]:
    """List the mirrored test file, those beside it, then those with the fewest imports between them and the module."""
    own = ROOT / "tests" / module.relative_to(PACKAGE).with_name(f"test_{module.stem}.py")
    files = [*(ROOT / PACKAGE).rglob("*.py"), *(ROOT / "tests").rglob("*.py")]
    rings = [{ROOT / module}]
    reached = set(rings[0])
    while rings[-1]:
        names = {dotted(path) for path in rings[-1]}
        rings.append({path for path in files if path not in reached and imports(path) & names})
        reached |= rings[-1]
    ranked = [
        (path != own, path.parent != own.parent, distance, -len(Path(os.path.commonpath([path, own])).parts), path)
        for distance, ring in enumerate(rings)
        for path in ring
        if path.name.startswith("test_")
    ]
    return [path for *_, path in sorted(ranked)[:FILES]]


class Copy:
    """A copy of the project in which tests run, so that the working tree never holds a mutant."""

    def __init__(self, folder: str) -> None:
        self.root, self.written = Path(folder) / "copy", 0
        shutil.copytree(ROOT, self.root, ignore=IGNORED)
        self.first = self.committed()

    def write(self, module: Path, text: str) -> None:
        """Write a module, with a time of its own, by which Python sees that its compiled form is stale."""
        (self.root / module).write_text(text, encoding="utf-8")
        self.written += 1
        os.utime(self.root / module, (self.written, self.written))

    def run(self, targets: Sequence[Path | str], seconds: float | None = SECONDS, late: str = LATE) -> str:
        """Run tests up to the first that fails; return its last lines, or an empty text if all pass."""
        return self.python(("-m", "pytest", "-x", *OPTIONS, *map(str, targets)), seconds, late)

    def changes_outputs(self) -> bool:
        """Tell if a notebook shows something else, or the main job fails or changes a committed file."""
        changed = bool(self.python(NOTEBOOKS) or self.python(JOB)) or self.committed() != self.first
        for folder in COMMITTED:  # what one mutant wrote is nothing that the next may read
            shutil.rmtree(self.root / folder)
            shutil.copytree(ROOT / folder, self.root / folder, ignore=IGNORED)
        return changed

    def committed(self) -> dict[str, bytes]:
        """Read every file that the main job must leave as it is, by its path."""
        paths = sorted(path for folder in COMMITTED for path in (self.root / folder).rglob("*") if path.is_file())
        named = {path.relative_to(self.root): path.read_bytes() for path in paths}
        return {path.as_posix(): text for path, text in named.items() if not {".cache", "out"} & {*path.parts}}

    def python(self, arguments: Sequence[str], seconds: float | None = SECONDS, late: str = LATE) -> str:
        """Run Python in the copy; return the last lines of what fails, or an empty text."""
        environment = {**os.environ, "PYTHONPATH": str(self.root)}
        try:
            done = subprocess.run(  # noqa: S603  our own tests
                [sys.executable, *arguments], cwd=self.root, env=environment, timeout=seconds, check=False,
                capture_output=True, text=True,
            )  # fmt: skip
        except subprocess.TimeoutExpired:
            return late
        if done.returncode < 0:
            sys.exit(f"Signal {-done.returncode} from outside stopped the tests, which says nothing of a mutant")
        return "" if done.returncode in {0, 5} else "\n".join(done.stdout.splitlines()[-12:]) or done.stderr


def all_mutants() -> list[Mutant]:
    """List every change the package could get, in order."""
    paths = sorted(path.relative_to(ROOT) for path in (ROOT / PACKAGE).rglob("*.py"))
    return [mutant for path in paths if "sandbox" not in path.parts for mutant in Places(path).mutants]


def targets(mutant: Mutant) -> list[Path]:
    """List the tests that run for a mutant: its module's doctests, then the nearest test files."""
    doctests = [mutant.module] if ">>>" in mutant.source() else []
    return doctests + [path.relative_to(ROOT) for path in nearest_tests(mutant.module)]


def outcome(copy: Copy, mutant: Mutant, lines: LineTests | None) -> str:
    """Try one mutant: by tests that run its lines, whose slowness says nothing, the nearest files, and the outputs."""
    names = [] if lines is None else lines.of(mutant.module, mutant.line, mutant.last)
    near = tuple(path.as_posix() for path in targets(mutant))
    names.sort(key=lambda name: not name.startswith(near))  # those beside the module see most
    others = sorted({name.partition("::")[0] for name in names[MOST:]})
    seen = bool(names and copy.run(names[:MOST], late="")) or bool(copy.run(targets(mutant)))
    seen = seen or bool(others and copy.run(others, LONGEST, late="")) or copy.changes_outputs()
    return "killed" if seen else "SURVIVED"


def tried(mutants: list[Mutant], equivalent: dict[str, str], lines: LineTests | None) -> Iterator[tuple[Mutant, str]]:
    """Yield each mutant with its outcome."""
    with tempfile.TemporaryDirectory(prefix="mutants-") as folder:
        copy = Copy(folder)
        everything = sorted({target for mutant in mutants for target in targets(mutant)})
        if problem := copy.run(everything, None):
            sys.exit(f"The tests fail without any mutant:\n{problem}")
        if copy.changes_outputs():
            sys.exit("Notebooks or committed files change without any mutant")
        for mutant in mutants:
            if f"{mutant.module.as_posix()}: {mutant.diff()}" in equivalent:
                yield mutant, "equivalent"
                continue
            copy.write(mutant.module, mutant.source())
            yield mutant, outcome(copy, mutant, lines)
            copy.write(mutant.module, (ROOT / mutant.module).read_text(encoding="utf-8"))


def main() -> int:
    """Try a sample of mutants: 0 where enough are killed, 1 otherwise."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("seed", type=int, help="chooses the places")
    parser.add_argument("--number", type=int, default=100, help="places to change")
    parser.add_argument("--only", default="", help="places that hold this, such as `flows/rules.py:188:`")
    parser.add_argument("--nearest", action="store_true", help="by the nearest tests alone")
    options = parser.parse_args()
    signal.signal(signal.SIGINT, signal.default_int_handler)  # which tests send, and nohup would have ignored
    listed = tomllib.loads((Path(__file__).parent / "equivalent_mutants.toml").read_text(encoding="utf-8"))
    places = [mutant for mutant in all_mutants() if options.only in f"{mutant.module.as_posix()}:{mutant.line}:"]
    chosen = random.Random(options.seed).sample(places, min(options.number, len(places)))  # noqa: S311  no secret
    counts = {"killed": 0, "SURVIVED": 0, "equivalent": 0}
    lines = None if options.nearest else LineTests(asked())
    for mutant, result in tried(chosen, listed, lines):
        counts[result] += 1
        print(f"{result:10} {mutant.module}:{mutant.line}  {mutant.diff()}", flush=True)
    judged = counts["killed"] + counts["SURVIVED"]
    print(f"seed {options.seed}: {counts['killed']} of {judged} killed, {counts['equivalent']} equivalent")
    return 0 if counts["killed"] >= ENOUGH * judged else 1


if __name__ == "__main__":
    sys.exit(main())
