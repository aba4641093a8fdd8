"""File of the integration's metadata: what it is called, its tables, scopes, presets and features."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ipaas_discovery.worksheet.entry import Entry, WorksheetDocument
from ipaas_discovery.worksheet.facts.pair_facts import Facts
from ipaas_discovery.worksheet.skeleton.csharp_text import csharp_file, indented, literal, todo
from ipaas_discovery.worksheet.skeleton.supported_features import collection_type, preset_lines, scope_lines

__all__ = ["metadata_file"]

USINGS = (
    "System.Collections.Generic",
    "Integration.Abstract.Model",
    "Integration.DataModels",
)
NAMESPACE = "Integration.Data.Interface"


def metadata_file(document: WorksheetDocument, facts: Facts, models: Iterable[tuple[Entry, str]]) -> str:
    """Write the file.

    Args:
        document: the worksheet.
        facts: the facts of both systems.
        models: each ordered pair, and the class of the third party's records.
    """
    models = tuple(models)
    name = document.third_party.name or facts.third_party.name or "Integration"
    body = [
        "public class MetaData : Integration.Abstract.MetaData",
        "{",
        *indented(_load(name)),
        "",
        *indented(_list("Scope", "GetScopes", "scopes", scope_lines(entry for entry, _ in models))),
        "",
        *indented(_list("Preset", "GetPresets", "presets", preset_lines(facts.third_party.presets))),
        "",
        *indented(_list("TableInfo", "GetTables", "tables", _tables(models))),
        "",
        *indented(_list("Features", "GetFeatures", "features", _features(models))),
        "}",
    ]
    return csharp_file(document.title, USINGS, NAMESPACE, body)


def _load(name: str) -> Iterator[str]:
    yield "public override void LoadMetaData()"
    yield "{"
    yield f"    {todo('the names of the assembly and its namespace, the versions, and the kind of OAuth')}"
    yield "    Info = new IntegrationInfo"
    yield "    {"
    yield f"        Name = {literal(name)},"
    yield '        IntegrationFilename = "Integration.Data.dll",'
    yield f"        IntegrationNamespace = {literal(NAMESPACE)},"
    yield '        ApiVersion = "1.0",'
    yield "        VersionMajor = 1"
    yield "    };"
    yield "    Scopes = GetScopes();"
    yield "    Presets = GetPresets();"
    yield "    Tables = GetTables();"
    yield "    FeatureSupport = GetFeatures();"
    yield f"    {todo('WebhookConfigurationSettings: where a webhook holds its key, its scope and the id')}"
    yield "}"


def _list(kind: str, method: str, name: str, lines: Iterable[str]) -> Iterator[str]:
    yield f"private static List<{kind}> {method}()"
    yield "{"
    yield f"    var {name} = new List<{kind}>();"
    yield from indented(lines)
    yield f"    return {name};"
    yield "}"


def _tables(models: Iterable[tuple[Entry, str]]) -> Iterator[str]:
    for entry, model in models:
        yield f"tables.Add({model}.Table({literal(entry.third_party or entry.collection)}, {collection_type(entry)}));"


def _features(models: Iterable[tuple[Entry, str]]) -> Iterator[str]:
    for model in dict.fromkeys(model for _, model in models):
        yield f"features.AddRange(new {model}().GetFeatureSupport());"
