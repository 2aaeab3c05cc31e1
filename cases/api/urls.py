"""The API, version 1. What is no address of ours ends as 404 in JSON."""

from django.urls import path, re_path

from cases.api import views
from cases.api.base import no_such_address
from cases.published import converters

converters.register()

urlpatterns = [
    path("", views.Root.as_view(), name="api-root"),
    path("cases/", views.CaseList.as_view(), name="api-cases"),
    path("cases/<code:code>/", views.Case.as_view(), name="api-case"),
    path("cases/<code:code>/versions/<version:number>/", views.CaseVersion.as_view(), name="api-case-version"),
    path("sites/", views.SiteList.as_view(), name="api-sites"),
    path("sites/<name:slug>/", views.Site.as_view(), name="api-site"),
    path("provisions/", views.ProvisionList.as_view(), name="api-provisions"),
    path("provisions/<name:slug>/", views.Provision.as_view(), name="api-provision"),
    path("schema/", views.Schema.as_view(), name="api-schema"),
    re_path(r"^(?:[^\0]*/)\Z", no_such_address),
]
