"""Detect the format of a file by its content, and draft a connector from it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from ipaas_discovery.drafting.from_calls import connector_text
from ipaas_discovery.drafting.from_description import connector_text as text_from_description
from ipaas_discovery.drafting.saved_calls.bruno import read_bruno
from ipaas_discovery.drafting.saved_calls.collected import Collected
from ipaas_discovery.drafting.saved_calls.har import read_har
from ipaas_discovery.drafting.saved_calls.postman import read_postman
from ipaas_discovery.drafting.united_documents import unite
from ipaas_discovery.errors import SourceError
from ipaas_discovery.knowledge.file_kinds import file_kinds
from ipaas_discovery.samples.files.source import parse_json, read_text
from ipaas_discovery.systems.openapi import read_openapi
from ipaas_discovery.systems.openapi.api_document import read_document

__all__ = ["connector_text_from", "kind_of", "read_requests"]

_KNOWN = "an OpenAPI document, a Postman or Bruno collection, or a HAR file"
_READERS: Mapping[str, Callable[[Path], Collected]] = {"bruno": read_bruno, "har": read_har, "postman": read_postman}


def kind_of(path: str | Path) -> str:
    """Detect `openapi`, `postman`, `bruno` or `har` by the content of a file or a folder.

    Raises:
        SourceError: if it is none of them, or cannot be read.
    """
    path = Path(path)
    if path.is_dir() or file_kinds().kind(path.suffix) == "bruno":
        return "bruno"
    if file_kinds().kind(path.suffix) in {"sheet", "workbook"}:
        then = "read it as a sample or as a field list"
        raise SourceError("A sheet holds records, not an API", where=str(path), then=then)
    if file_kinds().kind(path.suffix) in {"graphql", "xml"}:
        return "openapi"
    text = read_text(path)
    if not text.lstrip().startswith("{"):
        return "openapi"  # YAML, or an error that the document's own reader reports
    try:
        document = parse_json(text)
    except ValueError:
        return "openapi"
    if kind := _kind(document):
        return kind
    raise SourceError("This is no description of an API that is known here", where=str(path), then=f"give {_KNOWN}")


def read_requests(path: str | Path) -> Collected:
    """Read a Postman or Bruno collection or a HAR file, whichever it is.

    Raises:
        SourceError: if it is none of them, or cannot be read.
    """
    path = Path(path)
    kind = kind_of(path)
    if kind not in _READERS:
        then = "give a Postman or Bruno collection, or a HAR file"
        raise SourceError("The file holds no saved calls", where=str(path), then=then)
    return _READERS[kind](path)


def connector_text_from(path: str | Path, *, name: str | None = None, base_url: str | None = None) -> str:
    """Write a connector file for an OpenAPI document, a Postman or Bruno collection, or a HAR file.

    Args:
        path: the file, or a Bruno collection's folder.
        name: name of the connector. Defaults to the file's name.
        base_url: address of the API. Defaults to the one in the file.

    Raises:
        SourceError: for a file of saved calls that cannot be read.
        DescriptionError: for an OpenAPI document that cannot be read.
        ConfigurationError: if it lists nothing, or a document does not give the address of its API.
    """
    path = Path(path)
    name = name or path.name.partition(".")[0]
    if kind_of(path) != "openapi":
        return connector_text(read_requests(path), name, base_url=base_url)
    documents = [(read_openapi(path), read_document(path)[0], path.name)]
    return text_from_description(*unite(documents, name=name, base_url=base_url))


def _kind(document: object) -> str | None:
    """Detect the format of a parsed document; None for an unknown one."""
    if not isinstance(document, Mapping):
        return None
    if (
        "openapi" in document
        or "swagger" in document
        or "__schema" in document
        or "__schema" in (document.get("data") or ())
    ):
        return "openapi"
    if isinstance(document.get("log"), Mapping):
        return "har"
    if isinstance(document.get("items"), list):
        return "bruno"
    collection = document.get("collection", document)
    postman = isinstance(collection, Mapping) and ("item" in collection or "requests" in collection)
    return "postman" if postman else None
