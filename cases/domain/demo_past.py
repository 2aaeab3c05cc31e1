"""Invented cases of the Soviet past: shot by a troika, ten years of camp, deported in 1944."""

from cases.domain.demo_world import Draft
from cases.enums import CaseKind, ConsentGiver, DecisionOutcome, EventKind, Instance, ReleaseKind, StayKind

PROVISION = "rsfsr-58-10"
#: The body that decides in invented cases; `actions/demo.py` writes it down.
INVENTED_BODY = "invented-review-commission"
LAW_OF_1991 = ("Law of 18 October 1991", "Закон від 18 жовтня 1991 року")


def _past(draft: Draft, born: int) -> None:
    draft.prisoner |= {
        "kind": CaseKind.HISTORICAL.value,
        "born": str(born + draft.between(0, 15)) + draft.rng.choice(("", "~")),
        "consent_given_by": ConsentGiver.HISTORICAL.value,
    }


def _sentenced(draft: Draft, court: str, day: str, **punishment: object) -> None:
    decision = draft.cited(
        instance=Instance.EXTRAJUDICIAL.value,
        court=court,
        outcome=DecisionOutcome.CONVICTED.value,
        decided_on=day,
        in_force_from=day,
        sentence=draft.cited(**punishment),
    )
    charge = [draft.cited(provision=PROVISION, outcome="convicted")] if PROVISION in draft.world.provisions else []
    title = {
        "title_en": f"Invented Soviet case {draft.number}",
        "title_uk": f"Радянська справа для показу {draft.number}",
    }
    draft.add("proceedings", kind="extrajudicial", charges=charge, decisions=[decision], **title)


def _rehabilitation(draft: Draft, outcome: str, decided_on: str, law: tuple[str, str] = ("", "")) -> None:
    """Add one decision of the sequence; the body is as invented as the case."""
    draft.add(
        "rehabilitations",
        outcome=outcome,
        decided_on=decided_on,
        body=INVENTED_BODY,
        document_number=f"{draft.number}-в",
        **({"law_en": law[0], "law_uk": law[1]} if law[0] else {}),
    )


def shot(draft: Draft) -> None:
    """Tell of somebody shot by a troika's decision and rehabilitated twenty years later."""
    _past(draft, 1885)
    year, day = draft.rng.choice((1937, 1938)), draft.between(10, 28)
    draft.event(EventKind.ARREST.value, f"{year}-02-{day}", place=draft.town[0])
    _sentenced(draft, "nkvd-troika", f"{year}-04-{day}", death=True)
    draft.event(EventKind.EXECUTION.value, f"{year}-05-{day}")
    granted = draft.between(1956, 1962)
    if draft.number % 2:
        _rehabilitation(draft, "refused", str(granted - 1))
    _rehabilitation(draft, "granted", str(granted))
    if draft.number % 3 == 0:
        _rehabilitation(draft, "rescinded", f"2024-{draft.between(9, 12):02}")
    draft.prisoner["died"] = f"{year}-05-{day}"


def camp(draft: Draft) -> None:
    """Tell of ten years of camp, a rehabilitation, and its rescission."""
    _past(draft, 1895)
    year = draft.between(1943, 1945)
    draft.event(EventKind.ARREST.value, f"{year}-06", place=draft.town[0])
    draft.stay(StayKind.UNKNOWN.value, f"{year}-06", f"{year + 10}-06")
    segments = [draft.cited(regime="camp", is_remainder=True)]
    _sentenced(draft, "nkvd-special-council", f"{year}-09", years=10, segments=segments)
    draft.event(EventKind.RELEASE.value, f"{year + 10}-06", release_kind=ReleaseKind.TERM_SERVED.value)
    _rehabilitation(draft, "granted", "1992", law=LAW_OF_1991)
    _rehabilitation(draft, "rescinded", "2024/2025")
    if draft.number % 4 == 0:
        _rehabilitation(draft, "granted", f"2026-0{draft.between(2, 8)}", law=LAW_OF_1991)


def deported(draft: Draft) -> None:
    """Tell of a deportation without any proceeding."""
    _past(draft, 1900)
    draft.event(EventKind.DEPORTATION_1944.value, "1944-05-18", place=draft.town[0])
    draft.add(
        "proceedings",
        kind="none",
        title_en="Deported without any proceeding (invented)",
        title_uk="Депортація без жодного провадження (для показу)",
    )
