"""Names of countries by ISO 3166-1 code, as far as records name them; a code without a name is shown as it is."""

from django.utils.translation import gettext_noop

from cases.published.words import gettext

COUNTRIES = {
    "AM": gettext_noop("Armenia"),
    "AT": gettext_noop("Austria"),
    "AZ": gettext_noop("Azerbaijan"),
    "BG": gettext_noop("Bulgaria"),
    "BY": gettext_noop("Belarus"),
    "CA": gettext_noop("Canada"),
    "CH": gettext_noop("Switzerland"),
    "CZ": gettext_noop("Czechia"),
    "DE": gettext_noop("Germany"),
    "EE": gettext_noop("Estonia"),
    "FR": gettext_noop("France"),
    "GB": gettext_noop("United Kingdom"),
    "GE": gettext_noop("Georgia"),
    "GR": gettext_noop("Greece"),
    "HU": gettext_noop("Hungary"),
    "IL": gettext_noop("Israel"),
    "IT": gettext_noop("Italy"),
    "KG": gettext_noop("Kyrgyzstan"),
    "KZ": gettext_noop("Kazakhstan"),
    "LT": gettext_noop("Lithuania"),
    "LV": gettext_noop("Latvia"),
    "MD": gettext_noop("Moldova"),
    "MN": gettext_noop("Mongolia"),
    "PL": gettext_noop("Poland"),
    "RO": gettext_noop("Romania"),
    "RU": gettext_noop("Russia"),
    "SK": gettext_noop("Slovakia"),
    "SU": gettext_noop("Soviet Union"),
    "TJ": gettext_noop("Tajikistan"),
    "TM": gettext_noop("Turkmenistan"),
    "TR": gettext_noop("Turkey"),
    "UA": gettext_noop("Ukraine"),
    "US": gettext_noop("United States"),
    "UZ": gettext_noop("Uzbekistan"),
}

# "Occupied by …" asks for a case of its own in Ukrainian, so each power is a whole phrase.
OCCUPIED_BY = {
    "RU": gettext_noop("occupied by Russia"),
}


def country_name(code: str) -> str:
    """Return the country's name in the active language; the code itself where the table has none."""
    return gettext(COUNTRIES[code]) if code in COUNTRIES else code


def occupied_by(code: str) -> str:
    """Return "occupied by Russia" in the active language."""
    if code in OCCUPIED_BY:
        return gettext(OCCUPIED_BY[code])
    return gettext("controlled by %(country)s") % {"country": country_name(code)}
