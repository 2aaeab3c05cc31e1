"""The desk's addresses: Django's admin and, before it, our own pages. Importing the modules registers their records."""

from django.urls import path

from cases.admin import (
    accounts,
    assessments,
    audit,
    files,
    language,
    law,
    organisations,
    places,
    prisoners,
    proceedings,
    reference,
    review,
    sources,
    support,
    unsealing,
)
from cases.admin.site import desk

REGISTERED = (accounts, assessments, law, organisations, places, prisoners, proceedings, sources, support)

own = [
    path("language/", desk.admin_view(language.choose), name="choose-language"),
    path("review/", desk.admin_view(review.queue), name="review"),
    path("review/<int:pk>/", desk.admin_view(review.submission), name="submission"),
    path("audit/", desk.admin_view(audit.entries), name="audit"),
    # The branch with re-authentication wraps this view: desk.admin_view(confirmed(audit.export)).
    path("audit/export/", desk.admin_view(audit.export), name="audit-export"),
    path("reference/publish/", desk.admin_view(reference.publish), name="publish-reference"),
    path("unseal/<slug:kind>/<int:pk>/", desk.admin_view(unsealing.open_seals), name="unseal"),
    path("unseal/<slug:kind>/<int:pk>/close/", desk.admin_view(unsealing.close_seals), name="close-seals"),
    path("files/<path:name>", desk.admin_view(files.private_file), name="private-file"),
]

urlpatterns = [path("", ([*own, *desk.get_urls()], "admin", desk.name))]
