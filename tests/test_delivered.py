"""What the platform was told to do, read with the pull: redacted, stored, replayed, and done without."""

from pathlib import Path

import httpx
import pytest

from ipaas_discovery import Discovery
from ipaas_discovery.sandbox.platform_app import platform_app

DATA = Path(__file__).parents[1] / "data"
SECRETS = "IPAAS_EMAIL=analyst@example.test\nIPAAS_PASSWORD=sandbox-password\nIPAAS_COMPANY=Sandbox Trading Company\n"


@pytest.fixture
def settings(tmp_path):
    """An integration with a platform that is no sandbox of the kit's, so that its answers are redacted and stored."""
    text = (DATA / "discovery.toml").read_text(encoding="utf-8")
    head, _, rest = text.partition('environment = "sandbox"')
    pairs = '[[collections]]\nipaas = "CUSTOMER"\nthird_party = "customers"\n'
    rest = rest.partition("[[collections]]")[0]
    (tmp_path / "discovery.toml").write_text(f'{head}environment = "staging"{rest}{pairs}', encoding="utf-8")
    (tmp_path / "worksheet.yaml").write_text(
        "format: 2\ntitle: Demo\npairs:\n- ipaas: CUSTOMER\n  third_party: customers\n"
        "  decision: {direction: Bi-directional, methods: [add, update], why: both, by: me, date: 2026-11-02}\n...\n"
    )
    (tmp_path / ".env").write_text(SECRETS)
    return tmp_path / "discovery.toml"


class Platform(httpx.BaseTransport):
    """The sandbox's platform, with one answer of its own for some paths."""

    def __init__(self, status=200, paths=""):
        self.inner, self.status, self.paths, self.asked = httpx.WSGITransport(app=platform_app()), status, paths, []

    def handle_request(self, request):
        self.asked.append(request.url.path)
        if self.paths and self.paths in request.url.path:
            return httpx.Response(self.status, json={"title": "no"}, request=request)
        return self.inner.handle_request(request)


def opened(settings, platform):
    return Discovery.open(settings, transports={"ipaas": platform})


def test_it_is_read_with_the_pull_redacted_and_replayed_without_the_network(settings):
    with opened(settings, Platform()) as discovery:
        first = discovery.delivered()
    assert [(gap.collection, gap.kind.value) for gap in first.gaps if gap.collection == "CUSTOMER"] == [
        ("CUSTOMER", "switched off")
    ]
    silent = Platform(500, "/")
    with opened(settings, silent) as discovery:
        assert discovery.delivered() == first
    assert not silent.asked
    stored = b"".join(path.read_bytes() for path in settings.parent.rglob("*") if path.is_file())
    assert b"webhook_api_key" not in stored


def test_no_call_gives_the_secrets_of_a_subscription(settings):
    platform = Platform()
    with opened(settings, platform) as discovery:
        discovery.delivered()
    asked = {path for path in platform.asked if path.startswith("/subscriptions")}
    assert "/subscriptions/v2/MappingCollection/9001" in asked
    assert not any("/Subscription/" in path for path in asked)


@pytest.mark.parametrize(("status", "paths"), [(403, "/subscriptions"), (404, "/MappingCollections")])
def test_a_key_that_may_not_see_it_still_pulls_the_records(settings, status, paths):
    with opened(settings, Platform(status, paths)) as discovery:
        discovery.pull()
        assert discovery.problems == ()
        delivered = discovery.delivered()
        assert len(discovery.samples("CUSTOMER")[0]) > 0
    assert str(status) in delivered.problem
    assert not delivered.as_ordered


def test_rows_that_may_not_be_seen_are_told_and_the_rest_is_compared(settings):
    with opened(settings, Platform(403, "/MappingCollection/")) as discovery:
        delivered = discovery.delivered()
    assert delivered.partly == "the rows of 7 mapping collections were not read"
    assert any(gap.kind.value == "switched off" for gap in delivered.gaps)


def test_a_platform_without_secrets_is_no_error(settings):
    (settings.parent / ".env").unlink()
    with opened(settings, Platform()) as discovery:
        delivered = discovery.delivered()
    assert "IPAAS_" in delivered.problem
