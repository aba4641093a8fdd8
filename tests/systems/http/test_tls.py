"""Encrypted connections that cannot be trusted: real servers on loopback, each with a certificate of its own."""

from __future__ import annotations

import shutil
import ssl
import subprocess

import pytest
from fault_server import body, client, served

from ipaas_discovery.errors import UnreachableError

OPENSSL = shutil.which("openssl") or "openssl"


def openssl(words):
    subprocess.run([OPENSSL, *words.split()], check=True, capture_output=True)


@pytest.fixture(scope="module")
def authority(tmp_path_factory):
    """A folder with an authority's certificate and key."""
    folder = tmp_path_factory.mktemp("tls")
    openssl(
        f"req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=authority -keyout {folder}/ca.key -out {folder}/ca.crt"
        " -addext keyUsage=critical,keyCertSign,cRLSign"  # which Python asks for since 3.13
    )
    return folder


@pytest.fixture(scope="module")
def signed(authority):
    """Makes a server's context with a certificate that the authority signed, for a name and so many days."""

    def made(name, days):
        at = authority / f"{name.partition(':')[0]}{days}"
        at.with_suffix(".ext").write_text(
            f"subjectAltName={name}\nauthorityKeyIdentifier=keyid\nsubjectKeyIdentifier=hash\n"
        )
        openssl(f"req -newkey rsa:2048 -nodes -subj /CN=server -keyout {at}.key -out {at}.csr")
        openssl(
            f"x509 -req -in {at}.csr -CA {authority}/ca.crt -CAkey {authority}/ca.key -CAcreateserial"
            f" -days {days} -extfile {at}.ext -out {at}.crt"
        )
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(f"{at}.crt", f"{at}.key")
        return context

    return made


def untrusted(context):
    """What the client says of a server; it sent it nothing."""
    with served(body(b"[]"), certificate=context) as (host, seen), client(host, "https") as there:
        with pytest.raises(UnreachableError) as caught:
            there.get("/orders")
    assert seen == []
    text = str(caught.value)
    assert "The host's certificate is not trusted" in text
    assert f"(GET https://{host}/api/orders)" in text
    return text


def test_a_certificate_of_an_authority_that_is_named_is_trusted(authority, signed, monkeypatch):
    monkeypatch.setenv("SSL_CERT_FILE", str(authority / "ca.crt"))
    with served(body(b"[]"), certificate=signed("IP:127.0.0.1", 2)) as (host, seen), client(host, "https") as there:
        assert there.get("/orders").body == []
    assert b"authorization: bearer" in seen[0].lower()


def test_a_certificate_nobody_known_has_signed(signed):
    text = untrusted(signed("IP:127.0.0.1", 2))
    assert "unable to get local issuer" in text
    assert "behind a company proxy, set SSL_CERT_FILE" in text


def test_a_certificate_that_signs_itself(authority):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(authority / "ca.crt", authority / "ca.key")
    text = untrusted(context)
    assert "self-signed" in text.replace("self signed", "self-signed")
    assert "set SSL_CERT_FILE" in text


def test_a_certificate_of_another_host(authority, signed, monkeypatch):
    monkeypatch.setenv("SSL_CERT_FILE", str(authority / "ca.crt"))
    text = untrusted(signed("DNS:shop.example.test", 2))
    assert "check the host in the base URL: the certificate that it shows is another host's" in text


def test_a_certificate_that_has_expired(authority, signed, monkeypatch):
    monkeypatch.setenv("SSL_CERT_FILE", str(authority / "ca.crt"))
    text = untrusted(signed("IP:127.0.0.1", -1))
    assert "expired" in text
    assert "ask the system's operator for a new certificate, and check this machine's clock" in text


def test_a_host_that_does_not_encrypt_is_told_from_one_that_is_not_trusted():
    with served(b"HTTP/1.1 400 Bad Request\r\n\r\n") as (host, seen), client(host, "https") as there:
        with pytest.raises(UnreachableError, match="one without encryption is written http://"):
            there.get("/orders")
    assert b"s3cret" not in seen[0]
