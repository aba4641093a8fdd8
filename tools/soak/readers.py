"""Every reader of what others wrote, as a function of bytes that may raise the kit's own errors and no others."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from tempfile import mkdtemp

from openpyxl import Workbook

from ipaas_discovery.errors import DiscoveryError

__all__ = ["OWN", "READERS"]

OWN = (DiscoveryError,)
"""Errors that a reader may raise whatever it is given."""
Reader = Callable[[bytes], object]
_folder = Path(mkdtemp(prefix="soak-"))


def _file(name: str, read: Callable[[Path], object]) -> Reader:
    """Make a reader of files one of bytes."""

    def of_bytes(content: bytes) -> object:
        path = _folder / name
        path.write_bytes(content)
        return read(path)

    return of_bytes


def _answer(content: bytes) -> object:
    from ipaas_discovery.systems.answers.body import parse  # noqa: PLC0415  imported where it is instrumented
    from ipaas_discovery.systems.answers.error_in_body import trouble_in  # noqa: PLC0415  as above, when it runs

    try:
        return trouble_in(parse(content, "application/json"))
    except ValueError:
        return None  # what the client turns into its own error


def _redacted(content: bytes) -> object:
    from ipaas_discovery.samples.redaction.redactor import Redactor  # noqa: PLC0415  imported where it is instrumented

    redactor = Redactor(key=b"soak" * 8)
    return redactor.json(content, "/orders"), redactor.page(content.decode(errors="replace"))


def _request(content: bytes) -> object:
    from ipaas_discovery.systems.answers import write_detection as guard  # noqa: PLC0415  imported where it is instrumented

    text = content.decode(errors="replace")
    for log_in in (False, True):
        guard.objection_to_body(content, "application/json", graphql=False, log_in=log_in)
        guard.objection_to_query([("query", text), ("sql", text)], graphql=True, log_in=log_in)
        guard.objection_to_path(text, log_in=log_in)
    return guard.objection_to_headers([(text, text)])


def _connector(content: bytes) -> object:
    from ipaas_discovery.systems.connectors.connector import connector_of  # noqa: PLC0415  imported where it is instrumented

    try:
        return connector_of(content.decode(errors="replace"), "shop")
    except (tomllib.TOMLDecodeError, RecursionError):
        return None  # what the reader of the file turns into its own error


def _worksheet(content: bytes) -> object:
    from ipaas_discovery.worksheet.saving.order_file import read_order  # noqa: PLC0415  imported where it is instrumented

    return read_order(content, name="worksheet.yaml")


def _pasted(content: bytes) -> object:
    from ipaas_discovery.schemas.field_lists.pasted import rows_from_text  # noqa: PLC0415  imported where it is instrumented

    return rows_from_text(content.decode(errors="replace"))


def _description(path: Path) -> object:
    from ipaas_discovery.systems.openapi.description import read_openapi  # noqa: PLC0415  imported where it is instrumented

    return read_openapi(path).collections()


def _records(path: Path) -> object:
    from ipaas_discovery.samples.files.record_file import read_records  # noqa: PLC0415  imported where it is instrumented

    return read_records(path)


def _bruno(content: bytes) -> object:
    from ipaas_discovery.drafting.saved_calls.bru import parse_bru  # noqa: PLC0415  imported where it is instrumented

    return parse_bru(content.decode(errors="replace"), "x.bru")


def _har(path: Path) -> object:
    from ipaas_discovery.drafting.saved_calls.har import read_har  # noqa: PLC0415  imported where it is instrumented

    return read_har(path)


def _postman(path: Path) -> object:
    from ipaas_discovery.drafting.saved_calls.postman import read_postman  # noqa: PLC0415  imported where it is instrumented

    return read_postman(path)


def _workbook() -> bytes:
    """Give a small workbook."""
    book, content = Workbook(), BytesIO()
    sheet = book.create_sheet("rows", 0)
    for row in (["id", "name"], [1, "Ada"]):
        sheet.append(row)
    book.save(content)
    return content.getvalue()


CONNECTOR = (
    b'title="S"\ndefault_environment="t"\n[environments.t]\nbase_url="http://x"\n'
    b'[paging]\nkind="page"\n[collections.orders]\nlist="/orders"\n'
)
DESCRIPTIONS = (
    (
        b"openapi: 3.0.0\npaths:\n  /orders:\n    get: {responses: {200: {content: {application/json: "
        b"{schema: {type: array, items: {properties: {id: {type: integer}}}}}}}}}\n"
    ),
    (
        b'<edmx:Edmx Version="4.0" xmlns:edmx="x"><edmx:DataServices><Schema Namespace="N"><EntityType Name="O"><Key>'
        b'<PropertyRef Name="Id"/></Key><Property Name="Id" Type="Edm.Int32"/></EntityType><EntityContainer Name="C">'
        b'<EntitySet Name="Os" EntityType="N.O"/></EntityContainer></Schema></edmx:DataServices></edmx:Edmx>'
    ),
)
SDL = b"type Query { orders: [Order] }\ntype Order { id: ID! }\n"

READERS: dict[str, tuple[Reader, tuple[bytes, ...]]] = {
    "answers": (_answer, (b'{"data": [{"id": 1}], "errors": [{"message": "x"}]}',)),
    "redaction": (_redacted, (b'{"data": [{"email": "ada@example.test", "note": "call +49 30 1234567"}]}',)),
    "requests": (_request, (b'{"query": "mutation { a }"}', b"select 1; delete from x", b"/orders/%2e%2e/x")),
    "connectors": (_connector, (CONNECTOR,)),
    "worksheets": (
        _worksheet,
        (
            (
                b"format: 2\npairs:\n- ipaas: CUSTOMER\n  third_party: customers\n"
                b"  decision: {direction: To iPaaS.com, methods: [add]}\n...\n"
            ),
            b"format: 1\nentries:\n- collection: CUSTOMER\n  type_id: 8\n",
        ),
    ),
    "field lists": (_pasted, (b"name\ttype\nid\tint\n", b"<table><tr><th>Field<td>id</table>")),
    "descriptions": (_file("api.yaml", _description), DESCRIPTIONS),
    "GraphQL schemas": (_file("api.graphql", _description), (SDL,)),
    "workbooks": (_file("rows.xlsx", _records), (_workbook(),)),
    "CSV files": (_file("rows.csv", _records), (b"id;name\n1;Ada\n",)),
    "JSON files": (_file("rows.json", _records), (b'[{"id": 1}]',)),
    "Bruno files": (_bruno, (b"get {\n  url: https://x.test/orders\n}\n",)),
    "HAR files": (
        _file("calls.har", _har),
        (
            (
                b'{"log": {"entries": [{"request": {"method": "GET", "url": "http://x/a"}, "response": {"status": 200, '
                b'"content": {"mimeType": "application/json", "text": "[{\\"id\\": 1}]"}}}]}}'
            ),
        ),
    ),
    "Postman files": (
        _file("calls.json", _postman),
        (b'{"info": {"schema": ""}, "item": [{"request": "http://x/a"}]}',),
    ),
}
