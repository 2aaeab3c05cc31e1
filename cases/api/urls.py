"""The API, version 1. What is no address of ours ends as 404 in JSON."""

from django.urls import path, re_path

from cases.api import changes, documentation, files, organisations, proceedings, searching, statistics, views
from cases.api.base import no_such_address
from cases.published import converters

converters.register()

urlpatterns = [
    path("", views.Root.as_view(), name="api-root"),
    path("cases/", views.CaseList.as_view(), name="api-cases"),
    path("cases/<code:code>/", views.Case.as_view(), name="api-case"),
    path("cases/<code:code>/case.jsonld", files.LinkedCase.as_view(), name="api-case-linked"),
    path("cases/<code:code>/case.ftm.jsonl", files.FollowTheMoney.as_view(), name="api-case-ftm"),
    path("cases/<code:code>/versions/", views.CaseVersionList.as_view(), name="api-case-versions"),
    path("cases/<code:code>/versions/<version:number>/", views.CaseVersion.as_view(), name="api-case-version"),
    path("proceedings/", proceedings.ProceedingList.as_view(), name="api-proceedings"),
    path("proceedings/<code:code>-<version:number>/", proceedings.Proceeding.as_view(), name="api-proceeding"),
    path("organisations/", organisations.OrganisationList.as_view(), name="api-organisations"),
    path("organisations/<name:slug>/", organisations.Organisation.as_view(), name="api-organisation"),
    path("sites/", views.SiteList.as_view(), name="api-sites"),
    path("sites/<name:slug>/", views.Site.as_view(), name="api-site"),
    path("provisions/", views.ProvisionList.as_view(), name="api-provisions"),
    path("provisions/<name:slug>/", views.Provision.as_view(), name="api-provision"),
    path("statistics/", statistics.Statistics.as_view(), name="api-statistics"),
    path("search/", searching.Search.as_view(), name="api-search"),
    path("changes/", changes.Changes.as_view(), name="api-changes"),
    path("export.ftm.jsonl", files.FollowTheMoneyList.as_view(), name="api-ftm"),
    path("schema/", views.Schema.as_view(), name="api-schema"),
    path("docs/", documentation.documentation, name="api-docs"),
    re_path(r"^[\s\S]*\Z", no_such_address),
]
