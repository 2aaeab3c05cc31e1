"""The desk's addresses: Django's admin and, before it, our own pages. Importing the modules registers their records."""

from django.urls import path

from cases.admin import (
    accounts,
    assessments,
    files,
    language,
    law,
    organisations,
    places,
    presence,
    prisoners,
    proceedings,
    reference,
    review,
    sources,
    support,
)
from cases.admin.site import desk

REGISTERED = (accounts, assessments, law, organisations, places, prisoners, proceedings, sources, support)

own = [
    path("language/", desk.admin_view(language.choose), name="choose-language"),
    path("review/", desk.admin_view(review.queue), name="review"),
    path("review/<int:pk>/", desk.admin_view(review.submission), name="submission"),
    path("reference/publish/", desk.admin_view(reference.publish), name="publish-reference"),
    path("together/", desk.admin_view(presence.heartbeat), name="together"),
    path("files/<path:name>", desk.admin_view(files.private_file), name="private-file"),
]

urlpatterns = [path("", ([*own, *desk.get_urls()], "admin", desk.name))]
