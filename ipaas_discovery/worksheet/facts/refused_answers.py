"""Form in which a system refuses, and its answer to a record that it has already: as described, or as it was met."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from ipaas_discovery.renderings.texts import counted, cut, listed
from ipaas_discovery.systems.openapi import ApiDescription
from ipaas_discovery.systems.openapi.refusals.refusal import Refusal
from ipaas_discovery.vocabulary import Grade

__all__ = ["PLATFORM_DUPLICATES", "PLATFORM_ERRORS", "duplicates_of", "error_form_of"]

Fact = tuple[str, str]
"""A fact, and its grade."""
PLATFORM_DUPLICATES = (
    "codes BIZL-1003 to 1010: external ids are unique in each system, and some fields are unique; the advice is to GET "
    "first, and to PUT what exists (iPaaS.com's help, article 15461527)"
)
PLATFORM_ERRORS = (
    "a code CATEGORY-NNNN (AUTH, AUTZ, VALD, BIZL, NFND, INTL), a plain message and a link to the help; the names of "
    "the body's members are not documented (iPaaS.com's help, article 15506870)"
)
GRAPHQL_ERRORS = "errors[].message beside data, mostly with status 200, as GraphQL's specification says"
CONFLICT = "409"
SAYS_DUPLICATE = re.compile(r"\b(?:already|duplicat\w*|unique|exists|taken)\b", re.IGNORECASE)
MET = re.compile(r"The system answered (4\d\d)\b[^:{]*: (\{.*)")
NAMED = re.compile(r'"([A-Za-z_][\w.-]*)"\s*:')
SHOWN = 3
"""Calls that a fact names."""
LONGEST = 120
"""Characters of a description that a fact quotes."""


def duplicates_of(descriptions: Iterable[ApiDescription]) -> Fact | None:
    """Tell how a system refuses a record that it has already, as far as its descriptions say.

    A status 409 without a word of what it means is an inference, and says so.
    """
    creating = [one for api in descriptions for one in api.refusals if one.call.startswith("POST ")]
    spoken = [one for one in creating if SAYS_DUPLICATE.search(one.description)]
    if spoken:
        return f"{_counts(spoken)}: {_quoted(spoken)}", Grade.DECLARED.value
    conflicts = [one for one in creating if one.status == CONFLICT]
    if conflicts:
        fact = f"{_counts(conflicts)}; that this answers a duplicate is inferred, the description does not say so"
        return fact, Grade.INFERRED.value
    return None


def error_form_of(descriptions: Sequence[ApiDescription], problems: Iterable[str]) -> Fact | None:
    """Tell in which form a system reports errors: as most of its descriptions' answers say, else as it was met.

    Args:
        descriptions: its API descriptions.
        problems: why collections could not be read, among them what the system answered.
    """
    refusals = [one for api in descriptions for one in api.refusals]
    forms = Counter(one.fields for one in refusals if one.fields)
    if forms:
        fields, count = forms.most_common(1)[0]
        share = f"in {count} of {counted(len(refusals), 'refusal')} described"
        return f"a body of {listed(fields)}, {share} ({_statuses(refusals)})", Grade.DECLARED.value
    met = [match for problem in problems if (match := MET.search(problem))]
    names = dict.fromkeys(name for match in met for name in NAMED.findall(match[2]))
    if names:
        statuses = ", ".join(sorted({match[1] for match in met}))
        return (
            f"JSON that names {listed(names)} (status {statuses})",
            f"{Grade.OBSERVED.value} {len(met)} of {len(met)}",
        )
    if any(call.graphql for api in descriptions for call in api.every):
        return GRAPHQL_ERRORS, Grade.INFERRED.value
    if refusals:
        return f"statuses {_statuses(refusals)}; what their bodies hold is not described", Grade.DECLARED.value
    return None


def _counts(refusals: Sequence[Refusal]) -> str:
    """Write the statuses, and the calls that answer with them.

    >>> _counts([Refusal("POST /a", "409"), Refusal("POST /b", "409")])
    'status 409 of POST /a and POST /b'
    """
    calls = list(dict.fromkeys(one.call for one in refusals))
    more = f" and {len(calls) - SHOWN} more" if len(calls) > SHOWN else ""
    return f"status {_statuses(refusals)} of {', '.join(calls[:SHOWN]) if more else listed(calls)}{more}"


def _statuses(refusals: Iterable[Refusal]) -> str:
    return ", ".join(sorted({one.status for one in refusals}))


def _quoted(refusals: Iterable[Refusal]) -> str:
    """Quote what the descriptions say most often."""
    text, _ = Counter(one.description for one in refusals).most_common(1)[0]
    return f"“{cut(text, LONGEST)}”"
