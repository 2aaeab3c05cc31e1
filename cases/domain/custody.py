"""Custody: a person's status, place and days held on any day, and what in the facts cannot be; derived, never typed.

This module is the door; its rooms are `case_facts` (what is put in), `chronology` (facts as turns), `picture`, `turns`
and `course` (turns replayed in order), `standing` (the table of rules for the status), `custody_periods` (days),
`custody_brief` (what lists need), and `contradictions` (the table of warnings; its rules and checks in modules of
their own).
"""

from cases.domain.case_facts import CaseFacts, Decision, Event, Hearing, Stay
from cases.domain.contradictions import Contradiction, ContradictionRule, contradictions
from cases.domain.custody_brief import Brief, brief
from cases.domain.custody_periods import Period, custody_periods, days_held, held_since
from cases.domain.standing import RULES, Rule, Standing, current_stay, standing

__all__ = [
    "RULES",
    "Brief",
    "CaseFacts",
    "Contradiction",
    "ContradictionRule",
    "Decision",
    "Event",
    "Hearing",
    "Period",
    "Rule",
    "Standing",
    "Stay",
    "brief",
    "contradictions",
    "current_stay",
    "custody_periods",
    "days_held",
    "held_since",
    "standing",
]
