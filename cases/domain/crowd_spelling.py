"""How the names of invented people are spelled in other scripts and systems: tables, read unit by unit, longest first.

They follow the systems by which archives, passports and newspapers spell names (the resolution of the Ukrainian
government of 2010, the ICAO passport table, scholarly transliteration); they make names up, and look nobody up.
"""

import re
from collections.abc import Callable
from functools import lru_cache

Speller = Callable[[str], str]


def _pairs(text: str) -> dict[str, str]:
    return dict(pair.split("=") for pair in text.split())


def _speller(table: dict[str, str], *, first: dict[str, str] | None = None, plain: bool = False) -> Speller:
    """Return what spells a word by a table; `first` holds at the beginning. `plain`: a script without capitals."""
    units = re.compile("|".join(sorted(map(re.escape, table), key=len, reverse=True)))
    opening = first or {}

    @lru_cache(maxsize=30_000)
    def spelled(word: str) -> str:
        low = word.replace("İ", "i").lower()
        head = ""
        for unit in sorted(opening, key=len, reverse=True):
            if low.startswith(unit):
                head, low = opening[unit], low[len(unit) :]
                break
        text = head + units.sub(lambda unit: table[unit.group()], low)
        return text if plain else text[:1].upper() + text[1:]

    return spelled


UKRAINIAN = (
    "а=a б=b в=v г=h ґ=g д=d е=e ж=zh з=z и=y і=i к=k л=l м=m н=n о=o п=p р=r с=s т=t у=u ф=f х=kh ц=ts ч=ch ш=sh "
    "щ=shch ь= ’= зг=zgh"
)
RUSSIAN = (
    "а=a б=b в=v г=g д=d е=e ё=e ж=zh з=z и=i к=k л=l м=m н=n о=o п=p р=r с=s т=t у=u ф=f х=kh ц=ts ч=ch ш=sh "
    "щ=shch ы=y ь= э=e"
)

#: Ukrainian to Latin as the government's resolution of 2010 has it; as newspapers do; as scholars do.
official = _speller(_pairs(UKRAINIAN + " є=ie ї=i й=i ю=iu я=ia"), first=_pairs("є=ye ї=yi й=y ю=yu я=ya"))
popular = _speller(_pairs(UKRAINIAN + " ий=y г=g є=ye ї=yi й=y ю=yu я=ya"))
scholarly = _speller(_pairs(UKRAINIAN + " зг=zh ж=ž х=x ц=c ч=č ш=š щ=šč є=je ї=ji й=j ю=ju я=ja ь=ʹ"))
#: Russian to Latin as passports (ICAO) and as newspapers do.
passport = _speller(_pairs(RUSSIAN + " й=i ъ=ie ю=iu я=ia"))
press = _speller(_pairs(RUSSIAN + " ий=y ый=y й=y ъ= ю=yu я=ya ё=yo"))

#: A Ukrainian family name as Soviet papers wrote it, and a Russian one in Ukrainian.
russified = _speller(
    _pairs("ський=ский цький=цкий зький=зкий ська=ская цька=цкая зька=зкая ий=ый і=и и=ы ї=и є=е ґ=г ’=ъ")
)
ukrainised = _speller(_pairs("ский=ський ская=ська цкий=цький цкая=цька ый=ий ая=а ы=и э=е ё=ьо ъ=’"), first={"и": "і"})

_POLISH = (
    "sz=ш cz=ч szcz=щ rz=ж ż=ж ź=з ch=х ck=цк "
    " dz=дз dż=дж ria=рія lia=лія nia=нія ia=я ie=е io=йо iu=ю ja=я je=є jo=йо ju=ю ją=йон "
    "a=а ą=он b=б c=ц ć=ць d=д e=е ę=ен f=ф g=г h=г i=і j=й k=к l=л ł=л m=м n=н ń=нь o=о ó=у p=п r=р s=с ś=сь t=т u=у "
    "w=в y=и z=з ski=ський cki=цький ska=ська cka=цька"
)
_GERMAN = (
    "heinr=генр lf=льф lg=льг ia=ія ie=і "
    "sch=ш tsch=ч ch=х ck=к ei=ай ai=ай eu=ой äu=ой ph=ф th=т tz=ц sp=шп st=шт ss=с ß=с qu=кв "
    "a=а ä=е b=б c=к d=д e=е f=ф g=г h=г i=і j=й k=к l=л m=м n=н o=о ö=е p=п r=р s=с t=т u=у ü=ю v=ф w=в x=кс y=і z=ц "
    "ah=а eh=е oh=о uh=у üh=ю äh=е öh=е ja=я ju=ю je=є jo=йо"
)
_YIDDISH = (
    "tsh=ч kh=х sh=ш zh=ж ts=ц oy=ой ey=ей ay=ай ya=я ye=є yo=йо yu=ю "
    "a=а b=б d=д e=е f=ф g=г h=г i=і k=к l=л m=м n=н o=о p=п r=р s=с t=т u=у v=в y=й z=з "
    "ski=ський ska=ська"
)
_CRIMEAN = (
    "a=а â=я b=б c=дж ç=ч d=д e=е f=ф g=г ğ=г h=х ı=и i=і j=ж k=к l=л m=м n=н ñ=н o=о ö=о p=п q=к r=р s=с ş=ш t=т u=у "
    "ü=ю v=в y=й z=з ya=я yu=ю ye=є yı=ї yi=ї yo=йо"
)


def _in_russian(table: str) -> dict[str, str]:
    """Return a table into Ukrainian letters as one into Russian letters."""
    letters = str.maketrans({"і": "и", "и": "ы", "ї": "и", "є": "е"})
    return {
        unit: text.replace("ськ", "ск").replace("цьк", "цк").translate(letters) for unit, text in _pairs(table).items()
    }


polish_in_ukrainian, polish_in_russian = (
    _speller(_pairs(_POLISH)),
    _speller(_in_russian(_POLISH) | _pairs("ski=ский cki=цкий ska=ская cka=цкая")),
)
german_in_ukrainian, german_in_russian = _speller(_pairs(_GERMAN)), _speller(_in_russian(_GERMAN), first={"e": "э"})
yiddish_in_ukrainian, yiddish_in_russian = (
    _speller(_pairs(_YIDDISH)),
    _speller(_in_russian(_YIDDISH) | _pairs("ski=ский ska=ская"), first={"e": "э"}),
)
crimean_in_ukrainian, crimean_in_russian = _speller(_pairs(_CRIMEAN)), _speller(_in_russian(_CRIMEAN), first={"e": "э"})
#: Crimean Tatar in its Cyrillic script.
crimean_cyrillic = _speller(
    _in_russian(_CRIMEAN) | _pairs("q=къ ğ=гъ ñ=нъ ö=ё ü=ю"), first={"e": "э", "ö": "о", "ü": "у"}
)

_hebrew = _speller(
    _pairs(
        "tsh=טש kh=כ sh=ש zh=זש ts=צ oy=ױ ey=ײ ay=ײַ a=אַ b=ב d=ד e=ע f=פֿ g=ג h=ה i=י k=ק l=ל m=מ n=נ o=אָ p=פּ r=ר s=ס "
        "t=ט u=ו v=װ y=י z=ז"
    ),
    first=_pairs("oy=אױ ey=אײ ay=אײַ i=אי u=או"),
    plain=True,
)
_LAST_LETTERS = {"מ": "ם", "נ": "ן", "כ": "ך", "צ": "ץ", "פֿ": "ף"}


def yiddish(word: str) -> str:
    """Return a romanised Yiddish name in Hebrew letters, with the forms that letters have at the end."""
    text = _hebrew(word)
    for letter, last in _LAST_LETTERS.items():
        if text.endswith(letter):
            return text.removesuffix(letter) + last
    return text


def lookalike(text: str) -> str:
    """Return a Cyrillic text whose first "о" is the Latin letter, as careless copies have it."""
    return text.replace("о", "o", 1)
