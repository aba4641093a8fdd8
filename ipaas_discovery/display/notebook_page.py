"""An executed notebook as one offline HTML page, for people who have no Jupyter."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from ipaas_discovery.errors import SourceError
from ipaas_discovery.quick_imports import imported_without

__all__ = ["notebook_page"]

TEMPLATES = Path(__file__).parent / "templates"
MALFORMED = (AttributeError, KeyError, TypeError)
"""Errors that nbformat raises for JSON that is no notebook."""
LIVE = "live"
"""Tag of cells that need a kernel; the page leaves them out."""


def notebook_page(notebook_path: str | Path, *, code: bool = False) -> str:
    """Make one HTML page of an executed notebook that asks for nothing outside and runs no script.

    Widgets are left out, since without a kernel they could not change anything: a cell that shows only
    a widget is tagged `live` and does not appear. What the notebook's other outputs show stays as it is.

    Args:
        notebook_path: an `.ipynb` file whose outputs are stored in it.
        code: whether the cells' code is shown too; by default only text and outputs are.

    Raises:
        SourceError: if the file cannot be read as a notebook.
    """
    with imported_without("rfc3987_syntax"):  # it alone takes a second
        from nbconvert import HTMLExporter  # noqa: PLC0415  nbconvert loads slowly, and only this function needs it
    from traitlets.config import Config  # noqa: PLC0415  only the exporter needs it

    path = Path(notebook_path)
    notebook = _read(path)
    notebook["metadata"].pop("widgets", None)
    notebook["metadata"].setdefault("title", _title(notebook, path.stem))
    config = Config()
    config.HTMLExporter.exclude_input = not code
    config.HTMLExporter.exclude_input_prompt = config.HTMLExporter.exclude_output_prompt = True
    config.TagRemovePreprocessor.enabled = True
    config.TagRemovePreprocessor.remove_cell_tags = (LIVE,)
    make_exporter: Any = HTMLExporter  # nbconvert is typed in part
    exporter = make_exporter(config=config, template_name="notebook", extra_template_basedirs=[str(TEMPLATES)])
    page, _ = exporter.from_notebook_node(notebook)
    return str(page)


def _read(path: Path) -> dict[str, Any]:
    import nbformat  # noqa: PLC0415  loads slowly

    read: Any = nbformat.reads  # nbformat is typed in part
    wrong = (
        nbformat.reader.NotJSONError,
        nbformat.ValidationError,
        UnicodeDecodeError,
        AttributeError,
        KeyError,
        TypeError,
    )
    try:
        notebook: dict[str, Any] = read(path.read_text(encoding="utf-8"), as_version=4)
    except OSError as error:
        raise SourceError("The notebook cannot be read", where=str(path), then=error.strerror or "check it") from error
    except wrong as error:
        raise SourceError("The file is no notebook", where=str(path), then="give the path of an .ipynb file") from error
    return notebook


def _title(notebook: dict[str, Any], otherwise: str) -> str:
    """Return the notebook's first heading, which a browser shows as the page's title."""
    texts = (cell["source"] for cell in notebook["cells"] if cell["cell_type"] == "markdown")
    lines = (line for text in texts for line in text.splitlines())
    return next((line[2:].strip() for line in lines if line.startswith("# ")), otherwise)
