"""Send the e-mails to who follows a list; run it every few minutes."""

from typing import Any

from django.conf import settings
from django.core.mail import get_connection
from django.core.management.base import CommandError
from django.utils import timezone

from cases.actions.digests import send_digests, send_questions
from cases.views.presentation.letters import digest, question
from tracker.commands import SiteCommand


class Command(SiteCommand):
    help = (
        "Send the e-mails to who follows a list: the question whether they want them, and what changed. Run it every few "
        "minutes (deploy/tracker-digests.timer): nothing is sent twice, and what cannot be sent now is tried again."
    )

    def handle(self, *_args: Any, **_options: Any) -> None:
        if not settings.FOLLOWS:
            raise CommandError(
                "E-mails are not set up. Set EMAIL_URL (submission://USER:PASSWORD@HOST:587), DEFAULT_FROM_EMAIL and "
                "SITE_URL, in a process that serves the desk (TRACKER_SITE=all or desk)."
            )
        now, mailbox = timezone.now(), get_connection()
        try:
            mailbox.open()
        except OSError as problem:
            raise CommandError(
                f"The mail server of EMAIL_URL does not answer: {problem}. Nothing was sent."
            ) from problem
        try:
            questions = send_questions(mailbox, question, at=now)
            digests = send_digests(mailbox, digest, at=now)
        finally:
            mailbox.close()
        for name, done in (("questions", questions), ("digests", digests)):
            told = ", ".join(f"{number} {outcome}" for outcome, number in sorted(done.items()))
            self.stdout.write(f"{name}: {told or 'none due'}")
