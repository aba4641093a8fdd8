"""Offline page: everything that is known of an integration on one HTML page that asks for nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from ipaas_discovery.display.asks import asks
from ipaas_discovery.display.figures import group_findings, overview, scope_of, section_of
from ipaas_discovery.renderings.texts import breakable, percent, visible
from ipaas_discovery.vocabulary import Direction, Method, Outcome

if TYPE_CHECKING:
    from jinja2 import Environment

    from ipaas_discovery.changes.changes import Changes
    from ipaas_discovery.display.view import CollectionView, SystemView
    from ipaas_discovery.renderings.tabular import Tabular
    from ipaas_discovery.worksheet.open_work.work_list import WorkItem, WorkList
    from ipaas_discovery.worksheet.worksheet import Worksheet

__all__ = ["SYMBOLS", "report"]

SYMBOLS = {Outcome.POSSIBLE: "✓", Outcome.WITH_DEFAULTS: "◐", Outcome.UNKNOWN: "?", Outcome.BLOCKED: "✕"}
"""Mark that stands beside each outcome's word."""


LARGEST = 2_000_000
"""Bytes of a page that can be mailed and opened on a phone."""


@dataclass(frozen=True, slots=True)
class Detail:
    """Extent of a page's details: rows of a table (None: all), page-by-page maps, evidence, the pairs at all."""

    rows: int | None = None
    presences: bool = True
    evidence: bool = True
    pairs: bool = True


DETAILS = (
    Detail(),
    Detail(presences=False),
    Detail(200, presences=False, evidence=False),
    Detail(40, presences=False, evidence=False),
    Detail(10, presences=False, evidence=False),
    Detail(0, presences=False, evidence=False, pairs=False),
)
"""From a page with everything to one with the summary alone; the first that is small enough is written."""


def report(  # noqa: PLR0913  a page is both systems, their pairs, the order and what is open
    title: str,
    systems: tuple[SystemView, SystemView],
    views: Sequence[CollectionView],
    worksheet: Worksheet,
    *,
    as_of: str = "",
    unpaired: Tabular | None = None,
    work: WorkList | None = None,
    changes: Changes | None = None,
    largest: int = LARGEST,
) -> str:
    """Write one self-contained HTML page: what is needed, what is decided, the directions, then every pair.

    The page holds its styles, asks for nothing outside, reads without scripts, prints its summary, and follows the
    reader's light or dark setting. The same values give the same bytes.

    Args:
        title: the page's heading.
        systems: iPaaS.com, then the third party.
        views: the pairs of collections, in the order in which they shall stand.
        worksheet: the document that holds the decisions.
        as_of: the date the samples were taken, as text.
        unpaired: the collections that are in no pair, with the reasons.
        work: everything that is still open.
        changes: what changed since an earlier pull.
        largest: bytes from which details are left out, those first that are shown elsewhere; a line says so.
    """
    entries = {entry.key: entry for entry in worksheet.entries}
    open_here: dict[tuple[str, str], list[WorkItem]] = {}
    for item in work or ():
        open_here.setdefault((item.collection, item.third_party), []).append(item)
    keys = [(view.collection, view.third_party) for view in views]
    sections = [
        section_of(number, view, entries.get(key), open_here.get(key, ()))
        for number, (key, view) in enumerate(zip(keys, views, strict=True), 1)
    ]
    template = _environment().get_template("report.html.j2")
    render = partial(
        template.render,
        title=title,
        as_of=as_of,
        systems=systems,
        ipaas=systems[0],
        third=systems[1],
        sections=sections,
        overview=overview(sections),
        unpaired=scope_of(unpaired) if unpaired is not None else (),
        work=work,
        changes=changes,
        asked=asks(work) if work else (),
    )
    page = ""
    for detail in DETAILS:
        page = render(detail=detail)
        if len(page.encode()) < largest:
            break
    return page


def _environment() -> Environment:
    from jinja2 import Environment, PackageLoader, StrictUndefined  # noqa: PLC0415  only a page needs templates

    environment = Environment(
        loader=PackageLoader("ipaas_discovery.display"),
        autoescape=True,
        finalize=_seen,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals |= {
        "symbols": SYMBOLS,
        "directions": (Direction.TO, Direction.FROM),
        "methods": tuple(Method),
        "outcomes": tuple(Outcome),
    }
    environment.filters["grouped"] = group_findings
    environment.filters["breakable"] = _breakable
    environment.filters["drawn"] = _drawn
    environment.filters["percent"] = lambda share: "" if share is None else percent(share)
    return environment


def _seen(value: object) -> object:
    r"""Write what cannot be seen in a text as escapes, but for its line breaks; markup is left alone.

    >>> print(_seen("a\u202eb\x1b"), _seen(3))
    a\u202eb\u001b 3
    """
    is_text = isinstance(value, str) and not hasattr(value, "__html__")
    return "\n".join(map(visible, str(value).split("\n"))) if is_text else value


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
