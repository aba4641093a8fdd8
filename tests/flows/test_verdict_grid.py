"""Every finding of one field on its way to another: many kinds of values, many kinds of constraints, word for word."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

from reference_files import agrees

from ipaas_discovery.flows.verdict import check_flow
from ipaas_discovery.schemas.observing.observe import observe
from ipaas_discovery.schemas.schema import Declared, Field, Schema
from ipaas_discovery.vocabulary import Direction, Method, Shape

VALUES = {
    "texts": ["red", "green", "blue", "red"],
    "long texts": ["a short one", "x" * 60, "y" * 12],
    "whole numbers": [1, 2, 30, 400],
    "negative and large": [-5, 0, 2**40],
    "fractions": [1.5, 2.25, 3.0],
    "numbers as text": ["1", "2", "30"],
    "decimals as text": ["1.50", "19.999", "0.10"],
    "German decimals": ["1,50", "1.234,00", "0,10"],
    "truth values": [True, False, True],
    "truth values as text": ["true", "false", "Yes"],
    "dates": ["2026-01-31", "2026-02-28", "1999-12-31"],
    "moments": ["2026-01-31T10:00:00Z", "2026-02-28T11:30:00+02:00"],
    "moments without zone": ["2026-01-31T10:00:00", "2026-02-28 11:30:00"],
    "American dates": ["01/31/2026", "02/28/2026"],
    "mails": ["a@example.test", "b@example.test", "no mail"],
    "links": ["https://example.test/a", "/a"],
    "lists": [["a", "b"], ["c"], []],
    "objects": [{"a": 1}, {"a": 2}],
    "some null": ["a", None, "b", None],
    "some empty": ["a", "", " "],
    "some missing": ["a", ..., "b"],
    "all null": [None, None],
    "mixed": ["a", 1, 2.5, True],
    "all equal": ["same", "same", "same"],
    "nothing": [],
}  # fmt: skip
TEXT = ("string",)
TAKEN = {
    "any text": Declared(types=TEXT),
    "required text": Declared(types=TEXT, required=True),
    "text, no null": Declared(types=TEXT, nullable=False),
    "text or null": Declared(types=(*TEXT, "null"), nullable=True),
    "10 letters at most": Declared(types=TEXT, max_length=10),
    "2 letters at least": Declared(types=TEXT, min_length=2),
    "a pattern": Declared(types=TEXT, pattern="^[a-z]+$"),
    "a choice": Declared(types=TEXT, enum=("red", "green")),
    "a choice, required": Declared(types=TEXT, enum=("Red", "Green", "Blue"), required=True),
    "whole number": Declared(types=("integer",)),
    "whole number, 32 bits": Declared(types=("integer",), format="int32"),
    "number from 0 to 100": Declared(types=("number",), minimum=0, maximum=100),
    "number": Declared(types=("number",)),
    "truth value": Declared(types=("boolean",)),
    "date": Declared(types=TEXT, format="date"),
    "moment": Declared(types=TEXT, format="date-time"),
    "mail": Declared(types=TEXT, format="email"),
    "link": Declared(types=TEXT, format="uri"),
    "list": Declared(types=("array",)),
    "object": Declared(types=("object",)),
    "read only": Declared(types=TEXT, read_only=True),
    "type unknown": Declared(),
}


def told(values, taken, method=Method.ADD):
    """The outcome and its reason, then one line a finding."""
    records = [{"id": number} | ({} if value is ... else {"given": value}) for number, value in enumerate(values)]
    source = replace(observe(records), collection="things", system="store")
    calls = {Method.ADD: "POST /thing", Method.UPDATE: "PUT /thing/{id}", Method.DELETE: None}
    destination = Schema(
        "THING", Shape.CREATE, "iPaaS.com", (Field("taken", taken),), operations=calls, source="a document"
    )
    known = source.field("given") is not None
    verdict = check_flow(
        source,
        destination,
        [("given", "taken")] if known else [],
        direction=Direction.TO,
        method=method,
        samples=records,
    )
    rate = "" if verdict.pass_rate is None else f", {verdict.pass_rate:.0%} pass"
    yield f"{verdict.outcome.value}{rate}: {verdict.reason}"
    for finding in verdict.findings:
        if finding.field:
            fix = f" -> {finding.fix}" if finding.fix else ""
            yield f"  {finding.rule}, {finding.effect.value}, {finding.grade}: {finding.fact}{fix}"


def test_each_verdict_says_what_it_said():
    lines = []
    for (name, values), (wanted, taken) in product(VALUES.items(), TAKEN.items()):
        lines += [f"# {name} > {wanted}", *told(values, taken)]
    assert agrees("verdicts.txt", "".join(f"{line}\n" for line in lines))
