"""The penalties of a provision on its page: one row a wording, on an axis of years, with who is charged under which."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from cases.domain.statutes import FormLaw, PenaltyVersion, Range, Share, Statute, reduced
from cases.enums import OffenceForm
from cases.published.documents import ProvisionDocument
from cases.published.law import Within
from cases.published.statute_telling import form_law, penalty_rows, statute_of, told_range
from cases.published.words import gettext as _
from cases.views.presentation.notes import Citer, Notes
from cases.views.presentation.timeline import Block, Scale, Tick

BAR, ROW, TOP = 16, 52, 22
WIDE, NARROW = 1000, 328


@dataclass(frozen=True, slots=True)
class Wording:
    """One penalty version in words. `people`: how many are charged under it; None where no day is surely its own."""

    penalty: str
    first: str
    last: str
    law: str
    note: dict[str, str]
    is_verified: bool
    people: int | None
    notes: Notes


@dataclass(frozen=True, slots=True)
class Lane:
    """One version in the drawing: its words above its bar."""

    text: str
    text_y: int
    bar_y: int
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Axis:
    """The drawing of all versions, whole numbers only."""

    name: str
    width: int
    height: int
    axis_y: int
    lanes: tuple[Lane, ...]
    ticks: tuple[Tick, ...]

    @property
    def has_doubt(self) -> bool:
        return any(block.kind == "maybe" for lane in self.lanes for block in lane.blocks)


@dataclass(frozen=True, slots=True)
class FormShare:
    """What the present penalty becomes for an offence that was not completed."""

    form: str
    penalty: str
    source: str
    is_verified: bool


@dataclass(frozen=True, slots=True)
class Penalties:
    """Everything the page says of penalties."""

    wordings: tuple[Wording, ...]
    wide: Axis | None
    narrow: Axis | None
    forms: tuple[FormShare, ...]
    placed: int  # people whose alleged act lies within one wording


def penalties(document: ProvisionDocument, citer: Citer, within: Sequence[int | None], *, on: date) -> Penalties:
    """Prepare the penalties of a published provision in the active language; `within`: people by version."""
    statute = statute_of(document)
    wordings = tuple(
        Wording(
            told_range(version.penalty),
            version.first.text if version.first else "",
            version.last.text if version.last else "",
            version.law,
            row["note"],
            row["verified"],
            people,
            citer.notes(row),
        )
        for version, row, people in zip(statute.versions, penalty_rows(document), within, strict=True)
    )
    return Penalties(
        wordings,
        _axis("wide", WIDE, statute, on),
        _axis("narrow", NARROW, statute, on),
        tuple(_forms(statute, form_law(), on)),
        sum(people or 0 for people in within),
    )


@dataclass(frozen=True, slots=True)
class PresentPenalty:
    """What a provision threatens now, "" where nothing is recorded, and whether that was checked."""

    text: str
    is_verified: bool


def present_penalty(document: ProvisionDocument) -> PresentPenalty:
    """Return what the provision threatens now, as far as is recorded."""
    now = statute_of(document).present()
    if now is None or now.penalty is None:
        return PresentPenalty("", is_verified=True)
    return PresentPenalty(told_range(now.penalty), now.row.verified)


def _forms(statute: Statute, law: FormLaw, on: date) -> Iterable[FormShare]:
    now = statute.present()
    if now is None or now.penalty is None:
        return
    for form, words in ((OffenceForm.PREPARATION, _("For preparation")), (OffenceForm.ATTEMPT, _("For an attempt"))):
        share = law.share(form, on)
        if share is not None:
            yield FormShare(words, told_range(_lowered(now.penalty, share)), share.row.source, share.row.verified)


def _lowered(penalty: Range, share: Share) -> Range:
    """Return the most that may be imposed: of the minimum the articles on forms say nothing."""
    return Range(None, reduced(penalty, share).most, life=False)


# The drawing -------------------------------------------------------------------------------------------------------


def _axis(name: str, width: int, statute: Statute, on: date) -> Axis | None:
    days = [day for version in statute.versions for day in _days(version)]
    if statute.first is not None and statute.first.earliest is not None:
        days.append(statute.first.earliest)
    if not days:
        return None
    first, last = min(days), max([*days, on])
    scale = Scale(first - timedelta(days=max((last - first).days // 12, 200)), last, width)
    axis_y = TOP + ROW * len(statute.versions)
    return Axis(
        name=name,
        width=width,
        height=axis_y + 26,
        axis_y=axis_y,
        lanes=tuple(_lane(place, version, scale) for place, version in enumerate(statute.versions)),
        ticks=_ticks(scale),
    )


def _days(version: PenaltyVersion) -> Iterable[date]:
    bounds = [day for known in (version.first, version.last) if known for day in (known.earliest, known.latest)]
    return (day for day in bounds if day is not None)


def _lane(place: int, version: PenaltyVersion, scale: Scale) -> Lane:
    """Cut a version into the days that it surely covers and those at its ends that it may cover."""
    found = version.window
    begun = min(found.begun, found.ended)
    ends = max(found.ends, begun)
    sure = "after" if version.penalty is not None else "maybe"
    pieces: tuple[tuple[date, date, str], ...] = (
        (found.begins, begun, "maybe"),
        (begun, ends, sure),
        (ends, found.ended, "maybe"),
    )
    if version.penalty is None:
        pieces = ((found.begins, found.ended, "maybe"),)
    blocks = []
    for begin, end, kind in pieces:
        x, to = (scale.x(min(max(day, scale.first), scale.last)) for day in (begin, end))
        if end > begin and to > x:
            blocks.append(Block(x, max(to - x, 2), kind))
    y = TOP + ROW * place
    return Lane(told_range(version.penalty), y, y + 8, tuple(blocks))


def _ticks(scale: Scale) -> tuple[Tick, ...]:
    fits = max(scale.width // 64, 2)
    first, last = scale.first.year + 1, scale.last.year
    step = next(step for step in (1, 2, 5, 10, 20, 50, 100, 1000, 10_000) if (last - first) / step < fits)
    years = [year for year in range(first, last + 1) if year % step == 0]
    ticks = [Tick(scale.x(date(year, 1, 1)), str(year)) for year in years]
    return tuple(tick for tick in ticks if tick.x <= scale.width - 34)


def surely_in_force(statute: Statute) -> list[Within | None]:
    """Return for each version the days that are surely its own; None where there is none."""
    windows = [version.window for version in statute.versions]
    return [Within(one.begun, one.ends) if one.begun <= one.ends and one.begun < date.max else None for one in windows]
