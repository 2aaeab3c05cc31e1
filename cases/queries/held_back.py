"""What of the cases is not public, and why: field by field for one case, in numbers for many."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.db.models import Case, CharField, OuterRef, QuerySet, Subquery, Value, When
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from cases.enums import Consent, PublicationState, SubmissionState
from cases.models import Aid, Household, Involvement, Need, Prisoner, Relative, Source, Submission
from cases.publication.casefile import CaseFile, case_rows, read_case, read_cases
from cases.publication.document import build_from
from cases.publication.held_back import Reason, Standing, has_value, reason_for, standing_of
from cases.publication.policy import disclosure
from cases.publication.policy_table import POLICY, Disclosure
from cases.publication.row_paths import CALLED, key_of_row
from cases.publication.withholding import withheld_in
from cases.published.documents import CaseDocument
from cases.queries.changes import JOINED, REMOVED, changes
from cases.queries.exposed import shows_what_is_hidden
from cases.queries.facts import label_of, title_of_row
from cases.queries.lines import words_of_field
from cases.queries.published import public_document

#: What is true of every case and tells nobody anything: counted nowhere, shown when asked for.
QUIET = frozenset({Reason.TIES, Reason.DECIDES})


@dataclass(frozen=True, slots=True)
class HeldField:
    """One field of a row that has a value: what it is, what stands there, and why it is not public (None: it is)."""

    name: str
    label: str
    value: str
    reason: Reason | None


@dataclass(frozen=True, slots=True)
class HeldRow:
    """One row of a case with its fields that have values."""

    title: str
    kind: str
    pk: int
    fields: list[HeldField]


@dataclass(frozen=True, slots=True)
class HeldCase:
    """A case, the reason for which nothing of it is public (if so), and its rows."""

    reason: Reason | None
    rows: list[HeldRow]
    still_shown: bool

    @property
    def numbers(self) -> Counter[Reason]:
        """How many fields each reason holds back."""
        fields = (one for row in self.rows for one in row.fields)
        return Counter(one.reason for one in fields if one.reason is not None and one.reason not in QUIET)


@dataclass(frozen=True, slots=True)
class HeldNumbers:
    """A case of the overview: how many of its fields each reason holds back."""

    prisoner: Prisoner
    numbers: list[tuple[Reason, int]]


def with_state(prisoners: QuerySet[Prisoner], on: dt.date) -> "QuerySet[Any]":
    """Annotate why nothing of a case is public on the day `on` (`held`, a Reason), "" for a case that is."""
    last = Submission.objects.filter(prisoner=OuterRef("pk")).order_by("-submitted_at", "-pk").values("state")[:1]
    published = (
        Submission.objects.filter(prisoner=OuterRef("pk"), sha256=OuterRef("publication__sha256"))
        .order_by("-pk")
        .values("submitted_at")[:1]
    )
    return prisoners.annotate(last_state=Subquery(last), published_from=Subquery(published)).annotate(
        held=Case(
            When(consent=Consent.NONE.value, then=Value(Reason.NO_CONSENT.value)),
            When(consent_expires__lt=on, then=Value(Reason.CONSENT_ENDED.value)),
            When(publication__state=PublicationState.PUBLISHED.value, then=Value("")),
            When(last_state=SubmissionState.WAITING.value, then=Value(Reason.WAITING.value)),
            When(last_state=SubmissionState.SENT_BACK.value, then=Value(Reason.SENT_BACK.value)),
            When(last_state=SubmissionState.RECALLED.value, then=Value(Reason.RECALLED.value)),
            When(publication__state=PublicationState.WITHDRAWN.value, then=Value(Reason.WITHDRAWN.value)),
            default=Value(Reason.NEVER_SUBMITTED.value),
            output_field=CharField(),
        )
    )


# One case -----------------------------------------------------------------------------------------------------------


def held_back(prisoner: Prisoner, *, on: dt.date, with_family: bool = False) -> HeldCase:
    """Return every field of every row of a case that has a value, and why it is not public.

    The family's rows come for those alone who may see families; of what is sealed nothing is told but that it is there.
    """
    case = read_case(prisoner)
    rows = case_rows(case.prisoner, case.trials)
    document = build_from(case)
    standing = standing_of(case, rows, has_photo=document["photo"] is not None, withheld=withheld_in(case))
    state = with_state(Prisoner.objects.filter(pk=prisoner.pk), on).values_list("held", flat=True).get()
    of_all = Reason(state) if state else None
    changed = _Changed(public_document(prisoner.code) if of_all is None else None, document, standing)
    beside = [*_involvements([case]), *(_family(case.prisoner) if with_family else [])]
    told = []
    for row in (*dict.fromkeys(rows), *_citations(case, rows), *_sources(case, rows), *beside):
        fields = [_field(row, name, _reason(row, name, standing, of_all, changed)) for name in _filled(row)]
        told.append(HeldRow(_title(row), str(row._meta.model_name), row.pk, fields))
    return HeldCase(of_all, told, still_shown=shows_what_is_hidden(prisoner))


def _title(row: models.Model) -> str:
    kind = capfirst(str(row._meta.verbose_name))
    return kind if isinstance(row, Household | Relative | Need | Aid) else title_of_row(row)


def _filled(row: models.Model) -> list[str]:
    return [name for name in POLICY[str(row._meta.model_name)] if has_value(row, name)]


def _field(row: models.Model, name: str, reason: Reason | None) -> HeldField:
    sealed = isinstance(row, Household | Relative | Need | Aid) or disclosure(type(row), name) is Disclosure.SEALED
    value = _("something is written") if sealed else "" if reason is Reason.TIES else words_of_field(row, name)
    return HeldField(name, capfirst(label_of(type(row), name)), value, reason)


def _reason(
    row: models.Model, name: str, standing: Standing, of_all: Reason | None, changed: "_Changed | None"
) -> Reason | None:
    found = reason_for(row, name, standing) or of_all
    if found is None and changed is not None and changed(row, name):
        return Reason.CHANGED
    return found


def _citations(case: CaseFile, rows: Iterable[models.Model]) -> Iterator[models.Model]:
    for row in dict.fromkeys(rows):
        yield from case.cited(row)


def _sources(case: CaseFile, rows: Iterable[models.Model]) -> list[Source]:
    cited = [citation.source for row in dict.fromkeys(rows) for citation in case.cited(row)]
    cited += [row.source for row in case.prisoner.assessments.all() if row.source is not None]
    return list(dict.fromkeys(cited))


def _involvements(cases: Iterable[CaseFile]) -> list[Involvement]:
    proceedings = [trial.proceeding.pk for case in cases for trial in case.trials]
    return list(Involvement.objects.filter(proceeding__in=proceedings).select_related("official"))


def _family(prisoner: Prisoner) -> list[models.Model]:
    households = list(Household.objects.filter(prisoners=prisoner))
    relatives = Relative.objects.filter(models.Q(household__in=households) | models.Q(prisoner=prisoner))
    needs, aid = Need.objects.filter(household__in=households), Aid.objects.filter(household__in=households)
    return [*households, *relatives.distinct(), *needs, *aid]


def _pixels(document: CaseDocument) -> str:
    return document["photo"]["sha256"] if document["photo"] else ""


class _Changed:
    """Tells whether a field of a row would be shown otherwise than the public page shows it now."""

    def __init__(self, public: CaseDocument | None, today: CaseDocument, standing: Standing) -> None:
        self._public, self._paths, self._rows = public, standing.paths, standing.cited_by
        different = changes(public, today) if public is not None else []
        self._keys = {change.key for change in different if f"{JOINED}{REMOVED}" not in change.key}
        if public is not None and _pixels(public) != _pixels(today):
            self._keys.add("photo.sha256")

    def __call__(self, row: Any, name: str) -> bool:
        if self._public is None:
            return False
        model = str(row._meta.model_name)
        if model == "source":
            return not self._names(row, name)
        if model == "citation":
            about = self._rows.get(row.pk)
            path = self._paths.get(key_of_row(about), "") if about is not None else ""
            part = "assertions" if row.value else f"cites.{row.field}"
        else:
            path, part = self._paths.get(key_of_row(row), ""), CALLED.get((model, name), name)
        place = f"{path}.{part}" if path else part
        return any(place == key or place.startswith(f"{key}.") or key.startswith(f"{place}.") for key in self._keys)

    def _names(self, source: Source, name: str) -> bool:
        """Tell whether the public page names the source and says this of it."""
        called, said = CALLED.get(("source", name), name), getattr(source, name)
        plain = said if isinstance(said, bool) else str(said or "")
        listed = self._public["sources"] if self._public is not None else []
        return any(
            dict(one)[called] == plain
            for one in listed
            if one["title"] == source.title or (one["confidential"] and not source.is_public)
        )


# Many cases ---------------------------------------------------------------------------------------------------------


def numbers_of(prisoners: QuerySet[Prisoner]) -> list[HeldNumbers]:
    """Return how many fields of each case every reason holds back, in a fixed number of queries.

    `prisoners` come from `with_state`. Texts caught by the search for withheld values are not looked for here, and what
    was changed since publication is every field of a row that was written since: at most so many.
    """
    cases = read_cases(prisoners)
    involved = _involvements(cases)
    found = []
    for case in cases:
        proceedings = {trial.proceeding.pk for trial in case.trials}
        beside = [one for one in involved if one.proceeding_id in proceedings]
        found.append(HeldNumbers(case.prisoner, _numbers(case, beside)))
    return found


def _numbers(case: CaseFile, beside: list[Involvement]) -> list[tuple[Reason, int]]:
    state, since = getattr(case.prisoner, "held", ""), getattr(case.prisoner, "published_from", None)
    of_all = Reason(state) if state else None
    rows = case_rows(case.prisoner, case.trials)
    standing = standing_of(case, rows)
    counted: Counter[Reason] = Counter()
    for row in (*dict.fromkeys(rows), *_citations(case, rows), *_sources(case, rows), *beside):
        written = getattr(row, "updated_at", None)
        is_newer = of_all is None and since is not None and written is not None and written > since
        for name in _filled(row):
            reason = reason_for(row, name, standing) or of_all or (Reason.CHANGED if is_newer else None)
            if reason is not None and reason not in QUIET:
                counted[reason] += 1
    return sorted(counted.items(), key=lambda pair: list(Reason).index(pair[0]))
