"""Erasing a person: nothing of theirs is left in any column, file or payload, and nothing of anybody else is harmed."""

import datetime as dt
import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.db import IntegrityError, OperationalError, transaction
from django.test import Client

from cases.actions.accounts import ADMINISTRATOR
from cases.actions.erasure import ask, confirm, decline
from cases.actions.permissions import ActionRefused
from cases.actions.review import approve, submit
from cases.domain.audit_chain import faults
from cases.models import (
    AuditEntry,
    AuditHead,
    EditingPresence,
    ErasureRequest,
    Event,
    FormDraft,
    PersonName,
    Prisoner,
    Proceeding,
    Relative,
    ReviewComment,
    Source,
    Unsealing,
)
from cases.publication.publish import PublicSideUnreachable
from cases.published.models import PublishedCase, PublishedTotal, PublishedVersion
from cases.queries.erased import erased_among
from cases.queries.erasure import find
from cases.queries.erasure_table import TREATMENT, Stays
from cases.queries.files import files_of
from cases.queries.mentions import mentions, wanted_names
from tests import factories
from tests.canary.erased import GOES, STAYS, Before, build_before
from tests.canary.marks import Mark
from tests.canary.world import AT
from tests.dumps import files, raw_rows, raw_text
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db

NOW = AT + dt.timedelta(days=30)


@pytest.fixture(autouse=True)
def media(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.ERASURES_FILE = tmp_path / "erasures"


@pytest.fixture
def before(db: None) -> Before:
    return build_before()


@pytest.fixture
def admin(before: Before) -> User:
    return UserFactory(username="olha", group=ADMINISTRATOR)


@pytest.fixture
def erase(before: Before, admin: User, django_capture_on_commit_callbacks: Any) -> Any:
    def erased(prisoner: Prisoner) -> ErasureRequest:
        asked = ask(before.builder.reviewer, prisoner, ground="person_asks", note="zqxvasked", at=NOW)
        with django_capture_on_commit_callbacks(execute=True):
            confirm(admin, asked, typed=prisoner.code, at=NOW)
        asked.refresh_from_db()
        return asked

    return erased


def own_marks(before: Before) -> list[Mark]:
    """The marks of the one who goes; places and officials are nobody's own."""
    return [mark for mark in before.marks(GOES) if mark.model not in ("place", "official")]


def said_erased() -> frozenset[int]:
    told = AuditEntry.objects.filter(action__in=("erased", "retention")).values_list("payload", flat=True)
    return frozenset(number for payload in told for number in payload["entries"])


def test_no_mark_of_the_person_is_left_in_any_column_or_file(before: Before, erase: Any) -> None:
    marks = own_marks(before)
    text = raw_text(raw_rows())
    planted = [str(mark) for mark in marks if any(form in text for form in mark.forms)]
    assert len(planted) > 200
    tokens, others = before.tokens(GOES), before.tokens(*STAYS)
    assert (len(tokens) > 20, len(others) > 20) == (True, True)
    own_files = set(files_of(before.prisoner)) & set(files())
    assert len(own_files) > 3
    erase(before.prisoner)
    text = raw_text(raw_rows())
    assert [str(mark) for mark in marks if any(form in text for form in mark.forms)] == []
    assert "zqxvasked" not in text
    assert ([one for one in tokens if one.lower() in text], [one for one in others if one.lower() not in text]) == (
        [],
        [],
    )
    stored = files()
    kept, names = b"".join(stored.values()).lower(), "\n".join(stored).lower()
    assert [str(mark) for mark in marks if any(form.encode() in kept for form in mark.forms)] == []
    assert own_files.isdisjoint(stored)
    assert [str(mark) for mark in marks if any(form in names for form in mark.forms)] == []


def test_the_chain_of_the_audit_holds_and_says_what_went(before: Before, erase: Any) -> None:
    done = erase(before.prisoner)
    key = django_settings.AUDIT_KEY
    assert list(faults(AuditEntry.objects.links(), key, head=AuditHead.objects.get().as_sealed())) == []
    entry = AuditEntry.objects.get(action="erased")
    assert set(entry.payload) == {"erasure", "kind", "entries", "counts", "ground"}
    assert entry.payload["erasure"] == done.reference
    assert (
        not AuditEntry.objects.filter(case=before.prisoner.code, payload__isnull=False)
        .exclude(action="erased")
        .exists()
    )
    blank = AuditEntry.objects.filter(payload__isnull=True)
    assert set(blank.values_list("number", flat=True)) == said_erased()
    assert set(blank.values_list("salt", flat=True)) == {""}


def test_nothing_of_anybody_else_is_harmed(before: Before, erase: Any) -> None:
    others = [form for mark in before.marks(*STAYS, "joint", "reference", "desk") for form in mark.forms]
    was = raw_rows()
    own = [before.prisoner.code.lower(), *(form for mark in own_marks(before) for form in mark.forms)]
    told = {key: str(row).lower() for key, row in was.items()}
    holds = {
        key: was[key]
        for key, text in told.items()
        if any(form in text for form in others) and not any(form in text for form in own)
    }
    assert len(holds) > 200
    erase(before.prisoner)
    now = raw_rows()
    changed = sorted(key[0] for key, row in holds.items() if now.get(key) != row)
    expected = {"default.cases_citation", "default.cases_historicalcitation", "default.cases_auditentry"}
    counting = ("publishedtotal", "publishedcelltotal", "publishedblock")  # they count one person less
    expected |= {f"{alias}.cases_{name}" for alias in ("default", "public") for name in counting}
    assert set(changed) <= expected, changed
    assert len([name for name in changed if name == "default.cases_citation"]) == 1


# Two people --------------------------------------------------------------------------------------------------------


@pytest.fixture
def olha(groups: None) -> User:
    return UserFactory(username="olha", group=ADMINISTRATOR)


def test_nobody_erases_alone(bob: User, olha: User) -> None:
    prisoner = factories.case()
    asked = ask(bob, prisoner, ground="person_asks", at=NOW)
    with pytest.raises(ActionRefused, match="another person confirms"):
        confirm(bob, asked, typed=prisoner.code, at=NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        ErasureRequest.objects.update(state="done", decided_by=bob, decided_at=NOW, note="", subject_id=None)
    assert Prisoner.objects.get() == prisoner


def test_researchers_and_analysts_neither_ask_nor_confirm(alice: User, anna: User, bob: User) -> None:
    prisoner = factories.case()
    asked = ask(bob, prisoner, ground="person_asks", at=NOW)
    for account in (alice, anna):
        with pytest.raises(PermissionDenied):
            ask(account, prisoner, ground="person_asks", at=NOW)
        with pytest.raises(PermissionDenied):
            confirm(account, asked, typed=prisoner.code, at=NOW)


def test_a_wrong_code_and_a_second_confirmation_erase_nothing(bob: User, olha: User) -> None:
    prisoner, other = factories.case(), factories.case("Inshyi Nikhto")
    asked = ask(bob, prisoner, ground="person_asks", at=NOW)
    with pytest.raises(ActionRefused, match="Nothing was erased"):
        confirm(olha, asked, typed=other.code, at=NOW)
    assert Prisoner.objects.count() == 2
    confirm(olha, asked, typed=f" {prisoner.code} ", at=NOW)
    with pytest.raises(ActionRefused, match="decided already"):
        confirm(olha, asked, typed=prisoner.code, at=NOW)
    assert Prisoner.objects.get() == other


def test_a_declined_request_keeps_the_person_and_loses_its_note(bob: User, olha: User) -> None:
    prisoner = factories.case()
    asked = decline(olha, ask(bob, prisoner, ground="person_asks", note="A letter", at=NOW), at=NOW)
    assert (asked.state, asked.note.open(), Prisoner.objects.count()) == ("declined", "", 1)
    assert ask(bob, prisoner, ground="ordered", at=NOW).state == "asked"


# What the erasure does not know ------------------------------------------------------------------------------------


def test_a_table_that_the_erasure_does_not_know_stops_it(
    bob: User, olha: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    prisoner = factories.case()
    asked = ask(bob, prisoner, ground="person_asks", at=NOW)
    monkeypatch.delitem(TREATMENT, "event")
    with pytest.raises(ActionRefused, match=r"cases\.event: not in cases/queries/erasure_table\.py"):
        confirm(olha, asked, typed=prisoner.code, at=NOW)
    assert Prisoner.objects.get() == prisoner


def test_a_reference_that_the_erasure_does_not_know_stops_it(
    bob: User, olha: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    prisoner = factories.case()
    asked = ask(bob, prisoner, ground="person_asks", at=NOW)
    monkeypatch.setitem(TREATMENT, "event", Stays("by mistake"))
    with pytest.raises(ActionRefused, match=r"event\.prisoner: 1 → prisoner"):
        confirm(olha, asked, typed=prisoner.code, at=NOW)
    assert (Prisoner.objects.count(), PersonName.objects.count()) == (1, 2)


def test_the_sentence_of_another_in_a_decision_about_this_person_alone_stops_it(bob: User, olha: User) -> None:
    prisoner = factories.case()
    defendant = prisoner.defendants.get()
    other = factories.DefendantFactory(proceeding=defendant.proceeding)
    decision = factories.DecisionFactory(proceeding=defendant.proceeding, defendant=defendant)
    factories.SentenceFactory(decision=decision, defendant=other)
    asked = ask(bob, prisoner, ground="person_asks", at=NOW)
    with pytest.raises(ActionRefused, match=f"sentence {other.sentences.get().pk}: defendant {other.pk}"):
        confirm(olha, asked, typed=prisoner.code, at=NOW)
    assert Prisoner.objects.filter(pk=prisoner.pk).exists()


# What is shared ----------------------------------------------------------------------------------------------------


def shared_proceeding(prisoner: Prisoner) -> tuple[Proceeding, Prisoner]:
    proceeding = prisoner.defendants.get().proceeding
    other = factories.case("Inshyi Nikhto")
    factories.DefendantFactory(proceeding=proceeding, prisoner=other)
    return proceeding, other


def test_a_joint_proceeding_stays_and_forgets_the_person(bob: User, olha: User) -> None:
    prisoner = factories.case("Vyhadan Nezabutnii")
    proceeding, other = shared_proceeding(prisoner)
    factories.HearingFactory(proceeding=proceeding)
    proceeding.title_en = "The case of Vyhadan Nezabutnii and others"
    proceeding.save()
    proceeding.title_en = "A case of several people"
    proceeding.save()
    confirm(olha, ask(bob, prisoner, ground="person_asks", at=NOW), typed=prisoner.code, at=NOW)
    proceeding.refresh_from_db()
    assert [one.prisoner for one in proceeding.defendants.all()] == [other]
    assert (proceeding.hearings.count(), proceeding.decisions.count()) == (1, 1)
    titles = set(Proceeding.history.filter(id=proceeding.pk).values_list("title_en", flat=True))
    assert "A case of several people" in titles
    assert "nezabutnii" not in raw_text(raw_rows())


def test_what_still_names_the_person_is_listed_and_left_alone(bob: User, olha: User) -> None:
    prisoner = factories.case("Vyhadan Nezabutnii")
    proceeding, _other = shared_proceeding(prisoner)
    Proceeding.objects.filter(pk=proceeding.pk).update(
        summary_uk="Разом із Вигаданом Незабутнім", private_notes="", title_en="A case"
    )
    factories.PersonNameFactory(text="Vyhadan Nezabutnii")  # a namesake
    official = factories.OfficialFactory(private_notes="Interrogated Nezabutnii in 2018.")
    found = find("prisoner", prisoner.pk, prisoner.code)
    places = [(one.kind, one.pk, one.field) for one in mentions(found, wanted_names(found))]
    places = [place for place in places if place[0] in ("proceeding", "official", "personname")]
    assert places == [("proceeding", proceeding.pk, "Summary"), ("official", official.pk, "Private notes")]
    confirm(olha, ask(bob, prisoner, ground="person_asks", at=NOW), typed=prisoner.code, at=NOW)
    proceeding.refresh_from_db()
    assert proceeding.summary_uk == "Разом із Вигаданом Незабутнім"
    assert official.private_notes.open() == "Interrogated Nezabutnii in 2018."
    assert PersonName.objects.filter(text="Vyhadan Nezabutnii").count() == 1
    assert AuditEntry.objects.filter(subject_kind="personname", payload__fields__text__1="Vyhadan Nezabutnii").exists()


def test_a_row_that_was_moved_to_another_case_stays_there_with_its_later_history(bob: User, olha: User) -> None:
    prisoner, other = factories.case(), factories.case("Inshyi Nikhto")
    event = factories.EventFactory(prisoner=prisoner, title_en="Typed into the wrong case")
    event.prisoner = other
    event.save()
    confirm(olha, ask(bob, prisoner, ground="person_asks", at=NOW), typed=prisoner.code, at=NOW)
    assert Event.objects.get(pk=event.pk).prisoner == other
    assert list(Event.history.filter(id=event.pk).values_list("prisoner_id", flat=True)) == [other.pk]


def test_a_source_goes_when_nobody_else_is_or_was_supported_by_it(bob: User, olha: User) -> None:
    prisoner, other = factories.case(), factories.case("Inshyi Nikhto")
    own, shared, once = factories.SourceFactory(), factories.SourceFactory(), factories.SourceFactory()
    for source in (own, shared, once):
        factories.CitationFactory(record=prisoner, prisoner=prisoner, source=source)
    factories.CitationFactory(record=other, prisoner=other, source=shared)
    factories.CitationFactory(record=other, prisoner=other, source=once).delete()
    confirm(olha, ask(bob, prisoner, ground="person_asks", at=NOW), typed=prisoner.code, at=NOW)
    left = set(Source.objects.values_list("pk", flat=True))
    assert (own.pk in left, shared.pk in left, once.pk in left) == (False, True, True)


def test_a_relative_is_erased_alone_and_the_family_is_still_supported(bob: User, olha: User) -> None:
    household = factories.HouseholdFactory()
    household.prisoners.add(factories.case())
    relative, sister = factories.RelativeFactory(household=household), factories.RelativeFactory(household=household)
    factories.NeedFactory(household=household)
    asked = ask(bob, relative, ground="person_asks", at=NOW)
    confirm(olha, asked, typed=asked.reference, at=NOW)
    assert list(household.relatives.all()) == [sister]
    assert (household.needs.count(), household.prisoners.count()) == (1, 1)
    assert not Relative.history.filter(id=relative.pk).exists()
    kept = AuditEntry.objects.filter(subject_kind="relative", subject_id=relative.pk, payload__isnull=False)
    assert [entry.action for entry in kept] == []


# The public side ---------------------------------------------------------------------------------------------------


def test_the_address_of_an_erased_case_answers_gone_and_the_tables_keep_its_code_alone(
    alice: User, bob: User, olha: User, client: Client
) -> None:
    prisoner = factories.case("Vyhadan Nezabutnii")
    approve(bob, submit(alice, prisoner, at=AT), at=AT)
    assert client.get(f"/en/cases/{prisoner.code}/vyhadan-nezabutnii/").status_code == 200
    confirm(olha, ask(bob, prisoner, ground="person_asks", at=NOW), typed=prisoner.code, at=NOW)
    for address in ("", "vyhadan-nezabutnii/", "v/1/"):
        assert client.get(f"/en/cases/{prisoner.code}/{address}").status_code == 410
    left = PublishedCase.objects.get()
    assert (left.code, left.sha256, left.document, left.first_published_at) == (prisoner.code, "", None, NOW)
    assert (PublishedVersion.objects.filter(kind="case").count(), PublishedTotal.objects.count()) == (0, 0)
    call_command("rebuild_published", stdout=io.StringIO())
    assert client.get(f"/en/cases/{prisoner.code}/").status_code == 410


def test_a_draft_leaves_no_trace_on_the_public_side(bob: User, olha: User, client: Client) -> None:
    prisoner = factories.case()
    confirm(olha, ask(bob, prisoner, ground="person_asks", at=NOW), typed=prisoner.code, at=NOW)
    assert PublishedCase.objects.count() == 0
    assert client.get(f"/en/cases/{prisoner.code}/").status_code == 404


def test_when_the_public_side_cannot_be_reached_nothing_is_erased(
    alice: User, bob: User, olha: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    prisoner = factories.case()
    approve(bob, submit(alice, prisoner, at=AT), at=AT)
    asked = ask(bob, prisoner, ground="person_asks", at=NOW)
    was = raw_rows()

    def unreachable(*_args: Any, **_kwargs: Any) -> int:
        raise OperationalError("no route to host")

    monkeypatch.setattr("cases.publication.publish.remove_versions", unreachable)
    with pytest.raises(PublicSideUnreachable):
        confirm(olha, asked, typed=prisoner.code, at=NOW)
    assert raw_rows() == was


# Coming back -------------------------------------------------------------------------------------------------------


def test_a_restored_backup_loses_the_erased_person_again(
    bob: User, olha: User, django_capture_on_commit_callbacks: Any
) -> None:
    prisoner, other = factories.case(), factories.case("Inshyi Nikhto")
    asked = ask(bob, prisoner, ground="person_asks", at=NOW)
    with django_capture_on_commit_callbacks(execute=True):
        confirm(olha, asked, typed=prisoner.code, at=NOW)
    said = Path(django_settings.ERASURES_FILE).read_text()
    assert (prisoner.code in said, asked.reference in said) == (False, True)
    ErasureRequest.objects.all().delete()  # the backup is older than the erasure
    back = factories.case(code=prisoner.code)
    out = io.StringIO()
    call_command("reapply_erasures", stdout=out)
    assert out.getvalue().splitlines() == [
        f"{asked.reference}: erased again",
        "1 erasures on the list, 1 had come back",
    ]
    assert Prisoner.objects.get() == other
    assert not Prisoner.history.filter(id=back.pk).exists()
    assert (
        list(faults(AuditEntry.objects.links(), django_settings.AUDIT_KEY, head=AuditHead.objects.get().as_sealed()))
        == []
    )


def test_an_erased_seed_case_is_not_loaded_again(bob: User, olha: User) -> None:
    prisoner = factories.case()
    confirm(olha, ask(bob, prisoner, ground="person_asks", at=NOW), typed=prisoner.code, at=NOW)
    assert erased_among([prisoner.code, "ZZZZZZ"]) == {prisoner.code}


# Work under way ----------------------------------------------------------------------------------------------------


def test_comments_unsaved_texts_presence_and_openings_go_along(alice: User, bob: User, olha: User) -> None:
    prisoner, other = factories.case("Vyhadan Nezabutnii"), factories.case("Inshyi Nikhto")
    for one in (prisoner, other):
        submission = submit(alice, one, at=AT)
        ReviewComment.objects.create(submission=submission, text=f"Ask {one}", author=bob, at=AT)
        EditingPresence.objects.create(user=alice, **where(one), since=AT, seen_at=AT)
        Unsealing.objects.create(
            actor=olha,
            session="s",
            kind="prisoner",
            object_id=one.pk,
            opened_at=AT,
            ends_at=AT + dt.timedelta(minutes=5),
        )
        draft(alice, f"/desk/cases/prisoner/{one.pk}/change/", "unsaved", **where(one))
        draft(alice, f"/desk/cases/proceeding/add/?prisoner={one.pk}", "unsaved")
        draft(alice, f"/desk/cases/proceeding/add/?kind=criminal&prisoner={one.pk}&title_uk=1", "unsaved")
    draft(alice, "/desk/cases/proceeding/add/", "Together with Vyhadan Nezabutnii")
    draft(alice, "/desk/cases/source/add/", "An invented report")
    confirm(olha, ask(bob, prisoner, ground="person_asks", at=NOW), typed=prisoner.code, at=NOW)
    counts = (ReviewComment, ReviewComment.history, EditingPresence, Unsealing)
    assert [getattr(table, "objects", table).count() for table in counts] == [1, 1, 1, 1]
    assert ReviewComment.objects.get().submission.prisoner == other
    assert Unsealing.objects.get().object_id == EditingPresence.objects.get().object_id == other.pk
    assert sorted(FormDraft.objects.values_list("address", flat=True)) == [
        f"/desk/cases/prisoner/{other.pk}/change/",
        f"/desk/cases/proceeding/add/?kind=criminal&prisoner={other.pk}&title_uk=1",
        f"/desk/cases/proceeding/add/?prisoner={other.pk}",
        "/desk/cases/source/add/",
    ]
    assert "nezabutnii" not in raw_text(raw_rows())


def where(record: Prisoner) -> dict[str, Any]:
    return {"content_type": ContentType.objects.get_for_model(record), "object_id": record.pk}


def draft(author: User, address: str, text: str, **fields: Any) -> None:
    payload = json.dumps({"title_en": [text]})
    FormDraft(user=author, address=address, window="w", payload=payload, began_at=AT, updated_at=AT, **fields).save()
