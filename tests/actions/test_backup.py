"""Backup and restore within one process: what is kept and left out, and what is refused before anything is touched."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings as configured
from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.db import DatabaseError, connections, transaction
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client

from cases.actions.accounts import RESEARCHER, REVIEWER, ensure_groups
from cases.actions.backup import Made, make_backup
from cases.actions.permissions import ActionRefused
from cases.actions.restore import Restored, check_backup, restore
from cases.actions.review import approve, submit
from cases.domain.audit_chain import Fault
from cases.domain.backup_file import Altered, BackupKey, KeyNotAtHand
from cases.domain.backup_items import Sum
from cases.domain.backup_reading import Reading, Rows
from cases.domain.sealing import Keyring, new_key
from cases.enums import AuditAction
from cases.models import AuditEntry, AuditHead, Household, Prisoner
from cases.published.models import PublishedCase, PublishedPhoto
from cases.queries.engine import empty, without_triggers
from cases.queries.stored_tables import EXCLUDED, KINDS, all_tables, kept_tables, kind_of, passing_tables, sum_of
from tests.factories import HouseholdFactory, RelativeFactory, SentenceFactory, UserFactory, case
from tracker.unfinished import check_unfinished_restore, state_file

AT = datetime(2026, 11, 25, 3, 30, tzinfo=UTC)
KEY = BackupKey.from_text("dGVzdHMtb25seS1iYWNrdXAta2V5LW51bWJlci0wMDE=")
ADDRESS = "вул. Вигадана, 7"
PHOTO = bytes(range(256)) * 5
AUDIT = {"cases.AuditEntry", "cases.AuditHead"}
#: What a restore changes beside: the mark of all that is public.
CHANGED = {*AUDIT, "cases.PublishedState"}


def test_every_column_of_every_table_can_be_kept() -> None:
    assert {kind_of(one) for table in all_tables() for one in table.fields} <= set(KINDS.values())


def test_every_table_is_kept_or_left_out_for_a_reason() -> None:
    kept, left_out = ({table.label for table in tables} for tables in (kept_tables(), passing_tables()))
    assert left_out == {"sessions.Session"} | (set(EXCLUDED) & left_out)
    assert all(EXCLUDED.values())
    stored = {model._meta.label for model in apps.get_models(include_auto_created=True) if not model._meta.proxy}
    assert kept | left_out == stored
    assert {"cases.Household_prisoners", "cases.HistoricalHousehold", "auth.User", "cases.PublishedPhoto"} <= kept


@dataclass
class World:
    """What was there when the backup was made."""

    folder: Path
    prisoner: Prisoner
    household: Household
    #: The number of a household that was deleted.
    gone: int
    said: list[str] = field(default_factory=list)

    @property
    def file(self) -> Path:
        return self.folder / "backup"

    def back_up(self, say: Callable[[str], None] | None = None) -> Made:
        return make_backup(self.file, keys=[KEY], at=AT, say=say or self.said.append)

    def restore(self, **changed: Any) -> Restored:
        options = {"replace": True, "despite_audit": False, "confirm": lambda _held: True, "keys": [KEY], "at": AT}
        return restore(self.file, say=self.said.append, **{**options, **changed})


@pytest.fixture
def databases(transactional_db: None) -> Iterator[None]:
    """Databases that can be emptied after the test although the audit is append-only."""
    yield
    records = connections["default"]
    names = [model._meta.db_table for model in (AuditEntry, AuditHead)]
    with transaction.atomic(), without_triggers(records, names):
        empty(records, names)


@pytest.fixture
def world(databases: None, tmp_path: Path, settings: Any) -> World:
    """A published case with a family, an account with a session, a file, and a number that will not be given again."""
    settings.VAR_DIR, settings.MEDIA_ROOT = tmp_path, tmp_path / "media"
    (tmp_path / "media" / "photos").mkdir(parents=True)
    (tmp_path / "media" / "photos" / "one").write_bytes(PHOTO)
    (tmp_path / "media" / "empty").write_bytes(b"")
    ensure_groups()
    alice, bob = UserFactory(username="alice", group=RESEARCHER), UserFactory(username="bob", group=REVIEWER)
    prisoner = case()
    SentenceFactory(fine_amount="1234567.80", fine_currency="RUB")
    approve(bob, submit(alice, prisoner, at=AT), at=AT)
    published = PublishedCase.objects.get(code=prisoner.code)
    PublishedPhoto.objects.create(case=published, sha256="a" * 64, content=PHOTO, width=1, height=1)
    household = HouseholdFactory(address=ADDRESS, phone="+380 00 123 45 67")
    household.prisoners.add(prisoner)
    RelativeFactory(household=household)
    deleted = HouseholdFactory()
    gone = deleted.pk
    deleted.delete()
    session = SessionStore()
    session["said"] = "before"
    session.create()
    return World(tmp_path, prisoner, household, gone)


def sums(*, without: frozenset[str] | set[str] = frozenset()) -> dict[str, Sum]:
    with transaction.atomic():
        return {
            table.label: sum_of(table, connections[table.alias])
            for table in kept_tables()
            if table.label not in without
        }


def last_entry() -> AuditEntry:
    return AuditEntry.objects.latest("number")


def test_what_was_there_comes_back(world: World) -> None:
    before = sums()
    made = world.back_up()
    assert made.contents.tables == before
    assert {name: one.size for name, one in made.contents.files.items()} == {"empty": 0, "photos/one": len(PHOTO)}
    Household.objects.all().delete()
    User.objects.filter(username="bob").update(username="eve")
    (world.folder / "media" / "photos" / "one").write_bytes(b"other")
    (world.folder / "media" / "more").write_bytes(b"more")

    restored = world.restore()
    assert sums(without=CHANGED) == {label: one for label, one in before.items() if label not in CHANGED}
    household = Household.objects.get()
    assert (household.address.open(), household.code) == (ADDRESS, world.household.code)
    assert {path.name: path.read_bytes() for path in (world.folder / "media").rglob("*") if path.is_file()} == {
        "one": PHOTO,
        "empty": b"",
    }
    assert bytes(PublishedPhoto.objects.get().content) == PHOTO
    assert restored.opened == 8  # four columns of the family, in the records and in their history
    assert (restored.faults, restored.needed.missing(), restored.needed.broken) == ([], {}, [])
    assert sorted(path.name for path in world.folder.iterdir()) == ["backup", "media"]


def test_numbers_that_were_given_once_are_not_given_again(world: World) -> None:
    world.back_up()
    world.restore()
    assert HouseholdFactory().pk == world.gone + 1
    assert UserFactory().pk > max(User.objects.exclude(pk=User.objects.latest("pk").pk).values_list("pk", flat=True))
    AuditEntry.objects.append(AuditAction.EXPORTED)


def test_rows_written_while_a_backup_is_made_are_whole_or_absent(world: World) -> None:
    before = sums()

    def say(text: str) -> None:
        if text.startswith("Reading the databases"):  # the site goes on meanwhile
            HouseholdFactory()
            PublishedCase.objects.update(slug="other")

    assert world.back_up(say).contents.tables == before
    assert sums(without=AUDIT) != {label: one for label, one in before.items() if label not in AUDIT}


def test_the_backup_is_noted_before_it_has_its_name_and_the_restore_after_it(world: World) -> None:
    made = world.back_up()
    noted = last_entry()
    told = {
        "tables": len(kept_tables()),
        "rows": made.contents.rows,
        "files": 2,
        "sha256": made.sha256,
        "file": "backup",
    }
    assert (noted.action, noted.actor_id, noted.payload) == ("backed_up", None, {**told, "entries": noted.number - 1})
    world.restore()
    again = last_entry()
    assert (again.action, again.number) == ("restored_backup", noted.number)
    assert again.payload == {**told, "entries": noted.number - 1, "made_at": "2026-11-25T03:30:00+00:00", "faults": 0}


def test_no_sealed_value_and_no_key_is_in_the_file_or_in_what_it_holds(world: World) -> None:
    world.back_up()
    raw = world.file.read_bytes()
    with world.file.open("rb") as stream:
        rows = [row for event in Reading(stream, [KEY]) if isinstance(event, Rows) for row in event.rows]
    said = repr(rows)
    assert world.household.code in said
    for secret in (ADDRESS, "123 45 67", "Vyhadana Ridna", configured.SEALING_KEYS[0], configured.AUDIT_KEY):
        assert secret not in said
        assert secret.encode() not in raw
    assert b"Vyhadan" not in raw


def test_sessions_end_with_a_restore(world: World) -> None:
    world.back_up()
    assert Session.objects.count() == 1
    world.restore()
    assert Session.objects.count() == 0


def test_the_guard_of_the_audit_stands_again_after_a_restore(world: World) -> None:
    world.back_up()
    world.restore()
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        AuditEntry.objects.update(actor_name="somebody")


def test_data_are_not_removed_unasked(world: World) -> None:
    world.back_up()
    before = sums()
    with pytest.raises(ActionRefused, match=r"There are data here: auth_group, .* and \d+ more\. .* --replace"):
        world.restore(replace=False)
    asked = []
    with pytest.raises(ActionRefused, match="Nothing was changed"):
        world.restore(confirm=asked.append)
    assert asked[0][-1] == "the media folder"
    assert {"cases_prisoner", "cases_publishedcase"} <= set(asked[0])
    assert sums() == before
    assert not state_file(world.folder).exists()


def test_the_audit_key_must_be_the_one_that_sealed(world: World, settings: Any) -> None:
    world.back_up()
    settings.AUDIT_KEY = new_key()
    with pytest.raises(ActionRefused, match="not sealed with the audit key that is at hand"):
        world.restore()
    assert {broken.fault for broken in world.restore(despite_audit=True).faults} == {Fault.ALTERED}


def test_an_audit_that_was_altered_is_named_and_not_restored_unasked(world: World) -> None:
    records = connections["default"]
    with transaction.atomic(), without_triggers(records, [AuditEntry._meta.db_table]):
        AuditEntry.objects.filter(number=2).update(actor_name="somebody")
    world.back_up()
    before = sums()
    with pytest.raises(ActionRefused, match=r"does not verify: entry 2: altered\. .* --despite-audit"):
        world.restore()
    assert sums() == before
    assert not state_file(world.folder).exists()
    assert [(one.number, one.fault) for one in world.restore(despite_audit=True).faults] == [(2, Fault.ALTERED)]
    assert last_entry().payload["faults"] == 1


def test_an_audit_without_its_last_entry_is_named(world: World) -> None:
    records = connections["default"]
    last = last_entry().number
    with transaction.atomic(), without_triggers(records, [AuditEntry._meta.db_table]):
        AuditEntry.objects.filter(number=last).delete()
    AuditHead.objects.update(entries=last)
    world.back_up()
    # the backup's own entry came after the hole, in the site and not in the file
    with pytest.raises(ActionRefused, match=f"entry {last}: missing"):
        world.restore()


def test_a_sealing_key_that_is_missing_is_named_and_nothing_is_lost(world: World, settings: Any) -> None:
    world.back_up()
    keys = settings.SEALING_KEYS
    settings.SEALING_KEYS = [new_key()]
    needed = check_backup(world.file, keys=[KEY]).needed
    restored = world.restore()
    (missing,) = restored.needed.missing()
    assert needed.missing() == restored.needed.missing()
    assert (restored.opened, restored.needed.broken) == (0, [])
    settings.SEALING_KEYS = [new_key(), *keys]
    assert Household.objects.get().address.open() == ADDRESS
    assert [missing] == [key.id for key in Keyring(keys)]


def test_a_sealed_value_that_was_copied_to_another_row_is_named(world: World) -> None:
    other = HouseholdFactory()
    with connections["default"].cursor() as cursor:
        cursor.execute("SELECT address FROM cases_household WHERE id = %s", [world.household.pk])
        token = cursor.fetchone()[0]
        cursor.execute("UPDATE cases_household SET address = '' WHERE id = %s", [world.household.pk])
        cursor.execute("UPDATE cases_household SET address = %s WHERE id = %s", [token, other.pk])
    world.back_up()
    assert world.restore().needed.broken == ["cases.Household.address"]


@pytest.mark.parametrize("alias", list(configured.DATABASES))
def test_the_migrations_of_backup_and_database_must_be_the_same(world: World, alias: str) -> None:
    world.back_up()
    recorder = MigrationRecorder(connections[alias])
    recorder.record_applied("cases", "0999_from_the_future")
    with pytest.raises(ActionRefused, match=r"has had further migrations: cases\.0999_from_the_future"):
        world.restore()
    recorder.record_unapplied("cases", "0999_from_the_future")
    recorder.record_unapplied("cases", "0004_audit_is_append_only")
    try:
        with pytest.raises(ActionRefused, match=f"run 'manage.py migrate --database {alias}'"):
            world.restore()
        with pytest.raises(ActionRefused, match=f"Run 'manage.py migrate --database {alias}' first"):
            world.back_up()
    finally:
        recorder.record_applied("cases", "0004_audit_is_append_only")


def test_a_database_that_was_made_in_one_step_is_no_other(world: World) -> None:
    recorders = [MigrationRecorder(connections[alias]) for alias in configured.DATABASES]
    for recorder in recorders:
        recorder.record_unapplied("cases", "0001_squashed_0012_unsealing")
    world.back_up()
    for recorder in recorders:
        recorder.record_applied("cases", "0001_squashed_0012_unsealing")
    world.restore()


def test_a_backup_of_a_newer_program_is_refused(world: World) -> None:
    recorder = MigrationRecorder(connections["default"])
    recorder.record_applied("cases", "0999_from_the_future")
    world.back_up()
    recorder.record_unapplied("cases", "0999_from_the_future")
    with pytest.raises(ActionRefused, match=r"does not know its migrations cases\.0999_from_the_future\. Install"):
        world.restore()


def test_a_file_that_cannot_be_read_changes_nothing(world: World) -> None:
    world.back_up()
    before = sums()
    raw = bytearray(world.file.read_bytes())
    raw[len(raw) // 2] ^= 1
    world.file.write_bytes(bytes(raw))
    with pytest.raises(Altered):
        world.restore()
    other = BackupKey.from_text(new_key())
    with pytest.raises(KeyNotAtHand):
        world.restore(keys=[other])
    assert sums() == before
    assert not state_file(world.folder).exists()


@pytest.mark.parametrize(
    ("place", "said"), [("media/backup", "lies in the media folder"), ("nowhere/backup", "a folder that is there")]
)
def test_a_backup_is_not_written_where_it_cannot_be(world: World, place: str, said: str) -> None:
    with pytest.raises(ActionRefused, match=said):
        make_backup(world.folder / place, keys=[KEY], at=AT, say=world.said.append)
    assert last_entry().action != "backed_up"


def test_a_table_that_belongs_to_nobody_is_told(world: World) -> None:
    with connections["default"].cursor() as cursor:
        cursor.execute("CREATE TABLE somebodys (id integer)")
    try:
        world.back_up()
    finally:
        with connections["default"].cursor() as cursor:
            cursor.execute("DROP TABLE somebodys")
    assert [text for text in world.said if "somebodys" in text] == [
        "Left out: table somebodys of the database 'default' belongs to no installed application"
    ]


def test_links_are_no_files(world: World) -> None:
    (world.folder / "secret").write_text("a key")
    (world.folder / "media" / "link").symlink_to(world.folder / "secret")
    assert set(world.back_up().contents.files) == {"empty", "photos/one"}


def test_references_by_kind_of_record_hold_after_a_restore(world: World) -> None:
    allowed = User.objects.get(username="bob").get_all_permissions()
    named = {pk: (app, model) for pk, app, model in ContentType.objects.values_list("pk", "app_label", "model")}
    world.back_up()
    world.restore()
    assert {pk: (app, m) for pk, app, m in ContentType.objects.values_list("pk", "app_label", "model")} == named
    assert User.objects.get(username="bob").get_all_permissions() == allowed != set()


def test_while_a_restore_is_not_finished_the_site_is_closed_and_commands_say_so(tmp_path: Path, settings: Any) -> None:
    settings.VAR_DIR = tmp_path
    assert check_unfinished_restore() == []
    state_file(tmp_path).write_text('{"file": "monday", "sha256": "", "step": "loading"}')
    for address in ("/en/", "/desk/", "/api/v1/cases/", "/nothing"):
        answer = Client().get(address)
        assert (answer.status_code, answer["Retry-After"]) == (503, "600")
        assert "Сайт відновлюють" in answer.content.decode()
    (error,) = check_unfinished_restore()
    assert "Run 'manage.py restore monday' again" in error.msg
    state_file(tmp_path).write_text("")
    assert "Run 'manage.py restore FILE' again" in check_unfinished_restore()[0].msg
