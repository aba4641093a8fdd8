"""The worksheet as YAML: the whole document, for people who read it without the kit."""

from __future__ import annotations

from ipaas_discovery.worksheet.exports.json_export import plain_synopsis
from ipaas_discovery.worksheet.saving.yaml_text import to_yaml
from ipaas_discovery.worksheet.synopsis.synopsis import Synopsis

__all__ = ["render"]

FACTS = {"collections", "systems", "tables"}
"""Parts that only the JSON holds: every field of both systems, for programs rather than people."""


def render(synopsis: Synopsis) -> bytes:
    """Render a worksheet as YAML; the same worksheet gives the same bytes."""
    order = {name: part for name, part in plain_synopsis(synopsis).items() if name not in FACTS}
    return to_yaml(order).encode()
