"""The server listens on this machine only; a port that cannot be had is said with the remedy."""

import socket

import pytest

from tracker.serving import PortError, check_port, server_command


def test_a_free_port_is_accepted() -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    check_port(port)


def test_a_port_in_use_is_refused_and_another_is_proposed() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(PortError, match=rf"Port {port} is in use\. .* choose another: --port {port + 1}"):
            check_port(port)


def test_the_server_listens_on_this_machine_only_and_logs_no_reader() -> None:
    command = server_command(8123)
    assert "--host=127.0.0.1" in command
    assert "--port=8123" in command
    assert "--interface=wsgi" in command
    assert "--no-access-log" in command
