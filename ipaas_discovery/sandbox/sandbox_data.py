"""The data both sandbox systems are made of: records, OpenAPI documents, and what the sandbox decided itself."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import yaml

__all__ = ["read_shipped", "shipped_folder"]


def shipped_folder() -> Path:
    """Find the sandbox's data: the wheel's own copy, or the repository's `data/sandbox`.

    >>> (shipped_folder() / "README.md").is_file()
    True
    """
    shipped = Path(__file__).parent / "records"
    return shipped if shipped.is_dir() else Path(__file__).parents[2] / "data" / "sandbox"


@cache
def read_shipped(name: str) -> dict[str, Any]:
    """Read the YAML file `name` of the sandbox's data; the value is shared, so do not change it.

    >>> read_shipped("openapi/customers.v3")["openapi"]
    '3.0.3'
    """
    text = (shipped_folder() / f"{name}.yaml").read_text(encoding="utf-8")
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # ten times as fast, where PyYAML was built with it
    value: dict[str, Any] = yaml.load(text, loader)  # noqa: S506  either of them is a safe loader
    return value
