"""Both sandbox systems in process, and on real ports of this machine."""

from __future__ import annotations

import socket
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest

from ipaas_discovery.errors import ConfigurationError
from ipaas_discovery.sandbox import sandbox_records
from ipaas_discovery.sandbox import serve as serve_module
from ipaas_discovery.sandbox.platform_app import COMPANY, EMAIL, PASSWORD
from ipaas_discovery.sandbox.serve import Addresses, apps, run, serve


def token(client):
    answer = client.post("/sso/v2/Auth/Login", json={"email_address": EMAIL, "password": PASSWORD}).json()
    bearer = {"Authorization": f"Bearer {answer['access_token']}"}
    return client.get(f"/sso/v2/User/ChangeCompany/{COMPANY}", headers=bearer).json()["access_token"]


def port_of(address):
    return int(address.rpartition(":")[2])


def test_every_call_gives_apps_of_its_own():
    one, other = apps(), apps()
    assert sorted(one) == ["ipaas", "store"]
    with httpx.Client(transport=httpx.WSGITransport(app=one["ipaas"]), base_url="http://sandbox.test") as client:
        bearer = {"Authorization": f"Bearer {token(client)}"}
        assert client.get("/customers/v2/Customers", headers=bearer).status_code == 200
    with httpx.Client(transport=httpx.WSGITransport(app=other["ipaas"]), base_url="http://sandbox.test") as client:
        assert client.get("/customers/v2/Customers", headers=bearer).status_code == 401


def test_both_systems_answer_on_ports_of_their_own(capfd):
    with serve() as addresses:
        assert port_of(addresses.ipaas) != port_of(addresses.store)
        with httpx.Client(base_url=addresses.ipaas) as client:
            client.headers["Authorization"] = f"Bearer {token(client)}"
            response = client.get("/customers/v2/Customers")
            assert len(response.json()) == 20
            assert response.headers.get_list("Date") == [sandbox_records.DATE]
        assert httpx.get(f"{addresses.store}/v3/customers").status_code == 401
    assert capfd.readouterr() == ("", "")


def test_ports_are_closed_at_the_end():
    with serve() as addresses:
        ports = [port_of(addresses.ipaas), port_of(addresses.store)]
    for port in ports:
        with pytest.raises(httpx.ConnectError):
            httpx.get(f"http://127.0.0.1:{port}/")
    with serve(*ports) as again:
        assert again == addresses


def test_ports_are_closed_after_an_error_too():
    with pytest.raises(RuntimeError, match="inside"), serve() as addresses:
        raise RuntimeError("inside")
    with pytest.raises(httpx.ConnectError):
        httpx.get(addresses.ipaas)


def test_requests_are_answered_side_by_side():
    with serve() as addresses, httpx.Client(base_url=addresses.ipaas) as client, ThreadPoolExecutor(4) as pool:
        client.headers["Authorization"] = f"Bearer {token(client)}"
        numbers = range(1, 13)
        pages = list(
            pool.map(lambda number: client.get(f"/customers/v2/Customers?pageNumber={number}").json(), numbers)
        )
    ids = [each["id"] for page in pages for each in page]
    assert len(ids) == len(set(ids)) == 240


@pytest.mark.parametrize("side", ["ipaas", "store"])
def test_a_taken_port_says_which_and_what_to_do(side):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(ConfigurationError) as caught, serve(**{f"{side}_port": port}):
            pytest.fail("the port was taken")
    message = str(caught.value)
    assert f"127.0.0.1:{port}" in message
    assert f"{side} side is taken by another program" in message
    assert "choose another port for it, or 0" in message


@pytest.mark.parametrize("port", [-1, 65536])
def test_a_number_that_is_no_port_is_refused(port):
    with pytest.raises(ConfigurationError, match=f"{port} is no port"), serve(ipaas_port=port):
        pytest.fail("no such port")


def test_an_address_of_another_machine_is_refused():
    with pytest.raises(ConfigurationError, match="cannot be used"), serve(host="192.0.2.1"):
        pytest.fail("not an address of this machine")


def test_the_command_says_how_to_reach_both_and_stops_cleanly(capsys, monkeypatch):
    class Interrupted:
        def wait(self):
            raise KeyboardInterrupt

    monkeypatch.setattr(serve_module, "Event", Interrupted)
    run(0, 0)
    out = capsys.readouterr().out
    assert out.count("http://127.0.0.1:") == 4
    assert out.count("curl ") == 2
    assert EMAIL in out
    assert PASSWORD in out
    assert out.endswith("The sandbox has stopped.\n")


def test_an_ipv6_address_stands_in_brackets():
    try:
        with serve(host="::1") as addresses:
            assert httpx.get(f"{addresses.ipaas}/customers/swagger/v2/swagger.json").status_code == 200
    except ConfigurationError:
        pytest.skip("this machine has no IPv6")
    assert addresses.ipaas.startswith("http://[::1]:")
    assert addresses == Addresses(addresses.ipaas, addresses.store)
