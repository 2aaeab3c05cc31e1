#!/usr/bin/env python
"""Run the project's commands."""

import os
import sys
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line

from tracker.first_run import make_keys, prepare_first_run, refuse_old_python

if __name__ == "__main__":
    os.umask(0o077)  # databases, files and backups are for the account that runs the site alone
    refuse_old_python()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tracker.settings")
    if sys.argv[1:2] == ["quickstart"]:
        # The settings cannot be read without a key, so the first run makes one before they are.
        sys.stdout.write(prepare_first_run(os.environ, Path(__file__).resolve().parent))
    if sys.argv[1:2] == ["make_keys"]:
        sys.stdout.write(make_keys(os.environ, Path(__file__).resolve().parent) or "Every key is there already.\n")
        sys.exit()
    try:
        settings.INSTALLED_APPS  # noqa: B018 - reading one setting reads them all
    except ImproperlyConfigured as problem:
        # Django would go on without settings and fail later, with a message that names no remedy.
        sys.exit(str(problem))
    execute_from_command_line(sys.argv)
