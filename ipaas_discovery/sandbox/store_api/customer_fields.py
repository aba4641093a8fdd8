"""Fields of the store's customers, their addresses and groups."""

from __future__ import annotations

__all__ = ["TABLES"]

TABLES: dict[str, str] = {
    # 22 returned, 17 received on create, 16 on update; 16 of the 17 and all 16 are returned as well.
    "Customer": """
        email string RU max=255
        email string C! max=250
        first_name string RC!U max=100
        last_name string RC!U max=100
        company string RCU max=255
        phone string RCU max=50
        registration_ip_address string RU max=30
        notes string RCU
        tax_exempt_category string RCU max=255
        customer_group_id integer:int32 RCU
        id integer:int32 RU!
        date_modified string:date-time R
        date_created string:date-time R
        address_count integer:int32 R
        attribute_count integer:int32 R
        authentication object:Authentication RCU ={"force_password_reset":false}
        addresses array:CustomerAddress RC
        attributes array:Attribute RC
        form_fields array:CustomerFormField RCU
        store_credit_amounts array:Credit RCU =[{"amount":0}]
        accepts_product_review_abandoned_cart_emails boolean RCU
        origin_channel_id integer RCU =1
        channel_ids array:integer RCU
        trigger_account_created_notification boolean C
    """,
    "CustomerAddress": """
        id integer:int32 RU!
        customer_id integer:int32 RC
        address1 string RC!U
        address2 string RCU
        address_type string RCU enum=residential|commercial
        city string RC!U max=100
        company string RCU max=255
        country string R
        country_code string RC!U max=2
        first_name string RC!U max=255
        last_name string RC!U max=255
        phone string RCU max=50
        postal_code string RCU max=30
        state_or_province string RCU max=100
        form_fields array:FormField RCU
    """,
    "Authentication": """
        force_password_reset boolean RCU
        new_password string CU
    """,
    "Attribute": """
        attribute_id integer RC
        attribute_value string RC
        customer_id integer R
        date_created string:date-time R
        date_modified string:date-time R
        id integer R
    """,
    "CustomerFormField": """
        name string RC!U!
        value string RC!U!
        customer_id integer R
    """,
    "FormField": """
        name string RC!U!
        value string RC!U!
    """,
    "Credit": """
        amount number:double RCU
    """,
    "CustomerGroup": """
        id integer R
        name string RC!U
        is_default boolean RCU
        category_access object:CategoryAccess RCU ={"type":"all"}
        discount_rules array:DiscountRule RCU
        is_group_for_guests boolean RCU
        date_created string:date-time R
        date_modified string:date-time R
    """,
    "CategoryAccess": """
        type string RCU enum=all|specific|none
        categories array:integer RCU
    """,
    "DiscountRule": """
        type string RCU enum=price_list|all|category|product
        method string RCU enum=percent|fixed|price
        amount string RCU
    """,
}
"""Schema name → a table of its fields, in the notation of `fields.table`."""
