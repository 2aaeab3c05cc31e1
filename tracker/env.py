"""Reading settings from the environment, failing closed: a missing or careless value is an error with its remedy."""

import base64
import os
import secrets
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import dj_database_url
from django.core.exceptions import ImproperlyConfigured
from environs import Env

SITES = ("all", "desk", "public")
#: Mail servers to which nothing goes over a network.
NEAR = ("127.0.0.1", "::1", "localhost")
#: Of the column that notes it.
MOST_OF_ADDRESS = 400
KEY_LENGTH = 50
KEY_BYTES = 32


def read_site(env: Env) -> str:
    """Return which side this process serves: `all`, `desk` or `public`."""
    site = env.str("TRACKER_SITE", "all")
    if site not in SITES:
        raise ImproperlyConfigured(f"TRACKER_SITE is {site!r}; write one of {', '.join(SITES)}.")
    return site


def read_mail(env: Env) -> dict[str, object]:
    """Return Django's settings for sending e-mail, from EMAIL_URL; {} where it is not set.

    Raises ImproperlyConfigured for an address that is not understood, and for one that would send what is private in the
    clear to another machine.
    """
    if not env.str("EMAIL_URL", ""):
        return {}
    remedy = (
        "Write submission://USER:PASSWORD@HOST:587 (encrypted by STARTTLS), smtp://127.0.0.1:25 for a mail server on this "
        "machine, or file:///FOLDER to have the e-mails as files."
    )
    read: dict[str, object] = dict(env.dj_email_url("EMAIL_URL"))
    address = urlsplit(env.str("EMAIL_URL"))
    is_folder = address.scheme == "file"
    if "EMAIL_BACKEND" not in read or (is_folder and (address.netloc or not address.path.strip("/"))):
        raise ImproperlyConfigured(f"EMAIL_URL is not understood. {remedy}")
    if is_folder:
        return {**read, "EMAIL_FILE_PATH": unquote(address.path)}
    is_encrypted = read["EMAIL_USE_TLS"] or read["EMAIL_USE_SSL"]
    if str(read["EMAIL_BACKEND"]).endswith("smtp.EmailBackend") and not is_encrypted and read["EMAIL_HOST"] not in NEAR:
        raise ImproperlyConfigured(f"EMAIL_URL would send e-mail unencrypted to another machine. {remedy}")
    return read


def read_replicas(env: Env) -> list[dict[str, Any]]:
    """Return the copies of the public database that PUBLIC_REPLICA_URLS names, with commas between them, as Django has them.

    Raises ImproperlyConfigured for an address that is not understood, and for one of no PostgreSQL.
    """
    given: list[str] = env.list("PUBLIC_REPLICA_URLS", [])
    addresses = [address.strip() for address in given if address.strip()]
    for number, address in enumerate(addresses, start=1):
        if not address.startswith(("postgres://", "postgresql://")):
            raise ImproperlyConfigured(
                f"Address {number} of PUBLIC_REPLICA_URLS is no address of a PostgreSQL database. Write postgres://… for "
                "each streaming replica of PUBLIC_DATABASE_URL, with commas between them."
            )
    return [dict(dj_database_url.parse(address)) for address in addresses]


def read_cache(env: Env) -> dict[str, Any]:
    """Return Django's settings of the shared cache, from CACHE_URL; {} where it is not set.

    Raises ImproperlyConfigured for an address that is not one of Redis, and where the package for it is missing.
    """
    address = env.str("CACHE_URL", "").strip()
    if not address:
        return {}
    if not address.startswith(("redis://", "rediss://", "unix://")):
        raise ImproperlyConfigured(
            "CACHE_URL is no address of Redis. Write redis://HOST:6379/0, rediss://… (encrypted) or unix:///path/to/socket."
        )
    _need("redis", "CACHE_URL")
    return {
        "BACKEND": "tracker.redis_cache.RedisCache",
        "LOCATION": address,
        "KEY_PREFIX": "tracker",
        "KEY_FUNCTION": "tracker.cache_keys.hashed",
        "OPTIONS": {
            "socket_connect_timeout": 0.25,
            "socket_timeout": 0.25,
            "serializer": "tracker.redis_cache.PlainValues",
        },
    }


def read_purge_addresses(env: Env) -> list[str]:
    """Return the addresses of CACHE_PURGE_URLS.

    Raises ImproperlyConfigured for one to which nothing can be sent, and for one with a password or a question in it: the
    addresses are noted in the public database.
    """
    given: list[str] = env.list("CACHE_PURGE_URLS", [])
    addresses = [address.strip() for address in given if address.strip()]
    for number, address in enumerate(addresses, start=1):
        if not _can_be_purged(address):
            raise ImproperlyConfigured(
                f"Address {number} of CACHE_PURGE_URLS is none to which PURGE can be sent. Write http://HOST:PORT/ or "
                "https://HOST/PATH, and no password or question in it: those go into CACHE_PURGE_TOKEN."
            )
    return addresses


def _can_be_purged(address: str) -> bool:
    try:
        parts = urlsplit(address)
        port = parts.port
        (parts.hostname or "").encode("idna")
    except ValueError:
        return False
    return (
        parts.scheme in ("http", "https")
        and bool(parts.hostname)
        and port != 0
        and not (parts.username is not None or parts.query or parts.fragment)
        and address.isascii()
        and address.isprintable()
        and " " not in address
        and len(address) <= MOST_OF_ADDRESS
    )


def read_purge_token(env: Env) -> str:
    """Return CACHE_PURGE_TOKEN. Raises ImproperlyConfigured where no header can carry it."""
    token = env.str("CACHE_PURGE_TOKEN", "")
    if not (token.isascii() and token.isprintable()):
        raise ImproperlyConfigured("CACHE_PURGE_TOKEN holds what no header can carry; write ASCII letters and digits.")
    return token


def read_media(env: Env) -> dict[str, Any]:
    """Return Django's settings of the bucket of the records' files, from MEDIA_BUCKET_*; {} where MEDIA_BUCKET is not set.

    Without AWS_ACCESS_KEY_ID the machine's own role is used. Raises ImproperlyConfigured where the packages are missing,
    and where what is said would not work.
    """
    bucket = env.str("MEDIA_BUCKET", "").strip()
    if not bucket:
        return {}
    _need("storages", "MEDIA_BUCKET")
    _need("boto3", "MEDIA_BUCKET")
    endpoint = env.str("MEDIA_BUCKET_ENDPOINT", "").strip()
    if endpoint and not endpoint.startswith(("https://", "http://")):
        raise ImproperlyConfigured(
            f"MEDIA_BUCKET_ENDPOINT is {endpoint!r}; write https://HOST, or leave it out for AWS."
        )
    key, secret = env.str("AWS_ACCESS_KEY_ID", ""), env.str("AWS_SECRET_ACCESS_KEY", "")
    if bool(key) != bool(secret):
        raise ImproperlyConfigured("Set both AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or neither.")
    return {
        "BACKEND": "cases.sealed_bucket.SealedBucket",
        "OPTIONS": {
            "bucket_name": bucket,
            "endpoint_url": endpoint or None,
            "region_name": env.str("MEDIA_BUCKET_REGION", "") or None,
            "access_key": key or None,
            "secret_key": secret or None,
        },
    }


def _need(package: str, setting: str) -> None:
    if find_spec(package) is None:
        raise ImproperlyConfigured(
            f"{setting} needs the package {package}, which is not installed here. Run "
            "'pip install -r deploy/requirements.txt', or leave the setting out."
        )


def read_secret_key(env: Env, default_file: Path) -> str:
    """Return the secret key from SECRET_KEY, else from the file SECRET_KEY_FILE (by default the one `quickstart` made)."""
    key = env.str("SECRET_KEY", "")
    if key:
        return _long_enough(key, "SECRET_KEY")
    path = Path(env.str("SECRET_KEY_FILE", str(default_file)))
    kept = _kept_in(path).strip()
    if kept:
        return _long_enough(kept, f"the file {path}")
    raise ImproperlyConfigured(
        "There is no secret key. Set SECRET_KEY or SECRET_KEY_FILE, or run 'python manage.py make_keys', which makes the "
        "keys that are missing on this machine."
    )


def make_secret_key_file(path: Path) -> bool:
    """Write a new key to `path` with mode 0600 unless it exists; tell whether it was made."""
    return _make_file(path, secrets.token_urlsafe(64))


def read_keys(env: Env, name: str, default_file: Path) -> list[str]:
    """Return the keys of `NAME` (with commas between them), else of the file `NAME_FILE`, one a line; `#` begins a comment.

    Each is 32 random bytes in base64. Raises ImproperlyConfigured where there is none, or one is something else.
    """
    keys = _given(env, name)
    path = Path(env.str(f"{name}_FILE", "") or default_file)
    where = name if keys else f"the file {path}"
    if not keys:
        keys = keys_in(path)
    if not keys:
        raise ImproperlyConfigured(
            f"There is no key in {name} or in the file {path}. Set {name} or {name}_FILE, or run "
            "'python manage.py make_keys', which makes what is missing for this machine. Keep the keys apart from the "
            "database and its backups: without them nobody can open what they sealed."
        )
    if not all(map(_is_key, keys)):
        raise ImproperlyConfigured(
            f"What stands in {where} is no key: each is 32 random bytes in base64 (44 characters). Put back the key that "
            "was there; nothing was changed, and what it sealed waits for it."
        )
    return keys


def key_file(env: Env, name: str, default_file: Path) -> Path | None:
    """Return the file from which `read_keys` has the keys of `NAME`; None where the variable itself gives them."""
    return None if _given(env, name) else Path(env.str(f"{name}_FILE", "") or default_file)


def keys_in(path: Path) -> list[str]:
    """Return the keys of a file, one a line; `#` begins a comment. None where there is no file.

    Raises ImproperlyConfigured where it cannot be read or is empty.
    """
    lines = (line.split("#", 1)[0].strip() for line in _kept_in(path).splitlines())
    return [line for line in lines if line]


def _given(env: Env, name: str) -> list[str]:
    return [key.strip() for key in env.str(name, "").split(",") if key.strip()]


def make_key_file(path: Path) -> bool:
    """Write a new key of 32 random bytes to `path` with mode 0600 unless it exists; tell whether it was made."""
    return _make_file(path, base64.urlsafe_b64encode(secrets.token_bytes(KEY_BYTES)).decode() + "\n")


def _kept_in(path: Path) -> str:
    """Return what a key file says; nothing where there is none. Raises ImproperlyConfigured where it cannot be read."""
    try:
        if not path.is_file():
            return ""
        kept = path.read_text()
    except OSError as refusal:
        raise ImproperlyConfigured(
            f"The key file {path} cannot be read: {refusal.strerror}. Let the account that runs this read it, and nobody "
            "else (mode 0600)."
        ) from refusal
    except UnicodeDecodeError as problem:
        raise ImproperlyConfigured(f"The key file {path} is no text. Put back the key that was there.") from problem
    if not kept.strip():
        raise ImproperlyConfigured(
            f"The key file {path} is empty. Put back the key that was there; if there never was one, delete the file and "
            "run 'python manage.py make_keys'."
        )
    return kept


def _make_file(path: Path, text: str) -> bool:
    """Write a key file as a whole unless it exists: a full disk or a power cut leaves none, and not an empty one."""
    if path.exists():
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f"{path.name}.new")
    fresh.unlink(missing_ok=True)
    try:
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as stream:
            stream.write(text)
            stream.flush()
            os.fsync(stream.fileno())
        fresh.replace(path)
    finally:
        fresh.unlink(missing_ok=True)
    return True


def _is_key(text: str) -> bool:
    try:
        raw = base64.b64decode(text.replace("-", "+").replace("_", "/").ljust(44, "="), validate=True)
    except ValueError:
        return False
    return len(raw) == KEY_BYTES


def _long_enough(key: str, where: str) -> str:
    if len(key) < KEY_LENGTH:
        raise ImproperlyConfigured(
            f"The key in {where} has fewer than {KEY_LENGTH} characters; use a longer random one."
        )
    return key
