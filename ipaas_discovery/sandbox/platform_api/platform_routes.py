"""The data APIs: lists, single records, and look-ups by external id. Nothing is ever changed."""

from __future__ import annotations

from functools import partial

import flask

from ipaas_discovery.sandbox.platform_api.error_answers import answer, refuse, whole_number
from ipaas_discovery.sandbox.platform_api.platform_calls import PlatformCall, platform_calls
from ipaas_discovery.sandbox.platform_api.platform_query import filtered, page_of
from ipaas_discovery.sandbox.platform_api.platform_records import RecordShelf, external_id
from ipaas_discovery.schemas.declaring.facts import load_facts

__all__ = ["data_routes"]


def data_routes(api: str) -> flask.Blueprint:
    """Make the routes of one data API. A request finds its records in `flask.g.shelf`."""
    routes = flask.Blueprint(api, __name__, url_prefix=f"/{api}")
    for call in platform_calls():
        if call.api == api:
            name = call.facts.name
            routes.add_url_rule(call.list_path, f"list {name}", partial(_list, call))
            if call.get_path:
                routes.add_url_rule(call.get_path.replace("{id}", "<number>"), f"get {name}", partial(_get, call))
    external = "/v2/External/LookupExternal/<number>/<system>/<table>"
    internal = "/v2/External/LookupSpaceport/<system>/<table>/<path:linked>"
    routes.add_url_rule(external, "external id", partial(_external_id, api))
    routes.add_url_rule(internal, "internal id", partial(_internal_id, api))
    return routes


def _list(call: PlatformCall) -> flask.Response:
    records = _shelf().records(call.facts.name)
    query = flask.request.args
    return page_of(filtered(records, call.facts, query), query)


def _get(call: PlatformCall, number: str) -> flask.Response:
    record = _shelf().record(call.facts.name, whole_number(number, "id"))
    if record is None:
        refuse("NFND-1005", f"{call.facts.name} {number}.")
    return answer(record)


def _external_id(api: str, number: str, system: str, table: str) -> flask.Response:
    """Answer with the id another system has for a record, as a JSON string; 404 NFND-1005 when there is no link.

    The platform answers 404 without a known code; NFND-1005 is the sandbox's own decision.
    """
    wanted, of = whole_number(number, "id"), _system(system)
    records = (_shelf().record(name, wanted) for name in _collections(api, table))
    linked = next((text for record in records if record for text in [external_id(record, of)] if text), None)
    if linked is None:
        refuse("NFND-1005", f"'{table}' {number} is not linked to system {system}.")
    return answer(linked)


def _internal_id(api: str, system: str, table: str, linked: str) -> flask.Response:
    """Answer with the platform's id of what another system knows as `linked`, as a JSON string, else 404 NFND-1005."""
    of = _system(system)
    records = (_shelf().linked(name, of, linked) for name in _collections(api, table))
    record = next((record for record in records if record), None)
    if record is None:
        refuse("NFND-1005", f"No '{table}' is linked to '{linked}' of system {system}.")
    return answer(str(record["id"]))


def _collections(api: str, table: str) -> list[str]:
    """List the collections of `api` that keep their links in `table`.

    The sandbox's own decisions: the platform spells its tables in irregular case, so any case is accepted;
    an unknown table is 400 VALD-1008.
    """
    mine = [
        facts for facts in load_facts().values() if facts.api == api and facts.external_id_table and facts.implemented
    ]
    names = [facts.name for facts in mine if (facts.external_id_table or "").lower() == table.lower()]
    if not names:
        known = sorted({facts.external_id_table or "" for facts in mine})
        refuse("VALD-1008", f"Unknown table '{table}': tables are {', '.join(known)}.")
    return names


def _system(text: str) -> int:
    if not text.isascii() or not text.isdigit() or len(text) > len(str(2**63)) or int(text) == 0:
        refuse("VALD-1017", f"System id: '{text[:80]}'.")
    return int(text)


def _shelf() -> RecordShelf:
    shelf: RecordShelf = flask.g.shelf
    return shelf
