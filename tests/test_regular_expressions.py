"""No text makes a search run for ever."""

import ast
import json
import re
import subprocess
import sys
from pathlib import Path

import pumped
import pytest

import ipaas_discovery
from ipaas_discovery.knowledge.field_formats import field_formats

PACKAGE = Path(ipaas_discovery.__file__).parent
CALLS = {"compile", "findall", "finditer", "fullmatch", "match", "search", "split", "sub", "subn"}


def patterns_in_code():
    """Every pattern that a module hands to `re` as a text."""
    for path in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.args):
                continue
            owner, first = node.func.value, node.args[0]
            asks = isinstance(owner, ast.Name) and owner.id == "re" and node.func.attr in CALLS
            if asks and isinstance(first, ast.Constant) and isinstance(first.value, str):
                flags = re.VERBOSE if "VERBOSE" in ast.unparse(node) else 0
                yield f"{path.relative_to(PACKAGE)}:{node.lineno}", first.value, flags


def patterns_of_formats():
    forms = field_formats()
    for row in forms.searched():
        yield f"searched form {row.name}", row.search, 0
    for row in forms.recognised():
        yield f"form {row.name}", forms.pattern(row.name), 0


def last_tried(patterns, seconds=240):
    """The number of the pattern that was being searched when time was up, or "all"."""
    command = [sys.executable, pumped.__file__]
    try:
        done = subprocess.run(
            command, input=json.dumps(patterns), capture_output=True, text=True, timeout=seconds, check=True
        )
    except subprocess.TimeoutExpired as late:
        return (late.stdout or b"").decode().split()[-1]
    return done.stdout.split()[-1]


def test_every_pattern_comes_back_from_texts_that_make_it_go_back():
    named = [*patterns_in_code(), *patterns_of_formats()]
    assert len(named) > 300
    number = last_tried([(pattern, flags) for _, pattern, flags in named])
    assert number == "all", named[int(number)]


@pytest.mark.parametrize("pattern", [r"(a+)+$", r"0\d{3,}(?:-?\d{2,})*(?!\w)", r"(?:\s+(?:#.*)?)*\Z"])
def test_a_pattern_that_does_not_come_back_is_seen(pattern):
    assert last_tried([(r"\d+", 0), (pattern, 0)], seconds=4) == "1"
