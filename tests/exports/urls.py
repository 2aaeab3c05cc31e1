"""The addresses that the tests of the exports need."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import path

from cases.published import converters
from cases.views import exports

converters.register()


def nothing(_request, **_parts):
    raise AssertionError


urlpatterns = i18n_patterns(
    path("cases/export.csv", exports.export_csv, name="export-csv"),
    path("cases/export.xlsx", exports.export_xlsx, name="export-xlsx"),
    path("cases/export.jsonl", exports.export_json_lines, name="export-jsonl"),
    path("cases/export.zip", exports.export_zip, name="export-zip"),
    path("sites/export.geojson", exports.export_sites, name="export-sites"),
    path("sites/<name:slug>/", nothing, name="site"),
    path("cases/<code:code>/", nothing, name="case-code"),
    path("cases/<code:code>/v/<version:number>/", nothing, name="case-version"),
    path("cases/<code:code>/<name:slug>/", nothing, name="case"),
)
