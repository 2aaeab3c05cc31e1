"""Which static files are collected."""

from django.contrib.staticfiles.apps import StaticFilesConfig


class StaticFiles(StaticFilesConfig):
    """Django's, without the files of pages that are not served: the API answers JSON alone."""

    ignore_patterns = [*StaticFilesConfig.ignore_patterns, "rest_framework"]
