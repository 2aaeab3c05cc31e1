"""The desk's addresses: Django's admin and, before it, our own pages. Importing the modules registers their records."""

from django.urls import path

from cases.admin import (
    accounts,
    assessments,
    audit,
    bulk_approval,
    case_export,
    erasure,
    files,
    held_back,
    invitations,
    language,
    law,
    legal_findings,
    organisations,
    places,
    presence,
    prisoners,
    proceedings,
    reference,
    review,
    review_comments,
    review_queue,
    sessions,
    sources,
    support,
    unsealing,
    webhooks,
)
from cases.admin.confirmed import confirmed
from cases.admin.language import in_chosen_language
from cases.admin.sign_in_urls import urlpatterns as sign_in_pages
from cases.admin.site import desk

REGISTERED = (accounts, assessments, law, organisations, places, prisoners, proceedings, sources, support)

own = [
    path("language/", in_chosen_language(language.choose), name="choose-language"),  # also while enrolling
    path("sessions/", desk.admin_view(sessions.sessions), name="sessions"),
    path("invitations/", desk.admin_view(confirmed(invitations.invitations)), name="invitations"),
    path("accounts/<int:pk>/reset/", desk.admin_view(confirmed(invitations.reset)), name="reset-account"),
    path("review/", desk.admin_view(review_queue.queue), name="review"),
    path("review/approve/", desk.admin_view(bulk_approval.bulk_approval), name="bulk-approval"),
    path("review/held-back/", desk.admin_view(held_back.overview), name="held-back"),
    path("review/<int:pk>/", desk.admin_view(review.submission), name="submission"),
    path("review/<int:pk>/assign/", desk.admin_view(review_queue.take), name="assign-submission"),
    path("review/<int:pk>/priority/", desk.admin_view(review_queue.set_priority), name="submission-priority"),
    path("review/<int:pk>/comment/", desk.admin_view(review_comments.write), name="comment"),
    path("review/comments/<int:pk>/settle/", desk.admin_view(review_comments.mark_settled), name="settle-comment"),
    path("findings/<int:pk>/tick/", desk.admin_view(legal_findings.set_tick), name="tick-finding"),
    path("audit/", desk.admin_view(audit.entries), name="audit"),
    path("audit/export/", desk.admin_view(confirmed(audit.export)), name="audit-export"),
    path("reference/publish/", desk.admin_view(reference.publish), name="publish-reference"),
    path("export/", desk.admin_view(confirmed(case_export.export)), name="export-cases"),
    path("unseal/<slug:kind>/<int:pk>/", desk.admin_view(confirmed(unsealing.open_seals)), name="unseal"),
    path("unseal/<slug:kind>/<int:pk>/close/", desk.admin_view(unsealing.close_seals), name="close-seals"),
    path("webhooks/", desk.admin_view(confirmed(webhooks.webhooks)), name="webhooks"),
    path("erasure/", desk.admin_view(erasure.overview), name="erasures"),
    path("erasure/<int:pk>/", desk.admin_view(confirmed(erasure.decide)), name="erasure"),
    path("erasure/ask/<slug:kind>/<int:pk>/", desk.admin_view(confirmed(erasure.ask_for)), name="ask-erasure"),
    path("together/", desk.admin_view(presence.heartbeat), name="together"),
    path("files/<path:name>", desk.admin_view(files.private_file), name="private-file"),
]

urlpatterns = [*sign_in_pages, path("", ([*own, *desk.get_urls()], "admin", desk.name))]
