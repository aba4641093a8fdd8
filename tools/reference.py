"""`python -m tools.reference`: write what the docs say of settings, rules and formulas, from what reads and runs them.

What people wrote above the mark of a page stays. The meaning of a key is the text below it in its class: where that is
missing, nothing is written and the key is named.
"""

from __future__ import annotations

import ast
import inspect
import json
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from textwrap import dedent
from types import NoneType
from typing import Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined

from ipaas_discovery import settings
from ipaas_discovery.flows.rules.registry import RULES
from ipaas_discovery.matching.formulas.formula_text import OPERATIONS, operation_words, parse_formula
from ipaas_discovery.systems.connectors import auth, collection, connector, paging, received_files

DOCS = Path(__file__).parents[1] / "docs"
MARK = "<!-- From here on written by `python -m tools.reference`. -->"
TYPES = {str: "text", int: "whole number", float: "number", bool: "true or false", dict: "table", tuple: "list"}
WITHOUT = {"kind"}
"""A style's own name, which stands in its heading."""


def meanings(model: type[BaseModel]) -> dict[str, str]:
    """Read what a class and those it builds upon say of each key: the text below it."""
    told: dict[str, str] = {}
    for base in reversed(model.__mro__):
        if not issubclass(base, BaseModel) or base is BaseModel:
            continue
        body = ast.parse(dedent(inspect.getsource(base))).body[0]
        assert isinstance(body, ast.ClassDef)  # noqa: S101  the source of a class is one
        for above, below in zip(body.body, body.body[1:], strict=False):
            if isinstance(above, ast.AnnAssign) and isinstance(below, ast.Expr) and isinstance(above.target, ast.Name):
                told[above.target.id] = " ".join(str(ast.literal_eval(below.value)).split())
    return told


def _section(heading: str, model: type[BaseModel]) -> Iterator[str]:
    """Write one table of settings: what it is, and one row a key."""
    told = meanings(model)
    yield from ("", f"## {heading}", "", inspect.cleandoc(model.__doc__ or ""), "")
    own = sorted(model.model_fields.items(), key=lambda item: item[0] not in model.__annotations__)
    keys = {name: field for name, field in own if name not in WITHOUT}
    if not keys:
        yield "No further keys."
        return
    yield from ("| key | takes | by default | meaning |", "|---|---|---|---|")
    for name, field in keys.items():
        if name not in told:
            sys.exit(f"{model.__name__}.{name} has no text below it that says what it means")
        yield _row(f"`{name}`", _takes(field.annotation), _default(field), told[name])


def _row(*cells: str) -> str:
    """Write one row of a table."""
    return f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |"


def _takes(annotation: Any) -> str:  # noqa: ANN401  any annotation of a class
    """Say in words what a key takes."""
    origin, inner = get_origin(annotation), get_args(annotation)
    if origin is Literal:
        return ", ".join(f"`{_toml(value)}`" for value in inner)
    if origin is Union or type(annotation).__name__ == "UnionType":
        return " or ".join(dict.fromkeys(_takes(one) for one in inner if one is not NoneType))
    if hasattr(annotation, "__metadata__"):
        return _takes(inner[0])
    if isinstance(origin or annotation, type) and issubclass(origin or annotation, BaseModel):
        return "table"
    if origin is tuple:
        return f"list of {_takes(inner[0])}s" if inner[0] in {str, int} else "list"
    return TYPES.get(origin or annotation, "any value")


def _default(field: FieldInfo) -> str:
    """Say what holds where a key is left out."""
    value = field.get_default(call_default_factory=True)
    if value is PydanticUndefined:
        return "*needed*"
    if isinstance(value, BaseModel):
        kind = getattr(value, "kind", None)
        return f"`kind = {_toml(kind)}`" if kind else ""
    return "" if value in (None, (), {}) else f"`{_toml(value)}`"


def _toml(value: object) -> str:
    """Write a plain value as TOML does."""
    if isinstance(value, bool):
        return str(value).lower()
    return f'"{value}"' if isinstance(value, str) else f"{value:g}" if isinstance(value, float) else str(value)


def _styles(union: Any) -> Iterator[tuple[str, type[BaseModel]]]:  # noqa: ANN401  an annotation
    """List the classes of a setting that has several kinds, each with its kind."""
    for model in get_args(get_args(union)[0]):
        yield get_args(model.model_fields["kind"].annotation)[0], model


CONNECTOR: tuple[tuple[str, type[BaseModel]], ...] = (
    ("The file", connector.Connector),
    ("`[environments.NAME]`", connector.Environment),
    ("`[limits]`", connector.Limits),
    ("`[collections.NAME]`", collection.CollectionSpec),
    ("`search` of a collection", collection.Search),
    ("`sort` of a collection", collection.Sort),
    ("`received` of a collection", received_files.Received),
    *((f'`[paging]` with `kind = "{kind}"`', model) for kind, model in _styles(paging.Paging)),
    *((f'`[auth]` with `kind = "{kind}"`', model) for kind, model in _styles(auth.Auth)),
)
DISCOVERY: tuple[tuple[str, type[BaseModel]], ...] = (
    ("The file", settings.Settings),
    ("`[ipaas]`", settings.PlatformSettings),
    ("`[third_party]`", settings.SystemSettings),
    ("`[sample]`", settings.SampleSettings),
    ("`[[collections]]`", settings.CollectionPair),
    ("`[redact]`", settings.RedactSettings),
    ("`[lists]`", settings.ListSettings),
    ("`[share]`", settings.ShareSettings),
    ("`[matching]`", settings.MatchSettings),
)


def keys(parts: Sequence[tuple[str, type[BaseModel]]]) -> Iterator[str]:
    """Write tables of settings, one a class."""
    return (line for part in parts for line in _section(*part))


def rules() -> Iterator[str]:
    """Write the rules, in the order in which findings are listed."""
    yield from ("", "| rule | what it does | rests on |", "|---|---|---|")
    for rule in RULES:
        yield _row(rule.name, (inspect.getdoc(rule.check) or "").partition("\n")[0], rule.source)


EXAMPLES: dict[str, tuple[str, dict[str, object]]] = {
    "copy": ("sku", {"sku": "OAK-1"}),
    "constant": ('| constant "Order"', {}),
    "trim": ("name | trim", {"name": " Oak "}),
    "upper": ("country | upper", {"country": "de"}),
    "lower": ("email | lower", {"email": "Ann@Shop.test"}),
    "pad": ("number | pad 6 0", {"number": "42"}),
    "affix": ('id | affix "SO-" ""', {"id": "7"}),
    "without": ('number | without "SO-"', {"number": "SO-7"}),
    "split": ('name | split " " 1', {"name": "Ann Example"}),
    "join": ('first, last | join " "', {"first": "Ann", "last": "Example"}),
    "times": ("cents | times 0.01", {"cents": "11288"}),
    "product": ("quantity, price | product", {"quantity": "3", "price": "2.50"}),
    "plus": ("net, tax, freight | plus", {"net": "100", "tax": "19", "freight": "4.90"}),
    "minus": ("total, paid | minus", {"total": "100", "paid": "19"}),
    "letters": ("card | letters -4", {"card": "**** 1111"}),
    "round": ("total | round 2", {"total": "19.995"}),
    "date": ("created | date yyyy-MM-dd", {"created": "2026-03-01T23:30:00-02:00"}),
    "map": ("state | map 1=paid 2=open", {"state": "2"}),
    "default": ('note | default "none"', {"note": None}),
    "coalesce": ("mobile, phone | coalesce", {"mobile": None, "phone": "555-0100"}),
    "count": ("tags[] | count", {"tags": ["a", "b"]}),
    "sum": ("payments[].amount | sum", {"payments": [{"amount": 10}, {"amount": 2.5}]}),
    "first": ("tags[] | first", {"tags": ["a", "b"]}),
    "where": (
        "phones[].type, phones[].number | where work",
        {"phones": [{"number": "555-0101", "type": "home"}, {"number": "555-0102", "type": "work"}]},
    ),
    "lookup": ("customer_id | lookup customers email 7=ann@shop.test", {"customer_id": "7"}),
    "join_list": ('tags[] | join_list ", "', {"tags": ["a", "b"]}),
}
"""One formula an operation, and the record it is run on."""


def formulas() -> Iterator[str]:
    """Write the operations of formulas; what each example gives is computed."""
    yield from ("", "| operation | what it gives | an example | of | gives |", "|---|---|---|---|---|")
    for words in operation_words():
        name = words.partition(" ")[0]
        written, record = EXAMPLES[name]
        meaning = (inspect.getdoc(OPERATIONS[name]) or "").partition("\n")[0]
        given = parse_formula("field", written).run(record)
        yield _row(f"`{words}`", meaning, f"`{written}`", f"`{json.dumps(record)}`" if record else "", f"`{given}`")


PAGES: dict[str, Callable[[], Iterator[str]]] = {
    "connector-file.md": lambda: keys(CONNECTOR),
    "discovery-file.md": lambda: keys(DISCOVERY),
    "rules.md": rules,
    "formulas.md": formulas,
}


def page(name: str) -> str:
    """Return a page as it should be: what people wrote above the mark, and what the package says below."""
    above, mark, _ = (DOCS / name).read_text(encoding="utf-8").partition(MARK)
    return above + mark + "\n" + "\n".join(PAGES[name]()) + "\n"


if __name__ == "__main__":
    for written in PAGES:
        (DOCS / written).write_text(page(written), encoding="utf-8")
