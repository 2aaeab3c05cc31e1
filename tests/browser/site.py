"""The site as `quickstart` makes it, served by the production server in a process of its own."""

import fcntl
import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
PRINTED = re.compile(r"^ {4}(\w+) +(\S+) +((?:\d{8} )+) +\(", re.MULTILINE)
STARTS_WITHIN = 60


def environment(var: Path, **extra: str) -> dict[str, str]:
    """Return the environment of a plain machine: nothing of the tests' own settings."""
    return {"PATH": os.environ["PATH"], "HOME": os.environ.get("HOME", "/"), "VAR_DIR": str(var), **extra}


def quickstart(var: Path, *arguments: str, **extra: str) -> subprocess.CompletedProcess[str]:
    """Run `manage.py quickstart` with its data in `var`."""
    return command(var, "quickstart", *arguments, **extra)


def command(var: Path, *arguments: str, **extra: str) -> subprocess.CompletedProcess[str]:
    """Run a command of the site whose data are in `var`."""
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env=environment(var, **extra),
        capture_output=True,
        text=True,
        check=False,
        timeout=900,  # a minute, and many where the machine is busy
    )


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Credentials:
    """With what an account signs in: as `quickstart` printed it, then the secret of its app, and the session it has."""

    password: str
    codes: list[str]
    secret: str = ""
    cookies: list[Any] = field(default_factory=list)


def printed(output: str) -> dict[str, Credentials]:
    """Read what `quickstart` printed of the accounts it made."""
    return {name: Credentials(password, codes.split()) for name, password, codes in PRINTED.findall(output)}


@dataclass(frozen=True)
class Site:
    """A running site: its address without a slash at the end, its folder, how its desk accounts sign in."""

    address: str
    var: Path
    passwords: Mapping[str, Credentials] = field(default_factory=dict)


def prepared(folder: Path) -> tuple[Path, dict[str, Credentials]]:
    """Return a folder with what `quickstart` makes and a release, and what it printed of the accounts; made once a run."""
    var, notes = folder / "quickstart", folder / "printed.txt"
    with (folder / "quickstart.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not notes.exists():
            done = quickstart(var, "--no-serve")
            if done.returncode:
                raise RuntimeError(f"quickstart failed:\n{done.stdout}\n{done.stderr}")
            command(var, "release", "--site", "http://127.0.0.1:8000", HTTPS="false").check_returncode()
            notes.write_text(done.stdout)
    return var, printed(notes.read_text())


def copy_of(var: Path, target: Path) -> Path:
    shutil.copytree(var, target)
    return target


@contextmanager
def served(var: Path, *, passwords: Mapping[str, Credentials] | None = None, **extra: str) -> Iterator[Site]:
    """Serve what is in `var` until the end; the server must then stop within ten seconds of Ctrl-C."""
    port = free_port()
    extra = {"HTTPS": "false", "SITE_URL": f"http://127.0.0.1:{port}", **extra}
    output = var / "server.log"
    with output.open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-c", f"from tracker.serving import serve; serve({port})"],
            cwd=ROOT,
            env=environment(var, **extra),
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
        )
        try:
            wait_until_up(f"http://127.0.0.1:{port}/robots.txt", process, output)
            yield Site(f"http://127.0.0.1:{port}", var, passwords or {})
        finally:
            process.terminate()
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                raise


def wait_until_up(address: str, process: subprocess.Popen[bytes], output: Path) -> None:
    deadline = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < deadline:
        if process.poll() is not None:
            break
        try:
            with urllib.request.urlopen(address, timeout=5):  # noqa: S310 - our own address
                return
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.2)
    raise RuntimeError(f"The server did not come up:\n{output.read_text()}")
