"""The house as its imports draw it: floors in one direction, no circle in any room, no full room, no name twice."""

from __future__ import annotations

import ast
from collections import defaultdict
from functools import cache
from pathlib import Path

import pytest

import ipaas_discovery

PACKAGE = Path(ipaas_discovery.__file__).parent
FLOORS = (
    (
        "",
        "errors",
        "vocabulary",
        "knowledge",
        "renderings",
        "validation",
        "atomic",
        "progress",
        "gc_pause",
        "quick_imports",
    ),
    ("systems",),
    ("samples",),
    ("system",),
    ("drafting",),
    ("schemas",),
    ("matching",),
    ("flows",),
    ("changes",),
    ("worksheet",),
    ("display",),
    ("widgets",),
    ("sandbox",),
    ("settings", "connection"),
    ("pull_both", "analysis"),
    ("caching",),
    ("discovery",),
    ("notebooks", "checks", "sharing", "job"),
    ("workspace",),
    ("cli",),
)
"""From the ground up; the package itself holds its version and loads the rest when asked, so it is ground."""
COMPARE = {"schemas", "matching", "flows", "changes", "worksheet"}
SHOW = {"display", "widgets"}
SIDE_BY_SIDE = 15
LONGEST_FUNCTION = 60
SAME_FILE_NAMES: dict[str, str] = {}
"""File names that stand twice, each with the reason."""
SAME_CLASS_NAMES: dict[str, str] = {}
"""Public class names that stand twice, each with the reason."""

SEVERAL_IDEAS = {
    "cli.app": "the main job as a command, and the options of the program itself",
    "vocabulary": "the enums that every floor shares",
    "matching.collections.candidates": "what a candidate is, and what candidates are made of",
    "worksheet.saving.order_forms": "the forms of one file; `form_of` picks one of them",
    "worksheet.saving.yaml_text": "text to YAML and back, and the line that a message names",
    "worksheet.editing.find": "names to entries, methods and questions: three of one kind",
    "flows.order": "the order of collections, and what stands against it",
    "flows.execution.element_records": "elements of lists as records, whether observed or run",
    "systems.answers.xml_body": "one encoding, read from answers and written to searches",
    "systems.http.network": "two transports that never reach a network, and the one that does",
    "systems.http.addresses": "addresses and the hosts they name",
    "systems.connectors.request_parameters": "parameters of a request, and the ends of a span among them",
    "knowledge.countries": "one table of countries; places are its names",
    "drafting.recorded_connector": "recorded calls as a connector, and as samples",
    "samples.redaction.pull_names": "the names of a pull, and a sample in which they are replaced",
    "samples.redaction.value_patterns": "values told by their form alone, cards among them",
    "samples.requests.requester": "what sends, as a type and as a class",
}
"""Modules with public functions or classes that neither use each other nor are used together, each with the reason."""


def module_name(path):
    parts = ("ipaas_discovery", *path.relative_to(PACKAGE).with_suffix("").parts)
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


MODULES = {module_name(path): path for path in sorted(PACKAGE.rglob("*.py"))}
FOLDERS = sorted({path.parent for path in MODULES.values()})


@cache
def parsed(path):
    return ast.parse(path.read_text(encoding="utf-8"))


@cache
def imports(name):
    """What a module imports, wherever in it: (module, name of another module or package, line); types included."""
    targets = []
    for node in ast.walk(parsed(MODULES[name])):
        if isinstance(node, ast.Import):
            targets += [(alias.name, node.lineno) for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{name}, line {node.lineno}: imports are absolute"
            inner = [f"{node.module}.{alias.name}" for alias in node.names]
            targets += [(target if target in MODULES else node.module, node.lineno) for target in inner]
    return tuple(targets)


@cache
def for_types_only(name):
    """Lines under `if TYPE_CHECKING:`, which never run."""
    return frozenset(
        line
        for node in ast.walk(parsed(MODULES[name]))
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
    assert len(MODULES) > 200
    assert {folder(name) for name in MODULES} == {name for floor in FLOORS for name in floor}


@pytest.mark.parametrize("name", MODULES)
def test_no_module_imports_from_a_floor_above_it_not_even_inside_a_function(name):
    above = [(target, line) for target, line in own(name) if height(target) > height(name)]
    assert not above, f"{name} imports from above: {above}"


def circle(arrows):
    """A circle of arrows as the names on it; empty where there is none."""
    done, path = set(), []

    def visit(name):
        if name in path:
            return [*path[path.index(name) :], name]
        if name in done:
            return []
        path.append(name)
        circular = next(filter(None, map(visit, sorted(arrows.get(name, set()) - {name}))), [])
        path.pop()
        done.add(name)
        return circular

    return next(filter(None, map(visit, sorted(arrows))), [])


def module_arrows():
    return {name: {target for target, _ in own(name)} for name in MODULES}


def room_arrows(package):
    """The rooms of one folder (its modules and folders), each with the rooms beside it that it imports from."""
    depth = package.count(".") + 1
    arrows = defaultdict(set)
    for name in MODULES:
        if name.startswith(f"{package}."):
            room = name.split(".")[depth]
            arrows[room] |= {
                target.split(".")[depth] for target, _ in own(name) if target.startswith(f"{package}.")
            } - {room}
    return dict(arrows)


def test_no_two_modules_import_each_other_in_a_circle_not_even_for_types():
    assert not circle(module_arrows()), " → ".join(circle(module_arrows()))


@pytest.mark.parametrize("package", sorted(module_name(path / "__init__.py") for path in FOLDERS))
def test_no_two_rooms_of_a_folder_import_each_other_in_a_circle(package):
    arrows = room_arrows(package)
    assert not circle(arrows), " → ".join(circle(arrows))


@cache
def reaches(name):
    """Every module and library that runs once `name` is imported and its functions are called."""
    seen, ahead = set(), [name]
    while ahead:
        module = ahead.pop()
        if module in seen:
            continue
        seen.add(module)
        if module in MODULES:
            ahead += [target for target, line in imports(module) if line not in for_types_only(module)]
    return seen


@pytest.mark.parametrize("name", [name for name in MODULES if folder(name) in COMPARE])
def test_compare_never_fetches_and_never_draws(name):
    libraries = {target.partition(".")[0] for target in reaches(name) - set(MODULES)}
    assert not libraries & {"httpx", "httpx_retries", "anywidget", "ipywidgets", "flask"}
    assert not {target for target in reaches(name) if folder(target) in SHOW}


@pytest.mark.parametrize("name", [name for name in MODULES if folder(name) in SHOW])
def test_show_never_fetches(name):
    assert not {target for target in reaches(name) if target.startswith("ipaas_discovery.systems.http")}
    assert not {"ipaas_discovery.system", "httpx"} & reaches(name)


def test_one_folder_is_the_door_to_the_network():
    users = {name for name in MODULES for target, _ in imports(name) if target.partition(".")[0].startswith("httpx")}
    assert users
    assert not {name for name in users if not name.startswith("ipaas_discovery.systems.http")}


@pytest.mark.parametrize("place", FOLDERS, ids=lambda place: str(place.relative_to(PACKAGE)))
def test_no_folder_has_more_modules_than_a_person_overlooks(place):
    beside = [path.name for path in place.glob("*.py") if path.name != "__init__.py"]
    assert len(beside) <= SIDE_BY_SIDE, f"{place.name} has {len(beside)}: which sub-idea deserves a room of its own?"


@pytest.mark.parametrize("name", MODULES)
def test_every_function_fits_a_screen(name):
    functions = [node for node in ast.walk(parsed(MODULES[name])) if isinstance(node, ast.FunctionDef)]
    long = {node.name: node.end_lineno - node.lineno + 1 for node in functions}
    assert not {key: lines for key, lines in long.items() if lines > LONGEST_FUNCTION}


def twice(pairs):
    places = defaultdict(list)
    for key, place in pairs:
        places[key].append(place)
    return {key: found for key, found in places.items() if len(found) > 1}


def test_no_file_name_stands_twice():
    names = twice((path.stem, name) for name, path in MODULES.items() if not path.stem.startswith("__"))
    assert set(names) == set(SAME_FILE_NAMES), names


def test_no_public_class_name_stands_twice():
    classes = twice(
        (node.name, name)
        for name, path in MODULES.items()
        for node in parsed(path).body
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_")
    )
    assert set(classes) == set(SAME_CLASS_NAMES), classes


def used_together():
    """Per module the sets of its names that another module imports together, or asks of it by attribute."""
    together = defaultdict(list)
    for path in MODULES.values():
        names = defaultdict(set)
        aliases = {}
        for node in ast.walk(parsed(path)):
            if isinstance(node, ast.ImportFrom):
                names[node.module] |= {alias.name for alias in node.names}
                aliases |= {alias.asname or alias.name: f"{node.module}.{alias.name}" for alias in node.names}
        for node in ast.walk(parsed(path)):
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in aliases:
                names[aliases[node.value.id]].add(node.attr)
        for module, some in names.items():
            together[module].append(some)
    return together


def ideas(name, together):
    """The public functions and classes of a module, parted into those that hang together."""
    defined = {}
    for node in parsed(MODULES[name]).body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            defined[node.name] = node
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            defined |= {part.id: node for target in targets for part in ast.walk(target) if isinstance(part, ast.Name)}
    defined.pop("__all__", None)
    groups = [{own_name, *names_in(node) & set(defined)} for own_name, node in defined.items()]
    groups += [names & set(defined) for names in together[name]]
    parts = []
    for group in filter(None, groups):
        joined = [part for part in parts if part & group]
        parts = [part for part in parts if not part & group] + [group.union(*joined)]
    kinds = (ast.FunctionDef, ast.ClassDef)
    public = {key for key, node in defined.items() if isinstance(node, kinds) and not key.startswith("_")}
    return sorted(sorted(part & public) for part in parts if part & public)


def names_in(node):
    return {part.id for part in ast.walk(node) if isinstance(part, ast.Name)}


def test_a_module_has_one_public_idea():
    together = used_together()
    several = {
        name.partition(".")[2]: parts
        for name, path in MODULES.items()
        if path.stem != "__init__" and len(parts := ideas(name, together)) > 1
    }
    assert set(several) == set(SEVERAL_IDEAS), several


def test_two_ideas_in_a_module_would_be_seen(monkeypatch, tmp_path):
    file = tmp_path / "mixed.py"
    file.write_text("LIMIT = 3\ndef a():\n    return LIMIT\ndef b():\n    return LIMIT\ndef c(): ...\n")
    monkeypatch.setitem(MODULES, "ipaas_discovery.mixed", file)
    assert ideas("ipaas_discovery.mixed", used_together()) == [["a", "b"], ["c"]]
    other = tmp_path / "user.py"
    other.write_text("from ipaas_discovery import mixed\nmixed.a(mixed.c())\n")
    monkeypatch.setitem(MODULES, "ipaas_discovery.user", other)
    assert ideas("ipaas_discovery.mixed", used_together()) == [["a", "b", "c"]]


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
    assert circle(module_arrows()) == [f"ipaas_discovery.{name}" for name in ("left", "right", "left")]
    assert circle(room_arrows("ipaas_discovery")) == ["left", "right", "left"]
