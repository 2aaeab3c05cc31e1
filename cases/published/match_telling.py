"""Why a case was found, in a sentence of the reader's language."""

from django.utils.translation import gettext, gettext_lazy as _

from cases.domain.name_matching import Pair, Reason
from cases.published.search import Hit

#: What is said of the weakest of the matches of single words.
WHY = {
    Reason.SAME: "",
    Reason.SPELLING: _("also written %(form)s"),
    Reason.GIVEN_NAME: _("%(asked)s and %(word)s are forms of one given name"),
    Reason.PATRONYMIC: _("%(asked)s and %(word)s are forms of one patronymic"),
    Reason.INITIAL: _("%(asked)s may stand for %(word)s"),
    Reason.BEGINNING: _("%(word)s begins with what you wrote"),
    Reason.ONE_LETTER: _("one letter differs: %(asked)s, %(word)s"),
    Reason.LETTERS: _("some letters differ: %(asked)s, %(word)s"),
    Reason.CODE: _("code of the case"),
    Reason.MISSING: _("without %(asked)s"),
}


def why(hit: Hit, *, shown: str = "") -> str:
    """Return why a hit was found; "" where the name `shown` is just what was asked for."""
    if hit.match is None:
        return gettext("found in the description, charges, places or organisations of the case")
    weakest = [pair for pair in hit.match.pairs if pair.reason is hit.match.reason]
    if not weakest or hit.match.reason is Reason.SAME:
        return "" if hit.match.form == shown else str(WHY[Reason.SPELLING]) % {"form": hit.match.form}
    told = str(WHY[hit.match.reason]) % {"form": hit.match.form, **_words(weakest[0])}
    is_elsewhere = hit.match.reason not in (Reason.SPELLING, Reason.CODE) and hit.match.form != shown
    return gettext("%(why)s (%(form)s)") % {"why": told, "form": hit.match.form} if is_elsewhere else told


def _words(pair: Pair) -> dict[str, str]:
    return {"asked": pair.asked.capitalize(), "word": pair.word.capitalize()}
