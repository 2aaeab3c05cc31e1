"""A case with a mark in every field and a past: versions, edited and deleted rows, a replaced photograph, a family."""

from dataclasses import dataclass

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile

from cases.actions.review import approve, recall, send_back, submit
from cases.models import (
    Aid,
    Citation,
    Defendant,
    Event,
    Household,
    Need,
    PersonName,
    Prisoner,
    Proceeding,
    Relative,
    Source,
    Stay,
)
from cases.models.base import new_code
from cases.sealed import SealedField
from tests.canary.marks import Mark
from tests.canary.world import AT, Builder, jpeg_with_comment

#: The one who is erased, and the others, of whom nothing may be harmed.
GOES, STAYS = "full", ("initials",)


@dataclass
class Before:
    """What was planted, and what the erased person shares with another."""

    builder: Builder
    prisoner: Prisoner
    other: Prisoner
    joint: Proceeding
    household: Household

    def tokens(self, *cases: str) -> set[str]:
        """Return what is stored in sealed columns for the marks of these cases, the past included."""
        wanted = {form for mark in self.marks(*cases) if mark.model != "official" for form in mark.forms}
        found = set()
        for model in apps.get_app_config("cases").get_models():
            sealed = [column.attname for column in model._meta.concrete_fields if isinstance(column, SealedField)]
            for row in model._default_manager.all() if sealed else ():
                for name in sealed:
                    value = getattr(row, name)
                    if value and value.open().lower() in wanted:
                        found.add(value._token)
        return found

    def marks(self, *cases: str) -> list[Mark]:
        return [mark for mark in self.builder.planter.marks if mark.case in cases]


class FamilyBuilder(Builder):
    """Plants families whose codes stay random."""

    def family(self, name: str, prisoner: Prisoner) -> None:
        row = self.planter.row
        household = row(Household, name, code=new_code())
        household.prisoners.add(prisoner)
        row(Relative, name, household=household, prisoner=prisoner, kinship="spouse", born="1951-03-14")
        need = row(Need, name, household=household, kind="medical", currency="UAH")
        row(Aid, name, household=household, need=need, kind="medical", currency="UAH", given_by=self.author)


def build_before() -> Before:
    """Plant two cases and what they share; give the first one a past."""
    builder = FamilyBuilder()
    prisoners = {name: builder.case(name) for name in (GOES, *STAYS)}
    for name in (GOES, *STAYS):
        builder.publish(name)
    goes, other = prisoners[GOES], prisoners[STAYS[0]]
    joint, household = _shared(builder, goes, other)
    _edit(builder, goes)
    _submit(builder, goes)
    return Before(builder, goes, other, joint, household)


def _shared(builder: Builder, goes: Prisoner, other: Prisoner) -> tuple[Proceeding, Household]:
    row = builder.planter.row
    joint = row(Proceeding, "joint")
    for name, prisoner in ((GOES, goes), (STAYS[0], other)):
        defendant = row(Defendant, name, prisoner=prisoner, proceeding=joint)
        builder.cite(name, defendant, prisoner, is_open=True)
    source = builder.source("joint")
    row(
        Citation,
        "joint",
        prisoner=goes,
        content_type=ContentType.objects.get_for_model(joint),
        object_id=joint.pk,
        source=source,
        field="",
        value="",
    )
    household = row(Household, "joint", code=new_code())
    household.prisoners.add(goes, other)
    row(Relative, GOES, household=household, prisoner=goes, kinship="child", born="1991-03-14")
    row(Relative, STAYS[0], household=household, prisoner=other, kinship="parent", born="1941-03-14")
    return joint, household


def _edit(builder: Builder, goes: Prisoner) -> None:
    """Change, replace, move and delete, so that the history alone holds some of the marks."""
    planter = builder.planter
    goes.refresh_from_db()
    goes.photo.save("zqxvlater.jpg", jpeg_with_comment(planter.word((GOES, "prisoner", "photo"), is_open=False)))
    goes.summary_en = planter.word((GOES, "prisoner", "summary"), is_open=True)
    goes.private_notes = planter.word((GOES, "prisoner", "private_notes"), is_open=False)
    goes.save()
    planter.row(PersonName, GOES, is_open=False, prisoner=goes, language="en").delete()
    planter.row(Stay, GOES, is_open=False, prisoner=goes, kind="in_transit", site=None).delete()
    event = planter.row(Event, GOES, is_open=False, prisoner=goes, kind="visit")
    builder.cite(GOES, event, goes, is_open=False)
    event.delete()
    source = planter.row(Source, GOES, kind="letter", file_sha256="a" * 64)
    source.file.save("zqxvverdict.txt", ContentFile(planter.word((GOES, "source", "file"), is_open=False).encode()))
    planter.row(
        Citation,
        GOES,
        prisoner=goes,
        content_type=ContentType.objects.get_for_model(goes),
        object_id=goes.pk,
        source=source,
        field="",
        value="",
    )


def _submit(builder: Builder, goes: Prisoner) -> None:
    """Take it round once more: sent back, recalled, published as a second version."""

    def note(field: str) -> str:
        return builder.planter.word((GOES, "submission", field), is_open=False)

    send_back(
        builder.reviewer, submit(builder.author, goes, note=note("note"), at=AT), note=note("decision_note"), at=AT
    )
    recall(builder.author, submit(builder.author, goes, note=note("note"), at=AT), at=AT)
    approve(builder.reviewer, submit(builder.author, goes, note=note("note"), at=AT), note=note("decision_note"), at=AT)
