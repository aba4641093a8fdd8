"""Personal and secret fields by their names and what surrounds them."""

from __future__ import annotations

import re
from functools import lru_cache

__all__ = ["NAMING", "VALUES", "is_person", "is_personal", "is_place", "is_secret", "is_short", "words"]


def _set(text: str) -> frozenset[str]:
    return frozenset(text.split())


META = _set(
    "type types kind id ids count enabled disabled required expires expiry expiration at on format status url uri href "
    "label labels verified valid class classes mode method rate rates total amount date datetime time timestamp"
)
"""A name that ends in one of these says something about the thing, not the thing."""
SECRET = _set(
    "password passwd passphrase passcode passkey pwd secret secrets token tokens salt signature sig hmac cookie "
    "cookies cvv cvc cvv2 jwt bearer credential credentials hash hashes otp totp pin authorization nonce csrf xsrf "
    "fingerprint"
)
KEYS = re.compile(
    r"(?:api|access|private|secret|account|client|consumer|auth|authentication|signing|signature|encryption"
    r"|licen[cs]e|subscription|functions|app|application|master|shared|session|security|storage|ssh|order)key$"
    r"|sess(?:ion)?id$|sess(?:ion)?(?:id)?(?:entifier)?hash$|(?:md5|sha1|sha256|sha512)(?:sum|hash)?$"
)
"""Keys, sessions and digests: whoever has one is let in, or can tell who it was."""
PAGING = re.compile(
    r"(?:pages?|paging|pagination|next|prev|previous|continuation|sync|cursor|delta|skip|last|resume|scroll)token$"
)
"""Tokens that only say where a list goes on: a later request repeats them, and they open nothing."""
PERSONAL = _set(
    "email emails mail phone phones telephone mobile cell cellphone fax tel msisdn whatsapp skype handset "
    "surname forename lastname firstname fullname nickname username initials cardholder attention attn "
    "street streets postcode zip zipcode postal city town suburb locality sublocality latitude longitude lat lng lon "
    "addr adrs contct iban bic pan gan ssn ein nif nie cif cuit siret siren cpf cnpj curp pesel nino bsn gstin abn "
    "ustid steuernummer taxvat passport dob birthday birthdate birth ip forwarded "
    "vorname nachname strasse plz telefon prenom apellido apellidos correo courriel"
)
ENDINGS = re.compile(
    r"(?:first|last|middle|full|given|family|maiden|contact|customer|client|recipient|sender|to|from|user|person|buyer"
    r"|owner|author|cashier|employee|shipto|billto|screen|second|billing|shipping|delivery|payer|payee|consignee|guest"
    r"|member|holder|attendee|lead|subscriber|beneficiary|patient|student|manager|driver|staff|skypeuser)name$"
    r"|(?:^|fst|lst|bill|ship|first|last|contct|card)nam(?:upr)?\d?$(?<!^nam)"
    r"|salesperson$|contactperson$|(?:^|to|from|primary|main)contact$|^(?:user|customer)?login(?:name|email)?$"
    r"|address(?:line)?\d?$|^(?:street|line)\d$"
    r"|(?:card|creditcard|cc|account|bankaccount|bankidentification|routing|tax|vat|passport|licen[cs]e|identity|plate"
    r"|taxexempt|giftcard)(?:number|no|nr|num)(?:suffix|last\w+)?$|(?:tax|vat)registration(?:number|no|nr|id)$"
    r"|(?:tax|vat|national|passport|fiscal)(?:id|identifier|identificationnumber)$|(?:fiscal|national)code$"
    r"|(?:^|eu|tax|company|customer)vat$|ustidnr$|creditcard$|bankaccount(?:details)?$|sortcode$|last(?:4|four)$"
    r"|drivers?licen[cs]e$|socialsecurity|nationalinsurance|identitydocument|remoteaddr$"
)
OF_A_PERSON = _set(
    "name nam company companyname businessname organization organisation contact display displayname lines formatted"
)
"""Names that are personal where a person or an address is described."""
PERSONS = _set(
    "customer client shopper purchaser contact user employee person people recipient subscriber member buyer guest "
    "owner staff author address billing shipping addressee payer payee cashier cardholder salesperson patient student "
    "attendee consignee lead sender receiver profile participant donor beneficiary driver"
)
SHORT = _set("zip zipcode postcode postal plz ssn birth birthday birthdate dob pin last")
"""Words of fields whose numbers may be short and still tell who it is."""
VALUES = ("value", "Value")
NAMING = ("key", "name", "code", "attribute_code", "label", "field", "field_name", "Name", "Key", "custom_field_name")
"""Members that say what the `value` beside them is."""
PLACE = _set("latitude longitude lat lng lon")


@lru_cache(8192)
def words(name: str) -> tuple[str, ...]:
    """Split a field's name into its words, in lower case.

    >>> words("billingAddress_line1"), words("ID")
    (('billing', 'address', 'line', '1'), ('id',))
    """
    parts = re.findall(r"[A-Z]+(?=[A-Z][a-z])|[A-Z]?[^\W\d_A-Z]+|[A-Z]+|\d+", name)
    return tuple(part.lower() for part in parts)


@lru_cache(8192)
def is_person(name: str) -> bool:
    """Tell whether a name means a person or an address: by its last word, in singular or plural.

    >>> is_person("shipping_addresses"), is_person("CUSTOMER"), is_person("customer_groups"), is_person("shipTo")
    (True, True, False, True)
    """
    name_words = [word for word in words(name) if not word.isdigit()]
    last = name_words[-1] if name_words else ""
    turned = "".join(name_words[-2:]) in {"shipto", "billto", "soldto", "sellto", "payto"}
    return turned or bool({last, last.removesuffix("s"), last.removesuffix("es")} & PERSONS)


@lru_cache(8192)
def is_secret(name: str) -> bool:
    """Tell whether a field of this name holds a secret; the token of a next page is none.

    >>> [is_secret(name) for name in ("accessToken", "consumer_key", "sessionId", "token_type", "next_page_token")]
    [True, True, True, False, False]
    """
    name_words = words(name)
    joined = "".join(name_words)
    if not name_words or PAGING.search(joined):
        return False
    return bool(KEYS.search(joined)) or (name_words[-1] not in META and bool(SECRET & set(name_words)))


@lru_cache(8192)
def is_place(name: str) -> bool:
    """Tell whether a field of this name holds degrees of latitude or longitude."""
    return bool(PLACE & set(words(name)))


@lru_cache(8192)
def is_short(name: str) -> bool:
    """Tell whether a number of a few digits in a field of this name may be personal: a ZIP code, a year of birth."""
    return bool(SHORT & set(words(name)))


@lru_cache(65_536)
def is_personal(name: str, parent: str = "", *, of_person: bool = False) -> bool:
    """Tell whether a text in a field of this name is personal or secret.

    Args:
        name: the field's name.
        parent: the name of what holds the field.
        of_person: true if the record or the parent describes a person or an address.

    >>> is_personal("first_name"), is_personal("name"), is_personal("name", of_person=True), is_personal("email_type")
    (True, False, True, False)
    """
    name_words = words(name)
    if not name_words:
        return False
    joined = "".join(name_words)
    if ENDINGS.search(joined) or is_secret(name):
        return True
    if name_words[-1] in META and not {"birth", "dob"} & set(name_words):
        return False
    if PERSONAL & set(name_words) and not PAGING.search(joined):
        return True
    if "card" in parent.lower() and joined == "number":
        return True
    return of_person and joined in OF_A_PERSON
