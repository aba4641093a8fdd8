"""Names of fields as real systems spell them: which hold something of a person or a secret, and which only sound so."""

from __future__ import annotations

import pytest

from ipaas_discovery.samples.redaction.field_names import is_person, is_personal, is_secret

SECRET = {
    "keys": "api_key apikey apiKey X-Api-Key consumer_key consumer_secret client_secret private_key accessKey auth_key "
    "Ocp-Apim-Subscription-Key x-functions-key webhook_api_key signature_key license_key encryptionKey order_key",
    "tokens": "token access_token refreshToken id_token cart_token checkout_token payment_source_token "
    "X-Shopify-Access-Token "
    "card_nonce csrf_token jwt bearer X-Amz-Credential X-Amz-Signature X-Amz-Security-Token hmac sig",
    "sessions": "session_id sessionId JSESSIONID PHPSESSID session_hash session_key set-cookie cookies",
    "passwords": "password password_hash new_password passwd pwd rp_token otp pin cvv cvc2 hash salt fingerprint "
    "md5 email_md5 sha1 sha256",
}
PERSONAL = {
    "names": "first_name firstname FirstName last_name lastName middlename given_name family_name full_name nickname "
    "FST_NAM LST_NAM LST_NAM_UPR cardholder_name holder_name recipient_name buyer_full_name shipToName customerName "
    "customer_firstname contactName shipToContact payer_name SkypeUserName username user_name login user_login vorname",
    "mails": "email email_address EmailAddress customer_email contact_email "
    "EMAIL_ADRS_1 buyer_email_address guest_email",
    "phones": "phone phone_number PhoneNumber phone_area_code MBL_PHONE_1 PHONE_1 telephone mobile fax FAX_1 whatsapp",
    "addresses": "street street_1 address1 address_line_1 AddressLine1 line1 ADRS_1 billing_address buyer_address city "
    "CITY town locality sublocality_2 postal_code postcode zip ZIP_COD latitude longitude lng CONTCT_1 plz",
    "cards and banks": "card_number cardNumber cc_number pan pan_suffix last_4 last4 masked_account_number iban "
    "account_number account_number_suffix bankAccountNumber BankAccountDetails routing_number sort_code swift_bic "
    "gift_card_gan primary_bank_identification_number",
    "taxes": "tax_id vat_id vat_number VATNumber TaxNumber taxvat customer_taxvat eu_vat es_nif fr_siret sales_tax_id "
    "taxRegistrationNumber ssn ein cpf passport_number driver_license_number",
    "birthdays and machines": "dob customer_dob date_of_birth birthday birthDate BIRTH_DAT "
    "ip_address remote_ip browser_ip "
    "registration_ip_address x_forwarded_for",
}
NEITHER = {
    "cursors": "page_token pageToken next_page_token nextToken continuationToken sync_token cursor "
    "next_cursor page_info",
    "about it": "email_verified email_type email_count phone_type token_type expires_in password_changed_at "
    "password_changed_date last_login last_login_at last_login_date login_count address_id address_count card_type "
    "card_brand gift_card_id customer_id username_required session_count",
    "tax and money": "tax_class tax_code product_tax_code tax_rate vat_rate price_incl_vat vat_amount "
    "taxable subtotal_tax",
    "things": "id name sku status state country country_code currency description note variation_name product_name "
    "brand_name category_name display_name bank_name filename order_number invoice_number shipping_method "
    "account_type public_key sort_key meta_key idempotency_key primary_key keywords company_id",
    "parts of words": "zipper capacity velocity publicity phonetic relation mapping author_id cellar hashtag pinned "
    "opinion blank printer companion emailed_at",
}


def names(table):
    return [pytest.param(name, id=f"{kind}: {name}") for kind, text in table.items() for name in text.split()]


@pytest.mark.parametrize("name", names(SECRET))
def test_a_secret_is_known_by_its_name(name):
    assert is_secret(name)
    assert is_personal(name)


@pytest.mark.parametrize("name", names(PERSONAL))
def test_something_of_a_person_is_known_by_its_name(name):
    assert is_personal(name)


@pytest.mark.parametrize("name", names(NEITHER))
def test_what_only_sounds_so_is_neither(name):
    assert not is_secret(name)
    assert not is_personal(name)


@pytest.mark.parametrize(
    "name", ["name", "NAM", "display_name", "displayName", "company", "company_name", "business_name", "contact"]
)
def test_a_name_is_personal_where_a_person_is_described(name):
    assert is_personal(name, of_person=True)
    assert not is_personal(name) or name == "contact"


@pytest.mark.parametrize(
    "name", ["customer", "CUSTOMER", "Customers", "contacts", "shipping_addresses", "shipTo", "bill_to", "clients"]
)
def test_who_is_a_person(name):
    assert is_person(name)


@pytest.mark.parametrize("name", ["customer_groups", "products", "orders", "address_count", "GIFT_CARD", "ship_date"])
def test_what_is_no_person(name):
    assert not is_person(name)
