"""The public API as its source draws it: the classes that a user meets, and the errors that documented calls raise."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

import ipaas_discovery

PACKAGE = Path(ipaas_discovery.__file__).parent
RAISES = re.compile(r"^\s*Raises:\n(.*?)(?:\n\s*\n|\Z)", re.MULTILINE | re.DOTALL)
ERROR = re.compile(r"\b[A-Z]\w*Error\b")


@cache
def trees():
    parsed = [ast.parse(path.read_text(encoding="utf-8")) for path in sorted(PACKAGE.rglob("*.py"))]
    for tree in parsed:
        for node in ast.walk(tree):
            node.module = tree
    return parsed


@cache
def top_level(kind):
    """The package's classes or functions by name."""
    return {node.name: node for tree in trees() for node in tree.body if isinstance(node, kind)}


def classes():
    return top_level(ast.ClassDef)


@cache
def alias(node):
    """The annotation that a name stands for: one of its own module, or the only one of that name."""
    named = [
        other
        for tree in trees()
        for other in tree.body
        if isinstance(other, ast.Assign) and isinstance(other.targets[0], ast.Name) and other.targets[0].id == node.id
    ]
    own = [other for other in named if other.module is node.module]
    value = (own or named)[0].value if own or len(named) == 1 else None
    return None if isinstance(value, ast.Call) or not node.id[0].isupper() or node.id.isupper() else value


def names(annotation):
    """The package's classes that an annotation names, aliases followed."""
    met = set()
    for node in ast.walk(annotation) if annotation else ():
        if isinstance(node, ast.Name) and node.id in classes():
            met.add(node.id)
        elif isinstance(node, ast.Name):
            met |= names(alias(node))
    return met


def public_functions(node):
    """A function itself, or a class's public functions, those it inherits among them."""
    if isinstance(node, ast.FunctionDef):
        return [node]
    own = [
        item
        for item in node.body
        if isinstance(item, ast.FunctionDef)
        and (not item.name.startswith("_") or item.name in {"__iter__", "__enter__"})
    ]
    bases = [classes()[base.id] for base in node.bases if isinstance(base, ast.Name) and base.id in classes()]
    return [*own, *(function for base in bases for function in public_functions(base))]


def fields(node):
    """The annotations of a class's public fields."""
    return [
        item.annotation
        for item in node.body
        if isinstance(node, ast.ClassDef) and isinstance(item, ast.AnnAssign) and not item.target.id.startswith("_")
    ]


def met_from(node):
    """The classes that somebody meets who has this function or class."""
    met = set().union(*(names(function.returns) for function in public_functions(node)), set())
    return met.union(*map(names, fields(node)), set())


def met(start, behind=()):
    """Every class that a user meets who starts with these names, each with the name it was met from; none `behind`."""
    ahead, origins = list(start), {}
    while ahead:
        name = ahead.pop()
        node = classes().get(name) or top_level(ast.FunctionDef).get(name)
        for other in met_from(node) if node else ():
            if not other.startswith("_") and other not in {*origins, *behind}:
                origins[other] = name
                ahead.append(other)
    return origins


def raised(start):
    """The errors that docstrings promise, each with the function that does."""
    errors = {}
    for name in start:
        node = classes().get(name) or top_level(ast.FunctionDef).get(name)
        for function in public_functions(node) if node else ():
            for section in RAISES.findall(ast.get_docstring(function) or ""):
                errors |= dict.fromkeys(ERROR.findall(section), f"{name}.{function.name}")
    return errors
