"""Workspace of one's own: settings, the notebooks, an example of a `.env` file, and what git shall ignore."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path, PurePath

from ipaas_discovery.atomic import fill_folder
from ipaas_discovery.connection import find_connector
from ipaas_discovery.drafting.detect import read_requests
from ipaas_discovery.drafting.from_calls import connector_text as text_from_calls
from ipaas_discovery.drafting.from_description import connector_text
from ipaas_discovery.drafting.from_files import connector_text_from_files
from ipaas_discovery.drafting.united_documents import shared_beginning, unite
from ipaas_discovery.errors import ConfigurationError
from ipaas_discovery.systems.connectors.connector import Connector, connector_of, load_connector
from ipaas_discovery.systems.openapi import read_openapi
from ipaas_discovery.systems.openapi.api_document import read_document
from ipaas_discovery.workspace.settings_text import secret_variables, secrets_text, settings_text, usual_pairs
from ipaas_discovery.workspace.workspace_files import build_text, make_text, readme_text, requirements_text

__all__ = ["create", "notebooks_folder", "unknowns", "usual_pairs"]

USUAL_STORE = "bigcommerce"
"""Connector of a workspace for which nobody names one."""
USUAL_SHOWN = "TRANSACTION"
"""Collection that the notebooks show, if a workspace has it."""
SHOWN_LINES = 6
"""Lines of a file that are named where the same thing is unknown."""
IGNORED = """\
# Secrets, results and systems' records stay out of git; data/worksheet.yaml belongs into it.
.env
.env.*
!.env.example
data/out/
data/store/
data/files/
.ipynb_checkpoints/
"""


def create(
    folder: Path,
    connector: str = USUAL_STORE,
    *,
    from_openapi: Sequence[Path] | Path | None = None,
    from_calls: Path | None = None,
    from_files: Sequence[Path] = (),
) -> list[Path]:
    """Make a workspace, in which `ipaas-discovery discover` runs; nothing that exists is overwritten.

    Args:
        folder: the folder to make; it may exist if it is empty.
        connector: the third party: a catalogue name, or the path of a connector file or API description,
            which is copied beside the settings.
        from_openapi: an API description, or several of one system, from which to write a connector file, in place of
            `connector`; it says what the documents state and marks what they do not.
        from_calls: saved calls to write it from instead: a Postman or Bruno collection, or a HAR file. It is not
            copied: it may hold secrets and people's data.
        from_files: files of records (CSV, Excel, JSON, JSON lines) of a system without an API. They are copied into
            `data/files`, which git ignores.

    Returns:
        The files made, sorted.

    Raises:
        UnknownNameError: for a connector that does not exist, with the nearest.
        ConfigurationError: if the folder holds something already or cannot be written, or the connector is wrong.
        DescriptionError: for an API description that cannot be read.
        SourceError: for a file of calls or records that cannot be read.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        then = "name one that does not exist or is empty; nothing there was touched"
        raise ConfigurationError("The folder holds something already", where=str(folder), then=then)
    documents = [from_openapi] if isinstance(from_openapi, Path) else [*(from_openapi or ())]
    contents = dict(_chosen(folder, connector, documents, from_calls, from_files))
    return fill_folder(folder, contents, error=ConfigurationError)


def unknowns(made: Sequence[Path]) -> list[str]:
    """List what is unknown in the connector file among the files of a new workspace, with its lines.

    Equal things are one entry: the kind of thing, and the lines where it stands.
    """
    drafts = [path for path in made if path.suffix == ".toml" and path.name != "discovery.toml"]
    entries = []
    for path in drafts:
        lines: dict[str, list[int]] = {}
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if match := re.search(r"^(?:# )?(?:([\w.-]+) = .*)?# unknown: ([^.;:]+)", line):
                lines.setdefault(", ".join(filter(None, match.groups())).strip(), []).append(number)
        entries += [f"Unknown, {path}, {_numbered(numbers)}: {what}" for what, numbers in lines.items()]
    return entries


def _numbered(numbers: list[int]) -> str:
    """Name lines by their numbers, the first few of many."""
    shown = ", ".join(map(str, numbers[:SHOWN_LINES]))
    more = f" and {len(numbers) - SHOWN_LINES} more" if len(numbers) > SHOWN_LINES else ""
    return f"line{'s'[: len(numbers) != 1]} {shown}{more}"


def notebooks_folder() -> Path:
    """Find the kit's own notebooks: the wheel's copy, or the repository's `notebooks`.

    >>> sorted(path.name[:2] for path in notebooks_folder().glob("*.ipynb"))
    ['01', '02', '03', '04', '05', '06']
    """
    shipped = Path(__file__).parents[1] / "shipped" / "notebooks"
    return shipped if shipped.is_dir() else Path(__file__).parents[2] / "notebooks"


def _chosen(
    folder: Path, connector: str, from_openapi: list[Path], from_calls: Path | None, from_files: Sequence[Path]
) -> Iterator[tuple[str, bytes]]:
    """Write the contents for the one thing that was given."""
    if sum((connector != USUAL_STORE, bool(from_openapi), from_calls is not None, bool(from_files))) > 1:
        then = (
            "give --connector for what is written already, --from-openapi, --from-calls or --from-file to have it "
            "written"
        )
        raise ConfigurationError("More than one origin of the connector was given", then=then)
    if from_openapi:
        return _described(from_openapi)
    if from_files:
        return _filed(folder.absolute().name, from_files)
    return _called(from_calls) if from_calls else _contents(connector)


def _contents(source: str) -> Iterator[tuple[str, bytes]]:
    """Yield each file's path in the workspace, and its bytes."""
    third_party, path = find_connector(source), Path(source)
    own_file = path.suffix != ""
    yield from _common(third_party, path.name if own_file else source)
    if own_file:
        yield f"data/{path.name}", path.read_bytes()
        yield from _beside(third_party, path.parent)


def _described(paths: list[Path]) -> Iterator[tuple[str, bytes]]:
    """Yield the files for API descriptions: a connector file written from them, and the descriptions beside it."""
    _refuse_twice(paths)
    documents = [(read_openapi(path), read_document(path)[0], path.name) for path in paths]
    name = _name(paths[0] if len(paths) == 1 else Path(_begin([path.stem for path in paths])))
    text = connector_text(*unite(documents, name=name))
    yield from _common(connector_of(text, name), f"{name}.toml", text)
    for path in paths:
        yield f"data/{path.name}", path.read_bytes()


def _begin(names: Sequence[str]) -> str:
    """Return the words that names begin with, else the first name."""
    return "_".join(shared_beginning(re.split(r"\W+", name) for name in names)) or names[0]


def _refuse_twice(paths: Sequence[Path]) -> None:
    """Refuse files of one name, of which only one can be copied."""
    twice = sorted(name for name, count in Counter(path.name for path in paths).items() if count > 1)
    if twice:
        raise ConfigurationError("Two files have the same name", where=twice[0], then="rename one of them")


def _called(path: Path) -> Iterator[tuple[str, bytes]]:
    """Yield the files for saved calls, which stay in their place."""
    name = _name(path)
    text = text_from_calls(read_requests(path), name)
    yield from _common(connector_of(text, name), f"{name}.toml", text)


def _filed(title: str, paths: Sequence[Path]) -> Iterator[tuple[str, bytes]]:
    """Yield the files for records, which come along."""
    _refuse_twice(paths)
    named = {f"files/{path.name}": path for path in paths}
    name = _name(Path(title))
    text = connector_text_from_files(named, title)
    yield from _common(connector_of(text, name), f"{name}.toml", text)
    for name_in_data, path in named.items():
        yield f"data/{name_in_data}", path.read_bytes()


def _name(path: Path) -> str:
    """Name a connector written from a file; `discovery.toml` is the settings' own."""
    name = re.sub(r"\W+", "_", path.stem).strip("_").lower()
    return "system" if name in {"", "discovery"} else name


def _common(third_party: Connector, source: str, draft: str = "") -> Iterator[tuple[str, bytes]]:
    """Yield what every workspace holds; the text of a connector file that was drafted becomes one."""
    ipaas = load_connector("ipaas")
    if draft:
        yield f"data/{source}", draft.encode()
    yield "data/discovery.toml", settings_text(ipaas, third_party, source).encode()
    yield "data/.env.example", secrets_text(ipaas, third_party, draft=draft).encode()
    records = sorted({spec.file for spec in third_party.collections.values() if spec.file})
    title = f"{third_party.title} and iPaaS.com"
    yield "README.md", readme_text(title).encode()
    yield "Makefile", make_text().encode()
    yield "requirements.txt", requirements_text().encode()
    yield ".github/workflows/check.yml", build_text(secret_variables(ipaas, third_party)).encode()
    yield ".gitignore", "".join([IGNORED, *(f"data/{name}\n" for name in records if "/" not in name)]).encode()
    pairs = [ours for ours, _ in usual_pairs(ipaas, third_party)]
    shown = USUAL_SHOWN if USUAL_SHOWN in pairs or not pairs else pairs[0]
    for notebook in sorted(notebooks_folder().glob("*.ipynb")):
        yield f"notebooks/{notebook.name}", _cleared(notebook.read_text(encoding="utf-8"), shown)


def _beside(connector: Connector, folder: Path) -> Iterator[tuple[str, bytes]]:
    """Yield the files that lie beside a connector file and are named in it, records among them."""
    named = {name for environment in connector.environments.values() for name in environment.openapi}
    named |= {received.file for spec in connector.collections.values() for received in spec.received}
    named |= {spec.file for spec in connector.collections.values() if spec.file}
    for name in sorted(named):
        inside = not PurePath(name).is_absolute() and ".." not in PurePath(name).parts
        if inside and (folder / name).is_file():
            yield f"data/{name}", (folder / name).read_bytes()


def _cleared(notebook: str, shown: str) -> bytes:
    """Turn a notebook to the collection `shown`, without outputs: what it ships with is of the sandbox."""
    content = json.loads(notebook)
    for cell in content["cells"]:
        if cell["cell_type"] == "code":
            cell["outputs"], cell["execution_count"] = [], None
            cell["source"] = [line.replace(f'= "{USUAL_SHOWN}"', f'= "{shown}"') for line in cell["source"]]
    return (json.dumps(content, indent=1, ensure_ascii=False) + "\n").encode()
