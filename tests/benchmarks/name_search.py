"""How well and how fast a person is found among others, by each other form of the name and by mistyped ones.

    NAME_FORMS=FORMS.jsonl [OTHER_PEOPLE=PEOPLE.csv] [INVENTED=35000] [HALF=report] [TEST_DATABASES=postgresql]
        [KEPT_SERVER=FOLDER] .venv/bin/pytest tests/benchmarks/name_search.py -s -n0

FORMS has {"id", "forms": [...]} a line: the first form is indexed and each other one asked. PEOPLE has a column NAME. Half
of the people of FORMS, by a hash of their id, was there for tuning (HALF=tune); figures are reported of the other half,
after questions about the first 150 people of the first (WARMING). With KEPT_SERVER everybody is indexed once: later runs
find them there.
"""

import os
import random
import time
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime
from itertools import chain
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction

from cases.domain.name_terms import index_terms
from cases.published.engine import insert_rows, sweep
from cases.published.models import PublishedCase, PublishedName
from cases.published.name_models import PublishedNameMiss, PublishedNames, PublishedNameWord
from cases.published.name_vocabulary import rebuild_vocabulary
from cases.published.search import find
from cases.published.term_lookup import indexes_rows
from tests.benchmarks.measuring import say
from tests.benchmarks.name_samples import (
    invented_names,
    is_for_tuning,
    mistyped,
    names_of_people,
    people_of_forms,
    with_lookalikes,
)

NOW = datetime(2026, 1, 1, tzinfo=UTC)
FORMS = Path(os.environ["NAME_FORMS"])
OTHERS = names_of_people(Path(os.environ["OTHER_PEOPLE"])) if os.environ.get("OTHER_PEOPLE") else []
INVENTED = int(os.environ.get("INVENTED", "0"))
ASKED = int(os.environ.get("ASKED", "300"))
WARMING = int(os.environ.get("WARMING", "150"))
SAID = os.environ.get("SAY", "")
TABLES = (PublishedCase, PublishedNames, PublishedNameWord, PublishedNameMiss)
CASE = (
    "code",
    "state",
    "version",
    "sha256",
    "slug",
    "first_published_at",
    "published_at",
    "kind",
    "is_invented",
    "sex",
)
CASE += (
    "ethnicity",
    "status",
    "in_custody",
    "name_en",
    "name_uk",
    "sort_en",
    "sort_uk",
    "document",
    "cell",
    "marks_1",
    "marks_2",
)


def numbered(names: Iterable[str], *, after: int = 0) -> Iterator[tuple[str, str]]:
    """Yield (code, name)."""
    return ((f"P{number}", name) for number, name in enumerate(names, start=after + 1))


def index(names: Iterable[tuple[str, str]]) -> None:
    """Put (code, name) into the index as publication does, without documents."""
    cases, rows, tokens = [], [], []
    for code, name in names:
        terms = index_terms([name], code=code)
        cases.append(
            (code, "published", 1, "", "", NOW, NOW, "", True, "", "", "", False, name[:200], "", "", "", "{}", 0, 0, 0)
        )
        rows.append((code, name, " ".join(terms)))
        tokens += [] if indexes_rows("default") else [(code, term) for term in terms]
    insert_rows(PublishedCase, CASE, cases, using="default")
    insert_rows(PublishedNames, ("case_id", "forms", "terms"), rows, using="default")
    insert_rows(PublishedName, ("case_id", "token"), tokens, using="default")


def ask(label: str, questions: list[tuple[str, str]]) -> None:
    """Ask (code, question) and print how often the person came first, among the first 20, and how long it took."""
    visible = PublishedCase.objects.visible(date(2026, 1, 1))
    ranks, took, used = [], [], time.process_time()
    for code, question in questions:
        start = time.perf_counter()
        hits = find(question, visible).hits
        took.append(time.perf_counter() - start)
        rank = next((place for place, hit in enumerate(hits, start=1) if hit.code == code), 0)
        ranks.append(rank)
        if SAID and not 0 < rank <= 20:
            print(f"    {code} {question} ({rank}): {[hit.match and hit.match.form for hit in hits[:3]]}")  # noqa: T201
    used = (time.process_time() - used) / len(questions) * 1000
    took.sort()
    first, among = (sum(0 < rank <= most for rank in ranks) / len(ranks) for most in (1, 20))
    mean = sum(1 / rank for rank in ranks if rank) / len(ranks)
    quantiles = " / ".join(
        f"{took[min(len(took) - 1, int(len(took) * part))] * 1000:.1f}" for part in (0.5, 0.95, 0.99)
    )
    print(f"{label:28} {len(ranks):5} {first:7.1%} {among:7.1%} {mean:6.3f}   {quantiles}   {used:.1f}")  # noqa: T201


@pytest.fixture(scope="module")
def names(django_db_setup: None, django_db_blocker: Any) -> None:
    """Index everybody, unless a kept server has them already; committed, so that the next run finds them there."""
    with django_db_blocker.unblock():
        if not PublishedNames.objects.exists():
            with transaction.atomic():
                start = time.perf_counter()
                index((f"F{key}", names[0]) for key, names in people_of_forms(FORMS))
                index(chain(numbered(OTHERS), numbered(invented_names(INVENTED), after=len(OTHERS))))
                say(f"indexed in {time.perf_counter() - start:.0f} s")
                start = time.perf_counter()
                words = rebuild_vocabulary(at=NOW, using="default")
                say(f"{words} words of the vocabulary in {time.perf_counter() - start:.0f} s")
            sweep(
                "default",
                (one._meta.db_table for one in (PublishedCase, PublishedNames, PublishedNameWord, PublishedNameMiss)),
            )
        say(f"{connection.vendor}: {PublishedNames.objects.count()} names")


def warm_up() -> None:
    """Ask of the people that were there for tuning, so that what a site asks every minute is in memory; mistyped, too."""
    visible = PublishedCase.objects.visible(date(2026, 1, 1))
    chance = random.Random(3)  # noqa: S311 - the same mistakes in every run
    for _key, forms in [one for one in people_of_forms(FORMS) if is_for_tuning(one[0])][:WARMING]:
        for question in (*forms[1:], mistyped(forms[0], chance), mistyped(forms[0], chance, mistakes=2)):
            find(question, visible)


@pytest.mark.django_db
def test_name_search(names: None) -> None:
    half = os.environ.get("HALF", "report")
    others = list(numbered(OTHERS))
    say(f"{'':28} asked   @1     @20    MRR   p50 / p95 / p99 ms   mean of processor time, ms")
    warm_up()
    chosen = [one for one in people_of_forms(FORMS) if half == "all" or is_for_tuning(one[0]) == (half == "tune")]
    ask("other forms", [(f"F{key}", other) for key, names in chosen for other in names[1:]])
    chance = random.Random(7)  # noqa: S311 - the same mistakes in every run
    sample = chance.sample([(f"F{key}", names) for key, names in chosen], min(ASKED, len(chosen)))
    latin = [(key, names[0]) for key, names in sample if names[0].isascii()]
    cyrillic = [(key, name) for key, names in sample if (name := next((n for n in names if n[0] > "Ѐ"), ""))]
    native = chance.sample(others, min(ASKED, len(others)))
    for label, asked in (("Latin", latin), ("Cyrillic", cyrillic), ("people", native)):
        if asked:
            ask(f"{label}, look-alikes", [(key, with_lookalikes(name, chance)) for key, name in asked])
            ask(f"{label}, one mistake", [(key, mistyped(name, chance)) for key, name in asked])
            ask(f"{label}, first letter", [(key, mistyped(name, chance, first=True)) for key, name in asked])
            ask(f"{label}, two words", [(key, mistyped(name, chance, mistakes=2)) for key, name in asked])
            ask(f"{label}, without patronymic", [(key, _short(name)) for key, name in asked])


def _short(name: str) -> str:
    """Return the name without the word in the middle."""
    words = name.partition("(")[0].split()
    return " ".join([words[0], *words[2:]]) if len(words) > 2 and words[1][-1] in "ьчhaа" else " ".join(words[:2])
