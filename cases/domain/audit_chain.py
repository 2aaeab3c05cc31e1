"""The chain of the audit: how one entry commits to its contents and to the entry before it. Plain Python.

Each entry has a number (1, 2, 3 … without gaps), the seal of the entry before, and a seal of its own: HMAC-SHA-256 over
everything but the payload, for which its digest stands. So a payload can be erased at lawful request while the chain
holds, and nobody who can write to the database, but has not the key, can make an entry or move one.
"""

import hashlib
import hmac
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import Enum
from typing import Any

from cases.enums import AuditAction

#: What stands before the first entry.
BEGINNING = "0" * 64


class Fault(Enum):
    """What is wrong with the chain at one entry, or at its end."""

    ALTERED = "altered"
    PAYLOAD_ALTERED = "payload altered"
    PAYLOAD_MISSING = "payload missing without an erasure"
    MISSING = "missing"
    REORDERED = "reordered"
    DUPLICATE = "there twice"
    OTHER_HISTORY = "of another history than the entry before it"
    HEAD_WAS_ALTERED = "head found altered when it was written"
    HEAD_MISSING = "head missing"
    HEAD_ALTERED = "head altered"
    HEAD_BEHIND = "head behind the chain"
    HEAD_OTHER = "head of another history"


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
class Head:
    """Where the chain says that it ends: how many entries, the seal of the last one, and a seal over both."""

    entries: int
    last: str
    seal: str


@dataclass(frozen=True, slots=True)
class Broken:
    """One fault, and the number of the entry at which it was found.

    `until` is the last number of a run of missing entries; `moved_from` the number that a reordered entry was given.
    """

    number: int
    fault: Fault
    until: int | None = None
    moved_from: int | None = None


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


def holds(link: Link, key: str) -> bool:
    """Tell whether an entry is sealed as it stands; what is no JSON at all was never sealed."""
    try:
        return hmac.compare_digest(seal_of(link, key), link.seal)
    except (AttributeError, OverflowError, TypeError, ValueError):
        return False


def payload_holds(link: Link) -> bool:
    """Tell whether the payload is the one that the entry was sealed with."""
    try:
        return digest_of(link.payload, link.salt) == link.digest
    except (TypeError, ValueError):
        return False


def head_holds(head: Head, key: str) -> bool:
    """Tell whether the head is sealed as it stands."""
    try:
        return hmac.compare_digest(head_seal(head.entries, head.last, key), head.seal)
    except (TypeError, ValueError):
        return False


#: Entries that say whose payloads were erased: `{"entries": [numbers]}`.
ERASERS = frozenset({AuditAction.ERASED.value, AuditAction.RETENTION.value})
#: How many unsealed entries are compared with the places of others, to tell moved ones from altered ones.
COMPARED = 300


class Walk:
    """A walk along the chain, entry by entry in the order of the numbers. It remembers faults, never the entries.

    A gap is believed where an entry that holds, or the head, stands after it: an entry with an invented number proves
    none.
    """

    def __init__(self, key: str) -> None:
        self.key = key
        self.entries = 0
        self.last_number, self.last_seal = 0, BEGINNING
        self._expected = 1
        #: The seal that the next entry must name; None where the entry before it is missing or does not hold.
        self._previous: str | None = BEGINNING
        self._gaps: list[tuple[int, int]] = []
        self._missing: list[tuple[int, int]] = []
        self._unsealed: list[Link] = []
        self._bare: list[int] = []
        self._erased: set[int] = set()

    def step(self, link: Link) -> Iterator[Broken]:
        """Take the next entry; yield what is certainly wrong by now."""
        self.entries += 1
        if link.number < self._expected:
            yield Broken(link.number, Fault.DUPLICATE if link.number > 0 else Fault.ALTERED)
            return
        if link.number > self._expected:
            self._gaps.append((self._expected, link.number - 1))
            self._previous = None
        self._expected = link.number + 1
        if holds(link, self.key):
            yield from self._believe_gaps()
            yield from self._sealed(link)
        else:
            self._previous = None
            if len(self._unsealed) < COMPARED:
                self._unsealed.append(link)
            else:
                yield Broken(link.number, Fault.ALTERED)
        yield from self._payload(link)

    def end(self, head: Head | None) -> Iterator[Broken]:
        """Yield what is wrong at the end and with the chain as a whole."""
        is_sure = head is not None and head_holds(head, self.key)
        if head is not None and is_sure:
            self._clip_gaps(head.entries)
        yield from self._believe_gaps()
        yield from self._moved_or_altered()
        for number in self._bare:
            if number not in self._erased:
                yield Broken(number, Fault.PAYLOAD_MISSING)
        if head is None:
            if self.entries:
                yield Broken(self.last_number, Fault.HEAD_MISSING)
        elif not is_sure:
            yield Broken(self.last_number, Fault.HEAD_ALTERED)
        elif self.last_number > head.entries:
            yield Broken(head.entries, Fault.HEAD_BEHIND)
        elif self.last_number == head.entries and self.last_seal != head.last:
            yield Broken(head.entries, Fault.HEAD_OTHER)

    def _sealed(self, link: Link) -> Iterator[Broken]:
        if self._previous is not None and link.previous != self._previous:
            yield Broken(link.number, Fault.OTHER_HISTORY)
        if link.action == AuditAction.HEAD_BROKEN.value:
            yield Broken(link.number, Fault.HEAD_WAS_ALTERED)
        self._previous = self.last_seal = link.seal
        self.last_number = link.number

    def _payload(self, link: Link) -> Iterator[Broken]:
        if link.payload is None:
            self._bare.append(link.number)
        elif not payload_holds(link):
            yield Broken(link.number, Fault.PAYLOAD_ALTERED)
        elif link.action in ERASERS and self.last_number == link.number and isinstance(link.payload, dict):
            named = link.payload.get("entries") or ()
            self._erased |= {one for one in named if isinstance(one, int) and one < link.number}

    def _believe_gaps(self) -> Iterator[Broken]:
        for first, last in self._gaps:
            self._missing.append((first, last))
            yield Broken(first, Fault.MISSING, until=last)
        self._gaps.clear()

    def _clip_gaps(self, entries: int) -> None:
        """Count as missing what the head counts, and nothing after it."""
        if self._expected <= entries:
            self._gaps.append((self._expected, entries))
        self._gaps = [(first, min(last, entries)) for first, last in self._gaps if first <= entries]

    def _moved_or_altered(self) -> Iterator[Broken]:
        """Tell an entry that was moved, which holds under the number that it was given, from one that was altered."""
        places = [link.number for link in self._unsealed]
        for first, last in self._missing:
            places += range(first, min(last, first + COMPARED) + 1)
        for link in self._unsealed:
            own = (number for number in places[: 2 * COMPARED] if holds(replace(link, number=number), self.key))
            moved_from = next(own, None)
            fault = Fault.ALTERED if moved_from is None else Fault.REORDERED
            yield Broken(link.number, fault, moved_from=moved_from)


def faults(links: Iterable[Link], key: str, *, head: Head | None) -> Iterator[Broken]:
    """Yield what is wrong with a chain, its entries in the order of their numbers, and with its head."""
    walk = Walk(key)
    for link in links:
        yield from walk.step(link)
    yield from walk.end(head)
