"""Write OData metadata (EDMX, versions 2 to 4) anew as an OpenAPI document."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from xml.etree.ElementTree import Element

from ipaas_discovery.errors import DescriptionError
from ipaas_discovery.knowledge.type_words import type_words

__all__ = ["from_edmx"]

ADVICE = "save what the service answers to /$metadata, as it is"
COMPUTED = "Org.OData.Core.V1.Computed"
RESTRICTED = {"post": ("Insert", "creatable"), "patch": ("Update", "updatable"), "delete": ("Delete", "deletable")}
"""The restrictions of each method: in OData 4 a restriction and its flag, in OData 2 SAP's attribute."""


def from_edmx(text: str, name: str) -> dict[str, Any]:
    """Write OData metadata as an OpenAPI document: each entity set is listed, read by key, made, changed and deleted.

    Args:
        text: the metadata.
        name: the name of its file.

    Raises:
        DescriptionError: if it is no XML, or describes no entity set.
    """
    from xml.etree.ElementTree import ParseError, fromstring  # noqa: PLC0415  only metadata needs it

    if re.search(r"<!(DOCTYPE|ENTITY)", text):
        raise DescriptionError("The OData metadata declares entities of its own", where=name, then=ADVICE)
    try:
        root = fromstring(text.encode())  # noqa: S314  without a document type there is nothing to expand
    except (ParseError, ValueError) as error:
        raise DescriptionError(f"The OData metadata is no XML: {error}", where=name, then=ADVICE) from error
    metadata = _Metadata.of(root)
    if not metadata.sets:
        raise DescriptionError("The OData metadata names no entity set", where=name, then=ADVICE)
    return {
        "openapi": "3.0.3",
        "info": {"title": metadata.container or name, "version": metadata.version},
        "paths": dict(metadata.paths()),
        "components": {"schemas": dict(metadata.schemas())},
    }


@dataclass(frozen=True, slots=True)
class _Metadata:
    """The types and entity sets of a service, by their full names."""

    version: str
    container: str
    types: dict[str, Element] = field(default_factory=dict)
    enums: dict[str, Element] = field(default_factory=dict)
    sets: dict[str, Element] = field(default_factory=dict)
    annotations: dict[str, list[Element]] = field(default_factory=dict)
    aliases: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, root: Element) -> _Metadata:
        """Collect what the schemas of the metadata name."""
        container = next((node.get("Name", "") for node in root.iter() if _tag(node) == "EntityContainer"), "")
        metadata = cls(root.get("Version", ""), container)
        for schema in (node for node in root.iter() if _tag(node) == "Schema"):
            space = schema.get("Namespace", "")
            metadata.aliases[schema.get("Alias", space)] = space
            for node in schema.iter():
                target = {"EntityType": metadata.types, "ComplexType": metadata.types, "EnumType": metadata.enums}
                if (kind := target.get(_tag(node))) is not None and node.get("Name"):
                    kind[f"{space}.{node.get('Name')}"] = node
                if _tag(node) == "EntitySet" and node.get("Name"):
                    metadata.sets[node.get("Name", "")] = node
                if _tag(node) == "Annotations":
                    target_name = node.get("Target", "").rpartition("/")[2]
                    metadata.annotations.setdefault(target_name, []).extend(node)
        return metadata

    def full(self, name: str) -> str:
        """Return the full name of a type, its alias resolved."""
        space, _, last = name.rpartition(".")
        return f"{self.aliases.get(space, space)}.{last}"

    def paths(self) -> Iterator[tuple[str, dict[str, Any]]]:
        """Yield the calls of each entity set."""
        for name, node in self.sets.items():
            kind = self.full(node.get("EntityType", ""))
            if kind not in self.types:
                continue
            record = _ref(kind)
            listed = {"type": "array", "items": record}
            old = not self.version.startswith("4")
            answer = _object(d=_object(results=listed)) if old else _object(value=listed)
            names = ("$top", "$skip", "$filter", "$orderby", "$expand", "$inlinecount" if old else "$count")
            calls: dict[str, Any] = {
                "get": _answers(answer) | {"parameters": [{"name": name, "in": "query"} for name in names]}
            }
            calls |= {"post": _takes(record)} if self._allowed(node, "post") else {}
            yield f"/{name}", calls
            if key := self._key(kind):
                one = {"get": _answers(_object(d=record) if old else record)}
                one |= {method: _takes(record) for method in ("patch",) if self._allowed(node, method)}
                one |= {"delete": {"responses": {"204": {}}}} if self._allowed(node, "delete") else {}
                yield f"/{name}({key})", one

    def _allowed(self, node: Element, method: str) -> bool:
        """Tell whether an entity set takes a method, as far as it is restricted."""
        word, attribute = RESTRICTED[method]
        if any(name.endswith(attribute) and value == "false" for name, value in node.attrib.items()):
            return False
        notes = [*node, *self.annotations.get(node.get("Name", ""), [])]
        restricted = [note for note in notes if note.get("Term", "").endswith(f"{word}Restrictions")]
        flags = [
            value
            for note in restricted
            for value in note.iter()
            if value.get("Property") == f"{word}able".replace("eable", "able")
        ]
        return not any("false" in (flag.get("Bool", ""), (flag.text or "").strip()) for flag in flags)

    def _key(self, kind: str) -> str:
        """Write the placeholder of a type's only key, in quotes if it is text; empty for a key of several parts."""
        keys = [ref.get("Name", "") for node in self._line(kind) for ref in node.iter() if _tag(ref) == "PropertyRef"]
        if len(keys) != 1:
            return ""
        property_of = {node.get("Name"): node for kind_node in self._line(kind) for node in kind_node}
        text = property_of.get(keys[0]) is not None and property_of[keys[0]].get("Type") == "Edm.String"
        return f"'{{{keys[0]}}}'" if text else f"{{{keys[0]}}}"

    def _line(self, kind: str) -> list[Element]:
        """List a type and those it is based on, the most general first."""
        line: list[Element] = []
        while kind in self.types and self.types[kind] not in line:
            line.insert(0, self.types[kind])
            kind = self.full(self.types[kind].get("BaseType", ""))
        return line

    def schemas(self) -> Iterator[tuple[str, dict[str, Any]]]:
        """Yield the schema of each type."""
        for kind in self.types:
            properties: dict[str, Any] = {}
            required = []
            for node in (part for parent in self._line(kind) for part in parent):
                name = node.get("Name", "")
                if _tag(node) == "Property":
                    properties[name] = self._property(node)
                    if (
                        node.get("Nullable") == "false"
                        and not properties[name].get("readOnly")
                        and node.get("DefaultValue") is None
                    ):
                        required.append(name)
                elif _tag(node) == "NavigationProperty" and node.get("ContainsTarget") == "true":
                    properties[name] = self._type(node.get("Type", ""))
            yield kind, {"type": "object", "properties": properties, "required": required}

    def _property(self, node: Element) -> dict[str, Any]:
        """Write a property as a schema."""
        schema = self._type(node.get("Type", "")) | {"nullable": node.get("Nullable") != "false"}
        length = node.get("MaxLength", "")
        if length.isdecimal():
            schema["maxLength"] = int(length)
        computed = any(note.get("Term") == COMPUTED and note.get("Bool") != "false" for note in node)
        if computed or any(name.endswith("creatable") and value == "false" for name, value in node.attrib.items()):
            schema["readOnly"] = True
        label = next((value for name, value in node.attrib.items() if name.endswith("label")), "")
        digits = ", ".join(filter(None, (node.get("Precision"), node.get("Scale"))))
        written = f"type as written: {node.get('Type')}({digits})" if digits and schema.get("type") == "number" else ""
        text = "; ".join(filter(None, (label, written)))
        return schema | ({"description": text} if text else {})

    def _type(self, name: str) -> dict[str, Any]:
        """Write a type as a schema."""
        if listed := re.fullmatch(r"Collection\((.+)\)", name):
            return {"type": "array", "items": self._type(listed[1])}
        full = self.full(name)
        if full in self.types:
            return _ref(full)
        if full in self.enums:
            return {"type": "string", "enum": [node.get("Name") for node in self.enums[full] if _tag(node) == "Member"]}
        known = type_words().get(name.removeprefix("Edm."))
        if known is None or not known.type:
            return {}
        return {"type": known.type} | ({"format": known.format} if known.format else {})


def _tag(node: Element) -> str:
    """Return an element's name without its name space."""
    return node.tag.rpartition("}")[2] if isinstance(node.tag, str) else ""


def _ref(kind: str) -> dict[str, Any]:
    return {"$ref": f"#/components/schemas/{kind}"}


def _object(**properties: Any) -> dict[str, Any]:  # noqa: ANN401  raw schemas
    return {"type": "object", "properties": properties}


def _answers(schema: dict[str, Any]) -> dict[str, Any]:
    return {"responses": {"200": {"content": {"application/json": {"schema": schema}}}}}


def _takes(schema: dict[str, Any]) -> dict[str, Any]:
    return {"requestBody": {"content": {"application/json": {"schema": schema}}}, "responses": {"204": {}}}
