"""The database refuses to change, remove or replace an entry of the audit, whoever asks; only a payload may go."""

from collections.abc import Callable

import pytest
from django.db import DatabaseError, connection, transaction

from cases.enums import AuditAction
from cases.models import AuditEntry, audit_guard

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("guarded")]


@pytest.fixture
def entries() -> list[AuditEntry]:
    return [AuditEntry.objects.append(AuditAction.EXPORTED, payload={"rows": number}) for number in range(3)]


def by_sql(statement: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.parametrize("field", audit_guard.FIXED)
def test_no_column_of_an_entry_can_be_changed(entries: list[AuditEntry], field: str) -> None:
    value = "'2001-01-01 00:00:00'" if field == "at" else "7"
    with pytest.raises(DatabaseError, match="append-only"):
        by_sql(f'UPDATE cases_auditentry SET "{field}" = {value} WHERE number = 1')
    with pytest.raises(DatabaseError, match="append-only"):
        by_sql(f'UPDATE cases_auditentry SET payload = NULL, "{field}" = {value} WHERE number = 1')


def test_a_payload_can_be_erased_and_not_replaced(entries: list[AuditEntry]) -> None:
    with pytest.raises(DatabaseError, match="append-only"):
        by_sql("UPDATE cases_auditentry SET payload = '{\"rows\": 9}'")
    by_sql("UPDATE cases_auditentry SET payload = NULL, salt = '' WHERE number = 2")
    with pytest.raises(DatabaseError, match="append-only"):
        by_sql("UPDATE cases_auditentry SET payload = '{}'")
    assert [entry.payload for entry in AuditEntry.objects.order_by("number")] == [{"rows": 0}, None, {"rows": 2}]


@pytest.mark.parametrize(
    "attack",
    [
        lambda: AuditEntry.objects.filter(pk=1).delete(),
        lambda: by_sql("DELETE FROM cases_auditentry WHERE number = 1"),
        lambda: by_sql("DELETE FROM cases_auditentry"),
        lambda: AuditEntry.objects.filter(pk=1).update(actor_name="somebody"),
    ],
)
def test_no_entry_can_be_removed(entries: list[AuditEntry], attack: Callable[[], object]) -> None:
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        attack()
    assert AuditEntry.objects.count() == len(entries)


COLUMNS = 'number, at, actor_name, action, subject_kind, "case", payload, salt, digest, previous, seal'
REPLACEMENT = "1, '2001-01-01', 'x', 'x', 'x', 'x', '{}', 'x', 'x', 'x', 'x'"


def test_the_whole_audit_cannot_be_emptied_or_replaced_at_once(entries: list[AuditEntry]) -> None:
    if connection.vendor == "postgresql":
        attack = "TRUNCATE cases_auditentry"
    else:
        attack = f"INSERT OR REPLACE INTO cases_auditentry ({COLUMNS}) VALUES ({REPLACEMENT})"
    with pytest.raises(DatabaseError, match="append-only"):
        by_sql(attack)
    assert AuditEntry.objects.get(pk=1).seal == entries[0].seal


def test_a_guard_that_is_whole_misses_nothing() -> None:
    assert audit_guard.missing() == []


#: Ways to make the first trigger useless while its name stays.
HOLLOW = {
    "postgresql": (
        "ALTER TABLE cases_auditentry DISABLE TRIGGER audit_append_only",
        (
            "DROP TRIGGER audit_append_only ON cases_auditentry; CREATE TRIGGER audit_append_only BEFORE UPDATE OR DELETE "
            "ON cases_auditentry FOR EACH ROW WHEN (false) EXECUTE FUNCTION cases_audit_append_only()"
        ),
        (
            "DROP TRIGGER audit_append_only ON cases_auditentry; CREATE TRIGGER audit_append_only AFTER UPDATE OR DELETE "
            "ON cases_auditentry FOR EACH ROW EXECUTE FUNCTION cases_audit_append_only()"
        ),
        (
            "CREATE OR REPLACE FUNCTION cases_audit_append_only() RETURNS trigger LANGUAGE plpgsql "
            "AS $$BEGIN RETURN NEW; END$$"
        ),
    ),
    "sqlite": (
        "DROP TRIGGER audit_no_change",
        "CREATE TRIGGER audit_no_change BEFORE UPDATE ON cases_auditentry WHEN 0 BEGIN SELECT 1; END",
        "CREATE TRIGGER audit_no_change AFTER UPDATE ON cases_auditentry BEGIN SELECT 1; END",
    ),
}


def test_triggers_that_are_gone_are_named() -> None:
    for name in audit_guard.triggers(connection):
        audit_guard.remove(connection, name)
        assert audit_guard.missing() == [name]
        audit_guard.install(connection)


def test_triggers_that_are_hollow_or_switched_off_are_named() -> None:
    for attack in HOLLOW[connection.vendor]:
        if connection.vendor == "sqlite":
            audit_guard.remove(connection, "audit_no_change")
        by_sql(attack.replace("DROP TRIGGER audit_no_change", "DROP TRIGGER IF EXISTS audit_no_change"))
        assert next(iter(audit_guard.triggers(connection))) in audit_guard.missing()
        audit_guard.install(connection)
    assert audit_guard.missing() == []
