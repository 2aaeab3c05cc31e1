"""The API beside bare addresses of the pages it links to."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

from cases.published import converters

converters.register()


def nothing(_request, **_parts):
    raise AssertionError


urlpatterns = [
    path("api/v1/", include("cases.api.urls")),
    *i18n_patterns(
        path("cases/<code:code>/", nothing, name="case-code"),
        path("cases/<code:code>/v/<version:number>/", nothing, name="case-version"),
        path("cases/<code:code>/<name:slug>/", nothing, name="case"),
        path("sites/<name:slug>/", nothing, name="site"),
        path("law/<name:slug>/", nothing, name="provision"),
    ),
]
