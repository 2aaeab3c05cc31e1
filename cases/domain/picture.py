"""The picture of a case on a day: where the person stands with their liberty and with the proceedings."""

from dataclasses import dataclass, field
from datetime import date
from enum import Enum

from cases.domain.case_facts import CaseFacts, Stay
from cases.domain.chronology import Moment
from cases.domain.partial_dates import PartialDate
from cases.enums import ReleaseKind


class Liberty(Enum):
    """What the facts say of a person's liberty."""

    UNTOLD = "untold"
    MISSING = "missing"
    FOUND = "found"
    HELD = "held"
    FREE = "free"
    EXCHANGED = "exchanged"
    EXILED = "exiled"
    ESCAPED = "escaped"


class Procedure(Enum):
    """How far the case against the person has come."""

    NONE = "none"
    ADMINISTRATIVE = "administrative"
    ON_TRIAL = "on_trial"
    CONVICTED = "convicted"
    IN_FORCE = "in_force"
    AT_LIBERTY = "convicted without deprivation of liberty"
    ACQUITTED = "acquitted"
    DROPPED = "dropped"


UNDECIDED = frozenset({Procedure.NONE, Procedure.ADMINISTRATIVE, Procedure.ON_TRIAL})
COURT_FREES = frozenset({Procedure.ACQUITTED, Procedure.DROPPED, Procedure.AT_LIBERTY})
DECIDED = frozenset({Procedure.CONVICTED, Procedure.IN_FORCE}) | COURT_FREES
SETTLED = frozenset({Liberty.EXCHANGED, Liberty.EXILED, Liberty.ESCAPED})


@dataclass(slots=True)
class Custody:
    """One unbroken deprivation of liberty: the dates on which the person was taken or held, and what ended it."""

    begun: Moment
    held_on: list[PartialDate] = field(default_factory=list)
    stays: list[Stay] = field(default_factory=list)
    refs: list[str] = field(default_factory=list)
    ended_by: Moment | None = None
    ended: PartialDate | None = None


@dataclass(slots=True)
class Picture:
    """What has become of the person when the turns so far are replayed. `doubt`: an assumption was needed."""

    day: date
    facts: CaseFacts
    liberty: Liberty = Liberty.UNTOLD
    liberty_by: Moment | None = None
    abducted_by: Moment | None = None
    release: ReleaseKind | None = None
    procedure: Procedure = Procedure.NONE
    procedure_by: Moment | None = None
    confined_by: Moment | None = None
    term_ends: PartialDate | None = None
    remanded: bool = False
    doubt: bool = False
    died_by: Moment | None = None
    stays: list[Stay] = field(default_factory=list)
    custodies: list[Custody] = field(default_factory=list)

    @property
    def held(self) -> bool:
        return self.liberty is Liberty.HELD

    def covering(self, day: date) -> list[Stay]:
        """Return the stays of the present custody that have not ended before `day`; the last begun comes last."""
        return [stay for stay in self.stays if not _ended_before(stay.ended, day)]


def _ended_before(ended: PartialDate | None, day: date) -> bool:
    return ended is not None and ended.latest is not None and ended.latest < day
