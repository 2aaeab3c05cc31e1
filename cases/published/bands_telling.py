"""Bands of years in words."""

from django.utils.translation import gettext, gettext_lazy as _, ngettext

from cases.domain.bands import UNKNOWN_BAND

WITHOUT_TERM = {
    "life": _("For life"),
    "death": _("Death"),
    "not_custodial": _("Suspended, or without deprivation of liberty"),
}


def years_label(band: str) -> str:
    """Say a band of full years as a length: "Less than a year", "5 to 10 years", "20 years and more", "For life"."""
    if band == UNKNOWN_BAND:
        return gettext("Not known")
    if band in WITHOUT_TERM:
        return gettext(str(WITHOUT_TERM[band]))
    if band.endswith("-and-over"):
        years = int(band.removesuffix("-and-over"))
        return ngettext("%(years)s year and more", "%(years)s years and more", years) % {"years": years}
    first, last = map(int, band.split("-"))
    if last == 0:
        return gettext("Less than a year")
    return ngettext(
        "From %(first)s to less than %(last)s year", "From %(first)s to less than %(last)s years", last + 1
    ) % {"first": first, "last": last + 1}
