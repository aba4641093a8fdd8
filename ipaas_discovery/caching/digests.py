"""Digests of what something is computed from: this program itself, and folders of data."""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from platform import python_version

__all__ = ["program_digest"]

PACKAGE = Path(__file__).parents[1]
LIBRARIES = ("anyascii", "numpy", "pandas", "python-stdnum", "rapidfuzz")
"""Libraries whose version may change what is computed."""
SUFFIXES = {".csv", ".json", ".py", ".toml"}


@cache
def program_digest() -> bytes:
    """Sum up Python's version, that of the libraries that count, and every file of this package."""
    versions = [(name, version(name)) for name in LIBRARIES]
    digest = sha256(repr((python_version(), versions)).encode())
    digest.update(folder_digest(PACKAGE, SUFFIXES))
    return digest.digest()


def folder_digest(folder: Path, suffixes: set[str]) -> bytes:
    """Sum up the files of a folder that have one of the suffixes, with their names."""
    digest = sha256()
    for path in sorted(folder.rglob("*")):
        if path.suffix in suffixes and path.is_file():
            digest.update(f"{path.relative_to(folder).as_posix()}\n".encode())
            digest.update(sha256(path.read_bytes()).digest())
    return digest.digest()
