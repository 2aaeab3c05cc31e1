"""What follows from a change at the desk for what is already public: consent is enforced, and the rest is said."""

from collections.abc import Iterable

from django.contrib import messages
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from cases.actions.consent import MAY_CHANGE, keep_within_consent
from cases.models import Prisoner
from cases.publication.publish import PublicSideUnreachable
from cases.queries.exposed import shows_what_is_hidden


def look_after(request: HttpRequest, prisoners: Iterable[Prisoner]) -> None:
    """Withdraw what consent no longer covers, and warn of public pages that still show what is hidden now."""
    for prisoner in prisoners:
        if request.user.has_perm(MAY_CHANGE) and _withdrawn(request, prisoner):
            continue
        if shows_what_is_hidden(prisoner):
            messages.warning(
                request,
                _("The public page of %(case)s still shows what is hidden now: submit the case again, or withdraw it.")
                % {"case": prisoner},
            )


def _withdrawn(request: HttpRequest, prisoner: Prisoner) -> bool:
    try:
        done = keep_within_consent(request.user, prisoner, at=timezone.now())
    except PublicSideUnreachable:
        messages.error(
            request,
            _("The change is saved, but the public side cannot be reached and still shows the case: withdraw it soon."),
        )
        return True
    if done:
        messages.warning(request, done)
    return bool(done)
