"""Invented cases of the Soviet past as the crowd has them: how they ran, and how they were reviewed, or not, afterwards.

The shares are rough and made up, after what is generally known of those years; they serve as load and say nothing of
history. Every body that decides in them on rehabilitation is as invented as the people.
"""

from collections.abc import Callable

from cases.domain.demo_past import INVENTED_BODY, LAW_OF_1991
from cases.domain.demo_world import Draft
from cases.domain.shares import Shares
from cases.enums import DecisionOutcome, EventKind, Instance, ReleaseKind, StayKind

PROVISIONS = ("rsfsr-58-10", "ukrssr-54-10")
TROIKA, COUNCIL, TRIBUNAL = "nkvd-troika", "nkvd-special-council", "military-tribunal-soviet"
TERMS = (3, 5, 5, 8, 8, 10, 10, 10, 25)
DECREE_OF_1955 = ("Decree of 1955", "Указ 1955 року")


def day(draft: Draft, year: int, month: int) -> str:
    """Return a date in a month as archives know it: to the day, the month, the year, or about the year."""
    chance = draft.rng.random()
    if chance < 0.6:
        return f"{year}-{month:02}-{draft.rng.randint(1, 28):02}"
    if chance < 0.82:
        return f"{year}-{month:02}"
    return str(year) if chance < 0.96 else f"{year}~"


def _charged(draft: Draft, kind: str, court: str, decided: str, **punishment: object) -> None:
    provision = draft.rng.choice(PROVISIONS)
    charges = [draft.cited(provision=provision, outcome="convicted")] if provision in draft.world.provisions else []
    decision = draft.cited(
        instance=Instance.EXTRAJUDICIAL.value if kind == "extrajudicial" else Instance.FIRST.value,
        court=court,
        outcome=DecisionOutcome.CONVICTED.value,
        decided_on=decided,
        in_force_from=decided,
        sentence=draft.cited(**punishment),
    )
    draft.add(
        "proceedings",
        kind=kind,
        title_en=f"Invented Soviet case {draft.number}",
        title_uk=f"Радянська справа для показу {draft.number}",
        charges=charges,
        decisions=[decision],
    )


def _arrested(draft: Draft, year: int, month: int) -> None:
    draft.event(EventKind.ARREST.value, day(draft, year, month), place=draft.town[0])


def shot(draft: Draft) -> None:
    """Tell of an arrest in 1937 or 1938 and of an execution on the decision of a troika."""
    year, month = draft.rng.choice((1937, 1938)), draft.between(1, 9)
    _arrested(draft, year, month)
    _charged(draft, "extrajudicial", TROIKA, day(draft, year, month + 1), death=True)
    died = day(draft, year, month + 2)
    draft.event(EventKind.EXECUTION.value, died)
    draft.prisoner["died"] = died
    _born(draft, year, 20, 65)


def camp(draft: Draft) -> None:
    """Tell of a term in a camp that was served, or ended by an amnesty."""
    year, month, years = draft.between(1929, 1951), draft.between(1, 10), draft.rng.choice(TERMS)
    freed = min(year + years, max(1956, year + 2)) if years == 25 else year + years
    court, kind = (
        (TRIBUNAL, "military") if 1941 <= year <= 1945 and draft.number % 3 == 0 else (COUNCIL, "extrajudicial")
    )
    _arrested(draft, year, month)
    ends = day(draft, freed, month)
    draft.stay(StayKind.UNKNOWN.value, str(year), ends)
    segments = [draft.cited(regime="camp", is_remainder=True)]
    _charged(draft, kind, court, day(draft, year, month + 2), years=years, segments=segments)
    how = ReleaseKind.AMNESTY if years == 25 else ReleaseKind.TERM_SERVED
    draft.event(EventKind.RELEASE.value, ends, release_kind=how.value)
    _born(draft, year, 18, 60)


def died_in_camp(draft: Draft) -> None:
    """Tell of a death in a camp."""
    year, month, years = draft.between(1930, 1945), draft.between(1, 10), draft.rng.choice(TERMS)
    died = day(draft, year + draft.between(1, max(2, min(years, 8))), draft.between(1, 12))
    _arrested(draft, year, month)
    draft.stay(StayKind.UNKNOWN.value, str(year), died)
    segments = [draft.cited(regime="camp", is_remainder=True)]
    _charged(draft, "extrajudicial", COUNCIL, day(draft, year, month + 2), years=years, segments=segments)
    draft.event(EventKind.DEATH.value, died, ("Died in the camp", "Смерть у таборі"))
    draft.prisoner["died"] = died
    _born(draft, year, 18, 65)


def exiled(draft: Draft) -> None:
    """Tell of a family driven from its home, without any proceeding."""
    title = ("Driven out with the family", "Виселення разом із родиною")
    year = draft.rng.choice((1930, 1930, 1931, 1935, 1941, 1947, 1949))
    draft.event(EventKind.EXILE.value, day(draft, year, draft.between(1, 12)), title, place=draft.town[0])
    _no_proceeding(draft, year)


def deported(draft: Draft) -> None:
    """Tell of the deportation of May 1944."""
    draft.event(EventKind.DEPORTATION_1944.value, f"1944-05-{draft.between(18, 20)}", place=draft.town[0])
    _no_proceeding(draft, 1944)


def _no_proceeding(draft: Draft, year: int) -> None:
    draft.add(
        "proceedings",
        kind="none",
        title_en="Exiled without any proceeding (invented)",
        title_uk="Вислання без жодного провадження (для показу)",
    )
    _born(draft, year, 1, 70)


def freed(draft: Draft) -> None:
    """Tell of somebody who was arrested in 1938 and let go in 1939, the case closed."""
    _arrested(draft, 1938, draft.between(1, 12))
    happened = day(draft, 1939, draft.between(2, 12))
    draft.event(EventKind.RELEASE.value, happened, release_kind=ReleaseKind.CASE_DROPPED.value)
    _born(draft, 1938, 18, 60)


def _born(draft: Draft, taken: int, youngest: int, oldest: int) -> None:
    year = taken - draft.between(youngest, oldest)
    draft.prisoner["born"] = day(draft, year, draft.between(1, 12))


# Afterwards --------------------------------------------------------------------------------------------------------


def reviewed(draft: Draft) -> None:
    """Tell how the case was reviewed: rehabilitated in one of two waves, refused before, never, or taken back since 2020."""
    chance = draft.rng.random()
    if chance < 0.08:
        return
    early = chance < 0.4
    granted = draft.between(1955, 1962) if early else draft.between(1989, 1995)
    if draft.rng.random() < 0.07:
        _decided(draft, "refused", str(granted - draft.between(1, 3)))
    law = DECREE_OF_1955 if early else LAW_OF_1991
    _decided(draft, "granted", day(draft, granted, draft.between(1, 12)), law)
    if draft.rng.random() < TAKEN_BACK:
        rescinded = draft.rng.choice(("2020", "2021", "2022", "2023", "2024", "2025", "2024/2025"))
        _decided(draft, "rescinded", rescinded)
        if draft.rng.random() < 0.1:
            _decided(draft, "granted", f"2026-0{draft.between(1, 8)}", LAW_OF_1991)


#: One in so many rehabilitations is taken back: some four thousand of 3.5 million.
TAKEN_BACK = 1 / 800


def _decided(draft: Draft, outcome: str, decided_on: str, law: tuple[str, str] = ("", "")) -> None:
    draft.add(
        "rehabilitations",
        outcome=outcome,
        decided_on=decided_on,
        body=INVENTED_BODY,
        document_number=f"{draft.number}-в",
        **({"law_en": law[0], "law_uk": law[1]} if law[0] else {}),
    )


#: How often each story is told, of a hundred.
STORIES: Shares[Callable[[Draft], None]] = Shares((camp, 46), (shot, 22), (died_in_camp, 10), (exiled, 18), (freed, 4))
