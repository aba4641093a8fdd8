"""Order of implementation that the platform recommends: which collection has to exist before which."""

from __future__ import annotations

from collections.abc import Iterable

from ipaas_discovery.vocabulary import collection_name

__all__ = ["ORDER", "implementation_order", "prerequisites"]

ORDER: dict[str, tuple[str, ...]] = {
    "CUSTOMER_CATEGORY": (),
    "CUSTOMER_COMPANY_CATEGORY": (),
    "CUSTOMER_COMPANY": ("CUSTOMER_COMPANY_CATEGORY",),
    "CUSTOMER": ("CUSTOMER_CATEGORY", "CUSTOMER_COMPANY"),
    "CUSTOMER_CONTACT": ("CUSTOMER",),
    "CUSTOMER_RELATIONSHIP": ("CUSTOMER",),
    "COMPANY_RELATIONSHIP": ("CUSTOMER_COMPANY", "CUSTOMER"),
    "CUSTOMER_CATEGORY_ASSIGNMENT": ("CUSTOMER", "CUSTOMER_CATEGORY"),
    "COMPANY_CATEGORY_ASSIGNMENT": ("CUSTOMER_COMPANY", "CUSTOMER_COMPANY_CATEGORY"),
    "CUSTOMER_ADDRESS": ("CUSTOMER",),
    "CUSTOMER_COMPANY_ADDRESS": ("CUSTOMER_COMPANY",),
    "LOCATION": (),
    "LOCATION_ADDRESS": ("LOCATION",),
    "LOCATION_RELATIONSHIP": ("LOCATION",),
    "LOCATION_GROUP": ("LOCATION",),
    "LCOATION_GROUP_LOCATION_ASSIGNMENT": ("LOCATION_GROUP", "LOCATION"),
    "ALTERNATE_ID_TYPE": (),
    "CATALOG_CATEGORY_SET": (),
    "PRODUCT_CATEGORY": ("CATALOG_CATEGORY_SET",),
    "CATEGORY_SET_CATEGORY_ASSIGNMENT": ("CATALOG_CATEGORY_SET", "PRODUCT_CATEGORY"),
    "PRODUCT": ("PRODUCT_CATEGORY", "ALTERNATE_ID_TYPE", "LOCATION"),
    "PRODUCT_CATEGORY_ASSIGNMENT": ("PRODUCT", "PRODUCT_CATEGORY"),
    "PRODUCT_ALTERNATE_ID": ("PRODUCT", "ALTERNATE_ID_TYPE"),
    "PRODUCT_UNIT": ("PRODUCT",),
    "PRODUCT_INVENTORY": ("PRODUCT", "LOCATION"),
    "PRODUCT_OPTION": ("PRODUCT",),
    "PRODUCT_OPTION_VALUE": ("PRODUCT_OPTION",),
    "PRODUCT_VARIANT": ("PRODUCT", "PRODUCT_OPTION_VALUE"),
    "PRODUCT_VARIANT_OPTION": ("PRODUCT_VARIANT", "PRODUCT_OPTION"),
    "PRODUCT_VARIANT_OPTION_VALUE": ("PRODUCT_VARIANT_OPTION",),
    "PRODUCT_VARIANT_INVENTORY": ("PRODUCT_VARIANT", "LOCATION"),
    "PRODUCT_VARIANT_ALTERNATE_ID": ("PRODUCT_VARIANT", "ALTERNATE_ID_TYPE"),
    "PRODUCT_VARIANT_CATEGORY_ASSIGNMENT": ("PRODUCT_VARIANT", "PRODUCT_CATEGORY"),
    "PRODUCT_RELATED_PRODUCT": ("PRODUCT",),
    "VARIANT_RELATED_PRODUCT": ("PRODUCT_VARIANT",),
    "KIT": ("PRODUCT",),
    "KIT_COMPONENT": ("KIT", "PRODUCT"),
    "VARIANT_KIT": ("PRODUCT_VARIANT",),
    "VARIANT_KIT_COMPONENT": ("VARIANT_KIT", "PRODUCT_VARIANT"),
    "IMAGE": (),
    "IMAGE_ASSIGNMENT": ("IMAGE", "PRODUCT"),
    "BULK_PRICE": (),
    "BULK_PRICE_ASSIGNMENT": ("BULK_PRICE", "PRODUCT"),
    "SHIPPING_METHOD": (),
    "PAYMENT_METHOD": (),
    "GIFT_CARD": (),
    "GIFT_CARD_ACTIVITY": ("GIFT_CARD",),
    "TRANSACTION": ("CUSTOMER", "PRODUCT", "SHIPPING_METHOD", "PAYMENT_METHOD", "LOCATION", "GIFT_CARD"),
    "TRANSACTION_ADDRESS": ("TRANSACTION", "SHIPPING_METHOD"),
    "TRANSACTION_DISCOUNT": ("TRANSACTION",),
    "TRANSACTION_LINE": ("TRANSACTION", "PRODUCT"),
    "TRANSACTION_LINE_DISCOUNT": ("TRANSACTION_LINE",),
    "TRANSACTION_NOTE": ("TRANSACTION",),
    "TRANSACTION_PAYMENT": ("TRANSACTION", "PAYMENT_METHOD"),
    "TRANSACTION_TAX": ("TRANSACTION",),
    "TRANSACTION_TRACKING_NUMBER": ("TRANSACTION", "SHIPPING_METHOD"),
    "SHIPMENT": ("TRANSACTION", "SHIPPING_METHOD"),
    "SHIPMENT_LINE": ("SHIPMENT", "TRANSACTION_LINE"),
    "EMPLOYEE": (),
    "EMPLOYEE_ADDRESS": ("EMPLOYEE",),
    "TIMESHEET": ("EMPLOYEE",),
    "TIMESHEET_ENTRY": ("TIMESHEET",),
    "MESSAGE": (),
}
"""Every mapping-collection type in the order the platform recommends, with the types it points at.

The order is the help centre's (article 10770952); types that it does not name stand with their kin.
The spelling LCOATION_… is the platform's own.
"""

_PLACE = {name: place for place, name in enumerate(ORDER)}


def implementation_order(collections: Iterable[str]) -> list[str]:
    """Sort `collections` as they are to be built: parents first, unknown names last, by name.

    >>> implementation_order(["Lines", "returns", "Transactions", "Customers"])
    ['Customers', 'Transactions', 'Lines', 'returns']
    """
    return sorted(collections, key=lambda name: (_PLACE.get(collection_name(name), len(_PLACE)), name))


def prerequisites(collection: str) -> tuple[str, ...]:
    """List what has to exist before `collection`'s records: what they stand in, then what they point at.

    >>> prerequisites("Payments")
    ('TRANSACTION', 'PAYMENT_METHOD')
    """
    return ORDER.get(collection_name(collection), ())
