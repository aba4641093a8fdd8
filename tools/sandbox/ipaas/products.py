"""Products with all they nest, product categories and locations, as iPaaS.com returns them."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from tools.sandbox.disagreements import cents_to_units, happens, padded
from tools.sandbox.ipaas.common import Child, record
from tools.sandbox.words import CATEGORIES, LOCATIONS
from tools.sandbox.world import Product, Variant, World

__all__ = ["categories", "locations", "products", "sku_kept"]

_CATEGORY_IDS_FROM = 3100
_LOCATION_IDS = tuple(str(310 + place) for place in range(len(LOCATIONS)))
_KILOGRAMS_A_POUND = Decimal("0.45359237")
_NAME_TOO_LONG = 262
"""One product's name is longer than the 250 characters the store takes."""


def sku_kept(product: Product, variant: Variant | None = None) -> str:
    """Write the SKU as iPaaS.com has it: some of the all-digit ones are padded to five places."""
    sku = variant.sku if variant else product.sku
    # Padding: 00123 on this side, 123 in the store.
    return padded(sku, 5) if happens("padded sku", product.number) else sku


def products(world: World) -> list[dict[str, Any]]:
    """List PRODUCT: every article iPaaS.com knows, with variants, stock, options, units, codes and kits nested."""
    known = [item for item in world.products if item.where.ipaas_id is not None]
    child = Child()
    return [_product(item, known[place - 1], child) for place, item in enumerate(known)]


def _product(item: Product, neighbour: Product, child: Child) -> dict[str, Any]:
    number = item.where.ipaas_id or 0
    has_variants = bool(item.options)
    fields = {
        "sku": sku_kept(item),
        "description": f"{item.name}. Sample article." if item.number % 4 else None,  # plain text; the store has HTML
        "name": _name(item),
        "type": "Virtual" if item.number % 30 == 0 else "Physical",
        "tracking_method": "Variant" if has_variants else "Product",
        **_prices(item),
        "tax_class": ("STANDARD", "REDUCED", "EXEMPT")[item.number % 7 % 3],  # codes: the store has class ids
        "barcode": f"{4000000000000 + item.number * 97}" if item.number % 2 else "",
        "status": "Active" if item.number % 14 else "Inactive",
        "unit": "EA" if item.number % 3 else None,
        "allow_discounts": item.number % 8 != 0,
        "allow_backorders": item.number % 10 == 0 if item.number % 6 else None,
        "in_stock_threshold": float(item.number % 5) if item.number % 2 else None,
        **_measures(item),
        "kit": _kit(item, neighbour, child) if item.number % 25 == 0 else None,
        "variants": [_variant(item, variant, child) for variant in item.variants] if has_variants else [],
        "inventory": [] if has_variants else _inventory(item, item.variants[0], child),
        "categories": [_assignment(item.category, child)],
        "options": [_option(item, order, *option, child) for order, option in enumerate(item.options)],
        "units": _units(item, child) if item.number % 6 == 0 else [],
        "alternate_ids": [_alternate(item, child)] if item.number % 3 == 0 else [],
        "related_products": [_related(item, neighbour, child)] if item.number % 9 == 0 else [],
    }
    custom = {"Country Of Origin": ("PT", "DE", "US")[item.number % 3]} if item.number % 2 else {}
    return record(
        number, fields, kind="product", store_id=item.where.store_id if item.where.linked else None, custom=custom
    )


def _name(item: Product) -> str:
    if item.number == 90:  # noqa: PLR2004  longer than the store's 250 characters
        return f"{item.name} ".ljust(_NAME_TOO_LONG, "-")
    # Case and blanks: "PLAIN MUG 7 " against "Plain Mug 7".
    return f"{item.name.upper()} " if happens("renamed", item.number) else item.name


def _prices(item: Product) -> dict[str, Any]:
    drift = 100 if happens("price drift", item.number) else 0
    return {
        "default_price": cents_to_units(item.price_cents + drift),
        "msrp": float(item.retail_cents),  # cents against units: an old import wrote 4999.0 for the store's 49.99
        "sale_price": cents_to_units(item.price_cents * 9 // 10) if item.number % 12 == 0 else None,
    }


def _measures(item: Product) -> dict[str, Any]:
    width, height, depth = item.size
    kilograms = (item.weight_lb * _KILOGRAMS_A_POUND).quantize(Decimal("0.001"))
    # Units: kilograms on this side, pounds in the store; rounding: three decimals, so the way back is not exact.
    return {"width": float(width), "height": float(height), "depth": float(depth), "weight": float(kilograms)}


def _variant(item: Product, variant: Variant, child: Child) -> dict[str, Any]:
    stock = sum(variant.stock)
    fields = {
        "sku": sku_kept(item, variant),
        "parent_id": item.where.ipaas_id,
        "default_price": cents_to_units(variant.price_cents),
        "msrp": None,
        "sale_price": None,
        "cost": cents_to_units(item.cost_cents),
        "qty_on_hand": float(stock),
        "qty_available": float(stock),
        "barcode": "",
        "status": "Active",
        **_measures(item),
        "kit": None,
        "inventory": _inventory(item, variant, child),
        "categories": [],
        "options": [
            _option_value(_option_id(item, option), option, value, order, child)
            for order, ((option, _), value) in enumerate(zip(item.options, variant.values, strict=True))
        ],
        "alternate_ids": [],
        "related_products": [],
    }
    return record(variant.ipaas_id, fields, store_id=variant.store_id if item.where.linked else None)


def _inventory(item: Product, variant: Variant, child: Child) -> list[dict[str, Any]]:
    parent = variant.ipaas_id if item.options else item.where.ipaas_id
    # Moved: the two systems were counted at different hours.
    moved = 2 if happens("stock moved", variant.store_id) else 0
    return [
        record(
            child.next("inventory"),
            {
                "parent_id": parent,
                "location_id": location,
                "qty_on_hand": float(quantity + moved),
                "qty_available": float(max(0, quantity + moved - variant.store_id % 3)),
                "cost": cents_to_units(item.cost_cents),
            },
        )
        for location, quantity in zip(_LOCATION_IDS, variant.stock, strict=True)
    ]


def _option(item: Product, order: int, name: str, values: tuple[str, ...], child: Child) -> dict[str, Any]:
    number = _option_id(item, name)
    choices = [_option_value(number, name, value, position, child) for position, value in enumerate(values)]
    return record(number, {"option_name": name, "type": "Dropdown", "order": order, "values": choices})


def _option_id(item: Product, name: str) -> int:
    return (item.where.ipaas_id or 0) * 10 + [option for option, _ in item.options].index(name)


def _option_value(option_id: int, name: str, value: str, order: int, child: Child) -> dict[str, Any]:
    fields = {"option_id": str(option_id), "option_name": name, "value": value, "detail": None, "order": order}
    return record(child.next("option value"), fields)


def _assignment(category: int, child: Child) -> dict[str, Any]:
    """Make a category assignment: it carries no external ids and no custom fields."""
    number = _CATEGORY_IDS_FROM + category
    name = CATEGORIES[category].ipaas
    return {"id": str(child.next("assignment")), "category_id": number, "category_name": name}


def _units(item: Product, child: Child) -> list[dict[str, Any]]:
    return [
        record(
            child.next("unit"),
            {
                "name": name,
                "conversion": float(pieces),
                "default_price": cents_to_units(item.price_cents * pieces * (20 - pieces // 6) // 20),
                "msrp": None,
                "sale_price": None,
            },
        )
        for name, pieces in (("EA", 1), ("CASE", 12))
    ]


def _alternate(item: Product, child: Child) -> dict[str, Any]:
    fields = {
        "sku": sku_kept(item),
        "unit": "EA",
        "alternate_id_type_id": 2,
        "alternate_id": f"{800000 + item.number:08d}",
        "description": "Supplier's article number",
    }
    return record(child.next("alternate id"), fields)


def _related(item: Product, other: Product, child: Child) -> dict[str, Any]:
    fields = {
        "product_id": item.where.ipaas_id,
        "product_sku": sku_kept(item),
        "is_variant": False,
        "related_sku": sku_kept(other),
        "related_id": other.where.ipaas_id,
        "related_type": "Cross-sell",
    }
    return record(child.next("related product"), fields)


def _kit(item: Product, part: Product, child: Child) -> dict[str, Any]:
    kind = ("Bill of Materials", "Basic", "Add-on")[item.number // 25 % 3]
    component = record(
        child.next("kit component"),
        {"sku": sku_kept(part), "quantity": 2.0, "unit": "EA", "type": "Product"},
    )
    fields = {"sku": sku_kept(item), "description": f"Set of {item.name}", "type": kind, "components": [component]}
    return record(child.next("kit"), fields)


def categories(_: World) -> list[dict[str, Any]]:
    """List PRODUCT_CATEGORY: a small tree, every second one linked to the store's."""
    return [
        record(
            _CATEGORY_IDS_FROM + place,
            {
                "name": category.ipaas,
                "description": None if place % 2 else f"All about {category.ipaas.lower()}",
                "parent_id": None if category.parent is None else _CATEGORY_IDS_FROM + category.parent,
                "category_sets": [{"id": "71", "name": "Web shop"}] if place % 3 == 0 else [],
            },
            store_id=20 + place if place % 2 else None,
        )
        for place, category in enumerate(CATEGORIES)
    ]


def locations(_: World) -> list[dict[str, Any]]:
    """List LOCATION: where stock lies; the last one is only iPaaS.com's."""
    known = [
        record(int(number), {"name": name, "description": None, "location_groups": None}, store_id=place + 1)
        for place, (number, (name, _code)) in enumerate(zip(_LOCATION_IDS, LOCATIONS, strict=True))
    ]
    return [*known, record(399, {"name": "Trade Fair", "description": "", "location_groups": None})]
