"""The few drawing instructions our plots need, written as SVG that reads wherever a notebook is shown.

Colours stand in attributes, so that a host which drops styles still draws them; where styles are kept, a dark
surrounding gets a dark card. The card is opaque, so that its text reads on any page.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from xml.sax.saxutils import escape, quoteattr

from ipaas_discovery.trees import visible

__all__ = ["SHADES", "bar", "document", "label", "steps"]

PAPER, INK, FAINT = "#fbfbfa", "#1f2328", "#59606a"
DARK = (
    "@media (prefers-color-scheme: dark){.ipd-paper{fill:#16181d}.ipd-ink{fill:#e6e8eb}.ipd-faint{fill:#a3aab5}"
    ".ipd-line{stroke:#4a505a}}"
)
SHADES = (("#e8eef5", INK), ("#bdd3ea", INK), ("#8db4db", INK), ("#3f7fbd", "#ffffff"), ("#1c548c", "#ffffff"))
"""Five shades, light to dark, each with the colour of the text on it."""


def document(size: tuple[int, int], title: str, description: str, parts: Iterable[str]) -> str:
    """A whole drawing on its card, named and described for those who do not see it."""
    width, height = size
    name = quoteattr(visible(title))
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}" '
        f'role="img" aria-label={name} font-family="system-ui, -apple-system, Segoe UI, sans-serif" font-size="12" '
        'style="max-width:100%;height:auto">'
    )
    card = (
        f'<rect class="ipd-paper ipd-line" x="0.5" y="0.5" width="{width - 1}" height="{height - 1}" rx="6" '
        f'fill="{PAPER}" stroke="#d0d4da"/>'
    )
    named = f"<title>{_text(title)}</title><desc>{_text(description)}</desc><style>{DARK}</style>"
    return "\n".join([head, named, card, *parts, "</svg>"])


def label(  # noqa: PLR0913  a text has a place, a look and words
    x: float, y: float, text: str, *, anchor: str = "start", faint: bool = False, colour: str = "", bold: bool = False
) -> str:
    """A line of text; `colour` where it stands on a coloured ground."""
    look = (
        f'fill="{colour}"' if colour else f'class="ipd-{"faint" if faint else "ink"}" fill="{FAINT if faint else INK}"'
    )
    weight = ' font-weight="600"' if bold else ""
    return f'<text x="{_n(x)}" y="{_n(y)}" text-anchor="{anchor}" {look}{weight}>{_text(text)}</text>'


def bar(x: float, y: float, size: tuple[float, float], colour: str, title: str = "") -> str:
    """A filled rectangle; `title` is shown by the pointer and read aloud."""
    inside = f"<title>{_text(title)}</title></rect>" if title else "</rect>"
    return f'<rect x="{_n(x)}" y="{_n(y)}" width="{_n(size[0])}" height="{_n(size[1])}" fill="{colour}">{inside}'


def steps(
    x: float, y: float, size: tuple[float, float], edges: tuple[Sequence[float], Sequence[float]], colour: str
) -> str:
    """The area between two step lines (shares of 0 to 1, from the ground up), each step `size[0]` wide."""
    wide, high = size
    lower, upper = edges
    top = [
        f"{_n(x + at * wide)},{_n(y + high * (1 - each))}" for step, each in enumerate(upper) for at in (step, step + 1)
    ]
    back = [
        f"{_n(x + at * wide)},{_n(y + high * (1 - each))}" for step, each in enumerate(lower) for at in (step, step + 1)
    ]
    return f'<polygon points="{" ".join([*top, *reversed(back)])}" fill="{colour}"/>'


def _text(text: str) -> str:
    return escape(visible(text))


def _n(number: float) -> str:
    """A number in a drawing: two digits after the point, none where they are noughts."""
    return f"{number:.2f}".rstrip("0").rstrip(".")
