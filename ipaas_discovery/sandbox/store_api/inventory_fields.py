"""Fields of the store's stock and of the locations it lies at."""

from __future__ import annotations

__all__ = ["TABLES"]

TABLES: dict[str, str] = {
    # What is returned of stock and what is received share not one field.
    "InventoryItem": """
        identity object:InventoryIdentity R
        locations array:InventoryAtLocation R
        location_id integer U!
        sku string U
        variant_id integer U
        product_id integer U
        quantity integer U!
    """,
    "InventoryIdentity": """
        sku string R
        variant_id integer R
        product_id integer R
        sku_id integer R nullable
    """,
    "InventoryAtLocation": """
        location_id integer R
        location_code string R
        location_name string R
        available_to_sell integer R
        total_inventory_onhand integer R
        settings object:InventorySettings R
    """,
    "InventorySettings": """
        safety_stock integer R
        is_in_stock boolean R
        warning_level integer R
        bin_picking_number string R
    """,
    "Location": """
        id integer RU!
        code string RC!U max=20
        label string RC!U max=50
        description string RCU
        managed_by_external_source boolean RCU
        type_id string RCU enum=PHYSICAL|VIRTUAL ="PHYSICAL"
        enabled boolean RCU =true
        time_zone string RCU ="Etc/UTC"
        storefront_visibility boolean RCU
        address object:LocationAddress RC!U
        created_at string:date-time R
        updated_at string:date-time R
    """,
    "LocationAddress": """
        address1 string RC!U
        address2 string RCU
        city string RC!U
        state string RC!U
        zip string RC!U
        email string RC!U
        phone string RCU
        country_code string RC!U max=2
    """,
}
"""Schema name → a table of its fields, in the notation of `fields.table`."""
