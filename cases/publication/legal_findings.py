"""What the law says about a case: every finding, whether it may be published, and those that a reviewer has ticked.

A finding is computed twice: from everything recorded, and from the rows alone that the public document shows. It may be
published only if both say the same, so that it never says more than public facts do. A tick holds for exactly what was
seen; findings are never stored.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum

from cases.models import FindingTick
from cases.publication.casefile import CaseFile, hides_rows, read_public_case
from cases.publication.distance import distance_findings
from cases.publication.geneva_flags import geneva_findings
from cases.publication.legal_answers import findings_from
from cases.publication.legal_facts import rows_by_ref
from cases.publication.legal_shapes import LegalFinding, Used
from cases.publication.policy import weighed
from cases.publication.retroactivity import retroactivity_of
from cases.publication.terms import term_findings
from cases.published.documents import FindingDocument, FindingsDocument
from cases.published.statute_telling import statutes_as_of

Provider = Callable[[CaseFile], Iterable[LegalFinding]]


def statute_findings(case: CaseFile) -> Iterable[LegalFinding]:
    """Return whether each charge is retroactive and each sentence above the maximum, where that can be told."""
    return findings_from(retroactivity_of(case), law_as_of=statutes_as_of())


#: What computes findings, in the order in which they are read. A provider reads PUBLIC fields only, of the rows it is given.
PROVIDERS: tuple[Provider, ...] = (term_findings, statute_findings, geneva_findings, distance_findings)


class Standing(StrEnum):
    """Where a finding stands on its way to the public."""

    OPEN = "open"
    TICKED = "ticked"
    LAPSED = "lapsed"
    WITHHELD = "withheld"


@dataclass(frozen=True, slots=True)
class Offered:
    """A finding as a reviewer meets it, with the tick that it has or had, and the facts that keep it from the public."""

    finding: LegalFinding
    standing: Standing
    withheld: tuple[Used, ...] = ()
    tick: FindingTick | None = None


@dataclass(frozen=True, slots=True)
class Findings:
    """All findings of a case, and the ticks of findings that no longer follow from the records."""

    offered: tuple[Offered, ...]
    gone: tuple[FindingTick, ...]

    @property
    def lapsed(self) -> list[FindingTick]:
        """The ticks that stand for nothing any more: what they were given for says something else, or nothing."""
        changed = [one.tick for one in self.offered if one.tick is not None and one.standing is not Standing.TICKED]
        return [*changed, *self.gone]

    @property
    def ticked(self) -> list[FindingDocument]:
        """What may enter the public document."""
        return [one.finding.document for one in self.offered if one.standing is Standing.TICKED]

    def of(self, key: str) -> Offered | None:
        """Return the finding with this key."""
        return next((one for one in self.offered if one.finding.key == key), None)


def findings_by_law(case: CaseFile) -> list[LegalFinding]:
    """Return what follows from the rows of the case at hand."""
    return [finding for provider in PROVIDERS for finding in provider(case)]


def offered_findings(case: CaseFile, *, shown_part: CaseFile | None = None) -> Findings:
    """Return every finding of a case that was read whole, each with what may be done with it.

    `shown_part`: the case as `read_public_case` gives it, if somebody has read it already.
    """
    ticks = {str(weighed(tick, "key")): tick for tick in case.prisoner.finding_ticks.all()}
    found = findings_by_law(case)
    public_case = shown_part or (read_public_case(case.prisoner) if hides_rows(case) else case)
    public = {finding.key: finding for finding in (found if public_case is case else findings_by_law(public_case))}
    shown = frozenset(rows_by_ref(public_case)) | {used.ref for one in public.values() for used in one.used}
    offered = tuple(_offered(finding, public.get(finding.key), shown, ticks.get(finding.key)) for finding in found)
    keys = {finding.key for finding in found}
    return Findings(offered, tuple(tick for key, tick in ticks.items() if key not in keys))


def ticked_findings(case: CaseFile) -> FindingsDocument:
    """Return what enters the public document. Without a tick nothing is computed."""
    ticked = offered_findings(case).ticked if case.prisoner.finding_ticks.all() else []
    return FindingsDocument(findings=ticked) if ticked else FindingsDocument()


def _offered(
    finding: LegalFinding, public: LegalFinding | None, shown: frozenset[str], tick: FindingTick | None
) -> Offered:
    if public is None or public.says != finding.says:
        withheld = tuple(used for used in finding.used if used.ref not in shown)
        return Offered(finding, Standing.WITHHELD, withheld, tick)
    if tick is None:
        return Offered(public, Standing.OPEN)
    holds = weighed(tick, "sha256") == public.digest
    return Offered(public, Standing.TICKED if holds else Standing.LAPSED, tick=tick)
