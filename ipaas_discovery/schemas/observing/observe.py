"""An observed schema from records, counted at every path in one pass."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from concurrent.futures import Executor
from operator import itemgetter
from pathlib import Path
from typing import Any

from ipaas_discovery.errors import SourceError
from ipaas_discovery.samples.sample import Sample
from ipaas_discovery.schemas.named_list import NamedList
from ipaas_discovery.schemas.observing.from_tally import named_lists, observed, unfolded, variants
from ipaas_discovery.schemas.observing.scale import count_file, count_records
from ipaas_discovery.schemas.schema import Field, Schema

__all__ = ["observe"]


def observe(
    source: Sample | Iterable[Any] | str | Path,
    *,
    executor: Executor | None = None,
    known: Schema | None = None,
    raw: bool = False,
    unfold: bool | Collection[str] = True,
) -> Schema:
    r"""Observe each field of `source`: presence, types, formats, ranges, values, each with its own denominator.

    A list is a path of its own (`lines`), its elements' fields are below it (`lines[].sku`), its plain
    elements have a path (`tags[]`). Absent, null and empty are counted apart; integers of any size and
    decimals of any length stay exact, and a boolean is no integer. An object whose keys are data
    (`attributes.attr_17`) has one path for all of them (`attributes.*`). `distinct`, `top` and `examples` are
    about filled plain values; beyond 2,000 different ones of a type `distinct` and `top` are estimates with a
    stated error (see `Observed`). All counts are exact, whatever the length of the source.

    A faulty line does not end the work: it is counted among the schema's `problems`, with its number.
    >>> schema = observe([{"id": 1, "tags": ["new"]}, {"id": 2, "tags": []}, {"id": None}])
    >>> [(field.path, field.observed.present, field.observed.of, field.observed.filled) for field in schema.fields]
    [('id', 3, 3, 2), ('tags', 2, 3, 1), ('tags[]', 1, 1, 1)]

    Args:
        source: a Sample, any iterable of dicts, a DataFrame with its rows, or the path of a file of JSON lines:
            `.jsonl` or `.ndjson`, also with `.gz` after it; in UTF-8, UTF-16 or UTF-32. Memory stays small.
        executor: counts parts of the source side by side and merges the counts, with the same result: a
            `ProcessPoolExecutor`, Dask's `client.get_executor()`, or any other. Workers read a `.jsonl` file
            themselves, so the path has to mean the same to them; lines of any other file are sent to them.
        known: a schema of the records that is known already, such as the declared one. It settles which objects
            are maps: those with `*` in it, and none with named fields.
        raw: show the values of a file as they are. By default personal data in examples, frequent values and
            ranges get pseudonyms, as in samples, which are redacted before anything sees them.
        unfold: give each name in a list of names and values a path, such as `custom_fields{Season}.value`, too,
            where names come again; `Schema.named_lists` says why. False leaves all lists as they are, as
            `Schema.folded()` does afterwards; paths of lists unfold these, too, however rare their names.

    Raises:
        SourceError: if the file cannot be read, or `source` is no collection of records.
    """
    try:
        schema = _observed(source, executor, known, unfold=unfold)
    except ValueError as error:
        if "integer string conversion" not in str(error):
            raise
        message = "A whole number has more digits than Python reads or writes, 4,300"
        raise SourceError(message, then="give it as a text, or leave it out") from None
    return schema if raw or not isinstance(source, str | Path) else _masked(schema, Path(source))


def _observed(
    source: Sample | Iterable[Any] | str | Path,
    executor: Executor | None,
    known: Schema | None,
    *,
    unfold: bool | Collection[str],
) -> Schema:
    """Count each field of the records, and make a schema of the counts."""
    if isinstance(source, str | Path):
        part = count_file(Path(source), executor)
    else:
        part = count_records(_records(source), executor)
    sample = source if isinstance(source, Sample) else None
    paths = [field.path for field in known.fields] if known else []
    lists = named_lists(part.tally)
    counted = [*observed(part.tally, paths), *unfolded(part.tally, _chosen(lists, unfold))]
    return Schema(
        collection=sample.collection if sample else "",
        system=sample.system if sample else "",
        fields=tuple(Field(path, observed=seen) for path, seen in sorted(counted, key=itemgetter(0))),
        records=part.tally.records,
        source=Path(source).name if isinstance(source, str | Path) else getattr(source, "claim", "records"),
        variants=variants(part.tally),
        problems=part.problems(),
        named_lists=lists,
    )


def _masked(schema: Schema, path: Path) -> Schema:
    from ipaas_discovery.schemas.observing.masking import masked  # noqa: PLC0415  only files need it

    return masked(schema, path.name.partition(".")[0] or "records")


def _chosen(lists: Iterable[NamedList], unfold: bool | Collection[str]) -> list[NamedList]:  # noqa: FBT001  as it was asked
    """Choose the lists to unfold: those whose names come again, and those that were asked for."""
    asked = () if isinstance(unfold, bool) else unfold
    return [one for one in lists if unfold is not False and (one.are_fields or one.path in asked)]


def _rows(source: Any) -> Any:  # noqa: ANN401  any table, or records
    """Return the rows of a table of pandas, Polars or Arrow as dicts; anything else as it is.

    Raises:
        SourceError: if two columns of it have one name.
    """
    for method in ("to_dicts", "to_pylist"):  # Polars, Arrow
        if hasattr(source, method):
            return getattr(source, method)()
    if not (hasattr(source, "columns") and hasattr(source, "reset_index") and hasattr(source, "to_dict")):
        return source
    names = [".".join(map(str, name)) if isinstance(name, tuple) else str(name) for name in source.columns]
    if len(set(names)) < len(names):
        twice = next(name for name in names if names.count(name) > 1)
        raise SourceError(f"Two columns of the DataFrame are called '{twice}'", then="rename one of them")
    index = [name for name in source.index.names if name is not None and str(name) not in names]
    frame = source.set_axis(names, axis="columns")
    return frame.reset_index(level=index).to_dict("records") if index else frame.to_dict("records")


def _records(source: Sample | Iterable[Any]) -> Iterable[Any]:
    records = source.records if isinstance(source, Sample) else _rows(source)
    if isinstance(records, Mapping | bytes) or not isinstance(records, Iterable):
        kind = type(records).__name__
        raise SourceError(f"Records come as a Sample, a list or a file, not as {kind}", then="put one record in a list")
    return records
