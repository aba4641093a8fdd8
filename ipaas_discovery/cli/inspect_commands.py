"""Commands that look at systems: probe, pull, compare."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from ipaas_discovery.discovery import Discovery
    from ipaas_discovery.samples.sample import Sample
from ipaas_discovery.cli.output import AsJson, say, say_json
from ipaas_discovery.knowledge.ipaas_collections import collection_name

__all__ = ["DEFAULT", "Settings", "catalog", "collections", "compare", "opened", "probe", "pull", "schema", "warn"]

SHOWN_ROWS, SHOWN_COLUMNS = 5, 8
"""Size of the part of a sample that `pull` prints."""

Settings = Annotated[Path, typer.Option("--settings", "-s", metavar="FILE", help="The integration's discovery.toml.")]
Collection = Annotated[
    str, typer.Argument(metavar="COLLECTION", help="An iPaaS.com collection or plain name, or the third party's.")
]
DEFAULT = Path("data/discovery.toml")


class SystemChoice(StrEnum):
    """The two systems, as the command line names them."""

    IPAAS = "ipaas"
    THIRD_PARTY = "third-party"


def probe(
    system: Annotated[SystemChoice, typer.Argument(help="Which of the two systems.")],
    collection: Annotated[str, typer.Argument(metavar="COLLECTION", help="The collection, as that system names it.")],
    settings: Settings = DEFAULT,
    as_json: AsJson = False,  # noqa: FBT002  a flag
) -> None:
    """Prove how a collection pages before anything relies on it. Status 1 if the connector is refuted."""
    with opened(settings, stored=False) as discovery:
        asked = discovery.ipaas if system is SystemChoice.IPAAS else discovery.third_party
        report = asked.probe(_named(discovery, system, collection))
    if as_json:
        say_json("probe", report.to_dict())
    else:
        say(report.to_text())
    if not report.sound:
        raise typer.Exit(1)


def pull(
    context: typer.Context,
    collection: Annotated[
        str | None,
        typer.Argument(
            metavar="COLLECTION",
            help="An iPaaS.com collection or plain name, or the third party's.",
            show_default=False,
        ),
    ] = None,
    settings: Settings = DEFAULT,
    refresh: Annotated[  # noqa: FBT002  a flag
        bool, typer.Option("--refresh", help="Ask real systems again; what is stored is kept for comparison.")
    ] = False,
    raw: Annotated[  # noqa: FBT002  a flag
        bool, typer.Option("--raw", help="Redact nothing: store and show personal data as the system returns it.")
    ] = False,
    as_json: AsJson = False,  # noqa: FBT002  a flag
) -> None:
    """Pull a sample of a pair of collections, say what it can claim, and show its first records.

    What real systems answered is stored, redacted, and replayed from then on; --refresh asks them again. With
    --refresh COLLECTION may be left out: all are pulled in any case.
    """
    if collection is None and not refresh:
        context.fail("Missing argument 'COLLECTION'")
    with opened(settings, refresh=refresh, raw=raw) as discovery:
        names = [collection] if collection else [pair.ipaas for pair in discovery.pairs]
        samples = [sample for name in names for sample in discovery.samples(name)]
    if as_json:
        say_json("pull", {"samples": [_summed(sample) for sample in samples]})
    for sample in samples if not as_json else ():
        say(f"{sample.system}, {sample.collection}: {sample.claim}")
        if sample.records and collection:
            say(sample.frame().iloc[:SHOWN_ROWS, :SHOWN_COLUMNS].to_string(index=False, max_colwidth=24))
    warn(tuple(sample.problem for sample in samples if sample.problem))


def compare(
    collection: Collection,
    settings: Settings = DEFAULT,
    as_json: AsJson = False,  # noqa: FBT002  a flag
) -> None:
    """Compare the fields of a pair of collections and print them as a Markdown table."""
    with opened(settings) as discovery:
        comparison = discovery.compare(collection)
        samples = discovery.samples(collection)
        problems = tuple(sample.problem for sample in samples if sample.problem and not sample.absence)
    if as_json:
        say_json("comparison", comparison.to_dict())
    else:
        say(comparison.to_markdown())
    warn(problems)


def collections(
    settings: Settings = DEFAULT,
    as_json: AsJson = False,  # noqa: FBT002  a flag
) -> None:
    """Print the pairs of collections, and the collections that are in none, with the reason; nothing is fetched."""
    with opened(settings) as discovery:
        paired = [pair.model_dump(include={"ipaas", "third_party"}) for pair in discovery.pairs]
        unpaired = discovery.unpaired()
    if as_json:
        rows = unpaired.frame().to_dict("records")
        say_json("collections", {"pairs": paired, "unpaired": rows})
    else:
        say("\n".join(f"{pair['ipaas']} ↔ {pair['third_party']}" for pair in paired))
        say(f"\nIn no pair:\n\n{unpaired.to_markdown()}")


def schema(
    collection: Collection,
    settings: Settings = DEFAULT,
    as_json: AsJson = False,  # noqa: FBT002  a flag
) -> None:
    """Print the three shapes of a collection in both systems: returned, received on create, received on update."""
    with opened(settings) as discovery:
        shapes = discovery.schemas(collection)
    if as_json:
        say_json("schema", shapes.to_dict())
    else:
        say(shapes.to_markdown())


def catalog(as_json: AsJson = False) -> None:  # noqa: FBT002  a flag
    """Print the connectors that come with the kit: name, system, environments, number of collections."""
    from ipaas_discovery.systems.connectors.connector import catalogue, load_connector  # noqa: PLC0415  keeps --help quick

    connectors = [load_connector(name) for name in catalogue()]
    rows: list[dict[str, Any]] = [
        {
            "name": one.name,
            "system": one.title,
            "environments": [*one.environments],
            "collections": len(one.collections),
        }
        for one in connectors
    ]
    if as_json:
        say_json("catalog", {"connectors": rows})
        return
    for row in rows:
        places = ", ".join(row["environments"])
        say(f"{row['name']:<18} {row['system']} ({places}): {row['collections']} collections")


def _named(discovery: Discovery, system: SystemChoice, collection: str) -> str:
    """Find the collection that a plain name, or the other side's name, means in a system by its pair."""
    own = discovery.ipaas if system is SystemChoice.IPAAS else discovery.third_party
    if collection in own.collections():
        return collection
    wanted = collection_name(collection)
    pairs = [pair for pair in discovery.pairs if wanted == pair.ipaas or collection == pair.third_party]
    if not pairs:
        return wanted if wanted in own.collections() else collection
    name = pairs[0].ipaas if system is SystemChoice.IPAAS else pairs[0].third_party
    say(f"Note: {collection} is {name} in {own.name}, by its pair.", err=True)
    return name


def _summed(sample: Sample) -> dict[str, Any]:
    """Sum up a sample; its records stay where they are."""
    about = {"system": sample.system, "collection": sample.collection, "claim": sample.claim}
    return {**about, "records": len(sample), "of": sample.total, "taken": sample.taken, "problem": sample.problem}


@contextmanager
def opened(
    settings: Path, *, refresh: bool = False, raw: bool = False, stored: bool = True, record: bool = True
) -> Iterator[Discovery]:
    """Open the integration with its progress shown; at the end, say what a person should know of its records."""
    from ipaas_discovery.discovery import Discovery  # noqa: PLC0415  keeps --help quick
    from ipaas_discovery.progress import progress  # noqa: PLC0415  --help shows no progress

    with (
        progress() as on_page,
        Discovery.open(settings, on_page=on_page, refresh=refresh, raw=raw, stored=stored, record=record) as discovery,
    ):
        yield discovery
        notes = discovery.notes
    for note in notes:
        say(f"Note: {note}.", err=True)


def warn(problems: tuple[str, ...]) -> None:
    """Say what could not be read, and leave with 1 if anything could not."""
    for problem in problems:
        say(f"Warning: {problem}", err=True)
    if problems:
        raise typer.Exit(1)
