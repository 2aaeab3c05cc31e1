"""`verify_audit` names what somebody with the database did to the audit and to the records, and nothing else."""

import json
import stat
from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from cases.actions import accounts
from cases.actions.erasure import ask, confirm
from cases.enums import AuditAction, ErasureGround
from cases.models import AuditEntry, AuditHead, Household, Stay, audit_guard
from cases.queries.audit_records import stray_rows
from tests import factories
from tests.management.machines import Machine

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("guarded")]


@pytest.fixture(autouse=True)
def var_dir(settings: Any, tmp_path: Path) -> Path:
    settings.VAR_DIR = tmp_path
    return tmp_path


@pytest.fixture
def entries() -> list[AuditEntry]:
    alice = factories.UserFactory(username="alice")
    return [
        AuditEntry.objects.append(AuditAction.EXPORTED, actor=alice, case="7XK2VD", payload={"rows": number})
        for number in range(1, 9)
    ]


QUIET = (
    "Intact",
    "No head was",
    "Records compared",
    "Public copy compared",
    "The database's guard is in place",
    "Account ",
)


def verify(*options: str) -> tuple[int, list[str]]:
    """Run the command; return its exit code and the sentences about faults."""
    out = StringIO()
    try:
        call_command("verify_audit", *options, stdout=out, stderr=StringIO())
        code = 0
    except CommandError as error:
        code = error.returncode
    told = [line for line in out.getvalue().splitlines() if not line.startswith(QUIET)]
    return code, [line for line in told if "entries read in" not in line]


def named(*options: str) -> list[str]:
    """Return the faults without what the entries say of themselves."""
    code, told = verify(*options)
    assert code == bool(told)
    return [line.split(" It says:")[0] for line in told]


def tamper(*statements: str) -> None:
    """Do what the owner of the database can: take the guard away, write, and put the guard back."""
    audit_guard.remove(connection)
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
    audit_guard.install(connection)


ENTRY = "cases_auditentry"
COLUMNS = 'at, actor_id, actor_name, action, subject_kind, subject_id, "case", payload, salt, digest, previous, seal'
COPY_OF_2 = f"INSERT INTO {ENTRY} (number, {COLUMNS}) SELECT 9, {COLUMNS} FROM {ENTRY} WHERE number = 2"


def test_an_intact_audit_is_told_with_its_head(entries: list[AuditEntry]) -> None:
    out = StringIO()
    call_command("verify_audit", stdout=out)
    assert out.getvalue().splitlines()[-1] == f"Intact: 8 entries, head 8:{entries[-1].seal}"


def test_an_empty_audit_is_intact() -> None:
    assert verify() == (0, [])


@pytest.mark.parametrize(
    ("statements", "expected"),
    [
        ([f"UPDATE {ENTRY} SET actor_name = 'bob' WHERE number = 3"], ["Entry 3 was altered"]),
        ([f"UPDATE {ENTRY} SET at = '2001-01-01 00:00:00+00' WHERE number = 8"], ["Entry 8 was altered"]),
        ([f"UPDATE {ENTRY} SET payload = '{{\"rows\": 99}}' WHERE number = 4"], ["Entry 4 has a payload"]),
        ([f"UPDATE {ENTRY} SET payload = NULL WHERE number = 4"], ["Entry 4 has lost its payload"]),
        ([f"DELETE FROM {ENTRY} WHERE number = 1"], ["Entry 1 is missing"]),
        ([f"DELETE FROM {ENTRY} WHERE number IN (2, 4, 5, 6)"], ["Entry 2 is missing", "Entries 4 to 6 are missing"]),
        ([f"DELETE FROM {ENTRY} WHERE number > 6"], ["Entries 7 to 8 are missing"]),
        ([f"DELETE FROM {ENTRY}"], ["Entries 1 to 8 are missing"]),
        (
            [f"UPDATE {ENTRY} SET number = {new} WHERE number = {old}" for old, new in ((3, 99), (7, 3), (99, 7))],
            ["Entry 3 was moved: it was number 7", "Entry 7 was moved: it was number 3"],
        ),
        (
            [f"UPDATE {ENTRY} SET number = 50 WHERE number = 5"],
            ["Entry 5 is missing", "Entry 50 was moved: it was number 5"],
        ),
        ([COPY_OF_2], ["Entry 9 was altered, or never written"]),
        ([COPY_OF_2.replace("SELECT 9", "SELECT 0")], ["Entry 0 was altered, or never written"]),
        (["DELETE FROM cases_audithead"], ["Entry 8 is the last one there is, and the head is missing"]),
        (["UPDATE cases_audithead SET entries = 7"], ["Entry 8 is the last one that holds, and the head was altered"]),
        (
            [f"DELETE FROM {ENTRY} WHERE number = 8", "UPDATE cases_audithead SET entries = 7"],
            ["Entry 7 is the last one that holds, and the head was altered"],
        ),
    ],
)
def test_what_was_done_by_sql_is_named_exactly(
    entries: list[AuditEntry], statements: list[str], expected: list[str]
) -> None:
    tamper(*statements)
    found = named()
    assert [line[: len(start)] for line, start in zip(found, expected, strict=True)] == expected


def test_an_audit_that_was_emptied_with_its_head_is_no_new_one(entries: list[AuditEntry]) -> None:
    tamper(f"DELETE FROM {ENTRY}", "DELETE FROM cases_audithead")
    assert named() == ["There is no entry at all, and there are accounts: the audit was emptied."]


def test_an_altered_entry_says_who_what_and_when(entries: list[AuditEntry]) -> None:
    tamper("UPDATE cases_auditentry SET \"case\" = 'ZZZZZZ' WHERE number = 3")
    (line,) = verify()[1]
    assert "It says: " in line
    assert line.endswith("alice, exported, case ZZZZZZ.")


def test_what_cannot_be_read_is_named_and_stops_nothing(entries: list[AuditEntry]) -> None:
    if connection.vendor == "sqlite":
        tamper(
            "PRAGMA ignore_check_constraints = ON",
            f"UPDATE {ENTRY} SET at = 'never' WHERE number = 2",
            f"UPDATE {ENTRY} SET payload = 'no json' WHERE number = 3",
            f"UPDATE {ENTRY} SET number = 'eleven' WHERE number = 5",
            "PRAGMA ignore_check_constraints = OFF",
        )
        expected = ["Entry 0 was altered", "Entry 3 has a payload", "Entry 5 is missing.", "Entry 2 was altered"]
    else:
        tamper(f"UPDATE {ENTRY} SET at = 'infinity' WHERE number = 2")
        expected = ["Entry 2 was altered"]
    assert [line[: len(start)] for line, start in zip(named(), expected, strict=True)] == expected


def test_an_erased_payload_that_the_audit_names_is_no_fault(entries: list[AuditEntry]) -> None:
    AuditEntry.objects.append(AuditAction.ERASED, payload={"entries": [2, 3]})
    AuditEntry.objects.filter(number__in=(2, 3)).update(payload=None, salt="")
    assert verify() == (0, [])
    AuditEntry.objects.filter(number=4).update(payload=None)
    assert named() == ["Entry 4 has lost its payload, and no erasure of this chain names it."]


def test_a_cut_tail_is_not_sealed_again_by_the_next_entry(entries: list[AuditEntry]) -> None:
    tamper(
        f"DELETE FROM {ENTRY} WHERE number > 5",
        f"UPDATE cases_audithead SET entries = 5, last = '{entries[4].seal}'",
    )
    AuditEntry.objects.append(AuditAction.EXPORTED)
    assert AuditEntry.objects.get(number=6).action == AuditAction.HEAD_BROKEN.value
    assert named() == [
        "Entry 6 says that the head was found altered when it was written: what was cut off before it is gone."
    ]
    assert verify("--known", "6")[0] == 0


def test_a_removed_head_does_not_stop_the_work_and_is_told(entries: list[AuditEntry]) -> None:
    tamper("DELETE FROM cases_audithead")
    AuditEntry.objects.append(AuditAction.EXPORTED)
    assert AuditHead.objects.get().entries == 10
    assert [line[:7] for line in named()] == ["Entry 9"]


def test_every_trigger_of_the_guard_that_is_gone_is_named(entries: list[AuditEntry]) -> None:
    names = list(audit_guard.triggers(connection))
    audit_guard.remove(connection)
    assert [line for line in named() if "guard" in line] == [
        f"The database's guard is gone or altered: trigger {name}. Put it back with --guard." for name in names
    ]


def test_a_trigger_of_somebody_else_on_the_audit_is_named(entries: list[AuditEntry]) -> None:
    assert verify() == (0, [])
    with connection.cursor() as cursor:
        for table in (ENTRY, "cases_audithead"):
            if connection.vendor == "postgresql":
                cursor.execute(f"CREATE RULE swallow AS ON INSERT TO {table} DO INSTEAD NOTHING")
            else:
                rule = f"CREATE TRIGGER swallow BEFORE INSERT ON {table} BEGIN SELECT RAISE(IGNORE); END"
                cursor.execute(rule)
            said = "The audit's table has a trigger or rule that the program did not make: swallow. Find out who did."
            assert named() == [said]
            cursor.execute(
                f"DROP RULE swallow ON {table}" if connection.vendor == "postgresql" else "DROP TRIGGER swallow"
            )


def test_the_guard_is_put_back_on_demand(entries: list[AuditEntry]) -> None:
    audit_guard.remove(connection)
    verify("--guard")
    assert verify() == (0, [])


# What was seen before -------------------------------------------------------------------------------------------


def put_back(entries: list[AuditEntry], number: int) -> None:
    """Put audit and head back to how they stood after an entry, as an old dump of the database does."""
    audit_guard.remove(connection)
    AuditEntry.objects.filter(number__gt=number).delete()
    AuditHead.objects.get().move_to(number, entries[number - 1].seal)
    audit_guard.install(connection)


def test_the_note_is_made_outside_the_database_for_this_account_alone(entries: list[AuditEntry], var_dir: Path) -> None:
    verify()
    note = var_dir / "audit_note"
    assert stat.S_IMODE(note.stat().st_mode) == 0o600
    found = json.loads(note.read_text())
    assert (found["entries"], found["seal"]) == (8, entries[-1].seal)


def test_an_old_state_of_the_database_is_told_again_and_again_until_it_is_accepted(entries: list[AuditEntry]) -> None:
    verify()
    put_back(entries, 5)
    rolled_back = "There were 8 entries when the audit was last verified; 5 are there now."
    assert [line[: len(rolled_back)] for line in named()] == [rolled_back]
    for _more in range(4):
        AuditEntry.objects.append(AuditAction.EXPORTED)
    other = ["Entry 8 was another when the audit was last verified: this is another history, after an older state."]
    assert named() == other
    assert named() == other
    verify("--accept")
    assert verify() == (0, [])


def test_a_note_that_was_altered_is_told(entries: list[AuditEntry], var_dir: Path) -> None:
    verify()
    note = var_dir / "audit_note"
    note.write_text(note.read_text().replace('"entries": 8', '"entries": 5'))
    assert ["was altered, or written under another audit key" in line for line in named()] == [True]
    note.write_text("{")
    assert ["cannot be read" in line for line in named()] == [True]


def test_a_head_kept_elsewhere_is_compared(entries: list[AuditEntry], var_dir: Path) -> None:
    out = StringIO()
    call_command("verify_audit", "--head", stdout=out)
    head = out.getvalue().strip()
    assert head == f"8:{entries[-1].seal}"
    AuditEntry.objects.append(AuditAction.EXPORTED)
    assert verify("--expect", head) == (0, [])
    (var_dir / "audit_note").unlink()
    put_back(entries, 5)
    assert len(named("--expect", head)) == 1
    with pytest.raises(CommandError, match="NUMBER:SEAL"):
        call_command("verify_audit", "--expect", "something", stdout=StringIO())


# Records --------------------------------------------------------------------------------------------------------


def strays() -> list[str]:
    return [line.removeprefix("Record ").rstrip(".") for line in named("--records")]


def test_records_that_the_program_wrote_are_no_strays() -> None:
    prisoner = factories.case()
    household = factories.HouseholdFactory()
    household.prisoners.add(prisoner)
    need = factories.NeedFactory(household=household)
    aid = factories.AidFactory(household=household, need=need)
    factories.RelativeFactory(household=household, prisoner=prisoner)
    need.delete()
    aid.refresh_from_db()
    assert aid.need_id is None
    prisoner.stays.get().delete()
    stay = factories.StayFactory(prisoner=prisoner)
    stay.private_notes = "A new note"
    stay.save()
    assert strays() == []


def test_a_field_changed_by_sql_is_named_with_its_row(entries: list[AuditEntry]) -> None:
    stay = factories.case().stays.get()
    tamper(f"UPDATE cases_stay SET is_public = false WHERE id = {stay.pk}")
    assert strays() == [
        f"cases_stay {stay.pk}: differs from its newest history (is_public)",
        f"cases_stay {stay.pk}: differs from what the audit says of it (is_public)",
    ]


def test_a_field_changed_in_its_history_too_is_named_from_the_audit() -> None:
    stay = factories.case().stays.get()
    for table in ("cases_stay", "cases_historicalstay"):
        tamper(f"UPDATE {table} SET is_public = false WHERE id = {stay.pk}")
    assert strays() == [f"cases_stay {stay.pk}: differs from what the audit says of it (is_public)"]


def test_a_sealed_value_exchanged_by_sql_is_named_by_its_field_alone() -> None:
    one, other = factories.HouseholdFactory(address="Vulytsia 1"), factories.HouseholdFactory(address="Vulytsia 2")
    Household.objects.filter(pk=one.pk).update(
        address=Household.objects.values("address").get(pk=other.pk)["address"].at("")._token
    )
    assert strays() == [f"cases_household {one.pk}: differs from its newest history (address)"]


def test_rows_added_and_removed_by_sql_are_named() -> None:
    stay = factories.case().stays.get()
    other = factories.StayFactory(prisoner=stay.prisoner)
    Stay.history.filter(id=other.pk).delete()
    Stay.objects.filter(pk=stay.pk)._raw_delete(using="default")
    found = strays()
    assert f"cases_stay {stay.pk}: removed around the program: its history does not know of it" in found
    assert f"cases_stay {stay.pk}: is gone, and the audit does not know of it" in found
    assert f"cases_stay {other.pk}: has no history: written around the program, or its history was removed" in found
    assert len(found) == 3


def test_a_version_of_the_history_without_an_entry_of_the_audit_is_named() -> None:
    stay = factories.case().stays.get()
    version = stay.history.latest()
    version.pk, version.is_public, version.history_type = None, False, "~"
    version.save()
    Stay.objects.filter(pk=stay.pk).update(is_public=False)
    assert f"cases_stay {stay.pk}: has 1 versions in its history that the audit does not know of" in strays()


def test_a_link_between_family_and_prisoner_made_by_sql_is_named() -> None:
    household, prisoner = factories.HouseholdFactory(), factories.PrisonerFactory()
    Household.prisoners.through.objects.create(household=household, prisoner=prisoner)
    assert strays() == [f"cases_household {household.pk}: differs from its newest history (prisoners)"]


def test_a_family_that_is_older_than_the_audit_is_not_suspected_for_its_links() -> None:
    household, prisoner = factories.HouseholdFactory(), factories.PrisonerFactory()
    Household.prisoners.through.objects.create(household=household, prisoner=prisoner)
    audit_guard.remove(connection)
    AuditEntry.objects.filter(subject_kind="household")._raw_delete(using="default")
    audit_guard.install(connection)
    Household.history.update(history_date=timezone.now() - timedelta(days=400))
    assert [str(stray) for stray in stray_rows()] == []


def test_a_group_that_was_given_more_by_sql_is_named() -> None:
    groups = accounts.ensure_groups()
    assert strays() == []
    permission = Permission.objects.get(codename="change_prisoner")
    groups[accounts.ANALYST].permissions.through.objects.create(group=groups[accounts.ANALYST], permission=permission)
    assert strays() == ["Group Analyst may do what the table does not give it: change_prisoner"]


def test_who_stands_above_the_groups_is_told(entries: list[AuditEntry]) -> None:
    factories.UserFactory(username="root", is_superuser=True)
    factories.UserFactory(username="special").user_permissions.add(Permission.objects.get(codename="view_aid"))
    out = StringIO()
    call_command("verify_audit", "--records", stdout=out)
    said = [line for line in out.getvalue().splitlines() if line.startswith("Account ")]
    assert said == ["Account root is a superuser.", "Account special is given permissions of its own."]


def test_an_erasure_leaves_an_audit_that_is_whole_and_no_strays() -> None:
    accounts.ensure_groups()
    asker, confirmer = (factories.UserFactory(group=group) for group in (accounts.REVIEWER, accounts.ADMINISTRATOR))
    prisoner, other = factories.case(), factories.case()
    request = ask(asker, prisoner, ground=ErasureGround.ORDERED.value, at=timezone.now())
    confirm(confirmer, request, typed=prisoner.code, at=timezone.now())
    assert AuditEntry.objects.filter(case=prisoner.code, payload__isnull=True).exists()
    assert strays() == []
    audit_guard.remove(connection)
    AuditEntry.objects.filter(subject_kind="stay", subject_id=other.stays.get().pk).update(payload=None)
    audit_guard.install(connection)
    assert ["has lost its payload" in line for line in strays()] == [True]


def test_a_database_without_tables_is_not_looked_at_and_the_remedy_is_told(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    done = Machine(tmp_path / "empty").run("verify_audit")
    assert (done.returncode, "run 'manage.py migrate' first" in done.stderr, "Traceback" in done.stderr) == (
        1,
        True,
        False,
    )
    assert not (tmp_path / "empty" / "audit_note").exists()
