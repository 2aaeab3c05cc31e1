"""What every command of the program begins with."""

from django.core.management.base import BaseCommand

#: The checks that concern commands: is a restore finished, are the settings whole?
CHECKS = "tracker"


class SiteCommand(BaseCommand):
    """A command that runs the program's own checks alone: Django's load every page, which takes a second."""

    requires_system_checks = [CHECKS]
