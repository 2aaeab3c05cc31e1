"""Sealing: authenticated encryption of single values, each bound to the place where it is stored. Plain Python.

AES-256-GCM with a random 96-bit nonce (NIST SP 800-38D). The place ("cases_relative.phone:17") is authenticated with the
value, so that a token copied to another row or column does not open there. Texts are padded to steps of 64 bytes, so
that the length of a token tells little. Several keys may be at hand: the first seals, each opens what it sealed.
"""

import base64
import binascii
import hashlib
import hmac
import secrets
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

KEY_BYTES = 32
NONCE_BYTES = 12
PADDED_TO = 64
PREFIX = "s1"
MAGIC = b"sealed-file-1\n"


class StorageAway(OSError):
    """The place where files are kept does not answer; it says nothing of the file itself."""


class StorageRefused(StorageAway):
    """The place where files are kept refuses this site: its account, its name or what it may do is not as it should be."""


class SealingError(Exception):
    """A sealed value cannot be opened. Nothing is lost: the value stays as it is stored."""


class KeyUnknown(SealingError):
    """The value was sealed with a key that is not at hand."""

    def __init__(self, key_id: str) -> None:
        self.key_id = key_id
        super().__init__(
            f"This value was sealed with the key {key_id}, which is not among the sealing keys. "
            "Add that key to SEALING_KEYS or to the key file; the value is untouched."
        )


class SealBroken(SealingError):
    """The value was altered, or copied here from another row or field."""


class KeyMalformed(ValueError):
    """A line is no key: 32 random bytes in base64."""


@dataclass(frozen=True, slots=True)
class Key:
    """One 256-bit key with what is derived from it (HKDF-SHA-256, RFC 5869). Its id follows from it and tells nothing."""

    id: str
    value_key: bytes
    lookup_key: bytes
    file_key: bytes

    @classmethod
    def from_text(cls, text: str) -> "Key":
        """Read a key of 32 bytes in base64 or base64url. Raises KeyMalformed."""
        try:
            raw = base64.b64decode(text.strip().replace("-", "+").replace("_", "/").ljust(44, "="), validate=True)
        except (binascii.Error, ValueError) as problem:
            raise KeyMalformed("A sealing key is 32 random bytes written in base64 (44 characters).") from problem
        if len(raw) != KEY_BYTES:
            raise KeyMalformed(f"A sealing key has {KEY_BYTES} bytes, this one has {len(raw)}.")
        return cls(
            id=hashlib.sha256(b"sealing key id" + raw).hexdigest()[:12],
            value_key=_derived(raw, b"values"),
            lookup_key=_derived(raw, b"lookups"),
            file_key=_derived(raw, b"files"),
        )


def _derived(raw: bytes, purpose: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=b"case tracker " + purpose).derive(raw)


def new_key() -> str:
    """Return a new random key as text."""
    return base64.urlsafe_b64encode(secrets.token_bytes(KEY_BYTES)).decode()


def is_token(text: str) -> bool:
    """Tell whether a text is a sealed value as it is stored."""
    return text.startswith(f"{PREFIX}.") and text.count(".") == 2


def key_id_of(token: str) -> str:
    """Return the id of the key that sealed a token."""
    return token.split(".")[1]


class Keyring:
    """The keys at hand, in order; the first one seals."""

    def __init__(self, keys: Iterable[str]) -> None:
        """Read keys as text. Raises KeyMalformed, also where there is none."""
        self.keys = tuple(Key.from_text(text) for text in keys)
        if not self.keys:
            raise KeyMalformed("There is no sealing key.")
        self._by_id = {key.id: key for key in self.keys}

    @property
    def primary(self) -> Key:
        return self.keys[0]

    def seal(self, text: str, place: str) -> str:
        """Return the token of a text for the place where it will be stored."""
        key, nonce = self.primary, secrets.token_bytes(NONCE_BYTES)
        sealed = AESGCM(key.value_key).encrypt(nonce, _padded(text.encode()), place.encode())
        return f"{PREFIX}.{key.id}.{base64.urlsafe_b64encode(nonce + sealed).decode().rstrip('=')}"

    def open(self, token: str, place: str) -> str:
        """Return the text of a token that is stored at `place`. Raises KeyUnknown or SealBroken."""
        prefix, _dot, rest = token.partition(".")
        key_id, _dot, body = rest.partition(".")
        if prefix != PREFIX or not body:
            raise SealBroken(f"The value at {place} is not sealed as it should be: it was written around the program.")
        key = self._key(key_id)
        try:
            raw = base64.urlsafe_b64decode(body + "=" * (-len(body) % 4))
            padded = AESGCM(key.value_key).decrypt(raw[:NONCE_BYTES], raw[NONCE_BYTES:], place.encode())
        except (InvalidTag, ValueError) as problem:
            raise SealBroken(
                f"The seal of the value at {place} does not hold: it was altered, or copied from another row or field."
            ) from problem
        return padded[: padded.rindex(b"\x80")].decode()

    def reseal(self, token: str, place: str) -> str:
        """Return the token under the first key; one that it sealed already stays the same."""
        return token if key_id_of(token) == self.primary.id else self.seal(self.open(token, place), place)

    def lookups(self, text: str, place: str) -> list[str]:
        """Return the keyed hashes (HMAC-SHA-256, hexadecimal) by which an exact value is found, the present one first."""
        message = f"{place}\0{text}".encode()
        return [hmac.new(key.lookup_key, message, hashlib.sha256).hexdigest() for key in self.keys]

    def seal_bytes(self, content: bytes, place: str) -> bytes:
        """Return a file's bytes sealed for its name."""
        key, nonce = self.primary, secrets.token_bytes(NONCE_BYTES)
        head = MAGIC + key.id.encode() + b"\n" + nonce
        return head + AESGCM(key.file_key).encrypt(nonce, content, place.encode())

    def open_bytes(self, sealed: bytes, place: str) -> bytes:
        """Return a sealed file's bytes. Raises KeyUnknown or SealBroken."""
        key = self._key(file_key_id(sealed, place))
        rest = sealed[len(MAGIC) + len(key.id) + 1 :]
        try:
            return AESGCM(key.file_key).decrypt(rest[:NONCE_BYTES], rest[NONCE_BYTES:], place.encode())
        except (InvalidTag, ValueError) as problem:
            raise SealBroken(f"The seal of the file {place} does not hold: it was altered or renamed.") from problem

    def _key(self, key_id: str) -> Key:
        if key_id not in self._by_id:
            raise KeyUnknown(key_id)
        return self._by_id[key_id]

    def __iter__(self) -> Iterator[Key]:
        return iter(self.keys)


def file_key_id(sealed: bytes, place: str) -> str:
    """Return the id of the key that sealed a file. Raises SealBroken for a file that is not sealed."""
    if not sealed.startswith(MAGIC):
        raise SealBroken(f"The file {place} is not sealed as it should be: it was written around the program.")
    return sealed[len(MAGIC) :].split(b"\n", 1)[0].decode("ascii", "replace")


def _padded(text: bytes) -> bytes:
    """ISO/IEC 7816-4 padding: one byte 0x80, then zeros."""
    marked = text + b"\x80"
    return marked + b"\0" * (-len(marked) % PADDED_TO)
