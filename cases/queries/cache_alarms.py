"""Caches in front of the site that may still show what was withdrawn: told first, for a leak can kill."""

from datetime import datetime

from django.db import router
from django.utils.translation import gettext as _

from cases.publication.purging import caches_behind
from cases.published.models import PublishedCase
from cases.queries.alarms import Alarm


def caches_told_in_vain(at: datetime) -> list[Alarm]:
    """Return the caches that were not surely told to forget what changed, and what to do about each."""
    return [
        Alarm(
            prisoner=None,
            message=_(
                "The cache at %(address)s was not surely told of the last change (%(failure)s): it may show for five "
                "minutes what is gone. It is told again each minute; whoever runs the server should see to it."
            )
            % {"address": row.target, "failure": row.failure or _("nobody tells it: the timer does not run")},
        )
        for row in caches_behind(router.db_for_write(PublishedCase), at=at)
    ]
