"""Where each row of a case stands in its public document ("events.2", "proceedings.0.charges.1")."""

from collections.abc import Iterable, Iterator

from django.db import models

from cases.publication.casefile import CaseFile, Trial, by_date
from cases.publication.document import open_rows, public_names, shown_events
from cases.publication.policy import is_named, weighed

RowKey = tuple[str, int]

#: (model, field) -> the name in the document, where it is another one.
CALLED: dict[tuple[str, str], str] = {
    ("prisoner", "is_invented"): "invented",
    ("prisoner", "photo"): "photo.sha256",
    ("prisoner", "photo_credit"): "photo.credit",
    ("prisoner", "photo_licence"): "photo.licence",
    ("prisoner", "photo_alt"): "photo.alt",
    ("personname", "is_preferred"): "preferred",
    ("assessment", "source"): "cites",
    ("source", "is_invented"): "invented",
    ("citation", "value"): "assertions",
    ("citation", "quote"): "assertions",
    ("citation", "page"): "assertions",
    ("citation", "confidence"): "assertions",
}


def key_of_row(row: models.Model) -> RowKey:
    """Return the kind and primary key of a row."""
    return str(row._meta.model_name), int(row.pk)


def row_paths(case: CaseFile) -> dict[RowKey, str]:
    """Return the place of every row that the document of the case shows; the person's own is ""."""
    prisoner = case.prisoner
    found = {key_of_row(prisoner): ""}
    rows: dict[str, Iterable[models.Model]] = {
        "names": public_names(case) if is_named(prisoner) else [],
        "roles": open_rows(prisoner.roles.all()),
        "affiliations": open_rows(prisoner.affiliations.all()),
        "citizenships": prisoner.citizenships.all(),
        "languages": prisoner.languages.all(),
        "stays": by_date(open_rows(prisoner.stays.all()), "started"),
        "events": shown_events(case),
        "assessments": by_date(open_rows(prisoner.assessments.all()), "decided_on"),
        "rehabilitations": by_date(open_rows(prisoner.rehabilitations.all()), "decided_on"),
        "proceedings": [trial.proceeding for trial in case.trials],
    }
    for name, shown in rows.items():
        found |= {key_of_row(row): f"{name}.{place}" for place, row in enumerate(shown)}
    for place, trial in enumerate(case.trials):
        found |= dict(_in_trial(trial, f"proceedings.{place}"))
    return found


def _in_trial(trial: Trial, path: str) -> Iterator[tuple[RowKey, str]]:
    for place, charge in enumerate(trial.charges):
        yield key_of_row(charge), f"{path}.charges.{place}"
    for place, hearing in enumerate(row for row in trial.hearings if weighed(row, "is_public")):
        yield key_of_row(hearing), f"{path}.hearings.{place}"
    for place, decision in enumerate(row for row in trial.decisions if weighed(row, "is_public")):
        yield key_of_row(decision), f"{path}.decisions.{place}"
        sentence = trial.sentences.get(decision.pk)
        if sentence is None:
            continue
        yield key_of_row(sentence), f"{path}.decisions.{place}.sentence"
        for position, segment in enumerate(sentence.segments.all()):
            yield key_of_row(segment), f"{path}.decisions.{place}.sentence.segments.{position}"
