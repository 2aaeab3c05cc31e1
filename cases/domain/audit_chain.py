"""The chain of the audit: how one entry commits to its contents and to the entry before it. Plain Python.

Each entry has a number (1, 2, 3 … without gaps), the seal of the entry before, and a seal of its own: HMAC-SHA-256 over
everything but the payload, for which its digest stands. So a payload can be erased at lawful request while the chain
holds, and nobody who can write to the database, but has not the key, can make an entry or move one.
"""

import hashlib
import hmac
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import Enum
from typing import Any

#: What stands before the first entry.
BEGINNING = "0" * 64


class Fault(Enum):
    """What is wrong with the chain at one entry."""

    ALTERED = "altered"
    PAYLOAD_ALTERED = "payload altered"
    PAYLOAD_MISSING = "payload missing without an erasure"
    MISSING = "missing"
    REORDERED = "reordered"
    HEAD = "head"


@dataclass(frozen=True, slots=True)
class Link:
    """One entry as the chain sees it. `payload` is None where it was erased."""

    number: int
    at: datetime
    actor_id: int | None
    actor_name: str
    action: str
    subject_kind: str
    subject_id: int | None
    case: str
    payload: Any
    salt: str
    digest: str
    previous: str
    seal: str


@dataclass(frozen=True, slots=True)
class Broken:
    """One fault, and the number of the entry at which it was found."""

    number: int
    fault: Fault


def canonical(value: Any) -> str:
    """Return JSON text that is the same for equal values."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest_of(payload: Any, salt: str) -> str:
    """Return the SHA-256 that stands for a payload. The salt keeps short payloads from being guessed after erasure."""
    return hashlib.sha256(f"{salt}\0{canonical(payload)}".encode()).hexdigest()


def seal_of(link: Link, key: str) -> str:
    """Return the seal of an entry: HMAC-SHA-256 under the audit key."""
    at = link.at.astimezone(UTC).isoformat(timespec="microseconds")
    said = [
        link.number,
        at,
        link.actor_id,
        link.actor_name,
        link.action,
        link.subject_kind,
        link.subject_id,
        link.case,
        link.digest,
        link.previous,
    ]
    return hmac.new(key.encode(), canonical(said).encode(), hashlib.sha256).hexdigest()


def head_seal(entries: int, last: str, key: str) -> str:
    """Return the seal of the chain's head, which tells how many entries there are and how the last one is sealed."""
    return hmac.new(key.encode(), canonical(["head", entries, last]).encode(), hashlib.sha256).hexdigest()


def faults(links: Iterable[Link], key: str, *, erased: frozenset[int] = frozenset()) -> Iterator[Broken]:
    """Yield what is wrong with a chain, its entries in the order of their numbers.

    `erased`: the numbers of entries whose payload an entry of this chain says was erased.
    """
    expected, previous = 1, BEGINNING
    for link in links:
        for number in range(expected, link.number):
            yield Broken(number, Fault.MISSING)
        follows = link.number == expected
        if not hmac.compare_digest(seal_of(link, key), link.seal):
            yield Broken(link.number, Fault.ALTERED)
        elif follows and link.previous != previous:
            yield Broken(link.number, Fault.REORDERED)
        if link.payload is None:
            if link.number not in erased:
                yield Broken(link.number, Fault.PAYLOAD_MISSING)
        elif digest_of(link.payload, link.salt) != link.digest:
            yield Broken(link.number, Fault.PAYLOAD_ALTERED)
        expected, previous = link.number + 1, link.seal
