"""Second factors at rest: sealed, and sealed anew when keys rotate."""

from io import StringIO
from pathlib import Path

import pytest
from allauth.mfa.models import Authenticator
from django.core.management import CommandError, call_command

from cases.actions.second_factors import PLACE, make_recovery_codes, reseal_factors, sealed_factors
from cases.domain.sealing import KeyUnknown, new_key
from cases.sealed import keyring
from tests import factories
from tests.sign_in import with_app

pytestmark = pytest.mark.django_db

SECRET = "JBSWY3DPEHPK3PXP"


def test_rotation_seals_every_secret_with_the_first_key_and_codes_go_on_working(settings: object) -> None:
    account = factories.UserFactory()
    with_app(account, SECRET)
    codes = make_recovery_codes(account)
    Authenticator.objects.create(user=account, type="webauthn", data={"name": "key", "credential": {}})
    settings.SEALING_KEYS = [new_key(), *settings.SEALING_KEYS]
    assert reseal_factors() == 2
    assert {key_id for _pk, key_id in sealed_factors()} == {keyring().primary.id}
    assert reseal_factors() == 0
    settings.SEALING_KEYS = settings.SEALING_KEYS[:1]
    kept = {row.type: row for row in Authenticator.objects.all()}
    assert keyring().open(kept["totp"].data["secret"], PLACE) == SECRET
    assert kept["recovery_codes"].wrap().get_unused_codes() == codes


def test_without_its_key_a_secret_is_left_as_it_is(settings: object) -> None:
    factor = with_app(factories.UserFactory(), SECRET)
    settings.SEALING_KEYS = [new_key()]
    with pytest.raises(KeyUnknown):
        reseal_factors()
    assert Authenticator.objects.get().data == factor.data


def test_a_secret_that_does_not_open_keeps_no_other_from_being_sealed_anew(settings: object, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path  # rotation reseals every file: those of other tests keep their key
    keys = settings.SEALING_KEYS
    settings.SEALING_KEYS = [new_key()]
    lost = with_app(factories.UserFactory(), SECRET)
    settings.SEALING_KEYS = keys
    altered, whole = (with_app(factories.UserFactory(), SECRET) for _number in range(2))
    secret = altered.data["secret"]
    altered.data["secret"] = f"{secret[:-8]}AAAAAAAA"
    altered.save()
    settings.SEALING_KEYS = [new_key(), *keys]
    told = StringIO()
    with pytest.raises(CommandError, match="Not everything could be resealed"):
        call_command("rotate_keys", stdout=StringIO(), stderr=told)
    first = keyring().primary.id
    assert {pk for pk, key_id in sealed_factors() if key_id == first} == {whole.pk}
    assert f"mfa_authenticator {altered.pk}, secret: the seal does not hold" in told.getvalue()
    assert "mfa_authenticator: 1 values are sealed with the key" in told.getvalue()
    assert Authenticator.objects.get(pk=lost.pk).data == lost.data
