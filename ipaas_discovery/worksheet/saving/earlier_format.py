"""The worksheet's first format, in which decisions and evidence stood in one file; read, never written."""

from __future__ import annotations

import dataclasses
from typing import Annotated, Any, Literal

import yaml
from pydantic import BeforeValidator, TypeAdapter, ValidationError
from pydantic.dataclasses import dataclass

from ipaas_discovery.flows.finding import Finding
from ipaas_discovery.matching.mapping import Kind, Mapping
from ipaas_discovery.vocabulary import Direction, Method
from ipaas_discovery.worksheet.entry import UNDECIDED, Entry, WorksheetDocument
from ipaas_discovery.worksheet.features import DataType, Endpoint, ExternalId, Features
from ipaas_discovery.worksheet.parts import (
    STRICT,
    Claims,
    CollectionSide,
    Decided,
    Decision,
    Evidence,
    OneWay,
    Question,
    Text,
)
from ipaas_discovery.worksheet.saving.form_problems import problem

__all__ = ["EARLIER", "HEAD_OF_EARLIER", "EarlierWorksheet", "own_features", "read_earlier"]

EARLIER = 1
HEAD_OF_EARLIER = "# The file ends with a line of three dots; without it, something was cut off.\n"
"""Line by which a file of this format promises an end; older ones do not."""
KINDS: dict[str, Kind] = {"field": "field", "static": "constant", "formula": "formula", "lookup": "look-up"}


@dataclass(frozen=True, slots=True, config=STRICT)
class EarlierDecision:
    """A decision whose day stood under `on`, which some readers of YAML take for a yes."""

    direction: Decided
    methods: tuple[Method, ...] = ()
    why: Text = ""
    by: Text = ""
    on: Text = ""


@dataclass(frozen=True, slots=True, config=STRICT)
class EarlierMapping:
    """A mapping with its direction."""

    direction: OneWay
    source: Text
    destination: Text
    kind: Literal["field", "formula", "static", "lookup"] = "field"
    value: Text = ""
    status: Literal["proposed", "accepted", "rejected"] = "proposed"
    score: float | None = None
    why: Text = ""


@dataclass(frozen=True, slots=True, config=STRICT)
class EarlierEntry:
    """An entry with what people said and what the kit found."""

    collection: Text
    type_id: int | None = None
    third_party: Text = ""
    claims: Claims = dataclasses.field(default_factory=Claims)
    decision: Annotated[
        EarlierDecision | None, BeforeValidator(lambda value: None if value == UNDECIDED else value)
    ] = None
    questions: tuple[Question, ...] = ()
    features: tuple[Features, ...] = ()
    mappings: tuple[EarlierMapping, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    proposed_features: tuple[Features, ...] = ()
    gone: bool = False


@dataclass(frozen=True, slots=True, config=STRICT)
class EarlierWorksheet:
    """The whole file."""

    title: Text = ""
    ipaas: CollectionSide = dataclasses.field(default_factory=lambda: CollectionSide("iPaaS.com"))
    third_party: CollectionSide = dataclasses.field(default_factory=CollectionSide)
    as_of: Text = ""
    questions: tuple[Question, ...] = ()
    entries: tuple[EarlierEntry, ...] = ()


FORMS: dict[str, type] = {
    "claims": Claims,
    "decision": EarlierDecision,
    "endpoints": Endpoint,
    "entries": EarlierEntry,
    "evidence": Evidence,
    "external_data_types": DataType,
    "external_id_formats": ExternalId,
    "features": Features,
    "findings": Finding,
    "ipaas": CollectionSide,
    "mappings": EarlierMapping,
    "proposed_features": Features,
    "questions": Question,
    "third_party": CollectionSide,
}


def read_earlier(data: Any, *, name: str, tree: yaml.Node | None) -> WorksheetDocument:  # noqa: ANN401  a file's data
    """Read the data of such a file, without its `format`.

    Raises:
        WorksheetError: if it says something that cannot be; names the file, the line and the key.
    """
    try:
        form = TypeAdapter(EarlierWorksheet).validate_python(data)
        entries = tuple(map(_entry, form.entries))
        return WorksheetDocument(form.title, form.ipaas, form.third_party, form.as_of, form.questions, entries)
    except ValidationError as error:
        raise problem(error, name=name, tree=tree, forms=FORMS, whole=EarlierWorksheet) from error


def _entry(form: EarlierEntry) -> Entry:
    made = form.decision
    return Entry(
        form.collection,
        form.type_id,
        form.third_party,
        claims=form.claims,
        decision=Decision(made.direction, made.methods, made.why, made.by, made.on) if made else None,
        questions=form.questions,
        features=form.proposed_features,
        own_features=own_features(form.features, form.proposed_features),
        to=tuple(_mapping(row) for row in form.mappings if row.direction is Direction.TO),
        from_=tuple(_mapping(row) for row in form.mappings if row.direction is Direction.FROM),
        evidence=form.evidence,
        gone=form.gone,
    )


def _mapping(form: EarlierMapping) -> Mapping:
    status = "manual" if form.status == "accepted" and form.score is None else form.status
    return Mapping(
        form.destination,
        KINDS[form.kind],
        (form.source,) if form.source else (),
        value=form.value,
        status=status,
        standing="matched" if form.status == "proposed" else "no counterpart",
        score=form.score if form.status == "proposed" else None,
        evidence=form.why if form.status == "proposed" else "",
        why="" if form.status == "proposed" else form.why,
    )


def own_features(features: tuple[Features, ...], proposed: tuple[Features, ...]) -> tuple[Features, ...]:
    """Keep of the records only what differs from what the kit proposed: that is what people wrote."""
    below = {record.direction: record for record in proposed}
    own = []
    for record in features:
        other = below.get(record.direction, Features(record.direction))
        values = {name: value for name, value in record.known.items() if value != getattr(other, name)}
        if values:
            own.append(Features(record.direction, **values))
    return tuple(own)
