"""One mapping as a method of C#: its condition, its operations one after the other, and its default."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ipaas_discovery.knowledge.platform.sdk_names import sdk_names
from ipaas_discovery.matching.condition import Condition
from ipaas_discovery.matching.formulas import operations as op
from ipaas_discovery.matching.formulas.operations import FormulaStep
from ipaas_discovery.matching.mapping import Mapping
from ipaas_discovery.worksheet.skeleton.condition_code import condition_code
from ipaas_discovery.worksheet.skeleton.csharp_text import indented, literal, summary, todo
from ipaas_discovery.worksheet.skeleton.identifiers import Identifiers

__all__ = ["FormulaMethod"]

OF_LISTS = (op.Count, op.Sum, op.First, op.FirstWhere, op.JoinList)
"""Operations that take whole lists; all others take one text each."""


@dataclass(frozen=True, slots=True)
class FormulaMethod:
    """The method that makes a destination field of the source fields.

    Attributes:
        identifier: its name.
        mapping: what fills the field.
        title: the flow and the field, for whoever reads it.
    """

    identifier: str
    mapping: Mapping
    title: str

    @property
    def parameters(self) -> tuple[str, ...]:
        """Paths of the source fields it is given: those of the formula, then those of the condition alone."""
        sources = self.mapping.formula.sources if self.mapping.formula else self.mapping.sources
        return tuple(dict.fromkeys((*sources, *Condition.parse(self.mapping.condition).paths)))

    @property
    def runs(self) -> bool:
        """True if it can be written out; else it is only marked as left to do."""
        return _steps(self.mapping) is not None

    @property
    def looks_up(self) -> bool:
        """True if it asks for a related record."""
        return any(isinstance(step, op.LookUp) for step in _steps(self.mapping) or ())

    def lines(self) -> Iterator[str]:
        """Write the method."""
        names = self._names()
        yield from summary(f"{self.title}, {self.mapping.status}")
        yield f"public static string {self.identifier}({', '.join(f'object {name}' for name in names.values())})"
        yield "{"
        yield from indented(self._body(names))
        yield "}"

    def _names(self) -> dict[str, str]:
        taken = Identifiers([*sdk_names().called, self.identifier])
        return {path: taken.give(path) for path in self.parameters}

    def _body(self, names: dict[str, str]) -> Iterator[str]:
        steps = _steps(self.mapping)
        if self.mapping.condition:
            yield f"if (!({condition_code(Condition.parse(self.mapping.condition), names)}))"
            yield "    return null;"
        if steps is None:
            yield todo(f"the formula as it was written: {self.mapping.value}")
            yield "throw new NotImplementedException();"
            return
        sources = self.mapping.formula.sources if self.mapping.formula else self.mapping.sources
        yield from _carried_out(steps, [names[path] for path in sources])
        if self.mapping.default:
            yield f"return string.IsNullOrEmpty(made) ? {literal(self.mapping.default)} : made;"
        else:
            yield "return made;"


def _steps(mapping: Mapping) -> tuple[FormulaStep, ...] | None:
    """List the operations of a mapping of any kind; None where it has none that are known."""
    if mapping.formula is not None and mapping.kind != "field":
        return mapping.formula.steps
    match mapping.kind:
        case "constant":
            return (op.Constant(mapping.value),)
        case "field":
            return (op.Copy(),)
        case "look-up" if mapping.values:
            return (op.ValueMap(mapping.values),)
    return None


def _expression(step: FormulaStep, names: Sequence[str]) -> str:
    """Write one operation; a related record is read, as those of a sample are not all there are."""
    if isinstance(step, op.LookUp):
        asked = ", ".join(map(literal, (step.collection, step.key, step.field)))
        return f"{names[0]} == null ? null : Related({asked}, {names[0]})"
    return step.csharp(names)


def _carried_out(steps: Sequence[FormulaStep], sources: Sequence[str]) -> Iterator[str]:
    """Write the operations: `value0` and so on what goes in, `made` what comes out."""
    steps = [step for step in steps if not isinstance(step, op.Copy)] or [op.Copy()]
    lists = isinstance(steps[0], OF_LISTS)
    names = [f"value{at}" for at in range(len(sources))]
    for name, source in zip(names, sources, strict=True):
        yield f"var {name} = {'Texts' if lists else 'Single'}({source});"
    for at, step in enumerate(steps):
        if at and isinstance(step, OF_LISTS):
            names = [f"Texts({name})" for name in names]
        made = "made" if at == len(steps) - 1 else f"step{at}"
        yield f"var {made} = Attempt(() => {_expression(step, names)});"
        names = [made]
