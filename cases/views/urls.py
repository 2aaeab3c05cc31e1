"""The public pages, below the language."""

from django.urls import path

from cases.published import converters
from cases.views import (
    about,
    calendar,
    cases,
    exports,
    feed,
    home,
    law,
    rehabilitations,
    releases,
    sites,
    statistics,
    term,
)

converters.register()

urlpatterns = [
    path("", home.home, name="home"),
    path("calendar.ics", calendar.everybody, name="calendar"),
    path("feed.atom", feed.atom, name="feed"),
    path("cases/", cases.case_list, name="cases"),
    path("cases/export.csv", exports.export_csv, name="export-csv"),
    path("cases/export.xlsx", exports.export_xlsx, name="export-xlsx"),
    path("cases/export.jsonl", exports.export_json_lines, name="export-jsonl"),
    path("cases/export.zip", exports.export_zip, name="export-zip"),
    path("sites/export.geojson", exports.export_sites, name="export-sites"),
    path("cases/<code:code>/", cases.profile, name="case-code"),
    path("cases/<code:code>/calendar.ics", calendar.of_one, name="case-calendar"),
    path("cases/<code:code>/v/<version:number>/", cases.version, name="case-version"),
    path("cases/<code:code>/<name:slug>/", cases.profile, name="case"),
    path("rehabilitations/", rehabilitations.rescinded, name="rehabilitations"),
    path("sites/", sites.site_list, name="sites"),
    path("sites/<name:slug>/", sites.site, name="site"),
    path("statistics/", statistics.statistics, name="statistics"),
    path("statistics/<name:chart>.csv", statistics.chart_csv, name="statistics-csv"),
    path("statistics/<name:chart>.svg", statistics.chart_svg, name="statistics-svg"),
    path("law/", law.provision_list, name="law"),
    path("law/term/", term.calculator, name="term"),
    path("law/<name:slug>/", law.provision, name="provision"),
    path("about/", about.about, name="about"),
    path("about/methodology/", about.methodology, name="methodology"),
    path("about/data/", about.data_moved),
    path("data/", releases.data, name="data"),
    path("data/<version:number>/", releases.release, name="release"),
    path("data/<version:number>/manifest.json", releases.manifest, name="release-manifest"),
    path("data/<version:number>/<file:name>", releases.file, name="release-file"),
]
