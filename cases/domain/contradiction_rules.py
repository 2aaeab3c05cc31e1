"""The rules by which facts contradict each other, each with its sentence, and one finding of such a rule."""

from dataclasses import dataclass, field

from cases.enums import Vocabulary, gettext_noop


class ContradictionRule(Vocabulary):
    """What cannot be; the label is the sentence shown, with the slots that `Contradiction.params` fills."""

    OVERLAPPING_STAYS = (
        "overlapping_stays",
        gettext_noop("The stays at %(first)s and %(second)s overlap."),
    )
    STAYS_MAY_OVERLAP = (
        "stays_may_overlap",
        gettext_noop("The stays at %(first)s and %(second)s may overlap."),
    )
    TWO_OPEN_STAYS = (
        "two_open_stays",
        gettext_noop("The stays at %(first)s and %(second)s both have no end."),
    )
    STAY_ENDS_BEFORE_IT_STARTS = (
        "stay_ends_before_it_starts",
        gettext_noop("The stay at %(site)s ends (%(ended)s) before it begins (%(started)s)."),
    )
    RELEASE_BEFORE_ARREST = (
        "release_before_arrest",
        gettext_noop("The release (%(released)s) is before the first arrest or detention (%(held)s)."),
    )
    RELEASED_TWICE = (
        "released_twice",
        gettext_noop("Released on %(first)s and again on %(second)s, with no arrest or detention in between."),
    )
    HELD_WHILE_RELEASED = (
        "held_while_released",
        gettext_noop("The stay at %(site)s goes on after the release on %(released)s."),
    )
    DEATH_BEFORE_BIRTH = (
        "death_before_birth",
        gettext_noop("The death (%(died)s) is before the birth (%(born)s)."),
    )
    DEATHS_DIFFER = (
        "deaths_differ",
        gettext_noop("The date of death (%(died)s) differs from the event of death (%(event)s)."),
    )
    EVENT_AFTER_DEATH = (
        "event_after_death",
        gettext_noop("%(what)s (%(on)s) is after the death (%(died)s)."),
    )
    DECISION_BEFORE_BIRTH = (
        "decision_before_birth",
        gettext_noop("The decision of %(on)s is before the birth (%(born)s)."),
    )
    IMPROBABLE_AGE = (
        "improbable_age",
        gettext_noop("The arrest or detention of %(on)s would be at an age under 10 or over 110 (born %(born)s)."),
    )
    APPEAL_BEFORE_FIRST_INSTANCE = (
        "appeal_before_first_instance",
        gettext_noop("The decision on appeal (%(appeal)s) is before the decision at first instance (%(first)s)."),
    )
    IN_FORCE_BEFORE_DECIDED = (
        "in_force_before_decided",
        gettext_noop("The decision is in force (%(in_force)s) before it was taken (%(on)s)."),
    )
    ACQUITTED_BUT_HELD = (
        "acquitted_but_held",
        gettext_noop("Acquitted on %(on)s, but the stay at %(site)s goes on."),
    )
    SENTENCE_WITHOUT_CONVICTION = (
        "sentence_without_conviction",
        gettext_noop("A sentence was confirmed, changed or served (%(on)s), but no conviction is recorded."),
    )
    IN_THE_FUTURE = (
        "in_the_future",
        gettext_noop("%(what)s is dated in the future (%(on)s)."),
    )
    UNKNOWN_BUT_HELD = (
        "unknown_but_held",
        gettext_noop("The stay at %(site)s has no end, but the facts do not tell where the person stands today."),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Contradiction:
    """One warning. `params` fills the slots of `message`: names and words as text, dates as PartialDate."""

    rule: ContradictionRule
    params: dict[str, object] = field(default_factory=dict)
    refs: tuple[str, ...] = ()

    @property
    def message(self) -> str:
        """The English sentence with its slots; translate it, then fill it from `params`."""
        return self.rule.label

    def __str__(self) -> str:
        return self.message % self.params
