"""Flags of the Fourth Geneva Convention, raised from the records of a case, with their reasons in words."""

import json
from collections.abc import Iterator, Mapping
from functools import cache, partial
from pathlib import Path
from typing import Any

from cases.domain.event_kinds import SEIZURES
from cases.domain.geneva import (
    ARTICLES,
    Accused,
    FlagKind,
    HeldAt,
    Judged,
    National,
    Served,
    Situation,
    Taken,
    Where,
    flags,
)
from cases.enums import (
    CitizenshipBasis,
    DecisionOutcome,
    FindingAnswer,
    Instance,
    LegalFindingKind,
    Role,
)
from cases.models import Place
from cases.publication.alleged_acts import act_of
from cases.publication.casefile import CaseFile, by_date
from cases.publication.geneva_telling import told_flag, working_of
from cases.publication.legal_facts import ref_of, rows_by_ref, told_place
from cases.publication.legal_shapes import LegalFinding, Tell, finding_document, used_facts
from cases.publication.policy import shown
from cases.published.documents import LawDocument

LAW_FILE = Path(__file__).resolve().parents[2] / "fixtures" / "law" / "geneva.json"

KINDS = {
    FlagKind.TRANSFER: LegalFindingKind.TRANSFER,
    FlagKind.COURT: LegalFindingKind.COURT,
    FlagKind.BEFORE_OCCUPATION: LegalFindingKind.BEFORE_OCCUPATION,
    FlagKind.PROVISION_LATER: LegalFindingKind.PROVISION_LATER,
}


@cache
def convention() -> Mapping[str, Any]:
    """Return the articles of `fixtures/law/geneva.json`, read once."""
    data: Mapping[str, Any] = json.loads(LAW_FILE.read_text(encoding="utf-8"))
    return data


def article(number: str) -> LawDocument:
    """Return an article of the Convention as a rule that was applied."""
    row = next(one for one in convention()["articles"] if one["article"] == number)
    return LawDocument(
        rule=number,
        name={
            language: f"{convention()[f'name_{language}']}, {word} {number}"
            for language, word in (("en", "art."), ("uk", "ст."))
        },
        url=row["source"],
        quote={"en": row["text_en"], "uk": row["text_uk"]},
        since=row["from"],
        until=row.get("to", ""),
        verified=bool(row["verified"]),
    )


def situation_of(case: CaseFile) -> Situation:
    """Return what the Convention asks for, in the order of the dates."""
    stays = [row for row in by_date(case.prisoner.stays.all(), "started") if shown(row, "site") is not None]
    seized = [
        row
        for row in by_date(case.prisoner.events.all(), "happened")
        if shown(row, "kind") in SEIZURES and shown(row, "place") is not None
    ]
    places = {row.pk: _where(shown(shown(row, "site"), "place")) for row in stays}
    return Situation(
        nationals=tuple(
            National(country=shown(row, "country"), basis=CitizenshipBasis(shown(row, "basis")), ref=ref_of(row))
            for row in case.prisoner.citizenships.all()
        ),
        served=tuple(
            Served(until=shown(row, "until"), ref=ref_of(row))
            for row in case.prisoner.roles.all()
            if shown(row, "role") == Role.SOLDIER
        ),
        taken=(
            *(Taken(where=_where(shown(row, "place")), on=shown(row, "happened"), ref=ref_of(row)) for row in seized),
            *(
                Taken(where=places[row.pk], on=shown(row, "started"), is_seizure=False, ref=ref_of(row))
                for row in stays
            ),
        ),
        held=tuple(
            HeldAt(where=places[row.pk], started=shown(row, "started"), ended=shown(row, "ended"), ref=ref_of(row))
            for row in stays
        ),
        judged=tuple(_judged(case)),
        accused=tuple(
            Accused(
                number=shown(row, "provision").number,
                power=shown(shown(shown(row, "provision"), "code"), "jurisdiction"),
                act=act_of(trial, row),
                where=_maybe_where(shown(row, "act_place")),
                in_force_from=shown(shown(row, "provision"), "in_force_from"),
                ref=ref_of(row),
            )
            for trial in case.trials
            for row in trial.charges
        ),
    )


def _judged(case: CaseFile) -> Iterator[Judged]:
    for trial in case.trials:
        for row in by_date(trial.decisions, "decided_on"):
            court = shown(row, "court")
            place = shown(court, "place") if court is not None else None
            if place is not None:
                yield Judged(
                    where=_where(place),
                    instance=Instance(shown(row, "instance")),
                    outcome=DecisionOutcome(shown(row, "outcome")),
                    on=shown(row, "decided_on"),
                    ref=ref_of(row),
                )


def _where(place: Place) -> Where:
    return Where(
        slug=shown(place, "slug"),
        sovereign=shown(place, "sovereign"),
        controlled_by=shown(place, "controlled_by"),
        controlled_since=shown(place, "controlled_since"),
    )


def _maybe_where(place: Place | None) -> Where | None:
    return None if place is None else _where(place)


def geneva_findings(case: CaseFile) -> Iterator[LegalFinding]:
    """Yield a finding for each flag that is raised; those about a charge have the charge in their key."""
    told, names = rows_by_ref(case), _place_names(case)
    places = {
        ref_of(row): place for place, trial in enumerate(case.trials) for row in (*trial.decisions, *trial.charges)
    }
    for flag in flags(situation_of(case)):
        charge = next((one.ref for one in flag.about if isinstance(one, Accused)), "")
        used = used_facts(flag.refs, told)
        document = finding_document(
            KINDS[flag.kind],
            FindingAnswer(flag.answer.value),
            partial(told_flag, flag, names),
            proceeding=next((places[one.ref] for one in flag.about if one.ref in places), None),
            used=used,
            working=list(working_of(flag, names, told)),
            law=[article(number) for number in ARTICLES[flag.kind]],
            law_as_of=convention()["as_of"],
        )
        yield LegalFinding(f"geneva-{flag.kind.value}{':' if charge else ''}{charge}", document, used)


def _place_names(case: CaseFile) -> dict[str, Tell]:
    rows = [shown(shown(row, "site"), "place") for row in case.prisoner.stays.all() if shown(row, "site") is not None]
    rows += [shown(row, "place") for row in case.prisoner.events.all() if shown(row, "place") is not None]
    courts = [shown(row, "court") for trial in case.trials for row in trial.decisions]
    rows += [shown(court, "place") for court in courts if court is not None and shown(court, "place") is not None]
    acts = [shown(row, "act_place") for trial in case.trials for row in trial.charges]
    rows += [place for place in acts if place is not None]
    return {shown(place, "slug"): partial(told_place, place) for place in rows}
