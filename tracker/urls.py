"""Every address. The public side is always there; the desk only where this process serves it."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path, re_path

from cases.api.base import no_such_address
from cases.views.home import choose_language

handler404 = "tracker.error_pages.not_found"
handler500 = "tracker.error_pages.server_error"
handler400 = "tracker.error_pages.bad_request"
handler403 = "tracker.error_pages.forbidden"

urlpatterns = [
    path("", choose_language, name="root"),
    path("api/v1/", include("cases.api.urls")),
    re_path(r"^api(?:/[\s\S]*)?\Z", no_such_address),
    path("", include("cases.views.urls_neutral")),
    *([path("desk/", include("cases.admin.urls"))] if settings.SERVES_DESK else []),
    *i18n_patterns(
        *([path("follow/", include("cases.admin.follow_urls"))] if settings.SERVES_DESK else []),
        path("", include("cases.views.urls")),
    ),
]
