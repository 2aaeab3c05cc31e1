"""Following a list by e-mail: asked for, confirmed from the mailbox itself, left by one click.

Whoever asks is told the same whatever is known of the address, and no address gets more than MOST_WAITING questions a day,
however often somebody types it.
"""

from datetime import date, datetime, timedelta
from functools import partial

from django.db import router, transaction
from django.utils import timezone

from cases.domain.tokens import kept_of, new_token
from cases.enums import Frequency
from cases.models import Follower
from cases.published.engine import overwrite
from cases.sealed import LookupField

#: How many unanswered questions an address can have, each asked once a day at most.
MOST_WAITING = 3
#: How many lists an address can follow.
MOST_LISTS = 20
EVERY = {Frequency.DAILY: timedelta(days=1), Frequency.WEEKLY: timedelta(days=7)}


@transaction.atomic
def ask_to_follow(address: str, *, query: str, language: str, frequency: Frequency, on: date) -> None:
    """Note that somebody wants e-mails about the list `query`; `send_digests` asks the mailbox whether that is so.

    Nothing changes for an address that follows the list already, or that has been asked often enough.
    """
    lookup = Follower._meta.get_field("address_lookup")
    assert isinstance(lookup, LookupField)  # noqa: S101 - for the checker of types
    own = Follower.objects.select_for_update().filter(address_lookup__in=lookup.hashes(address))
    same = own.filter(query=query, language=language).first()
    if same is not None:
        if same.confirmed_on is None and same.asked_on < on:
            same.frequency, same.asked_on, same.is_asked_to_confirm = frequency.value, on, False
            same.save(update_fields=["frequency", "asked_on", "is_asked_to_confirm"])
        return
    if own.filter(confirmed_on=None).count() >= MOST_WAITING or own.count() >= MOST_LISTS:
        return
    secret = new_token()
    Follower(
        address=address.strip(),
        secret=secret,
        token=kept_of(secret),
        query=query,
        language=language,
        frequency=frequency.value,
        asked_on=on,
    ).save(force_insert=True)


def confirm_following(secret: str, *, at: datetime) -> bool:
    """Begin to send what changes from today on; tell whether the link was good. Opened again, it changes nothing."""
    today = timezone.localdate(at)
    with transaction.atomic():
        own = Follower.objects.select_for_update().with_token(kept_of(secret))
        if own.filter(confirmed_on__isnull=False).exists():
            return True
        found = own.waiting(today).first()
        if found is None:
            return False
        midnight = timezone.localtime(at).replace(hour=0, minute=0, second=0, microsecond=0)
        found.confirmed_on, found.covered_until = today, midnight
        found.due_on = today + EVERY[Frequency(found.frequency)]
        found.save(update_fields=["confirmed_on", "covered_until", "due_on"])
    return True


def stop_following(secret: str) -> None:
    """Forget the address. A link that was used before, or never was one, does nothing."""
    alias = router.db_for_write(Follower)
    with transaction.atomic():
        Follower.objects.with_token(kept_of(secret)).delete()
        transaction.on_commit(partial(overwrite, alias))


def is_followed(secret: str, *, on: date) -> Follower | None:
    """Return whom a link belongs to, if it still does anything."""
    own = Follower.objects.with_token(kept_of(secret)).first()
    return own if own and (own.confirmed_on or Follower.objects.waiting(on).filter(pk=own.pk).exists()) else None
