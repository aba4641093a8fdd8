"""All rules of a verdict, each with its source. A new rule is a function in a module here, and a row below."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from ipaas_discovery.flows.finding import Finding
from ipaas_discovery.flows.flow import Flow
from ipaas_discovery.flows.rules import (
    calls,
    enums,
    key_rules,
    number_rules,
    owners,
    pass_rate,
    planning,
    requirements,
    structures,
    text_rules,
    value_types,
)
from ipaas_discovery.vocabulary import Method

__all__ = ["PLANNING", "RULES", "VerdictRule", "rules_for"]

JSON_SCHEMA = "JSON Schema 2020-12, validation"
CONTAINMENT = "what the source may return has to be contained in what the destination takes"


@dataclass(frozen=True, slots=True)
class VerdictRule:
    """One rule: its name, what it rests on, the function, and whether a delete, which sends no fields, needs it."""

    name: str
    source: str
    check: Callable[[Flow], Iterator[Finding]]
    on_delete: bool = False


RULES = (
    VerdictRule("call", "the destination's description, or its connector", calls.call, on_delete=True),
    VerdictRule("shape known", CONTAINMENT, calls.shape_known),
    VerdictRule("readable", CONTAINMENT, calls.readable),
    VerdictRule("mapped", CONTAINMENT, calls.mapped),
    VerdictRule("source", CONTAINMENT, calls.source_known),
    VerdictRule("pass rate", "the mapping, run over the sample", pass_rate.passes),
    VerdictRule("required", f"{JSON_SCHEMA}: required", requirements.required),
    VerdictRule("fill", f"{JSON_SCHEMA}: required", requirements.fill),
    VerdictRule("nullable", "OpenAPI 3.0: nullable", requirements.nullability),
    VerdictRule("key", "iPaaS.com's help, article 15302927: External IDs", key_rules.key, on_delete=True),
    VerdictRule("unique", "iPaaS.com's help, article 15461527: BIZL-1003 to 1010", key_rules.unique),
    VerdictRule("id form", "iPaaS.com's help, articles 10054298 and 12639140", key_rules.id_form),
    VerdictRule("type", f"{JSON_SCHEMA}: type", value_types.types),
    VerdictRule("constant", f"{JSON_SCHEMA}: type, enum", value_types.constants),
    VerdictRule("C# formula", "the mapping, run over the sample", value_types.not_run),
    VerdictRule("format", f"{JSON_SCHEMA}: format", text_rules.formats),
    VerdictRule("date", "RFC 3339, section 5.7", text_rules.dates),
    VerdictRule("pattern", f"{JSON_SCHEMA}: pattern", text_rules.patterns),
    VerdictRule("structure", f"{JSON_SCHEMA}: array", structures.structure),
    VerdictRule("array and object", f"{JSON_SCHEMA}: array", structures.link_for_list),
    VerdictRule("two sources", "one mapping fills one field", structures.two_sources),
    VerdictRule("enum", f"{JSON_SCHEMA}: enum", enums.enum),
    VerdictRule("spelling", f"{JSON_SCHEMA}: enum", enums.spelling),
    VerdictRule("length", f"{JSON_SCHEMA}: maxLength, minLength", text_rules.length),
    VerdictRule("range", f"{JSON_SCHEMA}: minimum, maximum", number_rules.number_range),
    VerdictRule("integer size", "OpenAPI's format registry: int32, int64", number_rules.integer_size),
    VerdictRule("multiple of", f"{JSON_SCHEMA}: multipleOf", number_rules.multiples),
    VerdictRule("precision", "SQL's decimal(p,s); ISO 4217", number_rules.precision),
    VerdictRule("cents", "amounts in minor units, as Vendure and Stripe count them", number_rules.cents),
    VerdictRule("content", "iPaaS.com's models of these collections", requirements.content),
    VerdictRule("writable", f"{JSON_SCHEMA}: readOnly", structures.writable),
    VerdictRule("big integers", "RFC 8259, section 6", value_types.big_integers),
    VerdictRule("time zone", "RFC 3339, section 4.4", text_rules.zone),
    VerdictRule("loss", "a conversion is sound if nothing is lost", pass_rate.losses),
    VerdictRule("custom fields", "iPaaS.com's help, article 15302927: custom fields", structures.custom_fields),
    VerdictRule(
        "parent", "iPaaS.com's help, article 9294440: children of a transaction", structures.parent, on_delete=True
    ),
    VerdictRule("owner", "iPaaS.com's help: duplicate or conflicting mappings", owners.left_to_owner),
    VerdictRule("create only", "iPaaS.com's help, article 15461531: VALD-1035, VALD-1043", calls.create_only),
    VerdictRule("not received", CONTAINMENT, calls.not_received),
    VerdictRule(
        "changes", "iPaaS.com's integration template, README: webhooks or polling", calls.changes, on_delete=True
    ),
    VerdictRule("scope", "iPaaS.com's mapping-collection types: parents", planning.scope, on_delete=True),
    VerdictRule("outside", "iPaaS.com's help, article 10770952: order of implementation", planning.outside),
    VerdictRule("order", "iPaaS.com's help, article 10770952: order of implementation", planning.parent_first),
    VerdictRule("unmapped", CONTAINMENT, requirements.unmapped),
)
"""The rules, in the order in which findings of one weight are listed."""

PLANNING = (planning.scope, planning.outside, planning.parent_first)
"""Rules for the place of a flow among others, which a decision on another collection changes."""


def rules_for(method: Method) -> tuple[VerdictRule, ...]:
    """Return the rules of a method; a delete sends no fields: it needs the call and a key."""
    return tuple(rule for rule in RULES if rule.on_delete) if method is Method.DELETE else RULES
