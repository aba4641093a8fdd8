"""Files of a workspace that are for the people and the build servers that work in it."""

from __future__ import annotations

from collections.abc import Iterable

from ipaas_discovery import __version__

__all__ = ["build_text", "make_text", "readme_text", "requirements_text"]

README = """\
# {title}

A workspace of [ipaas-discovery](https://www.ipaas.com): know both systems before you build the integration.

| file | for |
|---|---|
| `data/discovery.toml` | which two systems, and which collections belong together: yours to edit |
| `data/.env.example` | the secrets a live system asks for: copy it to `data/.env`, which git ignores |
| `data/worksheet.yaml` | the order: what was decided, by whom and why; made by the first run, keep it in git |
| `data/evidence/` | what the kit found, written anew with every run; keep it in git as well |
| `notebooks/` | both systems, matches, directions, the worksheet, what changed |
| `data/out/` | the report and every form of the worksheet |
| `data/store/` | what real systems answered, redacted; stays on this machine |

`make` in this folder, or the command behind it:

| command | what it does |
|---|---|
| `make lab` | JupyterLab on the notebooks (`ipaas-discovery lab`) |
| `make discover` | pull, compare, write worksheet and report (`ipaas-discovery discover`) |
| `make reach` | log in to both systems and reach each collection (`ipaas-discovery check --reach`) |
| `make changes` | what changed since the pull before (`ipaas-discovery changes`) |
| `make check` | decided flows still possible, no change that nobody accepts (`ipaas-discovery check`) |
| `make test` | the notebooks show what they showed (`ipaas-discovery check --notebooks`) |
| `make notebooks` | execute them anew, after a change that is wanted |

A change of a field, a value set, a verdict, a pass rate or a decision in any pair of collections turns `make test` red
and is said in words. A change that is known can be accepted in `data/worksheet.yaml`; it is then shown as accepted.

The program is installed by `pip install -r requirements.txt`. The first runs answer from the embedded sandbox wherever
`data/discovery.toml` says `environment = "sandbox"`: nobody's real records are compared until that is changed.
"""
MAKE = """\
# The program has to be on the PATH (`pip install -r requirements.txt`), or be named: make lab KIT=path/to/program
KIT ?= ipaas-discovery
PYTHON ?= $(if $(findstring /,$(KIT)),$(dir $(KIT))python,python3)

.PHONY: discover lab reach changes check test notebooks

discover:                   ## pull from both systems, write the worksheet and the report to data/out/
\t$(KIT) discover

lab:                        ## JupyterLab on the notebooks
\t$(KIT) lab

reach:                      ## log in to both systems and reach each collection
\t$(KIT) check --reach

changes:                    ## what changed since the pull before
\t$(KIT) changes

check:                      ## decided flows are possible, and no change is open
\t$(KIT) check

test:                       ## the notebooks show what they showed
\t$(KIT) check --notebooks

notebooks:                  ## execute the notebooks anew, in place
\t$(PYTHON) -m ipaas_discovery.notebooks notebooks
"""
BUILD = """\
# Checks of this workspace on every push and every Monday. Secrets of live systems are set in the repository's settings.
name: check
on:
  push:
  workflow_dispatch:
  schedule:
    - cron: "0 6 * * 1"
jobs:
  check:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - uses: actions/setup-python@v5
        with:
          python-version: "3.12"
      - run: pip install -r requirements.txt
      - run: ipaas-discovery check --notebooks --junit notebooks.xml
{secrets}      - run: ipaas-discovery check --junit check.xml
        if: always()
{secrets}      - uses: actions/upload-artifact@v4
        if: always()
        with:
          name: checks
          path: "*.xml"
"""
SECRETS = "        env:\n"
REQUIREMENTS = """\
# The package is not on an index yet: make a wheel in a checkout of it (`pip wheel . --no-deps`), put it beside this
# file and name it instead: ./ipaas_discovery-{version}-py3-none-any.whl
ipaas-discovery=={version}
"""


def readme_text(title: str) -> str:
    """Write the README of a workspace."""
    return README.format(title=title)


def make_text() -> str:
    """Write the Makefile of a workspace."""
    return MAKE


def build_text(secrets: Iterable[str]) -> str:
    """Write the file by which a build server checks a workspace, with the secrets that live systems ask for."""
    lines = "".join(f"          {name}: ${{{{ secrets.{name} }}}}\n" for name in secrets)
    return BUILD.format(secrets=SECRETS + lines if lines else "")


def requirements_text() -> str:
    """Write the requirements of a workspace: this version of the kit."""
    return REQUIREMENTS.format(version=__version__)
