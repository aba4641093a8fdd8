"""Evidence of a workspace on the embedded sandbox, computed while JupyterLab starts, so that notebooks only read it.

`python -m ipaas_discovery.workspace.compute_ahead FILE` does it; `ipaas-discovery lab` starts that beside JupyterLab.
"""

from __future__ import annotations

import sys
from contextlib import suppress
from pathlib import Path

from ipaas_discovery.discovery import Discovery
from ipaas_discovery.errors import DiscoveryError

__all__ = ["compute_ahead"]


def compute_ahead(settings: Path) -> bool:
    """Compute what the notebooks show, of today's pull and of the one before, and keep it; tells whether it was done.

    Nobody outside is asked, and no file of people is written: it is done where both systems are embedded and the
    worksheet is there.
    """
    with suppress(DiscoveryError), Discovery.open(settings) as discovery:
        embedded = discovery.ipaas.synthetic and discovery.third_party.synthetic
        if embedded and discovery.written.path:
            kept = bool(discovery.worksheet.entries)
            if len(discovery.days) > 1:
                discovery.changes()
            return kept
    return False


if __name__ == "__main__":
    compute_ahead(Path(sys.argv[1]))
