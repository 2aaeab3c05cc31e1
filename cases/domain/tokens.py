"""Random secrets that are given out once, and what is kept of them. Plain Python."""

import hashlib
import secrets

#: 160 bits: nobody finds a second text for one, and it fits where Django keeps a session's key.
KEPT = 40


def new_token() -> str:
    """Return a random text for an address, 256 bits."""
    return secrets.token_urlsafe(32)


def kept_of(token: str) -> str:
    """Return what is stored in place of a random token. Not for passwords: those are short, and need a slow hash."""
    return hashlib.sha256(token.encode()).hexdigest()[:KEPT]
