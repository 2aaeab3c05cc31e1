"""The cases of the desk as lines of a file: what its lists and forms show, and nothing that is sealed."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.timezone import localtime
from django.utils.translation import get_language, gettext as _, gettext_lazy

from cases.domain.custody import CaseFacts, days_held, standing
from cases.domain.partial_dates import PartialDate, describe
from cases.models import Defendant, Prisoner
from cases.queries.custody import custody_facts, with_facts

CHUNK = 200


@dataclass(frozen=True)
class CaseLine:
    """One case on a day."""

    prisoner: Prisoner
    facts: CaseFacts
    on: date


#: Heading: what stands in the column. No sealed column is here, and a test sees to it.
COLUMNS: tuple[tuple[Any, Callable[[CaseLine], str | int | None]], ...] = (
    (gettext_lazy("code"), lambda line: line.prisoner.code),
    (gettext_lazy("names"), lambda line: "; ".join(name.text for name in line.prisoner.names.all())),
    (gettext_lazy("kind of case"), lambda line: line.prisoner.get_kind_display()),
    (gettext_lazy("public"), lambda line: _state(line.prisoner)),
    (gettext_lazy("assigned to"), lambda line: _account(line.prisoner.assigned_to)),
    (gettext_lazy("status"), lambda line: _(standing(line.facts, line.on).status.label)),
    (gettext_lazy("since"), lambda line: _date(standing(line.facts, line.on).since)),
    (gettext_lazy("days held, at least"), lambda line: days_held(line.facts, line.on).least),
    (gettext_lazy("days held, at most"), lambda line: days_held(line.facts, line.on).most),
    (gettext_lazy("born"), lambda line: _date(line.prisoner.born)),
    (gettext_lazy("died"), lambda line: _date(line.prisoner.died)),
    (gettext_lazy("sex"), lambda line: line.prisoner.get_sex_display()),
    (gettext_lazy("ethnicity"), lambda line: line.prisoner.get_ethnicity_display()),
    (gettext_lazy("home settlement"), lambda line: str(line.prisoner.home or "")),
    (gettext_lazy("provisions"), lambda line: _provisions(line.prisoner)),
    (gettext_lazy("sentences"), lambda line: _sentences(line.prisoner)),
    (gettext_lazy("consent"), lambda line: line.prisoner.get_consent_display()),
    (gettext_lazy("consent ends"), lambda line: date_format(end) if (end := line.prisoner.consent_expires) else ""),
    (gettext_lazy("last changed"), lambda line: date_format(localtime(line.prisoner.updated_at), "DATETIME_FORMAT")),
)


def headings() -> list[str]:
    """Return the headings of the columns in the active language."""
    return [capfirst(str(words)) for words, _value in COLUMNS]


def case_lines(prisoners: QuerySet[Prisoner], *, on: date) -> Iterator[list[str | int | None]]:
    """Yield the cells of each case as of the day `on`, some hundred cases in memory at a time."""
    rows = with_facts(prisoners).select_related("assigned_to", "publication", "home")
    rows = rows.prefetch_related(
        Prefetch("defendants", Defendant.objects.prefetch_related("charges__provision", "sentences"), to_attr="accused")
    )
    for prisoner in rows.iterator(chunk_size=CHUNK):
        line = CaseLine(prisoner, custody_facts(prisoner), on)
        yield [value(line) for _words, value in COLUMNS]


def _state(prisoner: Prisoner) -> str:
    publication = getattr(prisoner, "publication", None)
    return str(publication.get_state_display()) if publication else _("Draft")


def _account(account: Any) -> str:
    return account.get_username() if account else ""


def _date(value: PartialDate | None) -> str:
    return describe(value, get_language() or "en") if value else ""


def _provisions(prisoner: Any) -> str:
    charges = (charge for defendant in prisoner.accused for charge in defendant.charges.all())
    return "; ".join(dict.fromkeys(charge.provision.number for charge in charges))


def _sentences(prisoner: Any) -> str:
    return "; ".join(str(sentence) for defendant in prisoner.accused for sentence in defendant.sentences.all())
