"""The production server as `quickstart` starts it, on this machine only."""

import errno
import os
import socket
import sys

ADDRESS = "127.0.0.1"
THREADS = 8


class PortError(Exception):
    """The port cannot be listened on; str() says why and what to do."""


def check_port(port: int) -> None:
    """Raise PortError unless this process may listen on `port` of this machine now."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((ADDRESS, port))
        except OSError as refusal:
            raise PortError(_remedy(port, refusal)) from refusal


def _remedy(port: int, refusal: OSError) -> str:
    if refusal.errno == errno.EADDRINUSE:
        return f"Port {port} is in use. Stop the program that uses it, or choose another: --port {port + 1}"
    if refusal.errno == errno.EACCES:
        return f"This account may not listen on port {port}. Choose one above 1023, for example: --port 8000"
    return f"Cannot listen on port {port}: {refusal.strerror}. Choose another, for example: --port 8000"


def server_command(port: int) -> list[str]:
    """Return the command line of the server: one worker process, several threads, no log of who reads what."""
    return [
        sys.executable,
        "-m",
        "granian",
        "--interface=wsgi",
        f"--host={ADDRESS}",
        f"--port={port}",
        "--workers=1",
        f"--blocking-threads={THREADS}",
        "--no-ws",
        "--no-access-log",
        "--log-level=error",
        "tracker.wsgi:application",
    ]


def serve(port: int) -> None:
    """Become the server: this process is replaced, so that Ctrl-C and signals reach the server itself."""
    command = server_command(port)
    sys.stdout.flush()
    os.execv(command[0], command)  # noqa: S606 - our own interpreter, our own arguments, no shell
