"""Second factors as actions see them: recovery codes for a first sign-in, removal, keys that rotate.

The table belongs to django-allauth and exists only where the desk is served, so it is asked for by name.
"""

import secrets
from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.contrib.auth.models import User
from django.db import transaction

from cases.domain.sealing import Keyring, SealingError, key_id_of
from cases.sealed import keyring

#: What secrets of second factors are bound to. The library seals them without telling whose they are.
PLACE = "mfa.authenticator"
CODES, TOTP, PASSKEY = "recovery_codes", "totp", "webauthn"
#: Which part of a factor's data is sealed. A passkey's is a public key, which is no secret.
SEALED_PARTS = {CODES: "seed", TOTP: "secret"}


def authenticators() -> Any:
    """Return the table of second factors."""
    return apps.get_model("mfa", "Authenticator").objects.all()


def has_factor(account: User) -> bool:
    """Tell whether an account has an app or a passkey; recovery codes alone are none."""
    return bool(authenticators().filter(user=account).exclude(type=CODES).exists())


def has_other_factor(factor: Any) -> bool:
    """Tell whether its owner keeps an app or a passkey when `factor` goes."""
    return bool(authenticators().filter(user_id=factor.user_id).exclude(type=CODES).exclude(pk=factor.pk).exists())


def make_recovery_codes(account: User) -> list[str]:
    """Give an account new recovery codes, in place of any it had, and return them: this once."""
    remove_recovery_codes(account)
    data = {"seed": keyring().seal(secrets.token_hex(40), PLACE), "used_mask": 0}
    made = authenticators().model(user=account, type=CODES, data=data)
    made.save()
    codes: list[str] = made.wrap().generate_codes()
    return codes


def remove_recovery_codes(account: User) -> None:
    authenticators().filter(user=account, type=CODES).delete()


def remove_factors(account: User) -> list[str]:
    """Take every second factor from an account; return the kinds that there were."""
    kinds = sorted(set(authenticators().filter(user=account).values_list("type", flat=True)))
    authenticators().filter(user=account).delete()
    return kinds


def sealed_factors() -> Iterator[tuple[int, str]]:
    """Yield the number of each factor that holds a secret, and the id of the key that sealed it."""
    for pk, kind, data in authenticators().order_by("pk").values_list("pk", "type", "data"):
        if kind in SEALED_PARTS:
            yield pk, key_id_of(data[SEALED_PARTS[kind]])


def reseal_factors(ring: Keyring | None = None) -> int:
    """Seal the secrets of all second factors with the first key; return how many were sealed anew.

    Each row is a transaction of its own: stopped half-way, it goes on where it stopped. Raises SealingError, when all the
    others are done, for a secret that does not open, and leaves that one as it is.
    """
    ring, changed = ring or keyring(), 0
    problem: SealingError | None = None
    for pk, key_id in list(sealed_factors()):
        if key_id == ring.primary.id:
            continue
        with transaction.atomic():
            row = authenticators().select_for_update().filter(pk=pk).first()
            if row is None:
                continue
            part = SEALED_PARTS[row.type]
            try:
                row.data = {**row.data, part: ring.reseal(row.data[part], PLACE)}
            except SealingError as shut:
                problem = shut
                continue
            row.save(update_fields=["data"])
        changed += 1
    if problem is not None:
        raise problem
    return changed
