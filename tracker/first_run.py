"""What the first run needs before the settings can be read: a new enough Python, a folder of its own, a secret key."""

import sys
from collections.abc import MutableMapping
from pathlib import Path

from tracker.env import make_secret_key_file

OLDEST_PYTHON = (3, 11)


def refuse_old_python(version: tuple[int, ...] = sys.version_info[:3]) -> None:
    """Exit with the remedy where Python is older than the project can run on."""
    if version[:2] < OLDEST_PYTHON:
        found, wanted = (".".join(str(part) for part in numbers[:2]) for numbers in (version, OLDEST_PYTHON))
        raise SystemExit(
            f"This is Python {found}; Python {wanted} or newer is needed. Delete .venv and make it with a newer one, "
            f"for example 'python{wanted} -m venv .venv'."
        )


def prepare_first_run(environ: MutableMapping[str, str], base_dir: Path) -> str:
    """Make the folder for data (mode 0700) and the secret key in it (mode 0600); return what was done, for people.

    Writes HTTPS=false into `environ` unless it is set: `quickstart` serves plain http to this machine only, so this
    holds for its own process and no other. Exits with the remedy where the folder cannot be written.
    """
    environ.setdefault("HTTPS", "false")
    var = Path(environ.get("VAR_DIR") or base_dir / "var")
    try:
        var.mkdir(mode=0o700, parents=True, exist_ok=True)
        if environ.get("SECRET_KEY") or environ.get("SECRET_KEY_FILE"):
            return ""
        made = make_secret_key_file(var / "secret_key")
    except OSError as refusal:
        raise SystemExit(
            f"Cannot write to {var}: {refusal.strerror}. Make that folder writable for this account, "
            "or set VAR_DIR to a folder that is."
        ) from refusal
    return f"Secret key: made {var / 'secret_key'}, readable by you alone.\n" if made else ""
