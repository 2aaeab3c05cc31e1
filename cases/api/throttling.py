"""How many requests one address may make in a minute, over all processes together.

Nobody's address is kept: it is hashed with a key of the day (an IPv6 address by its network of 64 bits), and what is counted
lives for two minutes. A process counts by itself and tells the shared cache only now and then, so that most requests cost
nothing; the limit may thus be passed by a tenth of it for each process. Without a shared cache each process counts alone.
"""

import ipaddress
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from threading import Lock

from django.conf import settings
from django.core.cache import caches
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

WINDOW = 60
#: After which part of its limit a process tells the others what it has counted.
TOLD_EVERY = 10
#: So many addresses are told apart in a minute; what comes beyond counts together.
MOST_ADDRESSES = 50_000
OTHERS = "others"


@dataclass(frozen=True, slots=True)
class Allowance:
    """What is left of a minute, in requests and in seconds."""

    limit: int
    left: int
    seconds: int

    @property
    def is_used_up(self) -> bool:
        return self.left < 0

    @property
    def headers(self) -> dict[str, str]:
        """The headers of draft-ietf-httpapi-ratelimit-headers-07, which clients know."""
        return {
            "RateLimit-Policy": f"{self.limit};w={WINDOW}",
            "RateLimit-Limit": str(self.limit),
            "RateLimit-Remaining": str(max(self.left, 0)),
            "RateLimit-Reset": str(self.seconds),
        }


@dataclass(slots=True)
class Counts:
    """What this process has counted in one minute: of each key [all that is known, of which nobody else was told]."""

    minute: int = 0
    by_key: dict[str, list[int]] = field(default_factory=dict)
    lock: Lock = field(default_factory=Lock)

    def count(self, key: str, minute: int, *, limit: int, tell: Callable[[str, int], int]) -> int:
        """Count one request; return how many are known."""
        with self.lock:
            if minute != self.minute:
                self.minute, self.by_key = minute, {}
            if key not in self.by_key and len(self.by_key) >= MOST_ADDRESSES:
                key = OTHERS
            counted = self.by_key.setdefault(key, [0, 0])
            counted[0] += 1
            counted[1] += 1
            if counted[1] * TOLD_EVERY < limit:
                return counted[0]
            untold, counted[1] = counted[1], 0
        total = tell(f"api-rate:{minute}:{key}", untold)
        with self.lock:
            counted[0] = max(counted[0], total + counted[1])
            return counted[0]


COUNTS = Counts()


def allowance(request: HttpRequest, at: datetime) -> Allowance | None:
    """Count a request; None where there is no limit for it."""
    limit: int = settings.API_REQUESTS_PER_MINUTE
    address = address_of(request)
    if not limit or address in settings.API_UNLIMITED_ADDRESSES:
        return None
    seconds = int(at.timestamp())
    key = hashed(address, at)
    known = COUNTS.count(key, seconds // WINDOW, limit=limit, tell=_tell)
    return Allowance(limit, limit - known, WINDOW - seconds % WINDOW)


def address_of(request: HttpRequest) -> str:
    """Return the address that the outermost of our proxies saw (`PROXIES`), or the one that speaks to us."""
    seen = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",")]
    if settings.PROXIES and len(seen) >= settings.PROXIES:
        return seen[-settings.PROXIES]
    return str(request.META.get("REMOTE_ADDR", ""))


def hashed(address: str, at: datetime) -> str:
    """Return what stands for an address on one day."""
    try:
        known = ipaddress.ip_address(address)
    except ValueError:
        network = address
    else:
        network = str(ipaddress.ip_network(f"{known}/64", strict=False)) if known.version == 6 else str(known)
    return salted_hmac(f"cases.api.throttling {at:%Y-%m-%d}", network, algorithm="sha256").hexdigest()[:32]


def _tell(key: str, number: int) -> int:
    cache = caches["shared"]
    cache.add(key, 0, timeout=2 * WINDOW)
    try:
        return cache.incr(key, number)
    except ValueError:  # it ended between the two, or the cache is away
        return number
