"""Which cases the alarms of the desk's first page are about: those of a region, those assigned to somebody."""

from dataclasses import dataclass

from django.contrib.auth.models import User
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import get_language

from cases.models import Prisoner, Stay
from cases.published.regions import REGIONS, region_name

#: The word by which cases are chosen that are assigned to nobody.
NOBODY = "nobody"


@dataclass(frozen=True, slots=True)
class Choice:
    """What was chosen; "" is everything, and so is a word that is none of the choices."""

    region: str = ""
    assignee: str = ""

    @property
    def is_made(self) -> bool:
        return bool(self.region or self.assignee)


def read_choice(region: str, assignee: str) -> Choice:
    """Return what the reader chose, as far as it can be chosen."""
    known = assignee == NOBODY or (assignee.isdecimal() and len(assignee) < 10)
    return Choice(region if region in REGIONS else "", assignee if known else "")


def chosen_cases(choice: Choice) -> QuerySet[Prisoner]:
    """Return the cases of people from, or held now in, the region, and assigned to the person."""
    cases = Prisoner.objects.all()
    if choice.region:
        held = Stay.objects.filter(prisoner=OuterRef("pk"), ended__isnull=True, site__place__region=choice.region)
        cases = cases.filter(Q(home__region=choice.region) | Exists(held))
    if choice.assignee == NOBODY:
        return cases.filter(assigned_to__isnull=True)
    return cases.filter(assigned_to=int(choice.assignee)) if choice.assignee else cases


def regions() -> list[tuple[str, str]]:
    """Return the regions of which there are cases, Ukraine's first, each with its name."""
    homes = Prisoner.objects.order_by().values_list("home__region", flat=True).distinct()
    held = Stay.objects.filter(ended__isnull=True).order_by().values_list("site__place__region", flat=True).distinct()
    language = get_language() or "en"
    found = {code for code in (*homes, *held) if code in REGIONS}
    named = ((code, region_name(code, language)) for code in found)
    return sorted(named, key=lambda pair: (not pair[0].startswith("UA"), pair[1]))


def assignees() -> QuerySet[User]:
    """Return the people to whom cases are assigned."""
    assigned = Prisoner.objects.filter(assigned_to=OuterRef("pk"))
    return User.objects.filter(Exists(assigned)).order_by("username")
