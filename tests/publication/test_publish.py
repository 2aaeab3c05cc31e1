"""Publishing, withdrawing, publishing again; versions; projections; an unreachable public side."""

import datetime
import json
from collections.abc import Callable
from unittest import mock

import pytest
from django.db import OperationalError, router

from cases.enums import Consent
from cases.models import PersonName, Prisoner
from cases.publication.document import build_case
from cases.publication.publish import (
    PublicationRefused,
    PublicSideUnreachable,
    Published,
    close_earlier_versions,
    publish_case,
    republish_case,
    withdraw_case,
)
from cases.published.course_models import PublishedCourse, PublishedSpan, PublishedSum
from cases.published.documents import canonical, sha256
from cases.published.lists_index import NOTHING
from cases.published.models import (
    PublishedCase,
    PublishedCell,
    PublishedCellTotal,
    PublishedFacet,
    PublishedName,
    PublishedPhoto,
    PublishedTotal,
    PublishedVersion,
    VersionIsFinal,
)
from cases.published.projections import rebuild
from tests.publication.conftest import AT, cite

Approve = Callable[..., Published]
LATER = AT + datetime.timedelta(days=1)


def open_versions(prisoner: Prisoner) -> list[int]:
    return list(PublishedVersion.objects.open().filter(key=prisoner.code).values_list("number", flat=True))


def everything() -> dict[str, list[object]]:
    columns = [field.name for field in PublishedCase._meta.fields]
    return {
        "cases": list(PublishedCase.objects.order_by("pk").values(*columns)),
        "names": list(PublishedName.objects.order_by("case_id", "token").values_list("case_id", "token")),
        "facets": list(
            PublishedFacet.objects.order_by("case_id", "facet", "value").values_list(
                "case_id", "facet", "value", "cell"
            )
        ),
        "cells": list(PublishedCell.objects.order_by("pk").values()),
        "totals of cells": list(
            PublishedCellTotal.objects.order_by("facet", "value", "cell").values("facet", "value", "cell", "people")
        ),
        "totals": list(
            PublishedTotal.objects.order_by("facet", "value").values("facet", "value", "people", "in_custody")
        ),
        "courses": list(PublishedCourse.objects.order_by("pk").values()),
        "spans": list(PublishedSpan.objects.order_by("case_id", "since").values("case_id", "status", "since", "until")),
        "sums": sorted(
            PublishedSum.objects.values_list("day", "known", "dimension", "value", "reason", "came", "went")
        ),
    }


def test_publishing_shows_the_case_with_its_first_version(prisoner: Prisoner, approve: Approve) -> None:
    published = approve(prisoner)
    case = PublishedCase.objects.visible(AT.date()).get(pk=prisoner.code)
    assert (published.version, published.is_new, case.version) == (1, True, 1)
    assert (case.name_uk, case.status, case.in_custody) == ("Алім Вигаданий", "pretrial", True)
    version = PublishedVersion.objects.get(key=prisoner.code)
    assert version.sha256 == sha256(version.text) == case.sha256
    assert json.loads(version.text) == case.document


def test_publishing_an_unchanged_case_makes_no_new_version(prisoner: Prisoner, approve: Approve) -> None:
    approve(prisoner)
    assert approve(prisoner, at=LATER) == Published(1, PublishedVersion.objects.get().sha256, is_new=False)
    assert PublishedCase.objects.get().published_at == AT


def test_a_case_without_consent_is_refused_and_nothing_is_written(prisoner: Prisoner) -> None:
    prisoner.consent = Consent.NONE.value
    prisoner.save()
    with pytest.raises(PublicationRefused, match="no consent"):
        publish_case(prisoner, build_case(prisoner), at=AT)
    assert not PublishedCase.objects.exists()
    assert not PublishedVersion.objects.exists()


def test_a_document_that_the_records_no_longer_say_is_refused(prisoner: Prisoner) -> None:
    reviewed = build_case(prisoner)
    PersonName.objects.filter(prisoner=prisoner, language="uk").update(is_public=False)
    with pytest.raises(PublicationRefused):
        publish_case(prisoner, reviewed, at=AT)
    assert not PublishedCase.objects.exists()


def test_expired_consent_hides_the_case_without_anybody_doing_anything(prisoner: Prisoner, approve: Approve) -> None:
    prisoner.consent_expires = AT.date()
    prisoner.save()
    approve(prisoner)
    assert PublishedCase.objects.visible(AT.date()).count() == 1
    assert PublishedCase.objects.visible(LATER.date()).count() == 0


def test_withdrawing_leaves_the_code_and_nothing_else(prisoner: Prisoner, approve: Approve) -> None:
    approve(prisoner)
    withdraw_case(prisoner.code, at=LATER)
    case = PublishedCase.objects.get()
    assert (case.document, case.card, case.name_en, case.slug, case.status) == (None, None, "", "", "")
    assert open_versions(prisoner) == []
    assert set(PublishedVersion.objects.values_list("text", flat=True)) == {""}
    assert not PublishedName.objects.exists()
    assert not PublishedFacet.objects.exists()
    assert not PublishedTotal.objects.exists()
    assert not PublishedCell.objects.exists()
    assert not PublishedCellTotal.objects.exists()
    kept = {field.name: getattr(case, field.name) for field in PublishedCase._meta.fields if field.name in NOTHING}
    assert kept == NOTHING
    assert not PublishedCourse.objects.exists()
    assert not PublishedSpan.objects.exists()
    assert not PublishedSum.objects.exists()


def test_publishing_again_brings_back_the_version_and_the_earlier_ones(prisoner: Prisoner, approve: Approve) -> None:
    approve(prisoner)
    first = PublishedVersion.objects.get().text
    prisoner.summary_en = "A teacher of physics."
    prisoner.save()
    approve(prisoner)
    withdraw_case(prisoner.code, at=LATER)
    republish_case(prisoner, build_case(prisoner), withdrawn_at=LATER, at=LATER)
    assert open_versions(prisoner) == [1, 2]
    assert PublishedVersion.objects.get(number=1).text == first


def test_publishing_again_under_narrower_consent_leaves_the_named_versions_closed(
    prisoner: Prisoner, approve: Approve
) -> None:
    approve(prisoner)
    withdraw_case(prisoner.code, at=LATER)
    prisoner.consent = Consent.INITIALS.value
    prisoner.save()
    republish_case(prisoner, build_case(prisoner), withdrawn_at=LATER, at=LATER)
    assert open_versions(prisoner) == [2]
    assert "Vyhadanyi" not in "".join(PublishedVersion.objects.values_list("text", flat=True))


@pytest.mark.parametrize("field", ["born_detail", "consent"])
def test_withholding_a_value_closes_the_versions_that_show_it(prisoner: Prisoner, approve: Approve, field: str) -> None:
    approve(prisoner)
    setattr(prisoner, field, {"born_detail": "year", "consent": Consent.INITIALS.value}[field])
    prisoner.save()
    approve(prisoner, at=LATER)
    assert open_versions(prisoner) == [2]


def test_hiding_a_row_closes_the_versions_that_show_it_even_as_it_was_before_an_edit(
    prisoner: Prisoner, approve: Approve
) -> None:
    approve(prisoner)
    arrest = prisoner.events.get()
    arrest.happened = "2018-05-22"
    arrest.save()
    approve(prisoner)
    assert open_versions(prisoner) == [1, 2]
    arrest.is_public = False
    arrest.save()
    approve(prisoner, at=LATER)
    assert open_versions(prisoner) == [3]


def test_a_correction_leaves_earlier_versions_readable(prisoner: Prisoner, approve: Approve) -> None:
    approve(prisoner)
    prisoner.summary_en = "A teacher of physics."
    prisoner.save()
    approve(prisoner)
    assert open_versions(prisoner) == [1, 2]


def test_a_version_can_be_neither_altered_nor_deleted(prisoner: Prisoner, approve: Approve) -> None:
    approve(prisoner)
    version = PublishedVersion.objects.get()
    for attempt in (
        version.save,
        version.delete,
        PublishedVersion.objects.all().delete,
        lambda: PublishedVersion.objects.update(text="other"),
    ):
        with pytest.raises(VersionIsFinal):
            attempt()


def test_every_projection_can_be_rebuilt_from_the_versions_alone(prisoner: Prisoner, approve: Approve) -> None:
    approve(prisoner)
    before = everything()
    alias = router.db_for_write(PublishedCase)
    for table in (PublishedTotal, PublishedCell, PublishedCellTotal, PublishedFacet, PublishedName, PublishedCase):
        table.objects.all().delete()
    rebuild(on=AT.date(), using=alias)
    assert everything() == before
    rebuild(on=AT.date(), using=alias)
    assert everything() == before


def test_rebuilding_keeps_a_withdrawn_case_withdrawn(prisoner: Prisoner, approve: Approve) -> None:
    approve(prisoner)
    withdraw_case(prisoner.code, at=LATER)
    PublishedCase.objects.all().delete()
    rebuild(on=LATER.date(), using=router.db_for_write(PublishedCase))
    assert PublishedCase.objects.get().state == "withdrawn"
    assert PublishedCase.objects.visible(LATER.date()).count() == 0


def test_totals_follow_what_is_published(prisoner: Prisoner, approve: Approve) -> None:
    approve(prisoner)
    total = PublishedTotal.objects.get(facet="status", value="pretrial")
    assert (total.people, total.in_custody, total.invented) == (1, 1, 1)
    prisoner.events.create(kind="release", happened="2019")
    approve(prisoner)
    assert list(PublishedTotal.objects.filter(facet="status").values_list("value", "people", "in_custody")) == [
        ("released", 1, 0)
    ]


def test_an_unreachable_public_side_is_said_and_nothing_is_half_published(prisoner: Prisoner) -> None:
    document = build_case(prisoner)
    with (
        mock.patch("cases.publication.publish.projections.show_case", side_effect=OperationalError("gone")),
        pytest.raises(PublicSideUnreachable, match="nothing was published"),
    ):
        publish_case(prisoner, document, at=AT)
    assert not PublishedVersion.objects.exists()
    assert canonical(document) == canonical(build_case(prisoner))


def test_publishing_again_leaves_closed_what_was_closed_before_the_withdrawal_even_if_its_row_is_deleted(
    prisoner: Prisoner, secret_name: PersonName, approve: Approve
) -> None:
    secret_name.is_public = True
    secret_name.save()
    approve(prisoner)
    secret_name.is_public = False
    secret_name.save()
    approve(prisoner, at=LATER)
    secret_name.delete()
    withdraw_case(prisoner.code, at=LATER + datetime.timedelta(hours=1))
    republish_case(
        prisoner,
        build_case(prisoner),
        withdrawn_at=LATER + datetime.timedelta(hours=1),
        at=LATER + datetime.timedelta(2),
    )
    assert open_versions(prisoner) == [2]


@pytest.mark.parametrize("change", ["delete", "move"])
def test_a_row_that_is_no_longer_part_of_the_case_closes_the_versions_that_show_it(
    prisoner: Prisoner, approve: Approve, change: str
) -> None:
    approve(prisoner)
    arrest = prisoner.events.get()
    if change == "delete":
        arrest.delete()
    else:
        arrest.prisoner = Prisoner.objects.create()
        arrest.save()
    approve(prisoner, at=LATER)
    assert open_versions(prisoner) == [2]


def test_a_source_that_may_no_longer_be_named_closes_the_versions_that_name_it(
    prisoner: Prisoner, approve: Approve
) -> None:
    citation = cite(prisoner.events.get(), prisoner)
    approve(prisoner)
    citation.delete()
    approve(prisoner)
    assert open_versions(prisoner) == [1, 2]
    citation.source.is_public = False
    citation.source.save()
    approve(prisoner, at=LATER)
    assert open_versions(prisoner) == [2]


def test_earlier_versions_can_be_closed_for_a_text_that_should_never_have_been_public(
    prisoner: Prisoner, approve: Approve
) -> None:
    approve(prisoner)
    prisoner.summary_en = "A teacher of physics."
    prisoner.save()
    approve(prisoner)
    close_earlier_versions(prisoner.code, at=LATER)
    assert open_versions(prisoner) == [2]


def test_what_only_a_closed_version_showed_is_in_no_sum(prisoner: Prisoner, approve: Approve) -> None:
    prisoner.ethnicity = "karaite"
    prisoner.save()
    approve(prisoner)
    known = PublishedVersion.objects.get().published_at.date()
    prisoner.ethnicity = ""
    prisoner.save()
    approve(prisoner, at=LATER)
    assert set(PublishedSum.objects.filter(dimension="ethnicity").values_list("value", flat=True)) == {"karaite"}
    close_earlier_versions(prisoner.code, at=LATER)
    assert not PublishedSum.objects.filter(value="karaite").exists()
    assert PublishedSum.objects.filter(dimension="all", day_grain="d", known_grain="d").get().known == known


def test_publishing_again_counts_as_before_the_withdrawal(prisoner: Prisoner, approve: Approve) -> None:
    approve(prisoner)
    prisoner.ethnicity = "karaite"
    prisoner.save()
    approve(prisoner, at=LATER)
    before = everything()["sums"]
    withdraw_case(prisoner.code, at=LATER)
    republish_case(prisoner, build_case(prisoner), withdrawn_at=LATER, at=LATER)
    assert everything()["sums"] == before


def test_one_photograph_of_two_people_is_published_for_each(prisoner: Prisoner, approve: Approve) -> None:
    approve(prisoner)
    other = PublishedCase.objects.get()
    other.pk = "22222B"
    other.save(force_insert=True)
    for case in PublishedCase.objects.all():
        PublishedPhoto.objects.create(case=case, sha256="a" * 64, content=b"pixels", width=1, height=1)
    withdraw_case(prisoner.code, at=LATER)
    assert list(PublishedPhoto.objects.values_list("case_id", flat=True)) == ["22222B"]
