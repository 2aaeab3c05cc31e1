"""What the law of statutes says about a case: each charge held against four days, each sentence against the maximum.

Computed from the rows of the case at hand: all of them, or those alone that its page shows. An answer is seen only at the
desk until a reviewer ticks it. `key` stays the same while the charge or the sentence does.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, prefetch_related_objects
from django.utils.translation import gettext as _, override

from cases.domain.event_kinds import SEIZURES
from cases.domain.maximum import Accusation, Compared, Punishment, above_maximum
from cases.domain.retroactivity import Applied, ChargeFacts, Dated, retroactivity
from cases.domain.sentence_standing import Stands, standing_sentence
from cases.domain.statutes import About, LawRow, PenaltyVersion, Statute, in_order
from cases.domain.term_reading import GONE
from cases.enums import ChargeOutcome, OffenceForm, ProceedingKind
from cases.models import Charge, Decision, Designation, Organisation, Penalty, Place, Provision, Sentence, Source
from cases.publication.alleged_acts import act_of, last_decided
from cases.publication.casefile import CaseFile, Trial, by_date
from cases.publication.legal_facts import ref_of, tried
from cases.publication.policy import shown, shown_words, weighed
from cases.published.documents import Words
from cases.published.law_names import told_law
from cases.published.retroactivity_telling import told_act, told_compared, told_retroactivity
from cases.published.statute_telling import applied_law, form_law, range_of, told_day, told_row

RETROACTIVE, ABOVE_MAXIMUM = "retroactive", "above_maximum"


@dataclass(frozen=True, slots=True)
class LawLine:
    """A row of the law in words, where it is written, and whether it was checked against the law."""

    label: str
    source: str
    verified: bool


@dataclass(frozen=True, slots=True)
class LegalAnswer:
    """One answer about a case. `answer` is yes, possibly, no or unknown; words come in the active language."""

    key: str
    kind: str
    answer: str
    rows: tuple[LawRow, ...]
    _say: Callable[[], str]
    _facts: Callable[[], list[str]]

    @property
    def is_verified(self) -> bool:
        return all(row.verified for row in self.rows)

    @property
    def law(self) -> list[LawLine]:
        return [LawLine(told_row(row), told_law(row.source), row.verified) for row in self.rows]

    @property
    def from_facts(self) -> list[str]:
        """What it is computed from."""
        return self._facts()

    @property
    def text(self) -> str:
        return self._say()

    def tell(self, language: str) -> str:
        """Return the answer with its reasons in a language of the interface."""
        with override(language):
            return self._say()


@dataclass(frozen=True, slots=True)
class _Standing:
    """The sentence of one proceeding as it stands, and the decision that gave it."""

    decision: Decision
    sentence: Sentence


def retroactivity_of(case: CaseFile) -> list[LegalAnswer]:
    """Return an answer for each charge of the case, then one for each sentence that stands. Three queries."""
    fetch_law([case])
    standing = [_standing(trial) for trial in case.trials]
    criminal = [shown(trial.proceeding, "kind") == ProceedingKind.CRIMINAL for trial in case.trials]
    others = sum(one is not None and counts for one, counts in zip(standing, criminal, strict=True)) > 1
    found: list[LegalAnswer] = []
    sentences: list[LegalAnswer] = []
    for trial, stands in zip(case.trials, standing, strict=True):
        charged = [row for row in trial.charges if ChargeOutcome(shown(row, "outcome")) not in GONE]
        compared = _compare(trial, charged, stands, has_others=others)
        for row in trial.charges:
            is_alone = charged == [row]
            found.append(_charge(case, trial, row, compared if is_alone else None))
        if compared is not None and stands is not None:
            sentences.append(_sentence(trial, charged, stands, compared))
    return found + sentences


def fetch_law(cases: Iterable[CaseFile]) -> None:
    """Fetch what the charges of many cases rest on, all at once; what was fetched before is not asked for again."""
    charges = [row for case in cases for trial in case.trials for row in trial.charges]
    provisions = [row.provision for row in charges]
    organisations = [row.organisation for row in charges if row.organisation is not None]
    prefetch_related_objects(provisions, "source", Prefetch("penalties", Penalty.objects.select_related("source")))
    prefetch_related_objects(organisations, Prefetch("designations", Designation.objects.select_related("source")))


# Each charge -------------------------------------------------------------------------------------------------------


def _charge(case: CaseFile, trial: Trial, row: Charge, compared: Compared | None) -> LegalAnswer:
    accusation = _accusation(trial, row)
    statute, act = accusation.statute, accusation.act
    place, is_place_of_act = _place(case, row)
    organisation: Organisation | None = shown(row, "organisation")
    applied = None if place is None else _applied(place, statute, is_place_of_act=is_place_of_act)
    decided = last_decided(trial)
    facts = ChargeFacts(
        accusation=accusation,
        decided=decided,
        designated=_designated(organisation, statute),
        has_organisation=organisation is not None,
        applied=applied,
        is_of_occupier=any(one.power == statute.jurisdiction for one in applied_law()),
        sentence=compared,
    )
    found = retroactivity(facts, form_law())

    def computed_from() -> list[str]:
        said = [_("alleged act: %(act)s") % {"act": told_act(act)}]
        if decided is not None:
            said.append(_("last decision: %(day)s") % {"day": told_day(decided)})
        if organisation is not None and statute.rests_on:
            said.append(_("organisation: %(name)s") % {"name": organisation})
        if place is not None:
            where = _("place of the alleged act: %(place)s") if is_place_of_act else _("place of arrest: %(place)s")
            said.append(where % {"place": place})
        return said

    return LegalAnswer(
        key=f"{RETROACTIVE}:{row.pk}",
        kind=RETROACTIVE,
        answer=found.answer.value,
        rows=found.rows,
        _say=lambda: told_retroactivity(found, act, statute.number),
        _facts=computed_from,
    )


def _accusation(trial: Trial, row: Charge) -> Accusation:
    return Accusation(_statute(shown(row, "provision")), OffenceForm(shown(row, "form")), act_of(trial, row))


def _statute(provision: Provision) -> Statute:
    number, first = provision.number, shown(provision, "in_force_from")
    source = _where(shown(provision, "introduced_by"), shown(provision, "source"))
    return Statute(
        number=number,
        first=first,
        last=shown(provision, "in_force_to"),
        versions=in_order(_version(number, row) for row in provision.penalties.all()),
        row=LawRow(About.PROVISION, (("", number),), first, source, shown(provision, "verified")),
        rests_on=shown(provision, "rests_on"),
        jurisdiction=shown(shown(provision, "code"), "jurisdiction"),
    )


def _version(number: str, row: Penalty) -> PenaltyVersion:
    first, law = shown(row, "in_force_from"), shown(row, "enacted_by")
    months = (shown(row, "least_months"), shown(row, "most_months"))
    return PenaltyVersion(
        first=first,
        last=shown(row, "in_force_to"),
        penalty=None if shown(row, "is_unknown") else range_of(*months, shown(row, "life")),
        row=LawRow(About.PENALTY, (("", number),), first, _where(law, shown(row, "source")), shown(row, "verified")),
        law=law,
    )


def _where(law: str, source: Source | None) -> str:
    """Say where a row is written: the law itself, else the document that names it and may be named."""
    if law or source is None:
        return law
    return str(weighed(source, "title")) if weighed(source, "is_public") else ""


def _designated(organisation: Organisation | None, statute: Statute) -> Dated | None:
    if organisation is None:
        return None
    for row in organisation.designations.all():
        if (shown(row, "kind"), shown(row, "state")) == (statute.rests_on, statute.jurisdiction):
            day = shown(row, "designated")
            names = _names(shown_words(organisation, "name"))
            source = _where(shown(row, "designated_by"), shown(row, "source"))
            return Dated(day, LawRow(About.DESIGNATION, names, day, source, shown(row, "verified")))
    return None


def _names(words: Words) -> tuple[tuple[str, str], ...]:
    return tuple(words.items())


def _place(case: CaseFile, row: Charge) -> tuple[Place | None, bool]:
    """Return the place of the act; where it is not recorded, that of the first arrest."""
    place: Place | None = shown(row, "act_place")
    if place is not None:
        return place, True
    arrests = (
        event
        for event in by_date(case.prisoner.events.all(), "happened")
        if shown(event, "kind") in SEIZURES and shown(event, "place") is not None
    )
    first = next(arrests, None)
    return (shown(first, "place") if first else None), False


def _applied(place: Place, statute: Statute, *, is_place_of_act: bool) -> Applied:
    region, power = shown(place, "region"), statute.jurisdiction
    since = next((one for one in applied_law() if (one.region, one.power) == (region, power)), None)
    is_abroad = since is not None or shown(place, "sovereign") != power
    is_controlled = since is not None or shown(place, "controlled_by") == power
    return Applied(is_abroad, is_place_of_act, None if since is None else Dated(since.since, since.row), is_controlled)


# Each sentence -----------------------------------------------------------------------------------------------------


def _standing(trial: Trial) -> _Standing | None:
    """Return the sentence as it stands after the last decision; None where none does, or it is not recorded."""
    found = standing_sentence(tried(trial).rulings)
    if found.state is not Stands.SENTENCE or found.by is None:
        return None
    decision = next(row for row in trial.decisions if ref_of(row) == found.by.ref)
    return _Standing(decision, trial.sentences[decision.pk])


def _compare(trial: Trial, charged: list[Charge], stands: _Standing | None, *, has_others: bool) -> Compared | None:
    punishment = None if stands is None else _punishment(stands.sentence)
    if stands is None or punishment is None or not charged:
        return None
    day = shown(stands.decision, "decided_on") or shown(stands.decision, "in_force_from")
    return above_maximum(
        punishment,
        [_accusation(trial, row) for row in charged],
        form_law(),
        until=(day and day.latest) or date.max,
        has_others=has_others,
    )


def _punishment(sentence: Sentence) -> Punishment | None:
    """Return the imprisonment of a sentence; None for one that is a fine or something else."""
    years, months, days = (shown(sentence, unit) or 0 for unit in ("years", "months", "days"))
    found = Punishment(12 * years + months, days, shown(sentence, "life"))
    return found if found.most or found.life else None


def _sentence(trial: Trial, charged: list[Charge], stands: _Standing, compared: Compared) -> LegalAnswer:
    numbers = ", ".join(row.provision.number for row in charged)
    acts = [act_of(trial, row) for row in charged]
    return LegalAnswer(
        key=f"{ABOVE_MAXIMUM}:{stands.sentence.pk}",
        kind=ABOVE_MAXIMUM,
        answer=compared.answer.value,
        rows=compared.rows,
        _say=lambda: told_compared(compared, str(stands.sentence), numbers),
        _facts=lambda: [
            _("sentence: %(sentence)s") % {"sentence": stands.sentence},
            *dict.fromkeys(_("alleged act: %(act)s") % {"act": told_act(act)} for act in acts),
        ],
    )
