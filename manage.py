#!/usr/bin/env python
"""Run the project's commands."""

import os
import sys
from pathlib import Path

from django.core.management import execute_from_command_line

from tracker.env import make_secret_key_file

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tracker.settings")
    if sys.argv[1:2] == ["quickstart"] and not (os.environ.get("SECRET_KEY") or os.environ.get("SECRET_KEY_FILE")):
        # The settings cannot be read without a key, so the first run makes one before they are.
        var = Path(os.environ.get("VAR_DIR") or Path(__file__).resolve().parent / "var")
        if make_secret_key_file(var / "secret_key"):
            sys.stdout.write(f"Made a secret key in {var / 'secret_key'}, readable by you alone.\n")
    execute_from_command_line(sys.argv)
