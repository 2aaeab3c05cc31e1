"""Which of the things that the law says about a case a reviewer has ticked to be published."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cases.models.base import Record
from cases.models.prisoners import Prisoner


class FindingTick(Record):
    """A reviewer's word that one computed finding may be published, exactly as they saw it.

    Findings are computed anew each time. The tick holds while the finding's text has the hash that was seen; when the facts
    or the law change what it says, the tick stands for nothing until somebody looks again.
    """

    prisoner_path: ClassVar[str] = "prisoner"

    prisoner = models.ForeignKey(Prisoner, models.CASCADE, related_name="finding_ticks", verbose_name=_("prisoner"))
    key = models.CharField(_("which finding"), max_length=120)
    sha256 = models.CharField(_("SHA-256 of what was seen"), max_length=64)
    ticked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="finding_ticks", verbose_name=_("ticked by")
    )
    ticked_at = models.DateTimeField(_("ticked"))

    class Meta:
        verbose_name = _("finding ticked to be published")
        verbose_name_plural = _("findings ticked to be published")
        ordering = ["prisoner", "key"]
        permissions = [("publish_finding", _("Can tick what the law says to be published"))]
        constraints = [
            models.UniqueConstraint(
                fields=["prisoner", "key"],
                name="finding_ticked_once",
                violation_error_message=_("This finding is ticked already."),
            ),
            models.CheckConstraint(
                name="finding_tick_says_what_was_seen",
                condition=~Q(key="") & Q(sha256__regex=r"^[0-9a-f]{64}$"),
                violation_error_message=_("A tick says for which finding it is, and what was seen."),
            ),
        ]

    def __str__(self) -> str:
        return self.key
