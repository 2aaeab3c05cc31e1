"""Settings come from the environment and fail closed."""

import base64
import errno
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from environs import Env

from tracker.env import (
    key_file,
    make_key_file,
    make_secret_key_file,
    read_keys,
    read_mail,
    read_purge_addresses,
    read_purge_token,
    read_replicas,
    read_secret_key,
    read_site,
)

KEY = "k3y-" * 20


def in_process(code: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run `code` in a new Python whose environment holds nothing but `environment`."""
    return subprocess.run(
        [sys.executable, "-c", code],
        cwd=settings.BASE_DIR,
        env={"PATH": os.environ["PATH"], **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def setting(name: str, **environment: str) -> str:
    done = in_process(f"from tracker import settings; print(repr(settings.{name}))", **environment)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


@pytest.fixture
def key(tmp_path: Path) -> dict[str, str]:
    sealing = base64.b64encode(b"s" * 32).decode()
    return {"SECRET_KEY": KEY, "SEALING_KEYS": sealing, "AUDIT_KEY": sealing, "VAR_DIR": str(tmp_path)}


def test_without_a_key_nothing_starts_and_the_remedy_is_named(tmp_path: Path) -> None:
    done = in_process("import tracker.settings", VAR_DIR=str(tmp_path))
    assert done.returncode == 1
    assert "Set SECRET_KEY or SECRET_KEY_FILE, or run 'python manage.py make_keys'" in done.stderr


def test_a_command_without_a_key_says_the_remedy_and_nothing_else(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "manage.py", "migrate"],
        cwd=settings.BASE_DIR,
        env={"PATH": os.environ["PATH"], "VAR_DIR": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert done.stderr.startswith("There is no secret key. Set SECRET_KEY or SECRET_KEY_FILE")
    assert "make_keys" in done.stderr
    assert "quickstart" not in done.stderr  # on a machine for a restore it would make cases and accounts
    assert "Traceback" not in done.stderr


def test_a_short_key_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("SECRET_KEY", "short")
    with pytest.raises(ImproperlyConfigured, match="fewer than 50 characters"):
        read_secret_key(Env(), tmp_path / "none")


def test_the_key_is_read_from_a_file_of_mode_0600(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("SECRET_KEY")
    path = tmp_path / "deep" / "secret_key"
    assert make_secret_key_file(path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    made = path.read_text()
    assert not make_secret_key_file(path)
    assert read_secret_key(Env(), path) == made


def test_without_a_sealing_key_nothing_starts_and_the_remedy_is_named(key: dict[str, str]) -> None:
    done = in_process("import tracker.settings", **{**key, "SEALING_KEYS": ""})
    assert done.returncode == 1
    assert "There is no key in SEALING_KEYS or in the file" in done.stderr
    assert "python manage.py make_keys" in done.stderr


def test_keys_are_read_in_order_from_the_variable_or_from_a_file_with_comments(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    one, two, three, four = (base64.b64encode(bytes([number]) * 32).decode() for number in range(4))
    monkeypatch.setenv("SEALING_KEYS", f"{one}, {two}")
    assert read_keys(Env(), "SEALING_KEYS", tmp_path / "none") == [one, two]
    assert key_file(Env(), "SEALING_KEYS", tmp_path / "none") is None
    path = tmp_path / "keys"
    path.write_text(f"# the newest first\n{three}  # since May\n\n{four}\n")
    monkeypatch.setenv("SEALING_KEYS", "")
    monkeypatch.setenv("SEALING_KEYS_FILE", str(path))
    assert read_keys(Env(), "SEALING_KEYS", tmp_path / "none") == [three, four]
    assert key_file(Env(), "SEALING_KEYS", tmp_path / "none") == path


@pytest.mark.parametrize("text", ["short", "not base64 at all, of forty-four characters.", "AAAA" * 20])
def test_what_is_no_key_stops_the_program_before_it_seals_anything(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, text: str
) -> None:
    path = tmp_path / "audit_key"
    path.write_text(text)
    monkeypatch.delenv("AUDIT_KEY", raising=False)
    with pytest.raises(ImproperlyConfigured, match=r"the file .*audit_key is no key: each is 32 random bytes"):
        read_keys(Env(), "AUDIT_KEY", path)


@pytest.mark.parametrize(
    ("content", "said"),
    [(b"", "is empty. Put back the key that was there"), (b"\xe9\xff", "is no text. Put back the key")],
)
def test_a_key_file_without_a_key_is_named_with_the_remedy(tmp_path: Path, content: bytes, said: str) -> None:
    path = tmp_path / "keys"
    path.write_bytes(content)
    with pytest.raises(ImproperlyConfigured, match=said):
        read_keys(Env(), "NO_KEYS", path)
    assert (make_key_file(path), path.read_bytes()) == (False, content)


def test_a_key_file_that_cannot_be_read_is_named_with_the_remedy(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def refused(*_args: object) -> str:
        raise PermissionError(errno.EACCES, "Permission denied")

    path = tmp_path / "keys"
    make_key_file(path)
    monkeypatch.setattr(Path, "read_text", refused)
    with pytest.raises(ImproperlyConfigured, match=r"cannot be read: Permission denied\. Let the account"):
        read_keys(Env(), "NO_KEYS", path)


def test_a_full_disk_leaves_no_empty_key_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def full(_descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    path = tmp_path / "keys"
    with monkeypatch.context() as disk:
        disk.setattr(os, "fsync", full)
        with pytest.raises(OSError, match="No space left"):
            make_key_file(path)
    assert list(tmp_path.iterdir()) == []
    assert make_key_file(path)


def test_a_key_file_is_made_once_with_mode_0600(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "sealing_keys"
    assert make_key_file(path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    made = path.read_text()
    assert len(base64.urlsafe_b64decode(made)) == 32
    assert not make_key_file(path)
    assert path.read_text() == made


def test_the_public_site_has_no_key_to_open_anything(key: dict[str, str]) -> None:
    shown = setting("SEALING_KEYS + [settings.AUDIT_KEY]", **key, TRACKER_SITE="public")
    assert shown == "['']"


def test_an_unknown_side_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRACKER_SITE", "everything")
    with pytest.raises(ImproperlyConfigured, match="write one of all, desk, public"):
        read_site(Env())


def test_production_defaults_are_the_careful_ones(key: dict[str, str]) -> None:
    assert setting("DEBUG", **key) == "False"
    assert setting("SECURE_SSL_REDIRECT", **key) == "True"
    assert setting("SESSION_COOKIE_SECURE", **key) == "True"
    assert setting("SECURE_HSTS_SECONDS", **key) == "31536000"
    assert "*" not in setting("ALLOWED_HOSTS", **key)


def test_records_and_public_copy_share_a_database_unless_told_otherwise(key: dict[str, str]) -> None:
    assert setting("DATABASES.keys()", **key) == "dict_keys(['default'])"
    two = setting("DATABASES.keys()", **key, PUBLIC_DATABASE_URL="postgres://tracker@localhost/public")
    assert two == "dict_keys(['default', 'public'])"


def test_the_public_site_never_reads_the_address_of_the_records(key: dict[str, str]) -> None:
    public = {
        "TRACKER_SITE": "public",
        "DATABASE_URL": "postgres://secret:private@records/records",
        "PUBLIC_DATABASE_URL": "postgres://reader@localhost/public",
    }
    shown = setting("DATABASES", **key, **public)
    assert "reader" in shown
    assert "private" not in shown


def test_the_public_site_has_no_desk_and_no_sessions(key: dict[str, str]) -> None:
    apps = setting("INSTALLED_APPS + settings.MIDDLEWARE", **key, TRACKER_SITE="public")
    assert "cases" in apps
    for word in ("admin", "sessions", "messages", "auth.middleware", "allauth", "gate"):
        assert word not in apps


@pytest.mark.parametrize(
    ("address", "host", "is_encrypted"),
    [
        ("submission://user:word@mail.example.org:587", "mail.example.org", True),
        ("smtp://127.0.0.1:25", "127.0.0.1", False),
        ("smtp://mail.example.org:587?tls=True", "mail.example.org", True),
    ],
)
def test_mail_goes_encrypted_or_stays_on_this_machine(monkeypatch, address, host, is_encrypted):
    monkeypatch.setenv("EMAIL_URL", address)
    read = read_mail(Env())
    assert (read["EMAIL_HOST"], bool(read["EMAIL_USE_TLS"])) == (host, is_encrypted)


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("smtp://mail.example.org:25", "EMAIL_URL would send e-mail unencrypted to another machine."),
        ("smtp+tls://user:word@mail.example.org:587", "EMAIL_URL is not understood."),
        ("file://letters", "EMAIL_URL is not understood."),
        ("file:///", "EMAIL_URL is not understood."),
    ],
)
def test_a_mail_server_that_would_be_careless_is_refused_with_its_remedy(monkeypatch, address, said):
    monkeypatch.setenv("EMAIL_URL", address)
    with pytest.raises(ImproperlyConfigured, match=rf"^{said} Write submission://"):
        read_mail(Env())


def test_mail_can_be_written_into_the_folder_that_is_named_and_no_other(monkeypatch):
    monkeypatch.setenv("EMAIL_URL", "file:///srv/the%20letters")
    read = read_mail(Env())
    assert (read["EMAIL_BACKEND"], read["EMAIL_FILE_PATH"]) == (
        "django.core.mail.backends.filebased.EmailBackend",
        "/srv/the letters",
    )


def test_without_a_mail_server_there_are_no_settings_for_it(monkeypatch):
    monkeypatch.delenv("EMAIL_URL", raising=False)
    assert read_mail(Env()) == {}


def test_replicas_are_read_one_by_one(monkeypatch: pytest.MonkeyPatch) -> None:
    assert read_replicas(Env()) == []
    monkeypatch.setenv("PUBLIC_REPLICA_URLS", "postgres://reader@one/public, postgresql://reader@two/public,")
    assert [(one["HOST"], one["USER"], one["NAME"]) for one in read_replicas(Env())] == [
        ("one", "reader", "public"),
        ("two", "reader", "public"),
    ]


def test_a_replica_that_is_no_postgresql_is_refused_by_its_number_without_its_password(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("PUBLIC_REPLICA_URLS", "postgres://reader@one/public,mysql://reader:geheim@two/public")
    with pytest.raises(ImproperlyConfigured, match="Address 2 of PUBLIC_REPLICA_URLS") as refusal:
        read_replicas(Env())
    assert "geheim" not in str(refusal.value)


def test_replicas_need_a_primary_and_are_not_for_the_desk(tmp_path: Path) -> None:
    said = "from django.conf import settings; print(settings.REPLICAS, sorted(settings.DATABASES))"
    shared = {
        "DJANGO_SETTINGS_MODULE": "tracker.settings",
        "SECRET_KEY": KEY,
        "VAR_DIR": str(tmp_path),
        "PUBLIC_REPLICA_URLS": "postgres://reader@one/public,postgres://reader@two/public",
    }
    refused = in_process(said, TRACKER_SITE="public", **shared)
    assert "PUBLIC_REPLICA_URLS needs PUBLIC_DATABASE_URL to be their primary" in refused.stderr
    taken = in_process(said, TRACKER_SITE="public", PUBLIC_DATABASE_URL="postgres://reader@zero/public", **shared)
    assert taken.stdout == "['replica1', 'replica2'] ['default', 'replica1', 'replica2']\n"
    keys = {name: base64.b64encode(os.urandom(32)).decode() for name in ("SEALING_KEYS", "AUDIT_KEY")}
    assert in_process(said, TRACKER_SITE="desk", **keys, **shared).stdout == "[] ['default']\n"


@pytest.mark.parametrize(
    "address",
    [
        "cache.internal:6081",
        "ftp://cache.internal/",
        "http:///purge",
        "http://cache.internal:port/",
        "http://a b/",
        "http://" + "x" * 70 + ".internal/",
        "http://кеш.internal/",
        "http://desk:hidden@cache.internal/",
        "https://cache.internal/?key=hidden",
        "https://cache.internal/" + "x" * 400,
    ],
)
def test_an_address_to_which_no_purge_can_be_sent_is_refused_by_its_number_without_its_secret(
    monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    monkeypatch.setenv("CACHE_PURGE_URLS", f"http://cache.internal:6081/, {address}")
    with pytest.raises(ImproperlyConfigured, match="Address 2 of CACHE_PURGE_URLS") as refusal:
        read_purge_addresses(Env())
    assert "hidden" not in str(refusal.value)


def test_addresses_to_purge_are_read_one_by_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CACHE_PURGE_URLS", "http://127.0.0.1:6081/, https://[2001:db8::1]/service/purge,")
    assert read_purge_addresses(Env()) == ["http://127.0.0.1:6081/", "https://[2001:db8::1]/service/purge"]


@pytest.mark.parametrize("token", ["слово", "two\nlines"])
def test_a_token_that_no_header_can_carry_is_refused(monkeypatch: pytest.MonkeyPatch, token: str) -> None:
    monkeypatch.setenv("CACHE_PURGE_TOKEN", token)
    with pytest.raises(ImproperlyConfigured, match="CACHE_PURGE_TOKEN") as refusal:
        read_purge_token(Env())
    assert token not in str(refusal.value)
