"""A whole case on one screen: names, the person, custody, events, proceedings, assessments, consent, photograph, sources."""

from typing import Any

from django.contrib import admin
from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _

from cases.actions.permissions import EVERY_CASE, may_work_on
from cases.admin import case_pages, held_back, legal_findings
from cases.admin.after_saving import look_after
from cases.admin.base import CitedAdmin
from cases.admin.case_state import case_state
from cases.admin.citations import CitationInline, case_read_for
from cases.admin.file_boxes import SHOWN, ShowsFile
from cases.admin.forms import in_each_language
from cases.admin.prisoner_rows import (
    PERSON_ROWS,
    AssessmentInline,
    EventInline,
    NameInline,
    RehabilitationInline,
    StayInline,
)
from cases.admin.review_comments import TICKED, settle_ticked
from cases.admin.site import desk
from cases.models import Prisoner

PERSON = _("Who the person is")
CONSENT = _("Consent, and what may be shown")
PHOTO = _("Photograph")
PRIVATE = _("Private: never published")
WORK = _("Work on the case")


@admin.register(Prisoner, site=desk)
class PrisonerAdmin(ShowsFile, CitedAdmin):
    file_column = "photo"
    readonly_fields = ("photo_sha256", SHOWN)
    search_fields = ("code", "names__text")
    search_help_text = _("Any form of the name, or the code")
    list_display = ("__str__", "kind", "state", "assigned_to", "updated_at")
    list_filter = ("kind", "consent", "publication__state", "is_invented")
    autocomplete_fields = ("birthplace", "home")
    inlines = (
        NameInline,
        *PERSON_ROWS,
        StayInline,
        EventInline,
        AssessmentInline,
        RehabilitationInline,
        CitationInline,
    )
    fieldsets = (
        (
            PERSON,
            {
                "fields": (
                    ("kind", "sex"),
                    ("born", "died"),
                    ("birthplace", "home"),
                    ("ethnicity", "religion", "whereabouts"),
                    in_each_language("summary"),
                    "cited_source",
                )
            },
        ),
        (
            CONSENT,
            {
                "description": _(
                    "Without consent nothing is published. Initials only: no name, no photograph, no birth date."
                ),
                "fields": (
                    ("consent", "consent_given_by"),
                    ("consent_given_on", "consent_expires"),
                    ("born_detail", "home_is_public", "religion_is_public"),
                    "consent_notes",
                ),
            },
        ),
        (
            PHOTO,
            {
                "fields": (
                    ("photo", "photo_is_public"),
                    "photo_sha256",
                    ("photo_credit", "photo_licence"),
                    in_each_language("photo_alt"),
                )
            },
        ),
        (PRIVATE, {"fields": ("health", "private_notes")}),
        (WORK, {"fields": (("assigned_to", "is_invented"),)}),
    )
    sections = (
        NameInline,
        PERSON,
        *PERSON_ROWS,
        StayInline,
        EventInline,
        "desk/case/proceedings.html",
        AssessmentInline,
        RehabilitationInline,
        CONSENT,
        PHOTO,
        CitationInline,
        PRIVATE,
        "desk/case/family.html",
        WORK,
    )
    change_form_template = "desk/case/change_form.html"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Prisoner]:
        queryset: QuerySet[Prisoner] = super().get_queryset(request)
        return queryset.select_related("assigned_to", "publication").prefetch_related("names")

    def get_inlines(self, request: HttpRequest, obj: Prisoner | None) -> Any:  # noqa: ARG002 - Django's signature
        """Citations come when there are rows to cite."""
        return self.inlines if obj else tuple(inline for inline in self.inlines if inline is not CitationInline)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Reviewers say whose a case is: who could take one could open what is sealed in it."""
        own: tuple[str, ...] = () if request.user.has_perm(EVERY_CASE) else ("assigned_to",)
        return (*super().get_readonly_fields(request, obj), *own)

    def has_change_permission(self, request: HttpRequest, obj: Prisoner | None = None) -> bool:
        """A case that is assigned to somebody else is read, not changed."""
        return super().has_change_permission(request, obj) and (obj is None or may_work_on(request.user, obj))

    def save_model(self, request: HttpRequest, obj: Prisoner, form: Any, change: Any) -> None:
        """A new case belongs to whoever writes it down, until it is given to somebody else."""
        if not change and obj.assigned_to is None and isinstance(request.user, User):
            obj.assigned_to = request.user
        super().save_model(request, obj, form, change)

    @admin.display(description=_("public"), ordering="publication__state")
    def state(self, prisoner: Prisoner) -> str:
        """Say whether the public sees the case."""
        publication = getattr(prisoner, "publication", None)
        return publication.get_state_display() if publication else str(_("Draft"))

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: Any) -> None:
        super().save_related(request, form, formsets, change)
        settle_ticked(request, form.instance)
        look_after(request, [form.instance])

    def get_urls(self) -> list[URLPattern]:
        pages = (
            ("preview", case_pages.preview),
            ("photo", case_pages.photo),
            ("submit", case_pages.submit),
            ("recall", case_pages.recall),
            ("withdraw", case_pages.withdraw),
            ("republish", case_pages.republish),
            ("close_earlier", case_pages.close_earlier),
            ("held-back", held_back.of_case),
            ("law", legal_findings.of_case),
        )
        own = [
            path(f"<int:pk>/{name}/", self.admin_site.admin_view(page), name=f"cases_prisoner_{name.replace('-', '_')}")
            for name, page in pages
        ]
        return own + super().get_urls()

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        prisoner = context.get("original")
        if prisoner is not None:
            context["case"] = case_state(
                request.user,
                prisoner,
                ticked=request.POST.getlist(TICKED),
                case=case_read_for(context["inline_admin_formsets"]),
            )
        return super().render_change_form(request, context, *args, **kwargs)
