from functools import partial
from io import StringIO
from pathlib import Path
from unittest import mock

import pytest
from django.core.management import CommandError, call_command

from cases.actions.reference import load_reference
from cases.models import DetentionSite, Prisoner
from cases.published.models import PublishedCase, PublishedProvision, PublishedSite
from tests.reference_data import copy_small_reference, load_small_reference

pytestmark = pytest.mark.django_db


def run(*command: str) -> str:
    output = StringIO()
    call_command(*command, stdout=output)
    return output.getvalue()


def test_reference_data_are_loaded_published_and_counted_and_edits_of_the_desk_wait(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As loading does with some of the data; that all of them are published is asked in test_quickstart.py."""
    small = partial(load_reference, folder=copy_small_reference(tmp_path))
    monkeypatch.setattr("cases.management.commands.load_reference.load_reference", small)
    told = run("load_reference")
    assert "sites: 6 added, 0 changed, 0 unchanged" in told
    assert "published: 6 detention sites, 44 provisions" in told
    assert (PublishedSite.objects.count(), PublishedProvision.objects.count()) == (6, 44)
    site, hidden = DetentionSite.objects.order_by("slug")[:2]
    site.name_en = "Written at the desk"
    hidden.is_public = False
    for one in (site, hidden):
        one._change_reason = ""
        one.save()
    told = run("load_reference")
    assert "2 pages were changed at the desk and wait there" in told
    assert PublishedSite.objects.get(slug=site.slug).document["name"]["en"] != "Written at the desk"
    assert PublishedSite.objects.filter(slug=hidden.slug).exists()


def test_seed_and_demo_commands_say_what_they_added_and_what_they_kept(tmp_path: Path) -> None:
    load_small_reference(tmp_path)
    assert run("load_seed_cases").count("added and published") == 3
    assert run("load_seed_cases").count("is there already, kept as it is") == 3
    assert run("make_demo", "--cases", "2", "--seed", "5") == "  invented cases: 2 added, 0 were there already\n"
    assert run("make_demo", "--cases", "2", "--seed", "5") == "  invented cases: 0 added, 2 were there already\n"
    assert PublishedCase.objects.filter(is_invented=True).count() == 2


def test_without_reference_data_the_commands_say_what_to_run_first() -> None:
    with pytest.raises(CommandError, match=r"Nothing was loaded\. Was load_reference run before\?"):
        run("load_seed_cases")
    with pytest.raises(CommandError, match="run load_reference first"):
        run("make_demo")
    assert not Prisoner.objects.exists()


def test_a_demonstration_of_nothing_is_refused() -> None:
    with pytest.raises(CommandError, match="at least one"):
        run("make_demo", "--cases", "0")


def test_a_crowd_is_made_where_many_cases_are_asked_for_and_says_that_the_desk_has_no_records(tmp_path: Path) -> None:
    load_small_reference(tmp_path)
    told = run("make_demo", "--cases", "12", "--seed", "5", "--crowd", "--processes", "1")
    assert told.startswith("  invented crowd: 12 added in ")
    assert told.endswith("It is in the public copy alone: the desk has no records of it.\n")
    assert "0 added in 0 rows, 12 were there already" in run("make_demo", "--cases", "12", "--seed", "5", "--crowd")
    assert PublishedCase.objects.filter(is_invented=True).count() == 12
    assert not Prisoner.objects.exists()
    with mock.patch("cases.management.commands.make_demo.MOST_WITH_RECORDS", 3):
        assert "invented crowd: 4 added" in run("make_demo", "--cases", "4", "--seed", "6", "--processes", "1")
        assert run("make_demo", "--cases", "4", "--seed", "6", "--records") == (
            "  invented cases: 4 added, 0 were there already\n"
        )


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--crowd", "--records"], "exclude each other"),
        (["--processes", "0"], "--processes: ask for at least one"),
        (["--crowd", "--seed", "600000"], "--seed: give a number from 0 to 531440. No invented case was written"),
    ],
)
def test_what_no_crowd_can_be_made_from_is_refused(options: list[str], said: str) -> None:
    with pytest.raises(CommandError, match=said):
        run("make_demo", *options)
