from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from cases.models import DetentionSite, Prisoner
from cases.published.models import PublishedCase, PublishedProvision, PublishedSite
from tests.reference_data import load_small_reference

pytestmark = pytest.mark.django_db


def run(*command: str) -> str:
    output = StringIO()
    call_command(*command, stdout=output)
    return output.getvalue()


def test_reference_data_are_loaded_published_and_counted_and_edits_of_the_desk_wait() -> None:
    told = run("load_reference")
    assert "sites: 834 added, 0 changed, 0 unchanged" in told
    assert "published: 834 detention sites, 44 provisions" in told
    assert (PublishedSite.objects.count(), PublishedProvision.objects.count()) == (834, 44)
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
