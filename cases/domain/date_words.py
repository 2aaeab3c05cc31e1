"""The words in which people write dates: English, Ukrainian, Russian, Crimean Tatar, Turkish.

Data only, and how a word is folded so that accents, case and look-alike letters do not matter.
"""

import unicodedata

from cases.domain.edtf_dates import AUTUMN, SPRING, SUMMER, WINTER

# Every form in which a month is read: nominative, genitive, locative, instrumental, abbreviations.
MONTH_FORMS: tuple[str, ...] = (
    "january jan січень січня січні січнем січ январь января январе январем янв yanvar ocak oca i",
    "february feb febr лютий лютого лютому лютим лют февраль февраля феврале февралем фев февр fevral şubat şub ii",
    "march mar березень березня березні березнем бер март марта марте мартом мар mart iii",
    "april apr квітень квітня квітні квітнем квіт кві апрель апреля апреле апрелем апр aprel nisan nis iv",
    "may травень травня травні травнем трав тра май мая мае маем майыс mayıs v",
    "june jun червень червня червні червнем черв чер июнь июня июне июнем июн iyün haziran haz vi",
    "july jul липень липня липні липнем лип июль июля июле июлем июл iyül temmuz tem vii",
    "august aug серпень серпня серпні серпнем серп сер август августа августе августом авг avgust ağustos ağu viii",
    (
        "september sep sept вересень вересня вересні вереснем вер сентябрь"
        " сентября сентябре сентябрем сен сент sentâbr eylül eyl ix"
    ),
    "october oct жовтень жовтня жовтні жовтнем жовт жов октябрь октября октябре октябрем окт oktâbr ekim eki x",
    (
        "november nov листопад листопада листопаді листопадом лист лис ноябрь"
        " ноября ноябре ноябрем ноя нояб noyabr kasım kas xi"
    ),
    "december dec грудень грудня грудні груднем груд гру декабрь декабря декабре декабрем дек dekabr aralık ara xii",
)
_TURKIC_MONTHS: tuple[str, ...] = (
    "yanvar ocak", "fevral şubat", "mart", "aprel nisan", "mayıs", "iyün haziran", "iyül temmuz",
    "avgust ağustos", "sentâbr eylül", "oktâbr ekim", "noyabr kasım", "dekabr aralık",
)  # fmt: skip
_TURKIC_ENDINGS = "nıñ niñ nın nin da de ta te dan den tan ten ı i u ü"
SEASON_FORMS: dict[int, str] = {
    SPRING: "spring весна весни весні весною навесні весны весне весной baar bahar baarde baarniñ ilkbahar",
    SUMMER: "summer літо літа літі літом влітку лето лета лете летом yaz yazda yaznıñ",
    AUTUMN: "autumn fall осінь осені осінню восени осень осени осенью küz küzde küzniñ sonbahar",
    WINTER: "winter зима зими зимі зимою взимку зимы зиме зимой qış qışta qışnıñ kış",
}
# Words that add nothing to a date.
_FILLERS = (
    "the of in on at st nd rd th y yr year years у в во на числа го ого р рр рік року роки роках роком"
    " років н народження рождения г гг год года году годы годах годом годов senesi"
    " seneleri sene senesinde senesinden seneleriniñ"
    " yıl yılı yılında yılından ay ayı ayında ayından dan den tan ten da de ta te"
)
# Latin and Cyrillic letters that look the same, in lower case or as capitals.
_LOOKALIKES = str.maketrans("авекмнорстухіјѕһ", "abekmhopctyxijsh")
_DASHES = "‐‑‒–—―−⸺⸻﹘﹣－⁃"
SAME_SIGNS = str.maketrans({**dict.fromkeys(_DASHES, "-"), **dict.fromkeys("⁄∕／", "/"), **dict.fromkeys("∼～≈˜", "~")})


def fold(text: str) -> str:
    """Lower case without accents: "Травні" and "травнi" differ still, "Mayıs" and "mayis" do not."""
    spread = unicodedata.normalize("NFKD", text.casefold())
    return "".join(sign for sign in spread if unicodedata.category(sign) != "Mn").replace("ı", "i")


def skeleton(word: str) -> str:
    """A folded word with look-alike letters made one, so that a Latin "i" in "сiчень" is harmless."""
    return fold(word).translate(_LOOKALIKES)


def _by_word(numbered: dict[int, str]) -> dict[str, int]:
    return {skeleton(word): number for number, words in numbered.items() for word in words.split()}


TURKIC_FORMS = {
    number: " ".join(stem + ending for stem in stems.split() for ending in _TURKIC_ENDINGS.split())
    for number, stems in enumerate(_TURKIC_MONTHS, start=1)
}
MONTHS: dict[str, int] = {
    **_by_word(TURKIC_FORMS),
    **_by_word(dict(enumerate(MONTH_FORMS, start=1))),
}
SEASONS: dict[str, int] = _by_word(SEASON_FORMS)
FILLERS: frozenset[str] = frozenset(fold(word) for word in _FILLERS.split())

# Patterns over folded text. Longer alternatives stand first.
UNCERTAIN = (
    "possibly|probably|perhaps|maybe|можливо|імовірно|ймовірно|вірогідно|возможно|вероятно|"
    "предположительно|belki|ehtimal|muhtemelen"
)
APPROXIMATE = (
    "approximately|approx\\.?|around|about|circa|ca\\.|ca|c\\.|c|бл\\.|близько|приблизно|прибл\\.|біля|орієнтовно|"
    "около|примерно|прим\\.|ок\\.|приблизительно|ориентировочно|taqriben|taqribiy|tahminen|yaklasik|~"
)
BEFORE = "before|prior to|раніше|до|перед|раньше"
AFTER = "after|пізніше|після|позднее|позже|после"
UNTIL = "no later than|not later than|by|until|till|up to|не пізніше|не позднее|не позже|по"
SINCE = (
    "no earlier than|not earlier than|since|from|не раніше|не ранее|не раньше|починаючи з|начиная с|від|із|зі|з|от|со|с"
)
BEFORE_AFTERWARDS = "evel|once"
AFTER_AFTERWARDS = "son|sonra"
UNTIL_AFTERWARDS = "or earlier|or before|або раніше|чи раніше|или раньше|или ранее|yaki daa evel|veya once"
SINCE_AFTERWARDS = "or later|or after|або пізніше|чи пізніше|или позже|или позднее|yaki daa son|veya sonra"
CLOSED_RANGES = (
    r"between (.+) and (.+)",
    r"from (.+) (?:to|until|till|through) (.+)",
    r"між (.+) (?:та|і|й) (.+)",
    r"между (.+) и (.+)",
    r"(?:з|із|зі|від) (.+) (?:до|по) (.+)",
    r"(?:с|со|от) (.+) (?:до|по) (.+)",
    r"(.+) to (.+)",
    r"(.+) (?:or|або|чи|или|yaki) (.+)",
    r"(.+) (?:ile|ve) (.+) ara(?:si|sinda)",
)
