"""The skeleton: the C# files of an order, and its contracts, their text the same for the same worksheet."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ipaas_discovery.atomic import write_atomically
from ipaas_discovery.errors import WorksheetError
from ipaas_discovery.renderings.card import Card
from ipaas_discovery.renderings.tabular import shows
from ipaas_discovery.renderings.texts import visible_in_quotes
from ipaas_discovery.vocabulary import Shape
from ipaas_discovery.worksheet.contracts.data_contract import data_contract
from ipaas_discovery.worksheet.contracts.order_diagram import order_diagram
from ipaas_discovery.worksheet.contracts.shape_schemas import shape_schemas
from ipaas_discovery.worksheet.entry import Entry, WorksheetDocument
from ipaas_discovery.worksheet.facts.pair_facts import Facts
from ipaas_discovery.worksheet.skeleton.conversion_functions import conversion_functions, formula_methods
from ipaas_discovery.worksheet.skeleton.csharp_text import TODO
from ipaas_discovery.worksheet.skeleton.data_model import DataModel
from ipaas_discovery.worksheet.skeleton.identifiers import Identifiers
from ipaas_discovery.worksheet.skeleton.metadata_file import metadata_file
from ipaas_discovery.worksheet.skeleton.model_tree import ModelClass, model_classes
from ipaas_discovery.worksheet.skeleton.supported_features import feature_lines

__all__ = ["Skeleton", "skeleton"]

SHAPES = {Shape.RETURNED: "returned", Shape.CREATE: "create", Shape.UPDATE: "update"}


@dataclass(frozen=True, slots=True)
class Skeleton(Card):
    """Files by their name, such as `Models/OrdersModel.cs`."""

    files: tuple[tuple[str, str], ...]

    @property
    @shows("Left to do", "line")
    def todo(self) -> tuple[str, ...]:
        """Marks of what is left to do, with the file and the line, in the order of the files."""
        return tuple(
            f"{name}:{number}: {line.strip().removeprefix(TODO)}"
            for name, text in self.files
            for number, line in enumerate(text.split("\n"), 1)
            if line.strip().startswith(TODO)
        )

    def write(self, folder: str | Path) -> None:
        """Write the files into a folder; what somebody changed there is never overwritten.

        Raises:
            WorksheetError: if a file is there with another text; nothing is written then.
        """
        paths = {Path(folder) / name: text.encode() for name, text in self.files}
        changed = [path for path, text in paths.items() if path.exists() and path.read_bytes() != text]
        if changed:
            where = ", ".join(map(str, changed[:3])) + (f" and {len(changed) - 3} more" if len(changed) > 3 else "")  # noqa: PLR2004  a line
            raise WorksheetError(
                "These files are there with another text", where=where, then="write the skeleton into another folder"
            )
        for path, text in paths.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            write_atomically(path, text)


def skeleton(document: WorksheetDocument, facts: Facts | None = None) -> Skeleton:
    """Write the C# files of everything that is ordered.

    Args:
        document: the worksheet.
        facts: the facts of both systems. Defaults to none, which leaves the models without fields.
    """
    facts = facts or Facts()
    ordered = [entry for entry in document.entries if entry.flows]
    models = _models(ordered, facts)
    methods = formula_methods(document)
    classes = [(entry, models[entry.third_party or entry.collection].record.identifier) for entry in ordered]
    files = [
        ("Interface/ConversionFunctions.cs", conversion_functions(document, methods)),
        ("Interface/MetaData.cs", metadata_file(document, facts, classes)),
        *((f"Models/{model.record.identifier}.cs", model.render(document.title)) for model in models.values()),
    ]
    made = Skeleton(tuple(sorted((*files, *_contracts(document, ordered, facts)))))
    return Skeleton((*made.files, ("TODO.md", "".join(_todo_page(document, made)))))


def _contracts(document: WorksheetDocument, ordered: list[Entry], facts: Facts) -> Iterator[tuple[str, str]]:
    """Yield the files that no compiler needs: the data contract, the diagram, and a JSON Schema for each shape."""
    yield "contract.odcs.yaml", data_contract(document, facts)
    yield "diagram.mmd", order_diagram(document, facts)
    names: dict[str, Identifiers] = {"ipaas": Identifiers(), "third_party": Identifiers()}
    seen = set()
    for entry in ordered:
        known = facts.of(entry.key)
        for folder, side in (("ipaas", known.ipaas), ("third_party", known.third_party)):
            if side.collection and (folder, side.collection) not in seen:
                seen.add((folder, side.collection))
                name = names[folder].give(side.collection)
                for shape, schema in shape_schemas(side):
                    text = visible_in_quotes(json.dumps(schema, ensure_ascii=False, indent=2)) + "\n"
                    yield f"Schemas/{folder}/{name}.{SHAPES[shape]}.schema.json", text


def _models(ordered: list[Entry], facts: Facts) -> dict[str, DataModel]:
    """Make a data model for each collection of the third party, however many pairs it stands in."""
    names, models = Identifiers(), dict[str, DataModel]()
    for entry in ordered:
        side = facts.of(entry.key).third_party
        name = entry.third_party or entry.collection
        features = tuple(feature_lines(entry, direction) for direction in entry.directions)
        known = models.get(name)
        classes: tuple[ModelClass, ...] = known.classes if known else model_classes(name, side.fields, names)
        models[name] = DataModel(
            known.side if known else side, classes, (*(known.features if known else ()), *features)
        )
    return models


def _todo_page(document: WorksheetDocument, made: Skeleton) -> Iterator[str]:
    yield "# Left to do\n\n"
    yield from (f"- {line}\n" for line in made.todo)
    undecided = [entry.title for entry in document.entries if entry.decision is None]
    if undecided:
        yield f"\nNothing is decided of {', '.join(undecided)}: the skeleton has nothing of these.\n"
