"""The vocabulary says how many cases have a word, through every publication and withdrawal, and keeps no word of nobody."""

import threading

import pytest
from django.db import connection, router, transaction

from cases.domain.name_terms import near_terms
from cases.published import name_vocabulary, projections
from cases.published.models import PublishedCase
from cases.published.name_models import (
    PublishedNameChange,
    PublishedNameIndex,
    PublishedNameMiss,
    PublishedNames,
    PublishedNameWord,
)
from cases.published.search import is_ready
from tests.published.samples import PUBLISHED_AT, TODAY, case, publish, withdraw

pytestmark = pytest.mark.django_db
ALIAS = router.db_for_write(PublishedCase)


def named(code, text):
    return publish(case(code, name={"en": text, "uk": ""}))


def frequencies():
    return dict(PublishedNameWord.objects.values_list("word", "frequency"))


def everything():
    return frequencies(), set(PublishedNameMiss.objects.values_list("miss", "word"))


def test_a_word_counts_the_cases_that_have_it():
    named("22222A", "Anna Kit")
    named("22222B", "Anna Kot")

    assert frequencies() == {"ana": 2, "kit": 1, "kat": 1}


def test_publishing_again_counts_once_and_forgets_what_is_gone():
    named("22222A", "Anna Kit")
    named("22222A", "Anna Kit")
    assert frequencies() == {"ana": 1, "kit": 1}

    named("22222A", "Anna Zub")
    assert frequencies() == {"ana": 1, "zub": 1}
    assert set(PublishedNameMiss.objects.values_list("miss", flat=True)) == near_terms("ana") | near_terms("zub")


def test_withdrawing_leaves_nothing_of_a_name():
    named("22222A", "Anna Kit")
    withdraw("22222A")

    assert everything() == ({}, set())
    assert not PublishedNames.objects.exists()
    assert not PublishedNameChange.objects.exists()


def test_a_rebuilt_vocabulary_is_the_one_that_publication_kept():
    named("22222A", "Anna Kit")
    named("22222B", "Hanna Kyt")
    before = everything()

    projections.rebuild(on=TODAY, using=ALIAS)
    name_vocabulary.rebuild_vocabulary(at=PUBLISHED_AT, using=ALIAS)

    assert everything() == before


def test_changes_that_another_is_counting_wait_and_are_not_lost(monkeypatch):
    monkeypatch.setattr(name_vocabulary, "alone", lambda *_: False)
    named("22222A", "Anna Kit")
    assert frequencies() == {}
    monkeypatch.undo()

    named("22222B", "Anna Kot")

    assert frequencies() == {"ana": 2, "kit": 1, "kat": 1}


def test_an_index_that_was_never_built_is_said_to_be_missing(monkeypatch, caplog):
    monkeypatch.setattr(name_vocabulary, "_complete", set())
    named("22222A", "Anna Kit")
    named("22222B", "Anna Kot")
    PublishedNames.objects.filter(pk="22222A").delete()
    PublishedNameIndex.objects.all().delete()

    assert not is_ready()
    assert "rebuild_published" in caplog.text

    projections.rebuild(on=TODAY, using=ALIAS)
    name_vocabulary.rebuild_vocabulary(at=PUBLISHED_AT, using=ALIAS)
    assert is_ready()


@pytest.mark.django_db(transaction=True, databases="__all__")
def test_publishers_at_the_same_time_neither_lock_each_other_nor_miscount():
    started = threading.Barrier(2)

    def work(numbers):
        started.wait(20)
        with transaction.atomic(using=ALIAS):
            for number in numbers:
                terms = {"ana", f"kit{number}"}
                name_vocabulary.record(terms, by=1, using=ALIAS)
                name_vocabulary.count_changes(ALIAS)
        connection.close()

    threads = [threading.Thread(target=work, args=(order,)) for order in ([1, 2, 3], [3, 2, 1])]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)

    assert frequencies() == {"ana": 6, "kit1": 2, "kit2": 2, "kit3": 2}
    assert not PublishedNameChange.objects.exists()
