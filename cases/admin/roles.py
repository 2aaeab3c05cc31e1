"""The groups of the permission table, by the words in which people read them; the database knows their English names."""

from django.utils.translation import pgettext_lazy

from cases.actions.accounts import ADMINISTRATOR, ANALYST, RESEARCHER, REVIEWER, SUPPORT

WORDS = {
    RESEARCHER: pgettext_lazy("role", "Researcher"),
    REVIEWER: pgettext_lazy("role", "Reviewer"),
    SUPPORT: pgettext_lazy("role", "Support coordinator"),
    ANALYST: pgettext_lazy("role", "Analyst"),
    ADMINISTRATOR: pgettext_lazy("role", "Administrator"),
}


def role_in_words(group: str) -> str:
    """Name a group; one that the table does not know keeps its own name."""
    return str(WORDS.get(group, group))
