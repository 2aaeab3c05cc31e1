"""The public copy: documents as shown, their versions, and projections of them to filter, sort, search and count by.

These tables may live in a database of their own (router alias `public`); nothing here refers to a private record.
"""

import datetime as dt
from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cases.enums import CaseKind, Ethnicity, PublicationState, Sex, SiteKind, Status
from cases.fields import VocabularyField

#: The columns by which a list can be ordered, each with the name of its index.
ORDERED = {
    "sort_en": "published_by_name_en",
    "sort_uk": "published_by_name_uk",
    "published_at": "published_by_change",
    "arrested_earliest": "published_by_arrest",
    "held_from": "published_by_custody",
    "sentence_days": "published_by_sentence",
}
#: What every one of these indexes carries, so that a list is filtered along its order without reading the rows it skips.
CARRIED = (
    *("show_until", "cell", "marks_1", "marks_2", "arrested_earliest", "arrested_latest"),
    *("sentence_days", "age_least", "age_most", "published_at"),
)


class PublishedCaseQuerySet(models.QuerySet["PublishedCase"]):
    """Every reading of cases starts with `visible`: the one gate for withdrawn cases and expired consent."""

    def visible(self, on: dt.date) -> Self:
        """Return the cases that may be shown on the day `on`."""
        return self.filter(Q(show_until__isnull=True) | Q(show_until__gte=on), state=PublicationState.PUBLISHED.value)


class PublishedCase(models.Model):
    """A case as the public sees it. Withdrawn cases keep their code and nothing else."""

    code = models.CharField(max_length=12, primary_key=True)
    state = VocabularyField(PublicationState, default=PublicationState.PUBLISHED)
    version = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    document = models.JSONField(null=True)
    card = models.JSONField(null=True)
    slug = models.CharField(max_length=120, blank=True)
    show_until = models.DateField(null=True, help_text="The last day of the consent")
    first_published_at = models.DateTimeField()
    published_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    kind = VocabularyField(CaseKind, blank=True)
    is_invented = models.BooleanField(default=False)
    sex = VocabularyField(Sex, blank=True)
    ethnicity = VocabularyField(Ethnicity, blank=True)
    status = VocabularyField(Status, blank=True)
    in_custody = models.BooleanField(default=False)
    arrested_earliest = models.DateField(null=True)
    arrested_latest = models.DateField(null=True)
    held_from = models.DateField(
        null=True, help_text="First possible day of the present custody; empty where it is over"
    )
    sentence_days = models.PositiveIntegerField(null=True, help_text="See cases/published/measures.py")
    age_least = models.PositiveSmallIntegerField(null=True, help_text="Full years at arrest, at least")
    age_most = models.PositiveSmallIntegerField(null=True, help_text="Full years at arrest, at most")
    cell = models.BigIntegerField(default=0, help_text="See cases/published/cells.py")
    marks_1 = models.BigIntegerField(default=0, help_text="See cases/published/marks.py")
    marks_2 = models.BigIntegerField(default=0)
    name_en = models.CharField(max_length=200, blank=True)
    name_uk = models.CharField(max_length=200, blank=True)
    sort_en = models.CharField(max_length=400, blank=True, help_text="Sort key of the English name")
    sort_uk = models.CharField(max_length=400, blank=True, help_text="Sort key of the Ukrainian name")

    objects = PublishedCaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("published case")
        verbose_name_plural = _("published cases")
        ordering = ["sort_en", "code"]
        indexes = [
            *(
                models.Index(fields=["state", column, "code", *(one for one in CARRIED if one != column)], name=name)
                for column, name in ORDERED.items()
            ),
            models.Index(fields=["show_until"], name="published_ending", condition=Q(show_until__isnull=False)),
            models.Index(
                fields=["withdrawn_at", "code"], name="published_gone", condition=Q(withdrawn_at__isnull=False)
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="withdrawn_case_keeps_nothing",
                condition=Q(state=PublicationState.PUBLISHED.value, document__isnull=False, withdrawn_at__isnull=True)
                | Q(
                    state=PublicationState.WITHDRAWN.value,
                    document__isnull=True,
                    card__isnull=True,
                    slug="",
                    name_en="",
                    name_uk="",
                    withdrawn_at__isnull=False,
                ),
            )
        ]

    def __str__(self) -> str:
        return self.code


class DocumentKind(models.TextChoices):
    """Which reference a version belongs to."""

    CASE = "case", _("Case")
    SITE = "site", _("Detention site")
    PROVISION = "provision", _("Provision")


class VersionIsFinal(Exception):
    """Raised on any attempt to alter or delete a published version other than by closing it."""


class PublishedVersionQuerySet(models.QuerySet["PublishedVersion"]):
    def update(self, **_values: Any) -> int:
        raise VersionIsFinal

    def delete(self) -> tuple[int, dict[str, int]]:
        raise VersionIsFinal

    def open(self) -> Self:
        """Return the versions that may be shown."""
        return self.filter(closed_at__isnull=True)


class PublishedVersion(models.Model):
    """One published state of a document: append-only. A closed version keeps its hash and loses its text."""

    kind = models.CharField(max_length=12, choices=DocumentKind.choices)
    key = models.CharField(max_length=120, help_text="The code of the case, the slug of the site or provision")
    number = models.PositiveIntegerField()
    text = models.TextField(blank=True, help_text="The canonical JSON text; empty when closed")
    sha256 = models.CharField(max_length=64)
    published_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, help_text="Closed when it shows what may no longer be shown")
    show_until = models.DateField(null=True, help_text="The last day of the consent under which it was published")

    objects = PublishedVersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("published version")
        verbose_name_plural = _("published versions")
        ordering = ["kind", "key", "number"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "key", "number"], name="version_number_once"),
            models.CheckConstraint(
                name="closed_version_keeps_no_text",
                condition=Q(closed_at__isnull=True) & ~Q(text="") | Q(closed_at__isnull=False, text=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key} v{self.number}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise VersionIsFinal
        super().save(*args, **kwargs)

    def delete(self, *_args: Any, **_kwargs: Any) -> tuple[int, dict[str, int]]:
        raise VersionIsFinal


class PublishedName(models.Model):
    """One folded token of one public name form, to find a case by the beginning of any name in any script."""

    case = models.ForeignKey(PublishedCase, models.CASCADE, related_name="name_tokens")
    token = models.CharField(max_length=100, db_index=True)

    class Meta:
        verbose_name = _("published name")
        verbose_name_plural = _("published names")
        ordering = ["case", "token"]
        constraints = [models.UniqueConstraint(fields=["case", "token"], name="published_name_once")]

    def __str__(self) -> str:
        return self.token


class Facet(models.TextChoices):
    """By what a list can be filtered beside the columns of the case."""

    ALL = "all", _("All")
    STATUS = "status", _("Status")
    KIND = "kind", _("Kind of case")
    ETHNICITY = "ethnicity", _("Ethnicity")
    SEX = "sex", _("Sex")
    ARTICLE = "article", _("Article")  # "205.5" and "205.5(2)"
    PROVISION = "provision", _("Provision")  # slug
    PLACE = "place", _("Place")  # slug, of home, of arrest, of a detention site
    REGION = "region", _("Region")  # of home, arrest or the present place of detention
    HOME_REGION = "home_region", _("Region of home")
    ARREST_REGION = "arrest_region", _("Region of arrest")
    SITE_REGION = "site_region", _("Region of the present place of detention")
    SITE = "site", _("Detention site")  # slug, held there now
    PAST_SITE = "past_site", _("Former detention site")  # slug
    ROLE = "role", _("Role")
    RELIGION = "religion", _("Religion")  # where it is public
    ARREST_YEAR = "arrest_year", _("Year of arrest")  # each in which it may have been; UNSURE
    AGE = "age", _("Age at arrest")  # each band in which it may have been
    SENTENCE = "sentence", _("Sentence")  # what kind of sentence stands
    ASSESSED = "assessed", _("Assessed as")  # the decision
    ASSESSED_BY = "assessed_by", _("Assessed by")  # slug of the body
    ASSESSMENT = "assessment", _("Assessment")  # the decision and the slug of the body that took it
    ORGANISATION = "organisation", _("Organisation")  # slug, in whatever connection a case names it
    ACT = "act", _("Alleged act")  # slug of a provision and two days: cases/published/law.py
    REHABILITATION = "rehabilitation", _("Rehabilitation")  # its present status
    RESCINDED = "rescinded", _("Rehabilitation rescinded")  # EVER, and each year in which it may have been
    RESCINDED_BY = "rescinded_by", _("Rehabilitation rescinded by")  # slug of the body
    SENTENCE_LENGTH = "sentence_length", _("Length of the sentence")  # a band of cases/published/figures.py
    TIME_HELD = "time_held", _("Time in custody so far")  # a band of years, of people in custody
    DEATH_YEAR = "death_year", _("Year of death in custody")
    SHARE = "share", _("Ethnicity in a region")  # "UA-43/crimean_tatar", where the population's shares are known


#: The value of a facet that says that something was so, whenever it was.
EVER = "ever"

#: The year of an arrest of which not even the decade is known.
UNSURE = "unsure"


class PublishedFacet(models.Model):
    """One value of one facet of a case, for facets that have several."""

    case = models.ForeignKey(PublishedCase, models.CASCADE, related_name="facets", db_index=False)
    facet = models.CharField(max_length=20, choices=Facet.choices)
    value = models.CharField(max_length=160)
    cell = models.BigIntegerField(default=0, help_text="That of the case")

    class Meta:
        verbose_name = _("published facet")
        verbose_name_plural = _("published facets")
        ordering = ["case", "facet", "value"]
        indexes = [
            models.Index(fields=["facet", "value", "case"], name="facet_value_case"),
            models.Index(fields=["facet", "value", "cell", "case"], name="facet_value_cell_case"),
        ]
        constraints = [models.UniqueConstraint(fields=["case", "facet", "value"], name="published_facet_once")]

    def __str__(self) -> str:
        return f"{self.facet}={self.value}"


class PublishedTotal(models.Model):
    """How many people a value of a facet counts, kept by publication so that no page counts by scanning."""

    facet = models.CharField(max_length=20, choices=Facet.choices)
    value = models.CharField(max_length=160, blank=True)
    people = models.PositiveIntegerField(default=0)
    in_custody = models.PositiveIntegerField(default=0)
    invented = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("published total")
        verbose_name_plural = _("published totals")
        ordering = ["facet", "value"]
        constraints = [models.UniqueConstraint(fields=["facet", "value"], name="published_total_once")]

    def __str__(self) -> str:
        return f"{self.facet}={self.value}: {self.people}"


class PublishedCell(models.Model):
    """How many people share a status, a kind, a sex and an ethnicity: together they count any choice of these, exactly."""

    id = models.BigIntegerField(primary_key=True)
    status = models.CharField(max_length=40, blank=True)
    kind = models.CharField(max_length=40, blank=True)
    sex = models.CharField(max_length=40, blank=True)
    ethnicity = models.CharField(max_length=40, blank=True)
    people = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("published cell")
        verbose_name_plural = _("published cells")
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.status} {self.kind} {self.sex} {self.ethnicity}: {self.people}"


class PublishedCellTotal(models.Model):
    """How many people of one cell a value of a facet counts."""

    facet = models.CharField(max_length=20, choices=Facet.choices)
    value = models.CharField(max_length=160)
    cell = models.BigIntegerField()
    people = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("published total of a cell")
        verbose_name_plural = _("published totals of cells")
        ordering = ["facet", "value", "cell"]
        constraints = [models.UniqueConstraint(fields=["facet", "value", "cell"], name="published_cell_total_once")]

    def __str__(self) -> str:
        return f"{self.facet}={self.value} in {self.cell}: {self.people}"


class PublishedSpan(models.Model):
    """One status of a case as shown now, from one day up to another: who was in which status on a past day."""

    case = models.ForeignKey(PublishedCase, models.CASCADE, related_name="spans")
    status = VocabularyField(Status)
    since = models.DateField()
    until = models.DateField(
        help_text="The first day on which it is so no longer; the last of the calendar if it lasts"
    )

    class Meta:
        verbose_name = _("published status span")
        verbose_name_plural = _("published status spans")
        ordering = ["case", "since"]
        indexes = [models.Index(fields=["status", "since", "until", "case"], name="span_by_status")]

    def __str__(self) -> str:
        return f"{self.status} {self.since}"


class PublishedCourse(models.Model):
    """What the versions of a case add to the sums: kept so that exactly this is taken out when the case goes."""

    case = models.OneToOneField(PublishedCase, models.CASCADE, primary_key=True, related_name="course")
    editions = models.JSONField(help_text="cases/published/courses.py")
    as_of = models.DateField(help_text="The day for which the statuses were derived, as in the columns of the case")
    look_on = models.DateField(
        null=True, help_text="The first day on which anything of the case may be otherwise; empty: not looked at yet"
    )

    class Meta:
        verbose_name = _("published course")
        verbose_name_plural = _("published courses")
        indexes = [models.Index(fields=["look_on", "case"], name="course_to_look_at")]

    def __str__(self) -> str:
        return self.case_id


class PublishedSum(models.Model):
    """How many people came under a value and left it, in one stretch of days, by what became known in another.

    Every change stands in nine rows, one for each pair of lengths (cases/domain/counted_days.py), so that a count for any
    day reads few of them. Sums alone: a row names nobody, and a row that comes to nought goes.
    """

    day_grain = models.CharField(max_length=1)
    known_grain = models.CharField(max_length=1)
    day = models.DateField()
    known = models.DateField()
    dimension = models.CharField(max_length=16)
    value = models.CharField(max_length=20, blank=True)
    reason = models.CharField(max_length=10)
    came = models.IntegerField()
    went = models.IntegerField()

    class Meta:
        verbose_name = _("published sum")
        verbose_name_plural = _("published sums")
        ordering = ["day_grain", "known_grain", "day", "known"]
        indexes = [models.Index(fields=["id"], name="sum_of_nought", condition=Q(came=0, went=0))]
        constraints = [
            models.UniqueConstraint(
                fields=["day_grain", "known_grain", "day", "known", "dimension", "value", "reason"],
                name="published_sum_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.dimension}={self.value} {self.day}: {self.came - self.went}"


class PublishedLine(models.Model):
    """A case as the files tell it in one language, finished but for what depends on the day of the file and its address.

    The days held are stored counted to nought (`days_least + least_grows * number of the day`), so that any day is a sum.
    """

    case = models.ForeignKey(PublishedCase, models.CASCADE, related_name="lines", db_index=False)
    language = models.CharField(max_length=12)
    version = models.PositiveIntegerField()
    show_until = models.DateField(null=True, help_text="That of the case")
    before = models.TextField(help_text="The line of CSV as far as the days held")
    after = models.TextField(help_text="The line of CSV after them")
    json_before = models.TextField(help_text="The line of JSON as far as the days held")
    json_after = models.TextField(help_text="The line of JSON after them, as far as the document")
    days_least = models.IntegerField()
    least_grows = models.SmallIntegerField(help_text="1 where each day adds one")
    days_most = models.IntegerField(null=True)
    most_grows = models.SmallIntegerField()

    class Meta:
        verbose_name = _("published line")
        verbose_name_plural = _("published lines")
        ordering = ["language", "case_id"]
        constraints = [models.UniqueConstraint(fields=["language", "case"], name="published_line_once")]

    def __str__(self) -> str:
        return f"{self.case_id} {self.language}"


class PublishedPhoto(models.Model):
    """A photograph as published: the pixels in a new file without metadata, kept with the public copy."""

    case = models.ForeignKey(PublishedCase, models.CASCADE, related_name="photos")
    sha256 = models.CharField(max_length=64)
    content = models.BinaryField()
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()

    class Meta:
        verbose_name = _("published photograph")
        verbose_name_plural = _("published photographs")
        ordering = ["sha256", "case"]
        constraints = [models.UniqueConstraint(fields=["sha256", "case"], name="published_photo_once")]

    def __str__(self) -> str:
        return self.sha256


class PublishedReference(models.Model):
    """What sites and provisions have in common as published documents."""

    slug = models.CharField(max_length=120, primary_key=True)
    version = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    document = models.JSONField()
    published_at = models.DateTimeField()
    sort_en = models.CharField(max_length=400)
    sort_uk = models.CharField(max_length=400)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.slug


class PublishedSite(PublishedReference):
    """A detention site as the public sees it."""

    kind = VocabularyField(SiteKind)
    sovereign = models.CharField(max_length=2)
    region = models.CharField(max_length=6, blank=True)
    controlled_by = models.CharField(max_length=2)

    class Meta:
        verbose_name = _("published site")
        verbose_name_plural = _("published sites")
        ordering = ["sort_en", "slug"]
        indexes = [
            models.Index(fields=["region", "sort_en", "slug"], name="site_by_region_en"),
            models.Index(fields=["sort_en", "slug"], name="site_by_name_en"),
            models.Index(fields=["sort_uk", "slug"], name="site_by_name_uk"),
        ]


class PublishedProvision(PublishedReference):
    """A provision as the public sees it."""

    code = models.CharField(max_length=60)
    article = models.CharField(max_length=20)
    part = models.CharField(max_length=20, blank=True)
    number = models.CharField(max_length=44, db_index=True)

    class Meta:
        verbose_name = _("published provision")
        verbose_name_plural = _("published provisions")
        ordering = ["code", "sort_en", "slug"]
        indexes = [models.Index(fields=["code", "sort_en", "slug"], name="provision_by_code")]


class ReleaseIsFinal(Exception):
    """Raised on any attempt to alter or delete a release other than by closing it."""


class PublishedReleaseQuerySet(models.QuerySet["PublishedRelease"]):
    def update(self, **_values: Any) -> int:
        raise ReleaseIsFinal

    def delete(self) -> tuple[int, dict[str, int]]:
        raise ReleaseIsFinal

    def finished(self) -> Self:
        """Return the releases that readers may know of; the files of those that are closed are gone."""
        return self.filter(finished_at__isnull=False)


class PublishedRelease(models.Model):
    """One frozen state of all data. It is never altered; closed, it keeps its manifest and hashes and loses its files."""

    number = models.PositiveIntegerField(primary_key=True)
    made_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, help_text="Empty while it is being made; nobody sees it before")
    note = models.TextField(blank=True)
    cases = models.PositiveIntegerField(default=0)
    manifest = models.TextField(blank=True, help_text="JSON text")
    sha256 = models.CharField(max_length=64, blank=True, help_text="Of the manifest")
    show_until = models.DateField(null=True, help_text="The earliest last day of a consent in it")
    closed_at = models.DateTimeField(null=True, help_text="Closed when somebody in it may no longer be shown")

    objects = PublishedReleaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("release")
        verbose_name_plural = _("releases")
        ordering = ["-number"]

    def __str__(self) -> str:
        return str(self.number)

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise ReleaseIsFinal
        super().save(*args, **kwargs)

    def delete(self, *_args: Any, **_kwargs: Any) -> tuple[int, dict[str, int]]:
        raise ReleaseIsFinal

    def is_open(self, on: dt.date) -> bool:
        """Whether its files may be handed out on the day `on`."""
        return self.closed_at is None and (self.show_until is None or self.show_until >= on)


class PublishedReleaseFile(models.Model):
    """One file of a release. `is_served` is False for the list of its codes, from which the next release counts changes."""

    release = models.ForeignKey(PublishedRelease, models.PROTECT, related_name="files")
    name = models.CharField(max_length=60)
    content_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    rows = models.PositiveIntegerField(null=True)
    is_served = models.BooleanField(default=True)

    class Meta:
        verbose_name = _("file of a release")
        verbose_name_plural = _("files of releases")
        ordering = ["release", "pk"]
        constraints = [models.UniqueConstraint(fields=["release", "name"], name="release_file_once")]

    def __str__(self) -> str:
        return f"{self.release_id}/{self.name}"


class PublishedReleasePart(models.Model):
    """A piece of a file, compressed by itself, so that a file is served without being read whole."""

    file = models.ForeignKey(PublishedReleaseFile, models.PROTECT, related_name="parts", db_index=False)
    position = models.PositiveIntegerField()
    content = models.BinaryField()

    class Meta:
        verbose_name = _("part of a file")
        verbose_name_plural = _("parts of files")
        ordering = ["file", "position"]
        constraints = [models.UniqueConstraint(fields=["file", "position"], name="release_part_once")]

    def __str__(self) -> str:
        return f"{self.file_id} {self.position}"
