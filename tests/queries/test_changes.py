"""A reviewer reads what would change, in words."""

from typing import Any

from django.utils import translation

from cases.queries.changes import Change, changes
from tests.documents import case_document, finding_document


def document(**fields: Any) -> dict[str, Any]:
    return {
        "schema": 1,
        "code": "X",
        "summary": {},
        "names": [],
        "sources": [],
        "cites": {},
        "assertions": [],
        **fields,
    }


def name(text: str, **fields: Any) -> dict[str, Any]:
    return {
        "text": text,
        "language": "uk",
        "kind": "legal",
        "preferred": False,
        "cites": {},
        "assertions": [],
        **fields,
    }


def source(number: int, title: str, *, confidential: bool = False) -> dict[str, Any]:
    return {"number": number, "title": title, "confidential": confidential, "kind": "report"}


def rows(before: dict[str, Any] | None, after: dict[str, Any]) -> list[tuple[str, str, str]]:
    return [(change.path, change.before, change.after) for change in changes(before, after)]


def test_equal_documents_differ_in_nothing() -> None:
    assert changes(document(names=[name("Вигадан")]), document(names=[name("Вигадан")])) == []


def test_a_text_in_one_language_is_told_with_its_language() -> None:
    before, after = document(summary={"en": "A teacher."}), document(summary={"en": "A teacher.", "uk": "Учитель."})
    assert rows(before, after) == [("Summary › in Ukrainian", "", "Учитель.")]


def test_a_name_that_is_inserted_first_does_not_make_the_others_look_changed() -> None:
    before = document(names=[name("Вигадан")])
    after = document(names=[name("Видуман"), name("Вигадан")])
    assert rows(before, after) == [("Names, 1", "", "Видуман · Ukrainian · Legal name")]


def place(slug: str, name_: str, latitude: float = 45.0) -> dict[str, Any]:
    return {"slug": slug, "name": {"en": name_}, "region": "UA-43", "latitude": latitude}


def stay(site: dict[str, Any] | None, **fields: Any) -> dict[str, Any]:
    return {"kind": "site", "site": site, "started": "2018-05", "ended": "", "cites": {}, "assertions": [], **fields}


def site(slug: str, latitude: float = 45.0) -> dict[str, Any]:
    return {"slug": slug, "name": {"en": slug.upper()}, "kind": "sizo", "place": place("town", "Town", latitude)}


def test_another_picture_is_a_change_though_nobody_reads_its_hash() -> None:
    def photo(sha256: str) -> dict[str, Any]:
        return {"sha256": sha256 * 64, "width": 60, "height": 80, "credit": "Nobody"}

    place = "Photograph › the picture itself"
    before, after = document(photo=photo("a")), document(photo=photo("b"))
    assert rows(before, after) == [(place, "picture aaaaaaaa", "picture bbbbbbbb")]
    assert rows(document(photo=None), after)[0] == (place, "", "picture bbbbbbbb")
    assert rows(before, document(photo=None))[0] == (place, "picture aaaaaaaa", "")
    assert rows(before, before) == []


def test_a_new_stay_is_one_row_and_its_place_is_not_spelled_out() -> None:
    after = document(stays=[stay(site("sizo-1"), cites={"": [1]})], sources=[source(1, "Report")])
    assert rows(document(sources=[source(1, "Report")]), after) == [
        ("Places of detention, 1", "", "At a detention site · SIZO-1, Town · from May 2018\nSources: Report")
    ]


def test_another_site_is_told_by_its_name() -> None:
    assert rows(document(stays=[stay(site("sizo-1"))]), document(stays=[stay(site("sizo-2"))])) == [
        ("Places of detention, 1 › detention site", "SIZO-1, Town", "SIZO-2, Town")
    ]


def test_the_same_site_at_other_coordinates_is_a_change_too() -> None:
    assert rows(document(stays=[stay(site("s"))]), document(stays=[stay(site("s", latitude=46.0))])) == [
        ("Places of detention, 1 › detention site › place › latitude", "45.0", "46.0")
    ]


def test_a_new_proceeding_is_told_with_each_charge_and_decision_in_a_row() -> None:
    provision = {"slug": "p", "number": "205.5(2)", "title": {"en": "Taking part"}}
    sentence = {"years": 14, "months": None, "life": False, "segments": [{"regime": "strict"}], "cites": {}}
    proceeding = {
        "kind": "criminal",
        "title": {"en": "Invented group"},
        "charges": [{"provision": provision, "form": "completed", "cites": {}, "assertions": []}],
        "hearings": [],
        "decisions": [{"outcome": "convicted", "decided_on": "2020-09-16", "sentence": sentence, "cites": {}}],
    }
    assert rows(document(proceedings=[]), document(proceedings=[proceeding])) == [
        ("Proceedings, 1", "", "Criminal case\ntitle, in English: Invented group"),
        ("Proceedings, 1 › Charges, 1", "", "205.5(2) Taking part · Completed offence"),
        (
            "Proceedings, 1 › Decisions, 1",
            "",
            "Convicted · decided on 16 September 2020 · sentence: 14 years · Segments of the sentence: Strict regime",
        ),
    ]


def test_what_a_source_says_otherwise_is_read_with_the_row() -> None:
    said = {"field": "started", "value": "2020", "source": 1, "quote": "since 2020", "page": "", "confidence": "likely"}
    after = document(stays=[stay(None, assertions=[said])], sources=[source(1, "Report")])
    ((_path, _before, words),) = rows(document(sources=[source(1, "Report")]), after)
    assert words.endswith("Report says otherwise: from 2020 · since 2020")


def test_a_row_that_is_taken_away_is_told_as_removed() -> None:
    before, after = document(names=[name("Вигадан"), name("Видуман")]), document(names=[name("Вигадан")])
    assert {change.kind for change in changes(before, after)} == {"removed"}
    assert rows(before, after)[0] == ("Names, 2", "Видуман · Ukrainian · Legal name", "")


def test_each_difference_has_a_key_of_its_own_that_leads_to_its_place_in_the_document() -> None:
    charges = [{"form": form, "cites": {}} for form in ("completed", "attempt")]
    before = document(names=[name("Вигадан"), name("Видуман")], proceedings=[{"kind": "criminal", "charges": charges}])
    after = document(
        names=[name("Вигадан"), name("Новий", cites={"": [1]})],
        summary={"en": "A teacher."},
        sources=[source(1, "Report")],
    )
    found = changes(before, after)
    assert {change.key: change.path for change in found} == {
        "summary.en": "Summary › in English",
        "names.1.text": "Names, 2 › name as written",
        "names.1.cites.": "Names, 2 › sources cited › whole row",
        "sources.0": "Sources, 1",
        "proceedings.-0": "Proceedings, 1",
        "proceedings.-0.charges.-0": "Proceedings, 1 › Charges, 1",
        "proceedings.-0.charges.-1": "Proceedings, 1 › Charges, 2",
    }
    assert len(found) == len({change.key for change in found})
    assert next(change.words for change in found if change.key == "summary.en") == "Summary › in English: A teacher."


def test_dates_and_words_are_told_as_readers_see_them() -> None:
    held = {"kind": "site", "started": "2018-05", "ended": "", "cites": {}, "assertions": []}
    assert rows(document(stays=[held]), document(stays=[{**held, "kind": "in_transit", "started": "2018~"}])) == [
        ("Places of detention, 1 › kind", "At a detention site", "In transit"),
        ("Places of detention, 1 › from", "May 2018", "around 2018"),
    ]


def test_the_kind_of_a_site_is_not_read_as_the_kind_of_a_stay() -> None:
    def held(kind: str) -> dict[str, Any]:
        return {"kind": "site", "site": {"slug": "s", "kind": kind}, "cites": {}, "assertions": []}

    assert rows(document(stays=[held("sizo")]), document(stays=[held("colony")])) == [
        ("Places of detention, 1 › detention site › kind", "Pre-trial detention centre (SIZO)", "Penal colony")
    ]


def test_sources_are_told_by_title_so_that_moved_numbers_are_no_change() -> None:
    before = document(names=[name("Вигадан", cites={"": [1]})], sources=[source(1, "Old report")])
    after = document(
        names=[name("Вигадан", cites={"": [2]})], sources=[source(1, "New report"), source(2, "Old report")]
    )
    assert [path for path, _before, _after in rows(before, after)] == [
        "Sources, 1",
    ]


def test_a_source_that_is_cited_anew_is_named() -> None:
    sources = [source(1, "Old report"), source(2, "New report")]
    before = document(names=[name("Вигадан", cites={"": [1]})], sources=sources)
    after = document(names=[name("Вигадан", cites={"": [1, 2]})], sources=sources)
    assert rows(before, after) == [("Names, 1 › sources cited › whole row", "Old report", "New report; Old report")]


def test_nothing_public_makes_everything_an_addition() -> None:
    found = changes(None, document(names=[name("Вигадан")], born="1980-02-03"))
    assert {change.kind for change in found} == {"added"}
    assert Change("Born", "", "3 February 1980") in found


def test_the_difference_is_told_in_the_language_of_the_reader() -> None:
    with translation.override("uk"):
        assert rows(document(born="2018-05"), document(born=""))[0][1] == "травень 2018"


def test_a_finding_that_enters_or_leaves_is_told_whole_and_one_that_changes_by_its_fields() -> None:
    without, ticked = case_document(), case_document(findings=[finding_document()])
    (entering,), (leaving,) = changes(without, ticked), changes(ticked, without)
    assert (entering.key, entering.path, entering.before) == ("findings.0", "What the law says, 1", "")
    assert entering.after.split("\n") == (
        [
            "Term of imprisonment",
            "in English: The last day is 20 May 2032.",
            "in Ukrainian: Останній день – 20 травня 2032.",
            "· A day counts for a day. [72(3.1)]",
            "days of transfer: Prison → Strict regime: between 21 May 2022 and 23 May 2022",
            "computed from: Arrest, 21 May 2018",
            "law: Criminal Code, art. 72(3.1) (awaiting review)",
        ]
    )
    assert (leaving.key, leaving.before, leaving.after) == ("findings.-0", entering.after, "")
    later = finding_document(last_day=["2033-05-20", "2033-05-20"])
    assert [(one.path, one.after) for one in changes(ticked, case_document(findings=[later]))] == [
        ("What the law says, 1 › last day", "20 May 2033, 20 May 2033")
    ]
