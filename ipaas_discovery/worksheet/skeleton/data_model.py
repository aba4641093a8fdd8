"""Data model of one collection of the third party: its classes, their attributes, its calls and its table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ipaas_discovery.vocabulary import Grade
from ipaas_discovery.worksheet.facts.capabilities import Ability, Capability
from ipaas_discovery.worksheet.facts.model_field import ModelField
from ipaas_discovery.worksheet.facts.pair_facts import SideFacts
from ipaas_discovery.worksheet.skeleton.csharp_text import csharp_file, indented, literal, summary, todo
from ipaas_discovery.worksheet.skeleton.model_tree import ModelClass, ModelProperty

__all__ = ["DataModel"]

USINGS = (
    "System",
    "System.Collections.Generic",
    "System.Globalization",
    "System.Threading.Tasks",
    "Integration.Abstract.Helpers",
    "Integration.Abstract.Model",
    "Integration.Data.Interface",
    "Newtonsoft.Json",
    "static Integration.Abstract.Constants",
)
NAMESPACE = "Integration.DataModels"
UNREAD = {Grade.DECLARED.value: " Declared; no record was read."}
"""Sentence on a collection that is known by its description alone."""


@dataclass(frozen=True, slots=True)
class DataModel:
    """The classes of one collection, the record's own first, and the features of the pairs it stands in.

    `features` are lines that make one record of Supported Features each.
    """

    side: SideFacts
    classes: tuple[ModelClass, ...]
    features: tuple[tuple[str, ...], ...] = ()

    @property
    def record(self) -> ModelClass:
        """The class of the collection's records."""
        return self.classes[0]

    def render(self, title: str) -> str:
        """Write the file; `title` is the worksheet's."""
        body = [line for lines in (self._record(), *map(self._part, self.classes[1:])) for line in (*lines, "")]
        return csharp_file(title, USINGS, NAMESPACE, body[:-1])

    def _record(self) -> Iterator[str]:
        known = UNREAD.get(self.side.grade, "")
        yield from summary(f"A record of {self.side.collection}, as the third party returns and receives it.{known}")
        yield f"public class {self.record.identifier} : AbstractIntegrationData"
        yield "{"
        yield from indented(self._properties(self.record))
        yield from indented(self._primary_id())
        yield from indented(self._calls())
        yield from indented(self._feature_support())
        yield from indented(self._table())
        yield "}"

    def _part(self, part: ModelClass) -> Iterator[str]:
        yield from summary(f"What stands at {part.path} of {self.side.collection}.")
        yield f"public class {part.identifier}"
        yield "{"
        lines = [*self._properties(part)]
        yield from indented(lines[:-1] if lines else lines)
        yield "}"

    def _properties(self, model: ModelClass) -> Iterator[str]:
        for row in model.properties:
            if row.facts.grade:
                yield f"// Known by: {row.facts.grade}."
            yield f"[JsonProperty({literal(row.key)})]"
            yield f"[iPaaSMetaData({_meta(row.facts)})]"
            if row.type.endswith("object"):
                yield todo(f"the type of {row.facts.path} is not known, or not one alone")
            yield f"public {row.type} {row.identifier} {{ get; set; }}"
            yield ""

    def _primary_id(self) -> Iterator[str]:
        id_ = self.record.property(self.side.id or "id")
        yield "public override object GetPrimaryId()"
        yield "{"
        yield from indented(_read_id(id_))
        yield "}"
        yield ""
        yield "public override void SetPrimaryId(string PrimaryId, bool ThrowErrorOnInvalid = false)"
        yield "{"
        yield from indented(_write_id(id_, self.record.identifier))
        yield "}"
        yield ""

    def _calls(self) -> Iterator[str]:
        """Write the methods that call the third party, each with the call that it has to make."""
        polled = self.side.capability(Ability.SINCE.value)
        for name, parameters, ability in (
            ("Get", "CallWrapper activeCallWrapper, object _id", Ability.GET),
            ("Create", "CallWrapper activeCallWrapper", Ability.CREATE),
            ("Update", "CallWrapper activeCallWrapper", Ability.UPDATE),
            ("Delete", "CallWrapper activeCallWrapper, object _id", Ability.DELETE),
        ):
            yield f"public override Task<object> {name}({parameters})"
            yield from _left(_known_call(self.side.capability(ability.value)))
            yield ""
        yield "public override Task<List<BulkTransferRequest>> Poll(CallWrapper activeCallWrapper, string filter)"
        yield from _left(_known_call(polled))
        yield ""

    def _feature_support(self) -> Iterator[str]:
        yield from summary("Supported Features of every direction that is ordered.")
        yield "public List<Features> GetFeatureSupport()"
        yield "{"
        yield "    var supported = new List<Features>();"
        for lines in self.features:
            yield from indented(lines)
        yield "    return supported;"
        yield "}"
        yield ""

    def _table(self) -> Iterator[str]:
        yield from summary("The table that mappings name, with every field of the record.")
        yield "public static TableInfo Table(string name, long mappingCollectionTypeId)"
        yield "{"
        yield "    var table = new TableInfo"
        yield "    {"
        yield "        Name = name,"
        yield f"        FriendlyName = {literal(self.side.collection)},"
        yield f"        Description = {literal(f'{self.side.collection} of {self.side.system}')},"
        yield "        MappingCollectionTypeId = mappingCollectionTypeId,"
        yield "        Fields = new List<FieldInfo>()"
        yield "    };"
        for row in self.record.properties:
            yield from indented(_field(row))
        yield "    return table;"
        yield "}"


def _meta(facts: ModelField) -> str:
    parts = [f"Description = {literal(facts.description)}"] if facts.description else []
    parts.append(f"Type = SY_DataType.{facts.data_type.name}")
    if facts.required_on_create:
        parts.append("Required = true")
    return ", ".join(parts)


def _read_id(row: ModelProperty | None) -> Iterator[str]:
    if row is None:
        yield todo("nothing says which field names a record")
        yield "throw new NotImplementedException();"
    else:
        yield f"return Convert.ToString({row.identifier}, CultureInfo.InvariantCulture);"


def _write_id(row: ModelProperty | None, model: str) -> Iterator[str]:
    if row is None:
        yield todo("nothing says which field names a record")
        yield "throw new NotImplementedException();"
    elif row.type in {"string", "object"}:
        yield f"{row.identifier} = PrimaryId;"
    elif row.type == "long?":
        yield "long parsed;"
        yield "if (long.TryParse(PrimaryId, NumberStyles.Integer, CultureInfo.InvariantCulture, out parsed))"
        yield f"    {row.identifier} = parsed;"
        yield "else"
        yield f"    HandleInvalidPrimaryId(PrimaryId, ThrowErrorOnInvalid, {literal(model)});"
    else:
        yield todo(f"read {row.facts.path} from the text of an id")
        yield "throw new NotImplementedException();"


def _known_call(row: Capability) -> str:
    words = [row.call or ("" if row.offered is None else "no call is named"), row.note]
    return ", ".join(filter(None, words)) or "the call is unknown"


def _left(what: str) -> Iterable[str]:
    return "{", f"    {todo(what)}", "    throw new NotImplementedException();", "}"


def _field(row: ModelProperty) -> Iterator[str]:
    facts = row.facts
    yield "table.Fields.Add(new FieldInfo"
    yield "{"
    yield f"    Name = {literal(row.identifier)},"
    if facts.description:
        yield f"    Description = {literal(facts.description)},"
    yield f"    Type = {literal(facts.data_type.value)},"
    if facts.enum:
        values = ", ".join(f"new FieldValues {{ Value = {literal(value)} }}" for value in facts.enum)
        yield f"    FieldValues = new List<FieldValues> {{ {values} }},"
    yield f"    Required = {'true' if facts.required_on_create else 'false'}"
    yield "});"
