"""Names that hold secrets, and such that only sound like it."""

from __future__ import annotations

import pytest

from ipaas_discovery.drafting.saved_calls.secrets import without_secrets
from ipaas_discovery.knowledge.sensitive_names import is_secret


@pytest.mark.parametrize(
    "name",
    ["Authorization", "X-Api-Key", "apiKey", "api_key", "X-Auth-Token", "X-Shopify-Access-Token", "access_token",
     "refreshToken", "client_secret", "password", "Set-Cookie", "consumer_key", "token", "sessionId", "pin",
     "Ocp-Apim-Subscription-Key", "X-CSRF-Token", "hash_signature", "key", "X-Tenant-Pass", "db_pass", "basicAuth"],
)  # fmt: skip
def test_a_secret_is_known_by_its_name(name):
    assert is_secret(name, in_request=True)


@pytest.mark.parametrize(
    "name",
    ["page_token", "nextPageToken", "token_type", "sku", "keywords", "key_account", "author", "spinner", "monkey",
     "product_key_features", "shipping", "passenger", "compass", "bypass", "pass_rate", "authority"],
)  # fmt: skip
def test_what_only_sounds_like_a_secret_is_kept(name):
    assert not is_secret(name, in_request=True)


def test_secrets_are_left_out_at_any_depth_and_the_rest_stays():
    body = {"a": [{"password": "x", "n": 1}], "tokens": ["x", {"b": 2}], "secret": {"c": 3, "pin": 4}, "token": None}
    assert without_secrets(body) == {
        "a": [{"password": "(removed)", "n": 1}],
        "tokens": ["(removed)", {"b": 2}],
        "secret": {"c": 3, "pin": "(removed)"},
        "token": None,
    }
