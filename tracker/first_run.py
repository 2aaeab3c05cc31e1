"""What the first run needs before the settings can be read: a new enough Python, a folder of its own, a secret key."""

import base64
import secrets
import sys
from collections.abc import Mapping, MutableMapping
from pathlib import Path

from tracker.env import KEY_BYTES, make_key_file, make_secret_key_file
from tracker.unfinished import unfinished_restore

OLDEST_PYTHON = (3, 11)


def refuse_old_python(version: tuple[int, ...] = sys.version_info[:3]) -> None:
    """Exit with the remedy where Python is older than the project can run on."""
    if version[:2] < OLDEST_PYTHON:
        found, wanted = (".".join(str(part) for part in numbers[:2]) for numbers in (version, OLDEST_PYTHON))
        raise SystemExit(
            f"This is Python {found}; Python {wanted} or newer is needed. Delete .venv and make it with a newer one, "
            f"for example 'python{wanted} -m venv .venv'."
        )


#: What each key is for: (variable, file in VAR_DIR, words).
KEY_FILES = (
    ("SEALING_KEYS", "sealing_keys", "Sealing key"),
    ("AUDIT_KEY", "audit_key", "Audit key"),
    ("BACKUP_KEY", "backup_key", "Backup key"),
)


def prepare_first_run(environ: MutableMapping[str, str], base_dir: Path) -> str:
    """Make the folder for data (mode 0700) and the keys in it (mode 0600); return what was done, for people.

    Writes HTTPS=false into `environ` unless it is set: `quickstart` serves plain http to this machine only, so this
    holds for its own process and no other. Exits with the remedy where the folder cannot be written.
    """
    environ.setdefault("HTTPS", "false")
    var = Path(environ.get("VAR_DIR") or base_dir / "var")
    try:
        var.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as refusal:
        raise SystemExit(_remedy(environ, base_dir, refusal)) from refusal
    half = unfinished_restore(var)
    if half is not None:
        raise SystemExit(half)
    return make_keys(environ, base_dir)


def lend_keys(environ: MutableMapping[str, str]) -> None:
    """Give this process keys of its own that stand in no file: enough to read the settings and print help."""
    environ["SECRET_KEY"] = secrets.token_urlsafe(64)
    for variable, _name, _words in KEY_FILES:
        environ[variable] = base64.b64encode(secrets.token_bytes(KEY_BYTES)).decode()


def make_keys(environ: Mapping[str, str], base_dir: Path) -> str:
    """Make the key files that are neither set nor there (mode 0600); return what was made, for people.

    An existing file is never touched. Exits with the remedy where the folder cannot be written.
    """
    var = Path(environ.get("VAR_DIR") or base_dir / "var")
    said = ""
    try:
        if not (environ.get("SECRET_KEY") or environ.get("SECRET_KEY_FILE")) and make_secret_key_file(
            var / "secret_key"
        ):
            said += f"Secret key: made {var / 'secret_key'}, readable by you alone.\n"
        for variable, name, words in KEY_FILES:
            if environ.get("TRACKER_SITE") == "public" or environ.get(variable) or environ.get(f"{variable}_FILE"):
                continue
            if make_key_file(var / name):
                said += f"{words}: made {var / name}, readable by you alone.\n"
    except OSError as refusal:
        raise SystemExit(_remedy(environ, base_dir, refusal)) from refusal
    return said


def _remedy(environ: Mapping[str, str], base_dir: Path, refusal: OSError) -> str:
    return (
        f"Cannot write to {Path(environ.get('VAR_DIR') or base_dir / 'var')}: {refusal.strerror}. "
        "Make that folder writable for this account, or set VAR_DIR to a folder that is."
    )
