"""What one person saves is merged with what another saved meanwhile, or asked about; nobody's work is lost."""

import re
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.conf import settings
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cases.actions.accounts import RESEARCHER, REVIEWER, SUPPORT
from cases.models import FormDraft, Household, Prisoner, Proceeding
from tests import factories
from tests.admin.conftest import SignIn
from tests.admin.forms import filled

pytestmark = pytest.mark.django_db


@dataclass
class Two:
    """Two people with the same form open: what `first` saves, `second` does not see."""

    first: Client
    second: Client
    address: str

    def meet(self, first: dict[str, Any], second: dict[str, Any], drop: tuple[str, ...] = ()) -> Any:
        """Both fill the form they opened; the first saves, then the second. Return the answer to the second."""
        theirs, mine = filled(self.first, self.address, first), filled(self.second, self.address, second)
        for name in drop:
            theirs.pop(name, None)
        answer = self.first.post(self.address, theirs)
        assert answer.status_code == 302, answer.context and answer.context["errors"]
        return self.second.post(self.address, mine)

    def choose(self, page: Any, **by_label: str) -> Any:
        """Answer the questions of a merge page by the label of the box."""
        answers = {
            f"_choice-{one.key}": by_label[one.label.replace(" ", "_")] for one in page.context["merged"].conflicts
        }
        return self.second.post(self.address, {**hidden(page), **answers})


def hidden(page: Any) -> dict[str, str]:
    """Return the hidden boxes of the merge form."""
    sitting = page.context["sitting"]
    pressed = dict.fromkeys(page.context["pressed"], "1")
    return {"_version": sitting.version, "_window": sitting.window.key, "_merge": "1", **pressed}


def conflicts(page: Any) -> list[tuple[str, str, str, str]]:
    return [(one.label, one.opened, one.theirs, one.mine) for one in page.context["merged"].conflicts]


@pytest.fixture
def prisoner() -> Prisoner:
    return factories.case()


@pytest.fixture
def two(sign_in: SignIn, prisoner: Prisoner) -> Two:
    address = reverse("admin:cases_prisoner_change", args=[prisoner.pk])
    return Two(sign_in(REVIEWER), sign_in(RESEARCHER), address)


@pytest.fixture
def at_trial(sign_in: SignIn, prisoner: Prisoner) -> Two:
    proceeding = prisoner.defendants.get().proceeding
    return Two(sign_in(REVIEWER), sign_in(RESEARCHER), reverse("admin:cases_proceeding_change", args=[proceeding.pk]))


def said(answer: Any) -> list[str]:
    return [str(message) for message in answer.wsgi_request._messages]


# Merged without asking -------------------------------------------------------------------------------------------


def test_changes_of_different_boxes_are_both_kept_and_told(two: Two, prisoner: Prisoner) -> None:
    answer = two.meet({"summary_en": "Theirs."}, {"sex": "female", "stays-0-started": "2019"})
    assert answer.status_code == 302
    prisoner.refresh_from_db()
    assert (prisoner.summary_en, prisoner.sex, str(prisoner.stays.get().started)) == ("Theirs.", "female", "2019")
    (message,) = [text for text in said(answer) if "Both are kept" in text]
    assert re.fullmatch(
        r"account\d+ saved a change while you wrote\. Both are kept; theirs: Summary: English\.", message
    )


def test_another_spelling_of_the_number_does_not_save_over_what_they_saved(sign_in: SignIn, prisoner: Prisoner) -> None:
    client, address = sign_in(RESEARCHER), reverse("admin:cases_prisoner_change", args=[prisoner.pk])
    data = filled(client, address, {"summary_en": "Mine."}) | {"_version": ""}
    for spelling in (f"_2B{prisoner.pk}", f"%20{prisoner.pk}", "9" * 30, "9" * 5000):
        answer = client.post(address.replace(f"/{prisoner.pk}/", f"/{spelling}/"), data)
        assert (answer.status_code, answer.url) == (302, reverse("admin:index"))
    prisoner.refresh_from_db()
    assert prisoner.summary_en != "Mine."


def test_another_spelling_of_the_number_of_a_row_is_that_row(two: Two, prisoner: Prisoner) -> None:
    number = prisoner.stays.get().pk
    page = two.meet({"stays-0-started": "2018"}, {"stays-0-started": "2019", "stays-0-id": f"+{number}"})
    assert page.status_code == 200
    assert [label for label, *_values in conflicts(page)] == ["From"]
    assert str(prisoner.stays.get().started) == "2018"


def test_the_history_names_each_for_their_own_change(two: Two, prisoner: Prisoner) -> None:
    two.meet({"summary_en": "Theirs."}, {"sex": "female"})
    first, second = prisoner.history.order_by("-history_id")[:2][::-1]
    assert (first.summary_en, first.sex, second.summary_en, second.sex) == ("Theirs.", "male", "Theirs.", "female")
    assert first.history_user != second.history_user


def test_a_box_that_they_emptied_and_a_tick_that_they_took_away_stay_so(two: Two, prisoner: Prisoner) -> None:
    answer = two.meet({"summary_uk": ""}, {"sex": "female"}, drop=("home_is_public", "stays-0-is_public"))
    assert answer.status_code == 302
    prisoner.refresh_from_db()
    stay = prisoner.stays.get()
    assert (prisoner.summary_uk, prisoner.home_is_public, stay.is_public, prisoner.sex) == ("", False, False, "female")


def test_rows_that_both_added_are_all_there(two: Two, prisoner: Prisoner) -> None:
    def letter(day: str) -> dict[str, Any]:
        return {"events-TOTAL_FORMS": 2, "events-1-kind": "letter", "events-1-happened": day}

    answer = two.meet(letter("2021"), letter("2022"))
    assert answer.status_code == 302
    assert sorted(str(event.happened) for event in prisoner.events.all()) == ["2018-05-21", "2021", "2022"]
    assert any("Event – Added" in text or "Event – added" in text for text in said(answer))


def test_a_row_that_they_deleted_and_i_did_not_touch_stays_deleted(two: Two, prisoner: Prisoner) -> None:
    factories.StayFactory(prisoner=prisoner, started="2020")
    answer = two.meet({"stays-0-DELETE": "on"}, {"stays-1-ended": "2022", "sex": "female"})
    assert answer.status_code == 302
    (stay,) = prisoner.stays.all()
    assert (str(stay.started), str(stay.ended)) == ("2020", "2022")


def test_a_change_through_another_form_is_seen_too(two: Two, prisoner: Prisoner) -> None:
    assessment = factories.AssessmentFactory(prisoner=prisoner, document_number="1")
    mine = filled(two.second, two.address, {"assessments-0-document_number": "mine"})
    address = reverse("admin:cases_assessment_change", args=[assessment.pk])
    theirs = filled(two.first, address, {"document_number": "theirs"})
    theirs |= {"criteria": assessment.criteria}
    assert two.first.post(address, theirs).status_code == 302
    page = two.second.post(two.address, mine)
    assert [one[1:] for one in conflicts(page)] == [("1", "theirs", "mine")]


def test_rows_in_rows_are_merged(at_trial: Two) -> None:
    charge = "defendants-0-charges-0-"
    answer = at_trial.meet(
        {f"{charge}brought": "2018-06", "decisions-0-sentences-0-term": "15 years"},
        {f"{charge}outcome": "convicted", "decisions-0-summary_en": "Mine."},
    )
    assert answer.status_code == 302, answer.context and answer.context["errors"]
    proceeding = Proceeding.objects.get()
    charged, decision = proceeding.defendants.get().charges.get(), proceeding.decisions.get()
    assert (str(charged.brought), charged.outcome) == ("2018-06", "convicted")
    assert (decision.summary_en, decision.sentences.get().years) == ("Mine.", 15)


def test_a_decision_that_they_added_with_its_sentence_is_not_touched(at_trial: Two) -> None:
    appeal = {
        "decisions-TOTAL_FORMS": 2,
        "decisions-1-instance": "appeal",
        "decisions-1-outcome": "upheld",
        "decisions-1-decided_on": "2021-01-10",
        "decisions-1-sentences-TOTAL_FORMS": 1,
        "decisions-1-sentences-INITIAL_FORMS": 0,
        "decisions-1-sentences-0-term": "13 years",
        "decisions-1-sentences-0-segments-TOTAL_FORMS": 0,
        "decisions-1-sentences-0-segments-INITIAL_FORMS": 0,
    }
    answer = at_trial.meet(appeal, {"title_en": "Mine"})
    assert answer.status_code == 302, answer.context and answer.context["errors"]
    proceeding = Proceeding.objects.get()
    assert proceeding.title_en == "Mine"
    assert sorted(one.sentences.get().years for one in proceeding.decisions.all()) == [13, 14]


def test_the_same_change_twice_asks_nothing(two: Two, prisoner: Prisoner) -> None:
    answer = two.meet({"summary_en": "The same."}, {"summary_en": "The same."})
    assert answer.status_code == 302
    prisoner.refresh_from_db()
    assert prisoner.summary_en == "The same."


def test_a_mistake_is_answered_as_ever_with_their_change_in_the_form(two: Two, prisoner: Prisoner) -> None:
    page = two.meet({"summary_en": "Theirs."}, {"born": "the other day"})
    form = page.context["adminform"].form
    assert "born" in form.errors
    assert (form["summary_en"].value(), form["born"].value()) == ("Theirs.", "the other day")
    again = filled_from(page, {"born": "1981"})
    assert two.second.post(two.address, again).status_code == 302
    prisoner.refresh_from_db()
    assert (prisoner.summary_en, str(prisoner.born)) == ("Theirs.", "1981")


def filled_from(page: Any, changes: dict[str, Any]) -> dict[str, Any]:
    """Return what a browser would send from a page that came back with mistakes."""

    class Shown:
        def get(self, _address: str) -> Any:
            return page

    return filled(Shown(), "", changes)  # type: ignore[arg-type]


# Asked -----------------------------------------------------------------------------------------------------------


def test_the_same_box_is_asked_about_with_its_three_values_and_nothing_is_saved(two: Two, prisoner: Prisoner) -> None:
    page = two.meet({"summary_en": "Theirs.", "born": "1981"}, {"summary_en": "Mine.", "sex": "female"})
    assert page.status_code == 200
    assert conflicts(page) == [("Summary: English", "An invented teacher.", "Theirs.", "Mine.")]
    (conflict,) = page.context["merged"].conflicts
    assert (conflict.who, conflict.at) == (
        prisoner.history.first().history_user.get_username(),
        prisoner.history.first().history_date,
    )
    text = page.content.decode()
    assert all(words in text for words in ("An invented teacher.", "Theirs.", "Mine.", "Keep theirs", "Keep mine"))
    prisoner.refresh_from_db()
    assert (prisoner.summary_en, prisoner.sex) == ("Theirs.", "male")


@pytest.mark.parametrize(
    ("choice", "expected"), [("theirs", "Theirs."), ("mine", "Mine."), ("both", "Theirs.\n\nMine.")]
)
def test_the_choice_is_saved_and_the_rest_of_both_with_it(
    two: Two, prisoner: Prisoner, choice: str, expected: str
) -> None:
    page = two.meet({"summary_en": "Theirs.", "born": "1981"}, {"summary_en": "Mine.", "sex": "female"})
    answer = two.choose(page, **{"Summary:_English": choice})
    assert answer.status_code == 302
    prisoner.refresh_from_db()
    assert (prisoner.summary_en, str(prisoner.born), prisoner.sex) == (expected, "1981", "female")
    assert not FormDraft.objects.exists()


def test_a_question_without_an_answer_is_asked_again(two: Two, prisoner: Prisoner) -> None:
    page = two.meet({"summary_en": "Theirs."}, {"summary_en": "Mine."})
    again = two.second.post(two.address, hidden(page))
    assert conflicts(again) == conflicts(page)
    prisoner.refresh_from_db()
    assert prisoner.summary_en == "Theirs."


def test_a_third_person_who_saves_meanwhile_is_asked_about_too(two: Two, prisoner: Prisoner) -> None:
    page = two.meet({"summary_en": "Theirs."}, {"summary_en": "Mine."})
    third = filled(two.first, two.address, {"summary_en": "The third's."})
    assert two.first.post(two.address, third).status_code == 302
    again = two.choose(page, **{"Summary:_English": "mine"})
    assert again.status_code == 200
    assert conflicts(again) == [("Summary: English", "An invented teacher.", "The third's.", "Mine.")]
    assert two.choose(again, **{"Summary:_English": "mine"}).status_code == 302
    prisoner.refresh_from_db()
    assert prisoner.summary_en == "Mine."


def test_a_choice_goes_through_the_ordinary_checks(two: Two, prisoner: Prisoner) -> None:
    page = two.meet({"died": "2020"}, {"died": "1950"})
    answer = two.choose(page, Died="mine")
    assert answer.status_code == 200
    assert "before the date of birth" in answer.content.decode()
    prisoner.refresh_from_db()
    assert str(prisoner.died) == "2020"


@pytest.mark.parametrize(("choice", "left"), [("theirs", 0), ("mine", 1)])
def test_a_row_that_they_deleted_and_i_changed_is_asked_about(
    two: Two, prisoner: Prisoner, choice: str, left: int
) -> None:
    page = two.meet({"events-0-DELETE": "on"}, {"events-0-happened": "2018-05-22"})
    assert conflicts(page) == [("the whole row", "Arrest · 21 May 2018", "deleted", "On: 2018-05-22")]
    answer = two.choose(page, the_whole_row=choice)
    assert answer.status_code == 302, answer.context and answer.context["errors"]
    assert [str(event.happened) for event in prisoner.events.all()] == ["2018-05-22"] * left


@pytest.mark.parametrize(("choice", "left"), [("theirs", ["2018-05-22"]), ("mine", [])])
def test_a_row_that_i_deleted_and_they_changed_is_asked_about(
    two: Two, prisoner: Prisoner, choice: str, left: list[str]
) -> None:
    page = two.meet({"events-0-happened": "2018-05-22"}, {"events-0-DELETE": "on"})
    assert conflicts(page) == [("the whole row", "Arrest · 21 May 2018", "Arrest · 22 May 2018", "deleted")]
    assert two.choose(page, the_whole_row=choice).status_code == 302
    assert [str(event.happened) for event in prisoner.events.all()] == left


def test_a_decision_that_they_deleted_under_my_new_sentence_can_be_kept(at_trial: Two) -> None:
    deleted = {"decisions-0-DELETE": "on", "decisions-0-sentences-0-DELETE": "on"}
    page = at_trial.meet(deleted, {"decisions-0-sentences-0-term": "10 years"})
    assert [one[0] for one in conflicts(page)] == ["the whole row"]
    answer = at_trial.choose(page, the_whole_row="mine")
    assert answer.status_code == 302, answer.context and answer.context["errors"]
    assert Proceeding.objects.get().decisions.get().sentences.get().years == 10


@pytest.mark.parametrize(
    ("mine", "choice", "years"),
    [("term", "mine", 13), ("years", "mine", 13), ("term", "theirs", 15), ("years", "theirs", 15)],
)
def test_a_term_is_one_thing_in_words_and_numbers(at_trial: Two, mine: str, choice: str, years: int) -> None:
    box = "decisions-0-sentences-0-"
    page = at_trial.meet({f"{box}term": "15 years"}, {f"{box}{mine}": "13 years" if mine == "term" else 13})
    assert [one[0] for one in conflicts(page)] == ["Term in words"]
    answer = at_trial.choose(page, Term_in_words=choice)
    assert answer.status_code == 302, answer.context and answer.context["errors"]
    assert Proceeding.objects.get().decisions.get().sentences.get().years == years


def test_coordinates_are_not_mixed_of_two_peoples(sign_in: SignIn) -> None:
    site = factories.DetentionSiteFactory(latitude="45.1", longitude="34.1", coordinate_precision="settlement")
    address = reverse("admin:cases_detentionsite_change", args=[site.pk])
    page = Two(sign_in(REVIEWER), sign_in(REVIEWER), address).meet({"latitude": "45.2"}, {"longitude": "34.2"})
    assert len(conflicts(page)) == 1


def test_a_form_that_does_not_say_when_it_was_opened_overwrites_nothing(two: Two, prisoner: Prisoner) -> None:
    mine = filled(two.second, two.address, {"summary_en": "Mine."})
    mine.pop("_version")
    page = two.second.post(two.address, mine)
    assert conflicts(page) == [("Summary: English", "not known", "An invented teacher.", "Mine.")]
    prisoner.refresh_from_db()
    assert prisoner.summary_en == "An invented teacher."


def test_the_version_of_another_record_is_none(two: Two, prisoner: Prisoner) -> None:
    other = factories.case("Taras Vydumanyi", private_notes="A secret of another case")
    stolen = filled(two.second, reverse("admin:cases_prisoner_change", args=[other.pk]))["_version"]
    page = two.second.post(two.address, filled(two.second, two.address, {"summary_en": "Mine.", "_version": stolen}))
    assert [one[1] for one in conflicts(page)] == ["not known"]


def test_whoever_may_not_change_the_record_is_refused_before_anything_is_compared(
    sign_in: SignIn, prisoner: Prisoner
) -> None:
    address = reverse("admin:cases_prisoner_change", args=[prisoner.pk])
    assert sign_in(SUPPORT).post(address, {"summary_en": "Mine."}).status_code == 403
    assert not FormDraft.objects.exists()


def test_the_page_is_named_you_where_it_was_oneself(two: Two) -> None:
    page = Two(two.second, two.second, two.address).meet({"summary_en": "Then."}, {"summary_en": "Now."})
    (conflict,) = page.context["merged"].conflicts
    assert conflict.who == "you, in another window"


def test_a_file_goes_through_a_merge_and_can_be_chosen_again_after_a_question(sign_in: SignIn) -> None:
    source = factories.SourceFactory(title="Opened")
    two = Two(sign_in(REVIEWER), sign_in(RESEARCHER), reverse("admin:cases_source_change", args=[source.pk]))
    answer = two.meet({"publisher": "Theirs"}, {"file": SimpleUploadedFile("a.txt", b"one")})
    assert answer.status_code == 302
    source.refresh_from_db()
    with source.file.open() as file:
        assert (source.publisher, file.read()) == ("Theirs", b"one")
    page = two.meet({"title": "Theirs"}, {"title": "Mine", "file": SimpleUploadedFile("b.txt", b"two")})
    assert page.context["files"] == ["file"]
    assert 'type="file" name="file"' in page.content.decode()
    answers = {f"_choice-{one.key}": "mine" for one in page.context["merged"].conflicts}
    again = {**hidden(page), **answers, "file": SimpleUploadedFile("b.txt", b"two")}
    assert two.second.post(two.address, again).status_code == 302
    source.refresh_from_db()
    with source.file.open() as file:
        assert (source.title, file.read()) == ("Mine", b"two")


# Sealed ----------------------------------------------------------------------------------------------------------

THEIR_SECRET, MY_SECRET = "Their secret of the road", "My secret of the road"


def test_two_sealed_texts_are_shown_to_nobody_and_mine_waits_sealed(two: Two, prisoner: Prisoner) -> None:
    page = two.meet({"health": THEIR_SECRET}, {"health": MY_SECRET, "sex": "female"})
    text = page.content.decode()
    assert "both changed it" in text
    assert THEIR_SECRET not in text
    assert MY_SECRET not in text
    (conflict,) = page.context["merged"].conflicts
    assert (conflict.choices, conflict.opened, conflict.theirs, conflict.mine) == (("theirs",), "", "", "")
    answer = two.choose(page, **{conflict.label.replace(" ", "_"): "theirs"})
    assert answer.status_code == 302
    assert any("Unseal it, then take up your text again" in text for text in said(answer))
    prisoner.refresh_from_db()
    assert (prisoner.health.open(), prisoner.sex) == (THEIR_SECRET, "female")
    assert MY_SECRET in FormDraft.objects.get().payload.open()


def test_a_sealed_text_that_they_wrote_is_kept_and_told_without_its_words(two: Two, prisoner: Prisoner) -> None:
    answer = two.meet({"health": THEIR_SECRET}, {"sex": "female"})
    assert answer.status_code == 302
    assert THEIR_SECRET not in " ".join(said(answer))
    prisoner.refresh_from_db()
    assert (prisoner.health.open(), prisoner.sex) == (THEIR_SECRET, "female")


def test_a_households_sealed_rows_are_merged_unopened(sign_in: SignIn) -> None:
    household: Household = factories.HouseholdFactory(label="Opened")
    person = factories.RelativeFactory(household=household, full_name="Vyhadana Ridna")
    two = Two(sign_in(SUPPORT), sign_in(SUPPORT), reverse("admin:cases_household_change", args=[household.pk]))
    friend = factories.PrisonerFactory()
    answer = two.meet({"relatives-0-phone": "+380 1", "prisoners": [friend.pk]}, {"relatives-0-kinship": "parent"})
    assert answer.status_code == 302, answer.context and answer.context["errors"]
    person.refresh_from_db()
    assert (person.phone.open(), person.kinship, person.full_name.open()) == ("+380 1", "parent", "Vyhadana Ridna")
    assert [one.pk for one in household.prisoners.all()] == [friend.pk]


def open_seals(client: Client, record: Prisoner) -> None:
    """Open the seals of the case to a reviewer, or to a researcher to whom it is given for it."""
    account = User.objects.get(pk=client.session["_auth_user_id"])
    if account.groups.filter(name=RESEARCHER).exists():
        record.assigned_to = account
        record.save()
    answer = client.post(
        reverse("admin:unseal", args=[record._meta.model_name, record.pk]), {"reason": "the lawyer asks for it"}
    )
    assert answer.status_code == 302


def test_somebody_who_unsealed_the_record_sees_and_chooses(two: Two, prisoner: Prisoner) -> None:
    for client in (two.first, two.second):
        open_seals(client, prisoner)
    page = two.meet({"health": THEIR_SECRET}, {"health": MY_SECRET})
    assert [one[1:] for one in conflicts(page)] == [("", THEIR_SECRET, MY_SECRET)]
    label = page.context["merged"].conflicts[0].label.replace(" ", "_")
    assert two.choose(page, **{label: "both"}).status_code == 302
    prisoner.refresh_from_db()
    assert prisoner.health.open() == f"{THEIR_SECRET}\n\n{MY_SECRET}"


def test_a_form_that_comes_late_is_merged_and_shows_nothing_that_is_sealed_again(two: Two, prisoner: Prisoner) -> None:
    prisoner.health = "What was known"
    prisoner.save()
    start = timezone.now()
    for client in (two.first, two.second):
        open_seals(client, prisoner)
    mine = filled(two.second, two.address, {"health": MY_SECRET, "summary_en": "Mine."})
    theirs = filled(two.first, two.address, {"health": THEIR_SECRET, "private_notes": "Their note", "summary_en": "T."})
    assert two.first.post(two.address, theirs).status_code == 302
    with time_machine.travel(start + timedelta(minutes=settings.UNSEALED_MINUTES + 1)):
        page = two.second.post(two.address, mine)
        text = page.content.decode()
        assert not any(secret in text for secret in (THEIR_SECRET, MY_SECRET, "What was known", "Their note"))
        answers = {
            f"_choice-{one.key}": "theirs" if one.is_sealed else "mine" for one in page.context["merged"].conflicts
        }
        assert len(answers) == 2
        assert two.second.post(two.address, {**hidden(page), **answers}).status_code == 302
    prisoner.refresh_from_db()
    assert (prisoner.health.open(), prisoner.private_notes.open()) == (THEIR_SECRET, "Their note")
    assert prisoner.summary_en == "Mine."
    assert MY_SECRET in FormDraft.objects.get().payload.open()
