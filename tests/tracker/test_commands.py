"""Commands ask before they work whether the site is whole, and load no pages for it."""

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.core.management import get_commands, load_command_class
from django.core.management.base import SystemCheckError

from tests.browser.site import ROOT, environment
from tests.settings import OURS
from tracker.commands import SiteCommand
from tracker.unfinished import state_file

#: Those that work on a site that is not whole yet.
OTHERS = {"quickstart", "restore"}
NAMES = sorted(name for name, app in get_commands().items() if app == "cases")
LOADED = """
import sys
import django
from tracker.commands import SiteCommand
django.setup()
SiteCommand().check(tags=SiteCommand.requires_system_checks)
print("tracker.urls" in sys.modules)
"""


@pytest.mark.parametrize("name", sorted(set(NAMES) - OTHERS))
def test_no_command_works_on_half_a_site(name: str, settings: Any, tmp_path: Path) -> None:
    command = load_command_class("cases", name)
    assert isinstance(command, SiteCommand)
    settings.VAR_DIR = tmp_path
    command.check(tags=command.requires_system_checks)
    state_file(tmp_path).write_text('{"file": "monday"}')
    with pytest.raises(SystemCheckError, match="The restore of monday is not finished"):
        command.check(tags=command.requires_system_checks)


def test_what_a_command_checks_loads_no_pages(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", LOADED],
        cwd=ROOT,
        env=environment(
            tmp_path,
            DJANGO_SETTINGS_MODULE="tracker.settings",
            **{name: OURS[name] for name in ("SECRET_KEY", "SEALING_KEYS", "AUDIT_KEY", "BACKUP_KEY")},
        ),
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.stdout, done.stderr) == ("False\n", "")
