"""A case file with a mistake is named, and nothing of it is written."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from cases.actions import seed_cases
from cases.actions.fixture_accounts import fixture_author, fixture_reviewer
from cases.actions.fixture_rows import FixtureError
from cases.actions.permissions import ActionRefused
from cases.actions.review import approve
from cases.actions.seed_cases import load_seed_cases
from cases.models import Prisoner
from cases.published.models import PublishedCase
from tests.reference_data import load_small_reference

pytestmark = pytest.mark.django_db

AT = datetime(2026, 11, 22, 12, tzinfo=UTC)
CASE = {
    "prisoner": {"code": "222222", "consent": "full", "consent_given_by": "public_record", "summary_en": "A person."},
    "names": [{"text": "Somebody Else", "language": "en"}],
}


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"stays": [{"kind": "site"}]}, "bad.json, stays 1, field"),
        ({"events": [{"kind": "arrest", "happened": "soon"}]}, "bad.json, events 1, field happened:"),
        ({"jokes": []}, "bad.json, jokes: a case has no such part"),
        ({"prisoner": {"kind": "contemporary"}}, "bad.json, prisoner, field code: is missing"),
        ({"proceedings": [{"join": "nothing"}]}, "field join: no proceeding 'nothing' was written before"),
        (
            {"proceedings": [{"decisions": [{"outcome": "fried"}]}]},
            "bad.json, proceedings 1, decisions 1, field outcome:",
        ),
    ],
)
def test_a_bad_case_is_named_and_no_case_is_written(tmp_path: Path, change: dict[str, object], message: str) -> None:
    (tmp_path / "a-good.json").write_text(json.dumps(CASE))
    other = {**CASE, "prisoner": {**CASE["prisoner"], "code": "333333"}}
    (tmp_path / "bad.json").write_text(json.dumps({**other, **change}))
    with pytest.raises(FixtureError) as refusal:
        load_seed_cases(fixture_author(), fixture_reviewer(), now=lambda: AT, folder=tmp_path)
    assert message in str(refusal.value)
    assert not Prisoner.objects.exists()


def test_when_one_case_cannot_be_published_the_public_side_shows_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    load_small_reference(tmp_path)
    done: list[str] = []

    def refuse_the_second(*arguments: Any, **options: Any) -> Any:
        if done:
            raise RuntimeError
        done.append("one")
        return approve(*arguments, **options)

    monkeypatch.setattr(seed_cases, "approve", refuse_the_second)
    with pytest.raises(RuntimeError):
        load_seed_cases(fixture_author(), fixture_reviewer(), now=lambda: AT)
    assert (Prisoner.objects.count(), PublishedCase.objects.count()) == (0, 0)


def test_a_case_that_may_not_be_published_is_refused_whole(tmp_path: Path) -> None:
    withheld = {**CASE, "prisoner": {**CASE["prisoner"], "consent": "none"}}
    (tmp_path / "case.json").write_text(json.dumps(withheld))
    with pytest.raises(ActionRefused):
        load_seed_cases(fixture_author(), fixture_reviewer(), now=lambda: AT, folder=tmp_path)
    assert not Prisoner.objects.exists()
