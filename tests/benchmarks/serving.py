"""Pages against a bare view in the same worker of the production server, asked in turn over one connection each.

    SERVING_CASES=2000 .venv/bin/python -m tests.benchmarks.serving

A PostgreSQL server of this run alone holds invented people. "made" asks each page anew at another address of the same page
(a host of its own each time), "kept" asks for one again, "304" asks as a reader does who has it.
"""

import os
import secrets
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median

from tests.clusters import running_cluster

CASES = os.environ.get("SERVING_CASES", "2000")
ROUNDS = int(os.environ.get("SERVING_ROUNDS", "300"))
ROOT = Path(__file__).resolve().parents[2]


class Reader:
    """One connection that is kept open; it reads as little as it must, so that it costs little beside the server."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._socket = socket.create_connection(("127.0.0.1", port))

    def get(self, path: str, *, host: str = "localhost", etag: str = "") -> tuple[int, dict[str, str], bytes]:
        condition = f"If-None-Match: {etag}\r\n" if etag else ""
        self._socket.sendall(f"GET {path} HTTP/1.1\r\nHost: {host}\r\n{condition}\r\n".encode())
        received = b""
        while b"\r\n\r\n" not in received:
            received += self._socket.recv(262_144)
        head, _, body = received.partition(b"\r\n\r\n")
        first, *lines = head.decode("latin-1").split("\r\n")
        headers = {name.lower(): value.strip() for name, value in (line.split(":", 1) for line in lines)}
        while len(body) < int(headers.get("content-length", "0")):
            body += self._socket.recv(262_144)
        return int(first.split()[1]), headers, body


@contextmanager
def served(environment: dict[str, str], *, threads: int = 1) -> Iterator[int]:
    """Run one worker of the production server, with one thread unless told otherwise, as a core has it."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    command = ["-m", "granian", "--interface=wsgi", "--host=127.0.0.1", "--workers=1", f"--blocking-threads={threads}"]
    command += ["--no-ws", "--no-access-log", "--log-level=error", f"--port={port}"]
    command += ["tests.benchmarks.serving_site:application"]
    server = subprocess.Popen([sys.executable, *command], env=environment, cwd=ROOT)
    try:
        for _attempt in range(150):
            try:
                Reader(port).get("/hello")
                break
            except OSError:
                time.sleep(0.2)
        yield port
    finally:
        server.terminate()
        server.wait(20)


def timed(ask: Callable[[], tuple[int, dict[str, str], bytes]], status: int) -> float:
    """Return how long one answer took, in microseconds."""
    begun = time.perf_counter()
    found = ask()
    took = (time.perf_counter() - begun) * 1e6
    if found[0] != status:
        raise SystemExit(f"expected {status}, got {found[0]}: {found[2][:300]!r}")
    return took


def measure(port: int) -> None:
    reader = Reader(port)
    links = reader.get("/en/cases/?kind=contemporary")[2].decode().split('href="/en/cases/')
    profiles = ["/en/cases/" + link.split('"')[0] for link in links if "/" in link.split('"')[0].rstrip("/")]
    profiles = [path for path in profiles if "?" not in path and "." not in path][:20]
    asked: dict[str, list[float]] = {}
    pages = {"profile": profiles, "list": ["/en/cases/", "/en/cases/?status=serving"], "home": ["/en/"]}
    for turn in range(ROUNDS):
        asked.setdefault("hello", []).append(timed(lambda: reader.get("/hello"), 200))
        for name, paths in pages.items():
            path = paths[turn % len(paths)]
            anew = f"h{secrets.token_hex(4)}.localhost"
            asked.setdefault(f"{name}, made", []).append(timed(lambda: reader.get(path, host=anew), 200))  # noqa: B023
            mark = reader.get(path)[1]["etag"]
            asked.setdefault(f"{name}, kept", []).append(timed(lambda: reader.get(path), 200))  # noqa: B023
            asked.setdefault(f"{name}, 304", []).append(timed(lambda: reader.get(path, etag=mark), 304))  # noqa: B023
    bare = median(asked["hello"])
    for name, times in asked.items():
        sys.stdout.write(f"{name:16} {median(times):8.0f} µs   {bare / median(times):6.3f} of hello\n")


@contextmanager
def public_site() -> Iterator[dict[str, str]]:
    """Yield the environment of a public site with SERVING_CASES invented cases on a PostgreSQL server of this run alone."""
    with tempfile.TemporaryDirectory() as folder, running_cluster() as cluster:
        environment = {
            **os.environ,
            "DATABASE_URL": cluster.create("serving"),
            "VAR_DIR": folder,
            "HTTPS": "false",
            "ALLOWED_HOSTS": "localhost,.localhost",
            "SECRET_KEY": secrets.token_urlsafe(60),
            "TRACKER_SITE": "all",
        }
        run = [sys.executable, "manage.py"]
        for words in (
            "make_keys",
            "migrate -v0",
            "collectstatic --noinput -v0",
            "load_reference",
            f"make_demo --cases {CASES} --seed 1",
        ):
            subprocess.run([*run, *words.split()], env=environment, cwd=ROOT, check=True)
        cluster.execute("VACUUM ANALYZE", database="serving")  # as PostgreSQL does it by itself within minutes
        # As deploy/tracker-public.service runs it: the process of the readers, beside that of the desk.
        yield environment | {"TRACKER_SITE": "public", "PUBLIC_DATABASE_URL": environment["DATABASE_URL"]}


def main() -> None:
    with public_site() as environment, served(environment) as port:
        measure(port)


if __name__ == "__main__":
    main()
