"""Keys rotate while the site runs, can be stopped at any moment, and a missing key destroys nothing."""

from collections import Counter
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.management import CommandError, call_command
from django.db import connection

from cases.actions import key_rotation
from cases.actions.key_rotation import census, rotate, sealed_models
from cases.actions.second_factors import PLACE
from cases.domain.sealing import Keyring, key_id_of, new_key
from cases.enums import AuditAction
from cases.models import AuditEntry, Household, Prisoner, Relative
from cases.sealed import keyring
from cases.sealed_files import file_storage
from tests import factories
from tests.sign_in import with_app

pytestmark = pytest.mark.django_db


def key_ids(settings: Any) -> list[str]:
    return [key.id for key in Keyring(settings.SEALING_KEYS)]


@pytest.fixture
def old_key(settings: Any, tmp_path: Path) -> str:
    """Everything is sealed with this key, and a new one stands before it."""
    settings.MEDIA_ROOT = tmp_path  # the files of other tests stay out of the count
    prisoner = factories.case(health="invented asthma")
    relative = factories.RelativeFactory(full_name="Вигадана Таємна", phone="0671234567")
    relative.phone = "0930000000"
    relative.save()
    relative.household.prisoners.add(prisoner)
    old = settings.SEALING_KEYS[0]
    settings.SEALING_KEYS = [new_key(), old]
    return old


def test_rotation_reseals_records_and_history_and_their_lookups(old_key: str, settings: Any) -> None:
    new, old = key_ids(settings)
    before = census()
    assert set(before) == {old}
    rotate()
    assert census() == Counter({new: before[old]})
    settings.SEALING_KEYS = settings.SEALING_KEYS[:1]
    relative = Relative.objects.get()
    assert [relative.full_name.open(), relative.phone.open()] == ["Вигадана Таємна", "0930000000"]
    assert [row.phone.open() for row in Relative.history.order_by("history_id")] == ["0671234567", "0930000000"]
    assert Prisoner.objects.get().health.open() == "invented asthma"
    lookup = Relative._meta.get_field("phone_lookup")
    assert Relative.objects.filter(phone_lookup__in=lookup.hashes("093 000 00 00")).exists()


def test_rotation_reseals_files_and_second_factors_too(old_key: str, settings: Any) -> None:
    both, settings.SEALING_KEYS = settings.SEALING_KEYS, [old_key]
    source = factories.SourceFactory(file=ContentFile(b"an invented statement", "statement.txt"))
    factor = with_app(factories.UserFactory(), "JBSWY3DPEHPK3PXP")
    settings.SEALING_KEYS = both
    new, old = key_ids(settings)
    assert census()[old] > 0
    call_command("rotate_keys", stdout=StringIO(), stderr=StringIO())
    assert set(census()) == {new}
    settings.SEALING_KEYS = settings.SEALING_KEYS[:1]
    assert file_storage().opened(source.file.name) == b"an invented statement"
    factor.refresh_from_db()
    assert keyring().open(factor.data["secret"], PLACE) == "JBSWY3DPEHPK3PXP"


def test_rotation_writes_no_history_and_one_entry_of_the_audit(old_key: str) -> None:
    versions, entries = Relative.history.count(), AuditEntry.objects.count()
    call_command("rotate_keys", stdout=StringIO(), stderr=StringIO())
    assert Relative.history.count() == versions
    assert AuditEntry.objects.count() == entries + 1
    last = AuditEntry.objects.first()
    assert last.action == AuditAction.KEYS_ROTATED.value
    assert last.payload["resealed"] > 5


def test_rotation_that_was_stopped_goes_on_where_it_was(
    old_key: str, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(key_rotation, "BATCH", 1)
    new, old = key_ids(settings)
    total = census()[old]

    def stop(table: str, rows: int) -> None:
        if census()[new]:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        rotate(tell=stop)
    halfway = census()
    assert 0 < halfway[new] < total
    assert Relative.objects.get().phone.open() == "0930000000"
    rotate()
    assert census() == Counter({new: total})


def test_a_value_whose_key_is_missing_is_named_and_left_as_it_is(old_key: str, settings: Any) -> None:
    lost = Keyring([old_key]).primary.id
    settings.SEALING_KEYS = settings.SEALING_KEYS[:1]
    errors = StringIO()
    before = census()
    with pytest.raises(CommandError, match="what could not is untouched"):
        call_command("rotate_keys", stdout=StringIO(), stderr=errors)
    assert f"cases_relative: 2 values are sealed with the key {lost}, which is not at hand." in errors.getvalue()
    assert census() == before
    settings.SEALING_KEYS = [*settings.SEALING_KEYS, old_key]
    call_command("rotate_keys", stdout=StringIO(), stderr=StringIO())
    assert Relative.objects.get().full_name.open() == "Вигадана Таємна"


def test_a_token_that_was_copied_from_elsewhere_is_named(old_key: str) -> None:
    other = factories.RelativeFactory(phone="0501112233")
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE cases_relative SET phone = (SELECT full_name FROM cases_relative WHERE id = %s) WHERE id = %s",
            [other.pk, other.pk],
        )
    errors = StringIO()
    with pytest.raises(CommandError):
        call_command("rotate_keys", stdout=StringIO(), stderr=errors)
    assert f"cases_relative {other.pk}, phone: the seal does not hold" in errors.getvalue()


def test_a_value_changed_during_rotation_is_not_overwritten(old_key: str, settings: Any) -> None:
    stale = Relative.objects.get()
    token = stale.phone.token_at(f"relative.phone:{stale.pk}")
    stale.phone = "0730000000"
    stale.save()
    column = Relative._meta.get_field("phone")
    assert key_rotation._replace(Relative, column, stale.pk, token, "s1.any.thing") == 0
    assert Relative.objects.get().phone.open() == "0730000000"


def test_the_check_counts_values_by_key_and_changes_nothing(old_key: str, settings: Any) -> None:
    new, old = key_ids(settings)
    said = StringIO()
    call_command("rotate_keys", "--check", stdout=said)
    assert f"{census()[old]:8} values under {old} (at hand)" in said.getvalue()
    assert f"{0:8} values under {new} (the first key)" in said.getvalue()
    assert set(census()) == {old}


def test_every_sealed_table_has_its_history_rotated_too() -> None:
    tables = {model._meta.model_name for model, _columns in sealed_models()}
    for model in (Prisoner, Household, Relative):
        assert {model._meta.model_name, f"historical{model._meta.model_name}"} <= tables


def test_tokens_name_their_key() -> None:
    ring = Keyring([new_key()])
    assert key_id_of(ring.seal("x", "a.b:1")) == ring.primary.id
