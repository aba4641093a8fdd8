"""Which paths the platform's data APIs have: those known, and those the sandbox had to decide."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from ipaas_discovery.schemas.declaring.facts import CollectionFacts, FieldFacts, load_facts

__all__ = ["APIS", "SERVER_MADE", "Endpoint", "endpoints", "filter_fields", "title"]

APIS = ("customers", "giftcards", "products", "transactions")
"""Base paths of the data APIs."""

DECIDED_LISTS = {
    "CUSTOMER_CATEGORY": "/v2/Customer/Categories",
    "GIFT_CARD": "/v2/GiftCards",
    "PRODUCT_CATEGORY": "/v2/Catalog/Categories",
}
DECIDED_SINGULARS = {"PAYMENT_METHOD": "/v2/PaymentMethod", "SHIPPING_METHOD": "/v2/ShippingMethod"}
DELETABLE = frozenset({"CUSTOMER", "PRODUCT", "TRANSACTION"})

SERVER_MADE = frozenset({"created_datetime", "id", "tracking_guid", "updated_datetime"})
"""Fields the server fills; the sandbox's own decision is that nobody may send them."""

MODEL_NAMES = {
    "created_datetime": "CreatedDateTime",
    "transaction_parent_id": "ParentId",
    "updated_datetime": "UpdateDateTime",
}
"""Fields whose name in the vendor's models does not follow from their name in JSON."""


@dataclass(frozen=True, slots=True)
class Endpoint:
    """A collection's paths in its API; None where it has none. Create, update, delete are described, never served."""

    facts: CollectionFacts
    list_path: str
    get_path: str | None
    create_path: str
    update_path: str
    delete_path: str | None

    @property
    def api(self) -> str:
        """The base path of the API the collection belongs to."""
        return self.facts.api or ""


@cache
def endpoints() -> tuple[Endpoint, ...]:
    """Every collection with paths of its own, sorted by name.

    The sandbox's own decisions: the list paths of CUSTOMER_CATEGORY, GIFT_CARD and PRODUCT_CATEGORY; create
    and update paths, which follow the one known example (`POST /v2/Transaction`): the path of one record,
    without the id to create it, with the id to update it; delete for CUSTOMER, PRODUCT and TRANSACTION.
    Payment and shipping methods are listed but cannot be got one by one, since no such path is known.

    >>> [each.list_path for each in endpoints() if each.api == "giftcards"]
    ['/v2/GiftCards']
    """
    return tuple(_endpoint(facts) for facts in load_facts().values() if facts.list_path or facts.get_path)


def _endpoint(facts: CollectionFacts) -> Endpoint:
    one = (facts.get_path or "").removesuffix("/{id}") or DECIDED_SINGULARS[facts.name]
    by_id = f"{one}/{{id}}"
    return Endpoint(
        facts,
        list_path=facts.list_path or DECIDED_LISTS[facts.name],
        get_path=facts.get_path,
        create_path=facts.create_path or one,
        update_path=facts.update_path or by_id,
        delete_path=by_id if facts.name in DELETABLE else None,
    )


def filter_fields(facts: CollectionFacts) -> dict[str, FieldFacts]:
    """The fields a list can be filtered by, under the names of the query: a record's own single values.

    That names are PascalCase is the platform's; that every single value can be filtered is the sandbox's
    own decision, and so are the three names taken from the vendor's models.
    """
    own = (each for each in facts.fields if "." not in each.path)
    single = (each for each in own if each.types and not {"array", "object"} & set(each.types))
    return {MODEL_NAMES.get(each.path) or title(each.path): each for each in single}


def title(name: str) -> str:
    """A snake_case or UPPER_CASE name in PascalCase.

    >>> title("email_address"), title("TRANSACTION_LINE")
    ('EmailAddress', 'TransactionLine')
    """
    return "".join(part.capitalize() for part in name.split("_"))
