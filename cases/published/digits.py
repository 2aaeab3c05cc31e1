"""How whole numbers are written in sentences."""

from django.utils.formats import number_format


def grouped(number: int) -> str:
    """Return a number whose digits are grouped as the active language does: 4,016."""
    return number_format(number, use_l10n=True, force_grouping=True)
