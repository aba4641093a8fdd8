"""Lists of words and codes stand in `knowledge/`: elsewhere a literal list of more than five of them is forbidden."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

import ipaas_discovery

PACKAGE = Path(ipaas_discovery.__file__).parent
MOST = 5
APART = {"knowledge", "sandbox"}
"""`knowledge/` is where they stand; the sandbox is two applications of its own, with their own data."""
PUBLIC = {"__all__", "__slots__", "COLUMNS"}
"""What a module exports and the columns of its frames are names of the kit's own."""
BRANCHES = re.compile(r"[\w?*+.\\\[\]()&;:!<> -]{1,40}(?:\|[\w?*+.\\\[\]()&;:!<> -]{1,40}){5,}")
EXCEPTIONS = {
    ("drafting.saved_calls.bruno_folder", "connect"): "names of blocks in Bruno's own grammar, HTTP's methods",
    (
        "flows.rules.value_types",
        "string",
    ): "which of JSON's types holds which: all of them, and a rule rather than a list",
    ("matching.comparison", "iPaaS.com"): "the same columns as people read them",
    ("matching.fields.evidence_parts", "name"): "the kinds of evidence, each a function of this module",
    ("matching.field_matches", "name"): "the kinds of evidence, which are columns",
    ("analysis", "ipaas"): "keys of what the command line prints",
    ("matching.formulas.operations", "yyyy"): "letters of C#'s own formats of dates, a grammar",
    ("renderings.bars", "string"): "a colour for each of JSON's types",
    ("schemas.comparing.all_differences", "unknown shape"): "kinds of difference that the module itself tells",
    ("schemas.comparing.conformance", "never seen"): "kinds of problem that the module itself tells",
    ("schemas.field_lists.field_rows", "path"): "what a row of a field list may say: the public keys",
    ("schemas.field_lists.field_table", "path"): "a row of a field list, by its public keys",
    ("schemas.showing.census", "collection"): "headings of a table that people read",
    ("systems.openapi.references", "properties"): "keys of OpenAPI's own grammar under which names stand",
    ("systems.openapi.resolver", "title"): "keys of OpenAPI's own grammar beside a reference",
    ("systems.openapi.yaml12", "true"): "YAML 1.2's own scalars, a grammar",
    ("widgets.board_rows", "key"): "what the board's JavaScript reads",
    ("widgets.board_rows", "direction"): "what the board's JavaScript reads",
    ("worksheet.decisions", "collection"): "columns of the frame of decisions",
    ("worksheet.exports.json_export", "tables"): "keys of the exported JSON",
    ("worksheet.reading_back.taking", "Order"): "tables that are read back, each with a function of this module",
    ("worksheet.saving.form_problems", "string_type"): "kinds of mistake as pydantic names them",
    ("worksheet.synopsis.documentation", "summary"): "parts of a flow's article, each a function of this module",
    ("worksheet.worksheet", "collision"): "keywords of a method of this class",
    ("worksheet.exports.content", "Verdicts"): "tables under the heading of a pair, each a function of this room",
    ("worksheet.exports.tables.evidence_tables", "support"): "columns of the table, as people read them",
    ("worksheet.exports.json_export", "MappingCollectionType"): "keys of the platform's own record, as it is sent",
    ("matching.formulas.formula_text", "copy"): "the operations of the catalogue, each a class",
    ("worksheet.editing.mapped", "by"): "keywords of the methods of this class",
    ("worksheet.overviews", "collection"): "columns of the table of flows",
    ("worksheet.saving.earlier_format", "claims"): "the parts of the document, each a class",
    ("worksheet.saving.order_file", "accepted"): "the parts of the file, each a class",
    ("checks.cell_recorder", "notebook"): "keys of a cell's record, written and read by this package",
    ("checks.notebook_check", "-m"): "options of one command line, pytest's own",
    ("cli.app", "worksheet"): "examples of a command in its help",
    ("widgets.collection_browser", "pair"): "requests of the board's JavaScript",
    ("widgets.field_detail", "record"): "columns of the same records' table",
    ("widgets.field_detail", "source"): "what the board's JavaScript reads",
    ("widgets.match_board", "destination"): "headings of the table that stands in for the board",
    ("widgets.match_board", "pair"): "what the board's JavaScript reads",
    ("widgets.match_board", "show"): "requests of the board's JavaScript",
    ("widgets.match_rows", "required"): "what the board's JavaScript reads",
    ("widgets.match_rows", "key"): "what the board's JavaScript reads",
    ("worksheet.contracts.data_contract", "version"): "keys of the contract's own grammar (ODCS 3.1)",
    ("worksheet.contracts.data_contract", "logicalType"): "keys of the contract's own grammar (ODCS 3.1)",
    ("worksheet.contracts.data_contract", "name"): "keys of the contract's own grammar (ODCS 3.1)",
    ("worksheet.delivery.delivery_gap", "collection"): "columns of the table of differences",
    ("worksheet.skeleton.data_model", "System"): "the namespaces that each written file uses, in C#'s own order",
    ("worksheet.skeleton.supported_features", "allow_initialization"): "fields of the class of features",
}
"""Where such a list stands all the same: the module and its first word, with the reason."""


def words_of(node):
    """The words that a literal lists: elements, keys, what a text is split into, alternatives of a pattern."""
    if isinstance(node, ast.Tuple | ast.List | ast.Set):
        words = [part.value for part in node.elts if isinstance(part, ast.Constant)]
    elif isinstance(node, ast.Dict):
        words = [key.value for key in node.keys if isinstance(key, ast.Constant)]
    elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "split":
        held = node.func.value
        return held.value.split() if isinstance(held, ast.Constant) and isinstance(held.value, str) else []
    elif isinstance(node, ast.Constant) and isinstance(node.value, str):
        branches = BRANCHES.search(node.value)
        return branches[0].split("|") if branches else []
    else:
        return []
    texts = [word for word in words if isinstance(word, str)]
    return texts if all(len(word) < 40 and re.search(r"\w", word) for word in texts) else []


def public_names(tree):
    """Names of the module's own: of its exports, columns, fields and members."""
    names = {node.arg for node in ast.walk(tree) if isinstance(node, ast.arg)}
    for node in ast.walk(tree):
        targets = (
            node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AnnAssign) else []
        )
        if any(isinstance(target, ast.Name) and target.id in PUBLIC for target in targets) and node.value:
            names |= {word for part in ast.walk(node.value) for word in words_of(part)}
        names |= {target.id for target in targets if isinstance(node, ast.AnnAssign) and isinstance(target, ast.Name)}
    return names


def documentation(tree):
    """Texts that stand alone: docstrings, and sentences under constants."""
    return {
        node.value for node in ast.walk(tree) if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }


def literal_types(tree):
    """What stands inside `Literal[...]`: a type, not a list."""
    return {
        part
        for node in ast.walk(tree)
        if isinstance(node, ast.Subscript) and isinstance(node.value, ast.Name) and node.value.id == "Literal"
        for part in ast.walk(node.slice)
    }


def lists_in(text):
    """Every list of more words than are allowed: its line and its words."""
    tree = ast.parse(text)
    own, apart = public_names(tree), documentation(tree) | literal_types(tree)
    found = [(node, words_of(node)) for node in ast.walk(tree) if node not in apart]
    return [(node.lineno, words) for node, words in found if len(words) > MOST and not set(words) <= own]


MODULES = {
    ".".join(path.relative_to(PACKAGE).with_suffix("").parts): path
    for path in sorted(PACKAGE.rglob("*.py"))
    if not APART & set(path.relative_to(PACKAGE).parts)
}


@pytest.mark.parametrize("name", MODULES)
def test_no_list_of_words_stands_outside_of_knowledge(name):
    lists = lists_in(MODULES[name].read_text(encoding="utf-8"))
    wrong = [f"line {line}: {', '.join(words[:8])}" for line, words in lists if (name, words[0]) not in EXCEPTIONS]
    assert not wrong, f"{name}: {wrong}; a list of words is a table in knowledge/"


def test_every_exception_is_still_needed():
    met = {
        (name, words[0]) for name, path in MODULES.items() for _, words in lists_in(path.read_text(encoding="utf-8"))
    }
    assert set(EXCEPTIONS) <= met


@pytest.mark.parametrize(
    "text",
    [
        'WORDS = ("id", "uuid", "key", "code", "number", "no")',
        'WORDS = frozenset({"id", "uuid", "key", "code", "number", "no"})',
        'WORDS = ["id", "uuid", "key", "code", "number", "no"]',
        'WORDS = {"id": 1, "uuid": 2, "key": 3, "code": 4, "number": 5, "no": 6}',
        'WORDS = "id uuid key code number no".split()',
        'def f(x):\n    return x in {"id", "uuid", "key", "code", "number", "no"}',
        'import re\nP = re.compile(r"(?:id|uuid|key|code|number|no)$")',
        'P = rf"^(id|uuid|key|code|number|no){1}"',
    ],
)
def test_such_a_list_would_be_seen_however_it_is_written(text):
    assert lists_in(text)


@pytest.mark.parametrize(
    "text",
    [
        '__all__ = ["a", "b", "c", "d", "e", "f"]',
        'COLUMNS = ("a", "b", "c", "d", "e", "f")\nrow = {"f": 1, "e": 2, "d": 3, "c": 4, "b": 5, "a": 6}',
        'from typing import Literal\nkind: Literal["a", "b", "c", "d", "e", "f"]',
        '"""One of a|b|c|d|e|f|g."""',
        'class A:\n a: int\n b: int\n c: int\n d: int\n e: int\n f: int\nx = ["a", "b", "c", "d", "e", "f"]',
        'WORDS = ("id", "uuid", "key", "code", "number")',
    ],
)  # fmt: skip
def test_names_of_the_kit_itself_are_no_such_list(text):
    assert not lists_in(text)
