"""Sending e-mails to who follows a list: the question whether they want them, and what changed.

A digest is claimed before it is sent, and what it covers is noted after. Killed between the two, it is not known whether
it went out: then it is never sent again as it was, and the next day's begins where the last one that surely arrived ended.
So no digest comes twice, and no change is left out; at worst one change is told in two different e-mails.
"""

from collections import Counter
from collections.abc import Callable
from datetime import date, datetime, timedelta
from email.utils import format_datetime, parseaddr
from smtplib import SMTPDataError, SMTPRecipientsRefused
from typing import TypeAlias

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.message import make_msgid
from django.utils import timezone

from cases.actions.following import EVERY
from cases.enums import Frequency
from cases.models import Follower
from cases.published.letters import Following, Letter, ListNotUnderstood
from cases.sealed import Sealed

#: Publications that began earlier than this before a run are surely visible to it.
SETTLED = timedelta(minutes=10)
#: How often a mail server may say that an address does not exist before the address is forgotten.
MOST_REFUSALS = 3
#: From this code on a mail server means it for good (RFC 5321, section 4.2.1).
PERMANENT = 500
DAY = timedelta(days=1)


AskThem: TypeAlias = Callable[[Following], Letter]
#: From the list, since when and until when: the e-mail, or None where nothing changed. Raises ListNotUnderstood.
TellThem: TypeAlias = Callable[[Following, datetime, datetime], Letter | None]


class _NotNow(Exception):
    """The mail server takes nothing at present."""


def send_questions(mailbox: BaseEmailBackend, word: AskThem, *, at: datetime) -> Counter[str]:
    """Ask everybody who wants e-mails and was not asked yet whether they do; return what became of how many."""
    done: Counter[str] = Counter()
    waiting = Follower.objects.waiting(timezone.localdate(at)).filter(is_asked_to_confirm=False)
    for follower in waiting.order_by("pk"):
        try:
            outcome = _send(mailbox, follower, word(_following(follower)), at)
        except _NotNow:
            done["put off"] += 1
            return done
        done[outcome] += 1
        if outcome == "refused":
            follower.delete()
        elif outcome == "sent":
            Follower.objects.filter(pk=follower.pk).update(is_asked_to_confirm=True)
    return done


def send_digests(mailbox: BaseEmailBackend, word: TellThem, *, at: datetime) -> Counter[str]:
    """Send what is due; return what became of how many. Two runs at once, or one that is killed, send nothing twice."""
    done: Counter[str] = Counter()
    today, until = timezone.localdate(at), at - SETTLED
    for follower in Follower.objects.due(today).order_by("pk"):
        claimed = Follower.objects.filter(pk=follower.pk, due_on=follower.due_on).update(due_on=today + DAY)
        if not claimed:
            continue
        since = min(follower.covered_until or until, until)
        try:
            letter = word(_following(follower), since, until)
            outcome = "nothing new" if letter is None else _send(mailbox, follower, letter, at)
        except ListNotUnderstood:
            outcome = "not understood"
        except _NotNow:
            Follower.objects.filter(pk=follower.pk).update(due_on=follower.due_on)
            done["put off"] += 1
            return done
        done[outcome] += 1
        _note(follower, outcome, until, today + EVERY[Frequency(follower.frequency)])
    return done


def _note(follower: Follower, outcome: str, until: datetime, next_on: date) -> None:
    own = Follower.objects.filter(pk=follower.pk)
    if outcome in ("sent", "nothing new"):
        own.update(covered_until=until, due_on=next_on, refusals=0 if outcome == "sent" else follower.refusals)
    elif outcome == "put off":
        own.update(due_on=follower.due_on)
    elif outcome == "refused" and follower.refusals + 1 >= MOST_REFUSALS:
        own.delete()
    elif outcome == "refused":
        own.update(refusals=follower.refusals + 1)


def _following(follower: Follower) -> Following:
    return Following(follower.query, follower.language, _opened(follower.secret))


def _opened(value: Sealed) -> str:
    return value.open()


def _send(mailbox: BaseEmailBackend, follower: Follower, letter: Letter, at: datetime) -> str:
    """Return what became of it; raises _NotNow where the server takes no mail at all.

    "refused": the address does not exist. "put off": try again in the next run. "failed": this text was refused; tomorrow.
    """
    try:
        mailbox.send_messages([_message(_opened(follower.address), letter, at)])
    except SMTPRecipientsRefused as refusal:
        codes = [code for code, _text in refusal.recipients.values()]
        return "refused" if codes and min(codes) >= PERMANENT else "put off"
    except SMTPDataError as refusal:
        return "failed" if refusal.smtp_code >= PERMANENT else "put off"
    except OSError as problem:  # every error of SMTP is one
        raise _NotNow from problem
    return "sent"


def _message(address: str, letter: Letter, at: datetime) -> EmailMessage:
    """Return a plain text that programs do not answer and that its reader can stop (RFC 8058, 2369, 3834)."""
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2]
    headers = {
        "Message-ID": make_msgid(domain=domain),  # else it would name this machine
        "Date": format_datetime(timezone.localtime(at)),
        "Auto-Submitted": "auto-generated",
    }
    if letter.leave:
        headers |= {"List-Unsubscribe": f"<{letter.leave}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
    return EmailMessage(letter.subject, letter.text, settings.DEFAULT_FROM_EMAIL, [address], headers=headers)
