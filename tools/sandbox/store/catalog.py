"""Products, variants, categories, stock and locations, as the store returns them."""

from __future__ import annotations

from typing import Any

from tools.sandbox.disagreements import cents_to_units, happens, iso
from tools.sandbox.make_world import FIRST_DAY
from tools.sandbox.store.common import returned
from tools.sandbox.words import CATEGORIES, LOCATIONS
from tools.sandbox.world import Product, Variant, World

__all__ = ["categories", "inventory_items", "locations", "products", "variants"]

_CATEGORY_IDS_FROM = 20
_TAX_CLASSES = (0, 2, 3)


def products(world: World) -> list[dict[str, Any]]:
    """List `products`: every article of the store, 77 fields each."""
    return [_product(item) for item in _known(world)]


def _known(world: World) -> list[Product]:
    return [item for item in world.products if item.where.store_id is not None]


def _product(item: Product) -> dict[str, Any]:
    number, store_id = item.number, item.where.store_id or 0
    width, height, depth = item.size
    fields = {
        "id": store_id,
        "name": item.name,
        "type": "digital" if number % 30 == 0 else "physical",  # codes: Virtual in iPaaS.com
        "sku": item.sku,
        "description": f"<p>{item.name}. <em>Sample article.</em></p>",  # HTML; plain text in iPaaS.com
        "weight": float(item.weight_lb),  # units: pounds on this side, kilograms in iPaaS.com
        "width": width,
        "height": height,
        "depth": depth,
        "price": cents_to_units(item.price_cents),
        "cost_price": cents_to_units(item.cost_cents),
        "retail_price": cents_to_units(item.retail_cents),  # units; iPaaS.com's msrp is in cents
        "sale_price": cents_to_units(item.price_cents * 9 // 10) if number % 12 == 0 else 0,  # 0 for none; null there
        "tax_class_id": _TAX_CLASSES[number % 7 % 3],
        "categories": [_CATEGORY_IDS_FROM + item.category],
        "brand_id": 30 + number % 4,
        "inventory_level": sum(sum(variant.stock) for variant in item.variants),
        "inventory_warning_level": number % 5,
        "inventory_tracking": "variant" if item.options else "product",
        "is_free_shipping": number % 16 == 0,
        "is_visible": number % 14 != 0,
        "upc": f"{4000000000000 + number * 97}" if number % 2 else "",
        # Outside its enum: a value that no document lists, in 1 of 50 records.
        "availability": "backorder" if happens("outside enum", number) else "available",
        "condition": "Refurbished" if number % 45 == 0 else "New",
        "order_quantity_minimum": number % 3,
        "page_title": item.name if number % 4 == 0 else "",
        "meta_keywords": ["sample"] if number % 5 == 0 else [],
        "view_count": number * 13 % 400,
        "custom_url": {"url": f"/{item.sku.lower()}/", "is_customized": False},
        "mpn": f"M-{number:05d}" if number % 3 == 0 else "",
        "reviews_count": number % 4,
        "reviews_rating_sum": number % 4 * 4,
        "total_sold": number * 7 % 90,
        "custom_fields": _custom_fields(item),
        "primary_image": None if number % 4 else _image(item),
        "images": [] if number % 4 else [_image(item)],
        "date_created": iso(item.created),
        "date_modified": iso(item.modified),
        "base_variant_id": None if item.options else item.variants[0].store_id,  # null where the document allows none
        "calculated_price": cents_to_units(item.price_cents),
        "options": [_option(item, place) for place in range(len(item.options))],
        "option_set_id": store_id if item.options else None,
    }
    return returned("Product", fields)


def _custom_fields(item: Product) -> list[dict[str, Any]]:
    if item.number % 2 == 0:
        return []
    country = ("Portugal", "Germany", "United States")[item.number % 3]  # names; iPaaS.com's custom field has codes
    return [{"id": item.number, "name": "Country of origin", "value": country}]


def _image(item: Product) -> dict[str, Any]:
    fields = {
        "id": item.number,
        "product_id": item.where.store_id,
        "is_thumbnail": True,
        "url_standard": f"https://images.example.test/{item.sku}.jpg",
        "url_thumbnail": f"https://images.example.test/{item.sku}.s.jpg",
        "date_modified": iso(item.modified),
    }
    return returned("ProductImage", fields)


def _option(item: Product, place: int) -> dict[str, Any]:
    name, values = item.options[place]
    fields = {
        "id": _option_id(item, place),
        "product_id": item.where.store_id,
        "display_name": name,
        "type": "dropdown",
        "sort_order": place,
        "option_values": [
            returned(
                "OptionValue",
                {"id": _value_id(item, place, value), "label": value, "sort_order": order, "is_default": order == 0},
            )
            for order, value in enumerate(values)
        ],
    }
    return returned("ProductOption", fields)


def _option_id(item: Product, place: int) -> int:
    return (item.where.store_id or 0) * 10 + place


def _value_id(item: Product, place: int, value: str) -> int:
    return _option_id(item, place) * 10 + item.options[place][1].index(value)


def variants(world: World) -> list[dict[str, Any]]:
    """List `variants`: every stock-keeping unit; a product without options has one, its base variant."""
    return [_variant(item, variant) for item in _known(world) for variant in item.variants]


def _variant(item: Product, variant: Variant) -> dict[str, Any]:
    fields = {
        "id": variant.store_id,
        "product_id": item.where.store_id,
        "sku": variant.sku,
        "sku_id": variant.store_id + 400 if item.options else None,
        # Null: the product's own price holds.
        "price": cents_to_units(variant.price_cents) if variant.price_cents != item.price_cents else None,
        "calculated_price": cents_to_units(variant.price_cents),
        "cost_price": cents_to_units(item.cost_cents),
        "calculated_weight": float(item.weight_lb),
        "inventory_level": sum(variant.stock),
        "inventory_warning_level": item.number % 5,
        "option_values": [
            {
                "id": _value_id(item, place, value),
                "label": value,
                "option_id": _option_id(item, place),
                "option_display_name": item.options[place][0],
            }
            for place, value in enumerate(variant.values)
        ],
    }
    return returned("Variant", fields)


def categories(_: World) -> list[dict[str, Any]]:
    """List `categories`: the tree under the store's own names; 0 is the root, where iPaaS.com has null."""
    return [
        returned(
            "Category",
            {
                "id": _CATEGORY_IDS_FROM + place,
                "parent_id": 0 if category.parent is None else _CATEGORY_IDS_FROM + category.parent,
                "name": category.store,
                "sort_order": place,
                "custom_url": {"url": f"/category-{place}/", "is_customized": False},
            },
        )
        for place, category in enumerate(CATEGORIES)
    ]


def inventory_items(world: World) -> list[dict[str, Any]]:
    """List `inventory_items`: the stock of each variant at each location."""
    return [_stock(item, variant) for item in _known(world) for variant in item.variants]


def _stock(item: Product, variant: Variant) -> dict[str, Any]:
    identity = {
        "sku": variant.sku,
        "variant_id": variant.store_id,
        "product_id": item.where.store_id,
        "sku_id": variant.store_id + 400 if item.options else None,
    }
    at = [
        {
            "location_id": number,
            "location_code": code,
            "location_name": name,
            "available_to_sell": max(0, quantity - variant.store_id % 3),
            "total_inventory_onhand": quantity,
            "settings": {
                "safety_stock": variant.store_id % 3,
                "is_in_stock": quantity > 0,
                "warning_level": item.number % 5,
                "bin_picking_number": f"{number}-{item.number:03d}" if number == 1 else "",
            },
        }
        for number, ((name, code), quantity) in enumerate(zip(LOCATIONS, variant.stock, strict=True), 1)
    ]
    return {"identity": identity, "locations": at}


def locations(_: World) -> list[dict[str, Any]]:
    """List `locations`: where stock lies."""
    born = iso(FIRST_DAY).replace("+00:00", "Z")
    return [
        returned(
            "Location",
            {
                "id": number,
                "code": code,
                "label": name,
                "address": returned(
                    "LocationAddress",
                    {
                        "address1": f"{number} Fixture Lane",
                        "city": "Austin",
                        "state": "Texas",
                        "zip": "78701",
                        "email": f"{code.lower()}@example.test",
                        "country_code": "US",
                    },
                ),
                "created_at": born,
                "updated_at": born,
            },
        )
        for number, (name, code) in enumerate(LOCATIONS, 1)
    ]
