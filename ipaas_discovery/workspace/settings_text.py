"""Text of a workspace's settings and of its example of secrets, for two connectors."""

from __future__ import annotations

import json
import re
import tomllib

from pydantic import TypeAdapter

from ipaas_discovery.knowledge.ipaas_collections import ipaas_collections
from ipaas_discovery.matching.collections.collection_matches import CollectionMatches, match_collections
from ipaas_discovery.systems.connectors.auth import Auth
from ipaas_discovery.systems.connectors.connector import Connector
from ipaas_discovery.systems.connectors.credentials import Credentials

__all__ = ["secret_variables", "secrets_text", "settings_text", "usual_pairs"]

SETTINGS = """\
# Which two systems, and which of their collections belong together.
# Going live changes the two lines `environment`; secrets come from the environment or `.env` (see .env.example here).
title = {title}
worksheet = "worksheet.yaml"     # the order: decisions are made here, keep it in git

[ipaas]
connector = "ipaas"
environment = {ipaas_environment}

[third_party]
connector = {connector}
environment = {environment}

[sample]
pages = 10                       # pages spread over each collection, of up to
size = 20                        # this many records
details = 3                      # records that are asked for one by one as well, as that often gives more
# edges = false                  # not the newest, the oldest and one page a filter value as well
# values = 20                    # filter values with a page of their own, at most
# until_quiet = 5                # go on until the last so many pages brought no new field (0: stop at `pages`),
# most_pages = 100               # but to so many pages at most
# requests = 50                  # calls for one collection, at most
# seconds = 300                  # for everything, at most
# A pair may have its own under its names: sample = {{ pages = 3, until_quiet = 0 }}

"""
GUESSED = """\
# Guessed by the collections' names: check each, remove what does not belong, add what is missing.
"""
PAIR = """\
[[collections]]
ipaas = {ipaas}
third_party = {third_party}
"""
UNREAD = """
# These belong together as well, by their names, but no call of iPaaS.com that reads its side is publicly known.
# Add a [[collections]] table as above for each that belongs into the worksheet:
"""
UNPAIRED = """
# Not paired, of the third party's collections:
"""
NO_GUESS = """\
# No collection here has a name that tells what it belongs to. Pair them yourself, as in this example:
#
# [[collections]]
# ipaas = "CUSTOMER"             # CUSTOMER, PRODUCT, TRANSACTION, TRANSACTION_LINE, ...
# third_party = {example}
#
# The third party's collections: {known}
"""
KEY = "IPAAS_DISCOVERY_KEY"
"""Variable that keeps pseudonyms the same from run to run, and from machine to machine."""
SECRETS = """\
# Copy this file to `.env` beside it and fill it in; git ignores `.env`. The environment and the system keyring
# (service "ipaas-discovery") are looked at as well. The embedded sandbox needs none of this.
"""


def usual_pairs(ipaas: Connector, third_party: Connector) -> list[tuple[str, str]]:
    """Pair collections that usually belong together by their names, in iPaaS.com's order; a guess, to be checked.

    >>> from ipaas_discovery.systems.connectors.connector import load_connector
    >>> usual_pairs(load_connector("ipaas"), load_connector("bigcommerce"))[:2]
    [('CUSTOMER_CATEGORY', 'customer_groups'), ('CUSTOMER', 'customers')]
    """
    return [pair for pair in _pairs(_matches(third_party)) if pair[0] in ipaas.collections]


def _matches(third_party: Connector) -> CollectionMatches:
    return match_collections(ipaas_collections(), third_party)


def _pairs(matches: CollectionMatches) -> list[tuple[str, str]]:
    return [(match.ipaas, match.third_party) for match in matches.proposals()]


def settings_text(ipaas: Connector, third_party: Connector, source: str) -> str:
    """Write the settings file, with the pairs of collections that their names suggest."""
    matches = _matches(third_party)
    pairs = [pair for pair in _pairs(matches) if pair[0] in ipaas.collections]
    head = SETTINGS.format(
        title=_quoted(f"{third_party.title} and iPaaS.com"),
        connector=_quoted(source),
        ipaas_environment=_environment(ipaas),
        environment=_environment(third_party),
    )
    if not pairs:
        names = list(third_party.collections)
        return head + NO_GUESS.format(example=_quoted(names[0] if names else "customers"), known=", ".join(names))
    tables = (PAIR.format(ipaas=_quoted(ours), third_party=_quoted(theirs)) for ours, theirs in pairs)
    return head + GUESSED + "\n".join(tables) + _others(matches, ipaas)


def _others(matches: CollectionMatches, ipaas: Connector) -> str:
    """Write, as comments, the pairs of which iPaaS.com's side cannot be read, and what is in no pair."""
    unread = [pair for pair in _pairs(matches) if pair[0] not in ipaas.collections]
    lines = [f"#   {ours}: {theirs}\n" for ours, theirs in unread]
    rows = matches.unpaired().frame().to_dict("records")
    left = [f"#   {row['collection']}: {row['reason']}\n" for row in rows if row["system"] != "iPaaS.com"]
    return "".join([UNREAD * bool(lines), *lines, UNPAIRED * bool(left), *left])


def _environment(connector: Connector) -> str:
    """Write the default environment, and the others in a comment."""
    others = [name for name in connector.environments if name != connector.default_environment]
    return _quoted(connector.default_environment) + (f"          # or: {', '.join(others)}" if others else "")


def secrets_text(*connectors: Connector, draft: str = "") -> str:
    """List the variables that both systems' live environments ask for, without values.

    Of a connector whose `draft` does not know the way to log in, those that it proposes are listed as unknown.
    """
    tables = []
    for connector in connectors:
        notes = {name: f"# {' '.join(text.split())}\n" for name, text in connector.scope.items()}
        variable = Credentials(connector.name).variable
        lines = [f"{notes.get(name, '')}{variable(name)}=" for name in _secret_names(connector)]
        note = "\n# or, instead of the three, an API key: IPAAS_TOKEN=" if connector.auth.kind == "ipaas" else ""
        unknown = _open(connector, draft)
        if not lines and not unknown:
            lines = ["# (no secret)"]
        tables.append("\n".join([f"\n# {connector.title}", *lines, *unknown]) + note + "\n")
    return SECRETS + "".join(tables)


def secret_variables(*connectors: Connector) -> list[str]:
    """List the variables that both systems' live environments ask for, and the key of pseudonyms."""
    names = [
        Credentials(connector.name).variable(name) for connector in connectors for name in _secret_names(connector)
    ]
    return [*dict.fromkeys(names), KEY]


def _open(connector: Connector, draft: str) -> list[str]:
    """Mark the secrets of a drafted connector whose way to log in is still unknown."""
    if connector.default_environment not in {"document", "file"} or connector.auth.kind != "none":
        return []
    variable = Credentials(connector.name).variable
    proposed = [f"# unknown: {variable(name)}=" for name in _proposed_secrets(draft)]
    names = "; by what it proposes, some of these" if proposed else ""
    return [f"# unknown: secrets. Write [auth] in the connector file first; it names them{names}", *proposed]


def _proposed_secrets(draft: str) -> list[str]:
    """List the secrets of the ways to log in that a draft proposes in comments."""
    block = re.search(r"^# unknown: auth\..*\n((?:#.*\n)*)", draft, re.MULTILINE)
    ways = re.findall(r"^# kind = .*\n(?:^# (?!kind)[\w-]+ = .*\n)*", block[1] if block else "", re.MULTILINE)
    secrets: dict[str, None] = {}
    for way in ways:
        settings = tomllib.loads(re.sub(r"^# ", "", way, flags=re.MULTILINE))
        secrets |= dict.fromkeys(TypeAdapter[Auth](Auth).validate_python(settings).secrets)
    return list(secrets)


def _secret_names(connector: Connector) -> list[str]:
    """List the secrets a connector asks for: those in its addresses, those of its auth, then its scope."""
    named = [
        name
        for environment in connector.environments.values()
        for name in re.findall(r"\{(\w+)\}", environment.base_url)
    ]
    if connector.auth.kind == "ipaas":
        return [*named, "email", "password", "company"]
    return list(dict.fromkeys((*named, *connector.auth.secrets, *connector.scope)))


def _quoted(text: str) -> str:
    """Write `text` as a TOML string: JSON's escapes are TOML's."""
    return json.dumps(text, ensure_ascii=False)
