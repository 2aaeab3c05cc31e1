"""Messages to partners' programs by the Standard Webhooks specification, version 1: names, bodies, signatures.

https://github.com/standard-webhooks/standard-webhooks: a message has an identifier that stays the same when it is sent
again, a time, and the HMAC-SHA-256 of both with the body, so that a receiver refuses what is forged, altered or old.
"""

import base64
import hashlib
import hmac
import json
import secrets
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

SECRET_PREFIX = "whsec_"  # noqa: S105 - how every secret begins
#: After the first try, the second and so on; later tries wait as long as the last of these.
WAITS = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 30, 120))


def new_secret() -> str:
    """Return a secret of 256 random bits as the specification writes it."""
    return SECRET_PREFIX + base64.b64encode(secrets.token_bytes(32)).decode()


def new_message_id() -> str:
    return f"msg_{secrets.token_urlsafe(20)}"


def body_of(kind: str, facts: Mapping[str, Any], *, at: datetime) -> bytes:
    """Return the JSON of a message: its type, when it came to be, and what it is about."""
    moment = at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    return json.dumps({"type": kind, "timestamp": moment, "data": dict(facts)}, separators=(",", ":")).encode()


def headers_of(secret: str, message_id: str, body: bytes, *, at: datetime) -> dict[str, str]:
    """Return the headers of a message that is sent at `at`. Raises ValueError for what is no secret."""
    if not secret.startswith(SECRET_PREFIX):
        raise ValueError(f"A secret begins with {SECRET_PREFIX}.")
    key = base64.b64decode(secret.removeprefix(SECRET_PREFIX), validate=True)
    seconds = int(at.timestamp())
    signed = hmac.new(key, f"{message_id}.{seconds}.".encode() + body, hashlib.sha256).digest()
    return {
        "Content-Type": "application/json",
        "User-Agent": "Case-tracker-webhooks/1",
        "webhook-id": message_id,
        "webhook-timestamp": str(seconds),
        "webhook-signature": f"v1,{base64.b64encode(signed).decode()}",
    }


def wait_after(tries: int) -> timedelta:
    """Return how long to wait after the so-many-th try, from 1."""
    return WAITS[min(tries, len(WAITS)) - 1]
