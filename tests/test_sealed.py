"""Sealed columns: encrypted where they are stored, bound to row and field, shut wherever they are printed."""

import ast
import json
import pickle
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.serializers import serialize
from django.db import connection

from cases.actions.key_rotation import rotate
from cases.domain.sealing import KeyUnknown, SealBroken, is_token, new_key
from cases.models import AuditEntry, Defendant, Household, Prisoner, Relative
from cases.models.audit import told
from cases.sealed import Sealed, keyring
from tests import factories

pytestmark = pytest.mark.django_db

NAME, PHONE, HEALTH = "Вигадана Таємна", "+380 67 123-45-67", "asthma, needs an inhaler"
#: The modules that may open a sealed value, each with what for.
READERS = {
    "cases/sealed.py": "writes it under its place, compares it",
    "cases/publication/withholding.py": "looks whether a public text repeats it",
    "cases/admin/forms.py": "the box of somebody to whom it is open",
    "cases/queries/lines.py": "the line of a row that is open",
    "cases/actions/digests.py": "the address to which an e-mail goes, and the link in it",
    "cases/actions/webhook_delivery.py": "the secret with which a message to a partner is signed",
    "cases/queries/mentions.py": "looks whether somebody who is erased is named; says only where",
    "cases/actions/key_rotation.py": "another key for the same value",
    "cases/actions/restore_keys.py": "looks after a restore whether the keys at hand open what came back",
    "cases/admin/session_store.py": "what is in the session of whoever has its key",
    "cases/sealed_files.py": "the files that the desk sends",
    "cases/admin/adapters.py": "the secrets of second factors, to compare codes",
}


@pytest.fixture
def relative() -> Relative:
    return factories.RelativeFactory(full_name=NAME, phone=PHONE, health=HEALTH, born="1951-05-18")


def raw(table: str, *columns: str) -> list[tuple[str, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(columns)} FROM {table} ORDER BY 1")
        return cursor.fetchall()


def everything_stored() -> Iterator[str]:
    """Every value of every table, as text."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            for row in cursor.fetchall():
                yield from (str(value) for value in row)


def test_a_dump_of_every_table_contains_no_sealed_value(relative: Relative) -> None:
    prisoner = factories.case(health="heart, invented", private_notes="meets them on Mondays", consent_notes="by phone")
    Defendant.objects.filter(prisoner=prisoner).first().save()
    defendant = prisoner.defendants.get()
    defendant.counsel = "Advocate Vyhadanenko"
    defendant.save()
    household = relative.household
    household.label, household.address, household.safe_contact = "Tajemni", "вул. Вигадана, 7", "through the baker"
    household.phone, household.notes = "0509998877", "afraid of the neighbour"
    household.save()
    relative.notes = "first version of the note"
    relative.save()
    relative.delete()
    values = [
        *(NAME, PHONE, HEALTH, "1951-05-18", "first version of the note"),
        *("heart, invented", "meets them on Mondays", "by phone", "Advocate Vyhadanenko"),
        *("Tajemni", "вул. Вигадана, 7", "through the baker", "0509998877", "afraid of the neighbour"),
    ]
    dump = "\n".join(everything_stored()).lower()
    escaped = [json.dumps(value)[1:-1].lower() for value in values]
    assert [value for value in [*values, *escaped] if value.lower() in dump] == []
    assert "679" not in [text for text in everything_stored() if text.endswith("671234567")]
    assert prisoner.names.first().text.lower() in dump  # a value that is not sealed is found: the search works


def test_a_value_reads_back_as_it_was_written(relative: Relative) -> None:
    found = Relative.objects.get()
    assert [found.full_name.open(), found.phone.open(), found.health.open()] == [NAME, PHONE, HEALTH]
    assert [found.born.open(), found.notes.open(), bool(found.notes)] == ["1951-05-18", "", False]


def test_what_is_sealed_prints_as_sealed_and_leaves_no_other_way(relative: Relative) -> None:
    value = Relative.objects.get().full_name
    assert [str(value), repr(value), f"{value}"] == ["▪▪▪", "<Sealed>", "▪▪▪"]
    assert str(relative) == f"Spouse, Household {relative.household.code}"
    with pytest.raises(TypeError, match="not pickled"):
        pickle.dumps(value)
    with pytest.raises(TypeError, match="not JSON serializable"):
        json.dumps(value)
    assert NAME not in str(list(Relative.objects.values("full_name", "phone")))
    assert NAME not in serialize("json", Relative.objects.all())


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE cases_relative SET phone = (SELECT full_name FROM cases_relative WHERE id = {one}) WHERE id = {one}",
        "UPDATE cases_relative SET phone = (SELECT phone FROM cases_relative WHERE id = {other}) WHERE id = {one}",
        "UPDATE cases_relative SET phone = (SELECT phone FROM cases_household WHERE id = {household}) WHERE id = {one}",
        "UPDATE cases_relative SET phone = '0671234567' WHERE id = {one}",
    ],
)
def test_a_token_copied_to_another_row_field_or_table_and_a_text_written_by_hand_do_not_open(
    relative: Relative, statement: str
) -> None:
    other = factories.RelativeFactory(household=relative.household, phone="0501112233")
    Household.objects.get().save()
    relative.household.phone = "0440000000"
    relative.household.save()
    with connection.cursor() as cursor:
        cursor.execute(statement.format(one=relative.pk, other=other.pk, household=relative.household_id))
    with pytest.raises(SealBroken):
        Relative.objects.get(pk=relative.pk).phone.open()


def test_saving_a_row_again_keeps_its_tokens_and_a_changed_value_gets_a_new_one(relative: Relative) -> None:
    before = raw("cases_relative", "full_name", "phone")
    found = Relative.objects.get()
    found.save()
    assert raw("cases_relative", "full_name", "phone") == before
    found.phone = "0930000000"
    found.save()
    (name, phone), (old_name, old_phone) = raw("cases_relative", "full_name", "phone")[0], before[0]
    assert name == old_name
    assert phone != old_phone
    assert Relative.objects.get().phone.open() == "0930000000"


def test_without_its_key_a_value_is_an_error_and_is_not_lost(relative: Relative, settings: Any) -> None:
    right = settings.SEALING_KEYS
    before = raw("cases_relative", "full_name", "phone", "health")
    settings.SEALING_KEYS = [new_key()]
    found = Relative.objects.get()
    with pytest.raises(KeyUnknown, match="not among the sealing keys"):
        found.phone.open()
    found.kinship = "parent"
    found.save()
    assert raw("cases_relative", "full_name", "phone", "health") == before
    settings.SEALING_KEYS = right
    assert Relative.objects.get().phone.open() == PHONE


def test_a_key_file_that_changes_while_the_site_runs_is_read_again(
    relative: Relative, settings: Any, tmp_path: Path
) -> None:
    old, new, path = settings.SEALING_KEYS[0], new_key(), tmp_path / "sealing_keys"
    settings.MEDIA_ROOT = tmp_path / "media"  # rotation reseals every file: those of other tests keep their key
    path.write_text(f"{old}\n")
    settings.SEALING_KEYS_FILE = path
    assert Relative.objects.get().phone.open() == PHONE
    path.write_text(f"{new}\n{old}\n")
    rotate()
    path.write_text(f"{new}\n")
    assert Relative.objects.get().phone.open() == PHONE


@pytest.mark.parametrize("written", [b"", b"half a k", b"\xff\xfe", None], ids=["empty", "half", "no text", "away"])
def test_a_key_file_that_cannot_be_read_now_changes_nothing(
    relative: Relative, settings: Any, tmp_path: Path, written: bytes | None
) -> None:
    path = tmp_path / "sealing_keys"
    path.write_text(f"{new_key()}\n{settings.SEALING_KEYS[0]}\n")
    settings.SEALING_KEYS_FILE = path
    first = keyring().primary.id
    if written is None:
        path.unlink()
    else:
        path.write_bytes(written)
    assert keyring().primary.id == first
    assert Relative.objects.get().phone.open() == PHONE


def test_history_keeps_every_version_sealed_and_readable(relative: Relative) -> None:
    relative.phone = "0930000000"
    relative.save()
    assert [row.phone.open() for row in Relative.history.order_by("history_id")] == [PHONE, "0930000000"]
    assert all(is_token(token) for row in raw("cases_historicalrelative", "phone", "full_name") for token in row)
    assert "phone_lookup" not in {field.name for field in Relative.history.model._meta.fields}


def test_the_audit_tells_that_a_sealed_value_changed_and_not_what_it_is(relative: Relative) -> None:
    relative.phone = "0930000000"
    relative.save()
    entry = AuditEntry.objects.filter(subject_kind="relative").first()
    assert entry.payload == {"fields": {"phone": ["sealed", "sealed"]}}
    assert told(Relative._meta.get_field("phone"), relative.phone) == "sealed"


def test_exact_values_are_found_through_keyed_hashes_however_they_are_written(relative: Relative) -> None:
    lookup = Relative._meta.get_field("phone_lookup")
    for written in (PHONE, "067 123 45 67", "(067)1234567"):
        assert list(Relative.objects.filter(phone_lookup__in=lookup.hashes(written))) == [relative]
    assert not Relative.objects.filter(phone_lookup__in=lookup.hashes("067 123 45 68")).exists()
    name = Relative._meta.get_field("full_name_lookup")
    assert list(Relative.objects.filter(full_name_lookup__in=name.hashes("таємна вигадана"))) == [relative]
    relative.phone = ""
    relative.save()
    assert Relative.objects.get().phone_lookup == ""


def test_a_sealed_column_is_not_searched_and_not_written_around_its_seal(relative: Relative) -> None:
    with pytest.raises(TypeError, match="is sealed"):
        Relative.objects.filter(phone=PHONE).exists()
    with pytest.raises(Exception, match="Unsupported lookup"):
        Relative.objects.filter(phone__contains="067").exists()
    assert Relative.objects.filter(phone="").count() == 0
    assert Relative.objects.exclude(phone="").count() == 1
    with pytest.raises(TypeError, match="is sealed"):
        Relative.objects.update(phone="0671234567")


def test_rows_made_together_each_get_their_own_number_and_seal() -> None:
    household = factories.HouseholdFactory()
    made = Relative.objects.bulk_create(
        [Relative(household=household, full_name=f"Invented {n}", kinship="child") for n in range(3)]
    )
    assert len({row.pk for row in made}) == 3
    assert sorted(row.full_name.open() for row in Relative.objects.all()) == ["Invented 0", "Invented 1", "Invented 2"]
    assert factories.RelativeFactory().pk > max(row.pk for row in made)


def test_a_sealed_date_is_kept_as_it_is_known_and_refused_when_it_is_none() -> None:
    relative = factories.RelativeFactory.build(household=factories.HouseholdFactory(), born="around 1937")
    relative.full_clean()
    relative.save()
    assert Relative.objects.get().born.open() == "1937~"
    relative.born = "yesterday or so"
    with pytest.raises(ValidationError) as refused:
        relative.full_clean()
    assert list(refused.value.message_dict) == ["born"]


def test_values_compare_by_what_they_say() -> None:
    relative = factories.RelativeFactory(phone=PHONE)
    assert Relative.objects.get().phone == relative.phone
    assert Relative.objects.get().phone == Sealed(text=PHONE)
    assert Relative.objects.get().phone != Sealed(text="0930000000")


def test_only_the_named_modules_open_sealed_values() -> None:
    root = Path(__file__).resolve().parents[1]
    opening = set()
    for path in (root / "cases").rglob("*.py"):
        tree = ast.parse(path.read_text())
        names = {alias.name for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) for alias in node.names}
        calls = any(
            isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "open"
            for node in ast.walk(tree)
        )
        if calls and names & {"Sealed", "SealedField", "SealedFormField", "Keyring", "keyring"}:
            opening.add(str(path.relative_to(root)))
    assert opening == set(READERS)


def test_the_summary_of_a_case_tells_nothing_sealed() -> None:
    prisoner = Prisoner.objects.get(pk=factories.case(health=HEALTH).pk)
    assert HEALTH not in str(vars(prisoner))
