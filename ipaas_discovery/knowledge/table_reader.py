"""Read the tables of knowledge: TOML into frozen dataclasses, CSV into rows."""

from __future__ import annotations

from importlib.resources import files
from threading import RLock
from typing import TypeVar

__all__ = ["converted", "read_csv", "read_toml"]

Kind = TypeVar("Kind")
_LEARNING = RLock()


def read_toml(name: str, kind: type[Kind]) -> Kind:
    """Read the file `name`.toml as a value of a dataclass; a value of the wrong type is an error of the kit's own.

    >>> from ipaas_discovery.knowledge.file_kinds import FileKinds
    >>> read_toml("files", FileKinds).files[0].suffix
    '.csv'
    """
    import tomllib  # noqa: PLC0415  an import of the package reads no knowledge

    return converted(tomllib.loads(_text(f"{name}.toml")), kind)


def converted(value: object, kind: type[Kind]) -> Kind:
    """Convert plain data to a dataclass or a struct, one thread at a time.

    What msgspec learns of a class when it first meets it, another thread would use half made: the process would end.

    Raises:
        msgspec.ValidationError: if a value is of the wrong type.
    """
    import msgspec  # noqa: PLC0415  an import of the package reads no knowledge

    with _LEARNING:
        return msgspec.convert(value, kind)


def read_csv(name: str) -> list[dict[str, str]]:
    """Read the rows of the file `name`.csv by the names in its first row; an empty cell is an empty text.

    >>> read_csv("currencies")[0]["code"]
    'AED'
    """
    import csv  # noqa: PLC0415  an import of the package reads no knowledge

    return [*csv.DictReader(_text(f"{name}.csv").splitlines())]


def _text(name: str) -> str:
    return files("ipaas_discovery.knowledge").joinpath(name).read_text(encoding="utf-8")
