"""How the application is called where Django names it, as in the desk's breadcrumbs."""

from django.apps import AppConfig
from django.core.checks import register
from django.utils.translation import gettext_lazy as _

from tracker.commands import CHECKS
from tracker.incomplete import check_incomplete_settings
from tracker.unfinished import check_unfinished_restore


class CasesConfig(AppConfig):
    name = "cases"
    verbose_name = _("Cases")

    def ready(self) -> None:
        register(check_unfinished_restore, CHECKS)
        register(check_incomplete_settings, CHECKS)
