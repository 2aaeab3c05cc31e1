"""The desk's addresses: Django's admin and, before it, our own pages. Importing the modules registers their records."""

from django.urls import path

from cases.admin import (
    accounts,
    assessments,
    bulk_approval,
    files,
    held_back,
    language,
    law,
    organisations,
    places,
    prisoners,
    proceedings,
    reference,
    review,
    review_comments,
    review_queue,
    sources,
    support,
)
from cases.admin.site import desk

REGISTERED = (accounts, assessments, law, organisations, places, prisoners, proceedings, sources, support)

own = [
    path("language/", desk.admin_view(language.choose), name="choose-language"),
    path("review/", desk.admin_view(review_queue.queue), name="review"),
    path("review/approve/", desk.admin_view(bulk_approval.bulk_approval), name="bulk-approval"),
    path("review/held-back/", desk.admin_view(held_back.overview), name="held-back"),
    path("review/<int:pk>/", desk.admin_view(review.submission), name="submission"),
    path("review/<int:pk>/assign/", desk.admin_view(review_queue.take), name="assign-submission"),
    path("review/<int:pk>/priority/", desk.admin_view(review_queue.set_priority), name="submission-priority"),
    path("review/<int:pk>/comment/", desk.admin_view(review_comments.write), name="comment"),
    path("review/comments/<int:pk>/settle/", desk.admin_view(review_comments.mark_settled), name="settle-comment"),
    path("reference/publish/", desk.admin_view(reference.publish), name="publish-reference"),
    path("files/<path:name>", desk.admin_view(files.private_file), name="private-file"),
]

urlpatterns = [path("", ([*own, *desk.get_urls()], "admin", desk.name))]
