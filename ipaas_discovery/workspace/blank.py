"""Workspace for an integration whose third party is not known yet: a worksheet of iPaaS.com's models to fill in."""

from __future__ import annotations

import json
from pathlib import Path

from ipaas_discovery.atomic import fill_folder
from ipaas_discovery.errors import ConfigurationError
from ipaas_discovery.knowledge.ipaas_collections import ipaas_collections
from ipaas_discovery.worksheet.entry import Entry
from ipaas_discovery.worksheet.parts import CollectionSide
from ipaas_discovery.worksheet.questions import default_questions
from ipaas_discovery.worksheet.worksheet import Worksheet

__all__ = ["blank_worksheet", "create_blank"]

SETTINGS = """\
# Which two systems; the third party is not known yet. Once it is, name its connector here and its collections
# in the worksheet (`third_party: …` below each type), and run `ipaas-discovery discover`.
title = {title}
worksheet = "worksheet.yaml"     # the order: decisions are made here, keep it in git

[ipaas]
connector = "ipaas"
environment = "sandbox"          # staging, production

[third_party]
connector = ""                   # a catalogue name, or the path of a connector file
"""
IGNORED = ".env\n.env.*\ndata/out/\ndata/store/\n"


def blank_worksheet(title: str) -> Worksheet:
    """Make a worksheet of every type that iPaaS.com supports, in the order of implementation, without a counterpart.

    >>> blank_worksheet("Shop").entries[0].key
    ('CUSTOMER_CATEGORY', '')
    """
    questions = default_questions("collection")
    entries = [
        Entry(name, kind.id, questions=questions) for name, kind in ipaas_collections().items() if kind.implemented
    ]
    return Worksheet(
        title, ipaas=CollectionSide("iPaaS.com"), entries=entries, questions=default_questions("integration")
    )


def create_blank(folder: Path) -> list[Path]:
    """Make a workspace with a blank worksheet; nothing that exists is overwritten.

    Raises:
        ConfigurationError: if the folder holds something already.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        then = "name one that does not exist or is empty; nothing there was touched"
        raise ConfigurationError("The folder holds something already", where=str(folder), then=then)
    data = folder / "data"
    title = f"{folder.absolute().name} and iPaaS.com"
    settings = SETTINGS.format(title=json.dumps(title, ensure_ascii=False))
    contents = {".gitignore": IGNORED.encode(), "data/discovery.toml": settings.encode()}
    fill_folder(folder, contents, error=ConfigurationError)
    blank_worksheet(title).save(data / "worksheet.yaml")
    return [folder / ".gitignore", data / "discovery.toml", data / "worksheet.yaml"]
