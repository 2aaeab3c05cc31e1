"""The columns of a list of cases: header, values and data dictionary all come from this one table.

Words of a vocabulary stay as they are stored, the same in every language; the data dictionary says what each means. Dates
are EDTF text as in the document. Several values stand in one cell, parted by "; ".
"""

from collections.abc import Callable, Iterable
from typing import Any

from django.utils.text import format_lazy
from django.utils.translation import gettext, gettext_lazy as _, pgettext_lazy

from cases import enums
from cases.domain.csv_cells import Cell
from cases.domain.partial_dates import PartialDate
from cases.published.column import Column, Kind, Title, Value
from cases.published.documents import PlaceDocument, Words
from cases.published.lines import Line


def _yes(value: object) -> str:
    return "yes" if value else "no"


def _text(value: PartialDate | None) -> str:
    return "" if value is None else value.text


def _joined(values: Iterable[str]) -> str:
    return "; ".join(dict.fromkeys(value for value in values if value))


def said(words: Words | None, language: str) -> str:
    """Return a text in the language, else in English, else in whatever language there is."""
    if not words:
        return ""
    return words.get(language) or words.get("en") or next(iter(words.values()), "")


def _name_in(language: str) -> Value:
    return lambda line: next((one["text"] for one in line.names if one["language"] == language), "")


def _in_list(field: str, key: str) -> Value:
    return lambda line: _joined(str(row[key]) for row in line.fields[field])


def _field(name: str) -> Value:
    return lambda line: str(line.fields[name] or "")


def _place_columns(prefix: str, whose: Title, place: Callable[[Line], PlaceDocument | None]) -> list[Column]:
    """Return the columns of one place: its name, and whose territory it is."""

    def of(key: str) -> Value:
        def value(line: Line) -> str:
            found: Any = place(line)
            return str(found[key]) if found else ""

        return value

    def controlled_by(line: Line) -> str:
        found = place(line)
        return (found["controlled_by"] or found["sovereign"]) if found else ""

    def titled(what: Title) -> Title:
        return format_lazy("{whose}: {what}", whose=whose, what=what)

    region = _("ISO 3166-2 code; Crimea is UA-43, Sevastopol UA-40")
    return [
        Column(
            prefix,
            whose,
            _("Name, in the language of the file"),
            lambda line: _place_name(line, place(line)),
            kind=Kind.NAME,
        ),
        Column(f"{prefix}_region", titled(_("region")), region, of("region")),
        Column(
            f"{prefix}_sovereign",
            titled(_("country")),
            _("ISO 3166-1 code of the country to which it belongs"),
            of("sovereign"),
        ),
        Column(
            f"{prefix}_controlled_by",
            titled(_("controlled by")),
            _("ISO 3166-1 code of the power in control now"),
            controlled_by,
        ),
    ]


def _place_name(line: Line, place: PlaceDocument | None) -> str:
    return said(place["name"], line.language) if place else ""


def _assessments(line: Line) -> str:
    return _joined(
        f"{said(one['body']['name'], line.language)}: {one['decision']}"
        + (f" ({one['decided_on']})" if one["decided_on"] else "")
        for one in line.document["assessments"]
    )


def _affiliations(line: Line) -> str:
    return _joined(
        f"{said(one['organisation']['name'], line.language)} ({one['kind']})" for one in line.document["affiliations"]
    )


def _sentence(key: str) -> Value:
    def value(line: Line) -> Cell:
        found: Any = line.sentence
        return None if found is None else found[key]

    return value


def _sentence_is(key: str) -> Value:
    def value(line: Line) -> str:
        found: Any = line.sentence
        return "" if found is None else _yes(found[key])

    return value


def _regimes(line: Line) -> str:
    return _joined(segment["regime"] for segment in line.sentence["segments"]) if line.sentence else ""


def _fine(line: Line) -> str:
    return f"{line.sentence['fine_amount']} {line.sentence['fine_currency']}".strip() if line.sentence else ""


def _verdict_court(line: Line) -> str:
    court = line.verdict["court"] if line.verdict else None
    return said(court["name"], line.language) if court else ""


IDENTITY = [
    Column("code", _("Code"), _("The lasting code of the case"), lambda line: line.case.code),
    Column(
        "url",
        _("Page"),
        _("Address of the case in the language of the file"),
        lambda line: line.page_address,
        kind=Kind.ADDRESS,
    ),
    Column(
        "permanent_url",
        _("Permanent link"),
        _("Address of this version, which will always show what it shows now"),
        lambda line: line.version_address,
        kind=Kind.ADDRESS,
    ),
    Column(
        "version", _("Version"), _("Number of the published version"), lambda line: line.case.version, kind=Kind.NUMBER
    ),
    Column(
        "published_at",
        _("Published"),
        _("When this version was published (UTC)"),
        lambda line: line.published_at,
        kind=Kind.MOMENT,
    ),
    Column(
        "notice",
        _("Notice"),
        _("“Invented demonstration case” where the person is invented; otherwise empty"),
        lambda line: gettext("Invented demonstration case") if line.case.is_invented else "",
        kind=Kind.TEXT,
    ),
    Column("kind", _("Kind of case"), _("Whether the case is of our time"), _field("kind"), enums.CaseKind),
]
PERSON = [
    Column(
        "name_en",
        _("Name in English"),
        _("Initials where the name is withheld"),
        lambda line: line.case.name_en,
        kind=Kind.NAME,
    ),
    Column(
        "name_uk",
        _("Name in Ukrainian"),
        _("Initials where the name is withheld"),
        lambda line: line.case.name_uk,
        kind=Kind.NAME,
    ),
    Column(
        "name_crh_latn",
        _("Name in Crimean Tatar, Latin script"),
        _("Where it is known"),
        _name_in("crh-Latn"),
        kind=Kind.NAME,
    ),
    Column(
        "name_crh_cyrl",
        _("Name in Crimean Tatar, Cyrillic script"),
        _("Where it is known"),
        _name_in("crh-Cyrl"),
        kind=Kind.NAME,
    ),
    Column("name_ru", _("Name in Russian"), _("Where it is known"), _name_in("ru"), kind=Kind.NAME),
    Column(
        "other_names",
        _("Other name forms"),
        _("Every other public form of the name, with its language"),
        lambda line: _joined(f"{one['text']} ({one['language']})" for one in line.other_names),
        kind=Kind.TEXT,
    ),
    Column("sex", _("Sex"), _("As recorded"), _field("sex"), enums.Sex),
    Column("born", _("Born"), _("As far as it is public: a day, a year, or empty"), _field("born"), kind=Kind.DATE),
    Column(
        "died",
        pgettext_lazy("day", "Died"),
        _("Empty where the person is alive or it is not known"),
        _field("died"),
        kind=Kind.DATE,
    ),
    Column("ethnicity", _("Ethnicity"), _("As recorded"), _field("ethnicity"), enums.Ethnicity),
    Column("religion", _("Religion"), _("Only where it is public"), _field("religion"), enums.Religion),
    Column("citizenships", _("Citizenships"), _("ISO 3166-1 codes"), _in_list("citizenships", "country")),
    Column("roles", _("Public roles"), _("What the person is known as"), _in_list("roles", "role"), enums.Role),
    Column(
        "affiliations",
        _("Affiliations"),
        _("Organisations, and as what the person belongs to each"),
        _affiliations,
        kind=Kind.TEXT,
    ),
    *_place_columns("birthplace", _("Birthplace"), lambda line: line.document["birthplace"]),
    *_place_columns("home", pgettext_lazy("of a person", "Home"), lambda line: line.document["home"]),
]
CUSTODY = [
    Column(
        "status",
        _("Status"),
        _("On the day of the file, derived from the dated facts"),
        lambda line: line.status,
        enums.Status,
    ),
    Column(
        "status_text",
        _("Status in words"),
        _("The status in the language of the file"),
        lambda line: gettext(line.now.status.label),
        kind=Kind.TEXT,
    ),
    Column(
        "status_since",
        _("Status since"),
        _("Since when, as far as it is known"),
        lambda line: _text(line.now.since),
        kind=Kind.DATE,
    ),
    Column(
        "status_certain",
        _("Status certain"),
        _("“no” where the facts leave room for another status"),
        lambda line: _yes(line.now.certain),
    ),
    Column(
        "in_custody",
        _("In custody"),
        _("Whether the person is deprived of liberty on the day of the file"),
        lambda line: _yes(line.now.status.in_custody),
    ),
    Column(
        "held_since",
        _("Held since"),
        _("Beginning of the present deprivation of liberty, or of the last one"),
        lambda line: _text(line.held_since),
        kind=Kind.DATE,
    ),
    Column(
        "days_held_least",
        _("Days held, at least"),
        _("Days of all deprivations of liberty up to the day of the file; dates known in part make a range"),
        lambda line: line.days.least,
        kind=Kind.NUMBER,
    ),
    Column(
        "days_held_most",
        _("Days held, at most"),
        _("The other end of that range; empty where nobody can tell"),
        lambda line: line.days.most,
        kind=Kind.NUMBER,
    ),
    Column(
        "whereabouts", _("Whereabouts"), _("What the captor has acknowledged"), _field("whereabouts"), enums.Whereabouts
    ),
    Column("site", _("Place of detention"), _("Its code, as in the address of its page"), lambda line: line.site_slug),
    Column(
        "site_name",
        _("Name of the place of detention"),
        _("Where the person is held now, in the language of the file"),
        lambda line: said(line.site["name"], line.language) if line.site else "",
        kind=Kind.NAME,
    ),
    *_place_columns(
        "site_place", _("Where the person is held"), lambda line: line.site["place"] if line.site else None
    ),
    Column(
        "release_kind",
        _("Released how"),
        _("Where the person was released; an exchange is a status of its own"),
        lambda line: line.now.release.value if line.now.release else "",
        enums.ReleaseKind,
    ),
    Column("released", _("Released"), _("When the person was freed"), lambda line: line.released, kind=Kind.DATE),
]
LAW = [
    Column(
        "charges",
        _("Charges"),
        _("Articles under which the person is or was charged; what the accuser says, not a finding of ours"),
        lambda line: _joined(charge["provision"]["number"] for charge in line.charges),
        kind=Kind.TEXT,
    ),
    Column(
        "legal_codes",
        _("Codes of law"),
        _("The codes to which those articles belong"),
        lambda line: _joined(said(charge["provision"]["code_name"], line.language) for charge in line.charges),
        kind=Kind.TEXT,
    ),
    Column(
        "first_verdict",
        _("First verdict"),
        _("When a court or an extrajudicial body first decided the case"),
        lambda line: line.verdict["decided_on"] if line.verdict else "",
        kind=Kind.DATE,
    ),
    Column(
        "first_verdict_court", _("By which court"), _("In the language of the file"), _verdict_court, kind=Kind.NAME
    ),
    Column(
        "sentence_years",
        _("Sentence: years"),
        _("As it stands after the last decision"),
        _sentence("years"),
        kind=Kind.NUMBER,
    ),
    Column(
        "sentence_months", _("Sentence: months"), _("In addition to the years"), _sentence("months"), kind=Kind.NUMBER
    ),
    Column("sentence_days", _("Sentence: days"), _("In addition to the months"), _sentence("days"), kind=Kind.NUMBER),
    Column(
        "sentence_life", _("Sentence: life"), _("Life imprisonment; empty without a sentence"), _sentence_is("life")
    ),
    Column("sentence_death", _("Sentence: death"), _("Death penalty; empty without a sentence"), _sentence_is("death")),
    Column("sentence_suspended", _("Sentence suspended"), _("Empty without a sentence"), _sentence_is("suspended")),
    Column("regimes", _("Regimes"), _("In the order in which they are to be served"), _regimes, enums.Regime),
    Column("fine", _("Fine"), _("Amount and ISO 4217 code of the currency"), _fine),
]
RECORD = [
    Column(
        "assessments", _("Assessments"), _("Who assessed the detention, how, and when"), _assessments, kind=Kind.TEXT
    ),
    Column(
        "sources",
        _("Number of sources"),
        _("How many sources the page cites"),
        lambda line: len(line.document["sources"]),
        kind=Kind.NUMBER,
    ),
    Column(
        "summary_en",
        _("Summary in English"),
        _("As on the page"),
        lambda line: line.document["summary"].get("en", ""),
        kind=Kind.PROSE,
    ),
    Column(
        "summary_uk",
        _("Summary in Ukrainian"),
        _("As on the page"),
        lambda line: line.document["summary"].get("uk", ""),
        kind=Kind.PROSE,
    ),
]

COLUMNS: tuple[Column, ...] = (*IDENTITY, *PERSON, *CUSTODY, *LAW, *RECORD)
