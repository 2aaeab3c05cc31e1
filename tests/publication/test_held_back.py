"""Every field that may be held back has a reason, and what the reasons say is what the document does."""

import json
from typing import Any

import pytest
from django.db import models

from cases.domain.partial_dates import PartialDate
from cases.enums import Consent, DateDetail, EventKind
from cases.models import Prisoner
from cases.publication.casefile import CaseFile, case_rows, read_case
from cases.publication.document import build_from
from cases.publication.held_back import (
    RULES,
    Reason,
    has_value,
    possible_reasons,
    reason_for,
    standing_of,
    texts_of,
)
from cases.publication.policy_table import POLICY, RECORD, Disclosure
from cases.publication.row_paths import row_paths
from cases.publication.withholding import withheld_in
from tests import factories

#: Reference records are shared by cases: what of them is shown is not a question of one case.
SHARED = {"organisation", "place", "detentionsite", "legalcode", "provision", "court", "official"}
OF_CASES = sorted(set(POLICY) - SHARED)
FIELDS = [(model, name) for model in OF_CASES for name in (*POLICY[model], *RECORD)]


@pytest.mark.parametrize(("model", "name"), FIELDS, ids=lambda part: part)
def test_every_field_that_may_be_held_back_has_a_reason(model: str, name: str) -> None:
    kind = POLICY[model].get(name) or RECORD[name]
    reasons = possible_reasons(model, name)
    if kind is Disclosure.SEALED:
        assert reasons == {Reason.SEALED}
    elif kind is Disclosure.WITHHELD:
        assert reasons == {Reason.BOOKKEEPING}
    elif kind is Disclosure.DERIVED:
        assert reasons


def test_the_table_has_no_rules_for_fields_that_are_none() -> None:
    assert {(model, name) for model, name in RULES if name not in POLICY.get(model, {})} == set()
    assert {pair for pair in RULES if not possible_reasons(*pair)} == set()


def test_every_reason_has_a_sentence() -> None:
    assert [reason for reason in Reason if not reason.label.endswith(".")] == []


def full_case(**fields: Any) -> Prisoner:
    """A case with something to show and something to hide in every row; every text is to be found nowhere else."""
    prisoner = factories.case(
        birthplace=factories.PlaceFactory(name_en="Narodzhenka", slug="narodzhenka"),
        home=factories.PlaceFactory(name_en="Domivka", slug="domivka"),
        religion="muslim",
        health="Khvoroba zaznachena",
        private_notes="Notatka pryvatna",
        died="2024-06-07",
        **fields,
    )
    prisoner.summary_uk = ""  # its first word is a form of the invented name
    prisoner.save()
    factories.PersonNameFactory(
        prisoner=prisoner, text="Pryzvysko Skhovane", given="Skhovane", language="ru", is_public=False
    )
    factories.PublicRoleFactory(prisoner=prisoner, detail_en="Rolia vidkryta")
    factories.PublicRoleFactory(prisoner=prisoner, detail_en="Rolia zakryta", is_public=False)
    factories.EventFactory(prisoner=prisoner, kind="search", happened="2017", title_en="Podiia vidkryta")
    factories.EventFactory(prisoner=prisoner, happened="2016", title_en="Podiia zakryta", is_public=False)
    factories.EventFactory(prisoner=prisoner, kind=EventKind.VISIT.value, title_en="Vidvidyny rodychiv")
    defendant = prisoner.defendants.get()
    defendant.counsel = "Zakhysnyk Taiemnyi"
    defendant.save()
    proceeding = defendant.proceeding
    proceeding.number = "SPRAVA-771"
    proceeding.save()
    factories.HearingFactory(proceeding=proceeding, note_en="Zasidannia vidkryte")
    factories.HearingFactory(proceeding=proceeding, note_en="Zasidannia zakryte", is_public=False)
    hidden = factories.DecisionFactory(proceeding=proceeding, summary_en="Rishennia zakryte", is_public=False)
    factories.SentenceFactory(defendant=defendant, decision=hidden, other_en="Pokarannia zakryte")
    event = prisoner.events.get(title_en="Podiia vidkryta")
    told, untold = (
        factories.SourceFactory(title=title, publisher="", is_public=shown)
        for title, shown in (("Dzherelo vidkryte", True), ("Dzherelo zakryte", False))
    )
    cited = {"record": event, "prisoner": prisoner, "field": "happened"}
    factories.CitationFactory(**cited, source=told, value="2015", quote="Tsytata vidkryta", page="storinka 12")
    factories.CitationFactory(**cited, source=untold, value="2014", quote="Tsytata zakryta", page="storinka 13")
    unused = factories.SourceFactory(title="Dzherelo zaive", publisher="")
    factories.CitationFactory(record=prisoner, prisoner=prisoner, field="health", quote="Tsytata zaiva", source=unused)
    return prisoner


def explained(case: CaseFile) -> list[tuple[models.Model, str, Reason | None]]:
    rows = list(dict.fromkeys(case_rows(case.prisoner, case.trials)))
    standing = standing_of(case, rows, withheld=withheld_in(case))
    cited = [citation for row in rows for citation in case.cited(row)]
    sources = list(dict.fromkeys(citation.source for citation in cited))
    return [
        (row, name, reason_for(row, name, standing))
        for row in (*rows, *cited, *sources)
        for name in POLICY[str(row._meta.model_name)]
        if has_value(row, name)
    ]


def written(row: models.Model, name: str) -> list[str]:
    """The texts of a field; a date as the document writes it, another record by its short name."""
    value = getattr(row, name)
    if isinstance(value, PartialDate):
        return [str(value)]
    return [value.slug] if hasattr(value, "slug") else texts_of(row, name)


#: Texts that are kept or shown in other words: codes of vocabularies, files, and parts of a name, which the name holds.
TOLD_OTHERWISE = {("prisoner", "consent"), ("personname", "given"), ("personname", "family"), ("citation", "field")}


#: Values without a space in them that stand nowhere else in the document.
EXACT = {
    ("prisoner", "born"),
    ("prisoner", "died"),
    ("prisoner", "home"),
    ("prisoner", "birthplace"),
    ("prisoner", "religion"),
    ("proceeding", "number"),
}


@pytest.mark.django_db
@pytest.mark.parametrize("consent", [Consent.FULL, Consent.INITIALS])
def test_what_is_called_public_is_in_the_document_and_what_is_held_back_is_not(consent: Consent) -> None:
    case = read_case(full_case(consent=consent.value))
    text = json.dumps(build_from(case), ensure_ascii=False)
    shown, held = set(), set()
    for row, name, reason in explained(case):
        model = str(row._meta.model_name)
        if (model, name) in TOLD_OTHERWISE:
            continue
        for value in written(row, name):
            if reason is None:
                shown.add(f"{model}.{name}")
                assert value in text, (model, name)
            elif (len(value) > len("muslim") and " " in value) or (model, name) in EXACT:
                held.add(f"{model}.{name}")
                assert value not in text, (model, name, reason)
    assert {"publicrole.detail", "event.title", "source.title", "hearing.note"} <= shown & held
    of_the_named = {"personname.text", "prisoner.born", "prisoner.died", "prisoner.home", "proceeding.number"}
    assert of_the_named & shown == (of_the_named if consent is Consent.FULL else set())


def reasons_of(case: CaseFile, model: str, name: str) -> set[Reason | None]:
    return {reason for row, field, reason in explained(case) if (row._meta.model_name, field) == (model, name)}


@pytest.mark.django_db
def test_each_thing_is_held_back_for_its_own_reason() -> None:
    case = read_case(full_case(born_detail=DateDetail.YEAR.value, home_is_public=False))
    expected = {
        ("prisoner", "born"): {Reason.BORN_YEAR},
        ("prisoner", "home"): {Reason.HOME},
        ("prisoner", "birthplace"): {None},
        ("prisoner", "religion"): {Reason.RELIGION},
        ("prisoner", "health"): {Reason.SEALED},
        ("prisoner", "consent_given_by"): {Reason.BOOKKEEPING},
        ("personname", "text"): {None, Reason.ROW_HIDDEN},
        ("event", "title"): {None, Reason.ROW_HIDDEN, Reason.NEVER_SHOWN},
        ("decision", "summary"): {Reason.ROW_HIDDEN},
        ("sentence", "other"): {Reason.PARENT_HIDDEN},
        ("defendant", "counsel"): {Reason.SEALED},
        ("source", "title"): {None, Reason.SOURCE, Reason.UNCITED},
        ("citation", "quote"): {None, Reason.SOURCE, Reason.UNCITED},
    }
    assert {pair: reasons_of(case, *pair) for pair in expected} == expected


@pytest.mark.django_db
def test_somebody_who_consents_to_initials_is_not_named_for_that_reason() -> None:
    case = read_case(full_case(consent=Consent.INITIALS.value))
    assert reasons_of(case, "personname", "text") == {Reason.INITIALS, Reason.ROW_HIDDEN}
    for name in ("born", "died", "birthplace", "home"):
        assert reasons_of(case, "prisoner", name) == {Reason.INITIALS}
    assert reasons_of(case, "proceeding", "number") == {Reason.INITIALS}


@pytest.mark.django_db
def test_without_consent_the_reason_is_not_called_initials() -> None:
    case = read_case(full_case(consent=Consent.NONE.value, consent_given_by=""))
    assert Reason.INITIALS not in {reason for _row, _name, reason in explained(case)}
    assert reasons_of(case, "prisoner", "born") == {Reason.NO_CONSENT}


@pytest.mark.django_db
def test_a_text_that_says_what_is_withheld_is_held_back_as_caught() -> None:
    prisoner = full_case()
    prisoner.summary_en = "Also called Pryzvysko Skhovane."
    prisoner.save()
    assert reasons_of(read_case(prisoner), "prisoner", "summary") == {Reason.CAUGHT}


@pytest.mark.django_db
def test_a_stay_at_a_site_without_a_public_page_says_so() -> None:
    prisoner = full_case()
    site = prisoner.stays.get().site
    site.is_public = False
    site.save()
    assert reasons_of(read_case(prisoner), "stay", "site") == {Reason.SITE}


@pytest.mark.django_db
def test_a_photograph_that_is_not_ticked_is_held_back_with_all_that_is_said_of_it() -> None:
    case = read_case(
        full_case(photo="photos/x.jpg", photo_sha256="0" * 64, photo_credit="Fotograf", photo_licence="CC BY 4.0")
    )
    for name in ("photo", "photo_credit", "photo_licence"):
        assert reasons_of(case, "prisoner", name) == {Reason.PHOTO}


@pytest.mark.django_db
def test_the_place_of_each_row_leads_to_it_in_the_document() -> None:
    case = read_case(full_case())
    document: Any = build_from(case)
    found = {}
    for (model, pk), path in row_paths(case).items():
        at = document
        for step in path.split(".") if path else ():
            at = at[int(step)] if step.isdigit() else at[step]
        found[model, pk] = at
    for event in case.prisoner.events.filter(title_en="Podiia vidkryta"):
        assert found["event", event.pk]["title"] == {"en": "Podiia vidkryta"}
    for name in case.prisoner.names.filter(is_public=True):
        assert found["personname", name.pk]["text"] == name.text
    sentence = case.prisoner.defendants.get().sentences.get(years=14, decision__is_public=True)
    assert found["sentence", sentence.pk]["years"] == sentence.years
    hearing = case.trials[0].proceeding.hearings.get(is_public=True)
    assert found["hearing", hearing.pk]["note"] == {"en": "Zasidannia vidkryte"}
