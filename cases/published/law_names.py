"""How a place in the captor's law is cited in the reader's language.

Rows of the law name their source as lawyers cite it in English ("Criminal Code of the Russian Federation, art. 72(3.1),
as amended by 186-FZ of 3 Jul 2018"). What is such a citation is told anew; every other text stays as it is written.
"""

import re
from datetime import datetime

from django.utils.translation import get_language

from cases.domain.partial_dates import describe, from_day
from cases.published.words import gettext as _

STATUTE = re.compile(r"(?:Federal Law )?(?P<number>\d{1,4})-FZ(?: of (?P<day>\d{1,2} [A-Z][a-z]{2} \d{4}))?")
ARTICLES = re.compile(r"Criminal Code of the Russian Federation, art\. (?P<articles>[\d.()]+(?:(?:, | and )[\d.()]+)*)")
AMENDED, BEFORE = ", as amended by ", ", before "


def told_law(text: str) -> str:
    """Return a citation in the active language; a text that is none, and any text for who reads English, unchanged."""
    if (get_language() or "en") == "en":
        return text
    statute = _statute(text)
    if statute:
        return statute
    head, joint, tail = _parted(text)
    articles, changed = ARTICLES.fullmatch(head), _statute(tail)
    if articles is None or bool(joint) != bool(changed):
        return text
    said = {"articles": articles["articles"].replace(" and ", _(" and ")), "law": changed}
    if joint == AMENDED:
        return _("Criminal Code of the Russian Federation, art. %(articles)s, as amended by %(law)s") % said
    if joint == BEFORE:
        return _("Criminal Code of the Russian Federation, art. %(articles)s, before %(law)s") % said
    return _("Criminal Code of the Russian Federation, art. %(articles)s") % said


def _parted(text: str) -> tuple[str, str, str]:
    joint = next((one for one in (AMENDED, BEFORE) if one in text), "")
    head, _joint, tail = text.partition(joint) if joint else (text, "", "")
    return head, joint, tail


def _statute(text: str) -> str:
    found = STATUTE.fullmatch(text)
    if found is None:
        return ""
    if found["day"] is None:
        return _("law %(number)s-FZ") % {"number": found["number"]}
    try:
        day = datetime.strptime(found["day"], "%d %b %Y").date()  # noqa: DTZ007 - a day, no moment
    except ValueError:
        return ""
    return _("%(number)s-FZ of %(day)s") % {
        "number": found["number"],
        "day": describe(from_day(day), get_language() or "en"),
    }
