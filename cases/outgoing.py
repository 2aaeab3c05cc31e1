"""Sending a message to an address that somebody typed: https alone, to the public internet alone, once, and briefly.

The name is resolved here, every address that it resolves to is looked at, and the connection goes to exactly one of those:
a name that changes its mind between the look and the connection reaches nothing inside. No redirect is followed, no proxy
is used, and of the answer only the status is read.
"""

import re
import socket
import ssl
from collections.abc import Callable, Mapping
from http.client import HTTPException, HTTPSConnection
from ipaddress import IPv6Address, IPv6Network, ip_address
from threading import Timer
from urllib.parse import SplitResult, urlsplit

from django.utils.translation import gettext as _

#: For one step of a connection, and for all of it, in seconds.
STEP, WHOLE = 10.0, 30.0
#: Addresses that lead to a private IPv4 address in disguise (RFC 6052, 8215, 3056, 4380), and those of one site, of examples
#: and of segments, which Python 3.11 takes for public (RFC 3879, 9637, 9602).
NOT_PUBLIC = tuple(
    IPv6Network(one)
    for one in (
        *("64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "2001::/32"),
        *("fec0::/10", "3fff::/20", "5f00::/16"),
    )
)

#: A name that can be asked for: labels of 1 to 63 letters, digits, hyphens and low lines, 253 altogether (RFC 1035).
NAME = re.compile(r"(?=.{1,253}\Z)(?:(?!-)[a-z0-9_-]{1,63}(?<!-)\.)*(?!-)[a-z0-9_-]{1,63}(?<!-)")
#: What the last label looks like where the whole is another way to write an IPv4 address: 2130706433, 127.1, 0x7f.1.
NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*")


class AddressRefused(ValueError):
    """Nothing is ever sent there; the message says why and what to write."""


def is_public(address: str) -> bool:
    """Tell whether an IP address belongs to the public internet: not to this machine, its network, or nobody."""
    found = ip_address(address.partition("%")[0])
    if isinstance(found, IPv6Address) and (found.ipv4_mapped or any(found in network for network in NOT_PUBLIC)):
        return False
    return found.is_global and not found.is_multicast and not found.is_reserved and not found.is_unspecified


def read_address(text: str) -> SplitResult:
    """Return the parts of an address to which messages may go. Raises AddressRefused; nothing is looked up."""
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError as problem:
        raise AddressRefused(_("This is no address: write one like https://example.org/hook.")) from problem
    if parts.scheme != "https" or not parts.hostname or not text.isascii() or not text.isprintable() or " " in text:
        raise AddressRefused(_("Write an address that begins with https://, in Latin letters."))
    if parts.username is not None or parts.fragment or port == 0:
        raise AddressRefused(_("Write the address without a name, a password or a part after #."))
    if ":" in parts.hostname or NUMBER.fullmatch(parts.hostname.rpartition(".")[2]):
        raise AddressRefused(_("Write the name of the machine, not its number."))
    if not NAME.fullmatch(parts.hostname):
        raise AddressRefused(_("This is no address: write one like https://example.org/hook."))
    return parts


def post(
    address: str,
    body: bytes,
    headers: Mapping[str, str],
    *,
    allowed: Callable[[str], bool] = is_public,
    trusted: ssl.SSLContext | None = None,
) -> int:
    """Send `body` and return the status of the answer. Raises AddressRefused, and OSError where nobody answers.

    `allowed` and `trusted` are for tests: which IP addresses may be reached, and whose certificates are believed.
    """
    parts = read_address(address)
    connection = _Guarded(str(parts.hostname), parts.port or 443, allowed, trusted or ssl.create_default_context())
    watch = Timer(WHOLE, connection.cut)
    watch.daemon = True
    watch.start()
    try:
        path = f"{parts.path or '/'}{f'?{parts.query}' if parts.query else ''}"
        connection.request("POST", path, body=body, headers=dict(headers))
        return connection.getresponse().status
    except HTTPException as problem:
        raise OSError(f"No answer that can be read: {type(problem).__name__}") from problem
    finally:
        watch.cancel()
        connection.close()


class _Guarded(HTTPSConnection):
    """A connection that looks at every address of its name before it goes to one of them."""

    def __init__(self, host: str, port: int, allowed: Callable[[str], bool], trusted: ssl.SSLContext) -> None:
        super().__init__(host, port, timeout=STEP, context=trusted)
        self._allowed, self._trusted = allowed, trusted

    def connect(self) -> None:
        found = socket.getaddrinfo(self.host, self.port, type=socket.SOCK_STREAM)
        places = list(dict.fromkeys(str(place[4][0]) for place in found))
        if not places or not all(self._allowed(place) for place in places):
            raise AddressRefused(_("This name leads to an address that is not on the public internet."))
        self.sock = self._trusted.wrap_socket(self._reached(places), server_hostname=self.host)

    def _reached(self, places: list[str]) -> socket.socket:
        for place in places[:-1]:
            try:
                return socket.create_connection((place, self.port), timeout=STEP)
            except OSError:
                continue
        return socket.create_connection((places[-1], self.port), timeout=STEP)

    def cut(self) -> None:
        """End a connection that goes on for too long, from another thread."""
        sock = self.sock
        if sock is not None:
            try:
                sock.shutdown(socket.SHUT_RDWR)
            except OSError:
                return
