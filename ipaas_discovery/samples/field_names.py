"""What is personal or secret by the name of a field and what surrounds it."""

from __future__ import annotations

import re
from functools import lru_cache

__all__ = ["is_person", "is_personal", "is_secret", "words"]


def _set(text: str) -> frozenset[str]:
    return frozenset(text.split())


META = _set(
    "type types kind id ids count enabled disabled required expires expiry expiration at on format status url uri href "
    "label labels verified valid class classes mode method rate rates total amount"
)
"""A name that ends in one of these says something about the thing, not the thing."""
SECRET = _set(
    "password passwd passphrase pwd secret secrets token tokens salt signature cookie cookies cvv cvc cvv2 jwt bearer "
    "credential credentials hash hashes otp pin authorization apikey"
)
PERSONAL = _set(
    "email emails mail phone phones telephone mobile cell cellphone fax tel msisdn whatsapp handset "
    "surname forename lastname firstname fullname nickname username login initials cardholder attention attn "
    "street streets postcode zip zipcode postal city town suburb latitude longitude lat lng lon "
    "iban bic pan ssn ein nif cif siret siren cpf cnpj passport vat dob birthday birthdate birth ip"
)
ENDINGS = re.compile(
    r"(?:api|access|private|secret|account|client)key$"
    r"|(?:first|last|middle|full|given|family|maiden|contact|customer|recipient|sender|to|from|user|person|buyer|owner"
    r"|author|cashier|employee|shipto|billto|screen|second)name$|salesperson$|contactperson$"
    r"|(?:^|street|home|mailing|billing|shipping|delivery|ip|mac|postal)address(?:line)?\d?$|^(?:street|line)\d$"
    r"|(?:card|creditcard|cc|account|bankaccount|routing|tax|vat|passport|licen[cs]e|identity|taxexempt)(?:number|no|nr)$"
    r"|(?:tax|vat|national|passport|fiscal)(?:id|identifier|identificationnumber|code)$|sortcode$|last(?:4|four)$"
    r"|socialsecurity|nationalinsurance|identitydocument|remoteaddr$|userlogin$"
)
OF_A_PERSON = _set("name company companyname organization organisation contact display")
"""Names that are personal where a person or an address is described."""
PERSONS = _set(
    "customer contact user employee person people recipient subscriber member buyer guest owner staff author address "
    "billing shipping addressee payer payee cashier salesperson patient student attendee consignee lead"
)


@lru_cache(8192)
def words(name: str) -> tuple[str, ...]:
    """The words of a field's name, in lower case.

    >>> words("billingAddress_line1"), words("ID")
    (('billing', 'address', 'line', '1'), ('id',))
    """
    found = re.findall(r"[A-Z]+(?=[A-Z][a-z])|[A-Z]?[^\W\d_A-Z]+|[A-Z]+|\d+", name)
    return tuple(each.lower() for each in found)


@lru_cache(8192)
def is_person(name: str) -> bool:
    """Whether what carries this name is a person or an address: by its last word, in singular or plural.

    >>> is_person("shipping_addresses"), is_person("CUSTOMER"), is_person("customer_groups")
    (True, True, False)
    """
    last = next((each for each in reversed(words(name)) if not each.isdigit()), "")
    return bool({last, last.removesuffix("s"), last.removesuffix("es")} & PERSONS)


@lru_cache(8192)
def is_secret(name: str) -> bool:
    """Whether a field of this name holds a secret.

    >>> is_secret("accessToken"), is_secret("token_type")
    (True, False)
    """
    found = words(name)
    return bool(found) and found[-1] not in META and (bool(SECRET & set(found)) or "".join(found).endswith("apikey"))


@lru_cache(65_536)
def is_personal(name: str, parent: str = "", *, of_person: bool = False) -> bool:
    """Whether a text in a field of this name is personal or secret.

    Args:
        name: the field's name.
        parent: the name of what holds the field.
        of_person: whether the record or the parent describes a person or an address.

    >>> is_personal("first_name"), is_personal("name"), is_personal("name", of_person=True), is_personal("email_type")
    (True, False, True, False)
    """
    found = words(name)
    if not found:
        return False
    joined = "".join(found)
    if ENDINGS.search(joined):
        return True
    if found[-1] in META:
        return False
    if is_secret(name) or PERSONAL & set(found):
        return True
    if "card" in parent.lower() and joined == "number":
        return True
    return of_person and joined in OF_A_PERSON
