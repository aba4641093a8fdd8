"""Fields of what an order leaves behind (taxes, parcels, coupons, payments), and of gift certificates."""

from __future__ import annotations

__all__ = ["TABLES"]

TABLES: dict[str, str] = {
    "OrderTax": """
        id integer R
        order_id integer R
        order_address_id integer R
        tax_rate_id integer R =1
        sales_tax_id string R
        tax_class_id integer R nullable
        name string R
        class string R
        rate string R ="0.0000"
        priority number R
        priority_amount string R ="0.0000"
        line_amount string R ="0.0000"
        order_pickup_method_id number R
        order_product_id string R
        line_item_type string R enum=item|shipping|handling|gift-wrapping ="item"
    """,
    "OrderShipment": """
        id integer R
        order_id integer R
        customer_id integer R
        order_address_id integer RC!U
        date_created string R
        tracking_number string RCU
        merchant_shipping_cost string R ="0.0000"
        shipping_method string RCU
        shipping_provider any RCU
        tracking_carrier string RCU
        tracking_link string RCU
        comments string RCU max=65535
        billing_address object:OrderAddress R
        shipping_address object:OrderAddress R
        items array:ShipmentItem RC!
        shipping_provider_display_name string R
        generated_tracking_link string R
    """,
    "ShipmentItem": """
        order_product_id integer RC!
        product_id integer R
        quantity integer RC!
    """,
    "OrderCoupon": """
        id integer R
        coupon_id integer R
        order_id integer R
        code string R nullable
        amount any R
        type integer R enum=0|1|2|3|4|5
        discount number R
    """,
    "OrderTransaction": """
        id integer:int64 R
        order_id string R
        event string R enum=purchase|authorization|capture|refund|void|pending|settled
        method string R
        amount number:float R
        currency string R ="USD"
        gateway string R
        gateway_transaction_id string R nullable
        payment_method_id string R
        status string R enum=ok|error
        date_created string:date-time R
        test boolean R =true
        fraud_review boolean R
        reference_transaction_id integer:int64 R nullable
        offline object:Offline R nullable
        credit_card object:CreditCard R nullable
    """,
    "Offline": """
        display_name string R
    """,
    "CreditCard": """
        card_type string R
        card_last4 string R
    """,
    "GiftCertificate": """
        id integer R
        customer_id integer R
        order_id integer R
        to_name string RC!U
        to_email string RC!U
        from_name string RC!U
        from_email string RC!U
        code string RCU
        amount string RC!U
        balance string RCU
        status string RCU enum=active|pending|disabled|expired
        template string RCU ="General.html"
        message string RCU max=200
        purchase_date string RCU
        expiry_date string RCU
        currency_code string RCU ="USD"
    """,
}
"""Schema name → a table of its fields, in the notation of `fields.table`."""
