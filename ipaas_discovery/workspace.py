"""A workspace of one's own: settings, the notebooks, an example of a `.env` file, and what git shall ignore."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePath

from ipaas_discovery.connecting import find_connector
from ipaas_discovery.errors import ConfigurationError
from ipaas_discovery.systems.connector import Connector, load_connector
from ipaas_discovery.systems.credentials import Credentials

__all__ = ["create", "notebooks_folder", "usual_pairs"]

USUAL: Mapping[str, tuple[str, ...]] = {
    "CUSTOMER_CATEGORY": ("customer_groups", "customer_categories"),
    "CUSTOMER_COMPANY": ("companies", "customer_companies"),
    "CUSTOMER": ("customers", "users", "contacts"),
    "LOCATION": ("locations", "warehouses"),
    "PRODUCT_CATEGORY": ("categories", "product_categories"),
    "PRODUCT": ("products", "items"),
    "PRODUCT_VARIANT": ("variants", "product_variants", "variations", "product_variations"),
    "PRODUCT_INVENTORY": ("inventory", "stock", "inventory_levels", "inventory_items"),
    "GIFT_CARD": ("gift_certificates", "gift_cards"),
    "TRANSACTION": ("orders", "sales", "transactions"),
    "TRANSACTION_LINE": ("order_products", "order_lines", "line_items", "lines", "order_items"),
    "TRANSACTION_ADDRESS": ("order_shipping_addresses", "order_addresses"),
    "TRANSACTION_TAX": ("order_taxes", "tax_lines"),
    "TRANSACTION_PAYMENT": ("order_transactions", "order_payments", "payments"),
    "TRANSACTION_TRACKING_NUMBER": ("order_shipments", "shipments", "fulfillments"),
}
"""What shops and ERPs usually call the collection that belongs to one of iPaaS.com's; the likeliest first."""

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

"""
GUESSED = """\
# Guessed by the collections' names: check each, remove what does not belong, add what is missing.
"""
PAIR = """\
[[collections]]
ipaas = {ipaas}
third_party = {third_party}
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
IGNORED = """\
# Secrets and results stay out of git; data/worksheet.yaml belongs into it.
.env
.env.*
!.env.example
data/out/
.ipynb_checkpoints/
"""
SECRETS = """\
# Copy this file to `.env` beside it and fill it in; git ignores `.env`. The environment and the system keyring
# (service "ipaas-discovery") are looked at as well. The embedded sandbox needs none of this.
"""


def create(folder: Path, connector: str = "bigcommerce") -> list[Path]:
    """Make a workspace, in which `ipaas-discovery discover` runs; nothing that exists is overwritten.

    Args:
        folder: what to make; it may exist if it is empty.
        connector: the third party: a catalogue name, or the path of a connector file or API description,
            which is copied beside the settings.

    Returns:
        The files made, sorted.

    Raises:
        UnknownNameError: for a connector that does not exist, with the nearest.
        ConfigurationError: if the folder holds something already, or the connector is wrong.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        then = "name one that does not exist or is empty; nothing there was touched"
        raise ConfigurationError("The folder holds something already", where=str(folder), then=then)
    contents = dict(_contents(connector))
    for name, content in contents.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("xb") as file:
            file.write(content)
    return sorted(folder / name for name in contents)


def notebooks_folder() -> Path:
    """Where the kit's own notebooks are: the wheel's copy, or the repository's `notebooks`.

    >>> sorted(path.name[:2] for path in notebooks_folder().glob("*.ipynb"))
    ['01', '02', '03', '04']
    """
    shipped = Path(__file__).parent / "shipped" / "notebooks"
    return shipped if shipped.is_dir() else Path(__file__).parents[1] / "notebooks"


def usual_pairs(ipaas: Connector, third_party: Connector) -> list[tuple[str, str]]:
    """Pairs of collections that are usual by their names, in iPaaS.com's order; a guess, to be checked.

    >>> usual_pairs(load_connector("ipaas"), load_connector("bigcommerce"))[:2]
    [('CUSTOMER_CATEGORY', 'customer_groups'), ('CUSTOMER', 'customers')]
    """
    theirs = {re.sub(r"\W+", "_", name).lower(): name for name in third_party.collections}
    found = [(ours, next((theirs[name] for name in usual if name in theirs), None)) for ours, usual in USUAL.items()]
    return [(ours, name) for ours, name in found if name is not None and ours in ipaas.collections]


def _contents(source: str) -> Iterator[tuple[str, bytes]]:
    """Each file's path in the workspace, and its bytes."""
    ipaas, third_party = load_connector("ipaas"), find_connector(source)
    path = Path(source)
    own_file = path.suffix != ""
    yield "data/discovery.toml", _settings(ipaas, third_party, path.name if own_file else source).encode()
    yield "data/.env.example", _secrets(ipaas, third_party).encode()
    yield ".gitignore", IGNORED.encode()
    if own_file:
        yield f"data/{path.name}", path.read_bytes()
        yield from _descriptions(third_party, path.parent)
    for notebook in sorted(notebooks_folder().glob("*.ipynb")):
        yield f"notebooks/{notebook.name}", _cleared(notebook.read_text(encoding="utf-8"))


def _descriptions(connector: Connector, folder: Path) -> Iterator[tuple[str, bytes]]:
    """The API descriptions that lie beside a connector file and are named in it."""
    named = {name for place in connector.environments.values() for name in place.openapi}
    for name in sorted(named):
        inside = not PurePath(name).is_absolute() and ".." not in PurePath(name).parts
        if inside and (folder / name).is_file():
            yield f"data/{name}", (folder / name).read_bytes()


def _settings(ipaas: Connector, third_party: Connector, source: str) -> str:
    pairs = usual_pairs(ipaas, third_party)
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
    return head + GUESSED + "\n".join(tables)


def _environment(connector: Connector) -> str:
    """The default environment, and the others in a comment."""
    others = [name for name in connector.environments if name != connector.default_environment]
    return _quoted(connector.default_environment) + (f"          # or: {', '.join(others)}" if others else "")


def _secrets(*connectors: Connector) -> str:
    """The variables that both systems' live environments ask for, without values."""
    tables = []
    for connector in connectors:
        lines = [f"{Credentials(connector.name).variable(name)}=" for name in _asked(connector)]
        note = "\n# or, instead of the three, an API key: IPAAS_TOKEN=" if connector.auth.kind == "ipaas" else ""
        tables.append(f"\n# {connector.title}\n" + ("\n".join(lines) or "# (no secret)") + note + "\n")
    return SECRETS + "".join(tables)


def _asked(connector: Connector) -> list[str]:
    """Names of the secrets a connector asks for: those in its addresses, then those of its auth."""
    texts = [place.base_url for place in connector.environments.values()] + [connector.auth.model_dump_json()]
    named = [name for text in texts for name in re.findall(r"\{(\w+)\}", text)]
    return list(dict.fromkeys(named + (["email", "password", "company"] if connector.auth.kind == "ipaas" else [])))


def _cleared(notebook: str) -> bytes:
    """A notebook without outputs: those it ships with are of the sandbox, not of this workspace's systems."""
    content = json.loads(notebook)
    for cell in content["cells"]:
        if cell["cell_type"] == "code":
            cell["outputs"], cell["execution_count"] = [], None
    return (json.dumps(content, indent=1, ensure_ascii=False) + "\n").encode()


def _quoted(text: str) -> str:
    """`text` as a TOML string: JSON's escapes are TOML's."""
    return json.dumps(text, ensure_ascii=False)
