"""Given names that are one name in several languages: Микола, Nikolai, Mikołaj, Nikolaus.

One line is one family: forms that papers of one person use for each other, in Ukrainian, Russian, Belarusian, Crimean Tatar
(Latin and Cyrillic), Polish, German, Jewish, Caucasian and Soviet usage. Spellings that sound alike (`name_keys.py`)
need not be repeated: Mykola stands for Микола and Mykoła. A short form stands here only where papers have it as the name
(Іван, Ян; Leyba for Lev), never pet names. The first form names the family and is written in Latin letters.

The pairs are those of everyday bilingual papers, put together from common knowledge and checked by nobody yet. A line says
nothing of any person: a wrong pair costs a needless candidate, and its reader is told that the match is by given name.
"""

FAMILIES = """
oleksandr Александр Олександр Alexander Aleksander Аляксандр Олесь Алесь Iskander Искандер Alexandre
oleksandra Александра Олександра Alexandra Aleksandra Аляксандра Олеся Алеся
oleksii Алексей Олексій Alexei Oleksa Олекса Аляксей Alexius Alexis Aleksy
olena Елена Олена Helena Гелена Алена Elena Helene Jelena
alina Алина Аліна Alina
olha Ольга Olga Helga Вольга
oleh Олег Oleg Алег
mykola Николай Микола Nikolai Nicholas Nikolaus Mikołaj Мікалай Nicolas Nikola Никола Klaus Mikalojus
volodymyr Владимир Володимир Vladimir Wladimir Wolodymyr Уладзімір Włodzimierz Woldemar Вольдемар Waldemar
mykhailo Михаил Михайло Mikhail Michael Michał Міхаіл Mychajlo Mihail Mikael Микаэл Микаел
mykyta Никита Микита Nikita Мікіта
serhii Сергей Сергій Sergei Sergius Сяргей Serge
andrii Андрей Андрій Andrei Andreas Andrzej Андрэй Andrew Анджей Andre
dmytro Дмитрий Дмитро Dmitri Demetrius Дзмітрый Dimitri Димитрий Zmicier Зміцер
petro Пётр Петро Peter Piotr Pyotr Петр Пятро Петер Pietro
pavlo Павел Павло Paul Pawel Pavel Павал Пауль
ivan Иван Іван Ivan Johann Johannes Jan Ян Янис Jānis John Янка Іоанн Иоанн Ganz Hans Ганс Иоганн Йоганн Juhan Ioann
yurii Юрий Юрій Yuri Jurij Юры Jerzy Ежи George Georg Георгий Георгій Heorhii Егор Yegor Jegor Єгор Георг Георгі Юрась Jurgis
hryhorii Григорий Григорій Gregory Grzegorz Рыгор Hryhir Gregor Грегор Grigori Ryhor
yevhen Евгений Євген Eugene Eugen Eugeniusz Яўген Yevgeni Evgeni Євгеній Евген Йевген
yevheniia Евгения Євгенія Eugenia Яўгенія Yevgenia Evgenia Євгена
yelyzaveta Елизавета Єлизавета Elizabeth Elisabeth Elzbieta Лізавета Elizaveta Yelizaveta
kateryna Екатерина Катерина Catherine Katharina Katarzyna Кацярына Ekaterina Yekaterina Катажина Kathrin
tetiana Татьяна Тетяна Tatiana Таццяна Tatyana Тетьяна
nataliia Наталья Наталія Natalia Наталля Наталя Nathalie Natalie
anna Анна Ганна Hanna Ann Anne Anya Hanne Ana
hanna Ганна Анна Hanna Anna Аня
halyna Галина Galina Галіна Halina Hałyna
iryna Ирина Ірина Irina Ірына Irene Iren Ирен Ірена Irena Арина Arina Орина
oksana Оксана Ксения Ксенія Oksana Aksinya Аксинья Xenia Kseniia Аксана
svitlana Светлана Світлана Svetlana Святлана Светлана
liudmyla Людмила Ludmila Людміла Lyudmila Liudmila Ludmilla
liubov Любовь Любов Lubov Liubov Любоў Lyubov
mariia Мария Марія Maria Marie Mary Марья Mariya Марыя Miriam Мириам Мариам
marharyta Маргарита Margarita Margarete Маргарыта Małgorzata Margaret
nadiia Надежда Надія Nadezhda Nadia Надзея Nadiya
sofiia София Софія Sophia Софья Sofia Sophie Zofia Зофия Сафія
viktor Виктор Віктор Victor Viktor Віктар Wiktor
viktoriia Виктория Вікторія Victoria Viktoria Вікторыя
vasyl Василий Василь Vasily Basil Vasil Wasyl Васіль Bazyli Vassili
valerii Валерий Валерій Valery Валерый Waleri Valerian Валериан
valentyn Валентин Valentin Валянцін Walentyn Валентинас
valentyna Валентина Valentina Валянціна
hovhannes Ованес Hovhannes Оганес Hovannes Иоаннес Оганнес
vitalii Виталий Віталій Vitaly Віталь Witali Vitali
viacheslav Вячеслав Вячеслав Vyacheslav Вячаслаў Wacław Вацлав Waclaw Viacheslav Vaclav Ваціслаў
vladyslav Владислав Vladislav Уладзіслаў Władysław Wladislaw
stanislav Станислав Станіслав Stanislav Stanisław Станіслаў Stanislaus
yaroslav Ярослав Yaroslav Jaroslaw Яраслаў Jarosław
sviatoslav Святослав Sviatoslav Святаслаў Svyatoslav
mstyslav Мстислав Mstislav Мсціслаў
rostyslav Ростислав Rostislav Расціслаў
boryslav Борислав Boryslav
bronislav Бронислав Броніслав Bronisław
myroslav Мирослав Miroslav Mirosław
zynoviia Зиновия Зеновія Zenovia
zynovii Зиновий Зіновій Zinovy Zenon Зенон Zenovii Зеновій Zalman Залман
anatolii Анатолий Анатолій Anatoly Анатоль Anatol
arkadii Аркадий Аркадій Arkady Arkadiusz Аркадзь
artem Артём Артем Artyom Artem Арцём Artemii Артемий Артемій
artur Артур Arthur Artur
afanasii Афанасий Панас Опанас Afanasy Athanasius Панасій Апанас
bohdan Богдан Bogdan Bohdan
borys Борис Boris Барыс Borys Borukh Борух Берко
vadym Вадим Vadim Вадзім
veniamin Вениамин Веніамін Benjamin Beniamin Binyamin Бенцион Беньямин
vira Вера Віра Vera Wiera
hennadii Геннадий Геннадій Gennady Генадзь Gennadi
herman Герман Hermann German Ermann
hlib Глеб Гліб Gleb Hleb Hlib
davyd Давид David Dawid Давыд Davud Davut Dovyd Давут
danylo Даниил Данило Daniel Danila Данііл Daniil Данила Danyil Daniyal Даниял
denys Денис Denis Дзяніс Dionysius Dionisy Дионисий Діонісій
dariia Дарья Дарія Daria Дар'я Одарка
demian Демьян Дем'ян Damian Дамиан Demyan
domna Домна Домна Domnika
eduard Эдуард Едуард Edward Eduard Эдвард
emiliia Эмилия Емілія Emilia Emilie
ernst Эрнст Ернст Ernst Ernest Эрнест
zakhar Захар Захарий Zachary Zakhar Захарія Zacharias Захарий
illia Илья Ілля Ilya Elias Ілья Eliyahu Iliya Elijah Ilja Ильяс Ilyas
ihor Игорь Ігор Igor Ігар Ihor
inna Инна Інна Inna
innokentii Иннокентий Інокентій Innokenty
ihnat Игнат Ігнат Ignatius Ignacy Игнатий Ігнатій Ignaty
yosyp Иосиф Йосип Joseph Josef Józef Осип Osip Yosif Юзеф Язэп Iosif Yusuf Юсуф Йосеф Yosef Iosef Юзэф Ёсель Juozas Иозас
isaak Исаак Ісаак Isaac Itzhak Ицхак Айзик Yitzhak Izaak Ицко Icek Ицик
isai Исай Исаия Isaiah Ісай Yeshayahu Шая
yakiv Яков Яковл Яків Jacob Jakob Jakub Yakov Якаў Яаков Yankel Янкель James Якуб Yakub
yakym Аким Яким Иоаким Joachim Йоахим Iakym
yefrem Ефрем Єфрем Ephraim Охрим Эфраим
yukhym Ефим Юхим Yefim Efim Хаим Chaim Haim Euphemius Яўхім Хаїм
kyrylo Кирилл Кирило Cyril Kirill Кірыл Cyryl Kiril
klavdiia Клавдия Клавдія Claudia Клаўдзія Klaudia
klym Клим Климентий Климент Clement Klemens Klim Климентій
kostiantyn Константин Костянтин Konstantin Constantine Канстанцін Konstanty Konstanz
kuzma Кузьма Kuzma Козьма Cosmas Космас
lavrentii Лаврентий Лаврентій Lawrence Laurentius Лаврін Lorenz
lev Лев Льв Leo Leon Леў Леон Leib Лейба Leyba Leiba Лейб Lev Arye
leonid Леонид Леонід Leonid Леанід Leonidas
leontii Леонтий Леонтій Leonty Leontius Левко
lidiia Лидия Лідія Lydia Лідзія Lidia
larysa Лариса Larisa Ларыса
luka Лука Лукьян Lucas Lukas Лук'ян Łukasz Лукаш Лукіян
maksym Максим Maxim Максім Maximilian Максимилиан Maksim
makar Макар Макарий Macarius Makary
matvii Матвей Матвій Matthew Matthias Матвій Mateusz Матус Matthäus Мацвей Mattias Матфей Матис
mark Марк Mark Marcus Marek Марко Markus Мордух Мордехай Mordechai Мордко
marta Марфа Марта Martha Martyna
maryna Марина Marina Марына Maryna
martyn Мартын Мартин Martin Marcin Мартинас
mefodii Мефодий Мефодій Methodius Мефодзій
moisei Моисей Мойсей Moses Moshe Мошко Moische Мойша Майсей Moisey Муса Musa Moyshe Мовша Моше Mojżesz
mytrofan Митрофан Mitrofan
naum Наум Nahum Нухим Nachum Нахум Наўм
nestor Нестор Nestor
nina Нина Ніна Nina
nykyfor Никифор Nikifor Нікіфар
onysym Онисим Анисим Onesimus
onufrii Онуфрий Онуфрій Ануфрий Onufry
omelian Емельян Омелян Emelian Амяллян Emil Yemelyan
ostap Остап Евстафий Евстахий Ostap Eustace Астап
pantelei Пантелеймон Пантелей Panteleimon Пантелій
polina Полина Поліна Pauline Поліна Pelahiia Пелагея Пелагія
prokip Прокофий Прокіп Prokop Procopius Прокопий
rehina Регина Регіна Regina
rakhil Рахиль Рахіль Rachel Рахель Rahil
reveka Ревека Rebecca Ривка Rivka Ревекка
roman Роман Roman Раман
ruslan Руслан Ruslan
ryta Рита Rita
sava Савва Сава Sawa Саватій Savelii Савелий Савелій
samuil Самуил Самуїл Samuel Шмуль Shmuel Samuil Самойло Шмуэль Шмул
semen Семён Семен Simon Symon Szymon Сымон Semyon Симон Shimon Шимон Шимен Симеон
solomon Соломон Solomon Shlomo Шлёма Salomon Шлема Suleiman Шломо Shloyme Szlama
suleiman Сулейман Süleyman Suleyman Sulejman Соломон
stepan Степан Stephen Stefan Сцяпан Stephan Стефан Szczepan Стэфан
tamara Тамара Tamara
taras Тарас Taras
tymofii Тимофей Тиміш Timothy Tymoteusz Тимофій Цімафей Timofei Тимотей
tykhon Тихон Tikhon Ціхан
trokhym Трофим Трохим Trofim Трахім
ulian Ульян Улян Юлиан Julian Юліан
ustyn Устин Устим Юстин Justin Jus Justinas
faina Фаина Фаїна Faina Фейга Feiga
fedir Фёдор Федір Fyodor Theodor Fedor Фядор Teodor Теодор Theodore Хведір Fiodor Feodor
feliks Феликс Фелікс Felix Feliks
feodosii Феодосий Феодосій Тодось Theodosius Feodosy Федосий
fylyp Филипп Пилип Filipp Philip Філіп Filip Philipp
foma Фома Хома Thomas Tomasz Фама Томас Тома
khrystyna Христина Кристина Christina Krystyna Kristina Крысціна
khrystofor Христофор Christopher Christoph Krzysztof
yuliia Юлия Юлія Julia Юлія Yulia Ulia
yulii Юлий Юлій Julius Juliusz
yana Яна Jana Yana
yanush Януш Janusz
yadviha Ядвига Ядвіга Jadwiga Hedwig Ядзвіга
zhanna Жанна Jeanne Joanna Иоанна Іванна Ivanna Johanna
zoia Зоя Зоя Zoe Zoya
zinaida Зинаида Зінаїда Zinaida Зинаіда
ahata Агата Агафия Агафья Агафія Agatha Гафія
ahafon Агафон Агапон Agathon
akhmed Ахмед Ahmed Ахмет Ahmet Akhmat Ахмат Achmed Амет Amet
mehmed Мехмед Mehmet Мемет Memet Магомед Muhammad Мухаммед Магомет Мамед Mohammed Мухамед Mohamed Магамед
mustafa Мустафа Mustafa Мустафо
seit Сеит Сейт Seyit Said Сеїт Seid Сайид Сеид Sayid
server Сервер Server
enver Энвер Енвер Enver Анвар Anvar Anwar
rustem Рустем Rustem Рустам Rustam Рустэм
refat Рефат Refat Рифат Rifat
remzi Ремзи Ремзі Remzi Рамзи Ramzi
eskender Эскендер Ескендер Eskender Iskender Искендер
ismail Исмаил Ісмаїл Ismail İsmail Измаил Ismayil Smail Исмаїл
ibrahim Ибрагим Ібрагім İbraim Ibrahim Abraham Авраам Ібраїм Ибраим Абрам Abram Avraham Ebrahim Avram Аврам Абраам
usein Усеин Усеїн Hüseyin Hussein Гусейн Хусейн Husein Üsein Хусаин Huseyn Гусеин Useyin
hasan Хасан Hasan Гасан Hassan Асан Asan
ali Али Алі Ali Алий Алій
aider Айдер Ayder Aider Хайдар Haydar Гейдар Heydar Айдар Haider
akim Аким Якім Hakim Хаким Akim
asie Асие Асіє Asiye Asie
aishe Айше Ayşe Aisha Айше Аише Айша
fatma Фатма Fatma Фатима Fatima Fatime Фатіме
zarema Зарема Zarema
zera Зера Zera Zehra Зехра Зэра
elvira Эльвира Ельвіра Elvira
elmira Эльмира Ельміра Elmira Ильмира
emine Эмине Еміне Emine Амина Amina
emir Эмир Емір Emir Amir Амир
ernes Эрнес Ернес Ernes Эрнест
ervin Эрвин Ервін Ervin Erwin
edem Эдем Едем Edem Adem Адем Адам Adam
dzhemil Джемиль Джеміль Cemil Jamil Джамиль Dzhamil Djemil Джемил
dzhafer Джафер Джафар Cafer Jafar Dzhafar Jafer
dzhelial Джелял Celâl Jalal Джалал Djelal Dzhelyal Dzhalal Celal Джалял
dzhemile Джемиле Джеміле Cemile Jamila Джамиля
dilaver Дилявер Ділявер Dilâver Dilaver
zekeria Зекерья Зекер'я Zekeriya Закария Zakaria Захария
ilver Ильвер Ільвер İlver Ilver
inver Инвер Інвер İnver
lenur Ленур Lenur Ленор
lenie Ление Леніє Leniye Lenie
liliia Лилия Лілія Lilia Lilya Liliya Lily Ліля
marlen Марлен Marlen Марлэн
medzhit Меджит Mecit Majid Меджид Маджид Mejit Медджит
murat Мурат Murat Мурад Murad
nariman Нариман Наріман Nariman
nebi Неби Небі Nebi Наби Nabi
osman Осман Osman Усман Usman Othman
raim Раим Раїм Raim Rahim Рагим Рахим Rakhim
redvan Редван Redvan Ридван Rıdvan Ridvan
rasim Расим Расім Rasim
ruzhdi Рушди Рушді Rüşdi Рушдий
sabri Сабри Сабрі Sabri
safie Сафие Сафіє Safiye Сафия
seiran Сейран Seyran Сайран
tofik Тофик Тофік Tofik Tevfik Тевфик Тауфик Tawfik Тэвфик Тейфук
timur Тимур Timur Темур Temur Тимофей
shevket Шевкет Şevket Шавкат Shavkat Shevket
shukri Шукри Шукрі Şükri Шюкри Shukri Шукрий
eldar Эльдар Ельдар Eldar Ильдар Ildar
yusuf Юсуф Yusuf Юсуп Yusup Usuf
yunus Юнус Yunus Юнис
noman Номан Noman Numan Нуман Nauman
erfan Эрфан Ерфан Erfan İrfan Irfan Ирфан
umer Умер Ümer Umer Омер Ömer Omer Омар Omar Умар
tair Таир Таїр Tair Tahir Тагир Тахир Taher
kemal Кемаль Kemal Kamal Камаль Камал
bekir Бекир Бекір Bekir Bakir Абубекир Abubakir Абубакар Abubakar Ebubekir
merem Мерьем Meryem Mariam Марьям Мар'ям Maryam
zeinep Зейнеп Zeynep Зейнаб Zainab Зайнаб Zeyneb
khatidzhe Хатидже Хатідже Hatice Khadija Хадиджа Hatidje Khadidzha
selim Селим Селім Selim Salim Салим
riza Риза Різа Rıza Riza Reza Реза Ryza
usnie Усние Усніє Hüsniye Usniye Хусния Husniya
mamut Мамут Mamut Mahmud Махмуд Mahmut Махмут Mahmoud
fevzi Февзи Февзі Fevzi Fawzi Фаузи Feyzi
ferat Ферат Ferat Ferhat Фархад Farhad Фергат
dzhevdet Джевдет Cevdet Джавдет Jawdat Dzhavdet Djevdet
dzhelil Джелиль Джеліль Celil Jalil Джалил Djelil
abdulla Абдулла Abdulla Abdullah Abdallah Абдуллах
abdureshit Абдурешит Abdureşit Abdurashid Абдурашид Abdureshid
abduraman Абдураман Abduraman Abdurahman Абдурахман Abdurrahman Abdulrahman
mensur Менсур Mensur Mansur Мансур Mansour
mevlud Мевлюд Mevlüd Mevlut Мовлуд Мавлуд Mevlit
nedim Недим Недім Nedim Nadim Надим
sadyk Садык Садик Sadıq Sadık Sadiq Садиқ
sherif Шериф Şerif Sherif Sharif Шариф
vait Ваит Ваїт Vait Vahit Вахит Вагид Vahid Wahid
lutfi Лютфи Лютфі Lütfi Lutfi Лутфи Lotfi
izzet Иззет Іззет İzzet Izzet Изет Izet Иззат
khalil Халил Халіл Halil Khalil Xalil
suleiman Сулейман Süleyman Suleiman Suleyman Soliman Сулайман
yaia Яя Яхья Yahya Ягья Yaya Ягъя
vilen Вилен Вілен Vilen Vladlen Владлен Владилен Vladilen Вілєн
vladlen Владлен Владилен Vladlen Владлєн
kim Ким Кім Kim
marks Маркс Marx
oktiabryna Октябрина Жовтина Oktyabrina
revmir Ревмир Ремир Revmir
stalina Сталина Сталіна Stalina
traktor Трактор Traktor
ninel Нинель Нінель Ninel
rem Рэм Рем Rem
avhust Август Серпень August Augustyn Augustin Августин
adolf Адольф Adolf Adolph
albert Альберт Albert Альбрехт Albrecht
alfred Альфред Alfred
arnold Арнольд Arnold
artashes Арташес Artashes
vilhelm Вильгельм Вільгельм Wilhelm William Viljam Вильям Wilim
henrikh Генрих Генріх Heinrich Henryk Henry Хенрик Генрик Andris Индрик Indriķis
hottlib Готлиб Gottlieb Готліб
hustav Густав Gustav Gustaw
emmanuil Эммануил Еммануїл Emanuel Emmanuel Мануил Manuel
karl Карл Karl Charles Karol Кароль Carl Карол Kārlis Карлис
kazimir Казимир Kazimierz Казімір Kazimir
liudvyh Людвиг Людвік Ludwig Ludwik Людвик Louis Людовик
otto Отто Otto Ота
robert Роберт Robert
rudolf Рудольф Rudolf Rudolph
fridrikh Фридрих Фрідріх Friedrich Frederick Fryderyk Фредерик Fritz Фриц
frants Франц Franz Franciszek Francis Франтишек Францишек Franc Francišek Frank
edmund Эдмунд Едмунд Edmund
erykh Эрих Еріх Erich Erik Эрик Eric
yohan Иоган Йоган Johann Иван Иоганн
aron Аарон Арон Aaron Aron Aharon Орел
ber Бер Бэр Berl Berko Борис Дов Dov Beer
borukh Борух Baruch Барух Boruch
volf Вольф Wolf Велвел Владимир Зеев Velvel Вульф Wulf Ze'ev
hersh Герш Гирш Hirsch Hersz Григорий Hershel Hersch Цви Herszel
hershon Гершон Gershon Герсон
hertsel Герцель Herzl Hercel
ziskind Зискинд Зусь Zusia Зуся
izrail Израиль Ізраїль Israel Izrael Сруль Srul Исраэль
iona Иона Йона Jonah Юна Yona
khana Хана Chana Hannah Анна Ханна
khaia Хая Chaja Haya Клара Chaya
leia Лея Лия Leah Lea Лія Лейя
liubomyr Любомир Lubomir Liubomyr
lazar Лазарь Лазар Lazar Eliezer Элиэзер Лейзер Leizer Elazar Лазер
markus Маркус Markus Marcus Марк
mendel Мендель Mendel Менахем Menachem Михаил Менделе
meer Меер Майер Meir Meyer Мейер Меир Mayer Марк
natan Натан Nathan Nosen Носон Natan Nusn Нусон
pinkhas Пинхас Пінхас Pinchas Петр Pinkhus Пинхус Pinkas
sara Сара Sarah Сура Sura София Sora Сарра
sholom Шолом Шалом Shalom Szulim Шулим Sholem Szalom
eva Ева Єва Eva Хава Chava Ewa
ester Эстер Естер Esther Эсфирь Estera Есфір Ester Эсфира
hlikeriia Гликерия Лукерья Ликера Glikeria
yevdokiia Евдокия Явдоха Eudokia Авдотья Yevdokia Євдокія Авдоття
paraskeva Параскева Прасковья Параска Praskovia Парасковія
mytrodora Митродора Mitrodora
stefaniia Стефания Стефанія Stefania Степанида Stephanie Степанія
teklia Фёкла Текля Thekla Фекла Tekla
uliana Ульяна Уляна Juliana Yuliana Юлиана
yustyna Юстина Устина Justina Устинья Justyna
yevlampii Евлампий Євлампій Eulampius
ipolyt Ипполит Іполит Hippolyte Hipolit
kasian Касьян Касян Cassian
kornii Корней Корній Cornelius Корнелий Kornel Корнилий
nazar Назар Назарий Nazar Назарій
porfyrii Порфирий Порфирій Porphyry
rodion Родион Родіон Rodion Иродион
syla Сила Силантий Silas
sydir Сидор Исидор Isidore Izydor Сидір Ізидор
sylvestr Сильвестр Silvester Sylwester Селиверст
spyrydon Спиридон Spyridon Spiridon Свирид
terentii Терентий Терентій Терешко Terence Терень
filaret Филарет Філарет Filaret Philaret
khariton Харитон Khariton
cheslav Чеслав Czesław Чеслаў
avdii Авдей Авдій Obadiah Овдий Овадия
averkii Аверкий Оверко Averky
arsen Арсен Арсений Arseny Arsenius Арсеній
havrylo Гавриил Гаврило Gabriel Гаврила Gawryl Габриель Gavriil Gavril Jibrail Джебраил
hordii Гордей Гордій Gordy Gordius
hurii Гурий Гурій Gury
dorofii Дорофей Дорофій Dorotheus Дорош
yermolai Ермолай Єрмолай Yarmola
yeremii Иеремия Єремія Jeremiah Ярема Jeremi Yeremiya Еремей
yevhraf Евграф Євграф Eugraph
yelysei Елисей Єлисей Elisha Eliseus
zosym Зосима Зосим Изосим Zosimas
karpo Карп Карпо Karp
lohvyn Логин Лонгин Longin Логвин
mina Мина Міна Minas
nikandr Никандр Nikander
orest Орест Orest Orestes
orysia Орися Арина Orysia
pylyp Пилип Филипп Pylyp
platon Платон Plato
potap Потап Патапий
raisa Раиса Раїса Raisa
rozaliia Розалия Розалія Rosalia Роза Rosa Rose Rozalia Рейзл
sevastian Севастьян Sebastian Себастьян
serafym Серафим Seraph
sybil Сибилла Sibylla
teofil Теофил Теофіл Феофил Theophil Теофиль
umar Умар Омар Umar Omar Умер Umer Омер Ömer
khalil Халил Халіл Halil Khalil Халиль Калил
khatidzhe Хатидже Hatice Khadija Хадиджа Хатідже Атидже Hadija
rizvan Ризван Rizvan Резван
ramazan Рамазан Ramazan Рамадан
islam Ислам Іслам Islam
mamut Мамут Mamut Mahmud Махмуд Mahmut Магмуд Махмут
abdulla Абдулла Abdullah Абдула Abdulla Абдуллах
abduraman Абдураман Abdurahman Абдурахман Abdulrahman Абдурагман
abliaziz Аблязиз Абдулазиз Abdülaziz Abdulaziz Абляз Ablaziz
abliakim Аблякім Абдулхаким Ablâkim Abdulhakim Аблаким
ablialim Аблялим Абдулхалим Ablâlim
bekir Бекир Бекір Bekir Бакир Abubakr Абубакир Bakir Абибекир
veli Вели Велі Veli Вали Vali
kemal Кемаль Kemal Камал Kamal Камиль
nuri Нури Нурі Nuri Нурий
zair Заир Заїр Zair Захир Zahir
rollan Роллан Rollan Ролан
riza Риза Різа Rıza Reza Реза
alim Алим Алім Alim Халим
ametkhan Аметхан Amethan Ахметхан Amet-khan
muslim Муслим Муслім Muslim
vahid Вахид Вагід Vahid Ваит Vait
uriie Урие Уріє Uriye
khanum Ханум Hanum Khanum Hanım
"""
