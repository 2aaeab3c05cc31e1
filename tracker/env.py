"""Reading settings from the environment, failing closed: a missing or careless value is an error with its remedy."""

import base64
import secrets
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured
from environs import Env

SITES = ("all", "desk", "public")
KEY_LENGTH = 50


def read_site(env: Env) -> str:
    """Return which side this process serves: `all`, `desk` or `public`."""
    site = env.str("TRACKER_SITE", "all")
    if site not in SITES:
        raise ImproperlyConfigured(f"TRACKER_SITE is {site!r}; write one of {', '.join(SITES)}.")
    return site


def read_secret_key(env: Env, default_file: Path) -> str:
    """Return the secret key from SECRET_KEY, else from the file SECRET_KEY_FILE (by default the one `quickstart` made)."""
    key = env.str("SECRET_KEY", "")
    if key:
        return _long_enough(key, "SECRET_KEY")
    path = Path(env.str("SECRET_KEY_FILE", str(default_file)))
    if path.is_file():
        return _long_enough(path.read_text().strip(), f"the file {path}")
    raise ImproperlyConfigured(
        "There is no secret key. Set SECRET_KEY or SECRET_KEY_FILE, or run 'python manage.py quickstart', "
        "which makes one for this machine."
    )


def make_secret_key_file(path: Path) -> bool:
    """Write a new key to `path` with mode 0600 unless it exists; tell whether it was made."""
    if path.exists():
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch(mode=0o600, exist_ok=False)
    path.write_text(secrets.token_urlsafe(64))
    return True


def read_keys(env: Env, name: str, default_file: Path) -> list[str]:
    """Return the keys of `NAME` (with commas between them), else of the file `NAME_FILE`, one a line; `#` begins a comment.

    Each is 32 random bytes in base64. Raises ImproperlyConfigured where there is none.
    """
    keys = _given(env, name)
    path = Path(env.str(f"{name}_FILE", "") or default_file)
    if not keys and path.is_file():
        keys = keys_in(path)
    if not keys:
        raise ImproperlyConfigured(
            f"There is no key in {name} or in the file {path}. Set {name} or {name}_FILE, or run "
            "'python manage.py make_keys', which makes what is missing for this machine. Keep the keys apart from the "
            "database and its backups: without them nobody can open what they sealed."
        )
    return keys


def key_file(env: Env, name: str, default_file: Path) -> Path | None:
    """Return the file from which `read_keys` has the keys of `NAME`; None where the variable itself gives them."""
    return None if _given(env, name) else Path(env.str(f"{name}_FILE", "") or default_file)


def keys_in(path: Path) -> list[str]:
    """Return the keys of a file, one a line; `#` begins a comment."""
    lines = (line.split("#", 1)[0].strip() for line in path.read_text().splitlines())
    return [line for line in lines if line]


def _given(env: Env, name: str) -> list[str]:
    return [key.strip() for key in env.str(name, "").split(",") if key.strip()]


def make_key_file(path: Path) -> bool:
    """Write a new key of 32 random bytes to `path` with mode 0600 unless it exists; tell whether it was made."""
    if path.exists():
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch(mode=0o600, exist_ok=False)
    path.write_text(base64.urlsafe_b64encode(secrets.token_bytes(32)).decode() + "\n")
    return True


def _long_enough(key: str, where: str) -> str:
    if len(key) < KEY_LENGTH:
        raise ImproperlyConfigured(
            f"The key in {where} has fewer than {KEY_LENGTH} characters; use a longer random one."
        )
    return key
