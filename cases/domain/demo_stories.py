"""How invented cases run: one story for each status, and three from the Soviet past."""

from collections.abc import Callable
from dataclasses import dataclass

from cases.domain.demo_world import Draft, Row
from cases.enums import ChargeOutcome, DecisionOutcome, EventKind, Instance, ReleaseKind, Status, StayKind, Whereabouts

MILITARY_COURT = "southern-district-military-court"
APPEAL_COURT = "military-court-of-appeal"
DISTRICT_COURT = "district-court-crimea-imposed"

#: Combinations of charges that occur, with the least and the most years that an invented court gives.
CHARGES: tuple[tuple[tuple[str, ...], int, int], ...] = (
    (("ru-205-5-p2", "ru-278"), 11, 15),
    (("ru-205-5-p1", "ru-278"), 16, 19),
    (("ru-280-3-p1",), 2, 3),
    (("ru-275",), 12, 18),
    (("ru-208-p2",), 8, 10),
    (("ru-281-p1", "ru-223-1-p1"), 12, 17),
    (("ru-282-2-p2",), 2, 6),
    (("ru-275-1",), 4, 7),
    (("ru-205-2-p2",), 5, 6),
    (("ru-223-1-p1",), 8, 9),
)
#: What came of an invented hearing.
WITNESSES = ("Witnesses were heard.", "Допитано свідків.")
TERRORISM = ("ru-205-5-p1", "ru-205-5-p2")


@dataclass(frozen=True, slots=True)
class Course:
    """The days of a criminal case, counted back from today, and what it is about."""

    arrest: int
    verdict: int
    appeal: int
    provisions: tuple[str, ...]
    years: int


def begin(draft: Draft, arrest: int) -> Course:
    """Choose the days and the charges of a criminal case that began with an arrest so many days ago."""
    provisions, least, most = draft.rng.choice(CHARGES)
    verdict = arrest - draft.between(420, 620)
    return Course(arrest, verdict, verdict - draft.between(150, 280), provisions, draft.between(least, most))


def taken(draft: Draft, course: Course) -> str:
    """Tell of the search and the arrest; return the site where the person is held first."""
    day = draft.day(course.arrest)
    draft.event(EventKind.SEARCH.value, day, ("Home searched", "Обшук удома"), place=draft.town[0])
    draft.event(EventKind.ARREST.value, day, ("Arrested at home", "Затримано вдома"), place=draft.town[0])
    if draft.number % 5 == 3:
        draft.event(EventKind.TORTURE_ALLEGED.value, draft.day(course.arrest - 1))
    return draft.rng.choice(draft.world.local_sizos)


def charges(draft: Draft, course: Course, outcome: ChargeOutcome) -> list[Row]:
    """Return the charges; seizure of power is charged as preparation, as it usually is."""
    brought = draft.day(course.arrest - 3)
    dropped = {"dropped": draft.day(course.verdict)} if outcome is ChargeOutcome.DROPPED else {}
    return [
        draft.cited(
            provision=slug,
            act_from=draft.day(course.arrest + 400),
            act_to=draft.day(course.arrest + 30),
            brought=brought,
            outcome=outcome.value,
            form="preparation" if slug == "ru-278" else "completed",
            **dropped,
        )
        for slug in course.provisions
        if slug in draft.world.provisions
    ]


def sentence(draft: Draft, years: int, months: int = 0) -> Row:
    """Return a term: a long one begins in prison, the rest is strict regime; a short one is general regime."""
    rest = draft.cited(regime="strict" if years > 7 else "general", is_remainder=True)
    first = [draft.cited(regime="prison", years=draft.between(3, 4))] if years > 10 else []
    return draft.cited(years=years, **({"months": months} if months else {}), segments=[*first, rest])


def remand(draft: Draft, course: Course) -> Row:
    """Return the order of detention."""
    return draft.cited(
        instance=Instance.FIRST.value,
        court=DISTRICT_COURT,
        outcome=DecisionOutcome.REMANDED.value,
        decided_on=draft.day(course.arrest - 2),
    )


def proceeding(draft: Draft, course: Course, outcome: ChargeOutcome, **parts: object) -> Row:
    """Add a criminal case."""
    return draft.add(
        "proceedings",
        key=draft.code,
        kind="criminal",
        title_en=f"Invented case {draft.number}",
        title_uk=f"Справа для показу {draft.number}",
        opened=draft.day(course.arrest),
        charges=charges(draft, course, outcome),
        **parts,
    )


def hearings(draft: Draft, course: Course, until: int) -> list[Row]:
    """Return hearings at first instance, from half a year after the arrest until so many days ago."""
    return [hearing(draft, course, day, outcome=WITNESSES) for day in range(course.arrest - 200, until, -90)]


def hearing(draft: Draft, course: Course, ago: int, *, outcome: tuple[str, str] = ("", "")) -> Row:
    """Return a hearing so many days ago, or to come, and what came of it."""
    court = MILITARY_COURT if course.provisions[0] in TERRORISM else DISTRICT_COURT
    note = {"note_en": outcome[0], "note_uk": outcome[1]} if outcome[0] else {}
    return draft.cited(instance=Instance.FIRST.value, court=court, held_on=draft.day(ago), **note)


def convicted(draft: Draft, course: Course, *, appealed: bool) -> None:
    """Add the case with its verdict and, if it was appealed, the decision by which the sentence is in force."""
    terror = course.provisions[0] in TERRORISM
    first = draft.cited(
        instance=Instance.FIRST.value,
        court=MILITARY_COURT if terror else DISTRICT_COURT,
        outcome=DecisionOutcome.CONVICTED.value,
        decided_on=draft.day(course.verdict),
        judges="Invented Judge",
        sentence=sentence(draft, course.years),
    )
    decisions = [remand(draft, course), first]
    if appealed:
        outcome, years, months = draft.rng.choice(
            (
                (DecisionOutcome.UPHELD, course.years, 0),
                (DecisionOutcome.UPHELD, course.years, 0),
                (DecisionOutcome.REDUCED, course.years - 1, 6),
                (DecisionOutcome.INCREASED, course.years + 1, 0),
            )
        )
        decisions.append(
            draft.cited(
                instance=Instance.APPEAL.value,
                court=APPEAL_COURT if terror else "supreme-court-of-crimea-imposed",
                outcome=outcome.value,
                decided_on=draft.day(course.appeal),
                in_force_from=draft.day(course.appeal),
                sentence=sentence(draft, years, months),
            )
        )
    until = course.verdict
    proceeding(draft, course, ChargeOutcome.CONVICTED, hearings=hearings(draft, course, until), decisions=decisions)


def moved(draft: Draft, course: Course, *, last: int | None) -> None:
    """Add the stays of somebody who was tried: local detention, Rostov, transport, a colony until so many days ago."""
    local = taken(draft, course)
    transport = course.appeal - draft.between(20, 40)
    colony = transport - draft.between(18, 45)
    draft.stay(StayKind.SITE.value, draft.day(course.arrest), draft.day(course.arrest - 230), local)
    rostov = draft.rng.choice(draft.world.rostov_sizos)
    draft.stay(StayKind.SITE.value, draft.day(course.arrest - 230), draft.day(transport), rostov)
    draft.stay(StayKind.IN_TRANSIT.value, draft.day(transport), draft.day(colony))
    ended = "" if last is None else draft.day(last)
    draft.stay(StayKind.SITE.value, draft.day(colony), ended, draft.rng.choice(draft.world.colonies))


# One story for each status -----------------------------------------------------------------------------------------


def serving(draft: Draft) -> None:
    course = begin(draft, draft.between(1300, 2900))
    moved(draft, course, last=None)
    convicted(draft, course, appealed=True)
    after = course.appeal - 150
    draft.event(EventKind.LETTER.value, draft.day(after), ("Letter from the colony", "Лист із колонії"))
    if draft.number % 4 == 0:
        draft.event(EventKind.PUNISHMENT_CELL.value, draft.day(after - 30), ended=draft.day(after - 45))
    if draft.number % 6 == 5:
        draft.event(EventKind.HUNGER_STRIKE.value, draft.day(after - 60), ended=draft.day(after - 72))
    if draft.number % 7 == 0:
        draft.event(EventKind.HOSPITALISED.value, draft.day(after - 20), is_public=False)
        fined_before(draft, course.arrest + draft.between(300, 500))


def fined_before(draft: Draft, ago: int) -> None:
    """Add an earlier administrative case that ended with some days of arrest."""
    decision = draft.cited(
        instance=Instance.FIRST.value,
        court=DISTRICT_COURT,
        outcome=DecisionOutcome.ADMINISTRATIVE_ARREST.value,
        decided_on=draft.day(ago),
        sentence=draft.cited(days=draft.between(5, 14)),
    )
    title = {"title_en": "Arrest for a song", "title_uk": "Арешт за пісню"}
    draft.add("proceedings", kind="administrative", opened=draft.day(ago), decisions=[decision], **title)


def pretrial(draft: Draft) -> None:
    course = begin(draft, draft.between(60, 250))
    draft.stay(StayKind.SITE.value, draft.day(course.arrest), "", taken(draft, course))
    proceeding(draft, course, ChargeOutcome.PENDING, decisions=[remand(draft, course)])


def on_trial(draft: Draft) -> None:
    course = begin(draft, draft.between(330, 410))
    local = taken(draft, course)
    draft.stay(StayKind.SITE.value, draft.day(course.arrest), draft.day(course.arrest - 180), local)
    rostov = draft.rng.choice(draft.world.rostov_sizos)
    draft.stay(StayKind.SITE.value, draft.day(course.arrest - 180), "", rostov)
    rows = hearings(draft, course, 10)
    rows += [hearing(draft, course, ago) for ago in (6, -9 - draft.number % 5, -30)]
    proceeding(draft, course, ChargeOutcome.PENDING, hearings=rows, decisions=[remand(draft, course)])


def awaiting_appeal(draft: Draft) -> None:
    provisions, least, most = draft.rng.choice(CHARGES)
    course = Course(draft.between(480, 620), draft.between(20, 110), 0, provisions, draft.between(least, most))
    local = taken(draft, course)
    draft.stay(StayKind.SITE.value, draft.day(course.arrest), draft.day(course.arrest - 230), local)
    rostov = draft.rng.choice(draft.world.rostov_sizos)
    draft.stay(StayKind.SITE.value, draft.day(course.arrest - 230), "", rostov)
    convicted(draft, course, appealed=False)


def house_arrest(draft: Draft) -> None:
    course = begin(draft, draft.between(60, 240))
    taken(draft, course)
    draft.stay(StayKind.HOUSE_ARREST.value, draft.day(course.arrest - 2))
    order = {**remand(draft, course), "outcome": DecisionOutcome.HOUSE_ARREST.value}
    proceeding(draft, course, ChargeOutcome.PENDING, decisions=[order])


def in_transit(draft: Draft) -> None:
    provisions, least, most = draft.rng.choice(CHARGES)
    appeal = draft.between(60, 120)
    course = Course(appeal + 700, appeal + 200, appeal, provisions, draft.between(least, most))
    local, left = taken(draft, course), draft.between(8, 40)
    draft.stay(StayKind.SITE.value, draft.day(course.arrest), draft.day(left), local)
    draft.stay(StayKind.IN_TRANSIT.value, draft.day(left))
    convicted(draft, course, appealed=True)


def missing(draft: Draft) -> None:
    draft.prisoner["whereabouts"] = Whereabouts.CAPTURE_DENIED.value
    day = draft.day(draft.between(120, 900))
    draft.event(
        EventKind.ABDUCTION.value, day, ("Taken away by armed men", "Вивезено озброєними людьми"), place=draft.town[0]
    )


def released(draft: Draft) -> None:
    course, freed = begin(draft, draft.between(1900, 2600)), draft.between(60, 500)
    moved(draft, course, last=freed)
    convicted(draft, course, appealed=True)
    kind = draft.rng.choice((ReleaseKind.TERM_SERVED, ReleaseKind.PAROLE, ReleaseKind.ILLNESS))
    draft.event(EventKind.RELEASE.value, draft.day(freed), release_kind=kind.value)


def exchanged(draft: Draft) -> None:
    course, freed = begin(draft, draft.between(1500, 2200)), draft.between(40, 300)
    moved(draft, course, last=freed)
    convicted(draft, course, appealed=True)
    draft.event(EventKind.EXCHANGE.value, draft.day(freed))


def exiled(draft: Draft) -> None:
    course, freed = begin(draft, draft.between(500, 900)), draft.between(60, 200)
    draft.stay(StayKind.SITE.value, draft.day(course.arrest), draft.day(freed), taken(draft, course))
    title = ("Banned from entering Crimea and driven out", "Заборонено в’їзд до Криму, вислано")
    draft.event(EventKind.EXILE.value, draft.day(freed), title)


def acquitted(draft: Draft) -> None:
    course, freed = begin(draft, draft.between(700, 1000)), draft.between(40, 200)
    local = taken(draft, course)
    draft.stay(StayKind.SITE.value, draft.day(course.arrest), draft.day(freed), local)
    verdict = draft.cited(
        instance=Instance.FIRST.value,
        court=DISTRICT_COURT,
        outcome=DecisionOutcome.ACQUITTED.value,
        decided_on=draft.day(freed),
    )
    proceeding(draft, course, ChargeOutcome.ACQUITTED, decisions=[remand(draft, course), verdict])


def dead_in_custody(draft: Draft) -> None:
    course, died = begin(draft, draft.between(1500, 2400)), draft.between(60, 400)
    moved(draft, course, last=died)
    convicted(draft, course, appealed=True)
    draft.prisoner["died"] = draft.day(died)
    draft.event(EventKind.DEATH.value, draft.day(died), ("Died in the colony", "Смерть у колонії"))


def dead(draft: Draft) -> None:
    released(draft)
    draft.prisoner["died"] = draft.day(20)
    draft.event(EventKind.DEATH.value, draft.day(20))


def unknown(draft: Draft) -> None:
    gone = draft.between(300, 700)
    draft.event(EventKind.DISAPPEARANCE.value, draft.day(gone), place=draft.town[0])
    title = ("Seen by a fellow prisoner in a cellar", "Бачив співкамерник у підвалі")
    draft.event(EventKind.FOUND.value, draft.day(gone - 90), title)


STORIES: dict[Status, Callable[[Draft], None]] = {
    Status.SERVING: serving,
    Status.PRETRIAL: pretrial,
    Status.ON_TRIAL: on_trial,
    Status.AWAITING_APPEAL: awaiting_appeal,
    Status.IN_TRANSIT: in_transit,
    Status.HOUSE_ARREST: house_arrest,
    Status.MISSING: missing,
    Status.RELEASED: released,
    Status.EXCHANGED: exchanged,
    Status.EXILED: exiled,
    Status.ACQUITTED: acquitted,
    Status.DEAD_IN_CUSTODY: dead_in_custody,
    Status.DEAD: dead,
    Status.UNKNOWN: unknown,
}
