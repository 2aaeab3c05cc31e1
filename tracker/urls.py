"""Every address. The public side is always there; the desk only where this process serves it."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

from cases.views.home import choose_language

handler404 = "cases.views.errors.not_found"
handler500 = "cases.views.errors.server_error"
handler400 = "cases.views.errors.bad_request"
handler403 = "cases.views.errors.forbidden"

urlpatterns = [
    path("", choose_language, name="root"),
    path("api/v1/", include("cases.api.urls")),
    path("", include("cases.views.urls_neutral")),
    *([path("desk/", include("cases.admin.urls"))] if settings.SERVES_DESK else []),
    *i18n_patterns(
        *([path("follow/", include("cases.admin.follow_urls"))] if settings.SERVES_DESK else []),
        path("", include("cases.views.urls")),
    ),
]
