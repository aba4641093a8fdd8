"""File of the conversion functions: a method for each mapping that is no plain copy, and those that all of them use."""

from __future__ import annotations

from collections.abc import Iterator

from ipaas_discovery.knowledge.platform.sdk_names import sdk_names
from ipaas_discovery.matching.condition import Condition
from ipaas_discovery.matching.mapping import Mapping
from ipaas_discovery.vocabulary import Direction
from ipaas_discovery.worksheet.entry import Entry, WorksheetDocument
from ipaas_discovery.worksheet.ordered_flow import OrderedFlow
from ipaas_discovery.worksheet.skeleton.condition_code import condition_code
from ipaas_discovery.worksheet.skeleton.csharp_text import csharp_file, indented, summary, todo
from ipaas_discovery.worksheet.skeleton.formula_method import FormulaMethod
from ipaas_discovery.worksheet.skeleton.identifiers import Identifiers

__all__ = ["conversion_functions", "formula_methods"]

USINGS = (
    "System",
    "System.Collections",
    "System.Collections.Generic",
    "System.Globalization",
    "System.Linq",
)
NAMESPACE = "Integration.Data.Interface"
RELATED = """
/// <summary>A field of a related record: the collection, the field it is found by, the field, and the value.</summary>
// TODO: read the related record from the system that the flow reads, and keep it for the next that asks
public static Func<string, string, string, string, string> Related = (collection, key, field, value) =>
{
    throw new NotImplementedException();
};
"""
"""Code by which a formula asks for a related record."""
SHARED = """
/// <summary>The text of a value, as the worksheet writes it; null for none.</summary>
private static string Text(object value)
{
    if (value == null) return null;
    var text = value as string;
    if (text != null) return text;
    if (value is bool) return (bool)value ? "true" : "false";
    if (value is DateTimeOffset)
        return ((DateTimeOffset)value).ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", CultureInfo.InvariantCulture);
    if (value is decimal || value is double || value is float)
        return Attempt(() => Convert.ToDecimal(value, CultureInfo.InvariantCulture)
            .ToString("0.############################", CultureInfo.InvariantCulture));
    return Convert.ToString(value, CultureInfo.InvariantCulture);
}

private static object[] Elements(object value)
{
    if (value == null) return new object[0];
    var list = value is string ? null : value as IEnumerable;
    return list == null ? new[] { value } : list.Cast<object>().ToArray();
}

/// <summary>The texts of all elements of a list, or of one value.</summary>
private static string[] Texts(object value)
{
    return Elements(value).Where(element => element != null).Select(Text).ToArray();
}

/// <summary>The texts that are not empty.</summary>
private static IEnumerable<string> Filled(object value)
{
    return Texts(value).Where(text => !string.IsNullOrEmpty(text));
}

/// <summary>The text of one value; null for a list of several.</summary>
private static string Single(object value)
{
    var elements = Elements(value);
    return elements.Length == 1 ? Text(elements[0]) : null;
}

private static decimal? Number(string text)
{
    decimal number;
    var read = decimal.TryParse((text ?? "").Trim(), NumberStyles.Float, CultureInfo.InvariantCulture, out number);
    return read ? number : (decimal?)null;
}

/// <summary>Whether two texts are the same, or the same number.</summary>
private static bool Same(string text, string other)
{
    var number = Number(text);
    return text == other || (number != null && number == Number(other));
}

/// <summary>Which of two comes first: numbers as numbers, all else as text.</summary>
private static int Compare(string text, string other)
{
    var left = Number(text);
    var right = Number(other);
    return left != null && right != null ? left.Value.CompareTo(right.Value) : string.CompareOrdinal(text, other);
}

/// <summary>What a step makes; null where it cannot read its value.</summary>
private static string Attempt(Func<string> step)
{
    try { return step(); }
    catch (FormatException) { return null; }
    catch (OverflowException) { return null; }
    catch (ArgumentException) { return null; }
}
"""


def formula_methods(document: WorksheetDocument) -> tuple[FormulaMethod, ...]:
    """List the methods of all ordered flows: one for each mapping that a row of the platform cannot say by itself."""
    names = Identifiers(sdk_names().taken)
    methods = []
    for entry in document.entries:
        for flow in entry.flows:
            for mapping in _mappings(entry, flow):
                name = f"{_prefix(entry, flow)} {mapping.destination}"
                title = f"{entry.title}, {flow.name}: {mapping.destination}"
                methods.append(FormulaMethod(names.give(name), mapping, title))
    return tuple(methods)


def _mappings(entry: Entry, flow: OrderedFlow) -> Iterator[Mapping]:
    for mapping in entry.mappings(flow.direction, flow.name if flow in entry.named_flows else ""):
        linked = mapping.kind == "look-up" and not mapping.values and mapping.formula is None
        worth = mapping.kind in {"formula", "look-up"} or bool(mapping.condition)
        if mapping.fills and worth and not linked:
            yield mapping


def _prefix(entry: Entry, flow: OrderedFlow) -> str:
    way = "to" if flow.direction is Direction.TO else "from"
    named = flow.name if flow.name != flow.direction.value else ""
    return f"{entry.collection} {way} {named}"


def conversion_functions(document: WorksheetDocument, methods: tuple[FormulaMethod, ...]) -> str:
    """Write the file."""
    body = ["public class ConversionFunctions : Integration.Abstract.ConversionFunctions", "{"]
    for method in methods:
        body += [*indented(method.lines()), ""]
    for lines in _filters(document, methods):
        body += [*indented(lines), ""]
    if any(method.looks_up for method in methods):
        body += [*indented(RELATED.strip().split("\n")), ""]
    body += [*indented(_linked(document)), *indented(SHARED.strip().split("\n")), "}"]
    return csharp_file(document.title, USINGS, NAMESPACE, body)


def _filters(document: WorksheetDocument, methods: tuple[FormulaMethod, ...]) -> Iterator[list[str]]:
    """Write a method for the condition of each ordered flow that has one, which is the filter of its collection."""
    names = Identifiers([*sdk_names().taken, *(method.identifier for method in methods)])
    for entry in document.entries:
        for flow in entry.flows:
            if flow.condition:
                condition = Condition.parse(flow.condition)
                given = Identifiers(sdk_names().called)
                fields = {path: given.give(path) for path in condition.paths}
                name = names.give(f"{_prefix(entry, flow)} applies")
                yield [
                    *summary(f"{entry.title}, {flow.name}: the filter {flow.condition}"),
                    f"public static bool {name}({', '.join(f'object {field}' for field in fields.values())})",
                    "{",
                    f"    return {condition_code(condition, fields)};",
                    "}",
                ]


def _linked(document: WorksheetDocument) -> Iterator[str]:
    """Mark the fields that hold the id of a linked record, which the platform looks up by its external ids."""
    for entry in document.entries:
        for flow in entry.flows:
            for mapping in entry.mappings(flow.direction, flow.name if flow in entry.named_flows else ""):
                if mapping.fills and mapping.kind == "look-up" and not mapping.values and mapping.formula is None:
                    where = f"{entry.title}, {flow.name}: {mapping.destination}"
                    named = f"the {mapping.value or 'record'} of {', '.join(mapping.sources)}"
                    yield todo(f"{where} is the id that {named} has over there")
                    yield ""
