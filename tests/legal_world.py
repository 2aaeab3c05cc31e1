"""Invented cases to which the law says something: charged, tried, sentenced and held in known places."""

from typing import Any

from cases.enums import ChargeOutcome, CoordinatePrecision, DecisionOutcome, EventKind, Instance, Regime
from cases.models import Decision, Defendant, DetentionSite, Event, Place, Prisoner, Sentence, Stay
from tests.factories import (
    ChargeFactory,
    CitationFactory,
    CitizenshipFactory,
    CourtFactory,
    DecisionFactory,
    DefendantFactory,
    DetentionSiteFactory,
    EventFactory,
    LegalCodeFactory,
    PersonNameFactory,
    PlaceFactory,
    PrisonerFactory,
    ProvisionFactory,
    SentenceFactory,
    SentenceSegmentFactory,
    StayFactory,
)


def simferopol(**changes: Any) -> Place:
    return PlaceFactory(
        **{
            "name_en": "Simferopol",
            "name_uk": "Сімферополь",
            "latitude": "44.95719",
            "longitude": "34.11079",
            "controlled_since": "2014-03-18",
        }
        | changes
    )


def russian(name: str, region: str, latitude: str, longitude: str) -> Place:
    return PlaceFactory(
        name_en=name,
        name_uk=name,
        sovereign="RU",
        region=region,
        controlled_by="",
        controlled_since=None,
        latitude=latitude,
        longitude=longitude,
    )


def rostov() -> Place:
    return russian("Rostov-on-Don", "RU-ROS", "47.23135", "39.72328")


def colony(**changes: Any) -> DetentionSite:
    place = russian("Tambov", "RU-TAM", "52.73169", "41.44326")
    made = {"name_en": "Invented colony", "name_uk": "Вигадана колонія", "kind": "colony", "place": place}
    return DetentionSiteFactory(**made | changes)


def person(**fields: Any) -> Prisoner:
    """Return somebody who may be named and is cited nowhere yet."""
    made: Prisoner = PrisonerFactory(
        **{"summary_en": "An invented teacher.", "summary_uk": "Вигаданий учитель."} | fields
    )
    PersonNameFactory(prisoner=made, text="Vyhadan Nikhto", is_preferred=True)
    PersonNameFactory(prisoner=made, text="Вигадан Ніхто", language="uk", is_preferred=True)
    return made


def charged(prisoner: Prisoner, *articles: tuple[str, str], **fields: Any) -> Defendant:
    """Return the person as a defendant, charged under articles of the captor's code."""
    defendant: Defendant = DefendantFactory(prisoner=prisoner)
    code = LegalCodeFactory()
    for article, part in articles:
        ChargeFactory(
            defendant=defendant,
            provision=ProvisionFactory(code=code, article=article, part=part),
            **{"outcome": ChargeOutcome.CONVICTED.value} | fields,
        )
    return defendant


def decided(
    defendant: Defendant, on: str | None, outcome: DecisionOutcome, instance: Instance = Instance.FIRST, **fields: Any
) -> Decision:
    made: Decision = DecisionFactory(
        proceeding=defendant.proceeding, decided_on=on, outcome=outcome.value, instance=instance.value, **fields
    )
    return made


def sentenced(decision: Decision, defendant: Defendant, *regimes: Regime, **length: Any) -> Sentence:
    """Give a sentence with a segment for each regime; only the last may be the rest."""
    made: Sentence = SentenceFactory(decision=decision, defendant=defendant, **{"years": None} | length)
    for position, regime in enumerate(regimes, start=1):
        SentenceSegmentFactory(sentence=made, position=position, regime=regime.value)
    return made


def arrested(prisoner: Prisoner, on: str, **fields: Any) -> Event:
    made: Event = EventFactory(prisoner=prisoner, kind=EventKind.ARREST.value, happened=on, **fields)
    return made


def fourteen_years(prisoner: Prisoner | None = None, **fields: Any) -> Prisoner:
    """Detained on 21 May 2018, 14 years of strict regime under 205.5(2), in force on 14 March 2022: FIELD, section 4.

    Taken in Simferopol, tried in Rostov-on-Don, serving near Tambov; at home in Simferopol.
    """
    home = simferopol()
    prisoner = prisoner or person(**{"home": home} | fields)
    court = CourtFactory(name_en="Invented court", name_uk="Вигаданий суд", place=rostov())
    CitizenshipFactory(prisoner=prisoner)
    arrested(prisoner, "2018-05-21", place=home)
    sizo = DetentionSiteFactory(place=home, name_en="Invented SIZO", name_uk="Вигаданий СІЗО")
    StayFactory(prisoner=prisoner, site=sizo, started="2018-05-21", ended="2022-04-01")
    StayFactory(prisoner=prisoner, site=colony(), started="2022-05-01", ended=None)
    defendant = charged(prisoner, ("205.5", "2"), act_from="2016-01", act_to="2018-05-20")
    first = decided(defendant, "2020-09-16", DecisionOutcome.CONVICTED, court=court)
    sentenced(first, defendant, Regime.STRICT, years=14)
    decided(defendant, "2022-03-14", DecisionOutcome.UPHELD, Instance.APPEAL, court=court)
    cite_all(prisoner)
    return prisoner


def cite_all(prisoner: Prisoner) -> None:
    """Cite a source for what the door would otherwise ask about; one is enough."""
    for stay in Stay.objects.filter(prisoner=prisoner):
        CitationFactory(record=stay, prisoner=prisoner)


EXACT = CoordinatePrecision.EXACT.value
