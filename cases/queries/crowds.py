"""Invented crowds, as the audit knows them: from which seeds, and how many cases of each at the most.

A crowd has no records. What says that a code belongs to one is its form and an entry of the audit, which nobody can add
who only writes into the public copy.
"""

from cases.domain.crowd_cases import NUMBER_SIGNS, SEED_SIGNS, number_of
from cases.enums import AuditAction
from cases.models import AuditEntry
from cases.models.base import CODE_ALPHABET
from cases.published.models import PublishedCase


def crowds() -> dict[int, int]:
    """Return for each seed how many cases were made from it at the most."""
    found: dict[int, int] = {}
    for payload in AuditEntry.objects.filter(action=AuditAction.CROWD_MADE.value).values_list("payload", flat=True):
        if isinstance(payload, dict) and isinstance(payload.get("seed"), int) and isinstance(payload.get("count"), int):
            found[payload["seed"]] = max(found.get(payload["seed"], 0), payload["count"])
    return found


def is_of_a_crowd(code: str, known: dict[int, int]) -> bool:
    """Tell whether the code is one of those that the known crowds have."""
    told = number_of(code, CODE_ALPHABET)
    return told is not None and 1 <= told[1] <= known.get(told[0], 0)


def crowd_size() -> int:
    """Return how many published or withdrawn cases have a code of the form that crowds have."""
    return PublishedCase.objects.filter(code__regex=f"^[{CODE_ALPHABET}]{{{SEED_SIGNS + NUMBER_SIGNS}}}$").count()
