"""First execution of a workspace's notebooks, where nobody outside has to be asked for it."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from ipaas_discovery.discovery import Discovery
from ipaas_discovery.errors import DiscoveryError
from ipaas_discovery.notebooks import rewrite
from ipaas_discovery.samples.redaction.pseudonyms.redaction_key import CONSEQUENCE, lasting_key

__all__ = ["execute_once"]


def execute_once(folder: Path, program: str = "ipaas-discovery") -> str:
    """Execute the notebooks of a new workspace in place; give a sentence on why that has to wait, empty if it was done.

    They are, where both systems are embedded or consist of files. Others are executed once they can be reached.

    Args:
        folder: the workspace.
        program: the way to call the program from there.
    """
    kit = f" KIT={program}" if "/" in program else ""
    later = f"`make notebooks{kit}` executes the notebooks, so that `make test{kit}` has something to compare"
    settings = folder / "data" / "discovery.toml"
    try:
        with Discovery.open(settings) as discovery:
            systems = (discovery.ipaas, discovery.third_party)
            if not discovery.pairs or not all(system.synthetic or system.environment.files for system in systems):
                env = folder / "data" / ".env"
                return (
                    f"Records come once {env} is filled in, as .env.example beside it says: `{program} check --reach` "
                    f"tries it. Then {later}"
                )
            if not (discovery.third_party.synthetic or lasting_key()):
                return f"{CONSEQUENCE.rstrip('.')}. With a key, {later}"
            discovery.worksheet.save()
        with ThreadPoolExecutor(2) as executor:
            list(executor.map(rewrite, sorted((folder / "notebooks").glob("*.ipynb"))))
    except DiscoveryError as error:
        return f"The notebooks are not executed yet, {str(error).rstrip('.')}. When that is mended, {later}"
    return ""
