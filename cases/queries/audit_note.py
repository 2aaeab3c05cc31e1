"""The note of the audit's last seen head, kept in a file outside the database: who rolls the database back meets it."""

import hmac
import json
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path

from cases.domain.audit_chain import canonical


class NoteBroken(Exception):
    """The note was altered, or written under another key; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A head that was seen: how many entries there were, and the seal of the last one."""

    entries: int
    seal: str

    def __str__(self) -> str:
        return f"{self.entries}:{self.seal}"


def read_seen(text: str) -> Seen:
    """Read `NUMBER:SEAL`. Raises ValueError."""
    number, _colon, seal = text.strip().partition(":")
    if not number.isdecimal() or len(seal) != sha256().digest_size * 2:
        raise ValueError(text)
    return Seen(int(number), seal.lower())


def read_note(path: Path, key: str) -> Seen | None:
    """Return the head that the note remembers; None where there is no note. Raises NoteBroken."""
    if not path.exists():
        return None
    try:
        found = json.loads(path.read_text())
        seen = Seen(int(found["entries"]), str(found["seal"]))
        if hmac.compare_digest(_sign(seen, key), str(found["sign"])):
            return seen
    except (OSError, KeyError, TypeError, ValueError) as problem:
        raise NoteBroken(f"The note {path} cannot be read: {problem}.") from problem
    raise NoteBroken(f"The note {path} was altered, or written under another audit key.")


def write_note(path: Path, seen: Seen, key: str) -> None:
    """Remember a head, readable by this account alone; at every moment there is a whole note."""
    fresh = path.with_name(f"{path.name}.new")
    fresh.unlink(missing_ok=True)
    fresh.touch(mode=0o600, exist_ok=False)
    fresh.write_text(json.dumps({**asdict(seen), "sign": _sign(seen, key)}) + "\n")
    fresh.replace(path)


def _sign(seen: Seen, key: str) -> str:
    return hmac.new(key.encode(), canonical(["note", seen.entries, seen.seal]).encode(), sha256).hexdigest()
