"""Fields of the store's products, variants and categories."""

from __future__ import annotations

__all__ = ["TABLES"]

TABLES: dict[str, str] = {
    # 77 returned, 67 received on create (65 of them returned), 66 on update.
    "Product": """
        id integer R
        name string RC!U max=250
        type string RC!U enum=physical|digital ="physical"
        sku string RCU max=255
        description string RCU
        weight number:float RC!U
        width number:float RCU
        depth number:float RCU
        height number:float RCU
        price number:float RC!U
        cost_price number:float RCU
        retail_price number:float RCU
        sale_price number:float RCU
        map_price number RCU
        tax_class_id number RCU
        product_tax_code string RCU max=255
        categories array:integer RCU
        brand_id integer RCU
        brand_name string CU
        inventory_level integer RCU
        inventory_warning_level integer RCU
        inventory_tracking string RCU enum=none|product|variant ="product"
        fixed_cost_shipping_price number:float RCU
        is_free_shipping boolean RCU
        is_visible boolean RCU =true
        is_featured boolean RCU
        related_products array:integer RCU
        warranty string RCU max=65535
        bin_picking_number string RCU max=255
        layout_file string RCU max=500
        upc string RCU max=14
        search_keywords string RCU max=65535
        availability_description string RCU max=255
        availability string RCU enum=available|disabled|preorder ="available"
        gift_wrapping_options_type string RCU enum=any|none|list ="any"
        gift_wrapping_options_list array:integer RCU
        sort_order integer RCU
        condition string RCU enum=New|Used|Refurbished ="New"
        is_condition_shown boolean RCU
        order_quantity_minimum integer RCU
        order_quantity_maximum integer RCU
        page_title string RCU max=255
        meta_keywords array:string RCU
        meta_description string RCU max=65535
        view_count integer RCU
        preorder_release_date string:date-time RCU nullable
        preorder_message string RCU max=255
        is_preorder_only boolean RCU
        is_price_hidden boolean RCU
        price_hidden_label string RCU max=200
        custom_url object:CustomUrl RCU
        open_graph_type string RCU enum=product|album|book|drink|food|game|movie|song|tv_show ="product"
        open_graph_title string RCU
        open_graph_description string RCU
        open_graph_use_meta_description boolean RCU =true
        open_graph_use_product_name boolean RCU =true
        open_graph_use_image boolean RCU =true
        gtin string RCU max=14
        mpn string RCU
        date_last_imported string RCU
        reviews_rating_sum integer RCU
        reviews_count integer RCU
        total_sold integer RCU
        custom_fields array:ProductCustomField RCU
        bulk_pricing_rules array:BulkPricingRule RCU
        images array:ProductImage RCU
        primary_image object:ProductImage R nullable
        videos array:ProductVideo RCU
        parent_relations array:ParentRelation R
        date_created string:date-time R
        date_modified string:date-time R
        base_variant_id integer R
        calculated_price number:float R
        options array:ProductOption R
        modifiers array:ProductModifier R
        option_set_id integer R
        option_set_display string R ="right"
        channels array:integer R =[1]
        variants array:Variant C
    """,
    "CustomUrl": """
        url string RCU
        is_customized boolean RCU
        create_redirect boolean CU
    """,
    "ProductCustomField": """
        id integer R
        name string RC!U!
        value string RC!U!
    """,
    "BulkPricingRule": """
        id integer R
        quantity_min integer RC!U!
        quantity_max integer RC!U!
        type string RC!U! enum=price|percent|fixed
        amount number RC!U!
    """,
    "ProductImage": """
        id integer R
        product_id integer R
        is_thumbnail boolean RCU
        sort_order integer RCU
        description string RCU
        image_url string CU
        url_standard string R
        url_thumbnail string R
        date_modified string:date-time R
    """,
    "ProductVideo": """
        id integer R
        product_id integer R
        title string RCU max=255
        description string RCU
        sort_order integer RCU
        type string RCU enum=youtube
        video_id string RCU
        length string R
    """,
    "ParentRelation": """
        type string R
        product_id integer R
        attribute_id integer R
    """,
    "ProductOption": """
        id integer R
        product_id integer R
        display_name string R
        type string R enum=radio_buttons|rectangles|dropdown|swatch
        config any R =[]
        sort_order integer R
        option_values array:OptionValue R
    """,
    "OptionValue": """
        id integer R
        label string R max=255
        sort_order integer R
        is_default boolean R
        value_data any R =null
    """,
    "ProductModifier": """
        id integer R
        product_id integer R
        name string R
        display_name string R
        type string R
        required boolean R
        sort_order integer R
        option_values array:OptionValue R
    """,
    "Variant": """
        id integer RU!
        product_id integer R
        sku string RC!U max=255
        sku_id integer R nullable
        price number:float RCU nullable
        calculated_price number:float R
        sale_price number:float RCU nullable
        retail_price number:float RCU nullable
        map_price number RCU nullable
        cost_price number:float RCU
        weight number:float RCU nullable
        calculated_weight number:float R
        width number:float RCU nullable
        height number:float RCU nullable
        depth number:float RCU nullable
        is_free_shipping boolean RCU
        fixed_cost_shipping_price number:float RCU nullable
        purchasing_disabled boolean RCU
        purchasing_disabled_message string RCU max=255
        image_url string RCU
        upc string RCU max=14
        inventory_level integer RCU
        inventory_warning_level integer RCU
        bin_picking_number string RCU max=255
        mpn string RCU
        gtin string RCU max=14
        option_values array:VariantOptionValue RC
    """,
    "VariantOptionValue": """
        id integer RC
        label string R
        option_id integer RC
        option_display_name string R
    """,
    "Category": """
        id integer R
        parent_id integer RC!U
        name string RC!U max=50
        description string RCU
        views integer RCU
        sort_order integer RCU
        page_title string RCU
        search_keywords string RCU max=255
        meta_keywords array:string RCU
        meta_description string RCU max=65535
        layout_file string RCU max=500
        is_visible boolean RCU =true
        default_product_sort string RCU enum=use_store_settings|featured|newest|alpha_asc ="use_store_settings"
        image_url string RCU
        custom_url object:CustomUrl RCU
    """,
}
"""Schema name → a table of its fields, in the notation of `fields.table`."""
