"""The key of the pseudonyms: kept by the system keyring or given by the environment, never beside the data."""

from __future__ import annotations

import os
import secrets
from functools import cache

__all__ = ["CONSEQUENCE", "lasting_key", "redaction_key"]

SERVICE, NAME = "ipaas-discovery", "redaction-key"
VARIABLE = "IPAAS_DISCOVERY_KEY"
CONSEQUENCE = (
    "Pseudonyms of personal data hold for this run only: there is no system keyring and no IPAAS_DISCOVERY_KEY, so a "
    "later pull gives the same person another pseudonym; set IPAAS_DISCOVERY_KEY to a long random text to compare pulls"
)


def redaction_key() -> bytes:
    """Get the environment's `IPAAS_DISCOVERY_KEY`, else the keyring's, made there once, else this process's own."""
    return lasting_key() or _of_this_process()


def lasting_key() -> bytes | None:
    """Get the key that a later run will find too, or None where neither environment nor keyring holds one."""
    given = os.environ.get(VARIABLE)
    return given.encode() if given else _from_keyring()


@cache
def _of_this_process() -> bytes:
    return secrets.token_bytes(32)


def _from_keyring() -> bytes | None:
    import keyring  # noqa: PLC0415  slow to import, and only a pull of real records needs it
    from keyring.errors import KeyringError  # noqa: PLC0415  comes with the keyring

    try:
        password = keyring.get_password(SERVICE, NAME)
        if not password:
            keyring.set_password(SERVICE, NAME, secrets.token_hex(32))
            password = keyring.get_password(SERVICE, NAME)  # a keyring that keeps nothing says nothing either
    except (KeyringError, OSError):
        return None
    return password.encode() if password else None
