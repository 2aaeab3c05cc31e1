"""A file that is put back from the history comes with its hash, and one that is gone is not put back."""

from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile

from cases.actions.accounts import REVIEWER, ensure_groups
from cases.actions.permissions import ActionRefused
from cases.actions.restore_history import restore_version
from cases.models import Source
from cases.queries.restoration import plan_for_version
from cases.sealed_files import delete_files
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def media(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


def put_back(source: Source, column: str) -> None:
    """Put back the first version of a source, or one field of it."""
    ensure_groups()
    first = source.history.earliest("history_id").history_id
    plan = plan_for_version(source, "source", first, column=column)
    assert plan is not None
    reviewer = factories.UserFactory(group=REVIEWER)
    restore_version(reviewer, source, kind="source", version=first, column=column, state=plan.state)


@pytest.mark.parametrize("column", ["", "file"])
def test_a_file_comes_back_with_its_hash(column: str) -> None:
    source = factories.SourceFactory(file=ContentFile(b"first", "a.txt"))
    before = (source.file.name, source.file_sha256)
    source.file.save("b.txt", ContentFile(b"second"))
    put_back(source, column)
    kept = Source.objects.get()
    assert (kept.file.name, kept.file_sha256) == before
    with kept.file.open() as file:
        assert file.read() == b"first"


def test_a_file_that_is_gone_is_not_put_back() -> None:
    source = factories.SourceFactory(file=ContentFile(b"first", "a.txt"))
    delete_files([source.file.name])
    source.file.save("b.txt", ContentFile(b"second"))
    second = source.file.name
    with pytest.raises(ActionRefused, match="no longer kept"):
        put_back(source, "file")
    assert Source.objects.get().file.name == second
