#!/usr/bin/env python
"""Run the project's commands."""

import os
import sys
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line
from django.db import DatabaseError

from tracker.first_run import lend_keys, make_keys, prepare_first_run, refuse_old_python
from tracker.refusals import remedy_for

if __name__ == "__main__":
    os.umask(0o077)  # databases, files and backups are for the account that runs the site alone
    refuse_old_python()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tracker.settings")
    if sys.argv[1:2] == ["quickstart"]:
        # The settings cannot be read without a key, so the first run makes one before they are.
        if {"-h", "--help"} & set(sys.argv[2:]):
            lend_keys(os.environ)
        else:
            sys.stdout.write(prepare_first_run(os.environ, Path(__file__).resolve().parent))
    if sys.argv[1:2] == ["make_keys"]:
        sys.stdout.write(make_keys(os.environ, Path(__file__).resolve().parent) or "Every key is there already.\n")
        sys.exit()
    try:
        settings.INSTALLED_APPS  # noqa: B018 - reading one setting reads them all
    except ImproperlyConfigured as problem:
        # Django would go on without settings and fail later, with a message that names no remedy.
        sys.exit(str(problem))
    try:
        execute_from_command_line(sys.argv)
    except (OSError, DatabaseError) as problem:
        remedy = None if "--traceback" in sys.argv else remedy_for(problem, settings.VAR_DIR)
        if remedy is None:
            raise
        sys.exit(remedy)
