"""Flags of the Fourth Geneva Convention in the words of a reader: the finding, and each reason for it."""

from collections.abc import Callable, Iterator, Mapping
from functools import partial

from django.utils.translation import gettext as _

from cases.domain.geneva import ARTICLES, Accused, Flag, FlagKind, HeldAt, Judged, Protection, Taken, Where
from cases.domain.partial_dates import Certainty
from cases.publication.legal_facts import told_date
from cases.publication.legal_shapes import step
from cases.published.countries import country_name
from cases.published.documents import StepDocument

#: What says a row, or the name of a place, in the active language.
Tells = Mapping[str, Callable[[], str]]


def told_flag(flag: Flag, names: Tells) -> str:
    """Say a flag in a sentence; one that is raised only perhaps says so."""
    said = {
        "place": names[_occupied(flag).slug](),
        "number": next((one.number for one in flag.about if isinstance(one, Accused)), ""),
        "country": _countries(flag),
    }
    texts = _certain() if flag.answer is Certainty.YES else _possible()
    return texts[flag.kind] % said


def _occupied(flag: Flag) -> Where:
    """Return the place whose occupation a flag is about: that of the act where one is recorded, else of the seizure."""
    acts = (one.where for one in flag.about if isinstance(one, Accused) and one.where is not None)
    is_of_act = flag.kind is FlagKind.BEFORE_OCCUPATION
    return next(acts, flag.base.where) if is_of_act else flag.base.where


def _certain() -> dict[FlagKind, str]:
    return {
        FlagKind.TRANSFER: _(
            "Taken in occupied territory (%(place)s) and held outside it, in %(country)s: articles 49 and 76 of the Fourth "
            "Geneva Convention forbid this."
        ),
        FlagKind.COURT: _(
            "Tried by a court that does not sit in the occupied country, in %(country)s: article 66 of the Fourth Geneva "
            "Convention demands that it does."
        ),
        FlagKind.BEFORE_OCCUPATION: _(
            "The act alleged under %(number)s came before the occupation of %(place)s: article 70 of the Fourth Geneva "
            "Convention forbids to prosecute it."
        ),
        FlagKind.PROVISION_LATER: _(
            "The provision %(number)s came into force after the alleged act: articles 65 and 67 of the Fourth Geneva "
            "Convention forbid to apply it."
        ),
    }


def _possible() -> dict[FlagKind, str]:
    return {
        FlagKind.TRANSFER: _(
            "Possibly a protected person taken in occupied territory (%(place)s) and held outside it, in %(country)s, which "
            "articles 49 and 76 of the Fourth Geneva Convention forbid."
        ),
        FlagKind.COURT: _(
            "Possibly a protected person, tried by a court outside the occupied country, in %(country)s: article 66 of the "
            "Fourth Geneva Convention demands that it sits there."
        ),
        FlagKind.BEFORE_OCCUPATION: _(
            "The act alleged under %(number)s possibly came before the occupation of %(place)s; then article 70 of the "
            "Fourth Geneva Convention forbids to prosecute it."
        ),
        FlagKind.PROVISION_LATER: _(
            "The provision %(number)s possibly came into force after the alleged act; then articles 65 and 67 of the Fourth "
            "Geneva Convention forbid to apply it."
        ),
    }


def _countries(flag: Flag) -> str:
    found = (one.where.sovereign for one in flag.about if isinstance(one, (HeldAt, Judged)))
    return ", ".join(dict.fromkeys(map(country_name, found)))


def working_of(flag: Flag, names: Tells, told: Tells) -> Iterator[StepDocument]:
    """Yield the steps: the place under occupation, the protection, and each fact that raises the flag."""
    main = ARTICLES[flag.kind][0]
    yield step(partial(_told_base, flag, names, told))
    if flag.seized is not None:
        yield step(partial(_told_seized, flag.seized, told))
    yield step(partial(_told_protection, flag), "4")
    for one in flag.about:
        yield step(partial(_told_about, flag, one, told), main)
    if flag.kind is FlagKind.TRANSFER:
        yield step(_told_serving, "76")
    for appeal in flag.appeals:
        yield step(partial(_told_appeal, appeal, told), main)


def _told_base(flag: Flag, names: Tells, told: Tells) -> str:
    base = flag.base
    said = {
        "fact": told[base.ref](),
        "place": names[base.where.slug](),
        "country": country_name(base.where.sovereign),
        "power": country_name(base.where.controlled_by),
        "day": told_date(base.where.controlled_since),
    }
    return (
        _(
            "%(fact)s. %(place)s is territory of %(country)s under occupation; occupying power: %(power)s, since: %(day)s."
        )
        % said
    )


def _told_seized(seized: Taken, told: Tells) -> str:
    said = {"fact": told[seized.ref](), "country": country_name(seized.where.sovereign)}
    return (
        _("%(fact)s: in %(country)s itself. Whether the person was taken in occupied territory at all is not certain.")
        % said
    )


def _told_protection(flag: Flag) -> str:
    return {
        Protection.NATIONAL_OF_ANOTHER: _("A protected person: no citizenship of the occupying power is recorded."),
        Protection.IMPOSED: _(
            "A protected person: a citizenship that the occupying power imposed does not change that (article 47)."
        ),
        Protection.NOT_RECORDED: _(
            "No citizenship is recorded: the person is protected unless a national of the occupying power by birth or by "
            "choice."
        ),
        Protection.BASIS_UNKNOWN: _(
            "How the citizenship of the occupying power came about is not recorded: if it was imposed, the person is "
            "protected."
        ),
        Protection.SERVICE_MEMBER: _(
            "The person is recorded as a service member: a prisoner of war is protected by the Third Geneva Convention "
            "instead (article 4), and which of the two applies is not recorded."
        ),
        Protection.OWN_NATIONAL: "",
    }[flag.protection]


def _told_about(flag: Flag, one: HeldAt | Judged | Accused, told: Tells) -> str:
    said = {"fact": told[one.ref]()}
    if not isinstance(one, Accused):
        said["country"] = country_name(one.where.sovereign)
        return _("%(fact)s: in %(country)s, outside the occupied country.") % said
    if flag.kind is FlagKind.BEFORE_OCCUPATION:
        said["day"] = told_date(_occupied(flag).controlled_since)
        text = _("%(fact)s. Under occupation since: %(day)s.") % said
        beside = _(
            "The place of the alleged act is not recorded; the day is that of the place where the person was taken."
        )
        return text if one.where is not None else f"{text} {beside}"
    said["day"] = told_date(one.in_force_from)
    return _("%(fact)s. The provision is in force since: %(day)s.") % said


def _told_serving() -> str:
    return _("Whoever is accused is to be detained, and whoever is convicted is to serve, in the occupied country.")


def _told_appeal(appeal: Judged, told: Tells) -> str:
    said = {"fact": told[appeal.ref]()}
    return _("%(fact)s. Courts of appeal, too, are to sit in the occupied country, “preferably”.") % said
