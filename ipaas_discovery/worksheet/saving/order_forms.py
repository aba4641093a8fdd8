"""Forms in which each row stands in `worksheet.yaml`, and the rows that they mean."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, TypeAdapter
from pydantic.dataclasses import dataclass

from ipaas_discovery.matching import mapping as fills
from ipaas_discovery.matching.formulas.formula_text import parse_formula, write_formula
from ipaas_discovery.vocabulary import Method
from ipaas_discovery.worksheet.features import Features
from ipaas_discovery.worksheet.joining import accepted_key, side_of
from ipaas_discovery.worksheet.ordered_flow import Collision, ConditionText, FieldOwner, OrderedFlow, Owner, Trigger
from ipaas_discovery.worksheet.parts import STRICT, Decision, OneWay, Question, Text, as_value_error
from ipaas_discovery.worksheet.remarks import AcceptedFinding, LeftOut, PlanWord, Remark, SignOff
from ipaas_discovery.worksheet.rows import WHOLE, RowKey, RowPart, Statement

__all__ = ["OrderForm", "PairForm", "form_of", "rows_in"]


def _short(name: str) -> BeforeValidator:
    """Let a person write one word in place of a form with one property."""
    return BeforeValidator(lambda value: {name: value} if isinstance(value, str) else value)


def _list_of_one(value: object) -> object:
    return [value] if isinstance(value, str | dict) else value


def _formula(text: str | None) -> str | None:
    if text is not None:
        as_value_error(lambda given: parse_formula("", str(given)))(text)
    return text


@dataclass(frozen=True, slots=True, config=STRICT)
class RejectedForm:
    """A source, or several together, that somebody does not want in a field."""

    field: Text | tuple[Text, ...]
    why: Text = ""
    by: Text = ""
    date: Text = ""


@dataclass(frozen=True, slots=True, config=STRICT)
class MappingForm:
    """Filling of a field: at most one of a field, a constant, a formula and a look-up."""

    field: Text | None = None
    constant: Text | None = None
    formula: Annotated[Text | None, AfterValidator(_formula)] = None
    csharp: Text | None = None
    look_up: Text | None = None
    values: dict[Text, Text] = dataclasses.field(default_factory=dict)
    default: Text = ""
    condition: ConditionText = ""
    status: Literal["accepted", "manual"] = "manual"
    why: Text = ""
    by: Text = ""
    date: Text = ""
    reject: Annotated[tuple[Annotated[RejectedForm, _short("field")], ...], BeforeValidator(_list_of_one)] = ()

    def __post_init__(self) -> None:
        given = [name for name in ("constant", "formula", "csharp") if getattr(self, name) is not None]
        looked_up = self.look_up is not None or bool(self.values)
        if len(given) + bool(self.field is not None or looked_up) > 1 or (looked_up and self.field is None):
            then = "a look-up and its `values` need a `field`" if looked_up else "keep one of them"
            raise ValueError(f"one thing fills a field: {then}")


Mappings = dict[Text, Annotated[MappingForm, _short("field")]]


@dataclass(frozen=True, slots=True, config=STRICT)
class FlowForm:
    """An ordered flow under its name."""

    direction: OneWay
    methods: Annotated[tuple[Method, ...], BeforeValidator(_list_of_one)] = ()
    condition: ConditionText = ""
    error_filter: Text = ""
    trigger: Trigger = ""
    every: Text = ""
    collision: Collision = ""
    mappings: Mappings = dataclasses.field(default_factory=dict)
    why: Text = ""
    by: Text = ""
    date: Text = ""


@dataclass(frozen=True, slots=True, config=STRICT)
class OwnerForm:
    """The side that owns a field."""

    owner: Owner
    why: Text = ""
    by: Text = ""
    date: Text = ""


@dataclass(frozen=True, slots=True, config=STRICT)
class AnswerForm:
    """An answered question."""

    question: Text
    answer: Text
    by: Text = ""
    date: Text = ""


@dataclass(frozen=True, slots=True, config=STRICT)
class PairForm:
    """Two collections, and what people said of them."""

    ipaas: Text
    third_party: Text = ""
    decision: Annotated[Decision | None, _short("direction")] = None
    flows: dict[Text, FlowForm] = dataclasses.field(default_factory=dict)
    to_ipaas: Mappings = dataclasses.field(default_factory=dict)
    from_ipaas: Mappings = dataclasses.field(default_factory=dict)
    owners: dict[Text, Annotated[OwnerForm, _short("owner")]] = dataclasses.field(default_factory=dict)
    answers: tuple[AnswerForm, ...] = ()
    features: tuple[Features, ...] = ()
    accepted: tuple[AcceptedFinding, ...] = ()
    remarks: tuple[Remark, ...] = ()
    plan: dict[PlanWord, Text] = dataclasses.field(default_factory=dict)


@dataclass(frozen=True, slots=True, config=STRICT)
class OrderForm:
    """The whole file, but for its `format`."""

    title: Text = ""
    answers: tuple[AnswerForm, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    lists: dict[Text, Literal["fold", "unfold"]] = dataclasses.field(default_factory=dict)
    sign_off: dict[SignOff, Text] = dataclasses.field(default_factory=dict)
    pairs: tuple[PairForm, ...] = ()


def rows_in(form: OrderForm) -> Iterator[tuple[RowKey, Statement]]:
    """List the rows of the file, in its order."""
    if form.title:
        yield RowKey(WHOLE, RowPart.TITLE), form.title
    yield from _answers(WHOLE, form.answers)
    yield from ((RowKey(WHOLE, RowPart.LEFT_OUT, f"{row.system} {row.collection}"), row) for row in form.left_out)
    yield from ((RowKey(WHOLE, RowPart.LISTS, name), word) for name, word in form.lists.items())
    yield from ((RowKey(WHOLE, RowPart.SIGN_OFF, word), text) for word, text in form.sign_off.items())
    for pair in form.pairs:
        yield from _rows_of_pair(pair)


def _rows_of_pair(form: PairForm) -> Iterator[tuple[RowKey, Statement]]:
    from ipaas_discovery.knowledge.ipaas_collections import collection_name  # noqa: PLC0415  a blank file needs none

    pair = (collection_name(form.ipaas), form.third_party)
    yield RowKey(pair, RowPart.PAIR), True
    if form.decision:
        yield RowKey(pair, RowPart.DECISION), form.decision
    yield from ((RowKey(pair, RowPart.FLOWS, name), _flow(name, flow)) for name, flow in form.flows.items())
    for part, mappings in ((RowPart.TO, form.to_ipaas), (RowPart.FROM, form.from_ipaas)):
        yield from ((RowKey(pair, part, path), _mappings(path, row)) for path, row in mappings.items())
    for path, owner in form.owners.items():
        yield RowKey(pair, RowPart.OWNERS, path), FieldOwner(path, owner.owner, owner.why, owner.by, owner.date)
    yield from _answers(pair, form.answers)
    yield from ((RowKey(pair, RowPart.FEATURES, side_of(record.direction)), record) for record in form.features)
    for row in form.accepted:
        yield RowKey(pair, RowPart.ACCEPTED, accepted_key(row)), row
    yield from ((RowKey(pair, RowPart.REMARKS, remark.about), remark) for remark in form.remarks)
    yield from ((RowKey(pair, RowPart.PLAN, word), text) for word, text in form.plan.items())


def _answers(pair: tuple[str, str], forms: tuple[AnswerForm, ...]) -> Iterator[tuple[RowKey, Statement]]:
    for form in forms:
        yield RowKey(pair, RowPart.ANSWERS, form.question), Question(form.question, form.answer, form.by, form.date)


def _flow(name: str, form: FlowForm) -> OrderedFlow:
    own = tuple(row for path, mapping in form.mappings.items() for row in _mappings(path, mapping))
    values: dict[str, Any] = {key: getattr(form, key) for key in FlowForm.__dataclass_fields__ if key != "mappings"}
    return OrderedFlow(name, mappings=own, **values)


def _mappings(path: str, form: MappingForm) -> tuple[fills.Mapping, ...]:
    rejected = tuple(
        fills.Mapping(path, "field", _several(row.field), status="rejected", why=row.why, by=row.by, date=row.date)
        for row in form.reject
    )
    base = fills.Mapping(
        path,
        default=form.default,
        condition=form.condition,
        status=form.status,
        why=form.why,
        by=form.by,
        date=form.date,
    )
    made = _made(base, form)
    return (made, *rejected) if made.kind else rejected


def _several(field: str | tuple[str, ...]) -> tuple[str, ...]:
    return (field,) if isinstance(field, str) else field


def _made(base: fills.Mapping, form: MappingForm) -> fills.Mapping:
    if form.constant is not None:
        return dataclasses.replace(base, kind="constant", value=form.constant)
    if form.csharp is not None:
        return dataclasses.replace(base, kind="formula", value=form.csharp)
    if form.formula is not None:
        return fills.filled_by(base, parse_formula(base.destination, form.formula))
    if form.field is None:
        return base
    looked_up = form.look_up is not None or bool(form.values)
    values = tuple(sorted(form.values.items()))
    kind: fills.Kind = "look-up" if looked_up else "field"
    return dataclasses.replace(base, kind=kind, sources=(form.field,), value=form.look_up or "", values=values)


def form_of(statement: Statement) -> Any:  # noqa: ANN401  text, or a form
    """Write a row's form: plain text or a dict, without what is empty."""
    if isinstance(statement, str | bool):
        return statement
    if isinstance(statement, tuple):
        return _mapping_form(statement)
    if isinstance(statement, Question):
        return {"question": statement.text, "answer": statement.answer, **_signed(statement)}
    if isinstance(statement, OrderedFlow):
        plain = _plain(dataclasses.replace(statement, mappings=()))
        names = dict.fromkeys(row.destination for row in statement.mappings)
        rows = {name: tuple(row for row in statement.mappings if row.destination == name) for name in names}
        own = {name: _mapping_form(mappings) for name, mappings in rows.items()}
        return {key: value for key, value in plain.items() if key != "name"} | _filled({"mappings": own})
    if isinstance(statement, FieldOwner):
        return {key: value for key, value in _plain(statement).items() if key != "field"}
    return _plain(statement)


def _mapping_form(mappings: tuple[fills.Mapping, ...]) -> dict[str, Any]:
    form: dict[str, Any] = {}
    for row in mappings:
        if row.status == "rejected":
            sources = row.sources[0] if len(row.sources) == 1 else [*row.sources]
            form.setdefault("reject", []).append({"field": sources, **_signed(row)})
        else:
            form = {**_filling(row), **_filled({"default": row.default, "condition": row.condition}), **form}
            form |= {"status": "accepted"} if row.status == "accepted" else {}
            form |= _signed(row)
    return {key: value for key, value in form.items() if key != "reject"} | _filled({"reject": form.get("reject")})


def _filling(row: fills.Mapping) -> dict[str, Any]:
    match row.kind:
        case "constant":
            return {"constant": row.value}
        case "formula" | "look-up" if row.formula:
            return {"formula": write_formula(row.formula)}
        case "formula":
            return {"csharp": row.value}
        case "look-up":
            named = {"look_up": row.value} if row.value or not row.values else {}
            return {"field": row.sources[0], **named, **_filled({"values": dict(row.values)})}
    return {"field": row.sources[0]}


def _signed(statement: object) -> dict[str, str]:
    return _filled({name: getattr(statement, name, "") for name in ("why", "by", "date")})


def _filled(form: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in form.items() if value}


def _plain(statement: Any) -> dict[str, Any]:  # noqa: ANN401  any statement that is a dataclass
    plain: dict[str, Any] = _adapter(statement.__class__).dump_python(statement, mode="json", exclude_defaults=True)
    return plain


@cache
def _adapter(kind: type[Any]) -> TypeAdapter[Any]:
    return TypeAdapter(kind)
