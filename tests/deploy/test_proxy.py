"""nginx runs with our file: readers reach the site, what is not theirs does not, and nobody is written down."""

import http.client
import re
import shutil
import socket
import ssl
import subprocess
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from tests.browser.site import ROOT
from tests.certificates import made_for

HOST = "cases.example.org"
PLACES = "/usr/sbin:/usr/bin:/sbin:/bin:/usr/local/sbin:/usr/local/bin"
#: Before the reader's part of a key exchange over X25519 in the first message of TLS.
KEY_SHARE = b"\x00\x1d\x00\x20"


@dataclass
class Proxy:
    """nginx on a port of its own, and what came through it: method, path, headers."""

    port: int
    folder: Path
    came: list[tuple[str, str, dict[str, str]]] = field(default_factory=list)

    def ask(self, method: str, path: str, headers: dict[str, str] | None = None) -> int:
        connection = http.client.HTTPSConnection(
            "127.0.0.1",
            self.port,
            timeout=20,
            context=ssl._create_unverified_context(),  # noqa: S323 - its certificate was made a moment ago
        )
        try:
            connection.request(method, path, headers={"Host": HOST, **(headers or {})})
            return connection.getresponse().status
        finally:
            connection.close()

    def written_down(self) -> str:
        return "".join(path.read_text() for path in self.folder.glob("*.log"))


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as found:
        return int(found.getsockname()[1])


@pytest.fixture
def proxy(tmp_path: Path) -> Iterator[Proxy]:
    proxy = Proxy(free_port(), tmp_path)

    class Site(BaseHTTPRequestHandler):
        def __getattr__(self, name: str) -> object:
            if name.startswith("do_"):
                return self.answer
            raise AttributeError(name)

        def answer(self) -> None:
            proxy.came.append((self.command, self.path, {key.lower(): said for key, said in self.headers.items()}))
            self.send_response(200)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_args: object) -> None:
            pass

    site = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    threading.Thread(target=site.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    program = shutil.which("nginx", path=PLACES)
    assert program, "nginx is not installed: .ci/run installs nginx-light"
    running = subprocess.Popen([program, "-c", str(_configuration(proxy, site.server_port))])
    try:
        _wait_for(proxy.port)
        yield proxy
    finally:
        running.terminate()
        running.wait(20)
        site.shutdown()
        site.server_close()


def _configuration(proxy: Proxy, site: int) -> Path:
    folder = proxy.folder
    key, certificate = made_for(HOST)
    (folder / "privkey.pem").write_bytes(key)
    (folder / "fullchain.pem").write_bytes(certificate)
    text = (ROOT / "deploy" / "nginx.conf").read_text()
    text = re.sub(r"/etc/letsencrypt/live/[^/]+", str(folder), text).replace("/var/log/nginx", str(folder))
    text = re.sub(r"listen \[::\]:\d+( ssl)?;", "", text).replace("127.0.0.1:8002", f"127.0.0.1:{site}")
    text = text.replace("listen 443", f"listen 127.0.0.1:{proxy.port}")
    text = text.replace("listen 80;", f"listen 127.0.0.1:{free_port()};")
    kept = "".join(
        f"{name}_temp_path {folder}/{name};\n" for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    main = folder / "main.conf"
    main.write_text(
        f"daemon off;\npid {folder}/pid;\nerror_log {folder}/other.log;\nevents {{}}\nhttp {{\n{kept}{text}}}\n"
    )
    return main


def _wait_for(port: int) -> None:
    deadline = time.monotonic() + 20
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            assert time.monotonic() < deadline, "nginx does not answer"
            time.sleep(0.02)
        else:
            return


def test_a_reader_reaches_the_site_without_an_address(proxy: Proxy) -> None:
    assert proxy.ask("GET", "/en/?q=1", {"X-Forwarded-For": "192.0.2.7", "X-Forwarded-Proto": "http"}) == 200
    ((method, path, headers),) = proxy.came
    assert (method, path, headers["host"], headers["x-forwarded-proto"]) == ("GET", "/en/?q=1", HOST, "https")
    assert "x-forwarded-for" not in headers


@pytest.mark.parametrize("method", ["PURGE", "BAN", "DELETE", "PUT"])
def test_a_reader_makes_no_cache_forget(proxy: Proxy, method: str) -> None:
    """The cache behind nginx takes everything that comes from this machine for the desk's."""
    assert (proxy.ask(method, "/"), proxy.came) == (405, [])


def test_who_breaks_off_is_not_written_down(proxy: Proxy) -> None:
    """nginx calls a broken greeting critical, and names who sent it."""
    proxy.ask("POST", "/en/", {"Content-Length": "99999999"})
    coming, going = ssl.MemoryBIO(), ssl.MemoryBIO()
    greeting = ssl._create_unverified_context().wrap_bio(coming, going, server_hostname=HOST)  # noqa: S323
    with pytest.raises(ssl.SSLWantReadError):
        greeting.do_handshake()
    said = going.read()
    share = said.rindex(KEY_SHARE) + len(KEY_SHARE)
    with socket.create_connection(("127.0.0.1", proxy.port), timeout=20) as connection:
        connection.sendall(said[:share] + bytes(32) + said[share + 32 :])
        assert connection.recv(1) == b"\x15"  # an alert
        connection.recv(100)
    assert "client" not in proxy.written_down()


def test_varnish_forgets_for_nobody_who_came_through_the_proxy() -> None:
    told = (ROOT / "deploy" / "varnish.vcl").read_text()
    refusal = re.search(r'if \(req\.method == "PURGE"\) \{\s+if \((.+)\) \{\s+return \(synth\(405', told)
    assert refusal is not None
    assert refusal[1].split(" || ") == ["client.ip !~ desk", "req.http.X-Forwarded-Proto"]
