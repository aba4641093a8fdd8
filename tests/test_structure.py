"""The house as its imports draw it: three floors, one direction, no circle."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

import pytest

import ipaas_discovery

PACKAGE = Path(ipaas_discovery.__file__).parent
FLOORS = (
    ("errors", "words", "renderings", "validation", "atomic"),
    ("systems",),
    ("samples",),
    ("schemas",),
    ("matching",),
    ("flows",),
    ("worksheet",),
    ("display",),
    ("widgets",),
    ("sandbox",),
)
"""From the ground up; every other module stands on top of all."""
COMPARE = {"schemas", "matching", "flows", "worksheet"}
SHOW = {"display", "widgets"}
LONGEST = 260


def module_name(path):
    parts = ("ipaas_discovery", *path.relative_to(PACKAGE).with_suffix("").parts)
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


MODULES = {module_name(path): path for path in sorted(PACKAGE.rglob("*.py"))}


@cache
def imports(name):
    """What a module imports, wherever in it: (module, name of another module or package, line); types included."""
    tree = ast.parse(MODULES[name].read_text(encoding="utf-8"))
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found += [(each.name, node.lineno) for each in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{name}, line {node.lineno}: imports are absolute"
            inner = [f"{node.module}.{each.name}" for each in node.names]
            found += [(each if each in MODULES else node.module, node.lineno) for each in inner]
    return tuple(found)


@cache
def for_types_only(name):
    """Lines under `if TYPE_CHECKING:`, which never run."""
    tree = ast.parse(MODULES[name].read_text(encoding="utf-8"))
    return frozenset(
        line
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"
        for line in range(node.lineno, node.end_lineno + 1)
    )


def own(name):
    return [(target, line) for target, line in imports(name) if target in MODULES]


def folder(name):
    """The floor's folder, or the module itself where it stands at the top of the package."""
    return name.split(".")[1] if "." in name else ""


def height(name):
    return next((index for index, names in enumerate(FLOORS) if folder(name) in names), len(FLOORS))


def test_the_package_is_seen_whole():
    assert len(MODULES) > 100
    assert {folder(name) for name in MODULES} >= {name for floor in FLOORS for name in floor}


@pytest.mark.parametrize("name", MODULES)
def test_no_module_imports_from_a_floor_above_it_not_even_inside_a_function(name):
    above = [(target, line) for target, line in own(name) if height(target) > height(name)]
    assert not above, f"{name} imports from above: {above}"


def circle():
    """A circle of imports, imports for types among them, as the names on it; empty where there is none."""
    done, path = set(), []

    def visit(name):
        if name in path:
            return [*path[path.index(name) :], name]
        if name in done:
            return []
        path.append(name)
        found = next(filter(None, map(visit, sorted({target for target, _ in own(name)} - {name}))), [])
        path.pop()
        done.add(name)
        return found

    return next(filter(None, map(visit, MODULES)), [])


def test_no_two_modules_import_each_other_in_a_circle_not_even_for_types():
    assert not circle(), " → ".join(circle())


@cache
def reaches(name):
    """Every module and library that runs once `name` is imported and its functions are called."""
    seen, ahead = set(), [name]
    while ahead:
        each = ahead.pop()
        if each in seen:
            continue
        seen.add(each)
        if each in MODULES:
            ahead += [target for target, line in imports(each) if line not in for_types_only(each)]
    return seen


@pytest.mark.parametrize("name", [name for name in MODULES if folder(name) in COMPARE])
def test_compare_never_fetches_and_never_draws(name):
    libraries = {target.partition(".")[0] for target in reaches(name) - set(MODULES)}
    assert not libraries & {"httpx", "httpx_retries", "anywidget", "ipywidgets", "flask"}
    assert not {target for target in reaches(name) if folder(target) in SHOW}


@pytest.mark.parametrize("name", [name for name in MODULES if folder(name) in SHOW])
def test_show_never_fetches(name):
    fetching = {"ipaas_discovery.systems.client", "ipaas_discovery.samples.system", "ipaas_discovery.samples.pull"}
    assert not reaches(name) & fetching
    assert "httpx" not in reaches(name)


def test_only_the_door_its_keys_and_the_recorder_import_httpx():
    users = {name for name in MODULES for target, line in imports(name) if target == "httpx"
             if line not in for_types_only(name)}  # fmt: skip
    assert {name for name in users if folder(name) != "systems"} == {"ipaas_discovery.samples.recording"}
    assert "ipaas_discovery.systems.client" in users


@pytest.mark.parametrize("name", MODULES)
def test_every_module_fits_a_sitting(name):
    lines = len(MODULES[name].read_text(encoding="utf-8").splitlines())
    assert lines <= LONGEST, f"{name} has {lines} lines"


def test_a_broken_floor_would_be_seen(monkeypatch, tmp_path):
    """The tests above can fail: a module that imports upwards, inside a function, is found."""
    low = tmp_path / "low.py"
    low.write_text("def f():\n    from ipaas_discovery.display.report import report\n    return report\n")
    monkeypatch.setitem(MODULES, "ipaas_discovery.systems.low", low)
    with pytest.raises(AssertionError, match="imports from above"):
        test_no_module_imports_from_a_floor_above_it_not_even_inside_a_function("ipaas_discovery.systems.low")
    assert "ipaas_discovery.display.report" in reaches("ipaas_discovery.systems.low")
    imports.cache_clear()
    reaches.cache_clear()


@pytest.mark.parametrize("way", ["", "if True:\n    ", "if TYPE_CHECKING:\n    ", "def f():\n    "])
def test_a_circle_would_be_seen_however_it_is_imported(monkeypatch, tmp_path, way):
    """The test above can fail: two modules that import each other, once for types alone, are found."""
    for one, other in (("left", "right"), ("right", "left")):
        file = tmp_path / f"{one}.py"
        file.write_text(f"{way if one == 'left' else ''}from ipaas_discovery.{other} import x\n")
        monkeypatch.setitem(MODULES, f"ipaas_discovery.{one}", file)
    assert circle() == [f"ipaas_discovery.{name}" for name in ("left", "right", "left")]
