"""The report as others get it: one offline page and its summary as Markdown, both checked before they are written."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ipaas_discovery.display.export_check import check_page, check_texts
from ipaas_discovery.display.figures import scope_of
from ipaas_discovery.display.report import report
from ipaas_discovery.display.summary import summary_markdown
from ipaas_discovery.display.view import CollectionView, SystemView
from ipaas_discovery.errors import UnsafeExportError
from ipaas_discovery.renderings.plain import plain
from ipaas_discovery.worksheet.joining import rows_of_document

if TYPE_CHECKING:
    from ipaas_discovery.discovery import Discovery
    from ipaas_discovery.system import System

__all__ = ["SharedReport", "shared_report", "system_views", "views"]

SIGNED = {"by", "date"}
"""Parts of a statement that name who made it, on purpose."""


@dataclass(frozen=True, slots=True)
class SharedReport:
    """The page, and its summary as Markdown."""

    page: str
    markdown: str


def shared_report(discovery: Discovery) -> SharedReport:
    """Write the report of an integration, once it is sure that nothing in it is secret or unredacted.

    Raises:
        UnsafeExportError: if something is, naming the cell.
    """
    if discovery.raw:
        then = "open it without raw=True, or without --raw"
        raise UnsafeExportError("This pull is not redacted, so nothing of it is shared", then=then)
    document, secrets = discovery.worksheet.document, discovery.secrets
    allowed = discovery.integration.share.allow
    check_texts(_statements(discovery), secrets, allowed=allowed)
    work, unpaired = discovery.open_work(), discovery.unpaired()
    page = report(
        discovery.integration.title, system_views(discovery), views(discovery), discovery.worksheet,
        as_of=discovery.as_of, unpaired=unpaired, work=work, changes=discovery.worksheet.changes(),
    )  # fmt: skip
    check_page(page, secrets, allowed=allowed)
    markdown = summary_markdown(document, work, scope_of(unpaired), discovery.worksheet.changes())
    return SharedReport(page, markdown)


def _statements(discovery: Discovery) -> Iterator[tuple[str, str]]:
    """List every text that people wrote in the worksheet, each with its place."""
    for key, statement in rows_of_document(discovery.worksheet.document).items():
        yield from ((f"worksheet, {key}", text) for text in _texts(plain(statement)))


def _texts(value: Any) -> Iterator[str]:  # noqa: ANN401  any plain data
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from (text for name, part in value.items() if name not in SIGNED for text in _texts(part))
    elif isinstance(value, list):
        yield from (text for part in value for text in _texts(part))


def system_views(discovery: Discovery) -> tuple[SystemView, SystemView]:
    """Describe both systems as the report's header names them."""
    taken = discovery.census()

    def view(system: System, position: int) -> SystemView:
        samples = [discovery.samples(pair.ipaas)[position] for pair in discovery.pairs]
        census = (taken.ipaas, taken.third_party)[position]
        return SystemView(
            system.name,
            system.environment_name,
            system.address,
            collections=len(system.collections()),
            compared=len(discovery.pairs),
            records=sum(map(len, samples)) if any(sample.seen for sample in samples) else None,
            census=census if census.collections else None,
        )

    return view(discovery.ipaas, 0), view(discovery.third_party, 1)


def views(discovery: Discovery) -> list[CollectionView]:
    """Put together every pair of collections as the report shows it."""
    collection_views = []
    for pair in discovery.pairs:
        comparison = discovery.compare(pair.ipaas)
        ours, theirs = discovery.samples(pair.ipaas)
        presence = discovery.presence(pair.ipaas)
        collection_views.append(
            CollectionView(
                pair.ipaas,
                pair.third_party,
                (ours.claim, theirs.claim),
                comparison,
                tuple(discovery.verdicts(pair.ipaas)),
                (comparison.ipaas_difference, comparison.third_party_difference),
                tuple(side for side in (presence.ipaas, presence.third_party) if side.parts),
            )
        )
    return collection_views
