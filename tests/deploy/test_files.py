"""The files of deploy/ are what nginx and systemd take, and name only settings, commands and files that there are."""

import re
import shutil
import subprocess
from configparser import ConfigParser
from pathlib import Path

import pytest
from django.core.management import get_commands

from tests.browser.site import ROOT
from tests.certificates import made_for
from tests.test_readme import table_rows, variables_read

DEPLOY = ROOT / "deploy"
PAGE = (DEPLOY / "README.md").read_text()
NGINX = (DEPLOY / "nginx.conf").read_text()
UNITS = sorted(path.name for path in DEPLOY.iterdir() if path.suffix in (".service", ".timer"))
#: What every unit gives up, whatever it runs.
GIVEN_UP = {
    "UMask": "0077",
    "ProtectSystem": "strict",
    "ProtectHome": "true",
    "PrivateTmp": "true",
    "PrivateDevices": "true",
    "NoNewPrivileges": "true",
    "CapabilityBoundingSet": "",
}


def unit(name: str) -> dict[str, dict[str, list[str]]]:
    """Read a unit: section, key, and what is said of it, in order."""
    found: dict[str, dict[str, list[str]]] = {}
    section = ""
    for line in (DEPLOY / name).read_text().splitlines():
        if line.startswith("["):
            section = line.strip("[]")
        elif line and not line.startswith("#"):
            key, said = line.split("=", 1)
            found.setdefault(section, {}).setdefault(key, []).append(said)
    return found


def nginx(configuration: str, folder: Path) -> subprocess.CompletedProcess[str]:
    key, certificate = made_for("cases.example.org")
    (folder / "privkey.pem").write_bytes(key)
    (folder / "fullchain.pem").write_bytes(certificate)
    text = re.sub(r"/etc/letsencrypt/live/[^/]+", str(folder), configuration).replace("/var/log/nginx", str(folder))
    main = folder / "main.conf"
    main.write_text(
        f"pid {folder}/pid;\nerror_log {folder}/error.log;\nevents {{}}\nhttp {{\n"
        + "".join(
            f"{name}_temp_path {folder}/{name};\n" for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
        )
        + text
        + "}\n"
    )
    program = shutil.which("nginx", path="/usr/sbin:/usr/bin:/sbin:/bin:/usr/local/sbin:/usr/local/bin")
    assert program, "nginx is not installed: .ci/run installs nginx-light"
    return subprocess.run([program, "-t", "-c", str(main)], capture_output=True, text=True, check=False, timeout=60)


def test_nginx_takes_its_file(tmp_path: Path) -> None:
    done = nginx(NGINX, tmp_path)
    assert "warn" not in done.stderr
    assert done.returncode == 0, done.stderr


def test_nginx_is_really_asked(tmp_path: Path) -> None:
    assert nginx(NGINX.replace("server_tokens off;", "server_tokens perhaps;", 1), tmp_path).returncode == 1


def test_no_block_of_nginx_keeps_a_log_of_readers_or_passes_the_public_sides_addresses_on() -> None:
    blocks = re.findall(r"^server \{.*?^\}", NGINX, re.MULTILINE | re.DOTALL)
    assert [block.count("access_log off;") for block in blocks] == [1] * 4
    assert "$remote_addr" not in blocks[0]
    assert 'X-Forwarded-For ""' in blocks[0]


@pytest.mark.parametrize("name", UNITS)
def test_a_unit_says_what_it_runs_and_gives_up_what_it_does_not_need(name: str) -> None:
    said = unit(name)
    if name.endswith(".timer"):
        assert set(said) == {"Unit", "Timer", "Install"}
        assert name.replace(".timer", ".service") in UNITS
        return
    service = said["Service"]
    side = service["User"][0]
    assert service["EnvironmentFile"] == [f"/etc/tracker/{side.removeprefix('tracker-')}.env"]
    assert {key: service.get(key, [None])[0] for key in GIVEN_UP} == GIVEN_UP
    assert service["RestrictAddressFamilies"] == ["AF_UNIX AF_INET AF_INET6"]
    commands = re.findall(r"manage\.py (\w+)", " ".join(service["ExecStart"]))
    assert [command for command in commands if command not in get_commands()] == []
    assert commands or all("granian" in line and "--no-access-log" in line for line in service["ExecStart"])


def test_systemd_takes_the_units(tmp_path: Path) -> None:
    """By systemd's own check where it is installed; its programs are replaced by one that is here."""
    program = shutil.which("systemd-analyze")
    for name in UNITS:
        text = re.sub(r"/srv/tracker/\.venv/bin/\w+", "/bin/true", (DEPLOY / name).read_text())
        (tmp_path / name).write_text(text)
        ConfigParser(strict=False, interpolation=None, allow_no_value=True).read_string(text)
    if program is None:
        return
    done = subprocess.run(
        [program, "verify", "--man=no", *(str(tmp_path / name) for name in UNITS)],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    complaints = [line for line in done.stderr.splitlines() if str(tmp_path) in line or "tracker-" in line]
    assert complaints == []


def test_the_page_names_every_file_of_the_folder() -> None:
    there = {path.name for path in DEPLOY.iterdir()} - {"README.md"}
    assert {name for name in there if f"`{name}`" not in PAGE} == set()


def test_the_page_names_only_settings_and_commands_that_there_are() -> None:
    """Every `NAME=…` of its examples is a setting that is read, and every command is one of ours."""
    named = set(re.findall(r"\b([A-Z][A-Z_]{4,})=", PAGE))
    assert named - variables_read() == {"ON_ERROR_STOP"}  # of psql
    assert {"PUBLIC_REPLICA_URLS", "CACHE_URL", "MEDIA_BUCKET", "MEDIA_BUCKET_ENDPOINT"} <= named
    commands = set(re.findall(r"manage\.py (\w+)", PAGE))
    assert commands - table_rows("Commands") - {"migrate", "collectstatic", "check"} == set()


def test_what_a_site_needs_that_has_grown_is_pinned_and_installed_for_the_tests() -> None:
    lines = [line.split("#")[0].strip() for line in (DEPLOY / "requirements.txt").read_text().splitlines()]
    assert [line for line in lines if line and "==" not in line] == []
    assert "-r deploy/requirements.txt" in (ROOT / "requirements-dev.txt").read_text().splitlines()
