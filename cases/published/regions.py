"""Names of the regions of Ukraine and Russia by ISO 3166-2 code. Crimea and Sevastopol are UA-43 and UA-40."""

from cases.published.documents import Words

UKRAINE = """
05|Vinnytsia Oblast|Вінницька область
07|Volyn Oblast|Волинська область
09|Luhansk Oblast|Луганська область
12|Dnipropetrovsk Oblast|Дніпропетровська область
14|Donetsk Oblast|Донецька область
18|Zhytomyr Oblast|Житомирська область
21|Zakarpattia Oblast|Закарпатська область
23|Zaporizhzhia Oblast|Запорізька область
26|Ivano-Frankivsk Oblast|Івано-Франківська область
30|Kyiv|Київ
32|Kyiv Oblast|Київська область
35|Kirovohrad Oblast|Кіровоградська область
40|Sevastopol|Севастополь
43|Autonomous Republic of Crimea|Автономна Республіка Крим
46|Lviv Oblast|Львівська область
48|Mykolaiv Oblast|Миколаївська область
51|Odesa Oblast|Одеська область
53|Poltava Oblast|Полтавська область
56|Rivne Oblast|Рівненська область
59|Sumy Oblast|Сумська область
61|Ternopil Oblast|Тернопільська область
63|Kharkiv Oblast|Харківська область
65|Kherson Oblast|Херсонська область
68|Khmelnytskyi Oblast|Хмельницька область
71|Cherkasy Oblast|Черкаська область
74|Chernihiv Oblast|Чернігівська область
77|Chernivtsi Oblast|Чернівецька область
"""

RUSSIA = """
AD|Adygea|Адигея
AL|Altai Republic|Республіка Алтай
ALT|Altai Krai|Алтайський край
AMU|Amur Oblast|Амурська область
ARK|Arkhangelsk Oblast|Архангельська область
AST|Astrakhan Oblast|Астраханська область
BA|Bashkortostan|Башкортостан
BEL|Belgorod Oblast|Бєлгородська область
BRY|Bryansk Oblast|Брянська область
BU|Buryatia|Бурятія
CE|Chechnya|Чечня
CHE|Chelyabinsk Oblast|Челябінська область
CHU|Chukotka|Чукотка
CU|Chuvashia|Чувашія
DA|Dagestan|Дагестан
IN|Ingushetia|Інгушетія
IRK|Irkutsk Oblast|Іркутська область
IVA|Ivanovo Oblast|Івановська область
KAM|Kamchatka Krai|Камчатський край
KB|Kabardino-Balkaria|Кабардино-Балкарія
KC|Karachay-Cherkessia|Карачаєво-Черкесія
KDA|Krasnodar Krai|Краснодарський край
KEM|Kemerovo Oblast|Кемеровська область
KGD|Kaliningrad Oblast|Калінінградська область
KGN|Kurgan Oblast|Курганська область
KHA|Khabarovsk Krai|Хабаровський край
KHM|Khanty-Mansi Autonomous Okrug|Ханти-Мансійський автономний округ
KIR|Kirov Oblast|Кіровська область
KK|Khakassia|Хакасія
KL|Kalmykia|Калмикія
KLU|Kaluga Oblast|Калузька область
KO|Komi Republic|Республіка Комі
KOS|Kostroma Oblast|Костромська область
KR|Karelia|Карелія
KRS|Kursk Oblast|Курська область
KYA|Krasnoyarsk Krai|Красноярський край
LEN|Leningrad Oblast|Ленінградська область
LIP|Lipetsk Oblast|Липецька область
MAG|Magadan Oblast|Магаданська область
ME|Mari El|Марій Ел
MO|Mordovia|Мордовія
MOS|Moscow Oblast|Московська область
MOW|Moscow|Москва
MUR|Murmansk Oblast|Мурманська область
NEN|Nenets Autonomous Okrug|Ненецький автономний округ
NGR|Novgorod Oblast|Новгородська область
NIZ|Nizhny Novgorod Oblast|Нижньогородська область
NVS|Novosibirsk Oblast|Новосибірська область
OMS|Omsk Oblast|Омська область
ORE|Orenburg Oblast|Оренбурзька область
ORL|Oryol Oblast|Орловська область
PER|Perm Krai|Пермський край
PNZ|Penza Oblast|Пензенська область
PRI|Primorsky Krai|Приморський край
PSK|Pskov Oblast|Псковська область
ROS|Rostov Oblast|Ростовська область
RYA|Ryazan Oblast|Рязанська область
SA|Sakha (Yakutia)|Саха (Якутія)
SAK|Sakhalin Oblast|Сахалінська область
SAM|Samara Oblast|Самарська область
SAR|Saratov Oblast|Саратовська область
SE|North Ossetia–Alania|Північна Осетія — Аланія
SMO|Smolensk Oblast|Смоленська область
SPE|Saint Petersburg|Санкт-Петербург
STA|Stavropol Krai|Ставропольський край
SVE|Sverdlovsk Oblast|Свердловська область
TA|Tatarstan|Татарстан
TAM|Tambov Oblast|Тамбовська область
TOM|Tomsk Oblast|Томська область
TUL|Tula Oblast|Тульська область
TVE|Tver Oblast|Тверська область
TY|Tuva|Тива
TYU|Tyumen Oblast|Тюменська область
UD|Udmurtia|Удмуртія
ULY|Ulyanovsk Oblast|Ульяновська область
VGG|Volgograd Oblast|Волгоградська область
VLA|Vladimir Oblast|Владимирська область
VLG|Vologda Oblast|Вологодська область
VOR|Voronezh Oblast|Воронезька область
YAN|Yamalo-Nenets Autonomous Okrug|Ямало-Ненецький автономний округ
YAR|Yaroslavl Oblast|Ярославська область
YEV|Jewish Autonomous Oblast|Єврейська автономна область
ZAB|Zabaykalsky Krai|Забайкальський край
"""


def _read(country: str, lines: str) -> dict[str, Words]:
    rows = (line.split("|") for line in lines.strip().splitlines())
    return {f"{country}-{code}": {"en": english, "uk": ukrainian} for code, english, ukrainian in rows}


REGIONS: dict[str, Words] = _read("UA", UKRAINE) | _read("RU", RUSSIA)


def region_name(code: str, language: str) -> str:
    """Return the name of a region in English or Ukrainian; the code itself where the table has none."""
    words = REGIONS.get(code, {})
    return words.get(language) or words.get("en") or code
