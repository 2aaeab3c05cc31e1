"""Messages go to the public internet alone: which addresses are refused, and what a real server gets."""

import socket
import ssl
import threading
import time
from http.server import BaseHTTPRequestHandler, HTTPServer
from ipaddress import ip_address

import pytest

from cases import outgoing
from cases.outgoing import AddressRefused, is_public, post, read_address
from tests.certificates import made_for

PRIVATE = (
    *(
        "127.0.0.1",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",  # noqa: S104 - looked at, not bound
        "255.255.255.255",
    ),
    *(
        "224.0.0.1",
        "240.0.0.1",
        "192.0.2.1",
        "198.18.0.1",
        "::1",
        "::",
        "fe80::1",
        "fe80::1%eth0",
        "fc00::1",
        "ff02::1",
    ),
    *(
        "::ffff:127.0.0.1",
        "::ffff:8.8.8.8",
        "64:ff9b::7f00:1",
        "64:ff9b:1::1",
        "2002:7f00:1::",
        "2001:0:1::",
        "2001:db8::1",
        "fec0::1",
        "3fff::1",
    ),
)


@pytest.mark.parametrize("address", PRIVATE)
def test_no_address_inside_or_in_disguise_is_public(address):
    assert not is_public(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "93.184.216.34", "2606:2800:220:1::1"])
def test_addresses_of_the_internet_are_public(address):
    assert is_public(address)


@pytest.mark.parametrize(
    "address",
    [
        *("http://example.org/", "ftp://example.org/", "example.org", "https://", "https:///path", ""),
        *("https://127.0.0.1/", "https://[::1]/", "https://8.8.8.8/", "https://user:word@example.org/"),
        *("https://example.org/#part", "https://example.org:99999/", "https://example.org:0/", "https://прикл.укр/"),
        *("https://2130706433/", "https://127.1/", "https://0x7f.1/", "https://a..b/", "https://.example.org/"),
        *("https://example.org./", f"https://{'a' * 64}.org/", f"https://{'a.' * 127}org/", "https://-a.org/"),
        *("https://example.org/a b", "https://example.org/\r\nHost: other", "https://[nonsense/"),
    ],
)
def test_what_is_no_https_address_of_a_named_machine_is_refused_with_its_remedy(address):
    with pytest.raises(AddressRefused, match="rite"):
        read_address(address)


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    """A certificate for `partner.test` that nobody but the test believes."""
    path = tmp_path_factory.mktemp("certificate") / "both.pem"
    path.write_bytes(b"".join(made_for("partner.test")))
    return path


class Partner(HTTPServer):
    """A partner's program on this machine that keeps what it got."""

    status, location = 204, ""

    def __init__(self, certificate):
        super().__init__(("127.0.0.1", 0), Answer)
        self.got = []
        self.answers = threading.Event()
        self.answers.set()
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        self.socket = context.wrap_socket(self.socket, server_side=True)

    def handle_error(self, _request, _client_address):
        """Say nothing of connections that are refused."""


class Answer(BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.got.append((self.path, dict(self.headers), body))
        self.server.answers.wait(20)
        self.send_response(self.server.status)
        if self.server.location:
            self.send_header("Location", self.server.location)
        self.end_headers()

    def log_message(self, *_args):
        """Say nothing."""


@pytest.fixture
def partner(certificate, monkeypatch):
    """The server, under the name `partner.test`."""
    server = Partner(certificate)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    real = socket.getaddrinfo
    monkeypatch.setattr(socket, "getaddrinfo", lambda host, *rest, **more: real(NAMES.get(host, host), *rest, **more))
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


NAMES = {"partner.test": "127.0.0.1", "other.test": "127.0.0.1"}


def send(partner, certificate, *, host="partner.test", path="/hook?a=1", allowed=lambda _address: True):
    trusted = ssl.create_default_context(cafile=str(certificate))
    address = f"https://{host}:{partner.server_port}{path}"
    return post(address, b'{"a":1}', {"webhook-id": "msg_1"}, allowed=allowed, trusted=trusted)


def test_a_partner_gets_the_body_and_its_headers(partner, certificate):
    assert send(partner, certificate) == 204
    ((path, headers, body),) = partner.got
    assert (path, headers["webhook-id"], body) == ("/hook?a=1", "msg_1", b'{"a":1}')
    assert headers["Host"] == f"partner.test:{partner.server_port}"


def test_a_name_that_leads_inside_is_refused_before_anything_is_sent(partner, certificate):
    with pytest.raises(AddressRefused, match="not on the public internet"):
        send(partner, certificate, allowed=is_public)
    assert partner.got == []


def test_a_name_of_which_one_address_is_inside_is_refused(partner, certificate, monkeypatch):
    places = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (ip, 443)) for ip in ("8.8.8.8", "10.0.0.1")]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_args, **_more: places)
    with pytest.raises(AddressRefused):
        send(partner, certificate, allowed=is_public)


def test_the_name_is_asked_for_once_so_that_it_cannot_change_its_mind(partner, certificate, monkeypatch):
    asked = []
    inner = socket.getaddrinfo

    def answering(host, *rest, **more):
        asked.append(host)
        return inner(host, *rest, **more)

    monkeypatch.setattr(socket, "getaddrinfo", answering)
    assert send(partner, certificate) == 204
    assert [host for host in asked if not _is_number(host)] == ["partner.test"]


def _is_number(host):
    try:
        return bool(ip_address(host))
    except ValueError:
        return False


def test_a_redirect_is_an_answer_and_is_not_followed(partner, certificate):
    partner.status, partner.location = 302, f"https://partner.test:{partner.server_port}/elsewhere"
    assert send(partner, certificate) == 302
    assert [path for path, _headers, _body in partner.got] == ["/hook?a=1"]


def test_a_certificate_of_another_name_is_not_believed(partner, certificate):
    with pytest.raises(ssl.SSLCertVerificationError):
        send(partner, certificate, host="other.test")


def test_proxies_of_the_environment_are_not_used(partner, certificate, monkeypatch):
    monkeypatch.setenv("https_proxy", "http://127.0.0.1:9/")
    assert send(partner, certificate) == 204


def test_a_partner_who_takes_too_long_is_cut_off(partner, certificate, monkeypatch):
    monkeypatch.setattr(outgoing, "WHOLE", 0.2)
    partner.answers.clear()
    started = time.monotonic()
    with pytest.raises(OSError, match=r".*"):
        send(partner, certificate)
    assert time.monotonic() - started < 10
    partner.answers.set()
