"""The calls of the platform's data APIs: those known, and those the sandbox had to decide."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from ipaas_discovery.sandbox.sandbox_data import read_shipped
from ipaas_discovery.schemas.declaring.facts import CollectionFacts, FieldFacts, load_facts

__all__ = ["PlatformCall", "apis", "filter_fields", "platform_calls", "title"]


@dataclass(frozen=True, slots=True)
class PlatformCall:
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
def platform_calls() -> tuple[PlatformCall, ...]:
    """Give every collection with paths of its own, sorted by name.

    The sandbox's own decisions: those in `platform.yaml`; create and update paths, which follow the one known
    example (`POST /v2/Transaction`): the path of one record, without the id to create it, with the id to update it.

    >>> [call.list_path for call in platform_calls() if call.api == "giftcards"]
    ['/v2/GiftCards']
    """
    return tuple(_call(facts) for facts in load_facts().values() if facts.list_path or facts.get_path)


def _call(facts: CollectionFacts) -> PlatformCall:
    decided = read_shipped("platform")
    one = (facts.get_path or "").removesuffix("/{id}") or decided["singles"][facts.name]
    by_id = f"{one}/{{id}}"
    return PlatformCall(
        facts,
        list_path=facts.list_path or decided["lists"][facts.name],
        get_path=facts.get_path,
        create_path=facts.create_path or one,
        update_path=facts.update_path or by_id,
        delete_path=by_id if facts.name in decided["deletable"] else None,
    )


@cache
def apis() -> tuple[str, ...]:
    """List the base paths of the data APIs.

    >>> apis()
    ('customers', 'giftcards', 'products', 'transactions')
    """
    return tuple(sorted({call.api for call in platform_calls()}))


def filter_fields(facts: CollectionFacts) -> dict[str, FieldFacts]:
    """Give the fields a list can be filtered by, under the names of the query: a record's own single values.

    That names are PascalCase is the platform's; that every single value can be filtered is the sandbox's
    own decision, and so are the names that `platform.yaml` takes from the vendor's models.
    """
    known = read_shipped("platform")["query_names"]
    own = (field for field in facts.fields if "." not in field.path)
    single = (field for field in own if field.types and not {"array", "object"} & set(field.types))
    return {known.get(field.path) or title(field.path): field for field in single}


def title(name: str) -> str:
    """Write a snake_case or UPPER_CASE name in PascalCase.

    >>> title("email_address"), title("TRANSACTION_LINE")
    ('EmailAddress', 'TransactionLine')
    """
    return "".join(part.capitalize() for part in name.split("_"))
