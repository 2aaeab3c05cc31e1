"""The rows of a case as the rules of the law ask for them: plain facts, each with a key by which its row is found again.

Nothing is read here that is not PUBLIC by the policy, whoever asks. Which rows are read is the caller's choice: all of
them at the desk, or those alone that the public document shows (`read_public_case`).
"""

from collections.abc import Callable
from functools import partial

from django.conf import settings
from django.db import models
from django.utils.translation import get_language, gettext as _, override

from cases.domain.case_facts import (
    CaseFacts,
    Decision as DecisionFact,
    Event as EventFact,
    Hearing as HearingFact,
    Stay as StayFact,
)
from cases.domain.event_kinds import ENDS_OF_CUSTODY
from cases.domain.partial_dates import PartialDate, describe
from cases.domain.sentence_standing import Part, Punishment, Ruling
from cases.domain.term_ends import latest_end
from cases.domain.term_reading import Charged, Tried
from cases.domain.terms import Term
from cases.enums import (
    ChargeOutcome,
    CitizenshipBasis,
    DecisionOutcome,
    EventKind,
    Instance,
    ProceedingKind,
    Regime,
    ReleaseKind,
    Role,
    StayKind,
)
from cases.models import Charge, Citizenship, Court, Decision, Event, Place, PublicRole, Sentence, Stay
from cases.publication.casefile import CaseFile, Trial, by_date
from cases.publication.policy import shown, shown_words, weighed
from cases.published.countries import country_name
from cases.published.custody import IN_FORCE_WHEN_DECIDED
from cases.published.documents import Words
from cases.published.reading_telling import told_punishment

#: The state whose criminal code article 72 stands in.
CAPTOR = "RU"


def ref_of(row: models.Model) -> str:
    """Return the key of a row: "stay:12"."""
    return f"{row._meta.model_name}:{row.pk}"


def in_each_language(tell: Callable[[], str]) -> Words:
    """Return what `tell` says in every language of the interface."""
    found = {}
    for code, _name in settings.LANGUAGES:
        with override(code):
            found[code] = tell()
    return found


# Custody and trials ------------------------------------------------------------------------------------------------


def custody_of(case: CaseFile) -> CaseFacts:
    """Return the dated facts from which custody follows; nothing of birth, death or of what the captor admits."""
    return CaseFacts(
        stays=tuple(_stay(row) for row in by_date(case.prisoner.stays.all(), "started")),
        events=tuple(_event(row) for row in by_date(case.prisoner.events.all(), "happened")),
        hearings=tuple(
            HearingFact(on=shown(row, "held_on"), instance=Instance(shown(row, "instance")), ref=ref_of(row))
            for trial in case.trials
            for row in by_date(trial.hearings, "held_on")
        ),
        decisions=tuple(
            _decision(row, trial) for trial in case.trials for row in by_date(trial.decisions, "decided_on")
        ),
    )


def _stay(row: Stay) -> StayFact:
    return StayFact(
        kind=StayKind(shown(row, "kind")),
        started=shown(row, "started"),
        ended=shown(row, "ended"),
        site=str(shown(row, "site") or ""),
        ref=ref_of(row),
    )


def _event(row: Event) -> EventFact:
    release = shown(row, "release_kind")
    return EventFact(
        kind=EventKind(shown(row, "kind")),
        on=shown(row, "happened"),
        ended=shown(row, "ended"),
        release=ReleaseKind(release) if release else None,
        ref=ref_of(row),
    )


def _decision(row: Decision, trial: Trial) -> DecisionFact:
    sentence = trial.sentences.get(row.pk)
    punishment = None if sentence is None else _punishment(sentence)
    instance, on = Instance(shown(row, "instance")), shown(row, "decided_on")
    start = shown(row, "in_force_from")
    at_once = instance in IN_FORCE_WHEN_DECIDED or shown(trial.proceeding, "kind") == ProceedingKind.ADMINISTRATIVE
    start = on if start is None and at_once else start
    return DecisionFact(
        instance=instance,
        outcome=DecisionOutcome(shown(row, "outcome")),
        on=on,
        in_force=shown(row, "in_force_from"),
        term_ends=None
        if punishment is None or not punishment.deprives_of_liberty
        else latest_end(punishment.term, start),
        custodial=punishment is None or punishment.deprives_of_liberty,
        ref=ref_of(row),
    )


def _punishment(row: Sentence) -> Punishment:
    return Punishment(
        term=_length(row),
        life=shown(row, "life"),
        death=shown(row, "death"),
        suspended=shown(row, "suspended"),
        parts=tuple(
            Part(
                regime=Regime(shown(part, "regime")).value,
                length=None if shown(part, "is_remainder") else _length(part),
            )
            for part in row.segments.all()
        ),
    )


def _length(row: models.Model) -> Term:
    return Term(years=shown(row, "years"), months=shown(row, "months"), days=shown(row, "days"))


def tried(trial: Trial) -> Tried:
    """Return one proceeding as the counting of terms asks for it."""
    opened = [shown(trial.proceeding, "opened"), *(shown(row, "brought") for row in trial.charges)]
    began = [day for day in opened if day is not None and day.earliest is not None]
    return Tried(
        kind=ProceedingKind(shown(trial.proceeding, "kind")),
        began=min(began, key=lambda day: day.earliest, default=None),
        charges=tuple(
            Charged(
                number=shown(row, "provision").number,
                is_captors=shown(shown(shown(row, "provision"), "code"), "jurisdiction") == CAPTOR,
                outcome=ChargeOutcome(shown(row, "outcome")),
                ref=ref_of(row),
            )
            for row in trial.charges
        ),
        rulings=tuple(_ruling(row, trial) for row in by_date(trial.decisions, "decided_on")),
        ref=ref_of(trial.proceeding),
    )


def _ruling(row: Decision, trial: Trial) -> Ruling:
    sentence = trial.sentences.get(row.pk)
    return Ruling(
        instance=Instance(shown(row, "instance")),
        outcome=DecisionOutcome(shown(row, "outcome")),
        on=shown(row, "decided_on"),
        in_force=shown(row, "in_force_from"),
        punishment=None if sentence is None else _punishment(sentence),
        ref=ref_of(row),
    )


# Facts in words ----------------------------------------------------------------------------------------------------


def rows_by_ref(case: CaseFile) -> dict[str, Callable[[], str]]:
    """Return for each row that a finding can be computed from what says it, in the active language."""
    found: dict[str, Callable[[], str]] = {}
    for stay in case.prisoner.stays.all():
        found[ref_of(stay)] = partial(_told_stay, stay)
    for event in case.prisoner.events.all():
        found[ref_of(event)] = partial(_told_event, event)
    for role in case.prisoner.roles.all():
        found[ref_of(role)] = partial(_told_role, role)
    for citizenship in case.prisoner.citizenships.all():
        found[ref_of(citizenship)] = partial(_told_citizenship, citizenship)
    for trial in case.trials:
        for charge in trial.charges:
            found[ref_of(charge)] = partial(_told_charge, charge)
        for decision in trial.decisions:
            found[ref_of(decision)] = partial(_told_decision, decision, trial)
    return found


def told_date(value: PartialDate | None) -> str:
    """Say a date in the active language; "?" where it is not known."""
    return describe(value, get_language() or "en") if value is not None else "?"


def told_place(place: Place | Court | models.Model) -> str:
    """Say the name of a place, site or court in the active language."""
    words = shown_words(place, "name")
    return words.get(get_language() or "en") or next(iter(words.values()), shown(place, "slug"))


def _joined(*parts: str) -> str:
    return ", ".join(part for part in parts if part)


def _told_stay(row: Stay) -> str:
    site = shown(row, "site")
    where = told_place(site) if site is not None else _(StayKind(shown(row, "kind")).label)
    started, ended = shown(row, "started"), shown(row, "ended")
    if ended is None:
        language = get_language() or "en"
        since = (
            _("since %(date)s") % {"date": describe(started, language, genitive=True)} if started is not None else ""
        )
        return _joined(where, since)
    return f"{where}, {told_date(started)} – {told_date(ended)}"


def _told_event(row: Event) -> str:
    place = shown(row, "place")
    return _joined(
        _(EventKind(shown(row, "kind")).label),
        told_date(shown(row, "happened")),
        told_place(place) if place is not None else "",
    )


def _told_role(row: PublicRole) -> str:
    days = " – ".join(told_date(day) for day in (shown(row, "since"), shown(row, "until")) if day is not None)
    return _joined(_(Role(shown(row, "role")).label), days)


def _told_citizenship(row: Citizenship) -> str:
    basis = CitizenshipBasis(shown(row, "basis"))
    return _("Citizenship: %(country)s, %(basis)s") % {
        "country": country_name(shown(row, "country")),
        "basis": _lower(_(basis.label)),
    }


def _told_charge(row: Charge) -> str:
    provision = shown(row, "provision")
    first, last = shown(row, "act_from"), shown(row, "act_to")
    days = dict.fromkeys(told_date(day) for day in (first, last) if day is not None)
    act = _("alleged act: %(days)s") % {"days": " – ".join(days)} if days else ""
    return _joined(_("Charge under %(number)s") % {"number": provision.number}, act)


def _told_decision(row: Decision, trial: Trial) -> str:
    sentence, court = trial.sentences.get(row.pk), shown(row, "court")
    return _joined(
        f"{_(Instance(shown(row, 'instance')).label)}: {_lower(_(DecisionOutcome(shown(row, 'outcome')).label))}",
        told_punishment(_punishment(sentence)) if sentence is not None else "",
        told_date(shown(row, "decided_on") or shown(row, "in_force_from")),
        told_place(court) if court is not None else "",
    )


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]


def present_stay(case: CaseFile) -> Stay | None:
    """Return the stay that goes on, by the dates alone: begun last, without an end, and nothing that frees since."""
    if weighed(case.prisoner, "died") is not None:
        return None
    stays = [
        row for row in case.prisoner.stays.all() if shown(row, "started") is not None or shown(row, "ended") is None
    ]
    last = next(reversed(by_date(stays, "started")), None)
    if last is None or shown(last, "ended") is not None:
        return None
    frees = [row for row in case.prisoner.events.all() if shown(row, "kind") in ENDS_OF_CUSTODY]
    return None if any(_may_follow(shown(row, "happened"), shown(last, "started")) for row in frees) else last


def _may_follow(freed: PartialDate | None, started: PartialDate | None) -> bool:
    if freed is None or started is None:
        return True
    return freed.latest is None or started.earliest is None or freed.latest >= started.earliest
