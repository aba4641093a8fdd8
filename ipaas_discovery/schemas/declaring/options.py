"""The shapes in Django REST Framework's answer to an OPTIONS request, pasted or saved as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ipaas_discovery.errors import DescriptionError
from ipaas_discovery.knowledge.type_words import type_words
from ipaas_discovery.schemas.field_paths import escape
from ipaas_discovery.schemas.schema import Declared, Field, Schema
from ipaas_discovery.vocabulary import Method, Shape

__all__ = ["OptionsShapes", "from_options"]

ADVICE = "paste the whole answer to an OPTIONS request, with its 'actions'"
DEPTH = 20
"""Objects inside one another that are read; deeper ones are left."""


@dataclass(frozen=True, slots=True)
class OptionsShapes:
    """The shapes that the answer declares; a shape that it does not mention is unknown.

    The framework lists an action only for who may take it, so a shape that is missing is no proof that
    the system lacks the call. `returned` is unknown: an answer lists what is sent, read-only fields
    among it, but not what may come back beside them.
    """

    returned: Schema
    create: Schema
    update: Schema


def from_options(
    metadata: Mapping[str, Any] | str | bytes, *, collection: str = "", system: str = "", source: str = "OPTIONS"
) -> OptionsShapes:
    """Read the shapes received on create (`actions.POST`) and on update (`actions.PATCH` or `.PUT`).

    Read-only fields stay, marked `read_only`. On update nothing is required if the answer speaks of PATCH.
    Nothing is sent: the analyst gets the answer, for example with the framework's browsable pages.

    >>> answer = {"name": "Orders", "actions": {"POST": {
    ...     "id": {"type": "integer", "read_only": True},
    ...     "number": {"type": "string", "required": True, "max_length": 20}}}}
    >>> shapes = from_options(answer)
    >>> [(field.path, field.required, field.declared.max_length) for field in shapes.create.fields]
    [('id', None, None), ('number', True, 20)]
    >>> shapes.update.known
    False

    Args:
        metadata: the answer as a dict or as JSON text.
        collection: the schemas' name for the collection. Defaults to the answer's own name.
        system: the system they belong to.
        source: the origin of the answer.

    Raises:
        DescriptionError: if it is no such answer.
    """
    answer = _read(metadata, source)
    actions = answer.get("actions", {})
    if not isinstance(actions, Mapping):
        raise DescriptionError("The answer's 'actions' are no mapping", where=source, then=ADVICE)
    name = collection or (answer["name"] if isinstance(answer.get("name"), str) else "")
    changed = next((verb for verb in ("PATCH", "PUT") if isinstance(actions.get(verb), Mapping)), "PATCH")

    def schema(shape: Shape, verb: str) -> Schema:
        listed = actions.get(verb)
        if not isinstance(listed, Mapping):
            return Schema(name, shape, system)
        cited = f"{source}: actions.{verb}"
        fields = sorted(_fields(listed, cited, partial=verb == "PATCH"), key=lambda field: field.path)
        method = Method.ADD if shape is Shape.CREATE else Method.UPDATE
        return Schema(name, shape, system, tuple(fields), operations={method: verb}, source=cited)

    returned = Schema(name, Shape.RETURNED, system)
    return OptionsShapes(returned, schema(Shape.CREATE, "POST"), schema(Shape.UPDATE, changed))


def _read(metadata: object, source: str) -> Mapping[str, Any]:
    if isinstance(metadata, str | bytes):
        try:
            metadata = json.loads(metadata)
        except (ValueError, RecursionError) as error:
            raise DescriptionError(f"The answer is not JSON: {error}", where=source, then=ADVICE) from None
    if not isinstance(metadata, Mapping) or not ("actions" in metadata or "renders" in metadata):
        raise DescriptionError("This is no answer of Django REST Framework to OPTIONS", where=source, then=ADVICE)
    return metadata


def _fields(
    listed: Mapping[str, Any], source: str, *, partial: bool, prefix: str = "", barred: bool = False, depth: int = 0
) -> Iterator[Field]:
    """Yield the fields of one object; everything inside a read-only field is read-only too."""
    for name, entry in listed.items():
        if not isinstance(entry, Mapping):
            continue
        path = prefix + escape(str(name))
        declared = _declared(entry, source, partial=partial, barred=barred)
        yield Field(path, declared)
        if depth < DEPTH:
            yield from _inside(path, entry, declared, (source, partial, depth + 1))


def _inside(path: str, entry: Mapping[str, Any], declared: Declared, how: tuple[str, bool, int]) -> Iterator[Field]:
    """Yield an object's `children`, or a list's `child`, which is an object with children or a plain field."""
    source, partial, depth = how
    barred = bool(declared.read_only)
    child = entry.get("child")
    if isinstance(child, Mapping):
        path += "[]"
        entry = child
        if not isinstance(child.get("children"), Mapping):
            yield Field(path, _declared({**child, "required": None}, source, partial=partial, barred=barred))
    children = entry.get("children")
    if isinstance(children, Mapping):
        yield from _fields(children, source, partial=partial, prefix=f"{path}.", barred=barred, depth=depth)


def _declared(entry: Mapping[str, Any], source: str, *, partial: bool, barred: bool) -> Declared:
    known = type_words().get(str(entry.get("type")), "django")
    types: tuple[str, ...] = (known.type,) if known and known.type else ()
    form = known.format or None if known else None
    if isinstance(entry.get("child"), Mapping):
        types = ("array",)
    elif isinstance(entry.get("children"), Mapping):
        types = ("object",)
    enum = _choices(entry.get("choices"))
    if entry.get("type") == "choice" and enum:
        types = tuple(sorted({_json_type(value) for value in enum}))
    read_only = barred or entry.get("read_only") is True
    required = entry.get("required") if isinstance(entry.get("required"), bool) else None
    return Declared(
        types=types,
        format=form,
        required=False if required is not None and (partial or read_only) else required,
        nullable=entry["allow_null"] if isinstance(entry.get("allow_null"), bool) else None,
        read_only=True if read_only else None,
        write_only=True if entry.get("write_only") is True else None,
        min_length=_whole(entry.get("min_length")),
        max_length=_whole(entry.get("max_length")),
        minimum=_number(entry.get("min_value")),
        maximum=_number(entry.get("max_value")),
        enum=enum if "array" not in types else (),
        description=_text(entry.get("help_text")),
        source=source,
        title=_text(entry.get("label")),
    )


def _text(value: object) -> str:
    return value.strip() if isinstance(value, str) else ""


def _choices(listed: object) -> tuple[Any, ...]:
    """List the values of `[{"value": ..., "display_name": ...}]`; some servers list bare values or pairs."""
    values = []
    for choice in listed if isinstance(listed, list) else ():
        value = (
            choice.get("value")
            if isinstance(choice, Mapping)
            else choice[0]
            if isinstance(choice, list) and choice
            else choice
        )
        if isinstance(value, str | int | float) and value not in values:
            values.append(value)
    return tuple(values)


def _number(value: object) -> float | None:
    """Read a limit; for a decimal field it is written as text."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        return value if isinstance(value, int) else float(value)
    except ValueError:
        return None


def _whole(value: object) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _json_type(value: object) -> str:
    if isinstance(value, bool):
        return "boolean"
    return "string" if isinstance(value, str) else "integer" if isinstance(value, int) else "number"
