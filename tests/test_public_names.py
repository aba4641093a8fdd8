"""The names others call: all there, in order, documented, and cheap to import."""

from __future__ import annotations

import ast
import builtins
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest
from public_api import met, raised

import ipaas_discovery
import ipaas_discovery.errors

STUB = Path(ipaas_discovery.__file__).with_suffix(".pyi")
PROMISED = (
    "ApiDescription", "Comparison", "Direction", "DirectionBoard", "Discovery", "Entry", "Extract", "Field", "Match",
    "Matches", "Method", "Outcome", "Pairs", "ProbeReport", "Schema", "Shape", "Shapes", "System", "Verdict",
    "Worksheet", "check_flow", "compare_shapes", "connect", "declare", "drift", "match_fields", "observe",
    "pair_records", "read_openapi",
)  # fmt: skip
BEHIND = {"KeptResults", "Puller"}
"""Held by a Schema to remember with, and by an Extract to read with, and no values of their own."""
HEAVY = ("pandas", "httpx", "anywidget", "ipywidgets", "flask", "rich", "typer", "pydantic", "openpyxl", "keyring")


def stub():
    """The names the stub imports, and those its `__all__` lists."""
    tree = ast.parse(STUB.read_text(encoding="utf-8"))
    imported = [
        each.asname or each.name for node in tree.body if isinstance(node, ast.ImportFrom) for each in node.names
    ]
    listed = next(ast.literal_eval(node.value) for node in tree.body if isinstance(node, ast.Assign))
    return imported, listed


def test_the_stub_lists_what_it_imports_sorted_and_once():
    imported, listed = stub()
    assert listed == sorted(set(listed))
    assert sorted(imported) == listed


def test_the_package_gives_what_the_stub_lists():
    assert sorted(ipaas_discovery.__all__) == stub()[1]
    assert set(PROMISED) <= set(ipaas_discovery.__all__)
    assert set(ipaas_discovery.__all__) <= set(dir(ipaas_discovery))


@pytest.mark.parametrize("name", stub()[1])
def test_each_name_is_there_and_says_what_it_gives(name):
    found = getattr(ipaas_discovery, name)
    assert found.__name__.removeprefix("ipaas_discovery.") == name
    assert (found.__doc__ or "").strip()


def test_every_class_that_a_user_meets_is_there_by_name():
    origins = met(ipaas_discovery.__all__, BEHIND)
    assert len(origins) > 60
    named = {*ipaas_discovery.__all__, *ipaas_discovery.errors.__all__}
    assert not {name: origin for name, origin in origins.items() if name not in named}


def test_every_error_that_a_documented_call_raises_is_there_by_name():
    errors = raised(met(ipaas_discovery.__all__, BEHIND) | dict.fromkeys(ipaas_discovery.__all__))
    assert {"UnknownNameError", "FetchError", "SourceError", "WorksheetError"} <= set(errors)
    builtin = {name for name in errors if hasattr(builtins, name)}
    assert not {name: call for name, call in errors.items() if name not in builtin and not hasattr(
        ipaas_discovery.errors, name)}  # fmt: skip


def test_a_class_that_cannot_be_named_would_be_seen():
    """The tests above can fail: a class that only a method of a method's value gives is met, and so is its error."""
    assert met(["Discovery"])["AgreementRow"] in {"Agreement", "FieldRow", "PairedValues"}
    assert met(["pair_records"])["Stratum"] == "Sample"
    assert "Puller" in met(["System"]) and "Puller" not in met(["System"], BEHIND)  # noqa: PT018  one walk, twice
    assert raised(["System"])["UnknownNameError"].startswith("System.")


def test_a_name_that_is_not_there_is_an_attribute_error():
    with pytest.raises(AttributeError, match="custmer"):
        ipaas_discovery.custmer  # noqa: B018  the access is the point


def loaded_after(statement):
    """Top-level names of the modules that a fresh interpreter has loaded after `statement`."""
    code = f"{statement}\nimport sys\nprint(*sorted({{name.partition('.')[0] for name in sys.modules}}))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return set(done.stdout.split())


def test_importing_the_package_loads_no_library_to_speak_of():
    assert not loaded_after("import ipaas_discovery") & set(HEAVY)


def test_importing_discovery_loads_neither_pandas_nor_a_widget_nor_the_sandbox():
    loaded = loaded_after("from ipaas_discovery import Discovery")
    assert not loaded & {"pandas", "anywidget", "ipywidgets", "flask", "openpyxl", "keyring", "typer"}


def test_the_help_of_the_command_line_loads_neither_pandas_nor_httpx():
    statement = "from ipaas_discovery.cli.app import app\ntry: app(['--help'])\nexcept SystemExit: pass"
    assert not loaded_after(statement) & {"pandas", "httpx", "anywidget", "flask", "pydantic"}


def test_executing_notebooks_loads_no_grammar_of_addresses_and_leaves_the_library_to_others():
    """`jsonschema` loads it where it is installed, and it is compiled for a second."""
    assert not loaded_after("import ipaas_discovery.notebooks") & {"rfc3987_syntax", "lark"}
    if find_spec("rfc3987_syntax"):
        assert "lark" in loaded_after("import ipaas_discovery.notebooks, rfc3987_syntax")
