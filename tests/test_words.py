"""The words of the package: docstrings are plain statements, locals are the field's, exceptions give a reason."""

from __future__ import annotations

import ast
import io
import re
import tokenize
from pathlib import Path

import pytest

import ipaas_discovery

PACKAGE = Path(ipaas_discovery.__file__).parent
FILES = sorted(PACKAGE.rglob("*.py"))
QUESTION = re.compile(r"\W*(What|Whether|Which|Where|How|When|Who)\b")
VAGUE = {"each", "found", "said", "told"}
EXCEPTION = re.compile(r"#\s*(?:noqa|type:\s*ignore)\b")
NO_REASON = re.compile(r"\b(the same|as above|see above)$")


def docstrings(tree):
    """Every docstring as (line, text): of the module, of classes and functions, and below a constant or field."""
    holders = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    statements = (node for holder in ast.walk(tree) if isinstance(holder, holders) for node in holder.body)
    for node in statements:
        value = node.value if isinstance(node, ast.Expr) else None
        if isinstance(value, ast.Constant) and isinstance(value.value, str):
            yield node.lineno, value.value


def questions(text):
    """Lines of docstrings that begin as a question would."""
    return sorted(line for line, docstring in docstrings(ast.parse(text)) if QUESTION.match(docstring))


def stored_names(tree):
    """Every name that the source gives to something, as (line, name)."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.lineno, node.id
        elif isinstance(node, ast.arg):
            yield node.lineno, node.arg
        elif isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            yield node.lineno, node.name
        elif isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store):
            yield node.lineno, node.attr
        elif isinstance(node, (ast.MatchAs, ast.MatchStar, ast.ExceptHandler)) and node.name:
            yield node.lineno, node.name
        elif isinstance(node, ast.alias) and node.asname:
            yield node.lineno, node.asname


def vague_names(text):
    """Lines that store a name which says nothing of what it holds."""
    return sorted((line, name) for line, name in stored_names(ast.parse(text)) if name.strip("_") in VAGUE)


def unexplained(text):
    """Lines whose exception to a lint rule points at another one instead of giving its reason."""
    tokens = tokenize.generate_tokens(io.StringIO(text).readline)
    comments = [token for token in tokens if token.type == tokenize.COMMENT and EXCEPTION.match(token.string)]
    return [token.start[0] for token in comments if NO_REASON.search(token.string.rstrip(". "))]


def in_package(check):
    """What a check lists, file by file."""
    listed = {str(path.relative_to(PACKAGE)): check(path.read_text(encoding="utf-8")) for path in FILES}
    return {path: lines for path, lines in listed.items() if lines}


def test_the_package_is_read_whole():
    assert len(FILES) > 200


def test_no_docstring_begins_as_a_question():
    assert not in_package(questions)


def test_no_name_is_each_found_said_or_told():
    assert not in_package(vague_names)


def test_no_lint_exception_is_explained_as_the_same():
    assert not in_package(unexplained)


def test_no_lint_exception_of_the_project_is_explained_as_the_same():
    settings = (Path(__file__).parent.parent / "pyproject.toml").read_text(encoding="utf-8")
    assert 'ignore = [\n    "ARG002",   # a' in settings
    assert not re.findall(r"# the same$", settings, re.MULTILINE)


@pytest.mark.parametrize("word", ["What", "Whether", "Which", "Where", "How", "When", "Who"])
@pytest.mark.parametrize(
    "source",
    ['"""{} it is."""', 'def f():\n    """{} it is."""', 'class A:\n    """{} it is."""', 'A = 1\n"""{} it is."""'],
)
def test_a_question_would_be_seen(source, word):
    """The test above can fail: wherever a docstring stands, its first word is read."""
    assert questions(source.format(word))
    assert not questions(source.format(f"Tell {word.lower()}"))
    assert not questions(source.format(f"{word}ever"))


@pytest.mark.parametrize("name", sorted(VAGUE))
@pytest.mark.parametrize(
    "source",
    [
        "{} = 1",
        "[{} for {} in ()]",
        "if ({} := 1):\n    pass",
        "def f({}): pass",
        "def _{}(): pass",
        "class A:\n    {}: int",
        "f = lambda *{}: 1",
        "a.{} = 1",
        "import a as {}",
        "match 1:\n    case {}: pass",
        "try:\n    pass\nexcept OSError as {}:\n    pass",
    ],
)
def test_a_vague_name_would_be_seen(source, name):
    """The test above can fail: however a name is stored, it is seen; where it is only read, it is not."""
    assert vague_names(source.format(name, name))
    assert not vague_names(source.format("record", "record"))
    assert not vague_names(f"print({name}, a.{name}, b({name}=1))")


@pytest.mark.parametrize(
    "comment", ["# noqa: S311  the same", "# noqa: B019, E501  the same.", "# type: ignore[misc]  # as above"]
)
def test_an_exception_without_a_reason_would_be_seen(comment):
    """The test above can fail: an exception that leans on another one is seen, one with a reason is not."""
    assert unexplained(f"a = 1  {comment}\n") == [1]
    assert not unexplained("a = 1  # noqa: S311  seeded by text, which is hashed the same everywhere\n")
    assert not unexplained('a = "# noqa: S311  the same"  # as the server spells the same\n')
