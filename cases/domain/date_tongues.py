"""How each of the reader's languages words dates and lengths of time. Data, and the choice of a language."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Tongue:
    """How one language tells dates. Templates name their one date `{}`."""

    months: tuple[str, ...]
    months_genitive: tuple[str, ...]  # after "around", "before", "after" and a day's number
    seasons: tuple[str, ...]
    seasons_genitive: tuple[str, ...]
    decade: str
    decade_genitive: str
    around: str
    possibly: str
    or_earlier: str
    or_later: str
    before_year: str
    before_month: str
    after_year: str
    after_month: str
    unknown: str
    about: str
    at_least: str
    at_most: str
    between: str
    # unit -> nominative one, few, many; genitive singular, genitive plural
    units: dict[str, tuple[str, str, str, str, str]]
    slavic_plurals: bool


def _split(words: str) -> tuple[str, ...]:
    return tuple(words.split())


_EN_MONTHS = _split("January February March April May June July August September October November December")
_CRH_MONTHS = _split("yanvar fevral mart aprel mayıs iyün iyül avgust sentâbr oktâbr noyabr dekabr")
_TONGUES = {
    "en": Tongue(
        months=_EN_MONTHS,
        months_genitive=_EN_MONTHS,
        seasons=_split("spring summer autumn winter"),
        seasons_genitive=_split("spring summer autumn winter"),
        decade="{}s",
        decade_genitive="{}s",
        around="around {}",
        possibly="possibly {}",
        or_earlier="{} or earlier",
        or_later="{} or later",
        before_year="before {}",
        before_month="before {}",
        after_year="after {}",
        after_month="after {}",
        unknown="unknown length of time",
        about="about {}",
        at_least="at least {}",
        at_most="up to {}",
        between="between {} and {}",
        units={
            "day": ("day", "days", "days", "day", "days"),
            "month": ("month", "months", "months", "month", "months"),
            "year": ("year", "years", "years", "year", "years"),
        },
        slavic_plurals=False,
    ),
    "uk": Tongue(
        months=_split("січень лютий березень квітень травень червень липень серпень вересень жовтень листопад грудень"),
        months_genitive=_split(
            "січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня"
        ),
        seasons=_split("весна літо осінь зима"),
        seasons_genitive=_split("весни літа осені зими"),
        decade="{}-ті роки",
        decade_genitive="{}-х років",
        around="близько {}",
        possibly="можливо, {}",
        or_earlier="{} або раніше",
        or_later="{} або пізніше",
        before_year="до {}",
        before_month="до {}",
        after_year="після {}",
        after_month="після {}",
        unknown="невідомо скільки",
        about="близько {}",
        at_least="щонайменше {}",
        at_most="до {}",
        between="від {} до {}",
        units={
            "day": ("день", "дні", "днів", "дня", "днів"),
            "month": ("місяць", "місяці", "місяців", "місяця", "місяців"),
            "year": ("рік", "роки", "років", "року", "років"),
        },
        slavic_plurals=True,
    ),
    "ru": Tongue(
        months=_split("январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь"),
        months_genitive=_split("января февраля марта апреля мая июня июля августа сентября октября ноября декабря"),
        seasons=_split("весна лето осень зима"),
        seasons_genitive=_split("весны лета осени зимы"),
        decade="{}-е годы",
        decade_genitive="{}-х годов",
        around="около {}",
        possibly="возможно, {}",
        or_earlier="{} или раньше",
        or_later="{} или позже",
        before_year="до {}",
        before_month="до {}",
        after_year="после {}",
        after_month="после {}",
        unknown="неизвестно сколько",
        about="около {}",
        at_least="не менее {}",
        at_most="до {}",
        between="от {} до {}",
        units={
            "day": ("день", "дня", "дней", "дня", "дней"),
            "month": ("месяц", "месяца", "месяцев", "месяца", "месяцев"),
            "year": ("год", "года", "лет", "года", "лет"),
        },
        slavic_plurals=True,
    ),
    "crh-latn": Tongue(
        months=_CRH_MONTHS,
        months_genitive=_CRH_MONTHS,
        seasons=_split("baar yaz küz qış"),
        seasons_genitive=_split("baar yaz küz qış"),
        decade="{}–{} seneleri",
        decade_genitive="{}–{} seneleri",
        around="taqriben {}",
        possibly="belki {}",
        or_earlier="{} yaki daa evel",
        or_later="{} yaki daa soñ",
        before_year="{} senesinden evel",
        before_month="{} ayından evel",
        after_year="{} senesinden soñ",
        after_month="{} ayından soñ",
        unknown="müddeti belli degil",
        about="taqriben {}",
        at_least="eñ az {}",
        at_most="eñ çoq {}",
        between="{}–{}",
        units={
            "day": ("kün",) * 5,
            "month": ("ay",) * 5,
            "year": ("yıl",) * 5,
        },
        slavic_plurals=False,
    ),
}
_SAME_TONGUE = {"crh": "crh-latn"}


def tongue_of(language: str) -> tuple[str, Tongue]:
    code = language.lower().replace("_", "-")
    for name in (code, _SAME_TONGUE.get(code, ""), code.split("-")[0]):
        if name in _TONGUES:
            return name, _TONGUES[name]
    return "en", _TONGUES["en"]
