"""The invented cases of the demonstration, made up from a seed: the same seed and day give the same cases.

The first cases have one status each, so that even a small demonstration shows all of them. Nobody is real: family names
say so, every case and every source carries its mark, and no real organisation is said to have done anything.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum
from itertools import islice
from random import Random
from typing import Any

from cases.domain.demo_past import camp, deported, shot
from cases.domain.demo_people import InventedPerson, invent_person, name_rows
from cases.domain.demo_stories import STORIES, Course, charges, moved, sentence
from cases.domain.demo_world import Draft, Row, World
from cases.domain.partial_dates import parse
from cases.enums import CaseKind, ChargeOutcome, Consent, ConsentGiver, DateDetail, EventKind, Role, Status

S = Status
#: After one case of each status, this many of each kind, in an order that is always the same.
REST: tuple[tuple[Status | str, int], ...] = (
    (S.SERVING, 16),
    (S.PRETRIAL, 5),
    (S.AWAITING_APPEAL, 3),
    (S.ON_TRIAL, 3),
    (S.IN_TRANSIT, 2),
    (S.HOUSE_ARREST, 2),
    (S.MISSING, 2),
    (S.RELEASED, 5),
    (S.EXCHANGED, 2),
    (S.DEAD_IN_CUSTODY, 1),
    ("shot", 2),
    ("camp", 2),
    ("deported", 1),
)
PAST: dict[str, Callable[[Draft], None]] = {"shot": shot, "camp": camp, "deported": deported}
GROUP_SIZE = 3
CODE_LENGTH = 6
ROUND = 60

ROLES: tuple[tuple[Role, str, str], ...] = (
    (Role.CITIZEN_JOURNALIST, "citizen journalist", "громадський журналіст"),
    (Role.HUMAN_RIGHTS_DEFENDER, "human-rights defender", "захист прав людини"),
    (Role.TEACHER, "teacher", "учительська праця"),
    (Role.FARMER, "farmer", "фермерство"),
    (Role.MEDIC, "medical worker", "медична праця"),
    (Role.ENTREPRENEUR, "shopkeeper", "власна крамниця"),
    (Role.WORKER, "factory worker", "праця на заводі"),
    (Role.VOLUNTEER, "volunteer", "волонтерство"),
    (Role.WRITER, "poet", "поезія"),
)
#: Of these, what somebody could be in the Soviet past.
ROLES_OF_THE_PAST = tuple(
    row for row in ROLES if row[0] in {Role.TEACHER, Role.FARMER, Role.MEDIC, Role.WORKER, Role.WRITER}
)
CRIMEA = ("ua-43-", "ua-40-")


class Review(Enum):
    """How far an invented case has come on its way to the public."""

    PUBLISHED = "published"
    DRAFT = "draft"
    WAITING = "waiting"
    SENT_BACK = "sent back"
    WITHDRAWN = "withdrawn"


#: Places in each round of sixty that are not published, so that the desk has work to show. The rest is.
REVIEWS = {
    16: Review.DRAFT,
    23: Review.DRAFT,
    28: Review.WAITING,
    34: Review.WAITING,
    39: Review.SENT_BACK,
    46: Review.WITHDRAWN,
}
WITHOUT_CONSENT = 23
#: Places in each round of sixty whose findings of the law a reviewer let be published; the others wait for a tick.
TICKED = frozenset({9, 20, 48})


@dataclass(frozen=True, slots=True)
class DemoCase:
    """One invented case, the way it has come, whether what the law says of it is published, and the family's household."""

    code: str
    document: dict[str, Any]
    review: Review
    is_ticked: bool
    household: int | None


@dataclass(slots=True)
class Group:
    """A case that several people share: the leader's code, its course, the sentences, and how many still join."""

    key: str
    course: Course
    terms: list[tuple[int, int]]
    open_places: int


def plan() -> list[Status | str]:
    """Return the stories of one round of sixty cases."""
    rest = [story for story, count in REST for _ in range(count)]
    return [*STORIES, *Random(1944).sample(rest, len(rest))]  # noqa: S311 - chance, not a secret


def demo_cases(*, count: int, seed: int, today: date, world: World) -> list[DemoCase]:
    """Return so many invented cases; fewer are the beginning of more."""
    return list(islice(_all_cases(seed, today, world), count))


def _all_cases(seed: int, today: date, world: World) -> Iterator[DemoCase]:
    stories = plan()
    group: Group | None = None
    codes: set[str] = set()
    names: set[str] = set()
    number = 0
    while True:
        number += 1
        rng = Random(f"{seed}/{number}")  # noqa: S311 - chance, not a secret
        code, person = _code(rng, world.code_alphabet, codes), _somebody_new(rng, number, names)
        draft = Draft(
            number=number,
            code=code,
            rng=rng,
            town=_town(rng, number, world),
            world=world,
            today=today,
        )
        story = stories[(number - 1) % ROUND]
        _who(draft, person, past=story in PAST)
        if story is Status.SERVING and group is not None and group.open_places:
            _join(draft, group)
            group.open_places -= 1
        else:
            (PAST[story] if isinstance(story, str) and story in PAST else STORIES[Status(story)])(draft)
            group = _opened_by(draft) if story is Status.SERVING else group
        _age(draft)
        yield _finished(draft)


def _code(rng: Random, alphabet: str, taken: set[str]) -> str:
    while (code := "".join(rng.choice(alphabet) for _ in range(CODE_LENGTH))) in taken:
        pass
    taken.add(code)
    return code


def _somebody_new(rng: Random, number: int, taken: set[str]) -> InventedPerson:
    """Invent a person whose name nobody has yet, as long as there are such names."""
    person = invent_person(rng, number)
    for _attempt in range(100):
        if person.full_name not in taken:
            break
        person = invent_person(rng, number)
    taken.add(person.full_name)
    return person


def _town(rng: Random, number: int, world: World) -> tuple[str, str, str]:
    """Choose a home: three in four in Crimea, whose towns come by turns, so that a search for any of them finds somebody."""
    crimean = [town for town in world.towns if town[0].startswith(CRIMEA)]
    town = rng.choice(crimean if rng.randrange(4) else world.towns)
    return crimean[number % len(crimean)] if town in crimean else town


def _who(draft: Draft, person: InventedPerson, *, past: bool) -> None:
    """Say who the person is; consent and what is withheld vary so that the door has something to do."""
    number = draft.number
    role, english, ukrainian = draft.rng.choice(ROLES_OF_THE_PAST if past else ROLES)
    home_is_public = number % 7 != 4
    place = (f" from {draft.town[1]}", f", {draft.town[2]}") if home_is_public else ("", "")
    draft.prisoner |= {
        "code": draft.code,
        "kind": CaseKind.CONTEMPORARY.value,
        "is_invented": True,
        "sex": person.sex.value,
        "ethnicity": person.ethnicity.value,
        "religion": person.religion.value,
        "religion_is_public": number % 5 == 0,
        "home": draft.town[0],
        "home_is_public": home_is_public,
        "consent": (Consent.INITIALS if number % 10 == 5 else Consent.FULL).value,
        "consent_given_by": ConsentGiver.INVENTED.value,
        "born_detail": _born_detail(number).value,
        "summary_en": f"An invented person: {english}{place[0]}. The case is made up for the demonstration.",
        "summary_uk": f"Особа для показу, якої не існує: {ukrainian}{place[1]}.",
        "private_notes": "Made up by make_demo.",
    }
    for name in name_rows(person, number):
        draft.add("names", **name)
    draft.add("roles", role=role.value)
    if past:
        return
    draft.add("citizenships", country="UA", basis="birth_or_choice")
    if number % 3 == 1:
        draft.add("citizenships", country="RU", basis="imposed")


def _born_detail(number: int) -> DateDetail:
    if number % 8 == 3:
        return DateDetail.HIDDEN
    return DateDetail.YEAR if number % 4 == 1 else DateDetail.DAY


def _age(draft: Draft) -> None:
    """Give a date of birth: a minor at arrest now and then, otherwise an adult; some are known to the year only."""
    if "born" in draft.prisoner:
        return
    arrests = [row for row in draft.parts.get("events", []) if row["kind"] == EventKind.ARREST.value]
    if draft.number % 15 == 8 and arrests:
        arrested = parse(arrests[0]["happened"]).earliest or draft.today
        draft.prisoner["born"] = (arrested - timedelta(days=draft.between(16 * 366, 17 * 365))).isoformat()
        return
    born = draft.today - timedelta(days=draft.between(27 * 365, 66 * 365))
    exact, approximate = born.isoformat(), f"{born.year}~"
    draft.prisoner["born"] = approximate if draft.number % 6 == 3 else exact


def _opened_by(draft: Draft) -> Group | None:
    """Return the group that others may join: every other leader has codefendants."""
    row = next(row for row in draft.parts["proceedings"] if row.get("key"))
    decided = [decision["sentence"] for decision in row["decisions"] if "sentence" in decision]
    arrest = parse(row["opened"]).earliest
    if draft.number % 2 == 0 or arrest is None:
        return None
    verdict, appeal = (parse(decision["decided_on"]).earliest for decision in row["decisions"][1:])
    provisions = tuple(charge["provision"] for charge in row["charges"])
    ago = [(draft.today - day).days for day in (arrest, verdict, appeal) if day is not None]
    course = Course(ago[0], ago[1], ago[2], provisions, decided[0]["years"])
    terms = [(term["years"], term.get("months", 0)) for term in decided]
    return Group(key=draft.code, course=course, terms=terms, open_places=GROUP_SIZE - 1)


def _join(draft: Draft, group: Group) -> None:
    """Let the person be a codefendant: arrested on the same day, tried in the same case, sentenced alike."""
    moved(draft, group.course, last=None)
    terms: list[Row | None] = [None, *(sentence(draft, years, months) for years, months in group.terms)]
    from_group = charges(draft, group.course, ChargeOutcome.CONVICTED)
    draft.add("proceedings", join=group.key, charges=from_group, sentences=terms)


def _finished(draft: Draft) -> DemoCase:
    place = (draft.number - 1) % ROUND + 1
    if place == WITHOUT_CONSENT:
        draft.prisoner |= {"consent": Consent.NONE.value, "consent_given_by": ""}
    return DemoCase(
        code=draft.code,
        document={"prisoner": draft.cited(**draft.prisoner), **draft.parts},
        review=REVIEWS.get(place, Review.PUBLISHED),
        is_ticked=place in TICKED,
        household=draft.number if draft.number % 5 == 0 else None,
    )
