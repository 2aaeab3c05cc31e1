"""All alarms of the desk's first page, kind by kind, for the cases that were chosen."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _, ngettext

from cases.queries.alarm_choice import Choice, chosen_cases
from cases.queries.alarms import SEARCHED, SHOWN, Alarm, contradictory_cases, expiring_consents, lapsed_findings
from cases.queries.cache_alarms import caches_told_in_vain
from cases.queries.fact_alarms import hearings_without_outcome, long_transports, unchecked_law, uncited_facts
from cases.queries.legal_clock import SEARCHED as TICKED_SEARCHED
from cases.queries.term_alarms import TermReader, days_by_law, due_transfers, past_last_day

QUIET = frozenset({"uncited", "law"})


@dataclass(frozen=True, slots=True)
class AlarmGroup:
    """The alarms of one kind. `note` says how they were found; `is_cut`: there may be more than are shown."""

    name: str
    title: str
    note: str
    alarms: list[Alarm]

    @property
    def is_quiet(self) -> bool:
        """Whether the kind is about what is written down and not about somebody's liberty: it is folded at first."""
        return self.name in QUIET

    @property
    def is_cut(self) -> bool:
        return len(self.alarms) >= SHOWN


def alarm_groups(
    on: date, *, at: datetime, choice: Choice, transit_days: int, read: TermReader = days_by_law
) -> list[AlarmGroup]:
    """Return the kinds of which there is an alarm, what concerns liberty first."""
    cases = chosen_cases(choice)
    searched = _("Searched in the %(searched)s cases that were changed last.") % {"searched": SEARCHED}
    ticked = _("Searched in the %(searched)s cases that were changed last since something was ticked.") % {
        "searched": TICKED_SEARCHED
    }
    after = ngettext("Told after more than %(count)s day.", "Told after more than %(count)s days.", transit_days)
    groups = [
        AlarmGroup("caches", _("Caches that may show what is gone"), "", caches_told_in_vain(at)),
        AlarmGroup("past", _("Past the last day and still held"), "", past_last_day(on, cases=cases, read=read)),
        AlarmGroup("transfer", _("Transfer is due"), "", due_transfers(on, cases=cases, read=read)),
        AlarmGroup(
            "transit",
            _("Long in transit"),
            after % {"count": transit_days},
            long_transports(on, days=transit_days, cases=cases),
        ),
        AlarmGroup("consent", _("Consent ends"), "", expiring_consents(on, cases=cases)),
        AlarmGroup("hearing", _("Hearings without an outcome"), "", hearings_without_outcome(on, cases=cases)),
        AlarmGroup("contradiction", _("Contradictions"), searched, contradictory_cases(on, cases=cases)),
        AlarmGroup("lapsed", _("What the law says has changed"), ticked, lapsed_findings(cases=cases)),
        AlarmGroup("uncited", _("Published without a source"), "", uncited_facts(cases=cases)),
        AlarmGroup("law", _("Unchecked law is used"), "", unchecked_law(cases=cases)),
    ]
    return [group for group in groups if group.alarms]
