"""Given names and parts of family names of which invented people are made, by people.

A given name is real; "uk=ru" in Ukrainian and Russian, or one Latin form. Every family name joins a common root and a
word for what does not exist (a tale, a dream, a mirage, "invented") in its own language, in either order, before an
ending: so whoever can read it sees that nobody bears it, and no search for a name finds everybody.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Pool:
    """Parts of names: `unreal` and `roots` of family names, the vowel that links them, `endings` as (man's, woman's)."""

    men: tuple[str, ...]
    women: tuple[str, ...]
    unreal: tuple[str, ...]
    roots: tuple[str, ...]
    endings: tuple[tuple[str, str], ...]
    link: str

    def family(self, unreal: str, root: str, ending: str, *, turned: bool) -> str:
        """Put a family name together; `turned` has the word for what does not exist in the second place."""
        if not turned:
            return unreal + root + ending
        stem = unreal.lower().rstrip(f"{self.link}єy") if self.link else unreal.lower()
        return f"{root}{self.link}{stem}{ending}".capitalize()


def _pool(men: str, women: str, unreal: str, roots: str, endings: str, *, link: str = "") -> Pool:
    pairs = (ending.split("/") for ending in endings.split())
    return Pool(
        men=tuple(men.split()),
        women=tuple(women.split()),
        unreal=tuple(unreal.split()),
        roots=tuple(roots.split()),
        endings=tuple((pair[0].strip("-"), pair[-1].strip("-")) for pair in pairs),
        link=link,
    )


UKRAINIAN = _pool(
    "Іван=Иван Микола=Николай Петро=Пётр Василь=Василий Григорій=Григорий Степан=Степан Михайло=Михаил Олексій=Алексей "
    "Федір=Фёдор Андрій=Андрей Павло=Павел Семен=Семён Дмитро=Дмитрий Яків=Яков Олександр=Александр Данило=Даниил "
    "Тарас=Тарас Богдан=Богдан Максим=Максим Захар=Захар Роман=Роман Антін=Антон Кирило=Кирилл Тимофій=Тимофей "
    "Сергій=Сергей Володимир=Владимир Йосип=Иосиф Остап=Остап Юхим=Ефим Гнат=Игнат Юрій=Юрий Євген=Евгений "
    "Опанас=Афанасий Мирон=Мирон Трохим=Трофим Лука=Лука Прокіп=Прокофий Омелян=Емельян Левко=Лев Ярослав=Ярослав",
    "Марія=Мария Ганна=Анна Оксана=Ксения Катерина=Екатерина Олена=Елена Параска=Прасковья Тетяна=Татьяна Ольга=Ольга "
    "Наталія=Наталия Ірина=Ирина Євдокія=Евдокия Горпина=Агриппина Уляна=Ульяна Варвара=Варвара Мотря=Матрёна "
    "Христина=Кристина Софія=София Одарка=Дарья Меланія=Мелания Галина=Галина Любов=Любовь Віра=Вера Надія=Надежда",
    "Вигадо Небуло Уяво Казко Байко Мріє Химеро Примаро Сновидо Марево Дивобо Міфо Чаро Нетуто Нісено Фантазо",
    "дуб вовк сокол камін лісн вербн зорян степн горбан бережн криничн морозн вітрян калин ясен тополь журавл лебед "
    "орел гончар коваль бондар ткач кравч мельн рибал чумак козак гайдам скрип дудар кобзар пасіч садов город полян "
    "луг долин яр горн скел піщан глин солян медов житн пшен просян гречк макот капуст гарбуз буряк квітн травн ряст "
    "барвін волош чебр полин терен глід шипшин горіх груш яблун слив вишн черешн грабов липов берез осик клен сосн ялин "
    "кедр мох папор гриб боров зайч лисич ведмед борсук їжак білк куниц тхор видр бобр олен козуль тур зубр кабан бик "
    "теличк баран ягнят кіз півн гусар качур голуб ворон сорок дятл соловей жайвор ластів шпак горобц синиц чайк бузьк "
    "сич пугач шулік беркут щук карас окун линь сом судак бджіл джміл мурах жук метел світл темн ранков вечір північ "
    "полуд зимов літн осінн весн дощ снігур хмарн туман грім блиск іскр полум попел дим вугл залізн мідн срібн золот",
    "-енко -чук -ук -ик -як -івський/-івська -ський/-ська -ець -ович -ченко -аренко -иця",
    link="о",
)
RUSSIAN = _pool(
    "Иван=Иван Николай=Николай Пётр=Пётр Василий=Василий Алексей=Алексей Александр=Александр Михаил=Михаил "
    "Фёдор=Фёдор Сергей=Сергей Андрей=Андрей Павел=Павел Антон=Антон Виктор=Виктор Кирилл=Кирилл Дмитрий=Дмитрий "
    "Георгий=Георгий Константин=Константин Степан=Степан Игнат=Игнат Матвей=Матвей Борис=Борис Глеб=Глеб Олег=Олег "
    "Егор=Егор Тихон=Тихон Савелий=Савелий Макар=Макар Архип=Архип Денис=Денис Илья=Илья",
    "Мария=Мария Анна=Анна Елена=Елена Татьяна=Татьяна Ольга=Ольга Екатерина=Екатерина Наталья=Наталья "
    "Александра=Александра Прасковья=Прасковья Пелагея=Пелагея Евгения=Евгения Вера=Вера Надежда=Надежда "
    "Людмила=Людмила Зинаида=Зинаида Клавдия=Клавдия Антонина=Антонина",
    "Небыло Выдумо Сказко Мнимо Грезо Призрако Былино Небыво Миражо Фантазо",
    "лес бел черн медвед собол волк лис зайц орл сокол ворон голуб снегир журавл лебед гус кон бык коз баран овс рож "
    "пшен ржан берез дуб клен сосн ел осин лип вяз ив рябин калин вишн яблок груш реп капуст огурц морков горох боб лук "
    "мор рек озер ручь болот гор камн песк глин поль луг степ холм овраг мороз снег дожд ветр туман гроз молни зар "
    "утр полдн вечер ноч зим весн лет осен кузнец плотник гончар мельник рыбак охотник пастух ткач портн сапожник "
    "пекар повар звонар пономар барабан гармон балалай дудк скрипк молот топор серп кос лопат гвозд замк ключ "
    "колес телег сан лодк весл парус якор дым огн уголь пепл желез медн сереб золот",
    "-ов/-ова -ин/-ина -ев/-ева -ский/-ская -овский/-овская -ников/-никова -еев/-еева",
    link="о",
)
POLISH = _pool(
    "Jan Józef Stanisław Antoni Franciszek Piotr Kazimierz Władysław Michał Wojciech Tomasz Adam Karol Bronisław "
    "Aleksander Ludwik Feliks Wacław Marcin Paweł Henryk Bolesław Mieczysław Zygmunt",
    "Maria Anna Helena Zofia Katarzyna Stanisława Jadwiga Janina Wanda Bronisława Kazimiera Genowefa Weronika",
    "Bajko Zmyślo Niby Senno Ułudo Widmo Baśnio Mrzono",
    "dąbr lip brzoz sosn jawor klon wierzb olsz grab kamien wilk lisi niedźwied bobr jeleń sokoł orl krucz gołęb wron "
    "kowal mlyn garncar tkacz rybac pszczel ogrod polan łąk dolin górn skaln piask glin sol miod żyt pszen jabłon "
    "grusz wiśn malin chmiel kwiat zim wiosn letn jesien mroz śnież deszcz burz mgl zor wieczor ran żelaz srebr złot",
    "-owski/-owska -ewski/-ewska -iński/-ińska -owicz -ewicz -icki/-icka -ak -czyk -ek",
    link="o",
)
GERMAN = _pool(
    "Johann Peter Heinrich Jakob Karl Friedrich Wilhelm Georg Andreas Christian Gottlieb Adam Philipp Konrad David "
    "Alexander Robert Rudolf Emil August Otto Hermann Viktor Reinhold",
    "Anna Maria Katharina Elisabeth Margarethe Emma Olga Lydia Frieda Berta Emilie Amalia Rosina Paulina Ida",
    "Märchen Traum Nebel Nirgend Luft Schein Fabel Irrlicht Wunder Sagen",
    "baum berger wald mann hauser stein bach feld müller schmidt weber fischer schneider wagner becker koch bauer "
    "richter klein wolf schäfer zimmer kraus hofer huber keller vogel hahn fuchs haas winter sommer herbst lenz frost "
    "schnee regen sturm donner blitz stern mond sonn licht kohl holz eisen silber gold kupfer zinn salz brot korn "
    "gersten hafer apfel birn kirsch nuss rosen lilien linden buchen eichen tannen erlen ulmen burg dorf hof brunn "
    "quell strand ufer brück weg steg tor mauer turm",
    "- - -mann -inger",
)
JEWISH = _pool(
    "Avrom Yankev Moyshe Shloyme Leyb Khaim Borekh Yosef Dovid Shmuel Hersh Mendl Zelik Note Pinkhes Isroel Meyer "
    "Aron Volf Itsik Naum Grigori Lazar Efroim",
    "Sore Rivke Rokhl Leye Khane Ester Feyge Golde Dvoyre Mirl Beyle Tsipe Roze Klara Polina Sofi Berta",
    "Khoylem Mayse Nebl Vunder Troym Dimyen Sod Fabul",
    "boym berg man zon shteyn feld vald kop blum zilber gold roz kats fish foygl hirsh lev ber volf shnayder kremer "
    "verber shmid glezer bekher zinger klezmer shrayber lerer fayner malke kroyn perl dimant rubin kuper ayzn holts "
    "kirzhner veber futer shuster beker miler fisher gertner tsimerman shkolnik reznik dayen rabin kantor levi",
    "- -ski/-ska -ovitsh -er -son -zon -is",
)
CRIMEAN_TATAR = _pool(
    "Ayder Enver Rustem Seyran Osman İzet Timur Alim Şevket Bilâl Cafer Server Ruslan Mustafa Amethan Seitbekir Nariman "
    "Refat Remzi İbraim Memet Ablâmit Asan Üsein Emir-Üsein Seit-Ümer Abdureşit Arsen Lenur Dilâver Kemal Yusuf İsmail "
    "Ediye Eskender Fevzi Nuri Raim Zekerya Akim",
    "Zarema Lenara Gülnara Elmaz Sabriye Aliye Zera Ediye Fatma Emine Ayşe Lilâ Sevilâ Dilâra Niyar Safiye Elvira "
    "Urmus Nefise Tevide",
    "Masal Hayal Uydurma Efsane Rüya Tılsım Serap Tuman",
    "bay temir qaya deñiz çoban demirci yıldız altın kümüş quş qartal bürküt aslan qaplan qurt tilki boran yel yağmur "
    "qar buz dağ taş qum çöl orman terek alma armut nar incir üzüm bal arpa boğday tarı tuz su çoqraq özen köl yalı "
    "köprü qale qapı tamır çiçek gül lâle menekşe ay kün sabah aqşam qış yaz bahar küz ateş duman kömür demir baqır "
    "usta quyumcı arabacı balıqçı bağçı deñizci yolcı oquv kitap qalem saz davul kemane",
    "-ov/-ova -yev/-yeva -lı -cı -oğlu -zade -dinov/-dinova -saliyev/-saliyeva",
)
