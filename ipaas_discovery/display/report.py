"""Offline page: everything that is known of an integration on one HTML page that asks for nothing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ipaas_discovery.display.figures import group_findings, overview, section_of
from ipaas_discovery.renderings.texts import breakable, percent
from ipaas_discovery.vocabulary import Direction, Method, Outcome

if TYPE_CHECKING:
    from jinja2 import Environment

    from ipaas_discovery.display.view import CollectionView, SystemView
    from ipaas_discovery.renderings.tabular import Tabular
    from ipaas_discovery.worksheet.worksheet import Worksheet

__all__ = ["SYMBOLS", "report"]

SYMBOLS = {Outcome.POSSIBLE: "✓", Outcome.WITH_DEFAULTS: "◐", Outcome.UNKNOWN: "?", Outcome.BLOCKED: "✕"}
"""Mark that stands beside each outcome's word."""


def report(
    title: str,
    systems: tuple[SystemView, SystemView],
    views: Sequence[CollectionView],
    worksheet: Worksheet,
    *,
    as_of: str = "",
    unpaired: Tabular | None = None,
) -> str:
    """Write one self-contained HTML page: overview, matrix of directions, then every pair of collections.

    The page holds its styles, asks for nothing outside, reads without scripts, prints, and follows the
    reader's light or dark setting. The same values give the same bytes.

    Args:
        title: the page's heading.
        systems: iPaaS.com, then the third party.
        views: the pairs of collections, in the order in which they shall stand.
        worksheet: the document that holds the decisions.
        as_of: the date the samples were taken, as text.
        unpaired: the collections that are in no pair, with the reasons.
    """
    entries = {entry.key: entry for entry in worksheet.entries}
    sections = [
        section_of(number, view, entries.get((view.collection, view.third_party)))
        for number, view in enumerate(views, 1)
    ]
    page = _environment().get_template("report.html.j2")
    return page.render(
        title=title,
        as_of=as_of,
        systems=systems,
        ipaas=systems[0],
        third=systems[1],
        sections=sections,
        overview=overview(sections),
        unpaired=unpaired,
        directions=(Direction.TO, Direction.FROM),
        methods=tuple(Method),
        outcomes=tuple(Outcome),
    )


def _environment() -> Environment:
    from jinja2 import Environment, PackageLoader, StrictUndefined  # noqa: PLC0415  only a page needs templates

    environment = Environment(
        loader=PackageLoader("ipaas_discovery.display"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals["symbols"] = SYMBOLS
    environment.filters["grouped"] = group_findings
    environment.filters["breakable"] = _breakable
    environment.filters["drawn"] = _drawn
    environment.filters["percent"] = lambda share: "" if share is None else percent(share)
    return environment


def _breakable(text: object) -> str:
    """Escape `text`, with places where a long name may break.

    >>> print(_breakable("a<b.c_d"))
    a&lt;b.<wbr>c_<wbr>d
    """
    from markupsafe import Markup  # noqa: PLC0415  comes with jinja2

    return Markup(breakable(str(text)))  # noqa: S704  escaped there


def _drawn(value: Tabular) -> str:
    """Return what a value shows of itself in a notebook, its texts escaped by itself."""
    from markupsafe import Markup  # noqa: PLC0415  it comes with jinja2, which only a page needs

    return Markup(value._repr_html_())  # noqa: S704  Jupyter's own name
