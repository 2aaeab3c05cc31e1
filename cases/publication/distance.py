"""How far from home a person is held, in a straight line between two public places; never from an address.

Home is taken only as the public page shows it: the settlement, or the region alone where the person is not named, and not
at all where it may not be shown. Then the place of arrest stands in.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from django.utils.translation import gettext as _

from cases.domain.distances import Point, kilometres
from cases.domain.event_kinds import SEIZURES
from cases.enums import CoordinatePrecision, FindingAnswer, LegalFindingKind, PlaceKind
from cases.models import DetentionSite, Place
from cases.publication.casefile import CaseFile, by_date
from cases.publication.legal_facts import in_each_language, present_stay, ref_of, rows_by_ref, told_place
from cases.publication.legal_shapes import LegalFinding, Used, finding_document, step, used_facts
from cases.publication.policy import is_named, shown, weighed
from cases.publication.reference import degrees, public_place
from cases.published.digits import grouped


@dataclass(frozen=True, slots=True)
class _End:
    """One end of the line: the point, what it marks, and the fact that it comes from."""

    point: Point
    precision: CoordinatePrecision
    name: Place | DetentionSite
    is_home: bool = False


def distance_findings(case: CaseFile) -> Iterator[LegalFinding]:
    """Yield how far the present place of detention is from home or from the place of arrest, where both are known."""
    stay = present_stay(case)
    site = shown(stay, "site") if stay is not None else None
    there = _site(site) if site is not None else None
    here, used = _beginning(case)
    if stay is None or there is None or here is None:
        return
    facts = (*used, *used_facts([ref_of(stay)], rows_by_ref(case)))
    length = kilometres(here.point, there.point)
    document = finding_document(
        LegalFindingKind.DISTANCE,
        FindingAnswer.FIGURE,
        partial(_told, here, there, length),
        used=facts,
        working=[step(partial(_told_end, here)), step(partial(_told_end, there)), step(_told_line)],
        kilometres=length,
    )
    yield LegalFinding("distance", document, facts)


def _beginning(case: CaseFile) -> tuple[_End | None, tuple[Used, ...]]:
    home = weighed(case.prisoner, "home") if weighed(case.prisoner, "home_is_public") else None
    public = public_place(home, named=is_named(case.prisoner))
    end = _place(public, is_home=True) if public is not None else None
    if end is not None and public is not None:
        words = in_each_language(partial(_told_home, public))
        return end, (Used(f"{ref_of(case.prisoner)}:home", words),)
    arrests = [row for row in by_date(case.prisoner.events.all(), "happened") if shown(row, "kind") in SEIZURES]
    last = next((row for row in reversed(arrests) if shown(row, "place") is not None), None)
    if last is None:
        return None, ()
    return _place(shown(last, "place")), used_facts([ref_of(last)], rows_by_ref(case))


def _place(place: Place, *, is_home: bool = False) -> _End | None:
    point = _point(place)
    wide = shown(place, "kind") in (PlaceKind.REGION, PlaceKind.DISTRICT, PlaceKind.COUNTRY)
    precision = CoordinatePrecision.REGION if wide else CoordinatePrecision.SETTLEMENT
    return _End(point, precision, place, is_home) if point is not None else None


def _site(site: DetentionSite) -> _End | None:
    point = _point(site)
    if point is None:
        return _place(shown(site, "place"))
    return _End(point, CoordinatePrecision(shown(site, "coordinate_precision")), site)


def _point(row: Place | DetentionSite) -> Point | None:
    latitude, longitude = degrees(shown(row, "latitude")), degrees(shown(row, "longitude"))
    return Point(latitude, longitude) if latitude is not None and longitude is not None else None


def _told(here: _End, there: _End, length: int) -> str:
    said = {"length": grouped(length), "here": told_place(here.name), "there": told_place(there.name)}
    if here.is_home:
        return _("Held about %(length)s km from home, in a straight line: %(here)s – %(there)s.") % said
    return _("Held about %(length)s km from the place of arrest, in a straight line: %(here)s – %(there)s.") % said


def _told_home(place: Place) -> str:
    return _("Home: %(place)s") % {"place": told_place(place)}


def _told_end(end: _End) -> str:
    return {
        CoordinatePrecision.EXACT: _("%(place)s: the coordinates mark the place itself."),
        CoordinatePrecision.SETTLEMENT: _("%(place)s: the coordinates mark the settlement."),
        CoordinatePrecision.REGION: _("%(place)s: the coordinates mark the middle of a region; the distance is rough."),
    }[end.precision] % {"place": told_place(end.name)}


def _told_line() -> str:
    return _("Great-circle distance, rounded to whole kilometres. The way by road or rail is longer.")
