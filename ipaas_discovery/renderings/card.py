"""The family of every value of a few named parts: Jupyter shows it as a table with a row for each."""

from __future__ import annotations

from ipaas_discovery.renderings.frames import frame_of
from ipaas_discovery.renderings.in_words import in_words, kind_words, parts_of
from ipaas_discovery.renderings.tables import html_table, markdown_table, plain_table
from ipaas_discovery.renderings.tabular import show_parts
from ipaas_discovery.renderings.texts import html_text, markdown_text, visible

__all__ = ["Card"]

COLUMNS = {"part": "str", "value": "str"}


class Card:
    """Mixin of a dataclass or a model: Jupyter shows its parts as a plain table that needs no kernel.

    The tuples and dicts among the parts of such a dataclass show themselves as tables, too.
    """

    __slots__ = ()

    def __post_init__(self) -> None:
        show_parts(self)

    def _repr_html_(self) -> str:
        return self._repr_mimebundle_()["text/html"]

    def _repr_mimebundle_(self, **_: object) -> dict[str, str]:
        """Return the parts for Jupyter to show and store, as HTML, Markdown and text, each below a caption."""
        parts = [(name.strip("_").replace("_", " "), in_words(part, name)) for name, part in parts_of(self).items()]
        frame = frame_of([{"part": name, "value": words} for name, words in parts if words], COLUMNS)
        title = kind_words(type(self))
        return {
            "text/html": f"<p><b>{html_text(title)}</b></p>\n{html_table(frame)}",
            "text/markdown": f"**{markdown_text(title)}**\n\n{markdown_table(frame)}",
            "text/plain": f"{visible(title)}\n{plain_table(frame)}",
        }
